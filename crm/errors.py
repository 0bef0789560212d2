"""The ways in which we say no."""

from typing import Any


class Refused(Exception):
    """A rule of the domain says no; the message is a sentence for the user."""

    def __init__(self, message: Any, field: str | None = None) -> None:
        """Keep the sentence and the name of the field it belongs to."""
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(Refused):
    """Somebody else changed the record since the user opened it."""

    def __init__(self, message: Any, record: Any) -> None:
        """Keep the record as it stands now."""
        super().__init__(message)
        self.record = record


class NotYours(Exception):
    """The user may not change this row: it lies outside the regions given to them."""

    def __init__(self, message: Any = "", field: str | None = None) -> None:
        """Keep the sentence and the field by which the user chose a place that is not theirs."""
        super().__init__(message)
        self.message = message
        self.field = field
