"""The generator of networks: the same ones again, of the right shape, and as real rows."""

from collections import Counter
from itertools import combinations

import pytest
from sqlalchemy import func, select

from benchmarks.figures import Figure, compared
from benchmarks.generate import SHARES, UNTIL, generate
from benchmarks.house import spots
from benchmarks.write import write
from crm.db import db
from crm.events.models import Event
from crm.network import analysis
from crm.network.questions import Question
from crm.regions import services as regions
from crm.stakeholders import names, vocabulary
from crm.stakeholders.models import Stakeholder
from tests import make


@pytest.fixture(scope="module")
def network():
    """1,500 organisations."""
    return generate(1_500, spots())


class TestGenerate:
    def test_makes_the_same_network_from_the_same_seed_and_another_from_another(self):
        first = generate(150, spots(), seed=1)

        assert generate(150, spots(), seed=1) == first
        assert generate(150, spots(), seed=2) != first

    @pytest.mark.parametrize("size", [2, 150, 500])
    def test_makes_exactly_as_many_as_asked(self, size):
        network = generate(size, spots())

        assert [one.id for one in network.organisations] == list(range(1, size + 1))

    def test_refuses_a_network_of_one(self):
        with pytest.raises(ValueError, match="two organisations"):
            generate(1, spots())

    def test_gives_no_name_twice(self, network):
        names_given = Counter(names.key(one.name) for one in network.organisations)

        assert names_given.most_common(1)[0][1] == 1

    def test_has_all_sectors_government_first_and_business_rare(self, network):
        sectors = Counter(one.sector for one in network.organisations)

        assert sectors.keys() == SHARES.keys()
        assert sectors.most_common(1)[0][0] == "opd"
        assert sectors["business"] < sectors["opd"] / 4

    def test_ties_most_inside_a_district_and_some_to_hubs_with_a_heavy_tail(self, network):
        home = {one.id: one.region for one in network.organisations}
        pairs = {pair for one in network.meetings for pair in combinations(sorted(one.present), 2)}
        degrees = Counter(end for pair in pairs for end in pair)
        ranked = sorted(degrees.values(), reverse=True)

        assert sum(home[one] == home[other] for one, other in pairs) > len(pairs) / 2
        assert any(home[one] is None for pair in pairs for one in pair)
        assert ranked[0] > 8 * ranked[len(ranked) // 2]

    def test_meets_in_the_past_and_signs_between_at_least_two(self, network):
        assert all(one.day is None or one.day <= UNTIL for one in network.meetings)
        for bond in [*network.agreements, *network.teams]:
            assert len(set(bond.members)) == len(bond.members) >= 2
        assert all(one.giver != one.receiver for one in network.promises)


def test_a_written_network_is_one_that_the_application_reads():
    network = generate(150, spots())
    regions.load_reference()
    vocabulary.load_kinds()
    write(db.engine, network)

    graph = analysis.graph_of(Question(UNTIL, 0))
    held = db.session.scalar(select(func.count()).select_from(Event))
    added = make.stakeholder("Sesudah itu")

    assert len(graph) == 150
    assert graph.number_of_edges() > 150
    assert held == len(network.meetings)
    assert db.session.get(Stakeholder, 1).search_text.startswith("perpustakaan nasional")
    assert added.id > 150


class TestFigures:
    def test_compare_both_in_turns(self):
        order = []

        figure = compared(
            "x",
            lambda: order.append("ours"),
            lambda: order.append("peer"),
            about="nothing",
            size=1,
            database="SQLite",
            runs=2,
        )

        assert order == ["ours", "peer"] * 3
        assert figure.runs == 2
        assert figure.is_met is None

    @pytest.mark.parametrize(
        ("most", "is_ratio", "met"), [(4.0, True, True), (2.0, True, False), (20.0, False, False)]
    )
    def test_judge_the_value_or_the_ratio(self, most, is_ratio, met):
        figure = Figure("x", 1, "SQLite", "ms", 30.0, 29.0, "y", 10.0, 3, most, is_ratio)

        assert figure.ratio == 3.0
        assert figure.is_met is met
