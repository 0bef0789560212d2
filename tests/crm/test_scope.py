"""A user bound to regions: no form that could not be saved, and nothing typed is lost."""

import re

import pytest

from crm.actions import services as actions
from crm.contacts import services as contacts
from crm.db import db
from crm.network import services as network
from crm.network import stability
from crm.network.questions import Question
from crm.regions.models import Level
from crm.simulations import services as simulations
from crm.stakeholders.models import Stakeholder
from crm.users.models import User
from tests import make
from tests.make import MONDAY


@pytest.fixture
def bound(as_user):
    """A browser of somebody who edits in Lahat alone."""
    make.region("16.04", "Kabupaten Lahat")
    return as_user(make.user("Lia", "editor", "organiser", regions=("16.04",)))


@pytest.fixture
def far():
    """Records of another province, each with the address of its page."""
    make.region("62", "Kalimantan Tengah")
    place = {"region_code": "62"}
    bank, office = make.stakeholder("Bank Kalteng", **place), make.stakeholder("Dinas", **place)
    contact = make.contact("Ani")
    make.position(contact, bank, title="Kepala")
    task = actions.add(None, title="Kunjungi", source="other", region_code="62")
    return [
        f"/stakeholders/{bank.id}",
        f"/events/{make.event(**place).id}",
        f"/agreements/{make.agreement(bank, office).id}",
        f"/contacts/{contact.id}",
        f"/actions/{task.id}",
    ]


def test_opens_no_form_elsewhere_and_sees_why(bound, far):
    for address in far:
        page = bound.get(address)
        assert page.status_code == 200, address
        assert f'href="{address}/edit"' not in page.text
        assert "Di luar wilayah yang boleh Anda sunting" in page.text
        assert bound.get(f"{address}/edit").status_code == 403, address
        assert bound.post(f"{address}/edit", data={"name": "x"}).status_code == 403, address


def test_at_home_the_form_is_open(bound):
    office = make.stakeholder("Bappeda Lahat", region_code="16.04")

    assert f'href="/stakeholders/{office.id}/edit"' in bound.get(f"/stakeholders/{office.id}").text
    assert bound.get(f"/stakeholders/{office.id}/edit").status_code == 200


def test_a_place_that_is_not_theirs_is_refused_beside_its_field(bound, far):
    typed = {"name": "Bank baru", "sector": "business", "level": "province", "region_code": "62"}
    typed["stage"] = "identified"

    answer = bound.post("/stakeholders/new", data=typed)

    assert answer.status_code == 422
    beside = answer.text.partition('id="region_code-error"')[2].partition("</div>")[0]
    assert "Pilihan ini tidak ada dalam daftar" in beside
    assert 'value="Bank baru"' in answer.text
    assert db.session.query(Stakeholder).filter_by(name="Bank baru").count() == 0


@pytest.mark.parametrize("address", ["stakeholders", "events", "plans", "actions", "programmes"])
def test_is_offered_no_place_elsewhere(bound, address):
    make.region("16.04.01", "Kecamatan Merapi", level=Level.VILLAGE)
    make.region("16.71", "Kota Palembang")
    make.region("16.041", "Kabupaten yang kodenya mirip", level=Level.DISTRICT)

    page = bound.get(f"/{address}/new").text
    field = page.partition('name="region_code')[2].partition("</select>")[0]

    offered = set(re.findall(r'<option (?:selected )?value="([^"]+)"', field))
    assert offered == {"16.04"}, "where they edit, and nothing that only begins like it"


def test_keeps_the_place_of_their_own_task(bound):
    make.region("62", "Kalimantan Tengah")
    lia = db.session.query(User).filter_by(name="Lia").one()
    task = actions.add(None, title="Kunjungi", source="other", region_code="62", owner_id=lia.id)

    page = bound.get(f"/actions/{task.id}/edit").text

    assert '<option selected value="62">' in page.partition('name="region_code"')[2]


def test_adds_a_new_person_with_a_post_at_home(bound):
    office = make.stakeholder("Bappeda Lahat", region_code="16.04")

    answer = bound.post(
        "/contacts/new", data={"name": "Budi", "stakeholder_id": office.id, "position": "Kepala"}
    )

    assert answer.status_code == 303
    (post,) = contacts.at_stakeholder(office.id)
    assert (post.title, post.contact.name) == ("Kepala", "Budi")


class TestWhatIsOfNoRegion:
    """Of no region means of all of Indonesia: not theirs, unless they made it."""

    def test_a_scenario_of_somebody_else_is_only_read(self, bound):
        office = make.stakeholder("Bappeda Lahat", region_code="16.04")
        other = make.scenario(office, by_id=make.user("Ema", "editor").id)
        address = f"/simulate/scenarios/{other.id}"

        page = bound.get(address)
        assert page.status_code == 200
        assert "Di luar wilayah yang boleh Anda sunting" in page.text
        assert f"{address}/edit" not in page.text
        assert f"{address}/archive" not in page.text
        assert bound.get(f"{address}/edit").status_code == 403
        typed = {"title": "Lain", "on": "2026-11-23", "window": "24", "organisation": office.id}
        assert bound.post(f"{address}/edit", data=typed).status_code == 403
        assert bound.post(f"{address}/archive").status_code == 403
        assert (other.title, other.archived_at) == ("Bila mereka keluar", None)

        simulations.archive(make.user("Adi", "editor"), other.id, at=make.NOW)
        assert f"{address}/restore" not in bound.get(address).text
        assert bound.post(f"{address}/restore").status_code == 403
        assert other.archived_at is not None

    def test_a_scenario_of_their_own_is_theirs(self, bound):
        office = make.stakeholder("Bappeda Lahat", region_code="16.04")
        lia = db.session.query(User).filter_by(name="Lia").one()
        own = make.scenario(office, by_id=lia.id)
        address = f"/simulate/scenarios/{own.id}"

        page = bound.get(address).text
        assert f'href="{address}/edit"' in page
        assert f'action="{address}/archive"' in page
        assert bound.get(f"{address}/edit").status_code == 200
        assert bound.post(f"{address}/archive").status_code == 303
        assert own.archived_at is not None
        assert bound.post(f"{address}/restore").status_code == 303
        assert own.archived_at is None

    def test_stability_is_everybodys_and_not_theirs_to_cancel(
        self, bound, as_user, app, monkeypatch
    ):
        make.stakeholder("Bappeda Lahat", region_code="16.04")
        at = "on=2026-11-23&window=24"
        network.answer(Question(MONDAY, 24))
        monkeypatch.setitem(app.config, "STABILITY_RUNS", 20)
        with monkeypatch.context() as patched:  # it waits for its turn
            patched.setattr(stability, "later", lambda *_args, **_options: None)
            assert "/gaps/stability/cancel" not in bound.get(f"/gaps?{at}").text
            assert bound.post(f"/gaps/stability/cancel?{at}").status_code == 403
            everywhere = as_user(make.user("Ema", "editor"))
            assert "/gaps/stability/cancel" in everywhere.get(f"/gaps?{at}").text
            assert everywhere.post(f"/gaps/stability/cancel?{at}").status_code == 303
            assert "/gaps/stability/again" in everywhere.get(f"/gaps?{at}").text

            again = as_user(db.session.query(User).filter_by(name="Lia").one())
            assert "dibatalkan" in again.get(f"/gaps?{at}").text
            assert "/gaps/stability/again" not in again.get(f"/gaps?{at}").text
            assert again.post(f"/gaps/stability/again?{at}").status_code == 403
