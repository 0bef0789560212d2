"""What an address asks and cannot be shown: said in a sentence, with what is shown instead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.formats import day
from crm.language import _
from crm.network.questions import EARLIEST, LATEST, Question

LONGEST = 40
"""So much of what somebody wrote is repeated."""


def in_question(args: Mapping[str, Any], question: Question) -> list[str]:
    """Return a sentence for the day and for the window that an address asks in vain."""
    found = [
        *in_day(args.get("on"), question.on),
        *_in_window(args.get("window"), question),
    ]
    return [str(one) for one in found]


def in_day(asked: str | None, shown: date) -> list[str]:
    """Return the sentence about a day that is none, or that nobody can mean."""
    said = shortened(asked)
    if not said or said == shown.isoformat():
        return []
    try:
        meant = date.fromisoformat(said)
    except ValueError:
        return [str(_("“%(asked)s” is no day: %(shown)s is shown.", asked=said, shown=day(shown)))]
    if meant == shown:
        return []
    if EARLIEST <= meant <= LATEST:
        return [
            str(
                _(
                    "%(asked)s cannot be compared with itself: %(shown)s is shown.",
                    asked=day(meant),
                    shown=day(shown),
                )
            )
        ]
    return [
        str(
            _(
                "%(asked)s lies outside the days that can be asked, %(first)s to %(last)s: "
                "%(shown)s is shown.",
                asked=day(meant),
                first=day(EARLIEST),
                last=day(LATEST),
                shown=day(shown),
            )
        )
    ]


def _in_window(asked: str | None, question: Question) -> list[Any]:
    said = shortened(asked)
    if not said or said.lstrip("0") == question.args["window"]:
        return []
    if question.months:
        shown = _("the last %(months)s months", months=question.months)
    else:
        shown = _("all years")
    return [
        _(
            "“%(asked)s” is no number of months to look back: events of %(shown)s count.",
            asked=said,
            shown=shown,
        )
    ]


def in_field(label: Any, asked: str, why: Any, shown: Any) -> str:
    """Return the sentence about a field of a form in an address."""
    return str(
        _(
            "%(field)s: “%(asked)s” cannot be used. %(why)s Shown: %(shown)s.",
            field=label,
            asked=shortened(asked),
            why=why,
            shown=shown,
        )
    )


def shortened(text: str | None) -> str:
    """Return what somebody wrote, and not more of it than a sentence holds."""
    said = str(text or "").strip()
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
