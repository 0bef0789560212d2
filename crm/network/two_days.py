"""Two days compared: what became of each tie, who came to work or left it, and of the index."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import networkx as nx

from crm.network import analysis, records
from crm.network.models import Analysis
from crm.network.questions import EARLIEST, LATEST, Question
from crm.network.selection import Selection, select
from crm.regions import services as regions
from graphs import build
from graphs.measures import TieChange, tie_changes, two_days
from graphs.places import lies_in
from graphs.records import Place

YEAR = timedelta(days=365)
DIGITS = 4
"""How many digits of a strength are kept: two are shown, three stand in files."""
KINDS = two_days.KINDS
"""What can become of a tie, in the order in which it is told."""
PARTS = ("value", "coverage", "linkage", "cohesion", "resilience")


@dataclass(frozen=True)
class Days:
    """The same question asked on an earlier and on a later day."""

    earlier: Question
    later: Question

    def other_than(self, question: Question) -> date:
        """Return the day with which that of a question is compared."""
        return self.earlier.on if question == self.later else self.later.on


def days(question: Question, asked: str) -> Days:
    """Return the two days to compare: that of the question, and another; a year before, if none."""
    try:
        other = date.fromisoformat(asked)
    except ValueError:
        other = question.on
    if not EARLIEST <= other <= LATEST or other == question.on:
        other = max(question.on - YEAR, EARLIEST)
    first, second = sorted((other, question.on))
    return Days(replace(question, on=first), replace(question, on=second))


@dataclass(frozen=True)
class Compared:
    """What is different on the later day, in the part of the network that was chosen."""

    changes: dict[tuple[Any, Any], TieChange]
    appeared: list[int]
    """Who is at work on the later day and was not on the earlier one."""
    left: list[int]
    ties: tuple[int, int]
    """Working ties on either day."""
    engaged: tuple[int, int]
    """Organisations at work on either day."""


def asked(days: Days, selection: Selection) -> dict[str, Any]:
    """Return what is asked of ``compare``, beside the later day and its window."""
    return {
        "since": days.earlier.on.isoformat(),
        "sectors": sorted(selection.sectors),
        "region": selection.region,
        "layers": sorted(selection.layers),
    }


def compare(question: Question, _analysis: Analysis, asked: dict[str, Any]) -> dict[str, Any]:
    """Compare a day with an earlier one, as plain values that can be kept.

    :param asked: what ``asked`` returns
    """
    earlier = replace(question, on=date.fromisoformat(asked["since"]))
    selection = Selection(
        sectors=frozenset(asked["sectors"]),
        region=asked["region"],
        layers=frozenset(asked["layers"]),
    )
    found = compared(Days(earlier, question), selection)
    changes: dict[str, list[list[Any]]] = {}
    for pair, change in found.changes.items():
        strengths = (round(one, DIGITS) for one in (change.before, change.after))
        changes.setdefault(change.kind, []).append([*pair, *strengths])
    return {
        "changes": changes,
        "appeared": found.appeared,
        "left": found.left,
        "ties": list(found.ties),
        "engaged": list(found.engaged),
    }


def read(kept: dict[str, Any]) -> Compared:
    """Return what ``compare`` found, from what was kept of it."""
    (ties, ties_now), (engaged, engaged_now) = kept["ties"], kept["engaged"]
    return Compared(
        changes={
            (one, other): TieChange(kind, before, after)
            for kind, rows in kept["changes"].items()
            for one, other, before, after in rows
        },
        appeared=kept["appeared"],
        left=kept["left"],
        ties=(ties, ties_now),
        engaged=(engaged, engaged_now),
    )


def compared(asked: Days, selection: Selection) -> Compared:
    """Compare the two days: both networks are built, which is work for a job."""
    places = records.places()
    whole = [analysis.graph_of(one) for one in (asked.earlier, asked.later)]
    before, after = (select(graph, selection, places) for graph in whole)
    was, now = (_at_work(graph, selection, places) for graph in whole)
    return Compared(
        changes=tie_changes(before, after),
        appeared=sorted(now - was),
        left=sorted(was - now),
        ties=(before.number_of_edges(), after.number_of_edges()),
        engaged=(len(was), len(now)),
    )


def together(before: nx.Graph, after: nx.Graph) -> nx.Graph:
    """Return all ties of both days; of a tie or a group on both, what the later day says."""
    both = nx.compose(before, after)
    both.graph = {"working_ties": after.number_of_edges()}
    for (one, other), change in tie_changes(before, after).items():
        both.edges[one, other].update(
            change=change.kind,
            before=change.before,
            after=change.after,
            strength=max(change.before, change.after),
        )
    return both


def _at_work(graph: nx.Graph, selection: Selection, places: dict[str, Place]) -> set[int]:
    """Return who is at work among those that the filters name; kinds of tie do not matter."""
    return {
        one
        for one in build.engaged(graph)
        if (not selection.sectors or graph.nodes[one]["sector"] in selection.sectors)
        and (
            selection.region is None
            or lies_in(places, graph.nodes[one]["region"], selection.region)
        )
    }


@dataclass(frozen=True)
class IndexChange:
    """The index of a region with its parts, on the earlier and on the later day."""

    code: str
    name: str
    parts: dict[str, tuple[float | None, float | None]]

    @property
    def is_known(self) -> bool:
        """Whether somebody was at work on one of the days."""
        return any(value is not None for value in self.parts["value"])


def indices(before: Analysis, after: Analysis, region: str | None) -> list[IndexChange]:
    """Return how the index changed: of a region and those in it, or of all provinces."""
    codes = [
        code
        for code in sorted(before.regions.keys() | after.regions.keys())
        if (code == region or code.startswith(f"{region}.") if region else "." not in code)
    ]
    names = regions.names_of(codes)
    found = [
        IndexChange(
            code,
            names.get(code, code).split(",")[0],
            {
                part: (
                    before.regions.get(code, {}).get(part),
                    after.regions.get(code, {}).get(part),
                )
                for part in PARTS
            },
        )
        for code in codes
    ]
    return [one for one in found if one.is_known]
