"""Whom to invite, so that the guests close the most severe findings, and why each of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from graphs.plans.clashes import clashes, feasible, relaxation
from graphs.plans.question import ask
from graphs.plans.reasons import guests, reserve_guests, uncovered
from graphs.plans.solving import relative_gap, solve
from graphs.records import Candidate, InviteList, Place, Rule


def invite_list(
    candidates: Iterable[Candidate],
    weights: Mapping[str, float],
    rules: Sequence[Rule],
    capacity: int,
    must: Iterable[int] = (),
    must_not: Iterable[int] = (),
    per_organisation: int = 1,
    places: Mapping[str, Place] | None = None,
    diminishing: float = 0.0,
    reserves: int = 10,
    time_limit: float = 2.0,
) -> InviteList:
    """Return the guests who together touch the most severe findings within the rules.

    A finding is touched when at least one guest can help to close it, and counts once: the
    sixth district librarian adds nothing where the first five already stand for all districts.
    Nobody is on the list without a reason; it may be shorter than the hall is large.

    Parameters
    ----------
    candidates : iterable of Candidate, of length n
        Who could be invited: organisations, or posts in them, each with the number of guests
        it may send. Their order does not matter.
    weights : Mapping from finding key to severity >= 0, of m findings
        The findings to close. Keys in `Candidate.closes` that are not here count nothing.
    rules : sequence of Rule, of length r
        Least and most guests per sector and per region; a region includes those below it.
        Answers speak of a rule by its place in this sequence.
    capacity : int >= 0
        The most guests.
    must, must_not : iterable of candidate id
        Who has to be on the list, and who may not be. Named twice in `must`: with two guests.
        Who is no candidate cannot be invited anyway and may be named in `must_not`.
    per_organisation : int >= 1, default=1
        The most guests of one organisation, where it has several candidates; never fewer than
        one of them may send alone.
    places : Mapping from code to Place, optional
        The regions that exist; with it, unknown codes in candidates and rules are refused.
    diminishing : float in [0, 1], default=0
        The share of its severity that a finding adds when a second guest touches it as well.
        The third and later guests add nothing.
    reserves : int >= 0, default=10
        How many reserves to name at most.
    time_limit : float > 0, default=2
        Seconds after which the best list found so far is returned, with its gap.

    Returns
    -------
    InviteList
        Guests by what would be lost without them, reserves in the order in which to call
        them, findings left open, the optimality gap (0: proven best). When no list keeps all
        rules: no guests, `clashes` with a smallest set of rules that cannot be kept together,
        and `relaxation` with the fewest rules to loosen, and by how many guests each.

    Raises
    ------
    ValueError
        If ids repeat, `must` names no candidate or one more often than it has seats, a sector,
        region, severity, preference or number cannot be, or `reserves` or `time_limit` are out
        of range.

    See Also
    --------
    graphs.findings.find : Where findings, their keys and severities come from.

    Notes
    -----
    Maximum coverage with side constraints as a 0/1 programme, solved by HiGHS [1]_: x_i = 1
    for a guest, y_f <= 1 for a finding touched, z_f <= 1 for one touched twice,

        max  Σ w_f (y_f + d z_f) + Σ p_i x_i   with   y_f + z_f <= Σ_{i touches f} x_i

    and one row per rule. Greedy choice alone is visibly worse, see the example. Only pairs of a
    candidate and a finding it closes enter, never pairs of candidates; and candidates who do
    exactly the same, as the guests of one organisation do, are one whole number and not
    several bits.

    500 candidates, 250 findings and 25 rules take 0.1-0.5 s when findings belong to regions
    and sectors. Lists without any such structure can take minutes to prove; at the time limit
    the programme's list and a feasible list are each improved by exchanging single guests, the
    better one is returned, and `gap` says how far it may be from the best.

    References
    ----------
    .. [1] Huangfu, Q. & Hall, J. (2018). Parallelizing the dual revised simplex method.
       Mathematical Programming Computation 10, 119-142. https://highs.dev

    Examples
    --------
    The 18 women of Davis, Gardner and Gardner's *Deep South* (1941) and their 14 social
    events, as candidates and findings. Which two women were, between them, at the most?

    >>> import networkx as nx
    >>> from graphs.records import Candidate
    >>> davis = nx.davis_southern_women_graph()
    >>> women = sorted(davis.graph["top"])
    >>> candidates = [
    ...     Candidate(at, organisation=at, sector="community", closes=tuple(davis[name]))
    ...     for at, name in enumerate(women)
    ... ]
    >>> events = {event: 1.0 for event in davis.graph["bottom"]}
    >>> best = invite_list(candidates, events, rules=[], capacity=2)
    >>> sorted(women[guest.id] for guest in best.guests), best.touched, best.gap
    (['Evelyn Jefferson', 'Nora Fayette'], 14.0, 0.0)

    Taking the woman of most events first, Theresa, leads to 13 at most. A rule that cannot
    be kept is named, with what would help:

    >>> from graphs.records import Rule
    >>> none = invite_list(candidates, events, [Rule("sector", "media", minimum=1)], capacity=2)
    >>> none.clashes, none.relaxation
    (('rule:0:minimum',), (('rule:0:minimum', 1),))
    """
    if reserves < 0 or not time_limit > 0:
        raise ValueError("reserves must be at least 0 and time_limit above 0 seconds.")
    must = Counter(must)
    question = ask(
        candidates, weights, rules, capacity, must, must_not, per_organisation, places, diminishing
    )
    possible = fsum(question.severity)
    start = feasible(question)
    if start is None:
        return InviteList(
            uncovered=question.keys,
            possible=possible,
            clashes=clashes(question),
            relaxation=relaxation(question),
        )
    chosen, bound = solve(question, start, time_limit)
    return InviteList(
        guests=guests(question, chosen, must),
        reserves=reserve_guests(question, chosen, reserves),
        uncovered=uncovered(question, chosen),
        touched=fsum(question.severity[question.counts(chosen) > 0]),
        possible=possible,
        gap=relative_gap(question.value(chosen), bound),
    )
