"""Signing in: the password, the way back, the language, how often one may try, what is said."""

import inspect
import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask_babel import force_locale
from flask_security import core, forms, recovery_codes, tf_plugin, twofactor
from sqlalchemy import select

from crm import clock, create_app, limiter
from crm.audit.models import AuditEntry
from crm.db import db
from crm.users import doors, passwords, services
from crm.users.messages import MESSAGES
from crm.users.models import RoleName
from tests import make
from tests.conftest import Browser
from tests.signing_in import KEPT, PASSWORD, is_in, sign_in


@pytest.fixture
def budi():
    """Budi, an editor with a password."""
    return make.user("Budi", "editor", email="budi@example.org", password=KEPT)


class TestPassword:
    def test_right_one_opens(self, client, budi):
        answer = sign_in(client)
        assert (answer.status_code, answer.location) == (302, "/")
        assert is_in(client)

    def test_email_is_the_same_in_capitals(self, client, budi):
        assert sign_in(client, " Budi@Example.org ").status_code == 302

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            ("budi@example.org", "wrong password"),
            ("nobody@example.org", PASSWORD),
            ("not an address", PASSWORD),
            ("budi@example.org", ""),
            ("", ""),
        ],
    )
    def test_anything_else_gets_one_answer(self, client, budi, email, password):
        answer = sign_in(client, email, password)
        assert answer.status_code == 422
        assert answer.text.count("Alamat surel atau kata sandi tidak benar.") == 1
        assert not is_in(client)

    def test_answer_does_not_tell_whether_there_is_an_account(self, client, budi):
        def page(email):
            text = sign_in(client, email, "wrong password").text
            return re.sub(r'(value|content)="[^"]*"', "", text)

        assert page("budi@example.org") == page("nobody@example.org")

    def test_an_unknown_address_costs_as_much_work(self, client, budi, monkeypatch):
        hashed = []
        monkeypatch.setattr(
            "flask_security.forms.hash_password", lambda password: hashed.append(password)
        )
        sign_in(client, "nobody@example.org", "wrong password")
        assert hashed == ["wrong password"]

    def test_disabled_account_stays_out(self, client, budi, admin):
        services.disable(admin, budi, now=clock.now())
        assert sign_in(client).status_code == 422
        assert not is_in(client)

    def test_what_was_typed_is_still_there_but_the_password(self, client, budi):
        text = sign_in(client, "budi@example.org", "wrong password").text
        assert 'value="budi@example.org"' in text
        assert "wrong password" not in text

    def test_an_old_hash_is_replaced_and_logged(self, client, budi):
        weak = passwords.PasswordHasher(1, 16, 1).hash(PASSWORD)
        with make.transaction(by=None):
            budi.password = weak
        assert sign_in(client).status_code == 302
        db.session.rollback()
        assert budi.password != weak
        assert passwords.fits(PASSWORD, budi.password)
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.by_id, last.changes) == (budi.id, {"password": ["•••", "•••"]})


class TestWayBack:
    @pytest.mark.parametrize(
        "address", ["/account?x=1", "/stakeholders?sector=opd&region=16", "/admin/users"]
    )
    def test_leads_to_the_page_that_was_asked_for(self, client, budi, address):
        asked = client.get(address)
        assert asked.status_code == 302
        login = client.get(asked.location)
        # The first field of this name belongs to the language switch.
        wanted = re.findall(r'name="next"[^>]* value="([^"]*)"', login.text)[-1]
        wanted = wanted.replace("&amp;", "&")
        assert sign_in(client, next=wanted).location == address

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "////evil.example",
            "javascript:alert(1)",
            "%2f%2fevil.example",
        ],
    )
    def test_never_leaves_this_site(self, client, budi, address):
        for answer in (
            sign_in(client, next=address),
            client.post(
                "/login",
                query_string={"next": address},
                data={"email": "budi@example.org", "password": PASSWORD},
            ),
        ):
            assert answer.status_code == 302
            assert urlsplit(urljoin("http://localhost/login", answer.location))[:2] == (
                "http",
                "localhost",
            )
            client.post("/logout")

    def test_a_part_of_a_page_sends_the_page_to_the_login(self, client):
        answer = client.get(
            "/account",
            headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/gaps?region=16"},
        )
        assert answer.status_code == 401
        assert answer.headers["HX-Redirect"] == "/login?next=/gaps?region%3D16"


