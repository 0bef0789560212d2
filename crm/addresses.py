"""Numbers in addresses: one that no record can have leads to the page that says so."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""The largest number that PostgreSQL keeps as an integer."""


class Number(IntegerConverter):
    """A number that may be the id of a record."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take no number beyond what the database could store."""
        super().__init__(*args, **{"max": LARGEST} | options)


def init(app: Flask) -> None:
    """Use it for every ``<int:…>``."""
    app.url_map.converters["int"] = Number
