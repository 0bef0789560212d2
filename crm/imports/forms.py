"""What a user says when uploading a list, and how imports and their rows are narrowed down."""

from wtforms import BooleanField, IntegerField, MultipleFileField, SelectField
from wtforms.validators import InputRequired, Optional

from crm.fields import ANY, Between, enum_field, optional
from crm.forms import Form
from crm.imports.models import ImportShape, ImportStatus, Role, RowMatch, RowStatus
from crm.language import _


class UploadForm(Form):
    """A new import."""

    shape = enum_field(_("What does the file hold?"), ImportShape, default=ImportShape.STAKEHOLDERS)
    files = MultipleFileField(
        _("Files"),
        description=_(
            "CSV or XLSX, up to 50 MB. Meetings: both tables together, or one workbook with two "
            "sheets."
        ),
    )


class TableForm(Form):
    """Where the rows of a table stand."""

    role = enum_field(_("Table"), Role)
    sheet = SelectField(_("Sheet"), validators=[InputRequired()])
    header = IntegerField(
        _("Row with the headings"), validators=[InputRequired(), Between(1, 1_048_576)]
    )


class ImportFilters(Form):
    """How the list of imports is narrowed down."""

    shape = enum_field(_("Content"), ImportShape, blank=ANY, required=False)
    status = enum_field(_("Status"), ImportStatus, blank=ANY, required=False)


class RowFilters(Form):
    """How the rows of an import are narrowed down."""

    role = enum_field(_("Table"), Role, blank=ANY, required=False)
    match = enum_field(_("Compared"), RowMatch, blank=ANY, required=False)
    status = enum_field(_("Status"), RowStatus, blank=ANY, required=False)
    undecided = BooleanField(_("To be decided only"))


class DecideAllForm(Form):
    """One decision for all doubtful rows."""

    decision = SelectField(
        _("All doubtful rows"),
        choices=[
            ("best", _("are the likeliest match")),
            ("new", _("are new")),
            ("skip", _("are left out")),
        ],
        coerce=optional(str),
        validators=[Optional()],
    )
