"""The ``sinergi`` command: what an operator does at a terminal."""

import os
import sys
from pathlib import Path

import click
from flask.cli import ScriptInfo
from flask_migrate.cli import db as migrations

import config
from crm import backup, create_app, preflight, serving
from crm.commands import Commands
from crm.db import db as database
from crm.invite_lists.commands import invite_list
from crm.network.commands import findings
from crm.users.commands import user

sinergi = Commands("sinergi", help="Partners, what is missing between them, and whom to invite.")
sinergi.add_command(migrations)
sinergi.add_command(user)
sinergi.add_command(findings)
sinergi.add_command(invite_list)

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


@sinergi.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
def make_backup(target: Path) -> None:
    """Copy the database into a new file, also while Sinergi serves, and read it over."""
    tables = backup.make(database.engine.url, target)
    click.echo(f"{target} holds {tables} tables and is whole.")


def stop_if(faults: list[str]) -> None:
    """Leave with exit code 1 if there are faults, each shown on a line of its own."""
    for fault in faults:
        click.echo(f"Refused: {fault}", err=True)
    if faults:
        sys.exit(1)


def main() -> None:
    """Run the command line."""
    # A command does its work before it returns: nobody would work off a queue after it.
    script = ScriptInfo(create_app=lambda: create_app({"JOBS_IMMEDIATE": True}))
    sinergi(obj=script, prog_name="sinergi")
