"""The long works of imports, done in the background: comparing, taking, undoing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import force_locale

from crm import clock
from crm.db import db
from crm.errors import Refused
from crm.imports import services
from crm.imports.work import Lost
from crm.jobs import job
from crm.language import _
from crm.users.models import User

log = logging.getLogger("sinergi.imports")


@job
def preview(import_id: int, by_id: int, token: str) -> None:
    """Compare the rows of an import with what we have."""
    with _work(import_id, by_id, token) as by:
        services.preview(by, import_id, at=clock.now(), token=token)


@job
def take(import_id: int, by_id: int, token: str) -> None:
    """Store the rows of an import."""
    with _work(import_id, by_id, token) as by:
        services.take(by, import_id, now=clock.now, token=token)


@job
def undo(import_id: int, by_id: int, token: str) -> None:
    """Undo an import."""
    with _work(import_id, by_id, token) as by:
        services.undo(by, import_id, now=clock.now, token=token)


@contextmanager
def _work(import_id: int, by_id: int, token: str) -> Iterator[User]:
    """Speak the user's language, and say on the import's page what went wrong."""
    by = db.session.get_one(User, by_id)
    with force_locale(by.language):
        try:
            yield by
        except Lost:
            log.info("an import was taken over", extra={"number": import_id})
        except Refused as refused:
            services.stop(import_id, token, str(refused.message))
        except Exception:
            services.stop(import_id, token, str(_("It broke off. What is stored so far is whole.")))
            raise
