"""The invite list: its rules, the best list under them, why each guest, and taking it over."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.invitations import services as invitations
from crm.invitations.models import Answer, Attendance, Invitation
from crm.invite_lists import clashes, reasons, services
from crm.invite_lists.candidates import candidates
from crm.invite_lists.models import InviteDraft
from crm.invite_lists.rules import Bounds, Rules, from_json
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders import services as stakeholders
from crm.stakeholders import vocabulary
from tests import inviting, make
from tests.inviting import build, guests
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
ON = "on=2026-11-23&window=24"


@pytest.fixture
def world():
    return inviting.world()


@pytest.fixture
def event(world):
    return inviting.event()


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
            prefer=(world["unsri"],),
            prefer_kinds=("media", "3"),
            plus=50,
            seats=2,
            more_from=(world["radio"],),
            more_seats=3,
            second_guest=25,
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
        return {one.id for one in candidates(Rules(**{"capacity": 9, **rules}))}

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
        assert "Paling sedikit 1 dari media massa" in radio.reasons
        assert any(
            "Tidak ada media massa yang bermitra di Kota Palembang" in one for one in radio.reasons
        )
        assert radio.worth > 0

    def test_writes_to_the_head(self, event, world):
        radio = stakeholders.get(world["radio"])
        make.position(make.contact("Ani"), radio, title="Penyiar")
        make.position(make.contact("Eka"), radio, title="Kepala Bidang Siaran")
        make.position(make.contact("Budi"), radio, title="Kepala Stasiun", ends=MONDAY)
        make.position(make.contact("Citra"), radio, title="Kepala lama", ends=date(2020, 1, 1))
        make.position(make.contact("Dewi"), radio, title="Kepala nanti", starts=date(2027, 1, 1))
        built = build(event)
        with force_locale("en"):
            told = {line.stakeholder.id: line for line in reasons.lines(built, built.answer.guests)}
            assert (told[radio.id].addressee, told[radio.id].person) == ("Kepala Stasiun", "Budi")
            others = [line.addressee for one, line in told.items() if one != radio.id]
        assert set(others) == {"Head"}

    def test_says_who_must_come_and_is_archived(self, editor, event, world):
        stakeholders.archive(editor, world["radio"], at=datetime(2026, 11, 1, tzinfo=UTC))
        built = build(event, must=(world["radio"],))

        assert world["radio"] not in guests(built)
        with force_locale("id"):
            assert reasons.gone(built).endswith("diarsipkan: RRI Palembang.")

    def test_names_rules_that_clash_and_what_would_help(self, event):
        built = build(event, capacity=2, sectors=(Bounds("business", 1), Bounds("university", 2)))

        assert guests(built) == []
        with force_locale("id"):
            assert clashes.clash(built) == [
                "Kapasitas",
                "Paling sedikit 1 dari dunia usaha",
                "Paling sedikit 2 dari perguruan tinggi",
            ]
            (change,) = clashes.relaxation(built)
        # One guest more or one less wanted: each mends it, and nothing smaller does.
        assert change in (
            "Kapasitas: 3, bukan 2",
            "Paling sedikit 1 dari perguruan tinggi, bukan 2",
            "Paling sedikit 1 dari dunia usaha: jangan syaratkan siapa pun",
        )

    def test_says_how_many_there_are_where_a_rule_asks_for_more(self, event, world):
        built = build(event, sectors=(Bounds("media", 3),), seats=2)

        with force_locale("id"):
            assert clashes.clash(built) == [
                "Paling sedikit 3 dari media massa (yang boleh diundang hanya 2)"
            ]
            assert clashes.relaxation(built) == ["Paling sedikit 2 dari media massa, bukan 3"]

    def test_says_whom_to_do_without_or_to_allow(self, event, world):
        both = (world["bank"], world["radio"])
        with force_locale("id"):
            full = build(event, capacity=1, must=both)
            assert len(clashes.relaxation(full)) == 1
            shut = build(event, never=(world["radio"],), sectors=(Bounds("media", 1),))
            assert clashes.clash(shut) == [
                "Yang jangan diundang",
                "Paling sedikit 1 dari media massa (yang boleh diundang hanya 0)",
            ]

    def test_nobody_may_be_invited(self, event, world):
        built = build(event, never=tuple(world.values()))

        assert (built.candidates, guests(built), built.answer.clashes) == (0, [], ())

    def test_says_where_nobody_is_known(self, event):
        make.region("16.01", "Kabupaten OKU")
        built = build(event, each_district=1)

        with force_locale("id"):
            assert clashes.clash(built) == [
                "Di 1 wilayah belum ada organisasi yang dapat diundang: Kabupaten OKU."
            ]
            assert clashes.relaxation(built) == [
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
        told = dict.fromkeys(((one, 1) for one in guests(built)), "alasan")

        added = services.take_over(organiser, event, built, told, seen=built.seen)
        again = build(event)
        twice = services.take_over(organiser, event, again, told, seen=again.seen)

        rows = {one.stakeholder_id: one for one in invitations.of_event(event.id)}
        assert set(rows) == set(guests(built)) == set(guests(again))
        assert (added, twice) == (len(rows) - 1, 0)
        assert rows[world["radio"]].invitation is Invitation.DRAFT
        assert rows[world["radio"]].reason == "alasan"
        assert rows[world["bank"]].reason == "", "who was there stays as they were"

    def test_takes_no_other_list_than_the_one_that_was_shown(self, organiser, event, world):
        shown = build(event)
        make.participation(event, stakeholders.get(world["radio"]), attendance=Attendance.UNKNOWN)

        with pytest.raises(Refused):
            services.take_over(organiser, event, build(event), {}, seen=shown.seen)

        assert [one.stakeholder_id for one in invitations.of_event(event.id)] == [world["radio"]]

    def test_never_gives_away_more_seats_than_there_are(self, organiser, event, world):
        for name in ("bank", "unsri"):
            make.participation(event, stakeholders.get(world[name]), attendance=Attendance.UNKNOWN)
        built = build(event, capacity=3)

        services.take_over(organiser, event, built, {}, seen=built.seen)

        listed = {one.stakeholder_id for one in invitations.of_event(event.id)}
        assert len(listed) == 3
        assert listed >= {world["bank"], world["unsri"]}
        with pytest.raises(Refused) as refused:
            build(event, capacity=2)
        assert refused.value.field == "capacity"

    def test_does_not_ask_again_who_declined(self, event, world):
        radio = stakeholders.get(world["radio"])
        make.participation(event, radio, answer=Answer.NO, attendance=Attendance.UNKNOWN)

        assert radio.id not in guests(build(event))
        assert radio.id in guests(build(event, must=(radio.id,)))

    def test_who_was_taken_off_the_guest_list_has_no_seat_and_may_come_back(
        self, organiser, event, world
    ):
        radio = stakeholders.get(world["radio"])
        gone = make.participation(event, radio, attendance=Attendance.UNKNOWN)
        invitations.remove(organiser, gone.id, at=make.NOW)
        built = build(event)
        assert radio.id in guests(built)
        assert radio.id not in built.invited

        services.take_over(organiser, event, built, {(radio.id, 1): "alasan"}, seen=built.seen)

        rows = {one.stakeholder_id: one for one in invitations.of_event(event.id)}
        assert (rows[radio.id].id, rows[radio.id].reason) == (gone.id, "alasan")

    def test_who_declined_is_not_asked_again_though_taken_off_the_list(
        self, organiser, event, world
    ):
        radio = stakeholders.get(world["radio"])
        gone = make.participation(event, radio, answer=Answer.NO, attendance=Attendance.UNKNOWN)
        invitations.remove(organiser, gone.id, at=make.NOW)

        assert radio.id not in guests(build(event))
        assert radio.id in guests(build(event, must=(radio.id,)))

    def test_is_closed_elsewhere(self, event):
        bound = make.user("Kal", "organiser", regions=("62",))

        with pytest.raises(NotYours):
            services.take_over(bound, event, build(event), {}, seen=build(event).seen)

        assert invitations.of_event(event.id) == []


class TestHelp:
    """Lahat knows a shop and no radio; the only radio lies in Palembang."""

    def found(self, built, region, sector):
        (finding,) = (
            one
            for one in built.findings.values()
            if (one.region_code, one.sectors) == (region, [sector])
            and one.code == "uncovered-sector"
        )
        return finding

    def test_who_lies_elsewhere_touches_no_gap_that_somebody_there_closes(self, event, world):
        built = build(event, must=(world["bank"],), never=(world["toko"],), sectors=())

        lahat = self.found(built, "16.04", "business")
        assert lahat.key in built.answer.uncovered

    def test_where_nobody_is_known_it_counts_a_quarter_and_says_so(self, event, world):
        everybody = build(event)
        lahat, kota = (self.found(everybody, code, "media") for code in ("16.04", "16.71"))
        province = self.found(everybody, "16", "media")
        assert (lahat.values["known"], kota.values["known"]) == (0, 1)

        without = build(event, never=(world["radio"],))

        # It closes the gap of its city and of the province, and helps with that of Lahat; it is
        # also no longer alone itself: 100 points · 0.2 (only known) · 0.75 (poverty not known).
        lost = everybody.answer.touched - without.answer.touched
        assert lost == pytest.approx(kota.severity + province.severity + lahat.severity / 4 + 15)
        (line,) = (
            one
            for one in reasons.lines(everybody, everybody.answer.guests)
            if one.stakeholder.id == world["radio"]
        )
        told = {one.key: one for one in (*line.because, *line.more)}
        assert told[lahat.key].helps
        assert not told[kota.key].helps
        assert "tidak menutupnya" in str(told[lahat.key].sentence)
