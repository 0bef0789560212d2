"""Small networks with facts of all kinds, drawn by hypothesis, and what is found in them."""

from hypothesis import settings
from hypothesis import strategies as st

from graphs.build import DEFAULTS, network
from graphs.findings import find
from graphs.records import (
    SECTORS,
    Action,
    Agreement,
    Commitment,
    Encounter,
    Facts,
    Gathering,
    Invitation,
    Options,
    Programme,
    Resource,
    Tie,
)
from tests.graphs.partnerships import DAY, PLACES, REGIONS, actor, ago, ahead

SOFT = {
    "single-broker": 0.01,
    "fragile-bridge": 1,
    "single-contact": 1,
    "fading-tie": 30,
    "fading-tie-share": 0.01,
    "programme-dependence": 0.1,
    "inward-sector": 2,
}
"""So that many findings stand in small networks, and fall."""

rows = st.integers(1, 9)
ones = st.integers(1, 9)
days = st.one_of(st.none(), st.integers(-40, 700).map(ago))
kinds = st.sampled_from(["goods", "training"])


def lists(of, size=6):
    """Return tuples of some facts, each row once."""
    return st.lists(of, max_size=size, unique_by=lambda one: getattr(one, "id", id(one))).map(tuple)


def tie(layer, table):
    """Return groups of one layer, proved by rows of its table."""
    return st.builds(
        Tie,
        layer=st.just(layer),
        members=st.lists(ones, min_size=1, max_size=5).map(tuple),
        starts=days,
        ends=st.one_of(st.none(), st.just(ahead(50))),
        realised=st.none(),
        evidence=st.tuples(st.just(table), rows),
    )


ties = st.lists(
    st.one_of(
        tie("agreement", "agreement"),
        tie("team", "team"),
        tie("support", "commitment"),
        tie("attendance", "event"),
        tie("attendance", "event"),
    ),
    max_size=14,
)
actors = st.lists(
    st.tuples(st.sampled_from(SECTORS[:3]), st.sampled_from(["16", "16.04", "16.71", None])),
    max_size=9,
).map(lambda found: [actor(one, *kind) for one, kind in enumerate(found, start=1)])
person = st.one_of(st.none(), st.integers(1, 2))
facts = st.builds(
    Facts,
    encounters=lists(
        st.builds(Encounter, ones, days, person, person, st.tuples(st.just("event"), rows))
    ),
    agreements=lists(
        st.builds(Agreement, rows, st.tuples(ones, ones), st.just(None), st.just(ahead(9)))
    ),
    commitments=lists(
        st.builds(
            Commitment,
            id=rows,
            giver=ones,
            receiver=ones,
            kind=kinds,
            promised=days,
            due=st.one_of(days, st.just(ahead(9))),
            value=st.one_of(st.none(), st.integers(1, 9)),
        )
    ),
    resources=lists(st.builds(Resource, rows, st.sampled_from(["offer", "need"]), ones, kinds)),
    actions=lists(st.builds(Action, rows, days, organisation=ones), 3),
    programmes=lists(
        st.builds(
            Programme,
            id=rows,
            ends=st.just(ahead(30)),
            finances=st.lists(
                st.tuples(st.sampled_from(["agreement", "team", "event", "commitment"]), rows),
                max_size=12,
            ).map(tuple),
        ),
        2,
    ),
    gatherings=lists(st.builds(Gathering, st.integers(50, 59), st.just(ahead(5))), 2),
    invitations=lists(
        st.builds(Invitation, ones, days, evidence=st.tuples(st.just("event"), rows)), 3
    ),
)
options = st.sampled_from([DEFAULTS, Options(window_days=None), Options(window_days=200)])
few = settings(deadline=None, max_examples=20)


def look(actors, ties, facts, options=DEFAULTS):
    """Return the findings with soft thresholds."""
    graph = network(actors, ties, DAY, options)
    return find(graph, PLACES, REGIONS, thresholds=SOFT, facts=facts, seed=3)
