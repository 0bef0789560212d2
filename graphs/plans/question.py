"""An invite list as a question in numbers: checked once, then read by every solver here.

Rows of ``member`` are the rules, columns the candidates. A list x of zeros and ones keeps the
rules when ``low <= member @ x <= high``; ``names`` says which rule of the user each row is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphs.places import path
from graphs.records import SECTORS, Candidate, Place, Rule

Row = tuple[str, list[int], float, float]
"""A rule: its name, its candidates, the least and the most of them."""

Choice = TypeVar("Choice")
"""What is chosen from: guests for a list, ties for a plan of introductions."""


@dataclass(frozen=True)
class Question(Generic[Choice]):
    """Everything a solver has to know, with candidates by id and findings by severity."""

    candidates: tuple[Choice, ...]
    """n candidates, in an order that does not depend on that in which they came; whoever may send
    several guests stands here as often, first guests before second ones."""
    keys: tuple[str, ...]
    """m findings, most severe first."""
    severity: NDArray[np.float64]
    preference: NDArray[np.float64]
    touches: csr_array
    """n × m, 1 where a candidate helps to close a finding."""
    names: tuple[str, ...]
    member: csr_array
    """rows × n, 1 where a candidate counts for a rule."""
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    diminishing: float = 0.0

    def only(self, names: Iterable[str]) -> "Question[Choice]":
        """Return the same question with the rules of these names alone."""
        wanted = set(names)
        rows = [row for row, name in enumerate(self.names) if name in wanted]
        return replace(
            self,
            names=tuple(self.names[row] for row in rows),
            member=self.member[rows],
            low=self.low[rows],
            high=self.high[rows],
        )

    def counts(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return how many chosen candidates touch each finding, of length m."""
        return np.asarray(chosen @ self.touches, dtype=float)

    def value(self, chosen: NDArray[np.bool_]) -> float:
        """Return what a list is worth: severity touched, shares, preferences."""
        counts = self.counts(chosen)
        shares = (counts >= 1) + self.diminishing * (counts >= 2)
        return float(self.severity @ shares + self.preference @ chosen)


def ask(
    candidates: Iterable[Candidate],
    weights: Mapping[str, float],
    rules: Sequence[Rule],
    capacity: int,
    must: Iterable[int],
    must_not: Iterable[int],
    per_organisation: int,
    places: Mapping[str, Place] | None,
    diminishing: float,
) -> Question[Candidate]:
    """Check what the user asks for and write it as a `Question`.

    See Also
    --------
    graphs.plans.invite_list.invite_list : What the arguments mean, and every ValueError.
    """
    invited = tuple(sorted(candidates, key=lambda one: one.id))
    must, must_not = Counter(must), frozenset(must_not)
    _check_candidates(invited, must, places)
    _check_rules(rules, places)
    if capacity < 0 or per_organisation < 1:
        raise ValueError("capacity must be at least 0 and per_organisation at least 1.")
    if not 0 <= diminishing <= 1:
        raise ValueError(f"diminishing is a share between 0 and 1, not {diminishing}.")
    for key, weight in weights.items():
        if not (isfinite(weight) and weight >= 0):
            raise ValueError(f"the severity of {key} must be a number from 0 on, not {weight}.")

    people, seat = _seated(invited, max(capacity, 1), must)
    keys = tuple(sorted(weights, key=lambda key: (-weights[key], key)))
    column = {key: at for at, key in enumerate(keys)}
    musts = [at for at, one in enumerate(people) if seat[at] <= must[one.id]]
    rows = _rows(people, rules, capacity, musts, must_not, per_organisation, places or {})
    return Question(
        candidates=people,
        keys=keys,
        severity=np.array([weights[key] for key in keys], dtype=float),
        preference=np.array([one.preference for one in people], dtype=float),
        touches=incidence(
            [[column[key] for key in set(one.closes) if key in column] for one in people], len(keys)
        ),
        names=tuple(row[0] for row in rows),
        member=incidence([row[1] for row in rows], len(people)),
        low=np.array([row[2] for row in rows], dtype=float),
        high=np.array([row[3] for row in rows], dtype=float),
        diminishing=diminishing,
    )


