"""Who may open a door: every view says it with @allow or @public."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from crm.users.models import RoleName

View = TypeVar("View", bound=Callable[..., Any])

log = logging.getLogger("sinergi.access")

VIEWER, EDITOR, ORGANISER, ADMIN = RoleName


def allow(*roles: RoleName) -> Callable[[View], View]:
    """Open a view to users with any of these roles; administrators may open every door."""

    def mark(view: View) -> View:
        view.access = frozenset(roles) | {ADMIN}  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Open a view to everybody, also without an account."""
    view.access = None  # type: ignore[attr-defined]
    return view


def may(endpoint: str) -> bool:
    """Whether the present user may open the view of this endpoint."""
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return False
    access = getattr(view, "access", frozenset())
    return access is None or (current_user.is_authenticated and current_user.has_any(access))


def init(app: Flask) -> None:
    """Check every request before its view runs."""

    @app.before_request
    def _check() -> Any:
        g.user = current_user if current_user.is_authenticated else None
        if request.endpoint is None or may(request.endpoint):
            return None
        if g.user is None:
            if request.headers.get("HX-Request"):
                return "", 401, {"HX-Redirect": url_for("security.login")}
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        log.warning(
            "forbidden",
            extra={"user": g.user.id, "endpoint": request.endpoint, "path": request.path},
        )
        abort(403)

    app.jinja_env.globals["may"] = may
