"""The documentation is complete: what there is, is told; and the guide speaks as the pages do."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

import config
from crm.cli import sinergi
from crm.examples import accounts
from crm.imports.columns import FIELDS
from tests.documents import DOCS, GUIDE, OPERATING, README, ROOT, links, name_of, prose


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


def settings_told() -> dict[str, str]:
    """Return the names and defaults in the table of settings."""
    told = {}
    for line in OPERATING.read_text("utf-8").splitlines():
        if found := re.match(r"\| ((?:`[A-Z_]+`(?:, )?)+) \| (.+?) \|", line):
            told.update(dict.fromkeys(re.findall(r"`([A-Z_]+)`", found[1]), found[2].strip("`")))
    return told


def as_told(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or "empty"


def test_settings_are_told_with_their_defaults():
    settings = {name: as_told(value) for name, value in vars(config).items() if name.isupper()}
    del settings["DEVELOPMENT_SECRET"]  # the default of another
    assert settings_told() == settings


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_variables_of_the_environment_are_read(path):
    helpers = "\n".join(one.read_text("utf-8") for one in (ROOT / "tests").glob("*.py"))
    named = set(re.findall(r"SINERGI_([A-Z_]+)\b", path.read_text("utf-8")))
    unread = [name for name in named - settings_told().keys() if f'"SINERGI_{name}"' not in helpers]
    assert not unread, "nothing reads this variable"


def test_every_command_is_told():
    text = OPERATING.read_text("utf-8")
    lacking = [name for name in sinergi.commands if f"| `sinergi {name}" not in text]
    assert not lacking, "the last table of docs/operating.md names every command"


def test_example_accounts_are_told():
    text = README.read_text("utf-8")
    told = re.findall(r"^\| (\w+) \| `([^`]+@[^`]+)` \| `([^`]+)` \|", text, re.M)
    assert told == [(one.role.value, one.email, one.password) for one in accounts.ACCOUNTS]


def test_columns_of_an_import_are_told():
    section = README.read_text("utf-8").split("## Bring your own list")[1].split("\n## ")[0]
    told = set()
    for line in section.splitlines():
        _edge, first, *rest = line.split(" | ") if " | " in line else ["", ""]
        told |= set(re.findall(r"`([a-z_]+)`", _edge if line.startswith("| `") else ""))
        if line.startswith(("| meetings |", "| participations |")):
            told |= set(re.findall(r"`([a-z_]+)`", " ".join([first, *rest])))
    assert told == {field.name for fields in FIELDS.values() for field in fields}


@cache
def words_of_the_interface() -> frozenset[str]:
    """Return every Indonesian text of the catalogues."""
    found: set[str] = set()
    for path in (ROOT / "crm" / "translations" / "id").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                found.update(
                    [message.string] if isinstance(message.string, str) else message.string
                )
    return frozenset(found)


@pytest.mark.parametrize("path", GUIDE, ids=name_of)
def test_the_guide_uses_the_words_of_the_interface(path):
    bold = {" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", prose(path), re.S)}
    assert not bold - words_of_the_interface(), "bold are the words of buttons, menus and fields"


def test_the_guide_leads_to_each_of_its_pages_and_back():
    index = ROOT / "docs" / "panduan" / "index.md"
    assert {path.name for path in GUIDE} - {"index.md"} <= set(links(index))
    lost = [name_of(path) for path in GUIDE if path != index and "index.md" not in links(path)]
    assert not lost, "lead back to the first page of the guide"
