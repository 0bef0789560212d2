"""Accounts: adding, changing, locking out; passwords; where a user may edit."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm import clock
from crm.audit.models import AuditEntry
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.users import passwords, scope, services
from crm.users.devices import device
from crm.users.models import RoleName
from tests import make
from tests.conftest import IN_EARNEST

VIEWER, EDITOR, ORGANISER, ADMIN = RoleName


def entries() -> list[tuple]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(one.by_id, one.action, one.record, one.root_id, one.changes) for one in rows]


class TestAdd:
    def test_saves_the_user_with_roles_and_regions(self, admin):
        make.region("16.71", "Kota Palembang")
        user, password = services.add(
            admin, email=" Sari@Example.org", name="Sari", roles=[EDITOR], regions=["16.71"]
        )
        assert (user.email, user.role_names, user.scope) == (
            "sari@example.org",
            (EDITOR,),
            ("16.71",),
        )
        assert user.password_is_initial
        assert passwords.fits(password, user.password)
        assert password not in (user.password or "")

    def test_is_logged_without_the_password(self, admin):
        user, password = services.add(admin, email="s@example.org", name="Sari", roles=[VIEWER])
        logged = [entry for entry in entries() if entry[3] == user.id]
        assert [entry[:3] for entry in logged] == [
            (admin.id, "created", "User"),
            (admin.id, "created", "UserRole"),
        ]
        assert logged[0][4]["password"] == [None, "•••"]
        assert password not in str(logged)
        assert user.password not in str(logged)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"email": "ANI@example.org"}, "email"),
            ({"roles": []}, "roles"),
            ({"password": "short"}, "password"),
        ],
    )
    def test_refuses(self, values, field):
        make.user("Ani", "admin", email="ani@example.org")
        before = len(entries())
        good = {"email": "sari@example.org", "name": "Sari", "roles": [VIEWER]}
        with pytest.raises(Refused) as refusal:
            services.add(None, **good | values)
        assert refusal.value.field == field
        assert len(entries()) == before

    def test_the_database_holds_one_account_an_address(self, admin):
        with pytest.raises(IntegrityError):
            make.user("Ani", email=admin.email)
        with pytest.raises(IntegrityError):
            make.user("Ani", email="Ani@Example.org")


class TestChange:
    def change(self, by, user, **values):
        as_it_is = {
            "version": user.version,
            "email": user.email,
            "name": user.name,
            "roles": user.role_names,
            "regions": user.scope,
        }
        services.change(by, user, **as_it_is | values)

    def test_replaces_roles_and_logs_what_went_and_came(self, admin, editor):
        before = len(entries())
        self.change(admin, editor, roles=[ORGANISER])
        assert editor.role_names == (ORGANISER,)
        assert {entry[1:3] for entry in entries()[before:]} == {
            ("created", "UserRole"),
            ("deleted", "UserRole"),
        }

    def test_a_role_alone_counts_as_a_change(self, admin, editor):
        seen = editor.version
        self.change(admin, editor, roles=[EDITOR, ORGANISER])
        assert editor.version == seen + 1
        with pytest.raises(Conflict):
            self.change(admin, editor, version=seen, name="Edi Susanto")
        assert editor.name == "Edi"

    def test_moves_a_user_to_other_regions(self, admin, editor):
        make.region("16.71", "Kota Palembang")
        make.region("16.72", "Kota Pagar Alam")
        self.change(admin, editor, regions=["16.71"])
        self.change(admin, editor, regions=["16.72"])
        assert editor.scope == ("16.72",)

    def test_nobody_takes_the_role_from_themselves(self, admin):
        make.user("Adi", "admin")
        with pytest.raises(Refused, match="diri sendiri") as refusal:
            self.change(admin, admin, roles=[EDITOR])
        assert refusal.value.field == "roles"
        assert ADMIN in admin.role_names

    def test_nobody_takes_the_last_administrator(self, admin):
        for act in (
            lambda: self.change(None, admin, roles=[EDITOR]),
            lambda: services.disable(None, admin, now=clock.now()),
        ):
            with pytest.raises(Refused, match="administrator terakhir"):
                act()

    def test_a_disabled_administrator_is_none(self, admin):
        other = make.user("Adi", "admin")
        services.disable(admin, other, now=clock.now())
        with pytest.raises(Refused, match="administrator terakhir"):
            services.disable(None, admin, now=clock.now())

    def test_one_of_two_may_go(self, admin):
        other = make.user("Adi", "admin")
        services.disable(other, admin, now=clock.now())
        assert not admin.active


class TestFound:
    @pytest.fixture(autouse=True)
    def cast(self, viewer, editor, admin):
        services.disable(admin, viewer, now=clock.now())

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({}, ["Ani", "Edi", "Vina"]),
            ({"q": "EDI example"}, ["Edi"]),
            ({"q": "%"}, []),
            ({"role": ADMIN}, ["Ani"]),
            ({"active": False}, ["Vina"]),
            ({"active": True, "role": VIEWER}, []),
        ],
    )
    def test_by_word_role_and_state(self, asked, names):
        assert sorted(user.name for user in db.session.scalars(services.found(**asked))) == names

    def test_disabled_ones_are_offered_nowhere(self):
        assert [name for _id, name in services.all_names()] == ["Ani", "Edi"]


class TestPasswords:
    @pytest.mark.parametrize(
        "password",
        [
            "short",
            "perpustakaan",
            "Perpustakaan2026!",
            "P@lembang99",
            "1234567890",
            "0987654321",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "abababababab",
            "bismillah123",
            "herfiani2026",
            "rizkia-rahasia",
            "hr@example.org",
            "x" * 129,
        ],
    )
    def test_refused(self, password):
        assert passwords.fault(password, name="Herfiani Rizkia", email="hr@example.org")

    @pytest.mark.parametrize(
        "password",
        [
            "tiga kucing di rak",
            "januari hujan deras",
            "x7#kQ!m2zzPw",
            "kata sandi yang bagus sekali",
        ],
    )
    def test_taken(self, password):
        assert passwords.fault(password, name="Ani Rizkia", email="ani@example.org") is None

    def test_made_ones_are_good_and_never_the_same(self):
        made = {passwords.make() for _one in range(50)}
        assert len(made) == 50
        assert not any(passwords.fault(one, name="Ani", email="a@b.id") for one in made)

    def test_are_kept_as_argon2id(self, monkeypatch):
        hasher, options = IN_EARNEST
        monkeypatch.setattr(passwords, "_hasher", hasher)
        costs = ("type", "rounds", "memory_cost", "parallelism")
        assert [options[f"argon2__{one}"] for one in costs] == ["ID", 2, 47_104, 1]
        kept = passwords.kept("tiga kucing di rak")
        assert kept.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
        assert passwords.fits("tiga kucing di rak", kept)
        assert not passwords.fits("tiga kucing di raK", kept)
        assert not passwords.fits("", None)
        assert not passwords.fits("plain", "plain")

    def test_accents_are_the_same_on_every_keyboard(self):
        assert passwords.fits("cafe\u0301 di pasar", passwords.kept("caf\u00e9 di pasar"))

    def test_change_wants_the_present_one_and_another(self):
        user = make.user("Budi", password=passwords.kept("tiga kucing di rak"))

        def change(present, new):
            services.change_password(user, present, new, now=clock.now(), keep=0)

        with pytest.raises(Refused) as refusal:
            change("wrong", "lima perahu kertas")
        assert refusal.value.field == "present"
        with pytest.raises(Refused) as refusal:
            change("tiga kucing di rak", "tiga kucing di rak")
        assert refusal.value.field == "password"
        change("tiga kucing di rak", "lima perahu kertas")
        assert passwords.fits("lima perahu kertas", user.password)


class TestScope:
    @pytest.mark.parametrize(
        ("regions", "code", "may"),
        [
            ((), "16.71", True),
            ((), None, True),
            (("16.71",), "16.71", True),
            (("16.71",), "16.71.01.1001", True),
            (("16.71",), "16", False),
            (("16.71",), "16.72", False),
            (("16.71",), None, False),
            (("16",), "16.71", True),
            (("16.7",), "16.71", False),
            (("16.71", "31"), "31.74", True),
        ],
    )
    def test_own_region_and_below(self, regions, code, may):
        user = make.user("Dina", "editor", regions=regions)
        assert scope.may_edit(user, code) is may
        if may:
            scope.require(user, code)
        else:
            with pytest.raises(NotYours):
                scope.require(user, code)

    def test_moving_needs_both_regions(self):
        user = make.user("Dina", "editor", regions=("16.71",))
        with pytest.raises(NotYours):
            scope.require(user, "16.71", "16.72")

    def test_the_system_itself_edits_everywhere(self):
        assert scope.may_edit(None, None)


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/142 Mobile Safari",
            "Chrome di Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/142 Safari Edg/142", "Edge di Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Safari/604", "Safari di iPhone"),
        ("curl/8", "Peramban tidak dikenal"),
    ],
)
def test_device(app, user_agent, said):
    with app.test_request_context():
        assert str(device(user_agent)) == said
