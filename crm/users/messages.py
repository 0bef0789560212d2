"""What Flask-Security says, in our words: by the library's names, with the tone of a message."""

from typing import Any

from crm.language import _

MESSAGES: dict[str, tuple[Any, str]] = {
    "GENERIC_AUTHN_FAILED": (
        _(
            "The e-mail address or the password is not right. "
            "If you are sure of both, ask an administrator whether your account is active."
        ),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (_("Enter your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (_("This is not an e-mail address."), "error"),
    "USER_DOES_NOT_EXIST": (_("The e-mail address or the password is not right."), "error"),
    "INVALID_PASSWORD": (_("The password is not right."), "error"),
    "DISABLED_ACCOUNT": (_("This account is disabled."), "error"),
    "UNAUTHENTICATED": (_("Sign in to see this page."), "error"),
    "REAUTHENTICATION_REQUIRED": (_("Enter your password again to go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you. You can go on."), "success"),
    "TWO_FACTOR_INVALID_TOKEN": (
        _("This code is not right or was used already. Wait for the next one and enter that."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        _("Signing in now asks for a code. Make recovery codes for the day your phone is lost."),
        "success",
    ),
    "TWO_FACTOR_DISABLED": (_("Signing in no longer asks for a code."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (_("Sign in with your password first."), "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("There is no such way to sign in."), "error"),
    "TWO_FACTOR_SETUP_EXPIRED": (_("This took too long. Please start again."), "error"),
    "INVALID_RECOVERY_CODE": (_("This recovery code is not right or was used already."), "error"),
    "NO_RECOVERY_CODES_SETUP": (_("You have no recovery codes yet."), "info"),
    "API_ERROR": (_("This request could not be read."), "error"),
    "INVALID_REDIRECT": (_("This address leads to another site."), "error"),
    "ANONYMOUS_USER_REQUIRED": (_("You are signed in already."), "info"),
}
