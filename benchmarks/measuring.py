"""The measures of a network, each beside the fastest of other libraries, and beside networkx."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import networkit
import networkx as nx
import rustworkx

from benchmarks.figures import Figure, beside_the_fastest
from benchmarks.house import House
from benchmarks.twins import Twins, twins
from crm.network import analysis, records
from graphs import measures
from graphs.arrays import arrays_of
from graphs.arrays.parts import parts
from graphs.build import engaged, working
from graphs.index import laid_out
from graphs.index.blocks import Regions
from graphs.measures import position
from graphs.places import path
from graphs.records import SECTORS, Place

NEAR = 1.5
"""At most so many times the fastest peer, in compiled code of any licence."""

TIMES_FASTER = {"walk": 20, "Burt": 5}
SECONDS = {"exits": 0.5, "mixing": 0.02, "Louvain": 3.0}


@dataclass(frozen=True)
class Task:
    """One measure, and who else has it."""

    name: str
    ours: Callable[[], object]
    peers: Mapping[str, Callable[[], object]]
    most: float | None = None
    is_ratio: bool = False
    largest: int = 100_000
    """In larger networks the peer would take minutes."""


def figures(house: House) -> Iterator[Figure]:
    """Yield what each measure takes: all ties for walks, the working ones for the rest."""
    with house.app.app_context():
        graph = analysis.graph_of(house.question)
        places = records.places()
        active = working(graph)
    for tasks, network in ((_walks, graph), (_positions, active)):
        same = twins(network)
        for one in tasks(network, same, house.size):
            if house.size <= one.largest:
                yield _measured(one, house, network.number_of_edges())
    for one in _grid(graph, places, house.size):
        yield _measured(one, house, graph.number_of_edges())
    if house.size == 100_000:
        yield _error(house, active)


def _measured(task: Task, house: House, ties: int) -> Figure:
    return beside_the_fastest(
        f"{task.name}, {ties:,} ties",
        task.ours,
        task.peers,
        size=house.size,
        database=house.database,
        runs=3 if house.size > 20_000 else 9,
        most=task.most,
        is_ratio=task.is_ratio,
    )


def _walks(graph: nx.Graph, same: Twins, size: int) -> Iterator[Task]:
    """Yield what one walk over the network tells."""
    ties = arrays_of(graph)
    alike: dict[str, tuple[Callable[[], object], dict[str, Callable[[], object]]]] = {
        "Components, numbered": (
            partial(parts, ties.starts, ties.ends),
            {
                "igraph": same.igraph.connected_components,
                "networkit": lambda: networkit.components.ConnectedComponents(same.networkit).run(),
            },
        ),
        "Components, as sets": (
            partial(measures.components, graph),
            {"rustworkx": partial(rustworkx.connected_components, same.rustworkx)},
        ),
        "Cores": (
            partial(measures.core_numbers, graph),
            {
                "igraph": same.igraph.coreness,
                "rustworkx": partial(rustworkx.core_number, same.rustworkx),
            },
        ),
        "Cut points": (
            partial(measures.articulation_points, graph),
            {
                "igraph": same.igraph.articulation_points,
                "rustworkx": partial(rustworkx.articulation_points, same.rustworkx),
            },
        ),
        "Bridges": (
            partial(measures.bridges, graph),
            {
                "igraph": same.igraph.bridges,
                "rustworkx": partial(rustworkx.bridges, same.rustworkx),
            },
        ),
    }
    plain = same.networkx
    by_networkx = {
        "Components, numbered": lambda: list(nx.connected_components(plain)),
        "Components, as sets": lambda: list(nx.connected_components(plain)),
        "Cores": lambda: nx.core_number(plain),
        "Cut points": lambda: list(nx.articulation_points(plain)),
        "Bridges": lambda: list(nx.bridges(plain)),
    }
    slower = 1 / TIMES_FASTER["walk"]
    for name, (ours, peers) in alike.items():
        yield Task(name, ours, peers, NEAR, is_ratio=True)
        # Sets of Python take as long to make for us as for networkx.
        bound = None if name == "Components, as sets" else slower
        yield Task(name, ours, {"networkx": by_networkx[name]}, bound, is_ratio=True)
    yield Task(
        "F after every single exit",
        partial(measures.fragmentation_after_exit, graph),
        {"igraph: blocks, no counts": same.igraph.biconnected_components},
        1000 * SECONDS["exits"] if size == 100_000 else None,
    )
    sectors = [SECTORS.index(sector) for _, sector in graph.nodes(data="sector")]
    for name, ours in (
        ("Sector × sector", partial(measures.sector_ties, graph)),
        ("E–I", partial(measures.ei_index, graph)),
    ):
        yield Task(
            name,
            ours,
            {"igraph: nominal assortativity": partial(same.igraph.assortativity_nominal, sectors)},
            1000 * SECONDS["mixing"] if size == 100_000 else None,
        )


def _grid(graph: nx.Graph, places: Mapping[str, Place], size: int) -> Iterator[Task]:
    """Yield how many of each sector are engaged in each region, its members being known."""
    network, now = laid_out(graph)
    regions = Regions(network, places, analysis.active_regions(graph, dict(places)))
    active = engaged(graph)

    def one_by_one() -> Counter[tuple[str, str]]:
        return Counter(
            (code, data["sector"])
            for node, data in graph.nodes(data=True)
            if node in active
            for code in path(places, data["region"])
        )

    yield Task(
        "Coverage grid",
        partial(regions.engaged, now),
        {"a Counter over the nodes": one_by_one},
        1000 * SECONDS["mixing"] if size == 100_000 else None,
    )


def _positions(graph: nx.Graph, same: Twins, size: int) -> Iterator[Task]:
    """Yield what tells the place of each organisation."""
    faster = 1 / TIMES_FASTER["Burt"]
    plain, constraint = same.networkx, {"igraph: constraint": same.igraph.constraint}
    for name, ours, theirs in (
        ("Constraint", partial(measures.constraint, graph), nx.constraint),
        ("Effective size", partial(measures.effective_size, graph), nx.effective_size),
    ):
        yield Task(name, ours, constraint, NEAR, is_ratio=True)
        slow = {"networkx": partial(theirs, plain)}
        yield Task(name, ours, slow, faster, is_ratio=True, largest=1_500)
    yield Task("Brokerage roles", partial(measures.brokerage, graph), constraint)
    yield Task(
        "Betweenness, exact" if size <= position.EXACT_UP_TO else "Betweenness, sampled",
        partial(measures.betweenness, graph, pivots=position.PIVOTS),
        {"igraph": lambda: _by_igraph(same, size)},
        NEAR,
        is_ratio=True,
    )
    yield Task(
        "Louvain, one order",
        partial(measures.communities, graph, tries=1),
        {
            "igraph": same.igraph.community_multilevel,
            "networkit": lambda: networkit.community.PLM(same.networkit).run(),
        },
        1000 * SECONDS["Louvain"] if size == 100_000 else None,
    )


def _by_igraph(same: Twins, size: int) -> object:
    """Betweenness, from the same sources as ours where these are drawn by lot."""
    if size <= position.EXACT_UP_TO:
        return same.igraph.betweenness()
    drawn = position.lots(same.networkx, position.PIVOTS, seed=0)
    place = {node: at for at, node in enumerate(same.networkx)}
    return same.igraph.betweenness(sources=[place[one] for one in drawn], targets=range(size))


def _error(house: House, active: nx.Graph) -> Figure:
    """Return the stated error of the sampled betweenness, as the product works it out."""
    error = measures.betweenness(active, seed=1).largest_error
    return Figure(
        name="Betweenness, stated 95 % error of the worst",
        size=house.size,
        database=house.database,
        unit="",
        value=error,
        best=error,
        peer="",
        peer_value=0.0,
        runs=1,
        most=0.005,
    )
