"""How a view answers: a page, a part of it, or a redirect; with and without script."""

import re
from typing import Any

from flask import Response, make_response, redirect, render_template, request


def wants_part() -> bool:
    """Whether htmx asked for a part of a page: not for a page, and not by a boosted link."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Boosted") != "true"


def page(template: str, part: str | None = None, *, status: int = 200, **values: Any) -> Response:
    """Render a page, or only its part where htmx asked for that."""
    name = part if part and wants_part() else template
    response = make_response(render_template(name, **values), status)
    # The same address answers with a page or a part of it: caches must not mix them up.
    response.vary.add("HX-Request")
    return response


def done(url: str, part: str | None = None, **values: Any) -> Response:
    """Answer a change: the changed part where htmx asked for it, else go to where the result is."""
    if part and wants_part():
        return page(part, part, **values)
    if wants_part():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, code=303))


def back_to(url: str | None, otherwise: str) -> str:
    """Return a way back that stays on this site."""
    # Browsers drop tabs and line ends: what is left of "/\t/else.where" leads away.
    if url and re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", url):
        return url
    return otherwise
