"""What if they leave: the seed case, each kind of exit, odd questions, the page."""

import html
import json
from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import event

from crm import clock
from crm.commitments.models import Support
from crm.db import db
from crm.examples import services as examples
from crm.invitations.models import Attendance
from crm.network import services as network
from crm.network.questions import Question
from crm.programmes.models import Programme
from crm.regions.models import Level
from crm.resources.models import ResourceSide
from crm.simulations import telling
from crm.simulations.leaving import Leaving
from crm.stakeholders.models import Sector, Stakeholder
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
ON = "on=2026-11-23&window=24"


def leave(question=NOW, **who):
    return network.plan("exit", network.answer(question), Leaving(**who).asked).answer


class TestPerpuSeruEndsInJuly2018:
    """The example data. The visit of January 2017 brought nine together: 36 pairs of 1/8 each."""

    LAST_DAY = Question(date(2018, 7, 31), 0)

    @pytest.fixture
    def ids(self):
        examples.load(clock.now())
        programme = db.session.query(Programme).filter_by(name="PerpuSeru").one()
        named = {one.name: one.id for one in db.session.query(Stakeholder)}
        return programme.id, named

    def test_its_end_takes_the_promise_and_had_it_never_been_the_province_would_know_nobody(
        self, ids
    ):
        programme, named = ids
        library = named["Dinas Perpustakaan Provinsi Sumatera Selatan"]
        foundation = named["Coca-Cola Foundation Indonesia"]

        end = leave(self.LAST_DAY, programmes=(programme,))
        # The promise of training goes; the visit and what was given have happened.
        assert (end["lost"], end["cut"], end["sectors_lost"]) == (0, 0, {})
        assert end["weakened_ties"] == [sorted((foundation, library))]
        assert end["losses"][""]["kinds"] == {"training": 1}
        assert set(end["losses"]) == {"", "16"}
        assert end["heirs"][0]["reaches"] == [library]

        never = leave(self.LAST_DAY, programmes=(programme,), ever=True)
        assert never["lost"] == 36
        # The foundation itself stays tied to its donor and to Kotawaringin Barat.
        assert never["cut"] == 8
        assert foundation not in never["cut_off"]
        before, after = never["index"]["16"]
        # Three sectors of six, their three pairs of fifteen, all connected whoever leaves.
        assert before["value"] == pytest.approx(100 * (3 / 6 + 3 / 15 + 1 + 1) / 4)
        assert after["value"] is None
        assert never["sectors_lost"]["16"] == ["opd", "university", "community"]


@pytest.fixture
def lahat():
    """An office ties planners, a bank and a paper; the bank promised it money and goods."""
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    bank = make.stakeholder("Bank Lahat", sector=Sector.BUSINESS, **LAHAT)
    paper = make.stakeholder("Lahat Pos", sector=Sector.MEDIA, **LAHAT)
    for one in (bappeda, bank, paper):
        make.agreement(dinas, one)
    make.commitment(bank, dinas, kind=Support.MONEY, what="Hibah", value=25_000_000)
    make.commitment(bank, dinas, what="Lima komputer")
    make.resource(bappeda, side=ResourceSide.OFFER)
    return dinas, bappeda, bank, paper


