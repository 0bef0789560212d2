"""The synergy report of a region and of everything: as a page, and as a PDF of two pages."""

import re
from datetime import UTC, datetime

import pytest
from reportlab.lib import utils
from sqlalchemy import select

from crm.db import db
from crm.introductions import services as introductions
from crm.maps import sketch
from crm.network import services
from crm.network.models import StoredPlan
from crm.network.questions import Question
from crm.network.stability import Progress
from crm.regions import services as regions
from crm.regions.models import Level
from crm.reports import looks as report_type
from crm.reports import pdf as report_pdf
from crm.reports import services as report
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
MOMENT = datetime(2026, 11, 23, 8, tzinfo=UTC)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"
HOSTILE = '<img src="file:///etc/hostname"/> <b>Bank</b> & </para> "\x07{{ 7*7 }} 中'


def of(code=None):
    analysis = services.answer(NOW).analysis
    assert analysis is not None
    region = regions.by_code(code) if code else None
    return report.of(NOW, analysis, region, MOMENT)


def pages(pdf):
    assert pdf.startswith(b"%PDF-")
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.fixture
def lahat():
    """A library and its planning office; a bank apart from them with a firm."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    make.region("16.71", "Kota Palembang")
    make.poverty("16.04", "16.46")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bank = make.stakeholder("Bank", sector=Sector.BUSINESS, **LAHAT)
    make.agreement(dinas, make.stakeholder("Bappeda Lahat", **LAHAT))
    make.agreement(bank, make.stakeholder("Pabrik", sector=Sector.BUSINESS, **LAHAT))
    return dinas, bank


class TestReport:
    def test_of_a_region_has_its_index_grid_gaps_plan_and_sources(self, lahat):
        found = of("16.04")

        assert found.title == "Laporan sinergi: Kabupaten Lahat"
        assert found.count is None
        assert [row.code for row in found.rows] == ["16.04"]
        assert [(source, year) for source, year in found.sources] == [("BPS (P0)", 2021)]
        assert found.all_findings == len(
            services.findings(services.answer(NOW).analysis, region="16.04")
        )
        severities = [one.finding.severity for one in found.findings]
        assert severities == sorted(severities, reverse=True)
        assert len(found.drawing.graph) == 4
        assert found.drawing.graph.number_of_edges() == 2

    def test_of_a_province_puts_it_first_and_counts_who_is_idle(self, lahat):
        found = of("16")

        assert [row.code for row in found.rows] == ["16", "16.04"]
        assert found.idle == 1

    def test_of_everything_has_counts_instead_of_an_index(self, lahat):
        found = of()

        assert found.title == "Laporan sinergi: semua wilayah"
        assert found.profile is None
        assert (found.count.organisations, found.count.ties) == (4, 2)

    def test_a_step_that_answers_several_gaps_stands_once(self, lahat):
        found = of("16").plan

        assert len({one.text for one in found}) == len(found)
        told = [one.finding.key for step in found for one in step.findings]
        assert len(told) == len(set(told)) == len(of("16").findings)

    def test_begins_with_the_plan_of_introductions_though_nobody_opened_it(
        self, as_user, viewer, lahat
    ):
        dinas, bank = lahat
        make.agreement(dinas, bank)
        make.agreement(dinas, make.stakeholder("Lahat Pos", sector=Sector.MEDIA, **LAHAT))
        browser = as_user(viewer)
        address = f"/regions/16.04/report?{ON}"

        first_seen = browser.get(address).text
        planned = browser.get(f"/introductions?{ON}&region=16.04").text

        # Both speak of one plan, whichever is opened first.
        assert _plan_in(first_seen) == _plan_in(browser.get(address).text)
        assert len(db.session.scalars(select(StoredPlan)).all()) == 1
        plan, known = _plan_in(first_seen), services.answer(NOW)
        (first, *_others) = introductions.lines(known, introductions.of_region(known, "16.04"))
        assert first.sentence in planned
        said = first.sentence.removesuffix(".")
        assert plan.index(said) < plan.index('data-label="No.">2</td>')
        assert plan.count(said) == 1

    @pytest.mark.parametrize("file", ["", ".pdf"])
    def test_waits_for_the_plan(self, as_user, viewer, lahat, monkeypatch, file):
        services.answer(NOW)
        # As with a queue of its own: nothing is worked out within the request.
        monkeypatch.setattr(services, "later", lambda *asked, **how: None)

        answer = as_user(viewer).get(f"/regions/16.04/report{file}?{ON}")

        assert answer.status_code == 202
        assert "Jejaring sedang dianalisis" in answer.text

    def test_leaves_out_what_a_planned_step_answers(self, lahat):
        found = of("16.04")
        closed, eased, *_others = found.findings
        planned = report.Step("Pertemukan", [closed], None, frozenset([eased.finding.key]))

        rest = report.plan(found.findings, [planned])

        keys = {one.finding.key for step in rest for one in step.findings}
        assert keys == {one.finding.key for one in found.findings[2:]}

    def test_says_who_has_taken_a_step_on(self, lahat, editor):
        key = of("16.04").plan[0].findings[0].finding.key
        make.follow_up(finding_key=key, owner_note="Bappeda Lahat")

        first, *others = of("16.04").plan

        assert first.follow_up.owner_note == "Bappeda Lahat"
        assert [one.follow_up for one in others] == [None] * len(others)

    def test_says_between_what_the_index_mostly_lies(self, lahat):
        steady = Progress("done", index={"16.04": [30.0, 42.0, 41.0]})
        analysis = services.answer(NOW).analysis

        found = report.of(NOW, analysis, regions.by_code("16.04"), MOMENT, steady)

        assert found.interval == (30.0, 42.0)
        assert of("16.04").interval is None
        assert pages(report_pdf.of(found)) == 2


class TestPdf:
    @pytest.mark.parametrize("code", ["16.04", "16", "16.71", None])
    def test_has_at_most_two_pages(self, lahat, code):
        # Nobody is at work in Palembang: one page says so.
        assert pages(report_pdf.of(of(code))) == (1 if code == "16.71" else 2)

    def test_with_long_sentences_shows_fewer_of_them(self, lahat, monkeypatch):
        found = of("16")
        long = "Dinas Perpustakaan dan Kearsipan " * 12
        told = [
            report.Told(one.finding, long, long, long, one.region, one.poverty, [], [])
            for one in found.findings
        ]
        object.__setattr__(found, "findings", told)
        object.__setattr__(found, "plan", [report.Step(long, [one], None) for one in told])

        assert pages(report_pdf.of(found)) == 2

    def test_user_text_is_text(self):
        assert report_type.text(HOSTILE).getPlainText() == HOSTILE.replace("\x07", " ")

    def test_opens_no_file_that_a_name_asks_for(self, monkeypatch):
        make.region("16.04", HOSTILE.replace("\x07", ""))
        one, other = (
            make.stakeholder(f"{HOSTILE} {at}".replace("\x07", ""), **LAHAT) for at in (1, 2)
        )
        make.agreement(one, other)
        report_pdf.of(of())  # the fonts are files that it may open

        def opened(*asked, **_options):
            raise AssertionError(f"opened {asked}")

        monkeypatch.setattr(utils, "open_for_read", opened)
        monkeypatch.setattr(utils.ImageReader, "__init__", opened)

        pdf = report_pdf.of(of("16.04"))

        assert b"/Subtype /Image" not in pdf
        assert pages(pdf) == 2

    def test_is_given_as_a_file_in_the_language_of_the_user(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        for address, name in (("/regions/16.04", "16.04"), ("/network", "semua")):
            answer = browser.get(f"{address}/report.pdf?{ON}")
            assert answer.mimetype == "application/pdf"
            assert f"laporan-sinergi-{name}-2026-11-23.pdf" in answer.headers["Content-Disposition"]
            assert b"/Lang (id)" in answer.data
        assert b"/Lang (en)" in browser.get(f"/network/report.pdf?{ON}&lang=en").data

    def test_waits_for_results_of_the_data_as_it_is(self, as_user, viewer, lahat, monkeypatch):
        monkeypatch.setattr(services, "later", lambda *a, **k: None)

        answer = as_user(viewer).get(f"/regions/16.04/report.pdf?{ON}")

        assert (answer.status_code, answer.mimetype) == (202, "text/html")


class TestPage:
    def test_shows_the_same_without_script(self, as_user, viewer, lahat):
        page = as_user(viewer).get(f"/regions/16.04/report?{ON}").text

        assert "<h1>Laporan sinergi: Kabupaten Lahat</h1>" in page
        assert page.count("<details><summary>Mengapa?") == 4
        assert '<svg class="sketch"' in page
        assert ">Bank</text>" in page
        assert "Kemiskinan: BPS (P0), 2021." in page
        assert f'href="/regions/16.04/report.pdf?{ON.replace("&", "&amp;")}"' in page

    def test_is_found_from_the_region_and_the_dashboard(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        assert 'href="/regions/16.04/report"' in browser.get("/regions/16.04").text
        assert 'href="/network/report?' in browser.get("/").text
        assert 'href="/regions/16/report?' in browser.get("/?region=16").text

    def test_of_nobody_and_of_nowhere(self, as_user, viewer, lahat):
        browser = as_user(viewer)

        make.region("11", "Aceh")
        assert "tidak sama dengan nol" in browser.get(f"/regions/16.71/report?{ON}").text
        for address in (f"/regions/11/report?{ON}", f"/introductions?{ON}&region=11"):
            page = browser.get(address).text
            assert "Belum ada organisasi yang dicatat di provinsi ini" in page, address
            assert "tidak menemukan kekurangan" not in page
        assert browser.get("/regions/99/report").status_code == 404
        assert browser.get("/regions/99/report.pdf").status_code == 404

    def test_of_nothing_at_all(self, as_user, viewer):
        browser = as_user(viewer)

        assert browser.get("/network/report").status_code == 200
        assert browser.get("/network/report.pdf").mimetype == "application/pdf"


class TestPovertyYears:
    def test_one_year_stands_in_the_heading(self, lahat, as_user, viewer):
        page = as_user(viewer).get(f"/regions/16.04/report?{ON}").text

        assert of("16.04").poverty_year == 2021
        assert '<th scope="col" class="numeric">Kemiskinan 2021</th>' in page
        assert not re.search(r'16,46\s%\s<span class="hint">2021</span></td>', page)

    def test_several_stand_beside_their_figures(self, lahat, as_user, viewer):
        make.poverty("16", "12.84", 2017)

        page = as_user(viewer).get(f"/regions/16/report?{ON}").text

        assert of("16").poverty_year is None
        assert '<th scope="col" class="numeric">Kemiskinan</th>' in page
        assert re.search(r'12,84\s%\s<span class="hint">2017</span></td>', page)
        assert re.search(r'16,46\s%\s<span class="hint">2021</span></td>', page)
        assert pages(report_pdf.of(of("16"))) == 2


class TestSketch:
    def test_stays_inside_its_box_and_no_names_overlap(self, lahat):
        for at in range(30):
            make.agreement(lahat[0], make.stakeholder(f"Dinas Perpustakaan Nomor {at}", **LAHAT))

        found = sketch.sketch(of("16.04").drawing, 500, 300)

        assert len(found.shapes) == 34
        assert len(found.lines) == 32
        for one in found.shapes:
            assert 0 < one.x - one.radius < one.x + one.radius < 500
            assert 0 < one.y - one.radius < one.y + one.radius < 300
        boxes = [(one.x, one.y, one.half) for one in found.texts]
        assert len(boxes) > 5
        for at, (x, y, half) in enumerate(boxes):
            assert half <= x <= 500 - half
            for other_x, other_y, other_half in boxes[at + 1 :]:
                assert abs(x - other_x) > half + other_half - 1 or abs(y - other_y) > 5

    def test_tells_sectors_by_shape_and_kinds_of_tie_by_line(self, lahat):
        drawn = sketch.sketch(of("16.04").drawing, 500, 300)

        assert sorted(len(one.corners) for one in drawn.shapes) == [4, 4, 6, 6]
        assert {(one.name, one.count) for one in drawn.legend} == {
            ("OPD/Pemerintah", "2"),
            ("Dunia usaha", "2"),
            ("Perjanjian", "2"),
        }

    @pytest.mark.parametrize(
        ("name", "lines"),
        [
            ("Bank", ["Bank"]),
            ("Universitas Kader Bangsa Palembang", ["Universitas Kader", "Bangsa Palembang"]),
            (
                "Dinas Perpustakaan dan Kearsipan Provinsi Sumatera Selatan",
                ["Dinas Perpustakaan…", "Sumatera Selatan"],
            ),
            ("", ["—"]),
        ],
    )
    def test_names_stand_in_two_lines(self, name, lines):
        assert sketch._lines(name) == lines


def _plan_in(page):
    """The plan as a page of the report says it."""
    return page.split("Rencana</h2>")[1].split("</table>")[0]
