"""The map: what a selection shows, where it stands, and that names stay text wherever they go."""

import csv
import re
from io import StringIO

import networkx as nx
import pytest
from sqlalchemy import delete

from crm.maps import store
from crm.maps.drawing import draw
from crm.maps.models import StoredMap
from crm.network import analysis
from crm.network import selection as selecting
from crm.network import services as network
from crm.network.models import Analysis
from crm.network.questions import Question
from crm.network.selection import Selection
from crm.regions.models import Level
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Sector
from crm.transaction import look_afresh
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
ON = "on=2026-11-23&window=24"


@pytest.fixture
def town():
    """A chain Dinas - Kampus - Radio in Palembang, an office of the province, and one alone.

    Dinas and Kampus signed an agreement, Kampus and Radio met, Dinas and the province met.
    """
    make.region("16")
    make.region("16.71", "Kota Palembang")
    place = {"region_code": "16.71", "level": Level.DISTRICT}
    names = {
        "dinas": make.stakeholder("Dinas Perpustakaan Kota", **place),
        "kampus": make.stakeholder("Universitas Kota", sector=Sector.UNIVERSITY, **place),
        "radio": make.stakeholder("Radio Kota", sector=Sector.MEDIA, **place),
        "province": make.stakeholder("Bappeda Provinsi", region_code="16"),
        "alone": make.stakeholder("Taman Baca", sector=Sector.COMMUNITY, **place),
    }
    make.agreement(names["dinas"], names["kampus"])
    make.event(names["kampus"], names["radio"], title="Bincang", starts_on=MONDAY)
    make.event(names["dinas"], names["province"], title="Rakor", starts_on=MONDAY)
    return {name: one.id for name, one in names.items()}


def shown(selection):
    graph = selecting.select(analysis.graph_of(NOW), selection, store.records.places())
    return set(graph.nodes), {frozenset(edge) for edge in graph.edges}


class TestSelection:
    def test_of_nothing_shows_all_that_are_tied(self, town):
        nodes, edges = shown(Selection())

        assert nodes == set(town.values()) - {town["alone"]}
        assert len(edges) == 3

    def test_shows_those_alone_when_asked(self, town):
        assert shown(Selection(isolates=True))[0] == set(town.values())

    def test_of_a_sector_leaves_the_others_out(self, town):
        both = frozenset({"university", "media"})

        nodes, edges = shown(Selection(sectors=both))

        assert nodes == {town["kampus"], town["radio"]}
        assert len(edges) == 1

    def test_of_a_region_shows_those_below_it(self, town):
        make.region("62")
        far = make.stakeholder(region_code="62")
        make.agreement(far, stakeholders.get(town["dinas"]))

        assert shown(Selection(region="16"))[0] == set(town.values()) - {town["alone"]}
        district = shown(Selection(region="16.71"))[0]
        assert district == {town["dinas"], town["kampus"], town["radio"]}

    def test_of_a_layer_and_a_strength_shows_such_ties_only(self, town):
        signed = frozenset({"agreement"})
        assert shown(Selection(layers=signed))[1] == {frozenset({town["dinas"], town["kampus"]})}
        # An agreement of two weighs 3, a meeting of two today 1.
        assert len(shown(Selection(strength=1.0))[1]) == 3
        assert len(shown(Selection(strength=1.5))[1]) == 1
        assert shown(Selection(strength=3.1))[1] == set()

    @pytest.mark.parametrize(
        ("steps", "names"),
        [
            (1, {"radio", "kampus"}),
            (2, {"radio", "kampus", "dinas"}),
            (3, {"radio", "kampus", "dinas", "province"}),
        ],
    )
    def test_around_one_organisation_goes_so_many_steps(self, town, steps, names):
        nodes, _edges = shown(Selection(focus=town["radio"], steps=steps))

        assert nodes == {town[name] for name in names}

    def test_around_one_that_is_alone_or_gone(self, town):
        assert shown(Selection(focus=town["alone"]))[0] == {town["alone"]}
        assert shown(Selection(focus=999))[0] == set()

    def test_keeps_whom_a_finding_names_in_spite_of_filters(self, town):
        also = frozenset({town["alone"]})

        assert town["alone"] in shown(Selection(region="62", also=also))[0]

    def test_shows_working_ties_unless_weak_ones_are_asked_for(self, town):
        # Of a meeting of twelve each pair has 1/11: too little to work.
        crowd = [make.stakeholder(region_code="16") for _ in range(12)]
        make.event(*crowd, title="Seminar", starts_on=MONDAY)
        ids = {one.id for one in crowd}

        assert not shown(Selection())[0] & ids
        nodes, edges = shown(Selection(weak=True))
        assert ids <= nodes
        assert len(edges) == 3 + 66


