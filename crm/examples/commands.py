"""``sinergi demo``: the example data, and trying Sinergi with it."""

import os

import click
import flask_migrate
from flask import Flask

import config
from crm import clock, create_app, preflight, serving
from crm.commands import Commands
from crm.db import db
from crm.examples import accounts, services
from crm.network import jobs
from crm.network.questions import opening
from crm.users import services as users

demo = Commands("demo", help="The example data: try Sinergi with it, load it, remove it.")


@demo.command()
def load() -> None:
    """Load the example data and open the example accounts."""
    services.load(clock.now())
    click.echo("The example data is there.")
    _echo_accounts()


@demo.command()
def remove() -> None:
    """Remove the example data and close the example accounts; what you built upon it stays."""
    password = services.remove(clock.now())
    click.echo("The example data is gone.")
    if password:
        admin = accounts.ACCOUNTS[-1].email
        click.echo(f"There is no other administrator: {admin} stays, with the password {password}")


@demo.command(with_appcontext=False)
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=int)
def serve(port: int) -> None:
    """Try Sinergi on this machine: what `make run` does.

    Brings the database up to date, loads the example data into a new one, and serves on 127.0.0.1.
    """
    bound = serving.listener("127.0.0.1", port)
    settings = {}
    if "SINERGI_SECRET_KEY" not in os.environ:
        settings["SECRET_KEY"] = serving.own_secret(config.load()["DATA_DIR"])
    app = create_app(settings)
    with app.app_context():
        _prepare(app)
        if app.config["EXAMPLE_ACCOUNTS"]:
            _echo_accounts()
    serving.run(app, bound, lambda address: click.echo(f"Sinergi: {address} (Ctrl-C ends it)"))
    click.echo("Sinergi has ended.")


def _prepare(app: Flask) -> None:
    if preflight.migration_state(app) != "current":
        flask_migrate.upgrade()
    is_new = db.session.scalar(users.found().limit(1)) is None
    if is_new and services.is_empty():
        click.echo("Loading the example data ...")
        services.load(clock.now())
        # The first analysis on a machine compiles the loops it needs: not while somebody waits.
        click.echo("Working out the first results ...")
        question = opening(clock.today())
        jobs.compute(question.on.isoformat(), question.months)
    app.config["EXAMPLE_ACCOUNTS"] = accounts.is_open()


def _echo_accounts() -> None:
    click.echo("Example accounts; everybody knows their passwords:")
    for one in accounts.ACCOUNTS:
        click.echo(f"  {one.role.value:10} {one.email:30} {one.password}")
