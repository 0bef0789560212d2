"""When no list keeps every rule: which rules cannot be kept together, and what would help."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from graphs.plans.alike import alike, taken
from graphs.plans.question import Question, incidence


def feasible(question: Question[Any]) -> np.ndarray | None:
    """Return some list that keeps every rule, of length n, or None when there is none.

    No time limit is needed: sectors, regions and organisations nest, and a programme over
    rules that nest is as good as solved by its linear relaxation.
    """
    n = len(question.candidates)
    if not n:
        # Rows without candidates remain only when they demand somebody.
        return None if question.names else np.zeros(0, dtype=bool)
    if not question.names:
        return np.zeros(n, dtype=bool)
    kinds = alike(question, worth=False)
    first, most = [kind[0] for kind in kinds], [len(kind) for kind in kinds]
    rules = LinearConstraint(question.member[:, first], question.low, question.high)
    answer = milp(
        np.zeros(len(kinds)),
        integrality=np.ones(len(kinds)),
        bounds=Bounds(0, most),
        constraints=rules,
    )
    return None if answer.x is None else taken(kinds, answer.x, n)


def clashes(question: Question[Any]) -> tuple[str, ...]:
    """Return a smallest set of rules that no list can keep together, in the order given.

    Smallest in the sense that each rule is needed: leave any single one of them out, and the
    others can be kept. Empty when all can be kept.

    Notes
    -----
    QuickXplain [1]_, a deletion filter that throws whole halves away: about 2k·log(r/k) + 2k
    small programmes for k clashing of r rules, where one by one takes r.

    References
    ----------
    .. [1] Junker, U. (2004). QuickXplain: preferred explanations and relaxations for
       over-constrained problems. AAAI 2004, 167-172.
    """
    names = list(dict.fromkeys(question.names))
    if _possible(question, names):
        return ()
    found = _needed(question, [], [], names)
    return tuple(name for name in names if name in found)


def relaxation(question: Question[Any]) -> tuple[tuple[str, int], ...]:
    """Return the fewest rules to loosen so that all can be kept, and of these the fewest guests.

    Returns
    -------
    tuple of (name, int >= 1)
        The rules to loosen and by how many guests each; empty when nothing is to be done.

    Notes
    -----
    Fewest rules first: a hall with three seats more is one decision, and three rules that each
    do with a guest less are three. Two programmes: how many rules, then by how much.
    """
    rows = len(question.names)
    if not rows:
        return ()
    kinds = alike(question, worth=False)
    n, member = len(kinds), question.member[:, [kind[0] for kind in kinds]]
    most = np.array([len(kind) for kind in kinds], dtype=float)
    # A minimum may be missed from below, a maximum from above; no row has both.
    from_below = question.low > 0
    slack = eye_array(rows).multiply(np.where(from_below, 1.0, -1.0))
    everybody = member @ most
    limit = np.where(from_below, question.low, np.maximum(everybody - question.high, 0.0))
    names = list(dict.fromkeys(question.names))
    loose = incidence([[names.index(name)] for name in question.names], len(names))
    constraints = [
        LinearConstraint(
            hstack([member, slack, csr_array((rows, len(names)))]).tocsc(),
            question.low,
            question.high,
        ),
        # No slack without the rule being loosened.
        LinearConstraint(
            hstack(
                [csr_array((rows, n)), eye_array(rows), loose.multiply(-limit[:, None])]
            ).tocsc(),
            -np.inf,
            0.0,
        ),
    ]
    bounds = Bounds(0, np.concatenate([most, limit, np.ones(len(names))]))
    counted = np.concatenate([np.zeros(n + rows), np.ones(len(names))])
    fewest = _least(counted, bounds, constraints)
    few = LinearConstraint(counted, 0, np.rint(counted @ fewest))
    weighed = np.concatenate([np.zeros(n), np.ones(rows), np.zeros(len(names))])
    answer = _least(weighed, bounds, [*constraints, few])
    loosened: dict[str, int] = {}
    for name, amount in zip(question.names, np.rint(answer[n : n + rows]).astype(int), strict=True):
        if amount:
            loosened[name] = loosened.get(name, 0) + int(amount)
    return tuple(loosened.items())


def _least(
    costs: NDArray[np.float64], bounds: Bounds, constraints: list[LinearConstraint]
) -> NDArray[np.float64]:
    """Return the whole numbers within some constraints, which can be kept, that cost least."""
    whole = np.ones(len(costs))
    exact = {"mip_rel_gap": 0}
    answer = milp(costs, integrality=whole, bounds=bounds, constraints=constraints, options=exact)
    return np.asarray(answer.x, dtype=float)


def _possible(question: Question[Any], names: Sequence[str]) -> bool:
    """Whether some list keeps the rules of these names."""
    return feasible(question.only(names)) is not None


def _needed(
    question: Question[Any], kept: list[str], added: Sequence[str], names: list[str]
) -> list[str]:
    """Return what of `names` is needed to make `kept`, which can be kept, impossible."""
    if added and not _possible(question, kept):
        return []
    if len(names) == 1:
        return names
    half = len(names) // 2
    first, second = names[:half], names[half:]
    of_second = _needed(question, kept + first, first, second)
    of_first = _needed(question, kept + of_second, of_second, first)
    return of_first + of_second
