"""Organisations to choose from in a form."""

from crm.stakeholders.choices import organisations
from tests import make


def test_those_of_one_name_are_told_apart_by_their_regions():
    make.region("16", "Sumatera Selatan")
    make.region("62", "Kalimantan Tengah")
    south = make.stakeholder("Dinas Sosial")
    middle = make.stakeholder("Dinas Sosial", region_code="62")
    bank = make.stakeholder("Bank Sumsel")

    assert organisations("") == [
        ("", ""),
        (bank.id, "Bank Sumsel"),
        (middle.id, "Dinas Sosial (Kalimantan Tengah)"),
        (south.id, "Dinas Sosial (Sumatera Selatan)"),
    ]


def test_archived_and_merged_ones_are_left_out_unless_they_were_chosen_before():
    old, other = make.stakeholder("Lama", archived_at=make.NOW), make.stakeholder("Baru")
    make.stakeholder("Kembar", merged_into_id=other.id)

    assert organisations() == [(other.id, "Baru")]
    assert organisations(also=[old.id, None]) == [(other.id, "Baru"), (old.id, "Lama")]
