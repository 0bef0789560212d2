"""What holds for every index, every series and every event, whatever the network."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import build, measures
from graphs.index import synergies
from graphs.records import LAYERS, Tie
from graphs.series import series
from tests.graphs.anybody import PLACES, REGIONS, TODAY, few, many, options, records, snapshot


class TestIndex:
    @given(records(), options)
    @many
    def test_is_the_mean_of_four_shares_or_nothing_at_all(self, given_records, options):
        graph = build.network(*given_records, TODAY, options)
        for index in synergies(graph, PLACES, REGIONS).values():
            parts = (index.coverage, index.linkage, index.cohesion, index.resilience)
            assert index.engaged <= index.organisations
            assert index.engaged == sum(index.sectors.values())
            if index.engaged:
                assert all(0 <= part <= 1 for part in parts)
                assert index.value == pytest.approx(25 * sum(parts))
            else:
                assert (index.value, *parts) == (None,) * 5

    @given(records(), st.sampled_from(LAYERS), st.sets(st.integers(0, 9), min_size=2, max_size=4))
    @many
    def test_a_new_tie_never_lowers_coverage_or_linkage(self, given_records, layer, members):
        actors, ties = given_records
        tie = Tie(layer, tuple(members), TODAY)
        before = synergies(build.network(actors, ties, TODAY), PLACES, REGIONS)
        after = synergies(build.network(actors, [*ties, tie], TODAY), PLACES, REGIONS)
        for region in REGIONS:
            assert (after[region].coverage or 0) >= (before[region].coverage or 0)
            assert (after[region].linkage or 0) >= (before[region].linkage or 0)

    @given(records(sectors=("opd",)))
    @many
    def test_of_one_sector_has_no_links(self, given_records):
        for index in synergies(build.network(*given_records, TODAY), PLACES, REGIONS).values():
            assert index.linkage in (0.0, None)
            assert index.coverage in (1 / 6, None)


class TestSeries:
    @given(records(), options, st.lists(st.integers(-900, 60), max_size=4))
    @few
    def test_every_point_is_the_network_of_its_day(self, given_records, options, ages):
        asked = [TODAY + timedelta(age) for age in ages]
        found = series(*given_records, asked, snapshot, options)
        for day in asked:
            assert found[day] == snapshot(build.network(*given_records, day, options))


class TestEvents:
    @given(records(), options)
    @many
    def test_keep_every_organisation_and_are_attended_by_those_who_attended(
        self, given_records, options
    ):
        actors, ties = given_records
        rows = [replace(tie, evidence=("row", row)) for row, tie in enumerate(ties)]
        graph = measures.affiliation(actors, rows, TODAY, options)
        before = snapshot(graph)
        network = build.network(actors, rows, TODAY, options)
        attended = {node for node, was in network.nodes(data="attended") if was}
        assert {actor.id for actor in actors if graph.degree(actor.id)} == attended
        found = measures.two_mode(graph)
        assert found.organisations == len(actors)
        for share in (found.density, found.clustering, found.mixed):
            assert share is None or 0 <= share <= 1
        met = [pair for *pair, layers in network.edges(data="layers") if "attendance" in layers]
        assert sorted(map(list, measures.overlaps(graph))) == sorted(map(sorted, met))
        assert snapshot(graph) == before
