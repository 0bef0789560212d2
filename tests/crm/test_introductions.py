"""Plans of introductions: who meets whom and why, the user's wishes, odd questions, the page."""

import csv
import html
import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from flask import url_for

from crm.db import db
from crm.introductions import services, telling, verdicts, wishes
from crm.introductions.wishes import Wishes
from crm.network import introducing, kept_plans
from crm.network import services as network
from crm.network.models import StoredPlan
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders.models import Kind, Sector
from crm.transaction import transaction
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"


@pytest.fixture
def lahat():
    """The library office of Lahat works with planners and a bank, who do not know each other."""
    make.region("16.04", "Kabupaten Lahat")
    with transaction(by=None):
        kind = Kind(sector=Sector.OPD, code="library_office", name_id="Dinas", name_en="Office")
        db.session.add(kind)
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", kind_id=kind.id, **LAHAT)
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    bank = make.stakeholder("Bank Lahat", sector=Sector.BUSINESS, **LAHAT)
    paper = make.stakeholder("Lahat Pos", sector=Sector.MEDIA, **LAHAT)
    make.agreement(dinas, bappeda)
    make.agreement(dinas, bank)
    make.position(at=dinas, title="Kepala Dinas")
    return dinas, bappeda, bank, paper


def planned(**what):
    return services.plan(network.answer(NOW), Wishes(**what)).answer


def pairs(answer):
    return [{line["a"], line["b"]} for line in answer["lines"]]


class TestThePlan:
    def test_brings_two_partners_together_and_the_unknown_to_its_library_office(self, lahat):
        dinas, bappeda, bank, paper = (one.id for one in lahat)

        answer = planned(region="16.04", k=2)

        # Half of all pairs hang on the office; the paper is alone, one of four missing sectors.
        assert pairs(answer) == [{bappeda, bank}, {dinas, paper}]
        first, second = answer["lines"]
        assert first["through"] == dinas
        assert (second["through"], second["office"]) == (None, dinas)
        assert f"single-broker:16.04::{dinas}" in first["closes"]
        assert "uncovered-sector:16.04:media:" in second["closes"]
        assert answer["gap"] == 0.0
        assert answer["total"] == pytest.approx(sum(one["worth"] for one in answer["lines"]))

    def test_knows_the_library_office_by_its_name_where_no_kind_is_recorded(self, lahat):
        dinas, bappeda, bank, paper = lahat
        with transaction(by=None):
            dinas.kind_id = None

        planned_line = planned(region="16.04", k=2)["lines"][1]
        fewest_line = services.fewest(network.answer(NOW), "16.04").answer["lines"][0]

        assert {planned_line["a"], planned_line["b"]} == {dinas.id, paper.id}
        assert (planned_line["through"], planned_line["office"]) == (None, dinas.id)
        assert {fewest_line["a"], fewest_line["b"]} == {bappeda.id, bank.id}
        assert fewest_line["through"] == dinas.id

    def test_lets_the_office_of_the_province_approach_by_itself(self, lahat):
        dinas, _bappeda, _bank, paper = lahat
        province = make.stakeholder(
            "Dinas Perpustakaan Provinsi Sumatera Selatan", region_code="16", level=Level.PROVINCE
        )
        make.agreement(province, dinas)
        make.agreement(dinas, paper)

        known = network.answer(NOW)
        answer = planned(k=1, must=((paper.id, province.id),))
        (line,) = in_indonesian(telling.lines, known.analysis, answer, MONDAY)

        assert (line.through, line.speaker) == (None, province.id)
        assert line.sentence == (
            "Minta Dinas Perpustakaan Provinsi Sumatera Selatan mendekati Lahat Pos."
        )

    def test_says_what_the_index_becomes(self, lahat):
        before, after = planned(region="16.04", k=9)["index"]
        assert before < after

    def test_is_kept_until_the_data_changes(self, lahat, monkeypatch):
        first = planned(region="16.04")
        monkeypatch.setitem(kept_plans.KINDS, "introductions", None)
        assert planned(region="16.04") == first

        make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT)
        with pytest.raises(TypeError):
            planned(region="16.04")

    def test_of_few_questions_is_kept_for_long(self, lahat, monkeypatch):
        monkeypatch.setattr(kept_plans, "KEPT", 2)
        for k in (1, 2, 3):
            planned(k=k)
        assert db.session.query(StoredPlan).count() == 2


