"""Small invite lists of every kind, and what a list is worth and keeps, in plain words."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st

from graphs.records import SECTORS, Candidate, Rule

FINDINGS = "abcdef"
REGIONS = (None, "16", "16.01", "16.02", "62.01")
numbers = st.integers(min_value=0, max_value=3)


@st.composite
def questions(draw):
    """A small question of every kind: few candidates, overlapping findings, tight rules."""
    size = draw(st.integers(1, 6))
    candidates = [
        Candidate(
            id=10 * at + draw(st.integers(0, 9)),
            organisation=draw(st.integers(0, 4)),
            sector=draw(st.sampled_from(SECTORS[:3])),
            region=draw(st.sampled_from(REGIONS)),
            closes=tuple(draw(st.sets(st.sampled_from(FINDINGS), max_size=3))),
            preference=draw(st.sampled_from((0.0, 0.0, 2.5, -1.0))),
            seats=2 if at < 2 and draw(st.booleans()) else 1,
        )
        for at in range(size)
    ]
    weights = {key: float(draw(st.integers(0, 9))) for key in FINDINGS[: draw(st.integers(0, 6))]}
    about = st.one_of(
        st.tuples(st.just("sector"), st.sampled_from(SECTORS[:3])),
        st.tuples(st.just("region"), st.sampled_from(REGIONS[1:])),
    )
    rule = st.builds(
        lambda what, least, most: Rule(*what, minimum=least, maximum=most),
        about,
        st.none() | st.integers(0, 2),
        st.none() | st.integers(0, 3),
    )
    ids = st.sets(st.sampled_from([one.id for one in candidates]), max_size=2)
    twice = [one.id for one in candidates if one.seats == 2 and draw(st.booleans())]
    return {
        "candidates": candidates,
        "weights": weights,
        "rules": draw(st.lists(rule, max_size=3)),
        "capacity": draw(st.integers(0, 5)),
        "must": [*draw(ids), *twice],
        "must_not": draw(ids),
        "per_organisation": draw(st.integers(1, 2)),
        "diminishing": draw(st.sampled_from((0.0, 0.25, 1.0))),
    }


def inside(region, above):
    """Whether a region is another one or lies below it, by its dots."""
    return region is not None and (region == above or region.startswith(f"{above}."))


def everybody(question):
    """Every guest who could come: a candidate of two seats is two people, (id, 1) and (id, 2).

    Being preferred counts for the first of them, being disliked for each.
    """
    return [
        replace(one, id=(one.id, seat), preference=one.preference * (seat == 1))
        if one.preference > 0
        else replace(one, id=(one.id, seat))
        for one in question["candidates"]
        for seat in range(1, one.seats + 1)
    ]


def must_come(question):
    """Who has to be on the list: named twice, its second guest as well."""
    counted = Counter(question["must"])
    return {(one, seat) for one, times in counted.items() for seat in range(1, times + 1)}


def most_of(question, organisation):
    """How many guests an organisation may send at most: of one candidate, as many as it has."""
    seats = [one.seats for one in question["candidates"] if one.organisation == organisation]
    return max(question["per_organisation"], *seats)


def keeps(question, chosen, without=()):
    """Whether a list keeps the rules, said once more in plain words."""
    ids = {one.id for one in chosen}
    kept = {
        "capacity": len(chosen) <= question["capacity"],
        "must": must_come(question) <= ids,
        "must_not": not {one for one, _seat in ids} & set(question["must_not"]),
        "per_organisation": all(
            sum(one.organisation == other.organisation for other in chosen)
            <= most_of(question, one.organisation)
            for one in chosen
        ),
    }
    for index, rule in enumerate(question["rules"]):
        counted = sum(
            one.sector == rule.value if rule.what == "sector" else inside(one.region, rule.value)
            for one in chosen
        )
        kept[f"rule:{index}:minimum"] = counted >= (rule.minimum or 0)
        kept[f"rule:{index}:maximum"] = rule.maximum is None or counted <= rule.maximum
    return all(good for name, good in kept.items() if name not in without)


def worth(question, chosen):
    """What a list is worth, by the definition."""
    total = sum(one.preference for one in chosen)
    for key, weight in question["weights"].items():
        touching = sum(key in one.closes for one in chosen)
        total += weight * ((touching >= 1) + question["diminishing"] * (touching >= 2))
    return total


def lists(question):
    """Every list there is."""
    people = everybody(question)
    for size in range(len(people) + 1):
        yield from combinations(people, size)


def chosen_of(question, answer):
    """Return the guests on an invite list, as `everybody` names them."""
    ids = {(guest.id, guest.seat) for guest in answer.guests}
    return [one for one in everybody(question) if one.id in ids]


def misses(question, chosen):
    """By how many guests a list misses each rule that it does not keep."""
    ids = {one.id for one in chosen}
    missed = Counter(
        capacity=max(0, len(chosen) - question["capacity"]),
        must=len(must_come(question) - ids),
        must_not=sum(one in question["must_not"] for one, _seat in ids),
    )
    for organisation in {one.organisation for one in chosen}:
        ours = sum(one.organisation == organisation for one in chosen)
        missed["per_organisation"] += max(0, ours - most_of(question, organisation))
    for index, rule in enumerate(question["rules"]):
        counted = sum(
            one.sector == rule.value if rule.what == "sector" else inside(one.region, rule.value)
            for one in chosen
        )
        missed[f"rule:{index}:minimum"] = max(0, (rule.minimum or 0) - counted)
        if rule.maximum is not None:
            missed[f"rule:{index}:maximum"] = max(0, counted - rule.maximum)
    return +missed
