"""Whatever a table holds: no crash, every row accounted for, twice is once, undone is untouched."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.errors import Refused
from crm.imports import services
from crm.imports.files import Upload
from crm.imports.models import ImportShape, RowMatch, RowStatus
from crm.imports.tables import read
from crm.imports.texts import find_delimiter, find_encoding
from tests import make
from tests.importing import (
    NOW,
    emptied_afterwards,
    meetings_files,
    now,
    rows,
    stored,
    table,
)

SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ANYTHING = st.text(max_size=12)


def cell(*usual):
    return st.one_of(st.sampled_from(["", *usual]), st.sampled_from(["", *usual]), ANYTHING)


NAMES = (
    "Bank Sumsel Babel",
    "BANK SUMSEL BABEL",
    "Bank Sumatera Selatan Babel",
    "PT Bank Sumsel Babel",
    "Dinas Perpustakaan Kota Palembang",
    "Dinas Perpustakaan dan Kearsipan Kota Palembang",
    "Dispursip Palembang",
    "SMA Negeri 1 Palembang",
    "SMAN 2 Palembang",
    "Angkasa Pura",
    "PT Angkasa Pura II",
    "???",
)
ORGANISATION = st.tuples(
    cell(*NAMES),
    cell("opd", "bisnis", "LSM/CSR", "Media", "klub"),
    cell("16", "16.71", "Kota Palembang", "Sumatera Selatan", "Indonesia", "99"),
    cell("0711 123456", "+62 812 3456 7890", "81234567890", "abc"),
    cell("poa", "Poa; lama", "bank, lama"),
    cell("Dr. Ani Lestari, M.Si", "Ani Lestari", "Budi", "H. Budi", "Kepala Dinas"),
    cell("Kepala", "kepala", "Staf"),
    cell("08123456789", "0812-3456-789", "12"),
)
MEETING = st.tuples(
    cell("K1", "K2", "K3"),
    cell("2017", "2017-05", "6 November 2017", "31/02/2024"),
    cell("16", "62"),
    cell("16.71", "16.04", "62.01"),
    cell("Rakor", "Kunjungan koordinasi", "MoU perpustakaan", "Bantuan buku"),
    cell("https://example.org/a", "rapat"),
)
GUEST = st.tuples(
    cell("K1", "K2", "K3", "K9"),
    cell(*NAMES),
    cell("opd", "bisnis", "media"),
    cell("nasional", "provinsi", "kabkota", "desa"),
    cell("host", "sponsor", "peserta"),
    cell("attendance", "mou", "in_kind", "coverage", "training"),
)


@pytest.fixture(autouse=True)
def _places():
    for code, name in (("16", "Sumatera Selatan"), ("62", "Kalimantan Tengah")):
        make.region(code, name)
    for code in ("16.71", "16.04", "62.01"):
        make.region(code, {"16.71": "Kota Palembang"}.get(code, f"Kabupaten {code}"))


def is_accounted_for(row):
    if row.match is RowMatch.REFUSED:
        return row.status is RowStatus.FAILED and row.reason
    if row.status is RowStatus.FAILED:
        return bool(row.reason)
    return row.status in (RowStatus.TAKEN, RowStatus.SKIPPED)


def goes_round(by, files, decision, shape):
    """Take files in, twice, and undo it, in tables of its own: what must be true of every table."""
    with emptied_afterwards():
        _goes_round(by, files, decision, shape)


def _goes_round(by, files, decision, shape):
    before = stored()
    try:
        imported = services.start(by, files(), shape, at=NOW)
        services.preview(by, imported.id, at=NOW)
    except Refused:
        assert stored() == before
        return
    services.decide_all(by, imported.id, decision)
    services.take(by, imported.id, now=now)
    assert all(is_accounted_for(row) for row in rows(imported))
    after = stored()

    again = services.start(by, files(), shape, at=NOW)
    services.preview(by, again.id, at=NOW)
    services.take(by, again.id, now=now)
    assert stored() == after
    assert not [row for row in rows(again) if row.match in (RowMatch.NEW, RowMatch.UPDATE)
                and row.status is RowStatus.TAKEN]  # fmt: skip

    if any(row.status is RowStatus.TAKEN for row in rows(imported)):
        services.undo(by, imported.id, now=now)
    assert stored() == before


@SLOW
@given(st.lists(ORGANISATION, max_size=8), st.sampled_from(["new", "best", "skip"]))
def test_any_list_of_stakeholders(editor, listed, decision):
    goes_round(editor, lambda: [table(*listed)], decision, ImportShape.STAKEHOLDERS)


@SLOW
@given(
    st.lists(MEETING, max_size=4),
    st.lists(GUEST, max_size=8),
    st.sampled_from(["new", "best", "skip"]),
)
def test_any_list_of_meetings(editor, meetings, guests, decision):
    def files():
        heads = ["meeting_id", "date", "province_code", "kabkota_code", "title", "source_url"]
        one = table(*meetings, headings=heads, name="meetings.csv")
        heads = ["meeting_id", "organisation", "sector", "organisation_level", "role", "tie_type"]
        return [one, table(*guests, headings=heads, name="participations.csv")]

    goes_round(editor, files, decision, ImportShape.MEETINGS)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a", ".csv"]))
def test_any_bytes_are_read_or_refused(body, name):
    try:
        sheets = read(Upload(name, io.BytesIO(body)))
    except Refused:
        return
    for sheet in sheets:
        numbers = [number for number, _cells in sheet.rows]
        assert numbers == sorted(set(numbers))
        assert all(any(cells) for _number, cells in sheet.rows)


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(LETTERS, min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_as_csv_is_read_in_its_letters(written, encoding):
    file = table(*written[1:], headings=written[0])
    body = file.stream.read().decode().encode(encoding)
    stream = io.BytesIO(body)

    found = find_encoding("a.csv", stream)

    assert body.decode(found) == body.decode(encoding)
    assert find_delimiter(stream, found) in (",", ";", "\t", "|")


def test_the_real_meetings_go_round_too(editor):
    goes_round(editor, meetings_files, "new", ImportShape.MEETINGS)
