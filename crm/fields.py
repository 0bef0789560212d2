"""Form fields of our own: choices that may be empty, lists in one line, numbers in a range."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from markupsafe import escape
from wtforms import DecimalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import Select

from crm.formats import number
from crm.language import _
from crm.words import choices


class QuickSelect(Select):
    """A select as WTForms writes it, at a tenth of the time: half of a page with all regions."""

    @classmethod
    def render_option(cls, choice: Any, **attributes: Any) -> str:
        """Write one option; both texts are escaped."""
        if choice.render_kw or attributes:
            return str(super().render_option(choice, **attributes))
        selected = "selected " if choice.selected else ""
        label = escape(choice.label or choice.value)
        return f'<option {selected}value="{escape(choice.value)}">{label}</option>'


class Between(NumberRange):
    """Numbers from one to another, written in the sentence as the reader writes them."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a number that lies outside."""
        try:
            super().__call__(form, field)
        except ValidationError as fault:
            message = field.gettext("Number must be between %(min)s and %(max)s.")
            told = message % {"min": number(self.min), "max": number(self.max)}
            raise ValidationError(told) from fault


def optional(coerce: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Return a coercion under which nothing chosen means None."""
    return lambda value: None if value in (None, "") else coerce(value)


def enum_field(
    label: Any, kind: type[Enum], *, blank: Any = None, required: bool = True, **options: Any
) -> Any:
    """Return a select field of an enum's members; its data is a member, or None."""
    return SelectField(
        label,
        choices=lambda: choices(kind, blank),
        coerce=optional(kind),
        validators=[InputRequired() if required else Optional()],
        **options,
    )


def score_field(label: Any, description: Any = "") -> Any:
    """Return a field for a judgement from 1 to 5."""
    return IntegerField(label, validators=[Optional(), Between(1, 5)], description=description)


class NumberField(DecimalField):
    """A number as Indonesians write it, 1.234,5, or with a decimal point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a comma as the decimal sign, and points before it as those of thousands."""
        typed = [text.strip().replace(" ", "") for text in valuelist]
        super().process_formdata([self._international(text) for text in typed])

    def _international(self, text: str) -> str:
        if "," in text or text.count(".") > 1:
            return text.replace(".", "").replace(",", ".")
        return text


class TagField(StringField):
    """Words in one line, parted by commas."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Part the line at its commas."""
        typed = [word.strip() for line in valuelist for word in line.split(",")]
        self.data = list(dict.fromkeys(word[:80] for word in typed if word))

    def _value(self) -> str:
        return ", ".join(self.data or [])


class LinesField(TextAreaField):
    """Several short texts, one a line."""

    def process_data(self, value: Any) -> None:
        """Take the texts of a record; of none there are none."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Part the text at its line ends."""
        typed = [line.strip() for text in valuelist for line in text.splitlines()]
        self.data = list(dict.fromkeys(line for line in typed if line))

    def _value(self) -> str:
        return "\n".join(self.data or [])


def is_choice(field: Any) -> bool:
    """Whether something was chosen, and it is among the choices of its select field."""
    return bool(field.data) and any(choice[0] == field.data for choice in field.choices)


ANY = _("All")
