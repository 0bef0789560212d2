"""How to read every number: what it is, what it says, what it does not, and a small example.

docs/panduan/ukuran.md says the same in Indonesian, beside the same pictures: tests hold them equal.
"""

from dataclasses import dataclass
from typing import Any

from crm.language import _
from crm.network.words import PART_DEFINITIONS, PART_NAMES


@dataclass(frozen=True)
class Explained:
    """One measure in plain words."""

    title: Any
    definition: Any
    """What is counted, and how."""
    reading: Any
    """What a high or a low value says, and what it does not."""
    example: Any
    """What its picture shows: static/measures/<name>.svg."""


EXPLAINED: dict[str, Explained] = {
    "working-tie": Explained(
        _("Working tie"),
        _(
            "Two organisations have a working tie on a day when an agreement, promised support or "
            "a common team binds them on that day, or when they met in the window often enough "
            "and in groups small enough."
        ),
        _(
            "A meeting of a hundred binds less than a visit of three, and an old meeting less "
            "than a new one. Nearly all other numbers rest on working ties."
        ),
        _("Three at a small visit are tied to each other; an agreement ties the fourth."),
    ),
    "at-work": Explained(
        _("At work"),
        _(
            "Organisations with a working tie on the day, and those that were present at an event "
            "in the window."
        ),
        _(
            "Who is known but neither tied nor seen is not at work. Every organisation stands in "
            "exactly one group: with a working tie, seen at events only, or neither."
        ),
        _("Five are known: three have ties, one was seen at an event; four of five are at work."),
    ),
    "groups": Explained(
        _("Groups without a connection"),
        _(
            "Organisations belong to one group when ways lead from each to each other over "
            "working ties. Organisations without any tie are not counted as groups."
        ),
        _(
            "One group is best: news and help can reach everybody. Several groups mean that "
            "whole circles do not know of each other."
        ),
        _("Seven organisations in two groups, of four and of three; one stands alone."),
    ),
    "index": Explained(
        _("Synergy index"),
        _("The mean of coverage, linkage, cohesion and resilience, from 0 to 100."),
        _(
            "Never quote it without its parts: the same index may mean many partners that work "
            "side by side, or few that hang together. “—” means that nobody is at work, which is "
            "not zero."
        ),
        _("Four parts of 0.50, 0.20, 0.50 and 0.36 have a mean of 0.39: the index is 39."),
    ),
    "coverage": Explained(
        PART_NAMES["coverage"],
        PART_DEFINITIONS["coverage"],
        _("It rises when a sector that was missing takes part; more of the same do not raise it."),
        _("Three of six sectors are at work: 0.50."),
    ),
    "linkage": Explained(
        PART_NAMES["linkage"],
        PART_DEFINITIONS["linkage"],
        _("Low beside a high coverage: the sectors are all there, each by itself."),
        _("Of fifteen pairs of sectors three have a tie: 0.20."),
    ),
    "cohesion": Explained(
        PART_NAMES["cohesion"],
        PART_DEFINITIONS["cohesion"],
        _(
            "It falls when the organisations of a region form separate parts. One tie between "
            "two parts may raise it much."
        ),
        _("Of five organisations three hang together and two: 4 of 10 pairs are connected, 0.40."),
    ),
    "resilience": Explained(
        PART_NAMES["resilience"],
        PART_DEFINITIONS["resilience"],
        _("Low beside a high cohesion: everything hangs on one office. A second way around helps."),
        _("Without the middle of a star nobody is connected: 0. In a ring everybody still is: 1."),
    ),
    "interval": Explained(
        _("Interval of the index"),
        _(
            "Between what the index lies in 90 of 100 runs, each of which leaves out a tenth of "
            "the records by lot."
        ),
        _(
            "A wide interval warns: a few records more or less would change the index. It says "
            "nothing about records that nobody has written down."
        ),
        _("Most runs lie between 33 and 42 around the index of 39."),
    ),
    "severity": Explained(
        _("Severity"),
        _(
            "100 × impact × need. Impact says how much is missing; need rises from a half to one "
            "with the rank of the region by poverty among its siblings."
        ),
        _(
            "It orders what to do first. Two gaps with 40 and 42 are equally serious; 20 and 60 "
            "are not."
        ),
        _("Impact 0.5 and need 0.8 make 40."),
    ),
    "stability": Explained(
        _("Stable"),
        _(
            "In how many of the runs a gap still stands, each of which leaves out a tenth of the "
            "records by lot."
        ),
        _("Low: it hangs on single records; look at them before you act."),
        _("The gap stands in 8 of 10 runs: 80 %."),
    ),
    "strength": Explained(
        _("Strength of a tie"),
        _(
            "The sum over all that binds two organisations: agreements and support count three, "
            "a common team and meetings one, shared among all who take part; meetings age."
        ),
        _("It shows how much binds two, not how near they are or how well they work together."),
        _("An agreement of two (3) and a visit of three (0.5) make 3.5."),
    ),
    "partners": Explained(
        _("Partners"),
        _("With how many other organisations it has a working tie."),
        _("Many partners of one sector say less than few of several: look at the sectors too."),
        _("The middle has four partners, each of the others one."),
    ),
    "betweenness": Explained(
        _("Betweenness"),
        _(
            "The share of all shortest ways between two other organisations that lead through "
            "it; where there are several shortest ways, each counts in part."
        ),
        _(
            "High: it can bring others together, and is missed when it leaves. It does not say "
            "that it does so today."
        ),
        _("All ways between left and right lead through the middle."),
    ),
    "constraint": Explained(
        _("Constraint"),
        _(
            "How far its partners depend on each other: 1 with a single partner, near 0 with "
            "many partners that do not know each other (Burt)."
        ),
        _("Low means free to choose whom to bring together; high means bound in one circle."),
        _("Left: partners that do not know each other, low. Right: one closed circle, high."),
    ),
    "effective-size": Explained(
        _("Effective size"),
        _(
            "The number of its partners, less how many partners of theirs each of them has among "
            "the others on average (Burt)."
        ),
        _("Nearly as large as the number of partners: they open different circles to it."),
        _("Four partners, two of whom work together: 4 − 2 × 1 ÷ 4 = 3.5."),
    ),
    "core": Explained(
        _("Core"),
        _(
            "The largest number k for which it belongs to a part of the network where everybody "
            "has at least k partners."
        ),
        _("The highest number is the core of the network, 1 its edge, 0 without a tie."),
        _("Four that all know each other are a core of 3; who knows only one of them has 1."),
    ),
    "exit": Explained(
        _("Rise of fragmentation on exit"),
        _(
            "By how much the share of pairs that cannot reach each other rises when it leaves "
            "the network."
        ),
        _(
            "From 0.05 on a gap is reported: everything hangs on one organisation. Below zero: "
            "it had fewer connections than the others have among themselves."
        ),
        _("Without the middle two parts remain that cannot reach each other."),
    ),
    "roles": Explained(
        _("Roles between sectors"),
        _(
            "Each pair of its partners that do not work together directly is counted once, by "
            "the sectors of the three (Gould and Fernandez)."
        ),
        _(
            "Between two different other sectors is the most valuable for synergy; pairs that "
            "only it connects are lost when it stops."
        ),
        _("The office in the middle connects a university with a bank: two other sectors."),
    ),
    "poverty": Explained(
        _("Poverty and need"),
        _(
            "The share of poor people by one source and one year for all siblings: provinces with "
            "provinces, kabupaten and kota with those of the same province."
        ),
        _("Only the rank counts: the poorest has need 1, the least poor 0.5, without data 0.75."),
        _("The second poorest of five regions has need 0.88."),
    ),
}
