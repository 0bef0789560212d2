"""The pages of all accounts, for administrators."""

from flask import Blueprint, abort, flash, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.audit import services as audit
from crm.auth import ADMIN, allow
from crm.conflicts import conflict_page
from crm.forms import posted
from crm.language import _
from crm.pages import done, page
from crm.tables import Column, Listing, download_kind
from crm.users import places, services, sessions
from crm.users.forms import UserFilters, UserForm
from crm.users.models import User
from crm.words import label

bp = Blueprint("users", __name__)


def _roles(user: User) -> str:
    return ", ".join(str(label(role)) for role in user.role_names)


def _state(user: User) -> str:
    return str(_("Active") if user.active else _("Disabled"))


COLUMNS = [
    Column("name", _("Name"), User.name, lambda user: user.name),
    Column("email", _("E-mail address"), User.email, lambda user: user.email),
    Column("roles", _("Roles"), None, _roles),
    Column("regions", _("Regions"), None, lambda user: ", ".join(user.scope)),
    Column("active", _("State"), User.active, _state),
    Column("seen", _("Last seen")),
]


@bp.get("/admin/users")
@allow(ADMIN)
def index() -> Response:
    """List users."""
    filters = UserFilters(request.args)
    filters.drop_invalid()
    query = services.found(
        q=request.args.get("q", ""),
        role=filters.role.data,
        active={"active": True, "disabled": False}.get(filters.state.data or ""),
    )
    listing = Listing(_("Users"), COLUMNS, query, request.args, filters, "name")
    if kind := download_kind(request.args):
        return listing.download(kind)
    return page(
        "users/index.html",
        listing=listing,
        filters=filters,
        seen=sessions.last_seen(user.id for user in listing.rows),
        regions=places.names_of({code for user in listing.rows for code in user.scope}),
    )


@bp.route("/admin/users/new", methods=["GET", "POST"])
@allow(ADMIN)
def new() -> Response:
    """Add a user, and show the first password, this once."""
    form = _form(UserForm(request.form))
    if request.method == "POST" and form.validate():
        with form.blame():
            user, password = services.add(g.user, **form.values)
            return _shown_once(user, password)
    return page("users/new.html", form=form, status=422 if form.has_errors else 200)


@bp.get("/admin/users/<int:user_id>")
@allow(ADMIN)
def show(user_id: int) -> Response:
    """Show one account: what it may do, where it is signed in, what was changed."""
    user = _found(user_id)
    return page(
        "users/show.html",
        user=user,
        sessions=sessions.of_user(user, clock.now()),
        regions=places.names_of(user.scope),
        entries=audit.history("User", user_id),
    )


@bp.route("/admin/users/<int:user_id>/edit", methods=["GET", "POST"])
@allow(ADMIN)
def edit(user_id: int) -> Response:
    """Change who a user is, what they may do and where."""
    user = _found(user_id)
    form = _form(UserForm(posted(request.form), data=services.as_form(user)))
    here = url_for(".show", user_id=user_id)
    if request.method == "GET":
        form.remember(user.version)
    elif form.validate():
        with form.blame():
            services.change(g.user, user, version=form.seen_version, **form.values)
            return done(here)
    if form.conflict:
        theirs = _form(UserForm(data=services.as_form(_found(user_id))))
        return conflict_page(form, theirs, cancel=here)
    status = 422 if form.has_errors else 200
    return page("users/edit.html", form=form, user=user, status=status)


@bp.post("/admin/users/<int:user_id>/disable")
@allow(ADMIN)
def disable(user_id: int) -> Response:
    """Lock a user out."""
    services.disable(g.user, _found(user_id), now=clock.now())
    flash(_("The account is disabled, and signed out everywhere."), "success")
    return done(url_for(".show", user_id=user_id))


@bp.post("/admin/users/<int:user_id>/enable")
@allow(ADMIN)
def enable(user_id: int) -> Response:
    """Let a user in again."""
    services.enable(g.user, _found(user_id))
    flash(_("The account is active again."), "success")
    return done(url_for(".show", user_id=user_id))


@bp.post("/admin/users/<int:user_id>/reset-password")
@allow(ADMIN)
def reset_password(user_id: int) -> Response:
    """Give a user a new first password, and show it, this once."""
    user = _found(user_id)
    return _shown_once(user, services.reset_password(g.user, user, now=clock.now()))


@bp.post("/admin/users/<int:user_id>/end-sessions")
@allow(ADMIN)
def end_sessions(user_id: int) -> Response:
    """Sign a user out everywhere."""
    ended = services.end_sessions(g.user, _found(user_id), now=clock.now())
    flash(_("Devices signed out: %(count)d.", count=ended), "success")
    return done(url_for(".show", user_id=user_id))


@bp.post("/admin/users/<int:user_id>/remove-second-factor")
@allow(ADMIN)
def remove_second_factor(user_id: int) -> Response:
    """Let a user sign in with the password alone."""
    services.remove_second_factor(g.user, _found(user_id))
    flash(_("Signing in to this account no longer asks for a code."), "success")
    return done(url_for(".show", user_id=user_id))


def _found(user_id: int) -> User:
    return services.get(user_id) or abort(404)


def _form(form: UserForm) -> UserForm:
    form.regions.choices = places.choices()
    return form


def _shown_once(user: User, password: str) -> Response:
    # Not after a redirect: for that it would have to be kept somewhere.
    return page("users/first_password.html", user=user, password=password)
