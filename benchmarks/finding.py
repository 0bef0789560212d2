"""All findings of a network from nothing, how stable they are, and the pages that show them."""

from collections.abc import Iterator
from functools import partial
from time import perf_counter, sleep
from typing import Any

import networkx as nx
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from benchmarks import serving
from benchmarks.bare import bare_app
from benchmarks.figures import Figure, compared
from benchmarks.house import House
from crm.commitments import services as commitments
from crm.commitments.models import Support
from crm.db import db
from crm.network import analysis, facts, jobs, records
from crm.network.models import Analysis
from crm.users.models import User
from graphs import findings
from graphs.build import working
from graphs.stability import stability

ALL = {1_500: 1.0, 100_000: 30.0}
WITH_STABILITY = {1_500: 8.0, 100_000: 180.0}
SHOWN = 1.5
PATIENCE = 60.0
PIVOTS = 1_500


def figures(house: House) -> Iterator[Figure]:
    """Yield the time of the analysis, cold, and of its pages from stored results."""
    few = house.size <= 1_500
    with house.app.app_context():
        yield compared(
            "All findings, cold",
            lambda: _compute(house),
            lambda: _by_networkx(house),
            about="networkx: betweenness alone",
            size=house.size,
            database=house.database,
            unit="s",
            runs=5 if few else 1,
            warm=few,
            most=ALL.get(house.size),
        )
        yield _with_stability(house)
    if few:
        with house.app.app_context():
            _compute(house)
        yield from _pages(house)
        yield _one_more(house)


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
    # Above that many, one in so many: a hundred thousand would take days.
    pivots = min(len(graph), PIVOTS if house.size <= PIVOTS else 20)
    nx.betweenness_centrality(graph, k=pivots, seed=1)


def _with_stability(house: House) -> Figure:
    """Return the time of all findings and facts, and of the 200 runs that say what stands."""
    begun = perf_counter()
    question = house.question
    known, options = facts.facts(question.on), analysis.options_of(question)
    graph, places = analysis.graph_of(question), records.places()
    codes = analysis.active_regions(graph, places)
    found = findings.find(graph, places, codes, facts=known)
    alone = perf_counter() - begun
    stability(
        records.actors(),
        records.ties(),
        question.on,
        places,
        codes,
        found,
        options=options,
        facts=known,
    )
    value = perf_counter() - begun
    return Figure(
        name="All findings and facts, with stability",
        size=house.size,
        database=house.database,
        unit="s",
        value=value,
        best=value,
        peer="the same without stability",
        peer_value=alone,
        runs=1,
        most=WITH_STABILITY.get(house.size),
    )


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


def _one_more(house: House, times: int = 5) -> Figure:
    """Return how long after one more tie the real server shows its results on /gaps."""
    waits: list[float] = []
    with serving.ours(house) as server:
        server.get(f"/gaps?{house.asked}")
        for number in range(times):
            with house.app.app_context():
                _tie_two(house, number)
            begun = perf_counter()
            server.get(f"/gaps?{house.asked}")
            while not _is_fresh(house):
                assert perf_counter() - begun < PATIENCE, "the results were never renewed"
                sleep(0.02)
            server.get(f"/gaps?{house.asked}")
            waits.append(perf_counter() - begun)
    waits.sort()
    return Figure(
        name="One more tie: until /gaps shows it",
        size=house.size,
        database=house.database,
        unit="s",
        value=waits[len(waits) // 2],
        best=waits[0],
        peer="what may be",
        peer_value=SHOWN,
        runs=times,
        most=SHOWN if house.size == 1_500 else None,
    )


def _tie_two(house: House, number: int) -> None:
    """Let one organisation promise something to another, as a colleague does in a form."""
    one, other = house.network.organisations[number], house.network.organisations[-1 - number]
    values: dict[str, Any] = {"promised_on": house.question.on}
    by = db.session.get_one(User, house.user_id)
    commitments.promise(
        by, giver_id=one.id, receiver_id=other.id, kind=Support.GOODS, what="Buku", **values
    )


def _is_fresh(house: House) -> bool:
    with house.app.app_context():
        question = house.question
        versions = select(Analysis.data_version).where(
            Analysis.on == question.on, Analysis.window_days == (question.window_days or 0)
        )
        return db.session.scalar(versions) == jobs.data_version()
