"""What the interface calls sectors, levels and stages."""

from crm.language import _
from crm.regions.models import Level
from crm.stakeholders.models import Sector, Stage
from crm.words import teach

teach(
    {
        Sector.OPD: _("Government"),
        Sector.UNIVERSITY: _("University"),
        Sector.COMMUNITY: _("Community"),
        Sector.NGO_CSR: _("NGO/CSR"),
        Sector.BUSINESS: _("Business"),
        Sector.MEDIA: _("Media"),
    }
)
teach(
    {
        Level.NATIONAL: _("National"),
        Level.PROVINCE: _("Province"),
        Level.DISTRICT: _("Kabupaten/kota"),
        Level.VILLAGE: _("Village"),
    }
)
teach(
    {
        Stage.IDENTIFIED: _("Identified"),
        Stage.MAPPED: _("Mapped"),
        Stage.APPROACHED: _("Approached"),
        Stage.COMMITTED: _("Committed"),
        Stage.FORMALISED: _("Formalised"),
        Stage.REALISED: _("Realised"),
        Stage.MAINTAINED: _("Maintained"),
        Stage.INACTIVE: _("Inactive"),
        Stage.DECLINED: _("Declined"),
    }
)
