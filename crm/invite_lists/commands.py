"""``sinergi invite-list``: whom to invite to an event, and why."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import click
from flask_babel import force_locale

from crm import clock
from crm.commands import in_the_application
from crm.errors import Refused
from crm.events import services as events
from crm.gaps.commands import answered, as_data, heading, question_options
from crm.invite_lists import building, clashes, reasons, services
from crm.invite_lists.building import Built
from crm.invite_lists.reasons import Line
from crm.invite_lists.rules import Bounds, Rules
from crm.language import LANGUAGES, _
from crm.stakeholders.models import Sector

Bound = tuple[str, int]


def _bound(_context: click.Context, _parameter: click.Parameter, typed: Sequence[str]) -> Any:
    bounds = []
    for one in typed:
        value, _equals, number = one.partition("=")
        if not number.isdigit():
            raise click.BadParameter(f"{one!r} is not like business=2 or 16.71=1")
        bounds.append((value, int(number)))
    return bounds


@click.command("invite-list")
@click.argument("event_id", type=int)
@click.option("--capacity", type=click.IntRange(min=1), help="Most guests.")
@click.option(
    "--at-least", multiple=True, callback=_bound, help="Of a sector or region, e.g. business=2."
)
@click.option("--at-most", multiple=True, callback=_bound, help="Of a sector or region.")
@click.option("--must", multiple=True, type=int, help="Id of an organisation that must come.")
@click.option("--never", multiple=True, type=int, help="Id of one that must not.")
@click.option("--prefer", multiple=True, type=int, help="Id of one that would be welcome.")
@click.option("--seats", type=click.IntRange(min=1), help="Most guests of an organisation.")
@question_options
@in_the_application
def invite_list(
    event_id: int,
    capacity: int | None,
    at_least: list[Bound],
    at_most: list[Bound],
    must: tuple[int, ...],
    never: tuple[int, ...],
    prefer: tuple[int, ...],
    seats: int | None,
    as_json: bool,
    on: datetime | None,
    window: str | None,
    language: str,
) -> None:
    """Build the invite list of an event: by the rules kept with it, but for those given here.

    Exit code 1 says that the rules clash; then they are named instead of guests.
    """
    event = events.get(event_id)
    if event is None:
        raise Refused(f"There is no event with the number {event_id}.")
    rules = services.rules_of(event)
    rules = replace(
        rules,
        capacity=capacity or rules.capacity,
        must=must or rules.must,
        never=never or rules.never,
        prefer=prefer or rules.prefer,
        seats=seats or rules.seats,
        **_bounds(rules, at_least, at_most),
    )
    question, analysis = answered(on, window)
    built = building.build(event, rules, analysis, on=event.starts_on or clock.today())
    if as_json:
        about = {**heading(question, analysis), "event": event_id, "rules": rules.as_json()}
        click.echo(json.dumps({**about, **_as_data(built)}, ensure_ascii=False))
    else:
        with force_locale(language):
            _echo(built)
    if not built.answer.possible_at_all:
        sys.exit(1)


def _bounds(rules: Rules, at_least: list[Bound], at_most: list[Bound]) -> dict[str, Any]:
    """Return the bounds of sectors and regions, those given here instead of those kept."""
    least, most = dict(at_least), dict(at_most)
    given = {value: Bounds(value, least.get(value), most.get(value)) for value in {**least, **most}}
    sectors = {one.value: one for one in rules.sectors}
    regions = {one.value: one for one in rules.regions}
    for value, bounds in given.items():
        (sectors if value in set(Sector) else regions)[value] = bounds
    return {"sectors": tuple(sectors.values()), "regions": tuple(regions.values())}


def _echo(built: Built) -> None:
    for number, one in enumerate(reasons.lines(built, built.answer.guests), start=1):
        person = f" ({one.person})" if one.person else ""
        listed = f" ({_('on the guest list')})" if one.invited else ""
        click.echo(f"{number:3}. {one.addressee}, {one.stakeholder.name}{person}{listed}")
        for reason in one.reasons:
            click.echo(f"     - {reason}")
        click.echo(f"     = {one.lost}")
    for sentence in (*clashes.clash(built), *clashes.relaxation(built)):
        click.echo(sentence)


def _as_data(built: Built) -> dict[str, Any]:
    words: dict[str, dict[str, list[Any]]] = {}
    for language in LANGUAGES:
        with force_locale(language):
            words[language] = {
                "guests": reasons.lines(built, built.answer.guests),
                "reserves": reasons.lines(built, built.answer.reserves, reserves=True),
                "clashes": clashes.clash(built),
                "relaxation": clashes.relaxation(built),
            }
    still_open = [built.findings[key] for key in built.answer.uncovered if key in built.findings]
    return {
        "candidates": built.candidates,
        "optimality_gap": built.answer.gap,
        "severity_touched": built.answer.touched,
        "severity_possible": built.answer.possible,
        "guests": _guests(words, "guests"),
        "reserves": _guests(words, "reserves"),
        "still_open": list(as_data(still_open)),
        "clashes": {language: said["clashes"] for language, said in words.items()},
        "relaxation": {language: said["relaxation"] for language, said in words.items()},
    }


def _guests(words: dict[str, dict[str, list[Any]]], which: str) -> list[dict[str, Any]]:
    languages = list(words)
    first: list[Line] = words[languages[0]][which]
    return [
        {
            "organisation": line.stakeholder.id,
            "name": line.stakeholder.name,
            "sector": line.stakeholder.sector.value,
            "region": line.stakeholder.region_code,
            "position": line.post.title if line.post else None,
            "person": line.person or None,
            "seat": line.seat,
            "worth": line.worth,
            "without_it": {language: words[language][which][at].lost for language in languages},
            "already_invited": line.invited,
            "why": {language: words[language][which][at].reasons for language in languages},
        }
        for at, line in enumerate(first)
    ]
