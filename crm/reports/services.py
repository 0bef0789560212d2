"""The synergy report of a region, or of everything: what a head of office reads on two pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm.actions import services as actions
from crm.actions.models import FollowUp
from crm.gaps import grid, listing
from crm.gaps.grid import GridRow
from crm.gaps.sentences import Teller, Told
from crm.gaps.words import nothing_missing
from crm.language import _
from crm.maps.drawing import Drawing, draw
from crm.network import headcount, services
from crm.network.headcount import Headcount
from crm.network.models import Analysis
from crm.network.questions import Question
from crm.network.selection import Selection
from crm.network.stability import OFF, Progress
from crm.profiles import regions as region_profiles
from crm.profiles.organisations import INTRODUCING
from crm.profiles.regions import RegionProfile
from crm.regions.models import Region

FINDINGS, STEPS, ROWS = 7, 8, 12
"""What two pages hold; where sentences are long, a PDF shows fewer."""
LOOKED_AT = 40
"""Among so many of the most severe findings the steps of the plan are sought."""


@dataclass(frozen=True)
class Step:
    """One line of the plan: what to do, what that answers, and who has taken it on."""

    text: str
    findings: list[Told]
    """The gaps that it closes."""
    follow_up: FollowUp | None
    eases: frozenset[str] = frozenset()
    """Keys of further gaps that it makes less severe."""
    pair: frozenset[int] | None = None
    """Who meets, where it was planned with others."""

    @property
    def answers(self) -> set[str]:
        """The keys of all gaps that it has to do with."""
        return {one.finding.key for one in self.findings} | self.eases


@dataclass(frozen=True)
class Report:
    """Everything that the report says."""

    title: str
    question: Question
    region: Region | None
    computed_at: datetime
    count: Headcount | None
    """Of the whole network; None for a region, which has an index instead."""
    profile: RegionProfile | None
    interval: tuple[float, float] | None
    """Between what the index mostly lies; None where that is not known, or not yet."""
    drawing: Drawing
    rows: list[GridRow]
    """Regions where somebody is at work: the region itself, then those with the most."""
    idle: int
    """How many regions more have nobody at work."""
    findings: list[Told]
    all_findings: int
    nothing: Any
    """What to say where there are none."""
    plan: list[Step]

    @property
    def poverty_year(self) -> int | None:
        """The year of all poverty figures of the table; None where they are of several."""
        years = {year for _source, year in self.sources}
        return years.pop() if len(years) == 1 else None

    @property
    def sources(self) -> list[tuple[str, int]]:
        """Where the poverty figures come from: source and year, each once."""
        places = [row.place for row in self.rows if row.place and row.place.poverty is not None]
        return sorted({(one.source, one.year) for one in places})


def of(
    question: Question,
    analysis: Analysis,
    region: Region | None,
    now: datetime,
    steadiness: Progress = OFF,
    introductions: Sequence[Step] = (),
) -> Report:
    """Return the report of a region; without one, of the whole network.

    :param introductions: steps that were planned together
    """
    code = region.code if region else None
    severest = services.findings(analysis, region=code, limit=LOOKED_AT)
    told = Teller(severest).told(severest)
    rows = grid.rows(analysis, code or "")
    at_work = [row for row in rows if row.index["engaged"] or row.code == code]
    at_work.sort(key=lambda row: (row.code != code, -row.index["engaged"], row.code))
    return Report(
        title=str(_("Synergy report: %(name)s", name=region.name if region else _("all regions"))),
        question=question,
        region=region,
        computed_at=analysis.computed_at,
        count=None if region else headcount.of(analysis.numbers),
        profile=region_profiles.of(analysis, code) if code else None,
        interval=steadiness.interval(code) if code else None,
        rows=at_work,
        idle=len(rows) - len(at_work),
        findings=told,
        all_findings=listing.count(analysis, code),
        nothing=nothing_missing(analysis, code),
        plan=[*introductions, *plan(told, introductions)],
        drawing=draw(
            question,
            analysis,
            Selection(region=code),
            size="degree",
            with_gaps=False,
            described=[],
            finding="",
            now=now,
        ),
    )


def plan(told: list[Told], planned: Sequence[Step] = ()) -> list[Step]:
    """Return the next steps of findings, each once with all that it answers, most severe first.

    Findings that planned steps answer are left out, and so is a meeting that is planned already.
    """
    answered = {key for step in planned for key in step.answers}
    meet = {step.pair for step in planned}
    told = [one for one in told if one.finding.key not in answered and _same(one) not in meet]
    answers: dict[Any, list[Told]] = {}
    for one in told:
        answers.setdefault(_same(one), []).append(one)
    taken_on = actions.by_finding(one.finding.key for one in told)
    return [
        Step(
            found[0].task,
            found,
            next((acts[0] for one in found if (acts := taken_on.get(one.finding.key))), None),
        )
        for found in answers.values()
    ]


def _same(told: Told) -> Any:
    """Return what two equal steps have in common: that A meets B is that B meets A."""
    step = told.finding.step
    if step and step["kind"] in INTRODUCING:
        return frozenset((step["who"], step["to"]))
    return told.task
