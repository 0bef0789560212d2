"""Organisations to choose from in a form."""

from collections.abc import Iterable
from typing import Any

from crm.stakeholders import services


def organisations(
    blank: Any = None, also: Iterable[int | None] = ()
) -> list[tuple[int | str, Any]]:
    """Return the organisations in use for a select field, by name.

    :param also: ids that stay choices although they are in use no more: an archived organisation
        must not make a form impossible to save
    """
    names = services.all_names()
    known = {one for one, _name in names}
    missing = {one for one in also if one} - known
    if missing:
        names = sorted([*names, *services.named(missing).items()], key=lambda pair: pair[1])
    return ([] if blank is None else [("", blank)]) + list(names)
