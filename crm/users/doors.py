"""The views of Flask-Security that exist here: where each is, who may open it, how often to try."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, session, url_for
from flask_security import current_user, recovery_codes, views

from crm import limiter
from crm.auth import VIEWER, allow, public
from crm.pages import page
from crm.users import second_factor


def _account() -> str:
    """Return whose account an attempt is made on, known or not."""
    who = session.get("tf_user_id") or session.get("_user_id") or request.form.get("email", "")
    return hashlib.sha256(str(who).strip().lower().encode()).hexdigest()


def throttled(view: Callable[..., Any]) -> Any:
    """Let only so many attempts fail: from one address, and on one account."""

    def failed(response: Response) -> bool:
        return response.status_code >= 400

    by_address = limiter.limit(
        lambda: current_app.config["LOGIN_ATTEMPTS"], methods=["POST"], deduct_when=failed
    )
    by_account = limiter.limit(
        lambda: current_app.config["ACCOUNT_ATTEMPTS"],
        key_func=_account,
        methods=["POST"],
        deduct_when=failed,
    )
    return by_address(by_account(view))


def code() -> Any:
    """Ask for the code of the phone; who is signed in already is led on.

    The library's view would sign them out, and reading a page changes nothing.
    """
    if current_user.is_authenticated:
        return redirect(url_for("dashboard.show"))
    return views.two_factor_token_validation()


def rescue() -> Response:
    """Say what to do without the phone."""
    return page("security/two_factor_rescue.html")


@dataclass(frozen=True)
class Door:
    """One of the library's views: where it is, and who may open it."""

    address: str
    view: Callable[..., Any]
    everybody: bool = False
    methods: tuple[str, ...] = ("GET", "POST")


DOORS = {
    "login": Door("/login", throttled(views.login), everybody=True),
    "logout": Door("/logout", views.logout, everybody=True, methods=("POST",)),
    "two_factor_token_validation": Door("/login/code", throttled(code), everybody=True),
    "two_factor_rescue": Door("/login/help", rescue, everybody=True, methods=("GET",)),
    "mf_recovery": Door("/login/recovery", throttled(recovery_codes.mf_recovery), everybody=True),
    "verify": Door("/account/verify", throttled(views.verify)),
    "two_factor_setup": Door("/account/two-factor", views.two_factor_setup),
    "two_factor_setup_validate": Door(
        "/account/two-factor/<string:token>", second_factor.confirm, methods=("POST",)
    ),
    "mf_recovery_codes": Door("/account/recovery-codes", recovery_codes.mf_recovery_codes),
}
"""All views of the library that exist here; the others are not registered."""


def blueprint() -> Blueprint:
    """Return the doors as a blueprint with the name that Flask-Security asks for."""
    bp = Blueprint("security", __name__)
    for name, door in DOORS.items():
        view = _marked(door)
        bp.add_url_rule(door.address, name, view, methods=door.methods)
    return bp


def _marked(door: Door) -> Callable[..., Any]:
    def view(**arguments: Any) -> Any:
        return door.view(**arguments)

    return public(view) if door.everybody else allow(VIEWER)(view)
