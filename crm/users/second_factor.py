"""Codes of an authenticator app: each signs in once; their secrets are encrypted where they lie."""

import base64
import hashlib
import hmac
from io import BytesIO
from typing import Any

from flask import g
from flask_security.totp import Totp
from qrcode import QRCode
from qrcode.image.svg import SvgPathFillImage

from crm.users import sessions


class Codes(Totp):
    """Codes of an authenticator app, each good for one sign-in."""

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
