"""In words: the next step of what is about to be lost, was promised, or was never asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from crm.formats import day
from crm.language import _
from crm.network.models import StoredFinding

if TYPE_CHECKING:
    from crm.gaps.sentences import Teller

Words = dict[str, Any]
"""The names of those whom a step names, as far as it names them."""


def step(teller: Teller, finding: StoredFinding) -> Any | None:
    """Return the next step of one of these findings; None for the other kinds of step."""
    told = finding.step or {}
    tell = _STEPS.get(told.get("kind", ""))
    return tell(teller, finding, _words(teller, finding)) if tell else None


def _words(teller: Teller, finding: StoredFinding) -> Words:
    told = finding.step or {}
    words: Words = {
        name: teller.name(told[name])
        for name in ("who", "to", "through")
        if told.get(name) is not None
    }
    if told.get("through") in (told.get("who"), told.get("to")):
        words.pop("through", None)
    if told.get("position") is not None:
        words["position"] = teller.title(("position", told["position"]))
    if told.get("owner") is not None:
        words["owner"] = teller.title(("user", told["owner"]))
    if told.get("about"):
        words["about"] = teller.title((told["about"][0], told["about"][1]))
    if finding.evidence:
        words["row"] = teller.title((finding.evidence[0][0], finding.evidence[0][1]))
    return words


def _second_tie(_teller: Teller, _finding: StoredFinding, words: Words) -> Any:
    if "who" not in words or "to" not in words:
        return _("Look for a second tie between the two sides.")
    if "through" in words:
        return _("Ask %(through)s to bring %(who)s and %(to)s together.", **words)
    return _("Bring %(who)s and %(to)s together.", **words)


def _second_contact(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    words.setdefault("who", teller.name(next(iter(finding.organisations), None)))
    if "owner" in words and "position" in words:
        return _(
            "Ask %(owner)s to take a colleague along to %(position)s of %(who)s.",
            **words,
        )
    if "owner" in words:
        return _("Ask %(owner)s to take a colleague along to %(who)s.", **words)
    if "position" in words:
        return _("Get to know %(position)s of %(who)s as well.", **words)
    return _("Get to know a second person at %(who)s.", **words)


def _call(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    words.setdefault("who", teller.name(next(iter(finding.organisations), None)))
    told = finding.step or {}
    # The library office calls, not the one whom it should keep.
    if told.get("to") in teller.offices and told.get("who") not in teller.offices:
        words["who"], words["to"] = words["to"], words["who"]
    if "to" in words:
        return _("Ask %(who)s to get in touch with %(to)s again.", **words)
    return _("Get in touch with %(who)s again.", **words)


def _renew(_teller: Teller, _finding: StoredFinding, words: Words) -> Any:
    words.setdefault("about", words.get("row", "—"))
    if "who" in words and "to" in words:
        return _("Ask %(who)s and %(to)s to renew “%(about)s”.", **words)
    if "who" in words:
        return _("Ask %(who)s to renew “%(about)s”.", **words)
    return _("Have “%(about)s” renewed.", **words)


def _ask(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    words.setdefault("to", teller.name(next(iter(finding.organisations), None)))
    if "who" not in words:
        return _("Nobody offers this yet: find somebody who can help %(to)s.", **words)
    if "through" in words:
        return _(
            "Ask %(through)s to bring %(to)s together with %(who)s, which offers the same kind "
            "of support.",
            **words,
        )
    return _("Ask %(who)s, which offers the same kind of support, to help %(to)s.", **words)


def _remind(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    words.setdefault("who", teller.name(next(iter(finding.organisations), None)))
    if "to" in words:
        return _("Remind %(who)s of the promise to %(to)s.", **words)
    return _("Remind %(who)s of the promise.", **words)


def _finish(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    words.setdefault("row", "—")
    note = teller.titles.get(("owner_note", finding.evidence[0][1])) if finding.evidence else None
    if owner := words.get("owner") or note:
        return _(
            "Ask %(owner)s to finish “%(row)s” or to set a new day.", **{**words, "owner": owner}
        )
    return _("Name somebody who finishes “%(row)s”, and a new day.", **words)


def _succeed(_teller: Teller, _finding: StoredFinding, words: Words) -> Any:
    words.setdefault("row", "—")
    if "who" not in words:
        return _("Nobody else offers this support yet: find a successor for %(row)s.", **words)
    if "to" not in words:
        return _("Win %(who)s, which offers the same kind of support, as a successor.", **words)
    if "through" in words:
        return _(
            "Ask %(through)s to bring %(who)s, which offers the same kind of support, together "
            "with %(to)s.",
            **words,
        )
    return _("Bring %(who)s, which offers the same kind of support, together with %(to)s.", **words)


def _invite(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    words.setdefault("who", teller.name(next(iter(finding.organisations), None)))
    if "through" in words:
        words["who"] = _("%(who)s (known to %(through)s)", **words)
    when = finding.values.get("event_day")
    if "about" in words and when:
        words["when"] = day(date.fromisoformat(when))
        return _("Invite %(who)s to “%(about)s” on %(when)s.", **words)
    if "about" in words:
        return _("Invite %(who)s to “%(about)s”.", **words)
    return _("Invite %(who)s to the next event.", **words)


def _mix(teller: Teller, finding: StoredFinding, words: Words) -> Any:
    if "who" not in words:
        return _("Look for partners in other sectors.")
    if "to" not in words:
        return _("Ask %(who)s to look for a partner in another sector.", **words)
    return _second_tie(teller, finding, words)


_STEPS: dict[str, Callable[[Teller, StoredFinding, Words], Any]] = {
    "second_tie": _second_tie,
    "second_contact": _second_contact,
    "call": _call,
    "renew": _renew,
    "ask": _ask,
    "remind": _remind,
    "finish": _finish,
    "succeed": _succeed,
    "invite": _invite,
    "mix": _mix,
}
