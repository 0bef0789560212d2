"""Flask-Security as we use it: its sign-in and second factor; our sessions, words and doors."""

from datetime import timedelta
from typing import Any

from flask import Flask, Response, after_this_request, g, request, session, url_for
from flask_babel import LazyString
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.utils import set_request_attr

from crm import clock
from crm.db import db
from crm.language import LANGUAGES, Catalogues
from crm.pages import done, page
from crm.transaction import adopt
from crm.users import doors, passwords, services, sessions
from crm.users.messages import MESSAGES
from crm.users.models import User, UserRole
from crm.users.second_factor import Codes, keys
from crm.users.security_forms import CodeForm, LoginForm, RecoveryForm, VerifyForm

SETTINGS = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": True,
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__rounds": passwords.ROUNDS,
        "argon2__memory_cost": passwords.MEMORY,
        "argon2__parallelism": passwords.THREADS,
    },
    # Whether there is an account is nobody's business.
    "RETURN_GENERIC_RESPONSES": True,
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
    "POST_LOGIN_VIEW": "/",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_VERIFY_VIEW": "users.account",
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    # Half a minute either way, for phones whose clock is wrong.
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_POST_SETUP_VIEW": "users.account",
    "TOTP_ISSUER": "Sinergi",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    # Our own command line keeps accounts, through our services.
    "CLI_USERS_NAME": False,
    "CLI_ROLES_NAME": False,
}


class Accounts(SQLAlchemyUserDatastore):
    """The users, for Flask-Security; what it changes is logged like all other changes."""

    def commit(self) -> None:
        """Commit what the library changed."""
        adopt(by=current_user._get_current_object() if current_user.is_authenticated else None)


class Words(Catalogues):
    """Our catalogues, for a library that also asks for what is translated already."""

    def gettext(self, string: Any, **variables: Any) -> str:
        """Return a sentence in the language in use."""
        if isinstance(string, LazyString):
            return str(string) % variables if variables else str(string)
        return str(super().gettext(string, **variables))


def init(app: Flask) -> None:
    """Set Flask-Security up, with its doors in our walls."""
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    app.config.update({f"SECURITY_MSG_{name}": said for name, said in MESSAGES.items()})
    app.config.update(keys(app.config["SECRET_KEY"]))
    # Set when signing in and then left alone: how long it is good for is kept on the server.
    app.config["PERMANENT_SESSION_LIFETIME"] = sessions.LONGEST_STAYING
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.config["WTF_I18N_ENABLED"] = False
    security = Security(
        app,
        Accounts(db, User, UserRole),
        register_blueprint=False,
        login_form=LoginForm,
        verify_form=VerifyForm,
        two_factor_verify_code_form=CodeForm,
        mf_recovery_form=RecoveryForm,
        render_template=_page,  # type: ignore[arg-type]
        totp_cls=Codes,
    )
    security.i18n_domain = Words()
    security.want_json(lambda _request: False)
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    # The session on the server protects better than the guess from address and browser.
    app.login_manager.session_protection = None  # type: ignore[attr-defined]
    # No token in an address or a header opens a page.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.before_request(_own_password_first)
    app.register_blueprint(doors.blueprint())


def _page(template: str, **values: Any) -> Response:
    """Render a page of the library as one of ours: with 422 where something is wrong."""
    forms = [value for name, value in values.items() if name.endswith("_form")]
    for form in forms:
        form.form_errors = list(dict.fromkeys(form.form_errors))
    wrong = any(form.errors for form in forms)
    return page(template, status=422 if wrong else 200, **values)


def _load(user_id: str) -> User | None:
    """Return the user of this browser, if its session on the server is still good."""
    token = session.get("token")
    if not token or request.endpoint == "static":
        return None
    now = clock.now()
    found = sessions.find(token, now)
    if found is None or found.user.fs_uniquifier != user_id:
        return None
    if sessions.see(found, now):
        found = sessions.find(token, now)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    g.browser = found
    return found.user if found else None


def _begin(_app: Flask, user: User, **_details: Any) -> None:
    """Start a session on the server for the browser that just signed in."""
    adopt(by=user)
    _take_language(user)
    stays = bool(session.pop("stays", False))
    session["token"] = sessions.start(
        user,
        clock.now(),
        stays=stays,
        totp_counter=g.pop("totp_counter", None),
        address=request.remote_addr or "",
        browser=request.user_agent.string,
    )
    session.permanent = stays


def _take_language(user: User) -> None:
    """Keep the language that was chosen on the login page, and forget it on the device."""
    chosen = request.cookies.get("language")
    if chosen in LANGUAGES and chosen != user.language:
        services.choose_language(user, chosen)

    if chosen:

        @after_this_request
        def _forget(response: Response) -> Response:
            response.delete_cookie("language")
            return response


def _end(_app: Flask, user: User, **_details: Any) -> None:
    """End the session on the server too: the cookie may have been copied."""
    token = session.pop("token", "")
    if token and (found := sessions.find(token, clock.now())):
        sessions.end(user, [found], clock.now())


FREE = {"users.password", "users.language", "security.logout", "static"}


def _own_password_first() -> Any:
    """Lead who still has the password that somebody else made to the page that changes it."""
    if request.endpoint in FREE or request.endpoint is None:
        return None
    if current_user.is_authenticated and current_user.password_is_initial:
        return done(url_for("users.password"))
    return None
