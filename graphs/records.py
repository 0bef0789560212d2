"""What goes into the analysis and what comes out: frozen records without behaviour of their own.

Nothing here carries a name of an organisation or a sentence: the analysis works on ids and
codes, and whoever shows the results adds the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

SECTORS = ("opd", "university", "community", "ngo_csr", "business", "media")
"""The six sectors, in the order in which they are always shown."""

LAYERS = ("agreement", "support", "attendance", "team")
"""The four kinds of tie, strongest evidence first."""

LEVELS = ("national", "province", "district", "village")
"""The four levels of an organisation, from the widest to the nearest."""

Evidence = tuple[str, int]
"""A row that proves something: the name of its table and its id."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One organisation as the analysis sees it."""

    id: int
    sector: str
    level: str
    region: str | None = None
    """Kemendagri code (``16``, ``16.71``, …), or None for an organisation of the whole country."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One group of two or more organisations that something binds together."""

    layer: str
    members: tuple[int, ...]
    starts: date | None
    """First day of an agreement or team, day of an event, day of a promise; None: not known."""
    ends: date | None = None
    """Last day of an agreement or team, due day of a promise; None: open. Unused for events."""
    realised: date | None = None
    """The day on which a promise was kept, for the layer ``support`` only."""
    evidence: Evidence = ("", 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A region: where it lies, and how poor it is."""

    code: str
    level: str
    """``province``, ``district`` or ``village``."""
    parent: str | None = None
    poverty: float | None = None
    """Share of poor people in per cent, one source and one year for all places of a country."""


@dataclass(frozen=True, slots=True)
class Encounter:
    """One time that somebody of ours dealt with somebody of an organisation."""

    organisation: int
    day: date | None
    person: int | None = None
    """Whom we met; None: nobody wrote it down."""
    ours: int | None = None
    """Who of us it was."""
    evidence: Evidence = ("", 0)


@dataclass(frozen=True, slots=True)
class Post:
    """A position at an organisation and who holds it."""

    id: int
    organisation: int
    person: int | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as a paper that ends and can be renewed. Its row is ``("agreement", id)``."""

    id: int
    parties: tuple[int, ...]
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise of support. Its row is ``("commitment", id)``."""

    id: int
    giver: int
    receiver: int
    kind: str
    """A word of the catalogue for what is given: the same words as in `Resource`."""
    promised: date | None = None
    due: date | None = None
    realised: date | None = None
    """The day on which it was kept in full."""
    partly: bool = False
    """Part of it was kept."""
    cancelled: bool = False
    value: int | None = None
    """Rupiah."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that an organisation offers or needs. Its row is ``("resource", id)``."""

    id: int
    side: str
    """``offer`` or ``need``."""
    organisation: int
    kind: str
    region: str | None = None
    """Where, if it is not where the organisation lies."""
    starts: date | None = None
    ends: date | None = None
    commitment: int | None = None
    """The promise that meets this need, by id."""


@dataclass(frozen=True, slots=True)
class Action:
    """A follow-up of ours. Its row is ``("follow_up", id)``."""

    id: int
    due: date | None
    owner: int | None = None
    """The person of ours who has to do it."""
    organisation: int | None = None
    region: str | None = None
    done: date | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, when it ends, and the rows it carries. Its row is ``("programme", id)``."""

    id: int
    ends: date | None = None
    lead: int | None = None
    funder: int | None = None
    finances: tuple[Evidence, ...] = ()
    """The agreements, events, commitments and teams that would not be there without it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """That an organisation was invited, or came: ``day`` is that of the event."""

    organisation: int
    day: date | None
    evidence: Evidence = ("", 0)


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event to come, to which somebody can be invited. Its row is ``("event", id)``."""

    id: int
    day: date | None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded beside the ties; each kind may be left out.

    A fact about an organisation that is not in the network (archived, merged) is not looked at.
    What happens after the day of the network is not known yet, except days that were agreed on
    before: ends, due days, events to come.
    """

    encounters: Sequence[Encounter] = ()
    posts: tuple[Post, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    resources: tuple[Resource, ...] = ()
    actions: tuple[Action, ...] = ()
    programmes: tuple[Programme, ...] = ()
    invitations: Sequence[Invitation] = ()
    gatherings: tuple[Gathering, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a network: how far back to look and what counts how much."""

    window_days: int | None = 730
    """Events older than this do not count; None: all of them, also those without a date."""
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"agreement": 3.0, "support": 3.0, "team": 1.0, "attendance": 1.0}
    )
    half_life_days: float = 365.0
    working_attendance: float = 0.1
    """Attendance alone makes a working tie from this strength on."""


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of a finding: what kind of step, and who takes part in it."""

    kind: str
    """A word of the catalogue: ``introduce``, ``approach``, ``seek``, ``connect``, ``visit``,
    ``relieve``, ``second_tie``, ``second_contact``, ``call``, ``renew``, ``ask``, ``remind``,
    ``finish``, ``succeed``, ``invite``, ``mix``."""
    who: int | None = None
    """The organisation to approach, introduce or visit."""
    to: int | None = None
    """The other end of the suggested tie, where there is one."""
    through: int | None = None
    """Who can make the introduction: the broker on the shortest path."""
    position: int | None = None
    """The post at ``who`` to speak to, where a post and not only an organisation is meant."""
    owner: int | None = None
    """The person of ours who should do it, where it is known."""
    about: Evidence | None = None
    """The row with which to do it: the agreement to renew, the offer to take, the next event."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing in the synergy, with its proof and its next step."""

    code: str
    severity: float
    """0-100: 100 · impact · need."""
    impact: float
    need: float
    region: str | None = None
    sectors: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, float | int | str | None] = field(default_factory=dict)
    """The numbers behind it, by name; ``docs/measures.md`` lists them per code."""
    step: Step | None = None
    of_region: bool = False
    """About the region as a whole: the same finding even when its organisations change."""
    row: Evidence | None = None
    """The one row it is about: the same finding even when other organisations take part."""

    @property
    def key(self) -> str:
        """What makes this finding the same one after a change: code, region, sectors, ids."""
        named = not self.sectors and not self.of_region
        ids = ",".join(str(one) for one in self.organisations) if named else ""
        if self.row is not None:
            ids = f"{self.row[0]}-{self.row[1]}"
        return ":".join([self.code, self.region or "", "+".join(self.sectors), ids])


@dataclass(frozen=True, slots=True)
class Index:
    """The synergy index of a region, 0-100, with its four parts, each 0-1."""

    value: float | None
    coverage: float | None
    linkage: float | None
    cohesion: float | None
    resilience: float | None
    engaged: int
    """How many organisations of the region have a working tie or attended in the window."""
    organisations: int
    sectors: Mapping[str, int] = field(default_factory=dict)
    """Engaged organisations per sector."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How far results hang on single records: what stands when a tenth of them is missing."""

    findings: Mapping[str, float] = field(default_factory=dict)
    """The share of runs in which each finding stands, by key, 0-1."""
    index: Mapping[str, tuple[float, float] | None] = field(default_factory=dict)
    """The 5 % and 95 % quantiles of the index of each region; None where no run had one."""
    runs: int = 0
    records: int = 0
    """How many records there are to leave out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be invited: one organisation, or one post in it."""

    id: int
    organisation: int
    sector: str
    region: str | None = None
    closes: tuple[str, ...] = ()
    """Keys of the findings that this guest helps to close."""
    preference: float = 0.0
    """A bonus in points of severity, set by the organiser: a bonus counts once, however many
    guests it sends; a malus for each of them."""
    seats: int = 1
    """How many guests it may send."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A minimum and maximum number of guests from a sector or a region."""

    what: str
    """``sector`` or ``region``; a region includes the regions below it."""
    value: str
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """One line of an invite list: who, and why."""

    id: int
    organisation: int
    worth: float
    """Points of severity that would be lost without this guest."""
    closes: tuple[str, ...] = ()
    """The findings that only this guest on the list touches, most severe first."""
    shares: tuple[str, ...] = ()
    """Findings touched together with other guests on the list."""
    reason: str = "severity"
    """``must`` · ``severity`` · ``minimum`` · ``preference``: what brought it onto the list."""
    rules: tuple[int, ...] = ()
    """Indices of the minimum rules that this guest helps to keep."""
    seat: int = 1
    """1 is its candidate's first guest on the list, 2 the second."""


@dataclass(frozen=True, slots=True)
class InviteList:
    """The answer of the invite-list plan."""

    guests: tuple[Guest, ...] = ()
    reserves: tuple[Guest, ...] = ()
    uncovered: tuple[str, ...] = ()
    """Keys of the findings that no guest on the list touches."""
    touched: float = 0.0
    """Severity touched, out of ``possible``."""
    possible: float = 0.0
    gap: float | None = None
    """Relative distance to the best possible list; 0 is proven best; None when impossible."""
    clashes: tuple[str, ...] = ()
    """When impossible: the smallest set of rules that cannot be kept together, as
    ``capacity``, ``must``, ``must_not``, ``per_organisation``, ``rule:<index>:minimum`` or
    ``rule:<index>:maximum``."""
    relaxation: tuple[tuple[str, int], ...] = ()
    """When impossible: the fewest of these rules to loosen, and by how many guests each."""

    @property
    def possible_at_all(self) -> bool:
        """Whether some list keeps every rule."""
        return not self.clashes
