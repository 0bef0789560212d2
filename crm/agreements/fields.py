"""The field for the parties of an agreement: organisations, each with its own number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from wtforms import Field
from wtforms.validators import StopValidation

from crm.addresses import whole
from crm.language import _
from crm.stakeholders.fields import LONGEST, offered, understood

if TYPE_CHECKING:
    from crm.stakeholders.choices import Organisations

LEAST = 2
"""So many rows stand in an empty form: fewer parties are no agreement."""


@dataclass
class Row:
    """One party as a form shows it."""

    chosen: int | None = None
    number: str = ""
    typed: str = ""
    """A name that was typed, as there is no script, and not understood."""
    maybe: list[int] = field(default_factory=list)
    """Whom that may mean."""


class PartiesField(Field):
    """Rows of an organisation and its number; its data is a list of such pairs.

    A form sends every row as ``parties`` and ``parties-number``, without script also as
    ``parties-typed``; the conflict page sends back what ``texts`` gave it, both in one:
    ``12|HK.01/2017``.
    """

    source: "Organisations"
    process_errors: list[Any]
    loads = False
    """Whether the choices are searched for, because there are too many for one page."""

    extra = 0
    """How many empty rows the user asked for."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows of the form, or take the pairs that are stored."""
        self.process_errors = []
        self.data = self.object_data = list(data or [])
        self._rows = [Row(one, number) for one, number in self.data]
        if formdata is None or self.name not in formdata:
            return
        self.raw_data = formdata.getlist(self.name)
        self._rows = list(_read(formdata, self.name))
        self._take()

    def choose_from(self, source: "Organisations") -> None:
        """Offer these organisations, and understand the names that were typed."""
        self.source, self.loads = source, not source.are_few
        for row in self._rows:
            if not row.typed:
                continue
            chosen = [row.chosen] if row.chosen else []
            one, row.maybe, doubt = understood(row.typed, chosen, source)
            if doubt:
                self.process_errors.append(doubt)
            else:
                row.chosen, row.typed = one, ""
        self._take()
        if any(row.number and not (row.chosen or row.typed) for row in self._rows):
            self.process_errors.append(_("Choose the organisation that has this number."))
        self._offered = offered(source, [one for row in self._rows for one in _ids(row)])

    def _take(self) -> None:
        self.data = [(row.chosen, row.number) for row in self._rows if row.chosen]

    @property
    def rows(self) -> list[Row]:
        """The rows to show: what is chosen or typed, filled up with empty ones."""
        used = [row for row in self._rows if row.chosen or row.number or row.typed]
        wanted = max(LEAST, len(used)) + self.extra
        return used + [Row() for _empty in range(wanted - len(used))]

    def choices(self, row: Row) -> list[tuple[Any, str]]:
        """Return what stands in the select of a row."""
        kept = self._offered
        if self.loads:
            kept = [choice for choice in kept if choice[0] in _ids(row)]
        return [("", ""), *kept]

    def pre_validate(self, form: Any) -> None:
        """Accept only organisations that can be chosen."""
        known = {one for one, _name in self._offered}
        if any(one not in known for one, _number in self.data or []):
            raise StopValidation(_("Choose organisations from the list."))
        if self.process_errors:
            raise StopValidation

    def texts(self) -> list[str]:
        """Return the rows as texts that ``process`` reads back."""
        return [f"{one}|{number}" for one, number in self.data or []]

    def readable(self, values: list[str]) -> str:
        """Return such texts as a reader sees them."""
        pairs = [value.split("|", 1) for value in values if "|" in value]
        names = self.source.called(id for one, _number in pairs if (id := whole(one)) is not None)
        named = [(names.get(whole(one) or 0, one), number) for one, number in pairs]
        return "; ".join(f"{name} ({number})" if number else name for name, number in named)


def _read(formdata: Any, name: str) -> Iterator[Row]:
    """Read the rows of a form."""
    columns = [formdata.getlist(one) for one in (name, f"{name}-number", f"{name}-typed")]
    for one, number, typed in zip_longest(*columns, fillvalue=""):
        if "|" in one:
            one, number = one.split("|", 1)
        yield Row(whole(one), number.strip()[:120], typed.strip()[:LONGEST])


def _ids(row: Row) -> list[int]:
    return [one for one in (row.chosen, *row.maybe) if one]
