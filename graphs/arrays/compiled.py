"""Loops that are turned into machine code when they are first called."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def compiled(loop: Callable[P, T]) -> Callable[P, T]:
    """Return the same function, compiled by numba when it is first called.

    Parameters
    ----------
    loop : function
        Of arrays and numbers, in the part of Python that numba knows. Of ours it names nothing
        but constants of its own file: what is kept would not notice when others change.

    Returns
    -------
    function
        It lets other threads run meanwhile. Arrays of another type than before compile it again.

    Notes
    -----
    The machine code is kept beside the file, or where numba keeps such things for the user, and
    loaded from there by later processes. Where there is nowhere to keep it, each process makes
    its own; where there is no numba, as for a Mac with a processor of Intel, Python runs the loop
    as it stands, with the same answer some fifty times later.

    Examples
    --------
    >>> import numpy as np
    >>> @compiled
    ... def doubled(numbers):
    ...     return numbers * 2
    >>> doubled(np.arange(3)).tolist()
    [0, 2, 4]
    """

    @cache
    def machine_code() -> Callable[..., Any]:
        try:
            from numba import njit
        except ImportError:
            return loop
        try:
            return njit(cache=True, nogil=True)(loop)
        except RuntimeError:  # there is nowhere to keep it
            return njit(nogil=True)(loop)

    @wraps(loop)
    def call(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            found: T = machine_code()(*arguments, **options)
        except OSError:  # compiled, but the disk is too full to keep it
            found = machine_code()(*arguments, **options)
        return found

    return call
