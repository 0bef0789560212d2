"""What became of each tie between two days."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.measures import tie_changes
from graphs.measures.two_days import KINDS


def network(**strengths: float) -> nx.Graph:
    """A network from ``ab=2.0``: nodes of one letter each."""
    graph = nx.Graph()
    for pair, strength in strengths.items():
        graph.add_edge(*pair, strength=strength)
    return graph


class TestTieChanges:
    def test_tells_what_became_of_each_tie(self):
        before = network(ab=4, bc=1, cd=2, de=3)
        after = network(ba=3, cb=1.05, ef=3, ed=4)

        found = tie_changes(before, after)

        assert {"".join(pair): change.kind for pair, change in found.items()} == {
            "ab": "weaker",
            "bc": "same",
            "cd": "lost",
            "de": "stronger",
            "ef": "new",
        }
        assert (found["c", "d"].before, found["c", "d"].after) == (2, 0)
        assert (found["e", "f"].before, found["e", "f"].after) == (0, 3)

    @pytest.mark.parametrize(
        ("now", "kind"), [(9.0, "same"), (8.9, "weaker"), (11.1, "same"), (11.2, "stronger")]
    )
    def test_a_tenth_of_the_larger_strength_is_no_change(self, now, kind):
        assert tie_changes(network(ab=10), network(ab=now))["a", "b"].kind == kind

    def test_groups_and_organisations_stand_in_one_order(self):
        graph = nx.Graph([("16:opd", 7), (7, 3)])

        assert list(tie_changes(graph, nx.Graph())) == [(3, 7), (7, "16:opd")]

    def test_nothing_compared_with_nothing(self):
        assert tie_changes(nx.empty_graph(3), nx.Graph()) == {}

    def test_a_share_is_a_share(self):
        with pytest.raises(ValueError, match="between 0 and 1"):
            tie_changes(nx.Graph(), nx.Graph(), least=2)

    @given(
        *2 * [st.dictionaries(st.sampled_from(["ab", "bc", "ac", "cd"]), st.floats(0.1, 9))],
    )
    def test_the_other_way_round_it_is_the_opposite(self, one, other):
        before, after = network(**one), network(**other)
        opposite = dict(zip(KINDS, ("lost", "new", "weaker", "stronger", "same"), strict=True))

        there, back = tie_changes(before, after), tie_changes(after, before)

        assert {pair: opposite[change.kind] for pair, change in there.items()} == {
            pair: change.kind for pair, change in back.items()
        }
        assert dict(before.edges) == dict(network(**one).edges)
