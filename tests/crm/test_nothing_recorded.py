"""A database in which nothing is recorded yet: every page of the analysis says what to do first."""

import pytest

from tests import make

PAGES = (
    "/",
    "/gaps",
    "/gaps/grid",
    "/gaps/closed",
    "/network",
    "/network/table",
    "/network/compare",
    "/network/series",
    "/network/report",
    "/regions",
    "/regions/map",
    "/regions/map?region=16",
    "/regions/16/network",
    "/regions/16/report",
    "/introductions",
    "/introductions/fewest",
    "/introductions/fewest?region=16",
    "/simulate",
    "/simulate/scenarios/new",
    "/shares/new",
)
VERDICTS = (
    "tidak ada yang kurang",
    "Tidak ada yang bergantung",
    "Tidak ada kesenjangan",
    "Simpan sebagai PDF",
    "Jejaring sedang dianalisis",
)
"""What is said of a network, and would mean nothing of none."""


def test_every_page_says_what_to_do_first(as_user, editor):
    make.region()
    browser = as_user(editor)

    for address in PAGES:
        page = browser.get(address).text.split("<main")[1]

        assert "Belum ada data" in page, address
        assert 'href="/imports/new"' in page, address
        assert 'href="/stakeholders/new"' in page, address
        assert not [one for one in VERDICTS if one in page], address


def test_who_may_not_enter_anything_is_told_who_does(as_user, viewer):
    page = as_user(viewer).get("/introductions/fewest").text.split("<main")[1]

    assert "Tim sinergi belum mencatat satu organisasi pun." in page
    assert "/imports/new" not in page


def test_one_organisation_is_enough(as_user, editor):
    make.region()
    make.stakeholder("Bank Sumsel Babel")
    browser = as_user(editor)

    for address in PAGES:
        assert "Belum ada data" not in browser.get(address).text, address


@pytest.mark.parametrize("address", ["/analysis/state", "/gaps/stability"])
def test_a_state_that_is_opened_as_a_page_does_not_load_itself_again_and_again(
    app, monkeypatch, as_user, viewer, address
):
    monkeypatch.setitem(app.config, "STABILITY_RUNS", 2)
    make.stakeholder()
    browser = as_user(viewer)

    assert "data-reload" not in browser.get(address).text
    part = browser.get(address, headers={"HX-Request": "true"}).text
    assert "data-reload" in part
