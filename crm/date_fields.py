"""Form fields for dates: one that knows what is not known, one for a plain day."""

from typing import Any

from wtforms import DateField, StringField
from wtforms.validators import Optional, StopValidation

from crm import dates
from crm.dates import When
from crm.errors import Refused
from crm.language import _


class WhenField(StringField):
    """A date that may be known only by month or year; its data is a ``When``."""

    def process_data(self, value: Any) -> None:
        """Take a date with its precision, a text as in an address, or nothing."""
        if isinstance(value, str):
            self.process_formdata([value])
        else:
            self.data = When(*value) if value else When(None)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; what is no date stays in the field, with a sentence."""
        if not valuelist:
            return
        self.raw_data = valuelist
        try:
            self.data = dates.parse(valuelist[0])
        except Refused as refusal:
            self.data = When(None)
            raise ValueError(refusal.message) from refusal

    def pre_validate(self, form: Any) -> None:
        """Stop after a date that could not be read: one sentence is enough."""
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        typed = (self.raw_data or [""])[0]
        if typed and (self.errors or self.process_errors):
            return str(typed)
        return dates.written(*self.data) if self.data else ""


def day_field(label: Any, description: Any = "", **options: Any) -> DateField:
    """Return a field for a day, with the calendar of the device; it may stay empty."""
    return DateField(
        label,
        format=["%Y-%m-%d", "%d/%m/%Y"],
        validators=[Optional()],
        description=description,
        **options,
    )


HOW = _("Write 06/11/2017, November 2017 or 2017; leave empty what is not known.")
