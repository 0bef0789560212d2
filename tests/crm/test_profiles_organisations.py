"""The place of one organisation in the network: between whom, how far inside, whom to meet."""

import re

import pytest

from crm.network import services
from crm.network.questions import Question
from crm.profiles import organisations as profile
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from tests import make

LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"


@pytest.fixture
def lahat():
    """The planning office of Lahat between the library office and a bank."""
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)
    make.agreement(dinas, bappeda)
    make.agreement(bappeda, bank)
    return dinas, bappeda, bank


class TestPlace:
    def test_says_between_whom_it_stands_and_how_far_inside(self, as_user, viewer, lahat):
        _dinas, bappeda, bank = lahat
        campus = make.stakeholder("Kampus", sector=Sector.UNIVERSITY)
        make.agreement(bappeda, campus)
        browser = as_user(viewer)

        hub = browser.get(f"/stakeholders/{bappeda.id}/network?{ON}").text
        leaf = browser.get(f"/stakeholders/{bank.id}/network?{ON}").text

        # Office – bank, office – campus, bank – campus: three pairs that meet only here.
        assert "ia menghubungkan 3 pasangan yang tidak bekerja sama langsung" in hub
        roles = dict(re.findall(r"<dt>([^<]*sektor[^<]*|di antara[^<]*)</dt><dd>(\d+)</dd>", hub))
        assert roles == {
            "Antara sektornya dan sektor lain": "2",
            "Antara dua sektor lain yang berbeda": "1",
            "di antaranya, pasangan yang hanya dihubungkan olehnya": "1",
        }
        assert "Ia berada di inti jejaring." in hub
        assert "Ia berada di tepi jejaring." in leaf
        assert "Peran antarsektor" not in leaf

    def test_suggests_an_introduction_from_its_gravest_gap(self, as_user, viewer, lahat):
        _dinas, bappeda, _bank = lahat

        page = as_user(viewer).get(f"/stakeholders/{bappeda.id}/network?{ON}").text

        suggested = re.search(r"Perkenalan yang disarankan</h2>(.*?)</ul>", page, re.S)
        assert suggested
        assert "Bappeda Lahat" in suggested[1]

    def test_names_who_would_be_lost_with_it(self, as_user, viewer, lahat):
        _dinas, _bappeda, bank = lahat
        paper = make.stakeholder("Sriwijaya Post", sector=Sector.MEDIA)
        make.agreement(bank, paper)
        browser = as_user(viewer)

        hub = browser.get(f"/stakeholders/{bank.id}/network?{ON}").text
        leaf = browser.get(f"/stakeholders/{paper.id}/network?{ON}").text

        # A chain of four: the two offices stay together, so only the paper is cut off.
        lost = re.search(r"Yang akan hilang bersamanya</h2>(.*?)</div>", hub, re.S)
        assert lost
        assert re.findall(r">([^<]+)</a>", lost[1]) == ["Sriwijaya Post"]
        assert "1 organisasi di seluruh jejaring terputus" in lost[1]
        assert "Yang akan hilang bersamanya" not in leaf

    def test_says_that_a_gap_of_a_region_counts_another_number(self, as_user, viewer):
        make.region("16.04", "Kabupaten Lahat")
        hub = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
        for n in (1, 2, 3, 4):
            make.agreement(hub, make.stakeholder(f"Taman Baca {n}", **LAHAT))
        make.agreement(hub, make.stakeholder("Sriwijaya Post", region_code=None))

        page = as_user(viewer).get(f"/stakeholders/{hub.id}/network?{ON}").text

        # One of the five it leaves alone keeps its place; in Kabupaten Lahat one of four.
        assert "Tanpanya, 4 organisasi di seluruh jejaring terputus:" in page
        assert "tanpanya, 3 organisasi wilayah ini terputus dari yang lain di sana." in page
        assert "Kesenjangan suatu wilayah hanya menghitung organisasi wilayah itu" in page

    def test_what_an_earlier_analysis_did_not_count_is_left_out(self, lahat):
        analysis = services.answer(Question(make.MONDAY, 24)).analysis
        bank = lahat[2]
        analysis.nodes = {
            one: {name: value for name, value in measures.items() if name != "cut_off"}
            for one, measures in analysis.nodes.items()
        }

        assert profile.of(analysis, bank).lost is None
