"""The invite list: its rules, the best list under them, why each guest, and taking it over."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from flask_babel import force_locale

from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.invitations import services as invitations
from crm.invitations.models import Attendance, Invitation
from crm.invite_lists import reasons, services
from crm.invite_lists.models import InviteDraft
from crm.invite_lists.rules import Bounds, Rules, from_json
from crm.network import services as network
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders import services as stakeholders
from crm.stakeholders import vocabulary
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
ON = "on=2026-11-23&window=24"


def place(code):
    return {"region_code": code, "level": Level.PROVINCE if len(code) == 2 else Level.DISTRICT}


@pytest.fixture
def world():
    """Two districts of a province, each with an office at work; others known, not at work."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    make.region("16.71", "Kota Palembang")
    made = {
        "dinas": make.stakeholder("Dinas Perpustakaan Provinsi", **place("16")),
        "lahat": make.stakeholder("Dinas Perpustakaan Lahat", **place("16.04")),
        "kota": make.stakeholder("Dinas Perpustakaan Kota", **place("16.71")),
        "bank": make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, **place("16")),
        "toko": make.stakeholder("Toko Lahat", sector=Sector.BUSINESS, **place("16.04")),
        "unsri": make.stakeholder("Universitas Sriwijaya", sector=Sector.UNIVERSITY, **place("16")),
        "ukb": make.stakeholder("Universitas Kota", sector=Sector.UNIVERSITY, **place("16.71")),
        "radio": make.stakeholder("RRI Palembang", sector=Sector.MEDIA, **place("16.71")),
        "jauh": make.stakeholder("Bank Kalteng", sector=Sector.BUSINESS, **place("62")),
    }
    make.agreement(made["dinas"], made["lahat"], made["kota"])
    return {name: one.id for name, one in made.items()}


@pytest.fixture
def event(world):
    return make.event(title="Workshop sinergi", region_code="16", capacity=60)


def build(event, **rules):
    rules = Rules(**{"capacity": 60, "region": "16"} | rules)
    return services.build(event, rules, network.answer(NOW).analysis)


def guests(built):
    return [one.organisation for one in built.answer.guests]


class TestRules:
    def test_begin_with_the_events_own(self, event):
        assert services.rules_of(event) == Rules(capacity=60, region="16")
        assert services.rules_of(make.event()).capacity == 60

    def test_survive_being_stored(self, organiser, event, world):
        rules = Rules(
            capacity=12,
            sectors=(Bounds("business", 1, 3),),
            regions=(Bounds("16.04", 2, None),),
            each_district=1,
            must=(world["bank"],),
            never=(world["toko"],),
            region="16",
            tag="fakultas teknik",
            tag_sectors=("university",),
        )

        services.keep_rules(organiser, event, rules, version=0)

        db.session.expire_all()
        assert services.rules_of(event) == rules
        assert from_json(rules.as_json()) == rules

    def test_the_second_writer_gets_a_conflict(self, organiser, event):
        services.keep_rules(organiser, event, Rules(capacity=10), version=0)

        with pytest.raises(Conflict):
            services.keep_rules(organiser, event, Rules(capacity=20), version=0)

        assert services.rules_of(event).capacity == 10

    @pytest.mark.parametrize(
        ("rules", "field"),
        [
            (Rules(capacity=0), "capacity"),
            (Rules(capacity=5, must=(1, 2), never=(2,)), "never"),
            (Rules(capacity=5, sectors=(Bounds("media", 3, 2),)), "capacity"),
            (Rules(capacity=5, regions=(Bounds("99", 1),)), "regions"),
        ],
    )
    def test_that_cannot_be_are_refused(self, organiser, event, rules, field):
        with pytest.raises(Refused) as refusal:
            services.keep_rules(organiser, event, rules, version=0)

        assert refusal.value.field == field
        assert db.session.query(InviteDraft).count() == 0

    def test_of_an_event_elsewhere_are_closed(self, event):
        bound = make.user("Kal", "organiser", regions=("62",))

        with pytest.raises(NotYours):
            services.keep_rules(bound, event, Rules(capacity=10), version=0)


class TestCandidates:
    def ids(self, **rules):
        return {one.id for one in services.candidates(Rules(**{"capacity": 9, **rules}))}

    def test_come_from_the_region_below_it_above_it_and_the_country(self, world):
        country = make.stakeholder("Perpusnas", region_code=None, level=Level.NATIONAL)

        lahat = self.ids(region="16.04")

        assert lahat == {
            *(world[one] for one in ("lahat", "toko", "dinas", "bank", "unsri")),
            country.id,
        }
        assert self.ids(region="16") == {*world.values(), country.id} - {world["jauh"]}
        assert self.ids() == {*world.values(), country.id}

    def test_are_in_use(self, world):
        gone = make.stakeholder(archived_at=make.NOW)
        twin = make.stakeholder(merged_into_id=world["bank"])

        assert not {gone.id, twin.id} & self.ids()

    def test_of_some_sectors_may_need_a_tag(self, editor, world):
        unsri = stakeholders.get(world["unsri"])
        values = stakeholders.as_form(unsri)
        tags = {"version": unsri.version, "tags": ["fakultas teknik"]}
        kept = ("name", "sector", "level", "region_code")
        stakeholders.change(editor, unsri.id, **{name: values[name] for name in kept}, **tags)
        assert vocabulary.all_tags() == ["fakultas teknik"]

        engineers = self.ids(tag="fakultas teknik", tag_sectors=("university",))

        assert engineers == set(world.values()) - {world["ukb"]}
        assert self.ids(tag="fakultas teknik") == {world["unsri"]}
        # Who must come, comes without it too.
        assert self.ids(tag="fakultas teknik", must=(world["bank"],)) == {
            world["unsri"],
            world["bank"],
        }


