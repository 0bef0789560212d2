"""When no list keeps every rule: which rules cannot be kept together, and what would help."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import eye_array, hstack

from graphs.plans.alike import alike, taken
from graphs.plans.question import Question


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
    """Return the fewest guests by which to loosen rules so that all can be kept.

    Returns
    -------
    tuple of (name, int >= 1)
        The rules to loosen and by how many guests each; empty when nothing is to be done.
    """
    rows = len(question.names)
    if not rows:
        return ()
    kinds = alike(question, worth=False)
    n = len(kinds)
    member = question.member[:, [kind[0] for kind in kinds]]
    most = np.array([len(kind) for kind in kinds], dtype=float)
    # A minimum may be missed from below, a maximum from above; no row has both.
    slack = eye_array(rows).multiply(np.where(question.low > 0, 1.0, -1.0)).tocsr()
    answer = milp(
        np.concatenate([np.zeros(n), np.ones(rows)]),
        integrality=np.ones(n + rows),
        bounds=Bounds(0, np.concatenate([most, np.full(rows, np.inf)])),
        constraints=LinearConstraint(hstack([member, slack]).tocsc(), question.low, question.high),
        options={"mip_rel_gap": 0},
    )
    loosened: dict[str, int] = {}
    for name, amount in zip(question.names, np.rint(answer.x[n:]).astype(int), strict=True):
        if amount:
            loosened[name] = loosened.get(name, 0) + int(amount)
    return tuple(loosened.items())


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
