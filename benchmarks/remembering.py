"""The memory of the real server while everything is listed and downloaded, and of an analysis."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import psutil

from benchmarks import serving
from benchmarks.figures import Figure
from benchmarks.house import House
from benchmarks.serving import Server

MOST = 400.0
MOST_OF_ANALYSIS = 800.0
WORDS = ("perpustakaan", "dinas", "yayasan", "radio", "dispersip", "desa", "lahat", "zzz")


ANALYSIS = """
import sys
from datetime import date
from benchmarks.house import reopened
from benchmarks.remembering import most_memory
from crm.network import jobs

with reopened(sys.argv[1], sys.argv[2]).app_context():
    print(most_memory())
    jobs.compute(sys.argv[3], int(sys.argv[4]))
    print(most_memory())
"""
"""In a process of its own, so that nothing else counts."""


def figures(house: House) -> Iterator[Figure]:
    """Yield the most memory that the server, and an analysis, ever held, in MB."""
    yield _of_server(house)
    yield _of_analysis(house)


def _of_analysis(house: House) -> Figure:
    question = house.question
    arguments = [str(house.folder), house.app.config["DATABASE_URL"], str(question.on)]
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ANALYSIS, *arguments, str(question.months)],
        cwd=serving.ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    before, most = map(float, answer.stdout.split()[-2:])
    return Figure(
        name="Memory of an analysis",
        size=house.size,
        database=house.database,
        unit="MB",
        value=most,
        best=most,
        peer="the application before it",
        peer_value=before,
        runs=1,
        most=MOST_OF_ANALYSIS if house.size == 100_000 else None,
    )


def _of_server(house: House) -> Figure:
    with serving.ours(house) as ours:
        _ask(ours, _addresses(house))
        mine = most_memory(ours.process.pid)
    with serving.bare(house) as bare:
        _ask(bare, _searches(house))
        theirs = most_memory(bare.process.pid)
    return Figure(
        name="Memory of the server, listed, searched, paged, downloaded",
        size=house.size,
        database=house.database,
        unit="MB",
        value=mine,
        best=mine,
        peer="bare Flask + Core, listed and searched",
        peer_value=theirs,
        runs=1,
        most=MOST if house.size == 100_000 else None,
    )


def _searches(house: House) -> list[str]:
    pages = max(house.size // 50, 1)
    asked = [{"q": word} for word in WORDS] + [{"page": page} for page in (1, 2, pages // 2, pages)]
    return [f"/stakeholders?{urlencode(args)}" for args in asked]


def _addresses(house: House) -> list[str]:
    sorted_lists = [f"/stakeholders?sort={key}" for key in ("-name", "sector", "region", "stage")]
    records = [f"/stakeholders/{number}" for number in (1, house.size // 2, house.size)]
    downloads = ["/stakeholders?format=csv", "/stakeholders?format=xlsx", "/events?format=xlsx"]
    return [*_searches(house), *sorted_lists, *records, "/events", "/agreements", *downloads]


def _ask(server: Server, addresses: Sequence[str]) -> None:
    for address in addresses:
        length = server.get(address)
        assert length > 100, f"{address} is nearly empty"


def most_memory(process: int | None = None) -> float:
    """Return the highest resident memory of a process in MB, where the system kept count.

    :param process: its number; this one, if not given
    """
    status = Path(f"/proc/{process or 'self'}/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return float(psutil.Process(process).memory_info().rss) / 1024**2
