"""What a network looks like: its shape, its cuts, and the position of each organisation in it.

Every function takes a graph and leaves it as it is, looks at all of its ties (give it
:func:`graphs.build.working` for the working ones), keeps isolates, and answers with Python
numbers, by node where there is one per node. What is not defined is ``None``, never ``nan``.
Graphs are undirected and have no loops, as those of :func:`graphs.build.network`.
"""

from graphs.measures.brokerage import Roles, brokerage
from graphs.measures.burt import constraint, effective_size, efficiency
from graphs.measures.cuts import (
    articulation_points,
    bridges,
    connected_pairs,
    connected_pairs_after_exit,
    fragmentation,
    fragmentation_after_exit,
)
from graphs.measures.position import (
    Betweenness,
    betweenness,
    distance_weighted_fragmentation,
    harmonic_closeness,
    reach,
)
from graphs.measures.sectors import Mixing, ei_by_sector, ei_index, sector_ties
from graphs.measures.shape import (
    clustering,
    components,
    core_numbers,
    degree,
    degree_centralisation,
    density,
    diameter,
)

__all__ = [
    "Betweenness",
    "Mixing",
    "Roles",
    "articulation_points",
    "betweenness",
    "bridges",
    "brokerage",
    "clustering",
    "components",
    "connected_pairs",
    "connected_pairs_after_exit",
    "constraint",
    "core_numbers",
    "degree",
    "degree_centralisation",
    "density",
    "diameter",
    "distance_weighted_fragmentation",
    "effective_size",
    "efficiency",
    "ei_by_sector",
    "ei_index",
    "fragmentation",
    "fragmentation_after_exit",
    "harmonic_closeness",
    "reach",
    "sector_ties",
]
