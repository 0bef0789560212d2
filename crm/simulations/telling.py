"""What an exit does, in words and rows: before and after, what is lost, who could take over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm.commitments.models import Commitment, Support
from crm.db import db
from crm.formats import number, rupiah
from crm.gaps.sentences import Named
from crm.language import _, _n
from crm.network.words import sector_within
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder
from crm.words import label

SHOWN = 30
"""So many organisations, ties or promises are named; all are counted."""
NAMED = 2
"""So many of those with whom an heir works already."""


@dataclass(frozen=True)
class Figure:
    """One figure before and after."""

    name: Any
    before: str
    after: str
    changed: bool


@dataclass(frozen=True)
class Place:
    """One region with what it loses."""

    code: str
    name: str
    before: dict[str, Any] | None
    """The index with its parts; None where it stays as it is."""
    after: dict[str, Any] | None
    sectors: list[str]
    """Those that were at work there, and are not any more."""
    ties: int
    money: str
    promises: int
    kinds: str

    @property
    def drop(self) -> float:
        """By how much the index falls; where nothing is left to measure, all of it."""
        if self.before is None or self.after is None or self.before["value"] is None:
            return 0.0
        return float(self.before["value"] - (self.after["value"] or 0.0))


@dataclass(frozen=True)
class Promise:
    """Support that will not come."""

    what: str
    giver: str
    receiver: str
    kind: Any
    value: str


@dataclass(frozen=True)
class Heir:
    """Who could take over, and why."""

    organisation: Named
    why: str


@dataclass(frozen=True)
class Told:
    """An exit as the page tells it."""

    headline: str
    figures: list[Figure]
    places: list[Place]
    cut_off: list[Named]
    cut: int
    ties: list[tuple[Named, Named]]
    lost: int
    weakened: int
    promises: list[Promise]
    promised: int
    money: str
    unvalued: int
    heirs: list[Heir]
    removed: list[Named]
    unknown: list[str]

    @property
    def some_index_stays(self) -> bool:
        """Whether a region loses ties, and yet its index stays as it is."""
        return any(one.before is None and one.ties for one in self.places)


def tell(answer: dict[str, Any]) -> Told:
    """Return what an exit does in words."""
    pairs = answer["lost_ties"][:SHOWN]
    heirs = answer["heirs"]
    cut, removed = answer["cut_off"][:SHOWN], answer["removed"][:SHOWN]
    named = stakeholders.named(
        {
            *cut,
            *removed,
            *answer["unknown"],
            *(one for pair in pairs for one in pair),
            *(one["organisation"] for one in heirs),
            *(one for heir in heirs for one in heir["reaches"]),
        }
    )
    names = {one: Named(one, name) for one, name in named.items()}
    alike = _of_sectors_of(answer["removed"], [one["organisation"] for one in heirs])
    everything = answer["losses"][""]
    places = _places(answer)
    return Told(
        headline=_headline(answer, places),
        figures=_figures(answer),
        places=places,
        cut_off=[names[one] for one in cut if one in names],
        cut=answer["cut"],
        ties=[(names[a], names[b]) for a, b in pairs if a in names and b in names],
        lost=answer["lost"],
        weakened=answer["weakened"],
        promises=_promises(everything["commitments"][:SHOWN]),
        promised=len(everything["commitments"]),
        money=_money(everything),
        unvalued=everything["unvalued"],
        heirs=[
            Heir(names[one["organisation"]], _why(one, named, alike))
            for one in heirs
            if one["organisation"] in names
        ],
        removed=[names[one] for one in removed if one in names],
        unknown=[named.get(one, "—") for one in answer["unknown"]],
    )


def _headline(answer: dict[str, Any], places: list[Place]) -> str:
    if not answer["before"]["ties"] and not answer["losses"][""]["commitments"]:
        return str(
            _(
                "On this day no working tie is known: there is nothing to lose. Choose another "
                "day, or a longer window."
            )
        )
    if not answer["after"]["organisations"]:
        return str(_("Nobody is left: everything that is known on this day leaves."))
    lost = answer["losses"][""]
    if not (answer["lost"] or answer["weakened"] or lost["commitments"] or answer["removed"]):
        return str(_("Nothing changes: none of them ties or promises anything on this day."))
    without = sum(1 for one in places if one.sectors)
    said = [
        _n("%(n)s working tie is lost", "%(n)s working ties are lost", answer["lost"],
           n=number(answer["lost"])),
        _n("%(n)s organisation is cut off", "%(n)s organisations are cut off", answer["cut"],
           n=number(answer["cut"])),
        _n("%(n)s region loses a sector", "%(n)s regions lose a sector", without,
           n=number(without)),
    ]  # fmt: skip
    if lost["commitments"]:
        many = len(lost["commitments"])
        said.append(
            _n("%(n)s promise will not be kept", "%(n)s promises will not be kept", many,
               n=number(many))
        )  # fmt: skip
    return "; ".join(str(one) for one in said) + "."


def _figures(answer: dict[str, Any]) -> list[Figure]:
    before, after = answer["before"], answer["after"]
    index = answer["index"][""]

    def one(name: Any, old: float | None, new: float | None, digits: int = 0) -> Figure:
        return Figure(name, number(old, digits), number(new, digits), old != new)

    return [
        one(_("Synergy index"), index[0]["value"], index[1]["value"], 1),
        one(_("Organisations"), before["organisations"], after["organisations"]),
        one(_("At work"), before["engaged"], after["engaged"]),
        one(_("Working ties"), before["ties"], after["ties"]),
        one(_("Separate parts, those alone included"), before["components"], after["components"]),
        one(_("Organisations in the largest part"), before["largest"], after["largest"]),
        one(_("Fragmentation (F)"), before["fragmentation"], after["fragmentation"], 3),
    ]


def _places(answer: dict[str, Any]) -> list[Place]:
    """Return the regions that lose something, the greatest fall of the index first."""
    codes = {code for part in ("index", "sectors_lost", "losses") for code in answer[part] if code}
    names = regions.names_of(codes)
    found = []
    for code in codes:
        before, after = answer["index"].get(code, (None, None))
        loss = answer["losses"].get(code)
        found.append(
            Place(
                code=code,
                name=names.get(code, code),
                before=before,
                after=after,
                sectors=[sector_within(one) for one in answer["sectors_lost"].get(code, ())],
                ties=loss["ties"] if loss else 0,
                money=_money(loss) if loss else "",
                promises=len(loss["commitments"]) if loss else 0,
                kinds=_kinds(loss["kinds"]) if loss else "",
            )
        )
    return sorted(found, key=lambda one: (-one.drop, -len(one.sectors), -one.ties, one.code))


def _money(loss: dict[str, Any]) -> str:
    """Return the rupiah that will not come; empty where none are known of."""
    return rupiah(loss["money"]) if loss["money"] else ""


def _kinds(kinds: dict[str, int]) -> str:
    return ", ".join(f"{label(Support(kind))} ({number(many)})" for kind, many in kinds.items())


def _promises(ids: Iterable[int]) -> list[Promise]:
    query = select(Commitment).where(Commitment.id.in_(list(ids))).order_by(Commitment.id)
    found = list(db.session.scalars(query))
    names = stakeholders.named({end for one in found for end in (one.giver_id, one.receiver_id)})
    return [
        Promise(
            what=one.what,
            giver=names.get(one.giver_id, "—"),
            receiver=names.get(one.receiver_id, "—"),
            kind=label(one.kind),
            value=rupiah(one.value) if one.value else "",
        )
        for one in found
    ]


def _why(heir: dict[str, Any], names: dict[int, str], alike: set[int]) -> str:
    said = [_standing(heir, heir["organisation"] in alike)]
    if heir["reaches"]:
        reached = [names.get(one, "—") for one in heir["reaches"]]
        more = len(reached) - NAMED
        listed = "; ".join(reached[:NAMED]) + (f" (+{number(more)})" if more > 0 else "")
        said.append(_("works with %(names)s already", names=listed))
    if heir["steps"] and not heir["reaches"]:
        said.append(
            _n("%(num)s step from those who lose", "%(num)s steps from those who lose",
               heir["steps"])
        )  # fmt: skip
    return "; ".join(str(one) for one in said)


def _standing(heir: dict[str, Any], is_alike: bool) -> Any:
    """Return what somebody is named for: an offer, nearness, or no more than its ties."""
    if heir["offers"]:
        offers = ", ".join(str(label(Support(kind))).lower() for kind in heir["offers"])
        return _("an offer is recorded: %(kinds)s", kinds=offers)
    if heir["distance"] == 0 and is_alike:
        return _("no offer is recorded; named for the same region and sector")
    if heir["distance"] == 0:
        return _("no offer is recorded; named for the same region")
    return _("no offer is recorded; named for its ties only")


def _of_sectors_of(removed: Iterable[int], heirs: Iterable[int]) -> set[int]:
    """Return the heirs whose sector is that of somebody who leaves."""
    left = select(Stakeholder.sector).where(Stakeholder.id.in_(list(removed)))
    query = select(Stakeholder.id).where(
        Stakeholder.id.in_(list(heirs)), Stakeholder.sector.in_(left)
    )
    return set(db.session.scalars(query))
