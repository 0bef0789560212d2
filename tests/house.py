"""The rules of the house, each as a function from files to what breaks it.

They are functions of texts, so that tests/test_house.py can also hand them a file that breaks the
rule: a rule that nothing can break proves nothing.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from crm import FEATURES

GRAPH_ORDER = (
    "records",
    "places",
    "arrays",
    "build",
    "measures",
    "index",
    "series",
    "findings",
    "plans",
    "simulate",
    "stability",
    "layout",
    "draw",
    "export",
)
GRAPH_DOORS = {"network": GRAPH_ORDER, "maps": ("records", "layout", "draw", "export")}
"""The features that may ask graphs/, and for what: network what is so, maps how it looks."""
GRAPH_LIBRARIES = {"graphs", "networkx", "numpy", "scipy", "numba", "pyvis"}
PEERS = ("igraph", "networkit", "rustworkx")
FLASK = ("flask", "flask_login", "flask_wtf", "flask_limiter", "flask_security", "werkzeug")
CORE_ONLY_IN_VIEWS = (
    "crm.pages",
    "crm.auth",
    "crm.conflicts",
    "crm.editing",
    "crm.archiving",
    "crm.navigation",
)
TEXTS_FIRST = {"Refused", "Conflict", "NotYours", "flash", "Listing"}
"""Calls whose first argument a user reads."""
WEB = {
    "crm/actions/blueprint.py",
    "crm/examples/commands.py",
    "crm/invite_lists/commands.py",
    "crm/gaps/commands.py",
    "crm/network/page_parts.py",
    "crm/maps/asking.py",
    "crm/maps/telling.py",
    "crm/gaps/evidence.py",
    "crm/users/accounts.py",
    "crm/users/doors.py",
    "crm/users/second_factor.py",
}
"""Files of features that speak with the browser under a name of their own."""
COMMAND_LINE = {"crm/backup.py", "crm/serving.py"}
"""What commands do and say, beside the commands themselves."""
CLOCK = re.compile(r"\b(clock\.(now|today)|date\.today|datetime\.now|time\.time)\(")
CHANCE = re.compile(
    r"default_rng\(\)|\bRandom\(\)|\brandom\.(random|choice|choices|shuffle|sample|randint|seed)\("
    r"|np\.random\.(?!default_rng|Generator|SeedSequence)"
)


class Source:
    """A file: its name as the repository has it, and its text."""

    def __init__(self, name: str, text: str) -> None:
        """Keep both."""
        self.name = name
        self.text = text
        self.path = PurePosixPath(name)

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> set[str]:
        """Every module it imports, as dotted names; ``from a import b`` gives a and a.b."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
        return found

    @property
    def feature(self) -> str:
        """The feature it belongs to; empty for the core and for other folders."""
        parts = self.path.parts
        return parts[1] if len(parts) > 2 and parts[0] == "crm" else ""

    @property
    def answers(self) -> bool:
        """Whether it answers requests or commands."""
        return bool({"flask.request", "flask.Blueprint", "click", "crm.pages.page"} & self.imports)

    def lines(self, pattern: re.Pattern[str]) -> Iterator[str]:
        """Yield where the pattern stands."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if pattern.search(line):
                yield f"{self.name}:{number}: {line.strip()[:80]}"


Files = Iterable[Source]


def starts(module: str, prefixes: Iterable[str]) -> bool:
    """Whether a module is one of these, or lies in one."""
    return any(module == one or module.startswith(f"{one}.") for one in prefixes)


def is_views(source: Source) -> bool:
    """Whether a file's name says that it holds views."""
    return source.path.stem == "views" or source.path.stem.endswith("_views")


def is_forms(source: Source) -> bool:
    """Whether a file's name says that it holds forms or their fields."""
    return source.path.stem in ("forms", "fields") or source.path.stem.endswith("_forms")


