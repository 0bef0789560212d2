"""Searching everything: what is found, in which order, and where it leads."""

from datetime import date

import pytest

from crm.actions import plans
from crm.actions import services as actions
from crm.regulations import services as regulations
from crm.regulations.models import RegulationStage
from crm.search import services
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY


def found(q):
    return {group.kind: group for group in services.everywhere(q, today=MONDAY)}


@pytest.fixture
def lahat(editor):
    """One record of each kind that speaks of Lahat."""
    make.region("16.04", "Kabupaten Lahat")
    office = make.stakeholder("Dinas Perpustakaan Lahat", region_code="16.04")
    make.position(make.contact("Siti Aminah"), office, title="Kepala")
    make.event(title="Rakor Lahat", region_code="16.04")
    make.agreement(title="MoU Lahat")
    make.programme("TPBIS Lahat")
    actions.add(editor, title="Surati Lahat")
    plans.add(editor, title="POA Lahat")
    regulations.add(editor, title="Perbup Lahat", kind="perbup", stage=RegulationStage.DRAFTED)
    make.stakeholder("Dinas Perpustakaan Banyuasin", region_code="16.07")
    return office


class TestEverywhere:
    def test_looks_in_every_kind_of_record(self, lahat):
        groups = found("lahat")

        assert {kind: group.total for kind, group in groups.items()} == dict.fromkeys(
            (
                "stakeholders",
                "contacts",
                "events",
                "agreements",
                "programmes",
                "actions",
                "plans",
                "regulations",
                "regions",
            ),
            1,
        )

    def test_every_word_must_be_there(self, lahat):
        assert [row.name for row in found("perpustakaan lahat")["stakeholders"].rows] == [
            "Dinas Perpustakaan Lahat"
        ]
        assert found("perpustakaan surabaya") == {}

    def test_nothing_is_asked_for_nothing(self, lahat):
        assert found("") == found("   ") == {}

    def test_wildcards_are_plain_characters(self, lahat):
        assert found("%") == {}
        assert found("_") == {}

    def test_the_name_that_is_nearest_to_the_words_comes_first(self):
        make.stakeholder("Bank Sumsel Babel Cabang Pembantu Lahat", sector=Sector.BUSINESS)
        make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)

        assert [row.name for row in found("bank sumsel")["stakeholders"].rows] == [
            "Bank Sumsel Babel",
            "Bank Sumsel Babel Cabang Pembantu Lahat",
        ]

    def test_the_latest_events_come_first_and_six_are_shown(self):
        for year in range(2015, 2023):
            make.event(title="Rakor", starts_on=date(year, 1, 5))
        make.event(title="Rakor", starts_on=None)

        events = found("rakor")["events"]

        assert [row.starts_on.year for row in events.rows] == [2022, 2021, 2020, 2019, 2018, 2017]
        assert events.total == 9

    def test_a_region_is_found_by_its_code(self, lahat):
        assert [row.name for row in found("16.04")["regions"].rows] == ["Kabupaten Lahat"]


class TestPage:
    def test_leads_to_each_record(self, as_user, viewer, lahat):
        page = as_user(viewer).get("/search?q=lahat").text

        assert f'href="/stakeholders/{lahat.id}">Dinas Perpustakaan Lahat</a>' in page
        assert "Kepala, Dinas Perpustakaan Lahat" in page, "whose post it is stands beside a name"
        for address in ("/contacts/", "/events/", "/agreements/", "/programmes/", "/plans/"):
            assert f'href="{address}' in page, address
        assert 'href="/regions/16.04"' in page

    def test_leads_to_all_of_a_kind(self, as_user, viewer):
        for number in range(8):
            make.stakeholder(f"Taman Baca {number}")

        page = as_user(viewer).get("/search?q=taman+baca").text

        assert 'href="/stakeholders?q=taman+baca">Semua 8</a>' in page

    def test_says_what_to_do_where_nothing_is_found(self, as_user, viewer):
        browser = as_user(viewer)

        assert "Tidak ditemukan" in browser.get("/search?q=zzz").text
        assert "Apa yang Anda cari?" in browser.get("/search").text

    def test_shows_no_personal_data(self, as_user, viewer):
        make.contact("Siti Aminah", phone="0812 3456 7890", email="siti@example.org")

        page = as_user(viewer).get("/search?q=siti").text

        assert "Siti Aminah" in page
        assert "3456" not in page
        assert "siti@" not in page

    def test_what_was_searched_for_is_text(self, as_user, viewer):
        page = as_user(viewer).get("/search?q=<script>alert(1)</script>").text

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
