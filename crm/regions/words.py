"""What the interface calls the figures about regions."""

from crm.audit.words import VALUES
from crm.formats import ZONES
from crm.language import _
from crm.regions.reference import POPULATION, POVERTY

INDICATORS = {
    POPULATION: _("Population"),
    POVERTY: _("Poor people (P0), per cent"),
}

VALUES["RegionIndicator", "name"] = INDICATORS
VALUES["Region", "time_zone"] = ZONES
