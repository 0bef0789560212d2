"""Being signed in: the session on the server, and the code that a phone makes."""

import re
from datetime import timedelta

import pytest
from flask_security.proxies import _security
from sqlalchemy import select

from crm import clock
from crm.audit.models import AuditEntry
from crm.db import db
from crm.users import services, sessions
from crm.users.models import UserSession
from tests import make
from tests.signing_in import KEPT, PASSWORD, is_in, sign_in


@pytest.fixture
def budi():
    """Budi, an editor with a password."""
    return make.user("Budi", "editor", email="budi@example.org", password=KEPT)


class TestSession:
    def test_cookie_holds_a_token_of_which_the_server_keeps_the_hash(self, client, budi):
        sign_in(client)
        with client.session_transaction() as cookie:
            token = cookie["token"]
        stored = db.session.scalars(select(UserSession)).one()
        assert stored.token_hash == sessions._hash(token)
        assert token not in (stored.token_hash, budi.fs_uniquifier)

    def test_copied_cookie_is_worth_nothing_after_logout(self, app, client, budi):
        sign_in(client)
        copied = client.get_cookie("sinergi").value
        thief = app.test_client()
        thief.set_cookie("sinergi", copied)
        assert is_in(thief)

        assert client.post("/logout").location == "/login"

        assert not is_in(client)
        thief.set_cookie("sinergi", copied)
        assert not is_in(thief)

    def test_ends_when_the_user_is_disabled(self, as_user, budi, admin):
        browser = as_user(budi)
        assert is_in(browser)
        services.disable(admin, budi, now=clock.now())
        assert not is_in(browser)
        services.enable(admin, budi)
        assert not is_in(browser)

    def test_others_end_when_the_password_changes(self, as_user, budi):
        here, there = as_user(budi), as_user(budi)
        answer = here.post(
            "/account/password",
            data={
                "present": PASSWORD,
                "password": "empat gajah naik sepeda",
                "again": "empat gajah naik sepeda",
            },
        )
        assert answer.status_code == 303
        assert is_in(here)
        assert not is_in(there)

    def test_all_end_when_an_administrator_says_so(self, as_user, budi, admin):
        browsers = [as_user(budi), as_user(budi)]
        as_user(admin).post(f"/admin/users/{budi.id}/end-sessions")
        assert not any(is_in(browser) for browser in browsers)

    def test_user_ends_one_of_them_and_all_others(self, as_user, budi):
        here, there, elsewhere = as_user(budi), as_user(budi), as_user(budi)
        second = db.session.scalars(select(UserSession.id).order_by(UserSession.id)).all()[1]
        here.post(f"/account/sessions/{second}/end")
        assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, True]
        here.post("/account/sessions/end-others")
        assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, False]

    def test_nobody_ends_those_of_somebody_else(self, as_user, budi, viewer):
        browser = as_user(budi)
        theirs = db.session.scalars(select(UserSession.id)).one()
        assert as_user(viewer).post(f"/account/sessions/{theirs}/end").status_code == 404
        assert is_in(browser)

    @pytest.mark.parametrize(
        ("stays", "unused", "opens"),
        [
            (False, timedelta(hours=11), True),
            (False, timedelta(hours=13), False),
            (True, timedelta(days=13), True),
            (True, timedelta(days=15), False),
        ],
    )
    def test_left_alone_it_ends(self, client, budi, monkeypatch, stays, unused, opens):
        sign_in(client, **({"stays": "y"} if stays else {}))
        later = clock.now() + unused
        monkeypatch.setattr(clock, "now", lambda: later)
        assert is_in(client) is opens

    def test_even_in_use_it_ends_after_a_day(self, client, budi, monkeypatch):
        start = clock.now()
        sign_in(client)
        for hours in (8, 16, 23):
            monkeypatch.setattr(clock, "now", lambda hours=hours: start + timedelta(hours=hours))
            assert is_in(client)
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(hours=25))
        assert not is_in(client)

    def test_what_was_typed_outlives_it(self, as_user, budi, admin):
        browser = as_user(budi)
        services.end_sessions(admin, budi, now=clock.now())
        data = {"name": "Budi Santoso", "language": "id"}
        answer = browser.post("/account", data=data)
        assert answer.status_code == 401
        assert "Anda telah dikeluarkan" in answer.text
        part = browser.post("/account", data=data, headers={"HX-Request": "true"})
        assert part.status_code == 403
        assert "<html" not in part.text
        # Signed in again in another tab, the same form is taken.
        sign_in(browser)
        assert browser.post("/account", data=data).status_code == 303
        assert budi.name == "Budi Santoso"

    def test_cookie_outlives_the_browser_only_where_asked_for(self, client, budi):
        assert "Expires" not in sign_in(client).headers["Set-Cookie"]
        client.post("/logout")
        assert "Expires" in sign_in(client, stays="y").headers["Set-Cookie"]

    def test_is_seen_at_most_once_a_minute_and_leaves_no_trace_in_the_audit(
        self, as_user, budi, monkeypatch
    ):
        browser, start = as_user(budi), clock.now()
        row = db.session.scalars(select(UserSession)).one()
        began, entries = row.seen_at, len(db.session.scalars(select(AuditEntry)).all())

        def seen_after(seconds):
            monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=seconds))
            assert is_in(browser)
            db.session.rollback()
            return (row.seen_at - began).total_seconds()

        assert seen_after(30) == 0
        assert seen_after(90) == pytest.approx(90, abs=5)
        assert seen_after(120) == pytest.approx(90, abs=5)
        assert len(db.session.scalars(select(AuditEntry)).all()) == entries

    def test_neither_a_header_nor_an_address_opens_a_page(self, client, budi):
        token = budi.get_auth_token()
        assert client.get(f"/account?auth_token={token}").status_code == 302
        answer = client.get("/account", headers={"Authentication-Token": token})
        assert answer.status_code == 302

    def test_rows_of_long_ago_are_forgotten(self, budi):
        now = clock.now()
        sessions.start(budi, now - timedelta(days=100), address="10.0.0.1")
        sessions.start(budi, now)
        assert [one.address for one in db.session.scalars(select(UserSession))] == [""]


