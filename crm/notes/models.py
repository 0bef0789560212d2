"""Notes: what somebody wrote down about a record."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Model
from crm.users.models import User

SUBJECTS = ("stakeholder_id", "contact_id", "agreement_id", "programme_id", "event_id")


class Note(Model):
    """A few sentences about one stakeholder, contact, agreement, programme or event."""

    __table_args__ = (
        CheckConstraint("body != ''", name="has_body"),
        CheckConstraint(
            " + ".join(f"CASE WHEN {one} IS NULL THEN 0 ELSE 1 END" for one in SUBJECTS) + " = 1",
            name="one_subject",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    stakeholder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]

    by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
