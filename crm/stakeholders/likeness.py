"""How alike two names are, and the guard: what makes names that look alike different offices.

Likeness of letters alone is dangerous: Dinas Kesehatan Kabupaten Malang and … Magelang are 97 %
alike. So a name is read first, into the places it mentions, its numbers, and its other words, and
these are compared each in their own way. 0 says that the guard is sure: not the same.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from crm.regions import place_names
from crm.spelling import OFFICES
from crm.stakeholders.names import PHRASES, shortened

SAME = 95.0
"""From here on two names mean the same organisation."""
ENOUGH = 75.0
"""From here on they may: a person decides."""
DOUBT = 90.0
"""What a likeness is cut down to where something keeps us from being sure."""

HEADS = frozenset({"dinas", "badan", "kantor", "balai", "biro", "lembaga"})
"""What an office is; reforms change it while the office stays: a reason for doubt only."""

WEAK = frozenset({
    "pt", "cv", "ud", "persero", "perum", "daerah", "umum", "indonesia", "kabupaten", "kota",
    "provinsi", "mikro", "wilayah",
})  # fmt: skip
"""Words that one of two names of the same organisation may lack."""

ADDED_TASKS = (
    (frozenset({"dinas", "perpustakaan"}), frozenset({"kearsipan", "dokumentasi"})),
    (frozenset({"badan", "perpustakaan"}), frozenset({"kearsipan", "dokumentasi"})),
    (frozenset({"kantor", "perpustakaan"}), frozenset({"kearsipan", "dokumentasi"})),
    (frozenset({"dinas", "komunikasi", "informatika"}), frozenset({"statistik", "persandian"})),
    (frozenset({"dinas", "perindustrian"}), frozenset({"perdagangan"})),
)
"""Of such an office a region has one, whether or not its name says these tasks too."""

GENERIC = frozenset(
    word
    for text in [*OFFICES.values(), *(short for _, short in PHRASES)]
    for word in text.split()
) | frozenset({
    "pemerintah", "kesehatan", "sosial", "pertanian", "perikanan", "kelautan", "perhubungan",
    "kehutanan", "lingkungan", "hidup", "pariwisata", "kebudayaan", "pemuda", "olahraga", "tenaga",
    "kerja", "transmigrasi", "perumahan", "pekerjaan", "sekretariat", "dewan", "perpustakaan",
    "kearsipan", "rakyat", "keluarga", "perencanaan", "anak", "perempuan", "perlindungan",
    "penelitian", "pengembangan", "statistik", "persandian", "bank", "radio", "televisi", "media",
    "forum", "komunitas", "yayasan", "universitas", "institut", "politeknik", "sekolah", "rumah",
    "sakit", "puskesmas", "kejaksaan", "pengadilan", "agama", "negeri", "islam", "himpunan",
    "ikatan", "asosiasi",
})  # fmt: skip
"""Words that many organisations share: alone they tell no organisation from another."""

_roman = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})([abc]?)")
BEFORE_A_NUMBER = frozenset({
    "kelas", "komisi", "wilayah", "tingkat", "tipe", "seksi", "regional", "divisi", "angkatan",
    "unit", "kelompok",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name, read."""

    words: tuple[str, ...]
    """What it is, without places, numbers and words that one may leave out."""
    weak: tuple[str, ...]
    numbers: tuple[str, ...]
    places: frozenset[str]
    """The codes of the places that it may mean; empty where it mentions none."""
    place_words: tuple[str, ...]

    @property
    def is_generic(self) -> bool:
        """Whether only its place tells it from others: Dinas Kesehatan."""
        return all(word in GENERIC for word in self.words)


@lru_cache(maxsize=20_000)
def read(text: str) -> Name:
    """Read a name."""
    reading = place_names.read(text)
    words: list[str] = []
    weak: list[str] = []
    numbers: list[str] = []
    before = ""
    for word in shortened(reading.others):
        if _is_number(word, before):
            numbers.append(word.lstrip("0") or "0")
        else:
            (weak if word in WEAK else words).append(word)
        before = word
    if not words:
        words, weak = weak, []
    places = place_names.meant(reading.places)
    return Name(tuple(words), tuple(weak), tuple(sorted(numbers)), places, reading.place_words)


def _is_number(word: str, before: str) -> bool:
    if word.isdigit():
        return True
    match = _roman.fullmatch(word)
    # "i", "v" and "x" alone are letters, unless they follow "komisi" or "kelas".
    return bool(match) and (len(word) > 1 or before in BEFORE_A_NUMBER)


def likeness(one: Name, other: Name, region: str | None, other_region: str | None) -> float:
    """Return how alike two names are, 0-100; 0 where the guard says that they differ.

    :param region: the code of the region in which the first one works, as far as it is known
    """
    limit = min(
        _places_allow(one, other, region, other_region), _numbers_allow(one.numbers, other.numbers)
    )
    if not limit:
        return 0.0
    return min(limit, _words_alike(one, other))


