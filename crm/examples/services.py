"""Loading the example data into an empty house, and taking it away again, each in one step."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from crm.contacts import services as contacts
from crm.contacts.models import Basis
from crm.db import Model, db
from crm.examples import accounts, kalteng, sumsel
from crm.examples.cast import ABOUT, ALIASES, ENGINEERING, KINDS, PEOPLE
from crm.examples.models import ExampleRecord
from crm.examples.stage import Stage
from crm.imports import services as imports
from crm.imports.files import Upload
from crm.imports.models import Import, ImportFile, ImportRow, ImportShape, ImportWork
from crm.network import questions
from crm.network.jobs import compute
from crm.regions import reference
from crm.stakeholders import services as stakeholders
from crm.stakeholders import vocabulary
from crm.stakeholders.models import Kind, Stakeholder
from crm.transaction import created, transaction
from crm.users.models import User

FOLDER = Path(__file__).parent
FILES = ("meetings.csv", "participations.csv")


def is_loaded() -> bool:
    """Whether the example data is there."""
    return db.session.scalar(select(ExampleRecord.id).limit(1)) is not None


def is_empty() -> bool:
    """Whether the house holds no organisation yet."""
    return db.session.scalar(select(Stakeholder.id).limit(1)) is None


def prepare() -> None:
    """Add what every house begins with: the regions and the kinds of organisations."""
    reference.load_reference()
    vocabulary.load_kinds()


def load(now: datetime) -> None:
    """Add the example accounts, the meetings and both documents; all of it or nothing."""
    if is_loaded():
        return
    prepare()
    with transaction(by=None):
        editor = accounts.open_all()
        _import_meetings(editor, now)
        stage = Stage()
        _describe(stage)
        _introduce_people(stage)
        sumsel.load(stage)
        kalteng.load(stage)
        db.session.add_all(
            ExampleRecord(record=record, record_id=number) for record, number in _brought()
        )
    questions.set_opening(None, on="last-day", months=0)
    opening = questions.opening(now.date())
    # The first visitor should not have to wait for what every first visitor asks.
    compute(opening.on.isoformat(), opening.months)


def remove(now: datetime) -> str | None:
    """Take away what the example data brought; what users built upon it stays.

    Returns the new password of the example administrator where there is no other one.
    """
    with transaction(by=None):
        _delete(db.session.scalars(select(ExampleRecord).order_by(ExampleRecord.id.desc())).all())
        for one in db.session.scalars(select(ExampleRecord)):
            db.session.delete(one)
    questions.set_opening(None, on="today", months=questions.DEFAULT_WINDOW)
    return accounts.close_all(now)


def _import_meetings(editor: User, now: datetime) -> Import:
    files = [Upload(name, BytesIO(_table(name))) for name in FILES]
    imported = imports.start(editor, files, ImportShape.MEETINGS, at=now)
    imports.preview(editor, imported.id, at=now)
    # Names that are merely alike stay apart, as the reports spell them.
    imports.decide_all(editor, imported.id, "new")
    return imports.take(editor, imported.id, now=lambda: now)


def _table(name: str) -> bytes:
    """Return a table; who gave what to whom at M004 is told by the second document, not by it."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = [
        line.replace(",in_kind", ",attendance") if line.startswith("M004,") else line
        for line in text.splitlines()
    ]
    return "\n".join(lines).encode()


def _describe(stage: Stage) -> None:
    kinds = dict(db.session.execute(select(Kind.code, Kind.id)).all())
    names = dict.fromkeys([*ALIASES, *KINDS, *ABOUT, *ENGINEERING])
    for name in names:
        stakeholder = stakeholders.get(stage.id_of(name))
        if stakeholder is None:
            raise LookupError(name)
        values = stakeholders.as_form(stakeholder)
        values["aliases"] = [*values["aliases"], *ALIASES.get(name, ())]
        values["about"] = ABOUT.get(name, values["about"])
        if name in KINDS:
            values["kind_id"] = kinds[KINDS[name]]
        if name in ENGINEERING:
            values["tags"] = ["fakultas teknik"]
        stakeholders.change(None, stakeholder.id, **_writable(values))


def _writable(values: dict[str, Any]) -> dict[str, Any]:
    derived = ("id", "name_key", "search_text", "phone_e164", "archived_at", "merged_into_id")
    return {name: value for name, value in values.items() if name not in derived}


def _introduce_people(stage: Stage) -> None:
    for one in PEOPLE:
        contacts.add(
            None,
            name=one.name,
            title_before=one.before,
            title_after=one.after,
            basis=Basis.PUBLIC_TASK,
            basis_proof=one.source,
            source=one.source,
            stakeholder_id=stage.id_of(one.organisation),
            position=one.post,
        )


def _brought() -> list[tuple[str, int]]:
    """Return what was added so far in this transaction, except accounts and vocabulary."""
    kept = ("User", "UserRole", "Role", "Region", "RegionIndicator", "Kind", "NetworkSetting")
    return [pair for pair in created() if pair[0] not in kept]


def _delete(brought: Iterable[ExampleRecord]) -> None:
    """Delete records, the latest first; what something else refers to stays."""
    left = list(brought)
    while True:
        # One that is gone may have been all that referred to another.
        kept = [one for one in left if not _is_deleted(one)]
        if len(kept) == len(left):
            return
        left = kept


def _is_deleted(one: ExampleRecord) -> bool:
    models = {mapper.class_.__name__: mapper.class_ for mapper in Model.registry.mappers}
    record = db.session.get(models[one.record], one.record_id)
    if record is None:
        return True
    try:
        with db.session.begin_nested():
            if isinstance(record, Import):
                _delete_rows(record)
            db.session.delete(record)
            db.session.flush()
    except IntegrityError:
        db.session.expire(record)
        return False
    return True


def _delete_rows(imported: Import) -> None:
    """Delete what only an import refers to: its rows, its files, and the work on it."""
    for model in (ImportRow, ImportFile, ImportWork):
        db.session.execute(delete(model).where(model.import_id == imported.id))
