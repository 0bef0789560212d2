"""Doors: every route, method and role; what showing changes (nothing); what each answer says.

The table is tests/permissions.py. Nothing here needs to change when a feature is added.
"""

import re
from collections.abc import Iterator
from functools import wraps
from typing import NamedTuple

import pytest
from sqlalchemy import select

from crm import auth, create_app
from crm.audit.models import AuditEntry, DataVersion
from crm.db import Model, db
from tests import make, permissions
from tests.conftest import Browser


class Door(NamedTuple):
    """One method of one route, with its address filled in."""

    endpoint: str
    method: str
    address: str

    def __str__(self) -> str:
        return f"{self.endpoint} {self.method} {self.address}"


def doors(app, values, methods=("GET", "POST")) -> list[Door]:
    """Return all doors, those that only show first."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        known = values | permissions.AT.get(rule.endpoint, {})
        missing = rule.arguments - known.keys()
        assert not missing, (
            f"{rule} has a part that the tests cannot fill: "
            f"give {sorted(missing)} a value in world() of tests/permissions.py"
        )
        with app.test_request_context():
            address = rule.build({name: known[name] for name in rule.arguments})[1]
        found += [Door(rule.endpoint, one, address) for one in methods if one in rule.methods]
    return sorted(found, key=lambda door: door.method)


def test_the_table_names_every_route_and_no_other(app):
    rules = list(app.url_map.iter_rules())
    methods = {(rule.endpoint, one) for rule in rules for one in rule.methods & {"GET", "POST"}}
    unsaid = sorted(f"{name} ({one})" for name, one in methods if not audience(name, one))
    assert not unsaid, f"say in tests/permissions.py who may open these: {unsaid}"
    gone = sorted(permissions.TABLE.keys() - {rule.endpoint for rule in rules})
    assert not gone, f"tests/permissions.py speaks of routes that are not there: {gone}"


def test_only_get_and_post(app):
    others = {
        str(rule): rule.methods - {"GET", "HEAD", "OPTIONS", "POST"}
        for rule in app.url_map.iter_rules()
    }
    assert not any(others.values()), "use GET to show and POST to change"


def test_every_view_says_the_same_as_the_table(app):
    wrong = []
    for rule in app.url_map.iter_rules():
        for method in rule.methods & {"GET", "POST"}:
            opens = who_may(auth.audience(rule.endpoint, method))
            said = audience(rule.endpoint, method)
            if said is not None and said != opens:
                wrong.append(
                    f"{rule.endpoint} {method} opens to {sorted(opens)}, not to {sorted(said)}"
                )
    assert not wrong, "@allow and tests/permissions.py differ:\n" + "\n".join(wrong)


def who_may(roles) -> frozenset[str]:
    """Return who gets in by the mark of a view."""
    if roles is None:
        return permissions.ANYBODY
    names = frozenset(str(role) for role in roles)
    # Every user is a viewer.
    return permissions.USERS if "viewer" in names else names


def audience(endpoint, method):
    return permissions.audience(endpoint, method)


@pytest.fixture
def reached(app, monkeypatch) -> Iterator[list[str]]:
    """Note which views are really run."""
    names: list[str] = []

    def noting(name, view):
        @wraps(view)
        def noted(*args, **kwargs):
            names.append(name)
            return view(*args, **kwargs)

        return noted

    for name, view in list(app.view_functions.items()):
        monkeypatch.setitem(app.view_functions, name, noting(name, view))
    return names


@pytest.mark.parametrize("role", ["anonymous", *permissions.ROLES])
def test_each_role_gets_through_its_doors_and_no_other(app, reached, role):
    wrong = []
    user = None if role == "anonymous" else make.user("Siti", role)
    browser = None
    for door in doors(app, permissions.world()):
        if browser is None:
            browser = app.test_client()
            if user is not None:
                make.signed_in(browser, user)
        reached.clear()
        answer = browser.open(door.address, method=door.method)
        if left_a_mark(answer):
            browser = None
        may = role in (audience(door.endpoint, door.method) or ())
        if may and door.endpoint not in reached:
            wrong.append(f"{door}: closed to {role} ({answer.status_code})")
        elif may and (answer.status_code == 403 or answer.status_code >= 500):
            wrong.append(f"{door}: {answer.status_code} for {role}, who may")
        elif may and door.method == "GET" and answer.status_code in (404, 405):
            wrong.append(f"{door}: {answer.status_code}: name a record of it in world()")
        elif not may and door.endpoint in reached:
            wrong.append(f"{door}: open to {role}")
        elif not may and not refused(answer, role):
            wrong.append(f"{door}: {role} is refused with {answer.status_code}, without a way on")
    assert not wrong, "\n" + "\n".join(wrong)


def left_a_mark(answer) -> bool:
    """Whether the next door wants another browser: this one's session may be another now."""
    return answer.request.method == "POST" or "Set-Cookie" in answer.headers


