"""The cast of the tests of findings: two provinces, three districts, and ways to bind people."""

from datetime import date, timedelta

from graphs.build import network
from graphs.findings import find
from graphs.records import SECTORS, Actor, Place, Tie

DAY = date(2017, 11, 6)
PLACES = {
    "16": Place("16", "province", poverty=13.2),
    "62": Place("62", "province", poverty=5.4),
    "16.04": Place("16.04", "district", "16", poverty=16.46),
    "16.71": Place("16.71", "district", "16", poverty=11.0),
    "16.73": Place("16.73", "district", "16"),
    "16.04.01.2001": Place("16.04.01.2001", "village", "16.04"),
}
REGIONS = tuple(PLACES)
OPD, UNIVERSITY, COMMUNITY, NGO, BUSINESS, MEDIA = SECTORS


def actor(one, sector=OPD, region="16.04"):
    """Return an organisation of a region, of the level of that region."""
    level = "national" if region is None else PLACES[region].level
    return Actor(one, sector, level, region)


def team(*members, row=0):
    """Return a working tie of some organisations, proved by a row."""
    return Tie("team", members, DAY, evidence=("team", row or min(members)))


def crowd(*members, row=0):
    """Return an event so large that presence alone binds nobody."""
    return Tie("attendance", (*members, *range(1000, 1030)), DAY, evidence=("event", row or 1))


def picture(actors, *ties):
    """Return the network of some organisations and ties, and of a crowd that is only known."""
    guests = [Actor(one, OPD, "national") for one in range(1000, 1030)]
    return network([*actors, *guests], [*ties, team(*range(1000, 1030))], DAY)


def ago(days):
    """Return the day so many days before the day of the network."""
    return DAY - timedelta(days)


def ahead(days):
    """Return the day so many days after it."""
    return DAY + timedelta(days)


def alone(actors, *ties):
    """Return the network of some organisations and ties, and of nobody else."""
    return network(actors, ties, DAY)


def found(graph, code, *, regions=REGIONS, **options):
    """Return the findings of one code, most severe first."""
    return [one for one in find(graph, PLACES, regions, **options) if one.code == code]
