"""The pages of posts: adding one at an organisation, changing it, taking it off."""

from functools import partial

from flask import abort, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import EDITOR, allow
from crm.contacts import services
from crm.contacts.forms import NewPositionForm, PositionForm
from crm.contacts.models import Position
from crm.contacts.views import bp
from crm.db import db
from crm.editing import edit_page
from crm.forms import posted
from crm.pages import back_to, done, page
from crm.proposals import proposed
from crm.stakeholders.choices import Organisations


@bp.route("/positions/new", methods=["GET", "POST"])
@allow(EDITOR)
def new_position() -> Response:
    """Add a post; who holds it may stay open."""
    form = NewPositionForm(request.form, data=proposed("stakeholder_id", "contact_id"))
    form.stakeholder_id.choose_from(Organisations())
    form.contact_id.choices = [("", ""), *services.all_names()]
    if request.method == "POST" and form.validate():
        with form.blame():
            post = services.add_position(g.user, **form.values)
            return done(url_for("stakeholders.show", stakeholder_id=post.stakeholder_id))
    return page("contacts/new_position.html", form=form, status=422 if form.has_errors else 200)


@bp.route("/positions/<int:position_id>/edit", methods=["GET", "POST"])
@allow(EDITOR)
def edit_position(position_id: int) -> Response:
    """Change a post: its title, who holds it, from when until when."""
    _found(position_id)
    post = services.my_position(g.user, position_id)
    form = _form(PositionForm(posted(request.form), data=_as_form(post)))
    return edit_page(
        "contacts/edit_position.html",
        form,
        partial(services.change_position, g.user, position_id),
        version=post.version,
        theirs=lambda: _form(PositionForm(data=_as_form(_found(position_id)))),
        here=url_for("stakeholders.show", stakeholder_id=post.stakeholder_id),
        post=post,
    )


@bp.post("/positions/<int:position_id>/archive")
@allow(EDITOR)
def archive_position(position_id: int) -> Response:
    """Take off a post that was entered by mistake."""
    _found(position_id)
    post = services.archive_position(g.user, position_id, at=clock.now())
    return done(url_for("stakeholders.show", stakeholder_id=post.stakeholder_id))


@bp.post("/positions/<int:position_id>/restore")
@allow(EDITOR)
def restore_position(position_id: int) -> Response:
    """Put back a post that was taken off."""
    _found(position_id)
    post = services.restore_position(g.user, position_id)
    here = url_for("stakeholders.show", stakeholder_id=post.stakeholder_id)
    return done(back_to(request.form.get("next"), here))


def _found(position_id: int) -> Position:
    return db.session.get(Position, position_id) or abort(404)


def _form(form: PositionForm) -> PositionForm:
    form.contact_id.choices = [("", ""), *services.all_names()]
    return form


def _as_form(post: Position) -> dict[str, object]:
    return {
        "title": post.title,
        "contact_id": post.contact_id,
        "starts": post.starts,
        "ends": post.ends,
    }
