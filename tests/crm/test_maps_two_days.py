"""Two days compared: ties, organisations and the index; as picture, table and file."""

import csv
import json
from datetime import date
from functools import partial
from io import StringIO

import pytest

from crm import tables
from crm.maps import compare_views, two_days_picture
from crm.network import analysis, services, two_days
from crm.network.questions import Question
from crm.network.selection import Selection
from crm.regions.models import Level
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Sector
from tests import make

JUNE = date(2026, 6, 1)
NOW = Question(date(2026, 11, 23), 24)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24&before=2026-06-01"


@pytest.fixture
def lahat():
    """A library with two agreements in June and one in November, when a bank has joined it."""
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas", **LAHAT)
    bappeda = make.stakeholder("Bappeda", **LAHAT)
    campus = make.stakeholder("Kampus", sector=Sector.UNIVERSITY, **LAHAT)
    bank = make.stakeholder("Bank", sector=Sector.BUSINESS, **LAHAT)
    make.agreement(dinas, bappeda, starts=date(2026, 1, 1))
    make.agreement(dinas, bappeda, starts=date(2026, 8, 1))
    make.agreement(dinas, campus, starts=date(2026, 1, 1), ends=date(2026, 7, 1))
    make.agreement(dinas, bank, starts=date(2026, 9, 1))
    return dinas, bappeda, campus, bank


def compared(**chosen):
    return two_days.compared(two_days.days(NOW, "2026-06-01"), Selection(**chosen))


class TestDays:
    @pytest.mark.parametrize("asked", ["", "yesterday", "2026-11-23", "0001-01-01"])
    def test_what_is_no_other_day_means_the_year_before(self, asked):
        found = two_days.days(NOW, asked)

        assert (found.earlier.on, found.later.on) == (date(2025, 11, 23), NOW.on)

    def test_the_earlier_one_comes_first_and_the_window_is_the_same(self):
        found = two_days.days(NOW, "2027-01-31")

        assert (found.earlier, found.later) == (NOW, Question(date(2027, 1, 31), 24))


class TestCompared:
    def test_tells_ties_and_organisations_apart(self, lahat):
        dinas, bappeda, campus, bank = (one.id for one in lahat)

        found = compared()

        assert {pair: change.kind for pair, change in found.changes.items()} == {
            (dinas, bappeda): "stronger",
            (dinas, campus): "lost",
            (dinas, bank): "new",
        }
        assert (found.appeared, found.left) == ([bank], [campus])
        assert (found.ties, found.engaged) == ((2, 2), (3, 3))

    def test_looks_at_the_part_that_the_filters_leave(self, lahat):
        assert compared(region="62").changes == {}
        assert compared(sectors=frozenset(["opd"])).appeared == []
        kinds = [one.kind for one in compared(sectors=frozenset(["opd"])).changes.values()]
        assert kinds == ["stronger"]
        assert compared(layers=frozenset(["team"])).ties == (0, 0)


