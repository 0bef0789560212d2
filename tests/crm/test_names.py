"""Names: one spelling for the same office, and a guard between offices that only look alike."""

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm.db import db
from crm.regions.models import Level
from crm.spelling import region_rows
from crm.stakeholders import names, similar
from crm.stakeholders import services as stakeholders
from crm.stakeholders.likeness import ENOUGH, SAME, likeness, read
from crm.stakeholders.models import Sector, Stakeholder
from crm.transaction import transaction
from tests import make

REPORTED = Path(__file__).parent.parent.parent / "crm" / "examples" / "participations.csv"


def alike(one: str, other: str, region: str | None = None, other_region: str | None = None):
    there = likeness(read(one), read(other), region, other_region)
    back = likeness(read(other), read(one), other_region, region)
    assert there == back, "likeness must not depend on the order"
    return there


class TestKey:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Dispursip Kobar", "dinas perpustakaan kearsipan kotawaringin barat"),
            (
                "Dinas Perpustakaan & Arsip Kab. Kobar",
                "dinas perpustakaan kearsipan kabupaten kotawaringin barat",
            ),
            ("Kota Lubuklinggau", "kota lubuk linggau"),
            ("Kota Palangkaraya", "kota palangka raya"),
            ("Perpustakaan Nasional Republik Indonesia", "perpustakaan nasional"),
            ("Radio Republik Indonesia", "rri"),
            ("Badan Perencanaan Pembangunan Daerah Kab. Bone", "bappeda kabupaten bone"),
            ("SMAN 1", "sma negeri 1"),
            ("Café Littéraire", "cafe litteraire"),
            ("RI", "ri"),
            ("", ""),
        ],
    )  # fmt: skip
    def test_is_one_for_all_spellings(self, name, key):
        assert names.key(name) == key

    @settings(deadline=None, max_examples=60)
    @given(st.text(max_size=60))
    def test_is_its_own_key(self, text):
        assert names.key(names.key(text)) == names.key(text)

    def test_search_text_gives_the_names_back(self):
        written = ["Bank Sumsel Babel", "BSB", "Dispusip"]
        text = names.search_text(written)
        assert names.written(text) == [one.casefold() for one in written]


SAME_OFFICE = [
    ("Dispursip Kobar", "Dinas Perpustakaan dan Kearsipan Kabupaten Kotawaringin Barat"),
    ("Dinas Kearsipan dan Perpustakaan Kota Medan", "Dinas Perpustakaan dan Kearsipan Kota Medan"),
    ("Dinas Perpustakaan Kota Makassar", "Dinas Perpustakaan dan Kearsipan Kota Makassar"),
    ("Dinas PMD Prov Sumsel", "Dinas Pemberdayaan Masyarakat dan Desa Provinsi Sumatera Selatan"),
    ("SMAN 1 Palangkaraya", "SMA Negeri 01 Palangka Raya"),
    ("Dinas Kominfo Provinsi Riau", "Dinas Komunikasi Informatika dan Statistik Provinsi Riau"),
    ("Dinas Koperasi dan UKM Prov. Babel", "Dinas Koperasi dan UMKM Provinsi Bangka Belitung"),
    ("Perpusnas", "Perpustakaan Nasional RI"),
    ("CCFI", "Coca-Cola Foundation Indonesia"),
    ("Komunitas CKPC Foto Grafer Kobar", "Komunitas CKPC Fotografer Kotawaringin Barat"),
    ("PT Pertamina (Persero)", "Pertamina"),
    ("Dinas Perpustakan Kota Makassar", "Dinas Perpustakaan Kota Makassar"),
    ("Bappeda Prov. Sumsel", "Badan Perencanaan Pembangunan Daerah Provinsi Sumatera Selatan"),
    ("Pemkot Lubuklinggau", "Pemerintah Kota Lubuk Linggau"),
]

