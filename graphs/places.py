"""Where a region lies, and how much it needs.

Regions nest by ``Place.parent``. A code that is not among the places, or whose place does not
name its parent, nests by its dotted prefix: ``16.71.01`` lies in ``16.71``, which lies in ``16``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graphs.records import Place

NEED_WITHOUT_DATA = 0.75
"""The middle of the scale: what a region needs when nothing tells it from its siblings."""


def parent_of(places: Mapping[str, Place], code: str) -> str | None:
    """Return the code of the region directly above, or None at the top.

    Parameters
    ----------
    places : mapping of code to Place
        The known regions.
    code : str
        Any region code; it need not be among the places.

    Returns
    -------
    str or None
        ``Place.parent`` where it is known, else the dotted prefix, else None.

    Examples
    --------
    >>> parent_of({}, "16.71.01")
    '16.71'
    >>> parent_of({"16": Place("16", "province")}, "16") is None
    True
    >>> parent_of({"X": Place("X", "district", parent="16")}, "X")
    '16'
    """
    place = places.get(code)
    if place is not None and place.parent:
        return place.parent
    return code.rpartition(".")[0] or None


def path(places: Mapping[str, Place], code: str | None) -> tuple[str, ...]:
    """Return a region and all regions above it, nearest first.

    Parameters
    ----------
    places : mapping of code to Place
        The known regions.
    code : str or None
        Any region code; None is the whole country, which lies in no region.

    Returns
    -------
    tuple of str, of length d
        The code itself, its parent, and so on; empty for None.

    Raises
    ------
    ValueError
        If the parents go round in a circle.

    Notes
    -----
    Time O(d) for a region of depth d; at most 4 in Indonesia.

    Examples
    --------
    >>> path({}, "16.71.01")
    ('16.71.01', '16.71', '16')
    >>> path({}, None)
    ()
    """
    steps: list[str] = []
    while code is not None:
        if code in steps:
            raise ValueError(f"The parents of region {code} go round in a circle.")
        steps.append(code)
        code = parent_of(places, code)
    return tuple(steps)


def lies_in(places: Mapping[str, Place], code: str | None, region: str | None) -> bool:
    """Return whether a region is another one or lies below it.

    Parameters
    ----------
    places : mapping of code to Place
        The known regions.
    code : str or None
        The region that may lie inside; None lies in the whole country only.
    region : str or None
        The region that may contain it; None is the whole country and contains all.

    Returns
    -------
    bool

    Examples
    --------
    >>> lies_in({}, "16.71.01", "16"), lies_in({}, "16", "16"), lies_in({}, "16", "16.71")
    (True, True, False)
    >>> lies_in({}, "1", "16"), lies_in({}, "161", "16")
    (False, False)
    >>> lies_in({}, None, "16"), lies_in({}, None, None)
    (False, True)
    """
    return region is None or region in path(places, code)


def below(places: Mapping[str, Place], code: str) -> set[str]:
    """Return a region and every known region below it, at any depth.

    Parameters
    ----------
    places : mapping of code to Place, of length q
        The known regions.
    code : str
        Any region code; it is always in the answer.

    Returns
    -------
    set of str

    Notes
    -----
    Time O(q); for one organisation ask :func:`lies_in`, for many regions :func:`path` of each
    organisation.

    Examples
    --------
    >>> places = {c: Place(c, "district", parent="16") for c in ("16.01", "16.71")}
    >>> sorted(below(places, "16"))
    ['16', '16.01', '16.71']
    """
    return {one for one in places if code in path(places, one)} | {code}


def province_of(places: Mapping[str, Place], code: str | None) -> str | None:
    """Return the province in which a region lies; a province lies in itself.

    Parameters
    ----------
    places : mapping of code to Place
        The known regions.
    code : str or None
        Any region code; None is the whole country.

    Returns
    -------
    str or None
        The nearest region on the way up whose level is ``province``; where none is known, the
        topmost one. None for None.

    Examples
    --------
    >>> province_of({}, "16.71.01")
    '16'
    >>> province_of({}, None) is None
    True
    """
    way = path(places, code)
    for one in way:
        if one in places and places[one].level == "province":
            return one
    return way[-1] if way else None


def siblings(places: Mapping[str, Place], code: str) -> tuple[str, ...]:
    """Return the known regions of the same parent and level, itself included, in order of code.

    Parameters
    ----------
    places : mapping of code to Place, of length q
        The known regions.
    code : str
        Any region code; one that is not among the places has no siblings.

    Returns
    -------
    tuple of str

    Notes
    -----
    Time O(q).

    Examples
    --------
    >>> places = {c: Place(c, "district") for c in ("16.02", "16.01", "62.01")}
    >>> siblings(places, "16.01")
    ('16.01', '16.02')
    >>> siblings(places, "99")
    ()
    """
    if code not in places:
        return ()
    level, parent = places[code].level, parent_of(places, code)
    return tuple(
        sorted(
            one
            for one, place in places.items()
            if place.level == level and parent_of(places, one) == parent
        )
    )


def poverty_need(places: Mapping[str, Place], code: str | None) -> float:
    """Return how much a region needs, by its poverty among its siblings.

    Parameters
    ----------
    places : mapping of code to Place, of length q
        The known regions; their poverty from one source and one year.
    code : str or None
        Any region code; None is the whole country.

    Returns
    -------
    float in [0.5, 1]
        0.5 + 0.5 · (r − 1)/(s − 1), where r is the rank of the region among its s siblings with
        data: 1 for the least poor, s for the poorest, the mean of their ranks for equals. It is
        0.75 without data for this region, and for the only sibling with data: nothing tells it
        from others then, just as when all are equally poor.

    See Also
    --------
    poverty_needs : The same for all regions in one pass.

    Notes
    -----
    Ranks and not rates, as two sources that disagree on rates mostly agree on the order.
    Time O(q).

    Examples
    --------
    >>> rates = {"16.01": 12.0, "16.02": 16.0, "16.03": 10.0, "16.04": None}
    >>> places = {c: Place(c, "district", poverty=rate) for c, rate in rates.items()}
    >>> [poverty_need(places, code) for code in places]
    [0.75, 1.0, 0.5, 0.75]
    """
    return (
        NEED_WITHOUT_DATA
        if code is None
        else _needs(places, siblings(places, code)).get(code, NEED_WITHOUT_DATA)
    )


def poverty_needs(places: Mapping[str, Place]) -> dict[str, float]:
    """Return the need of every known region; see :func:`poverty_need`.

    Parameters
    ----------
    places : mapping of code to Place, of length q
        The known regions.

    Returns
    -------
    dict of str to float in [0.5, 1]
        One entry per place.

    Notes
    -----
    Time O(q log q), where one by one takes O(q²).

    Examples
    --------
    >>> places = {c: Place(c, "province", poverty=p) for c, p in (("16", 13.2), ("62", 5.4))}
    >>> poverty_needs(places)
    {'16': 1.0, '62': 0.5}
    """
    families: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for code, place in places.items():
        families[place.level, parent_of(places, code)].append(code)
    needs: dict[str, float] = {}
    for family in families.values():
        needs.update(_needs(places, family))
    return {code: needs.get(code, NEED_WITHOUT_DATA) for code in places}


def _needs(places: Mapping[str, Place], family: Iterable[str]) -> dict[str, float]:
    """Return the need of each sibling whose poverty is known, if there are at least two."""
    rates = {code: rate for code in family if (rate := places[code].poverty) is not None}
    if len(rates) < 2:
        return {}
    ranks: dict[float, list[int]] = defaultdict(list)
    for rank, rate in enumerate(sorted(rates.values())):
        ranks[rate].append(rank)
    share = {rate: sum(tied) / len(tied) / (len(rates) - 1) for rate, tied in ranks.items()}
    return {code: 0.5 + 0.5 * share[rate] for code, rate in rates.items()}
