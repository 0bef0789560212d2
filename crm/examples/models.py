"""What the example data brought, so that it can be taken away again."""

from sqlalchemy.orm import Mapped, mapped_column

from crm.db import Model


class ExampleRecord(Model):
    """One record that came with the example data."""

    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str]
    """The name of the model."""
    record_id: Mapped[int]
