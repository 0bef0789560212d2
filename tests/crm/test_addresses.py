"""Numbers that no record can have."""

import pytest

from tests import make

HUGE = "99999999999999999999"


@pytest.mark.parametrize(
    "address",
    [f"/events/{HUGE}", f"/stakeholders/{HUGE}/events", f"/plans/{2**31}", "/events/0"],
)
def test_lead_to_a_page_that_says_so(as_user, viewer, address):
    assert as_user(viewer).get(address).status_code == 404


def test_are_no_choice(as_user, organiser):
    event = make.event()
    browser = as_user(organiser)

    for address in (f"/events/{event.id}/invitations/new", "/visits/new", "/actions/new"):
        assert browser.get(f"{address}?stakeholder_id={HUGE}").status_code == 200
        posted = browser.post(address, data={"stakeholder_id": HUGE})
        assert posted.status_code == 422
    marked = browser.post(
        f"/events/{event.id}/invitations/mark", data={"guest": [HUGE, "x"], "fact": "present"}
    )
    assert marked.status_code == 303
