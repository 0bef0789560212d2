"""Who may open a door: every view says it with @allow or @public."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user

from crm.pages import page
from crm.users.models import RoleName

View = TypeVar("View", bound=Callable[..., Any])

log = logging.getLogger("sinergi.access")

VIEWER, EDITOR, ORGANISER, ADMIN = RoleName


def allow(*roles: RoleName, change: Iterable[RoleName] = ()) -> Callable[[View], View]:
    """Open a view to users with any of these roles; administrators may open every door.

    Every user is a viewer: ``@allow(VIEWER)`` opens it to whoever has signed in.

    :param change: who may also send its form, where those are fewer
    """

    def mark(view: View) -> View:
        view.access = frozenset(roles) | {ADMIN}  # type: ignore[attr-defined]
        view.change = (frozenset(change) or frozenset(roles)) | {ADMIN}  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Open a view to everybody, also without an account."""
    view.access = view.change = None  # type: ignore[attr-defined]
    return view


def audience(endpoint: str, method: str = "GET") -> frozenset[str] | None:
    """Return the roles that may open a view; None: everybody; none: nobody."""
    view = current_app.view_functions.get(endpoint)
    nobody: frozenset[str] = frozenset()
    return getattr(view, "change" if method == "POST" else "access", nobody)


def may(endpoint: str, method: str = "GET") -> bool:
    """Whether the present user may open the view of this endpoint, or send its form."""
    roles = audience(endpoint, method)
    return roles is None or (current_user.is_authenticated and current_user.has_any(roles))


def init(app: Flask) -> None:
    """Check every request before its view runs."""

    public(app.view_functions["static"])

    @app.before_request
    def _check() -> Any:
        g.user = current_user._get_current_object() if current_user.is_authenticated else None
        if request.endpoint is None or may(request.endpoint, request.method):
            return None
        if g.user is None:
            return _to_login()
        log.warning(
            "forbidden",
            extra={"user": g.user.id, "endpoint": request.endpoint, "path": request.path},
        )
        abort(403)

    app.jinja_env.globals["may"] = may


def _to_login() -> Any:
    """Lead to the login page, and from there back to the page that was asked for."""
    is_part = bool(request.headers.get("HX-Request"))
    if request.method == "POST" and "token" in session:
        # Once signed in, now no more: a redirect would throw away what was typed. To htmx 403 is
        # a message beside the form.
        return page("users/signed_out.html", status=403 if is_part else 401)
    if not is_part:
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=here))
    # A part is no page to come back to: the page that asked for it is.
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{shown.path}?{shown.query}".rstrip("?") or None
    return "", 401, {"HX-Redirect": url_for("security.login", next=back)}
