"""Agreements: two or more parties, a chain without a circle, a status that follows from dates."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.agreements import services
from crm.agreements.models import Agreement, AgreementKind, AgreementStatus
from crm.audit.models import AuditEntry
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

DAY = timedelta(days=1)


@pytest.fixture
def parties():
    return [(make.stakeholder(f"Pihak {letter}").id, f"{letter}/2025") for letter in "AB"]


def titles(query):
    return [one.title for one in db.session.scalars(query.order_by(Agreement.id)).unique()]


class TestAdd:
    def test_stores_the_parties_with_their_numbers(self, editor, parties):
        third = make.stakeholder().id

        made = services.add(editor, title="MoU TPBIS", parties=[*parties, (third, "")])

        stored = services.get(made.id)
        assert [(one.stakeholder_id, one.number) for one in stored.parties] == [
            *parties,
            (third, ""),
        ]
        assert titles(services.found("A/2025", today=MONDAY)) == ["MoU TPBIS"]
        assert titles(services.found("pihak b", today=MONDAY)) == ["MoU TPBIS"]

    @pytest.mark.parametrize("count", [0, 1])
    def test_refuses_fewer_than_two_parties(self, editor, parties, count):
        with pytest.raises(Refused) as refusal:
            services.add(editor, title="MoU", parties=parties[:count])

        assert refusal.value.field == "parties"
        assert db.session.scalars(select(Agreement)).all() == []

    def test_refuses_the_same_party_twice(self, editor, parties):
        with pytest.raises(Refused) as refusal:
            services.add(editor, title="MoU", parties=[*parties, parties[0]])

        assert refusal.value.field == "parties"

    def test_refuses_an_end_before_the_beginning(self, editor, parties):
        with pytest.raises(Refused) as refusal:
            services.add(editor, title="MoU", parties=parties, starts=MONDAY, ends=MONDAY - DAY)

        assert refusal.value.field == "ends"

    def test_one_party_at_home_is_enough(self):
        palembang = make.user("Pal", "editor", regions=("16.71",))
        home = make.stakeholder(region_code="16.71").id
        away, far = make.stakeholder().id, make.stakeholder(region_code="62").id

        services.add(palembang, title="MoU", parties=[(home, ""), (away, "")])
        with pytest.raises(NotYours):
            services.add(palembang, title="MoU", parties=[(away, ""), (far, "")])


class TestChange:
    def test_keeps_rows_of_parties_that_stay(self, editor, parties):
        made = services.add(editor, title="MoU", parties=parties)
        first = made.parties[0].id
        third = make.stakeholder().id

        services.change(
            editor,
            made.id,
            version=made.version,
            title="MoU",
            parties=[(parties[0][0], "baru"), (third, "")],
        )

        stored = services.get(made.id)
        assert stored.parties[0].id == first
        assert {(one.stakeholder_id, one.number) for one in stored.parties} == {
            (parties[0][0], "baru"),
            (third, ""),
        }
        gone = select(AuditEntry).where(AuditEntry.action == "deleted")
        assert [entry.record for entry in db.session.scalars(gone)] == ["AgreementParty"]

    def test_a_change_of_parties_alone_is_seen_by_the_second_writer(self, editor, parties):
        made = services.add(editor, title="MoU", parties=parties)
        seen, other = made.version, make.stakeholder().id
        services.change(
            editor, made.id, version=seen, title="MoU", parties=[parties[0], (other, "")]
        )

        with pytest.raises(Conflict):
            services.change(editor, made.id, version=seen, title="MoU", parties=parties)

    def test_a_chain_must_not_become_a_circle(self, editor, parties):
        def made(title, parent=None):
            return services.add(editor, title=title, parties=parties, parent_id=parent)

        mou = made("MoU")
        pks = made("PKS", mou.id)
        arrangement = made("IA", pks.id)
        assert [one.title for one in services.below(mou.id)] == ["PKS"]

        for parent in (mou.id, arrangement.id):
            with pytest.raises(Refused) as refusal:
                services.change(
                    editor,
                    mou.id,
                    version=services.get(mou.id).version,
                    title="MoU",
                    parties=parties,
                    parent_id=parent,
                )
            assert refusal.value.field == "parent_id"


@pytest.mark.parametrize(
    ("starts", "ends", "status"),
    [
        (MONDAY + DAY, None, AgreementStatus.PLANNED),
        (MONDAY, None, AgreementStatus.ACTIVE),
        (None, None, AgreementStatus.ACTIVE),
        (MONDAY, MONDAY + 91 * DAY, AgreementStatus.ACTIVE),
        (MONDAY, MONDAY + 90 * DAY, AgreementStatus.EXPIRING),
        (MONDAY, MONDAY, AgreementStatus.EXPIRING),
        (None, MONDAY - DAY, AgreementStatus.EXPIRED),
    ],
)
def test_the_filter_and_the_record_agree_about_the_status(starts, ends, status):
    agreement = make.agreement(starts=starts, ends=ends)

    assert agreement.status(MONDAY) is status
    for one in AgreementStatus:
        found = titles(services.found(today=MONDAY, status=one))
        assert bool(found) is (one is status)


def test_found_by_sector_and_region_of_a_party():
    make.agreement(make.stakeholder(), make.stakeholder(sector=Sector.MEDIA), title="Ya")
    make.agreement(make.stakeholder(region_code="62"), make.stakeholder(), title="Bukan")

    assert titles(services.found(today=MONDAY, sector=Sector.MEDIA)) == ["Ya"]
    assert titles(services.found(today=MONDAY, region="62")) == ["Bukan"]
    assert titles(services.found(today=MONDAY, kind=AgreementKind.PKS)) == []


class TestPages:
    def form(self, parties, **values):
        return {
            "title": "MoU TPBIS",
            "kind": "mou",
            "parties": [one for one, _number in parties],
            "parties-number": [number for _one, number in parties],
        } | values

    def test_the_form_leaves_empty_rows_out(self, as_user, editor, parties):
        rows = [parties[0], ("", ""), parties[1], ("", "")]

        answer = as_user(editor).post("/agreements/new", data=self.form(rows))

        made = db.session.scalars(select(Agreement)).one()
        assert answer.headers["Location"] == f"/agreements/{made.id}"
        assert [(one.stakeholder_id, one.number) for one in made.parties] == parties

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, as_user, editor, parties):
        rows = [parties[0], ("", "HK.01/2025")]

        answer = as_user(editor).post(
            "/agreements/new", data=self.form(rows, starts="2025-01-01", ends="2024-01-01")
        )

        assert answer.status_code == 422
        assert "Pilih organisasi yang memiliki nomor ini" in answer.text
        assert 'value="2024-01-01"' in answer.text
        one = as_user(editor).post("/agreements/new", data=self.form([parties[0]]))
        assert "sedikitnya dua organisasi" in one.text

    def test_a_row_is_added_with_and_without_script(self, as_user, editor, parties):
        browser = as_user(editor)

        part = browser.get("/agreements/party-row", headers={"HX-Request": "true"}).text
        assert part.count('name="parties"') == 1
        page = browser.post("/agreements/new", data=self.form(parties, more="1"))
        assert page.status_code == 200
        assert page.text.count('name="parties"') == 3
        assert 'value="MoU TPBIS"' in page.text
        assert db.session.scalars(select(Agreement)).all() == []

    def test_the_conflict_page_carries_the_parties(self, as_user, editor, parties):
        made = services.add(editor, title="MoU TPBIS", parties=parties)
        version, other = str(made.version), make.stakeholder("Pihak C").id
        browser, url = as_user(editor), f"/agreements/{made.id}/edit"
        first, second = parties
        mine = self.form([first, (other, "C")], version=version)
        assert browser.post(url, data=self.form([first, (second[0], "9")], version=version))

        clash = browser.post(url, data=mine)

        assert clash.status_code == 409
        assert "Pihak A (A/2025); Pihak C (C)" in clash.text
        now = str(services.get(made.id).version)
        kept = {
            "title": "MoU TPBIS",
            "kind": "mou",
            "version": now,
            "keep.parties": "yours",
            "yours.parties": [f"{first[0]}|A/2025", f"{other}|C"],
            "theirs.parties": [f"{first[0]}|A/2025", f"{second[0]}|9"],
        }
        assert browser.post(url, data=kept).status_code == 303
        stored = {one.stakeholder_id: one.number for one in services.get(made.id).parties}
        assert stored == {first[0]: "A/2025", other: "C"}

    def test_list_filters_by_the_derived_status(self, as_user, viewer):
        make.agreement(title="Lama", ends=date(2025, 6, 1))
        make.agreement(title="Kini")

        shown = as_user(viewer).get("/agreements?status=expired").text

        assert "Lama" in shown
        assert "Kini" not in shown

    def test_parts_of_organisation_and_programme(self, as_user, editor):
        office, programme = make.stakeholder(), make.programme()
        make.agreement(office, make.stakeholder(), title="MoU A", programme_id=programme.id)
        browser = as_user(editor)

        for url in (
            f"/stakeholders/{office.id}/agreements",
            f"/programmes/{programme.id}/agreements",
        ):
            part = browser.get(url, headers={"HX-Request": "true"}).text
            assert "MoU A" in part
            assert "<html" not in part
        assert as_user(make.user("Oki", "organiser")).get("/agreements/new").status_code == 403
