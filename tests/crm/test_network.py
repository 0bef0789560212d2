"""From records to answers: what makes a tie, what a page asks, and how answers are kept."""

import gc
import re
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.commitments.models import CommitmentStatus
from crm.db import db
from crm.events.models import EventStatus
from crm.invitations.models import Attendance
from crm.network import analysis, jobs, questions, records, services
from crm.network.models import Analysis
from crm.network.questions import Question
from crm.stakeholders import services as stakeholders
from graphs.records import Actor, Tie
from tests import make
from tests.make import MONDAY

TWO_YEARS = Question(MONDAY, 24)
ALL_YEARS = Question(MONDAY, 0)


class TestActors:
    def test_are_organisations_in_use(self):
        office = make.stakeholder(region_code="16.71", level="district")
        make.stakeholder(archived_at=make.NOW)
        make.stakeholder(merged_into_id=office.id)

        assert records.actors() == [Actor(office.id, "opd", "district", "16.71")]


class TestTies:
    """Two organisations, and one row of each kind that binds them."""

    @pytest.fixture
    def pair(self):
        return make.stakeholder("Dinas"), make.stakeholder("Bank")

    def test_come_from_agreements_support_attendance_and_teams(self, pair):
        dinas, bank = pair
        signed = make.agreement(dinas, bank, starts=date(2025, 3, 1), ends=date(2027, 3, 1))
        given = make.commitment(bank, dinas, realised_on=date(2026, 2, 1))
        held = make.event(dinas, bank, starts_on=date(2026, 5, 4))
        joint = make.team(dinas, bank, starts=date(2026, 1, 1))
        both = (dinas.id, bank.id)

        assert records.ties() == [
            Tie(
                "agreement",
                both,
                date(2025, 3, 1),
                date(2027, 3, 1),
                evidence=("agreement", signed.id),
            ),
            Tie(
                "support",
                (bank.id, dinas.id),
                date(2026, 1, 1),
                date(2027, 1, 1),
                date(2026, 2, 1),
                ("commitment", given.id),
            ),
            Tie("attendance", both, date(2026, 5, 4), evidence=("event", held.id)),
            Tie("team", both, date(2026, 1, 1), evidence=("team", joint.id)),
        ]

    def test_leave_out_what_was_called_off_or_put_away(self, pair):
        dinas, bank = pair
        make.agreement(dinas, bank, archived_at=make.NOW)
        make.commitment(bank, dinas, status=CommitmentStatus.CANCELLED)
        make.commitment(bank, dinas, archived_at=make.NOW)
        make.event(dinas, bank, status=EventStatus.CANCELLED)
        make.event(dinas, bank, archived_at=make.NOW)
        make.team(dinas, bank, archived_at=make.NOW)

        assert records.ties() == []

    def test_an_invitation_alone_binds_nobody(self, pair):
        dinas, bank = pair
        held = make.event(dinas)
        make.participation(held, bank, attendance=Attendance.ABSENT)

        assert [tie.members for tie in records.ties()] == [(dinas.id,)]


class TestGraph:
    def test_the_strength_of_a_meeting_halves_in_a_year(self):
        dinas, bank = make.stakeholder(), make.stakeholder()
        make.event(dinas, bank, starts_on=MONDAY - timedelta(days=365))

        edge = analysis.graph_of(TWO_YEARS).edges[dinas.id, bank.id]

        assert edge["strength"] == pytest.approx(0.5)  # two who meet share 1; one year halves it

    def test_a_view_of_all_years_does_not_age(self):
        dinas, bank = make.stakeholder(), make.stakeholder()
        make.event(dinas, bank, starts_on=date(2014, 4, 24))

        assert not analysis.graph_of(TWO_YEARS).has_edge(dinas.id, bank.id)
        assert analysis.graph_of(ALL_YEARS).edges[dinas.id, bank.id]["strength"] == 1.0

    def test_an_archived_party_is_no_node_and_binds_nobody(self):
        dinas, bank = make.stakeholder(), make.stakeholder()
        gone = make.stakeholder(archived_at=make.NOW)
        make.agreement(dinas, bank, gone)

        graph = analysis.graph_of(TWO_YEARS)

        assert sorted(graph.nodes) == [dinas.id, bank.id]
        assert list(graph.edges) == [(dinas.id, bank.id)]