DIFFERENT_OFFICES = [
    ("Dinas Kesehatan Kabupaten Malang", "Dinas Kesehatan Kabupaten Magelang"),
    ("Dinas Kesehatan Kabupaten Malang", "Dinas Kesehatan Kota Malang"),
    ("Dinas Kesehatan Kabupaten Lahat", "Dinas Pendidikan Kabupaten Lahat"),
    ("Dinas Perpustakaan Provinsi Sumatera Selatan", "Dinas Perpustakaan Kota Palembang"),
    ("SMA Negeri 1 Palangka Raya", "SMA Negeri 2 Palangka Raya"),
    ("Lapas Kelas IIA Palangka Raya", "Lapas Kelas IIB Palangka Raya"),
    ("Universitas Islam Riau", "Universitas Muhammadiyah Riau"),
    ("Universitas Islam Riau", "Universitas Islam Indragiri"),
    ("Dinas Perpustakaan Kab. Bone", "Dinas Perpustakaan Kab. Bone Bolango"),
    ("Dinas Perpustakaan Kab. Musi Rawas", "Dinas Perpustakaan Kab. Musi Rawas Utara"),
    ("Perpustakaan Desa Sukamaju (Lahat)", "Perpustakaan Desa Sukamulya (Lahat)"),
    ("Perpustakaan Desa Wonosari (Bengkalis)", "Perpustakaan Desa Wonosari (Bone)"),
    ("Pemerintah Kabupaten Bone", "Pemerintah Desa Watu (Bone)"),
]

PERHAPS = [
    ("Dinas Perpustakaan Malang", "Dinas Perpustakaan Kabupaten Malang"),
    ("Kantor Perpustakaan dan Arsip Kobar", "Dinas Perpustakaan dan Kearsipan Kabupaten Kobar"),
    ("Angkasa Pura", "PT Angkasa Pura II"),
    ("Cola-Cola Foundation Indonesia", "Coca-Cola Foundation Indonesia"),
    ("Bill Gate Foundation", "Bill & Melinda Gates Foundation"),
    ("Dinas Perpustakaan Kota Palembng", "Dinas Perpustakaan Kota Palembang"),
    ("Pemerintah Kabupaten Kotawaringan Barat", "Pemerintah Kabupaten Kotawaringin Barat"),
]


class TestLikeness:
    @pytest.mark.parametrize(("one", "other"), SAME_OFFICE)
    def test_of_the_same_office(self, one, other):
        assert alike(one, other) >= SAME

    @pytest.mark.parametrize(("one", "other"), DIFFERENT_OFFICES)
    def test_of_different_offices(self, one, other):
        assert alike(one, other) < ENOUGH

    @pytest.mark.parametrize(("one", "other"), PERHAPS)
    def test_of_those_that_a_person_must_judge(self, one, other):
        assert ENOUGH <= alike(one, other) < SAME

    def test_the_region_stands_for_a_place_that_is_not_named(self):
        office = "Dinas Perpustakaan dan Kearsipan"
        assert alike(office, f"{office} Kabupaten Lahat", "16.04") >= SAME
        assert alike(office, f"{office} Kabupaten Lahat", "16.05") == 0
        assert ENOUGH <= alike(office, f"{office} Kabupaten Lahat") < SAME
        assert alike(office, office, "16.04", "16.05") == 0
        assert ENOUGH <= alike("Komunitas Kita", "Komunitas Kita", "16.04", "16.05") < SAME

    def test_no_district_is_taken_for_another(self):
        """All pairs of districts whose names are alike by their letters."""
        districts = [row["name"] for row in region_rows() if row["level"] == "district"]
        offices = [read(f"Dinas Kesehatan {name}") for name in districts]
        for (one, first), (other, second) in combinations(zip(districts, offices, strict=True), 2):
            assert likeness(first, second, None, None) < ENOUGH, (one, other)

    def test_reported_names_are_told_apart(self):
        """Real names: of all their pairs only two are left for a person to judge."""
        with REPORTED.open(encoding="utf-8", newline="") as file:
            reported = sorted({row["organisation"] for row in csv.DictReader(file)})
        assert len(reported) > 150
        near = {
            (one, other) for one, other in combinations(reported, 2) if alike(one, other) >= ENOUGH
        }
        assert near == {
            ("Angkasa Pura", "PT Angkasa Pura II"),
            (
                "Dinas Pemberdayaan Masyarakat dan Desa Provinsi Bangka Belitung",
                "Dinas Sosial dan PMD Provinsi Bangka Belitung",
            ),
        }

    @settings(deadline=None, max_examples=60)
    @given(st.permutations(["kesehatan", "pemuda", "olahraga", "perpustakaan"]))
    def test_the_order_of_words_makes_no_difference(self, order):
        name = f"Dinas {' dan '.join(order)} Kota Medan"
        assert alike(name, "Dinas Kesehatan Pemuda Olahraga Perpustakaan Kota Medan") >= SAME

    @settings(deadline=None, max_examples=60)
    @given(st.integers(1, 99), st.integers(1, 99))
    def test_numbers_decide(self, one, other):
        score = alike(f"SMA Negeri {one} Lahat", f"SMAN {other} Lahat")
        assert score >= SAME if one == other else score == 0

    @settings(deadline=None, max_examples=60)
    @given(st.text(max_size=40), st.text(max_size=40))
    def test_is_a_likeness_for_any_text(self, one, other):
        assert 0 <= alike(one, other) <= 100


