"""Compiled loops say what the same loops say in Python, which runs them where there is no numba."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import networkx as nx
import numba
import numpy as np
import pytest

from graphs import arrays
from graphs.arrays import (
    arrays_of,
    cores,
    deals,
    forest,
    louvain,
    meeting,
    parts,
    roles,
    shortest,
    steps,
    triangles,
)
from graphs.arrays.compiled import compiled

TIES = arrays_of(nx.disjoint_union(nx.karate_club_graph(), nx.empty_graph(2)), "weight")
ROWS = TIES.starts, TIES.ends
COUNT = len(TIES.nodes)
SHARES = TIES.weights / 7
GROUPS = np.arange(COUNT) % 3
LOOPS = {
    "cores": (cores._peeled, ROWS),
    "forest": (forest._searched, (*ROWS, np.ones(COUNT, dtype=np.int32))),
    "components": (parts._labelled, ROWS),
    "grouping": (parts._grouped, (GROUPS.astype(np.int32), np.bincount(GROUPS))),
    "shortest paths": (shortest._summed_up, (*ROWS, 5)),
    "triangles": (triangles._counted, ROWS),
    "invested": (triangles._invested, (*ROWS, SHARES)),
    "known": (triangles._known, (*ROWS, SHARES, SHARES)),
    "roles": (roles._counted, (*ROWS, GROUPS)),
    "mixing": (deals._mixed, (GROUPS[None], *np.nonzero(np.eye(COUNT, k=1)), 3)),
    "meeting": (meeting._met, (*ROWS, np.where(np.arange(COUNT) % 11 < 2, GROUPS, -1))),
    "steps": (steps._walked, (*ROWS, np.arange(COUNT).astype(np.uint64), 6)),
    "Louvain": (louvain._moved, (*ROWS, TIES.weights, np.arange(COUNT)[::-1].copy())),
}


@pytest.mark.parametrize("name", LOOPS)
def test_say_the_same_in_python(name):
    loop, given = LOOPS[name]
    before = listed(given)

    assert listed(loop(*given)) == listed(loop.__wrapped__(*given))
    assert listed(given) == before


def test_all_of_them_are_looked_at():
    files = [import_module(f"graphs.arrays.{one.name}") for one in iter_modules(arrays.__path__)]
    loops = {
        one
        for file in files
        for one in vars(file).values()
        if hasattr(one, "__wrapped__") and one.__name__.startswith("_")
    }
    assert loops == {loop for loop, _ in LOOPS.values()} | {deals._dealt}


def listed(found):
    """Return arrays, or one, as lists to compare."""
    return [np.asarray(one).tolist() for one in (found if isinstance(found, tuple) else [found])]


def test_deal_the_same_in_python():
    fast, slow = (
        deal(np.random.default_rng(7), GROUPS.copy(), 4)
        for deal in (deals._dealt, deals._dealt.__wrapped__)
    )
    assert listed(fast) == listed(slow)


def test_run_in_python_where_there_is_no_numba(monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)

    assert compiled(lambda number: [number, str(number)])(7) == [7, "7"]


def test_are_run_where_the_disk_is_full(monkeypatch):
    calls = []

    def njit(**options):
        def compile_it(loop):
            def run(numbers):
                calls.append(numbers)
                if len(calls) == 1:
                    raise OSError(28, "No space left on device")
                return loop(numbers)

            return run

        return compile_it

    monkeypatch.setattr(numba, "njit", njit)

    assert compiled(sum)([1, 2]) == 3
    assert len(calls) == 2


def test_are_compiled_where_there_is_nowhere_to_keep_them(monkeypatch):
    compile_it, asked = numba.njit, []

    def without_a_place(**options):
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return compile_it(**options)

    monkeypatch.setattr(numba, "njit", without_a_place)

    assert compiled(lambda numbers: numbers * 2)(np.arange(3)).tolist() == [0, 2, 4]
    assert [one.get("cache", False) for one in asked] == [True, False]
