"""Partnership networks that look like real ones, of any size: same size, same seed, same network.

What is like the real ones of ``crm/examples``: half of the organisations are government, few are
businesses; a few organisations are in everything and most in little (heavy tail); most ties lie
inside a district; the offices of the province and a handful of national hubs hold the districts
together; most support has no agreement; most meetings are small and a few are very large.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from benchmarks import names

SIZES = (150, 1_500, 20_000, 100_000)

UNTIL = date(2026, 11, 20)
"""The last day on which something happened; a question of this day finds the most."""
YEARS = 6

SHARES = {
    "opd": 0.50,
    "community": 0.19,
    "university": 0.10,
    "business": 0.09,
    "media": 0.08,
    "ngo_csr": 0.04,
}
"""Near what the 45 real meetings show, with a few more businesses, as an address book has."""

PROVINCIAL = {"opd": 0.1, "university": 0.6, "media": 0.4, "ngo_csr": 0.35, "business": 0.2}
VILLAGE = {"opd": 0.55, "community": 0.4}
"""Shares of a sector's organisations that work for a whole province, and in one village."""

TAIL = 1.6
"""Exponent of how active organisations are (Pareto); below 2 a few are in nearly everything."""
ACTIVE_KINDS = {"library_office": 8.0, "bappeda": 4.0, "ministry": 30.0, "donor": 30.0}

MEETINGS = (
    ("visit", 70, 2, 4),
    ("meeting", 24, 5, 12),
    ("rakor", 5, 15, 30),
    ("workshop", 1, 40, 60),
)
"""Kind of event, share in per cent, fewest and most organisations."""

PER_ORGANISATION = {"events": 0.45, "agreements": 0.12, "commitments": 0.2}


@dataclass(frozen=True, slots=True)
class Spot:
    """A region that organisations can lie in."""

    code: str
    name: str
    people: int

    @property
    def province(self) -> str:
        """The code of the province it is or lies in."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation, as rows of the database are made of it."""

    id: int
    name: str
    short_name: str
    sector: str
    kind: str
    level: str
    region: str | None
    activity: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event and who came, or was invited and did not."""

    kind: str
    day: date | None
    region: str | None
    host: int
    present: tuple[int, ...]
    absent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """An agreement or a team: who belongs to it, from when until when."""

    members: tuple[int, ...]
    starts: date
    ends: date | None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment."""

    giver: int
    receiver: int
    kind: str
    value: int | None
    promised: date
    due: date | None
    kept: date | None


@dataclass(frozen=True)
class Network:
    """Everything that was generated."""

    organisations: list[Organisation]
    meetings: list[Meeting]
    agreements: list[Bond]
    teams: list[Bond]
    promises: list[Promise]


@dataclass
class Pool:
    """Organisations that are drawn by how active they are."""

    ids: list[int] = field(default_factory=list)
    activities: list[float] = field(default_factory=list)
    _sums: list[float] = field(default_factory=list)

    def add(self, one: Organisation) -> None:
        """Let one more organisation be drawn."""
        self.ids.append(one.id)
        self.activities.append(one.activity)

    def draw(self, lots: Random) -> int | None:
        """Return one of them; None if there are none."""
        if not self.ids:
            return None
        if len(self._sums) != len(self.ids):
            self._sums = list(accumulate(self.activities))
        return self.ids[min(bisect(self._sums, lots.random() * self._sums[-1]), len(self.ids) - 1)]


def generate(size: int, spots: Sequence[Spot], seed: int = 1) -> Network:
    """Return a network of exactly ``size`` organisations in some of the given regions.

    :raises ValueError: if they are fewer than two: nobody could meet
    """
    if size < 2:
        raise ValueError("A network needs two organisations.")
    lots = Random(seed)
    chosen = _covered(size, spots)
    organisations = list(_organisations(size, chosen, lots))
    crowd = _Crowd(organisations, chosen, lots)
    many = {what: round(size * each) for what, each in PER_ORGANISATION.items()}
    return Network(
        organisations,
        [crowd.meeting() for _ in range(many["events"])],
        [crowd.agreement() for _ in range(many["agreements"])],
        [crowd.team(spot) for spot in chosen if len(spot.code) == 2 or lots.random() < 0.6],
        [crowd.promise() for _ in range(many["commitments"])],
    )


