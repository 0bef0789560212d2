"""An address may propose values for a new record, and nonsense in it breaks nothing."""

import pytest

from tests import make

ADDRESSES = (
    "/events/new",
    "/visits/new",
    "/actions/new",
    "/plans/new",
    "/agreements/new",
    "/programmes/new",
)
NONSENSE = (
    "kind=x&status=x&starts_on=besok&ends_on=x&starts_at=x&ends_at=x&capacity=x&tags=x&parties=x"
    "&stakeholder_id=x&event_id=9&region_code=x&region_codes=x&due_on=x&on=x&starts=x&ends=x"
    "&programme_id=-1&parent_id=x&position_id=x&version=x&original=x&full=y"
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nonsense_is_ignored(as_user, editor, address):
    assert as_user(editor).get(f"{address}?{NONSENSE}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/events", "/actions", "/agreements", "/programmes", "/regulations", "/plans"],
)
def test_a_list_ignores_filters_that_name_nothing(as_user, viewer, address):
    query = "kind=x&status=x&region=x&since=x&until=31/02/2024&programme=x&state=x&sort=x&page=x"

    assert as_user(viewer).get(f"{address}?{query}").status_code == 200


def test_choices_are_proposed(as_user, editor):
    office, programme = make.stakeholder("Bank Sumsel"), make.programme()
    browser = as_user(editor)

    agreement = browser.get(
        f"/agreements/new?stakeholder_id={office.id}&programme_id={programme.id}"
    ).text
    event = browser.get("/events/new?title=Rakor&starts_on=2017-11&region_code=16").text

    assert f'<option value="{office.id}" selected>Bank Sumsel</option>' in agreement
    assert f'<option selected value="{programme.id}">PerpuSeru</option>' in agreement
    assert 'value="11/2017"' in event
    assert '<option selected value="16">' in event
