"""The base of all forms: what was typed stays, errors stand beside their field."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import signature
from typing import Any

from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from wtforms import Form as WTForm
from wtforms import HiddenField
from wtforms.meta import DefaultMeta
from wtforms.widgets import Select

from crm.addresses import whole
from crm.errors import Conflict, NotYours, Refused
from crm.fields import QuickSelect
from crm.language import _, catalogue, current_language

log = logging.getLogger("sinergi.forms")


Checks = tuple[Callable[..., Any], ...]


class _Messages:
    """WTForms' own sentences, from our catalogues."""

    def gettext(self, text: str) -> str:
        return catalogue(current_language()).gettext(text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return catalogue(current_language()).ngettext(singular, plural, number)


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class Form(WTForm):
    """A form whose data fits the keywords of a service function."""

    class Meta(DefaultMeta):
        """Our sentences, and no blanks around what was typed."""

        def get_translations(self, form: WTForm) -> Any:
            """Return WTForms' sentences in the user's language."""
            return _Messages()

        def wrap_formdata(self, form: WTForm, formdata: Any) -> Any:
            """Take nothing sent as a form not sent: else choices of the record would be emptied."""
            return super().wrap_formdata(form, formdata) or None

        def bind_field(self, form: WTForm, unbound: Any, options: dict) -> Any:
            """Strip every text field, and write selects quickly."""
            if unbound.field_class.__name__ in {"StringField", "TextAreaField", "EmailField"}:
                filters = [*unbound.kwargs.get("filters", ()), _strip]
                options = options | {"filters": filters}
                unbound.kwargs.pop("filters", None)
            field = unbound.bind(form=form, **options)
            if type(getattr(field, "widget", None)) is Select:
                field.widget = QuickSelect(multiple=field.widget.multiple)
            return field

    checks: Checks = ()
    """Rules that the service asks too; each names the fields that it is about as its arguments."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then the rules about fields that could be read: all in one round."""
        super().validate(extra_validators)
        for check in self.checks:
            about = signature(check).parameters
            fields = [self._fields[name] for name in about if name in self._fields]
            if any(field.errors and not field.data for field in fields):
                continue
            try:
                check(**{name: self.values[name] for name in about})
            except Refused as refusal:
                # One sentence about a field is enough.
                if refusal.field not in self.errors:
                    self.refuse(refusal.message, refusal.field)
        return not self.has_errors

    conflict: Conflict | None = None
    """Set by ``blame`` when somebody else changed the record: show the conflict page."""

    @contextmanager
    def blame(self) -> Iterator[None]:
        """Show a refusal of the service beside the field it names."""
        try:
            yield
        except Conflict as conflict:
            self.conflict = conflict
        except NotYours as elsewhere:
            if elsewhere.field not in self._fields:
                raise
            # Another place can be chosen: what was typed must not be lost.
            log.warning("outside scope", extra={"field": elsewhere.field})
            self.refuse(elsewhere.message, elsewhere.field)
        except Refused as refusal:
            self.refuse(refusal.message, refusal.field)
        except IntegrityError:
            self.refuse(_("Somebody was faster: this is stored already. Please check the list."))

    def refuse(self, message: Any, field: str | None = None) -> None:
        """Add an error to a field, or to the form as a whole."""
        if field in self._fields:
            target = self._fields[field]
            target.errors = [*target.errors, message]
        else:
            self.form_errors.append(message)

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong with what was typed."""
        return bool(self.errors or self.form_errors)

    def drop_invalid(self) -> dict[str, tuple[str, Any]]:
        """Forget values that do not fit: an address from elsewhere must still open its list.

        :return: what stood there and what is wrong with it, by the name of the field
        """
        self.validate()
        dropped = {}
        for field in self:
            if field.errors:
                asked = ", ".join(str(one) for one in field.raw_data or [])
                dropped[field.name] = asked, field.errors[0]
                field.data, field.errors, field.raw_data = None, [], None
        return dropped

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without the fields that only carry the record's version."""
        return {name: value for name, value in self.data.items() if name not in BOOKKEEPING}


BOOKKEEPING = ("version", "original")


class RecordForm(Form):
    """A form for a record that somebody else may be editing at the same time."""

    version = HiddenField()
    original = HiddenField()

    def remember(self, version: int) -> None:
        """Keep what the user was shown: the conflict page needs it."""
        self.version.data = str(version)
        self.original.data = json.dumps(self.shown())

    def shown(self) -> dict[str, list[str]]:
        """Return every field as the texts that a browser would send."""
        return {field.name: texts(field) for field in self if field.name not in BOOKKEEPING}

    @property
    def seen_version(self) -> int:
        """The version of the record that the user was shown; 0 when unreadable."""
        return whole(self.version.data) or 0


def texts(field: Any) -> list[str]:
    """Return a field's value as the texts that a browser would send."""
    if hasattr(field, "texts"):  # a field of several inputs says itself
        return list(field.texts())
    if field.type == "BooleanField":
        return ["y"] if field.data else []
    if field.type in ("SelectMultipleField", "TagField"):
        return [str(one) for one in field.data or []]
    if field.type in ("SelectField", "RadioField"):
        return ["" if field.data is None else str(getattr(field.data, "value", field.data))]
    value = field._value() if hasattr(field, "_value") else field.data
    return [str(value)] if value not in (None, "") else []


def readable(field: Any, values: list[str]) -> str:
    """Return texts of a field as a reader sees them: the labels of choices, not their codes."""
    if hasattr(field, "readable"):
        return str(field.readable(values))
    if hasattr(field, "iter_choices"):
        labels = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        values = [labels.get(value, value) for value in values]
    return ", ".join(value for value in values if value)


def posted(data: Mapping[str, Any]) -> MultiDict:
    """Return the posted form; one sent by the conflict page is put together from its choices.

    That page sends both values of every field that differs, as ``yours.<field>`` and
    ``theirs.<field>``, and which of them to keep as ``keep.<field>``.
    """
    form = MultiDict(data)
    choices = [name.removeprefix("keep.") for name in form if name.startswith("keep.")]
    for name in choices:
        side = "theirs" if form.get(f"keep.{name}") == "theirs" else "yours"
        form.setlist(name, form.getlist(f"{side}.{name}"))
    return form
