"""What the interface calls the figures about regions."""

from crm.language import _
from crm.regions.reference import POPULATION, POVERTY

INDICATORS = {
    POPULATION: _("Population"),
    POVERTY: _("Poor people (P0), per cent"),
}
