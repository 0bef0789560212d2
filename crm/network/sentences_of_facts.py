"""In words: what is about to be lost, was promised, or was never asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from crm.commitments.models import Support
from crm.formats import day, number, percent, rupiah
from crm.language import _, _n
from crm.network.found import ABOUT_A_ROW
from crm.network.models import StoredFinding
from crm.network.titles import Row
from crm.network.words import LAYER_NAMES, SECTOR_NAMES
from crm.words import label

if TYPE_CHECKING:
    from crm.network.sentences import Teller

PARTIES_SHOWN = 3

Numbers = list[tuple[Any, Any]]


def rows_of(finding: StoredFinding) -> Iterable[Row]:
    """Yield what the sentences about a finding call by its title."""
    step = finding.step or {}
    if finding.code in ABOUT_A_ROW and finding.evidence:
        yield _row(finding)
    if about := step.get("about"):
        yield about[0], about[1]
    owners = (step.get("owner"), finding.values.get("ours"))
    yield from (("user", one) for one in owners if one is not None)
    if step.get("position") is not None:
        yield "position", step["position"]
    if step.get("kind") == "finish" and step.get("owner") is None and finding.evidence:
        yield "owner_note", finding.evidence[0][1]


def _row(finding: StoredFinding) -> Row:
    table, number = finding.evidence[0]
    return table, number


def _title(teller: Teller, finding: StoredFinding) -> str:
    """Return the title of the row that a finding is about; a dash where it is gone."""
    return teller.title(_row(finding)) if finding.evidence else "—"


def _day(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else "—"


def _names(teller: Teller, finding: StoredFinding) -> list[str]:
    return [teller.name(one) for one in finding.organisations]


def _fragile(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    one, other = _names(teller, finding)
    sentence = _(
        "The tie between %(one)s and %(other)s alone connects %(smaller)s organisations with "
        "%(larger)s others.",
        one=one,
        other=other,
        smaller=number(values["smaller"]),
        larger=number(values["larger"]),
    )
    return sentence, [
        (_("Organisations on the smaller side"), number(values["smaller"])),
        (_("Organisations on the larger side"), number(values["larger"])),
        (_("Kind of tie"), LAYER_NAMES.get(values["layer"], "—")),
        (_("Strength of the tie"), number(values["strength"], 3)),
        (_("Last contact"), _day(values["last_contact"])),
    ]


def _single_contact(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    at = finding.organisations[0]
    # Of a person at an organisation the post is named, never the person.
    told = {
        "name": teller.name(at),
        "post": teller.post(values["theirs"], at) or _("a person whose post is not recorded"),
        "owner": teller.title(("user", values["ours"])),
    }
    if values["theirs"] is None:
        sentence = _("Only one of us deals with %(name)s: %(owner)s.", **told)
    elif values["ours"] is None:
        sentence = _("At %(name)s we know one person only: %(post)s.", **told)
    else:
        sentence = _("With %(name)s only %(owner)s is in contact, and only with %(post)s.", **told)
    return sentence, [
        (_("Encounters in two years"), number(values["encounters"])),
        (_("Of these without a name"), number(values["unnamed"])),
        (_("Posts held by others there"), number(values["posts"])),
        (_("Last contact"), _day(values["last_contact"])),
    ]


def _fading(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    one, other = _names(teller, finding)
    carried = percent(100 * values["share"], 0)
    sentence = _(
        "%(one)s and %(other)s have had no contact since %(when)s.",
        one=one,
        other=other,
        when=_day(values["last_contact"]),
    )
    who = teller.name((finding.step or {}).get("who"))
    layers = [LAYER_NAMES[one] for one in values["layers"].split("+") if one in LAYER_NAMES]
    return sentence, [
        (_("Last contact"), _day(values["last_contact"])),
        (_("Days since then"), number(values["days"])),
        (_("Share of this tie in all ties of %(who)s", who=who), carried),
        (_("Strength of the tie"), number(values["strength"], 3)),
        (_("Kinds of tie"), ", ".join(str(one) for one in layers) or "—"),
    ]


def _expiring(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    names = _names(teller, finding)
    parties: Any = ", ".join(names[:PARTIES_SHOWN])
    if more := len(names) - PARTIES_SHOWN if len(names) > PARTIES_SHOWN else 0:
        parties = _("%(names)s and %(number)s more", names=parties, number=number(more))
    sentence = _(
        "The agreement “%(title)s” (%(parties)s) ends on %(when)s without a successor.",
        title=_title(teller, finding),
        parties=parties,
        when=_day(values["ends"]),
    )
    return sentence, [
        (_("Last day"), _day(values["ends"])),
        (_("Days left"), number(values["days"])),
        (_("Parties"), number(values["parties"])),
    ]


def _unmet(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _(
        "%(name)s needs “%(what)s”, and nobody has promised it.",
        name=teller.name(finding.organisations[0]),
        what=_title(teller, finding),
    )
    return sentence, [
        (_("Kind of support"), label(Support(values["kind"]))),
        (_("Unmet needs of this organisation"), number(values["needs"])),
        (_("Organisations that offer the same kind"), number(values["offers"])),
        (_("Steps to the nearest one"), number(values["steps"])),
        (_("Needed since"), _day(values["since"])),
    ]


def _overdue_commitment(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    giver, receiver = _names(teller, finding)
    told = {
        "giver": giver,
        "receiver": receiver,
        "what": _title(teller, finding),
        "when": _day(values["due"]),
    }
    if values["partly"]:
        sentence = _(
            "%(giver)s promised %(receiver)s “%(what)s” until %(when)s and kept only part of it.",
            **told,
        )
    else:
        sentence = _(
            "%(giver)s promised %(receiver)s “%(what)s” until %(when)s and has not kept it.",
            **told,
        )
    return sentence, [
        (_("Kind of support"), label(Support(values["kind"]))),
        (_("Due"), _day(values["due"])),
        (_("Days late"), number(values["days"])),
        (_("Value"), rupiah(values["value"])),
    ]


def _overdue_action(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    told = {"title": _title(teller, finding), "when": _day(values["due"])}
    if finding.organisations:
        sentence = _(
            "The follow-up “%(title)s” for %(name)s was due on %(when)s and is still open.",
            name=teller.name(finding.organisations[0]),
            **told,
        )
    else:
        sentence = _("The follow-up “%(title)s” was due on %(when)s and is still open.", **told)
    return sentence, [
        (_("Due"), _day(values["due"])),
        (_("Days late"), number(values["days"])),
        (_("Owner"), _owner(teller, finding) or "—"),
    ]


def _owner(teller: Teller, finding: StoredFinding) -> str:
    """Return who has to do it, by name or by office; empty where nobody has."""
    owner = (finding.step or {}).get("owner")
    if owner is not None:
        return teller.title(("user", owner))
    return teller.titles.get(("owner_note", finding.evidence[0][1]), "") if finding.evidence else ""


def _dependence(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    told = {
        "programme": _title(teller, finding),
        "when": _day(values["ends"]),
        "share": percent(100 * values["share"], 0),
        "place": teller.place(finding),
    }
    shares = {
        name: values[name] / values[f"{name}_of_region"] if values[f"{name}_of_region"] else 0.0
        for name in ("ties", "promises", "rupiah")
    }
    # Too few to count are left out of the share, so that it may not be the largest of all.
    carried = min(shares, key=lambda name: abs(shares[name] - values["share"]))
    if carried == "ties":
        sentence = _(
            "%(programme)s ends on %(when)s and carries %(share)s of the working ties in "
            "%(place)s.",
            **told,
        )
    elif carried == "promises":
        sentence = _(
            "%(programme)s ends on %(when)s and carries %(share)s of the promised support in "
            "%(place)s.",
            **told,
        )
    else:
        sentence = _(
            "%(programme)s ends on %(when)s and carries %(share)s of the promised money in "
            "%(place)s.",
            **told,
        )
    return sentence, [
        (_("Last day"), _day(values["ends"])),
        (_("Days left"), number(values["days"])),
        (_("Working ties in the region"), _of(values, "ties", number)),
        (_("Promises"), _of(values, "promises", number)),
        (_("Promised money"), _of(values, "rupiah", rupiah)),
        (_("Others who offer the same kind"), number(values["heirs"])),
        (_("Steps to the nearest one"), number(values["steps"])),
    ]


def _of(values: dict[str, Any], name: str, written: Callable[[Any], str]) -> str:
    return f"{written(values[name])} / {written(values[f'{name}_of_region'])}"


def _never_invited(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    name, closes = teller.name(finding.organisations[0]), values["closes"]
    if values["last_invited"]:
        sentence = _n(
            "The next step of %(num)s gap names %(name)s, which was last invited on %(when)s.",
            "The next steps of %(num)s gaps name %(name)s, which was last invited on %(when)s.",
            closes,
            name=name,
            when=_day(values["last_invited"]),
        )
    else:
        sentence = _n(
            "The next step of %(num)s gap names %(name)s, and no invitation to it is recorded.",
            "The next steps of %(num)s gaps name %(name)s, and no invitation to it is recorded.",
            closes,
            name=name,
        )
    return sentence, [
        (_("Gaps whose next step names it"), number(closes)),
        (_("Severity of the heaviest of them"), number(values["severity"], 1)),
        (_("Last invited"), _day(values["last_invited"])),
        (_("Next event"), _day(values["event_day"])),
    ]


def _inward(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    told = {"sector": SECTOR_NAMES[finding.sectors[0]], "place": teller.place(finding)}
    other = values["other"]
    if other is None:
        sentence = _(
            "In %(place)s the sector %(sector)s keeps to itself more than chance explains.", **told
        )
    else:
        sentence = _(
            "In %(place)s the sector %(sector)s keeps to itself more than chance explains; what "
            "is missing most are ties with the sector %(other)s.",
            other=SECTOR_NAMES[other],
            **told,
        )
    return sentence, [
        (_("E–I index"), number(values["value"], 3)),
        (_("Expected by chance"), number(values["expected"], 3)),
        (_("By chance between"), f"{number(values['low'], 3)} – {number(values['high'], 3)}"),
        (_("Ties to other sectors"), number(values["external"])),
        (_("Ties inside the sector"), number(values["internal"])),
        (
            _("Ties to the sector that is missing most, and expected"),
            f"{number(values['ties'])} / {number(values['ties_expected'], 1)}",
        ),
    ]


SENTENCES: dict[str, Callable[[Teller, StoredFinding], tuple[Any, Numbers]]] = {
    "fragile-bridge": _fragile,
    "single-contact": _single_contact,
    "fading-tie": _fading,
    "expiring-agreement": _expiring,
    "unmet-need": _unmet,
    "overdue-commitment": _overdue_commitment,
    "overdue-action": _overdue_action,
    "programme-dependence": _dependence,
    "never-invited": _never_invited,
    "inward-sector": _inward,
}
