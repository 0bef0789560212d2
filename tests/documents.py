"""Reading the documentation: its blocks, its short code, its links and headings."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
OPERATING = ROOT / "docs" / "operating.md"
GUIDE = sorted((ROOT / "docs" / "panduan").glob("*.md"))


def name_of(path: Path) -> str:
    """Return the path within the repository."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return the fenced blocks of a document: language and text."""
    return re.findall(r"^```([\w+]*)\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)


def prose(path: Path) -> str:
    """Return a document without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.M | re.S)


def spans(path: Path) -> list[str]:
    """Return what stands between backticks in the text."""
    return re.findall(r"`([^`\n]+)`", prose(path))


def shell_lines(path: Path) -> Iterator[str]:
    """Yield what a reader could type: lines of blocks without a language, and short code."""
    for language, text in blocks(path):
        if not language:
            yield from re.sub(r"\\\n\s*", "", text).splitlines()
    yield from spans(path)


def links(path: Path) -> list[str]:
    """Return where the links and pictures of a document lead."""
    return re.findall(r"\]\(([^)\s]+)\)", prose(path))


def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
