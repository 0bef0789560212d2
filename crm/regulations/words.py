"""What the interface calls the stages and kinds of regulations."""

from crm.language import _
from crm.regulations.models import RegulationStage
from crm.words import teach

teach(
    {
        RegulationStage.PROPOSED: _("Proposed"),
        RegulationStage.DRAFTED: _("Drafted"),
        RegulationStage.DISCUSSED: _("Discussed"),
        RegulationStage.SIGNED: _("Signed"),
        RegulationStage.REVOKED: _("Revoked"),
    }
)

KINDS = {
    "pergub": _("Governor's regulation (Pergub)"),
    "perda": _("Regional law (Perda)"),
    "perbup": _("Regent's regulation (Perbup)"),
    "perwali": _("Mayor's regulation (Perwali)"),
    "sk": _("Decree (SK)"),
}

TONES = {RegulationStage.SIGNED: "success", RegulationStage.REVOKED: "neutral"}


def kind_label(kind: str) -> object:
    """Return what a kind of regulation is called; one that we do not know as it was written."""
    return KINDS.get(kind, kind)
