"""The rules of the house: what docs/architecture.md forbids, a test forbids and explains."""

import re
import subprocess
from pathlib import Path

import pytest

from tests import house, house_loops
from tests.house import Source

ROOT = Path(__file__).parent.parent
FOLDERS = ("crm", "graphs", "migrations", "tests", "benchmarks", "tasks")
PYTHON = [
    Source(path.relative_to(ROOT).as_posix(), path.read_text())
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.py"))
]
TEMPLATES = [
    Source(path.relative_to(ROOT).as_posix(), path.read_text())
    for path in sorted((ROOT / "templates").rglob("*.html"))
]

BROKEN = {
    house.relative_imports: ("graphs/index.py", "from .build import network"),
    house.impure_graphs: ("graphs/measures/shape.py", "import pandas as pd"),
    house_loops.loops_that_name_others: (
        "graphs/arrays/cores.py",
        "@compiled\ndef _peeled(starts):\n    return spans(starts)",
    ),
    house.peers_at_run_time: ("crm/network/measured.py", "import igraph"),
    house.chance_in_graphs: ("graphs/index.py", "rng = np.random.default_rng()"),
    house.graphs_to_the_right: ("graphs/build.py", "from graphs.findings import find"),
    house.other_doors_to_graphs: ("crm/events/services.py", "import graphs.build"),
    house.features_to_the_right: ("crm/events/services.py", "from crm.network import services"),
    house.web_below_the_views: ("crm/actions/visits.py", "from flask import g"),
    house.services_below_models: ("crm/events/models.py", "from crm.users import services"),
    house.database_in_forms: ("crm/events/forms.py", "from crm.db import db"),
    house.views_in_views: ("crm/events/month_views.py", "from crm.contacts.views import show"),
    house.other_commits: ("crm/events/services.py", "db.session.commit()"),
    house.long_files: ("tasks/chores.py", "x = 1\n" * 401),
    house.text_as_markup: ("crm/events/texts.py", "from markupsafe import Markup as M"),
    house.inline_code: ("templates/events/show.html", '<a onclick="go()">'),
    house.migrations_with_our_code: ("migrations/versions/0001_a.py", "from crm.db import db"),
    house.clocks_under_other_names: ("crm/events/services.py", "from crm import clock as c"),
    house.clocks_read_elsewhere: ("crm/imports/previews.py", "day = clock.today()"),
    house.untranslated: ("crm/events/services.py", 'raise Refused("The day is missing.")'),
}
"""Each rule, and a line that breaks it."""


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its(rule):
    files = TEMPLATES if rule is house.inline_code else PYTHON
    files = [*PYTHON, *TEMPLATES] if rule is house.text_as_markup else files
    # What shows a broken rule here is no broken rule.
    files = [one for one in files if one.name not in ("tests/house.py", "tests/test_house.py")]

    assert not rule(files), rule.__doc__


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_it_is_noticed_when_broken(rule):
    assert rule([Source(*BROKEN[rule])])


@pytest.mark.parametrize("text", ["from graphs import measures", "import graphs.build"])
def test_the_map_draws_and_does_not_measure(text):
    assert house.other_doors_to_graphs([Source("crm/maps/store.py", text)])
    assert not house.other_doors_to_graphs([Source("crm/network/jobs.py", text)])
    assert not house.other_doors_to_graphs([Source("crm/maps/store.py", "from graphs import draw")])


@pytest.mark.parametrize(
    "text",
    [
        "x = Markup('<b>')",
        "{{ name | safe }}",
        "from flask import render_template_string",
    ],
)
def test_every_way_around_escaping_is_noticed(text):
    assert house.text_as_markup([Source("crm/events/texts.py", text)])


@pytest.mark.parametrize(
    "text", ['StringField("Name")', 'flash(f"{n} rows")', 'Listing("Events", ())']
)
def test_every_untranslated_text_is_noticed(text):
    assert house.untranslated([Source("crm/events/views.py", text)])


def test_every_view_says_who_may_see_it(app):
    open_doors = [
        name
        for name, view in app.view_functions.items()
        if name != "static" and not hasattr(view, "access")
    ]
    assert not open_doors, "add @allow(Role...) or @public under the route"


def test_addresses_are_kebab_case_and_typed(app):
    word = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?$")
    typed = re.compile(r"^<(int|string|path|uuid|float):[a-z_]+>(\.<string:[a-z_]+>)?$")
    guilty = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not rule.endpoint.startswith("security.")
        for part in rule.rule.strip("/").split("/")
        if part and not word.match(part) and not typed.match(part)
    ]
    assert not guilty, "write addresses like /stakeholders/<int:stakeholder_id>/follow-ups"


def test_only_get_and_post(app):
    guilty = {
        rule.rule: sorted(rule.methods - {"GET", "POST", "HEAD", "OPTIONS"})
        for rule in app.url_map.iter_rules()
        if rule.methods - {"GET", "POST", "HEAD", "OPTIONS"}
    }
    assert not guilty, "forms know only GET and POST"


def test_the_repository_speaks_of_the_product_alone():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    pattern = re.compile(r"(?<![\w.])/(?:work|root)/\w")
    guilty = []
    for name in listed:
        path = ROOT / name
        if "vendor" in name or path.suffix in {".png", ".svg", ".lock"} or not path.is_file():
            continue
        text = path.read_text(errors="replace")
        if pattern.search(text) and name not in ("tests/house.py", "tests/test_house.py"):
            guilty.append(name)
    assert not guilty, "no path of one machine in the repository"
