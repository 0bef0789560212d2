"""What is recorded beside the ties: each kind of fact once, and what was put away left out."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from crm.actions.models import ActionStatus
from crm.commitments.models import CommitmentStatus, Support
from crm.events.models import EventStatus
from crm.invitations.models import Attendance, Invitation
from crm.network.facts import facts
from crm.resources.models import ResourceSide
from graphs import records
from tests import make
from tests.make import MONDAY

MAY = date(2026, 5, 4)


@pytest.fixture
def pair():
    return make.stakeholder("Dinas"), make.stakeholder("Bank")


@pytest.fixture
def gone():
    return make.stakeholder("Lama", archived_at=make.NOW)


class TestEncounters:
    def test_name_who_came(self, pair):
        dinas, bank = pair
        siti, budi, ani = (make.contact(name) for name in ("Siti", "Budi", "Ani"))
        head = make.position(siti, dinas)
        held = make.event(starts_on=MAY, status=EventStatus.HELD)
        there = {"attendance": Attendance.PRESENT}
        make.participation(held, dinas, position_id=head.id, post_key=head.id, **there)
        make.participation(held, bank, contact_id=budi.id, represented_by_id=ani.id, **there)
        row = ("event", held.id)

        assert tuple(facts(MONDAY).encounters) == (
            records.Encounter(dinas.id, MAY, siti.id, evidence=row),
            records.Encounter(bank.id, MAY, ani.id, evidence=row),
        )

    def test_do_not_name_who_was_invited_where_a_stranger_came(self, pair):
        held = make.event(starts_on=MAY, status=EventStatus.HELD)
        make.participation(
            held,
            pair[0],
            contact_id=make.contact().id,
            represented_by="seorang staf",
            attendance=Attendance.PRESENT,
        )

        (one,) = facts(MONDAY).encounters

        assert one.person is None

    def test_are_also_what_one_of_us_did(self, pair):
        budi = make.user("Budi")
        done = make.follow_up(
            stakeholder_id=pair[0].id, owner_id=budi.id, status=ActionStatus.DONE, done_on=MAY
        )

        assert tuple(facts(MONDAY).encounters) == (
            records.Encounter(pair[0].id, MAY, ours=budi.id, evidence=("follow_up", done.id)),
        )

    def test_leave_out_what_did_not_happen_or_was_put_away(self, pair, gone):
        dinas, bank = pair
        held = make.event(gone, starts_on=MAY)
        make.participation(held, dinas, attendance=Attendance.ABSENT)
        make.participation(held, bank, attendance=Attendance.PRESENT, archived_at=make.NOW)
        make.event(dinas, starts_on=MAY, status=EventStatus.CANCELLED)
        make.event(dinas, starts_on=MAY, archived_at=make.NOW)
        make.event(dinas, starts_on=MONDAY + timedelta(days=1))
        make.event(dinas, starts_on=MONDAY - timedelta(days=731))
        make.event(dinas, starts_on=None)
        done = {"status": ActionStatus.DONE, "done_on": MAY, "stakeholder_id": dinas.id}
        make.follow_up(**done)
        make.follow_up(**done, owner_id=make.user().id, archived_at=make.NOW)

        assert tuple(facts(MONDAY).encounters) == ()


class TestPosts:
    def test_are_those_of_organisations_in_use(self, pair, gone):
        siti = make.contact("Siti")
        post = make.position(siti, pair[0], starts=MAY, ends=MONDAY)
        make.position(siti, pair[0], archived_at=make.NOW)
        make.position(siti, gone)

        assert facts(MONDAY).posts == (records.Post(post.id, pair[0].id, siti.id, MAY, MONDAY),)


class TestAgreements:
    def test_have_the_parties_that_are_in_use(self, pair, gone):
        dinas, bank = pair
        paper = make.agreement(dinas, gone, bank, starts=MAY, ends=MONDAY)
        make.agreement(dinas, bank, archived_at=make.NOW)

        assert facts(MONDAY).agreements == (
            records.Agreement(paper.id, (dinas.id, bank.id), MAY, MONDAY),
        )


class TestCommitments:
    def test_say_what_came_of_them(self, pair):
        bank, dinas = pair
        kept = make.commitment(
            bank,
            dinas,
            value=5_000_000,
            status=CommitmentStatus.REALISED,
            realised_on=MAY,
            kind=Support.MONEY,
        )
        half = make.commitment(
            bank, dinas, status=CommitmentStatus.PARTLY, realised_on=MAY, due_on=None
        )
        off = make.commitment(bank, dinas, status=CommitmentStatus.CANCELLED, due_on=None)
        new_year = date(2026, 1, 1)

        assert facts(MONDAY).commitments == (
            records.Commitment(
                kept.id, bank.id, dinas.id, "money", new_year, date(2027, 1, 1), MAY, value=5000000
            ),
            records.Commitment(half.id, bank.id, dinas.id, "goods", new_year, partly=True),
            records.Commitment(off.id, bank.id, dinas.id, "goods", new_year, cancelled=True),
        )

    def test_leave_out_what_was_put_away_or_promised_later(self, pair, gone):
        bank, dinas = pair
        make.commitment(bank, dinas, archived_at=make.NOW)
        make.commitment(gone, dinas)
        make.commitment(bank, gone)
        make.commitment(bank, dinas, promised_on=MONDAY + timedelta(days=1))

        assert facts(MONDAY).commitments == ()


class TestResources:
    def test_are_needs_and_offers_with_the_promise_that_meets_them(self, pair, gone):
        bank, dinas = pair
        make.region("16.71")
        promise = make.commitment(bank, dinas)
        need = make.resource(
            dinas, region_code="16.71", starts=MAY, ends=MONDAY, commitment_id=promise.id
        )
        offer = make.resource(bank, side=ResourceSide.OFFER, kind=Support.TRAINING)
        make.resource(bank, archived_at=make.NOW)
        make.resource(gone)

        assert facts(MONDAY).resources == (
            records.Resource(need.id, "need", dinas.id, "goods", "16.71", MAY, MONDAY, promise.id),
            records.Resource(offer.id, "offer", bank.id, "training"),
        )


class TestActions:
    def test_say_who_has_to_do_what_until_when(self, pair):
        budi = make.user("Budi")
        late = make.follow_up(
            due_on=MAY, owner_id=budi.id, stakeholder_id=pair[0].id, region_code="16"
        )
        off = make.follow_up(status=ActionStatus.CANCELLED)
        done = make.follow_up(status=ActionStatus.DONE, done_on=MAY)
        make.follow_up(archived_at=make.NOW)

        assert facts(MONDAY).actions == (
            records.Action(late.id, MAY, budi.id, pair[0].id, "16"),
            records.Action(off.id, None, cancelled=True),
            records.Action(done.id, None, done=MAY),
        )


class TestProgrammes:
    def test_have_the_rows_that_they_carry(self, pair):
        dinas, bank = pair
        one = make.programme(ends=MONDAY, lead_id=dinas.id, funder_id=bank.id)
        carried = {"programme_id": one.id}
        paper = make.agreement(dinas, bank, **carried)
        given = make.commitment(bank, dinas, **carried)
        held = make.event(dinas, **carried)
        make.event(dinas, archived_at=make.NOW, **carried)
        make.agreement(dinas, bank)
        make.programme("Selesai", ends=MONDAY - timedelta(days=1))
        make.programme("Diarsipkan", archived_at=make.NOW)

        assert facts(MONDAY).programmes == (
            records.Programme(
                one.id,
                MONDAY,
                dinas.id,
                bank.id,
                (("agreement", paper.id), ("commitment", given.id), ("event", held.id)),
            ),
        )


class TestInvitations:
    def test_went_out_or_were_not_needed(self, pair):
        dinas, bank = pair
        coming = make.event(starts_on=MONDAY + timedelta(days=9))
        make.participation(coming, bank, invitation=Invitation.SENT, invited_on=MONDAY)
        past = make.event(dinas, starts_on=MAY)

        assert tuple(facts(MONDAY).invitations) == (
            records.Invitation(bank.id, coming.starts_on, ("event", coming.id)),
            records.Invitation(dinas.id, MAY, ("event", past.id)),
        )

    def test_leave_out_drafts_what_was_called_off_and_what_came_later(self, pair, gone):
        dinas, bank = pair
        later = MONDAY + timedelta(days=1)
        coming = make.event(starts_on=later)
        make.participation(coming, bank, invitation=Invitation.DRAFT)
        make.participation(coming, dinas, invitation=Invitation.SENT, invited_on=later)
        make.participation(coming, gone, invitation=Invitation.SENT)
        make.event(dinas, starts_on=later)
        for values in ({"status": EventStatus.CANCELLED}, {"archived_at": make.NOW}):
            make.participation(make.event(**values), bank, invitation=Invitation.SENT)
        make.participation(make.event(), bank, invitation=Invitation.SENT, archived_at=make.NOW)

        assert tuple(facts(MONDAY).invitations) == ()


class TestGatherings:
    def test_are_the_events_to_come(self):
        make.region("16.71")
        today = make.event(region_code="16.71")
        make.event(starts_on=MONDAY - timedelta(days=1))
        make.event(starts_on=None)
        make.event(status=EventStatus.CANCELLED)
        make.event(status=EventStatus.HELD)
        make.event(archived_at=make.NOW)

        assert facts(MONDAY).gatherings == (records.Gathering(today.id, MONDAY, "16.71"),)


def test_on_an_empty_house_there_are_none():
    found = facts(MONDAY)
    assert not any(len(getattr(found, field.name)) for field in fields(found))