def _covered(size: int, spots: Sequence[Spot]) -> list[Spot]:
    """Return the regions of a network: small ones keep to few provinces, as programmes do."""
    provinces = sorted({spot.province for spot in spots})
    # The province of the first document stands first.
    provinces.sort(key=lambda code: code != "16")
    wanted = set(provinces[: max(1, round(size / 400))])
    return [spot for spot in spots if spot.province in wanted]


def _organisations(size: int, spots: Sequence[Spot], lots: Random) -> Iterator[Organisation]:
    """Yield organisations: hubs, then the two offices no region lacks, then all others."""
    naming = _Naming(spots, lots)
    yielded = 0
    first = [None] * min(len(names.MINISTRIES), max(2, size // 100))
    everywhere = [spot for _ in range(2) for spot in spots]
    for spot in [*first, *everywhere][:size]:
        yielded += 1
        yield naming.office(yielded, spot)
    sums = list(accumulate(spot.people**0.5 for spot in spots))
    while yielded < size:
        yielded += 1
        sector = lots.choices(list(SHARES), list(SHARES.values()))[0]
        spot = spots[bisect(sums, lots.random() * sums[-1])]
        yield naming.any(yielded, sector, spot)


class _Naming:
    """Makes organisations, so that no region has two of one name."""

    def __init__(self, spots: Sequence[Spot], lots: Random) -> None:
        self.lots = lots
        self.spots = {spot.code: spot for spot in spots}
        self.offices: dict[str, Iterator[tuple[str, str, str]]] = {}
        self.others: dict[tuple[str, str], Iterator[tuple[str, str]]] = {}
        self.ministries = iter(names.MINISTRIES)

    def office(self, number: int, spot: Spot | None) -> Organisation:
        """Return the next office of a region, or of the whole country."""
        if spot is None:
            name, kind = next(self.ministries)
            return self._made(number, name, "", "opd", kind, "national", None)
        waiting = self.offices.setdefault(spot.code, names.offices(_place(spot)))
        name, kind, short = next(waiting, ("", "", ""))
        if not name:
            return self._village(number, "opd", spot)
        level = "province" if len(spot.code) == 2 else "district"
        return self._made(number, name, short, "opd", kind, level, spot.code)

    def any(self, number: int, sector: str, spot: Spot) -> Organisation:
        """Return another organisation of a sector, in a region or its province."""
        above = self.spots.get(spot.province, spot)
        if self.lots.random() < PROVINCIAL.get(sector, 0.0):
            spot = above
        if sector == "opd" and self.lots.random() >= VILLAGE["opd"]:
            return self.office(number, spot)
        if self.lots.random() < VILLAGE.get(sector, 0.0):
            return self._village(number, sector, spot)
        level = "province" if len(spot.code) == 2 else "district"
        return self._other(number, sector, spot, level)

    def _village(self, number: int, sector: str, spot: Spot) -> Organisation:
        return self._other(number, sector, spot, "village")

    def _other(self, number: int, sector: str, spot: Spot, level: str) -> Organisation:
        key = spot.code, sector
        if key not in self.others:
            self.others[key] = names.ordinary(sector, _place(spot), self.lots)
        name, kind = next(self.others[key])
        return self._made(number, name, "", sector, kind, level, spot.code)

    def _made(
        self,
        number: int,
        name: str,
        short: str,
        sector: str,
        kind: str,
        level: str,
        region: str | None,
    ) -> Organisation:
        activity = self.lots.paretovariate(TAIL) * ACTIVE_KINDS.get(kind, 1.0)
        return Organisation(number, name, short, sector, kind, level, region, activity)


def _place(spot: Spot) -> str:
    return f"Provinsi {spot.name}" if len(spot.code) == 2 else spot.name


class _Crowd:
    """Draws who meets, signs, gives and sits together: mostly neighbours, sometimes a hub."""

    def __init__(
        self, organisations: list[Organisation], spots: Sequence[Spot], lots: Random
    ) -> None:
        self.lots = lots
        self.spots = spots
        self.here: dict[str, Pool] = {spot.code: Pool() for spot in spots}
        self.provincial: dict[str, Pool] = {spot.province: Pool() for spot in spots}
        self.province: dict[str, Pool] = {spot.province: Pool() for spot in spots}
        self.hubs, self.everybody = Pool(), Pool()
        self.region: dict[int, str | None] = {}
        for one in organisations:
            self.region[one.id] = one.region
            self.everybody.add(one)
            if one.region is None:
                self.hubs.add(one)
                continue
            self.here[one.region].add(one)
            self.province[one.region[:2]].add(one)
            if one.level == "province":
                self.provincial[one.region[:2]].add(one)

    def circle(self, host: int, count: int) -> tuple[int, ...]:
        """Return a host and others around it; fewer where there are not enough."""
        region = self.region[host]
        if region is not None:  # no meeting brings more than half of a small district together
            count = min(count, max(6, len(self.here[region].ids) // 2))
        found = {host: None}
        for _ in range(3 * count):
            if len(found) >= count:
                break
            one = self._near(region).draw(self.lots)
            if one is not None:
                found.setdefault(one)
        return tuple(found)

    def _near(self, region: str | None) -> Pool:
        if region is None:
            return self.everybody
        lot = self.lots.random()
        if lot < 0.84:
            return self.here[region]
        if lot < 0.93:
            return self.provincial[region[:2]]
        return self.province[region[:2]] if lot < 0.98 else self.hubs

    def meeting(self) -> Meeting:
        """Return one event of the last years."""
        kind, _share, least, most = self.lots.choices(MEETINGS, [one[1] for one in MEETINGS])[0]
        host = self._host()
        invited = self.circle(host, self.lots.randint(least, most))
        present = tuple(one for one in invited if one == host or self.lots.random() < 0.88)
        absent = tuple(one for one in invited if one not in set(present))
        day = None if self.lots.random() < 0.01 else self._day()
        return Meeting(kind, day, self.region[host], host, present, absent)

    def agreement(self) -> Bond:
        """Return one agreement: mostly of two, now and then of many."""
        lot = self.lots.random()
        parties = 2 if lot < 0.8 else self.lots.randint(3, 5) if lot < 0.98 else 17
        starts = self._day()
        open_ended = self.lots.random() < 0.1
        ends = None if open_ended else starts + timedelta(days=365 * self.lots.randint(1, 5))
        return Bond(self._several(self.circle(self._host(), parties)), starts, ends)

    def team(self, spot: Spot) -> Bond:
        """Return the team of a region, by its decree."""
        starts = self._day()
        host = self.here[spot.code].draw(self.lots) or self._host()
        members = self._several(self.circle(host, self.lots.randint(8, 20)))
        return Bond(members, starts, starts + timedelta(days=1095), spot.code)

    def promise(self) -> Promise:
        """Return one commitment, kept in two cases of three."""
        giver, receiver = self._several(self.circle(self._host(), 2))
        promised = self._day()
        due = promised + timedelta(days=self.lots.randint(30, 700))
        kept = due if due <= UNTIL and self.lots.random() < 0.67 else None
        kind = self.lots.choice(("money", "goods", "place", "training", "publicity"))
        value = self.lots.randint(1, 200) * 1_000_000 if kind in ("money", "goods") else None
        return Promise(giver, receiver, kind, value, promised, due, kept)

    def _host(self) -> int:
        one = self.everybody.draw(self.lots)
        assert one is not None
        return one

    def _several(self, circle: tuple[int, ...]) -> tuple[int, ...]:
        """Return at least two: the lonely one and somebody from anywhere."""
        other = circle[0]
        while len(circle) < 2 and other == circle[0]:
            other = self._host()
        return circle if len(circle) > 1 else (circle[0], other)

    def _day(self) -> date:
        """Return a day of the last years, lately more than long ago."""
        age = min(self.lots.random(), self.lots.random()) * YEARS * 365.25
        return UNTIL - timedelta(days=int(age))
