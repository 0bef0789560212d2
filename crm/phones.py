"""Telephone numbers: kept as typed, and beside it in the international form (E.164)."""

from typing import Any

import phonenumbers

from crm.errors import Refused
from crm.language import _


def e164(typed: str) -> str | None:
    """Return the number in international form; None if it cannot be one."""
    try:
        number = phonenumbers.parse(typed, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(phone: str) -> None:
    """Refuse what cannot be a telephone number."""
    checked(phone)


def checked(typed: str, field: str = "phone") -> dict[str, Any]:
    """Return a number as typed and in international form; refuse what cannot be one."""
    if not typed:
        return {"phone": "", "phone_e164": ""}
    number = e164(typed)
    if number is None:
        raise Refused(
            _("“%(typed)s” is not a telephone number. Write it as 0812 3456 7890.", typed=typed),
            field=field,
        )
    return {"phone": typed, "phone_e164": number}
