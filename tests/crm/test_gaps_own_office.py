"""Nobody is told to be introduced to the library office from which the team works."""

import pytest

from crm.stakeholders.models import Sector
from crm.stakeholders.offices import library_offices
from tests import make
from tests.crm.test_gaps import found, told


@pytest.fixture
def office():
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    office = make.stakeholder("Dinas Perpustakaan Provinsi Sumatera Selatan")
    make.agreement(office, make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS))
    return office


def test_a_first_partner_is_won_from_there(office):
    (finding,) = found("uncovered-sector", region_code="16.04", sectors=["opd"])

    assert finding.step["who"] == office.id
    assert told(finding, "id")[1] == (
        f"Dari {office.name}, kunjungi Kabupaten Lahat, Sumatera Selatan untuk menggandeng "
        "OPD/pemerintah pertama di sana."
    )
    assert told(finding, "en")[1] == (
        f"Visit Kabupaten Lahat, Sumatera Selatan from {office.name}, to win a first "
        "government office there."
    )


def test_it_approaches_whom_it_knows(office):
    (finding,) = found("uncovered-sector", region_code="16.04", sectors=["business"])

    assert finding.step["through"] == office.id
    assert told(finding, "en")[1] == (
        f"No business is known there yet. Nearest: Bank Sumsel Babel; {office.name} knows it and "
        "can ask who of its network works there."
    )


def test_it_approaches_whom_it_knows_in_the_region(office):
    shop = make.stakeholder("Toko Lahat", sector=Sector.BUSINESS, region_code="16.04")
    # They met among a hundred: the shop is engaged when it comes again, and has no working tie.
    make.event(office, shop, starts_on=make.MONDAY.replace(year=2020))

    (finding,) = found("uncovered-sector", region_code="16.04", sectors=["business"])

    assert (finding.step["kind"], finding.step["who"]) == ("approach", shop.id)
    assert told(finding, "en")[1] == "Nearest: Toko Lahat. Approach it directly."


def test_the_office_of_another_province_introduces(office):
    make.region("17", "Bengkulu")
    make.stakeholder("Bappeda Bengkulu", region_code="17")

    (finding,) = found("uncovered-sector", region_code="17", sectors=["business"])

    assert told(finding, "en")[1].endswith(
        f"Ask {office.name} to introduce you, then ask who of its network works there."
    )


def test_it_is_not_to_invite_itself():
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    # Next steps name all three, and none was ever invited; the office lies in its own region.
    office = make.stakeholder("Dinas Perpustakaan Provinsi Sumatera Selatan")
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)
    radio = make.stakeholder("Radio Jakarta", sector=Sector.MEDIA, region_code=None)
    named = {one.step["who"] for one in found("never-invited")}
    steps = {one.step["who"] for one in found("uncovered-sector", region_code="16")}

    assert {office.id, bank.id, radio.id} <= steps
    # Who lies elsewhere closes nothing there by coming.
    assert named == {bank.id}


def test_the_kind_tells_or_else_the_name(app):
    make.region("16")
    named = make.stakeholder("Dinas Kearsipan dan Perpustakaan Sumatera Selatan", region_code="16")
    make.stakeholder("Dewan Perpustakaan Sumatera Selatan", region_code="16")
    make.stakeholder("Perpustakaan Nasional RI", region_code=None)
    make.stakeholder("Dinas Perpustakaan lama", region_code="16", archived_at=make.NOW)

    assert library_offices() == {named.id: "16"}
    assert library_offices([named.id + 1]) == {}
