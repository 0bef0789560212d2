"""The conflict page: yours, theirs and the original, field by field; nothing typed is lost."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response
from sqlalchemy import inspect

from crm.audit import services as audit
from crm.forms import BOOKKEEPING, RecordForm, readable, texts
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
        if name in BOOKKEEPING:
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


def conflict_page(yours: RecordForm, theirs: RecordForm, *, cancel: str) -> Response:
    """Show both versions of a record and let the user choose field by field.

    :param theirs: the record as it is now, as a form
    :param cancel: the address of the record, for who gives up
    """
    if yours.conflict is None:
        raise ValueError("There is no conflict to show.")
    record = yours.conflict.record
    theirs.remember(record.version)
    rows = differences(yours, theirs)
    changed = {row.name for row in rows}
    return page(
        "errors/conflict.html",
        status=409,
        rows=rows,
        same=[
            (field.name, texts(field))
            for field in yours
            if field.name not in changed and field.name not in BOOKKEEPING
        ],
        version=record.version,
        original=theirs.original.data,
        message=yours.conflict.message,
        last=audit.last_change(type(record).__name__, inspect(record).identity[0]),
        archived=getattr(record, "archived_at", None) is not None,
        cancel=cancel,
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
