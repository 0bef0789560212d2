"""Every number explains itself: beside it, on a page of its own, and in the guide."""

import re
from pathlib import Path

import networkx as nx
import pytest

from crm.help import inputs
from crm.help.explained import EXPLAINED
from crm.network.headcount import Headcount
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from graphs import measures
from graphs.index import synergy
from graphs.places import poverty_needs
from graphs.records import Place
from tests import make

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "crm" / "static" / "measures"
GUIDE = ROOT / "docs" / "panduan" / "ukuran.md"
ON = "on=2026-11-23&window=24"


@pytest.fixture
def lahat():
    """An office between a library, a campus and a bank."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    make.poverty("16.04", "16.46")
    place = {"region_code": "16.04", "level": Level.DISTRICT}
    bappeda = make.stakeholder("Bappeda", **place)
    make.agreement(bappeda, make.stakeholder("Dinas", **place))
    make.agreement(bappeda, make.stakeholder("Kampus", sector=Sector.UNIVERSITY, **place))
    make.agreement(bappeda, make.stakeholder("Bank", sector=Sector.BUSINESS, **place))
    return bappeda


def whys(text):
    """Return of every "why" the measure that it leads to."""
    return re.findall(r'<details class="why">.*?href="/help/([a-z-]+)".*?</details>', text, re.S)


class TestPages:
    def test_each_number_has_one_with_its_picture(self, as_user, viewer):
        browser = as_user(viewer)
        index = browser.get("/help").text

        for name, told in EXPLAINED.items():
            page = browser.get(f"/help/{name}").text
            assert f"<h1>{told.title}</h1>" in page
            assert f"/static/measures/{name}.svg" in page
            assert f'href="/help/{name}"' in index

    def test_what_is_no_number_is_not_found(self, as_user, viewer):
        assert as_user(viewer).get("/help/luck").status_code == 404


class TestPictures:
    def test_are_there_for_each_number_and_no_other(self):
        assert {path.stem for path in PICTURES.iterdir()} == set(EXPLAINED)

    @pytest.mark.parametrize("path", sorted(PICTURES.iterdir()), ids=lambda path: path.stem)
    def test_are_small_and_nothing_but_shapes(self, path):
        text = path.read_text("utf-8")

        assert len(text) < 8_000
        assert set(re.findall(r"<(\w+)", text)) <= {
            *("svg", "rect", "line", "circle", "ellipse", "polygon", "text"),
        }
        assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


class TestExamples:
    """The numbers in the pictures are what the analysis says of such networks."""

    def test_of_the_index(self):
        assert round(100 * (0.5 + 0.2 + 0.5 + 0.36) / 4) == 39

    @pytest.mark.parametrize(
        ("graph", "cohesion", "resilience"),
        [
            (nx.disjoint_union(nx.path_graph(3), nx.path_graph(2)), 0.4, None),
            (nx.star_graph(5), 1, 0),
            (nx.cycle_graph(5), 1, 1),
        ],
    )
    def test_of_cohesion_and_resilience(self, graph, cohesion, resilience):
        for node in graph:
            graph.nodes[node].update(sector="opd", level="district", region="16.04")
        nx.set_edge_attributes(graph, True, "working")

        found = synergy(graph, {}, "16.04")

        assert found.cohesion == pytest.approx(cohesion)
        if resilience is not None:
            assert found.resilience == pytest.approx(resilience)

    def test_of_effective_size_and_core(self):
        four = nx.star_graph(4)
        four.add_edge(1, 2)
        circle = nx.complete_graph(4)
        circle.add_edge(0, 4)

        assert measures.effective_size(four)[0] == pytest.approx(3.5)
        assert measures.core_numbers(circle) == {0: 3, 1: 3, 2: 3, 3: 3, 4: 1}

    def test_of_need(self):
        places = {
            str(at): Place(str(at), "province", poverty=float(at)) for at in (10, 12, 14, 16, 18)
        }

        assert round(poverty_needs(places)["16"], 2) == 0.88


class TestGuide:
    def test_says_the_same_beside_the_same_pictures(self, app):
        text = " ".join(GUIDE.read_text("utf-8").split())

        for name, told in EXPLAINED.items():
            assert f"## {told.title} " in text
            assert f"../../crm/static/measures/{name}.svg" in text
            for said in (told.definition, told.reading, told.example):
                assert str(said) in text, "write docs/panduan/ukuran.md as the page says it"


class TestWhy:
    def test_stands_beside_the_numbers_of_the_dashboard(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/?{ON}").text

        assert set(whys(page)) == {"at-work", "working-tie", "groups", "index", "severity"}
        assert "4 dengan hubungan aktif dan 0 yang hanya hadir di kegiatan menjadi 4 dari 4" in page
        # Three sectors, two pairs of them, all connected, and nothing left without the middle.
        assert "(0,50 + 0,13 + 1,00 + 0,00) ÷ 4 × 100 = 41" in page
        assert page.count('class="part-why"') == 4

    def test_stands_beside_those_of_a_region(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions/16.04/network?{ON}").text

        assert set(whys(page)) == {"index", "at-work", "poverty", "severity"}
        assert 'href="/help/betweenness"' in page

    def test_stands_beside_each_figure_of_an_organisation(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/stakeholders/{lahat.id}/network?{ON}").text

        figures = ["partners", "betweenness", "constraint", "effective-size", "core", "exit"]
        assert whys(page) == ["roles", *figures]
        assert "Menurut sektor: dunia usaha 1, OPD/pemerintah 1, perguruan tinggi 1." in page
        assert "100,0\N{NO-BREAK SPACE}% dari semua jalur terpendek" in page
        assert "0,0\N{NO-BREAK SPACE}% tidak dapat saling mencapai" in page
        assert f"/network/table?focus={lahat.id}&amp;steps=1" in page

    def test_stands_below_the_map(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/network?{ON}").text

        assert whys(page)[:2] == ["working-tie", "strength"]


class TestInputs:
    def test_of_what_is_not_defined_there_are_none(self):
        alone = {
            "betweenness": None,
            "effective_size": None,
            "constraint": None,
            "exit": None,
            "degree": 0,
        }

        found = inputs.of_organisation(alone, {"core": 0, "fragmentation": None})

        assert set(found) == {"core"}
        assert inputs.of_index(None) == inputs.of_index({"value": None}) == {}

    def test_of_the_network_add_up(self):
        (said,) = inputs.of_network(Headcount(10, 5, 2, 3, 9, 1, 5))["at-work"]

        assert str(said).startswith("5 dengan hubungan aktif dan 2")
        assert "7 dari 10" in str(said)
