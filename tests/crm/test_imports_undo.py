"""Stopped in the middle, taken over, undone: nothing half, nothing of others touched."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm import clock
from crm.contacts.models import Contact
from crm.db import db
from crm.errors import Refused
from crm.imports import services, taking, undoing
from crm.imports.models import ImportFile, ImportStatus, Role, RowStatus
from crm.imports.stakeholder_take import StakeholderTaker
from crm.imports.work import Lost
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.stakeholders.models import Sector, Stakeholder
from tests import make
from tests.importing import NOW, now, previewed, rows, stored, table, taken

MANY = [
    [f"Komunitas Nomor {n}", "komunitas", "16", "", f"tanda {n}", f"Orang {n}", "Ketua"]
    for n in range(60)
]


@pytest.fixture(autouse=True)
def _places():
    make.region("16", "Sumatera Selatan")


class TestResume:
    def test_after_a_break_the_rest_is_taken_up_and_nothing_is_half(self, editor, monkeypatch):
        imported = previewed(editor, table(*MANY))
        take = StakeholderTaker.take

        def breaks(self, row):
            take(self, row)
            if row.number == 40:
                raise MemoryError

        monkeypatch.setattr(StakeholderTaker, "take", breaks)
        with pytest.raises(MemoryError):
            services.take(editor, imported.id, now=now)

        done = [row for row in rows(imported) if row.status is RowStatus.TAKEN]
        assert len(done) == taking.BATCH
        assert len(Organisations().everyone) == len(done)
        assert len(db.session.scalars(select(Contact)).all()) == len(done)

        monkeypatch.undo()
        with pytest.raises(Refused):  # who took it may still be at it
            services.resume(editor, imported.id, now=now)
        services.resume(editor, imported.id, now=lambda: NOW + timedelta(minutes=1))
        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}
        assert len(Organisations().everyone) == 60

    def test_who_was_replaced_stops_at_once(self, editor, monkeypatch):
        imported = previewed(editor, table(*MANY))
        take_batch, others = taking._take_batch, []

        def interrupted(by, import_id, token, taker, clock, **which):
            if not others:
                others.append(token)
                later = NOW + timedelta(minutes=1)
                services.take(by, import_id, now=lambda: later)
            return take_batch(by, import_id, token, taker, clock, **which)

        monkeypatch.setattr(taking, "_take_batch", interrupted)
        with pytest.raises(Lost):
            services.take(editor, imported.id, now=now)

        assert len(Organisations().everyone) == 60
        assert services.get(imported.id).status is ImportStatus.DONE

    def test_a_killed_process_leaves_whole_rows_and_the_rest_waits(self, app, editor, tmp_path):
        imported = previewed(editor, table(*MANY))
        import_id, by_id = imported.id, editor.id
        db.session.rollback()
        code = KILLED.format(
            url=app.config["SQLALCHEMY_DATABASE_URI"],
            folder=app.config["DATA_DIR"],
            import_id=import_id,
            by_id=by_id,
            marker=tmp_path / "on",
        )
        child = subprocess.Popen([sys.executable, "-c", code])
        deadline = time.monotonic() + 60
        while not (tmp_path / "on").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        child.kill()
        child.wait()

        statuses = [row.status for row in rows(imported)]
        done = statuses.count(RowStatus.TAKEN)
        assert 0 < done < 60
        assert statuses.count(RowStatus.WAITING) == 60 - done
        assert len(Organisations().everyone) == done
        assert len(db.session.scalars(select(Contact)).all()) == done

        later = clock.now() + timedelta(minutes=1)
        assert services.progress(services.get(import_id), later)["stopped"]
        services.resume(editor, import_id, now=lambda: later)
        assert len(Organisations().everyone) == 60
        assert {row.status for row in rows(imported)} == {RowStatus.TAKEN}


# Takes the import in another process, which says when the second batch is under way and waits.
KILLED = """
import pathlib, time
from crm import clock, create_app
from crm.db import db
from crm.imports import services
from crm.imports.stakeholder_take import StakeholderTaker
from crm.users.models import User

take = StakeholderTaker.take
def slow(self, row):
    take(self, row)
    if row.number == 40:
        pathlib.Path("{marker}").touch()
        time.sleep(60)
StakeholderTaker.take = slow

app = create_app({{
    "TESTING": True, "DATA_DIR": "{folder}", "DATABASE_URL": "{url}", "SECRET_KEY": "x" * 40
}})
with app.app_context():
    services.take(db.session.get_one(User, {by_id}), {import_id}, now=clock.now)
