"""Why each guest stands on an invite list, and which rules clash, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.contacts.models import Position
from crm.formats import number
from crm.invite_lists.rules import Rules
from crm.invite_lists.services import Built
from crm.language import _, _n
from crm.network.plans import Guest, Rule
from crm.network.sentences import Teller
from crm.network.words import SECTOR_NAMES
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Stakeholder

TOLD = 3
"""How many findings a reason names before it says how many more there are."""
OPENED = 25
"""How many of those can be opened: one guest may close a gap in every district."""


@dataclass(frozen=True)
class Reason:
    """One thing that a guest is there for."""

    sentence: str
    key: str | None = None
    """The finding that says so, if one does."""


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
    invited: bool
    """Whether the organisation is on the event's guest list already."""

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
        return self.post.title if self.post else str(_("Head"))

    @property
    def person(self) -> str:
        """Who holds the post, if known."""
        return self.post.contact.full_name if self.post and self.post.contact else ""


def lines(built: Built, guests: Sequence[Guest]) -> list[Line]:
    """Return guests as the list shows them."""
    teller = Teller(built.findings[key] for one in guests for key in _keys(one)[: TOLD + OPENED])
    names = region_names(built.plan_rules)
    return [
        Line(
            stakeholder=built.organisations[one.organisation],
            post=built.posts.get(one.organisation),
            because=_reasons(built, one, teller, names),
            more=_gaps(built, _keys(one)[TOLD : TOLD + OPENED], teller),
            others=max(len(_keys(one)) - TOLD, 0),
            worth=one.worth,
            invited=one.organisation in built.invited,
        )
        for one in guests
    ]


def described(rules: Rules, built: Built) -> list[tuple[Any, Any]]:
    """Return the rules of a list for those who may read but not change them."""
    asked = stakeholders.named([*rules.must, *rules.never])
    names = regions.names_of([rules.region] if rules.region else [])
    told = [
        str(_rule(rule, side, region_names(built.plan_rules)))
        for rule in built.plan_rules
        for side in ("minimum", "maximum")
        if getattr(rule, side) is not None
    ]
    pairs = [
        (_("Capacity"), number(rules.capacity)),
        (_("Candidates from"), names.get(rules.region or "", _("All of Indonesia"))),
        (_("Guests"), "; ".join(told)),
        (_("Must be invited"), "; ".join(asked.get(one, "") for one in rules.must)),
        (_("Never invite"), "; ".join(asked.get(one, "") for one in rules.never)),
        (_("Only with the tag"), rules.tag or ""),
    ]
    return [(label, value) for label, value in pairs if str(value)]


def gone(built: Built) -> str:
    """Return who was left out although they must be invited, where somebody was."""
    names = stakeholders.named(built.gone)
    if not names:
        return ""
    return str(_("Left out, because archived: %(names)s.", names="; ".join(names.values())))


def free_seats(built: Built, rules: Rules) -> str:
    """Return why seats stay free, where some do."""
    free = rules.capacity - len(built.answer.guests)
    if free < 1 or not built.answer.guests:
        return ""
    return str(
        _n(
            "%(num)s seat stays free: under these rules nobody else closes a gap that these "
            "guests leave open. Ask for more guests from a sector or district to fill it.",
            "%(num)s seats stay free: under these rules nobody else closes a gap that these "
            "guests leave open. Ask for more guests from a sector or district to fill them.",
            free,
        )
    )


def region_names(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the names of the regions that rules speak of."""
    return regions.names_of(one.value for one in rules if one.what == "region")


def clash(built: Built) -> list[str]:
    """Return the rules that cannot be kept together, each as a sentence.

    Where a region has no organisation at all, that is said of all such regions at once: it is no
    matter of one rule against another.
    """
    names = region_names(built.plan_rules)
    if _about(built, built.answer.clashes):
        return [_nobody(built, names)]
    return [str(_told(one, built, names)) for one in built.answer.clashes]


def relaxation(built: Built) -> list[str]:
    """Return the smallest change of the rules under which a list exists."""
    names = region_names(built.plan_rules)
    unknown = _about(built, [one for one, _count in built.answer.relaxation])
    said = [str(_("Add an organisation in each of them, or ask for nobody from there."))]
    return (said if unknown else []) + [
        str(
            _n(
                "%(rule)s: loosen by %(num)s guest",
                "%(rule)s: loosen by %(num)s guests",
                count,
                rule=_told(one, built, names),
            )
        )
        for one, count in built.answer.relaxation
        if one not in unknown
    ]


def _about(built: Built, codes: Sequence[str]) -> list[str]:
    """Return of some rules those that demand guests from where nobody is known."""
    return [
        code
        for code in codes
        if code.startswith("rule:")
        and built.plan_rules[int(code.split(":")[1])].value in built.unknown
    ]


def _nobody(built: Built, names: dict[str, str]) -> str:
    places = ", ".join(names.get(code, code).split(",")[0] for code in built.unknown)
    return str(
        _n(
            "In %(num)s region no organisation is known that could be invited: %(places)s.",
            "In %(num)s regions no organisation is known that could be invited: %(places)s.",
            len(built.unknown),
            places=places,
        )
    )


def _keys(guest: Guest) -> tuple[str, ...]:
    return (*guest.closes, *guest.shares)


def _reasons(built: Built, guest: Guest, teller: Teller, names: dict[str, str]) -> list[Reason]:
    said: list[Reason] = []
    if guest.reason == "must" and guest.organisation not in built.invited:
        said.append(Reason(str(_("You said that it must be invited."))))
    said.extend(_gaps(built, _keys(guest)[:TOLD], teller))
    said.extend(
        Reason(str(_rule(built.plan_rules[index], "minimum", names))) for index in guest.rules
    )
    return said


def _gaps(built: Built, keys: Sequence[str], teller: Teller) -> list[Reason]:
    return [Reason(teller.tell(built.findings[key]).sentence, key) for key in keys]


def _told(code: str, built: Built, names: dict[str, str]) -> Any:
    kind, _colon, rest = code.partition(":")
    if kind == "rule":
        index, _colon, side = rest.partition(":")
        return _rule(built.plan_rules[int(index)], side, names)
    return {
        "capacity": _("The capacity"),
        "must": _("Who must be invited, or is on the guest list already"),
        "must_not": _("Whom never to invite"),
        "per_organisation": _("One guest per organisation"),
    }[kind]


def _rule(rule: Rule, side: str, names: dict[str, str]) -> Any:
    whom = SECTOR_NAMES[rule.value] if rule.what == "sector" else names.get(rule.value, rule.value)
    if side == "maximum":
        return _("At most %(number)s from %(whom)s", number=rule.maximum, whom=whom)
    return _("At least %(number)s from %(whom)s", number=rule.minimum, whom=whom)
