"""Lists: search, filters, sort, paging and download, all of them in the address."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import SEEK_END
from math import ceil
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Response, request, url_for
from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.wsgi import wrap_file
from wtforms import Form

from crm.addresses import whole, with_parameters
from crm.db import db
from crm.forms import readable, texts
from crm.spreadsheets import write_csv, write_xlsx

PER_PAGE = 50
AT_ONCE = 500
"""How many rows of a download are held in memory."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, how it is sorted, and what a download says."""

    key: str
    title: Any
    sort: Any = None
    value: Callable[[Any], Any] | None = None
    """What a download says; None: the column is only shown."""
    numeric: bool = False
    css: str = ""
    hidden: bool = False
    """Only in downloads."""

    @property
    def sortable(self) -> bool:
        """Whether the heading is a link that sorts."""
        return self.sort is not None


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    url: str


@dataclass
class Listing:
    """One page of a list, and everything its controls need."""

    title: Any
    all_columns: Sequence[Column]
    query: Any
    """A select of one kind of record."""
    args: Mapping[str, Any]
    filters: Form | None = None
    default_sort: str = ""
    per_page: int = PER_PAGE
    prepare: Callable[[Sequence[Any]], None] | None = None
    """Reads for many rows at once what their columns will need."""
    rows: list[Any] = field(default_factory=list)
    total: int = 0
    page: int = 1

    def __post_init__(self) -> None:
        """Count, and fetch the page that was asked for, or the last one there is."""
        self.total = self._count()
        asked = whole(self.args.get("page", "1")) or 1
        self.page = min(asked, self.pages)
        self.rows = self._window((self.page - 1) * self.per_page, self.per_page)
        if self.prepare:
            self.prepare(self.rows)

    def _count(self) -> int:
        counted = self.query.with_only_columns(func.count(), maintain_column_froms=True)
        return db.session.scalar(counted.order_by(None)) or 0

    def _window(self, first: int, length: int) -> list[Any]:
        window = self._sorted().limit(length).offset(first)
        return list(db.session.scalars(window).unique())

    @property
    def columns(self) -> list[Column]:
        """The columns that are shown."""
        return [column for column in self.all_columns if not column.hidden]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(ceil(self.total / self.per_page), 1)

    @property
    def first(self) -> int:
        """The number of the first row on this page; 0 when there is none."""
        return (self.page - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row on this page."""
        return min(self.page * self.per_page, self.total)

    @property
    def q(self) -> str:
        """What is searched for."""
        return str(self.args.get("q", "")).strip()

    @property
    def sort(self) -> str:
        """The key of the sorting column, with a minus when it runs downwards."""
        asked = str(self.args.get("sort", ""))
        known = {column.key for column in self.all_columns if column.sortable}
        return asked if asked.removeprefix("-") in known else self.default_sort

    def _sorted(self) -> Select[Any]:
        key = self.sort.removeprefix("-")
        order: list[Any] = [
            (one.sort.desc() if self.sort.startswith("-") else one.sort.asc())
            for one in self.all_columns
            if one.key == key and one.sortable
        ]
        # The id last: rows that are otherwise equal must not change places between pages.
        entity = self.query.column_descriptions[0]["entity"]
        return self.query.order_by(*order, entity.id)

    def url(self, **changes: Any) -> str:
        """Return this list's address with other parameters; a change of them starts at page 1."""
        args = {key: values for key, values in request.args.lists() if key != "page"}
        args.update(changes)
        kept = {key: value for key, value in args.items() if value not in (None, "", [""])}
        return with_parameters(str(request.endpoint), kept, **(request.view_args or {}))

    @property
    def chips(self) -> list[Chip]:
        """The filters in use."""
        chips = [Chip(f"“{self.q}”", self.url(q=None))] if self.q else []
        for one in self.filters or ():
            values = [value for value in texts(one) if value]
            # Hidden fields hold what the page is asked besides: they narrow nothing down.
            if not values or one.name not in self.args or one.type == "HiddenField":
                continue
            chips.append(
                Chip(f"{one.label.text}: {readable(one, values)}", self.url(**{one.name: None}))
            )
        return chips

    @property
    def is_filtered(self) -> bool:
        """Whether some rows are left out on the user's wish."""
        return bool(self.chips)

    @property
    def clear_url(self) -> str:
        """The address of the whole list."""
        return url_for(request.endpoint or "", **(request.view_args or {}))

    def all_rows(self) -> list[Any]:
        """Return the rows of all pages."""
        return list(db.session.scalars(self._sorted()).unique())

    def download(self, kind: str) -> Response:
        """Return exactly the rows of this list, all pages of it, as a file."""
        columns = [column for column in self.all_columns if column.value is not None]
        headings = [str(column.title) for column in columns]
        rows = ([one.value(row) for one in columns if one.value] for row in self._one_by_one())
        return file_response(kind, str(self.title), headings, rows)

    def _one_by_one(self) -> Iterator[Any]:
        # A few at a time: the whole list may be larger than the memory.
        found = db.session.scalars(self._sorted().execution_options(yield_per=AT_ONCE))
        for some in found.partitions():
            if self.prepare:
                self.prepare(some)
            yield from some


@dataclass
class RowListing(Listing):
    """A list whose rows were worked out instead of read from a table: ``query`` are the rows.

    ``sort`` of a column is then a function of a row; rows without a value come first, upwards.
    """

    def _count(self) -> int:
        return len(self.query)

    def _window(self, first: int, length: int) -> list[Any]:
        return self.all_rows()[first : first + length]

    def all_rows(self) -> list[Any]:
        """Return the rows of all pages; equal ones stay in the order in which they were given."""
        key = self.sort.removeprefix("-")
        sort = next((one.sort for one in self.all_columns if one.key == key and one.sortable), None)
        if sort is None:
            return list(self.query)
        down = self.sort.startswith("-")
        known = sorted((row for row in self.query if sort(row) is not None), key=sort, reverse=down)
        unknown = [row for row in self.query if sort(row) is None]
        return known + unknown if down else unknown + known

    def _one_by_one(self) -> Iterator[Any]:
        yield from self.all_rows()


def file_response(kind: str, title: str, headings: list[str], rows: Any) -> Response:
    """Return rows as a CSV or XLSX file to save."""
    file = TemporaryFile()  # noqa: SIM115 - it is closed with the response
    if kind == "xlsx":
        write_xlsx(file, title, headings, rows)
        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        write_csv(file, headings, rows)
        mime = "text/csv; charset=utf-8"
    name = "".join(one if one.isalnum() else "-" for one in title.lower()).strip("-")
    return to_save(file, mime, f"{name}.{kind}")


def to_save(file: IO[bytes], mime: str, name: str) -> Response:
    """Return what was written to a temporary file as one to save; it is sent piece by piece."""
    length = file.seek(0, SEEK_END)
    file.seek(0)
    response = Response(wrap_file(request.environ, file), mimetype=mime, direct_passthrough=True)
    response.content_length = length
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def download_kind(args: Mapping[str, Any]) -> str | None:
    """Return which kind of file the address asks for, if any."""
    kind = args.get("format")
    return kind if kind in ("csv", "xlsx") else None


def matches(column: InstrumentedAttribute[str], words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Return the conditions under which a text holds every word; wildcards are plain characters."""
    return [column.contains(word, autoescape=True) for word in words]


def undated_last(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """Return what sorts a date upwards with the unknown ones at the end, on every database."""
    return func.coalesce(column, date.max)
