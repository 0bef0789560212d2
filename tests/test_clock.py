"""The team's own time: which day it is, and how moments are written."""

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from crm import clock, formats

LATE = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
"""Half past eleven in the evening in Jakarta, half past midnight in Makassar."""


@pytest.mark.parametrize(
    ("zone", "day", "written"),
    [
        ("Asia/Jakarta", 22, "22 Nov 2026 23.30 WIB"),
        ("Asia/Makassar", 23, "23 Nov 2026 00.30 WITA"),
        ("Asia/Jayapura", 23, "23 Nov 2026 01.30 WIT"),
    ],
)
def test_follows_the_setting(app, monkeypatch, zone, day, written):
    monkeypatch.setitem(app.config, "TIMEZONE", zone)
    monkeypatch.setattr(clock, "now", lambda: LATE)

    assert clock.today().day == day
    with force_locale("id"):
        assert formats.moment(LATE) == written
