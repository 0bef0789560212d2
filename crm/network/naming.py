"""Whom findings name, by id: what sentences need, and what the list is searched by."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select

from crm.contacts import posts
from crm.contacts.models import Position
from crm.network.models import Analysis, FindingName
from crm.stakeholders.models import Stakeholder
from crm.tables import matches

OTHERS_SHOWN = 20
"""So many organisations of a finding are named."""


COLUMNS = ("analysis_id", "what", "named_id", "rank")


def organisations(
    about: Iterable[int], step: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> Iterator[int]:
    """Yield the organisations that a finding and its next step name."""
    step = step or {}
    yield from list(about)[:OTHERS_SHOWN]
    for one in (step.get("who"), step.get("to"), step.get("through"), values.get("met")):
        if one is not None:
            yield one


def rows(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns of the names of stored findings, given as columns themselves."""
    findings = list(findings)
    persons = {one for found in findings if (one := found["values"].get("theirs")) is not None}
    held = posts.latest(persons) if persons else {}
    named = {
        (found["analysis_id"], what, one, found["rank"])
        for found in findings
        for what, one in _named(found, held)
    }
    # In the order of their key, in which a large network's are stored twice as fast.
    return [dict(zip(COLUMNS, one, strict=True)) for one in sorted(named)]


def _named(found: Mapping[str, Any], held: Mapping[tuple[int, int], Any]) -> Iterator[Any]:
    about, step, values = found["organisations"], found["step"], found["values"]
    for one in organisations(about, step, values):
        yield "stakeholder", one
    if step and step.get("position") is not None:
        yield "position", step["position"]
    # Of a person the post is named; the person is not.
    if about and (post := held.get((values.get("theirs"), about[0]))):
        yield "position", post.id


def ranks_naming(analysis: Analysis, word: str) -> list[Select[Any]]:
    """Return the queries of the ranks of findings that name an organisation or post so called."""
    called = {
        "stakeholder": select(Stakeholder.id).where(*matches(Stakeholder.search_text, [word])),
        "position": select(Position.id).where(Position.title.icontains(word, autoescape=True)),
    }
    return [
        select(FindingName.rank).where(
            FindingName.analysis_id == analysis.id,
            FindingName.what == what,
            FindingName.named_id.in_(ids),
        )
        for what, ids in called.items()
    ]
