"""Flask-Security's forms in our words: what one types to get in."""

import logging
from typing import Any

from flask import request, session
from flask_security import forms, recovery_codes
from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from crm.language import _
from crm.pages import back_to
from crm.users.passwords import LONGEST

log = logging.getLogger("sinergi.access")


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _required(message: Any) -> list[Any]:
    return [DataRequired(message)]


class _StayOnThisSite:
    def validate_next(self, field: Any) -> None:
        """Forget an address that leads elsewhere."""
        field.data = back_to(field.data, "")


class LoginForm(_StayOnThisSite, forms.LoginForm):
    """The e-mail address and the password."""

    email = EmailField(
        _("E-mail address"),
        validators=[*_required(_("Enter your e-mail address.")), forms.EmailValidation()],
        filters=[_strip],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _("Password"),
        validators=[*_required(_("Enter your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    stays = BooleanField(
        _("Stay signed in on this device"),
        description=_("Only on a phone or computer that nobody else uses."),
    )
    # Flask-Security's would set a cookie that opens the door without a session on the server.
    remember = None
    submit = None

    def validate(self, **options: Any) -> bool:
        """Check both, and log a failure; never what was typed: it may be a password."""
        good = super().validate(**options)
        if good:
            session["stays"] = bool(self.stays.data)
        else:
            log_failure("password", self.user)
        return good


class VerifyForm(_StayOnThisSite, forms.VerifyForm):
    """The password again, before something that must not happen by somebody else's hand."""

    password = PasswordField(
        _("Password"),
        validators=[*_required(_("Enter your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password", "autofocus": True},
    )
    submit = None

    def validate(self, **options: Any) -> bool:
        """Check it, and log a failure."""
        good = super().validate(**options)
        if not good:
            log_failure("confirmation", self.user)
        return good


class CodeForm(forms.TwoFactorVerifyCodeForm):
    """The six digits of the authenticator app."""

    code = StringField(
        _("Code"),
        validators=[*_required(_("Enter the six digits.")), Length(max=20)],
        filters=[_strip],
        description=_("The six digits that your authenticator app shows now."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True},
    )
    submit = None

    def validate(self, **options: Any) -> bool:
        """Check them, and log a failure."""
        good = super().validate(**options)
        if not good:
            log_failure("code", self.user)
        return good


class RecoveryForm(recovery_codes.MfRecoveryForm):
    """One of the codes that were kept for the day the phone is lost."""

    code = StringField(
        _("Recovery code"),
        validators=[*_required(_("Enter one of your recovery codes.")), Length(max=40)],
        filters=[_strip, lambda value: value.lower() if value else value],
        description=_("Three groups of four characters, such as 12ab-34cd-56ef."),
        render_kw={"autocomplete": "off", "autofocus": True},
    )
    submit = None

    def validate(self, **options: Any) -> bool:
        """Check it, and log a failure."""
        good = super().validate(**options)
        if not good:
            log_failure("recovery code", self.user)
        return good


def log_failure(what: str, user: Any) -> None:
    """Log that somebody did not get in."""
    details = {"what": what, "user": user.id if user else None, "address": request.remote_addr}
    log.warning("sign-in failed", extra=details)
