"""An uploaded file as tables of text: sheets with numbered rows, cleaned and within the limits."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crm.errors import Refused
from crm.imports import texts, workbooks
from crm.imports.archives import too_much
from crm.imports.files import XLSX, Upload, kind_of
from crm.imports.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LETTERS, MAX_ROWS
from crm.language import _
from crm.spreadsheets import unsafe

Row = tuple[int, list[str]]


@dataclass
class Sheet:
    """One table: a CSV file, or one sheet of a workbook."""

    file: str
    name: str
    rows: list[Row] = field(default_factory=list)
    """Each row that holds a text, with its number as a spreadsheet counts."""

    def row(self, number: int) -> list[str]:
        """Return the cells of a row; none where the row is empty."""
        return next((cells for one, cells in self.rows if one == number), [])


def read(upload: Upload) -> list[Sheet]:
    """Return the sheets of a file that hold something.

    :raises Refused: if it is not what its name says, or beyond the limits
    """
    kind = kind_of(upload)
    size = _Size(upload.filename)
    if kind == XLSX:
        found = [
            Sheet(upload.filename, name, list(size.counted(rows)))
            for name, rows in workbooks.sheets(upload.filename, upload.stream)
        ]
    else:
        found = [_csv(upload, size)]
    filled = [sheet for sheet in found if sheet.rows]
    if not filled:
        raise Refused(_("“%(name)s” holds no rows.", name=upload.filename))
    return filled


def _csv(upload: Upload, size: "_Size") -> Sheet:
    encoding = texts.find_encoding(upload.filename, upload.stream)
    delimiter = texts.find_delimiter(upload.stream, encoding)
    options: dict[str, Any] = {"encoding": encoding, "delimiter": delimiter}
    rows = texts.rows(upload.filename, upload.stream, **options)
    exported = ((number, [unsafe(cell) for cell in row]) for number, row in rows)
    return Sheet(upload.filename, "", list(size.counted(exported)))


class _Size:
    """Counts what is read from one file and stops at the limits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = self.cells = self.letters = 0

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows cleaned, as long as the limits allow."""
        for number, row in rows:
            cells = [clean(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if not cells:
                continue
            self._count(number, cells)
            yield number, cells

    def _count(self, number: int, cells: list[str]) -> None:
        self.rows += 1
        self.cells += len(cells)
        longest = max(map(len, cells))
        self.letters += sum(map(len, cells))
        if len(cells) > MAX_COLUMNS:
            raise Refused(
                _(
                    "“%(name)s” has more than %(most)s columns. Keep only those to be imported.",
                    name=self.name,
                    most=MAX_COLUMNS,
                )
            )
        if longest > MAX_CELL:
            raise Refused(
                _(
                    "“%(name)s”: row %(row)s holds a cell of more than %(most)s letters. "
                    "Perhaps a quotation mark is not closed.",
                    name=self.name,
                    row=number,
                    most=MAX_CELL,
                )
            )
        if self.rows > MAX_ROWS or self.cells > MAX_CELLS or self.letters > MAX_LETTERS:
            raise too_much(self.name)


def clean(cell: str) -> str:
    """Return a cell's text without what cannot be seen: control characters, doubled blanks."""
    text = unicodedata.normalize("NFC", cell)
    if not text.isprintable():
        text = "".join(
            one if one.isprintable() else ("\n" if one == "\n" else " " if one.isspace() else "")
            for one in text
        )
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
