"""Plans of new ties: who should meet whom, worked out from the stored findings of a question."""

from collections.abc import Iterable
from typing import Any

import networkx as nx

from crm.db import db
from crm.network import records, settings
from crm.network.analysis import graph_of, options_of
from crm.network.found import as_found, findings_of
from crm.network.models import Analysis, StoredFinding
from crm.network.questions import Question
from graphs.places import path
from graphs.plans import introductions as by_findings
from graphs.plans.answers import Introduction
from graphs.plans.augmentation import fewest_ties_of_region
from graphs.plans.difference import indices, with_ties
from graphs.records import Finding, Index, Place

SECONDS = 10.0
"""So long a search for the best plan goes on; then the best one found is shown with its gap."""


def introductions(question: Question, analysis: Analysis, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the best introductions under the user's wishes, as ids, keys and numbers.

    :param asked: ``region``, ``k``, ``must`` and ``never`` (pairs), ``not_through``, ``spared``
        and ``per_introducer``
    """
    findings = _findings(analysis, asked["region"])
    graph = graph_of(question)
    places = records.places()
    offices = records.library_offices()
    must, unknown, tied = _wishes(graph, asked["must"])
    plan = by_findings.introductions(
        graph,
        findings,
        places,
        asked["k"],
        offices=offices,
        thresholds=settings.in_force().thresholds,
        must=must,
        must_not=[(one, other) for one, other in asked["never"]],
        spared=asked["spared"],
        not_through=asked["not_through"],
        per_introducer=asked["per_introducer"],
        time_limit=SECONDS,
    )
    region = asked["region"] or None
    after = with_ties(graph, [(line.a, line.b) for line in plan.lines], options_of(question))
    return {
        "lines": [_line(graph, places, offices, line) for line in plan.lines],
        "total": plan.total,
        "possible": plan.possible,
        "bound": plan.bound,
        "gap": plan.gap,
        "open": list(plan.open),
        "beyond": list(plan.beyond),
        "candidates": plan.candidates,
        "clashes": list(plan.clashes),
        "relaxation": [list(pair) for pair in plan.relaxation],
        "unknown": unknown,
        "tied": tied,
        "findings": len(findings),
        "index": [
            one.value for one in indices(graph, after, places, [region] if region else [])[region]
        ],
    }


def fewest(question: Question, analysis: Analysis, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the fewest introductions after which no single exit parts a region.

    :param asked: ``region``
    """
    graph = graph_of(question)
    region = asked["region"]
    places, offices = records.places(), records.library_offices()
    found = fewest_ties_of_region(graph, places, region, offices=offices, time_limit=SECONDS)
    index = analysis.regions.get(region)
    return {
        "lines": [_line(graph, places, offices, line) for line in found.lines],
        "bound": found.bound,
        "gap": found.gap,
        "parts": found.parts,
        "splitting": list(found.splitting),
        "engaged": index["engaged"] if index else 0,
    }


def _findings(analysis: Analysis, region: str) -> list[Finding]:
    query = findings_of(analysis, region or None).order_by(StoredFinding.rank)
    return [as_found(one) for one in db.session.scalars(query)]


def _wishes(
    graph: nx.Graph, pairs: Iterable[list[int]]
) -> tuple[list[tuple[int, int]], list[list[int]], list[list[int]]]:
    """Part the pairs that shall meet: those who can, those not in the network, those who did."""
    must, unknown, tied = [], [], []
    for one, other in pairs:
        if one == other or one not in graph or other not in graph:
            unknown.append([one, other])
        elif graph.has_edge(one, other) and graph.edges[one, other]["working"]:
            tied.append([one, other])
        else:
            must.append((one, other))
    return must, unknown, tied


def _office(
    graph: nx.Graph, places: dict[str, Place], offices: dict[str, int], pair: tuple[int, int]
) -> int | None:
    """Return which of two is a library office of the other: of its district, or its province."""
    for office, other in (pair, pair[::-1]):
        steps = path(places, graph.nodes[other].get("region"))
        if office in [offices.get(step) for step in steps]:
            return office
    return None


def _line(
    graph: nx.Graph, places: dict[str, Place], offices: dict[str, int], line: Introduction
) -> dict[str, Any]:
    return {
        "a": line.a,
        "b": line.b,
        "through": line.through,
        "path": list(line.path),
        "met": graph.has_edge(line.a, line.b),
        "office": _office(graph, places, offices, (line.a, line.b)),
        "closes": list(line.closes),
        "relieves": dict(line.relieves),
        "worth": line.worth,
        "must": line.reason == "must",
    }


def plain_index(index: Index) -> dict[str, Any]:
    """Return an index with its parts as plain values."""
    return {
        part: getattr(index, part)
        for part in ("value", "coverage", "linkage", "cohesion", "resilience", "engaged")
    }