class TestPage:
    def test_shows_ties_organisations_and_the_index_with_its_parts(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/network/compare?{ON}&region=16.04").text

        assert "Dari 1 Juni 2026 sampai 23 November 2026: hubungan aktif 2 → 2" in page
        for kind in ("baru", "yang hilang", "yang menguat"):
            assert f"<span>Hubungan {kind}</span> <strong>1</strong>" in page
        # Two sectors of six on both days; of fifteen pairs one.
        assert "0,33 → <strong>0,33</strong>" in page
        assert "Kini aktif (1)" in page
        assert f'<a href="/regions/16.04?{ON.split("&before")[0]}'.replace("&", "&amp;") in page

    def test_says_when_a_day_has_no_data(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        assert "Pada 1 Januari 2001 belum ada hubungan" in (
            browser.get("/network/compare?on=2026-11-23&window=24&before=2001-01-01").text
        )
        neither = browser.get("/network/compare?on=2001-11-23&window=24").text
        assert "Pada kedua tanggal belum ada hubungan" in neither
        assert "data-url" not in neither

    def test_says_what_to_do_where_nothing_is_recorded(self, as_user, viewer):
        assert "Belum ada data" in as_user(viewer).get("/network/compare").text

    def test_is_found_from_the_map_and_the_region(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        assert "/network/compare?region=16" in browser.get("/network?region=16").text
        assert "/network/compare?region=16.04&amp;" in browser.get("/regions/16.04/network").text

    @pytest.mark.parametrize(
        ("sort", "first"),
        [("change", "Hubungan baru"), ("-before", "Hubungan yang hilang"), ("x", "Hubungan baru")],
    )
    def test_gives_the_sorted_table_as_a_file(self, as_user, viewer, lahat, sort, first):
        answer = as_user(viewer).get(f"/network/compare?{ON}&format=csv&sort={sort}")

        headings, *rows = csv.reader(StringIO(answer.text.lstrip("\ufeff")))
        assert headings[:3] == ["Perubahan", "Organisasi", "dan"]
        assert len(rows) == 3
        if sort != "-before":
            assert rows[0][0] == first
        else:
            assert sorted(float(row[3]) for row in rows) == [float(row[3]) for row in rows][::-1]

    def test_searches_names_and_kinds_of_change(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        def rows(more):
            text = browser.get(f"/network/compare?{ON}&format=csv&{more}").text
            return len(text.strip().splitlines()) - 1

        assert rows("q=bank") == 1
        assert rows("change=lost&change=new") == 2
        assert rows("change=same") == 0

    def test_gives_who_came_and_went_as_a_file(self, as_user, viewer, lahat):
        text = as_user(viewer).get(f"/network/compare?{ON}&format=csv&rows=organisations").text

        assert "Kini aktif,Bank," in text
        assert "Tidak lagi aktif,Kampus," in text


class TestKept:
    def test_is_what_was_compared(self, lahat):
        asked = two_days.days(NOW, "2026-06-01")

        kept = two_days.compare(NOW, None, two_days.asked(asked, Selection()))

        assert two_days.read(json.loads(json.dumps(kept))) == compared()

    def test_builds_no_network_within_a_request(self, as_user, viewer, lahat, monkeypatch):
        browser = as_user(viewer)
        first = browser.get(f"/network/compare?{ON}").text.partition("<main")
        browser.get(f"/network/compare/data.json?{ON}")
        monkeypatch.setattr(analysis, "graph_of", lambda *_a: pytest.fail("built in a request"))

        assert browser.get(f"/network/compare?{ON}").text.partition("<main")[2] == first[2] > ""
        assert browser.get(f"/network/compare?{ON}&sort=one&format=csv").status_code == 200
        assert browser.get(f"/network/compare/data.json?{ON}").status_code == 200

    def test_waits_for_the_job_and_asks_again(self, as_user, viewer, lahat, monkeypatch):
        browser = as_user(viewer)
        with monkeypatch.context() as later:
            later.setattr(services, "later", lambda *_a, **_k: None)
            page = browser.get(f"/network/compare?{ON}")
            file = browser.get(f"/network/compare?{ON}&format=csv")
            state = browser.get(f"/network/compare/state?{ON}", headers={"HX-Request": "true"}).text

        assert (page.status_code, file.status_code) == (202, 202)
        assert "Kedua tanggal sedang dibandingkan" in page.text
        assert "/network/compare/state?" in page.text
        assert "/network/compare/state?" in state
        state = browser.get(f"/network/compare/state?{ON}", headers={"HX-Request": "true"}).text
        assert "data-reload" in state
        assert "/network/compare?" in browser.get(f"/network/compare/state?{ON}").location

    def test_says_when_it_is_of_older_data(self, as_user, viewer, lahat, monkeypatch):
        browser = as_user(viewer)
        browser.get(f"/network/compare?{ON}")
        make.agreement(lahat[1], lahat[3], starts=date(2026, 9, 1))
        browser.get("/network?on=2026-11-23&window=24")  # the later day alone is worked out anew
        monkeypatch.setattr(services, "later", lambda *_a, **_k: None)

        page = browser.get(f"/network/compare?{ON}")

        assert (page.status_code, "hubungan aktif 2 → 2" in page.text) == (200, True)
        assert "kedua tanggal sedang dibandingkan ulang" in page.text
        assert browser.get(f"/network/compare?{ON}&format=csv").status_code == 202

    def test_names_only_the_rows_shown(self, as_user, viewer, lahat, monkeypatch):
        one_a_page = partial(tables.RowListing, per_page=1)
        monkeypatch.setattr(compare_views, "RowListing", one_a_page)
        asked = []
        named = stakeholders.named
        monkeypatch.setattr(
            stakeholders, "named", lambda ids: named(asked.append(list(ids)) or asked[-1])
        )
        browser = as_user(viewer)

        def most(more=""):
            asked.clear()
            assert browser.get(f"/network/compare?{ON}{more}").status_code == 200
            return max(map(len, asked))

        # One tie of three, of four organisations.
        assert (most(), most("&q=bank"), most("&sort=one")) == (2, 4, 4)


class TestPicture:
    def test_draws_each_tie_by_what_became_of_it_in_colour_and_dashes(self, as_user, viewer, lahat):
        dinas, bappeda, campus, bank = (one.id for one in lahat)
        browser = as_user(viewer)

        found = browser.get(f"/network/compare/data.json?{ON}").json

        edges = {frozenset((one["from"], one["to"])): one["layer"] for one in found["edges"]}
        assert edges == {
            frozenset((dinas, bappeda)): "stronger",
            frozenset((dinas, campus)): "lost",
            frozenset((dinas, bank)): "new",
        }
        looks = found["layers"].values()
        assert len({(str(one["dashes"]), one.get("thin")) for one in looks}) == len(looks)
        legend = {one["name"]: one["count"] for one in found["legend"] if one["shape"] == "line"}
        assert legend == {
            "Hubungan baru": "1",
            "Hubungan yang hilang": "1",
            "Hubungan yang menguat": "1",
        }
        assert "1 Juni 2026 sampai 23 November 2026" in found["title"]
        assert browser.get(f"/network/compare/data.json?{ON}").json == found

    def test_of_many_compares_the_same_groups(self, as_user, viewer, lahat, monkeypatch):
        monkeypatch.setattr(two_days_picture, "MOST_SHOWN", 2)

        found = as_user(viewer).get(f"/network/compare/data.json?{ON}").json

        groups = {one["id"]: one.get("open") for one in found["nodes"]}
        assert set(groups) == {"16.04:opd", "16.04:university", "16.04:business"}
        assert all(url.startswith("/network/compare?") for url in groups.values())
        assert sorted(one["layer"] for one in found["edges"]) == ["lost", "new"]
