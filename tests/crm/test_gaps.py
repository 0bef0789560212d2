"""Findings in words and on pages, on a few records made by hand."""

import csv
from datetime import date
from io import StringIO

import pytest
from flask_babel import force_locale

from crm.actions import services as actions
from crm.agreements import services as agreements
from crm.gaps.sentences import Teller
from crm.network import services
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
PALEMBANG = {"region_code": "16.71", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"


def found(code, question=NOW, **equals):
    """The findings of a code, those whose columns have these values."""
    stored = services.findings(services.answer(question).analysis)
    return [
        one
        for one in stored
        if one.code == code and all(getattr(one, name) == value for name, value in equals.items())
    ]


def told(finding, language):
    with force_locale(language):
        said = Teller([finding]).tell(finding)
        return said.sentence, said.step


def numbers(finding):
    with force_locale("en"):
        said = Teller([finding]).tell(finding)
        return {str(name): value for name, value in said.numbers}


@pytest.fixture
def lahat():
    """The example of the contract: two offices of Lahat, and a bank that one of them knows."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    make.poverty("16.04", "16.46")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)
    make.agreement(dinas, bappeda, title="Kerja sama Lahat")
    make.agreement(bappeda, bank, title="MoU bank")
    return dinas, bappeda, bank


class TestUncoveredSector:
    def test_names_the_nearest_and_who_knows_it(self, lahat):
        _dinas, bappeda, bank = lahat

        (finding,) = found("uncovered-sector", region_code="16.04", sectors=["business"])

        assert told(finding, "id") == (
            "Tidak ada dunia usaha yang bermitra di Kabupaten Lahat, Sumatera Selatan "
            "(kemiskinan 16,46\u00a0%, BPS 2021).",
            "Belum ada dunia usaha yang dikenal di sana. Terdekat: Bank Sumsel Babel; dikenal oleh "
            "Bappeda Lahat. Minta Bappeda Lahat memperkenalkan, lalu tanyakan siapa dari "
            "jaringannya yang bekerja di sana.",
        )
        assert told(finding, "en") == (
            "No business works as a partner in Kabupaten Lahat, Sumatera Selatan "
            "(poverty 16.46\u00a0%, BPS 2021).",
            "No business is known there yet. Nearest: Bank Sumsel Babel, known to Bappeda Lahat. "
            "Ask Bappeda Lahat to introduce you, then ask who of its network works there.",
        )
        # Of six wanted sectors only the government is there.
        assert finding.impact == pytest.approx(1 / 5)
        assert finding.severity == pytest.approx(100 * finding.impact * finding.need)
        assert numbers(finding)["Wanted sectors missing"] == "5 / 6"
        assert numbers(finding)["Steps to the nearest one"] == "1"
        assert (finding.step["who"], finding.step["through"]) == (bank.id, bappeda.id)

    def test_says_so_where_nobody_of_the_sector_is_known(self, lahat):
        (finding,) = found("uncovered-sector", region_code="16.04", sectors=["media"])

        assert told(finding, "id")[1] == (
            "Belum ada media massa yang dikenal: temukan yang pertama, lalu catat."
        )
        assert told(finding, "en")[1] == (
            "No media company is known anywhere yet: find a first one and record it."
        )


class TestUnlinkedSectors:
    def test_names_a_pair_and_who_knows_both(self):
        make.region("16")
        make.region("16.71", "Kota Palembang")
        dinas = make.stakeholder("Dinas Perpustakaan", **PALEMBANG)
        kampus = make.stakeholder("Universitas Sriwijaya", sector=Sector.UNIVERSITY, **PALEMBANG)
        radio = make.stakeholder("RRI Palembang", sector=Sector.MEDIA, **PALEMBANG)
        make.agreement(dinas, kampus)
        make.agreement(dinas, radio)

        (finding,) = found("unlinked-sectors", region_code="16.71")

        assert finding.sectors == ["university", "media"]
        assert told(finding, "id") == (
            "Di Kota Palembang, Sumatera Selatan, perguruan tinggi dan media massa "
            "belum bekerja sama.",
            "Minta Dinas Perpustakaan mempertemukan Universitas Sriwijaya dan RRI Palembang.",
        )
        assert told(finding, "en") == (
            "In Kota Palembang, Sumatera Selatan no university works together with any "
            "media company.",
            "Ask Dinas Perpustakaan to bring Universitas Sriwijaya and RRI Palembang together.",
        )
        assert numbers(finding) == {
            "Pairs of sectors without a tie": "1",
            "At work: university": "1",
            "At work: media": "1",
            "Steps between the nearest two": "2",
        }


class TestIsolatedStakeholder:
    def test_known_but_never_met(self):
        make.stakeholder("Tribun Sumsel", sector=Sector.MEDIA)

        (finding,) = found("isolated-stakeholder")

        assert told(finding, "id") == (
            "Tribun Sumsel sudah dikenal, tetapi belum terhubung dengan siapa pun.",
            "Rencanakan kunjungan ke Tribun Sumsel.",
        )
        assert told(finding, "en") == (
            "Tribun Sumsel is known, but has no tie to anybody.",
            "Plan a visit to Tribun Sumsel.",
        )

    def test_met_long_ago(self):
        radio = make.stakeholder("RRI Palembang", sector=Sector.MEDIA)
        dinas, bappeda = make.stakeholder("Dinas Perpustakaan"), make.stakeholder("Bappeda")
        make.agreement(dinas, bappeda)
        # Four years and four days ago: a sixteenth is left of the 1 that two who meet share.
        make.event(radio, dinas, starts_on=date(2022, 11, 20))

        (finding,) = found("isolated-stakeholder", Question(MONDAY, 60))

        assert told(finding, "id") == (
            "RRI Palembang tidak lagi memiliki hubungan aktif; terakhir bertemu "
            "Dinas Perpustakaan pada 20 November 2022.",
            "Minta Dinas Perpustakaan mengunjungi RRI Palembang.",
        )
        assert told(finding, "en") == (
            "RRI Palembang has no working tie any more; it last met Dinas Perpustakaan "
            "on 20 November 2022.",
            "Ask Dinas Perpustakaan to visit RRI Palembang.",
        )
        assert numbers(finding)["Strength of the old tie"] == "0.062"


class TestSplitRegion:
    def test_brings_two_of_different_parts_together(self):
        make.region("16")
        make.region("16.71", "Kota Palembang")
        offices = [make.stakeholder(f"Dinas {name}", **PALEMBANG) for name in "ABCDE"]
        make.agreement(*offices[:3])
        make.agreement(*offices[3:])

        (finding,) = found("split-region", region_code="16.71")

        assert told(finding, "id") == (
            "Mitra di Kota Palembang, Sumatera Selatan terpisah menjadi 2 bagian yang tidak "
            "saling terhubung.",
            "Pertemukan Dinas A dan Dinas D.",
        )
        assert told(finding, "en") == (
            "The partners in Kota Palembang, Sumatera Selatan fall into 2 parts without any "
            "connection.",
            "Bring Dinas A and Dinas D together.",
        )
        # Ten pairs; three are connected in the part of three, one in the part of two.
        assert finding.impact == pytest.approx(1 - 4 / 10)
        assert numbers(finding)["Organisations in the largest part"] == "3"


class TestSingleBroker:
    def test_says_how_many_would_be_cut_off(self):
        hub = make.stakeholder("Perpusnas", region_code=None, level=Level.NATIONAL)
        leaves = [make.stakeholder(f"Dinas {n}", region_code=None) for n in (1, 2, 3, 4)]
        for leaf in leaves:
            make.agreement(hub, leaf)

        (finding,) = found("single-broker", region_code=None)

        assert told(finding, "id") == (
            "Mitra di seluruh jejaring bergantung pada Perpusnas: tanpanya, 3 organisasi terputus.",
            "Minta Perpusnas mempertemukan Dinas 1 dan Dinas 2.",
        )
        assert told(finding, "en") == (
            "The partners in the whole network hang on Perpusnas: without it 3 organisations "
            "are cut off.",
            "Ask Perpusnas to bring Dinas 1 and Dinas 2 together.",
        )
        # All ten pairs are connected with it; of the six pairs without it none is.
        assert numbers(finding)["Fragmentation now"] == "0.000"
        assert numbers(finding)["Fragmentation without it"] == "1.000"


class TestList:
    def rows(self, browser, query=""):
        page = browser.get(f"/gaps?{ON}&format=csv{query}").data.decode("utf-8-sig")
        return list(csv.DictReader(StringIO(page)))

    def test_is_sorted_by_severity(self, as_user, viewer, lahat):
        severities = [float(row["Bobot"]) for row in self.rows(as_user(viewer))]

        assert severities == sorted(severities, reverse=True)
        assert severities

    def test_filters_by_region_and_below_sector_and_kind(self, as_user, viewer, lahat):
        make.region("62", "Kalimantan Tengah")
        make.agreement(*(make.stakeholder(region_code="62") for _ in range(2)))
        browser = as_user(viewer)

        def codes(query):
            return {row["Kode wilayah"] for row in self.rows(browser, query)}

        assert codes("") >= {"16", "16.04", "62"}
        assert codes("&region=16") == {"16", "16.04"}
        assert codes("&region=16.04") == {"16.04"}
        media = self.rows(browser, "&region=16.04&sector=media")
        assert [row["Kunci"] for row in media] == ["uncovered-sector:16.04:media:"]
        split = self.rows(browser, "&code=split-region")
        assert {row["Jenis kesenjangan"] for row in split} <= {"Wilayah yang terpecah"}
        assert codes("&q=kabupaten") == {"16.04"}

    def test_download_says_what_the_page_says(self, as_user, viewer, lahat):
        browser = as_user(viewer)
        (row,) = self.rows(browser, "&region=16.04&sector=business")
        page = browser.get(f"/gaps?{ON}&region=16.04&sector=business").text

        assert row["Yang belum ada"].startswith("Tidak ada dunia usaha yang bermitra di Kabupaten")
        assert row["Yang belum ada"] in page
        assert row["Langkah berikutnya"] in page

    def test_names_cannot_become_formulas_or_markup(self, as_user, viewer):
        make.stakeholder("=cmd|' /C calc'!A0")
        make.stakeholder("<img src=x onerror=alert(1)>")
        browser = as_user(viewer)

        assert all(not cell.startswith("=") for row in self.rows(browser) for cell in row.values())
        for page in ("/", "/gaps"):
            text = browser.get(f"{page}?{ON}").text
            assert "<img src=x" not in text
            assert "&lt;img src=x onerror=alert(1)&gt;" in text


class TestPage:
    def test_opens_to_its_evidence(self, as_user, viewer, lahat):
        _dinas, _bappeda, bank = lahat
        url = f"/gaps/uncovered-sector:16.04:business:?{ON}"

        page = as_user(viewer).get(url).text

        assert "Tidak ada dunia usaha yang bermitra di Kabupaten Lahat" in page
        signed = agreements.of_stakeholder(bank.id)[0]
        assert f'<a href="/agreements/{signed.id}">MoU bank</a>' in page
        assert "Kerja sama Lahat" not in page, "who introduces is proof, the others are not"
        assert "16,46" in page
        assert "BPS" in page

    def test_says_when_a_gap_is_closed(self, as_user, viewer, lahat):
        dinas, _bappeda, _bank = lahat
        # Of a day that has passed: what closes today is kept, see test_gaps_closed.py.
        url = "/gaps/uncovered-sector:16.04:media:?on=2026-06-01&window=24"
        browser = as_user(viewer)
        assert browser.get(url).status_code == 200

        radio = make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT)
        make.agreement(radio, dinas)

        closed = browser.get(url)
        assert closed.status_code == 404
        assert "Kesenjangan ini tidak ada" in closed.text

    def test_a_kind_of_gap_has_a_page_too(self, as_user, viewer):
        page = as_user(viewer).get("/gaps/single-broker").text

        assert "Bila satu organisasi ini keluar" in page

    def test_becomes_a_follow_up_and_shows_it(self, as_user, editor, viewer, lahat):
        key = "uncovered-sector:16.04:business:"
        browser = as_user(editor)
        page = browser.get(f"/gaps/{key}?{ON}").text
        link = page.split('href="/actions/new?')[1].split('"')[0].replace("&amp;", "&")
        form = browser.get(f"/actions/new?{link}").text
        assert 'value="Cari dunia usaha pertama melalui Bank Sumsel Babel"' in form
        assert "Tidak ada dunia usaha yang bermitra" in form, "the gap is told in the details"

        stored = browser.post(
            "/actions/new",
            data={
                "title": "Minta Bappeda memperkenalkan bank",
                "finding_key": key,
                "region_code": "16.04",
                "due_on": "30/11/2026",
            },
        )

        assert stored.status_code == 303
        action = actions.by_finding([key])[key][0]
        assert f'href="/gaps/{key}"' in browser.get(f"/actions/{action.id}").text
        shown = as_user(viewer).get(f"/gaps/{key}?{ON}").text
        assert "Minta Bappeda memperkenalkan bank" in shown
        assert "30 Nov 2026" in shown
        other = as_user(viewer).get(f"/gaps/uncovered-sector:16.04:media:?{ON}").text
        assert "Belum ada yang menindaklanjuti." in other

    def test_viewers_are_not_offered_what_they_may_not(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/gaps/uncovered-sector:16.04:business:?{ON}").text

        assert "/actions/new" not in page


class TestGrid:
    def cells(self, page, name):
        row = page.split(f">{name}</a>")[1].split("</tr>")[0]
        return [cell.split("</td>")[0] for cell in row.split("<td")[1:]]

    def test_counts_who_is_at_work_beside_poverty(self, as_user, viewer, lahat):
        make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT)  # known, not at work

        page = as_user(viewer).get(f"/gaps/grid?region=16&{ON}").text

        opd, *others, index, poverty = self.cells(page, "Kabupaten Lahat")
        assert ">2</a>" in opd
        assert len(others) == 5
        assert all("belum ada" in cell for cell in others)
        assert "16,46\u00a0%" in poverty
        # One of six sectors, no pair of sectors, one connected pair, nobody left after an exit.
        assert index.endswith(f">{round(100 * (1 / 6 + 0 + 1 + 0) / 4)}")
        bank = self.cells(page, "Sumatera Selatan")
        assert ">1</a>" in bank[4], "the bank of the province is at work in the province"

    def test_without_a_province_shows_provinces(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/gaps/grid?{ON}").text

        assert "Sumatera Selatan" in page
        assert "Kabupaten Lahat" not in page

    def test_says_so_where_nobody_is_at_work(self, as_user, viewer):
        make.stakeholder(region_code=None)

        assert "Belum ada wilayah" in as_user(viewer).get(f"/gaps/grid?{ON}").text


class TestProfile:
    def test_says_what_an_organisation_is_in_the_network(self, as_user, viewer, lahat):
        dinas, bappeda, _bank = lahat
        browser = as_user(viewer)

        hub = browser.get(f"/stakeholders/{bappeda.id}/network?{ON}").text
        leaf = browser.get(f"/stakeholders/{dinas.id}/network?{ON}").text

        assert "Bekerja sama dengan 2 mitra, dan menghubungkan" in hub
        assert "Bekerja sama dengan 1 mitra; jejaring tetap utuh tanpanya." in leaf

    def test_says_so_of_one_that_is_not_in_it(self, as_user, viewer):
        gone = make.stakeholder(archived_at=make.NOW)

        page = as_user(viewer).get(f"/stakeholders/{gone.id}/network?{ON}").text

        assert "tidak termasuk jejaring" in page
