"""Who should meet whom, through whom: the new ties that close the most severe findings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphs.findings.ground import survey
from graphs.plans.answers import Introduction, Introductions, Pair
from graphs.plans.board import Board
from graphs.plans.candidates import Effects, Tie, candidates
from graphs.plans.clashes import clashes, feasible, relaxation
from graphs.plans.exchange import exchanges
from graphs.plans.solving import relative_gap, solve
from graphs.plans.tie_question import TieQuestion, ask, rules
from graphs.records import Finding, Place

ALTERNATIVES = 3
"""So many introducers are weighed per pair, where it is limited how often one may be asked."""


def introductions(
    graph: nx.Graph,
    findings: Iterable[Finding],
    places: Mapping[str, Place],
    k: int,
    *,
    offices: Mapping[str, int] | None = None,
    must: Iterable[Pair] = (),
    must_not: Iterable[Pair] = (),
    spared: Collection[int] = (),
    not_through: Collection[int] = (),
    per_organisation: int | None = None,
    per_introducer: int | None = None,
    thresholds: Mapping[str, float] | None = None,
    breadth: int = 12,
    time_limit: float = 2.0,
) -> Introductions:
    """Return the k introductions that together close the most severity.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        A network of :func:`graphs.build.network`, with all its ties. Not changed.
    findings : iterable of Finding, of length f
        What :func:`graphs.findings.find` said of this network, all or some of it. Codes that a
        tie cannot close are counted in `possible` and stay open.
    places : Mapping from code to Place
        The known regions, as for the findings.
    k : int >= 0
        How many introductions can be made. More than there are candidates is no error.
    offices : Mapping from region code to organisation, optional
        The library office of districts and provinces. An organisation's office is that of the
        nearest region on its way up that has one.
    must, must_not : iterable of (int, int)
        Pairs that have to be in the plan, whatever they close, and pairs that may not. Which of
        the two comes first does not matter.
    spared : collection of int
        Organisations that shall neither be introduced to anybody nor introduce anybody.
    not_through : collection of int
        Organisations that shall introduce nobody; they may still be introduced.
    per_organisation : int >= 1, optional
        In how many lines one organisation may be introduced; without limit if not given.
    per_introducer : int >= 1, optional
        How many introductions one organisation may be asked for; without limit if not given.
    thresholds : Mapping from code to float, optional
        Those with which the findings were found.
    breadth : int >= 1, default=12
        How many organisations, best connected first, a finding proposes on each side.
    time_limit : float > 0, default=2
        Seconds after which the best plan found so far is returned, with its gap.

    Returns
    -------
    Introductions
        Lines by what would stay open without them, the severity they close and relieve
        together, the bound and gap, and what stays open. When the rules cannot be kept
        together: no lines, `clashes` with a smallest set of such rules, and `relaxation`.

    Raises
    ------
    ValueError
        If `k` or a limit is out of range, a pair in `must` names nobody of the network or is
        one organisation twice, or two of it work together already.

    See Also
    --------
    graphs.findings.find : The findings, and the next step of each on its own.
    graphs.plans.augmentation.fewest_ties : The ties without which no exit parts a region.
    graphs.plans.difference.with_ties : The network after these introductions.

    Notes
    -----
    A candidate closes or relieves a finding, and its two organisations met before, or are at
    most three steps apart along working ties, or share a library office. Who introduces them is
    the partner of both whose weaker tie is strongest, else the shared office, else the partner
    of the second who knows one of the first.

    Maximum coverage as a 0/1 programme, solved by HiGHS: see
    :func:`graphs.plans.invite_list.invite_list`, of which it is a sister. A finding counts once.
    Where a tie only relieves one, what it takes away counts once: the severity of a region
    in several parts is shared out among the pairs of parts by the pairs of organisations they
    would connect, and of a broker by the pairs that would no longer depend on it. Two such ties
    together can do more than that, never less.

    Findings depend on each other, so :func:`graphs.plans.difference.difference` on the network
    with the ties may show something else: the last missing sector but one makes the last one more
    severe, an organisation that is newly engaged brings its own pairs of sectors, and a tie puts
    more pairs behind the brokers it leads to, so that what another line relieved of them may
    weigh again.

    Time O(f · breadth²) for the candidates, each looked up in the partners of its two: 0.5 s
    for 100 findings at 1 500 organisations and 13 000 ties, 2-4 s with limits on organisations
    or introducers, when every pair enters the programme.

    Examples
    --------
    An office works with a university and with a bank, which do not know each other; a
    newspaper was met once, in a crowd:

    >>> from datetime import date
    >>> from graphs.build import network
    >>> from graphs.findings import find
    >>> from graphs.records import Actor, Tie
    >>> sectors = ["opd", "university", "business", "media"]
    >>> actors = [Actor(at, sector, "district", "16.04") for at, sector in enumerate(sectors)]
    >>> day = date(2017, 11, 6)
    >>> graph = network(actors, [Tie("team", (0, 1), day), Tie("team", (0, 2), day)], day)
    >>> wanted = {"district": sectors}
    >>> findings = find(graph, {}, ["16.04"], wanted)
    >>> plan = introductions(graph, findings, {}, k=2, offices={"16.04": 0})
    >>> [(line.a, line.b, line.through) for line in plan.lines]
    [(1, 2, 0), (0, 3, None)]
    >>> plan.gap, plan.lines[1].closes
    (0.0, ('uncovered-sector:16.04:media:', 'isolated-stakeholder:16.04::3'))
    """
    findings = sorted(findings, key=lambda one: (-one.severity, one.key))
    pinned, refused = _ordered(must), _ordered(must_not)
    _check(graph, k, pinned, per_organisation, per_introducer, breadth, time_limit)
    ground = survey(graph, places, [one.region for one in findings if one.region is not None])
    board = Board(ground, offices, spared, breadth, not_through)
    ties = candidates(
        board,
        Effects(board, findings, thresholds or {}),
        must=pinned,
        must_not=refused,
        alternatives=ALTERNATIVES if per_introducer is not None else 1,
        lossless=per_organisation is None and per_introducer is None,
    )
    weights = {one.key: one.severity for one in findings}
    rows = rules(ties, k, pinned, refused, board.spared, per_organisation, per_introducer)
    question = ask(ties, weights, rows)
    nobody = Introductions(
        possible=fsum(weights.values()),
        open=tuple(weights),
        beyond=_beyond(weights, ties),
        candidates=len({one.pair for one in ties}),
    )
    return _answer(question, weights, pinned, nobody, time_limit)


def _answer(
    question: TieQuestion,
    weights: Mapping[str, float],
    pinned: Collection[Pair],
    nobody: Introductions,
    time_limit: float,
) -> Introductions:
    """Return the best plan, or why there is none."""
    start = feasible(question)
    if start is None:
        return replace(nobody, clashes=clashes(question), relaxation=relaxation(question))
    if not question.candidates:
        return replace(nobody, gap=0.0)
    chosen, bound = solve(question, start, time_limit)
    total = question.value(chosen)
    closed = set[str]().union(*(question.candidates[at].closes for at in np.flatnonzero(chosen)))
    return replace(
        nobody,
        lines=_lines(question, chosen, weights, pinned),
        total=total,
        bound=total if bound is None else bound,
        gap=relative_gap(total, bound),
        open=tuple(key for key in weights if key not in closed),
    )


def _lines(
    question: TieQuestion,
    chosen: NDArray[np.bool_],
    weights: Mapping[str, float],
    pinned: Collection[Pair],
) -> tuple[Introduction, ...]:
    """Return the chosen ties by what would be lost without them, then by ids."""
    loses = exchanges(question, chosen).loses
    lines = []
    for at in np.flatnonzero(chosen).tolist():
        tie = question.candidates[at]
        # Closing outweighs relieving: a finding stands with one of the two.
        closes = tie.closes
        relieves: dict[str, float] = defaultdict(float)
        for (key, _mark), share in tie.reliefs.items():
            if key not in closes:
                relieves[key] += share
        lines.append(
            Introduction(
                *tie.pair,
                through=tie.through,
                path=tie.way,
                closes=tuple(key for key in weights if key in closes),
                relieves={key: relieves[key] for key in weights if key in relieves},
                worth=float(loses[at]),
                reason="must" if tie.pair in pinned else "severity",
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.worth, line.a, line.b)))


def _beyond(weights: Mapping[str, float], ties: Sequence[Tie]) -> tuple[str, ...]:
    """Return the findings that no candidate closes or relieves."""
    within = {key for tie in ties for key, _mark in tie.reliefs}
    return tuple(key for key in weights if key not in within)


def _ordered(pairs: Iterable[Pair]) -> list[Pair]:
    """Return each pair once, its lower id first."""
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _check(
    graph: nx.Graph,
    k: int,
    pinned: Iterable[Pair],
    per_organisation: int | None,
    per_introducer: int | None,
    breadth: int,
    time_limit: float,
) -> None:
    """Refuse what cannot be meant."""
    limits = [one for one in (per_organisation, per_introducer) if one is not None]
    if k < 0 or min([*limits, breadth]) < 1 or not time_limit > 0:
        raise ValueError("k starts at 0, limits and breadth at 1, and time_limit above 0 seconds.")
    for a, b in pinned:
        if a == b or a not in graph or b not in graph:
            raise ValueError(f"({a}, {b}) must meet, but are no two organisations of the network.")
        if graph.has_edge(a, b) and graph.edges[a, b].get("working", True):
            raise ValueError(f"({a}, {b}) must meet, but work together already.")
