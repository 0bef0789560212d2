"""The history of a record: its latest entries on its page, all of them on a page of their own."""

from typing import Any

from flask import Response, request

from crm.audit import services as audit
from crm.pages import page, wants_part

LATEST = 6
"""So many entries stand on the page of the record itself."""


def history_page(root: str, root_id: int, *, name: Any, url: str) -> Response:
    """Show who changed what about a record and its parts.

    :param name: what the record is called
    :param url: where it is shown
    """
    entries = audit.history(root, root_id)
    cut = wants_part() and len(entries) > LATEST
    return page(
        "records/history.html",
        "records/_history.html",
        name=name,
        url=url,
        entries=entries[:LATEST] if cut else entries,
        url_all=request.path if cut else None,
    )
