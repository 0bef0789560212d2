"""The ``sinergi`` command: what an operator does at a terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup, ScriptInfo
from flask_migrate.cli import db as db_commands

import config
from crm import create_app, preflight, serving
from crm.errors import Refused


@contextmanager
def refusals() -> Iterator[None]:
    """Show a refusal as one sentence and leave with exit code 1."""
    try:
        yield
    except Refused as refused:
        raise click.ClickException(str(refused.message)) from refused


class Commands(AppGroup):
    """Commands that run inside the application and show refusals as sentences."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        with refusals():
            return super().invoke(context)


sinergi = Commands(
    "sinergi", help="Sinergi: partnerships, what is missing in them, whom to invite."
)
sinergi.add_command(db_commands)

port_option = click.option("--port", envvar="PORT", default=8000, show_default=True, type=int)


@sinergi.command(with_appcontext=False)
@click.option("--host", default="127.0.0.1", show_default=True)
@port_option
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve for real use; refuses what would not be safe."""
    # Cookies travel encrypted only, for whoever did not say otherwise.
    secure = {} if "SINERGI_SECURE_COOKIES" in os.environ else {"SECURE_COOKIES": True}
    stop_if(preflight.faults(config.load(secure)))
    app = create_app(secure)
    stop_if([fault] if (fault := preflight.fault_of_database(app)) else [])
    bound = serving.listener(host, port)
    click.echo(f"Sinergi serves {serving.address(bound)}")
    serving.run(app, bound, threads=threads)


def stop_if(faults: list[str]) -> None:
    """Leave with exit code 1 if there are faults, each shown on a line of its own."""
    for fault in faults:
        click.echo(f"Refused: {fault}", err=True)
    if faults:
        sys.exit(1)


@sinergi.group()
def demo() -> None:
    """Example data: load it, remove it, try Sinergi with it."""


def main() -> None:
    """Run the command line."""
    sinergi(obj=ScriptInfo(create_app=create_app), prog_name="sinergi")
