"""The picture of two days: the ties of both, each with what became of it."""

from datetime import datetime

import networkx as nx

from crm.network import analysis, map_store, records
from crm.network.map_store import Positions
from crm.network.map_view import MOST_SHOWN, Selection, select
from crm.network.two_days import Days
from graphs.draw import grouped
from graphs.measures import tie_changes


def drawn(asked: Days, selection: Selection, now: datetime) -> tuple[nx.Graph, Positions]:
    """Return the ties of both days in one picture, each with what became of it."""

    def shown() -> nx.Graph:
        places = records.places()
        before, after = (
            select(analysis.graph_of(one), selection, places)
            for one in (asked.earlier, asked.later)
        )
        if len(before.nodes | after.nodes) <= MOST_SHOWN:
            return _together(before, after)
        # Groups follow from who is there: both days need the same, or nothing would compare.
        everybody = nx.compose(before, after).nodes(data=True)
        for graph in (before, after):
            graph.add_nodes_from(everybody)
        return _together(*(grouped(graph, places, selection.opened) for graph in (before, after)))

    key = map_store.digest(asked.later, selection, f":since {asked.earlier.on}")
    # Who stands on the map of the later day stands at the same place here.
    return map_store.arranged(key, shown, now, beside=map_store.digest(asked.later, selection))


def _together(before: nx.Graph, after: nx.Graph) -> nx.Graph:
    """Return all ties of both days; of a tie or a group on both, what the later day says."""
    both = nx.compose(before, after)
    both.graph = {"working_ties": after.number_of_edges()}
    for (one, other), change in tie_changes(before, after).items():
        both.edges[one, other].update(
            change=change.kind,
            before=change.before,
            after=change.after,
            strength=max(change.before, change.after),
        )
    return both