def relative_imports(files: Files) -> list[str]:
    """An import says where from: else the other rules would not see it."""
    return [
        source.name
        for source in files
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def impure_graphs(files: Files) -> list[str]:
    """graphs/ knows its own libraries and the standard one: hand it records, take findings."""
    return [
        f"{source.name} imports {one}"
        for source in files
        if source.path.parts[0] == "graphs"
        for one in source.imports
        if (top := one.split(".")[0]) not in GRAPH_LIBRARIES and top not in sys.stdlib_module_names
    ]


def peers_at_run_time(files: Files) -> list[str]:
    """What the tests and benchmarks compare us with is not part of the product (igraph is GPL)."""
    return [
        f"{source.name} imports {one}"
        for source in files
        if source.path.parts[0] in ("crm", "graphs", "migrations")
        for one in source.imports
        if starts(one, PEERS)
    ]


def chance_in_graphs(files: Files) -> list[str]:
    """The same input gives the same answer: the day and the seed are arguments."""
    return [
        line
        for source in files
        if source.path.parts[0] == "graphs"
        for pattern in (CLOCK, CHANCE)
        for line in source.lines(pattern)
    ]


def graphs_to_the_right(files: Files) -> list[str]:
    """graphs/ reads from left to right, in the order of GRAPH_ORDER."""
    guilty = []
    for source in files:
        if source.path.parts[0] != "graphs" or source.name == "graphs/__init__.py":
            continue
        here = source.path.parts[1].removesuffix(".py")
        for one in source.imports:
            parts = one.split(".")
            if parts[0] != "graphs" or len(parts) < 2 or parts[1] not in GRAPH_ORDER:
                continue
            if GRAPH_ORDER.index(parts[1]) > GRAPH_ORDER.index(here):
                guilty.append(f"{source.name} imports {one}")
    return guilty


def other_doors_to_graphs(files: Files) -> list[str]:
    """crm/network asks graphs/ what is so, crm/maps how it looks; all others ask these two."""
    guilty = []
    for source in files:
        if source.path.parts[0] != "crm":
            continue
        doors = [f"graphs.{part}" for part in GRAPH_DOORS.get(source.feature, ())]
        for one in source.imports:
            # ``from graphs import draw`` is seen as graphs and as graphs.draw.
            is_door = doors and one == "graphs"
            if starts(one, ("graphs",)) and not starts(one, doors) and not is_door:
                guilty.append(f"{source.name} imports {one}")
    return guilty


def features_to_the_right(files: Files) -> list[str]:
    """Features stand in one order and import only to their left; views may ask any services."""
    guilty = []
    for source in files:
        if source.feature not in FEATURES:
            continue
        for one in source.imports:
            parts = one.split(".")
            if parts[0] != "crm" or len(parts) < 2 or parts[1] not in FEATURES:
                continue
            asks = one.endswith(".services") or f"{one}.services" in source.imports
            if source.answers and asks:
                continue
            if FEATURES.index(parts[1]) > FEATURES.index(source.feature):
                guilty.append(f"{source.name} imports {one}")
    return guilty


def web_below_the_views(files: Files) -> list[str]:
    """What is no view takes what it needs as arguments: by, today, values."""
    guilty = []
    for source in files:
        if not source.feature or is_views(source) or is_forms(source) or source.name in WEB:
            continue
        for one in source.imports:
            # The account models are Flask-Security's: it looks their mixins up.
            if source.feature == "users" and starts(one, ("flask_security",)):
                continue
            upward = one.startswith("crm.") and one.split(".")[-1] in ("forms", "views")
            if starts(one, FLASK) or upward or starts(one, CORE_ONLY_IN_VIEWS):
                guilty.append(f"{source.name} imports {one}")
    return guilty


def services_below_models(files: Files) -> list[str]:
    """Models say what is stored; what is done with it stands in services, which import them."""
    return [
        f"{source.name} imports {one}"
        for source in files
        if source.path.stem == "models" and source.feature
        for one in source.imports
        if one.startswith("crm.") and one.endswith(".services")
    ]


def database_in_forms(files: Files) -> list[str]:
    """A form checks shapes; the view gives it its choices, the service its facts."""
    return [
        f"{source.name} imports {one}"
        for source in files
        if source.path.stem == "forms" and source.feature
        for one in source.imports
        if starts(one, ("crm.db", "sqlalchemy")) or one.endswith(".services")
    ]


def views_in_views(files: Files) -> list[str]:
    """A page composes features by URL, not by import."""
    return [
        f"{source.name} imports {one}"
        for source in files
        if is_views(source) and source.feature
        for one in source.imports
        if one.startswith("crm.") and re.search(r"(\.|_)views$", one)
        if one.split(".")[1] != source.feature
    ]


def other_commits(files: Files) -> list[str]:
    """Use ``with transaction(by=...)`` of crm/transaction.py."""
    allowed = {"crm/transaction.py", "crm/error_pages.py"}
    pattern = re.compile(r"\.commit\(\)|\.rollback\(\)")
    return [
        line
        for source in files
        if source.path.parts[0] == "crm" and source.name not in allowed
        for line in source.lines(pattern)
    ]


def long_files(files: Files) -> list[str]:
    """Above 400 lines, split it along the domain's seam."""
    return [source.name for source in files if len(source.text.splitlines()) > 400]


def text_as_markup(files: Files) -> list[str]:
    """No |safe and no Markup: let Jinja escape it."""
    pattern = re.compile(
        r"\|\s*safe\b|autoescape\s+false|\bMarkup\b(?!\.escape)|render_template_string"
    )
    return [
        line
        for source in files
        if source.path.parts[0] in ("crm", "templates")
        for line in source.lines(pattern)
    ]


def inline_code(files: Files) -> list[str]:
    """The content security policy lets nothing inline run: put it under crm/static."""
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
    return [
        line
        for source in files
        if source.path.suffix == ".html"
        for line in source.lines(pattern)
        if "application/json" not in line
    ]


def migrations_with_our_code(files: Files) -> list[str]:
    """A migration says what it does itself: our code changes, and what was migrated does not."""
    return [
        f"{source.name} imports {one}"
        for source in files
        if source.name.startswith("migrations/versions/")
        for one in source.imports
        if starts(one, ("crm", "graphs", "config"))
    ]


def clocks_under_other_names(files: Files) -> list[str]:
    """The clock is called ``clock``, so that one sees who reads it."""
    return [
        source.name
        for source in files
        if source.path.parts[0] == "crm"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and (
            node.module == "crm.clock"
            or any(one.name == "clock" and one.asname for one in node.names)
        )
    ]


def clocks_read_elsewhere(files: Files) -> list[str]:
    """Time is an argument: views, commands and jobs read the clock and hand it on."""
    allowed = {"commands", "cli", "clock", "transaction", "jobs"}
    return [
        line
        for source in files
        if source.path.parts[0] == "crm" and source.path.stem not in allowed
        if not is_views(source) and not source.answers
        for line in source.lines(CLOCK)
    ]


def untranslated(files: Files) -> list[str]:
    """What a user reads comes from the catalogues: ``_("…")``."""
    guilty = []
    for source in files:
        # The command line speaks English.
        if (
            source.path.parts[0] != "crm"
            or "click" in source.imports
            or source.name in COMMAND_LINE
        ):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _is_read(node) and node.args and _says(node.args[0]):
                guilty.append(f"{source.name}:{node.lineno}: {ast.unparse(node)[:80]}")
    return guilty


def _is_read(node: ast.Call) -> bool:
    name = getattr(node.func, "id", "")
    return name in TEXTS_FIRST or bool(re.search(r"^[A-Za-z]\w*(Field|_field)$", name))


def _says(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value != ""
    return isinstance(node, ast.JoinedStr)
