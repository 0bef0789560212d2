"""What all commands have in common: inside the application, in English, refusals as sentences."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import DBAPIError, OperationalError

from crm import preflight
from crm.errors import NotYours, Refused


@contextmanager
def refusals() -> Iterator[None]:
    """Show a refusal as one sentence and leave with exit code 1."""
    try:
        yield
    except (Refused, NotYours) as refused:
        raise click.ClickException(str(refused)) from refused


class Commands(AppGroup):
    """A group whose commands and subgroups share these habits."""

    def command(self, *args: Any, **options: Any) -> Any:
        """Make a function a command; ``with_appcontext=False`` for one that makes its own."""
        outside = not options.pop("with_appcontext", True)

        def decorate(function: Callable[..., Any]) -> Any:
            habit = spoken(function) if outside else in_the_application(function)
            return click.Group.command(self, *args, **options)(habit)

        return decorate

    def group(self, *args: Any, **options: Any) -> Any:
        """Make a function a subgroup."""
        return super().group(*args, **{"cls": Commands, **options})


def spoken(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command show refusals as sentences."""

    @wraps(function)
    def inner(*args: Any, **options: Any) -> Any:
        with refusals():
            return function(*args, **options)

    return inner


def in_the_application(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command run inside the application and show refusals as English sentences."""

    @with_appcontext
    @wraps(function)
    def inner(*args: Any, **options: Any) -> Any:
        with force_locale("en"), refusals():
            try:
                return function(*args, **options)
            except DBAPIError as error:
                # A table is missing or nobody answers: say that, not what was being asked.
                fault = _names_nothing(error) and preflight.fault_of_database(current_app)
                if not fault:
                    raise
                raise Refused(fault) from error

    return inner


def _names_nothing(error: DBAPIError) -> bool:
    undefined_table, undefined_column = "42P01", "42703"
    state = getattr(error.orig, "sqlstate", None)
    return isinstance(error, OperationalError) or state in (undefined_table, undefined_column)
