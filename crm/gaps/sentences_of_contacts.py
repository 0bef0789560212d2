"""In words: whom one person alone knows, who has fallen silent, whom nobody invites."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm.formats import number, percent
from crm.gaps.named import Numbers, day_of, names_of
from crm.language import _, _n
from crm.network.models import StoredFinding
from crm.network.words import LAYER_NAMES

if TYPE_CHECKING:
    from crm.gaps.sentences import Teller


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
        (_("Last contact"), day_of(values["last_contact"])),
    ]


def _fading(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    one, other = names_of(teller, finding)
    carried = percent(100 * values["share"], 0)
    sentence = _(
        "%(one)s and %(other)s have had no contact since %(when)s.",
        one=one,
        other=other,
        when=day_of(values["last_contact"]),
    )
    who = teller.name((finding.step or {}).get("who"))
    layers = [LAYER_NAMES[one] for one in values["layers"].split("+") if one in LAYER_NAMES]
    return sentence, [
        (_("Last contact"), day_of(values["last_contact"])),
        (_("Days since then"), number(values["days"])),
        (_("Share of this tie in all ties of %(who)s", who=who), carried),
        (_("Strength of the tie"), number(values["strength"], 3)),
        (_("Kinds of tie"), ", ".join(str(one) for one in layers) or "—"),
    ]


def _never_invited(teller: Teller, finding: StoredFinding) -> tuple[Any, Numbers]:
    values = finding.values
    name, closes = teller.name(finding.organisations[0]), values["closes"]
    if values["last_invited"]:
        sentence = _n(
            "The next step of %(num)s gap names %(name)s, which was last invited on %(when)s.",
            "The next steps of %(num)s gaps name %(name)s, which was last invited on %(when)s.",
            closes,
            name=name,
            when=day_of(values["last_invited"]),
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
        (_("Last invited"), day_of(values["last_invited"])),
        (_("Next event"), day_of(values["event_day"])),
    ]


SENTENCES: dict[str, Callable[[Teller, StoredFinding], tuple[Any, Numbers]]] = {
    "single-contact": _single_contact,
    "fading-tie": _fading,
    "never-invited": _never_invited,
}
