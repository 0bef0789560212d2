"""A plan of introductions in words: who meets whom, who brings them together, and what for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.actions import services as actions
from crm.actions.models import FollowUp
from crm.contacts import heads
from crm.formats import number, percent
from crm.gaps.sentences import Named, Teller, Told
from crm.language import _
from crm.network import services as network
from crm.network.models import Analysis
from crm.stakeholders import services as stakeholders

LONGEST = 480
"""Letters of the title of a follow-up."""
SAID = 3
"""So many gaps a follow-up begins with in words: it is proposed by an address, and gunicorn takes
none above 4,094 bytes. All of them stand on the page of the plan."""
ABOUT_LONGEST = 1200
"""Letters of what else a follow-up says, where names are long."""


@dataclass(frozen=True)
class Line:
    """One introduction as the page tells it."""

    a: Named
    b: Named
    through: Named | None
    sentence: str
    """Who should do what."""
    way: str
    """Why these two can come together."""
    address: str
    """The post to turn to, and at which organisation; empty where no post is known."""
    closes: list[Told]
    relieves: list[tuple[Told, str]]
    worth: float
    must: bool
    speaker: int
    """The organisation that one turns to."""
    follow_ups: list[FollowUp]

    @property
    def pair(self) -> tuple[int, int]:
        """The two, as the wishes name them."""
        return min(self.a.id, self.b.id), max(self.a.id, self.b.id)

    @property
    def follow_up(self) -> dict[str, Any]:
        """What a follow-up of this line begins with."""
        about = [*self.closes, *(told for told, _share in self.relieves)]
        first = about[0].finding if about else None
        return {
            "title": self.sentence.removesuffix(".")[:LONGEST],
            "about": "\n".join([self.way, self.address, *_listed(about)])[:ABOUT_LONGEST],
            "stakeholder_id": self.speaker,
            "finding_key": first.key if first else None,
            "region_code": first.region_code if first else None,
        }


def _listed(about: list[Told]) -> list[str]:
    """Return the gravest of what a line answers, and how many more there are."""
    said = [f"– {one.sentence}" for one in about[:SAID]]
    if more := len(about) - len(said):
        said.append(f"– {_('and %(number)s more', number=number(more))}")
    return said


def lines(analysis: Analysis, answer: dict[str, Any], on: date) -> list[Line]:
    """Return the lines of a plan in words."""
    rows = answer["lines"]
    keys = {key for row in rows for key in (*row["closes"], *row["relieves"])}
    found = network.findings(analysis, keys=keys) if keys else []
    told = dict(zip((one.key for one in found), Teller(found).told(found), strict=True))
    names = stakeholders.named({one for row in rows for one in (row["a"], row["b"], *row["path"])})
    posts = heads.ranked({_speaker(row) for row in rows}, on)
    taken = actions.by_finding(keys)
    return [_line(row, names, told, posts, taken) for row in rows]


def _line(
    row: dict[str, Any],
    names: dict[int, str],
    told: dict[str, Told],
    posts: dict[int, list[Any]],
    taken: dict[str, list[FollowUp]],
) -> Line:
    closes = [told[key] for key in row["closes"] if key in told]
    relieves = [
        (told[key], percent(100 * share, 0))
        for key, share in row["relieves"].items()
        if key in told
    ]
    speaker = _speaker(row)
    sentence = _sentence(row, names)
    return Line(
        a=Named(row["a"], names.get(row["a"], "—")),
        b=Named(row["b"], names.get(row["b"], "—")),
        through=Named(speaker, names.get(speaker, "—")) if row["through"] is not None else None,
        sentence=sentence,
        way=_way(row, names),
        address=str(
            _(
                "Turn to: %(post)s, %(name)s.",
                post=posts[speaker][0].title,
                name=names.get(speaker, "—"),
            )
        )
        if posts.get(speaker)
        else "",
        closes=closes,
        relieves=relieves,
        worth=row["worth"],
        must=row["must"],
        speaker=speaker,
        # Of all that answer the same gaps, those that say what this line says.
        follow_ups=[
            one
            for one in _once(one for key in row["closes"] for one in taken.get(key, ()))
            if one.stakeholder_id in (speaker, row["a"], row["b"])
        ],
    )


def _once(found: Iterable[FollowUp]) -> list[FollowUp]:
    return list({one.id: one for one in found}.values())


def _speaker(row: dict[str, Any]) -> int:
    """Return whom one turns to: who introduces, else the office of the two, else the first."""
    named = (row["through"], row["office"], row["a"])
    return next(one for one in named if one is not None)


def _is_office(row: dict[str, Any]) -> bool:
    """Return whether one of the two is the library office of the other, and they never met."""
    return row["office"] is not None and not row["met"] and row["through"] is None


def _sentence(row: dict[str, Any], names: dict[int, str]) -> str:
    named = {"who": names.get(row["a"], "—"), "to": names.get(row["b"], "—")}
    if _is_office(row):
        other = row["b"] if row["office"] == row["a"] else row["a"]
        office = names.get(row["office"], "—")
        return str(
            _("Let %(office)s approach %(other)s.", office=office, other=names.get(other, "—"))
        )
    if row["through"] is None:
        return str(_("Bring %(who)s and %(to)s together.", **named))
    through = names.get(row["through"], "—")
    return str(_("Ask %(through)s to bring %(who)s and %(to)s together.", through=through, **named))


def _way(row: dict[str, Any], names: dict[int, str]) -> str:
    """Return how the two are connected now."""
    between = row["path"][1:-1]
    if row["met"]:
        return str(_("They have met before, but do not work together."))
    if _is_office(row):
        return str(_("It is the library office of the place: it needs nobody to introduce it."))
    if not between:
        return str(_("Nobody is known who could introduce them: address both."))
    if len(between) == 1:
        return str(_("%(name)s knows both.", name=names.get(between[0], "—")))
    return str(
        _(
            "%(first)s works with %(near)s, and %(near)s with %(last)s, which works with "
            "%(second)s.",
            first=names.get(row["a"], "—"),
            near=names.get(between[0], "—"),
            last=names.get(between[1], "—"),
            second=names.get(row["b"], "—"),
        )
    )
