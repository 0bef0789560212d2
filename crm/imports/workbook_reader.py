"""Reads one workbook and prints its rows, in a process of its own with little memory.

A workbook can be written so that its reader takes gigabytes; then this process ends, not the
server. It is run as a file and imports nothing of ours, so that it starts in a moment. It prints
one JSON value a line: the names of the sheets, then for each sheet its index, then each row as
[number, [text, ...]].
"""

import json
import sys
from datetime import date, datetime
from typing import Any


def main(memory: int) -> None:
    """Print the workbook on standard input."""
    try:
        import resource
    except ImportError:  # Windows: only the checks before and the time limit remain
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(sys.stdin.buffer)
    visible = [
        one.name
        for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]
    show(visible)
    for index, name in enumerate(visible):
        show(index)
        for number, row in enumerate(book.get_sheet_by_name(name).iter_rows(), start=1):
            texts = [text(cell) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                show([number, texts])


def text(cell: Any) -> str:
    """Return what a cell says; whole numbers, which arrive as floats, without a point."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def show(value: Any) -> None:
    """Print one value."""
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
