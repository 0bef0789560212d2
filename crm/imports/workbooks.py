"""XLSX, read by python-calamine in a process of its own: see workbook_reader.py."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from crm.errors import Refused
from crm.imports.limits import READING_MEMORY, READING_SECONDS
from crm.language import _

READER = Path(__file__).with_name("workbook_reader.py")

Row = tuple[int, list[str]]


def sheets(name: str, stream: BinaryIO) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield each visible sheet's name and its rows, to be read in this order.

    :raises Refused: if the workbook cannot be read within the limits
    """
    with tempfile.TemporaryFile() as copy:
        stream.seek(0)
        copyfileobj(stream, copy)
        copy.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own file, run by our own Python
            [sys.executable, "-I", str(READER), str(READING_MEMORY)],
            stdin=copy,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as reader:
            timer = threading.Timer(READING_SECONDS, reader.kill)
            timer.start()
            try:
                yield from _sheets(iter(reader.stdout or ()))
                if reader.wait() != 0:
                    raise _unreadable(name)
            finally:
                timer.cancel()
                reader.kill()


def _sheets(lines: Iterator[bytes]) -> Iterator[tuple[str, Iterator[Row]]]:
    names: list[str] = json.loads(next(lines, b"[]"))
    waiting = next(lines, None)

    def rows() -> Iterator[Row]:
        nonlocal waiting
        for line in lines:
            value = json.loads(line)
            if isinstance(value, int):
                waiting = line
                return
            yield value[0], value[1]

    while waiting is not None:
        index, waiting = json.loads(waiting), None
        left = rows()
        yield names[index], left
        for _row in left:  # whoever did not read a sheet to its end still gets the next one
            pass


def _unreadable(name: str) -> Refused:
    return Refused(
        _(
            "“%(name)s” cannot be read as a workbook: it is damaged or far too large. "
            "Copy its rows into a new workbook and save that.",
            name=name,
        )
    )
