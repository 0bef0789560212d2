"""Organisations in forms: all in one select while they are few, searched for when they are many."""

import re

import pytest
from sqlalchemy import event, select

from crm.actions.models import FollowUp
from crm.agreements import services as agreements
from crm.agreements.models import Agreement
from crm.db import db
from crm.events import services as events
from crm.events.models import Event
from crm.invite_lists import services as invite_lists
from crm.regions.models import Level
from crm.stakeholders import choices, services
from crm.stakeholders.choices import Organisations, search
from crm.stakeholders.models import Sector
from tests import make

EVENT = {"title": "Rakor", "kind": "meeting", "status": "planned", "starts_on": "23/11/2026"}


@pytest.fixture
def many(monkeypatch):
    """Two organisations are too many for one select."""
    monkeypatch.setattr(choices, "FEW", 1)


@pytest.fixture
def offices():
    """The same office in two provinces, and a bank with other names."""
    make.region("16", "Sumatera Selatan")
    make.region("62", "Kalimantan Tengah")
    bank = services.add(
        None,
        name="Bank Pembangunan Daerah Sumatera Selatan dan Bangka Belitung",
        short_name="BSB",
        aliases=["Bank Sumsel Babel"],
        sector=Sector.BUSINESS,
        level=Level.PROVINCE,
        region_code="16",
    )
    south = make.stakeholder("Dinas Sosial")
    middle = make.stakeholder("Dinas Sosial", region_code="62")
    return {"bank": bank.id, "south": south.id, "middle": middle.id}


def options(page, name):
    """Return the ids that a select of a page offers, the chosen ones apart."""
    found = re.findall(rf'<select[^>]*\bname="{name}"[^>]*>(.*?)</select>', page, re.S)
    pairs = re.findall(r'<option (selected )?value="(\d+)"( selected)?>', "".join(found))
    return {int(one) for _a, one, _b in pairs}, {int(one) for a, one, b in pairs if a or b}


class TestOrganisations:
    def test_those_of_one_name_are_told_apart_by_their_regions(self, offices):
        assert Organisations().everyone == [
            (offices["bank"], "Bank Pembangunan Daerah Sumatera Selatan dan Bangka Belitung"),
            (offices["middle"], "Dinas Sosial (Kalimantan Tengah)"),
            (offices["south"], "Dinas Sosial (Sumatera Selatan)"),
        ]
        # Also where its twin is not among those asked for.
        assert Organisations().among([offices["south"]]) == [
            (offices["south"], "Dinas Sosial (Sumatera Selatan)")
        ]

    def test_archived_and_merged_ones_are_left_out_unless_they_were_chosen_before(self):
        old, other = make.stakeholder("Lama", archived_at=make.NOW), make.stakeholder("Baru")
        make.stakeholder("Kembar", merged_into_id=other.id)

        assert Organisations().everyone == [(other.id, "Baru")]
        assert Organisations(old.id, None).everyone == [(other.id, "Baru"), (old.id, "Lama")]
        assert Organisations().among([old.id, other.id]) == [(other.id, "Baru")]
        assert Organisations(old.id).among([old.id]) == [(old.id, "Lama")]
        assert Organisations().called([old.id]) == {old.id: "Lama"}

    def test_are_few_up_to_the_threshold(self, monkeypatch):
        make.stakeholder()
        make.stakeholder(archived_at=make.NOW)
        monkeypatch.setattr(choices, "FEW", 1)
        assert Organisations().are_few
        make.stakeholder()
        assert not Organisations().are_few

    @pytest.mark.parametrize(
        ("typed", "one"),
        [
            ("bank sumsel babel", "bank"),  # an alias
            ("BSB", "bank"),  # an abbreviation
            ("Bank Pembangunan Daerah Sumsel & Babel", "bank"),
            ("dinas sosial (kalimantan tengah)", "middle"),  # as we tell it apart
            ("Dinas Sosial Kalteng", "middle"),
            ("pembangunan", "bank"),  # a part of only one
            ("Dinas Sosial", None),
            ("Dinnas Sosial", None),
            ("Universitas", None),
            ("%", None),
        ],
    )
    def test_a_typed_name_is_understood_where_it_is_certain(self, offices, typed, one):
        assert Organisations().meant(typed).one == (one and offices[one])

    def test_an_uncertain_name_may_be_one_of_several(self, offices):
        both = Organisations().meant("Dinas Sosial")
        assert both.told == "Dinas Sosial (Kalimantan Tengah); Dinas Sosial (Sumatera Selatan)"
        # Mistyped: likely, never certain.
        campus = make.stakeholder("Universitas Sriwijaya", sector=Sector.UNIVERSITY)
        alike = Organisations().meant("Universitas Sriwijaia")
        assert alike.one is None
        assert alike.choices == [(campus.id, "Universitas Sriwijaya")]
        assert Organisations().meant("Radio Ampera").choices == []

    def test_an_exact_name_counts_more_than_a_longer_one(self):
        short = make.stakeholder("Bappeda")
        make.stakeholder("Bappeda Kota Palembang")
        assert Organisations().meant("BAPPEDA").one == short.id