"""


class TestUndo:
    def test_everything_is_as_before(self, editor):
        make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, phone="0711 1")
        before = stored()
        imported = taken(
            editor,
            table(
                ["Bank Sumsel Babel", "bisnis", "16", "0711 222222", "bank; lama", "Ani", "Ketua"],
                ["BSB Sumsel Babel Baru", "bisnis", "16", "", "bank"],
                *MANY[:3],
            ),
        )  # fmt: skip
        assert stored() != before

        services.undo(editor, imported.id, now=now)

        assert stored() == before
        assert {row.status for row in rows(imported)} == {RowStatus.UNDONE}

    def test_what_was_changed_since_is_kept_and_named(self, editor):
        imported = taken(editor, table(*MANY[:3]))
        changed = db.session.scalars(
            select(Stakeholder).where(Stakeholder.name == "Komunitas Nomor 1")
        ).one()
        values = stakeholders.as_form(changed)
        keep = ("name", "sector", "level", "region_code", "aliases", "tags")
        stakeholders.change(
            editor, changed.id, version=changed.version, about="penting",
            **{name: values[name] for name in keep},
        )  # fmt: skip

        services.undo(editor, imported.id, now=now)

        assert [one for _id, one in Organisations().everyone] == ["Komunitas Nomor 1"]
        kept = [row for row in rows(imported) if row.status is RowStatus.KEPT]
        assert [row.number for row in kept] == [3]
        assert "“Komunitas Nomor 1”: sudah diubah sejak itu." in kept[0].reason
        # Its tag stays as well; the contact, which nobody touched, is gone.
        assert [tag.name for tag in db.session.get(Stakeholder, changed.id).tags] == ["tanda 1"]
        assert db.session.scalars(select(Contact)).all() == []

    def test_what_others_use_is_kept(self, editor):
        imported = taken(editor, table(*MANY[:2]))
        used = db.session.scalars(select(Stakeholder)).first()
        make.event(used)

        services.undo(editor, imported.id, now=now)

        assert [one for one, _name in Organisations().everyone] == [used.id]
        statuses = {row.number: row.status for row in rows(imported)}
        assert statuses == {2: RowStatus.KEPT, 3: RowStatus.UNDONE}

    def test_an_update_is_put_back_unless_somebody_changed_it_again(self, editor):
        one = make.stakeholder("Bank Satu", sector=Sector.BUSINESS, phone="0711 1")
        two = make.stakeholder("Bank Dua", sector=Sector.BUSINESS, phone="0711 2")
        imported = taken(
            editor,
            table(
                ["Bank Satu", "bisnis", "16", "0711 111111"],
                ["Bank Dua", "bisnis", "16", "0711 222222"],
            ),
        )  # fmt: skip
        db.session.refresh(two)
        values = stakeholders.as_form(two)
        keep = ("name", "sector", "level", "region_code")
        stakeholders.change(
            editor, two.id, version=two.version, phone="0711 333333",
            **{name: values[name] for name in keep},
        )  # fmt: skip

        services.undo(editor, imported.id, now=now)

        assert db.session.get(Stakeholder, one.id).phone == "0711 1"
        assert db.session.get(Stakeholder, two.id).phone == "0711 333333"

    def test_undone_twice_or_before_it_was_taken_is_refused(self, editor):
        imported = previewed(editor, table(*MANY[:1]))
        with pytest.raises(Refused):
            services.undo(editor, imported.id, now=now)
        services.take(editor, imported.id, now=now)
        services.undo(editor, imported.id, now=now)
        with pytest.raises(Refused):
            services.undo(editor, imported.id, now=now)

    def test_stopped_in_the_middle_it_is_taken_up(self, editor, monkeypatch):
        before = stored()
        imported = taken(editor, table(*MANY))
        remove, calls = undoing._remove, []

        def breaks(keys):
            calls.append(keys)
            if len(calls) == 2:
                raise MemoryError
            return remove(keys)

        monkeypatch.setattr(undoing, "_remove", breaks)
        with pytest.raises(MemoryError):
            services.undo(editor, imported.id, now=now)
        monkeypatch.undo()

        services.undo(editor, imported.id, now=lambda: NOW + timedelta(minutes=1))

        assert stored() == before
        assert {row.status for row in rows(imported)} == {RowStatus.UNDONE}


def test_the_uploaded_file_is_deleted_when_its_rows_are_taken(editor):
    imported = taken(editor, table(*MANY[:2]))
    query = select(ImportFile).where(ImportFile.import_id == imported.id)
    assert db.session.scalars(query).all() == []
    assert services.failed(imported.id, Role.STAKEHOLDERS)[1] == []