class TestBuild:
    def test_closes_every_gap_that_somebody_can_close(self, event, world):
        built = build(event)

        chosen = set(guests(built))
        sectors = {one.sector.value for one in built.organisations.values() if one.id in chosen}
        assert {"business", "university", "media"} <= sectors
        assert world["jauh"] not in chosen
        assert built.answer.gap == 0
        # No community and no NGO is known anywhere: nobody can close those gaps.
        left = {built.findings[key].sectors[0] for key in built.answer.uncovered}
        assert left == {"community", "ngo_csr"}

    def test_one_guest_takes_the_one_that_closes_most(self, event, world):
        built = build(event, capacity=1)

        (guest,) = built.answer.guests
        missing = [one for one in built.findings.values() if one.code == "uncovered-sector"]
        best = sum(one.severity for one in missing if one.sectors == ["business"])
        # The bank or the shop: either may close the sector's gap in province and both districts.
        assert guest.organisation in (world["bank"], world["toko"])
        assert guest.worth >= best

    def test_says_why_each_guest_is_there(self, event, world):
        built = build(event, must=(world["kota"],), sectors=(Bounds("media", 1),))
        with force_locale("id"):
            told = {
                line.stakeholder.name: line for line in reasons.lines(built, built.answer.guests)
            }

        assert (
            "Anda menetapkan bahwa organisasi ini wajib diundang."
            in told["Dinas Perpustakaan Kota"].reasons
        )
        radio = told["RRI Palembang"]
        assert "Paling sedikit 1 dari Media massa" in radio.reasons
        assert any(
            "Tidak ada media massa yang bermitra di Kota Palembang" in one for one in radio.reasons
        )
        assert radio.worth > 0

    def test_writes_to_the_head(self, event, world):
        radio = stakeholders.get(world["radio"])
        make.position(make.contact("Ani"), radio, title="Penyiar")
        make.position(make.contact("Budi"), radio, title="Kepala Stasiun")
        make.position(make.contact("Citra"), radio, title="Kepala lama", ends=date(2020, 1, 1))
        built = build(event)
        with force_locale("en"):
            told = {line.stakeholder.id: line for line in reasons.lines(built, built.answer.guests)}
            assert (told[radio.id].addressee, told[radio.id].person) == ("Kepala Stasiun", "Budi")
            others = [line.addressee for one, line in told.items() if one != radio.id]
        assert set(others) == {"Head"}

    def test_names_rules_that_clash_and_what_would_help(self, event):
        built = build(event, capacity=2, sectors=(Bounds("business", 1), Bounds("university", 2)))

        assert guests(built) == []
        with force_locale("id"):
            assert reasons.clash(built) == [
                "Kapasitas",
                "Paling sedikit 1 dari Dunia usaha",
                "Paling sedikit 2 dari Perguruan tinggi",
            ]
            (change,) = reasons.relaxation(built)
        assert change.endswith("longgarkan sebanyak 1 tamu")

    def test_says_where_nobody_is_known(self, event):
        make.region("16.01", "Kabupaten OKU")
        built = build(event, each_district=1)

        with force_locale("id"):
            assert reasons.clash(built) == [
                "Di 1 wilayah belum ada organisasi yang dapat diundang: Kabupaten OKU."
            ]
            assert reasons.relaxation(built) == [
                "Tambahkan organisasi di setiap wilayah itu, atau jangan syaratkan tamu dari sana."
            ]

    def test_takes_somebody_from_every_district(self, event, world):
        built = build(event, each_district=1, capacity=3)

        homes = {built.organisations[one].region_code for one in guests(built)}
        assert {"16.04", "16.71"} <= homes


