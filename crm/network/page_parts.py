"""What every analysis page carries: the question with its form, and what is known about it."""

from dataclasses import dataclass, replace

from flask import current_app, g, request
from werkzeug.wrappers import Response

from crm import clock
from crm.network import questions, replaced, services, stability
from crm.network.forms import QuestionForm
from crm.network.questions import Question
from crm.network.series import Series
from crm.network.services import Answer, Plan
from crm.pages import page


@dataclass(frozen=True)
class Asked:
    """The question of this page, its answer, and the form to ask another one."""

    question: Question
    answer: Answer
    form: QuestionForm
    better: Question | None
    """A question that finds something, where this one finds next to nothing."""
    kept: list[tuple[str, str]]
    """The other parameters of the address, which a new question leaves as they are."""
    any_organisation: bool
    """Whether anything is recorded that could be analysed."""
    replaced: list[str]
    """What the address asks and the page does not show, in sentences."""
    undated: int = 0
    """On a past day: how many working ties are there only because of records without a day."""
    awaited: Question | None = None
    """The day with which pages open now, while results of the former one are shown."""


def asked(question: Question | None = None) -> Asked:
    """Return what the address asks, and what is known about it now.

    :param question: where a record says it, and not the address
    """
    misread: list[str] = []
    opens = question is None and not request.args.get("on")
    if question is None:
        question = questions.read(request.args, clock.today())
        misread = replaced.in_question(request.args, question)
    answer, awaited = services.answer(question), None
    # No page goes blank because the day with which it opens has moved on.
    if opens and answer.analysis is None and (former := services.former(answer)):
        answer, awaited, question = former, question, former.question
    form = QuestionForm(data={"on": question.on, "window": question.args["window"]})
    kept = [
        (key, value)
        for key, values in request.args.lists()
        if key not in ("on", "window", "page", "format")
        for value in values
    ]
    return Asked(
        question,
        answer,
        form,
        questions.better(question),
        kept,
        services.has_organisations(),
        misread,
        _undated(answer),
        awaited,
    )


def _undated(answer: Answer) -> int:
    if answer.analysis is None or answer.question.on >= questions.opening(clock.today()).on:
        return 0
    # Results that were stored before these were counted do not have them.
    return int(answer.analysis.numbers.get("undated_ties", 0))


def computing(here: Asked) -> Response:
    """Answer who asks for a page of results that they are first computed."""
    return page("network/computing.html", here=here, status=202)


def file_waits(here: Asked, found: Plan | Series | None = None) -> Response | None:
    """Answer who asks for a file of old results that newer ones are computed; None if none are.

    A file has no place to say that its figures are of older data.

    :param found: what else stands in the file
    """
    if here.answer.analysis is not None and here.answer.fresh and (found is None or found.fresh):
        return None
    failed = found is not None and found.failed
    return page("network/computing.html", here=here, failed=failed, status=202)


def followed(here: Asked) -> stability.Progress:
    """Return how far the stability of a page's answer is; have it worked out where nobody does."""
    found = stability.follow(here.answer, current_app.config["STABILITY_RUNS"])
    return replace(found, steered=stability.may_steer(g.user))
