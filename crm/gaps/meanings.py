"""What a kind of finding means, with the thresholds from which on it stands now."""

from crm.formats import number
from crm.gaps.words import FINDING_MEANINGS
from crm.network import settings


def meaning(code: str) -> str:
    """Return what findings of a kind say."""
    values = settings.in_force().values
    return str(FINDING_MEANINGS[code]) % {
        name: written(values[name]) for name in settings.THRESHOLDS
    }


def written(value: float) -> str:
    """Return a number with the decimals that it has, three at most."""
    digits = next((few for few in range(3) if round(value, few) == round(value, 3)), 3)
    return number(value, digits)
