"""Sharing a map: who may share what, with which filters, and the list of what was shared."""

import re
from datetime import timedelta

import pytest

from crm.audit.models import AuditEntry
from crm.db import db
from crm.errors import NotYours, Refused
from crm.shares import services
from crm.shares.models import MapShare
from tests import make
from tests.make import MONDAY
from tests.sharing import address, organisations

ON = "on=2026-11-23&window=24"


@pytest.fixture
def town():
    """The numbers of four organisations that signed one agreement."""
    return organisations()


class TestSharing:
    def test_keeps_day_window_and_filters(self, as_user, editor, town):
        asked = f"/shares/new?{ON}&region=16&sector=opd&sector=business&weak=y&page=3&finding=x"

        answer = as_user(editor).post(asked, data={"title": " Untuk Bappeda ", "days": "7"})

        assert (answer.status_code, answer.location) == (303, "/shares")
        (share,) = db.session.query(MapShare)
        assert (share.title, share.by_id, share.names_hidden) == ("Untuk Bappeda", editor.id, False)
        assert (share.on, share.months) == (MONDAY, 24)
        kept = {"region": ["16"], "sector": ["opd", "business"], "weak": ["y"], "steps": ["1"]}
        assert share.filters == kept
        assert share.expires_at - share.at == timedelta(days=7)
        entry = db.session.query(AuditEntry).filter_by(record="MapShare").one()
        assert (entry.by_id, entry.action) == (editor.id, "created")
        assert share.nonce not in str(entry.changes)

    def test_understands_a_name_that_was_typed(self, as_user, editor, town):
        asked = f"/shares/new?{ON}&focus=Bank+Jakarta"

        as_user(editor).post(asked, data={"title": "Bank", "days": "7"})

        assert db.session.query(MapShare).one().filters["focus"] == [str(town[3])]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"title": "  ", "days": "30"}, "title"),
            ({"title": "Peta", "days": "366"}, "days"),
            ({"title": "Peta", "days": "0"}, "days"),
            ({"title": "Peta", "days": "satu"}, "days"),
        ],
    )
    def test_says_what_is_wrong_beside_the_field(self, as_user, editor, town, typed, said):
        answer = as_user(editor).post(f"/shares/new?{ON}", data=typed)

        assert answer.status_code == 422
        assert f'id="{said}-error"' in answer.text
        assert db.session.query(MapShare).count() == 0

    def test_the_service_refuses_the_same(self, editor, town):
        for wrong in ({"title": " "}, {"days": 366}, {"days": 0}):
            with pytest.raises(Refused):
                make.share(editor, **wrong)

    def test_is_offered_to_advocates_too(self, as_user, viewer, town):
        """Who only views shows the map to others: that is the advocate's work."""
        assert "/shares/new?" in as_user(viewer).get(f"/network?{ON}").text

    def test_of_an_advocate_is_theirs_logged_and_bound_to_their_regions(self, as_user, town):
        advocate = make.user("Advokat", "viewer", regions=("16",))
        browser, typed = as_user(advocate), {"title": "Untuk Bappeda", "days": "7"}

        assert browser.post(f"/shares/new?{ON}", data=typed).status_code == 403
        assert browser.post(f"/shares/new?{ON}&region=16", data=typed).status_code == 303

        (share,) = db.session.query(MapShare)
        entry = db.session.query(AuditEntry).filter_by(record="MapShare").one()
        assert (share.by_id, entry.by_id, entry.action) == (advocate.id, advocate.id, "created")
        # What others have shared is neither shown nor withdrawn.
        other = make.share(make.user("Editor", "editor"), title="Peta lain")
        assert "Peta lain" not in browser.get("/shares").text
        assert browser.post(f"/shares/{other.id}/withdraw").status_code == 404
        assert browser.post(f"/shares/{share.id}/withdraw").status_code == 303

    def test_the_form_says_what_will_be_shown(self, as_user, editor, town):
        page = as_user(editor).get(f"/shares/new?{ON}&region=16&isolates=y").text

        assert 'value="Jejaring kemitraan Sumatera Selatan, 23 November 2026"' in page
        assert "Wilayah: " in page
        assert 'value="30"' in page


class TestScope:
    @pytest.fixture
    def districts(self):
        return make.user("Dini", "editor", regions=("16",))

    def test_of_a_region_is_that_region(self, as_user, districts, town):
        asked = f"/shares/new?{ON}&region=16.71"

        assert as_user(districts).get(asked).status_code == 200
        answer = as_user(districts).post(asked, data={"title": "Peta", "days": "7"})
        assert answer.status_code == 303

    @pytest.mark.parametrize(
        "more",
        ["", "&region=31", "&region=99", "&region=16&focus=7004", "&region=16&focus=Bank+Jakarta"],
    )
    def test_beyond_it_is_refused_with_a_way_on(self, as_user, districts, town, more):
        for method in ("GET", "POST"):
            answer = as_user(districts).open(
                f"/shares/new?{ON}{more}", method=method, data={"title": "Peta", "days": "7"}
            )
            assert answer.status_code == 403
            assert 'href="/network?region=16"' in answer.text
        assert db.session.query(MapShare).count() == 0

    def test_holds_in_the_service_too(self, districts, town):
        with pytest.raises(NotYours):
            make.share(districts, filters={"region": ["31"]})


class TestList:
    def test_shows_own_shares_and_to_administrators_all(self, as_user, editor, organiser, admin):
        make.share(editor, title="Peta Edi")
        make.share(organiser, title="Peta Oki")

        assert "Peta Oki" not in as_user(editor).get("/shares").text
        assert "Peta Edi" in as_user(editor).get("/shares").text
        everything = as_user(admin).get("/shares").text
        assert "Peta Oki" in everything
        assert "Peta Edi" in everything

    def test_lets_one_copy_the_link_again(self, as_user, editor, client):
        share = make.share(editor)

        page = as_user(editor).get("/shares").text

        (link,) = set(re.findall(r'data-copy="http://localhost(/share/[^"]+)"', page))
        assert link == address(share)
        assert client.get(link).status_code == 200

    def test_gives_no_links_to_a_file(self, as_user, editor):
        share = make.share(editor)
        file = as_user(editor).get("/shares?format=csv").text
        assert share.title in file
        assert share.nonce not in file

    def test_finds_by_title(self, as_user, editor):
        make.share(editor, title="Peta Bappeda")
        make.share(editor, title="Peta Gubernur 100%")
        page = as_user(editor).get("/shares?q=100%25+gub").text
        assert "Gubernur" in page
        assert "Bappeda" not in page

    def test_nobody_withdraws_what_another_shared(self, as_user, editor, organiser, admin):
        share = make.share(editor)

        assert as_user(organiser).post(f"/shares/{share.id}/withdraw").status_code == 404
        with pytest.raises(NotYours):
            services.withdraw(organiser, share.id, at=make.NOW)
        assert db.session.get(MapShare, share.id).withdrawn_at is None
        assert as_user(admin).post(f"/shares/{share.id}/withdraw").status_code == 303
        assert db.session.get(MapShare, share.id).withdrawn_at is not None
