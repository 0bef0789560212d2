"""Files of results: none is handed over while what stands in it is of older data."""

import pytest

from crm.network import series, services
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY

NOW = Question(MONDAY, 24)
ON = "on=2026-11-23&window=24"
LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}
FILES = {
    "gaps": f"/gaps?{ON}&format=csv",
    "regions": f"/regions?{ON}&format=xlsx",
    "introductions": f"/introductions?{ON}&region=16.04&format=csv",
    "fewest": f"/introductions/fewest?{ON}&region=16.04&format=csv",
    "invite list": f"/events/{{event}}/invite-list?{ON}&format=csv",
    "measures": f"/network/export/measures?{ON}",
    "months": f"/network/series?{ON}&format=csv",
    "report": f"/network/report.pdf?{ON}",
    "two days": f"/network/compare?{ON}&format=csv",
    "map by measure": f"/network/map.html?{ON}&size=betweenness",
}
LIVE = {
    "map": f"/network/map.html?{ON}",
    "nodes": f"/network/export/nodes?{ON}",
    "graph": f"/network/export/gexf?{ON}",
    "rows": f"/network/table?{ON}&format=csv",
}
"""Made of the network as it is now."""


@pytest.fixture
def lahat():
    """An office with two partners, and an event to which they may be invited."""
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    make.agreement(dinas, make.stakeholder("Bank Lahat", sector=Sector.BUSINESS, **LAHAT))
    make.agreement(dinas, make.stakeholder("Lahat Pos", sector=Sector.MEDIA, **LAHAT))
    return make.event(starts_on=MONDAY)


def test_no_file_is_made_of_old_results(lahat, as_user, viewer, monkeypatch):
    browser = as_user(viewer)

    def answers(addresses):
        asked = {name: one.format(event=lahat.id) for name, one in addresses.items()}
        found = {name: browser.get(address) for name, address in asked.items()}
        return {
            name: (one.status_code, "Content-Disposition" in one.headers)
            for name, one in found.items()
        }

    assert answers(FILES) == dict.fromkeys(FILES, (200, True))

    make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT)
    with monkeypatch.context() as patched:
        for place in (services, series):
            patched.setattr(place, "later", lambda *_args, **_options: None)
        assert answers(FILES) == dict.fromkeys(FILES, (202, False))
        assert answers(LIVE) == dict.fromkeys(LIVE, (200, True))
    assert answers(FILES) == dict.fromkeys(FILES, (200, True))


@pytest.mark.parametrize("name", ["introductions", "fewest"])
def test_a_plan_of_old_results_is_no_file_where_the_rest_is_new(
    lahat, as_user, viewer, monkeypatch, name
):
    browser = as_user(viewer)
    browser.get(FILES[name])
    make.stakeholder("Radio Lahat", sector=Sector.MEDIA, **LAHAT)
    services.answer(NOW)

    with monkeypatch.context() as patched:
        patched.setattr(services, "later", lambda *_args, **_options: None)
        answer = browser.get(FILES[name])

        # Where that failed it would ask for ever: it says so instead.
        patched.setattr(services, "has_failed", lambda _key: True)
        failed = browser.get(FILES[name]).text

    assert answer.status_code == 202
    # Nothing on the page asks whether the plan is there: the page itself does.
    assert '<meta http-equiv="refresh"' in answer.text.partition("<noscript>")[0]
    assert 'role="alert"' in failed
    assert '<meta http-equiv="refresh"' not in failed.partition("<noscript>")[0]
