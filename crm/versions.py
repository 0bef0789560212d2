"""Two writers: who saves second is told, and nothing is overwritten unseen."""

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from crm.db import db
from crm.errors import Conflict
from crm.language import _


def check(record: Any, version: int, *, restore: bool = False) -> None:
    """Make sure that a record is as the user was shown it.

    :param restore: the user knows that it was archived and wants it back
    :raises Conflict: if somebody else changed or archived it since ``version``
    """
    # Locked, where the database locks rows: who saves in the same moment waits and then sees it.
    session = db.session()
    session.refresh(record, ["version", "archived_at"], with_for_update=True)
    if record.version != version:
        raise Conflict(_("Somebody else changed this record in the meantime."), record)
    if record.archived_at and not restore:
        raise Conflict(_("Somebody else archived this record in the meantime."), record)
    # A change of tags or parties alone touches other tables: the counter must move all the same.
    flag_modified(record, "archived_at")