class TestTakeOver:
    def test_drafts_an_invitation_for_each_guest_once(self, organiser, event, world):
        make.participation(event, stakeholders.get(world["bank"]), attendance=Attendance.UNKNOWN)
        built = build(event, must=(world["bank"],))
        told = dict.fromkeys(guests(built), "alasan")

        added = services.take_over(organiser, event, built, told, on=MONDAY)
        again = services.take_over(organiser, event, built, told, on=MONDAY)

        rows = {one.stakeholder_id: one for one in invitations.of_event(event.id)}
        assert set(rows) == set(guests(built))
        assert (added, again) == (len(rows) - 1, 0)
        assert rows[world["radio"]].invitation is Invitation.DRAFT
        assert rows[world["radio"]].reason == "alasan"
        assert rows[world["bank"]].reason == "", "who was there stays as they were"

    def test_is_closed_elsewhere(self, event):
        bound = make.user("Kal", "organiser", regions=("62",))

        with pytest.raises(NotYours):
            services.take_over(bound, event, build(event), {}, on=MONDAY)

        assert invitations.of_event(event.id) == []


class TestPage:
    def url(self, event, more=""):
        return f"/events/{event.id}/invite-list?{ON}{more}"

    def test_shows_guests_reasons_and_what_stays_open(self, as_user, organiser, event, world):
        page = as_user(organiser).get(self.url(event)).text

        assert "terbukti terbaik" in page
        assert re.search(
            r'href="/gaps/uncovered-sector:16\.71:media:\?[^"]*">Tidak ada media', page
        )
        assert "Yang belum tertutup" in page
        assert "Tidak ada komunitas yang bermitra di Sumatera Selatan" in page

    def test_a_changed_rule_builds_the_list_anew(self, as_user, organiser, event, world):
        browser = as_user(organiser)
        rules = {"capacity": "2", "region": "16", "media-minimum": "1", "version": "0"}

        answer = browser.post(self.url(event), data=rules)

        assert answer.status_code == 303
        page = browser.get(answer.headers["Location"]).text
        assert len(re.findall(r'<p class="guest-line">', page.split("Cadangan")[0])) == 2
        assert "RRI Palembang" in page
        assert re.search(r'<input(?=[^>]*name="capacity")(?=[^>]*value="2")', page)

    def test_impossible_rules_are_named_and_nothing_is_lost(self, as_user, organiser, event):
        browser = as_user(organiser)
        rules = {"capacity": "1", "region": "16", "media-minimum": "1", "business-minimum": "1"}
        browser.post(self.url(event), data=rules | {"version": "0"})

        page = browser.get(self.url(event)).text

        assert "Tidak ada daftar yang memenuhi semua aturan ini sekaligus:" in page
        assert "Paling sedikit 1 dari Media massa" in page
        refused = browser.post(f"/events/{event.id}/invite-list/take?{ON}")
        assert refused.status_code == 422
        assert invitations.of_event(event.id) == []

    def test_a_stale_form_is_shown_again_with_what_was_typed(self, as_user, organiser, event):
        browser = as_user(organiser)
        browser.post(self.url(event), data={"capacity": "30", "version": "0"})

        late = browser.post(self.url(event), data={"capacity": "25", "version": "0"})

        assert late.status_code == 409
        assert 'value="25"' in late.text
        assert "Orang lain telah mengubah aturan ini" in late.text
        assert services.rules_of(event).capacity == 30

    def test_what_was_typed_wrongly_is_still_there(self, as_user, organiser, event):
        answer = as_user(organiser).post(self.url(event), data={"capacity": "banyak"})

        assert answer.status_code == 422
        assert 'value="banyak"' in answer.text

    def test_is_taken_over_from_the_page(self, as_user, organiser, event, world):
        browser = as_user(organiser)

        answer = browser.post(f"/events/{event.id}/invite-list/take?{ON}")

        assert answer.headers["Location"].endswith(f"/events/{event.id}")
        rows = invitations.of_event(event.id)
        assert world["radio"] in {one.stakeholder_id for one in rows}
        assert all(one.reason for one in rows)
        assert "sudah di daftar tamu" in browser.get(self.url(event)).text

    def test_download_holds_the_guests_of_the_page(self, as_user, viewer, event, world):
        browser = as_user(viewer)
        file = browser.get(self.url(event, "&format=csv"))

        rows = list(csv.DictReader(StringIO(file.data.decode("utf-8-sig"))))

        page = browser.get(self.url(event)).text
        assert [row["No."] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
        assert len(rows) == page.split("Cadangan")[0].count('class="guest-line"')
        assert all(row["Organisasi"] in page and row["Alasan"] for row in rows)
        assert file.headers["Content-Disposition"] == (
            "attachment; filename=daftar-undangan-workshop-sinergi.csv"
        )

    def test_viewers_read_the_rules_but_cannot_change_them(self, as_user, viewer, event):
        browser = as_user(viewer)
        page = browser.get(self.url(event)).text

        assert "<dt>Kapasitas</dt><dd>60</dd>" in page
        assert 'name="capacity"' not in page
        assert "invite-list/take" not in page
        assert browser.post(self.url(event), data={"capacity": "1"}).status_code == 403

    def test_hostile_titles_stay_text(self, as_user, organiser, world):
        event = make.event(title="<img src=x onerror=alert(1)>", region_code="16")

        assert "<img src=x" not in as_user(organiser).get(self.url(event)).text
