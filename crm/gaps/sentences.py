"""A finding in words: what is missing, and who should do what next, by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crm.contacts import posts
from crm.formats import percent
from crm.gaps import (
    sentences_of_contacts,
    sentences_of_promises,
    sentences_of_ties,
    steps,
    titles,
)
from crm.gaps.named import organisations_of, rows_of
from crm.language import _
from crm.network.models import StoredFinding
from crm.network.naming import OTHERS_SHOWN
from crm.regions import ranking
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.offices import library_offices, lies_in

SENTENCES = (
    sentences_of_ties.SENTENCES | sentences_of_contacts.SENTENCES | sentences_of_promises.SENTENCES
)
"""Who tells the findings of each code."""


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
        ids = {one for finding in findings for one in organisations_of(finding)} - self.names.keys()
        if ids:
            self.names.update(stakeholders.named(ids))
            self.offices.update(library_offices(ids))
        codes = {one.region_code for one in findings if one.region_code} - self.regions.keys()
        if codes:
            self.regions.update(regions.names_of(codes))
        rows = {row for one in findings for row in rows_of(one)}
        if rows := rows - self.titles.keys():
            self.titles.update(titles.titles(rows))
        if persons := {theirs for one in findings if (theirs := one.values.get("theirs"))}:
            self.posts.update((at, one.title) for at, one in posts.latest(persons).items())

    def told(self, findings: Iterable[StoredFinding]) -> list[Told]:
        """Tell several findings, in their order."""
        findings = list(findings)
        self.learn(findings)
        return [self.tell(one) for one in findings]

    def tell(self, finding: StoredFinding) -> Told:
        """Tell one finding."""
        if finding.id not in self._told:
            self.learn([finding])
            sentence, numbers = SENTENCES[finding.code](self, finding)
            self._told[finding.id] = Told(
                finding=finding,
                sentence=str(sentence),
                step=str(steps.step(self, finding)),
                task=str(steps.task(self, finding)).removesuffix("."),
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
