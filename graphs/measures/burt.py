"""Burt's structural holes: how many of its partners tell an organisation something new.

All three are sums over the triangles of the network. networkx walks over them in Python, and its
``effective_size`` builds dense matrices (6 GB at 20 000 nodes); here they are products of sparse
matrices, taken in blocks of rows, and checked against networkx in the tests.
"""

from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse

Matrix = Any
"""A ``scipy.sparse.csr_array`` of n rows and n columns, in the order of the nodes."""

ROWS = 512
"""Rows per block: bounds the memory of a product, whose rows are full where there is a hub."""


def effective_size(graph: nx.Graph, weight: str | None = None) -> dict[int, float | None]:
    """Return for every node how many of its partners are not already tied to each other.

    Five partners who all know each other bring the news of about one; five strangers that of
    five.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
    weight : str, optional
        The edge attribute that says how strong a tie is, such as ``strength``; 1 for each tie if
        not given. Ties that weigh nothing are left out.

    Returns
    -------
    dict of node to float or None
        From 1 to the number of partners; None for isolates.

    Raises
    ------
    ValueError
        If a weight is negative.

    Notes
    -----
    e_i = Σ_j (1 − Σ_q p_iq m_jq) over the partners j of i and all q other than i and j, where
    p_iq is the weight of {i, q} as a share of all weight at i, and m_jq that of {j, q} as a share
    of the largest at j [1]_. Without weights this is k − 2t/k, for k partners with t ties
    among them [2]_. Time O(Σ k²) over the degrees k: 0.02 s at 1 500 nodes and 5 000 edges.

    References
    ----------
    .. [1] Burt, R. S. (1992). Structural Holes. Harvard University Press, ch. 2.
    .. [2] Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures.
       Connections 20 (1), 35-38.

    Examples
    --------
    Three partners of 0, two of whom know each other: 3 − 2·1/3.

    >>> graph = nx.Graph([(0, 1), (0, 2), (0, 3), (1, 2)])
    >>> round(effective_size(graph)[0], 4)
    2.3333
    """
    ties = _ties(graph, weight)
    return _by_node(graph, _sizes(ties), ties)


def efficiency(graph: nx.Graph, weight: str | None = None) -> dict[int, float | None]:
    """Return for every node its effective size as a share of its partners.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
    weight : str, optional
        As for :func:`effective_size`.

    Returns
    -------
    dict of node to float in (0, 1] or None
        1 when no two partners know each other; None for isolates.

    Notes
    -----
    Time as for :func:`effective_size`.

    Examples
    --------
    >>> efficiency(nx.star_graph(4))[0], round(efficiency(nx.complete_graph(5))[0], 4)
    (1.0, 0.25)
    """
    ties = _ties(graph, weight)
    return _by_node(graph, _sizes(ties) / np.maximum(_partners(ties), 1), ties)


def constraint(graph: nx.Graph, weight: str | None = None) -> dict[int, float | None]:
    """Return for every node how much its partners leave it without a choice.

    An organisation is constrained when its ties go to few, who are tied to each other.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
    weight : str, optional
        As for :func:`effective_size`.

    Returns
    -------
    dict of node to float or None
        Exactly 1 for a node with one partner; small for a broker between many; above 1 in small
        closed circles (9/8 in a triangle). None for isolates.

    Raises
    ------
    ValueError
        If a weight is negative.

    Notes
    -----
    c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over the partners j of i, with p as in
    :func:`effective_size` [1]_. The second sum runs over *shared* partners q, so a j that is not
    a partner itself adds nothing, as in networkx. Time O(Σ k²) over the degrees k: 0.02 s at
    1 500 nodes and 5 000 edges.

    References
    ----------
    .. [1] Burt, R. S. (2004). Structural holes and good ideas. American Journal of Sociology 110,
       349-399. https://doi.org/10.1086/421787

    Examples
    --------
    >>> constraint(nx.star_graph(4))
    {0: 0.25, 1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}
    """
    ties = _ties(graph, weight)
    shares = _scaled(ties, ties.sum(axis=1))
    investments = shares + _through(shares, shares, ties)
    return _by_node(graph, investments.power(2).sum(axis=1), ties)


def _ties(graph: nx.Graph, weight: str | None) -> Matrix:
    """Return the weights of all ties, each from both of its ends."""
    if not graph:
        return sparse.csr_array((0, 0))
    ties = sparse.csr_array(nx.to_scipy_sparse_array(graph, weight=weight, dtype=float))
    if ties.nnz and ties.data.min() < 0:
        raise ValueError("A tie has a negative weight; Burt's measures need shares.")
    ties.eliminate_zeros()
    return ties


def _sizes(ties: Matrix) -> Any:
    """Return the effective size of every node, 0 for those without ties."""
    if not ties.nnz:
        return np.zeros(ties.shape[0])
    shares = _scaled(ties, ties.sum(axis=1))
    to_strongest = _scaled(ties, ties.max(axis=1).toarray().ravel())
    return _partners(ties) - _through(shares, to_strongest.T.tocsr(), ties).sum(axis=1)


def _partners(ties: Matrix) -> Any:
    """Return the number of ties of every node."""
    return np.diff(ties.indptr)


def _scaled(ties: Matrix, by: Any) -> Matrix:
    """Return each row divided by a number of its own; rows without ties stay empty."""
    scale = np.divide(1.0, by, out=np.zeros(len(by)), where=by > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ ties)


def _through(first: Matrix, second: Matrix, ties: Matrix) -> Matrix:
    """Return the product of two matrices, kept only where there is a tie."""
    is_tie = ties.astype(bool)
    blocks = [
        (first[row : row + ROWS] @ second).multiply(is_tie[row : row + ROWS])
        for row in range(0, ties.shape[0], ROWS)
    ]
    return sparse.vstack(blocks, format="csr") if blocks else ties


def _by_node(graph: nx.Graph, values: Any, ties: Matrix) -> dict[int, float | None]:
    """Return Python numbers by node, None for nodes without ties."""
    known = _partners(ties) > 0
    return {
        node: float(value) if there else None
        for node, value, there in zip(graph, values, known, strict=True)
    }