class TestWishes:
    def test_two_who_surely_meet_are_in_the_plan(self, lahat):
        _dinas, bappeda, _bank, paper = (one.id for one in lahat)
        answer = planned(k=1, must=((bappeda, paper),))
        assert pairs(answer) == [{bappeda, paper}]
        assert answer["lines"][0]["must"]

    def test_two_who_never_meet_are_not(self, lahat):
        dinas, _bappeda, _bank, paper = (one.id for one in lahat)
        assert {dinas, paper} not in pairs(planned(k=9, never=((dinas, paper),)))

    def test_who_is_not_asked_introduces_nobody(self, lahat):
        dinas = lahat[0].id
        lines = planned(k=9, not_through=(dinas,))["lines"]
        assert lines
        assert dinas not in {one for line in lines for one in line["path"][1:-1]}

    def test_who_is_left_in_peace_has_no_part(self, lahat):
        dinas = lahat[0].id
        lines = planned(k=9, spared=(dinas,))["lines"]
        assert dinas not in {one for line in lines for one in line["path"]}

    def test_that_clash_are_named_with_what_would_help(self, lahat):
        _dinas, bappeda, bank, paper = (one.id for one in lahat)
        answer = planned(k=1, must=((bappeda, paper), (bank, paper)))
        assert answer["lines"] == []
        assert "jumlah perkenalan" in in_indonesian(verdicts.clash, answer)
        assert in_indonesian(verdicts.relaxation, answer) == [
            "Lepaskan 1 dari pasangan yang pasti bertemu."
        ]

    def test_that_clash_leave_a_page_that_says_so(self, as_user, viewer, lahat):
        _dinas, bappeda, _bank, paper = (one.id for one in lahat)
        pair = f"{bappeda}-{paper}"
        page = as_user(viewer).get(f"/introductions?{ON}&must={pair}&never={pair}")
        assert page.status_code == 200
        assert "Lepaskan 1 dari pasangan yang pasti bertemu." in page.text

    def test_for_two_who_work_together_or_are_archived_are_told_and_left_out(self, lahat):
        dinas, bappeda, bank, _paper = (one.id for one in lahat)
        gone = make.stakeholder("Lama", archived_at=make.NOW)
        answer = planned(must=((dinas, bank), (bappeda, gone.id)))
        assert (answer["tied"], answer["unknown"]) == ([[dinas, bank]], [[bappeda, gone.id]])
        assert len(verdicts.dropped(answer, {dinas: "A", bank: "B", bappeda: "C"})) == 2

    def test_in_another_order_are_the_same_question(self):
        one = Wishes(must=((1, 2), (3, 4)), spared=(7, 5))
        other = Wishes(must=((3, 4), (1, 2)), spared=(5, 7))
        assert one.asked == other.asked

    def test_are_read_from_an_address_and_nothing_else_is(self):
        assert wishes.pairs(["2-1", "1-2", "3-3", "x", "4-", "-5", "9" * 30 + "-1"]) == ((1, 2),)
        assert wishes.numbers(["7", "7", "", "-1", "²", "9" * 30]) == (7,)
        assert len(wishes.numbers(map(str, range(1000)))) == wishes.WISHES

    def test_surely_and_never_take_each_other_back(self):
        surely = Wishes(must=((1, 2),))
        assert surely.toggled("never", (2, 1)) == {"never": ["1-2"]}
        assert surely.toggled("must", (1, 2)) == {}


def in_indonesian(function, *arguments):
    from flask_babel import force_locale

    with force_locale("id"):
        return function(*arguments)


