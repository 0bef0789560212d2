"""An invite list from 500 candidates: against taking the most promising guest again and again."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from benchmarks.figures import Figure, compared
from benchmarks.generate import UNTIL
from benchmarks.house import House
from crm.db import db
from crm.invite_lists import building
from crm.invite_lists.candidates import candidates
from crm.invite_lists.rules import Rules
from crm.network import services as network
from crm.network.models import Analysis, StoredFinding
from crm.network.plans import who_closes
from tests import make

CANDIDATES = 500
CAPACITY = 60


def figures(house: House) -> Iterator[Figure]:
    """Yield the time of one list; in a network that has just so many organisations."""
    if house.size != CANDIDATES:
        return
    with house.app.app_context():
        found = network.answer(house.question).analysis
        assert found is not None
        event = make.event()  # nobody is on its guest list yet
        rules = Rules(capacity=CAPACITY)
        yield compared(
            f"Invite list, {CAPACITY} of {CANDIDATES}",
            lambda: building.build(event, rules, found, on=UNTIL),
            lambda: greedy(found, rules),
            about="greedy, no rules, no reasons",
            size=house.size,
            database=house.database,
            unit="s",
            runs=7,
            most=2.0,
        )


def greedy(found: Analysis, rules: Rules) -> list[int]:
    """Return guests one by one, each the one that adds most severity."""
    invitees = candidates(rules)
    findings = db.session.scalars(
        select(StoredFinding).where(StoredFinding.analysis_id == found.id)
    ).all()
    members: dict[tuple[str, str], set[int]] = defaultdict(set)
    for invitee in invitees:
        home = invitee.region_code or ""
        for code in {home, home[:2]}:
            members[code, invitee.sector].add(invitee.id)
    worth = {one.key: one.severity for one in findings}
    closes: dict[int, set[str]] = {one.id: set() for one in invitees}
    for finding in findings:
        for one in who_closes(finding, members):
            if one in closes:
                closes[one].add(finding.key)
    guests: list[int] = []
    while len(guests) < rules.capacity:
        best = max(closes, key=lambda one: sum(worth[key] for key in closes[one]))
        touched = closes.pop(best)
        guests.append(best)
        for keys in closes.values():
            keys -= touched
    return guests
