"""What the preview shows of a row: its changes in words, and its choices."""

from collections.abc import Iterable, Iterator
from typing import Any

from crm.contacts.models import Basis
from crm.db import db
from crm.imports.columns import FIELDS
from crm.imports.models import ImportRow, Role, RowMatch, RowStatus
from crm.imports.previews import choices_of
from crm.invitations.models import Attendance, ParticipationRole
from crm.language import _
from crm.regions import services as regions
from crm.regions.models import Level
from crm.stakeholders.models import Kind, Sector, Stage
from crm.stakeholders.vocabulary import kind_name
from crm.words import label

_ENUMS: dict[str, Any] = {
    "sector": Sector,
    "level": Level,
    "stage": Stage,
    "basis": Basis,
    "role": ParticipationRole,
    "attendance": Attendance,
}
_OTHER_LABELS = {
    "kind_id": _("Kind"),
    "basis": _("Legal basis"),
    "title_before": _("Title before the name"),
    "title_after": _("Title after the name"),
    "attendance": _("Attendance"),
    "starts_on": _("Date"),
    "date_precision": _("Date"),
    "source": _("Source"),
    "region_code": _("Region"),
}
_FIELD_LABELS = {one.name: one.label for role in Role for one in reversed(FIELDS[role])}


def field_label(name: str) -> Any:
    """Return what the interface calls a field."""
    return _OTHER_LABELS.get(name) or _FIELD_LABELS.get(name, name)


def value(name: str, stored: Any) -> Any:
    """Return a value of a field as a reader sees it."""
    if stored in (None, ""):
        return ""
    if name in _ENUMS:
        return label(_ENUMS[name](stored))
    if name == "kind_id":
        return kind_name(db.session.get(Kind, stored))
    if name == "region_code":
        return regions.names_of([stored]).get(stored, stored)
    return stored


def changes(row: ImportRow) -> Iterator[tuple[Any, Any, Any]]:
    """Yield what a row changes: the field, its old and its new value."""
    for name, old, new in row.facts.get("changes", ()):
        yield field_label(name), value(name, old), value(name, new)
    person = row.facts.get("person") or {}
    for name, old, new in person.get("changes", ()):
        yield f"{person['name']}: {field_label(name)}", value(name, old), value(name, new)


def state(row: ImportRow) -> Any:
    """Return what became of a row, or will: one that is refused waits for nothing."""
    if row.status is RowStatus.WAITING and row.match is RowMatch.REFUSED:
        return label(row.match)
    return label(row.status)


def decided(row: ImportRow) -> Any:
    """Return what was decided about a row that was doubtful; nothing, while it can be changed."""
    if row.match is not RowMatch.DOUBTFUL or row.status is RowStatus.WAITING:
        return ""
    return dict(choices(row)).get(row.decision, "") if row.decision else ""


def people(rows: Iterable[ImportRow]) -> list[int]:
    """Return the ids of the known people whose telephone or e-mail stands in these rows."""
    said = [row.facts.get("person") or {} for row in rows]
    reaching = {"phone", "email"}
    return sorted(
        {
            one["id"]
            for one in said
            if one.get("id") and any(name in reaching and old for name, old, _new in one["changes"])
        }
    )


def notes(row: ImportRow) -> Iterator[Any]:
    """Yield what else is to be said about a row before it is taken."""
    person = row.facts.get("person") or {}
    if person.get("is_new"):
        yield _("New contact: %(name)s (%(post)s)", name=person["name"], post=person["post"])
    elif person.get("post") and person.get("name"):
        yield _("New post: %(post)s, held by %(name)s", name=person["name"], post=person["post"])
    elif person.get("post"):
        yield _("New post, not filled: %(post)s", post=person["post"])
    if (first := row.facts.get("with_row")) and first != row.number:
        yield _("The same organisation as in row %(row)s.", row=first)
    if differs := row.facts.get("differs"):
        yield _(
            "Row %(row)s says otherwise and counts: %(fields)s.",
            row=differs[0],
            fields=", ".join(str(field_label(one)) for one in differs[1]),
        )
    if row.role is Role.PARTICIPATIONS:
        yield from _guest_notes(row)


def _guest_notes(row: ImportRow) -> Iterator[Any]:
    facts = row.facts
    if facts.get("with_row") == row.number:
        yield _("A new organisation.")
    elif facts.get("is") and facts["is"] != facts["name"]:
        yield _("It is: %(name)s", name=facts["is"])
    if "repeats" in facts:
        yield _("It stands in row %(row)s already.", row=facts["repeats"])


def choices(row: ImportRow) -> list[tuple[str, Any]]:
    """Return the decisions that are possible for a row, with their labels."""
    names = {
        str(one["id"]): _(
            "It is: %(name)s · %(detail)s (likeness %(score)s of 100)",
            name=one["name"],
            detail=one["detail"] or _("All of Indonesia"),
            score=one["score"],
        )
        if "score" in one
        else _("It is: %(name)s · %(detail)s", name=one["name"], detail=one["detail"])
        for one in row.matches
    }
    labels = {"": _("Choose…"), "new": _("It is new"), "skip": _("Leave it out")} | names
    return [(one, labels[one]) for one in choices_of(row)]
