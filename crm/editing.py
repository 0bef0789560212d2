"""The page on which a record is changed: form, refusal, conflict, and the way back."""

from collections.abc import Callable
from typing import Any

from flask import Response, request

from crm.conflicts import conflict_page
from crm.forms import RecordForm
from crm.pages import done, page


def edit_page(
    template: str,
    form: RecordForm,
    change: Callable[..., Any],
    *,
    version: int,
    theirs: Callable[[], RecordForm],
    here: str,
    **values: Any,
) -> Response:
    """Show the form of a record, or store what was typed; of two writers the second is told.

    :param change: the service that stores it; it takes ``version``, ``restore`` and all values
    :param version: of the record as it is shown
    :param theirs: makes the form anew, from the record as it is when somebody else has changed it
    :param here: the address of the record
    """
    if request.method == "GET":
        form.remember(version)
    elif form.validate():
        with form.blame():
            change(version=form.seen_version, restore="restore" in request.form, **form.values)
            return done(here)
    if form.conflict:
        return conflict_page(form, theirs(), cancel=here)
    return page(template, form=form, status=422 if form.has_errors else 200, **values)
