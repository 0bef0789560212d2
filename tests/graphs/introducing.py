"""Small regions of every kind with their library office, and plans of ties in plain words."""

from itertools import combinations

from hypothesis import strategies as st

from graphs.build import network
from graphs.findings import find
from graphs.records import SECTORS, Actor, Tie
from tests.graphs.partnerships import DAY, PLACES

REGIONS = ("16", "16.04", "16.71")
OFFICES = {"16": 0, "16.04": 1}
WANTED = {"province": SECTORS[:4], "district": SECTORS[:4]}


@st.composite
def networks(draw):
    """A province with two districts, up to nine organisations, some teams and crowds."""
    size = draw(st.integers(2, 9))
    regions = ["16", "16.04"] + [
        draw(st.sampled_from(["16", "16.04", "16.04", "16.71", None])) for _ in range(size - 2)
    ]
    actors = [
        Actor(
            at,
            draw(st.sampled_from(SECTORS[:4])),
            "national" if region is None else PLACES[region].level,
            region,
        )
        for at, region in enumerate(regions)
    ]
    crowd = range(1000, 1030)
    actors += [Actor(one, "opd", "national") for one in crowd]
    pairs = list(combinations(range(size), 2))
    tied = draw(st.lists(st.sampled_from(pairs), max_size=10, unique=True))
    met = draw(st.lists(st.integers(0, size - 1), max_size=3, unique=True))
    ties = [Tie("team", pair, DAY, evidence=("team", at)) for at, pair in enumerate(tied)]
    ties += [Tie("attendance", (*met, *crowd), DAY, evidence=("event", 1))]
    ties += [Tie("team", tuple(crowd), DAY, evidence=("team", 99))]
    return network(actors, ties, DAY)


def findings_of(graph):
    """Return everything that is missing in the province, and not in the country."""
    return [one for one in find(graph, PLACES, REGIONS, WANTED) if one.region is not None]
