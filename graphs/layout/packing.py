"""Where each component goes: boxes side by side, none over another."""

from collections.abc import Sequence
from math import sqrt

MARGIN = 80.0
"""Pixels between two components."""

WIDE = 1.6
"""How much wider than high the whole picture should be, like a screen."""

Box = tuple[float, float]
Corner = tuple[float, float]


def shelves(boxes: Sequence[Box], width: float | None = None) -> list[Corner]:
    """Return the upper left corner of each box, in rows, the highest box first.

    Parameters
    ----------
    boxes : sequence of (width, height), of length b
    width : float, optional
        How wide a row may be; chosen for a wide picture if not given.

    Notes
    -----
    Next-fit decreasing height: at most twice as high as the best packing. O(b log b).

    Examples
    --------
    >>> shelves([(100, 50), (300, 200)], width=480)
    [(380.0, 0.0), (0.0, 0.0)]
    """
    if width is None:
        area = sum((wide + MARGIN) * (high + MARGIN) for wide, high in boxes)
        width = max([sqrt(area * WIDE), *(wide + MARGIN for wide, _ in boxes)])
    corners: list[Corner] = [(0.0, 0.0)] * len(boxes)
    x = y = row = 0.0
    for at in sorted(range(len(boxes)), key=lambda at: (-boxes[at][1], -boxes[at][0], at)):
        wide, high = boxes[at]
        if x > 0 and x + wide > width:
            x, y, row = 0.0, y + row + MARGIN, 0.0
        corners[at] = (x, y)
        x, row = x + wide + MARGIN, max(row, high)
    return corners


def place(boxes: Sequence[Box], wanted: Sequence[Corner | None]) -> list[Corner]:
    """Return a corner for each box: where it is wanted if that is free, else in rows below.

    Parameters
    ----------
    boxes : sequence of (width, height), of length b
        In order of right: a later one makes way for an earlier one.
    wanted : sequence of corner or None, of length b

    Notes
    -----
    O(k·b) for k boxes with a wish.

    Examples
    --------
    >>> place([(100, 50), (10, 10), (10, 10)], [(7.0, 7.0), (20.0, 20.0), None])
    [(7.0, 7.0), (7.0, 137.0), (97.0, 137.0)]
    """
    kept: dict[int, Corner] = {}
    for at, corner in enumerate(wanted):
        if corner is not None and not any(
            overlap(corner, boxes[at], there, boxes[other]) for other, there in kept.items()
        ):
            kept[at] = corner
    rest = [at for at in range(len(boxes)) if at not in kept]
    left, top, width = 0.0, 0.0, None
    if kept:
        left = min(x for x, _ in kept.values())
        top = max(y + boxes[at][1] for at, (_, y) in kept.items()) + MARGIN
        width = max([*(x + boxes[at][0] - left for at, (x, _) in kept.items()), 6 * MARGIN])
    rows = shelves([boxes[at] for at in rest], width)
    return [
        kept[at] if at in kept else (left + rows[rest.index(at)][0], top + rows[rest.index(at)][1])
        for at in range(len(boxes))
    ]


def overlap(corner: Corner, box: Box, other_corner: Corner, other: Box) -> bool:
    """Whether two boxes come nearer to each other than half the margin.

    Examples
    --------
    >>> overlap((0, 0), (10, 10), (30, 0), (10, 10)), overlap((0, 0), (10, 10), (60, 0), (9, 9))
    (True, False)
    """
    return all(
        corner[axis] < other_corner[axis] + other[axis] + MARGIN / 2
        and other_corner[axis] < corner[axis] + box[axis] + MARGIN / 2
        for axis in (0, 1)
    )
