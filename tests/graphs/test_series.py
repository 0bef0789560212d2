"""Month by month: every point is what the measure says of that day."""

import time
from datetime import date, timedelta

import networkx as nx
import pytest

from graphs import build, measures, series
from graphs.index import synergies
from graphs.records import SECTORS, Actor, Options, Place, Tie

FIRST, LAST = date(2017, 1, 10), date(2018, 12, 20)
PLACES = {"16": Place("16", "province"), "16.71": Place("16.71", "district", "16")}


def many(actors=40, ties=120) -> tuple[list[Actor], list[Tie]]:
    """Return organisations of two regions, and groups of every layer over ten years."""
    people = [
        Actor(
            one, SECTORS[one % 6], "district" if one % 3 else "province", ("16", "16.71")[one % 2]
        )
        for one in range(actors)
    ]
    groups = []
    for row in range(ties):
        layer = ("agreement", "support", "attendance", "team")[row % 4]
        size = 2 if layer == "support" else 2 + row % 5
        members = tuple((row * 7 + k * k * 3 + k) % actors for k in range(size))
        starts = None if row % 17 == 0 else date(2010, 1, 1) + timedelta(row * 37 % 3650)
        ends = starts and starts + timedelta(row * 11 % 900) if row % 3 else None
        kept = starts and starts + timedelta(row * 13 % 500) if layer == "support" else None
        groups.append(Tie(layer, members, starts, ends, kept, (layer, row)))
    return people, groups


class TestMonthEnds:
    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            ((2017, 11, 6), (2017, 11, 6), ["2017-11-06"]),
            ((2017, 11, 30), (2017, 12, 1), ["2017-11-30", "2017-12-01"]),
            (
                (2019, 12, 31),
                (2020, 3, 31),
                ["2019-12-31", "2020-01-31", "2020-02-29", "2020-03-31"],
            ),
            ((2020, 1, 1), (2019, 12, 31), []),
        ],
    )
    def test_are_the_last_days(self, first, last, days):
        assert [str(day) for day in series.month_ends(date(*first), date(*last))] == days

    def test_holds_every_month_once(self):
        days = series.month_ends(FIRST, LAST)
        assert len(days) == len({(day.year, day.month) for day in days}) == 24


@pytest.mark.parametrize("window", [None, 730, 30])
def test_every_point_is_the_network_of_its_day(window):
    actors, ties = many()
    options = Options(window_days=window)
    days = series.month_ends(FIRST, LAST)
    found = series.series(actors, ties, days, nx.to_dict_of_dicts, options)
    assert list(found) == days
    for day in days[::5]:
        assert found[day] == nx.to_dict_of_dicts(build.network(actors, ties, day, options))


def test_figures_are_the_measures_of_the_working_ties():
    graph = build.network(*many(), LAST)
    working = build.working(graph)
    found = series.figures(graph)
    mixing = measures.ei_index(working)
    assert 0 < found.ties == working.number_of_edges() < graph.number_of_edges()
    assert found.engaged == len(build.engaged(graph)) > 0
    assert found.isolated == len(list(nx.isolates(working)))
    assert found.components == nx.number_connected_components(working)
    assert found.largest == max(map(len, nx.connected_components(working)))
    assert found.density == measures.density(working)
    assert found.centralisation == measures.degree_centralisation(working)
    assert found.fragmentation == measures.fragmentation(working)
    assert (found.ei, found.ei_expected) == (mixing.value, mixing.expected)


def test_figures_of_nobody():
    found = series.figures(nx.Graph())
    assert (found.organisations, found.ties, found.components, found.largest) == (0, 0, 0, 0)
    assert found.density is found.centralisation is found.fragmentation is found.ei is None


def test_figures_need_sectors():
    with pytest.raises(KeyError):
        series.figures(nx.path_graph(2))


def test_indices_come_by_region_and_day():
    actors, ties = many()
    days = series.month_ends(FIRST, LAST)[::6]
    found = series.index_series(actors, ties, PLACES, ["16.71", "16"], days)
    assert list(found) == ["16.71", "16"]
    assert list(found["16"]) == days
    for day in days:
        whole = synergies(build.network(actors, ties, day), PLACES, ["16", "16.71"])
        assert {region: found[region][day] for region in found} == whole


def test_takes_iterators_and_no_days():
    actors, ties = many()
    once = series.series(iter(actors), iter(ties), iter([FIRST, LAST]), series.figures)
    assert once == series.series(actors, ties, [FIRST, LAST], series.figures)
    assert series.series(actors, ties, [], series.figures) == {}
    assert series.index_series(actors, ties, PLACES, ["16"], []) == {"16": {}}


def test_a_year_of_a_large_network_takes_a_moment():
    actors, ties = many(1_500, 1_500)
    started = time.process_time()
    series.series(actors, ties, series.month_ends(date(2018, 1, 1), LAST), series.figures)
    assert time.process_time() - started < 4
