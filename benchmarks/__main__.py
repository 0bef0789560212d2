"""``make bench``: measure, print the table, keep it as JSON and Markdown."""

import argparse
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from benchmarks import (
    arranging,
    building,
    finding,
    inviting,
    mapping,
    measuring,
    remembering,
    searching,
)
from benchmarks.figures import Figure
from benchmarks.generate import SIZES
from benchmarks.house import House, filled
from benchmarks.report import Report
from tests import servers

QUICK = SIZES[:2]
MATTERS: dict[str, Callable[[House], Iterator[Figure]]] = {
    "search": searching.figures,
    "graph": building.figures,
    "measures": measuring.figures,
    "findings": finding.figures,
    "layout": arranging.figures,
    "map": mapping.figures,
    "invite": inviting.figures,
    "memory": remembering.figures,
}


def main() -> int:
    """Measure what was asked for; return 1 if a figure is above what it may be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="150 and 1,500 organisations only")
    parser.add_argument("--only", nargs="+", choices=MATTERS, help="these matters only")
    parser.add_argument("--sizes", nargs="+", type=int, help="these numbers of organisations")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="this one only")
    asked = parser.parse_args()
    # Pairs for choices, as in pyproject.toml.
    warnings.filterwarnings("ignore", "Passing SelectField choices", DeprecationWarning)
    sizes = asked.sizes or [*(QUICK if asked.quick else SIZES)]
    if asked.sizes is None and (not asked.only or "invite" in asked.only):
        sizes = sorted([*sizes, inviting.CANDIDATES])
    matters = [MATTERS[name] for name in asked.only or MATTERS]
    report = Report()
    with ExitStack() as stack:
        for address in _databases(asked.database, report, stack):
            for size in sizes:
                _measure(size, address, matters, report)
    return report.close()


def _databases(wanted: str | None, report: Report, stack: ExitStack) -> Iterator[str]:
    """Yield the empty address, which is SQLite, and that of a PostgreSQL where there is one."""
    if wanted != "postgresql":
        yield ""
    if wanted != "sqlite":
        try:
            yield stack.enter_context(servers.postgresql())
        except servers.Missing as missing:
            report.skip(f"PostgreSQL: {missing}")


def _measure(
    size: int, address: str, matters: list[Callable[[House], Iterator[Figure]]], report: Report
) -> None:
    report.say(f"{size:,} organisations on {'PostgreSQL' if address else 'SQLite'} ...")
    with filled(size, address) as house:
        for figures in matters:
            if size == inviting.CANDIDATES and figures is not inviting.figures:
                continue
            for figure in figures(house):
                report.add(figure)


if __name__ == "__main__":
    sys.exit(main())
