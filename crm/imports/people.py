"""Names of persons as they are typed: one name, and the titles before and after it."""

import re
from typing import NamedTuple

BEFORE = frozenset({
    "dr", "drs", "dra", "ir", "prof", "h", "hj", "kh", "ust", "ustadz", "ustadzah", "tgk", "pdt",
    "rm", "rr", "raden", "drg", "apt", "ns", "bpk", "bapak", "ibu", "sdr", "sdri", "mr", "mrs",
    "ms", "brigjen", "kol", "kolonel", "letkol", "mayor", "kapten", "kompol", "akbp", "akp",
    "ipda", "iptu",
})  # fmt: skip
"""What stands before a name, without its full stop."""

_AFTER = re.compile(
    r"(?i)^(s|m|d|a|b|sp|ph|md)\.\s?[a-z][a-z.\s]*$|^(ph\.?\s?d|m\.?b\.?a|mpa|msi|mm|mh|ssos|spd|mpd|se"
    r"|sh|skm|st|mt|sip|map|ma|msc|bsc|apt|cpa)\.?$"
)


class PersonName(NamedTuple):
    """A name with its titles apart."""

    before: str
    name: str
    after: str


def part(typed: str) -> PersonName:
    """Part a name as typed: "Dr. H. Budi Santoso, M.Si." is Budi Santoso."""
    head, _comma, after = (one.strip() for one in typed.partition(","))
    words = head.split()
    before: list[str] = []
    while len(words) > 1 and _is_title_before(words[0]):
        before.append(words.pop(0))
    # Without a comma, "Budi Santoso S.Sos" still ends with a degree.
    behind: list[str] = []
    while not after and len(words) > 1 and "." in words[-1] and _AFTER.match(words[-1]):
        behind.insert(0, words.pop())
    return PersonName(" ".join(before)[:80], " ".join(words), (after or " ".join(behind))[:120])


def _is_title_before(word: str) -> bool:
    plain = word.rstrip(".").casefold()
    # "Dr.Ir.Budi" is two titles and a name only where somebody parts them.
    return plain in BEFORE or (
        word.endswith(".") and all(one in BEFORE for one in plain.split(".") if one)
    )
