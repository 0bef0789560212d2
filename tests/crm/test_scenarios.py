"""Scenarios: kept, changed by two, put away, opened again, compared."""

import html

import pytest

from crm.db import db
from crm.errors import Conflict, Refused
from crm.simulations import services
from crm.simulations.models import Scenario
from tests import make
from tests.make import MONDAY, NOW


@pytest.fixture
def offices():
    """An office between two others."""
    one, middle, other = (make.stakeholder(name) for name in ("Dinas A", "Dinas B", "Dinas C"))
    make.agreement(one, middle)
    make.agreement(middle, other)
    return one, middle, other


def values(*leaving, **more):
    return {
        "title": "Tanpa Dinas B",
        "about": "",
        "on": MONDAY,
        "window": "24",
        "organisation": [one.id for one in leaving],
        "position": [],
        "programme": [],
        "ever": False,
    } | more


class TestKeeping:
    def test_keeps_who_leaves_and_the_question(self, editor, offices):
        kept = services.keep(editor, at=NOW, **values(offices[1], window="all"))

        assert (kept.organisations, kept.months, kept.by_id) == ([offices[1].id], 0, editor.id)
        assert services.question(kept).args == {"on": "2026-11-23", "window": "all"}
        assert services.as_form(kept)["window"] == "all"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"organisation": []}, "organisation"),
            ({"on": MONDAY.replace(year=1800)}, "on"),
            ({"window": "0"}, "window"),
            ({"window": "9999"}, "window"),
            ({"window": "x"}, "window"),
        ],
    )
    def test_refuses_what_cannot_be_simulated(self, editor, offices, more, field):
        with pytest.raises(Refused) as refusal:
            services.keep(editor, at=NOW, **values(offices[1]) | more)
        assert refusal.value.field == field
        assert db.session.query(Scenario).count() == 0

    def test_the_second_of_two_writers_is_told(self, editor, offices):
        kept = services.keep(editor, at=NOW, **values(offices[1]))
        services.change(editor, kept.id, version=kept.version, **values(offices[0]))

        with pytest.raises(Conflict):
            services.change(editor, kept.id, version=1, **values(offices[2]))
        assert services.get(kept.id).organisations == [offices[0].id]

    def test_is_put_away_and_back(self, editor, offices):
        kept = make.scenario(offices[1])
        services.archive(editor, kept.id, at=NOW)
        assert services.all_titles() == []
        services.restore(editor, kept.id)
        assert [one for one, _title in services.all_titles()] == [kept.id]


class TestPages:
    def test_a_simulation_is_kept_from_its_address(self, as_user, organiser, offices):
        browser = as_user(organiser)
        address = f"/simulate/scenarios/new?on=2026-11-23&window=12&organisation={offices[1].id}"

        form = browser.get(address)
        assert 'value="2026-11-23"' in form.text
        made = browser.post(
            address,
            data={"title": "Tanpa B", "on": "2026-11-23", "window": "12",
                  "organisation": offices[1].id},
        )  # fmt: skip

        assert made.status_code == 303
        page = html.unescape(browser.get(made.location).text)
        assert "2 hubungan aktif hilang; 1 organisasi terputus" in page
        assert "Disimpan" in page or "disimpan oleh Oki" in page

    def test_nobody_leaving_is_refused_beside_the_field(self, as_user, editor, offices):
        answer = as_user(editor).post(
            "/simulate/scenarios/new", data={"title": "Kosong", "on": "2026-11-23", "window": "24"}
        )
        assert answer.status_code == 422
        assert "Pilih sedikitnya satu organisasi" in answer.text

    def test_an_organisation_archived_since_then_is_named(self, as_user, editor, offices):
        kept = make.scenario(offices[1], offices[0])
        browser = as_user(editor)
        browser.post(f"/stakeholders/{offices[1].id}/archive")

        page = html.unescape(browser.get(f"/simulate/scenarios/{kept.id}").text)
        assert "Tidak lagi dalam jejaring, diarsipkan atau digabungkan: Dinas B." in page
        edit = browser.get(f"/simulate/scenarios/{kept.id}/edit")
        assert "Dinas B" in edit.text

    def test_two_stand_beside_each_other(self, as_user, viewer, offices):
        first = make.scenario(offices[1], title="Tanpa B")
        second = make.scenario(offices[0], title="Tanpa A")
        browser = as_user(viewer)

        page = html.unescape(browser.get(f"/simulate/compare?a={first.id}&b={second.id}").text)
        assert "2 hubungan aktif hilang; 1 organisasi terputus" in page
        assert "1 hubungan aktif hilang; 0 organisasi terputus" in page
        assert "Pilih dua skenario." in browser.get("/simulate/compare?a=9999&b=x").text

    def test_a_single_one_has_nothing_beside_it(self, as_user, viewer, offices):
        make.scenario(offices[1])
        assert "Diperlukan dua skenario" in as_user(viewer).get("/simulate/compare").text

    def test_the_list_is_searched_and_taken_along(self, as_user, viewer, offices):
        make.scenario(offices[1], title="Tanpa B")
        make.scenario(offices[0], title="Gempa")
        browser = as_user(viewer)
        page = browser.get("/simulate/scenarios?q=gempa").text
        assert "Gempa" in page
        assert "Tanpa B" not in page
        assert "Tanpa B" in browser.get("/simulate/scenarios?format=csv").text


class TestHistory:
    def test_names_whom_was_ticked(self, as_user, editor, offices):
        one, middle, _other = offices
        post = make.position(None, one, title="Kepala Seksi")
        programme = make.programme("PerpuSeru")
        kept = services.keep(
            editor, at=NOW, **values(one, position=[post.id], programme=[programme.id])
        )
        services.change(editor, kept.id, version=kept.version, **values(one, middle))

        page = as_user(editor).get(f"/simulate/scenarios/{kept.id}/history").text

        assert "Dinas A; Dinas B" in page
        assert "Kepala Seksi" in page
        assert "PerpuSeru" in page
        assert f"[{one.id}" not in page

    def test_of_an_archived_organisation_keeps_its_name_or_number(self, as_user, editor, offices):
        kept = make.scenario(offices[0], organisations=[offices[0].id, 4711])

        page = as_user(editor).get(f"/simulate/scenarios/{kept.id}/history").text

        assert "Dinas A; nomor 4711" in page


def test_the_picture_speaks_the_language_of_its_page(as_user, viewer, offices):
    browser = as_user(viewer)
    page = html.unescape(
        browser.get(f"/simulate?on=2026-11-23&window=24&organisation={offices[1].id}&lang=en").text
    )
    address = page.split('data-url="')[1].split('"')[0]

    assert "lang=en" in address
    assert "What an exit does to the network" in str(browser.get(address).json)
    # Whoever says nothing is answered in their own language.
    assert "Akibat bagi jejaring" in str(browser.get(address.replace("&lang=en", "")).json)