class TestStore:
    def test_keeps_positions_until_the_data_changes(self, town, monkeypatch, editor):
        selection = Selection(region="16.71")
        graph, where = store.drawn(NOW, selection, make.NOW)
        drawn = []
        monkeypatch.setattr(
            store, "positions", lambda *a, **k: drawn.append(1) or _real_positions(*a, **k)
        )

        look_afresh()  # another request
        again, same = store.drawn(NOW, selection, make.NOW)

        assert drawn == []
        assert nx.utils.graphs_equal(graph, again)
        assert same == where
        stakeholders.archive(editor, town["radio"], at=make.NOW)
        after, moved = store.drawn(NOW, selection, make.NOW)
        assert drawn == [1]
        assert town["radio"] not in after
        assert moved[town["dinas"]] == same[town["dinas"]], "who stood there before stays"

    def test_a_page_goes_on_with_the_results_it_began_with(self, town, monkeypatch):
        """A job may replace them while the picture is drawn and kept."""
        analysis = network.answer(NOW).analysis
        finding = network.findings(analysis, limit=1)[0]
        named = (finding.step or {}).get("who") or finding.organisations[0]

        def arranged(*arguments, **options):
            with make.db.engine.begin() as job:
                job.execute(delete(Analysis).where(Analysis.id == analysis.id))
            return _real_positions(*arguments, **options)

        monkeypatch.setattr(store, "positions", arranged)
        drawn = draw(
            NOW,
            analysis,
            Selection(),
            size="betweenness",
            with_gaps=True,
            described=[],
            finding=finding.key,
            now=make.NOW,
        )

        assert drawn.selected == named
        assert set(drawn.sizes) == set(drawn.graph)
        assert analysis.numbers["organisations"] == len(town)
        look_afresh()
        assert make.db.session.query(StoredMap).count() == 1
        assert make.db.session.query(Analysis).count() == 0

    def test_the_same_data_gives_the_same_picture(self, town):
        _graph, one = store.drawn(NOW, Selection(), make.NOW)
        look_afresh()
        assert make.db.session.query(StoredMap).count() == 1
        with make.transaction(by=None):
            for stored in make.db.session.query(StoredMap):
                make.db.session.delete(stored)

        _graph, other = store.drawn(NOW, Selection(), make.NOW)

        assert one == other

    def test_large_networks_open_as_regions_by_sectors(self, town, monkeypatch):
        monkeypatch.setattr(store, "MOST_SHOWN", 3)

        graph, _where = store.drawn(NOW, Selection(), make.NOW)

        # All of one province: its districts by sector, and its own offices.
        assert {node: data["size"] for node, data in graph.nodes(data=True)} == {
            "16.71:opd": 1,
            "16.71:university": 1,
            "16.71:media": 1,
            "16:opd": 1,
        }
        opened, where = store.drawn(NOW, Selection(opened=frozenset({"16.71:media"})), make.NOW)
        assert town["radio"] in opened
        assert "16.71:media" not in opened
        assert set(where) == set(opened)
        around, _where = store.drawn(NOW, Selection(focus=town["dinas"]), make.NOW)
        assert town["kampus"] in around, "who asks for one wants to see it"


_real_positions = store.positions


