"""The effect of an event in words: numbers beside each other, gaps closed, who did not come."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crm.formats import number, percent
from crm.gaps.sentences import Teller
from crm.language import _, _n
from crm.network.event_effects import as_stored
from crm.stakeholders import services as stakeholders

LEAST = 0.05
"""Points of the index that are shown as 0,1."""


@dataclass(frozen=True)
class Gap:
    """A gap that guests close, or might."""

    sentence: str
    key: str
    chance: str = ""
    """How likely it is that somebody comes who closes it, where that is to be told."""


@dataclass(frozen=True)
class Likely:
    """The chance of one organisation's guests to come."""

    organisation: int
    name: str
    chance: str
    percent: int
    why: str


@dataclass(frozen=True)
class Told:
    """An effect as its page tells it."""

    lead: str
    """The whole in one sentence, where the index is known."""
    figures: list[tuple[Any, str, str]]
    """What is counted, what was to be expected, and what came of it."""
    closes: list[Gap]
    more: int
    """How many further gaps are closed."""
    still: list[Gap]
    """Gaps that guests touched and that stand all the same."""
    still_open: int
    absent: list[str]
    """Who was invited and did not come, each with what that left untouched."""
    unknown: str
    """Of how many guests it is not known whether they came."""
    opened: str
    falls: bool
    """Whether the index falls although more sectors are at work: that has to be explained."""
    crowded: bool
    """Whether less comes of it if everybody comes: a meeting so large connects nobody."""
    likely: list[Likely]


def told(result: dict[str, Any]) -> Told:
    """Return an effect in words."""
    expected, measured = result["expected"], result["measured"]
    closes = measured["closes"] if measured else (expected["closes"] if expected else [])
    still = measured["still"] if measured else []
    many = measured["closed"] if measured else (expected["closable"] if expected else 0)
    absent = measured["absent"] if measured else []
    names = stakeholders.named(one["organisation"] for one in (*result["chances"], *absent))
    return Told(
        lead=_lead(expected, measured),
        figures=_figures(expected, measured, result["present"]),
        closes=_gaps(closes),
        more=max(many - len(closes), 0),
        still=_gaps(still),
        still_open=measured["still_open"] if measured else 0,
        absent=[_absent(one, names) for one in absent],
        unknown=_unknown(result["unknown"]) if measured else "",
        opened=_opened(measured["opened"]) if measured else "",
        falls=_falls(expected, measured),
        crowded=not measured and _is_crowded(expected),
        likely=[_likely(one, names) for one in result["chances"]],
    )


def _lead(expected: dict[str, Any] | None, measured: dict[str, Any] | None) -> str:
    index = (measured or expected or {}).get("index")
    after = (index or {}).get("after" if measured else "mean")
    if index is None or after is None:
        return ""
    numbers = {"before": number(index["before"], 1), "after": number(after, 1)}
    if measured:
        return str(
            _("With this event the synergy index went from %(before)s to %(after)s.", **numbers)
        )
    return str(
        _(
            "If guests come as is likely, the synergy index goes from %(before)s to %(after)s.",
            **numbers,
        )
    )


def _figures(
    expected: dict[str, Any] | None, measured: dict[str, Any] | None, present: int
) -> list[tuple[Any, str, str]]:
    index = (expected or {}).get("index")
    after = (measured or {}).get("index")
    rows = [
        (
            _("Guests"),
            _of(expected["guests"], expected["seats"]) if expected else "",
            number(present) if measured else "",
        )
    ]
    if index or after:
        before = (index or after or {})["before"]
        rows.append((_("Synergy index before"), number(before, 1), number(before, 1)))
        rows.append(
            (
                _("Synergy index after"),
                _range(index) if index else "",
                number(after["after"], 1) if after else "",
            )
        )
    if index and not measured:
        rows.append((_("Synergy index if everybody comes"), number(index["everybody"], 1), ""))
    rows.append(
        (
            _("Sectors at work, of six"),
            _change(expected["sectors"]) if expected else "",
            _change(measured["sectors"]) if measured else "",
        )
    )
    rows.append(
        (
            _("Gaps that close"),
            _of(expected["closed"], expected["closable"]) if expected else "",
            number(measured["closed"]) if measured else "",
        )
    )
    rows.append(
        (
            _("Gaps of which somebody is there who can close them"),
            _of(expected["touched"], expected["findings"]) if expected else "",
            number(measured["touched"]) if measured else "",
        )
    )
    rows.append(
        (
            _("Their severity, in points"),
            _of(expected["severity"], expected["possible"]) if expected else "",
            number(measured["severity"]) if measured else "",
        )
    )
    return [(label, str(one), str(other)) for label, one, other in rows]


