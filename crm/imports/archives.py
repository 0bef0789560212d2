"""Workbooks are zip archives: their true size and their XML are checked before they are read."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from crm.errors import Refused
from crm.imports.limits import (
    FREE_UNPACKED,
    MAX_CELLS,
    MAX_PARTS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
)
from crm.language import _

_CHUNK = 64 * 1024
# No workbook declares a document type; entities that grow can only be declared in one.
_FORBIDDEN = tuple(
    text.encode(encoding)
    for text in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OVERLAP = max(len(one) for one in _FORBIDDEN) - 1


def check(name: str, stream: BinaryIO) -> None:
    """Refuse an archive that is no workbook, or that grows beyond measure when unpacked.

    The sizes that the archive declares are read first, as that costs nothing; then every part is
    unpacked piece by piece and counted, as what is declared may be a lie.

    :raises Refused: with the reason
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            _check_declared(name, stream, parts)
            _check_true(name, stream, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise _damaged(name) from None


def _check_declared(name: str, stream: BinaryIO, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or len(names) != len(parts):
        raise _bomb(name)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(_("“%(name)s” has a password. Save it without one.", name=name))
    _check_size(name, stream, sum(part.file_size for part in parts))
    if "xl/workbook.xml" not in names:
        raise Refused(_("“%(name)s” is a zip archive, but not an XLSX workbook.", name=name))


def _check_true(name: str, stream: BinaryIO, parts: list[zipfile.ZipInfo]) -> None:
    total = values = 0
    for part in parts:
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        is_sheet = part.filename.startswith("xl/worksheets/")
        tail = b""
        for chunk in _unpacked(stream, part):
            total += len(chunk)
            _check_size(name, stream, total)
            seen = tail + chunk
            if is_xml and any(one in seen for one in _FORBIDDEN):
                raise Refused(
                    _("“%(name)s” holds XML that no workbook needs (a document type).", name=name)
                )
            tail = seen[-_OVERLAP:]
            values += (chunk.count(b"</v>") + chunk.count(b"</is>")) if is_sheet else 0
            if values > MAX_CELLS:
                raise too_much(name)


def _unpacked(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the true content of a part: ``zipfile`` itself stops at the size that is declared."""
    stream.seek(part.header_offset)
    header = stream.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    stream.seek(
        int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1
    )
    left = part.compress_size
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    unpacker = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := stream.read(min(left, _CHUNK))):
        left -= len(packed)
        if unpacker is None:
            yield packed
            continue
        while packed:
            yield unpacker.decompress(packed, 16 * _CHUNK)
            packed = unpacker.unconsumed_tail


def _check_size(name: str, stream: BinaryIO, unpacked: int) -> None:
    here = stream.tell()
    packed = max(stream.seek(0, 2), 1)
    stream.seek(here)
    if unpacked > MAX_UNPACKED or (unpacked > FREE_UNPACKED and unpacked > MAX_RATIO * packed):
        raise _bomb(name)


def too_much(name: str) -> Refused:
    """Return the refusal of a file that holds more than can be taken at once."""
    return Refused(
        _(
            "“%(name)s” holds more than can be taken at once (%(most)s rows). "
            "Split it into several files.",
            name=name,
            most=MAX_ROWS,
        )
    )


def _bomb(name: str) -> Refused:
    return Refused(
        _(
            "“%(name)s” would grow beyond measure when unpacked. "
            "Copy its rows into a new workbook and save that.",
            name=name,
        )
    )


def _damaged(name: str) -> Refused:
    return Refused(_("“%(name)s” is damaged: it cannot be unpacked.", name=name))
