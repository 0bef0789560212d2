"""Preferences, and several guests of one organisation."""

import pytest
from flask_babel import force_locale

from crm.errors import Refused
from crm.invitations import services as invitations
from crm.invitations.models import Answer, Attendance
from crm.invite_lists import reasons, services
from crm.invite_lists.candidates import candidates
from crm.invite_lists.rules import Bounds, Rules
from crm.stakeholders import services as stakeholders
from crm.stakeholders.models import Sector
from tests import inviting, make
from tests.inviting import build, guests


@pytest.fixture
def world():
    return inviting.world()


@pytest.fixture
def event(world):
    return inviting.event()


class TestWishes:
    """A preference decides between equals, and more where it weighs more."""

    def test_decides_between_equals(self, event, world):
        twin = make.stakeholder("TVRI Palembang", sector=Sector.MEDIA, **inviting.place("16.71")).id
        one_of_them = (Bounds("media", None, 1),)
        assert world["radio"] in guests(build(event, sectors=one_of_them))

        wanted = build(event, sectors=one_of_them, prefer=(twin,), plus=1)

        assert twin in guests(wanted)
        assert world["radio"] not in guests(wanted)

    def test_is_said_and_what_is_lost_without_it(self, event, world):
        built = build(event, prefer=(world["jauh"],), plus=10)

        with force_locale("id"):
            told = reasons.lines(built, built.answer.guests)
        (line,) = (one for one in told if one.stakeholder.id == world["jauh"])
        assert line.reasons == ["Anda mengutamakannya: 10 poin."]
        assert line.worth == 10
        assert line.lost.startswith("Tanpa tamu ini nilai daftar berkurang 10")

    def test_of_a_sector_or_a_kind_counts_once_with_that_of_a_name(self, event, world):
        wished = candidates(
            Rules(9, region="16", prefer=(world["ukb"],), prefer_kinds=("university",), plus=50)
        )

        assert {one.id: one.preference for one in wished if one.preference} == {
            world["unsri"]: 50,
            world["ukb"]: 50,
        }

    def test_lets_in_whom_it_names(self, event, world):
        assert world["jauh"] in guests(build(event, prefer=(world["jauh"],)))

    def test_of_somebody_who_is_never_invited_is_refused(self, organiser, event, world):
        rules = Rules(capacity=5, prefer=(world["bank"],), never=(world["bank"],))

        with pytest.raises(Refused, match="Bank Sumsel Babel") as refusal:
            services.keep_rules(organiser, event, rules, version=0)

        assert refusal.value.field == "prefer"


class TestSeats:
    @pytest.mark.parametrize(
        ("rules", "field"),
        [
            ({"seats": 6}, "seats"),
            ({"seats": 0}, "seats"),
            ({"more_from": (1,), "more_seats": 6}, "more_seats"),
            ({"more_from": (1,)}, "more_seats"),
        ],
    )
    def test_beyond_the_hall_are_refused(self, organiser, event, rules, field):
        with pytest.raises(Refused) as refusal:
            services.keep_rules(organiser, event, Rules(capacity=5, **rules), version=0)

        assert refusal.value.field == field

    def test_are_those_of_the_list_or_of_its_own(self, world):
        rules = Rules(9, region="16", seats=1, more_from=(world["bank"],), more_seats=3)

        seats = {one.id: one.seats for one in candidates(rules)}

        assert seats[world["bank"]] == 3
        assert {many for one, many in seats.items() if one != world["bank"]} == {1}

    def test_a_second_guest_adds_its_share_and_is_named(self, event, world):
        once = build(event, more_from=(world["radio"],), more_seats=2)
        twice = build(event, more_from=(world["radio"],), more_seats=2, second_guest=25)

        assert guests(once).count(world["radio"]) == 1
        assert guests(twice).count(world["radio"]) == 2
        with force_locale("id"):
            assert "Beberapa tamu dari satu organisasi" in reasons.free_seats(once)
            seats = [
                (line.seat, line.stakeholder.name)
                for line in reasons.lines(twice, twice.answer.guests)
                if line.seat > 1
            ]
        assert seats == [(2, "RRI Palembang")]

    def test_are_taken_over_as_letters_to_different_posts(self, organiser, event, world):
        radio = stakeholders.get(world["radio"])
        head = make.position(make.contact("Budi"), radio, title="Kepala Stasiun")
        rules = {"more_from": (radio.id,), "more_seats": 3, "second_guest": 50}
        rules["sectors"] = (Bounds("media", 3),)
        built = build(event, **rules)
        services.take_over(organiser, event, built, {(radio.id, 2): "dua"}, seen=built.seen)

        again = build(event, **rules)
        twice = services.take_over(organiser, event, again, {}, seen=again.seen)

        rows = [one for one in invitations.of_event(event.id) if one.stakeholder_id == radio.id]
        assert [(one.position_id, one.reason) for one in rows] == [
            (head.id, ""),
            (None, "dua"),
            (None, ""),
        ]
        assert twice == 0
        assert again.invited[radio.id] == 3

    def test_of_those_who_declined_are_not_filled_again(self, event, world):
        radio = stakeholders.get(world["radio"])
        make.participation(event, radio, attendance=Attendance.UNKNOWN)
        post = make.position(make.contact("Budi"), radio, title="Kepala Stasiun")
        make.participation(
            event,
            radio,
            position_id=post.id,
            post_key=post.id,
            answer=Answer.NO,
            attendance=Attendance.UNKNOWN,
        )

        built = build(event, more_from=(radio.id,), more_seats=2, second_guest=50)

        assert guests(built).count(radio.id) == 1