def refused(answer, role) -> bool:
    """Whether the answer says no as it should: to the login, or a page with a way back."""
    if role == "anonymous":
        return answer.status_code == 302 and answer.location.startswith("/login")
    return answer.status_code == 403 and 'href="/"' in answer.text


def test_a_refusal_is_logged(as_user, viewer, caplog):
    as_user(viewer).get("/admin/users")
    (record,) = [one for one in caplog.records if one.message == "forbidden"]
    assert (record.user, record.path) == (viewer.id, "/admin/users")


def test_showing_changes_nothing(app, as_user, admin):
    values = permissions.world()
    browser = None
    for door in doors(app, values, ["GET"]):
        if browser is None:
            browser = as_user(admin)
            before = everything()
        answer = browser.get(door.address)
        db.session.rollback()
        after = everything()
        changed = [name for name in before if before[name] != after[name]]
        assert not changed, f"{door} changed {changed}: only POST may"
        before = after
        if left_a_mark(answer):
            browser = None


def everything() -> dict[str, object]:
    """Return all rows of which a history is kept, the data's version, and what was logged."""
    tables = {
        mapper.class_.__name__: db.session.execute(
            select(mapper.local_table).order_by(mapper.local_table.c.id)
        ).all()
        for mapper in Model.registry.mappers
        if mapper.class_.audited
    }
    # That somebody saw or took personal data is logged when it is shown: the law wants it.
    changes = select(AuditEntry.id).where(AuditEntry.action.not_in(["viewed", "exported"]))
    logged = db.session.scalars(changes).all()
    return {**tables, "data version": db.session.scalar(select(DataVersion.number)), "log": logged}


class TestForgery:
    """A form that another site sends in our user's name."""

    @pytest.fixture
    def guarded(self, tmp_path):
        """An application of its own that wants the token."""
        app = create_app({"TESTING": True, "DATA_DIR": str(tmp_path), "DATABASE_URL": ""})
        app.test_client_class = Browser
        with app.app_context():
            db.create_all()
            yield app
            db.session.remove()
            db.engine.dispose()

    def test_every_change_wants_the_token(self, guarded):
        values, user = permissions.world(), make.user("Ani", "admin")
        for door in doors(guarded, values, ["POST"]):
            browser = guarded.test_client()
            make.signed_in(browser, user)
            before = everything()
            answer = browser.post(door.address)
            db.session.rollback()
            assert answer.status_code == 400, f"{door}: {answer.status_code} without the token"
            assert everything() == before

    def test_the_token_of_the_page_is_taken(self, guarded):
        browser = guarded.test_client()
        make.signed_in(browser, make.user("Ani", "admin"))
        page = browser.get("/account").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        data = {"csrf_token": token, "name": "Ani Lestari", "language": "id"}
        assert browser.post("/account", data=data).status_code == 303

    def test_signing_in_wants_it_too(self, guarded):
        browser = guarded.test_client()
        assert browser.post("/login", data={"email": "a@b.id"}).status_code == 400
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/login").text)[1]
        data = {"email": "a@b.id", "password": "x", "csrf_token": token}
        assert browser.post("/login", data=data).status_code == 422


INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)(?![^>]*type="application/json")[^>]*>"""
    r"""|<style|<[^>]+\sstyle=|<[^>]+\son[a-z]+=["']|href="javascript:""",
    re.IGNORECASE,
)


QUIET = ("same-origin", "no-referrer")
"""What a browser may tell other sites of our addresses: nothing."""
OWN_STYLES = {"maps.show"}
"""Pages whose library writes style rules of its own; scripts stay as strict as everywhere."""


def test_every_answer_is_strict_with_the_browser(app, as_user, admin):
    wrong = []
    nowhere = Door("nowhere", "GET", "/no/such/page")
    for door in [*doors(app, permissions.world(), ["GET"]), nowhere]:
        for browser in (as_user(admin), app.test_client()):
            answer = browser.get(door.address)
            wrong += [f"{door}: {name}" for name, holds in strict(answer, door) if not holds]
    assert not wrong, "\n" + "\n".join(wrong)


def strict(answer, door) -> list[tuple[str, bool]]:
    """Return what must hold of an answer, and whether it does."""
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    styles = "style-src 'self';" in policy or door.endpoint in OWN_STYLES
    # A file to save is opened without us: what it may do stands in the file.
    saved = headers.get("Content-Disposition", "").startswith("attachment")
    inline = answer.mimetype == "text/html" and INLINE.search(answer.text)
    return [
        ("scripts from here only", saved or "script-src 'self';" in policy),
        ("styles from here only", saved or styles),
        ("in no frame of others", saved or "frame-ancestors 'none'" in policy),
        ("nothing inline", saved or not inline),
        ("no guessing of types", headers.get("X-Content-Type-Options") == "nosniff"),
        ("our addresses told to nobody", headers.get("Referrer-Policy") in QUIET),
        ("nothing left in caches", door.endpoint == "static" or "no-store" in str(headers)),
    ]


def test_static_files_carry_no_cookie(as_user, viewer):
    answer = as_user(viewer).get("/static/favicon.svg")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