class TestWhoLeaves:
    def test_an_organisation_takes_its_ties_its_sector_and_its_promises(self, lahat):
        _dinas, bappeda, bank, _paper = lahat

        answer = leave(organisations=(bank.id,))

        assert answer["removed"] == [bank.id]
        assert (answer["before"]["ties"], answer["after"]["ties"]) == (3, 2)
        assert answer["sectors_lost"]["16.04"] == ["business"]
        loss = answer["losses"]["16.04"]
        assert (loss["money"], loss["unvalued"], loss["kinds"]) == (
            25_000_000, 1, {"goods": 1, "money": 1},
        )  # fmt: skip
        assert bappeda.id in {heir["organisation"] for heir in answer["heirs"]}

    def test_a_programme_takes_what_it_carries_from_the_day_on(self, lahat):
        dinas, bappeda, _bank, _paper = lahat
        programme = make.programme("TPBIS")
        campus = make.stakeholder("Kampus", sector=Sector.UNIVERSITY, **LAHAT)
        make.agreement(dinas, campus, programme_id=programme.id)
        make.event(bappeda, campus, starts_on=date(2026, 11, 2), programme_id=programme.id)

        end = leave(programmes=(programme.id,))
        never = leave(programmes=(programme.id,), ever=True)

        assert end["lost_ties"] == [[dinas.id, campus.id]]
        assert never["lost_ties"] == [[dinas.id, campus.id], [bappeda.id, campus.id]]

    def test_a_programme_that_ended_still_shows_what_is_owed_to_it(self, lahat):
        _dinas, bappeda, _bank, paper = lahat
        programme = make.programme("Lama", ends=date(2026, 11, 10))
        make.event(bappeda, paper, starts_on=date(2026, 11, 2), programme_id=programme.id)

        assert leave(programmes=(programme.id,))["lost"] == 0
        assert leave(programmes=(programme.id,), ever=True)["lost_ties"] == [[bappeda.id, paper.id]]

    def test_the_holder_of_a_post_takes_the_meetings_that_hang_on_it(self, lahat):
        _dinas, bappeda, bank, paper = lahat
        holder = make.contact("Herfiani Rizkia")
        post = make.position(holder, bappeda)
        for other, more in ((bank, {}), (paper, {"represented_by": "Seorang staf"})):
            event = make.event(other, starts_on=date(2026, 11, 2), title=f"Audiensi {other.name}")
            make.participation(
                event, bappeda, attendance=Attendance.PRESENT, position_id=post.id,
                post_key=post.id, **more,
            )  # fmt: skip

        answer = leave(positions=(post.id,))

        # Somebody else came to the paper: that meeting stays. And nobody is gone.
        assert answer["lost_ties"] == [[bappeda.id, bank.id]]
        assert answer["removed"] == []

    def test_a_meeting_to_which_somebody_else_came_as_well_does_not_hang_on_one(self, lahat):
        _dinas, bappeda, bank, _paper = lahat
        post = make.position(make.contact(), bappeda)
        event = make.event(bank, bappeda, starts_on=date(2026, 11, 2))
        make.participation(
            event, bappeda, attendance=Attendance.PRESENT, position_id=post.id, post_key=post.id
        )

        assert leave(positions=(post.id,))["lost"] == 0


class TestOddQuestions:
    def test_everybody(self, lahat):
        answer = leave(organisations=tuple(one.id for one in lahat))
        assert (answer["after"]["organisations"], answer["after"]["fragmentation"]) == (0, None)
        assert (answer["cut"], answer["heirs"]) == (0, [])

    def test_somebody_archived_is_named_and_left_out(self, lahat):
        gone = make.stakeholder("Lama", archived_at=make.NOW)
        assert leave(organisations=(gone.id, 10**6))["unknown"] == [gone.id, 10**6]

    def test_a_day_without_data_loses_nothing(self, lahat):
        answer = leave(Question(date(2001, 1, 1), 24), organisations=(lahat[0].id,))
        assert (answer["before"]["ties"], answer["lost"]) == (0, 0)

    def test_the_order_in_which_they_were_ticked_is_no_other_question(self):
        assert Leaving((2, 1), ever=True).asked == Leaving((1, 2)).asked


def shown(browser, more, at=ON):
    return html.unescape(browser.get(f"/simulate?{at}&{more}").text)


