"""The regions that a user may be bound to; read by their key, as users come before regions."""

from collections.abc import Iterable

from sqlalchemy import Table, select

from crm.db import Model, db

NARROWEST = len("16.71")
"""Provinces, kabupaten and kota; below those nobody is bound."""


def choices() -> list[tuple[str, str]]:
    """Return the code and the name of each region, a district's with its province's."""
    regions = _table()
    query = select(regions.c.code, regions.c.name).order_by(regions.c.code)
    names = {code: name for code, name in db.session.execute(query) if len(code) <= NARROWEST}
    return [(code, _full(code, names)) for code in names]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these regions by their codes."""
    wanted = set(codes)
    regions = _table()
    above = {code.partition(".")[0] for code in wanted}
    query = select(regions.c.code, regions.c.name).where(regions.c.code.in_(sorted(wanted | above)))
    names = {row.code: row.name for row in db.session.execute(query)}
    return {code: _full(code, names) for code in sorted(wanted & names.keys())}


def _full(code: str, names: dict[str, str]) -> str:
    province = names.get(code.partition(".")[0])
    return f"{names[code]}, {province}" if "." in code and province else names[code]


def _table() -> Table:
    return Model.metadata.tables["region"]
