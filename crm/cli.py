"""The ``sinergi`` command: what an operator does at a terminal."""

import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext
from flask_migrate.cli import db as migrations

import config
from crm import backup, create_app, preflight, serving
from crm.commands import Commands
from crm.db import db as database
from crm.examples import accounts
from crm.examples.commands import demo
from crm.examples.services import prepare
from crm.gaps.commands import findings
from crm.imports.commands import import_files
from crm.invite_lists.commands import invite_list
from crm.users.commands import user

sinergi = Commands("sinergi", help="Partners, what is missing between them, and whom to invite.")
for command in (demo, findings, import_files, invite_list, migrations, user):
    sinergi.add_command(command)


@migrations.result_callback()
@with_appcontext
def furnish(*_result: object, **_options: object) -> None:
    """Add what every house begins with, the regions and kinds, once the tables are there."""
    asked = click.get_current_context().invoked_subcommand
    if asked == "upgrade" and preflight.migration_state(current_app) == "current":
        prepare()
        click.echo("The database is up to date.")


@sinergi.command(with_appcontext=False)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=int)
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve for real use; refuses what would not be safe."""
    # Cookies travel encrypted only, for whoever did not say otherwise.
    secure = {} if "SINERGI_SECURE_COOKIES" in os.environ else {"SECURE_COOKIES": True}
    stop_if(preflight.faults(config.load(secure)))
    app = create_app(secure)
    stop_if([fault] if (fault := preflight.fault_of_database(app)) else [])
    with app.app_context():
        app.config["EXAMPLE_ACCOUNTS"] = accounts.is_open()
    if app.config["EXAMPLE_ACCOUNTS"]:
        click.echo(
            "Warning: the example accounts are open and everybody knows their passwords: "
            "run sinergi demo remove",
            err=True,
        )
    bound = serving.listener(host, port)
    serving.run(app, bound, lambda address: click.echo(f"Sinergi: {address}"), threads=threads)


@sinergi.command(with_appcontext=False)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1))
def worker(workers: int) -> None:
    """Do background jobs in a process of its own, beside those that serve."""
    stop_if(preflight.faults(config.load()))
    app = create_app()
    stop_if([fault] if (fault := preflight.fault_of_database(app)) else [])
    serving.work(app, lambda: click.echo(f"Sinergi: {workers} jobs at once"), workers=workers)


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
    # The database, its backups and refused rows hold personal data: for this user alone.
    os.umask(0o077)
    # A command does its work before it returns: nobody would work off a queue after it.
    script = ScriptInfo(create_app=lambda: create_app({"JOBS_IMMEDIATE": True}))
    sinergi(obj=script, prog_name="sinergi")
