"""Every finding against its definition, on random networks, and gone when its step is done."""

from datetime import date
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.build import engaged, network, working
from graphs.findings import find
from graphs.measures import fragmentation
from graphs.records import SECTORS, Options, Tie
from tests.graphs.partnerships import DAY, PLACES, REGIONS, actor, team

ALL_YEARS = Options(window_days=None)


@st.composite
def networks(draw):
    """A small network over two provinces, three districts and a village."""
    size = draw(st.integers(0, 9))
    places = st.sampled_from((*REGIONS, None))
    actors = [
        actor(one, draw(st.sampled_from(SECTORS[:4])), draw(places)) for one in range(1, size + 1)
    ]
    pairs = list(combinations(range(1, size + 1), 2))
    ties = [
        draw(st.sampled_from((team, lone)))(*pair)
        for pair in (draw(st.lists(st.sampled_from(pairs), max_size=12)) if pairs else ())
    ]
    return network(actors, ties, DAY, ALL_YEARS)


def lone(*members):
    """Return an event of long ago: both attended, nothing binds them."""
    return Tie("attendance", members, date(2005, 1, 1), evidence=("event", min(members)))


def members(graph, region):
    """Return the organisations of a region, by the dots of its code."""
    return {
        one
        for one, code in graph.nodes(data="region")
        if code is not None and (code == region or code.startswith(f"{region}."))
    }


class TestAgainstTheDefinitions:
    @settings(max_examples=40, deadline=None)
    @given(networks())
    def test_each_code_stands_exactly_when_it_should(self, graph):
        ties, alive, nodes = working(graph), engaged(graph), graph.nodes
        expected = set()
        for region in REGIONS[:-1]:
            ours = members(graph, region)
            there = {nodes[one]["sector"] for one in ours & alive}
            expected |= {("uncovered-sector", region, (one,)) for one in set(SECTORS) - there}
            linked = {
                frozenset(nodes[one]["sector"] for one in tie) for tie in ties.subgraph(ours).edges
            }
            expected |= {
                ("unlinked-sectors", region, pair)
                for pair in combinations(SECTORS, 2)
                if set(pair) <= there and frozenset(pair) not in linked
            }
            around = {
                one
                for one, data in nodes(data=True)
                if data["level"] == "province" and data["region"] == region[:2]
            }
            parts = nx.connected_components(ties.subgraph(ours | around))
            if sum(bool(part & ours & alive) for part in parts) > 1:
                expected.add(("split-region", region, ()))
            expected |= brokers(ties.subgraph(ours), region)
        expected |= brokers(ties, None)
        expected |= {
            ("isolated-stakeholder", nearest(nodes[one]["region"]), (one,))
            for one in ties
            if not ties.degree(one)
        }

        got = find(graph, PLACES, REGIONS)

        assert {identity(one) for one in got} == expected
        assert len(got) == len(expected) == len({one.key for one in got})

    @settings(max_examples=40, deadline=None)
    @given(networks())
    def test_a_finding_is_gone_when_its_step_is_done(self, graph):
        for one in find(graph, PLACES, REGIONS):
            pair = suggested(graph, one)
            if pair is None:
                continue
            done = nx.Graph(graph)
            done.add_edge(*pair, strength=1.0, working=True, layers={}, evidence=[])

            keys = {other.key for other in find(done, PLACES, REGIONS)}

            assert one.key not in keys

    @settings(max_examples=40, deadline=None)
    @given(networks())
    def test_numbers_and_steps(self, graph):
        ties = working(graph)
        got = find(graph, PLACES, REGIONS)

        assert [one.severity for one in got] == sorted((one.severity for one in got), reverse=True)
        for one in got:
            assert 0 < one.impact <= 1
            assert one.severity == pytest.approx(100 * one.impact * one.need)
            assert set(one.organisations) <= set(graph)
            step = one.step
            if one.code in ("unlinked-sectors", "split-region") and step.who is not None:
                apart = distance(ties, step.who, step.to)
                assert one.values["steps"] == apart
                assert apart is None or (ties.has_node(step.through) and apart >= 2)
            if one.code == "unlinked-sectors":
                ours = members(graph, one.region) & engaged(graph)
                first, second = (
                    {this for this in ours if graph.nodes[this]["sector"] == sector}
                    for sector in one.sectors
                )
                ways = [distance(ties, this, that) for this in first for that in second]
                known = [way for way in ways if way is not None]
                assert one.values["steps"] == (min(known) if known else None)
                if one.values["steps"] == 2:
                    assert {step.who, step.to} <= set(ties[step.through])

    @settings(max_examples=40, deadline=None)
    @given(networks(), st.randoms(use_true_random=False))
    def test_the_order_of_nodes_and_regions_changes_nothing(self, graph, random):
        nodes, edges, regions = list(graph.nodes(data=True)), list(graph.edges), list(REGIONS)
        for one in (nodes, edges, regions):
            random.shuffle(one)
        other = nx.Graph()
        other.add_nodes_from(nodes)
        other.add_edges_from((b, a, graph.edges[a, b]) for a, b in edges)

        assert find(other, PLACES, regions) == find(graph, PLACES, REGIONS)


def identity(one):
    """Return what the definitions say about a finding: code, region, and sectors or ids."""
    if one.of_region:
        return one.code, one.region, ()
    return one.code, one.region, one.sectors or one.organisations


def nearest(code):
    """Return the region looked at in which an organisation is reported."""
    return "16.04" if code == "16.04.01.2001" else code


def brokers(ties, region):
    """Return who raises F by 0.05 and separates others, each removed one by one."""
    if len(ties) < 3:
        return set()
    alone = {}
    for one in ties:
        rest = ties.subgraph(set(ties) - {one})
        rise = fragmentation(rest) - fragmentation(ties)
        known = set(ties[one])
        parts = sum(bool(part & known) for part in nx.connected_components(rest))
        alone[one] = rise >= 0.05 - 1e-9 and parts > 1
    return {("single-broker", region, (one,)) for one, is_one in alone.items() if is_one}


def distance(ties, one, other):
    """Return the steps between two organisations, None where no path leads."""
    return nx.shortest_path_length(ties, one, other) if nx.has_path(ties, one, other) else None


def suggested(graph, one):
    """Return the tie that should end a finding, None where it can only help."""
    step = one.step
    if one.code == "uncovered-sector":
        ours = members(graph, one.region)
        others = ours - {step.who}
        return (step.who, min(others)) if step.who in ours and others else None
    if one.code in ("split-region", "single-broker") and one.values["parts"] > 2:
        return None
    return None if None in (step.who, step.to) else (step.who, step.to)
