"""Support: promised, kept or called off, and shown from both sides."""

import pytest
from sqlalchemy import select

from crm.commitments import services
from crm.commitments.models import Commitment, CommitmentStatus, Support
from crm.db import db
from crm.errors import NotYours, Refused
from tests import make
from tests.make import MONDAY


@pytest.fixture
def gift():
    giver, receiver = make.stakeholder("CCFI"), make.stakeholder("Perpustakaan Kobar")
    return services.promise(
        None,
        giver_id=giver.id,
        receiver_id=receiver.id,
        kind=Support.GOODS,
        what="5 PC, printer dan kamera",
        value=15_000_000,
    )


class TestPromise:
    @pytest.mark.parametrize(
        ("values", "field"), [({"receiver": 0}, "receiver_id"), ({"value": -1}, "value")]
    )
    def test_refuses_what_cannot_be(self, values, field):
        sides = [make.stakeholder().id, make.stakeholder().id]
        receiver = sides[values.pop("receiver", 1)]

        with pytest.raises(Refused) as refusal:
            services.promise(
                None,
                giver_id=sides[0],
                receiver_id=receiver,
                kind=Support.MONEY,
                what="Dana",
                **values,
            )

        assert refusal.value.field == field
        assert db.session.scalars(select(Commitment)).all() == []

    def test_one_side_at_home_is_enough(self):
        palembang = make.user("Pal", "editor", regions=("16.71",))
        home, away = make.stakeholder(region_code="16.71").id, make.stakeholder().id
        far = make.stakeholder().id

        def promise(giver, receiver):
            services.promise(
                palembang, giver_id=giver, receiver_id=receiver, kind=Support.PLACE, what="Aula"
            )

        promise(away, home)
        with pytest.raises(NotYours):
            promise(away, far)


class TestKeeping:
    def test_is_kept_in_part_then_wholly(self, gift):
        services.realise(None, gift.id, on=MONDAY, partly=True)
        assert services.get(gift.id).status is CommitmentStatus.PARTLY

        services.realise(None, gift.id, on=MONDAY)
        kept = services.get(gift.id)
        assert (kept.status, kept.realised_on) == (CommitmentStatus.REALISED, MONDAY)
        with pytest.raises(Refused):
            services.cancel(None, gift.id)

    def test_one_that_was_called_off_is_not_kept(self, gift):
        services.cancel(None, gift.id)

        with pytest.raises(Refused):
            services.realise(None, gift.id, on=MONDAY)

        assert services.get(gift.id).status is CommitmentStatus.CANCELLED


class TestPages:
    def test_each_side_reads_its_own_direction(self, as_user, viewer, gift):
        browser = as_user(viewer)

        given = browser.get(f"/stakeholders/{gift.giver_id}/commitments").text
        taken = browser.get(f"/stakeholders/{gift.receiver_id}/commitments").text

        assert "memberi kepada" in given
        assert "menerima dari" in taken
        assert "Rp15.000.000" in given
        assert "5 PC, printer dan kamera" in taken

    def test_of_a_programme_and_an_agreement(self, as_user, viewer):
        programme, agreement = make.programme(), make.agreement()
        services.promise(
            None,
            giver_id=make.stakeholder().id,
            receiver_id=make.stakeholder().id,
            kind=Support.TRAINING,
            what="Pelatihan pustakawan",
            programme_id=programme.id,
            agreement_id=agreement.id,
        )
        browser = as_user(viewer)

        for url in (
            f"/programmes/{programme.id}/commitments",
            f"/agreements/{agreement.id}/commitments",
        ):
            assert "Pelatihan pustakawan" in browser.get(url).text
        assert browser.get("/programmes/99/commitments").status_code == 404
