"""A finding in words: what is missing, and who should do what next, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.formats import day, number, percent
from crm.language import _, _n
from crm.network import sentences_of_facts, steps_of_facts, titles
from crm.network.models import StoredFinding
from crm.network.words import SECTOR_NAMES, SECTOR_NOUNS
from crm.regions import ranking
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.offices import library_offices, lies_in

OTHERS_SHOWN = 20


@dataclass(frozen=True)
class Named:
    """An organisation by name."""

    id: int
    name: str


@dataclass(frozen=True)
class Told:
    """A finding as the interface tells it."""

    finding: StoredFinding
    sentence: str
    step: str
    task: str
    """The next step as the title of a follow-up."""
    region: str
    poverty: str
    organisations: list[Named]
    numbers: list[tuple[Any, Any]]
    """The figures behind it, with their names."""

    @property
    def stakeholder_id(self) -> int | None:
        """The organisation that the next step is about."""
        return (self.finding.step or {}).get("who")


class Teller:
    """Tells findings; keeps the names that their sentences need, so that each is read once."""

    def __init__(self, findings: Iterable[StoredFinding] = ()) -> None:
        """Read the regions, and the names that these findings need."""
        self.places = {one.code: one for one in ranking.places_for_network()}
        self.names: dict[int, str] = {}
        self.regions: dict[str, str] = {}
        self.offices: dict[int, str] = {}
        self.titles: dict[titles.Row, str] = {}
        self.posts: dict[tuple[int, int], str] = {}
        self._told: dict[int, Told] = {}
        self.learn(findings)

    def learn(self, findings: Iterable[StoredFinding]) -> None:
        """Read the names that some findings need, all at once."""
        findings = list(findings)
        ids = {one for finding in findings for one in _mentioned(finding)} - self.names.keys()
        if ids:
            self.names.update(stakeholders.named(ids))
            self.offices.update(library_offices(ids))
        codes = {one.region_code for one in findings if one.region_code} - self.regions.keys()
        if codes:
            self.regions.update(regions.names_of(codes))
        rows = {row for one in findings for row in sentences_of_facts.rows_of(one)}
        if rows := rows - self.titles.keys():
            self.titles.update(titles.titles(rows))
        if persons := {theirs for one in findings if (theirs := one.values.get("theirs"))}:
            self.posts.update(titles.posts(persons))

    def told(self, findings: Iterable[StoredFinding]) -> list[Told]:
        """Tell several findings, in their order."""
        findings = list(findings)
        self.learn(findings)
        return [self.tell(one) for one in findings]

    def tell(self, finding: StoredFinding) -> Told:
        """Tell one finding."""
        if finding.id not in self._told:
            self.learn([finding])
            sentence, numbers = _SENTENCES[finding.code](self, finding)
            self._told[finding.id] = Told(
                finding=finding,
                sentence=str(sentence),
                step=str(_step(self, finding)),
                task=str(_task(self, finding)).removesuffix("."),
                region=str(self.region(finding)),
                poverty=self.poverty(finding.region_code),
                organisations=[
                    Named(one, self.names[one])
                    for one in finding.organisations[:OTHERS_SHOWN]
                    if one in self.names
                ],
                numbers=numbers,
            )
        return self._told[finding.id]

    def name(self, one: int | None) -> str:
        """Return the name of an organisation; a dash for one that is no longer there."""
        return self.names.get(one, "—") if one is not None else "—"

    def is_ours(self, one: int | None, finding: StoredFinding) -> bool:
        """Whether an organisation is the library office of a finding's region or its province."""
        home = self.offices.get(one) if one is not None else None
        return home is not None and lies_in(finding.region_code, home)

    def title(self, row: tuple[str, int | None]) -> str:
        """Return what a row is called; a dash for one that is no longer there."""
        table, one = row
        return self.titles.get((table, one), "—") if one is not None else "—"

    def post(self, person: int | None, at: int) -> str:
        """Return the post of a person at an organisation; empty where none is recorded."""
        return self.posts.get((person, at), "") if person is not None else ""

    def region(self, finding: StoredFinding) -> Any:
        """Return the name of a finding's region."""
        if finding.region_code is None:
            return _("the whole network")
        return self.regions.get(finding.region_code, finding.region_code)

    def place(self, finding: StoredFinding) -> Any:
        """Return the region with its poverty, as the sentences say it."""
        poverty = self.poverty(finding.region_code)
        if not poverty:
            return self.region(finding)
        return _("%(region)s (poverty %(rate)s)", region=self.region(finding), rate=poverty)

    def poverty(self, code: str | None) -> str:
        """Return the poverty rate of a region with source and year; empty where not known."""
        place = self.places.get(code or "")
        if place is None or place.poverty is None:
            return ""
        # "BPS (P0)" within brackets reads badly: the figure's own page says which rate it is.
        source = str(place.source).partition(" (")[0]
        return f"{percent(place.poverty, 2)}, {source} {place.year}"


Numbers = list[tuple[Any, Any]]


def _mentioned(finding: StoredFinding) -> Iterable[int]:
    step = finding.step or {}
    yield from finding.organisations[:OTHERS_SHOWN]
    for one in (step.get("who"), step.get("to"), step.get("through"), finding.values.get("met")):
        if one is not None:
            yield one


