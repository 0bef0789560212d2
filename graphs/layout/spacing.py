"""Room for every organisation: nothing overlaps, and neighbours are about 60 pixels apart."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]

APART = 60.0
"""Mean distance to the nearest neighbour, in pixels."""

SMALLEST, EVEN, LARGEST = 8.0, 14.0, 36.0
"""Radii of circles, in pixels: nothing of a measure, all alike, the most of it."""

GAP = 24.0
"""The least distance between the rims of two organisations."""

ROUNDS = 60


def radii(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a radius of 8-36 pixels for each value, of the same length.

    The area is in proportion to the value, down to the smallest circle that can be seen and
    hit; where all values are equal, they say nothing, and all circles have the radius 14.

    Examples
    --------
    >>> radii(np.array([0.0, 25.0, 100.0])).tolist(), radii(np.array([3.0, 3.0])).tolist()
    ([8.0, 18.0, 36.0], [14.0, 14.0])
    """
    if not len(values) or values.min() == values.max():
        return np.full(len(values), EVEN)
    return np.asarray(np.maximum(SMALLEST, LARGEST * np.sqrt(values / values.max())))


def nearest(points: Points) -> float:
    """Return the mean distance to the nearest neighbour of at least two points."""
    distances, _ = cKDTree(points).query(points, k=2)
    return float(distances[:, 1].mean())


def spread(
    points: Points, room: NDArray[np.float64], movable: NDArray[np.float64] | None = None
) -> Points:
    """Return the points moved apart until their discs of these radii no longer overlap.

    ``movable`` says for each point how far it gives way, 0-1: a fixed one leaves the whole move
    to the other. Two fixed ones stay as they are.
    """
    gives = np.ones(len(points)) if movable is None else movable
    points = points.copy()
    for _ in range(ROUNDS):
        pairs = cKDTree(points).query_pairs(2 * room.max() + GAP, output_type="ndarray")
        one, other = pairs[:, 0], pairs[:, 1]
        apart = points[one] - points[other]
        distance = np.hypot(apart[:, 0], apart[:, 1])
        lacking = room[one] + room[other] + GAP - distance
        tight = (lacking > 0.5) & (gives[one] + gives[other] > 0)
        if not tight.any():
            break
        one, other, lacking = one[tight], other[tight], lacking[tight]
        way = apart[tight] / np.maximum(distance[tight], 1e-9)[:, None]
        share = lacking / (gives[one] + gives[other])
        for ends, sign in ((one, 1.0), (other, -1.0)):
            moves = way * (sign * share * gives[ends])[:, None]
            count = np.maximum(np.bincount(ends, minlength=len(points)), 1)
            for axis in (0, 1):
                points[:, axis] += np.bincount(ends, moves[:, axis], len(points)) / np.sqrt(count)
    return points
