"""What the network says on the page of a region."""

import re
from datetime import date

import pytest

from crm.network import services
from crm.network.questions import Question
from crm.profiles import regions as region_profile
from crm.programmes import services as programmes
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"


def profile(code):
    analysis = services.answer(NOW).analysis
    assert analysis is not None
    return region_profile.of(analysis, code)


def section(browser, code, more=ON):
    answer = browser.get(f"/regions/{code}/network?{more}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def lahat():
    """A star: the planning office between the library, a campus and a bank; a radio alone."""
    make.region("16.04", "Kabupaten Lahat")
    make.region("16.71", "Kota Palembang")
    make.poverty("16.04", "16.46")
    make.poverty("16.71", "10.89")
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    others = [
        make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT),
        make.stakeholder("Kampus", sector=Sector.UNIVERSITY, **LAHAT),
        make.stakeholder("Bank", sector=Sector.BUSINESS, **LAHAT),
    ]
    for one in others:
        make.agreement(bappeda, one)
    make.stakeholder("Radio", sector=Sector.MEDIA, **LAHAT)
    return bappeda


class TestProfile:
    def test_shows_from_what_each_part_of_the_index_follows(self, lahat):
        found = profile("16.04")

        assert found.index["engaged"] == 4
        said = {part: [str(one) for one in why] for part, why in found.whys.items()}
        assert "(3 dari 6)" in said["coverage"][0]
        assert "media massa" in said["coverage"][1]
        assert said["linkage"][0].startswith("2 dari 15 pasangan sektor")
        assert "perguruan tinggi – dunia usaha" in said["linkage"][1]
        # Four of a star: six pairs, all connected; without its middle nobody is.
        assert said["cohesion"][0].startswith("4 organisasi yang aktif membentuk 6 pasangan; 6 di")
        assert "0 % dari pasangan yang tersisa" in said["resilience"][0]

    def test_ranks_poverty_among_siblings_of_one_source(self, lahat):
        assert profile("16.04").rank == (1, 2)
        assert profile("16.71").rank == (2, 2)
        assert profile("16").rank is None

    def test_names_the_brokers_and_what_hangs_on_them(self, lahat):
        (broker,) = profile("16.04").brokers

        assert (broker.id, broker.name, broker.degree) == (lahat.id, "Bappeda Lahat", 3)
        assert re.fullmatch(
            r"Tanpanya, \d+ organisasi terputus dari yang lain di wilayahnya\.",
            str(broker.sentence),
        )

    def test_of_a_region_where_nobody_is_at_work_has_no_index(self, lahat):
        found = profile("16.71")

        assert found.index["value"] is None
        assert found.whys == {}
        assert found.brokers == []

    def test_counts_known_and_at_work_apart(self, lahat):
        analysis = services.answer(NOW).analysis

        counts = {one.code: one for one in region_profile.sectors("16.04", analysis)}

        assert (counts["opd"].known, counts["opd"].at_work) == (2, 2)
        assert (counts["media"].known, counts["media"].at_work) == (1, 0)
        assert region_profile.sectors("16.04", None)[0].at_work is None


class TestProgrammes:
    def test_are_those_of_the_region_within_it_and_around_it(self, lahat):
        ends = date(2027, 7, 31)
        make.programme("Desa", regions=[make.region("16.04")])
        make.programme("Provinsi", regions=[make.region("16")], ends=ends)
        make.programme("Tetangga", regions=[make.region("16.71")])

        assert [one.name for one in programmes.of_region("16.04")] == ["Provinsi", "Desa"]
        assert len(programmes.of_region("16")) == 3


class TestSection:
    def test_stands_on_the_page_of_the_region_with_its_day(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions/16.04?{ON}").text

        assert 'hx-get="/regions/16.04/network?on=2026-11-23&amp;window=24"' in page

    def test_shows_index_gaps_sectors_brokers_and_poverty(self, as_user, viewer, lahat):
        page = section(as_user(viewer), "16.04")

        assert page.count("<details><summary>Mengapa?") == 4
        assert "16,46" in page
        assert "Peringkat 1 dari 2" in page
        assert f'href="/stakeholders/{lahat.id}">Bappeda Lahat</a>' in page
        assert 'href="/gaps?region=16.04&amp;on=2026-11-23&amp;window=24"' in page
        assert 'href="/network?region=16.04&amp;on=2026-11-23&amp;window=24"' in page
        # A new day is asked of the page of the region, not of its part.
        assert 'action="/regions/16.04"' in page

    def test_without_script_is_a_page_of_its_own(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions/16.04/network?{ON}").text

        assert "<h1>Jejaring Kabupaten Lahat</h1>" in page
        assert 'action="/regions/16.04/network"' in page

    def test_shows_the_rest_while_the_analysis_is_computed(
        self, as_user, viewer, lahat, monkeypatch
    ):
        monkeypatch.setattr(services, "later", lambda *a, **k: None)
        make.programme(regions=[make.region("16")], ends=date(2018, 7, 31))

        page = section(as_user(viewer), "16.04")

        assert "Jejaring sedang dianalisis" in page
        assert 'id="analysis-state"' in page
        assert "PerpuSeru" in page
        assert 'aria-label="OPD/Pemerintah: 2"' in page

    def test_says_when_there_is_nothing_to_measure(self, as_user, viewer, lahat):
        make.region("62", "Kalimantan Tengah")
        browser = as_user(viewer)

        assert "tidak sama dengan nol" in section(browser, "16.71")
        assert "Indeks dihitung untuk provinsi" in section(browser, "62")

    def test_of_an_unknown_region_is_not_found(self, as_user, viewer):
        assert as_user(viewer).get("/regions/99/network").status_code == 404
