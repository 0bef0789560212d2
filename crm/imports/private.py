"""Files that must not come in: those that list persons by NIK or KK."""

import re
from collections.abc import Sequence

from crm.errors import Refused
from crm.imports.columns import plain
from crm.language import _

_HEADING = re.compile(
    r"\b(nik|no nik|nomor induk kependudukan|ktp|no ktp|nomor ktp|e ktp|ektp|kk|no kk|nokk|nonik"
    r"|nomor kk|kartu keluarga|kepala keluarga|nama krt|kepala rumah tangga|id dtks|id bdt)\b"
)
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")


def check_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table that has a column of NIK or KK, whatever its heading says.

    :raises Refused: with the reason
    """
    for heading in headings:
        if _HEADING.search(plain(heading)):
            raise _refusal(heading)
    for column in range(max((len(row) for row in rows), default=0)):
        filled = [row[column] for row in rows if column < len(row) and row[column]]
        if filled and sum(map(_has_sixteen_digits, filled)) * 2 >= len(filled):
            raise _refusal(headings[column] if column < len(headings) else str(column + 1))


def holds_number_of_a_person(text: str) -> bool:
    """Whether a text holds a number built like a NIK or KK."""
    return any(_is_built_like_one(found) for found in _sixteens(text))


def _has_sixteen_digits(text: str) -> bool:
    return bool(_sixteens(text))


def _sixteens(text: str) -> list[str]:
    if len(text) < 16:
        return []
    return _SIXTEEN.findall(re.sub(r"(?<=\d)[ .\-](?=\d)", "", text.removesuffix(".0")))


def _is_built_like_one(digits: str) -> bool:
    """Sixteen digits that begin with a province and hold a day (plus 40 for women) and a month."""
    province, day, month = int(digits[:2]), int(digits[6:8]) % 40, int(digits[8:10])
    return 11 <= province <= 97 and 1 <= day <= 31 and 1 <= month <= 12


def _refusal(column: str) -> Refused:
    return Refused(
        _(
            "The column “%(column)s” holds NIK or KK numbers. Sinergi keeps aggregates only: "
            "data of poor families must never lie beside a list of partners (UU 27/2022). "
            "Take the column out, or import sums per region.",
            column=column,
        )
    )
