"""Plans over the findings: the door of other features to graphs.plans."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crm.network import records
from crm.network.models import StoredFinding
from graphs.build import collector_paused
from graphs.plans.invite_list import invite_list
from graphs.records import SECTORS, Candidate, Guest, InviteList, Rule

__all__ = ["SECTORS", "Guest", "InviteList", "Invitee", "Rule", "plan_invites", "who_closes"]


CLOSED_BY_GUESTS = (
    "uncovered-sector",
    "unlinked-sectors",
    "isolated-stakeholder",
    "split-region",
    "single-broker",
    "fragile-bridge",
    "fading-tie",
)
"""The kinds of findings that a meeting can close.

Papers, promises and follow-ups are closed at a desk. That somebody was never invited is no gap
beside those that the guest closes: counted as well, each of these would count half as much again.
"""

HELP = 0.25
"""What a gap counts that nobody who can be invited closes, as nobody of the sector is known in the
region: whoever comes can help to find somebody, who has still to be won."""


@dataclass(frozen=True)
class Invitee:
    """Somebody who may be invited: an organisation with its sector and region."""

    id: int
    sector: str
    region_code: str | None
    preference: float = 0.0
    """Points of severity that the organiser's wish is worth."""
    seats: int = 1
    """How many guests it may send."""


def who_closes(
    finding: StoredFinding, members: Mapping[tuple[str, str], Collection[int]]
) -> set[int]:
    """Return the organisations whose presence helps to close a finding.

    A missing sector: every organisation of that sector in the region, as no other covers it. Where
    none is known there, those of its province and the nearest one, which can help to find one:
    ``weight`` says what that counts. Sectors without a tie, split regions, single
    brokers, fragile bridges and fading ties: the two whom the next step brings together. An
    isolated organisation: itself. Other kinds: nobody.

    :param members: organisations by region (and below it) and sector
    """
    if finding.code not in CLOSED_BY_GUESTS:
        return set()
    step = finding.step or {}
    if finding.code == "isolated-stakeholder":
        return set(finding.organisations)
    named = {one for one in (step.get("who"), step.get("to")) if one is not None}
    if finding.code == "uncovered-sector" and finding.region_code:
        sector = finding.sectors[0]
        there = set(members.get((finding.region_code, sector), ()))
        if not is_only_helped(finding):
            return there
        province = finding.region_code.partition(".")[0]
        return named | there | set(members.get((province, sector), ()))
    return named


def is_only_helped(finding: StoredFinding) -> bool:
    """Whether no guest can close a finding: nobody of the sector is known in its region."""
    return finding.code == "uncovered-sector" and not finding.values["known"]


def weight(finding: StoredFinding) -> float:
    """Return what it is worth to a list to touch a finding."""
    return finding.severity * HELP if is_only_helped(finding) else finding.severity


def plan_invites(
    invitees: Sequence[Invitee],
    findings: Iterable[StoredFinding],
    rules: Sequence[Rule],
    *,
    capacity: int,
    must: Iterable[int] = (),
    never: Collection[int] = (),
    diminishing: float = 0.0,
    reserves: int = 10,
    time_limit: float = 2.0,
) -> InviteList:
    """Return the guests who together touch the most severe findings within the rules.

    :param must: organisations, each as often as it has to send a guest
    :param diminishing: what a second guest adds who touches the same finding, as a share of it
    """
    findings = [one for one in findings if one.code in CLOSED_BY_GUESTS]
    with collector_paused():  # thousands of lists: it would look through every finding for them
        closes = touching(invitees, findings)
    candidates = [
        Candidate(
            one.id,
            organisation=one.id,
            sector=one.sector,
            region=one.region_code,
            closes=tuple(closes[one.id]),
            preference=one.preference,
            seats=one.seats,
        )
        for one in invitees
    ]
    return invite_list(
        candidates,
        {one.key: weight(one) for one in findings},
        rules,
        capacity,
        must=must,
        must_not=never,
        places=records.places(),
        diminishing=diminishing,
        reserves=reserves,
        time_limit=time_limit,
    )


def touching(
    invitees: Sequence[Invitee], findings: Iterable[StoredFinding]
) -> dict[int, list[str]]:
    """Return for each organisation the keys of the findings that its presence helps to close."""
    members = _by_region_and_sector(invitees)
    closes: dict[int, list[str]] = {one.id: [] for one in invitees}
    for finding in findings:
        for one in who_closes(finding, members):
            if one in closes:
                closes[one].append(finding.key)
    return closes


def _by_region_and_sector(invitees: Iterable[Invitee]) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for one in invitees:
        parts = (one.region_code or "").split(".")
        for depth in range(1, len(parts) + 1):
            code = ".".join(parts[:depth])
            if code:
                found.setdefault((code, one.sector), set()).add(one.id)
    return found
