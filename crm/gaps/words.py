"""What the interface calls the kinds of findings, and what stands behind them."""

from typing import Any

from crm.language import _
from crm.network.models import Analysis

FINDING_NAMES = {
    "uncovered-sector": _("Sector without a partner"),
    "unlinked-sectors": _("Sectors that do not work together"),
    "isolated-stakeholder": _("Organisation without a tie"),
    "split-region": _("Region in separate parts"),
    "single-broker": _("Everything hangs on one organisation"),
    "fragile-bridge": _("One tie between two parts"),
    "single-contact": _("One person as the only contact"),
    "fading-tie": _("Tie that falls silent"),
    "expiring-agreement": _("Agreement that ends soon"),
    "unmet-need": _("Need without a promise"),
    "overdue-commitment": _("Promise past its day"),
    "overdue-action": _("Follow-up past its day"),
    "programme-dependence": _("Region that hangs on an ending programme"),
    "never-invited": _("Needed, but not invited"),
    "inward-sector": _("Sector that keeps to itself"),
}

ABSENCES = ("uncovered-sector", "isolated-stakeholder")
"""Kinds that no record left out can make good."""

SHAKY = 0.8
"""Below this stability one or two records decide whether a gap is there."""

FINDING_MEANINGS = {
    "uncovered-sector": _(
        "In this region no organisation of a wanted sector has a working tie or came to an event "
        "in the window."
    ),
    "unlinked-sectors": _(
        "Both sectors are at work in this region, but no organisation of the one has a working "
        "tie to one of the other."
    ),
    "isolated-stakeholder": _(
        "We know this organisation or met it before, but it has no working tie on this day."
    ),
    "split-region": _(
        "The organisations at work in this region fall into parts that have no connection with "
        "each other."
    ),
    "single-broker": _(
        "If this one organisation leaves, the network falls apart noticeably: the share of pairs "
        "that cannot reach each other rises by at least %(broker_rise)s."
    ),
    "fragile-bridge": _(
        "A tie of a single kind is the only connection between two parts of the network with at "
        "least %(bridge_side)s organisations each: if it breaks, they lose each other."
    ),
    "single-contact": _(
        "In the last two years everybody who was named at an encounter with this organisation, at "
        "least %(contact_encounters)s times, was the same person, theirs or ours: when that person "
        "is moved, the contact is lost."
    ),
    "fading-tie": _(
        "The last contact is more than %(fading_days)s days old, and the tie carries at least "
        "%(fading_share)s per cent of the strength of all working ties of one of the two."
    ),
    "expiring-agreement": _(
        "The agreement ends within %(expiring_days)s days, and no other one binds the same parties "
        "for longer."
    ),
    "unmet-need": _("The organisation needs something on this day, and no promise meets the need."),
    "overdue-commitment": _(
        "The day until which the support was promised has passed, and it was neither kept in full "
        "nor cancelled."
    ),
    "overdue-action": _(
        "The day until which we wanted to do it has passed, and it is neither done nor cancelled."
    ),
    "programme-dependence": _(
        "The programme ends within %(dependence_days)s days, and at least %(dependence_share)s per "
        "cent of the working ties of this region, of the promises to it, or of their money are "
        "there only because of it."
    ),
    "never-invited": _(
        "The next step of another gap names this organisation, but it was not invited in the last "
        "%(invited_days)s days and did not come to any event in the window."
    ),
    "inward-sector": _(
        "The organisations of this sector have fewer ties to other sectors than in 97 of 100 "
        "networks in which sectors are shared out by lot; at least %(inward_least)s of them and as "
        "many others have a tie."
    ),
}

TABLE_NAMES = {
    "agreement": _("Agreement"),
    "commitment": _("Support"),
    "event": _("Event"),
    "team": _("Team"),
    "stakeholder": _("Stakeholder"),
    "follow_up": _("Follow-up"),
    "programme": _("Programme"),
    "resource": _("Need or offer"),
}


def nothing_missing(analysis: Analysis | None, region: str | None) -> Any:
    """Return what to say where a region has no findings: all is well, or nobody is known there."""
    if analysis is not None and not analysis.numbers["organisations"]:
        return _(
            "No organisation is recorded yet, so nothing can be judged. Add organisations, or "
            "import a list of them."
        )
    if region and analysis is not None and region not in analysis.regions:
        return _(
            "No organisation is known in this province yet, so nothing can be judged. Add its "
            "organisations, or import a list of them."
        )
    return _("On this day and in this window nothing is missing that the analysis looks for.")
