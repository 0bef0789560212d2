"""Regions: reference data, places in names, figures that are never mixed, and their pages."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crm.db import db
from crm.errors import Conflict, Refused
from crm.regions import place_names
from crm.regions import services as regions
from crm.regions.models import Region, RegionIndicator
from crm.regions.reference import POPULATION, POVERTY, load_reference
from crm.spelling import region_rows
from tests import make

REPORTED = Path(__file__).parent.parent.parent / "crm" / "examples" / "participations.csv"


class TestReference:
    def test_loads_every_region_once(self):
        load_reference()
        load_reference()

        counts = dict(
            iter(db.session.execute(select(Region.level, func.count()).group_by(Region.level)))
        )
        assert {level.value: number for level, number in counts.items()} == {
            "province": 38,
            "district": 514,
        }
        assert db.session.scalar(select(func.count(RegionIndicator.id))) == 552 + 31 + 2

    def test_keeps_the_codes_of_bps_apart(self):
        load_reference()

        bps = dict(iter(db.session.execute(select(Region.code, Region.bps_code))))
        # BPS and Kemendagri number the provinces of Papua, and many districts, differently.
        papua = {code: bps[code] for code in ("91", "92", "93", "94", "95", "96")}
        assert papua == {"91": "94", "92": "91", "93": "95", "94": "96", "95": "97", "96": "92"}
        assert (bps["16.08"], bps["16.09"]) == ("1609", "1608")
        assert (bps["16.72"], bps["16.73"], bps["16.74"]) == ("1673", "1674", "1672")
        assert (bps["62.06"], bps["62.08"], bps["62.71"]) == ("6209", "6206", "6271")
        assert bps["35.07"] is None
        known = [code for code in bps.values() if code]
        assert len(known) == len(set(known)) == 38 + 17 + 14

    def test_knows_the_time_zones(self):
        load_reference()
        for zone, codes in {
            "Asia/Jakarta": ("16.71", "62.71", "61"),
            "Asia/Makassar": ("63", "51", "53", "65", "73.08"),
            "Asia/Jayapura": ("81", "82", "96"),
        }.items():
            assert {code: regions.by_code(code).time_zone for code in codes} == dict.fromkeys(
                codes, zone
            )

    def test_leaves_what_was_edited(self, admin):
        load_reference()
        malang = regions.by_code("35.07")
        regions.change(admin, malang.id, version=malang.version, bps_code="3507")

        load_reference()

        assert regions.by_code("35.07").bps_code == "3507"


class TestPlacesInNames:
    def test_every_official_name_means_its_region(self):
        for row in region_rows():
            for name in (row["name"], f"Dinas Perpustakaan dan Kearsipan {row['name']}"):
                assert place_names.code_in(name) == row["code"], name

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Dinas Perpustakaan Kota Lubuk Linggau", "16.73"),
            ("Pemkot Lubuklinggau", "16.73"),
            ("Dinas Perpustakaan dan Kearsipan Provinsi Kalimantan Timur", "64"),
            ("Ikatan Pustakawan Indonesia Kabupaten Bangka", "19.01"),
            ("Bappeda Provinsi Bangka Belitung", "19"),
            ("Aspirasi Babel", "19"),
            ("Dinas Kesehatan Kabupaten Malang", "35.07"),
            ("Dinas Kesehatan Kota Malang", "35.73"),
            ("Dinas Kesehatan Malang", None),
            ("Universitas Palangka Raya", "62.71"),
            ("Perpustakaan Universitas Muhammadiyah Palangkaraya", "62.71"),
            ("Dispursip Kobar", "62.01"),
            ("Dispusip Kab. OKU Selatan", "16.09"),
            ("Pemerintah Desa Watu (Bone)", "73.08"),
            ("Perpustakaan Desa Batang Duku (Bengkalis)", "14.03"),
            ("Perpustakaan Desa Batang", None),
            ("Radar Selatan", None),
            ("PT Batu Bara Nusantara", None),
            ("Pemerintah Kabupaten Batubara", "12.19"),
            ("Radio Metro", None),
            ("Pemkot Metro", "18.72"),
            ("Bank Sumsel Babel", None),
            ("Universitas Jambi", "15"),
            ("Pemerintah Kota Jambi", "15.71"),
            ("Kota Malang, Jawa Timur", "35.73"),
            ("Jawa Timur dan Jawa Barat", None),
            ("Dinas PMD Provinsi Sumatera Selatan", "16"),
            ("Dinas Pemberdayaan Masyarakat dan Desa Riau", "14"),
            ("Kabupaten Palembang", None),
            ("Pemprov DKI Jakarta", "31"),
            ("Bupati Lahat", "16.04"),
            ("", None),
        ],
    )
    def test_are_found(self, text, code):
        assert place_names.code_in(text) == code

    @pytest.mark.parametrize(
        ("text", "within", "code"),
        [
            ("IPI Kota Banjar", "32", "32.79"),
            ("Bank Sumsel Babel", "16", "16"),
            ("Dinas Kesehatan Malang", "35", None),
            ("Pemkot Palembang", "62", None),
        ],
    )
    def test_are_looked_for_within_a_region(self, text, within, code):
        assert place_names.code_in(text, within) == code

    def test_reported_names_lie_in_the_province_of_their_meeting(self):
        """Real names: whatever is found for a regional office lies where the meeting was held."""
        folder = REPORTED.parent
        with (folder / "meetings.csv").open(encoding="utf-8", newline="") as file:
            province = {row["meeting_id"]: row["province_code"] for row in csv.DictReader(file)}
        with REPORTED.open(encoding="utf-8", newline="") as file:
            rows = [
                row
                for row in csv.DictReader(file)
                if row["sector"] == "opd" and row["organisation_level"] in ("kabkota", "province")
            ]
        found = {
            (name, place_names.code_in(name), province[row["meeting_id"]])
            for row in rows
            if (name := row["organisation"])
        }
        elsewhere = {name for name, code, here in found if code and not code.startswith(here)}
        # Guests from other provinces, as their names say.
        assert all("Kalimantan" in name or "Payakumbuh" in name for name in elsewhere), elsewhere
        assert sum(1 for _name, code, _here in found if code) / len(found) > 0.9


def _figure(code, value, year, source="BPS (P0)"):
    make.region(code)
    return regions.add_indicator(
        None, code, name=POVERTY, value=Decimal(value), year=year, source=source
    )


class TestRanking:
    def place(self, code):
        return next(one for one in regions.places_for_network() if one.code == code)

    def test_provinces_and_districts_have_counts_of_their_own(self):
        load_reference()

        assert (self.place("16").poverty, self.place("16").year) == (13.19, 2017)
        assert (self.place("16.04").poverty, self.place("16.04").year) == (16.46, 2021)
        assert self.place("16.04").source == "BPS (P0)"
        assert self.place("35.07").poverty is None

    def test_siblings_never_mix_two_counts(self):
        for code, value in (("16.01", 10), ("16.02", 11), ("16.03", 12)):
            _figure(code, value, 2021)
        _figure("16.01", 8, 2024)

        assert {self.place(f"16.0{n}").year for n in (1, 2, 3)} == {2021}
        assert self.place("16.01").poverty == 10

    def test_a_newer_count_of_most_siblings_replaces_the_older(self):
        for code in ("16.01", "16.02", "16.03"):
            _figure(code, 10, 2021)
        for code in ("16.01", "16.02"):
            _figure(code, 9, 2024, "BPS Susenas")

        assert (self.place("16.01").year, self.place("16.01").source) == (2024, "BPS Susenas")
        assert self.place("16.03").poverty is None


class TestFigures:
    def test_are_added_and_corrected(self, admin):
        figure = _figure("16.04", "16.46", 2021)

        regions.change_indicator(
            admin,
            figure.id,
            version=figure.version,
            name=POVERTY,
            value=Decimal("16.5"),
            year=2021,
            counted_on=date(2021, 3, 1),
            source="BPS (P0)",
        )

        (stored,) = regions.indicators("16.04")
        assert (stored.value, stored.counted_on) == (Decimal("16.5"), date(2021, 3, 1))

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("value", {"value": Decimal(101)}),
            ("value", {"value": Decimal(-1), "name": POPULATION}),
            ("counted_on", {"counted_on": date(2020, 3, 1)}),
            ("year", {"value": Decimal(3)}),
        ],
    )
    def test_that_cannot_be_are_refused(self, field, wrong):
        _figure("16.04", "16.46", 2021)
        values = {"name": POVERTY, "value": Decimal(3), "year": 2021, "source": "BPS (P0)"}

        with pytest.raises(Refused) as refusal:
            regions.add_indicator(None, "16.04", **values | wrong)

        assert refusal.value.field == field
        assert len(regions.indicators("16.04")) == 1

    def test_the_second_writer_gets_a_conflict(self, admin):
        region = make.region("16")
        seen = region.version
        regions.change(admin, region.id, version=seen, bps_code="16")

        with pytest.raises(Conflict):
            regions.change(admin, region.id, version=seen, bps_code="17")


class TestPages:
    def test_list_shows_one_count_and_how_many_organisations(self, as_user, viewer):
        load_reference()
        make.stakeholder("Bappeda Lahat", region_code="16.04")
        make.stakeholder("Bank Sumsel")
        browser = as_user(viewer)

        districts = browser.get("/regions?province=16&level=district&sort=-poverty").text
        assert districts.index("Musi Rawas Utara") < districts.index("Kabupaten Lahat")
        assert "20,11\N{NO-BREAK SPACE}%" in districts
        assert "BPS (P0) 2021" in districts
        assert 'href="/stakeholders?region=16.04">1<' in districts

        provinces = browser.get("/regions?level=province&sort=-organisations").text
        assert "BPS (P0) 2017" in provinces
        assert 'href="/stakeholders?region=16">2<' in provinces

    def test_list_is_downloaded_as_shown(self, as_user, viewer):
        load_reference()

        answer = as_user(viewer).get("/regions?q=lahat&format=csv")

        rows = list(csv.reader(answer.text.lstrip("\ufeff").splitlines()))
        assert len(rows) == 2
        assert rows[1][:3] == ["Kabupaten Lahat", "16.04", "1604"]
        assert rows[1][-4:] == ["448141", "Kepmendagri 300.2.2", "16.46", "BPS (P0)"]

    def test_unknown_filters_are_left_out(self, as_user, viewer):
        make.region("16")
        answer = as_user(viewer).get("/regions?poverty=1900|x&level=moon&page=99&sort=oops")
        assert answer.status_code == 200
        assert "Sumatera Selatan" in answer.text

    def test_page_shows_figures_with_their_sources(self, as_user, viewer):
        load_reference()
        make.stakeholder("Bappeda Lahat", region_code="16.04")

        answer = as_user(viewer).get("/regions/16.04")

        assert "16,46\N{NO-BREAK SPACE}%" in answer.text
        assert "448.141" in answer.text
        assert "Kepmendagri" in answer.text
        # Who is there stands in a part of its own, which the network answers.
        assert 'hx-get="/regions/16.04/network"' in answer.text
        assert as_user(viewer).get("/regions/99").status_code == 404

    def test_administrators_write_figures_as_indonesians_do(self, as_user, admin):
        make.region("16.04", "Kabupaten Lahat")
        form = {"name": POVERTY, "value": "16,46", "year": "2021", "source": "BPS (P0)"}

        answer = as_user(admin).post("/regions/16.04/indicators/new", data=form)

        assert answer.status_code == 303
        (stored,) = regions.indicators("16.04")
        assert stored.value == Decimal("16.46")

        here = f"/regions/16.04/indicators/{stored.id}/edit"
        shown = as_user(admin).get(here)
        assert 'value="16.46' in shown.text
        clash = as_user(admin).post(here, data=form | {"value": "1.000,5", "version": "1"})
        assert clash.status_code == 422
        assert "1.000,5" in clash.text
        assert (
            as_user(admin).post(here, data=form | {"value": "17", "version": "0"}).status_code
            == 409
        )

    def test_history_tells_of_figures_too(self, as_user, admin, viewer):
        make.region("16.04", "Kabupaten Lahat")
        form = {"name": POVERTY, "value": "16,46", "year": "2021", "source": "BPS (P0)"}
        as_user(admin).post("/regions/16.04/indicators/new", data=form)

        answer = as_user(viewer).get("/regions/16.04/history")

        assert "Angka tentang wilayah" in answer.text
        assert "BPS (P0)" in answer.text