def _uncovered(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _(
        "No %(sector)s works as a partner in %(place)s.",
        sector=SECTOR_NOUNS[finding.sectors[0]],
        place=teller.place(finding),
    )
    return sentence, [
        (_("Wanted sectors missing"), f"{values['missing']} / {values['wanted']}"),
        (_("Known organisations of this sector"), number(values["known"])),
        (_("Organisations at work in the region"), number(values["engaged"])),
        (_("Steps to the nearest one"), number(values["steps"])),
    ]


def _unlinked(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    first, second = (SECTOR_NOUNS[one] for one in finding.sectors)
    sentence = _(
        "In %(place)s no %(first)s works together with any %(second)s.",
        first=first,
        second=second,
        place=teller.place(finding),
    )
    return sentence, [
        (_("Pairs of sectors without a tie"), number(values["unlinked"])),
        *(
            (_("At work: %(sector)s", sector=SECTOR_NAMES[sector]), number(values[side]))
            for sector, side in zip(finding.sectors, ("first", "second"), strict=True)
        ),
        (_("Steps between the nearest two"), number(values["steps"])),
    ]


def _isolated(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    name = teller.name(finding.organisations[0])
    last = values["last_contact"]
    when = day(date.fromisoformat(last)) if last else None
    if values["met"] is not None and when:
        sentence = _(
            "%(name)s has no working tie any more; it last met %(met)s on %(when)s.",
            name=name,
            met=teller.name(values["met"]),
            when=when,
        )
    elif values["met"] is not None:
        sentence = _(
            "%(name)s has no working tie; it met %(met)s before.",
            name=name,
            met=teller.name(values["met"]),
        )
    else:
        sentence = _("%(name)s is known, but has no tie to anybody.", name=name)
    return sentence, [
        (_("Organisations it met before"), number(values["acquaintances"])),
        (_("Last contact"), when),
        (_("Strength of the old tie"), number(values["strength"], 3)),
    ]


def _split(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _n(
        "The partners in %(place)s form %(num)s part.",
        "The partners in %(place)s fall into %(num)s parts without any connection.",
        values["parts"],
        place=teller.place(finding),
    )
    return sentence, [
        (_("Separate parts"), number(values["parts"])),
        (_("Organisations in the largest part"), number(values["largest"])),
        (_("Organisations at work in the region"), number(values["engaged"])),
    ]


def _single_broker(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _n(
        "The partners in %(place)s hang on %(name)s: without it %(num)s organisation is cut off.",
        "The partners in %(place)s hang on %(name)s: without it %(num)s organisations are cut off.",
        values["cut_off"],
        place=teller.place(finding),
        name=teller.name(finding.organisations[0]),
    )
    return sentence, [
        (_("Fragmentation now"), number(values["fragmentation"], 3)),
        (_("Fragmentation without it"), number(values["without"], 3)),
        (_("Rise"), number(values["rise"], 3)),
        (_("Fragmentation without it, with the suggested tie"), number(values["relieved"], 3)),
        (_("Parts without it"), number(values["parts"])),
    ]


_SENTENCES = {
    "uncovered-sector": _uncovered,
    "unlinked-sectors": _unlinked,
    "isolated-stakeholder": _isolated,
    "split-region": _split,
    "single-broker": _single_broker,
    **sentences_of_facts.SENTENCES,
}


def _step(teller: Teller, finding: StoredFinding) -> Any:
    step = finding.step or {}
    if (of_facts := steps_of_facts.step(teller, finding)) is not None:
        return of_facts
    who, to, through = (step.get(name) for name in ("who", "to", "through"))
    names = {"who": teller.name(who), "to": teller.name(to), "through": teller.name(through)}
    if step.get("kind") == "approach":
        return _approach(teller, finding, names)
    if step.get("kind") == "visit":
        return _visit(teller, finding, to)
    if to is None:
        return _("Talk with %(who)s about a second partner.", **names)
    if through is not None:
        return _("Ask %(through)s to bring %(who)s and %(to)s together.", **names)
    return _("Bring %(who)s and %(to)s together.", **names)


def _task(teller: Teller, finding: StoredFinding) -> Any:
    step = finding.step or {}
    who, through = step.get("who"), step.get("through")
    if step.get("kind") != "approach" or who is None or teller.is_ours(who, finding):
        return _step(teller, finding)
    if through is None or through == who or teller.is_ours(through, finding):
        return _("Approach %(who)s", who=teller.name(who))
    return _(
        "Ask %(through)s for an introduction to %(who)s",
        through=teller.name(through),
        who=teller.name(who),
    )


def _approach(teller: Teller, finding: StoredFinding, names: dict[str, str]) -> Any:
    step = finding.step or {}
    who, through, sector = step["who"], step["through"], SECTOR_NOUNS[finding.sectors[0]]
    if who is None:
        return _(
            "No %(sector)s is known anywhere yet: find a first one and record it.", sector=sector
        )
    # Nobody has to be introduced to the office from which the team works, or by it.
    if teller.is_ours(who, finding):
        return _(
            "Visit %(region)s from %(who)s, to win a first %(sector)s there.",
            region=teller.region(finding),
            sector=sector,
            **names,
        )
    if teller.is_ours(through, finding):
        return _("Nearest: %(who)s; %(through)s knows it and can approach it directly.", **names)
    if through is None or through == who:
        return _("Nearest: %(who)s. Approach it directly.", **names)
    return _("Nearest: %(who)s, known to %(through)s. Ask %(through)s to introduce you.", **names)


def _visit(teller: Teller, finding: StoredFinding, visitor: int | None) -> Any:
    lonely = teller.name(finding.organisations[0])
    if visitor is None:
        return _("Plan a visit to %(lonely)s.", lonely=lonely)
    return _("Ask %(visitor)s to visit %(lonely)s.", visitor=teller.name(visitor), lonely=lonely)
