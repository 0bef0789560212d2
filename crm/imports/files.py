"""Uploaded files: whether one is what its name says, found out without reading it into memory."""

import os
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from crm.errors import Refused
from crm.imports import archives, texts
from crm.imports.limits import MAX_BYTES
from crm.language import _

CSV, XLSX = "csv", "xlsx"

_ENDINGS = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": XLSX, ".xlsm": XLSX}
_SIGNS = (
    (b"PK\x03\x04", _("a workbook or zip archive")),
    (b"\xd0\xcf\x11\xe0", _("an old Excel file (.xls), or one with a password")),
    (b"%PDF", _("a PDF")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"{\\rtf", _("a text document")),
    (b"SQLite format 3", _("a database")),
    (b"\x7fELF", _("a program")),
    (b"MZ\x90", _("a program")),
    (b"\x1f\x8b", _("a compressed file")),
    (b"Rar!", _("a compressed file")),
    (b"7z\xbc\xaf", _("a compressed file")),
)
_MARKUP = ((b"<!doctype html", _("a web page")), (b"<html", _("a web page")), (b"<?xml", "XML"))


class Upload(NamedTuple):
    """A file as it came: its name, and its bytes as something that can be read and rewound."""

    filename: str
    stream: BinaryIO


def kind_of(upload: Upload) -> str:
    """Return whether a file is CSV or XLSX.

    :raises Refused: if it is neither, too large, empty, or not what its name says
    """
    name = PurePath(upload.filename or "").name
    size = upload.stream.seek(0, os.SEEK_END)
    upload.stream.seek(0)
    kind = _ENDINGS.get(PurePath(name).suffix.lower())
    if size == 0:
        raise Refused(_("“%(name)s” is empty.", name=name))
    if size > MAX_BYTES:
        raise Refused(
            _("“%(name)s” is larger than 50 MB. Split it, or leave out pictures.", name=name)
        )
    if kind is None:
        raise Refused(_("“%(name)s” is neither CSV nor XLSX. Save it as one of these.", name=name))
    _check_content(name, kind, upload.stream)
    return kind


def _check_content(name: str, kind: str, stream: BinaryIO) -> None:
    head = stream.read(64)
    stream.seek(0)
    found = _sign(head)
    if kind == XLSX and not head.startswith(b"PK\x03\x04"):
        raise Refused(
            _(
                "“%(name)s” is not an XLSX workbook but %(what)s. "
                "Open it in Excel and save it as “Excel Workbook (.xlsx)” without a password.",
                name=name,
                what=found or _("something else"),
            )
        )
    if kind == CSV and found is not None:
        raise Refused(
            _(
                "“%(name)s” is not a CSV file but %(what)s. Save it as CSV, or correct its name.",
                name=name,
                what=found,
            )
        )
    if kind == XLSX:
        archives.check(name, stream)
    else:
        texts.check(name, stream)
    stream.seek(0)


def _sign(head: bytes) -> object | None:
    for sign, what in _SIGNS:
        if head.startswith(sign):
            return what
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((what for sign, what in _MARKUP if text.startswith(sign)), None)
