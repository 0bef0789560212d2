"""The pages of people."""

from functools import partial
from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.archiving import archive_and_restore
from crm.auth import EDITOR, VIEWER, allow
from crm.contacts import privacy, services
from crm.contacts.columns import columns
from crm.contacts.forms import ContactFilters, ContactForm, NewContactForm
from crm.contacts.models import Contact
from crm.editing import edit_page
from crm.fields import ANY
from crm.forms import posted
from crm.histories import history_page
from crm.language import _
from crm.pages import done, page
from crm.proposals import proposed
from crm.regions import services as regions
from crm.stakeholders import services as stakeholders
from crm.stakeholders.choices import Organisations
from crm.tables import Listing, download_kind
from crm.transaction import note_access

bp = Blueprint("contacts", __name__)


def init(app: Flask) -> None:
    """Let templates show personal data as the user may see it; add the views of posts."""
    app.jinja_env.filters["masked"] = privacy.masked
    app.jinja_env.filters["personal"] = lambda value: privacy.shown(value, g.user)
    import_module("crm.contacts.position_views")


@bp.get("/contacts")
@allow(VIEWER)
def index() -> Response:
    """List people."""
    filters = _filters()
    query = services.found(request.args.get("q", ""), **filters.data)
    posts: dict[int, list[Any]] = {}
    listing = Listing(_("Contacts"), columns(g.user, posts), query, request.args, filters, "name")
    kind = download_kind(request.args)
    if kind:
        everybody = [one.id for one in listing.all_rows()]
        posts.update(services.posts_by_contact(everybody))
        if privacy.may_see(g.user):
            note_access(g.user, "exported", "Contact", everybody, format=kind)
        return listing.download(kind)
    posts.update(services.posts_by_contact(one.id for one in listing.rows))
    return page("contacts/index.html", listing=listing, filters=filters, posts=posts)


@bp.get("/contacts/<int:contact_id>")
@allow(VIEWER)
def show(contact_id: int) -> Response:
    """Show everything about one person."""
    contact = _found(contact_id)
    if privacy.may_see(g.user) and (contact.phone or contact.email):
        note_access(g.user, "viewed", "Contact", [contact_id])
        contact = _found(contact_id)
    return page(
        "contacts/show.html",
        contact=contact,
        mine=services.may_edit(g.user, contact_id),
        positions=services.positions_of(contact_id),
        **_archived_posts(contact_id=contact_id),
        sees_personal=privacy.may_see(g.user),
        today=clock.today(),
    )


@bp.get("/stakeholders/<int:stakeholder_id>/contacts")
@allow(VIEWER)
def of_stakeholder(stakeholder_id: int) -> Response:
    """List the posts at an organisation and who holds them."""
    stakeholder = stakeholders.get(stakeholder_id) or abort(404)
    posts = services.at_stakeholder(stakeholder_id)
    seen = [
        one.contact.id for one in posts if one.contact and (one.contact.phone or one.contact.email)
    ]
    if seen and privacy.may_see(g.user):
        note_access(g.user, "viewed", "Contact", seen)
    return page(
        "contacts/of_stakeholder.html",
        "contacts/_of_stakeholder.html",
        stakeholder=stakeholder,
        positions=services.at_stakeholder(stakeholder_id),
        **_archived_posts(stakeholder_id=stakeholder_id),
        today=clock.today(),
    )


@bp.route("/contacts/new", methods=["GET", "POST"])
@allow(EDITOR)
def new() -> Response:
    """Add a person, with a post where one is known."""
    form = NewContactForm(request.form, data=proposed("stakeholder_id"))
    form.stakeholder_id.choose_from(Organisations())
    if request.method == "POST" and form.validate():
        with form.blame():
            contact = services.add(g.user, **form.values)
            return done(url_for(".show", contact_id=contact.id))
    return page("contacts/new.html", form=form, status=422 if form.has_errors else 200)


@bp.get("/contacts/similar")
@allow(EDITOR)
def alike() -> Response:
    """Warn, while a name is typed, of people of the same name."""
    matches = services.similar(request.args.get("name", ""))
    posts = services.posts_by_contact(one.id for one in matches)
    return page("contacts/similar.html", "contacts/_similar.html", matches=matches, posts=posts)


@bp.route("/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@allow(EDITOR)
def edit(contact_id: int) -> Response:
    """Change what is known about a person."""
    _found(contact_id)
    contact = services.mine(g.user, contact_id)
    if request.method == "GET":
        note_access(g.user, "viewed", "Contact", [contact_id])
    form = ContactForm(posted(request.form), data=services.as_form(contact))
    return edit_page(
        "contacts/edit.html",
        form,
        partial(services.change, g.user, contact_id),
        version=contact.version,
        theirs=lambda: ContactForm(data=services.as_form(_found(contact_id))),
        here=url_for(".show", contact_id=contact_id),
        contact=contact,
    )


archive_and_restore(bp, "/contacts/<int:contact_id>", services, EDITOR)


@bp.get("/contacts/<int:contact_id>/history")
@allow(VIEWER)
def history(contact_id: int) -> Response:
    """Show who changed and who looked at what is known about a person."""
    contact = _found(contact_id)
    return history_page(
        "Contact", contact_id, name=contact.full_name, url=url_for(".show", contact_id=contact_id)
    )


def _archived_posts(**of: int) -> dict[str, Any]:
    """Return the posts that were taken off, and which of them the user may put back."""
    archived = services.archived_posts(**of)
    restorable = {one.id for one in archived if services.may_edit_position(g.user, one)}
    return {"archived": archived, "restorable": restorable}


def _found(contact_id: int) -> Contact:
    return services.get(contact_id) or abort(404)


def _filters() -> ContactFilters:
    filters = ContactFilters(request.args)
    filters.region.choices = regions.choices(ANY)
    filters.drop_invalid()
    return filters
