"""What the interface calls the grounds on which a person's data is kept."""

from crm.contacts.models import Basis
from crm.language import _
from crm.words import teach

teach(
    {
        Basis.CONSENT: _("Consent"),
        Basis.CONTRACT: _("Contract"),
        Basis.LEGAL_DUTY: _("Legal duty"),
        Basis.VITAL_INTEREST: _("Vital interest"),
        Basis.PUBLIC_TASK: _("Public task"),
        Basis.LEGITIMATE_INTEREST: _("Legitimate interest"),
    }
)
