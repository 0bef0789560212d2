"""Who brokers between whom: known answers and pairs to count on fingers."""

from dataclasses import astuple
from itertools import combinations

import networkx as nx
import pytest

from graphs import measures
from graphs.measures import Roles
from graphs.records import SECTORS

KARATE = nx.karate_club_graph()


def test_known_answers():
    roles = measures.brokerage(KARATE, by="club")
    assert sum(one.total for one in roles.values()) == 393
    assert [sum(column) for column in zip(*map(astuple, roles.values()), strict=True)] == [
        255,
        128,
        10,
        0,
        0,
    ]
    assert astuple(roles[0])[:3] == (87, 15, 0)


class TestRoles:
    @pytest.mark.parametrize(
        ("sectors", "roles"),
        [
            (("opd", "opd", "opd"), Roles(coordinator=1)),
            (("opd", "opd", "media"), Roles(gatekeeper=1)),
            (("media", "opd", "opd"), Roles(gatekeeper=1)),
            (("opd", "media", "opd"), Roles(itinerant=1)),
            (("opd", "media", "business"), Roles(liaison=1, exclusive_liaison=1)),
        ],
    )
    def test_of_the_one_in_the_middle(self, sectors, roles):
        graph = nx.path_graph(3)
        nx.set_node_attributes(graph, dict(enumerate(sectors)), "sector")
        assert measures.brokerage(graph) == {0: Roles(), 1: roles, 2: Roles()}

    def test_are_none_for_a_pair_that_knows_itself(self):
        graph = nx.complete_graph(3)
        nx.set_node_attributes(graph, dict(enumerate(SECTORS)), "sector")
        assert set(measures.brokerage(graph).values()) == {Roles()}

    def test_are_not_exclusive_when_another_brokers_the_pair(self):
        graph = nx.cycle_graph(4)  # 0 and 2 both stand between 1 and 3
        nx.set_node_attributes(
            graph, {0: "opd", 1: "media", 2: "university", 3: "business"}, "sector"
        )
        roles = measures.brokerage(graph)
        assert roles[0] == roles[2] == Roles(liaison=1)

    def test_add_up_to_the_open_pairs_of_partners(self):
        graph = nx.gnp_random_graph(40, 0.15, seed=4)
        nx.set_node_attributes(graph, {node: SECTORS[node % 6] for node in graph}, "sector")
        for node, roles in measures.brokerage(graph).items():
            open_pairs = [
                pair for pair in combinations(graph[node], 2) if not graph.has_edge(*pair)
            ]
            exclusive = [
                pair
                for pair in open_pairs
                if set(nx.common_neighbors(graph, *pair)) == {node}
                and len({graph.nodes[one]["sector"] for one in (node, *pair)}) == 3
            ]
            assert roles.total == len(open_pairs)
            assert roles.exclusive_liaison == len(exclusive)
