"""Beginning an import: the files are read, tables and columns are guessed, and can be corrected."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import permutations
from typing import Any

from sqlalchemy import delete, select

from crm.db import db
from crm.errors import Refused
from crm.imports import columns, private
from crm.imports.files import Upload
from crm.imports.models import (
    ColumnMemory,
    Import,
    ImportFile,
    ImportRow,
    ImportShape,
    ImportStatus,
    ImportWork,
    Role,
    RowStatus,
)
from crm.imports.tables import Row, Sheet, read
from crm.language import _
from crm.transaction import transaction
from crm.users.models import User

ROLES = {
    ImportShape.STAKEHOLDERS: (Role.STAKEHOLDERS,),
    ImportShape.MEETINGS: (Role.MEETINGS, Role.PARTICIPATIONS),
}
"""The tables that an import of each shape consists of."""

SAMPLE = 3


def start(
    by: User, files: Sequence[Upload], shape: ImportShape | None = None, *, at: datetime
) -> Import:
    """Take files in and guess what their columns mean; nothing of them is stored as records yet.

    :param shape: what they hold; None: guessed from the headings
    :raises Refused: if a file is not what its name says, too large, or lists persons
    """
    files = [one for one in files if one.filename]
    if not files:
        raise Refused(_("Choose a file."), field="files")
    sheets = [(number, sheet) for number, file in enumerate(files) for sheet in read(file)]
    shape = shape or _guess_shape([sheet for _number, sheet in sheets])
    chosen = _chosen(shape, [sheet for _number, sheet in sheets])
    for _number, sheet in sheets:
        header = columns.header_row(ROLES[shape][0], sheet.rows)
        private.check_table(sheet.row(header), [row for _n, row in sheet.rows])
    with transaction(by=by):
        imported = Import(
            shape=shape, at=at, by_id=by.id, filename=", ".join(one.filename for one in files)[:500]
        )
        db.session.add(imported)
        db.session.flush()
        ids = [_keep(imported, file) for file in files]
        imported.sheets = [
            {"file": ids[number], "name": sheet.name, "rows": len(sheet.rows), "of": sheet.file}
            for number, sheet in sheets
        ]
        imported.tables = {
            role: _table(role, ids[sheets[at_][0]], sheets[at_][1], _remembered(role))
            for role, at_ in chosen.items()
        }
    return imported


def choose_table(
    by: User, import_id: int, role: Role, *, file_id: int, sheet: str, header: int
) -> Import:
    """Say where the rows of a table stand, and which row holds its headings; columns are guessed.

    :raises Refused: if there is no such sheet or row
    """
    imported = unfinished(import_id)
    found = next(
        (one for one in sheets_of(imported) if one[0] == file_id and one[1].name == sheet), None
    )
    if found is None:
        raise Refused(_("This sheet is no longer there. Upload the file again."), field="sheet")
    table = found[1]
    if not any(number == header for number, _cells in table.rows):
        raise Refused(_("Row %(row)s is empty.", row=header), field="header")
    private.check_table(table.row(header), _below(table.rows, header))
    with transaction(by=by):
        imported = unfinished(import_id)
        fresh = _table(role, file_id, table, _remembered(role), header)
        imported.tables = {**imported.tables, role: fresh}
        imported.status = ImportStatus.MAPPING
    return imported


def map_columns(by: User, import_id: int, fields: Mapping[Role, Sequence[str]]) -> Import:
    """Say what the columns mean, and remember it for the next time.

    :raises Refused: if a required field has no column, or a field has two
    """
    imported = unfinished(import_id)
    tables = {role: dict(table) for role, table in imported.tables.items()}
    for role in ROLES[imported.shape]:
        chosen = list(fields.get(role, tables[role]["fields"]))[: len(tables[role]["headings"])]
        chosen += [""] * (len(tables[role]["headings"]) - len(chosen))
        _check_fields(role, chosen)
        tables[role]["fields"] = chosen
    with transaction(by=by):
        imported = unfinished(import_id)
        imported.tables = tables
        for role in ROLES[imported.shape]:
            _remember(role, tables[role]["headings"], tables[role]["fields"])
    return imported


def reopen(by: User, import_id: int) -> Import:
    """Go back from the preview to the columns.

    :raises Refused: if something was taken
    """
    unfinished(import_id)
    with transaction(by=by):
        imported = unfinished(import_id)
        imported.status = ImportStatus.MAPPING
    return imported


def discard(by: User, import_id: int) -> None:
    """Throw away an import of which nothing has been taken, with its files.

    :raises Refused: if something was taken
    """
    unfinished(import_id)
    with transaction(by=by):
        imported = unfinished(import_id)
        for part in (ImportRow, ImportFile, ImportWork):
            db.session.execute(delete(part).where(part.import_id == import_id))
        db.session.delete(imported)


def unfinished(import_id: int) -> Import:
    """Return an import of which nothing has been taken yet.

    :raises Refused: if something was
    """
    imported = db.session.get_one(Import, import_id)
    taken = select(ImportRow.id).where(
        ImportRow.import_id == import_id, ImportRow.status != RowStatus.WAITING
    )
    is_open = imported.status in (ImportStatus.MAPPING, ImportStatus.PREVIEW)
    if not is_open or db.session.scalar(taken.limit(1)) is not None:
        raise Refused(_("This import was taken already. Upload the file again to change it."))
    return imported


def sheets_of(imported: Import) -> list[tuple[int, Sheet]]:
    """Read the files of an import again: each table with the id of its file."""
    query = select(ImportFile).where(ImportFile.import_id == imported.id).order_by(ImportFile.id)
    return [
        (file.id, sheet)
        for file in db.session.scalars(query)
        for sheet in read(Upload(file.filename, BytesIO(file.body)))
    ]


def rows_of(imported: Import) -> dict[Role, list[Row]]:
    """Return the rows below the headings of each table of an import."""
    sheets = sheets_of(imported)
    found = {}
    for role in ROLES[imported.shape]:
        table = imported.tables[role]
        rows = next(
            sheet.rows
            for file_id, sheet in sheets
            if file_id == table["file"] and sheet.name == table["sheet"]
        )
        found[role] = [one for one in rows if one[0] > table["header"]]
    return found


def _below(rows: list[Row], header: int) -> list[list[str]]:
    return [cells for number, cells in rows if number > header]


def _guess_shape(sheets: list[Sheet]) -> ImportShape:
    def merit(shape: ImportShape) -> float:
        best = [max(_merit(role, sheet) for sheet in sheets) for role in ROLES[shape]]
        return sum(best) / len(best)

    return max(ImportShape, key=merit)


def _merit(role: Role, sheet: Sheet) -> int:
    return columns.merit(role, sheet.row(columns.header_row(role, sheet.rows)))


def _chosen(shape: ImportShape, sheets: list[Sheet]) -> dict[Role, int]:
    """Return which sheet is which table: the assignment whose headings fit best."""
    roles = ROLES[shape]
    if len(sheets) < len(roles):
        raise Refused(
            _(
                "Meetings come in two tables: the meetings, and who took part. "
                "Upload two files together, or one workbook with two sheets."
            ),
            field="files",
        )
    merits = {(role, at): _merit(role, sheet) for role in roles for at, sheet in enumerate(sheets)}
    orders = permutations(range(min(len(sheets), 20)), len(roles))
    best = max(orders, key=lambda order: sum(merits[one] for one in zip(roles, order, strict=True)))
    return dict(zip(roles, best, strict=True))


def _table(
    role: Role, file_id: int, sheet: Sheet, memory: Mapping[str, str], header: int | None = None
) -> dict[str, Any]:
    header = header or columns.header_row(role, sheet.rows)
    rows = _below(sheet.rows, header)
    width = max([len(sheet.row(header)), *map(len, rows)])
    headings = [*sheet.row(header), *[""] * width][:width]
    return {
        "file": file_id,
        "sheet": sheet.name,
        "header": header,
        "headings": headings,
        "fields": columns.guess(role, headings, memory),
        "rows": len(rows),
        "sample": [[*row, *[""] * width][:width] for row in rows[:SAMPLE]],
    }


def _check_fields(role: Role, fields: Sequence[str]) -> None:
    known = {one.name: one.label for one in columns.FIELDS[role]}
    for name in fields:
        if name and name not in known:
            raise Refused(_("There is no field “%(name)s”.", name=name), field=role)
        if name and fields.count(name) > 1:
            raise Refused(
                _("“%(field)s” is chosen for two columns. One is enough.", field=known[name]),
                field=role,
            )
    if lacking := columns.missing(role, fields):
        raise Refused(_("No column is chosen for “%(field)s”.", field=lacking[0].label), field=role)


def _keep(imported: Import, file: Upload) -> int:
    file.stream.seek(0)
    kept = ImportFile(import_id=imported.id, filename=file.filename, body=file.stream.read())
    db.session.add(kept)
    db.session.flush()
    return kept.id


def _remembered(role: Role) -> dict[str, str]:
    query = select(ColumnMemory.heading, ColumnMemory.field).where(ColumnMemory.role == role)
    return dict(db.session.execute(query).all())


def _remember(role: Role, headings: Sequence[str], fields: Sequence[str]) -> None:
    known = {
        one.heading: one
        for one in db.session.scalars(select(ColumnMemory).where(ColumnMemory.role == role))
    }
    guessed = dict(zip(map(columns.plain, headings), columns.guess(role, headings), strict=True))
    for heading, field in zip(map(columns.plain, headings), fields, strict=True):
        heading = heading[:200]
        if heading in known:
            known[heading].field = field
        elif heading and guessed.get(heading) != field:
            known[heading] = ColumnMemory(role=role, heading=heading, field=field)
            db.session.add(known[heading])
