"""How far results hang on single records: what stands when a tenth of them is missing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graphs.build import DEFAULTS
from graphs.findings import THRESHOLDS, inward_sector, never_invited
from graphs.index.blocks import Regions
from graphs.index.together import Indices
from graphs.records import Actor, Facts, Finding, Options, Place, Stability, Tie
from graphs.stability.checks import CHECKS
from graphs.stability.ground import Check, Ground
from graphs.stability.inward import Inward
from graphs.stability.ties import Numbers, ties_of

RUNS = 200
DROP = 0.1


def stability(
    actors: Iterable[Actor],
    ties: Iterable[Tie],
    on: date,
    places: Mapping[str, Place],
    regions: Iterable[str],
    findings: Sequence[Finding],
    *,
    options: Options = DEFAULTS,
    thresholds: Mapping[str, float] | None = None,
    facts: Facts | None = None,
    runs: int = RUNS,
    drop: float = DROP,
    seed: int = 1,
    permutations_seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Stability | None:
    """Return in which share of runs each finding stands, and between what the indices lie.

    Parameters
    ----------
    actors, ties, on, options
        As for :func:`graphs.build.network`.
    places, regions, thresholds, facts
        As for :func:`graphs.findings.find`. The regions are also those whose index is asked
        for, villages too.
    findings : sequence of Finding
        What :func:`graphs.findings.find` found with the same arguments.
    runs : int, default=200
    drop : float in [0, 1), default=0.1
        The share of the records that each run leaves out, drawn by lot without replacement.
    seed : int, default=1
        Same seed, same records, same answer; their order changes nothing.
    permutations_seed : int, default=1
        The ``seed`` with which the findings were found.
    progress : callable of (done, runs), optional
        Called after every run.
    cancelled : callable, optional
        Asked before every run; once it says True, nothing more is worked out.

    Returns
    -------
    Stability or None
        ``findings``: the share of runs in which each stands, by key. ``index``: the 5 % and
        95 % quantiles of every region's index over the runs that have one, None where none has.
        None when cancelled: an answer of fewer runs is none.

    Raises
    ------
    ValueError
        If `runs` is below 1, or `drop` is not in [0, 1).

    See Also
    --------
    graphs.findings.find : The findings.
    graphs.index.synergies : The indices.

    Notes
    -----
    A record is one row: an event with all who attended, an agreement, a promise, a team, a
    follow-up. What is left out is left out of ties and facts alike. Only ties that count on the
    day are drawn from. A finding stands in a run if :func:`graphs.findings.find` would find one
    of the same key without these records; for ``never-invited``, if one of the findings stands
    that the organisation could close. Steps are not looked for again.

    Leaving records out never adds a tie (but see events without a date in
    ``docs/measures.md``), so what is missing stays missing: ``uncovered-sector`` and
    ``isolated-stakeholder`` have stability 1.

    All regions are searched at once, in arrays: 10 ms per run for 1 500 organisations, 5 000
    pairs and 100 regions; time O(runs · (k + Σ over regions of their graphs)) for k pairs that
    records make.

    Examples
    --------
    Two that three events brought together, and a third that one agreement ties to them:

    >>> from graphs.build import network
    >>> from graphs.findings import find
    >>> actors = [Actor(one, "opd", "district", "16.04") for one in (1, 2, 3)]
    >>> day = date(2017, 11, 6)
    >>> ties = [Tie("team", (1, 2), day, evidence=("team", one)) for one in (1, 2, 3)]
    >>> ties += [Tie("agreement", (2, 3), day, evidence=("agreement", 4))]
    >>> found = find(network(actors, ties, day), {}, ["16.04"])
    >>> answer = stability(actors, ties, day, {}, ["16.04"], found, drop=0.25)
    >>> broker = next(one.key for one in found if one.code == "single-broker")
    >>> answer.records, 0.6 < answer.findings[broker] < 0.9
    (4, True)
    """
    if runs < 1:
        raise ValueError(f"there must be at least one run, not {runs}.")
    if not 0 <= drop < 1:
        raise ValueError(f"the share to drop must be in [0, 1), not {drop}.")
    facts = facts or Facts()
    arrays = ties_of(actors, ties, facts, on, options)
    where = Regions(arrays, places, regions)
    ground = Ground(arrays, where, facts, {**THRESHOLDS, **(thresholds or {})})
    indices = Indices(arrays, where)
    checks = _checks(ground, findings)
    inward = _inward(ground, findings, runs)
    stood = np.zeros((runs, len(findings)), dtype=bool)
    index = np.zeros((runs, len(where.codes)))
    total = arrays.rows.total
    for number in range(runs):
        if cancelled is not None and cancelled():
            return None
        lots = np.random.default_rng([seed, number])
        run = arrays.without(lots.permutation(total)[: round(drop * total)])
        picture = indices.picture(run)
        index[number] = picture.index
        for which, check in checks:
            stood[number, which] = check(run, picture)
        for _, one in inward:
            one.remember(number, run)
        if progress is not None:
            progress(number + 1, runs)
    for ours, one in inward:
        stood[:, ours] = one.stands(permutations_seed)
    _invited(findings, stood)
    shares = stood.mean(axis=0).tolist()
    return Stability(
        {finding.key: share for finding, share in zip(findings, shares, strict=True)},
        dict(zip(where.codes, map(_interval, index.T), strict=True)),
        runs,
        total,
    )


def _checks(ground: Ground, findings: Sequence[Finding]) -> list[tuple[Numbers, Check]]:
    """Return the checks that are needed, and the findings that each answers for."""
    made = []
    for codes, make in CHECKS.items():
        which = [at for at, one in enumerate(findings) if one.code in codes]
        if which:
            made.append((np.array(which), make(ground, [findings[at] for at in which])))
    return made


def _inward(
    ground: Ground, findings: Sequence[Finding], runs: int
) -> list[tuple[list[int], Inward]]:
    """Return the scopes in which sectors are inward, and the findings of each."""
    scopes: dict[str | None, list[int]] = defaultdict(list)
    for at, one in enumerate(findings):
        if one.code == inward_sector.CODE:
            scopes[one.region].append(at)
    return [
        (which, Inward(ground, [findings[at] for at in which], scope, runs))
        for scope, which in scopes.items()
    ]


def _invited(findings: Sequence[Finding], stood: NDArray[np.bool_]) -> None:
    """Write down in which runs an invitation would still close something."""
    at = {one.key: number for number, one in enumerate(findings)}
    closes = never_invited.closed_by(findings)
    for number, one in enumerate(findings):
        if one.code == never_invited.CODE:
            which = [at[each.key] for each in closes[one.organisations[0]]]
            stood[:, number] = stood[:, which].any(axis=1)


def _interval(values: NDArray[np.float64]) -> tuple[float, float] | None:
    """Return the 5 % and 95 % quantiles of what is defined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, (0.05, 0.95)).tolist()
    return low, high
