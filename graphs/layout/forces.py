"""One component of a network, drawn by forces: ties pull, organisations push each other apart.

A middle way between Fruchterman and Reingold's model, where all push alike, and ForceAtlas2,
where hubs push as much as they have partners: a tie pulls by its length and more when it is long,
two organisations with masses p and q push by p·q/distance, and a weak gravity keeps branches in.
Hubs take room, their pendants stay around them.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, rfft2
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

Points = NDArray[np.float64]

PIVOTS = 40
MASS = 0.6
"""Mass of an organisation with k partners: (k + 1) to this power."""
GRAVITY = 0.02
STEP = 2.0
"""Distance of two organisations one step apart at the start."""
LONG = 6.0
"""A tie of this length pulls twice as hard as its length alone would."""

ROUNDS = 90
DIRECT = 200
"""Up to so many organisations every pair is computed; above, a field on a grid."""

CELLS = 96
NEAR = 3.0
"""Pairs nearer than so many cells are computed one by one as well."""


def arrange(ties: csr_array, rng: np.random.Generator) -> Points:
    """Return n × 2 points for a connected component with a symmetric n × n matrix of ties.

    Notes
    -----
    The start comes from the distances to a few pivots (classical scaling), which unfolds the
    network as a whole; rounds of forces then give every neighbourhood its room, each round
    allowing shorter moves. A round takes O(m + n) and two convolutions on a grid.
    """
    n = ties.shape[0]
    degree = np.diff(ties.indptr)
    mass = (degree + 1.0) ** MASS
    one, other, weight = np.repeat(np.arange(n), degree), ties.indices, ties.data
    points = _unfolded(ties, rng) * STEP + rng.normal(scale=0.3 * STEP, size=(n, 2))
    push = pushes_of_pairs if n <= DIRECT else Field()
    longest = 0.5 * float(np.ptp(points, axis=0).max()) + STEP
    for cooling in np.geomspace(1.0, 0.004, min(ROUNDS, 20 + 2 * n)):
        apart = points[other] - points[one]
        stretch = np.hypot(apart[:, 0], apart[:, 1]) / LONG
        pull = apart * (weight * (1 + stretch))[:, None]
        force = push(points, mass) + GRAVITY * mass[:, None] * (points.mean(axis=0) - points)
        for axis in (0, 1):
            force[:, axis] += np.bincount(one, pull[:, axis], n)
        # A move of force through stiffness never overshoots: hubs with many ties do not jump.
        stiffness = np.bincount(one, weight * (1 + 2 * stretch), n) + mass
        move = force / stiffness[:, None]
        length = np.hypot(move[:, 0], move[:, 1])
        share = np.minimum(0.7, cooling * longest / np.maximum(length, 1e-12))
        points = points + move * share[:, None]
    return points


def _unfolded(ties: csr_array, rng: np.random.Generator) -> Points:
    """Return points whose distances come near to the steps between, by pivot scaling [1]_.

    References
    ----------
    .. [1] Brandes, U. & Pich, C. (2007). Eigensolver methods for progressive multidimensional
       scaling of large data. Graph Drawing 2006, 42-53.
    """
    n = ties.shape[0]
    pivots = [int(np.argmax(np.diff(ties.indptr)))]
    steps = [dijkstra(ties, unweighted=True, indices=pivots[0])]
    nearest = steps[0].copy()
    while len(pivots) < min(PIVOTS, n):
        # The farthest from all pivots so far; among equals, lots decide.
        far = np.flatnonzero(nearest == nearest.max())
        pivots.append(int(rng.choice(far)))
        steps.append(dijkstra(ties, unweighted=True, indices=pivots[-1]))
        nearest = np.minimum(nearest, steps[-1])
    square = np.array(steps).T ** 2
    centred = -0.5 * (
        square - square.mean(axis=0) - square.mean(axis=1, keepdims=True) + square.mean()
    )
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -2:][:, ::-1]
    # An eigenvector has no sign of its own: fix it, so that every machine draws the same.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1, 1)
    points = centred @ axes
    if points.shape[1] < 2:
        points = np.column_stack([points, np.zeros(n)])
    lengths = np.sqrt(np.maximum(values[-2:][::-1], 1e-9)) ** 0.5
    return points / np.maximum(lengths, 1e-9)


def pushes_of_pairs(points: Points, mass: NDArray[np.float64]) -> Points:
    """Return how far all others push each organisation, from every pair."""
    apart = points[:, None] - points[None]
    square = np.maximum((apart**2).sum(axis=2), 1e-9)
    return (apart * (mass[:, None] * mass[None] / square)[..., None]).sum(axis=1)


class Field:
    """The same push for many organisations: far away through a grid, near by pairs."""

    def __init__(self) -> None:
        at = np.minimum(np.arange(2 * CELLS), 2 * CELLS - np.arange(2 * CELLS)).astype(float)
        sign = np.where(np.arange(2 * CELLS) < CELLS, 1.0, -1.0)
        square = at[:, None] ** 2 + at[None] ** 2 + 1.0
        self.kernels = (rfft2((sign * at)[:, None] / square), rfft2((sign * at)[None] / square))

    def __call__(self, points: Points, mass: NDArray[np.float64]) -> Points:
        low = points.min(axis=0)
        cell = float(np.ptp(points, axis=0).max()) / (CELLS - 2) + 1e-9
        place = (points - low) / cell
        corner = place.astype(int)
        rest = place - corner
        corners = [
            (
                (corner[:, 0] + dx) * CELLS + corner[:, 1] + dy,
                np.abs(1 - dx - rest[:, 0]) * np.abs(1 - dy - rest[:, 1]),
            )
            for dx in (0, 1)
            for dy in (0, 1)
        ]
        size = CELLS * CELLS
        weights = np.sum([np.bincount(at, share * mass, size) for at, share in corners], axis=0)
        spectrum = rfft2(weights.reshape(CELLS, CELLS), (2 * CELLS, 2 * CELLS))
        push = np.empty_like(points)
        for axis, kernel in enumerate(self.kernels):
            field = irfft2(spectrum * kernel, (2 * CELLS, 2 * CELLS))[:CELLS, :CELLS].ravel()
            push[:, axis] = sum(field[at] * share for at, share in corners) * mass / cell
        return push + _near(points, mass, cell)


def _near(points: Points, mass: NDArray[np.float64], cell: float) -> Points:
    """Return what the grid, which is blunt below a cell, leaves out between near pairs."""
    pairs = cKDTree(points).query_pairs(NEAR * cell, output_type="ndarray")
    one, other = pairs[:, 0], pairs[:, 1]
    apart = points[one] - points[other]
    square = np.maximum((apart**2).sum(axis=1), 1e-6 * cell**2)
    push = apart * (mass[one] * mass[other] * cell**2 / (square * (square + cell**2)))[:, None]
    return np.column_stack(
        [
            np.bincount(one, push[:, axis], len(points))
            - np.bincount(other, push[:, axis], len(points))
            for axis in (0, 1)
        ]
    )