class TestData:
    def get(self, browser, query=""):
        answer = browser.get(f"/network/data.json?{ON}{query}")
        assert answer.status_code == 200
        return answer.json

    def test_says_the_same_as_the_table(self, as_user, viewer, town):
        browser = as_user(viewer)
        for query in ("", "&region=16.71", "&layer=agreement", "&isolates=y", "&sector=media"):
            data = self.get(browser, query)
            files = {
                rows: browser.get(f"/network/table?{ON}{query}&format=csv&rows={rows}")
                for rows in ("nodes", "ties")
            }
            nodes, ties = (
                list(csv.DictReader(StringIO(one.data.decode("utf-8-sig"))))
                for one in files.values()
            )
            assert len(data["nodes"]) == len(nodes), query
            assert len(data["edges"]) == len(ties), query
            count = f"Organisasi: {len(nodes)}. Hubungan aktif: {len(ties)}."
            assert count in data["heads"], query
            if nodes:
                assert count in browser.get(f"/network/table?{ON}{query}").text
            counted = sum(int(one["count"]) for one in data["legend"] if "sector" in one)
            assert counted == len(nodes), query

    def test_carries_day_filter_legend_and_source(self, as_user, viewer, town):
        data = self.get(as_user(viewer), "&region=16.71&size=betweenness")

        assert data["title"].startswith("Jejaring kemitraan Kota Palembang")
        assert data["title"].endswith("23 November 2026")
        assert data["heads"][:2] == [
            "Kegiatan sejak 23 November 2024 diperhitungkan.",
            "Saringan: Wilayah: Kota Palembang (Sumatera Selatan)",
        ]
        assert "Sumber: Sinergi" in data["feet"][0]
        legend = {one["name"]: one["count"] for one in data["legend"]}
        assert legend == {
            "OPD/Pemerintah": "1",
            "Perguruan tinggi": "1",
            "Media massa": "1",
            "Perjanjian": "1",
            "Bertemu dalam kegiatan": "1",
        }
        sizes = {node["label"]: node["size"] for node in data["nodes"]}
        # The two in the middle of the chain of four stand between as many, its end between none.
        assert sizes["Universitas Kota"] == sizes["Dinas Perpustakaan Kota"]
        assert sizes["Universitas Kota"] > sizes["Radio Kota"]

    def test_names_whom_it_is_drawn_around(self, as_user, viewer, town):
        data = self.get(as_user(viewer), f"&focus={town['radio']}&steps=2")

        assert data["title"] == "Jejaring kemitraan di sekitar Radio Kota, 23 November 2026"

    def test_counts_what_works_as_the_dashboard_does(self, as_user, viewer, town, monkeypatch):
        crowd = [make.stakeholder(region_code="16") for _ in range(12)]
        make.event(*crowd, title="Seminar", starts_on=MONDAY)
        browser = as_user(viewer)

        assert "Organisasi: 4. Hubungan aktif: 3." in self.get(browser)["heads"]
        both = "Organisasi: 16. Hubungan: 69, di antaranya aktif: 3."
        assert both in self.get(browser, "&weak=y")["heads"]
        monkeypatch.setattr(store, "MOST_SHOWN", 3)
        groups = self.get(browser, "&weak=y&strength=0.01")
        assert both in groups["heads"], "also as groups"
        # All twelve are of one office and province.
        assert groups["heads"][-1] == "66 di antaranya menghubungkan anggota kelompok yang sama."

    def test_says_why_it_is_empty(self, as_user, viewer, town):
        browser = as_user(viewer)

        assert self.get(browser)["nothing"] == ""
        filtered = self.get(browser, "&strength=99")["nothing"]
        assert filtered == "Tidak ada organisasi yang cocok dengan saringan ini."
        early = browser.get("/network/data.json?on=1999-01-01&window=12").json
        assert not early["nodes"]
        assert early["nothing"].startswith("Belum ada hubungan aktif pada tanggal ini.")

    def test_draws_suggested_ties_dashed(self, as_user, viewer, town):
        browser = as_user(viewer)
        assert not [one for one in self.get(browser)["edges"] if one["dashes"]]

        dashed = [one for one in self.get(browser, "&gaps=y")["edges"] if one["dashes"]]

        # Government and media of the town do not work together.
        assert {town["dinas"], town["radio"]} in [{one["from"], one["to"]} for one in dashed]

    def test_a_finding_is_shown_with_those_it_names(self, as_user, viewer, town):
        key = "isolated-stakeholder:16.71::{alone}".format(**town)
        data = self.get(as_user(viewer), f"&finding={key}&region=16.71")

        assert data["selected"] == town["alone"]
        assert town["alone"] in [node["id"] for node in data["nodes"]]
        (dashed,) = [one for one in data["edges"] if one["dashes"]]
        assert town["alone"] in (dashed["from"], dashed["to"])

    def test_nonsense_in_the_address_is_ignored(self, as_user, viewer, town):
        query = "&region=x&sector=x&layer=x&strength=x&focus=x&steps=99&size=x&finding=x&open=x"

        assert len(self.get(as_user(viewer), query)["nodes"]) == 4

    def test_an_organisation_is_found_by_its_other_names(self, as_user, viewer, town):
        office = make.stakeholder("Dinas Komunikasi dan Informatika", short_name="Kominfo")
        make.agreement(office, stakeholders.get(town["dinas"]))

        nodes = {node["id"]: node for node in self.get(as_user(viewer))["nodes"]}

        assert nodes[office.id]["label"] == "Kominfo"
        assert "dinas komunikasi dan informatika" in nodes[office.id]["also"]


