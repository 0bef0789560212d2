"""Any network: records that hypothesis makes up, and how to look whether a graph was changed."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import networkx as nx
from hypothesis import settings
from hypothesis import strategies as st

from graphs.records import LAYERS, LEVELS, SECTORS, Actor, Options, Place, Tie

TODAY = date(2017, 11, 6)
CODES = ("16", "16.71", "16.71.01", "16.72", "62", None)
PLACES = {"16": Place("16", "province"), "16.71": Place("16.71", "district", "16")}
REGIONS = [code for code in CODES if code]

days = st.one_of(st.none(), st.integers(-900, 30).map(lambda days: TODAY + timedelta(days)))


@st.composite
def records(draw, sectors=SECTORS) -> tuple[list[Actor], list[Tie]]:
    """Up to ten organisations, some of them idle, and groups with a stranger among them."""
    actors = [
        Actor(
            id,
            draw(st.sampled_from(sectors)),
            draw(st.sampled_from(LEVELS)),
            draw(st.sampled_from(CODES)),
        )
        for id in range(draw(st.integers(0, 10)))
    ]
    ties = st.builds(
        Tie,
        layer=st.sampled_from(LAYERS),
        members=st.lists(st.integers(0, 11), max_size=4).map(tuple),
        starts=days,
        ends=days,
        realised=days,
        evidence=st.tuples(st.just("row"), st.integers(1, 99)),
    )
    return actors, draw(st.lists(ties, max_size=12))


# No deadline: a busy machine is not a wrong answer.
many = settings(deadline=None, max_examples=40)
few = settings(deadline=None, max_examples=20)
options = st.builds(Options, window_days=st.sampled_from([None, 730, 30]))


def snapshot(graph: nx.Graph) -> Any:
    """Return all there is in a graph, apart from it."""
    return deepcopy((graph.graph, list(graph.nodes(data=True)), list(graph.edges(data=True))))
