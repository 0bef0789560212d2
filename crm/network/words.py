"""What the interface calls the sectors, the layers, and the parts of the index."""

from crm.formats import number
from crm.language import _

SECTOR_NAMES = {
    "opd": _("Government"),
    "university": _("University"),
    "community": _("Community"),
    "ngo_csr": _("NGO/CSR"),
    "business": _("Business"),
    "media": _("Media"),
}

SECTOR_NOUNS = {
    "opd": _("government office"),
    "university": _("university"),
    "community": _("community group"),
    "ngo_csr": _("NGO or CSR programme"),
    "business": _("business"),
    "media": _("media company"),
}
"""One organisation of a sector, within a sentence."""


def sector_within(code: str) -> str:
    """Return the name of a sector as it stands inside a sentence; abbreviations stay as they are.

    "OPD/pemerintah", "LSM/CSR", "perguruan tinggi".
    """
    parts = str(SECTOR_NAMES[code]).split("/")
    return "/".join(one if one.isupper() else one.lower() for one in parts)


LAYER_NAMES = {
    "agreement": _("Agreement"),
    "support": _("Support"),
    "attendance": _("Met at events"),
    "team": _("Same team"),
}

PART_NAMES = {
    "coverage": _("Coverage"),
    "linkage": _("Linkage"),
    "cohesion": _("Cohesion"),
    "resilience": _("Resilience"),
}

PART_MEANINGS = {
    "coverage": _("How many of the six sectors are at work."),
    "linkage": _("How many of the fifteen pairs of sectors work together."),
    "cohesion": _("How many pairs of organisations are connected, directly or through others."),
    "resilience": _("The same after the exit of the one organisation that would hurt most."),
}

PART_DEFINITIONS = {
    "coverage": _("Sectors with an organisation at work, divided by six."),
    "linkage": _(
        "Pairs of different sectors with at least one working tie between their organisations of "
        "this region, divided by fifteen."
    ),
    "cohesion": _(
        "Pairs of organisations at work that are connected, directly or through others, divided "
        "by all such pairs."
    ),
    "resilience": _(
        "The same share after the worst exit: the smallest that is left when any one organisation "
        "leaves, counted without its own pairs."
    ),
}


def figure(value: float) -> str:
    """Return a figure with the decimals that it has, two at most."""
    digits = next((few for few in (0, 1) if round(value, few) == round(value, 2)), 2)
    return number(value, digits)
