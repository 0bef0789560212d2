"""What an event may change, with the chance of each guest to come, and what it has changed."""

from datetime import date, timedelta

import pytest
from flask_babel import force_locale

from crm.errors import NotYours, Refused
from crm.events.models import EventStatus
from crm.invitations import services as invitations
from crm.invitations.models import Answer, Attendance, Invitation, ParticipationRole
from crm.invite_lists import effect_words, known_effects, services
from crm.invite_lists.chances import chances
from crm.invite_lists.rules import Rules
from crm.network.questions import Question
from crm.stakeholders import services as stakeholders
from tests import inviting, make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)


@pytest.fixture
def world():
    return inviting.world()


@pytest.fixture
def event(world):
    return inviting.event()


def invited(organisation, *, at=None, **facts):
    """An invitation that went out, to an event of last year if no other is named."""
    at = at or make.event(starts_on=date(2025, 5, 5), status=EventStatus.HELD)
    values = {"invitation": Invitation.SENT, "attendance": Attendance.UNKNOWN} | facts
    return make.participation(at, stakeholders.get(organisation), **values)


class TestChances:
    def of(self, event, organisation, answers=None, **rules):
        found = chances(event, [organisation], answers or {}, Rules(9, **rules))
        return found[organisation]

    def test_nothing_known_is_one_half(self, event, world):
        assert (self.of(event, world["bank"]).value, self.of(event, world["bank"]).why) == (
            0.5,
            "usual",
        )

    def test_what_was_seen_is_drawn_towards_what_is_usual(self, event, world):
        for _time in range(2):
            invited(world["bank"], attendance=Attendance.PRESENT)
        invited(world["unsri"], attendance=Attendance.ABSENT)
        invited(world["unsri"], answer=Answer.NO)
        invited(world["unsri"])  # what became of it is not known
        make.participation(make.event(), stakeholders.get(world["ukb"]))  # came uninvited

        # Two of four invitations brought somebody: (2 + 5) / (4 + 10) is one half again.
        assert self.of(event, world["bank"]).value == pytest.approx((2 + 4 * 0.5) / (2 + 4))
        assert self.of(event, world["unsri"]).value == pytest.approx((0 + 4 * 0.5) / (2 + 4))
        assert self.of(event, world["ukb"]).value == 0.5
        bank = self.of(event, world["bank"])
        assert (bank.why, bank.invited, bank.came) == ("own", 2, 2)

    def test_the_event_itself_and_later_ones_say_nothing(self, event, world):
        invited(world["bank"], at=event, attendance=Attendance.PRESENT)
        later = make.event(starts_on=MONDAY + timedelta(days=1), status=EventStatus.HELD)
        invited(world["bank"], at=later, attendance=Attendance.PRESENT)

        assert self.of(event, world["bank"]).value == 0.5

    def test_answers_count_and_what_the_organiser_knows(self, event, world):
        bank = world["bank"]
        assert self.of(event, bank, {bank: Answer.YES}).value == pytest.approx(0.9)
        assert self.of(event, bank, {bank: Answer.NO}, chances=((bank, 80),)).value == 0
        assert self.of(event, bank, {bank: Answer.YES}, chances=((bank, 80),)).value == 0.8
        assert self.of(event, bank, chance=20).value == pytest.approx(0.2)


