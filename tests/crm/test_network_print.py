"""Analysis pages on paper: each says what was asked, of which day, and where it comes from."""

import re
from pathlib import Path

import pytest

from tests import make

ON = "on=2026-11-23&window=24"
STATIC = Path(__file__).parent.parent.parent / "crm" / "static"


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/gaps", "/gaps/grid", "/regions", "/regions/map", "/regions/16/network"),
        *("/regions/16/report", "/network", "/network/table", "/network/series"),
        *("/network/compare", "/network/report", "/stakeholders/{one}/network"),
    ],
)
def test_says_day_and_source(as_user, viewer, address):
    one, other = make.stakeholder("Dinas"), make.stakeholder("Bank")
    make.agreement(one, other)

    page = as_user(viewer).get(f"{address.format(one=one.id)}?{ON}").text

    told = re.findall(r'<p class="print-only print-source" hidden>([^<]+)</p>', page)
    assert told
    assert set(told) == {"Sumber: Sinergi, catatan tim sinergi per 23 November 2026."}
    assert "<h1>" in page


def test_narrow_screens_alone_turn_rows_into_cards():
    for name in ("tables.css", "analysis.css"):
        text = (STATIC / name).read_text()
        narrow = re.findall(r"@media ([^{]*max-width[^{]*)\{", text)
        assert narrow
        assert all(one.startswith("screen and") for one in narrow), name


def test_navigation_and_controls_stay_on_the_screen():
    text = (STATIC / "print.css").read_text()
    hidden = text[: text.index("{ display: none !important; }")]

    for part in (".sidebar", ".topbar", ".tabs", ".tools", ".pager", ".page-actions", ".map-tools"):
        assert part in hidden, part
