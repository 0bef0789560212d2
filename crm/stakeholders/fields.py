"""Form fields for organisations, however many there are: see ``choose_from``.

The view gives each field what it may ask. While organisations are few, all stand in the select.
Beyond, it holds those that are chosen; the browser loads what is searched for, and without script
a name is typed beside it, under the name of the field.
"""

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import Optional

from crm.addresses import whole
from crm.language import _

if TYPE_CHECKING:  # a form knows shapes; who asks the database is the view
    from crm.stakeholders.choices import Choice, Organisations

LONGEST = 500
"""So many letters of a typed name are read."""


class Organisational:
    """What a field of one organisation and a field of several have in common."""

    loads = False
    """Whether the choices are searched for, because there are too many for one page."""

    typed = ""
    """A name that was typed and not understood: it is shown again, with what it may mean."""

    source: "Organisations"
    process_errors: list[Any]

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Make a field that may stay empty, unless its validators say otherwise."""
        super().__init__(label, validators or [Optional()], coerce=whole, **options)  # type: ignore[call-arg]

    def readable(self, values: list[str]) -> str:
        """Return such texts as a reader sees them."""
        return _names(self.source, values)


class OrganisationField(Organisational, SelectField):
    """One organisation; its data is an id, or None."""

    several = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Part what was chosen from what was typed."""
        if not valuelist:  # the form has no such field: what is stored stays
            return
        # Validators look at the first value: an empty one says nothing about the others.
        self.raw_data = [one for one in (one.strip() for one in valuelist) if one]
        chosen, typed = _parted(self.raw_data)
        self.data = chosen[0] if chosen else None
        self.typed = typed[0] if typed else ""

    def choose_from(self, source: "Organisations", blank: Any = "") -> None:
        """Offer these organisations, and understand what was typed."""
        maybe: Collection[int] = ()
        if self.typed:
            chosen = [self.data] if self.data else []
            one, maybe, doubt = understood(self.typed, chosen, source)
            if doubt:
                self.process_errors.append(doubt)
            else:
                self.data, self.typed = one, ""
        self.source, self.loads = source, not source.are_few
        kept = [one for one in (self.data, *maybe) if one]
        self.choices = [("", blank), *offered(source, kept)]

    def texts(self) -> list[str]:
        """Return the value as the texts that a browser would send."""
        return ["" if self.data is None else str(self.data)]


class OrganisationsField(Organisational, SelectMultipleField):
    """Several organisations; its data is a list of ids. Without script: one name a line."""

    several = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Part what was chosen from what was typed, line by line."""
        lines = (line.strip() for one in valuelist for line in one.splitlines())
        self.raw_data = [one for one in lines if one]
        self.data, typed = _parted(self.raw_data)
        self.typed = "\n".join(typed)

    def choose_from(self, source: "Organisations") -> None:
        """Offer these organisations, and understand what was typed."""
        chosen, left, doubts, possible = list(self.data or ()), [], [], []
        for line in self.typed.splitlines():
            one, maybe, doubt = understood(line, self.data or (), source)
            if one:
                chosen.append(one)
            else:
                left.append(line)
                doubts.append(doubt)
                possible.extend(maybe)
        self.data, self.typed = list(dict.fromkeys(chosen)), "\n".join(left)
        self.process_errors.extend(doubts)
        self.source, self.loads = source, not source.are_few
        self.choices = offered(source, [*self.data, *possible])

    def texts(self) -> list[str]:
        """Return the values as the texts that a browser would send."""
        return [str(one) for one in self.data or ()]


def understood(
    text: str, chosen: Collection[int], source: "Organisations"
) -> tuple[int | None, list[int], Any]:
    """Return which organisation a typed name is; else those that it may be, and a sentence.

    :param chosen: what was chosen beside it: one of those that it may be settles it
    """
    meant = source.meant(text)
    maybe = [one for one, _name in meant.choices]
    if one := meant.one or next((one for one in chosen if one in maybe), None):
        return one, [], None
    if not maybe:
        return (
            None,
            [],
            _("No organisation is called “%(name)s”: check how it is written.", name=text),
        )
    doubt = _("“%(name)s” may be: %(told)s. Choose one of them.", name=text, told=meant.told)
    return None, maybe, doubt


def offered(source: "Organisations", kept: Iterable[int]) -> "list[Choice]":
    """Return what stands in a select: everyone, or where they are too many, those that are kept."""
    return source.everyone if source.are_few else source.among(kept)


def _parted(values: Iterable[str]) -> tuple[list[int], list[str]]:
    chosen, typed = [], []
    for value in values:
        number = whole(value)
        if number is None:
            typed.append(value[:LONGEST])
        else:
            chosen.append(number)
    return chosen, typed


def _names(source: "Organisations", values: Iterable[str]) -> str:
    numbers: Callable[[str], int | None] = whole
    ids = {value: one for value in values if (one := numbers(value)) is not None}
    called = source.called(ids.values())
    return ", ".join(called.get(one, value) for value, one in ids.items())
