"""What the interface calls the states of a shared map."""

from crm.language import _
from crm.shares.models import ShareState
from crm.words import teach

teach(
    {
        ShareState.OPEN: _("Open"),
        ShareState.EXPIRED: _("Expired"),
        ShareState.WITHDRAWN: _("Withdrawn"),
    }
)

TONES = {
    ShareState.OPEN: "success",
    ShareState.EXPIRED: "neutral",
    ShareState.WITHDRAWN: "neutral",
}
