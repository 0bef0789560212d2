"""Two days compared: the picture, its data, and the same as tables and files."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Response as FlaskResponse
from flask import jsonify, redirect, request
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import with_parameters
from crm.auth import VIEWER, allow
from crm.fields import ANY
from crm.language import _
from crm.maps import asking, two_days_data, two_days_picture
from crm.maps.change_picture import CHANGE_NAMES, LOOKS
from crm.maps.drawing import dressed
from crm.maps.forms import CompareForm, MapFilters, described
from crm.maps.views import bp
from crm.network import replaced, services, two_days
from crm.network.page_parts import Asked, asked
from crm.network.selection import Selection
from crm.network.services import Answer, Plan
from crm.network.two_days import Compared, Days
from crm.pages import page, wants_part
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.tables import RowListing, download_kind, file_response

FILTERS = ("region", "sector", "layer")
"""Those of the map's filters that say which part of the network is compared."""
NAMED = 20
"""How many organisations that came or went are named on the page."""


@bp.get("/network/compare")
@allow(VIEWER)
def compare() -> Response:
    """Show what changed in the network between two days: ties, organisations, index."""
    asked_for = _asked()
    kind = download_kind(request.args)
    known = asked_for.plan
    # A file has no place to say that its figures are of older data.
    if known.answer is None or (kind and not known.fresh):
        return page("maps/comparing.html", status=202, **_around(asked_for))
    found = two_days.read(known.answer)
    if kind and request.args.get("rows") == "organisations":
        return _organisations(kind, found)
    kinds = [one for one in request.args.getlist("change") if one in CHANGE_NAMES]
    listing = _listing(found, kinds, everybody=bool(kind))
    if kind:
        return listing.download(kind)
    selection = asked_for.selection
    before, after = asked_for.answers
    return page(
        "maps/compare.html",
        form=CompareForm(data={"before": asked_for.days.earlier.on}),
        filters=asked_for.filters,
        described=described(asked_for.filters),
        found=found,
        names=stakeholders.named([*found.appeared[:NAMED], *found.left[:NAMED]]),
        named=NAMED,
        counts=Counter(change.kind for change in found.changes.values()),
        listing=listing,
        tie_names=two_days_data.named(listing.rows),
        kinds=kinds,
        looks=LOOKS,
        change_names=CHANGE_NAMES,
        indices=two_days.indices(before.analysis, after.analysis, selection.region)
        if before.analysis and after.analysis
        else None,
        args=_args(),
        place=regions.by_code(selection.region) if selection.region else None,
        **_around(asked_for),
    )


@bp.get("/network/compare/state")
@allow(VIEWER)
def compare_state() -> Response:
    """Say whether the comparison is there: asked again and again while it is worked out."""
    if not wants_part():
        return redirect(with_parameters(".compare", request.args.to_dict(flat=False)))
    return page("maps/_compare_state.html", **_around(_asked()))


@bp.get("/network/compare/data.json")
@allow(VIEWER)
def compare_data() -> FlaskResponse:
    """Give the picture of two days: nodes, ties with what became of them, legend, captions."""
    here = asked()
    days = two_days.days(here.question, request.args.get("before", ""))
    filters = _filters()
    selection = _selection(filters)
    graph, where = two_days_picture.drawn(days, selection, clock.now())
    drawing = dressed(
        days.later,
        selection,
        graph,
        where,
        described(filters),
        sizes={node: float(degree) for node, degree in graph.degree()},
    )
    return jsonify(two_days_data.picture(drawing, days, _args()))


@dataclass(frozen=True)
class _AskedFor:
    """The two days of this page, the part of the network, and what is known about them."""

    here: Asked
    days: Days
    filters: MapFilters
    selection: Selection
    answers: tuple[Answer, Answer]
    """Of the earlier and of the later day."""
    plan: Plan

    @property
    def fresh(self) -> bool:
        """Whether everything is of the data as it is now."""
        return self.plan.fresh and all(one.fresh for one in self.answers)


def _asked() -> _AskedFor:
    here = asked()
    typed = request.args.get("before", "")
    days = two_days.days(here.question, typed)
    here.replaced.extend(replaced.in_day(typed, days.other_than(here.question)))
    filters = _filters()
    selection = _selection(filters)
    before, after = services.answer(days.earlier), services.answer(days.later)
    plan = services.plan("compare", after, two_days.asked(days, selection))
    return _AskedFor(here, days, filters, selection, (before, after), plan)


def _around(asked_for: _AskedFor) -> dict[str, Any]:
    """Return what the page needs whether or not the comparison is there."""
    return {
        "here": asked_for.here,
        "days": asked_for.days,
        "plan": asked_for.plan,
        "fresh": asked_for.fresh,
        "failed": asked_for.plan.failed or any(one.failed for one in asked_for.answers),
        "state_url": with_parameters(".compare_state", request.args.to_dict(flat=False)),
    }


def _listing(found: Compared, kinds: list[str], *, everybody: bool) -> RowListing:
    """Return the table of ties; without ``everybody`` only those are named who must be."""
    rows = two_days_data.rows(
        found.changes, kinds or [one for one in CHANGE_NAMES if one != "same"]
    )
    q = request.args.get("q", "").strip()
    by_name = request.args.get("sort", "").removeprefix("-") in ("one", "other")
    names = two_days_data.named(rows) if everybody or q or by_name else {}
    return RowListing(
        _("Two days compared"),
        two_days_data.columns(names),
        two_days_data.matching(rows, names, q) if q else rows,
        request.args,
        default_sort="change",
    )


def _filters() -> MapFilters:
    """Return the map's filters, of which those alone are set that choose a part of the network."""
    filters = asking.filters(request.args)
    filters.region.choices = regions.choices(ANY)
    for field in filters:
        if field.name not in FILTERS:
            field.data = None
    return filters


def _selection(filters: MapFilters) -> Selection:
    return asking.selection(filters, request.args)


def _args() -> dict[str, Any]:
    """Return the parameters of the picture, to be sent along by everything on the page."""
    own = ("format", "rows", "page", "sort", "q", "change")
    return {key: values for key, values in request.args.lists() if key not in own}


def _organisations(kind: str, found: Compared) -> FlaskResponse:
    """Return who came to work and who left it as a file."""
    names = stakeholders.named([*found.appeared, *found.left])
    groups = ((_("Now at work"), found.appeared), (_("No longer at work"), found.left))
    rows = [
        [str(group), names.get(one, str(_("no longer known"))), one]
        for group, ids in groups
        for one in ids
    ]
    headings = [str(one) for one in (_("What changed"), _("Organisation"), _("Number"))]
    return file_response(kind, str(_("Organisations that came or went")), headings, rows)