class TestSearch:
    def test_finds_by_name_alias_abbreviation_and_region(self, offices):
        def ids(q):
            return [one for one, _name in search(q)[0]]

        assert ids("bank sumsel") == ids("bsb") == ids("babel") == [offices["bank"]]
        assert ids("dinas sosial kalteng") == [offices["middle"]]
        assert set(ids("din sos")) == {offices["south"], offices["middle"]}
        assert ids("100%") == ids("") == ids("_") == []

    def test_says_that_there_are_more_and_offers_the_shortest(self, monkeypatch):
        monkeypatch.setattr(choices, "OFFERED", 2)
        for name in ("Komunitas Baca Palembang", "Komunitas Baca", "Komunitas Baca Lahat"):
            make.stakeholder(name)
        found, more = search("komunitas")
        assert [name for _id, name in found] == ["Komunitas Baca", "Komunitas Baca Lahat"]
        assert more
        assert search("lahat")[1] is False

    def test_leaves_out_what_is_not_in_use(self):
        kept = make.stakeholder("Toko Baru")
        make.stakeholder("Toko Lama", archived_at=make.NOW)
        make.stakeholder("Toko Kembar", merged_into_id=kept.id)
        assert search("toko")[0] == [(kept.id, "Toko Baru")]

    def test_is_answered_as_json_in_which_names_are_plain_text(self, as_user, viewer):
        name = "<img src=x onerror=alert(1)>"
        one = make.stakeholder(name)
        answer = as_user(viewer).get("/stakeholders/choices?q=img")
        assert answer.mimetype == "application/json"
        assert answer.json == {"choices": [{"id": one.id, "text": name}], "more": False}


@pytest.mark.parametrize(
    ("address", "name", "stored"),
    [
        ("/events/new", "host_id", EVENT),
        ("/programmes/new", "lead_id", {"name": "PerpuSeru"}),
        ("/programmes/new", "funder_id", {"name": "PerpuSeru"}),
        ("/actions/new", "stakeholder_id", {"title": "Kirim surat"}),
        ("/visits/new", "stakeholder_id", {"on": "2026-11-20", "outcome": "Baik"}),
        (
            "/events/{event}/invitations/new",
            "stakeholder_id",
            {"role": "participant", "attendance": "unknown"},
        ),
        ("/contacts/new", "stakeholder_id", {"name": "Siti Aminah", "position": "Kepala"}),
        ("/positions/new", "stakeholder_id", {"title": "Kepala"}),
    ],
)
class TestForms:
    """Every form in which one organisation is chosen."""

    def test_few_stand_all_in_the_select(self, as_user, editor, offices, address, name, stored):
        browser, address = as_user(editor), address.format(event=make.event().id)
        page = browser.get(address).text

        assert options(page, name)[0] == set(offices.values())
        assert "data-whole" in page
        assert f'id="{name}-name"' not in page
        assert browser.post(address, data=stored | {name: offices["bank"]}).status_code == 303

    def test_of_many_only_the_chosen_ones_stand_there(
        self, as_user, editor, many, offices, address, name, stored
    ):
        browser, address = as_user(editor), address.format(event=make.event().id)
        page = browser.get(address).text
        assert options(page, name)[0] == set()
        assert 'data-load="/stakeholders/choices"' in page

        # Something else is missing: what was chosen is still chosen.
        wrong = dict.fromkeys(stored, "") | {name: str(offices["south"])}
        page = browser.post(address, data=wrong).text
        assert options(page, name) == ({offices["south"]}, {offices["south"]})
        assert "Dinas Sosial (Sumatera Selatan)" in page
        assert browser.post(address, data=stored | {name: offices["bank"]}).status_code == 303

    def test_without_script_a_name_is_typed(
        self, as_user, editor, many, offices, address, name, stored
    ):
        browser, address = as_user(editor), address.format(event=make.event().id)
        page = browser.get(address).text
        assert re.search(rf'<noscript>.*?<input[^>]* name="{name}"', page, re.S)

        # The select is sent too, empty; a name of two offices is asked about beside the field.
        page = browser.post(address, data=stored | {name: ["", "Dinas Sosial"]})
        assert page.status_code == 422
        said = "Dinas Sosial (Kalimantan Tengah); Dinas Sosial (Sumatera Selatan)"
        assert said in page.text
        assert 'value="Dinas Sosial"' in page.text
        assert options(page.text, name)[0] == {offices["south"], offices["middle"]}
        settled = stored | {name: [str(offices["middle"]), "Dinas Sosial"]}
        assert browser.post(address, data=settled).status_code == 303

    def test_nobody_else_can_be_chosen(self, as_user, editor, many, offices, address, name, stored):
        browser, address = as_user(editor), address.format(event=make.event().id)
        gone = make.stakeholder("Lama", archived_at=make.NOW)
        for wrong in (str(gone.id), "99999", "9" * 30, "Lama", "Tidak Ada Sama Sekali"):
            answer = browser.post(address, data=stored | {name: wrong})
            assert answer.status_code == 422
            assert f'id="{name}-error"' in answer.text


