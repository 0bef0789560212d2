"""CSV as it comes: its encoding and its delimiter are found out, its rows read one by one."""

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from itertools import islice
from typing import Any, BinaryIO

from crm.errors import Refused
from crm.imports.limits import MAX_CELL
from crm.language import _

DELIMITERS = (",", ";", "\t", "|")

_CHUNK = 64 * 1024
_SAMPLE_LINES = 40
_LONGEST_LINE = MAX_CELL * 50


def check(name: str, stream: BinaryIO) -> None:
    """Refuse a text file that cannot be read as text.

    :raises Refused: if it holds NUL bytes, or no encoding fits it
    """
    encoding = find_encoding(name, stream)
    nul = b"\0\0" if encoding.startswith("utf-16") else b"\0"
    for chunk in _chunks(stream):
        # Two zero bytes in UTF-16 are a NUL only where a letter begins.
        at = chunk.find(nul)
        while at >= 0 and len(nul) == 2 and at % 2:
            at = chunk.find(nul, at + 1)
        if at >= 0:
            raise Refused(
                _("“%(name)s” holds NUL bytes: it is not text. Save it again as CSV.", name=name)
            )


def find_encoding(name: str, stream: BinaryIO) -> str:
    """Return the encoding in which the whole file can be read."""
    stream.seek(0)
    head = stream.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif looks := _unmarked_utf16(head):
        candidates = [looks]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        if _fits(stream, encoding):
            return encoding
    raise Refused(_("The letters of “%(name)s” cannot be read. Save it as “CSV UTF-8”.", name=name))


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero in every second byte of Latin text."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.6 and odd < pairs * 0.1 else None


def _fits(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk


def find_delimiter(stream: BinaryIO, encoding: str) -> str:
    """Return the delimiter that parts the first lines into the most columns, evenly."""
    try:
        with closing(_lines(stream, encoding)) as found:
            lines = list(islice(found, _SAMPLE_LINES))
    except csv.Error:
        return DELIMITERS[0]  # whoever reads the rows will say what is wrong with them
    if lines and lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in _parsed(iter(lines), delimiter) if any(row)]
        except csv.Error:
            return (0, 0)
        wide = max(widths, default=1)
        return (sum(width == wide for width in widths) if wide > 1 else 0, wide)

    return max(DELIMITERS, key=merit)


def rows(
    name: str, stream: BinaryIO, *, encoding: str, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number, as a spreadsheet counts; rows without a text are left out."""
    number = 0
    try:
        for number, row in enumerate(_parsed(_lines(stream, encoding), delimiter), start=1):
            if number == 1 and delimiter.join(row).strip().lower() == f"sep={delimiter}":
                continue
            if any(row):
                yield number, row
    except csv.Error:
        raise Refused(
            _(
                "“%(name)s”: in row %(row)s a cell does not end. "
                "Perhaps a quotation mark is not closed.",
                name=name,
                row=number + 1,
            )
        ) from None


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    # Beyond this the csv module refuses a field: a quotation mark that is never closed.
    csv.field_size_limit(MAX_CELL * 4)
    reader: Any = csv.reader(lines, delimiter=delimiter)
    yield from reader


def _lines(stream: BinaryIO, encoding: str) -> Generator[str, None, None]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        # A file of one endless line must not become one endless string.
        while line := text.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise csv.Error
            yield line
    finally:
        # Else the stream, which is not ours, would be closed with the wrapper around it.
        with suppress(ValueError):
            text.detach()
