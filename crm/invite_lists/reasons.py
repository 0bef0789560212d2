"""Why each guest stands on an invite list, and what is lost without it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.contacts.models import Position
from crm.formats import number
from crm.gaps.sentences import Teller
from crm.invite_lists import wishes
from crm.invite_lists.building import Built
from crm.invite_lists.clashes import region_names, rule_told
from crm.language import _, _n
from crm.network.models import StoredFinding
from crm.network.plans import Guest, is_only_helped
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder

TOLD = 3
"""How many findings a reason names before it says how many more there are."""
LEAST = 0.05
"""Points that are shown as 0,1."""
OPENED = 25
"""How many of those can be opened: one guest may close a gap in every district."""


@dataclass(frozen=True)
class Reason:
    """One thing that a guest is there for."""

    sentence: str
    key: str | None = None
    """The finding that says so, if one does."""
    shared: bool = False
    """Whether other guests of the list close it as well."""
    helps: bool = False
    """Whether they can only help to close it, as they lie elsewhere."""


@dataclass(frozen=True)
class Line:
    """One guest as the list shows them."""

    stakeholder: Stakeholder
    post: Position | None
    because: list[Reason]
    more: list[Reason]
    """Further gaps that they close or share, beyond the first few; not all of very many."""
    others: int
    """How many further gaps there are."""
    worth: float
    lost: str
    """What is lost without this guest; of a reserve, what it would bring."""
    seat: int
    """1 for the first guest of its organisation, 2 for the second."""
    invited: bool
    """Whether this guest is on the event's guest list already."""

    @property
    def reasons(self) -> list[str]:
        """Why they are on the list, each as a sentence."""
        return [one.sentence for one in self.because] + ([self.rest] if self.others else [])

    @property
    def rest(self) -> str:
        """How many more gaps there are."""
        return str(_n("and %(num)s more gap", "and %(num)s more gaps", self.others))

    @property
    def why(self) -> str:
        """The reasons in one line, as a file or a guest list holds them."""
        return "; ".join(one.removesuffix(".") for one in self.reasons)

    @property
    def addressee(self) -> str:
        """The post that a letter goes to; a general word where none is known."""
        if self.post:
            return self.post.title
        return str(_("Head") if self.seat == 1 else _("Participant to be named"))

    @property
    def person(self) -> str:
        """Who holds the post, if known."""
        return self.post.contact.full_name if self.post and self.post.contact else ""


def lines(built: Built, guests: Sequence[Guest], *, reserves: bool = False) -> list[Line]:
    """Return guests, or reserves, as the list shows them."""
    teller = Teller(built.findings[key] for one in guests for key in _keys(one)[: TOLD + OPENED])
    names = region_names(built.plan_rules)
    return [
        Line(
            stakeholder=built.organisations[one.organisation],
            post=built.post(one),
            because=_reasons(built, one, teller, names),
            more=_gaps(built, one, teller, TOLD, TOLD + OPENED),
            others=max(len(_keys(one)) - TOLD, 0),
            worth=one.worth,
            lost=str(_brought(one) if reserves else _lost(one)),
            seat=one.seat,
            invited=built.is_invited(one),
        )
        for one in guests
    ]


def described(built: Built) -> list[tuple[Any, Any]]:
    """Return the rules of a list for those who may read but not change them."""
    rules = built.rules
    asked = stakeholders.named([*rules.must, *rules.never, *rules.prefer, *rules.more_from])
    names = regions.names_of([rules.region] if rules.region else [])
    told = [
        str(rule_told(rule, side, region_names(built.plan_rules)))
        for rule in built.plan_rules
        for side in ("minimum", "maximum")
        if getattr(rule, side) is not None
    ]
    kinds = [str(name) for code, name in wishes.kinds() if code in rules.prefer_kinds]
    pairs = [
        (_("Capacity"), number(rules.capacity)),
        (_("Candidates from"), names.get(rules.region or "", _("All of Indonesia"))),
        (_("Guests"), "; ".join(told)),
        (_("Must be invited"), "; ".join(asked.get(one, "") for one in rules.must)),
        (_("Never invite"), "; ".join(asked.get(one, "") for one in rules.never)),
        (_("Preferred"), "; ".join([*(asked.get(one, "") for one in rules.prefer), *kinds])),
        (_("Seats per organisation"), number(rules.seats) if rules.seats > 1 else ""),
        (
            _("May send more"),
            "; ".join(f"{asked.get(one, '')}: {rules.more_seats}" for one in rules.more_from),
        ),
        (_("Only with the tag"), rules.tag or ""),
    ]
    return [(label, value) for label, value in pairs if str(value)]