class TestThePage:
    def test_asks_who_leaves(self, lahat, as_user, viewer):
        page = shown(as_user(viewer), "")
        assert "Siapa yang keluar?" in page
        assert "Simpan sebagai skenario" not in page

    def test_says_what_is_lost_and_where(self, lahat, as_user, viewer):
        page = shown(as_user(viewer), f"organisation={lahat[2].id}")

        assert (
            "1 hubungan aktif hilang; 0 organisasi terputus; 2 wilayah kehilangan sektor; "
            "2 komitmen tidak akan ditepati."
        ) in page
        assert "Rp25.000.000" in page
        assert "Yang keluar: Bank Lahat." in page
        assert "tawarannya tercatat: barang" in page

    def test_says_why_an_index_stays_though_ties_are_lost(self, lahat, as_user, viewer):
        national = make.stakeholder("Perpusnas", level=Level.NATIONAL, region_code=None)
        make.agreement(national, lahat[0])
        why = "indeks suatu wilayah menghitung organisasinya sendiri"
        browser = as_user(viewer)

        page = shown(browser, f"organisation={national.id}")

        assert '<td class="numeric" data-label="Indeks"><span class="unknown">tetap</span>' in page
        assert why in page
        assert why not in shown(browser, f"organisation={lahat[2].id}")

    def test_names_who_is_cut_off(self, lahat, as_user, viewer):
        page = shown(as_user(viewer), f"organisation={lahat[0].id}")
        assert "Terputus (2)" in page

    @pytest.mark.parametrize(
        ("who", "at", "words"),
        [
            ("all", ON, "Tidak ada yang tersisa"),
            ("one", "on=2001-01-01&window=24", "tidak ada hubungan aktif yang dikenal"),
            ("alone", ON, "1 wilayah kehilangan sektor"),
            ("idle", ON, "Tidak ada yang berubah"),
        ],
    )
    def test_says_of_odd_exits_what_they_are(self, lahat, as_user, viewer, who, at, words):
        radio = make.stakeholder("Radio", sector=Sector.MEDIA, region_code="16")
        make.event(radio, starts_on=date(2026, 11, 2))
        idle = make.programme("Belum mulai")
        asked = {
            "all": "&".join(f"organisation={one.id}" for one in (*lahat, radio)),
            "one": f"organisation={lahat[0].id}",
            "alone": f"organisation={lahat[3].id}",
            "idle": f"programme={idle.id}",
        }
        assert words in shown(as_user(viewer), asked[who], at)

    def test_leads_to_the_last_day_of_a_programme_that_ended(self, lahat, as_user, viewer):
        programme = make.programme("PerpuSeru", ends=date(2018, 7, 31))
        page = shown(as_user(viewer), f"programme={programme.id}")
        assert "PerpuSeru berakhir pada 31 Juli 2018" in page
        assert f"on=2018-07-31&window=24&programme={programme.id}" in page

    def test_draws_the_lost_dashed_and_who_leaves_with_a_cross(self, lahat, as_user, viewer):
        dinas, bappeda, bank, _paper = (one.id for one in lahat)
        browser = as_user(viewer)
        shown(browser, f"organisation={bank}")

        drawn = json.loads(browser.get(f"/simulate/data.json?{ON}&organisation={bank}").text)

        dashed = [{one["from"], one["to"]} for one in drawn["edges"] if one["layer"] == "lost"]
        assert dashed == [{dinas, bank}]
        assert all(one["dashes"] for one in drawn["edges"] if one["layer"] == "lost")
        labels = {one["id"]: one["label"] for one in drawn["nodes"]}
        assert labels[bank] == "✕ Bank Lahat"
        assert labels[bappeda] == "Bappeda Lahat"

    def test_a_picture_of_old_results_is_not_taken_for_that_of_new_ones(
        self, lahat, as_user, viewer, monkeypatch
    ):
        dinas, bappeda, bank, _paper = lahat
        browser, asked = as_user(viewer), f"{ON}&organisation={bank.id}"
        browser.get(f"/simulate?{asked}")

        make.agreement(bappeda, bank)
        network.answer(NOW)
        with monkeypatch.context() as patched:
            patched.setattr(network, "later", lambda *_args, **_options: None)
            old = json.loads(browser.get(f"/simulate/data.json?{asked}").text)
        new = json.loads(browser.get(f"/simulate/data.json?{asked}").text)

        lost = [
            {frozenset((one["from"], one["to"])) for one in drawn["edges"] if one["dashes"]}
            for drawn in (old, new)
        ]
        assert lost[0] == {frozenset((dinas.id, bank.id))}
        assert lost[1] == lost[0] | {frozenset((bappeda.id, bank.id))}

    def test_a_typed_name_that_nobody_has_is_told(self, lahat, as_user, viewer):
        page = shown(as_user(viewer), f"organisation=Dinas+Antariksa&organisation={lahat[2].id}")
        assert "Tidak ada organisasi bernama “Dinas Antariksa”" in page
        assert "Yang keluar: Bank Lahat." in page

    def test_while_it_is_worked_out_asks_again_and_then_loads_the_page_anew(
        self, lahat, as_user, viewer, monkeypatch
    ):
        network.answer(NOW)
        browser, asked = as_user(viewer), f"organisation={lahat[1].id}"
        with monkeypatch.context() as patched:
            patched.setattr(network, "later", lambda *_args, **_options: None)
            assert "Simulasi sedang dihitung." in shown(browser, asked)
            assert browser.get(f"/simulate/data.json?{ON}&{asked}").status_code == 404
        part = browser.get(f"/simulate?{ON}&{asked}", headers={"HX-Request": "true"}).text
        assert "data-reload" in part

    @pytest.mark.parametrize(
        "made_up", ["organisation=x", "position=9999999", "programme=-1&ever="]
    )
    def test_what_somebody_made_up_is_nobody(self, lahat, as_user, viewer, made_up):
        assert "Siapa yang keluar?" in shown(as_user(viewer), made_up)