def test_an_alias_is_stored_as_its_organisation(as_user, editor, many, offices):
    # What is typed counts more than what was chosen before.
    sent = {"title": "Kirim surat", "stakeholder_id": [str(offices["south"]), "Bank Sumsel Babel"]}
    assert as_user(editor).post("/actions/new", data=sent).status_code == 303
    assert db.session.scalars(select(FollowUp)).one().stakeholder_id == offices["bank"]


def test_an_archived_host_can_be_kept_and_the_names_are_never_all_read(
    as_user, editor, many, offices
):
    meeting = make.event(host_id=offices["bank"])
    services.archive(editor, offices["bank"], at=make.NOW)
    browser, address = as_user(editor), f"/events/{meeting.id}/edit"
    read = []

    def count(_connection, _cursor, statement, parameters, _context, _many):
        if "stakeholder.name" in statement:
            read.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        page = browser.get(address).text
        assert options(page, "host_id") == ({offices["bank"]}, {offices["bank"]})
        sent = EVENT | {"title": "Baru", "host_id": offices["bank"], "version": meeting.version}
        assert browser.post(address, data=sent).status_code == 303
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert events.get(meeting.id).title == "Baru"
    assert read
    assert all(" IN (" in one for one, _parameters in read)


def test_the_conflict_page_says_names_also_of_what_was_there_before(as_user, editor, many, offices):
    meeting = make.event(host_id=offices["bank"])
    browser, address = as_user(editor), f"/events/{meeting.id}/edit"
    shown = browser.get(address).text
    original = re.search(r'name="original" value="([^"]*)"', shown)[1].replace("&#34;", '"')
    seen = EVENT | {"version": str(meeting.version), "original": original}
    assert browser.post(address, data=seen | {"host_id": offices["south"]}).status_code == 303

    clash = browser.post(address, data=seen | {"host_id": offices["middle"]})

    assert clash.status_code == 409
    cells = re.findall(r"<span>\s*(Dinas Sosial[^<]*?)\s*</span>", clash.text)
    assert cells == ["Dinas Sosial (Sumatera Selatan)", "Dinas Sosial (Kalimantan Tengah)"]
    assert "Bank Pembangunan Daerah Sumatera Selatan dan Bangka Belitung" in clash.text
    version = db.session.get_one(Event, meeting.id).version
    kept = EVENT | {
        "version": version,
        "theirs.host_id": offices["south"],
        "yours.host_id": offices["middle"],
        "keep.host_id": "yours",
    }
    assert browser.post(address, data=kept).status_code == 303
    assert db.session.get_one(Event, meeting.id).host_id == offices["middle"]


