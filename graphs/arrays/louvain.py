"""Communities by Louvain: everybody joins the circle of partners that gains most, repeatedly."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from graphs.arrays.compiled import compiled

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]

SMALLEST_GAIN = 1e-7
"""Of modularity: rounds end when one gains less, as in networkx."""


def louvain(matrix: csr_array, seed: int) -> Numbers:
    """Return the number of the community of each of n nodes.

    Parameters
    ----------
    matrix : csr_array of shape (n, n)
        The weights of the ties, symmetric, none negative.
    seed : int
        Of the order in which nodes are asked.

    Returns
    -------
    array of n int
        From 0 without gaps, in order of the first node of each. A node without ties is alone.

    Notes
    -----
    Blondel et al. (see :func:`graphs.measures.communities`): nodes move one by one, then each
    community becomes one node, as long as modularity gains by it. Of communities of equal gain
    the one met first is joined. Time O(m) per pass: 0.4 s for 100 000 nodes and 160 000 edges.

    Examples
    --------
    Two triangles that share one tie:

    >>> import networkx as nx
    >>> graph = nx.Graph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)])
    >>> louvain(nx.to_scipy_sparse_array(graph, dtype=float, format="csr"), seed=1).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    lots = np.random.default_rng(seed)
    labels = np.arange(matrix.shape[0])
    if not matrix.nnz:
        return labels
    best = quality(matrix, labels)
    whole = matrix
    while True:
        moved = _moved(
            matrix.indptr.astype(np.int32, copy=False),
            matrix.indices.astype(np.int32, copy=False),
            matrix.data.astype(np.float64),
            lots.permutation(matrix.shape[0]),
        )
        joined = _numbered(_numbered(moved)[labels])
        found = quality(whole, joined)
        if found - best <= SMALLEST_GAIN:
            return labels
        labels, best = joined, found
        matrix = _shrunk(whole, labels)


def quality(matrix: csr_array, labels: Numbers) -> float:
    """Return the modularity of a division; 0 without ties.

    Examples
    --------
    >>> import networkx as nx
    >>> path = nx.to_scipy_sparse_array(nx.path_graph(4), dtype=float, format="csr")
    >>> round(quality(path, np.array([0, 0, 1, 1])), 4)
    0.1667
    """
    ties = matrix.tocoo()
    total = ties.data.sum()
    if not total:
        return 0.0
    inside = ties.data[labels[ties.row] == labels[ties.col]].sum()
    ends = np.bincount(labels[ties.row], ties.data)
    return float(inside / total - np.square(ends / total).sum())


def _numbered(labels: Numbers) -> Numbers:
    """Return labels as numbers from 0, in the order in which they first stand."""
    _, first, number = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[number]


def _shrunk(matrix: csr_array, labels: Numbers) -> csr_array:
    """Return the ties between communities, and those within on the diagonal."""
    ties = matrix.tocoo()
    count = int(labels.max()) + 1
    between = (ties.data, (labels[ties.row], labels[ties.col]))
    return coo_array(between, shape=(count, count)).tocsr()


@compiled
def _moved(
    starts: NDArray[Any], ends: NDArray[Any], weights: Reals, order: Numbers
) -> NDArray[np.int64]:
    """Return where nodes are when nobody gains by moving any more."""
    count = len(starts) - 1
    label = np.arange(count)
    degree = np.zeros(count)
    for node in range(count):
        for arc in range(starts[node], starts[node + 1]):
            degree[node] += weights[arc]
    total = degree.sum()
    held = degree.copy()
    towards = np.zeros(count)
    met = np.empty(count, dtype=np.int64)
    moves = count
    while moves:
        moves = 0
        for node in order:
            own = label[node]
            around = 1
            met[0] = own
            for arc in range(starts[node], starts[node + 1]):
                if ends[arc] == node:
                    continue
                there = label[ends[arc]]
                if towards[there] == 0.0 and there != own:
                    met[around] = there
                    around += 1
                towards[there] += weights[arc]
            held[own] -= degree[node]
            best, most = own, towards[own] - degree[node] * held[own] / total
            for at in range(1, around):
                there = met[at]
                gain = towards[there] - degree[node] * held[there] / total
                # More than what rounding can make: else two nodes might change places for ever.
                if gain > most + 1e-10 * total:
                    best, most = there, gain
            held[best] += degree[node]
            if best != own:
                label[node] = best
                moves += 1
            for at in range(around):
                towards[met[at]] = 0.0
    return label