def _numbers_allow(numbers: tuple[str, ...], others: tuple[str, ...]) -> float:
    """SMAN 1 is not SMAN 2; without a number it may be either."""
    if numbers == others:
        return 100.0
    return 0.0 if numbers and others else DOUBT


def _places_allow(one: Name, other: Name, region: str | None, other_region: str | None) -> float:
    """Return the greatest likeness that the places of two names leave."""
    if one.places and other.places:
        if one.places == other.places:
            return 100.0
        return DOUBT if one.places & other.places else 0.0
    if one.places or other.places:
        named, known = (one.places, other_region) if one.places else (other.places, region)
        if not known:
            return DOUBT
        if known in named:
            return 100.0
        return DOUBT if any(_nested(known, code) for code in named) else 0.0
    generic = one.is_generic and other.is_generic
    if region == other_region:
        return 100.0
    if not region or not other_region or _nested(region, other_region):
        return DOUBT if generic else 100.0
    return 0.0 if generic else DOUBT


def _nested(one: str, other: str) -> bool:
    return one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _words_alike(one: Name, other: Name) -> float:
    mine, theirs = Counter(one.words), Counter(other.words)
    matched = (mine & theirs).total()
    rest, others = _left(one.words, mine - theirs), _left(other.words, theirs - mine)
    joined = _run_together(rest, others) + _run_together(others, rest)
    slips = _mistyped(rest, others)
    # "Perpustakan" can only be one word, "Sukamaju" and "Sukamanu" may be two villages.
    limit = DOUBT if any((a in GENERIC) == (b in GENERIC) for a, b in slips) else 100.0
    limit = min(limit, _mistyped_place(one, other, rest), _mistyped_place(other, one, others))
    matched += joined + len(slips)
    common = set(one.words) & set(other.words)
    if rest and others:
        limit = min(limit, _both_left(rest, others))
        matched += 1
    elif rest or others:
        limit = min(limit, _one_left(set(rest or others), common))
        if SAME <= limit < 100:
            return limit
    numbers = len(set(one.numbers) & set(other.numbers))
    total = len(one.words) + len(other.words) + 2 * numbers
    share = 100 * 2 * (matched + numbers) / max(total, 1)
    if not rest and not others and (one.weak != other.weak or joined or slips):
        share = 98.0
    return min(limit, share, 100.0)


def _left(words: tuple[str, ...], left: Counter[str]) -> list[str]:
    """Return the words that are left, in their order."""
    kept = []
    for word in words:
        if left[word] > 0:
            left[word] -= 1
            kept.append(word)
    return kept


def _run_together(rest: list[str], others: list[str]) -> int:
    """Take out "foto grafer" on one side and "fotografer" on the other; return how many."""
    found = 0
    for first, second in list(pairwise(rest)):
        if first + second in others and first in rest and second in rest:
            rest.remove(first)
            rest.remove(second)
            others.remove(first + second)
            found += 1
    return found


def _mistyped(rest: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Take out pairs of words that differ by a slip of the finger, and return them."""
    pairs = []
    for word in list(rest):
        near = next((one for one in others if _is_slip(word, one)), None)
        if near:
            pairs.append((word, near))
            rest.remove(word)
            others.remove(near)
    return pairs


def _mistyped_place(one: Name, other: Name, rest: list[str]) -> float:
    """Return the greatest likeness where only the other name mentions a place that we know.

    A word of ours may then be that place, mistyped; another word stands in its stead, and says
    that we mean something else: Universitas Islam Indragiri is not Universitas Islam Riau.
    """
    telling = [word for word in rest if word not in GENERIC]
    if one.places or not other.places or not telling:
        return 100.0
    places = list(other.place_words)
    for word in telling:
        near = next((place for place in places if place == word or _is_slip(word, place)), None)
        if near is None:
            return 0.0
        places.remove(near)
        rest.remove(word)
    return DOUBT


def _is_slip(one: str, other: str) -> bool:
    if one in GENERIC and other in GENERIC:
        return False
    if not one.isalpha() or not other.isalpha() or min(len(one), len(other)) < 4:
        return False
    allowed = 2 if min(len(one), len(other)) >= 9 else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _both_left(rest: list[str], others: list[str]) -> float:
    """Each name says something that the other does not: initials of it, a reform, or no match."""
    mine, theirs = set(rest) - HEADS, set(others) - HEADS
    reformed = len(mine) < len(set(rest)) and len(theirs) < len(set(others))
    if reformed and not (mine and theirs):
        return DOUBT
    for short, long in ((rest, others), (others, rest)):
        if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long):
            return DOUBT
    return 0.0


def _one_left(extra: set[str], common: set[str]) -> float:
    """Return the greatest likeness where only one of the names says something more."""
    for office, tasks in ADDED_TASKS:
        if office <= common and extra <= tasks:
            return 97.0
    return DOUBT
