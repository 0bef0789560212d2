"""The same network in the libraries that measures are compared with, for benchmarks alone."""

from dataclasses import dataclass
from typing import Any

import igraph
import networkit
import networkx as nx
import numpy as np
import rustworkx


@dataclass(frozen=True)
class Twins:
    """One network four times over, with the same order of organisations in each."""

    networkx: nx.Graph
    igraph: Any
    networkit: Any
    rustworkx: Any


def twins(graph: nx.Graph) -> Twins:
    """Return a network as each library has it at its best, without the data of ties."""
    at = {one: place for place, one in enumerate(graph)}
    ties = np.array([(at[one], at[other]) for one, other in graph.edges], dtype=np.int64)
    ties = ties.reshape(-1, 2)
    plain = nx.Graph()
    plain.add_nodes_from((one, {"sector": data["sector"]}) for one, data in graph.nodes(data=True))
    plain.add_edges_from(graph.edges)
    quick = networkit.Graph(len(at))
    quick.addEdges((ties[:, 0].astype(np.uint64), ties[:, 1].astype(np.uint64)))
    rust = rustworkx.PyGraph(multigraph=False)
    rust.add_nodes_from(range(len(at)))
    rust.add_edges_from_no_data([(one, other) for one, other in ties.tolist()])
    return Twins(plain, igraph.Graph(n=len(at), edges=ties), quick, rust)
