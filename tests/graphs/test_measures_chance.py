"""E–I beside chance: does shuffling the sectors explain what is seen?"""

import time
from itertools import permutations

import networkx as nx
import numpy as np
import pytest

from graphs import measures
from graphs.measures import Interval
from graphs.records import SECTORS

KARATE = nx.karate_club_graph()


def by_turns(graph: nx.Graph) -> nx.Graph:
    nx.set_node_attributes(graph, {node: SECTORS[node % 6] for node in graph}, "sector")
    return graph


class TestEiByChance:
    def test_holds_all_deals_of_a_small_network(self):
        # Four organisations in a chain, two and two: E–I is −1/3 or 1 or 1/3 by who sits where.
        graph = nx.path_graph(4)
        seen = set()
        for deal in permutations(("opd", "opd", "media", "media")):
            nx.set_node_attributes(graph, dict(enumerate(deal)), "sector")
            seen.add(measures.ei_index(graph).value)
        chance = measures.ei_by_chance(graph).network
        assert (chance.low, chance.high) == (min(seen), max(seen)) == (pytest.approx(-1 / 3), 1.0)

    def test_finds_the_karate_clubs_inward(self):
        chance = measures.ei_by_chance(KARATE, by="club")
        mixing = measures.ei_index(KARATE, by="club")
        assert chance.network.below(mixing.value)
        assert not chance.network.above(mixing.value)
        assert chance.network.low < mixing.expected < chance.network.high
        for club, part in measures.ei_by_sector(KARATE, by="club").items():
            assert chance.sectors[club].below(part.value)

    def test_finds_a_network_outward_where_nobody_keeps_to_his_like(self):
        graph = by_turns(
            nx.complete_multipartite_graph(*[[6 * i + j for i in range(5)] for j in range(6)])
        )
        assert measures.ei_index(graph).value == 1.0
        assert measures.ei_by_chance(graph).network.above(1.0)

    def test_finds_nothing_where_sectors_were_drawn_by_lot(self):
        graph = nx.gnm_random_graph(200, 500, seed=1)
        beyond = 0
        for seed in range(60):
            lots = np.random.default_rng(seed)
            dealt = {node: SECTORS[lots.integers(6)] for node in graph}
            nx.set_node_attributes(graph, dealt, "sector")
            chance = measures.ei_by_chance(graph, permutations=200).network
            value = measures.ei_index(graph).value
            beyond += chance.below(value) or chance.above(value)
        assert beyond <= 9  # of 60, about 3; ten or more come once in 1 600 such tests

    def test_centres_on_the_expectation(self):
        graph = by_turns(nx.gnm_random_graph(60, 400, seed=3))
        chance = measures.ei_by_chance(graph).network
        expected = measures.ei_index(graph).expected
        assert (chance.low + chance.high) / 2 == pytest.approx(expected, abs=0.02)

    def test_repeats_itself_and_does_not_mind_the_order(self):
        other = nx.Graph()
        other.add_nodes_from(reversed(list(KARATE.nodes(data=True))))
        other.add_edges_from((two, one) for one, two in reversed(list(KARATE.edges)))
        once = measures.ei_by_chance(KARATE, by="club", permutations=50, seed=7)
        assert once == measures.ei_by_chance(other, by="club", permutations=50, seed=7)
        assert once != measures.ei_by_chance(KARATE, by="club", permutations=50, seed=8)
        assert once.permutations == 50

    def test_has_no_interval_without_ties(self):
        assert measures.ei_by_chance(nx.Graph()).network is None
        idle = by_turns(nx.empty_graph(2))
        assert measures.ei_by_chance(idle) == measures.ByChance(
            None, {"opd": None, "university": None}
        )

    def test_of_one_sector_is_one_number(self):
        graph = nx.path_graph(5)
        nx.set_node_attributes(graph, "opd", "sector")
        assert measures.ei_by_chance(graph).network == Interval(-1.0, -1.0)
        assert not Interval(-1.0, -1.0).below(-1.0)

    def test_counts_a_region_of_nobody_as_a_group(self):
        graph = nx.path_graph(3)
        nx.set_node_attributes(graph, {0: "16", 1: None, 2: "16"}, "region")
        assert list(measures.ei_by_chance(graph, by="region").sectors) == ["16", None]
        assert list(measures.ei_by_sector(graph, by="region")) == ["16", None]
        assert measures.sector_ties(graph, by="region")["16", None].ties == 2

    def test_refuses_no_permutations(self):
        with pytest.raises(ValueError, match="at least 1, not 0"):
            measures.ei_by_chance(KARATE, by="club", permutations=0)

    def test_needs_the_attribute(self):
        with pytest.raises(KeyError):
            measures.ei_by_chance(nx.path_graph(2))

    def test_is_fast(self):
        graph = by_turns(nx.gnm_random_graph(1_500, 5_000, seed=1))
        started = time.process_time()
        measures.ei_by_chance(graph)
        assert time.process_time() - started < 2


def test_nothing_is_neither_below_nor_above():
    assert not Interval(0.0, 0.5).below(None)
    assert not Interval(0.0, 0.5).above(None)
    assert Interval(0.0, 0.5).below(-0.1)
    assert Interval(0.0, 0.5).above(0.6)