class TestExpected:
    """Three guests of whom two may or may not come: worked out on paper."""

    def test_says_what_may_change_and_changes_nothing(self, organiser, event, world):
        rules = Rules(2, region="16", must=(world["radio"], world["unsri"]), chance=50)
        services.keep_rules(organiser, event, rules, version=0)
        services.keep_chances(organiser, event, 50, {world["unsri"]: 100}, version=1)

        effect = known_effects.of(event, NOW)

        expected = effect.result["expected"]
        assert effect.fresh
        assert (expected["guests"], expected["seats"]) == (1.5, 2)
        index = expected["index"]
        # Coverage, linkage, cohesion, resilience. Before: three offices, all bound together.
        assert index["before"] == pytest.approx(25 * (1 / 6 + 0 + 1 + 1))
        # The university comes for certain, and meets nobody; in one case of two, the radio.
        alone = 25 * (2 / 6 + 0 + 3 / 6 + 1 / 3)
        both = 25 * (3 / 6 + 1 / 15 + 4 / 10 + 2 / 6)
        assert (index["low"], index["high"]) == pytest.approx((alone, both))
        assert index["mean"] == pytest.approx((alone + both) / 2)
        assert index["everybody"] == pytest.approx(both)
        chance = {one["finding"]["key"]: one["chance"] for one in expected["closes"]}
        assert chance["uncovered-sector:16.71:media:"] == 0.5
        assert chance["uncovered-sector:16:university:"] == 1.0
        assert expected["closed"] == pytest.approx(sum(chance.values()))
        assert invitations.of_event(event.id) == []

    def test_says_that_a_large_meeting_connects_nobody(self, organiser, event, world):
        others = [make.stakeholder(**inviting.place("16.04")).id for _one in range(12)]
        rules = Rules(12, region="16", must=tuple(others), chance=25)
        services.keep_rules(organiser, event, rules, version=0)
        services.keep_chances(organiser, event, 25, {}, version=1)

        told = effect_words.told(known_effects.of(event, NOW).result)

        # Twelve who meet share 1/11 each, less than a working tie; three of them share 1/2.
        assert told.crowded

    def test_is_kept_until_data_or_rules_change(self, organiser, event, world):
        services.keep_rules(organiser, event, Rules(2, region="16"), version=0)
        first = known_effects.of(event, NOW).result
        assert known_effects.of(event, NOW).result == first

        services.keep_rules(organiser, event, Rules(1, region="16"), version=1)

        second = known_effects.of(event, NOW).result
        assert (first["expected"]["seats"], second["expected"]["seats"]) == (2, 1)

    def test_before_a_list_there_is_nothing_to_say(self, event):
        assert not known_effects.of(event, NOW).asked

    def test_a_list_that_cannot_be_changes_nothing(self, organiser, event, world):
        rules = Rules(1, region="16", must=(world["bank"], world["radio"]))
        services.keep_rules(organiser, event, rules, version=0)

        assert known_effects.of(event, NOW).result["expected"] is None


class TestMeasured:
    def held(self, event, world):
        for name, facts in {
            "dinas": {"role": ParticipationRole.HOST, "attendance": Attendance.PRESENT},
            "radio": {"invitation": Invitation.SENT, "attendance": Attendance.PRESENT},
            "unsri": {"invitation": Invitation.SENT, "attendance": Attendance.ABSENT},
        }.items():
            make.participation(event, stakeholders.get(world[name]), **facts)
        return known_effects.of(event, Question(date(2027, 1, 1), 24))

    def test_stands_beside_what_was_expected(self, event, world):
        effect = self.held(event, world)

        expected, measured = effect.result["expected"], effect.result["measured"]
        assert effect.attended
        assert effect.question.on == event.starts_on
        # The office is there in any case; of the two invited each comes in one case of two.
        assert (expected["guests"], effect.result["present"]) == (1.0, 2)
        nobody = 25 * (1 / 6 + 0 + 1 + 1)
        one_of_them = 25 * (2 / 6 + 1 / 15 + 1 + 2 / 6)
        both = 25 * (3 / 6 + 3 / 15 + 1 + 2 / 6)
        assert measured["index"]["before"] == pytest.approx(nobody)
        assert measured["index"]["after"] == pytest.approx(one_of_them)
        mean = (nobody + 2 * one_of_them + both) / 4
        assert expected["index"]["mean"] == pytest.approx(mean)
        assert expected["index"]["everybody"] == pytest.approx(both)
        closed = {one["key"] for one in measured["closes"]}
        assert "uncovered-sector:16.71:media:" in closed
        assert "uncovered-sector:16:university:" not in closed

    def test_says_who_did_not_come_and_what_that_left(self, event, world):
        effect = self.held(event, world)

        with force_locale("id"):
            told = effect_words.told(effect.result)
        (absent,) = told.absent
        assert absent.startswith("Universitas Sriwijaya: ")
        assert absent.endswith(" kesenjangan tetap tanpa tamunya")
        assert told.unknown == ""

    def test_does_not_call_those_absent_of_whom_nothing_is_entered(self, event, world):
        invited(world["bank"], at=event)
        with force_locale("en"):
            told = effect_words.told(self.held(event, world).result)

        assert [one.split(":")[0] for one in told.absent] == ["Universitas Sriwijaya"]
        assert told.unknown.startswith("Of 1 organisation that was invited")

    def test_says_so_where_the_index_falls(self, event, world):
        effect = self.held(event, world)

        with force_locale("en"):
            label, *counted = effect_words.told(effect.result).figures[0]
            assert [str(label), *counted] == ["Guests", "1.0 of 2", "2"]
            # More sectors, and no longer bound together by more than one: said, not hidden.
            assert effect_words.told(effect.result).falls

    def test_of_an_event_without_invitations_has_nothing_beside_it(self, event, world):
        for name in ("dinas", "radio"):
            make.participation(event, stakeholders.get(world[name]), attendance=Attendance.PRESENT)

        result = known_effects.of(event, NOW).result

        assert result["expected"] is None
        assert result["measured"]["closed"] > 0

    @pytest.mark.parametrize(
        "put_away", [{"status": EventStatus.CANCELLED}, {"archived_at": make.NOW}]
    )
    def test_of_an_event_that_does_not_count_is_not_asked(self, world, put_away):
        event = make.event(stakeholders.get(world["radio"]), region_code="16", **put_away)

        assert not known_effects.of(event, NOW).asked

    def test_of_an_event_without_a_date_looks_at_all_years(self, world):
        radio = stakeholders.get(world["radio"])
        office = stakeholders.get(world["dinas"])
        event = make.event(radio, office, region_code="16", starts_on=None)

        effect = known_effects.of(event, NOW)

        assert effect.question == Question(MONDAY, 0)
        assert effect.result["measured"]["closed"] > 0


