"""The settings of the analysis: what they are, what they would change, who may, who was first."""

import json
import re
from html import unescape

import pytest
from flask_babel import force_locale

from crm import clock
from crm.db import db
from crm.errors import Conflict
from crm.gaps.meanings import meaning
from crm.network import jobs, questions, services, settings
from crm.network.questions import Question
from crm.network.settings import DEFAULTS
from crm.stakeholders.models import Sector
from graphs.findings import CODES, THRESHOLDS
from graphs.records import SECTORS, Options
from tests import make
from tests.make import MONDAY

LAHAT = {"region_code": "16.04", "level": "district"}


@pytest.fixture
def lahat():
    """An office and a bank of Lahat that met once, a year and a half before today."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, **LAHAT)
    make.agreement(dinas, bank, title="MoU bank")
    return dinas, bank


def change(by, version=0, **values):
    db.session.rollback()
    settings.change(by, version=version, **{**DEFAULTS, **values})


def codes():
    return [one.code for one in services.findings(services.answer(opening()).analysis)]


def opening() -> Question:
    return questions.opening(clock.today())


def typed(**values):
    """What the browser sends: every field, a list of sectors as boxes that are ticked."""
    sent = {**DEFAULTS, "version": "0", **values}
    return {name: value if isinstance(value, list) else str(value) for name, value in sent.items()}


class TestInForce:
    def test_are_the_defaults_of_the_analysis_while_nothing_was_set(self, app):
        now = settings.in_force()

        assert now.thresholds == THRESHOLDS
        assert now.wanted == {"province": SECTORS, "district": SECTORS}
        assert now.options(Question(MONDAY, 24)) == Options(window_days=730)

    def test_a_view_of_all_years_never_ages(self, app, admin):
        change(admin, half_life_days=100)

        assert settings.in_force().options(Question(MONDAY, 24)).half_life_days == 100
        assert settings.in_force().options(Question(MONDAY, 0)).half_life_days == float("inf")

    def test_only_what_differs_is_kept(self, app, admin):
        change(admin, fading_share=30, weight_team=2, wanted_district=["media", "opd"])

        assert settings.stored().value == {
            "fading_share": 30,
            "weight_team": 2,
            "wanted_district": ["opd", "media"],  # in their order, however they were sent
        }
        assert settings.in_force().thresholds["fading-tie-share"] == 0.3

    def test_change_the_findings_and_the_results_are_renewed(self, lahat, admin):
        assert codes().count("uncovered-sector") == 8  # four in the province, four in Lahat
        before = jobs.data_version()

        change(admin, wanted_province=[], wanted_district=["opd", "business", "media"])

        assert jobs.data_version() == before + 1
        assert codes().count("uncovered-sector") == 1

    def test_change_what_a_working_tie_is(self, lahat, admin):
        dinas, _bank = lahat
        media = make.stakeholder("Sumatera Ekspres", sector=Sector.MEDIA, **LAHAT)
        make.event(dinas, media, starts_on=clock.today())
        ties = services.answer(opening()).analysis.numbers["working_ties"]

        change(admin, working_attendance=1.5)

        assert services.answer(opening()).analysis.numbers["working_ties"] == ties - 1

    def test_of_two_writers_the_second_is_told(self, app, admin):
        change(admin, fading_days=400)
        change(admin, version=1, fading_days=500)

        for seen in (0, 1):
            with pytest.raises(Conflict):
                change(admin, version=seen, fading_days=600)

        db.session.rollback()
        assert settings.in_force().values["fading_days"] == 500

    def test_saved_unchanged_change_nothing(self, app, admin):
        before = jobs.data_version()
        change(admin)
        assert (settings.stored(), jobs.data_version()) == (None, before)

    def test_are_told_where_a_kind_of_gap_is_explained(self, app, admin):
        with force_locale("en"):
            assert "more than 365 days old" in meaning("fading-tie")
            assert "at least 0.05." in meaning("single-broker")

        change(admin, fading_days=400, broker_rise=0.125)

        with force_locale("id"):
            assert "lebih dari 400 hari yang lalu" in meaning("fading-tie")
            assert "sedikitnya 0,125." in meaning("single-broker")
            assert all("%" not in meaning(code) for code in CODES)


class TestPages:
    def test_are_saved_and_told(self, lahat, as_user, admin):
        browser = as_user(admin)

        answer = browser.post(
            "/admin/settings",
            data=typed(fading_days=400, weight_team="0,5", wanted_district=["opd"]),
        )

        assert (answer.status_code, answer.location) == (303, "/admin/settings")
        shown = browser.get("/admin/settings").text
        assert 'value="400"' in shown
        assert "Biasanya 365." in shown
        assert "Hubungan yang mulai renggang: hari: 365 → 400" in shown
        assert settings.in_force().values["weight_team"] == 0.5

    @pytest.mark.parametrize(
        ("field", "value"),
        [("fading_share", "0"), ("fading_share", "101"), ("bridge_side", "x"), ("broker_rise", "")],
    )
    def test_refuse_what_makes_no_sense(self, as_user, admin, field, value):
        answer = as_user(admin).post("/admin/settings", data=typed(**{field: value}))

        assert answer.status_code == 422
        assert settings.stored() is None

    def test_show_the_effect_before_it_is_saved(self, lahat, as_user, admin):
        browser = as_user(admin)
        sent = typed(wanted_province=[], wanted_district=["opd", "business", "media"], effect="y")

        answer = browser.post("/admin/settings", data=sent)
        assert answer.status_code == 303
        shown = browser.get(answer.location).text

        # Of eight missing sectors only that of media in Lahat would be left.
        assert "0 kesenjangan bertambah, 7 berkurang" in shown
        assert "Tidak ada indeks yang berubah." in shown
        assert "Belum ada yang disimpan." in shown
        assert settings.stored() is None

    def test_the_effect_on_the_index(self, lahat, as_user, admin):
        dinas, _bank = lahat
        media = make.stakeholder("Sumatera Ekspres", sector=Sector.MEDIA, **LAHAT)
        make.event(dinas, media, starts_on=clock.today())

        shown = (
            as_user(admin)
            .get("/admin/settings/effect", query_string=typed(working_attendance="1.5"))
            .text
        )

        # The tie of office and media would not work: one of fifteen pairs less, one piece less.
        assert "Hubungan aktif: 2 → 1." in shown
        assert "Kabupaten Lahat" in shown

    def test_made_up_addresses_are_answered(self, as_user, admin):
        browser = as_user(admin)

        for query in ("?fading_days=x&version=-1", "?wanted_province=nonsense&version=9e9"):
            assert browser.get(f"/admin/settings/effect{query}").status_code == 422
        assert browser.get("/admin/settings/effect?nonsense=1").status_code == 200

    def test_go_back_to_the_defaults(self, app, as_user, admin):
        change(admin, fading_days=400)
        browser = as_user(admin)

        browser.post("/admin/settings/defaults", data={"version": "0"})
        assert settings.in_force().values["fading_days"] == 400  # somebody else has set it since
        browser.post("/admin/settings/defaults", data={"version": "1"})

        db.session.rollback()
        assert settings.in_force().values == DEFAULTS
        assert "400 → 365" in browser.get("/admin/settings").text

    def test_the_effect_says_that_somebody_saved_others_meanwhile(self, app, as_user, admin):
        browser, told = as_user(admin), "menyimpan pengaturan lain"
        address = "/admin/settings/effect?fading_days=200&version={}"
        assert told not in browser.get(address.format(0)).text

        change(make.user("Siti Aminah", "admin"), fading_days=400)

        assert f"Siti Aminah {told}" in browser.get(address.format(0)).text
        # Who has seen them is told nothing, and neither is who writes a version of no past.
        for seen in (1, 9):
            assert told not in browser.get(address.format(seen)).text

    def test_the_second_writer_sees_both_versions(self, app, as_user, admin):
        change(admin, fading_days=400)

        answer = as_user(admin).post("/admin/settings", data=typed(fading_days=500))

        assert answer.status_code == 409
        assert "400" in answer.text
        assert "500" in answer.text

    def test_trying_out_undoes_nothing_of_the_other_writer(self, lahat, as_user, admin):
        change(admin, fading_days=400)
        change(admin, version=1, fading_days=400, invited_days=100)
        browser = as_user(admin)
        first = typed(fading_days=200, version="1")  # seen before the second change, and the third
        change(admin, version=2, fading_days=400, invited_days=100, expiring_days=30)

        shown = browser.get("/admin/settings/effect", query_string=first).text
        seen = json.loads(unescape(re.search(r'name="original"[^>]*value="([^"]*)"', shown)[1]))
        assert (seen["fading_days"], seen["expiring_days"]) == (["400"], ["90"])
        answer = browser.post("/admin/settings", data={**first, "original": json.dumps(seen)})

        assert answer.status_code == 409
        kept = dict(re.findall(r'name="keep\.(\w+)" value="(\w+)"[^>]*checked', answer.text))
        assert kept == {"fading_days": "yours", "invited_days": "theirs", "expiring_days": "theirs"}

    def test_are_for_administrators(self, as_user, editor):
        assert as_user(editor).get("/admin/settings").status_code == 403