class TestVerdict:
    @pytest.mark.parametrize(
        ("answer", "k", "words"),
        [
            ({"gap": 0.0, "lines": [1, 2]}, 2, "Tidak ada pilihan lain"),
            ({"gap": 0.0, "lines": [1]}, 5, "Lebih dari 1 perkenalan tidak akan menutup"),
            ({"gap": 0.125, "lines": [1], "bound": 80.0}, 1, "yang menutup lebih dari 80,0"),
        ],
    )  # fmt: skip
    def test_says_how_good_the_plan_is(self, answer, k, words):
        badge, _tone, sentence = in_indonesian(verdicts.verdict, answer, k, 5.0)
        assert words in sentence
        assert ("12,5" in badge) == bool(answer["gap"])

    def test_out_of_time_the_best_plan_found_comes_with_its_bound(self, lahat, monkeypatch):
        monkeypatch.setattr(introducing, "SECONDS", 1e-9)
        answer = planned(k=2)
        assert len(answer["lines"]) == 2
        assert answer["total"] <= answer["bound"] + 1e-6


class TestHoldingARegionTogether:
    def fewest(self, region="16.04"):
        return services.fewest(network.answer(NOW), region).answer

    def test_a_star_of_three_needs_one_tie(self, lahat):
        _dinas, bappeda, bank, _paper = (one.id for one in lahat)
        answer = self.fewest()
        assert pairs(answer) == [{bappeda, bank}]
        assert (answer["parts"], answer["splitting"], answer["gap"]) == (1, [], 0.0)
        said = in_indonesian(verdicts.holding, answer, "Lahat", {})
        assert said[0].startswith("Dengan 1 hubungan baru")
        assert said[1] == "Tidak cukup dengan hubungan yang lebih sedikit."

    def test_where_nobody_is_at_work_nothing_can_be_parted(self, lahat):
        make.region("16.71", "Kota Palembang")
        said = in_indonesian(verdicts.holding, self.fewest("16.71"), "Palembang", {})
        assert said[0].startswith("Dengan kurang dari tiga organisasi aktif")

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ({"lines": [], "parts": 1, "splitting": []}, "tidak perlu hubungan baru"),
            ({"lines": [1], "parts": 3, "splitting": []}, "3 bagian tetap tidak terhubung"),
            (
                {"lines": [], "parts": 1, "splitting": [7]},
                "masih akan memisahkan yang lain: Bappeda",
            ),
        ],
    )
    def test_says_what_the_ties_achieve(self, answer, words):
        answer = {"engaged": 9, "gap": 0.0, "bound": 0} | answer
        assert words in in_indonesian(verdicts.holding, answer, "Lahat", {7: "Bappeda"})[0]

    def test_regions_that_hang_on_one_organisation_are_offered(self, lahat, as_user, viewer):
        page = as_user(viewer).get(f"/introductions/fewest?{ON}").text
        assert re.findall(r"fewest\?region=([\d.]+)[^>]*>([^<]+)</a>", page) == [
            ("16", "Wilayah 16"),
            ("16.04", "Kabupaten Lahat, Wilayah 16"),
        ]