class TestQuestion:
    def test_a_window_begins_so_many_months_before(self):
        assert Question(date(2026, 11, 23), 12).first == date(2025, 11, 23)
        assert Question(date(2026, 11, 23), 24).first == date(2024, 11, 23)
        assert ALL_YEARS.first is None

    @pytest.mark.parametrize(
        ("args", "asked"),
        [
            ({}, Question(MONDAY, 24)),
            ({"on": "2017-11-07", "window": "all"}, Question(date(2017, 11, 7), 0)),
            ({"on": "2017-11-07", "window": "12"}, Question(date(2017, 11, 7), 12)),
            ({"on": "31/02/2024", "window": "-3"}, Question(MONDAY, 24)),
            ({"on": "0001-01-01", "window": "99999"}, Question(MONDAY, 24)),
            ({"on": "9999-12-31", "window": "0"}, Question(MONDAY, 24)),
        ],
    )
    def test_is_read_from_an_address(self, args, asked):
        assert questions.read(args, MONDAY) == asked

    def test_survives_an_address_and_back(self):
        for asked in (TWO_YEARS, ALL_YEARS, Question(date(2014, 4, 24), 36)):
            assert questions.read(asked.args, date(2030, 1, 1)) == asked

    def test_may_open_on_the_day_of_the_latest_record(self):
        make.event(make.stakeholder(), starts_on=date(2017, 11, 6))
        make.event(make.stakeholder(), starts_on=date(2018, 1, 1), status=EventStatus.CANCELLED)

        questions.set_opening(None, on="last-day", months=0)

        assert questions.opening(MONDAY) == Question(date(2017, 11, 6), 0)
        make.agreement(make.stakeholder(), make.stakeholder(), starts=date(2026, 3, 1))
        make.agreement(make.stakeholder(), make.stakeholder(), starts=date(2027, 1, 1))
        assert questions.opening(MONDAY) == Question(date(2026, 3, 1), 0)
        questions.set_opening(None, on="today", months=36)
        assert questions.opening(MONDAY) == Question(MONDAY, 36)


class TestBetterQuestion:
    def meet(self, *days, **values):
        office = make.stakeholder()
        for day in days:
            make.event(office, starts_on=day, **values)

    def test_is_offered_where_the_window_holds_next_to_nothing(self):
        self.meet(date(2017, 11, 6), date(2016, 5, 1), date(2014, 4, 24))

        assert questions.better(TWO_YEARS) == Question(date(2017, 11, 6), 0)

    def test_is_not_needed_with_three_events_in_the_window(self):
        self.meet(date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2))

        assert questions.better(TWO_YEARS) is None

    def test_counts_no_event_that_was_called_off(self):
        self.meet(date(2017, 11, 6))
        self.meet(*(date(2026, month, 2) for month in (1, 2, 3, 4)), status=EventStatus.CANCELLED)

        assert questions.better(TWO_YEARS) == Question(date(2017, 11, 6), 0)

    def test_is_not_offered_where_it_is_the_same_or_there_is_nothing(self):
        assert questions.better(TWO_YEARS) is None
        self.meet(date(2017, 11, 6))
        assert questions.better(Question(date(2017, 11, 6), 0)) is None

    def test_looks_ahead_from_a_day_before_everything(self):
        self.meet(date(2017, 11, 6))

        assert questions.better(Question(date(2010, 1, 1), 0)) == Question(date(2017, 11, 6), 0)

    def test_stands_on_the_page_as_a_link(self, as_user, viewer):
        self.meet(date(2017, 11, 6))

        page = as_user(viewer).get("/gaps?on=2026-11-23&window=24&sector=media").text

        assert "Hampir tidak ada kegiatan dalam jangka waktu ini." in page
        assert "/gaps?sector=media&amp;on=2017-11-06&amp;window=all" in page
        assert "Tampilkan 6 November 2017 dengan semua tahun" in page


