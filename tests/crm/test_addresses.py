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


HOSTILE = (
    f"page={'9' * 5000}&q=%00&view=calendar&month=9999-99&name=x&version=abc&tags=x&parties=x",
    f"page=²&window=²&focus={HUGE}&open={HUGE}&starts=abc&basis_on=abc&due=abc&influence=x",
    "endpoint=x&_method=POST&_anchor=x",
    "_external=1&_scheme=x",
)


@pytest.mark.parametrize("parameters", HOSTILE)
def test_with_parameters_that_somebody_made_up_open_their_page(as_user, parameters):
    make.stakeholder("Bank Sumsel Babel")
    browser = as_user(make.user("Ani", "editor", "organiser", "admin"))

    for rule in browser.application.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and not rule.rule.startswith("/login"):
            answer = browser.get(f"{rule.rule}?{parameters}")
            assert answer.status_code in (200, 302, 400, 404), (rule.rule, answer.status_code)


def test_paging_keeps_such_parameters_as_they_are(as_user, viewer, monkeypatch):
    monkeypatch.setattr("crm.tables.PER_PAGE", 1)
    for name in ("Bank Sumsel Babel", "Bank Kalteng"):
        make.stakeholder(name)

    shown = (
        as_user(viewer).get("/stakeholders?_anchor=x&endpoint=y&sort=name").get_data(as_text=True)
    )

    assert "/stakeholders?_anchor=x&amp;endpoint=y&amp;sort=-name" in shown


def test_a_nul_is_refused_wherever_it_stands(as_user, editor):
    browser = as_user(editor)

    assert browser.get("/stakeholders?q=a%00b").status_code == 400
    assert browser.get("/stakeholders?%00=a").status_code == 400
    assert browser.post("/stakeholders/new", data={"name": "Bank\0"}).status_code == 400
