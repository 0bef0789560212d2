"""Which region a text means: a code, or a name; all regions are looked up at once."""

import re

from sqlalchemy import select

from crm.db import db
from crm.errors import Refused
from crm.imports.columns import plain
from crm.language import _
from crm.regions import place_names
from crm.regions.models import Level, Region

WHOLE_COUNTRY = frozenset(
    {"indonesia", "seluruh indonesia", "all of indonesia", "nasional", "national", "pusat"}
)


class Places:
    """All regions that we have, and what was found in texts so far."""

    def __init__(self) -> None:
        """Read the regions."""
        rows = db.session.execute(select(Region.code, Region.name, Region.level, Region.bps_code))
        self._name: dict[str, str] = {}
        self._level: dict[str, Level] = {}
        self._bps: dict[str, str | None] = {}
        for code, name, level, bps in rows:
            self._name[code], self._level[code], self._bps[code] = name, level, bps
        self._found: dict[tuple[str, str | None], str | None] = {}

    def name(self, code: str | None) -> str:
        """Return the name of a region with its province's."""
        if not code:
            return ""
        name, province = self._name.get(code, code), self._name.get(code[:2], "")
        return name if len(code) == 2 or not province else f"{name}, {province}"

    def level(self, code: str) -> Level:
        """Return what kind of region a code means."""
        return self._level[code]

    def by_code(self, text: str, field: str = "region_code") -> str:
        """Return the code that a text writes; a spreadsheet may have taken it for a number.

        :raises Refused: if no region has it
        """
        code = text.strip().rstrip(".").replace(",", ".")
        if match := re.fullmatch(r"(\d\d)\.(\d)", code):  # the number 62.1 was 62.10
            code = f"{match[1]}.{match[2]}0"
        if re.fullmatch(r"\d{4}", code):
            dotted = f"{code[:2]}.{code[2:]}"
            # Without its point it may be a BPS code, and those may mean another place.
            code = dotted if self._bps.get(dotted) in (None, "", code) else code
        if code not in self._name:
            raise Refused(
                _(
                    "No region has the code “%(text)s”. Write the Kemendagri code, as in 16.71.",
                    text=text,
                ),
                field=field,
            )
        return code

    def named(self, text: str, field: str = "region", within: str | None = None) -> str | None:
        """Return the code of the region that a text names; None for the whole country.

        :raises Refused: if it names none, or several
        """
        if plain(text) in WHOLE_COUNTRY:
            return None
        if re.fullmatch(r"[\d.,]+", text):
            return self.by_code(text, field)
        code = self.in_name(text, within)
        if code is None:
            raise Refused(
                _(
                    "“%(text)s” names no region, or more than one. "
                    "Write it as Kabupaten Lahat, Kota Palembang or 16.71.",
                    text=text,
                ),
                field=field,
            )
        return code

    def in_name(self, text: str, within: str | None = None) -> str | None:
        """Return the code of the one region that a name mentions, if it is certain."""
        key = text, within
        if key not in self._found:
            code = place_names.code_in(text, within)
            self._found[key] = code if code in self._name else None
        return self._found[key]
