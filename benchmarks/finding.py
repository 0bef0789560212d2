"""All findings of a network from nothing, and the pages that show what was stored."""

from collections.abc import Iterator
from functools import partial

import networkx as nx
from flask.testing import FlaskClient
from sqlalchemy import delete

from benchmarks.bare import bare_app
from benchmarks.figures import Figure, compared
from benchmarks.house import House
from crm.db import db
from crm.network import analysis, jobs
from crm.network.models import Analysis
from graphs.build import working

LARGEST = 20_000
"""Larger networks have hundreds of thousands of findings: nobody reads those in one list."""


def figures(house: House) -> Iterator[Figure]:
    """Yield the time of the analysis, cold, and of its pages from stored results."""
    if house.size > LARGEST:
        return
    with house.app.app_context():
        yield compared(
            "All findings, cold",
            lambda: _compute(house),
            lambda: _by_networkx(house),
            about="networkx: betweenness alone",
            size=house.size,
            database=house.database,
            unit="s",
            runs=5 if house.size <= 1_500 else 1,
            warm=house.size <= 1_500,
            most=2.0 if house.size == 1_500 else None,
        )
        _compute(house)
    yield from _pages(house)


def _compute(house: House) -> None:
    """Answer the question as if nobody had asked it before."""
    db.session.remove()  # what it read before would be shown to it again
    with db.engine.connect().execution_options(will_write=True) as connection:
        connection.execute(delete(Analysis))
        connection.commit()
    jobs.compute(house.question.on.isoformat(), house.question.months)
    db.session.remove()


def _by_networkx(house: House) -> None:
    """The one measure of the analysis that takes longest when it is done in Python."""
    graph = working(analysis.graph_of(house.question))
    nx.betweenness_centrality(graph, k=min(len(graph), 1_500), seed=1)


def _pages(house: House) -> Iterator[Figure]:
    ours, peer = house.browser(), bare_app(house.url)
    bare = peer.test_client()
    for page in ("/gaps", "/", "/gaps/grid"):
        yield compared(
            f"{page} from stored results",
            partial(_opened, ours, f"{page}?{house.asked}"),
            partial(_opened, bare, "/gaps"),
            about="bare Flask + Core, 50 findings",
            size=house.size,
            database=house.database,
            runs=25,
            most=60.0 if house.size == 1_500 and page == "/gaps" else None,
        )
    peer.extensions["engine"].dispose()


def _opened(browser: FlaskClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status}"
