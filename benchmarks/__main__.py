"""``make bench``: every figure beside its peer, on generated networks of growing size."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks import building, finding, inviting, remembering, searching
from benchmarks.figures import Figure
from benchmarks.house import filled

OUT = Path(__file__).parent / "out"
SIZES = (150, 500, 1_500, 20_000, 100_000)
QUICK = (150, 500, 1_500)
MATTERS = (searching, building, finding, inviting, remembering)


def measured(size: int) -> Iterator[Figure]:
    """Fill a database of this size and yield all of its figures."""
    with filled(size) as house:
        for matter in MATTERS:
            yield from matter.figures(house)


def line(figure: Figure) -> str:
    """Return a figure as a row of a table."""
    promised = "–" if figure.most is None else f"{figure.most:g}{' ×' if figure.is_ratio else ''}"
    verdict = {None: "", True: "kept", False: "MISSED"}[figure.is_met]
    return (
        f"| {figure.name} | {figure.size:,} | {figure.value:.3g} {figure.unit} | {figure.peer} | "
        f"{figure.peer_value:.3g} {figure.unit} | {figure.ratio:.2f} × | {promised} | {verdict} |"
    )


def main() -> None:
    """Measure, print a table, and keep it as Markdown and JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the small networks")
    sizes = QUICK if parser.parse_args().quick else SIZES
    head = "| figure | organisations | ours | peer | theirs | ratio | at most | |"
    rows, figures = [head, "|---|---|---|---|---|---|---|---|"], []
    print("\n".join(rows), flush=True)
    for size in sizes:
        for figure in measured(size):
            figures.append(figure.as_dict())
            rows.append(line(figure))
            print(rows[-1], flush=True)
    OUT.mkdir(exist_ok=True)
    (OUT / "figures.md").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (OUT / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
