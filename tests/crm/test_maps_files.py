"""What the map shows, for other programs: the same organisations, ties and measures."""

import csv
import io
from datetime import date

import networkx as nx
import pytest

from crm.network import analysis
from crm.network.questions import Question
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

ON = "on=2026-11-23&window=24"
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script>\x08&"


@pytest.fixture
def town():
    """Dinas - Kampus by an agreement, Kampus - Radio by a meeting, and one alone in the province.

    The radio has a hostile name, and an employee whose telephone nobody may take along.
    """
    make.region("16", "Sumatera Selatan")
    make.region("16.71", "Kota Palembang")
    place = {"region_code": "16.71"}
    dinas = make.stakeholder("Dinas Perpustakaan Kota", short_name="Disperpusip", **place)
    kampus = make.stakeholder("Universitas Kota", sector=Sector.UNIVERSITY, **place)
    radio = make.stakeholder(HOSTILE, sector=Sector.MEDIA, **place)
    alone = make.stakeholder("Bank Daerah", sector=Sector.BUSINESS, region_code="16")
    make.agreement(dinas, kampus, starts=date(2025, 1, 1))
    make.event(kampus, radio, title="Bincang", starts_on=MONDAY)
    make.position(make.contact("Herfiani Rizkia", phone="0811 7654 321"), radio)
    return {"dinas": dinas.id, "kampus": kampus.id, "radio": radio.id, "alone": alone.id}


@pytest.fixture
def reader(as_user, viewer):
    return as_user(viewer)


def graph(reader, what, more=""):
    answer = reader.get(f"/network/export/{what}?{ON}{more}")
    assert answer.status_code == 200
    read = nx.read_gexf if what == "gexf" else nx.read_graphml
    return read(io.BytesIO(answer.data), node_type=int)


