"""What the interface calls the roles."""

from crm.language import _
from crm.users.models import RoleName
from crm.words import teach

teach(
    {
        RoleName.VIEWER: _("Viewer"),
        RoleName.EDITOR: _("Editor"),
        RoleName.ORGANISER: _("Organiser"),
        RoleName.ADMIN: _("Administrator"),
    }
)

DUTIES = {
    RoleName.VIEWER: _("sees everything but phone numbers and e-mail addresses"),
    RoleName.EDITOR: _("adds and changes records, imports files"),
    RoleName.ORGANISER: _("builds invite lists and keeps the answers"),
    RoleName.ADMIN: _("may do everything, and keeps the accounts"),
}
"""What a role lets one do, in half a sentence."""