def _seated(
    invited: Sequence[Candidate], most: int, must: Mapping[int, int]
) -> tuple[tuple[Candidate, ...], list[int]]:
    """Return each candidate as often as it may send a guest, and which of its guests each is."""
    seated = sorted(
        (seat, one.id, one)
        for one in invited
        for seat in range(1, min(one.seats, max(most, must[one.id])) + 1)
    )
    people = [
        one if seat == 1 or one.preference <= 0 else replace(one, preference=0.0)
        for seat, _id, one in seated
    ]
    return tuple(people), [seat for seat, _id, _one in seated]


def _rows(
    people: Sequence[Candidate],
    rules: Sequence[Rule],
    capacity: int,
    musts: list[int],
    must_not: frozenset[int],
    per_organisation: int,
    places: Mapping[str, Place],
) -> list[Row]:
    """Write every rule as a row: its name, its candidates, the least and the most of them."""
    everybody = range(len(people))
    rows: list[Row] = [
        ("capacity", list(everybody), 0, capacity),
        ("must", musts, len(musts), np.inf),
        ("must_not", [at for at in everybody if people[at].id in must_not], 0, 0),
    ]
    counted_by: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(people):
        counted_by["sector", one.sector].append(at)
        for region in path(places, one.region):
            counted_by["region", region].append(at)
    for index, rule in enumerate(rules):
        counted = counted_by[rule.what, rule.value]
        if rule.minimum:
            rows.append((f"rule:{index}:minimum", counted, rule.minimum, np.inf))
        if rule.maximum is not None:
            rows.append((f"rule:{index}:maximum", counted, 0, rule.maximum))
    posts: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(people):
        posts[one.organisation].append(at)
    for same in posts.values():
        most = max(per_organisation, *(people[at].seats for at in same))
        if len(same) > most:
            rows.append(("per_organisation", same, 0, most))
    return [row for row in rows if row[1] or row[2] > 0]


def _check_candidates(
    people: Sequence[Candidate], must: Mapping[int, int], places: Mapping[str, Place] | None
) -> None:
    """Refuse candidates that cannot be told apart or say nothing that can be used."""
    seats = {one.id: one.seats for one in people}
    if len(seats) < len(people):
        raise ValueError("two candidates have the same id.")
    if unknown := must.keys() - seats.keys():
        raise ValueError(f"must be invited, but no candidate: {sorted(unknown)}.")
    if crowded := sorted(one for one in must if must[one] > seats[one]):
        raise ValueError(f"must send more guests than there are seats: {crowded}.")
    for one in people:
        if one.seats < 1:
            raise ValueError(f"candidate {one.id}: seats must be at least 1, not {one.seats}.")
        if one.sector not in SECTORS:
            raise ValueError(f"candidate {one.id}: there is no sector {one.sector!r}.")
        if not isfinite(one.preference):
            raise ValueError(f"candidate {one.id}: the preference must be a number.")
        if places is not None and one.region is not None and one.region not in places:
            raise ValueError(f"candidate {one.id}: there is no region {one.region!r}.")


def _check_rules(rules: Sequence[Rule], places: Mapping[str, Place] | None) -> None:
    """Refuse rules about nothing we know; a minimum above the maximum is a clash, not an error."""
    for index, rule in enumerate(rules):
        if rule.what not in ("sector", "region"):
            raise ValueError(f"rule {index} must be about a sector or a region.")
        if rule.what == "sector" and rule.value not in SECTORS:
            raise ValueError(f"rule {index}: there is no sector {rule.value!r}.")
        if rule.what == "region" and not rule.value:
            raise ValueError(f"rule {index}: which region?")
        if rule.what == "region" and places is not None and rule.value not in places:
            raise ValueError(f"rule {index}: there is no region {rule.value!r}.")
        if min(rule.minimum or 0, rule.maximum or 0) < 0:
            raise ValueError(f"rule {index}: a number of guests cannot be below 0.")


def incidence(rows: Sequence[Sequence[int]], width: int) -> csr_array:
    """Return ones where each row lists a column, of shape len(rows) × width."""
    lengths = [len(row) for row in rows]
    columns = [one for row in rows for one in sorted(row)]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    values = np.ones(len(columns))
    return csr_array((values, np.array(columns, dtype=np.int32), starts), (len(rows), width))
