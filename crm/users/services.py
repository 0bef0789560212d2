"""Finding users, and changing their accounts."""

from sqlalchemy import select

from crm.db import db
from crm.users.models import User


def all_names() -> list[tuple[int, str]]:
    """Return the id and name of every active user, by name."""
    query = select(User.id, User.name).where(User.active).order_by(User.name)
    return [(one, name) for one, name in db.session.execute(query)]