class TestPage:
    def test_keeps_the_strict_policy(self, as_user, viewer, town):
        answer = as_user(viewer).get(f"/network?{ON}")

        assert "style-src 'self';" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]

    def test_shows_filters_and_keeps_them_for_data_and_files(self, as_user, viewer, town):
        page = as_user(viewer).get(f"/network?{ON}&region=16.71&gaps=y").text

        assert "Wilayah: Kota Palembang (Sumatera Selatan)" in page
        for address in ("/network/data.json", "/network/map.html", "/network/table"):
            link = re.search(rf'"{re.escape(address)}\?([^"]*)"', page)[1].replace("&amp;", "&")
            assert set(link.split("&")) == {*ON.split("&"), "region=16.71", "gaps=y"}

    def test_the_table_is_paged(self, as_user, viewer):
        hub = make.stakeholder("Hub")
        for _ in range(101):
            make.agreement(hub, make.stakeholder())
        browser = as_user(viewer)

        first = browser.get(f"/network/table?{ON}").text
        second = browser.get(f"/network/table?{ON}&page=2").text

        assert "Halaman 1 dari 2, 102 baris" in first
        assert "Halaman 2 dari 2, 102 baris" in second
        assert "Halaman 1 dari 2, 101 baris" in second, "the ties stay on their first page"

    def test_the_table_leads_to_organisations_and_shows_the_decimals_there_are(
        self, as_user, viewer, town
    ):
        page = as_user(viewer).get(f"/network/table?{ON}").text.split("<main")[1]

        assert f'<a href="/stakeholders/{town["radio"]}">Radio Kota</a>' in page
        assert '<td data-label="Kekuatan" class="numeric">3</td>' in page
        assert "Nomor" not in page, "a number that means something to the computer only"
        assert "3,00" not in page
        file = as_user(viewer).get(f"/network/table?{ON}&format=csv").data.decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(file)))
        assert {row["Organisasi"]: row["Nomor"] for row in rows}["Radio Kota"] == str(town["radio"])

    def test_filters_that_fit_nobody_say_so(self, as_user, viewer, town):
        page = as_user(viewer).get(f"/network/table?{ON}&strength=99").text

        assert "Tidak ada organisasi yang cocok dengan saringan ini." in page

    @pytest.mark.parametrize("address", ["/", "/gaps", "/network", "/network/table"])
    def test_without_any_organisation_says_what_to_do(self, as_user, viewer, editor, address):
        seen = as_user(viewer).get(f"{address}?{ON}").text.split("<main")[1]
        edited = as_user(editor).get(f"{address}?{ON}").text.split("<main")[1]

        for page in (seen, edited):
            assert "Belum ada data" in page
            assert "Tidak ada kesenjangan" not in page
            assert "saringan ini" not in page
            assert "Simpan gambar" not in page
        assert "Tim sinergi belum mencatat satu organisasi pun." in seen
        assert "/imports/new" not in seen
        assert 'href="/imports/new"' in edited
        assert 'href="/stakeholders/new"' in edited

    def test_what_needs_script_is_hidden_without_it(self, as_user, viewer, town):
        page = as_user(viewer).get(f"/network?{ON}").text

        assert '<div class="map-layout" data-with-script hidden>' in page
        assert 'id="map-png" data-with-script data-with-nodes hidden' in page
        assert "/network/table?" in page.split("<noscript>")[1].split("</noscript>")[0]
