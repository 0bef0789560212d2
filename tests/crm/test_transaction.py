"""The only commit: who may, what is logged, what is undone."""

from contextlib import suppress

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from crm.audit.models import AuditEntry
from crm.db import db
from crm.maps.models import StoredMap
from crm.network import jobs
from crm.transaction import adopt, beside, transaction
from crm.users import services
from crm.users.models import RoleName, UserRole
from tests import make


def entries() -> list[tuple]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(one.by_id, one.action, one.record, one.root_id, one.changes) for one in rows]


def test_only_it_commits(viewer):
    viewer.name = "Vina Lestari"
    with pytest.raises(RuntimeError, match=r"Only crm/transaction\.py"):
        db.session.commit()
    db.session.rollback()
    assert viewer.name == "Vina"


def test_what_a_library_changed_is_logged_and_kept(viewer, admin):
    before = len(entries())
    viewer.tf_primary_method = "authenticator"
    adopt(by=admin)
    assert [entry[:2] for entry in entries()[before:]] == [(admin.id, "changed")]
    db.session.rollback()
    assert viewer.tf_primary_method == "authenticator"


def test_adopting_nothing_writes_nothing(viewer):
    before = len(entries())
    adopt(by=viewer)
    assert len(entries()) == before


def test_a_library_does_not_overwrite_who_was_faster(viewer):
    viewer.tf_primary_method = "authenticator"
    with db.engine.begin() as other:
        other.execute(text('UPDATE "user" SET version = 7 WHERE id = :id'), {"id": viewer.id})
    with pytest.raises(StaleDataError):
        adopt(by=viewer)
    db.session.rollback()
    assert viewer.tf_primary_method is None


def test_what_was_undone_is_not_logged(viewer):
    def fail():
        with transaction(by=None):
            viewer.name = "Other"
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    before = len(entries())
    with transaction(by=None):
        viewer.language = "en"
    assert [entry[4] for entry in entries()[before:]] == [{"language": ["id", "en"]}]


def test_what_a_savepoint_undid_is_not_logged_either(viewer):
    before = len(entries())
    with transaction(by=None):
        viewer.language = "en"
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(UserRole(user_id=viewer.id, name=RoleName.VIEWER))
        with db.session.begin_nested():
            db.session.add(UserRole(user_id=viewer.id, name=RoleName.EDITOR))
    assert [entry[1:3] for entry in entries()[before:]] == [
        ("changed", "User"),
        ("created", "UserRole"),
    ]


def test_changes_before_it_began_are_refused(viewer):
    viewer.name = "Other"
    db.session.flush()
    with pytest.raises(RuntimeError, match="before"), transaction(by=None):
        pass


def test_inner_ones_join_the_outer(viewer):
    before = len(entries())

    def fail():
        with transaction(by=None):
            services.choose_language(viewer, "en")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert viewer.language == "id"
    assert len(entries()) == before


def test_entries_know_the_version_of_the_data_that_they_led_to(viewer):
    """Numbers of entries may be seen out of order; versions may not."""
    one = make.stakeholder("Dinas")
    first = jobs.data_version()
    services.choose_language(viewer, "en")  # changes no analysis
    with transaction(by=viewer):
        one.name = "Dinas Perpustakaan"
        make.stakeholder("Bappeda")

    query = select(AuditEntry.data_version).order_by(AuditEntry.id.desc()).limit(3)
    assert db.session.scalars(query).all() == [first + 1, first + 1, None]
    assert jobs.data_version() == first + 1


class TestBeside:
    """A picture is kept while a page is made of what was read before."""

    def picture(self):
        return StoredMap(key="k", data_version=1, drawn_at=make.NOW, picture={})

    def rename(self, person):
        with db.engine.begin() as other:
            other.execute(text('UPDATE "user" SET name = :name WHERE id = :id'), person)

    @pytest.mark.parametrize("wal", [True, False])
    def test_what_was_read_stays_as_it_was_read(self, viewer, monkeypatch, wal):
        monkeypatch.setattr("crm.transaction.WAL_IS_SAFE", wal)
        assert viewer.name == "Vina"

        with beside() as session:
            session.add(self.picture())
        self.rename({"id": viewer.id, "name": "Other"})

        assert not inspect(viewer).expired_attributes
        assert viewer.name == "Vina"
        db.session.rollback()
        assert viewer.name == "Other", "a new read sees what is now"
        assert db.session.scalar(select(StoredMap.key)) == "k"

    def test_without_wal_nobody_reads_while_it_commits(self, viewer, monkeypatch):
        monkeypatch.setattr("crm.transaction.WAL_IS_SAFE", False)
        assert viewer.name == "Vina"
        reading = db.engine.pool.checkedout()

        with beside():
            both = db.engine.pool.checkedout()

        assert both == (reading if db.engine.dialect.name == "sqlite" else reading + 1)
        assert db.session().expire_on_commit

    def test_keeps_nothing_when_it_fails(self, viewer):
        def fail():
            with beside() as session:
                session.add(self.picture())
                session.flush()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert db.session.scalar(select(StoredMap.key)) is None

    def test_what_has_a_history_is_not_written_there(self, viewer):
        with pytest.raises(RuntimeError, match="history"), beside() as session:
            session.get_one(type(viewer), viewer.id).name = "Other"
        db.session.rollback()
        assert viewer.name == "Vina"

    def test_is_not_begun_where_a_lock_is_held(self):
        with transaction(by=None), pytest.raises(RuntimeError, match="lock"), beside():
            pass

    def test_unsaved_changes_are_not_saved_on_the_way(self, viewer, monkeypatch):
        monkeypatch.setattr("crm.transaction.WAL_IS_SAFE", False)
        viewer.name = "Other"
        if db.engine.dialect.name == "sqlite":
            with pytest.raises(RuntimeError, match="before"), beside():
                pass
        db.session.rollback()
        assert viewer.name == "Vina"
