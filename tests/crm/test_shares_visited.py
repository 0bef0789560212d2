"""A shared map without an account: what a visitor sees, and that hidden names are hidden."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from crm import create_app, limiter
from crm.db import db
from crm.network.questions import Question
from crm.shares import services
from crm.shares.models import MapShareCount, ShareState
from crm.stakeholders import services as stakeholders
from tests import make
from tests.conftest import Browser
from tests.sharing import NAMES, address, data_of, organisations


@pytest.fixture
def town():
    """The numbers of four organisations that signed one agreement."""
    return organisations()


class TestVisiting:
    def test_shows_the_map_without_an_account(self, client, editor, town):
        share = make.share(editor, filters={"region": ["16"]})

        page = client.get(address(share))
        told = data_of(share, client).json

        assert page.status_code == 200
        assert "Peta untuk Bappeda" in page.text
        assert told["title"] == "Peta untuk Bappeda"
        assert {node["label"] for node in told["nodes"]} == {"SN0", "SN1", "SN2"}
        assert "Kota Palembang" in str(told)
        assert len(told["edges"]) == 3

    def test_leads_nowhere_inside(self, client, editor, town):
        share = make.share(editor, filters={"gaps": ["y"], "focus": [str(town[0])]})

        page, told = client.get(address(share)).text, data_of(share, client).text

        links = set(re.findall(r'(?:href|src|action|data-url|data-find)="([^"#]*)', page)) - {""}
        allowed = ("/static/", address(share))
        assert not [one for one in links if not one.startswith((*allowed, "?"))]
        assert "csrf" not in page
        for text in (page, told):
            assert "/stakeholders" not in text
            assert "/network" not in text
        assert not re.search(r"\b700\d\b", told)

    def test_follows_the_data_on_its_own_day(self, client, editor, town):
        share = make.share(editor)
        before = make.share(editor, question=Question(date(2024, 1, 1), 24))
        assert len(data_of(share, client).json["nodes"]) == 4
        assert data_of(before, client).json["nodes"] == []

        stakeholders.archive(editor, town[3], at=make.NOW)

        assert len(data_of(share, client).json["nodes"]) == 3

    def test_speaks_the_language_of_its_address_and_sets_no_cookie(self, client, editor, town):
        share = make.share(editor)

        for more, said in (
            ("", "Perjanjian"),
            ("?lang=id", "Perjanjian"),
            ("?lang=en", "Agreement"),
        ):
            page = client.get(address(share, more))
            told = client.get(address(share, f"/data.json{more}"))
            assert said in page.text
            assert said in told.text
            for answer in (page, told):
                assert "Set-Cookie" not in answer.headers

    def test_says_nothing_on(self, client, editor, town):
        shut = make.share(editor)
        services.withdraw(editor, shut.id, at=make.NOW)
        for where in (
            address(make.share(editor)), address(make.share(editor), "/data.json"),
            address(shut), address(shut, "/data.json"), "/share/x", "/share/x/data.json",
        ):  # fmt: skip
            headers = client.get(where).headers
            assert headers["X-Robots-Tag"] == "noindex, nofollow"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cache-Control"] == "no-store"
            assert "script-src 'self';" in headers["Content-Security-Policy"]

    def test_a_hostile_title_is_text(self, client, editor, town):
        title = '</title><script>alert(1)</script>{{7*7}}" onload="x'
        share = make.share(editor, title=title)

        page = client.get(address(share)).text

        assert "<script>alert" not in page
        assert "{{7*7}}" in page
        assert '" onload=' not in page
        assert data_of(share, client).json["title"] == title

    def test_an_empty_map_says_so(self, client, editor, town):
        share = make.share(editor, filters={"region": ["99"], "sector": ["media"]})
        assert data_of(share, client).json["nothing"]


class TestHiddenNames:
    @pytest.mark.parametrize("grouped", [False, True])
    def test_are_nowhere(self, client, editor, town, grouped, monkeypatch):
        if grouped:
            monkeypatch.setattr("crm.maps.store.MOST_SHOWN", 2)
        filters = {"gaps": ["y"], "size": ["exit"]} if grouped else {"focus": [str(town[0])]}
        share = make.share(editor, names_hidden=True, filters=filters)

        page, answer = client.get(address(share)).text, data_of(share, client)

        for text in (page, answer.text):
            for at, name in enumerate(NAMES):
                assert name not in text
                assert name.split()[0] not in text, "not even a part of it"
                assert f"SN{at}" not in text
            assert not re.search(r"\b700\d\b", text)
            assert "/stakeholders" not in text
        assert len(answer.json["nodes"]) >= 3

    def test_are_sector_and_number_in_an_order_that_says_nothing(self, client, editor, town):
        share = make.share(editor, names_hidden=True)

        told = data_of(share, client).json

        assert [node["id"] for node in told["nodes"]] == [1, 2, 3, 4]
        assert [node["label"] for node in told["nodes"]] == [
            "OPD/Pemerintah 1", "Perguruan tinggi 1", "Dunia usaha 1", "Dunia usaha 2",
        ]  # fmt: skip
        # All that a node says: what the picture and the legend need.
        parts = {"id", "label", "colour", "colourDark", "x", "y", "shape", "size", "facts"}
        assert all(node.keys() == parts for node in told["nodes"])
        assert all(node["facts"] == [node["label"]] for node in told["nodes"])
        assert [(edge["from"], edge["to"]) for edge in told["edges"]] == [
            (one, other) for one in range(1, 5) for other in range(one + 1, 5)
        ]

    def test_leave_the_picture_as_it_is(self, client, editor, town):
        shown, hidden = (make.share(editor, names_hidden=one) for one in (False, True))

        def seen(share):
            told = data_of(share, client).json
            nodes = [(node["x"], node["y"], node["shape"]) for node in told["nodes"]]
            return nodes, told["edges"], told["legend"]

        assert seen(shown) == seen(hidden)


class TestClosed:
    @pytest.mark.parametrize(
        ("language", "expired", "withdrawn", "unknown"),
        [
            ("id", "sudah kedaluwarsa", "sudah ditarik", "tidak membuka apa pun"),
            ("en", "This link has expired", "This link was withdrawn", "This link opens nothing"),
        ],
    )  # fmt: skip
    def test_each_has_its_page(self, client, editor, town, language, expired, withdrawn, unknown):
        old = make.share(editor, days=1, at=datetime.now(UTC) - timedelta(days=2))
        gone = make.share(editor)
        services.withdraw(editor, gone.id, at=make.NOW)
        for path, status, said in (
            (address(old), 410, expired),
            (address(gone), 410, withdrawn),
            ("/share/no-such-link", 404, unknown),
        ):
            page = client.get(f"{path}?lang={language}")
            assert page.status_code == status
            assert said in page.text
            assert "Peta untuk Bappeda" not in page.text
            data = client.get(f"{path}/data.json")
            assert data.status_code == status
            assert set(data.json) == {"error", "message"}

    def test_a_link_is_signed_for_this_use_by_this_secret(self, editor):
        share = make.share(editor)
        token = services.token_of(share, "one secret")

        assert services.by_token(token, "one secret").id == share.id
        assert services.by_token(token, "another secret") is None
        assert services.by_token(share.nonce, "one secret") is None, "who reads the database"
        for wrong in (token[:-1], token + "x", token.upper(), "", ".", "é", f"{token}.x"):
            assert services.by_token(wrong, "one secret") is None

    def test_withdrawn_stays_withdrawn(self, editor):
        share = make.share(editor)
        services.withdraw(editor, share.id, at=make.NOW)
        services.withdraw(editor, share.id, at=make.NOW + timedelta(days=1))

        assert share.withdrawn_at == make.NOW
        assert share.state(share.expires_at + timedelta(days=9)) is ShareState.WITHDRAWN

    def test_expires_at_the_moment_it_says(self, editor):
        share = make.share(editor)
        assert share.state(share.expires_at - timedelta(seconds=1)) is ShareState.OPEN
        assert share.state(share.expires_at) is ShareState.EXPIRED


class TestCounting:
    def views(self, share):
        db.session.rollback()
        return db.session.query(MapShareCount).filter_by(share_id=share.id).one().views

    def test_counts_maps_that_were_drawn_for_visitors(self, client, as_user, editor, town):
        share = make.share(editor)

        client.get(address(share))
        assert self.views(share) == 0, "the preview of a messenger asks for the page alone"
        client.head(address(share, "/data.json"))
        as_user(editor).get(address(share, "/data.json"))
        assert self.views(share) == 0, "who has signed in is no visitor"
        for _ in range(2):
            data_of(share, client)

        assert self.views(share) == 2
        last = db.session.query(MapShareCount).one().last_at
        assert datetime.now(UTC) - last < timedelta(minutes=1)
        assert ">2<" in as_user(editor).get("/shares").text

    def test_counts_nothing_that_is_closed(self, client, editor, town):
        share = make.share(editor)
        services.withdraw(editor, share.id, at=make.NOW)

        data_of(share, client)

        assert self.views(share) == 0


def test_many_requests_from_one_address_have_to_wait(tmp_path):
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "",
            "RATELIMIT_ENABLED": True,
            "SHARE_REQUESTS": "3 per minute",
        }
    )
    with app.app_context():
        limiter.reset()
        app.test_client_class = Browser
        try:
            client = app.test_client()
            db.create_all()
            found = [
                client.get(f"/share/x{n}{more}").status_code
                for n in range(2)
                for more in ("", "/data.json")
            ]
            assert found == [404, 404, 404, 429]
        finally:
            limiter.reset()
            limiter.enabled = False
            db.session.remove()
            db.engine.dispose()
