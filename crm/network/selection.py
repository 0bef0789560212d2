"""Which part of the network a map shows: the filters as a graph."""

from collections.abc import Collection
from dataclasses import dataclass, field

import networkx as nx

from graphs import places as known_places
from graphs.records import Place

MOST_SHOWN = 600
"""Above this many organisations the map opens as regions × sectors."""
MOST_AROUND = 2000
"""The same for what is around one organisation: who asks for it wants to see it."""


@dataclass(frozen=True)
class Selection:
    """What the user wants to see."""

    sectors: frozenset[str] = frozenset()
    region: str | None = None
    layers: frozenset[str] = frozenset()
    strength: float = 0.0
    focus: int | None = None
    steps: int = 1
    isolates: bool = False
    weak: bool = False
    """Also ties that do not work: organisations that only sat in the same large meeting."""
    opened: frozenset[str] = field(default_factory=frozenset)
    """Groups of a grouped map that are opened up."""
    also: frozenset[int] = field(default_factory=frozenset)
    """Organisations that are shown whatever the filters say."""

    @property
    def key(self) -> str:
        """What tells this selection from others; what does not move the nodes is left out."""
        parts = [
            "+".join(sorted(self.sectors)),
            self.region or "",
            "+".join(sorted(self.layers)),
            f"{self.strength:g}",
            f"{self.focus or ''}~{self.steps if self.focus else ''}",
            str(int(self.isolates)),
            str(int(self.weak)),
            "+".join(sorted(self.opened)),
            "+".join(str(one) for one in sorted(self.also)),
        ]
        return "|".join(parts)


def select(graph: nx.Graph, selection: Selection, places: dict[str, Place]) -> nx.Graph:
    """Return the part of the network that a selection shows, as a new graph."""
    shown = nx.Graph(**graph.graph)
    shown.add_nodes_from(
        (node, data)
        for node, data in graph.nodes(data=True)
        if _is_shown(node, data, selection, places)
    )
    shown.add_edges_from(
        (one, other, data)
        for one, other, data in graph.edges(data=True)
        if one in shown
        and other in shown
        and (data["working"] or selection.weak)
        and data["strength"] >= selection.strength
        and (not selection.layers or selection.layers & data["layers"].keys())
    )
    if selection.focus is not None:
        return _around(shown, selection.focus, selection.steps)
    if not selection.isolates:
        shown.remove_nodes_from(
            [
                node
                for node, degree in list(shown.degree())
                if degree == 0 and node not in selection.also
            ]
        )
    return shown


def _is_shown(
    node: int, data: dict[str, str | None], selection: Selection, places: dict[str, Place]
) -> bool:
    if node == selection.focus or node in selection.also:
        return True
    if selection.sectors and data["sector"] not in selection.sectors:
        return False
    return selection.region is None or known_places.lies_in(
        places, data["region"], selection.region
    )


def _around(graph: nx.Graph, focus: int, steps: int) -> nx.Graph:
    if focus not in graph:
        return nx.Graph(**graph.graph)
    near: Collection[int] = nx.single_source_shortest_path_length(graph, focus, cutoff=steps)
    return nx.Graph(graph.subgraph(near))