class TestSecondFactor:
    @pytest.fixture
    def codes(self, app, budi, client):
        """Switch the code on as a user does, and return a function that makes codes."""
        sign_in(client)
        page = client.post("/account/two-factor", data={"setup": "authenticator"}).text
        address = re.search(r'action="(/account/two-factor/[^"]+)"', page)[1]
        assert "data:image/svg+xml;base64," in page
        key = re.search(r'<code class="secret">([^<]+)<', page)[1].replace("-", "")
        factory = _security.totp_factory._totp
        totp = factory(key=key, format="base32")

        def code(step=0):
            return totp.generate(int(clock.now().timestamp()) + 30 * step).token

        refused = client.post(address, data={"code": "000000"})
        assert refused.status_code == 422
        assert key in refused.text.replace("-", ""), "another secret than the one just scanned"
        beside = refused.text.partition('id="code-error"')[2]
        assert "Kode ini tidak benar" in beside.partition("</div>")[0]
        assert f'action="{address}"' in refused.text
        again = client.post("/account/two-factor", data={"setup": "authenticator"}).text
        assert key in again.replace("-", ""), "who starts again has scanned this one already"
        db.session.rollback()
        assert not budi.has_second_factor
        assert client.post(address, data={"code": code()}).status_code == 302
        db.session.rollback()
        assert budi.has_second_factor
        client.post("/logout")
        return code

    def test_password_alone_does_not_open(self, client, codes):
        assert sign_in(client).location.startswith("/login/code")
        assert not is_in(client)

    def test_code_opens_and_only_once(self, app, client, codes):
        sign_in(client)
        code = codes()
        assert client.post("/login/code", data={"code": code}).status_code == 302
        assert is_in(client)
        other = app.test_client()
        sign_in(other)
        assert other.post("/login/code", data={"code": code}).status_code == 422
        assert not is_in(other)
        assert other.post("/login/code", data={"code": codes(1)}).status_code == 302

    def test_wrong_code_is_refused_in_the_language(self, client, codes):
        sign_in(client)
        answer = client.post("/login/code", data={"code": "123456"})
        assert answer.status_code == 422
        assert "Kode ini tidak benar atau sudah terpakai" in answer.text

    def test_way_back_survives_the_code(self, client, codes):
        there = sign_in(client, next="/account/password").location
        assert client.post(there, data={"code": codes()}).location == "/account/password"

    def test_recovery_code_opens_once_and_is_logged(self, app, client, codes, budi):
        sign_in(client)
        client.post("/login/code", data={"code": codes()})
        page = client.post("/account/recovery-codes", data={"generate_new_codes": "1"}).text
        made = re.findall(r'<code class="secret">([^<]+)<', page)
        assert len(made) == 8
        db.session.rollback()
        assert not set(made) & set(budi.mf_recovery_codes), "stored in the clear"
        client.post("/logout")

        sign_in(client)
        assert client.post("/login/recovery", data={"code": "no-such-code"}).status_code == 422
        assert client.post("/login/recovery", data={"code": made[0].upper()}).status_code == 302
        assert is_in(client)
        db.session.rollback()
        assert len(budi.mf_recovery_codes) == 7
        other = app.test_client()
        sign_in(other)
        assert other.post("/login/recovery", data={"code": made[0]}).status_code == 422
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.by_id, list(entry.changes)) == (budi.id, ["mf_recovery_codes"])

    def test_administrator_removes_it(self, as_user, client, codes, budi, admin):
        as_user(admin).post(f"/admin/users/{budi.id}/remove-second-factor")
        assert sign_in(client).location == "/"

    def test_is_switched_off_by_its_user(self, client, codes, budi):
        sign_in(client)
        client.post("/login/code", data={"code": codes()})
        client.post("/account/two-factor", data={"setup": "disable"})
        client.post("/logout")
        assert sign_in(client).location == "/"

    def test_wants_the_password_again_after_a_while(self, client, budi):
        sign_in(client)
        with client.session_transaction() as cookie:
            cookie["fs_paa"] -= 3600
        asked = client.get("/account/two-factor")
        assert asked.location.startswith("/account/verify?next=")
        wrong = client.post(asked.location, data={"password": "wrong password"})
        assert (wrong.status_code, "Kata sandi tidak benar" in wrong.text) == (422, True)
        right = client.post(asked.location, data={"password": PASSWORD})
        assert right.location == "/account/two-factor"
        assert client.get("/account/two-factor").status_code == 200

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_code_of_somebody_signed_in_leads_on_and_signs_nobody_out(self, client, budi, method):
        sign_in(client)

        assert getattr(client, method)("/login/code").location == "/"
        assert is_in(client)

    @pytest.mark.parametrize("address", ["/login/code", "/login/recovery"])
    def test_code_without_password_leads_to_the_login(self, client, address):
        assert client.get(address).location == "/login"
