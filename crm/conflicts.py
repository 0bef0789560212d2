"""The conflict page: yours, theirs and the original, field by field; nothing typed is lost."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response

from crm.forms import RecordForm, readable, texts
from crm.pages import page


@dataclass(frozen=True)
class Difference:
    """One field in which the two writers differ."""

    name: str
    label: Any
    original: str
    theirs: str
    yours: str
    theirs_values: list[str]
    yours_values: list[str]
    keep: str


def differences(yours: RecordForm, theirs: RecordForm) -> list[Difference]:
    """Compare what two people made of one record with what both of them saw."""
    original = _original(yours)
    rows = []
    for name, field in yours._fields.items():
        if name in ("version", "original"):
            continue
        mine, other = texts(field), texts(theirs[name])
        if mine == other:
            continue
        was = original.get(name, [])
        rows.append(
            Difference(
                name=name,
                label=field.label.text,
                original=readable(theirs[name], was),
                theirs=readable(theirs[name], other),
                yours=readable(field, mine),
                theirs_values=other,
                yours_values=mine,
                # Who left the field as it was has no wish about it.
                keep="theirs" if mine == was else "yours",
            )
        )
    return rows


def conflict_page(
    yours: RecordForm, theirs: RecordForm, *, version: int, title: str, cancel: str, note: Any = ""
) -> Response:
    """Show both versions of a record and let the user choose field by field.

    :param version: the record's version now, which the answer is based on
    """
    theirs.remember(version)
    rows = differences(yours, theirs)
    changed = {row.name for row in rows}
    same = [(field.name, texts(field)) for field in yours if field.name not in changed]
    return page(
        "errors/conflict.html",
        status=409,
        rows=rows,
        same=[pair for pair in same if pair[0] not in ("version", "original")],
        version=version,
        original=theirs.original.data,
        title=title,
        cancel=cancel,
        note=note,
    )


def _original(form: RecordForm) -> dict[str, list[str]]:
    try:
        read = json.loads(form.original.data or "{}")
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        str(name): [str(one) for one in value]
        for name, value in read.items()
        if isinstance(value, list)
    }
