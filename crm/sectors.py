"""The six sectors and how they look: a colour on light, one on dark, and a shape without colour.

The colours stay apart under protanopia, deuteranopia and tritanopia and keep a contrast of 3 : 1
to the page; the shapes are those that vis-network can draw. crm/static/theme.css repeats the
colours and templates/_macros/badges.html draws the shapes: tests/test_vendor.py keeps them equal.
"""

from enum import StrEnum
from typing import NamedTuple


class Sector(StrEnum):
    """The six sectors of the synergy; fixed."""

    OPD = "opd"
    UNIVERSITY = "university"
    COMMUNITY = "community"
    NGO_CSR = "ngo_csr"
    BUSINESS = "business"
    MEDIA = "media"


class Look(NamedTuple):
    """The colour of a sector on a light and on a dark page, and its shape."""

    light: str
    dark: str
    shape: str


SECTORS = {
    "opd": Look("#074476", "#6882f0", "square"),
    "university": Look("#7c50c0", "#e8c8fe", "triangle"),
    "community": Look("#318112", "#a1f08d", "dot"),
    "ngo_csr": Look("#d93a68", "#ec4761", "diamond"),
    "business": Look("#713002", "#e29f41", "hexagon"),
    "media": Look("#1290ad", "#0fb9b8", "star"),
}
