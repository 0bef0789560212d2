"""The network month by month: exact on every day, kept, and renewed only where it must be."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest

from crm.network import analysis, jobs, months, series, services
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from crm.transaction import transaction
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"


@pytest.fixture
def lahat():
    """Two offices since September, a bank with them since the end of October."""
    make.region("16.04", "Kabupaten Lahat")
    make.region("16.71", "Kota Palembang")
    dinas, bappeda = make.stakeholder("Dinas", **LAHAT), make.stakeholder("Bappeda", **LAHAT)
    bank = make.stakeholder("Bank", sector=Sector.BUSINESS, **LAHAT)
    make.agreement(dinas, bappeda, starts=date(2026, 9, 10))
    make.agreement(bappeda, bank, starts=date(2026, 10, 31))
    return dinas, bappeda, bank


def shown(browser, more):
    return browser.get(f"/network/series?{ON}{more}", headers={"HX-Request": "true"}).text


class TestSeries:
    def test_begins_with_the_first_tie_and_ends_on_the_day(self, lahat):
        found = series.of(NOW, "16.04")

        assert [(str(one.day), one.engaged, one.ties) for one in found.points] == [
            ("2026-09-30", 2, 1),
            ("2026-10-31", 3, 2),
            ("2026-11-23", 3, 2),
        ]
        assert found.known
        assert found.fresh

    def test_the_last_point_is_the_index_of_the_analysis(self, lahat):
        stored = services.answer(NOW).analysis
        assert stored is not None
        index = stored.regions["16.04"]

        last = series.of(NOW, "16.04").points[-1]

        for part in ("value", "coverage", "linkage", "cohesion", "resilience"):
            assert getattr(last, part) == pytest.approx(index[part], abs=1e-4)

    def test_of_the_whole_network_counts_ties_between_regions_too(self, lahat):
        make.agreement(lahat[2], make.stakeholder(region_code="16.71"), starts=date(2026, 11, 1))

        assert series.of(NOW).points[-1].ties == 3
        assert series.of(NOW, "16.04").points[-1].ties == 2
        assert series.of(NOW, "16").points[-1].ties == 3

    def test_of_a_region_where_nobody_is_known_has_no_points(self, lahat):
        make.region("62", "Kalimantan Tengah")

        assert series.of(NOW, "62").points == []

    def test_looks_back_over_five_years_at_most(self, lahat):
        make.agreement(*lahat[:2], starts=date(1999, 1, 1))

        points = series.of(NOW).points

        assert len(points) == months.MONTHS
        assert points[0].day == date(2021, 12, 31)

    def test_without_anything_dated_is_the_day_alone(self):
        make.stakeholder()

        assert [one.day for one in series.of(NOW).points] == [MONDAY]


class TestKeeping:
    @pytest.fixture
    def measured(self, monkeypatch):
        """The days that were worked out, in the order in which that was done."""
        days = []
        measure = months._measured

        def noted(graph, *others):
            days.append(graph.graph["on"])
            return measure(graph, *others)

        monkeypatch.setattr(months, "_measured", noted)
        return days

    def test_is_computed_once_for_a_version_of_the_data(self, lahat, measured):
        series.of(NOW)
        series.of(NOW, "16.04")

        assert len(measured) == 3

    def test_only_months_that_changed_are_worked_out_again(self, lahat, measured):
        series.of(NOW)
        measured.clear()

        make.agreement(lahat[0], lahat[2], starts=date(2026, 11, 20))

        assert series.of(NOW).points[-1].ties == 3
        assert measured == [MONDAY]

    def test_an_organisation_without_ties_changes_no_month(self, lahat, measured):
        series.of(NOW)
        measured.clear()
        make.stakeholder(**LAHAT)

        assert series.of(NOW).fresh
        assert measured == []

    def test_the_next_day_takes_over_the_months_before(self, lahat, measured):
        series.of(NOW)
        measured.clear()

        series.of(Question(date(2026, 11, 24), 24))

        assert measured == [date(2026, 11, 24)]

    def test_an_organisation_that_changes_its_sector_changes_its_months(self, lahat, measured):
        before = series.of(NOW, "16.04").points[0].coverage
        measured.clear()

        with transaction(by=None):
            lahat[0].sector = Sector.MEDIA

        after = series.of(NOW, "16.04").points[0].coverage
        assert (before, after) == (pytest.approx(1 / 6, abs=1e-4), pytest.approx(2 / 6, abs=1e-4))
        assert len(measured) == 3

    def test_says_so_while_it_is_computed(self, as_user, viewer, lahat, monkeypatch):
        monkeypatch.setattr(series, "later", lambda *a, **k: None)
        browser = as_user(viewer)

        first = shown(browser, "&region=16.04")
        jobs.compute_months("2026-11-23", 24)
        make.agreement(lahat[0], lahat[2], starts=date(2026, 11, 20))
        second = shown(browser, "&region=16.04")

        assert "sedang dihitung; Anda boleh pergi" in first
        assert 'hx-trigger="load delay:2s"' in first
        assert "data-chart" not in first
        assert "sedang dihitung ulang" in second
        assert "data-chart" in second

    def test_is_of_the_network_that_the_analysis_sees(self, lahat):
        graph = analysis.graph_of(Question(date(2026, 10, 31), 24))
        assert graph.number_of_edges() == series.of(NOW).points[1].ties
        assert jobs.data_version() > 0


class TestPage:
    def test_draws_and_tells_the_same_numbers(self, as_user, viewer, lahat):
        page = shown(as_user(viewer), "&region=16.04")

        found = re.search(r"data-chart='(.*?)'", page)
        assert found
        chart = json.loads(found[1])
        assert chart["months"] == ["September 2026", "Oktober 2026", "November 2026"]
        assert chart["counts"][0] == {"name": "Aktif", "values": [2, 3, 3]}
        assert [one["name"] for one in chart["index"]] == [
            "Indeks sinergi",
            "Cakupan",
            "Keterkaitan",
            "Keterpaduan",
            "Ketahanan",
        ]
        assert re.findall(r'<th scope="row">(.*?)</th>', page) == chart["months"][::-1]
        assert "organisasi aktif 2 → 3, hubungan aktif 1 → 2" in page

    def test_downloads_what_it_shows(self, as_user, viewer, lahat):
        answer = as_user(viewer).get(f"/network/series?{ON}&region=16.04&format=csv")

        rows = list(csv.reader(StringIO(answer.text.lstrip("\ufeff"))))
        assert rows[0][0] == "Tanggal"
        assert [row[-2:] for row in rows[1:]] == [["2", "1"], ["3", "2"], ["3", "2"]]

    def test_says_so_where_nobody_was_at_work(self, as_user, viewer, lahat):
        assert "Belum ada yang aktif dalam bulan" in shown(as_user(viewer), "&region=16.71")

    def test_of_an_unknown_region_is_not_found(self, as_user, viewer):
        assert as_user(viewer).get("/network/series?region=99").status_code == 404

    def test_stands_on_the_dashboard_and_on_the_page_of_a_region(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        assert 'hx-get="/network/series?on=2026-11-23' in browser.get(f"/?{ON}").text
        region = browser.get(f"/regions/16.04?{ON}").text
        assert 'hx-get="/network/series?region=16.04&amp;on=2026-11-23' in region

    def test_without_script_is_a_page_with_its_table_open(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/network/series?{ON}&region=16.04").text

        assert "Kabupaten Lahat dari waktu ke waktu" in page
        assert '<details class="profile-figures" open>' in page
