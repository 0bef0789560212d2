"""Addresses: numbers that no record can have, and parameters that somebody else has written."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, abort, request, url_for
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""The largest number that PostgreSQL keeps as an integer."""


class Number(IntegerConverter):
    """A number that may be the id of a record."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take no number beyond what the database could store."""
        super().__init__(*args, **{"max": LARGEST} | options)


def whole(text: Any) -> int | None:
    """Return the number that a text writes in plain digits; None: it writes none, or a huge one."""
    digits = str(text).strip()
    # "²" is a digit to Python, and no number; and huge ones take long to read.
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(LARGEST)):
        return None
    return number if (number := int(digits)) <= LARGEST else None


def record_id(text: Any) -> int:
    """Return the number of a record, as a form sends it.

    :raises ValueError: if no record can have it
    """
    if (number := whole(text)) is None:
        raise ValueError(f"{text!r} is no number of a record.")
    return number


def is_web_address(text: Any) -> bool:
    """Whether a text may stand behind a link: what is stored may be older than what is checked."""
    return str(text or "").casefold().startswith(("https://", "http://"))


def with_parameters(endpoint: str, parameters: Mapping[str, Any], **values: Any) -> str:
    """Return an address with any parameters.

    ``url_for`` would take some of them, as ``_anchor`` and ``_external``, for wishes of its own.
    """
    said = [
        (name, one)
        for name, value in parameters.items()
        for one in (value if isinstance(value, list | tuple) else [value])
    ]
    address = url_for(endpoint, **values)
    return f"{address}?{urlencode(said)}" if said else address


def without(address: str, name: str) -> str:
    """Return an address without one parameter, as it was if it has none of that name."""
    path, _mark, query = address.partition("?")
    said = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in said if pair[0] != name]
    if len(kept) == len(said):
        return address
    return f"{path}?{urlencode(kept)}" if kept else path


def _refuse_nul() -> None:
    """Refuse what no person types and PostgreSQL can neither store nor look for."""
    said = (request.args, request.form) if request.method == "POST" else (request.args,)
    if any("\0" in text for one in said for pair in one.items(multi=True) for text in pair):
        abort(400)


def init(app: Flask) -> None:
    """Use it for every ``<int:…>``, and let templates write addresses with any parameters."""
    app.before_request(_refuse_nul)
    app.url_map.converters["int"] = Number
    app.jinja_env.globals["with_parameters"] = with_parameters
    app.jinja_env.tests["web_address"] = is_web_address
