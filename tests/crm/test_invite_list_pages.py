"""The page of the invite list: shown, changed, refused, taken over, downloaded."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from sqlalchemy import func, select

from crm.audit.models import AuditEntry
from crm.db import db
from crm.invitations import services as invitations
from crm.invite_lists import building, services
from tests import inviting, make

ON = "on=2026-11-23&window=24"


@pytest.fixture
def world():
    return inviting.world()


@pytest.fixture
def event(world):
    return inviting.event()


class TestPage:
    def url(self, event, more=""):
        return f"/events/{event.id}/invite-list?{ON}{more}"

    def test_shows_guests_reasons_and_what_stays_open(self, as_user, organiser, event, world):
        page = as_user(organiser).get(self.url(event)).text

        assert "terbukti terbaik" in page
        assert re.search(
            r'href="/gaps/uncovered-sector:16\.71:media:\?[^"]*">Tidak ada media', page
        )
        assert "Yang belum tertutup" in page
        assert "Tidak ada komunitas yang bermitra di Sumatera Selatan" in page

    def test_a_changed_rule_builds_the_list_anew(self, as_user, organiser, event, world):
        browser = as_user(organiser)
        rules = {"capacity": "2", "region": "16", "media-minimum": "1", "version": "0"}

        answer = browser.post(self.url(event), data=rules)

        assert answer.status_code == 303
        page = browser.get(answer.headers["Location"]).text
        assert len(re.findall(r'<p class="guest-line">', page.split("Cadangan")[0])) == 2
        assert "RRI Palembang" in page
        assert re.search(r'<input(?=[^>]*name="capacity")(?=[^>]*value="2")', page)

    def test_impossible_rules_are_named_and_nothing_is_lost(self, as_user, organiser, event):
        browser = as_user(organiser)
        rules = {"capacity": "1", "region": "16", "media-minimum": "1", "business-minimum": "1"}
        browser.post(self.url(event), data=rules | {"version": "0"})

        page = browser.get(self.url(event)).text

        assert "Tidak ada daftar yang memenuhi semua aturan ini sekaligus:" in page
        assert "Paling sedikit 1 dari media massa" in page
        refused = browser.post(f"/events/{event.id}/invite-list/take?{ON}")
        assert refused.status_code == 422
        assert invitations.of_event(event.id) == []

    def test_a_stale_form_is_shown_again_with_what_was_typed(self, as_user, organiser, event):
        browser = as_user(organiser)
        browser.post(self.url(event), data={"capacity": "30", "version": "0"})

        late = browser.post(self.url(event), data={"capacity": "25", "version": "0"})

        assert late.status_code == 409
        assert 'value="25"' in late.text
        assert "Orang lain telah mengubah aturan ini" in late.text
        assert services.rules_of(event).capacity == 30

    def test_what_was_typed_wrongly_is_still_there(self, as_user, organiser, event):
        answer = as_user(organiser).post(self.url(event), data={"capacity": "banyak"})

        assert answer.status_code == 422
        assert 'value="banyak"' in answer.text

    def test_is_taken_over_from_the_page(self, as_user, organiser, event, world):
        browser = as_user(organiser)

        take = f"/events/{event.id}/invite-list/take?{ON}"
        assert browser.post(take).headers["Location"].endswith(f"/invite-list?{ON}")
        assert invitations.of_event(event.id) == [], "nobody takes over what they did not see"
        seen = re.search(r'name="seen" value="(\w+)"', browser.get(self.url(event)).text)[1]

        answer = browser.post(take, data={"seen": seen})

        assert answer.headers["Location"].endswith(f"/events/{event.id}")
        rows = invitations.of_event(event.id)
        assert world["radio"] in {one.stakeholder_id for one in rows}
        assert all(one.reason for one in rows)
        assert "sudah di daftar tamu" in browser.get(self.url(event)).text

    def test_download_holds_the_guests_of_the_page(self, as_user, viewer, event, world):
        browser = as_user(viewer)
        file = browser.get(self.url(event, "&format=csv"))

        rows = list(csv.DictReader(StringIO(file.data.decode("utf-8-sig"))))

        page = browser.get(self.url(event)).text
        assert [row["No."] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
        assert len(rows) == page.split("Cadangan")[0].count('class="guest-line"')
        assert all(row["Organisasi"] in page and row["Alasan"] for row in rows)
        assert file.headers["Content-Disposition"] == (
            "attachment; filename=daftar-undangan-workshop-sinergi.csv"
        )

    def test_viewers_read_the_rules_but_cannot_change_them(self, as_user, viewer, event):
        browser = as_user(viewer)
        page = browser.get(self.url(event)).text

        assert "<dt>Kapasitas</dt><dd>60</dd>" in page
        assert 'name="capacity"' not in page
        assert "invite-list/take" not in page
        assert browser.post(self.url(event), data={"capacity": "1"}).status_code == 403

    def test_hostile_titles_stay_text(self, as_user, organiser, world):
        event = make.event(title="<img src=x onerror=alert(1)>", region_code="16")

        assert "<img src=x" not in as_user(organiser).get(self.url(event)).text


class TestWhatCannotBe:
    """Each has its sentence, and nothing is stored."""

    def keep(self, browser, event, **typed):
        rules = {"capacity": "9", "region": "16", "version": "0"} | typed
        return browser.post(f"/events/{event.id}/invite-list?{ON}", data=rules)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"capacity": "0"}, "Isi angka antara 1 dan 10.000."),
            ({"seats": "10"}, "Satu organisasi boleh mengirim 1 sampai 9 tamu"),
            ({"more_from": "{bank}"}, "Berapa tamu yang boleh dikirim organisasi ini?"),
            ({"prefer": "{bank}", "never": "{bank}"}, "Bank Sumsel Babel tidak dapat diutamakan"),
            ({"plus": "7"}, "Pilihan ini tidak ada dalam daftar."),
        ],
    )
    def test_is_said_beside_its_field(self, as_user, organiser, event, world, typed, said):
        typed = {name: value.format(**world) for name, value in typed.items()}

        answer = self.keep(as_user(organiser), event, **typed)

        assert answer.status_code == 422
        assert said in answer.text
        assert services.draft(event.id) is None

    def test_nobody_may_be_invited(self, as_user, organiser, event, world):
        browser = as_user(organiser)
        self.keep(browser, event, never=[str(one) for one in world.values()])

        page = browser.get(f"/events/{event.id}/invite-list?{ON}").text

        assert "Tidak ada yang boleh diundang" in page

    def test_out_of_time_the_best_so_far_comes_with_its_distance(
        self, as_user, organiser, event, monkeypatch
    ):
        plan = building.plan_invites
        monkeypatch.setattr(
            building, "plan_invites", lambda *asked, **how: replace(plan(*asked, **how), gap=0.021)
        )

        page = as_user(organiser).get(f"/events/{event.id}/invite-list?{ON}").text

        assert "paling jauh 2,1" in page
        assert "Perhitungan dihentikan setelah" in page

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"guests-0-organisation": "9" * 40, "guests-0-percent": "50"},
            {"guests-0-organisation": "<b>", "guests-0-percent": "50"},
            {"guests-x-percent": "1", "chance": ""},
        ],
    )
    def test_made_up_chances_are_no_error(self, as_user, organiser, event, world, typed):
        answer = as_user(organiser).post(
            f"/events/{event.id}/invite-list/chances?{ON}", data=typed | {"version": "0"}
        )

        assert answer.status_code == 303
        assert services.rules_of(event).chances == ()

    def test_looking_changes_nothing(self, as_user, viewer, event, world):
        browser = as_user(viewer)
        before = db.session.scalar(select(func.count(AuditEntry.id)))

        for page in ("invite-list", "effect"):
            assert browser.get(f"/events/{event.id}/{page}?{ON}").status_code == 200

        assert db.session.scalar(select(func.count(AuditEntry.id))) == before
        assert services.draft(event.id) is None
