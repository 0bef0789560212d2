"""What a network looks like: its shape, its cuts, and the position of each organisation in it.

Every function takes a graph and leaves it as it is, looks at all of its ties (give it
:func:`graphs.build.working` for the working ones), keeps isolates, and answers with Python
numbers, by node where there is one per node. What is not defined is ``None``, never ``nan``.
Graphs are undirected and have no loops, as those of :func:`graphs.build.network`.
"""

from graphs.measures.affiliation import affiliation
from graphs.measures.brokerage import Roles, brokerage
from graphs.measures.burt import constraint, effective_size, efficiency
from graphs.measures.chance import ByChance, Interval, ei_by_chance
from graphs.measures.communities import Comparison, communities, compare, modularity
from graphs.measures.cuts import (
    articulation_points,
    bridges,
    connected_pairs,
    connected_pairs_after_exit,
    fragmentation,
    fragmentation_after_exit,
)
from graphs.measures.distances import (
    distance_weighted_fragmentation,
    distance_weighted_fragmentation_after_exit,
    harmonic_closeness,
)
from graphs.measures.exits import Change, Exit, exit_of
from graphs.measures.parts import of_region, of_sectors
from graphs.measures.position import Betweenness, betweenness, reach
from graphs.measures.sectors import Cell, Mixing, ei_by_sector, ei_index, sector_ties
from graphs.measures.shape import (
    clustering,
    components,
    core_numbers,
    degree,
    degree_centralisation,
    density,
    diameter,
)
from graphs.measures.two_days import TieChange, tie_changes
from graphs.measures.two_mode import (
    Overlap,
    TwoMode,
    events_reached,
    overlaps,
    sectors_at_events,
    two_mode,
    two_mode_clustering,
)

__all__ = [
    "Betweenness",
    "ByChance",
    "Cell",
    "Change",
    "Comparison",
    "Exit",
    "Interval",
    "Mixing",
    "Overlap",
    "Roles",
    "TieChange",
    "TwoMode",
    "affiliation",
    "articulation_points",
    "betweenness",
    "bridges",
    "brokerage",
    "clustering",
    "communities",
    "compare",
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
    "distance_weighted_fragmentation_after_exit",
    "effective_size",
    "efficiency",
    "ei_by_chance",
    "ei_by_sector",
    "ei_index",
    "events_reached",
    "exit_of",
    "fragmentation",
    "fragmentation_after_exit",
    "harmonic_closeness",
    "modularity",
    "of_region",
    "of_sectors",
    "overlaps",
    "reach",
    "sector_ties",
    "sectors_at_events",
    "tie_changes",
    "two_mode",
    "two_mode_clustering",
]
