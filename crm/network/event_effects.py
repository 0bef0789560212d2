"""What an event may change and has changed: the door to graphs.plans.event_effect.

Everything is told of one day and one network without the event, so that what was to be expected and
what has come of it can stand beside each other.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import graphs.build
import graphs.findings
from crm.network import records, settings
from crm.network.analysis import active_regions, options_of
from crm.network.jobs import plain
from crm.network.models import StoredFinding
from crm.network.plans import CLOSED_BY_GUESTS, Invitee, touching, weight
from crm.network.questions import Question
from graphs.plans.answers import Difference
from graphs.plans.event_effect import measured_effect, predicted_effect
from graphs.records import Actor, Candidate, Facts, Finding, Index, Place, Tie

NO_FACTS = Facts()
"""What guests can close shows in the ties alone."""
RUNS = 100
"""So many companies are drawn where there are more: the mean is within a fifth of its spread."""
TOLD = 30
"""So many findings of each sort are kept to be told; all are counted."""


@dataclass(frozen=True)
class Comer:
    """An organisation that is invited, with its chance to come."""

    invitee: Invitee
    chance: float


class Stage:
    """One day, one network without the event, and what stands on it."""

    def __init__(self, question: Question, event_id: int, region: str | None) -> None:
        """Read everything once."""
        self.question, self.region = question, region
        self.event = ("event", event_id)
        self.options = options_of(question)
        self.actors: list[Actor] = records.actors()
        self.ties: list[Tie] = records.ties()
        self.others = [one for one in self.ties if one.evidence != self.event]
        self.places: dict[str, Place] = records.places()
        with graphs.build.collector_paused():
            self.graph = graphs.build.network(self.actors, self.others, question.on, self.options)
        self.codes = _inside(active_regions(self.graph, self.places), region)
        self.by = settings.in_force()
        found = graphs.findings.find(
            self.graph,
            self.places,
            self.codes,
            self.by.wanted,
            self.by.thresholds,
            NO_FACTS,
        )
        self.findings = [one for one in found if _is_ours(one, self.codes)]
        self.stored = [as_stored(plain(one)) for one in self.findings]
        self.weights = {one.key: weight(one) for one in self.stored}

    def touched(self, invitees: Sequence[Invitee]) -> dict[int, list[str]]:
        """Return which findings each organisation touches by its presence."""
        return touching(invitees, self.stored)

    def expected(self, comers: Sequence[Comer], hosts: Collection[int]) -> dict[str, Any]:
        """Return what these guests are expected to change, as plain values."""
        closes = self.touched([one.invitee for one in comers])
        likely = {one.invitee.id: one.chance for one in comers}
        found = predicted_effect(
            self.graph,
            self.places,
            [self.region] if self.region else [],
            [
                Candidate(one.id, one.id, one.sector, one.region_code, closes=tuple(closes[one.id]))
                for one in (comer.invitee for comer in comers)
            ],
            likely,
            self.weights,
            hosts=hosts,
            options=self.options,
            runs=RUNS,
        )
        everybody = self._after({*likely, *hosts})
        index = found.index.get(self.region) if self.region else None
        closed = _closed(everybody, self.codes)
        chances = [found.findings.get(one.key) for one in closed]
        return {
            "guests": fsum(one.chance * one.invitee.seats for one in comers),
            "seats": sum(one.invitee.seats for one in comers),
            "index": None
            if index is None
            else {
                "before": index.before,
                "mean": index.mean,
                "low": index.low,
                "high": index.high,
                "everybody": self._index(everybody)[1]["value"],
            },
            "sectors": [one["sectors"] for one in self._index(everybody)],
            "severity": found.severity,
            "possible": fsum(self.weights.values()),
            "touched": fsum(found.findings.values()),
            "findings": len(self.findings),
            "closed": fsum(one for one in chances if one is not None),
            "closable": len(closed),
            "closes": [
                {"finding": plain(one), "chance": chance}
                for one, chance in zip(closed[:TOLD], chances, strict=False)
            ],
        }

    def measured(self, present: Sequence[Invitee], absent: Sequence[Invitee]) -> dict[str, Any]:
        """Return what has come of the event, as plain values.

        :param present: the organisations that came
        :param absent: those that were invited and did not
        """
        change = self._made_by(self.ties)
        touched = {key for keys in self.touched(present).values() for key in keys}
        lost = {
            one: [key for key in keys if key not in touched]
            for one, keys in self.touched(absent).items()
        }
        closed = _closed(change, self.codes)
        gone = {one.key for one in closed}
        still = [one for one in self.findings if one.key in touched and one.key not in gone]
        before, after = self._index(change)
        return {
            "index": {"before": before["value"], "after": after["value"]} if self.region else None,
            "sectors": [before["sectors"], after["sectors"]],
            "severity": fsum(self.weights[key] for key in touched),
            "touched": len(touched),
            "closed": len(closed),
            "closes": [plain(one) for one in closed[:TOLD]],
            "still": [plain(one) for one in still[:TOLD]],
            "still_open": len(still),
            "opened": len([one for one in change.opened if _is_ours(one, self.codes)]),
            "absent": [{"organisation": one, "findings": len(keys)} for one, keys in lost.items()],
        }

    def _after(self, present: Iterable[int]) -> Difference:
        """Return what differs if exactly these have met."""
        meeting = Tie("attendance", tuple(sorted(present)), self.question.on, evidence=self.event)
        return self._made_by([*self.others, meeting])

    def _made_by(self, ties: Sequence[Tie]) -> Difference:
        """Return what the event makes different, with these ties."""
        return measured_effect(
            self.actors,
            ties,
            self.event,
            self.question.on,
            self.places,
            self.codes,
            options=self.options,
            wanted=self.by.wanted,
            thresholds=self.by.thresholds,
            facts=NO_FACTS,
        )

    def _index(self, change: Difference) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the index and the sectors at work of the region, or country, before and after."""
        before, after = change.index[self.region]
        return _plain(before), _plain(after)


def as_stored(columns: Mapping[str, Any], number: int = 0) -> StoredFinding:
    """Return a finding of plain values, to be told; it is in no database.

    :param number: tells findings apart where several are told together
    """
    return StoredFinding(id=-number, **columns)


def _plain(index: Index) -> dict[str, Any]:
    return {"value": index.value, "sectors": sum(many > 0 for many in index.sectors.values())}


def _closed(change: Difference, codes: Sequence[str]) -> list[Finding]:
    """Return the findings of the regions looked at that stand no more, most severe first."""
    ours = [one for one in change.closed if _is_ours(one, codes)]
    return sorted(ours, key=lambda one: (-one.severity, one.key))


def _is_ours(finding: Finding, codes: Sequence[str]) -> bool:
    """Whether guests can close a finding, and it lies in the regions looked at."""
    return finding.code in CLOSED_BY_GUESTS and finding.region in codes


def _inside(codes: Iterable[str], region: str | None) -> list[str]:
    if region is None:
        return list(codes)
    return sorted({region, *(one for one in codes if one.startswith(f"{region}."))})