def gone(built: Built) -> str:
    """Return who was left out although they must be invited, where somebody was."""
    names = stakeholders.named(built.gone)
    if not names:
        return ""
    return str(_("Left out, because archived: %(names)s.", names="; ".join(names.values())))


def free_seats(built: Built) -> str:
    """Return why seats stay free, where some do."""
    rules = built.rules
    free = rules.capacity - len(built.answer.guests)
    if free < 1 or not built.answer.guests:
        return ""
    said = _n(
        "%(num)s seat stays free: under these rules nobody else closes a gap that these "
        "guests leave open. Ask for more guests from a sector or district to fill it.",
        "%(num)s seats stay free: under these rules nobody else closes a gap that these "
        "guests leave open. Ask for more guests from a sector or district to fill them.",
        free,
    )
    if max(rules.seats, rules.more_seats or 1) == 1 or rules.second_guest:
        return str(said)
    hint = _(
        "Second guests of an organisation come only where a rule asks for them, as a second guest "
        "for the same gap adds nothing: that can be changed under “Several guests of an "
        "organisation”."
    )
    return f"{said} {hint}"


def _keys(guest: Guest) -> tuple[str, ...]:
    return (*guest.closes, *guest.shares)


def _reasons(built: Built, guest: Guest, teller: Teller, names: dict[str, str]) -> list[Reason]:
    said: list[Reason] = []
    if guest.reason == "must" and not built.is_invited(guest):
        said.append(Reason(str(_("You said that it must be invited."))))
    if guest.seat == 1 and (points := built.preferred.get(guest.organisation)):
        said.append(Reason(str(_("You prefer it: %(points)s points.", points=number(points)))))
    said.extend(_gaps(built, guest, teller, 0, TOLD))
    said.extend(
        Reason(str(rule_told(built.plan_rules[index], "minimum", names))) for index in guest.rules
    )
    return said


def _gaps(built: Built, guest: Guest, teller: Teller, first: int, last: int) -> list[Reason]:
    return [_gap(built.findings[key], guest, teller) for key in _keys(guest)[first:last]]


def _gap(finding: StoredFinding, guest: Guest, teller: Teller) -> Reason:
    sentence, helps = teller.tell(finding).sentence, is_only_helped(finding)
    if helps:
        told = _("It lies elsewhere and does not close this, but can help to find a first one.")
        sentence = f"{sentence} {told}"
    return Reason(sentence, finding.key, shared=finding.key in guest.shares, helps=helps)


def _lost(guest: Guest) -> Any:
    """Return what is lost without this guest, the others staying."""
    points = number(guest.worth, 1)
    if guest.closes:
        return _n(
            "Without this guest %(num)s gap stays untouched; the list is worth %(points)s less.",
            "Without this guest %(num)s gaps stay untouched; the list is worth %(points)s less.",
            len(guest.closes),
            points=points,
        )
    if guest.worth >= LEAST:
        return _(
            "Without this guest the list is worth %(points)s less; others close the same gaps.",
            points=points,
        )
    if guest.rules:
        return _("Without this guest a rule would be broken.")
    return _("Without this guest no gap stays untouched: it is here because you want it.")


def _brought(guest: Guest) -> Any:
    """Return what a reserve brings."""
    if guest.worth < LEAST:
        return _("Keeps a rule where one of the guests stays away.")
    return _(
        "Where one of the guests stays away and this one comes: %(points)s points on average.",
        points=number(guest.worth, 1),
    )
