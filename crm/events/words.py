"""What the interface calls the kinds and states of events."""

from crm.events.models import DatePrecision, EventKind, EventStatus
from crm.language import _
from crm.words import teach

teach(
    {
        EventKind.VISIT: _("Coordination visit"),
        EventKind.MEETING: _("Meeting"),
        EventKind.SHM: _("Stakeholder meeting (SHM)"),
        EventKind.RAKOR: _("Coordination meeting (rakor)"),
        EventKind.WORKSHOP: _("Workshop"),
        EventKind.TRAINING: _("Training"),
        EventKind.SHARING_CLASS: _("Sharing class"),
        EventKind.AUDIENCE: _("Audience"),
        EventKind.SIGNING: _("Signing"),
        EventKind.HANDOVER: _("Handover"),
        EventKind.OTHER: _("Other event"),
    }
)
teach(
    {
        EventStatus.PLANNED: _("Planned"),
        EventStatus.HELD: _("Held"),
        EventStatus.CANCELLED: _("Called off"),
    }
)
teach(
    {
        DatePrecision.DAY: _("Day known"),
        DatePrecision.MONTH: _("Month known"),
        DatePrecision.YEAR: _("Year known"),
    }
)

TONES = {
    EventStatus.PLANNED: "info",
    EventStatus.HELD: "success",
    EventStatus.CANCELLED: "neutral",
}
