"""The best choice that keeps every rule, or the best found with how far it may be from it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from graphs.plans.alike import alike, taken
from graphs.plans.exchange import NOTHING, improve, settle
from graphs.plans.question import Question


def solve(
    question: Question[Any], start: NDArray[np.bool_], time_limit: float
) -> tuple[NDArray[np.bool_], float | None]:
    """Return the best choice and an upper bound of the worth of any; None: proven best.

    Parameters
    ----------
    question : Question of n candidates and m findings
    start : array of n bool
        Some choice that keeps every rule.
    time_limit : float > 0
        Seconds for the programme. When they are over, its choice and `start` are each improved
        by adding and exchanging single candidates, and the better one is returned.
    """
    kinds = alike(question, worth=True)
    first = np.array([kind[0] for kind in kinds], dtype=int)
    n = len(kinds)
    useful = np.flatnonzero((question.severity > 0) & (question.touches.sum(axis=0) > 0))
    twice = question.diminishing > 0
    worth = question.severity[useful]
    objective = np.concatenate(
        [question.preference[first], worth, question.diminishing * worth if twice else []]
    )
    if not objective.any():
        return settle(question, start), None
    width = len(objective) - n
    ones = eye_array(len(useful))
    touches = question.touches[first][:, useful]
    touched = hstack([-touches.T, ones, *([ones] if twice else [])])
    rules = hstack([question.member[:, first], csr_array((len(question.names), width))])
    most = np.concatenate([[len(kind) for kind in kinds], np.ones(width)])
    answer = milp(
        -objective,
        integrality=np.concatenate([np.ones(n), np.zeros(width)]),
        bounds=Bounds(0, most),
        constraints=[
            LinearConstraint(touched.tocsc(), -np.inf, 0),
            LinearConstraint(rules.tocsc(), question.low, question.high),
        ],
        options={"mip_rel_gap": 0, "time_limit": time_limit},
    )
    found = None if answer.x is None else taken(kinds, answer.x[:n], len(question.candidates))
    if found is not None and answer.status == 0:
        return settle(question, found), None
    starts = [improve(question, one) for one in (found, start) if one is not None]
    best = max(starts, key=question.value)
    limit = min(float((objective * most).clip(min=0).sum()), _bound_around(question, best))
    bound = answer.mip_dual_bound
    if bound is not None and np.isfinite(bound):
        limit = min(limit, -float(bound))
    return settle(question, best), limit


def relative_gap(value: float, bound: float | None) -> float:
    """Return how far a choice may be from the best, as a share of the bound."""
    if bound is None or bound - value <= NOTHING:
        return 0.0
    return min(1.0, (bound - value) / bound) if bound > 0 else 1.0


def _bound_around(question: Question[Any], chosen: NDArray[np.bool_]) -> float:
    """Return more than any choice can be worth, from what each candidate adds to this one.

    Notes
    -----
    Coverage has diminishing returns: a whole choice adds to this one at most what its members
    add one by one, so the largest k of these sums, with k the most that may be chosen, are
    enough [1]_. Holds without the programme, and so when it had no time for a bound at all.

    References
    ----------
    .. [1] Leskovec, J. et al. (2007). Cost-effective outbreak detection in networks. KDD 2007,
       420-429. https://doi.org/10.1145/1281192.1281239
    """
    counts = question.counts(chosen)
    weight, share = question.severity, question.diminishing
    adds = question.touches @ (weight * (counts == 0) + share * weight * (counts == 1))
    gains = np.sort((np.where(chosen, 0.0, adds) + question.preference).clip(min=0))[::-1]
    of_all = question.member.sum(axis=1) == len(gains)
    most = min(question.high[of_all].tolist(), default=np.inf)
    covered = question.value(chosen) - float(question.preference @ chosen)
    return covered + float(gains[: int(min(most, len(gains)))].sum())
