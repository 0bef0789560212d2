"""What the interface calls kinds of support and the states of a promise."""

from crm.commitments.models import CommitmentStatus, Support
from crm.language import _
from crm.words import teach

teach(
    {
        Support.MONEY: _("Money"),
        Support.GOODS: _("Goods"),
        Support.PLACE: _("Place"),
        Support.PEOPLE: _("People"),
        Support.TRAINING: _("Training"),
        Support.PUBLICITY: _("Publicity"),
        Support.POLICY: _("Policy"),
        Support.LEGAL_HELP: _("Legal help"),
    }
)
teach(
    {
        CommitmentStatus.PROMISED: _("Promised"),
        CommitmentStatus.PARTLY: _("Partly realised"),
        CommitmentStatus.REALISED: _("Realised (kept)"),
        CommitmentStatus.CANCELLED: _("Cancelled"),
    }
)

TONES = {
    CommitmentStatus.PROMISED: "info",
    CommitmentStatus.PARTLY: "warning",
    CommitmentStatus.REALISED: "success",
    CommitmentStatus.CANCELLED: "neutral",
}