class TestThePage:
    def test_names_the_two_the_introducer_with_the_post_and_what_closes(
        self, lahat, as_user, viewer
    ):
        page = html.unescape(as_user(viewer).get(f"/introductions?{ON}&region=16.04&k=2").text)

        assert "Minta Dinas Perpustakaan Lahat mempertemukan Bappeda Lahat dan Bank Lahat." in page
        assert "Hubungi: Kepala Dinas, Dinas Perpustakaan Lahat." in page
        assert "Minta Dinas Perpustakaan Lahat mendekati Lahat Pos." in page
        assert "Tidak ada media massa yang bermitra di Kabupaten Lahat" in page
        assert "terbukti terbaik" in page
        # A viewer plans, and takes nothing on.
        assert "/actions/new" not in page

    def test_a_line_becomes_a_follow_up_of_its_gravest_gap(self, lahat, as_user, editor):
        browser = as_user(editor)
        page = html.unescape(browser.get(f"/introductions?{ON}&region=16.04&k=1").text)
        (address,) = set(re.findall(r'href="(/actions/new[^"]+)"', page))

        form = html.unescape(browser.get(address).text)
        assert "Minta Dinas Perpustakaan Lahat mempertemukan Bappeda Lahat dan Bank Lahat" in form
        made = browser.post(
            address,
            data={
                "title": "Perkenalkan",
                "due_on": "30/11/2026",
                "owner_id": editor.id,
                "stakeholder_id": lahat[0].id,
                "finding_key": re.search(r'name="finding_key"[^>]*value="([^"]+)"', form)[1],
            },
        )
        assert made.status_code == 303
        again = html.unescape(browser.get(f"/introductions?{ON}&region=16.04&k=1").text)
        assert "Sudah ditindaklanjuti: <a" in again

    def test_a_line_that_answers_many_gaps_proposes_a_short_address(self, lahat, app):
        dinas = make.stakeholder(f"Dinas {'Kearsipan ' * 17}", **LAHAT)
        for name in ("Bank", "Radio", "Kampus"):
            make.agreement(dinas, make.stakeholder(name, sector=Sector.BUSINESS, **LAHAT))
        known = network.answer(NOW)
        lines = telling.lines(known.analysis, services.plan(known, Wishes(k=1)).answer, MONDAY)
        (told, *_more) = lines[0].closes
        few = replace(lines[0], closes=[told] * 3, relieves=[])
        many = replace(lines[0], closes=[told] * 40, relieves=[(told, "9 %")] * 40)

        with app.test_request_context():
            assert "lainnya" not in in_indonesian(lambda: few.follow_up["about"])
            proposed = in_indonesian(lambda: many.follow_up)
            assert proposed["about"].endswith("– dan 77 lainnya")
            assert proposed["about"].count(told.sentence) == 3
            assert proposed["finding_key"] == told.finding.key
            # gunicorn takes no longer line of a request than 4,094 bytes.
            assert len(url_for("actions.new", **proposed)) < 4000

    def test_gives_the_plan_as_a_file(self, lahat, as_user, viewer):
        answer = as_user(viewer).get(f"/introductions?{ON}&region=16.04&k=2&format=csv")
        rows = list(csv.reader(StringIO(answer.text.lstrip("\ufeff"))))
        assert len(rows) == 3
        assert rows[1][1:4] == ["Bappeda Lahat", "Bank Lahat", "Dinas Perpustakaan Lahat"]
        assert rows[2][1:4] == ["Dinas Perpustakaan Lahat", "Lahat Pos", ""]

    def test_a_wish_that_is_typed_stands_in_the_address(self, lahat, as_user, viewer):
        _dinas, bappeda, _bank, paper = (one.id for one in lahat)
        browser = as_user(viewer)
        typed = f"{ON}&region=16.04&wish=must&first={bappeda}&second="

        answer = browser.get(f"/introductions?{typed}{paper}")
        assert answer.status_code == 303
        assert f"must={bappeda}-{paper}" in answer.location
        assert "region=16.04" in answer.location
        refused = browser.get(f"/introductions?{typed}{bappeda}")
        assert "Sebutkan dua organisasi yang berbeda." in refused.text

    def test_without_gaps_or_without_help_says_so(self, as_user, viewer):
        browser = as_user(viewer)
        assert "Belum ada data" in browser.get("/introductions").text
        make.stakeholder("Dinas", region_code="16")
        page = browser.get(f"/introductions?{ON}").text
        assert "Perkenalan tidak menolong di sini" in page

    def test_while_it_is_worked_out_says_so_and_asks_again(
        self, lahat, as_user, viewer, monkeypatch
    ):
        network.answer(NOW)
        monkeypatch.setattr(network, "later", lambda *_args, **_options: None)
        page = as_user(viewer).get(f"/introductions?{ON}&k=3").text
        assert "Rencana sedang disusun." in page
        assert 'hx-trigger="load delay:1s"' in page
        part = as_user(viewer).get(f"/introductions?{ON}&k=3", headers={"HX-Request": "true"}).text
        assert part.strip().startswith('<div id="plan">')

    @pytest.mark.parametrize("more", ["k=0", "k=99999", "k=x", "region=zz", "must=1-2-3&never=x"])
    def test_what_somebody_made_up_is_as_if_it_were_not_said(self, lahat, as_user, viewer, more):
        browser = as_user(viewer)
        assert browser.get(f"/introductions?{ON}&{more}").status_code == 200
        assert browser.get(f"/introductions/fewest?{ON}&{more}").status_code == 200

    def test_the_answer_is_plain_values(self, lahat):
        assert json.loads(json.dumps(planned())) == planned()
