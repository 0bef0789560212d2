"""Records for tests: each function fills in what the test does not care about."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from time import time
from typing import Any

from flask.testing import FlaskClient

from crm.actions.models import FollowUp
from crm.agreements.models import Agreement, AgreementParty
from crm.commitments.models import Commitment, Support
from crm.contacts.models import Contact, Position
from crm.db import db
from crm.events.models import Event, EventStatus
from crm.invitations.models import Attendance, Participation
from crm.network.questions import Question
from crm.programmes.models import Programme
from crm.regions.models import Level, Region, RegionIndicator
from crm.regulations.models import Team, TeamMember
from crm.resources.models import Resource, ResourceSide
from crm.shares import services as shares
from crm.shares.models import MapShare
from crm.simulations.models import Scenario
from crm.stakeholders import names
from crm.stakeholders.models import Sector, Stakeholder
from crm.transaction import transaction
from crm.users import sessions
from crm.users.models import RoleName, User, UserRegion, UserRole

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

_numbers = count(1)


def _stored(record: Any) -> Any:
    with transaction(by=None):
        db.session.add(record)
    return record


def user(name: str = "Budi", *roles: str, regions: tuple[str, ...] = (), **values: Any) -> User:
    """A user with roles, bound to regions where some are named."""
    number = next(_numbers)
    for code in regions:
        region(code, f"Wilayah {code}")
    values = {
        "email": f"{name.lower()}{number}@example.org",
        "fs_uniquifier": f"{number:064}",
        "active": True,
    } | values
    return _stored(
        User(
            name=name,
            roles=[UserRole(name=RoleName(one)) for one in roles or ("viewer",)],
            regions=[UserRegion(region_code=code) for code in regions],
            **values,
        )
    )


def signed_in(browser: FlaskClient, who: User) -> None:
    """Sign a test browser in as the login form would, without typing the password."""
    token = sessions.start(who, datetime.now(UTC))
    with browser.session_transaction() as cookie:
        cookie.update(_user_id=who.fs_uniquifier, _fresh=True, token=token, fs_paa=time())


def region(code: str = "16", name: str = "Sumatera Selatan", **values: Any) -> Region:
    """A region; its level and its parent follow from the code."""
    found = db.session.query(Region).filter_by(code=code).one_or_none()
    if found:
        return found
    parts = code.split(".")
    parent = ".".join(parts[:-1]) or None
    if parent:
        region(parent, f"Wilayah {parent}")
    level = {1: Level.PROVINCE, 2: Level.DISTRICT}.get(len(parts), Level.VILLAGE)
    return _stored(Region(code=code, name=name, parent_code=parent, **{"level": level} | values))


def stakeholder(name: str = "", **values: Any) -> Stakeholder:
    """An organisation: by default an office of the province of Sumatera Selatan."""
    name = name or f"Dinas Nomor {next(_numbers)}"
    values = {"sector": Sector.OPD, "level": Level.PROVINCE, "region_code": "16"} | values
    if values["region_code"]:
        region(values["region_code"])
    return _stored(
        Stakeholder(
            name=name,
            name_key=names.key(name),
            search_text=names.search_text([name]),
            **values,
        )
    )


def contact(name: str = "Herfiani Rizkia", **values: Any) -> Contact:
    """A person."""
    return _stored(Contact(name=name, name_key=names.key(name), **values))


def position(
    holder: Contact | None = None, at: Stakeholder | None = None, **values: Any
) -> Position:
    """A post at an organisation, held by somebody or vacant."""
    at = at or stakeholder()
    values = {"title": "Kepala"} | values
    contact_id = holder.id if holder else None
    return _stored(Position(stakeholder_id=at.id, contact_id=contact_id, **values))


def programme(name: str = "PerpuSeru", **values: Any) -> Programme:
    """A programme."""
    return _stored(Programme(name=name, search_text=names.search_text([name]), **values))


def agreement(*parties: Stakeholder, **values: Any) -> Agreement:
    """An agreement in force since 2025 without an end, between the given organisations."""
    values = {"title": "MoU perpustakaan", "starts": date(2025, 1, 1)} | values
    parties = parties or (stakeholder(), stakeholder())
    return _stored(
        Agreement(
            search_text=names.search_text([str(values["title"])]),
            parties=[AgreementParty(stakeholder_id=one.id) for one in parties],
            **values,
        )
    )


def event(*present: Stakeholder, **values: Any) -> Event:
    """An event, held on a Monday with the given organisations present."""
    values = {
        "title": "Rakor perpustakaan",
        "starts_on": MONDAY,
        "status": EventStatus.HELD if present else EventStatus.PLANNED,
    } | values
    made = _stored(Event(search_text=names.search_text([str(values["title"])]), **values))
    for one in present:
        participation(made, one, attendance=Attendance.PRESENT)
    return made


def participation(at: Event, who: Stakeholder, **values: Any) -> Participation:
    """That an organisation was invited to or came to an event."""
    return _stored(Participation(event_id=at.id, stakeholder_id=who.id, **values))


def commitment(giver: Stakeholder, receiver: Stakeholder, **values: Any) -> Commitment:
    """A promise of goods, made in 2026 and not due yet."""
    values = {
        "kind": Support.GOODS,
        "what": "Lima komputer",
        "promised_on": date(2026, 1, 1),
        "due_on": date(2027, 1, 1),
    } | values
    return _stored(Commitment(giver_id=giver.id, receiver_id=receiver.id, **values))


def resource(of: Stakeholder, **values: Any) -> Resource:
    """A need of goods, without days."""
    values = {"side": ResourceSide.NEED, "kind": Support.GOODS, "what": "Lima komputer"} | values
    return _stored(Resource(stakeholder_id=of.id, **values))


def follow_up(title: str = "Kirim surat", **values: Any) -> FollowUp:
    """Something to do, without owner and due day."""
    return _stored(FollowUp(title=title, search_text=names.search_text([title]), **values))


def team(*members: Stakeholder, **values: Any) -> Team:
    """A team in force since 2025, of the given organisations."""
    values = {"name": "Tim Sinergi", "starts": date(2025, 1, 1)} | values
    joined = [TeamMember(stakeholder_id=one.id) for one in members]
    return _stored(Team(members=joined, **values))


def poverty(code: str, percent: str, year: int = 2021) -> RegionIndicator:
    """How many of a hundred people are poor in a region, by BPS."""
    return _stored(
        RegionIndicator(
            region_code=code,
            name="poverty_percent",
            value=Decimal(percent),
            year=year,
            source="BPS (P0)",
        )
    )


def share(by: User, **values: Any) -> MapShare:
    """A map of everything on that Monday, shared now for a month."""
    given: dict[str, Any] = {
        "title": "Peta untuk Bappeda",
        "days": 30,
        "names_hidden": False,
        "question": Question(MONDAY, 24),
        "filters": {},
        "at": datetime.now(UTC),
    } | values
    return shares.share(by, **given)


def scenario(*leaving: Stakeholder, **values: Any) -> Scenario:
    """The exit of some organisations on that Monday, looking back two years."""
    given: dict[str, Any] = {
        "title": "Bila mereka keluar",
        "on": MONDAY,
        "months": 24,
        "organisations": [one.id for one in leaving],
        "positions": [],
        "programmes": [],
        "at": NOW,
    } | values
    return _stored(Scenario(search_text=names.search_text([given["title"]]), **given))
