"""Networks as GraphML and GEXF: what networkx reads back is what was written."""

import io
import math
import tracemalloc
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import export

NODE_KINDS = {"label": str, "sector": str, "partners": int, "between": float, "cut": bool}
EDGE_KINDS = {"weight": float, "agreement": float, "working": bool}
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</data></node>]]>&amp;&#0;",
    "a \"quoted\" 'name' -->",
    "line one\nline two\r\nand\ttab",
    "=cmd|' /C calc'!A0",
    "Perpustakaan 図書館 \U0001f4da",
]


@pytest.fixture
def graph() -> nx.Graph:
    """A triangle with a tail, one alone, and hostile names."""
    found = nx.Graph([(1, 2), (2, 3), (1, 3), (3, 4)])
    found.add_node(9)
    for at, (one, data) in enumerate(found.nodes(data=True)):
        data |= {
            "label": HOSTILE[at],
            "sector": "media",
            "partners": found.degree(one),
            "between": at / 3,
            "cut": one == 3,
        }
    for one, other, data in found.edges(data=True):
        data |= {"weight": one / other, "agreement": 1 / 3, "working": one == 1}
    return found


def rows(graph):
    return graph.nodes(data=True), graph.edges(data=True), NODE_KINDS, EDGE_KINDS


def read_gexf(text):
    return nx.read_gexf(io.BytesIO(text.encode()), node_type=int)


def read_graphml(text):
    return nx.read_graphml(io.BytesIO(text.encode()), node_type=int)


def ties(graph, *without):
    return {
        frozenset((one, other)): {
            name: value for name, value in data.items() if name not in without
        }
        for one, other, data in graph.edges(data=True)
    }


def test_graphml_is_read_back_as_it_was(graph):
    read = read_graphml("".join(export.graphml(*rows(graph), {"title": "A & <b>"})))

    assert not read.is_directed()
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert ties(read) == ties(graph)
    assert read.graph["title"] == "A & <b>"


def test_gexf_is_read_back_as_it_was(graph):
    read = read_gexf("".join(export.gexf(*rows(graph), {"title": "A & <b>"})))

    assert not read.is_directed()
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    # The format numbers its ties.
    assert ties(read, "id") == ties(graph)


def test_gexf_says_how_gephi_shows_a_node():
    looks = {"x": 3, "y": 4.5, "size": 8.5, "r": 18, "g": 144, "b": 173, "shape": "square"}
    text = "".join(export.gexf([(1, looks), (2, {"shape": "star"})], [], {}, {}))

    viz = read_gexf(text).nodes[1]["viz"]
    assert viz["position"] == {"x": 3.0, "y": -4.5, "z": 0.0}, "Gephi counts upwards"
    assert viz["size"] == 8.5
    assert viz["color"] == {"r": 18, "g": 144, "b": 173, "a": 1.0}
    shapes = ElementTree.fromstring(text).iter("{http://www.gexf.net/1.2draft/viz}shape")
    assert [one.get("value") for one in shapes] == ["square", "disc"]
    assert "viz" not in read_gexf("".join(export.gexf([(1, {})], [], {}, {}))).nodes[1]


@pytest.mark.parametrize(
    ("write", "read"), [(export.graphml, read_graphml), (export.gexf, read_gexf)]
)
class TestBoth:
    def test_leave_out_what_is_not_known(self, write, read):
        kinds = {"region": str, "constraint": float, "core": int}
        unknown = {"region": None, "constraint": math.nan, "core": None}

        (data,) = dict(
            read("".join(write([(1, unknown)], [], kinds, {}))).nodes(data=True)
        ).values()

        assert not kinds.keys() & data.keys()

    def test_write_an_empty_network(self, write, read):
        assert len(read("".join(write([], [], NODE_KINDS, EDGE_KINDS)))) == 0

    def test_refuse_a_kind_that_has_no_name(self, write, read):
        with pytest.raises(ValueError, match="is not a kind"):
            list(write([], [], {"region": list}, {}))

    def test_leave_out_signs_that_xml_cannot_hold(self, write, read):
        name = "A\x00B\x08C\ud800D\ufffeE\x7fF"

        text = "".join(write([(1, {"name": name})], [], {"name": str}, {}))

        assert read(text).nodes[1]["name"] == "ABCDE\x7fF"

    @settings(max_examples=60, deadline=None)
    @given(
        name=st.text(), value=st.floats(allow_nan=False, allow_infinity=False), core=st.integers()
    )
    def test_keep_any_text_and_number(self, write, read, name, value, core):
        kept = export.NOT_IN_XML.sub("", name)
        data = {"name": name, "value": value, "core": core}

        text = "".join(write([(1, data)], [], {"name": str, "value": float, "core": int}, {}))

        found = read(text).nodes[1]
        # networkx takes an empty element of GraphML for none at all.
        assert (found.get("name") or "", found["value"], found["core"]) == (kept, value, core)

    def test_never_hold_the_whole(self, write, read):
        """Five thousand nodes and ten thousand ties pass by, one at a time."""
        nodes = ((one, {"label": f"Dinas {one}", "sector": "opd"}) for one in range(5_000))
        edges = ((one // 2, 4_999 - one // 3, {"weight": 1.0}) for one in range(10_000))
        tracemalloc.start()
        try:
            length = sum(map(len, write(nodes, edges, NODE_KINDS, EDGE_KINDS)))
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        assert length > 1_000_000
        assert most < 100_000