class TestAnswer:
    def test_is_kept_until_the_data_changes(self, monkeypatch, editor):
        office = make.stakeholder("Dinas")
        asked = []
        analyse = jobs.analyse
        monkeypatch.setattr(jobs, "analyse", lambda one: asked.append(one) or analyse(one))

        first = services.answer(TWO_YEARS)
        again = services.answer(TWO_YEARS)
        assert (first.fresh, again.analysis.id) == (True, first.analysis.id)
        assert asked == [TWO_YEARS]

        stakeholders.archive(editor, office.id, at=make.NOW)
        changed = services.answer(TWO_YEARS)

        assert asked == [TWO_YEARS, TWO_YEARS]
        assert changed.fresh
        assert changed.analysis.numbers["organisations"] == 0
        assert len(db.session.scalars(select(Analysis)).all()) == 1

    def test_of_older_data_takes_no_newer_ones_place(self, monkeypatch):
        make.stakeholder("Dinas")
        analyse = jobs.analyse

        def interrupted(question):
            monkeypatch.setattr(jobs, "analyse", analyse)
            found = analyse(question)
            make.stakeholder("Universitas")
            jobs.compute(question.on.isoformat(), question.months)
            return found

        monkeypatch.setattr(jobs, "analyse", interrupted)
        jobs.compute(TWO_YEARS.on.isoformat(), TWO_YEARS.months)

        kept = jobs.stored(TWO_YEARS)
        assert kept.numbers["organisations"] == 2
        assert kept.data_version == jobs.data_version()

    def test_is_not_renewed_by_what_shapes_no_network(self, editor):
        make.stakeholder()
        before = services.answer(TWO_YEARS).analysis.data_version

        make.contact("Siti")
        make.user("Baru")

        assert services.answer(TWO_YEARS).analysis.data_version == before

    def test_says_what_the_network_is(self):
        # A chain of three, and one alone.
        one, two, three, _alone = (make.stakeholder() for _ in range(4))
        make.agreement(one, two)
        make.agreement(two, three)

        stored = services.answer(TWO_YEARS).analysis

        wanted = {
            "organisations": 4,
            "working_ties": 2,
            "engaged": 3,
            "isolated": 1,
            "components": 2,
            "largest": 3,
            "density": 2 / 6,
            "articulation_points": 1,
            "bridges": 2,
            "core": 1,
            # Of six pairs three are connected.
            "fragmentation": 3 / 6,
        }
        assert {name: stored.numbers[name] for name in wanted} == pytest.approx(wanted)
        middle = stored.nodes[str(two.id)]
        assert (middle["degree"], middle["cut"], middle["core"]) == (2, True, 1)
        # Without it three strangers are left: F rises from a half to one.
        assert middle["exit"] == pytest.approx(0.5)
        assert stored.nodes[str(one.id)]["constraint"] == 1.0

    def test_only_the_latest_questions_are_kept(self, monkeypatch):
        monkeypatch.setattr(jobs, "KEPT", 2)
        make.stakeholder()

        for day in (1, 2, 3):
            services.answer(Question(date(2026, 1, day), 12))

        kept = db.session.scalars(select(Analysis.on).order_by(Analysis.on)).all()
        assert kept == [date(2026, 1, 2), date(2026, 1, 3)]


