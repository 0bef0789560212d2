"""Scenarios: who leaves on which day, kept so that it can be shown again and compared."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.users.models import User


class Scenario(Model):
    """A question "what if they leave"; its answer follows from the data and is not kept here."""

    __table_args__ = (
        CheckConstraint("title <> ''", name="has_a_title"),
        CheckConstraint("months >= 0", name="window_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    search_text: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, default="")
    on: Mapped[date]
    months: Mapped[int]
    """The window; 0: all years."""
    # Ids and no foreign keys: a scenario stays good when one of them is archived or merged.
    organisations: Mapped[list[Any]] = mapped_column(info={"ids_of": "stakeholder"})
    positions: Mapped[list[Any]] = mapped_column(info={"ids_of": "position"})
    programmes: Mapped[list[Any]] = mapped_column(info={"ids_of": "programme"})
    ever: Mapped[bool] = mapped_column(default=False)
    """Whether the programmes are taken away with their past."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
