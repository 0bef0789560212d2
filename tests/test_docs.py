"""The documentation is true: what it names exists, and what it shows runs."""

import ast
import doctest
import re
import shlex
import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from werkzeug.exceptions import NotFound

from crm import FEATURES
from crm.cli import sinergi
from tasks import chores
from tests.documents import ARCHITECTURE, DOCS, ROOT, anchors, blocks, links, name_of, prose, spans
from tests.documents import shell_lines as lines_to_type
from tests.house import GRAPH_ORDER

FOLDERS = ("crm", "graphs", "templates", "migrations", "tests", "docs", "tasks", "benchmarks")
MACHINE = ("/etc/", "/var/", "/opt/", "/tmp/", "/proc/", "/usr/", "/trial")
"""Folders of a server, which are no addresses of ours."""
HEAVIEST, WIDEST = 256_000, 1280

every_document = pytest.mark.parametrize("path", DOCS, ids=name_of)


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


@every_document
def test_links_lead_somewhere(path):
    broken = []
    for link in links(path):
        target, _mark, anchor = link.partition("#")
        if re.match(r"https?:|mailto:", target):
            continue
        there = path.parent / target if target else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(link)
    assert not broken, "a relative link names a file or a heading that is not there"


@every_document
def test_pictures_are_ours_small_and_described(path):
    text = prose(path)
    assert "<img" not in text, "show a picture with ![what it shows](docs/images/name.png)"
    for alt, address in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
        assert not re.match(r"https?:|//", address), f"{address}: keep pictures in docs/images"
        content = (path.parent / address).read_bytes()
        assert len(alt) > 10, f"{address}: say in words what it shows"
        if address.endswith(".svg"):  # drawn by us, for the pages too: tests/crm/test_help.py
            continue
        assert content[:8] == b"\x89PNG\r\n\x1a\n", f"{address} is no PNG"
        (width,) = struct.unpack(">I", content[16:20])
        assert width <= WIDEST, f"{address} is wider than {WIDEST} pixels"
        assert len(content) <= HEAVIEST, f"{address} is heavier than {HEAVIEST} bytes"


def test_every_picture_is_shown():
    shown = {(path.parent / link).resolve() for path in DOCS for link in links(path)}
    pictures = (ROOT / "docs" / "images").iterdir()
    idle = [name_of(one) for one in pictures if one.resolve() not in shown]
    assert not idle, "a picture that no document shows grows old unseen: take it out"


@every_document
def test_paths_and_names_exist(path):
    wrong = [span for span in spans(path) if not (named_path(span) and named_object(span))]
    assert not wrong, "the repository has no such file or name"


def test_the_tree_in_the_architecture_exists():
    text = "\n".join(text for _language, text in blocks(ARCHITECTURE))
    at_the_top = re.findall(r"^([\w.]+)/? {2,}", text, re.M)
    wrong = [one for one in at_the_top if not (ROOT / one).exists()]
    wrong += [one for one in re.findall(r"\b\w+\.(?:py|html)\b", text) if not lies_anywhere(one)]
    assert not wrong, "docs/architecture.md shows a file that is not there"


def named_path(span: str) -> bool:
    """Whether a span is no path of ours, or one that exists; with what it says is in there."""
    if re.fullmatch(r"[\w-]+\.(py|md|toml|csv)|requirements[\w-]*\.lock", span):
        return lies_anywhere(span)
    found = re.match(rf"((?:{'|'.join(FOLDERS)})/[\w./*<>-]*)(?:: (\w+))?", span)
    if not found:
        return True
    hits = sorted(ROOT.glob(re.sub(r"<[^>]*>", "*", found[1]).rstrip("/")))
    return bool(hits) and (not found[2] or found[2] in defined_in(hits[0]))


def lies_anywhere(name: str) -> bool:
    folders = (next((ROOT / folder).rglob(name), None) for folder in FOLDERS)
    return (ROOT / name).exists() or any(folders)


def defined_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.ClassDef)}


def named_object(span: str) -> bool:
    """Whether a span is no dotted name of ours, or one that can be imported."""
    dotted = span.partition("(")[0]
    if not re.fullmatch(r"(graphs|crm)(\.\w+)+", dotted):
        return True
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@every_document
def test_addresses_exist(path, app):
    routes = app.url_map.bind("localhost")
    wrong = []
    for span in spans(path):
        if re.fullmatch(r"/[a-z][\w/<>:.-]*", span) and not span.startswith(MACHINE):
            try:
                routes.match(re.sub(r"<[^>]*>", "1", span))
            except NotFound:
                wrong.append(span)
    assert not wrong, "no page has this address"


@every_document
def test_chores_exist(path, capsys):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)[0].split()
    for line in lines_to_type(path):
        for said in re.findall(r"(?:^|[\s&])make (\w+)", line):
            assert said in targets, f"make {said}: there is no such chore"
        for said in re.findall(r"-m tasks (\w+)", line):
            with pytest.raises(SystemExit) as ended:
                chores.main([said, "--help"])
            assert ended.value.code == 0, f"python -m tasks {said}: there is no such chore"


@every_document
def test_commands_and_their_options_exist(path):
    for line in lines_to_type(path):
        for said in commands_in(line):
            command, words = command_of(said)
            known = {"--help", *(name for one in command.params for name in one.opts)}
            unknown = {one.split("=")[0] for one in words if one.startswith("-")} - known
            assert not unknown, f"sinergi {said}: {command.name} has no option {unknown}"


def commands_in(line: str) -> Iterator[str]:
    """Yield the calls of our command in a line, each up to where something else begins."""
    for found in re.finditer(r"(?:^(?:\$ )?|bin/)sinergi(?= )|-m crm(?= )", line):
        yield re.split(r"\s[|>]|\s&&|\$\(|;", line[found.end() :])[0].replace("…", "").strip()


def command_of(said: str) -> tuple[click.Command, list[str]]:
    """Return the command that a call means, and the words that follow its name."""
    command: click.Command = sinergi
    words = shlex.split(said)
    while isinstance(command, click.Group) and words and re.fullmatch(r"[a-z]\S*", words[0]):
        assert words[0] in command.commands, f"sinergi {said}: there is no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


@every_document
def test_examples_in_python_run(path):
    known: dict[str, object] = {}  # a reader types one block after the other
    for language, text in blocks(path):
        if language == "python":
            name = name_of(path)
            examples = doctest.DocTestParser().get_doctest(text, known, name, name, 0)
            assert examples.examples, "write examples with >>> so that they can be tried"
            assert not doctest.DocTestRunner().run(examples, clear_globs=False).failed
            known = examples.globs


def test_the_orders_of_features_and_of_the_analysis_are_told():
    told = " ".join(ARCHITECTURE.read_text("utf-8").split())
    assert f"`{' · '.join(FEATURES)}`" in told
    order = [one for one in GRAPH_ORDER if list((ROOT / "graphs").glob(f"{one}*"))]
    assert f"left to right: {', '.join(order)}." in told
    assert " · ".join(order) in told
