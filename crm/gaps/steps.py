"""In words: the next step of a finding, and the same as the title of a follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm.gaps import steps_of_facts
from crm.language import _
from crm.network.models import StoredFinding
from crm.network.words import SECTOR_NOUNS

if TYPE_CHECKING:
    from crm.gaps.sentences import Teller


def step(teller: Teller, finding: StoredFinding) -> Any:
    """Return what to do next about a finding."""
    told = finding.step or {}
    if (of_facts := steps_of_facts.step(teller, finding)) is not None:
        return of_facts
    who, to, through = (told.get(name) for name in ("who", "to", "through"))
    names = {"who": teller.name(who), "to": teller.name(to), "through": teller.name(through)}
    if told.get("kind") in ("approach", "seek"):
        return _approach(teller, finding, names)
    if told.get("kind") == "visit":
        return _visit(teller, finding, to)
    if to is None:
        return _("Talk with %(who)s about a second partner.", **names)
    if through is not None:
        return _("Ask %(through)s to bring %(who)s and %(to)s together.", **names)
    return _("Bring %(who)s and %(to)s together.", **names)


def task(teller: Teller, finding: StoredFinding) -> Any:
    """Return the same as briefly as the title of a follow-up says it."""
    told = finding.step or {}
    who, through = told.get("who"), told.get("through")
    if told.get("kind") == "seek" and who is not None and not teller.is_ours(who, finding):
        sector = SECTOR_NOUNS[finding.sectors[0]]
        return _("Look for a first %(sector)s through %(who)s", sector=sector, who=teller.name(who))
    if told.get("kind") != "approach" or who is None or teller.is_ours(who, finding):
        return step(teller, finding)
    if through is None or through == who or teller.is_ours(through, finding):
        return _("Approach %(who)s", who=teller.name(who))
    return _(
        "Ask %(through)s for an introduction to %(who)s",
        through=teller.name(through),
        who=teller.name(who),
    )


def _approach(teller: Teller, finding: StoredFinding, names: dict[str, str]) -> Any:
    told = finding.step or {}
    who, through, sector = told["who"], told["through"], SECTOR_NOUNS[finding.sectors[0]]
    if who is None:
        return _(
            "No %(sector)s is known anywhere yet: find a first one and record it.", sector=sector
        )
    # Nobody has to be introduced to the office from which the team works, or by it.
    if teller.is_ours(who, finding):
        return _(
            "Visit %(region)s from %(who)s, to win a first %(sector)s there.",
            region=teller.region(finding),
            sector=sector,
            **names,
        )
    if told["kind"] == "seek":
        return _seek(teller, finding, {**names, "sector": sector})
    if teller.is_ours(through, finding):
        return _("Nearest: %(who)s; %(through)s knows it and can approach it directly.", **names)
    if through is None or through == who:
        return _("Nearest: %(who)s. Approach it directly.", **names)
    return _("Nearest: %(who)s, known to %(through)s. Ask %(through)s to introduce you.", **names)


def _seek(teller: Teller, finding: StoredFinding, names: dict[str, Any]) -> Any:
    """Return who can help to find a first organisation there, and cannot stand for one."""
    told = finding.step or {}
    who, through = told["who"], told["through"]
    if teller.is_ours(through, finding):
        return _(
            "No %(sector)s is known there yet. Nearest: %(who)s; %(through)s knows it and can ask "
            "who of its network works there.",
            **names,
        )
    if through is None or through == who:
        return _(
            "No %(sector)s is known there yet. Nearest: %(who)s. Ask who of its network works "
            "there.",
            **names,
        )
    return _(
        "No %(sector)s is known there yet. Nearest: %(who)s, known to %(through)s. Ask %(through)s "
        "to introduce you, then ask who of its network works there.",
        **names,
    )


def _visit(teller: Teller, finding: StoredFinding, visitor: int | None) -> Any:
    lonely = teller.name(finding.organisations[0])
    if visitor is None:
        return _("Plan a visit to %(lonely)s.", lonely=lonely)
    return _("Ask %(visitor)s to visit %(lonely)s.", visitor=teller.name(visitor), lonely=lonely)
