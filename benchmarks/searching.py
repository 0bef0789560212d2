"""The list of organisations, searched: against the barest page that runs the same search."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from flask.testing import FlaskClient

from benchmarks.bare import bare_app
from benchmarks.figures import Figure, compared
from benchmarks.house import House


def figures(house: House) -> Iterator[Figure]:
    """Yield the time of each kind of search, on the server."""
    ours, peer = house.browser(), bare_app(house.url)
    bare = peer.test_client()
    somebody = house.network.organisations[house.size // 2].name
    searches: dict[str, dict[str, str | int]] = {
        "a common word": {"q": "perpustakaan"},
        "an abbreviation": {"q": "dispersip"},
        "one name": {"q": somebody},
        "the last page": {"q": "desa", "page": house.size // 500},
    }
    for kind, args in searches.items():
        query = urlencode(args)
        yield compared(
            f"/stakeholders, {kind}",
            partial(_opened, ours, query),
            partial(_opened, bare, query),
            about="bare Flask + Core",
            size=house.size,
            database=house.database,
            runs=25,
            most=4.0 if house.size == 100_000 else None,
            is_ratio=True,
        )
    peer.extensions["engine"].dispose()


def _opened(browser: FlaskClient, query: str) -> None:
    answer = browser.get(f"/stakeholders?{query}")
    assert answer.status_code == 200, answer.status
    assert b"<td" in answer.data