def _lahat(**values):
    make.region("16", "Sumatera Selatan")
    make.region("16.04", "Kabupaten Lahat")
    values = {"region_code": "16.04"} | values
    return make.stakeholder("Dinas Perpustakaan dan Kearsipan Kabupaten Lahat", **values)


@pytest.fixture(params=["database", "memory"])
def best(request):
    """Both ways to ask: they must answer alike."""
    if request.param == "database":
        return similar.best

    def ask(*arguments, **options):
        stored = db.session.query(Stakeholder).all()
        return similar.Matcher(stored).best(*arguments, **options)

    return ask


class TestBest:
    def test_finds_the_same_office(self, best):
        lahat = _lahat()
        make.stakeholder("Dinas Perpustakaan dan Kearsipan Provinsi Sumatera Selatan")

        for name in ("Dispursip Kab. Lahat", "Dinas Perpustakaan Kabupaten Lahat"):
            verdict, matches = best(name)
            assert verdict == "same"
            assert [match.stakeholder for match in matches] == [lahat]

    def test_finds_it_by_its_region_alone(self, best):
        lahat = _lahat()

        assert best("Dispusip", "16.04").verdict == "same"
        assert best("Dispusip", region_code="16.04").matches[0].stakeholder == lahat
        assert best("Dispusip", "16.05").verdict == "new"

    def test_finds_it_by_an_alias(self, best):
        bank = stakeholders.add(
            None,
            name="Bank Pembangunan Daerah",
            sector=Sector.BUSINESS,
            level=Level.PROVINCE,
            region_code=make.region("16").code,
            aliases=["Bank Sumsel Babel", "BSB"],
        )

        verdict, matches = best("Bank Sumatera Selatan Bangka Belitung", "16")

        assert (verdict, matches[0].stakeholder) == ("same", bank)

    def test_leaves_two_equals_to_a_person(self, best):
        first = make.stakeholder("Komunitas Baca Kita")
        second = make.stakeholder("Komunitas Baca Kita")

        verdict, matches = best("Komunitas Baca Kita", "16")

        assert verdict == "doubtful"
        assert {match.stakeholder.id for match in matches} == {first.id, second.id}

    def test_another_sector_is_a_reason_for_doubt(self, best):
        _lahat()

        assert best("Dinas Perpustakaan Kabupaten Lahat", "16.04", Sector.OPD).verdict == "same"
        answer = best("Dinas Perpustakaan Kabupaten Lahat", "16.04", Sector.MEDIA)
        assert answer.verdict == "doubtful"

    @pytest.mark.parametrize("name", ["", "—", "Kota Palembang", "Dinas", "PT", "1"])
    def test_answers_whatever_is_typed(self, best, name):
        _lahat()
        assert best(name).verdict == "new"


class TestWhileTyping:
    def test_a_merged_organisation_is_not_offered(self):
        kept, merged = _lahat(), _lahat()
        with transaction(by=None):
            db.session.get_one(Stakeholder, merged.id).merged_into_id = kept.id

        assert [one.stakeholder for one in similar.to("Dispusip Kab. Lahat")] == [kept]

    def test_reads_no_rows_of_the_table_to_find_candidates(self):
        """At 100,000 organisations the index of the keys is 4 MB and the table 100 MB."""
        if db.engine.dialect.name != "sqlite":
            return  # PostgreSQL says nothing of the kind before it has statistics
        query = "SELECT name_key, id FROM stakeholder WHERE name_key LIKE '%lahat%'"
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {query}")).one()[-1]
        assert "COVERING INDEX" in plan
