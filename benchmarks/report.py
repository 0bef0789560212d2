"""What was measured: said as it comes, then as a table, and kept as files."""

import json
import os
import platform
import time
from pathlib import Path

from benchmarks.figures import Figure

OUT = Path(__file__).parent / "out"
HEADINGS = ("figure", "organisations", "database", "value", "best", "peer", "× peer", "at most", "")


class Report:
    """The figures of one run."""

    def __init__(self) -> None:
        """Begin."""
        self.figures: list[Figure] = []
        self.skipped: list[str] = []
        self.begun = time.monotonic()
        self.load = _load()

    def say(self, text: str) -> None:
        """Say what is going on."""
        print(f"[{time.monotonic() - self.begun:4.0f} s] {text}", flush=True)

    def add(self, figure: Figure) -> None:
        """Take one figure, and say it."""
        self.figures.append(figure)
        mark = {True: "ok", False: "TOO MUCH", None: ""}[figure.is_met]
        self.say(
            f"  {figure.name}: {_number(figure.value)} {figure.unit}, "
            f"{figure.ratio:.2f} × {figure.peer} {mark}"
        )

    def skip(self, reason: str) -> None:
        """Say what is not measured here, and why."""
        self.skipped.append(reason)
        self.say(f"Not measured: {reason}")

    def close(self) -> int:
        """Print the table, write the files, and return 1 if a figure is too high."""
        rows = [_row(one) for one in self.figures]
        print("\n" + _aligned([HEADINGS, *rows]))
        OUT.mkdir(exist_ok=True)
        (OUT / "figures.json").write_text(json.dumps(self._data(), indent=2), encoding="utf-8")
        (OUT / "figures.md").write_text(self._markdown(rows), encoding="utf-8")
        print(f"\nKept in {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}")
        return 1 if any(one.is_met is False for one in self.figures) else 0

    def _data(self) -> dict[str, object]:
        return {
            "machine": _machine(),
            "load_before": self.load,
            "load_after": _load(),
            "skipped": self.skipped,
            "figures": [one.as_dict() for one in self.figures],
        }

    def _markdown(self, rows: list[tuple[str, ...]]) -> str:
        lines = [
            f"# Benchmarks, {time.strftime('%Y-%m-%d %H:%M')}",
            "",
            f"{_machine()}. Load average before {self.load}, after {_load()}.",
            *(f"\nNot measured: {reason}" for reason in self.skipped),
            "",
            _line(HEADINGS),
            _line(("---",) * len(HEADINGS)),
            *(_line(row) for row in rows),
        ]
        return "\n".join(lines) + "\n"


def _machine() -> str:
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _row(one: Figure) -> tuple[str, ...]:
    most = "" if one.most is None else f"{one.most:g} {'× peer' if one.is_ratio else one.unit}"
    return (
        one.name,
        f"{one.size:,}",
        one.database,
        f"{_number(one.value)} {one.unit}",
        f"{_number(one.best)} {one.unit}",
        f"{one.peer}: {_number(one.peer_value)} {one.unit}",
        f"{one.ratio:.2f}",
        most,
        {True: "met", False: "**not met**", None: ""}[one.is_met],
    )


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.0f}"


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
