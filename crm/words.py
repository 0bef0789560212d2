"""What the interface calls the values that we store: each feature teaches its own words."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from crm.language import _

_labels: dict[tuple[type, str], Any] = {}


def teach(labels: Mapping[Any, Any]) -> None:
    """Remember the labels of an enum's members."""
    # Keyed by type too: as strings, EventKind.OTHER and AgreementKind.OTHER are equal.
    _labels.update({(type(member), member.value): label for member, label in labels.items()})


def label(value: Any) -> Any:
    """Return what the interface calls a stored value; a dash for none."""
    if value is None:
        return "—"
    return _labels[type(value), value.value]


def choices(kind: type[Enum], blank: Any = None) -> list[tuple[str, Any]]:
    """Return the members of an enum for a select field, with an empty one first if it is named."""
    first = [] if blank is None else [("", blank)]
    return first + [(member.value, label(member)) for member in kind]


YES_NO = {True: _("Yes"), False: _("No")}
