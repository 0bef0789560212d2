"""``sinergi findings``: what is missing, for scripts and for reading at a terminal."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import click
from flask_babel import force_locale

from crm import clock
from crm.commands import in_the_application
from crm.db import db
from crm.gaps import listing
from crm.gaps.sentences import Teller
from crm.language import LANGUAGES
from crm.network import questions, services
from crm.network.models import Analysis, StoredFinding
from crm.network.questions import Question
from crm.regions import services as regions


def question_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the day, the window and the form of its answer."""
    for option in (
        click.option("--language", type=click.Choice(list(LANGUAGES)), default="id"),
        click.option("--window", help="Months to look back, or: all."),
        click.option(
            "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; else as the pages open."
        ),
        click.option("--json", "as_json", is_flag=True, help="As data, in every language."),
    ):
        command = option(command)
    return command


def answered(on: datetime | None, window: str | None) -> tuple[Question, Analysis]:
    """Return the question that the options ask, and its answer."""
    asked = {"on": on.date().isoformat() if on else "", "window": window or ""}
    question = questions.read(asked, clock.today())
    analysis = services.answer(question).analysis
    if analysis is None:
        raise RuntimeError("Commands wait for their jobs: set JOBS_IMMEDIATE.")
    return question, analysis


def heading(question: Question, analysis: Analysis) -> dict[str, Any]:
    """Return what an answer as data says about its question."""
    return {
        "on": question.on.isoformat(),
        "window_months": question.months or None,
        "computed_at": analysis.computed_at.isoformat(),
    }


@click.command("findings")
@click.option("--region", help="Only this region and what lies below it; e.g. 16 or 16.71.")
@question_options
@in_the_application
def findings(
    region: str | None, as_json: bool, on: datetime | None, window: str | None, language: str
) -> None:
    """Say what is missing in the network, the most severe first."""
    regions.check(region)
    question, analysis = answered(on, window)
    query = listing.found(analysis, region=region).order_by(StoredFinding.rank)
    found = list(db.session.scalars(query))
    if as_json:
        about = {**heading(question, analysis), "network": analysis.numbers}
        click.echo(json.dumps({**about, "findings": list(as_data(found))}, ensure_ascii=False))
        return
    with force_locale(language):
        for told in Teller(found).told(found):
            click.echo(f"{told.finding.severity:5.1f}  {told.sentence} {told.step}")


def as_data(found: list[StoredFinding]) -> Iterator[dict[str, Any]]:
    """Yield findings as data, with their sentences in every language."""
    told = {}
    for language in LANGUAGES:
        with force_locale(language):
            told[language] = Teller(found).told(found)
    for at, finding in enumerate(found):
        in_words = {language: told[language][at] for language in LANGUAGES}
        yield {
            "code": finding.code,
            "key": finding.key,
            "severity": finding.severity,
            "stability": finding.stability,
            "impact": finding.impact,
            "need": finding.need,
            "region": finding.region_code,
            "sectors": finding.sectors,
            "organisations": finding.organisations,
            "evidence": finding.evidence,
            "values": finding.values,
            "step": finding.step,
            "sentence": {language: one.sentence for language, one in in_words.items()},
            "next_step": {language: one.step for language, one in in_words.items()},
        }
