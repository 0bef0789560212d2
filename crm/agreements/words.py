"""What the interface calls kinds and states of agreements."""

from crm.agreements.models import AgreementKind, AgreementStatus
from crm.language import _
from crm.words import teach

teach(
    {
        AgreementKind.MOU: _("MoU"),
        AgreementKind.PKS: _("Cooperation agreement (PKS)"),
        AgreementKind.MOA: _("MoA"),
        AgreementKind.IA: _("Implementation arrangement (IA)"),
        AgreementKind.NOTA: _("Note of agreement"),
        AgreementKind.OTHER: _("Other agreement"),
    }
)
teach(
    {
        AgreementStatus.PLANNED: _("Begins later"),
        AgreementStatus.ACTIVE: _("In force"),
        AgreementStatus.EXPIRING: _("Ends soon"),
        AgreementStatus.EXPIRED: _("Expired"),
    }
)

TONES = {
    AgreementStatus.PLANNED: "info",
    AgreementStatus.ACTIVE: "success",
    AgreementStatus.EXPIRING: "warning",
    AgreementStatus.EXPIRED: "neutral",
}
