"""Finding people and their posts, and changing what is known about them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from crm import periods, phones, versions
from crm.contacts import rules, titles
from crm.contacts.models import Basis, Contact, Position
from crm.db import db
from crm.errors import NotYours, Refused
from crm.language import _
from crm.regions import services as regions
from crm.stakeholders import names
from crm.stakeholders.models import Stakeholder
from crm.tables import matches
from crm.transaction import transaction
from crm.users import scope
from crm.users.models import User


def found(
    q: str = "",
    *,
    sector: str | None = None,
    region: str | None = None,
    basis: Basis | None = None,
    ungrounded: bool = False,
    archived: bool = False,
) -> Select[Contact]:
    """Return the query of the people whose name, post or organisation holds every word of ``q``."""
    query = select(Contact).where(
        Contact.archived_at.is_not(None) if archived else Contact.archived_at.is_(None)
    )
    for word in names.search_words(q):
        at = _post(or_(*matches(Stakeholder.search_text, [word]), Position.title.icontains(word)))
        query = query.where(or_(Contact.name_key.contains(word, autoescape=True), at))
    if basis:
        query = query.where(Contact.basis == basis)
    if ungrounded:
        query = query.where(Contact.basis.is_(None), or_(Contact.phone != "", Contact.email != ""))
    if sector:
        query = query.where(_post(Stakeholder.sector == sector))
    if region:
        query = query.where(_post(regions.within(Stakeholder.region_code, region)))
    return query


def _post(condition: Any) -> Any:
    """Return the condition that a person holds a post at an organisation of some kind."""
    return exists().where(
        Position.contact_id == Contact.id,
        Position.archived_at.is_(None),
        Position.stakeholder_id == Stakeholder.id,
        condition,
    )


def get(contact_id: int) -> Contact | None:
    """Return one person."""
    return db.session.get(Contact, contact_id)


def positions_of(contact_id: int) -> list[Position]:
    """Return the posts of a person, present ones first, with their organisations."""
    return _posts(Position.contact_id == contact_id)


def at_stakeholder(stakeholder_id: int) -> list[Position]:
    """Return the posts at an organisation, present ones first, with who holds them."""
    return _posts(Position.stakeholder_id == stakeholder_id)


def archived_posts(
    *, contact_id: int | None = None, stakeholder_id: int | None = None
) -> list[Position]:
    """Return the posts of a person, or at an organisation, that were taken off."""
    if contact_id is not None:
        return _posts(Position.contact_id == contact_id, archived=True)
    return _posts(Position.stakeholder_id == stakeholder_id, archived=True)


def _posts(condition: Any, *, archived: bool = False) -> list[Position]:
    is_gone = Position.archived_at.is_not(None) if archived else Position.archived_at.is_(None)
    query = (
        select(Position)
        .where(condition, is_gone)
        .options(joinedload(Position.contact), joinedload(Position.stakeholder))
        .order_by(Position.ends.is_not(None), Position.ends.desc(), Position.id)
    )
    return list(db.session.scalars(query))


def posts_by_contact(contact_ids: Iterable[int]) -> dict[int, list[Position]]:
    """Return the posts of several people at once, for lists."""
    grouped: dict[int, list[Position]] = {}
    for one in _posts(Position.contact_id.in_(list(contact_ids))):
        if one.contact_id is not None:
            grouped.setdefault(one.contact_id, []).append(one)
    return grouped


def all_names() -> list[tuple[int, str]]:
    """Return the id and name of every person in use, by name."""
    query = select(Contact).where(Contact.archived_at.is_(None)).order_by(Contact.name)
    return [(one.id, one.full_name) for one in db.session.scalars(query)]


def similar(name: str, but: int | None = None) -> list[Contact]:
    """Return people of the same name or one much like it, titles left aside, likeliest first."""
    key = names.key(titles.split(name).name)
    if not key:
        return []
    query = select(Contact).where(Contact.id != (but or 0)).limit(300)
    words = key.split()
    if len(words) == 1:
        return list(db.session.scalars(query.where(Contact.name_key == key).limit(5)))
    stem = max(words, key=len)[:5]
    near = [
        (fuzz.token_set_ratio(key, one.name_key), one)
        for one in db.session.scalars(query.where(Contact.name_key.contains(stem)))
        # Of a one-word name every longer one with that word would be a likeness.
        if " " in one.name_key
    ]
    likely = sorted(
        (pair for pair in near if pair[0] >= 88), key=lambda pair: (-pair[0], pair[1].id)
    )
    return [one for _ratio, one in likely[:5]]


def as_form(contact: Contact) -> dict[str, Any]:
    """Return what a form shows of a person."""
    return {column.key: getattr(contact, column.key) for column in Contact.__table__.columns}


def add(
    by: User | None,
    *,
    name: str,
    stakeholder_id: int | None = None,
    position: str = "",
    starts: date | None = None,
    basis_later: bool = False,
    **values: Any,
) -> Contact:
    """Add a person, with a post at an organisation where one is named.

    :param basis_later: whether the ground may still be missing, as in lists from elsewhere
    :raises Refused: if the post has no organisation or the other way round, or if there is a way
        to reach the person, but no ground to keep it
    :raises NotYours: if the organisation lies outside the regions of ``by``
    """
    with transaction(by=by):
        if stakeholder_id is None:
            scope.require(by, None, field="stakeholder_id")
        rules.post_with_place(stakeholder_id, position)
        _check(basis_later, **values)
        contact = Contact(name=name)
        db.session.add(contact)
        _fill(contact, name=name, **values)
        db.session.flush()
        if stakeholder_id is not None:
            _require_post_at(by, stakeholder_id)
            post = Position(
                stakeholder_id=stakeholder_id,
                title=position,
                contact_id=contact.id,
                starts=starts,
            )
            db.session.add(post)
    return contact


def change(
    by: User | None,
    contact_id: int,
    *,
    version: int,
    restore: bool = False,
    basis_later: bool = False,
    **values: Any,
) -> Contact:
    """Change what is known about a person.

    :param basis_later: whether the ground may still be missing, as in lists from elsewhere
    :raises Conflict: if somebody else changed or archived them since ``version``
    :raises Refused: if there is a way to reach the person, but no ground to keep it
    :raises NotYours: if none of their organisations lies in the regions of ``by``
    """
    with transaction(by=by):
        contact = mine(by, contact_id)
        versions.check(contact, version, restore=restore)
        _check(basis_later, **values)
        contact.archived_at = None
        _fill(contact, **values)
    return contact


def archive(by: User, contact_id: int, *, at: datetime) -> None:
    """Take a person out of lists; nothing of them is lost."""
    with transaction(by=by):
        contact = mine(by, contact_id)
        contact.archived_at = contact.archived_at or at


def restore(by: User, contact_id: int) -> None:
    """Put an archived person back."""
    with transaction(by=by):
        mine(by, contact_id).archived_at = None


def add_position(
    by: User | None,
    *,
    stakeholder_id: int,
    title: str,
    contact_id: int | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Position:
    """Add a post at an organisation; who holds it may stay open.

    :raises Refused: if it ends before it starts, or ``by`` may not change who holds it
    :raises NotYours: if the organisation lies outside the regions of ``by``
    """
    with transaction(by=by):
        _require_post_at(by, stakeholder_id)
        _check_holder(by, contact_id)
        periods.in_order(starts, ends)
        post = Position(
            stakeholder_id=stakeholder_id,
            title=title,
            contact_id=contact_id,
            starts=starts,
            ends=ends,
        )
        db.session.add(post)
    return post


def change_position(
    by: User | None, position_id: int, *, version: int, restore: bool = False, **values: Any
) -> Position:
    """Change a post: its title, who holds it, from when until when.

    :raises Conflict: if somebody else changed it since ``version``
    :raises Refused: if it ends before it starts, or ``by`` may not change who holds it
    """
    with transaction(by=by):
        post = my_position(by, position_id)
        versions.check(post, version, restore=restore)
        if values.get("contact_id") != post.contact_id:
            _check_holder(by, values.get("contact_id"))
        periods.in_order(values.get("starts"), values.get("ends"))
        post.archived_at = None
        for column, value in values.items():
            setattr(post, column, value)
    return post


def archive_position(by: User, position_id: int, *, at: datetime) -> Position:
    """Take a post off an organisation that was entered by mistake."""
    with transaction(by=by):
        post = my_position(by, position_id)
        post.archived_at = post.archived_at or at
    return post


def restore_position(by: User, position_id: int) -> Position:
    """Put back a post that was taken off."""
    with transaction(by=by):
        post = my_position(by, position_id)
        post.archived_at = None
    return post


def may_edit_position(by: User, post: Position) -> bool:
    """Whether a user may change a post: where its organisation lies in their regions."""
    return scope.may_edit(by, post.stakeholder.region_code)


def may_edit(by: User, contact_id: int) -> bool:
    """Whether a user may change a person: where one of their organisations lies in the regions."""
    if not by.scope:
        return True
    return any(scope.may_edit(by, one.stakeholder.region_code) for one in positions_of(contact_id))


def my_position(by: User | None, position_id: int) -> Position:
    """Return a post that ``by`` may change.

    :raises NotYours: if its organisation lies outside the regions of ``by``
    """
    post = db.session.get_one(Position, position_id)
    scope.require(by, post.stakeholder.region_code)
    return post


def mine(by: User | None, contact_id: int) -> Contact:
    """Return a person whom ``by`` may change.

    :raises NotYours: if none of their organisations lies in the regions of ``by``
    """
    contact = db.session.get_one(Contact, contact_id)
    if by is not None and not may_edit(by, contact_id):
        raise NotYours
    return contact


def _require_post_at(by: User | None, stakeholder_id: int) -> None:
    code = db.session.get_one(Stakeholder, stakeholder_id).region_code
    scope.require(by, code, field="stakeholder_id")


def _check_holder(by: User | None, contact_id: int | None) -> None:
    # Else a post in one's own region would open the data of anybody, wherever they work.
    if by is not None and contact_id is not None and not may_edit(by, contact_id):
        message = _("This person works outside the regions you may edit. Ask the administrator.")
        raise Refused(message, field="contact_id")


def _check(
    basis_later: bool,
    *,
    phone: str = "",
    email: str = "",
    basis: Basis | None = None,
    **_rest: Any,
) -> None:
    phones.readable(phone)
    if not basis_later:
        rules.grounded(phone, email, basis)


def _fill(contact: Contact, *, name: str, phone: str = "", **values: Any) -> None:
    # Titles typed into the name go to their own fields, unless those say something already.
    parts = titles.split(name)
    values["title_before"] = values.get("title_before") or parts.before
    values["title_after"] = values.get("title_after") or parts.after
    contact.name = parts.name
    contact.name_key = names.key(parts.name)
    for column, value in (values | phones.checked(phone)).items():
        setattr(contact, column, value)
