"""Hostile names on the map do nothing: not on its pages, not in its files."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest

from tests import make

ON = "on=2026-11-23&window=24"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<a href='javascript:alert(3)'>href</a>",
    "{{7*7}}",
    "=cmd|' /C calc'!A0",
)


class TestHostileNames:
    @pytest.fixture
    def browser(self, as_user, viewer):
        offices = [make.stakeholder(name, region_code="16") for name in HOSTILE]
        make.agreement(*offices, starts=date(2025, 1, 1))
        return as_user(viewer)

    def test_are_data_in_the_saved_file(self, browser):
        answer = browser.get(f"/network/map.html?{ON}")
        body = answer.text

        assert answer.headers["Content-Disposition"] == (
            "attachment; filename=sinergi-2026-11-23.html"
        )
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "<img src=x" not in body
        assert "alert(2)</script>" not in body
        # Three scripts, and each ends where it should.
        assert len(re.findall(r"<script", body, re.I)) == len(re.findall(r"</script", body, re.I))
        data = json.loads(re.search(r'id="data">(.*?)</script>', body, re.S)[1])
        assert {node["facts"][0] for node in data["nodes"]} == set(HOSTILE)

    def test_the_saved_file_asks_no_server(self, browser):
        body = browser.get(f"/network/map.html?{ON}").text

        assert "default-src 'none'" in body
        assert not re.search(r'(?:src|href)="https?:', body)
        assert not re.search(r"<(?:link|img|iframe)\b", body)
        assert "Jejaring kemitraan, 23 November 2026" in body
        assert "Organisasi: 5. Hubungan aktif: 10." in body

    def test_are_text_on_table_panel_and_page(self, browser):
        for address in ("/network", "/network/table", "/stakeholders/1/network"):
            text = browser.get(f"{address}?{ON}").text
            assert "<img src=x" not in text, address
            assert "<script>alert" not in text, address
        assert "49" not in browser.get(f"/network/table?{ON}&sector=opd").text.split("<main")[1]

    def test_are_no_formulas_in_files(self, browser):
        for rows in ("nodes", "ties"):
            file = browser.get(f"/network/table?{ON}&format=csv&rows={rows}").data.decode()
            cells = [cell for row in csv.reader(StringIO(file)) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
            assert any(cell.startswith("'=cmd") for cell in cells)