class TestKeepChances:
    def test_is_refused_beyond_a_hundred_and_late(self, organiser, event, world):
        for values in ({"chance": 101}, {"chances": {world["bank"]: -1}}):
            asked = {"chance": None, "chances": {}} | values
            with pytest.raises(Refused):
                services.keep_chances(
                    organiser, event, asked["chance"], asked["chances"], version=0
                )
        services.keep_chances(organiser, event, 40, {world["bank"]: 90}, version=0)
        with pytest.raises(Refused):
            services.keep_chances(organiser, event, 40, {}, version=0)

        services.keep_rules(organiser, event, Rules(9), version=1)

        kept = services.rules_of(event)
        assert (kept.chance, kept.chances) == (40, ((world["bank"], 90),))

    def test_forgets_only_whose_field_was_left_empty(self, organiser, event, world):
        bank, radio, unsri = (world[one] for one in ("bank", "radio", "unsri"))
        services.keep_chances(organiser, event, None, {bank: 90, radio: 20, unsri: 30}, version=0)

        # The bank is not on the list at present: the form has no field for it.
        services.keep_chances(organiser, event, None, {radio: None, unsri: 40}, version=1)

        assert dict(services.rules_of(event).chances) == {bank: 90, unsri: 40}

    def test_is_closed_elsewhere(self, event):
        bound = make.user("Kal", "organiser", regions=("62",))

        with pytest.raises(NotYours):
            services.keep_chances(bound, event, 40, {}, version=0)


class TestPage:
    def test_part_and_page_say_the_same_and_keep_what_is_typed(
        self, as_user, organiser, viewer, event, world
    ):
        services.keep_rules(organiser, event, Rules(2, region="16"), version=0)
        browser = as_user(organiser)
        address = f"/events/{event.id}/effect?on=2026-11-23&window=24"

        page = browser.get(address).text
        part = browser.get(address, headers={"HX-Request": "true"}).text

        assert "Indeks sinergi sesudahnya" in page
        assert "<html" not in part
        assert 'name="guests-0-percent"' in part
        guest = known_effects.of(event, NOW).result["chances"][0]["organisation"]
        keep = f"/events/{event.id}/invite-list/chances?on=2026-11-23&window=24"
        wrong = {"guests-0-organisation": str(guest), "guests-0-percent": "101", "version": "1"}
        refused = browser.post(keep, data=wrong)
        assert refused.status_code == 422
        assert 'value="101"' in refused.text
        answer = browser.post(keep, data=wrong | {"guests-0-percent": "70"})
        assert answer.status_code == 303
        assert services.rules_of(event).chances == ((guest, 70),)
        assert 'name="guests-0-percent"' not in as_user(viewer).get(address).text