class TestDashboard:
    def test_says_what_to_do_in_an_empty_house(self, as_user, editor):
        page = as_user(editor).get("/").text

        assert "Belum ada data" in page
        assert "Impor daftar" in page

    def test_counts_every_organisation_once(self, as_user, viewer):
        """Two who signed, two who only sat among many, and one that is only known."""
        make.region("16")
        pairs = [make.stakeholder() for _ in range(4)]
        make.agreement(*pairs[:2])
        make.agreement(*pairs[2:])
        crowd = [make.stakeholder() for _ in range(12)]
        make.event(*crowd, starts_on=MONDAY)
        make.stakeholder()

        page = as_user(viewer).get("/?on=2026-11-23&window=24").text

        assert re.findall(r'class="stat-value">(\d+)', page) == ["17", "4", "12", "1"]
        assert "2 hubungan aktif" in page
        # Whoever stands alone is no group.
        assert "4 organisasi dengan hubungan aktif membentuk 2 kelompok" in page
        assert "yang terbesar beranggota 2" in page
        assert "seluruhnya 16 organisasi" in page


class TestProfile:
    def get(self, browser, one, more=""):
        address = f"/stakeholders/{one.id}/network?on=2026-11-23&window=24{more}"
        return browser.get(address, headers={"HX-Request": "true"}).text

    def test_names_the_organisation_only_beside_the_map(self, as_user, viewer):
        office = make.stakeholder("Dinas Perpustakaan")
        browser = as_user(viewer)

        assert "Dinas Perpustakaan</a>" not in self.get(browser, office)
        assert "Dinas Perpustakaan</a>" in self.get(browser, office, "&named=y")

    def test_says_why_somebody_is_not_in_the_network(self, as_user, viewer, monkeypatch):
        office, gone = make.stakeholder(), make.stakeholder(archived_at=make.NOW)
        browser = as_user(viewer)
        self.get(browser, office)
        monkeypatch.setattr(services, "later", lambda *a, **k: None)  # nothing is computed now
        new = make.stakeholder()

        assert "baru ditambahkan" in self.get(browser, new)
        assert "diarsipkan" not in self.get(browser, new)
        assert "diarsipkan" in self.get(browser, gone)

    def test_leads_with_the_users_own_province(self, as_user):
        make.region("62", "Kalimantan Tengah")
        for code, count in (("16", 3), ("62", 2)):
            make.agreement(*(make.stakeholder(region_code=code) for _ in range(count)))
        bound = make.user("Kal", "editor", regions=("62",))
        free = make.user("Bebas", "editor")

        assert "Indeks sinergi: Kalimantan Tengah" in as_user(bound).get("/").text
        assert "Indeks sinergi: Sumatera Selatan" in as_user(free).get("/").text
        chosen = as_user(free).get("/?region=62").text
        assert "Kesenjangan terberat: Kalimantan Tengah" in chosen

    def test_a_gap_that_was_closed_is_gone_from_it(self, as_user, viewer):
        browser = as_user(viewer)
        bank, dinas = make.stakeholder("Bank"), make.stakeholder("Dinas")
        lonely = "Bank sudah dikenal, tetapi belum terhubung dengan siapa pun."
        assert lonely in browser.get("/gaps?on=2026-11-23").text

        make.agreement(bank, dinas)

        assert lonely not in browser.get("/gaps?on=2026-11-23").text


class TestCollecting:
    """Python looks seldom for what nobody needs while an analysis is under way, and only then."""

    @pytest.mark.parametrize("fault", [None, RuntimeError("no such day")])
    def test_is_as_usual_before_and_after(self, monkeypatch, fault):
        make.stakeholder()
        usual, meanwhile = gc.get_threshold(), []

        def analysed(question):
            meanwhile.append(gc.get_threshold()[0])
            if fault:
                raise fault
            return analysis.analyse(question)

        monkeypatch.setattr(jobs, "analyse", analysed)
        with nullcontext() if fault is None else pytest.raises(RuntimeError):
            jobs.compute(MONDAY.isoformat(), 24)

        assert meanwhile == [jobs.ALLOCATIONS]
        assert gc.get_threshold() == usual
