"""In words: what was promised, agreed or begun, and ends or is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm.commitments.models import Support
from crm.formats import number, percent, rupiah
from crm.gaps.named import Numbers, day_of, names_of, title_of
from crm.language import _
from crm.network.models import StoredFinding
from crm.words import label

if TYPE_CHECKING:
    from crm.gaps.sentences import Teller

PARTIES_SHOWN = 3


def _expiring(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    names = names_of(teller, finding)
    parties: Any = ", ".join(names[:PARTIES_SHOWN])
    if more := len(names) - PARTIES_SHOWN if len(names) > PARTIES_SHOWN else 0:
        parties = _("%(names)s and %(number)s more", names=parties, number=number(more))
    sentence = _(
        "The agreement “%(title)s” (%(parties)s) ends on %(when)s without a successor.",
        title=title_of(teller, finding),
        parties=parties,
        when=day_of(values["ends"]),
    )
    return sentence, [
        (_("Last day"), day_of(values["ends"])),
        (_("Days left"), number(values["days"])),
        (_("Parties"), number(values["parties"])),
    ]


def _unmet(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    sentence = _(
        "%(name)s needs “%(what)s”, and nobody has promised it.",
        name=teller.name(finding.organisations[0]),
        what=title_of(teller, finding),
    )
    return sentence, [
        (_("Kind of support"), label(Support(values["kind"]))),
        (_("Unmet needs of this organisation"), number(values["needs"])),
        (_("Organisations that offer the same kind"), number(values["offers"])),
        (_("Steps to the nearest one"), number(values["steps"])),
        (_("Needed since"), day_of(values["since"])),
    ]


def _overdue_commitment(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    giver, receiver = names_of(teller, finding)
    told = {
        "giver": giver,
        "receiver": receiver,
        "what": title_of(teller, finding),
        "when": day_of(values["due"]),
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
        (_("Due"), day_of(values["due"])),
        (_("Days late"), number(values["days"])),
        (_("Value"), rupiah(values["value"])),
    ]


def _overdue_action(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    told = {"title": title_of(teller, finding), "when": day_of(values["due"])}
    if finding.organisations:
        sentence = _(
            "The follow-up “%(title)s” for %(name)s was due on %(when)s and is still open.",
            name=teller.name(finding.organisations[0]),
            **told,
        )
    else:
        sentence = _("The follow-up “%(title)s” was due on %(when)s and is still open.", **told)
    return sentence, [
        (_("Due"), day_of(values["due"])),
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
        "programme": title_of(teller, finding),
        "when": day_of(values["ends"]),
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
        (_("Last day"), day_of(values["ends"])),
        (_("Days left"), number(values["days"])),
        (_("Working ties in the region"), _of(values, "ties", number)),
        (_("Promises"), _of(values, "promises", number)),
        (_("Promised money"), _of(values, "rupiah", rupiah)),
        (_("Others who offer the same kind"), number(values["heirs"])),
        (_("Steps to the nearest one"), number(values["steps"])),
    ]


def _of(values: dict[str, Any], name: str, written: Callable[[Any], str]) -> str:
    return f"{written(values[name])} / {written(values[f'{name}_of_region'])}"


SENTENCES: dict[str, Callable[[Teller, StoredFinding], tuple[Any, Numbers]]] = {
    "expiring-agreement": _expiring,
    "unmet-need": _unmet,
    "overdue-commitment": _overdue_commitment,
    "overdue-action": _overdue_action,
    "programme-dependence": _dependence,
}
