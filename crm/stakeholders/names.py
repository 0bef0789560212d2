"""Names: by what an organisation is compared, and what the search looks through."""

import re
from collections.abc import Iterable, Sequence

from crm.spelling import ABBREVIATIONS as ABBREVIATIONS
from crm.spelling import words as words

FILLERS = frozenset({"dan", "serta", "ri", "the", "of", "and", "di", "tbk", "se"})
"""Words that make no difference between two names."""

PHRASES = (
    ("radio republik indonesia", "rri"),
    ("televisi republik indonesia", "tvri"),
    ("republik indonesia", ""),
    ("badan perencanaan pembangunan daerah", "bappeda"),
    ("dewan perwakilan rakyat daerah", "dprd"),
    ("dewan perwakilan rakyat", "dpr"),
    ("tim penggerak", "tp"),
    ("pemberdayaan kesejahteraan keluarga", "pkk"),
    ("pembinaan kesejahteraan keluarga", "pkk"),
    ("badan usaha milik desa", "bumdes"),
    ("sekolah menengah atas", "sma"),
    ("sekolah menengah kejuruan", "smk"),
    ("sekolah menengah pertama", "smp"),
    ("sekolah dasar", "sd"),
    ("madrasah tsanawiyah", "mts"),
    ("taman kanak kanak", "tk"),
)
"""Words that are better known by their initials; after the fillers are gone."""

_short = dict(PHRASES)
_phrase = re.compile(r"\b(?:" + "|".join(_short) + r")\b")


def compared(name: str) -> list[str]:
    """Return the words by which a name is compared, in their order, without fillers."""
    return shortened(words(name))


def shortened(found: Sequence[str]) -> list[str]:
    """Return words without fillers, and initials for the phrases that have some."""
    text = " ".join([word for word in found if word not in FILLERS] or found)
    return _phrase.sub(lambda match: _short[match[0]], text).split() or list(found)


def key(name: str) -> str:
    """Return what a name is compared by, as one text."""
    return " ".join(compared(name))[:500]


def search_text(names: Iterable[str]) -> str:
    """Return what the search looks through: every name as written and as compared."""
    kept = dict.fromkeys(
        part for name in names if name for part in (name.casefold().strip(), key(name))
    )
    return "\n".join(kept)


def written(search_text: str) -> list[str]:
    """Return the names as written that a search text was made of."""
    kept: list[str] = []
    keys: set[str] = set()
    for line in search_text.split("\n"):
        if line and line not in keys:
            kept.append(line)
            keys.add(key(line))
    return kept


def search_words(query: str) -> list[str]:
    """Return the words that a record must hold to be found."""
    return [word for word in key(query).split() if word]