def asked_of_the_database(browser, address):
    """Return what a page that was shown before reads from the database."""
    browser.get(address)
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return asked


class TestWhatIsRead:
    def test_however_many_programmes_leave_they_are_read_at_once(self, lahat, as_user, viewer):
        one, *more = (make.programme(f"Program {at}").id for at in range(5))
        browser = as_user(viewer)

        few = asked_of_the_database(browser, f"/simulate?{ON}&programme={one}")
        many = asked_of_the_database(
            browser, f"/simulate?{ON}&" + "&".join(f"programme={id_}" for id_ in (one, *more))
        )

        assert len(few) == len(many)

    def test_two_exits_beside_each_other_are_named_at_once(self, lahat, as_user, viewer):
        _dinas, bappeda, bank, _paper = lahat
        posts = [make.position(make.contact(), one).id for one in (bappeda, bank)]
        programmes = [make.programme(name).id for name in ("TPBIS", "PerpuSeru")]
        first, second = (
            make.scenario(bappeda, title=f"Tanpa {post}", positions=[post], programmes=[programme])
            for post, programme in zip(posts, programmes, strict=True)
        )
        browser = as_user(viewer)

        asked = asked_of_the_database(browser, f"/simulate/compare?a={first.id}&b={second.id}")

        assert sum("FROM position" in one for one in asked) == 1
        assert sum("FROM programme" in one for one in asked) == 1
        page = html.unescape(browser.get(f"/simulate/compare?a={first.id}&b={second.id}").text)
        assert page.count("Bappeda Lahat; Bappeda Lahat: ") == 1


class TestWhatHeirsAreNamedFor:
    def test_an_offer_the_same_region_and_sector_or_ties_only(self):
        """A bank of Lahat leaves; its partner there works with three others."""
        make.region("16")
        make.region("16.04", "Kabupaten Lahat")
        bank = make.stakeholder("Bank Lahat", sector=Sector.BUSINESS, **LAHAT)
        dinas = make.stakeholder("Dinas Lahat", **LAHAT)
        shop = make.stakeholder("Toko Lahat", sector=Sector.BUSINESS, **LAHAT)
        radio = make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT)
        far = make.stakeholder("LSM Jakarta", sector=Sector.NGO_CSR, region_code=None)
        giver = make.stakeholder("Yayasan Lahat", sector=Sector.NGO_CSR, **LAHAT)
        make.agreement(bank, dinas, title="MoU")
        for at, one in enumerate((shop, radio, far)):
            make.agreement(dinas, one, title=f"MoU {at}")
        make.commitment(bank, dinas, kind=Support.TRAINING, what="Pelatihan", due_on=None)
        make.resource(giver, side=ResourceSide.OFFER, kind=Support.TRAINING, what="Pelatihan")

        answer = leave(organisations=(bank.id,))
        with force_locale("en"):
            said = {one.organisation.name: one.why for one in telling.tell(answer).heirs}

        assert said["Toko Lahat"].startswith("no offer is recorded; named for the same region and")
        assert said["Radio Lahat"].startswith("no offer is recorded; named for the same region;")
        assert said["LSM Jakarta"].startswith("no offer is recorded; named for its ties only")
        assert said["Yayasan Lahat"].startswith("an offer is recorded: training")