class TestParties:
    def form(self, ids, numbers, typed=None, **values):
        sent = {"title": "MoU", "kind": "mou", "parties": ids, "parties-number": numbers}
        return sent | ({"parties-typed": typed} if typed else {}) | values

    def test_each_row_holds_its_own_party(self, as_user, editor, many, offices):
        bank, south = offices["bank"], offices["south"]
        made = agreements.add(editor, title="MoU", parties=[(bank, "1"), (south, "2")])
        page = as_user(editor).get(f"/agreements/{made.id}/edit").text
        selects = re.findall(r'<select[^>]*name="parties".*?</select>', page, re.S)
        assert [options(one, "parties")[0] for one in selects] == [{bank}, {south}]
        row = as_user(editor).get("/agreements/party-row").text
        assert options(row, "parties")[0] == set()
        assert 'data-load="/stakeholders/choices"' in row

    def test_names_typed_without_script_stay_in_their_rows(self, as_user, editor, many, offices):
        browser = as_user(editor)
        sent = self.form(["", "", ""], ["1", "2", "3"], ["BSB", "Dinas Sosial", ""])

        page = browser.post("/agreements/new", data=sent)

        assert page.status_code == 422
        assert "“Dinas Sosial” bisa berarti" in page.text
        assert "Pilih organisasi yang memiliki nomor ini" in page.text
        rows = page.text.split('class="party-row"')[1:]
        assert len(rows) == 3
        assert options(rows[0], "parties") == ({offices["bank"]}, {offices["bank"]})
        assert options(rows[1], "parties") == ({offices["south"], offices["middle"]}, set())
        assert 'name="parties-typed" value="Dinas Sosial"' in rows[1]
        assert all(f'value="{number}"' in row for number, row in zip("123", rows, strict=True))

        picked = self.form([offices["bank"], offices["south"]], ["1", "2"], ["", "Dinas Sosial"])
        assert browser.post("/agreements/new", data=picked).status_code == 303
        stored = db.session.scalars(select(Agreement)).one()
        assert [(one.stakeholder_id, one.number) for one in stored.parties] == [
            (offices["bank"], "1"),
            (offices["south"], "2"),
        ]

    def test_nobody_else_can_be_a_party(self, as_user, editor, many, offices):
        gone = make.stakeholder("Lama", archived_at=make.NOW)
        sent = self.form([offices["bank"], gone.id], ["", ""])
        page = as_user(editor).post("/agreements/new", data=sent)
        assert page.status_code == 422
        assert "Pilih organisasi dari daftar" in page.text


class TestInviteList:
    def test_several_are_chosen_or_typed(self, as_user, organiser, many, offices):
        workshop = make.event()
        browser, address = as_user(organiser), f"/events/{workshop.id}/invite-list"
        page = browser.get(address).text
        assert options(page, "must")[0] == set()
        assert re.search(r'<noscript>.*?<textarea[^>]* name="must"', page, re.S)

        typed = "Dinas Sosial Kalteng\r\nDinas Sosial"
        sent = {"capacity": "10", "must": [offices["bank"], typed], "version": "0"}
        page = browser.post(address, data=sent)
        assert page.status_code == 422
        # What was understood is chosen; what was not stands there again, with what it may be.
        assert options(page.text, "must")[1] == {offices["bank"], offices["middle"]}
        assert re.search(r'<textarea[^>]* name="must"[^>]*>\s*Dinas Sosial</textarea>', page.text)

        sent["must"] = [str(one) for one in offices.values()]
        assert browser.post(address, data=sent).status_code == 303
        kept = invite_lists.rules_of(db.session.get_one(Event, workshop.id))
        assert set(kept.must) == set(offices.values())

    def test_an_archived_one_can_be_kept(self, as_user, organiser, many, offices):
        workshop = make.event()
        browser, address = as_user(organiser), f"/events/{workshop.id}/invite-list"
        sent = {"capacity": "10", "never": str(offices["bank"]), "version": "0"}
        assert browser.post(address, data=sent).status_code == 303
        services.archive(organiser, offices["bank"], at=make.NOW)

        page = browser.get(address).text
        assert options(page, "never") == ({offices["bank"]}, {offices["bank"]})
        version = re.search(r'name="version" value="(\d+)"', page)[1]
        assert browser.post(address, data=sent | {"version": version}).status_code == 303


def test_the_map_is_focused_on_one_of_many(as_user, viewer, many, offices):
    page = as_user(viewer).get(f"/network?focus={offices['bank']}").text
    assert options(page, "focus") == ({offices["bank"]}, {offices["bank"]})
    for address in ("/network/table?focus=BSB", "/network/table?focus=&focus=BSB"):
        assert options(as_user(viewer).get(address).text, "focus")[1] == {offices["bank"]}
    assert options(as_user(viewer).get("/network?focus=99999").text, "focus")[0] == set()


def test_a_search_for_a_name_that_is_only_alike_offers_it(as_user, viewer):
    office = make.stakeholder("Dinas Perpustakaan Provinsi Sumatera Selatan")

    found = as_user(viewer).get("/stakeholders/choices?q=Dispursip Prov Sumsel").json

    assert [one["id"] for one in found["choices"]] == [office.id]
