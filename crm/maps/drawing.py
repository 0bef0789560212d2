"""A map ready to be shown: its graph, positions, names, sizes and suggested ties."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import networkx as nx
from sqlalchemy import select

from crm.db import db
from crm.formats import day
from crm.language import _
from crm.maps import store
from crm.maps.store import Positions
from crm.network.found import findings_of
from crm.network.models import Analysis, StoredFinding
from crm.network.questions import Question
from crm.network.selection import Selection
from crm.regions import services as regions
from crm.stakeholders.models import Stakeholder

SUGGESTED_SHOWN = 60
COMPUTED_SIZES = ("betweenness", "exit")
"""Sizes of nodes that the stored analysis knows."""


@dataclass(frozen=True)
class Drawing:
    """A map: its graph, its positions, and the names of what is in it."""

    question: Question
    selection: Selection
    graph: nx.Graph
    positions: Positions
    names: dict[Any, str]
    labels: dict[Any, str]
    """What stands beside a node: the short name where there is one."""
    also: dict[Any, str]
    """Everything by which a node is found: names, aliases, abbreviations."""
    regions: dict[str, str]
    sizes: dict[Any, float]
    suggested: list[tuple[Any, Any]]
    described: list[tuple[Any, str]]
    selected: int | None
    """The organisation to look at: the one in focus, or the one that a finding is about."""
    place: str
    """The region that the map is about; empty for all."""

    @property
    def grouped(self) -> bool:
        """Whether some nodes are groups of organisations."""
        return any("size" in data for _node, data in self.graph.nodes(data=True))

    @property
    def organisations(self) -> int:
        """How many organisations the map stands for."""
        return sum(data.get("size", 1) for _node, data in self.graph.nodes(data=True))

    @property
    def ties(self) -> int:
        """How many ties the map stands for; also those inside of groups, which no line shows."""
        return self.inside + sum(
            data.get("ties", 1) for *_pair, data in self.graph.edges(data=True)
        )

    @property
    def inside(self) -> int:
        """How many ties join organisations of the same group."""
        return sum(data.get("inside", 0) for _node, data in self.graph.nodes(data=True))

    @property
    def working_ties(self) -> int:
        """How many of its ties work."""
        return int(self.graph.graph["working_ties"])

    @property
    def title(self) -> str:
        """The heading of the picture."""
        on = day(self.question.on)
        if self.selection.focus in self.names:
            name = self.names[self.selection.focus]
            return str(_("Partnership network around %(name)s, %(day)s", name=name, day=on))
        if self.place:
            return str(_("Partnership network of %(name)s, %(day)s", name=self.place, day=on))
        return str(_("Partnership network, %(day)s", day=on))


def draw(
    question: Question,
    analysis: Analysis | None,
    selection: Selection,
    *,
    size: str,
    with_gaps: bool,
    described: list[tuple[Any, str]],
    finding: str,
    now: datetime,
) -> Drawing:
    """Return the map of a selection; with a finding, of those it names too."""
    found = _finding(analysis, finding)
    if found is not None:
        selection = replace(selection, also=frozenset(_named(found)))
    # Read before the picture is worked out: meanwhile a job may replace the results.
    findings = [*([found] if found else []), *_findings(analysis, with_gaps)]
    graph, where = store.drawn(question, selection, now)
    drawing = dressed(
        question, selection, graph, where, described, sizes=_sizes(graph, analysis, size)
    )
    return replace(
        drawing,
        suggested=_suggested(graph, findings),
        selected=selection.focus or next(iter(_named(found)), None) if found else selection.focus,
    )


def dressed(
    question: Question,
    selection: Selection,
    graph: nx.Graph,
    where: Positions,
    described: list[tuple[Any, str]],
    sizes: dict[Any, float],
) -> Drawing:
    """Return a graph whose places are known with the names of what is in it."""
    rows = _rows(graph)
    codes = {data["region"] for _node, data in graph.nodes(data=True)} | {selection.region}
    names = regions.names_of({code for code in codes if code})
    return Drawing(
        question=question,
        selection=selection,
        graph=graph,
        positions=where,
        names={one: name for one, name, _short, _text in rows},
        labels={one: short or name for one, name, short, _text in rows},
        also={one: text for one, _name, _short, text in rows},
        regions=names,
        sizes=sizes,
        suggested=[],
        described=described,
        selected=None,
        place=names.get(selection.region or "", ""),
    )


def _named(found: StoredFinding) -> list[int]:
    """Return whom the next step of a finding names; else whom the finding is about."""
    step = found.step or {}
    named = [step[name] for name in ("who", "to", "through") if step.get(name) is not None]
    return named or found.organisations[:1]


def _finding(analysis: Analysis | None, key: str) -> StoredFinding | None:
    if analysis is None or not key:
        return None
    return db.session.scalar(findings_of(analysis).where(StoredFinding.key == key))


def _findings(analysis: Analysis | None, with_gaps: bool) -> list[StoredFinding]:
    if analysis is None or not with_gaps:
        return []
    return list(db.session.scalars(findings_of(analysis).order_by(StoredFinding.rank)))


def _suggested(graph: nx.Graph, findings: Iterable[StoredFinding]) -> list[tuple[Any, Any]]:
    """Return the ties that the next steps of findings suggest, among the nodes that are shown."""
    pairs: dict[tuple[int, int], None] = {}
    for finding in findings:
        one, other = _pair(graph, finding)
        if one in graph and other in graph and one != other and not graph.has_edge(one, other):
            pairs.setdefault((min(one, other), max(one, other)))
        if len(pairs) == SUGGESTED_SHOWN:
            break
    return list(pairs)


def _pair(graph: nx.Graph, finding: StoredFinding) -> tuple[Any, Any]:
    """Return whom a finding would tie together; None where it names nobody.

    A region that lacks a sector gets its tie to the organisation that knows most others there;
    where nobody of the sector is known there, no tie that could be drawn would close it.
    """
    step = finding.step or {}
    if step.get("kind") == "seek":
        return None, None
    if step.get("kind") != "approach":
        return step.get("who"), step.get("to") or step.get("through")
    home = finding.region_code or ""
    there = [
        node
        for node, data in graph.nodes(data=True)
        if f"{data.get('region') or ''}.".startswith(f"{home}.") and node != step.get("who")
    ]
    return step.get("who"), max(there, key=lambda node: graph.degree(node), default=None)


def _rows(graph: nx.Graph) -> list[Any]:
    """Return id, name, short name and the words by which they are found, of the organisations."""
    ids = [node for node in graph if isinstance(node, int)]
    columns = (Stakeholder.id, Stakeholder.name, Stakeholder.short_name, Stakeholder.search_text)
    return list(db.session.execute(select(*columns).where(Stakeholder.id.in_(ids))))


def _sizes(graph: nx.Graph, analysis: Analysis | None, size: str) -> dict[Any, float]:
    if any("size" in data for _node, data in graph.nodes(data=True)):
        return {node: float(data.get("size", 1)) for node, data in graph.nodes(data=True)}
    if size == "degree":
        return {node: float(degree) for node, degree in graph.degree()}
    if size == "influence":
        query = select(Stakeholder.id, Stakeholder.influence)
        rows = dict(db.session.execute(query.where(Stakeholder.id.in_(list(graph)))).all())
        return {node: float(rows.get(node) or 0) for node in graph}
    if size in COMPUTED_SIZES and analysis is not None:
        # Asked for by id: of results that were replaced a moment ago there is no row to load from.
        query = select(Analysis.nodes).where(Analysis.id == analysis.id)
        measures = db.session.scalar(query) or {}
        return {node: float(measures.get(str(node), {}).get(size) or 0) for node in graph}
    return dict.fromkeys(graph, 1.0)
