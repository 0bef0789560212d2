"""The picture of two days: the ties of both, each with what became of it."""

from datetime import datetime

import networkx as nx

from crm.maps import store
from crm.maps.store import Positions
from crm.network import analysis, records
from crm.network.selection import MOST_SHOWN, Selection, select
from crm.network.two_days import Days, together
from graphs.draw import grouped


def drawn(asked: Days, selection: Selection, now: datetime) -> tuple[nx.Graph, Positions]:
    """Return the ties of both days in one picture, each with what became of it."""

    def shown() -> nx.Graph:
        places = records.places()
        before, after = (
            select(analysis.graph_of(one), selection, places)
            for one in (asked.earlier, asked.later)
        )
        if len(before.nodes | after.nodes) <= MOST_SHOWN:
            return together(before, after)
        # Groups follow from who is there: both days need the same, or nothing would compare.
        everybody = nx.compose(before, after).nodes(data=True)
        for graph in (before, after):
            graph.add_nodes_from(everybody)
        return together(*(grouped(graph, places, selection.opened) for graph in (before, after)))

    key = store.digest(asked.later, selection, f":since {asked.earlier.on}")
    # Who stands on the map of the later day stands at the same place here.
    return store.arranged(key, shown, now, beside=store.digest(asked.later, selection))
