"""The pages of one's own account; those of all accounts are in admin_views.py."""

from flask import Flask, abort, current_app, flash, g, request, url_for
from werkzeug.wrappers import Response

from crm import clock
from crm.addresses import without
from crm.auth import VIEWER, allow, public
from crm.language import LANGUAGES, _
from crm.pages import back_to, done, page
from crm.users import accounts, doors, places, services, sessions
from crm.users.admin_views import bp
from crm.users.devices import device
from crm.users.forms import PasswordForm, ProfileForm
from crm.users.security_forms import log_failure


def init(app: Flask) -> None:
    """Set up signing in, and let templates name a browser."""
    accounts.init(app)
    app.jinja_env.filters["device"] = device


@bp.route("/account", methods=["GET", "POST"])
@allow(VIEWER)
def account() -> Response:
    """Show users what Sinergi knows about them, and let them change name and language."""
    form = ProfileForm(request.form, obj=g.user)
    if request.method == "POST" and form.validate():
        with form.blame():
            services.choose(g.user, **form.data)
            flash(_("Your account was saved."), "success")
            return done(url_for(".account"))
    return page(
        "users/account.html",
        form=form,
        sessions=sessions.of_user(g.user, clock.now()),
        regions=places.names_of(g.user.scope),
        recovery_codes=len(g.user.mf_recovery_codes or ()),
        status=422 if form.has_errors else 200,
    )


@bp.route("/account/password", methods=["GET", "POST"])
@allow(VIEWER)
@doors.throttled
def password() -> Response:
    """Let users change their password."""
    form = PasswordForm(request.form)
    if request.method == "POST" and form.validate():
        with form.blame():
            services.change_password(
                g.user, form.present.data, form.password.data, now=clock.now(), keep=g.browser.id
            )
            flash(_("Your password was changed. Other devices were signed out."), "success")
            return done(url_for(".account"))
    if form.present.errors:
        log_failure("present password", g.user)
    return page("users/password.html", form=form, status=422 if form.has_errors else 200)


@bp.post("/account/sessions/<int:session_id>/end")
@allow(VIEWER)
def end_session(session_id: int) -> Response:
    """Sign one of the user's own devices out."""
    open_ones = sessions.of_user(g.user, clock.now())
    one = next((one for one in open_ones if one.id == session_id), None) or abort(404)
    sessions.end(g.user, [one], clock.now())
    flash(_("That device was signed out."), "success")
    return done(url_for(".account"))


@bp.post("/account/sessions/end-others")
@allow(VIEWER)
def end_other_sessions() -> Response:
    """Sign all of the user's devices out but this one."""
    ended = services.end_sessions(g.user, g.user, now=clock.now(), keep=g.browser.id)
    flash(_("Devices signed out: %(count)d.", count=ended), "success")
    return done(url_for(".account"))


@bp.post("/language")
@public
def language() -> Response:
    """Switch the language, and stay where one is."""
    chosen = request.form.get("language")
    if chosen not in LANGUAGES:
        abort(400)
    # A page that was asked for in one language would stay in it.
    response = done(without(back_to(request.form.get("next"), "/"), "lang"))
    if g.user is not None:
        services.choose_language(g.user, chosen)
        return response
    response.set_cookie(
        "language",
        chosen,
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SECURE_COOKIES"],
    )
    return response
