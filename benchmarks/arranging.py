"""The layout of a network from nothing, and after little has changed."""

from collections.abc import Iterator

import networkx as nx

from benchmarks.figures import Figure, compared
from benchmarks.house import House
from benchmarks.twins import twins
from crm.network import analysis
from graphs.build import working
from graphs.layout import positions

MOST = {1_500: 1.0, 20_000: 10.0}
SEED = 20171106


def figures(house: House) -> Iterator[Figure]:
    """Yield the time of the positions, first and with three ties more."""
    if house.size > max(MOST):
        return
    with house.app.app_context():
        graph = working(analysis.graph_of(house.question))
    before = positions(graph, seed=SEED)
    changed = _with_three_more(graph)
    same = twins(graph).igraph
    for name, ours in (
        ("Layout from nothing", lambda: positions(graph, seed=SEED)),
        ("Layout, three ties more", lambda: positions(changed, seed=SEED, previous=before)),
    ):
        yield compared(
            name,
            ours,
            lambda: same.layout_drl(),
            about="igraph: DrL",
            size=house.size,
            database=house.database,
            unit="s",
            runs=3 if house.size <= 1_500 else 1,
            warm=house.size <= 1_500,
            most=MOST.get(house.size),
        )
    after = positions(changed, seed=SEED, previous=before)
    moved = sum(after[one] != before[one] for one in before)
    yield Figure(
        name="Organisations that move for three ties more",
        size=house.size,
        database=house.database,
        unit="",
        value=moved,
        best=moved,
        peer="all",
        peer_value=len(before),
        runs=1,
    )


def _with_three_more(graph: nx.Graph) -> nx.Graph:
    """Return the network after three organisations without ties found a partner."""
    changed = nx.Graph(graph)
    hub = max(graph, key=graph.degree)
    lonely = [one for one in graph if graph.degree(one) == 0][:3]
    changed.add_edges_from((one, hub) for one in lonely)
    return changed
