"""Codes of an authenticator app: each signs in once; their secrets are encrypted where they lie."""

import base64
import hashlib
import hmac
from io import BytesIO
from typing import Any

from flask import current_app, g, request, session
from flask_login import current_user
from flask_security import views
from flask_security.totp import Totp
from flask_security.utils import check_and_get_token_status
from qrcode import QRCode
from qrcode.image.svg import SvgPathFillImage

from crm.pages import page
from crm.users import sessions
from crm.users.security_forms import CodeForm


class Codes(Totp):
    """Codes of an authenticator app, each good for one sign-in."""

    def generate_totp_secret(self) -> str:
        """Return the secret that is being set up in this browser, or else a new one.

        Who went away half-way has scanned it already; it stays until a code of it was entered.
        """
        begun = session.get("tf_totp_secret") if current_user.is_authenticated else None
        return str(begun or super().generate_totp_secret())

    def get_last_counter(self, user: Any) -> int | None:
        """Return the counter of the last code that was used."""
        return sessions.last_totp_counter(user)

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Keep the counter for the session that is about to begin."""
        g.totp_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the secret as a picture to scan, black on white also where the page is dark."""
        code = QRCode(border=2)
        code.add_data(self.get_totp_uri(username, totp))
        drawn = BytesIO()
        code.make_image(image_factory=SvgPathFillImage).save(drawn)
        return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def confirm(token: str) -> Any:
    """Switch the second factor on with its first code; after a wrong one the same picture again."""
    within = current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    expired, invalid, state = check_and_get_token_status(token, "tf_setup", within)
    if expired or invalid:
        return views.two_factor_setup_validate(token)
    form = CodeForm(request.form, meta={"csrf": False})  # checked for the whole application
    form.user, form.is_setup = current_user, True
    form.primary_method, form.tf_totp_secret = state["method"], state["totp_secret"]
    if form.validate():
        return views.two_factor_setup_validate(token)
    codes = current_app.extensions["security"].totp_factory
    values = codes.fetch_setup_values(state["totp_secret"], current_user)
    return page(
        "security/two_factor_setup.html",
        status=422,
        two_factor_verify_code_form=form,
        state_token=token,
        authr_qrcode=values["image"],
        authr_key=values["key"],
    )


def keys(secret: str) -> dict[str, Any]:
    """Return the keys that encrypt second factors in the database, made from the secret key."""

    def key(purpose: str) -> bytes:
        return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()

    return {
        "SECURITY_TOTP_SECRETS": {"1": key("second factor").hex()},
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [
            base64.urlsafe_b64encode(key("recovery codes"))
        ],
    }