class TestFirstPassword:
    def test_must_be_replaced_before_anything_else(self, client, admin):
        user, password = services.add(
            admin, email="sari@example.org", name="Sari", roles=[RoleName.VIEWER]
        )
        sign_in(client, user.email, password)
        assert client.get("/account").location == "/account/password"
        assert client.get("/account/password").status_code == 200
        new = {"password": "lima perahu kertas", "again": "lima perahu kertas"}
        client.post("/account/password", data={"present": password, **new})
        assert is_in(client)

    def test_may_always_leave_or_switch_language(self, client, admin):
        user, password = services.add(
            admin, email="sari@example.org", name="Sari", roles=[RoleName.VIEWER]
        )
        sign_in(client, user.email, password)
        assert client.post("/language", data={"language": "en"}).location == "/"
        assert client.post("/logout").location == "/login"


class TestLanguage:
    def test_of_a_visitor_is_kept_in_a_cookie(self, client):
        assert "Masuk" in client.get("/login").text
        answer = client.post("/language", data={"language": "en", "next": "/login?next=/gaps"})
        assert answer.location == "/login?next=/gaps"
        assert "Stay signed in on this device" in client.get("/login").text

    def test_of_the_login_page_becomes_the_users(self, app, client, budi):
        client.post("/language", data={"language": "en"})
        sign_in(client)
        assert "Where you are signed in" in client.get("/account").text
        assert client.get_cookie("language") is None
        other = app.test_client()
        sign_in(other)
        assert "Where you are signed in" in other.get("/account").text

    def test_of_a_user_is_the_users_on_every_device(self, as_user, budi):
        as_user(budi).post("/language", data={"language": "en"})
        assert "Where you are signed in" in as_user(budi).get("/account").text

    def test_of_an_address_reaches_the_parts_of_its_page(self, as_user, budi):
        seen = as_user(budi)
        assert "Where you are signed in" in seen.get("/account?lang=en").text
        for page, words in (
            ("http://localhost/account?x=1&lang=en#top", "Where you are signed in"),
            ("http://[/account?lang=xx", "Perangkat tempat Anda masuk"),
        ):
            assert words in seen.get("/account", headers={"HX-Current-URL": page}).text

    def test_that_is_chosen_takes_the_place_of_the_one_in_the_address(self, client):
        said = {"language": "id", "next": "/login?next=/gaps&lang=en"}
        assert client.post("/language", data=said).location == "/login?next=%2Fgaps"

    def test_unknown_one_and_foreign_way_back_are_refused(self, client):
        assert client.post("/language", data={"language": "xx"}).status_code == 400
        answer = client.post("/language", data={"language": "id", "next": "//evil.example"})
        assert answer.location == "/"


