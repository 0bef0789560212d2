"""The picture of a whole network: each component for itself, packed, isolates in a grid."""

from collections.abc import Mapping, Sequence
from math import dist, isfinite, sqrt

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from graphs.layout.forces import arrange
from graphs.layout.packing import MARGIN, WIDE, overlap, place
from graphs.layout.spacing import APART, Points, nearest, radii, spread

Id = int | str
Position = tuple[float, float]

CROWDED = 0.85
"""Where forces end, as a share of the mean distance wanted: room is then made where it lacks."""

FAR = 3.0
"""So many times the distance that is usual between partners, somebody stood elsewhere."""

GIVES_WAY = 0.1
"""How far an organisation that stood before gives way to a new one."""


def positions(
    graph: nx.Graph, seed: int, previous: Mapping[Id, Position] | None = None
) -> dict[Id, Position]:
    """Return where each organisation stands in a picture of the network, in pixels.

    Hubs stand in the middle of their partners, pendants around their hub, strong ties are
    shorter than weak ones. Components lie side by side, none over another; organisations
    without a tie stand in a grid below, easy to count.

    Parameters
    ----------
    graph : nx.Graph of n nodes and m edges
        Ids are numbers, or texts for groups of organisations with a ``size``. All edges are
        drawn and pull, by their ``strength`` (1 if not given): filter before.
    seed : int >= 0
        The lots drawn; the same seed and network give the same picture.
    previous : Mapping from id to (x, y), optional
        Where organisations stood before. A component more than half of which stood before
        keeps its place and shape, and finds room for who is new; others are drawn afresh.

    Returns
    -------
    dict of id to (x, y)
        One entry per node, in order of id, y downwards as on a screen. The mean distance to
        the nearest neighbour is about 60; circles of 8-36 pixels by degree do not overlap
        unless hubs crowd.

    Raises
    ------
    ValueError
        If a previous position is no pair of finite numbers.

    See Also
    --------
    graphs.draw.picture : The picture itself.

    Notes
    -----
    Pivot scaling, then forces [1]_ with the far field on a grid, then room for every circle, and
    boxes in rows. 0.6 s for 1,500 nodes and 6,000 edges, 2 s for 5,000 and 20,000, where
    networkx' spring layout takes 110 s. Store the result: it changes only with the data.

    References
    ----------
    .. [1] Fruchterman, T. & Reingold, E. (1991). Graph drawing by force-directed placement.
       Software: Practice and Experience 21, 1129-1164.

    Examples
    --------
    The hub of a star is nearer to the middle than any of its partners:

    >>> import networkx as nx
    >>> places = positions(nx.star_graph(12), seed=1)
    >>> middle = [sum(xy) / 13 for xy in zip(*places.values())]
    >>> from math import dist
    >>> min(places, key=lambda one: dist(places[one], middle))
    0

    Nothing moves where nothing changed:

    >>> positions(nx.star_graph(12), seed=2, previous=places) == places
    True
    """
    before = {one: at for one, at in (previous or {}).items() if one in graph}
    for one, at in before.items():
        if len(at) != 2 or not all(isfinite(number) for number in at):
            raise ValueError(f"the previous position of {one} is no point: {at!r}.")
    lots = np.random.default_rng(seed)
    parts = [sorted(part, key=by_id) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), by_id(part[0])))
    alone = [part[0] for part in parts if len(part) == 1]
    parts = [part for part in parts if len(part) > 1]
    room = _room(graph)
    stood = [_stood_together(graph, part, before) for part in parts]
    drawn = [
        _component(graph, part, room, there, lots) for part, there in zip(parts, stood, strict=True)
    ]
    kept = [2 * len(there) > len(part) for part, there in zip(parts, stood, strict=True)]
    boxes = [_box(points) for points in drawn]
    corners = place(
        boxes,
        [_corner(points) if stays else None for points, stays in zip(drawn, kept, strict=True)],
    )
    found: dict[Id, Position] = {}
    for part, points, corner in zip(parts, drawn, corners, strict=True):
        # Added as a difference, so that who stays where it was stays there to the last digit.
        placed = points + (np.array(corner) - np.array(_corner(points)))
        found.update(zip(part, map(tuple, placed.round(2).tolist()), strict=True))
    taken = list(zip(corners, boxes, strict=True))
    found.update(_grid(alone, before, taken, [found[one] for one in found]))
    return {one: found[one] for one in sorted(found, key=by_id)}


def by_id(one: Id) -> tuple[bool, Id]:
    """Return a key that puts organisations, whose ids are numbers, before groups of them."""
    return isinstance(one, str), one


