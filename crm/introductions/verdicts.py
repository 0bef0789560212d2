"""What a plan of introductions achieves and leaves open, and how sure that is, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.formats import number, percent
from crm.gaps.sentences import Teller, Told
from crm.language import _, _n
from crm.network import services as network
from crm.network.models import Analysis

OPEN_SHOWN = 8


@dataclass(frozen=True)
class Left:
    """What a plan leaves open."""

    sentence: str
    shown: list[Told]
    """The most severe of those that no introduction of known organisations closes."""
    more: int


def left(analysis: Analysis, answer: dict[str, Any]) -> Left | None:
    """Return what stays open, and what no introduction can close; None where nothing does."""
    if not answer["open"]:
        return None
    many = len(answer["open"])
    sentence = _n("%(n)s gap stays open.", "%(n)s gaps stay open.", many, n=number(many))
    beyond = answer["beyond"]
    if beyond:
        sentence = f"{sentence} " + str(
            _(
                "For %(n)s of them no introduction among known organisations helps: somebody new "
                "must be won, or something else be done.",
                n=number(len(beyond)),
            )
        )
    found = network.findings(analysis, keys=beyond[:OPEN_SHOWN]) if beyond else []
    return Left(str(sentence), Teller(found).told(found), max(len(beyond) - OPEN_SHOWN, 0))


def verdict(answer: dict[str, Any], k: int, seconds: float) -> tuple[str, str, str]:
    """Return how good a plan is: a badge, its tone, and the sentence."""
    if answer["gap"] == 0:
        if len(answer["lines"]) < k:
            return (
                str(_("proven best")),
                "success",
                str(
                    _n(
                        "More than %(num)s introduction would close nothing else, "
                        "so the plan has no more.",
                        "More than %(num)s introductions would close nothing else, "
                        "so the plan has no more.",
                        len(answer["lines"]),
                    )
                ),
            )
        return (
            str(_("proven best")),
            "success",
            str(_("No other choice of so many introductions closes more.")),
        )
    return (
        str(_("at most %(gap)s from the best", gap=percent(100 * answer["gap"], 1))),
        "warning",
        str(
            _(
                "The search was ended after %(seconds)s seconds. This is the best plan found; no "
                "plan closes more than %(bound)s points.",
                seconds=number(seconds),
                bound=number(answer["bound"], 1),
            )
        ),
    )


RULES = {
    "limit": _("the number of introductions"),
    "must": _("those who surely meet"),
    "must_not": _("those who never meet"),
    "spared": _("those who are left in peace"),
    "per_introducer": _("how often one introducer is asked"),
}


def clash(answer: dict[str, Any]) -> str:
    """Return which wishes cannot be kept together; empty where all can."""
    names = list(dict.fromkeys(str(RULES[one]) for one in answer["clashes"]))
    if not names:
        return ""
    return str(_("These wishes cannot be kept together: %(names)s.", names="; ".join(names)))


def relaxation(answer: dict[str, Any]) -> list[str]:
    """Return by how much which wish would have to give way."""
    return [str(_give_way(rule, many)) for rule, many in answer["relaxation"]]


def _give_way(rule: str, many: int) -> Any:
    if rule == "limit":
        return _n("Plan %(num)s introduction more.", "Plan %(num)s introductions more.", many)
    if rule == "must":
        return _n(
            "Give up %(num)s of the pairs that surely meet.",
            "Give up %(num)s of the pairs that surely meet.",
            many,
        )
    if rule == "per_introducer":
        return _n(
            "Ask one introducer %(num)s time more.", "Ask one introducer %(num)s times more.", many
        )
    return _n("Take back %(num)s exclusion.", "Take back %(num)s exclusions.", many)


def dropped(answer: dict[str, Any], names: dict[int, str]) -> list[str]:
    """Return which pairs that were asked for are not in the plan, and why."""
    return [
        *(
            str(_("%(one)s and %(other)s work together already.", **_two(pair, names)))
            for pair in answer["tied"]
        ),
        *(
            str(
                _(
                    "%(one)s and %(other)s are not both in the network: archived or merged.",
                    **_two(pair, names),
                )
            )
            for pair in answer["unknown"]
        ),
    ]


def _two(pair: Sequence[int], names: dict[int, str]) -> dict[str, str]:
    return {"one": names.get(pair[0], "—"), "other": names.get(pair[1], "—")}


def holding(answer: dict[str, Any], region: str, names: dict[int, str]) -> tuple[str, str]:
    """Return what the fewest ties of a region achieve, and how sure it is that they are fewest."""
    engaged, lines = answer["engaged"], len(answer["lines"])
    if engaged < 3:
        return (
            str(
                _(
                    "With fewer than three organisations at work in %(region)s there is nothing "
                    "that an exit could part.",
                    region=region,
                )
            ),
            "",
        )
    done = answer["parts"] <= 1 and not answer["splitting"]
    if not lines and done:
        return (
            str(
                _(
                    "No single exit parts the %(engaged)s organisations at work in %(region)s: "
                    "no tie is needed.",
                    engaged=number(engaged),
                    region=region,
                )
            ),
            "",
        )
    return _achieved(answer, region, names, done), _fewest(answer) if lines else ""


def _achieved(answer: dict[str, Any], region: str, names: dict[int, str], done: bool) -> str:
    lines = len(answer["lines"])
    if done:
        return str(
            _n(
                "With %(num)s tie no single exit parts the %(engaged)s organisations at work in "
                "%(region)s any more.",
                "With %(num)s ties no single exit parts the %(engaged)s organisations at work in "
                "%(region)s any more.",
                lines,
                engaged=number(answer["engaged"]),
                region=region,
            )
        )
    said = [
        str(
            _n(
                "%(num)s tie does all that introductions of known organisations can do in "
                "%(region)s.",
                "%(num)s ties do all that introductions of known organisations can do in "
                "%(region)s.",
                lines,
                region=region,
            )
        )
        if lines
        else str(
            _(
                "In %(region)s no introduction of known organisations can mend what an exit parts.",
                region=region,
            )
        )
    ]
    if answer["parts"] > 1:
        said.append(
            str(
                _(
                    "%(parts)s parts stay without a connection: nobody is known who could "
                    "introduce them.",
                    parts=number(answer["parts"]),
                )
            )
        )
    if answer["splitting"]:
        shown = [names.get(one, "—") for one in answer["splitting"][:5]]
        more = len(answer["splitting"]) - len(shown)
        listed = "; ".join(shown) + (f" (+{more})" if more else "")
        said.append(
            str(_("The exit of one of these would still part others: %(names)s.", names=listed))
        )
    return " ".join(said)


def _fewest(answer: dict[str, Any]) -> str:
    if answer["gap"] == 0:
        return str(_("Fewer ties cannot do it."))
    return str(
        _(
            "The search was ended: perhaps fewer do it, but at least %(bound)s are needed.",
            bound=number(answer["bound"]),
        )
    )
