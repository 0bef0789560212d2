"""A user bound to regions: no form that could not be saved, and nothing typed is lost."""

import re

import pytest

from crm.actions import services as actions
from crm.contacts import services as contacts
from crm.db import db
from crm.regions.models import Level
from crm.stakeholders.models import Stakeholder
from crm.users.models import User
from tests import make


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