def _stood_together(
    graph: nx.Graph, part: Sequence[Id], before: Mapping[Id, Position]
) -> dict[Id, Position]:
    """Return the previous places of those of a component who stood near a partner of today.

    Who finds a first partner stood far away, among those without any: it comes to its partner,
    or else the component would be as wide as the whole picture and push all others aside.
    """
    away = {
        one: min(dist(before[one], before[other]) for other in graph[one] if other in before)
        for one in part
        if one in before and any(other in before for other in graph[one])
    }
    if not away:
        return {}
    usual = FAR * float(np.quantile(list(away.values()), 0.95))
    most = min(max(usual, FAR * APART), FAR * APART * sqrt(len(part)))
    return {one: before[one] for one in part if one in before and away.get(one, 0.0) <= most}


def _room(graph: nx.Graph) -> dict[Id, float]:
    """Return the radius to keep free for each node: by its size as a group, else its degree."""
    sizes = nx.get_node_attributes(graph, "size")
    values = [sizes.get(one, 1) if sizes else graph.degree(one) for one in graph]
    return dict(zip(graph, radii(np.array(values, dtype=float)).tolist(), strict=True))


def _component(
    graph: nx.Graph,
    part: Sequence[Id],
    rooms: Mapping[Id, float],
    before: Mapping[Id, Position],
    lots: np.random.Generator,
) -> Points:
    """Return the points of one component, kept as far as it stood before."""
    room = np.array([rooms[one] for one in part])
    known = np.array([one in before for one in part])
    if 2 * known.sum() > len(part):
        points = _joined(graph, part, before, lots)
        return points if known.all() else spread(points, room, np.where(known, GIVES_WAY, 1.0))
    if len(part) == 2:
        return np.array([[0.0, 0.0], [APART + room.sum() / 2, 0.0]])
    points = arrange(_matrix(graph, part), lots)
    points = spread(points * (CROWDED * APART / nearest(points)), room)
    points *= max(1.0, APART / nearest(points))
    # The longest side lies across, as screens are wide.
    centred = points - points.mean(axis=0)
    return np.asarray(centred @ np.linalg.svd(centred, full_matrices=False)[2].T)


def _matrix(graph: nx.Graph, part: Sequence[Id]) -> csr_array:
    """Return the ties of a component as a matrix; none pulls more than three times another."""
    at = {one: place for place, one in enumerate(part)}
    ties = [
        (at[one], at[other], 0.5 + min(max(data.get("strength", 1.0), 0.0), 3.0) / 3.0)
        for one in part
        for other, data in sorted(graph[one].items(), key=lambda item: by_id(item[0]))
        if other != one
    ]
    rows, columns, weights = (np.array(column) for column in zip(*ties, strict=True))
    return csr_array((weights, (rows, columns)), shape=(len(part), len(part)))


def _joined(
    graph: nx.Graph,
    part: Sequence[Id],
    before: Mapping[Id, Position],
    lots: np.random.Generator,
) -> Points:
    """Return previous points, and those of new organisations beside the partners they have."""
    known = {one: np.array(before[one], dtype=float) for one in part if one in before}
    waiting = [one for one in part if one not in known]
    while waiting:
        # Each round takes in who has a partner standing already; the component is connected.
        ready = [one for one in waiting if any(other in known for other in graph[one])]
        beside = {
            one: np.mean(
                [known[other] for other in sorted(graph[one], key=by_id) if other in known], axis=0
            )
            for one in ready
        }
        for one in ready:
            angle = lots.uniform(0, 2 * np.pi)
            known[one] = beside[one] + APART * np.array([np.cos(angle), np.sin(angle)])
        waiting = [one for one in waiting if one not in known]
    return np.array([known[one] for one in part])


def _grid(
    alone: Sequence[Id],
    before: Mapping[Id, Position],
    taken: Sequence[tuple[Position, Position]],
    others: Sequence[Position],
) -> dict[Id, Position]:
    """Return the places of organisations without ties: where they stood if free, else in rows."""
    found: dict[Id, Position] = {}
    cells: set[tuple[int, int]] = set()
    for one in alone:
        if one in before:
            x, y = map(float, before[one])
            cell = (round(x / APART), round(y / APART))
            free = not any(overlap((x, y), (0.0, 0.0), corner, box) for corner, box in taken)
            if free and cell not in cells:
                cells.add(cell)
                found[one] = (x, y)
    rest = [one for one in alone if one not in found]
    standing = [*others, *found.values()]
    left = min((x for x, _ in standing), default=0.0)
    top = max((y for _, y in standing), default=-MARGIN) + MARGIN
    width = max((x for x, _ in standing), default=0.0) - left
    columns = max(int(width / APART) + 1, int(np.ceil(np.sqrt(len(rest) * WIDE))))
    for number, one in enumerate(rest):
        row, column = divmod(number, columns)
        found[one] = (round(left + column * APART, 2), round(top + row * APART, 2))
    return found


def _corner(points: Points) -> Position:
    """Return the upper left corner of the box around some points."""
    x, y = points.min(axis=0).tolist()
    return x, y


def _box(points: Points) -> Position:
    """Return the width and height of the box around some points."""
    wide, high = np.ptp(points, axis=0).tolist()
    return wide, high
