"""What the interface calls the states of follow-ups."""

from datetime import date
from typing import Any

from crm.actions.models import ActionStatus, FollowUp
from crm.language import _
from crm.words import label, teach

teach(
    {
        ActionStatus.OPEN: _("To do"),
        ActionStatus.DONE: _("Done"),
        ActionStatus.CANCELLED: _("Dropped"),
    }
)

STATES = {
    "open": _("To do"),
    "overdue": _("Overdue"),
    "done": _("Done"),
    "cancelled": _("Dropped"),
    "all": _("All of them"),
}
"""What the list can be narrowed down to; without a word it shows what is to do."""


def state(action: FollowUp, today: date) -> Any:
    """Return where a follow-up stands on a day, in words."""
    return STATES["overdue"] if action.is_overdue(today) else label(action.status)


def tone(action: FollowUp, today: date) -> str:
    """Return the colour of where a follow-up stands."""
    if action.is_overdue(today):
        return "danger"
    return {"open": "info", "done": "success", "cancelled": "neutral"}[action.status]
