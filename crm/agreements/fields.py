"""The field for the parties of an agreement: organisations, each with its own number."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from crm.language import _

LEAST = 2
"""So many rows stand in an empty form: fewer parties are no agreement."""


class PartiesField(Field):
    """Rows of an organisation and its number; its data is a list of such pairs.

    A form sends every row as ``parties`` and ``parties-number``; the conflict page sends back
    what ``texts`` gave it, both in one: ``12|HK.01/2017``.
    """

    choices: Sequence[tuple[Any, Any]] = ()
    """Ids and names of the organisations, an empty choice first."""

    extra = 0
    """How many empty rows the user asked for."""

    @property
    def rows(self) -> list[tuple[int | None, str]]:
        """The rows to show: what is chosen, filled up with empty ones."""
        chosen = [(one, number) for one, number in self.data or []]
        wanted = max(LEAST, len(chosen)) + self.extra
        return chosen + [(None, "")] * (wanted - len(chosen))

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows of the form, or take the pairs that are stored."""
        self.process_errors = []
        self.data = self.object_data = list(data or [])
        if formdata is None or self.name not in formdata:
            return
        typed = formdata.getlist(self.name)
        numbers = formdata.getlist(f"{self.name}-number")
        numbers += [""] * (len(typed) - len(numbers))
        self.raw_data = typed
        self.data = []
        for one, number in zip(typed, numbers, strict=False):
            if "|" in one:
                one, number = one.split("|", 1)
            if one.isdigit():
                self.data.append((int(one), number.strip()[:120]))
            elif number.strip():
                self.process_errors.append(_("Choose the organisation that has this number."))

    def pre_validate(self, form: Any) -> None:
        """Accept only organisations that can be chosen."""
        known = {one for one, _name in self.choices}
        if any(one not in known for one, _number in self.data or []):
            raise StopValidation(_("Choose organisations from the list."))
        if self.process_errors:
            raise StopValidation

    def texts(self) -> list[str]:
        """Return the rows as texts that ``process`` reads back."""
        return [f"{one}|{number}" for one, number in self.data or []]

    def readable(self, values: list[str]) -> str:
        """Return such texts as a reader sees them."""
        names = {str(one): str(name) for one, name in self.choices}
        pairs = (value.split("|", 1) for value in values if "|" in value)
        named = [(names.get(one, one), number) for one, number in pairs]
        return "; ".join(f"{name} ({number})" if number else name for name, number in named)
