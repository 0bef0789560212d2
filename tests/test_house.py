"""The rules of the house: what docs/architecture.md forbids, a test forbids and explains."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from crm import FEATURES

ROOT = Path(__file__).parent.parent
GRAPH_ORDER = (
    "records",
    "places",
    "build",
    "measures",
    "index",
    "findings",
    "plans",
    "simulate",
    "stability",
    "layout",
    "draw",
)
FLASK = ("flask", "flask_login", "flask_wtf", "flask_limiter", "flask_security", "werkzeug")
CORE_ONLY_IN_VIEWS = ("crm.pages", "crm.auth", "crm.conflicts", "crm.navigation")

PYTHON = sorted(
    path
    for folder in ("crm", "graphs", "migrations", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> set[str]:
    """Every module that a file imports, as dotted names; ``from a import b`` gives a and a.b."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def starts(module: str, prefixes: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in prefixes)


def answers(found: set[str]) -> bool:
    """Whether a file answers requests or commands."""
    return bool({"flask.request", "flask.Blueprint", "click"} & found)


def feature_files(*names: str) -> list[Path]:
    return [path for path in PYTHON if path.parent.parent.name == "crm" and path.stem in names]


def test_graphs_is_pure():
    forbidden = ("flask", "sqlalchemy", "wtforms", "crm", "config", "flask_babel")
    guilty = {
        name_of(path): sorted(one for one in imports(path) if starts(one, forbidden))
        for path in (ROOT / "graphs").rglob("*.py")
    }
    assert not {file: found for file, found in guilty.items() if found}, (
        "graphs/ knows nothing of the web application: hand it records, take findings"
    )


def test_graphs_imports_only_to_the_left():
    guilty = []
    for path in (ROOT / "graphs").rglob("*.py"):
        here = path.relative_to(ROOT / "graphs").parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        for one in imports(path):
            parts = one.split(".")
            if parts[0] != "graphs" or len(parts) < 2 or parts[1] not in GRAPH_ORDER:
                continue
            if GRAPH_ORDER.index(parts[1]) > GRAPH_ORDER.index(here):
                guilty.append(f"{name_of(path)} imports {one}")
    assert not guilty, f"graphs/ reads from left to right: {GRAPH_ORDER}"


def test_only_network_and_invitations_use_graphs():
    guilty = [
        name_of(path)
        for path in (ROOT / "crm").rglob("*.py")
        if path.parent.name != "network" and any(starts(one, ("graphs",)) for one in imports(path))
    ]
    assert not guilty, "crm/network is the only door to graphs/"


def test_features_import_only_to_the_left():
    guilty = []
    for path in (ROOT / "crm").rglob("*.py"):
        here = path.relative_to(ROOT / "crm").parts[0]
        if here not in FEATURES:
            continue
        found = imports(path)
        for one in found:
            parts = one.split(".")
            if parts[0] != "crm" or len(parts) < 2 or parts[1] not in FEATURES:
                continue
            # Whoever answers a request or a command may ask the services of any feature.
            if answers(found) and (one.endswith(".services") or f"{one}.services" in found):
                continue
            if FEATURES.index(parts[1]) > FEATURES.index(here):
                guilty.append(f"{name_of(path)} imports {one}")
    assert not guilty, f"features stand in one order and import only to their left: {FEATURES}"


def test_services_know_nothing_of_the_web():
    layers = ("forms", "views")
    guilty = []
    for path in feature_files("services", "models"):
        for one in imports(path):
            upward = one.startswith("crm.") and one.split(".")[-1] in layers
            if name_of(path) == "crm/users/models.py" and starts(one, ("flask_security",)):
                continue  # its mixins are made for models
            # The account models are Flask-Security's: it looks their mixins up.
            if path.parent.name == "users" and starts(one, ("flask_security",)):
                continue
            if starts(one, FLASK) or upward or starts(one, CORE_ONLY_IN_VIEWS):
                guilty.append(f"{name_of(path)} imports {one}")
    assert not guilty, "a service takes what it needs as arguments: by, today, values"


def test_forms_do_not_ask_the_database():
    guilty = []
    for path in feature_files("forms"):
        for one in imports(path):
            if starts(one, ("crm.db", "sqlalchemy")) or one.endswith(".services"):
                guilty.append(f"{name_of(path)} imports {one}")
    assert not guilty, "a form checks shapes; the view gives it its choices, the service its facts"


def test_views_do_not_import_views():
    guilty = [
        f"{name_of(path)} imports {one}"
        for path in feature_files("views")
        for one in imports(path)
        if one.startswith("crm.") and one.endswith(".views") and path.parent.name not in one
    ]
    assert not guilty, "a page composes features by URL, not by import"


def test_one_file_commits():
    pattern = re.compile(r"\.commit\(\)|\.rollback\(\)")
    allowed = {"crm/transaction.py", "crm/error_pages.py"}
    guilty = [
        name_of(path)
        for path in (ROOT / "crm").rglob("*.py")
        if name_of(path) not in allowed and pattern.search(path.read_text())
    ]
    assert not guilty, "use `with transaction(by=...)` of crm/transaction.py"


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


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_files_are_short(path):
    lines = len(path.read_text().splitlines())
    assert lines <= 400, f"{name_of(path)} has {lines} lines: split it along the domain's seam"


def test_user_text_stays_text():
    pattern = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(|render_template_string")
    guilty = [
        f"{name_of(path)}:{number}"
        for path in [*TEMPLATES, *(ROOT / "crm").rglob("*.py")]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not guilty, "no |safe and no Markup(): let Jinja escape it"


def test_templates_keep_the_content_security_policy():
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
    guilty = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line) and "application/json" not in line
    ]
    assert not guilty, "nothing inline: put it into a file under crm/static"


def test_the_clock_is_read_in_views_and_commands_only():
    pattern = re.compile(r"\b(clock\.(now|today)|date\.today|datetime\.now|time\.time)\(")
    allowed = {"views", "commands", "cli", "clock", "transaction", "jobs"}
    guilty = [
        name_of(path)
        for path in (ROOT / "crm").rglob("*.py")
        if not any(part in path.stem for part in allowed)
        and not answers(imports(path))
        and pattern.search(path.read_text())
    ]
    assert not guilty, "time is an argument: take today or now as a parameter"


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
        if pattern.search(text) and name != "tests/test_house.py":
            guilty.append(name)
    assert not guilty, "no path of one machine in the repository"
