"""Both languages are complete: every string of code and templates stands in the catalogue."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "crm" / "translations" / "id"
KEYWORDS = {"_": None, "_n": (1, 2), "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def used() -> dict[object, str]:
    """Every message of the code, and where it stands."""
    found = {}
    for folder, method in (("crm", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        rows = extract_from_dir(
            str(ROOT / folder),
            method_map=method,
            keywords=KEYWORDS,
            comment_tags=(),
            # Babel passes over folders whose names begin with "_": our macros stand in one.
            directory_filter=lambda _folder: True,
        )
        for file, line, message, _comments, _context in rows:
            if message:
                found[message] = f"{folder}/{file}:{line}"
    return found


@cache
def translated() -> dict[object, Message]:
    """Every message of the Indonesian catalogues."""
    found = {}
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            found.update({message.id: message for message in read_po(file, locale="id")})
    return found


def forms(message: object) -> tuple[str, ...]:
    return message if isinstance(message, tuple) else (message,)


def test_every_string_has_an_indonesian_translation():
    missing = [
        f"{place}: {message!r}" for message, place in used().items() if not _is_translated(message)
    ]
    assert not missing, "add these to crm/translations/id/<feature>.po:\n" + "\n".join(missing)


def _is_translated(message: object) -> bool:
    found = translated().get(message)
    if found is None and isinstance(message, tuple):
        found = next(
            (one for key, one in translated().items() if forms(key)[0] == message[0]), None
        )
    return found is not None and not found.fuzzy and all(forms(found.string))


def test_no_translation_is_left_over():
    known = {forms(message)[0] for message in used()}
    library = {"wtforms.po", "security.po"}
    left = []
    for path in sorted(FOLDER.glob("*.po")):
        if path.name in library:
            continue
        with path.open("rb") as file:
            left += [
                f"{path.name}: {forms(one.id)[0]!r}"
                for one in read_po(file, locale="id")
                if one.id and forms(one.id)[0] not in known
            ]
    assert not left, "nobody says these any more:\n" + "\n".join(left)


def test_translations_keep_their_placeholders():
    wrong = []
    for message in translated().values():
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for text in forms(message.string):
            if set(PLACEHOLDER.findall(text)) != wanted:
                wrong.append(f"{message.id!r} → {text!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_templates_say_nothing_outside_the_catalogue(path):
    text = re.sub(r"\{#.*?#\}|<!--.*?-->", "", path.read_text(), flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.S)
    shown = [*re.findall(r">([^<>]*)<", text)]
    shown += re.findall(r'\b(?:title|alt|placeholder|aria-label|data-label)="([^"]*)"', text)
    said = [one.strip() for one in shown if re.search(r"[A-Za-z]{3,}", one)]
    said = [one for one in said if one not in ALLOWED]
    assert not said, 'put it into {{ _("…") }}'


ALLOWED = {"Sinergi", "· Sinergi", "CSV", "XLSX", "(CSV)", "(XLSX)", "PNG", "HTML"}
"""Names that are the same in every language."""


def test_no_message_is_translated_in_two_ways():
    said: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    said.setdefault(str(message.id), set()).add(str(message.string))

    assert not {text: ways for text, ways in said.items() if len(ways) > 1}
