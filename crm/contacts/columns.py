"""The columns of the list of people, on the page and in downloads."""

from typing import Any

from crm.contacts.models import Contact, Position
from crm.contacts.privacy import shown
from crm.language import _
from crm.tables import Column
from crm.users.models import User
from crm.words import label


def _ground(one: Contact) -> Any:
    if one.lacks_basis:
        return _("still missing")
    return label(one.basis) if one.basis else ""


def columns(user: User, posts: dict[int, list[Position]]) -> list[Column]:
    """Return the columns as this user may see them.

    :param posts: the posts of the people on the list
    """

    def organisations(one: Contact) -> str:
        return "; ".join(post.stakeholder.name for post in posts.get(one.id, ()))

    def titles(one: Contact) -> str:
        return "; ".join(post.title for post in posts.get(one.id, ()))

    return [
        Column("name", _("Name"), Contact.name, lambda one: one.name),
        Column(
            "before", _("Title before the name"), None, lambda one: one.title_before, hidden=True
        ),
        Column("after", _("Title after the name"), None, lambda one: one.title_after, hidden=True),
        Column("position", _("Post"), None, titles),
        Column("organisation", _("Organisation"), None, organisations),
        Column("phone", _("Telephone"), None, lambda one: shown(one.phone, user)),
        Column("email", _("E-mail"), None, lambda one: shown(one.email, user)),
        Column("basis", _("Ground"), Contact.basis, _ground),
        Column("source", _("Source"), None, lambda one: one.source, hidden=True),
        Column("id", _("Number"), None, lambda one: one.id, numeric=True, hidden=True),
    ]
