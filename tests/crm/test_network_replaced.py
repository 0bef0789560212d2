"""What an address asks and cannot be shown is said on the page, not silently replaced."""

from datetime import date

import pytest
from flask_babel import force_locale

from crm.network import replaced
from crm.network.questions import Question
from tests import make

SHOWN = Question(date(2026, 6, 1), 24)
NO_DAY = "“besok” bukan tanggal: yang ditampilkan adalah 1 Juni 2026."
OUTSIDE = (
    "1 Januari 1900 berada di luar tanggal yang dapat ditanyakan, 17 Agustus 1945 sampai "
    "31 Desember 2199: yang ditampilkan adalah 1 Juni 2026."
)
NO_WINDOW = (
    "“kemarin” bukan jumlah bulan ke belakang yang dapat dipakai: yang diperhitungkan adalah "
    "kegiatan 24 bulan terakhir."
)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, []),
        ({"on": "", "window": ""}, []),
        ({"on": "2026-06-01", "window": "24"}, []),
        ({"on": "2026-W23-1", "window": "024"}, []),  # the same day and window, written otherwise
        ({"on": "besok"}, [NO_DAY]),
        ({"on": "1900-01-01"}, [OUTSIDE]),
        ({"on": "besok", "window": "kemarin"}, [NO_DAY, NO_WINDOW]),
    ],
)
def test_a_day_and_a_window_that_cannot_be_shown(app, asked, said):
    with app.test_request_context(), force_locale("id"):
        assert replaced.in_question(asked, SHOWN) == said


def test_no_more_is_repeated_than_a_sentence_holds(app):
    with app.test_request_context(), force_locale("id"):
        (said,) = replaced.in_day("x" * 5000, SHOWN.on)

    assert len(said) < 120


@pytest.mark.parametrize("address", ["/", "/gaps", "/network", "/regions", "/regions/map"])
def test_every_page_says_so(as_user, viewer, address):
    make.stakeholder()

    page = as_user(viewer).get(f"{address}?on=<b>besok").text

    assert "“&lt;b&gt;besok” bukan tanggal: yang ditampilkan adalah " in page


def test_a_plan_of_introductions_says_how_many_can_be_asked(as_user, viewer):
    make.stakeholder()
    browser = as_user(viewer)

    page = browser.get("/introductions?k=99&per_introducer=x").text

    assert "“99” tidak dapat dipakai. Isi angka antara 1 dan 50. Yang ditampilkan: 5." in page
    assert "“x” tidak dapat dipakai." in page
    assert "tidak dapat dipakai" not in browser.get("/introductions?k=7").text


def test_two_days_that_are_one_are_said_to_be_compared_with_another(as_user, viewer):
    make.stakeholder()
    browser = as_user(viewer)

    page = browser.get("/network/compare?on=2026-06-01&before=2026-06-01").text
    other = browser.get("/network/compare?on=2026-06-01&before=2026-07-01").text

    assert "1 Juni 2026 tidak dapat dibandingkan dengan dirinya sendiri" in page
    assert "yang ditampilkan adalah 1 Juni 2025." in page
    assert 'role="alert"' not in other.split("<main")[1]
