"""What holds for every organisation, whoever enters it."""

from collections.abc import Iterable

from crm.errors import Refused
from crm.language import _
from crm.regions.models import Level


def has_place(level: Level, region_code: str | None) -> None:
    """Refuse an organisation that works in some region, but nobody knows in which."""
    if level is not Level.NATIONAL and not region_code:
        raise Refused(
            _("Choose the region, or the level “National” for an organisation of all Indonesia."),
            field="region_code",
        )


def registered(identifiers: Iterable[str]) -> list[tuple[str, str]]:
    """Return the register and the number of each line; refuse a line that lacks one of them."""
    pairs = []
    for line in identifiers:
        scheme, _colon, value = (part.strip() for part in line.partition(":"))
        if not (scheme and value):
            raise Refused(
                _("Write “%(line)s” as register, colon, number: NPSN: 10609841.", line=line),
                field="identifiers",
            )
        pairs.append((scheme[:40], value[:200]))
    return pairs
