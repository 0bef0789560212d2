"""What a user may type as a note."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from crm.forms import RecordForm
from crm.language import _


class NoteForm(RecordForm):
    """A few sentences."""

    body = TextAreaField(_("Note"), validators=[DataRequired(), Length(max=10_000)])
