"""Rows as CSV and XLSX that Excel opens without running anything."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO, TextIOWrapper
from typing import IO, Any

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
PREFIX = "'"


def safe(value: Any) -> str:
    """Return a cell's text; what Excel would take for a formula gets an apostrophe before it."""
    text = plain(value)
    return PREFIX + text if text.startswith((*DANGEROUS, PREFIX)) else text


def unsafe(text: str) -> str:
    """Take away the one apostrophe that ``safe`` put before a cell's text."""
    if text.startswith(PREFIX) and text[1:].startswith((*DANGEROUS, PREFIX)):
        return text[1:]
    return text


def plain(value: Any) -> str:
    """Return a value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def write_csv(file: IO[bytes], headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    """Write the rows as CSV, in UTF-8 with the mark by which Excel knows it."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(str(heading)) for heading in headings])
    for row in rows:
        # A negative number is a number, not a formula.
        writer.writerow(
            [cell if isinstance(cell, int | float | Decimal) else safe(cell) for cell in row]
        )
    text.detach()  # writes what is left, and does not close the file


def write_xlsx(
    file: IO[bytes], title: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> None:
    """Write the rows as a workbook of one sheet: text is text, dates are dates."""
    settings = {
        # Each row goes to the disk when the next one begins: a list may be as long as it likes.
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(file, settings)
    # Excel forbids these in the name of a sheet, and more than 31 characters.
    name = "".join(" " if one in "[]:*?/\\'" else one for one in title)[:31].strip() or "Data"
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    widths = [len(str(heading)) for heading in headings]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(heading), bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], min(len(plain(cell)), 60))
            if isinstance(cell, date) and not isinstance(cell, datetime):
                sheet.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), day)
            elif isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
                sheet.write_number(line, column, float(cell))
            else:
                sheet.write_string(line, column, plain(cell))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)
    book.close()


def as_csv(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the rows as CSV."""
    file = BytesIO()
    write_csv(file, headings, rows)
    return file.getvalue()
