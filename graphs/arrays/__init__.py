"""A network in a few arrays: the same graph, small and fast, for whatever walks over all of it.

Two forms of one thing. ``nx.Graph`` is the readable one, and what tests take for the truth;
:class:`Compact` is a graph that networkx reads as well, laid out in columns without an object for
a tie. :func:`arrays_of` gives the neighbours of either in compressed rows, and the searches of
this package work on these. Measures and findings take both forms and answer alike.
"""

from graphs.arrays.columns import Actors, Groups
from graphs.arrays.compact import Compact, Pairs
from graphs.arrays.form import Arrays, arrays_of, ends_of, groups_of, values_of

__all__ = [
    "Actors",
    "Arrays",
    "Compact",
    "Groups",
    "Pairs",
    "arrays_of",
    "ends_of",
    "groups_of",
    "values_of",
]
