"""Places in names: the province, kabupaten or kota that the name of an organisation mentions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crm.spelling import region_rows, words

KINDS = {
    "kabupaten": "kabupaten",
    "bupati": "kabupaten",
    "kota": "kota",
    "walikota": "kota",
    "provinsi": "provinsi",
    "gubernur": "provinsi",
}
"""Words that say what kind of place follows."""

SMALLER = frozenset({"desa", "kelurahan", "kecamatan", "nagari", "gampong", "dusun", "kampung"})
"""Words after which the name of a smaller place follows, which may sound like a district."""

OTHER_NAMES = {
    "19": ("bangka belitung",),
    "31": ("daerah khusus ibukota", "daerah khusus jakarta", "jakarta"),
    "34": ("yogyakarta",),
    "33.72": ("solo",),
    "14.10": ("meranti",),
}
"""Further names of some places, beside the official one."""

NEEDS_KIND = frozenset({
    # Ordinary words of the language …
    "batu", "batang", "batu bara", "metro", "puncak", "landak", "buru", "serang", "pati", "tegal",
    "kota baru", "malaka", "tanah laut", "tanah datar", "intan jaya", "puncak jaya", "gunung mas",
    "banjar", "muna", "solo", "meranti",
    # … and islands or lands that are wider than the kabupaten of that name.
    "bangka", "belitung", "nias", "sumbawa", "buton", "alor", "toba", "minahasa", "manggarai",
    "luwu",
})  # fmt: skip
"""Names that mean a district only after the word kabupaten or kota, or alone in brackets."""

_brackets = re.compile(r"[(\[]([^)\]]*)[)\]]")
_pause = re.compile(r"[,;:/–—()\[\]]|\s-\s")


@dataclass(frozen=True)
class Mention:
    """One place that a name mentions, and the places that it can mean."""

    codes: frozenset[str]
    start: int
    """Where its words begin, with the word for its kind …"""
    end: int
    """… and before which one they end, counted in the words of the part that holds it."""


@dataclass(frozen=True)
class Reading:
    """What a name says, parted into the places it mentions and its other words."""

    places: tuple[frozenset[str], ...]
    place_words: tuple[str, ...]
    others: tuple[str, ...]


@cache
def _places() -> dict[tuple[str, ...], dict[str, frozenset[str]]]:
    """Return name -> kind of place -> codes of the places that bear it."""
    found: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for row in region_rows():
        parts = [word for word in words(row["name"]) if word not in ("dan", "administrasi")]
        kind = "provinsi"
        if row["level"] == "district":
            kind, parts = parts[0], parts[1:]
        names = [" ".join(parts), *OTHER_NAMES.get(row["code"], ())]
        for name in names:
            kinds = found.setdefault(tuple(name.split()), {})
            kinds.setdefault(kind, set()).add(row["code"])
    return {
        name: {kind: frozenset(codes) for kind, codes in kinds.items()}
        for name, kinds in found.items()
    }


LONGEST = 5
"""How many words the longest name of a place has."""


def code_in(text: str, within: str | None = None) -> str | None:
    """Return the code of the one place that a text mentions; None where it is not certain.

    :param within: the code of a region in which the place must lie
    """
    candidates = [one for one in (_inside(codes, within) for codes in read(text).places) if one]
    return _deepest(candidates)


def _inside(codes: frozenset[str], within: str | None) -> frozenset[str]:
    if not within:
        return codes
    return frozenset(code for code in codes if code == within or code.startswith(f"{within}."))


def meant(places: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the codes that the mentions of one name may mean together.

    "Kota Malang, Jawa Timur" means the kota alone; "Bank Sumsel Babel" means both provinces.
    """
    if len(places) < 2:
        return places[0] if places else frozenset()
    deepest = _deepest(list(places))
    return frozenset({deepest}) if deepest else frozenset().union(*places)


def _deepest(candidates: list[frozenset[str]]) -> str | None:
    """Return the place that lies in all others that are mentioned."""
    named = [one for one in (certain(codes) for codes in candidates) if one]
    unclear = [codes for codes in candidates if certain(codes) is None]
    for codes in unclear:
        # "Malang, Jawa Timur" leaves two; "Banjar, Jawa Barat" leaves one.
        left = {code for code in codes if any(code.startswith(f"{one}.") for one in named)}
        if len(left) != 1:
            return None
        named.extend(left)
    if not named:
        return None
    deepest = max(named, key=len)
    lies_in_all = all(deepest == one or deepest.startswith(f"{one}.") for one in named)
    return deepest if lies_in_all else None


def certain(codes: frozenset[str]) -> str | None:
    """Return the place meant by a mention: the only one, or the one that all others lie in."""
    if len(codes) == 1:
        return next(iter(codes))
    widest = min(codes, key=len)
    if all(code == widest or code.startswith(f"{widest}.") for code in codes):
        return widest
    return None


def read(text: str) -> Reading:
    """Part a name into the places that it mentions and its other words."""
    places: list[frozenset[str]] = []
    place_words: list[str] = []
    others: list[str] = []
    for part, alone in _parts(text):
        tokens = [word for word in words(part) if word not in ("dan", "administrasi")]
        at = 0
        for mention in _mentions(tokens, alone):
            others.extend(tokens[at : mention.start])
            places.append(mention.codes)
            place_words.extend(tokens[mention.start : mention.end])
            at = mention.end
        others.extend(tokens[at:])
    return Reading(tuple(places), tuple(place_words), tuple(others))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Return the parts of a text between its commas and brackets, and which stand in brackets."""
    for bracketed in _brackets.findall(text):
        yield bracketed, True
    for part in _pause.split(_brackets.sub(",", text)):
        if part.strip():
            yield part, False


def _mentions(tokens: list[str], alone: bool) -> Iterator[Mention]:
    at, skipping = 0, False
    while at < len(tokens):
        word = tokens[at]
        if word in SMALLER and not _is_an_office(tokens, at):
            at, skipping = at + 1, True
            continue
        kind = KINDS.get(word)
        start = at + 1 if kind else at
        found = _longest(tokens, start, kind, alone) if kind or not skipping else None
        if found:
            codes, end = found
            yield Mention(codes, at, end)
            at, skipping = end, False
            continue
        if kind:
            skipping = False
            # "Kabupaten Palembang": there is none, and the kota may not be meant.
            wrong = _longest(tokens, start, None, alone)
            at = wrong[1] if wrong else start
        else:
            at += 1


def _is_an_office(tokens: list[str], at: int) -> bool:
    """Whether "desa" here is what an office cares for, not what is before a village's name."""
    return tokens[at] == "desa" and at > 0 and tokens[at - 1] in ("masyarakat", "pembangunan")


def _longest(
    tokens: list[str], start: int, kind: str | None, alone: bool
) -> tuple[frozenset[str], int] | None:
    """Return the places with the longest name that begins at a word, and where that name ends."""
    known = _places()
    for end in range(min(len(tokens), start + LONGEST), start, -1):
        kinds = known.get(tuple(tokens[start:end]))
        if kinds is None:
            continue
        if kind:
            codes = kinds.get(kind)
        elif " ".join(tokens[start:end]) in NEEDS_KIND and not (alone and end == len(tokens)):
            codes = kinds.get("provinsi")
        else:
            codes = frozenset().union(*kinds.values())
        if codes:
            return codes, end
    return None
