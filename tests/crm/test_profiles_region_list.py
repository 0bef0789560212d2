"""All regions: the index in a list and as tiles of a map, from what the analysis has stored."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from crm.network import services
from crm.network.questions import Question
from crm.profiles import region_list, tiles
from crm.regions import services as regions
from crm.regions.figures import Figures
from crm.regions.models import Level
from crm.regions.reference import load_reference
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
ON = "on=2026-11-23&window=24"
STYLES = Path(__file__).parent.parent.parent / "crm" / "static" / "regions.css"


@pytest.fixture
def lahat():
    """A library and a bank with an agreement in Lahat; nobody else in the province."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    make.region("16.71", "Kota Palembang")
    make.region("62", "Kalimantan Tengah")
    make.poverty("16.04", "16.46")
    place = {"region_code": "16.04", "level": Level.DISTRICT}
    dinas = make.stakeholder("Dinas", **place)
    make.agreement(dinas, make.stakeholder("Bank", sector=Sector.BUSINESS, **place))


def rows(**chosen):
    query = regions.found(**chosen)
    return region_list.rows(query, Figures(query), services.answer(NOW).analysis)


def saved(browser, more=""):
    text = browser.get(f"/regions?{ON}&format=csv{more}").text.lstrip("\ufeff")
    return list(csv.DictReader(StringIO(text)))


class TestRows:
    def test_have_what_the_analysis_says(self, lahat):
        analysis = services.answer(NOW).analysis
        found = {one.code: one for one in rows()}

        one = found["16.04"]
        assert one.index == analysis.regions["16.04"]
        # Two sectors of six, one pair of fifteen, one pair that is connected, nothing left after an
        # exit: (1/3 + 1/15 + 1 + 0) / 4.
        assert one.part("value") == pytest.approx(35)
        assert (one.organisations, one.engaged, one.poverty) == (2, 2, 16.46)
        assert one.findings == len(services.findings(analysis, region="16.04")) > 0
        assert found["16"].findings == len(services.findings(analysis, region="16"))
        assert found["16.71"].part("value") is None
        assert (found["62"].index, found["62"].findings) == ({}, None)

    def test_are_there_while_the_analysis_is_computed(self, lahat):
        query = regions.found()

        (one,) = [
            row
            for row in region_list.rows(query, Figures(query), None)
            if row.organisations and row.level is Level.DISTRICT
        ]

        assert (one.name, one.part("value"), one.findings) == ("Kabupaten Lahat", None, None)


class TestList:
    def test_never_computes_in_the_request(self, as_user, viewer, lahat, monkeypatch):
        monkeypatch.setattr(services, "later", lambda *a, **k: None)

        page = as_user(viewer).get(f"/regions?{ON}").text

        assert 'id="analysis-state"' in page
        assert "Kabupaten Lahat" in page

    def test_marks_figures_that_are_not_known_for_the_phone(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        def marks(code):
            page = browser.get(f"/regions?{ON}&q={code}").text
            (row,) = re.findall(rf'<tr>\s*<th[^>]*><a href="/regions/{code}\?.*?</tr>', page, re.S)
            return [" no-value" in one for one in re.findall(r"<td[^>]*>", row)]

        # The index, its four parts, organisations, gaps, poverty.
        assert marks("16.04") == [False] * 8
        assert marks("62") == [True] * 5 + [False, True, True]
        assert "td.no-value { display: none; }" in STYLES.read_text()

    @pytest.mark.parametrize(
        ("sort", "last"), [("index", "Kabupaten Lahat"), ("-name", "Kabupaten Lahat")]
    )
    def test_sorts_by_what_was_worked_out(self, as_user, viewer, lahat, sort, last):
        found = saved(as_user(viewer), f"&sort={sort}&level=district")

        assert found[-1]["Nama"] == last
        assert {row["Indeks"] for row in found} == {"", "35.0"}

    def test_begins_where_most_organisations_are_known(self, as_user, viewer, lahat):
        first, second, *rest = [row["Organisasi"] for row in saved(as_user(viewer))]

        assert [int(first), int(second)] >= [1, 1]
        assert {int(one) for one in rest} == {0}

    def test_keeps_the_question_while_it_is_searched(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions?{ON}&q=lahat").text

        assert '<input id="on" name="on" type="hidden" value="2026-11-23">' in page
        assert "/regions/16.04?on=2026-11-23&amp;window=24" in page
        assert "Kota Palembang" not in page

    def test_holds_the_menu_at_regions(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        for address in ("/regions", "/regions/map", "/regions/16.04"):
            active = re.findall(
                r'<a class="nav-item" href="([^"]+)"[^>]*aria-current', browser.get(address).text
            )
            assert active == ["/regions"], address


class TestTiles:
    def test_every_province_has_a_short_name_and_a_place_of_its_own(self):
        load_reference()
        codes = {one.code for one in regions.provinces()}

        placed = re.findall(r"\.tile-at-(\d\d) \{ grid-area: (\d+ / \d+); \}", STYLES.read_text())

        assert codes == set(tiles.SHORT) == {code for code, _place in placed}
        assert len({place for _code, place in placed}) == len(placed) == 38

    @pytest.mark.parametrize(
        ("value", "shade"), [(None, 0), (0, 1), (20, 1), (20.1, 2), (60, 3), (99, 5), (100, 5)]
    )
    def test_are_shaded_by_the_index(self, value, shade):
        row = region_list.RegionRow(
            "16", "Sumatera Selatan", Level.PROVINCE, None, "", None, None, 0, 0, {"value": value}
        )

        assert tiles.Tile(row, "Sumsel").shade == shade

    def test_of_a_province_stand_by_index_or_by_code(self, lahat):
        make.region("16.01", "Kabupaten Ogan Komering Ulu")

        def names(by):
            return [one.short for one in tiles.districts(rows(province="16"), "16", by)]

        assert names("index") == ["Lahat", "Ogan Komering Ulu", "Kota Palembang"]
        assert names("code") == ["Ogan Komering Ulu", "Lahat", "Kota Palembang"]


class TestMap:
    def test_says_each_number_in_its_tile_and_in_words(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions/map?{ON}").text

        assert 'href="/regions/map?region=16&amp;on=2026-11-23&amp;window=24"' in page
        assert "Sumatera Selatan: indeks 35" in page
        assert "Kalimantan Tengah: tanpa indeks, tidak ada yang aktif" in page
        assert "Indeks sinergi per provinsi, 23 November 2026" in page
        assert "Sumber: Sinergi" in page

    def test_of_a_province_leads_to_the_profiles(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions/map?{ON}&region=16&sort=code").text

        assert 'href="/regions/16.04?on=2026-11-23&amp;window=24"' in page
        assert "Kabupaten Lahat: indeks 35" in page

    @pytest.mark.parametrize("code", ["99", "16.04"])
    def test_of_what_is_no_province_is_not_found(self, as_user, viewer, lahat, code):
        assert as_user(viewer).get(f"/regions/map?region={code}").status_code == 404