class TestWords:
    """Nothing that Flask-Security says reaches a reader in its own words."""

    # Said only where an account is made, a code is mailed or data is asked for as JSON.
    UNHEARD = {
        "CONFIRMATION_REQUIRED",
        "FORGOT_PASSWORD",
        "PHONE_INVALID",
        "FAILED_TO_SEND_CODE",
        "USE_CODE",
    }

    def test_every_message_of_our_doors_is_ours(self):
        parts = [door.view for door in doors.DOORS.values()]
        parts += [forms.LoginForm, forms.VerifyForm, forms.LogoutForm, forms.EmailValidation]
        parts += [forms.NextFormMixin, forms.TwoFactorSetupForm, forms.TwoFactorVerifyCodeForm]
        parts += [recovery_codes, tf_plugin, twofactor]
        source = "".join(inspect.getsource(inspect.unwrap(part)) for part in parts)
        used = set(re.findall(r'get_message\(\s*"([A-Z_]+)"', source))
        used |= set(re.findall(r'replace_msg="([A-Z_]+)"', source))
        assert "TWO_FACTOR_DISABLED" in used
        assert used - MESSAGES.keys() - self.UNHEARD == set()

    def test_all_of_them_are_translated(self, app):
        with app.test_request_context():
            same = [name for name, (said, _tone) in MESSAGES.items() if str(said) == english(said)]
        assert same == []

    def test_pages_hold_none_of_its_english(self, client, budi):
        pages = [client.get("/login"), sign_in(client, "no", ""), client.get("/login/help")]
        sign_in(client)
        for address, data in [
            ("/account/verify", {"password": "wrong password"}),
            ("/account/two-factor", {"setup": "authenticator"}),
            ("/account/two-factor", {"setup": "email"}),
            ("/account/two-factor/no-such-state", {"code": "123456"}),
            ("/account/recovery-codes", {"generate_new_codes": "1"}),
        ]:
            pages += [
                client.post(address, data=data, follow_redirects=True),
                client.get("/account"),
            ]
        texts = " ".join(page.text for page in pages)
        said = [text for text, _tone in core._default_messages.values() if "%" not in text]
        # Single words such as "Password" stand in Indonesian names of products too.
        said += [text for text in forms._default_field_labels.values() if " " in text]
        assert [text for text in said if text in texts] == []


def english(lazy) -> str:
    with force_locale("en"):
        return str(lazy)


class TestThrottle:
    @pytest.fixture
    def throttled(self, tmp_path):
        """An application of its own that counts attempts."""
        app = create_app(
            {
                "TESTING": True,
                "DATA_DIR": str(tmp_path),
                "DATABASE_URL": "",
                "WTF_CSRF_ENABLED": False,
                "RATELIMIT_ENABLED": True,
                "LOGIN_ATTEMPTS": "3 per minute",
                "ACCOUNT_ATTEMPTS": "5 per minute",
            }
        )
        with app.app_context():
            limiter.reset()
            app.test_client_class = Browser
            db.create_all()
            make.user("Budi", email="budi@example.org", password=KEPT)
            yield app
            limiter.reset()
            limiter.enabled = False
            db.session.remove()
            db.engine.dispose()

    def test_by_address(self, throttled, caplog):
        client = throttled.test_client()
        answers = [sign_in(client, f"no{n}@example.org", "wrong").status_code for n in range(4)]
        assert answers == [422, 422, 422, 429]
        refused = sign_in(client)
        assert refused.status_code == 429
        assert "Terlalu banyak percobaan" in refused.text
        assert caplog.messages.count("sign-in failed") == 3
        assert client.get("/login").status_code == 200

    def test_by_account_from_wherever(self, throttled):
        def attempt(n, email="budi@example.org"):
            client = throttled.test_client()
            data = {"email": email, "password": "wrong password"}
            place = {"REMOTE_ADDR": f"10.0.0.{n}"}
            return client.post("/login", data=data, environ_overrides=place).status_code

        assert [attempt(n) for n in range(6)] == [422] * 5 + [429]
        assert attempt(7, "BUDI@example.org ") == 429
        assert attempt(8, "sari@example.org") == 422

    def test_success_is_not_counted(self, throttled):
        client = throttled.test_client()
        for _n in range(8):
            assert sign_in(client).status_code == 302
            client.post("/logout")


def test_cookies_are_closed_to_scripts_and_other_sites(client, budi):
    cookie = sign_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_cookies_travel_encrypted_where_asked_for(tmp_path):
    app = create_app({"TESTING": True, "DATA_DIR": str(tmp_path), "SECURE_COOKIES": True})
    client = app.test_client()
    for answer in (client.get("/login"), client.get("/healthz")):
        assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert "Secure" in client.get("/login").headers["Set-Cookie"]
    with app.app_context():
        db.engine.dispose()
