"""The memory of the real server while everything is listed, searched, paged and downloaded."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import psutil

from benchmarks import serving
from benchmarks.figures import Figure
from benchmarks.house import House
from benchmarks.serving import Server

MOST = 400.0
WORDS = ("perpustakaan", "dinas", "yayasan", "radio", "dispersip", "desa", "lahat", "zzz")


def figures(house: House) -> Iterator[Figure]:
    """Yield the most memory that the server ever held, in MB."""
    with serving.ours(house) as ours:
        _ask(ours, _addresses(house))
        mine = _most_memory(ours.process)
    with serving.bare(house) as bare:
        _ask(bare, _searches(house))
        theirs = _most_memory(bare.process)
    yield Figure(
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


def _most_memory(process: subprocess.Popen[str]) -> float:
    """Return the highest resident memory of a process in MB, where the system kept count."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return psutil.Process(process.pid).memory_info().rss / 1024**2