def table(reader, what, more=""):
    text = reader.get(f"/network/export/{what}?{ON}{more}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("what", ["gexf", "graphml"])
class TestGraphs:
    def test_hold_what_the_map_shows(self, reader, town, what):
        network = analysis.graph_of(Question(MONDAY, 24))

        found = graph(reader, what)

        assert set(found) == set(town.values()) - {town["alone"]}
        assert found.number_of_edges() == 2
        for one, other, data in found.edges(data=True):
            tie = network.edges[one, other]
            assert data["weight"] == tie["strength"]
            assert data["working"] is tie["working"]
            assert {name: data[name] for name in tie["layers"]} == tie["layers"]
            assert data["last_contact"] == tie["last_contact"].isoformat()
        assert found.edges[town["dinas"], town["kampus"]]["layer"] == "agreement"
        assert found.edges[town["kampus"], town["radio"]]["layers"] == "attendance"

    def test_name_their_organisations(self, reader, town, what):
        nodes = graph(reader, what).nodes

        dinas = nodes[town["dinas"]]
        assert (dinas["label"], dinas["short_name"]) == ("Dinas Perpustakaan Kota", "Disperpusip")
        assert (dinas["sector"], dinas["level"]) == ("opd", "province")
        assert (dinas["region"], dinas["region_name"]) == (
            "16.71",
            "Kota Palembang, Sumatera Selatan",
        )
        assert nodes[town["kampus"]]["partners"] == 2
        assert nodes[town["radio"]]["label"] == HOSTILE.replace("\x08", "")

    def test_follow_the_filters(self, reader, town, what):
        assert set(graph(reader, what, "&isolates=y")) == set(town.values())
        assert set(graph(reader, what, "&layer=agreement")) == {town["dinas"], town["kampus"]}
        around = graph(reader, what, f"&focus={town['radio']}&steps=1")
        assert set(around) == {town["radio"], town["kampus"]}

    def test_are_the_same_for_the_same_data(self, reader, town, what):
        address = f"/network/export/{what}?{ON}"
        assert reader.get(address).data == reader.get(address).data

    def test_name_no_person(self, reader, town, what):
        text = reader.get(f"/network/export/{what}?{ON}&isolates=y").text
        assert "Herfiani" not in text
        assert "7654" not in text


def test_gephi_gets_the_picture_of_the_map(reader, town):
    nodes = {node["id"]: node for node in reader.get(f"/network/data.json?{ON}").json["nodes"]}

    found = graph(reader, "gexf").nodes

    for one, data in found.items():
        viz, drawn = data["viz"], nodes[one]
        assert viz["position"] == {"x": drawn["x"], "y": -drawn["y"], "z": 0.0}
        red, green, blue = bytes.fromhex(drawn["colour"][1:])
        assert viz["color"] == {"r": red, "g": green, "b": blue, "a": 1.0}
    largest = max(found, key=lambda one: found[one]["viz"]["size"])
    assert largest == town["kampus"]


def test_a_network_that_is_drawn_in_groups_is_exported_whole(reader, town, monkeypatch):
    for module in ("files", "store"):
        monkeypatch.setattr(f"crm.maps.{module}.MOST_SHOWN", 2)

    found = graph(reader, "gexf")

    assert set(found) == set(town.values()) - {town["alone"]}
    assert all("position" not in data["viz"] for _one, data in found.nodes(data=True))


def test_names_are_read_a_few_at_a_time(reader, town, monkeypatch):
    monkeypatch.setattr("crm.maps.files.AT_ONCE", 2)

    assert len(table(reader, "nodes", "&isolates=y")) == 4


class TestTables:
    def test_of_nodes_and_ties_say_the_same(self, reader, town):
        nodes, ties = table(reader, "nodes"), table(reader, "ties")

        assert [int(row["id"]) for row in nodes] == sorted(set(town.values()) - {town["alone"]})
        assert nodes[0] == {
            "id": str(town["dinas"]),
            "label": "Dinas Perpustakaan Kota",
            "short_name": "Disperpusip",
            "sector": "opd",
            "level": "province",
            "region": "16.71",
            "region_name": "Kota Palembang, Sumatera Selatan",
            "partners": "1",
        }
        signed = next(row for row in ties if row["layer"] == "agreement")
        assert (signed["source"], signed["target"]) == (str(town["dinas"]), str(town["kampus"]))
        assert signed["source_label"] == "Dinas Perpustakaan Kota"
        assert (signed["weight"], signed["agreement"], signed["team"]) == ("3.0", "1.0", "")

    def test_hold_no_formula(self, reader, town):
        for what in ("nodes", "ties", "measures"):
            text = reader.get(f"/network/export/{what}?{ON}").data.decode("utf-8-sig")
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert any(cell.startswith("'=cmd") for cell in cells), what
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], what

    def test_of_measures_are_those_that_are_stored(self, reader, town):
        stored = analysis.analyse(Question(MONDAY, 24)).nodes

        rows = {int(row["id"]): row for row in table(reader, "measures")}

        assert rows.keys() == set(town.values()) - {town["alone"]}
        for one, row in rows.items():
            for name in ("degree", "core"):
                assert int(row[name]) == stored[one][name]
            for name in ("betweenness", "constraint", "exit"):
                assert float(row[name]) == stored[one][name]

    def test_of_measures_wait_for_their_computing(self, reader, town, monkeypatch):
        monkeypatch.setattr("crm.network.services.later", lambda *a, **k: None)

        answer = reader.get(f"/network/export/measures?{ON}")

        assert answer.status_code == 202
        assert "analysis-state" in answer.text


def test_an_unknown_kind_is_no_page(reader):
    assert reader.get("/network/export/exe").status_code == 404


def test_the_map_offers_every_kind(reader, town):
    page = reader.get(f"/network?{ON}&region=16").text
    for what in ("gexf", "graphml", "nodes", "ties", "measures"):
        assert f"/network/export/{what}?on=2026-11-23&amp;window=24&amp;region=16" in page
    assert "/gaps?format=csv&amp;region=16&amp;on=2026-11-23" in page