def _change(pair: list[int]) -> str:
    return f"{number(pair[0])} → {number(pair[1])}"


def _falls(expected: dict[str, Any] | None, measured: dict[str, Any] | None) -> bool:
    index = (measured or expected or {}).get("index")
    if not index or index["before"] is None:
        return False
    after = index["after"] if measured else index["mean"]
    return after is not None and bool(after < index["before"] - LEAST)


def _is_crowded(expected: dict[str, Any] | None) -> bool:
    index = (expected or {}).get("index") or {}
    mean, everybody = index.get("mean"), index.get("everybody")
    return mean is not None and everybody is not None and bool(everybody < mean - LEAST)


def _of(mean: float, most: float) -> str:
    return str(_("%(mean)s of %(most)s", mean=number(mean, 1), most=number(most)))


def _range(index: dict[str, Any]) -> str:
    """Return the mean, and where nine of ten cases lie."""
    if index["mean"] is None:
        return number(None)
    if index["low"] == index["high"]:
        return number(index["mean"], 1)
    return str(
        _(
            "%(mean)s (in nine of ten cases from %(low)s to %(high)s)",
            mean=number(index["mean"], 1),
            low=number(index["low"], 1),
            high=number(index["high"], 1),
        )
    )


def _gaps(rows: Iterable[dict[str, Any]]) -> list[Gap]:
    """Return findings in words; of those that are only expected, with their chance."""
    rows = list(rows)
    plain = [one.get("finding", one) for one in rows]
    findings = [as_stored(one, number=at) for at, one in enumerate(plain, start=1)]
    return [
        Gap(said.sentence, said.finding.key, _percent(row.get("chance")))
        for said, row in zip(Teller(findings).told(findings), rows, strict=True)
    ]


def _absent(one: dict[str, Any], names: dict[int, str]) -> str:
    name = names.get(one["organisation"], "—")
    if not one["findings"]:
        return name
    return str(
        _n(
            "%(name)s: %(num)s gap stayed without its guest",
            "%(name)s: %(num)s gaps stayed without their guest",
            one["findings"],
            name=name,
        )
    )


def _unknown(many: int) -> str:
    if not many:
        return ""
    return str(
        _n(
            "Of %(num)s organisation that was invited it is not entered yet whether it came.",
            "Of %(num)s organisations that were invited it is not entered yet whether they came.",
            many,
        )
    )


def _opened(many: int) -> str:
    if not many:
        return ""
    return str(
        _n(
            "%(num)s gap can be seen only now, as its organisations have come to work.",
            "%(num)s gaps can be seen only now, as their organisations have come to work.",
            many,
        )
    )


def _likely(one: dict[str, Any], names: dict[int, str]) -> Likely:
    whole = round(100 * one["value"])
    return Likely(
        organisation=one["organisation"],
        name=names.get(one["organisation"], "—"),
        chance=percent(whole, 0),
        percent=whole,
        why=str(_why(one)),
    )


def _why(one: dict[str, Any]) -> Any:
    if one["why"] == "own":
        return _n(
            "came to %(came)s of %(num)s event it was invited to",
            "came to %(came)s of %(num)s events it was invited to",
            one["invited"],
            came=number(one["came"]),
        )
    return {
        "typed": _("as you said"),
        "no": _("said that it does not come"),
        "yes": _("said that it comes"),
        "usual": _("was never invited before: what is usual"),
    }[one["why"]]


def _percent(chance: float | None) -> str:
    return "" if chance is None else percent(100 * chance, 0)
