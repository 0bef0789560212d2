"""The rules of an event's invite list, kept so that the list can be built again."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.events.models import Event


class InviteDraft(Model):
    """The rules under which an event's invite list is computed."""

    part_of = "event_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As crm.invite_lists.rules.Rules writes it."""
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}
