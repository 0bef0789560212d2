"""Uploaded files: read in whatever letters they come; refused fast and cheaply where needed."""

import csv
import io
import json
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from crm.errors import Refused
from crm.imports import columns, private
from crm.imports.files import Upload
from crm.imports.models import Role
from crm.imports.tables import clean, read
from crm.spreadsheets import as_csv, write_xlsx

ROWS = [["Nama", "Sektor"], ["Dinas Perpustakaan é", "opd"], ["Bank “Sumsel”; Babel", "business"]]

EXAMPLES = Path(__file__).parent.parent.parent / "crm" / "examples"


def upload(name, body):
    return Upload(name, io.BytesIO(body))


def cells(name, body):
    (sheet,) = read(upload(name, body))
    return [row for _number, row in sheet.rows]


def as_text(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def workbook(*sheets, first_row=0, hidden=()):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(first_row + number, column, cell, day)
                else:
                    sheet.write(first_row + number, column, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return file.getvalue()


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", body)
    return file.getvalue()


class TestLetters:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
    )
    def test_reads_each_encoding_and_delimiter(self, encoding, delimiter):
        assert cells("a.csv", as_text(ROWS, delimiter).encode(encoding)) == ROWS

    def test_reads_what_excel_marks_with_sep(self):
        assert cells("a.csv", b"sep=;\nNama;Sektor\nA, B;opd\n") == [
            ["Nama", "Sektor"],
            ["A, B", "opd"],
        ]

    def test_counts_rows_as_a_spreadsheet_does(self):
        (sheet,) = read(upload("a.csv", b'Nama\n\n"a\nb"\n\nc\n'))
        assert sheet.rows == [(1, ["Nama"]), (3, ["a\nb"]), (5, ["c"])]

    def test_takes_away_what_cannot_be_seen(self):
        assert clean(" a\u00a0 b\u200b\t c\x07 ") == "a b c"

    def test_exports_come_back_as_they_were(self):
        rows = [["+62 812", "=1+1", "'tis", "-5", "a"]]
        assert cells("a.csv", as_csv(["a", "b", "c", "d", "e"], rows))[1:] == rows
        workbook = io.BytesIO()
        write_xlsx(workbook, "x", ["a", "b", "c", "d", "e"], rows)
        assert cells("a.xlsx", workbook.getvalue())[1:] == rows


class TestWorkbooks:
    def test_reads_numbers_dates_and_hidden_sheets_as_people_mean_them(self):
        rows = [["Nama", "HP", "Tanggal"], ["A", 81234567890, date(2020, 2, 1)], ["B", 3.5, True]]
        body = workbook(("Satu", rows), ("Rahasia", [["x"]]), hidden=["Rahasia"])

        assert cells("a.xlsx", body) == [
            ["Nama", "HP", "Tanggal"],
            ["A", "81234567890", "2020-02-01"],
            ["B", "3.5", "1"],
        ]

    def test_finds_the_headings_below_a_title(self):
        rows = [["Daftar Mitra 2026"], [], ["Nama Organisasi", "Sektor", "Wilayah"], ["A", "opd"]]
        (sheet,) = read(upload("a.xlsx", workbook(("Daftar", rows), first_row=2)))

        assert columns.header_row(Role.STAKEHOLDERS, sheet.rows) == 5
        assert sheet.row(5) == rows[2]

    def test_knows_every_sheet(self):
        body = workbook(("Kegiatan", [["a"]]), ("Kosong", []), ("Peserta", [["b"]]))
        assert [sheet.name for sheet in read(upload("a.xlsx", body))] == ["Kegiatan", "Peserta"]


class TestColumns:
    def test_guesses_indonesian_and_english_headings(self):
        headings = ["No", "Nama Instansi*", "KATEGORI", "Kab/Kota", "No. HP", "Nama PIC", "Foo"]
        assert columns.guess(Role.STAKEHOLDERS, headings) == [
            "",
            "name",
            "sector",
            "region",
            "contact_phone",
            "contact_name",
            "",
        ]

    def test_memory_comes_first_and_no_field_stands_twice(self):
        memory = {"foo": "name", "kategori": ""}
        headings = ["Foo", "Nama", "Kategori"]
        assert columns.guess(Role.STAKEHOLDERS, headings, memory) == ["name", "", ""]

    def test_knows_the_columns_of_the_real_files(self):
        for role, name in ((Role.MEETINGS, "meetings"), (Role.PARTICIPATIONS, "participations")):
            headings = cells("a.csv", (EXAMPLES / f"{name}.csv").read_bytes())[0]
            assert columns.guess(role, headings) == headings


class TestPersons:
    @pytest.mark.parametrize(
        "heading", ["NIK", "No. KTP", "Nomor KK", "NIK/KK", "Nama Kepala Keluarga", "ID_DTKS"]
    )
    def test_refuses_a_heading_of_nik_or_kk(self, heading):
        with pytest.raises(Refused, match=r"agregat|aggregates"):
            private.check_table(["Nama", heading], [["A", ""]])

    @pytest.mark.parametrize("number", ["1671012304900001", "1671 0123 0490 0001"])
    def test_refuses_a_column_of_sixteen_digits_whatever_it_is_called(self, number):
        with pytest.raises(Refused):
            private.check_table(["Nama", "Kode"], [["A", number], ["B", "x"]])

    def test_lets_telephones_and_other_numbers_be(self):
        rows = [["08123456789", "1671012D0000001", "+62 711 351234"]]
        private.check_table(["HP", "NPP", "Telp"], rows)
        assert not private.holds_number_of_a_person("0812-3456-7890")
        assert private.holds_number_of_a_person("NIK 1671016304900001, Palembang")


def lying_archive():
    """A workbook whose directory says that its sheet is small; unpacked it has 300 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    body = archive(xl__workbook="<workbook/>")
    name = b"xl/worksheets/sheet1.xml"
    sizes = zlib.crc32(b" ").to_bytes(4, "little") + len(packed).to_bytes(4, "little")
    sizes += (1_000).to_bytes(4, "little") + len(name).to_bytes(2, "little") + b"\0\0"
    directory_at = body.rindex(b"PK\x01\x02")
    directory, end = body[directory_at : body.rindex(b"PK\x05\x06")], body.rindex(b"PK\x05\x06")
    local = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0" + sizes + name + packed
    entry = b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0" + sizes
    entry += b"\0" * 10 + directory_at.to_bytes(4, "little") + name
    tail = b"PK\x05\x06\0\0\0\0\x02\0\x02\0" + len(directory + entry).to_bytes(4, "little")
    tail += (directory_at + len(local)).to_bytes(4, "little") + b"\0\0"
    assert end > directory_at
    return body[:directory_at] + local + directory + entry + tail


def sparse_workbook():
    """Two cells at opposite corners of a sheet: a reader that fills the rest takes gigabytes."""
    body = workbook(("Satu", [["a"]]))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                text = text.replace(b"</sheetData>", far)
            new.writestr(part, text)
    return file.getvalue()


BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>]><workbook>&a;</workbook>"

BAD = {
    "empty.csv": lambda: b"",
    "only blanks.csv": lambda: b" \n ; \n\n",
    "nul.csv": lambda: b"Nama;Sektor\nA\0B;opd\n",
    "nul in utf-16.csv": lambda: "Nama;Sektor\nA\0B;opd\n".encode("utf-16"),
    "noise.csv": lambda: bytes(range(256)) * 400,
    "too large.csv": lambda: b"a;b\n" * (13 * 1024 * 1024 + 1),
    "many rows.csv": lambda: b"Nama;Sektor\n" + b"a;opd\n" * 8_000_000,
    "600 columns.csv": lambda: as_text([[f"k{n}" for n in range(600)]] * 3).encode(),
    "one endless line.csv": lambda: b"x" * 45_000_000,
    "open quotation mark.csv": lambda: b'Nama;Sektor\n"A;opd\n' + b"b;opd\n" * 2_000_000,
    "renamed.csv": lambda: workbook(("Satu", ROWS)),
    "pdf.csv": lambda: b"%PDF-1.7\n",
    "page.csv": lambda: b"\xef\xbb\xbf <!DOCTYPE html><html>",
    "letter.docx": lambda: b"PK\x03\x04",
    "old.xls": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "old.xlsx": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "page.xlsx": lambda: b"<html><table>",
    "empty.xlsx": lambda: workbook(("Satu", [])),
    "600 columns.xlsx": lambda: workbook(("Satu", [[f"k{n}" for n in range(600)]])),
    "other zip.xlsx": lambda: archive(word__document="<w/>"),
    "torn.xlsx": lambda: workbook(("Satu", ROWS))[:-400],
    "declared bomb.xlsx": lambda: archive(xl__workbook="<w/>", xl__a=b" " * 200_000_000),
    "lying bomb.xlsx": lying_archive,
    "sparse bomb.xlsx": sparse_workbook,
    "xml bomb.xlsx": lambda: archive(xl__workbook=BOMB),
    "xml bomb in utf-16.xlsx": lambda: archive(xl__workbook=BOMB.decode().encode("utf-16")),
    "nik.csv": lambda: b"Nama;NIK\nBudi;1671012304900001\n",
}

# Runs alone, so that what it takes is what reading takes: each case's seconds, and the growth.
CHILD = """
import json, resource, sys, time
from crm.errors import Refused
from crm.imports import private
from crm.imports.files import Upload
from crm.imports.tables import read

def seconds():
    mine, others = (resource.getrusage(who) for who in
                    (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + others.ru_utime + others.ru_stime

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

for path in sys.argv[1:]:
    begun, before, reason = seconds(), peak(), ""
    with open(path, "rb") as stream:
        try:
            for sheet in read(Upload(path.rsplit("/", 1)[-1], stream)):
                private.check_table(sheet.rows[0][1], [row for _number, row in sheet.rows])
        except Refused as refused:
            reason = str(refused.message)
    print(json.dumps([path.rsplit("/", 1)[-1], reason, seconds() - begun, peak() - before]))
"""


def test_bad_files_are_refused_fast_and_take_no_memory(tmp_path):
    paths = []
    for name, make_body in BAD.items():
        (tmp_path / name).write_bytes(make_body())
        paths.append(str(tmp_path / name))

    child = [sys.executable, "-c", CHILD, *paths]
    told = subprocess.run(child, capture_output=True, text=True, check=True).stdout
    results = [json.loads(line) for line in told.splitlines()]

    print(*results, sep="\n")  # the figures, for whoever runs pytest -s
    assert [name for name, *_rest in results] == list(BAD)
    taken = [name for name, reason, *_rest in results if not reason]
    assert not taken, "these were not refused"
    slow = [(name, took) for name, _reason, took, _grew in results if took > 2]
    assert not slow
    assert sum(grew for *_rest, grew in results) < 100, "megabytes that the server grew by"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("old.xlsx", ".xls"),
        ("pdf.csv", "PDF"),
        ("page.csv", "web"),
        ("renamed.csv", "zip"),
        ("letter.docx", "CSV"),
        ("600 columns.csv", "200"),
    ],
)
def test_the_reason_says_what_the_file_is(name, word):
    with pytest.raises(Refused) as refusal:
        read(upload(name, BAD[name]()))

    assert word in str(refusal.value.message)
