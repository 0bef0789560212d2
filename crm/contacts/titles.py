"""Names and titles: "Dr. Ujang Iskandar, M.Si" is one name with a title before and one after."""

import re
from dataclasses import dataclass

BEFORE = frozenset(
    {
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "h",
        "hj",
        "kh",
        "k.h",
        "ust",
        "ustadz",
        "drg",
        "apt",
        "r",
        "rm",
        "ra",
        "tgk",
        "tuan",
        "bapak",
        "ibu",
        "letkol",
        "kol",
        "kompol",
        "akbp",
        "brigjen",
    }
)
"""First words that are titles, in small letters and without the last dot."""

# S.Sos, M.Si., S.T.P, Ph.D: a capital, then short groups with dots; or a known degree without.
_degree = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,4}(?:\.[A-Za-z]{1,5})+\.?|[A-Z]{2,5}|MM|SE|SH|ST|STP|Amd|Ak|CA)$"
)


@dataclass(frozen=True)
class PersonName:
    """A name with its titles apart."""

    before: str
    name: str
    after: str


def split(typed: str) -> PersonName:
    """Return what was typed as name and titles; a part that is not surely a title stays."""
    parts = [part.strip() for part in " ".join(typed.split()).split(",") if part.strip()]
    if not parts:
        return PersonName("", "", "")
    after = parts[1:]
    if not all(_is_degree(one) for part in after for one in part.split()):
        # "Budi, Kepala Seksi" is not a title: better keep the text than cut it wrongly.
        return PersonName("", ", ".join(parts), "")
    words = parts[0].split()
    before = []
    while len(words) > 1 and _is_before(words[0]):
        before.append(words.pop(0))
    return PersonName(" ".join(before), " ".join(words), ", ".join(after))


def _is_before(word: str) -> bool:
    plain = word.rstrip(".").casefold()
    return plain in BEFORE and (word.endswith(".") or plain in ("prof", "bapak", "ibu", "dr", "ir"))


def _is_degree(word: str) -> bool:
    return bool(_degree.match(word))
