"""Candidates who do exactly the same are one whole number in a programme, and not several bits.

The guests of one organisation do, and often all organisations of a sector in a district. Of bits,
every exchange of two of them would have to be ruled out; a number has none.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graphs.plans.question import Question


def alike(question: Question[Any], *, worth: bool) -> list[list[int]]:
    """Return the n candidates by what they do: those of one list can stand for each other.

    Parameters
    ----------
    question : Question of n candidates
    worth : bool
        Whether to tell apart what is worth something else; if not, only what counts for other
        rules.
    """
    kinds: dict[tuple[bytes, ...], list[int]] = {}
    does = [_rows(question.member.T.tocsr())]
    if worth:
        does += [_rows(question.touches), [one.tobytes() for one in question.preference]]
    for at, same in enumerate(zip(*does, strict=True)):
        kinds.setdefault(same, []).append(at)
    return list(kinds.values())


def taken(
    kinds: Sequence[Sequence[int]], numbers: NDArray[np.float64], size: int
) -> NDArray[np.bool_]:
    """Return the choice among `size` candidates that takes so many of each list, the first ones."""
    chosen = np.zeros(size, dtype=bool)
    for kind, number in zip(kinds, np.rint(numbers).astype(int).tolist(), strict=True):
        chosen[list(kind[:number])] = True
    return chosen


def _rows(matrix: csr_array) -> list[bytes]:
    """Return each row of ones as bytes."""
    matrix = matrix.sorted_indices()
    return [matrix.indices[start:end].tobytes() for start, end in pairwise(matrix.indptr.tolist())]
