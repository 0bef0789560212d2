"""What a user sees when something cannot be: a sentence, the next step, and a way back."""

import logging
import uuid
from typing import Any

from flask import Flask, Response, g, jsonify, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from crm.db import db
from crm.errors import NotYours, Refused
from crm.language import _
from crm.pages import page

log = logging.getLogger("sinergi.errors")

KNOWN = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def answer(status: int, **values: Any) -> Response:
    """Return the page of an error, or its JSON where data was asked for."""
    if request.path.endswith(".json"):
        return jsonify({"error": status, "message": str(values.get("message", ""))}), status  # type: ignore[return-value]
    shown = status if status in KNOWN else (400 if status < 500 else 500)
    template = "errors/404.html" if shown == 405 else f"errors/{shown}.html"
    return page(template, status=status, **values)


def init(app: Flask) -> None:
    """Give every error its page."""

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        if error.response is not None:
            return error.response
        status = error.code or 500
        response = answer(status)
        if status == 405 and (allowed := error.get_headers()):
            response.headers.extend([pair for pair in allowed if pair[0] == "Allow"])
        return response

    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> Any:
        return answer(400, message=_("The page was open too long. Reload it and try again."))

    @app.errorhandler(NotYours)
    def _not_yours(_error: NotYours) -> Any:
        log.warning(
            "outside scope",
            extra={"user": g.user.id if g.get("user") else None, "path": request.path},
        )
        return answer(403, message=_("This record lies outside the regions you may edit."))

    @app.errorhandler(Refused)
    def _refused(error: Refused) -> Any:
        return answer(422, message=error.message)

    @app.errorhandler(StaleDataError)
    def _stale(_error: StaleDataError) -> Any:
        db.session.rollback()
        message = _("Somebody else saved this record at the same moment. Go back and try again.")
        return answer(409, message=message)

    @app.errorhandler(OperationalError)
    def _database(error: OperationalError) -> Any:
        db.session.rollback()
        log.exception("database", exc_info=error)
        return answer(503)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Any:
        if app.testing or app.debug:
            raise error
        db.session.rollback()
        number = uuid.uuid4().hex[:8]
        log.exception("unexpected", exc_info=error, extra={"number": number, "path": request.path})
        return answer(500, number=number)
