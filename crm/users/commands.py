"""``sinergi user``: accounts at the terminal, also when nobody can sign in any more."""

import click
from email_validator import EmailNotValidError, validate_email

from crm import clock
from crm.commands import Commands
from crm.db import db
from crm.errors import Refused
from crm.language import LANGUAGES
from crm.users import services
from crm.users.models import RoleName, User

user = Commands("user", help="Accounts: add, list, disable, enable, a new password.")


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.BadParameter(str(error)) from error


def _existing(email: str) -> User:
    found = services.by_email(email)
    if found is None:
        raise Refused(f"Nobody has an account with {email}; see: sinergi user list")
    return found


@user.command()
@click.argument("email", callback=_address)
@click.option("--name", required=True, help="The full name, as colleagues know it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    default=[RoleName.VIEWER.value],
    type=click.Choice([role.value for role in RoleName]),
    help="May be given several times; viewer if not given.",
)
@click.option("--region", "codes", multiple=True, help="Edits only there; e.g. 16 or 16.71.")
@click.option("--language", default="id", type=click.Choice(list(LANGUAGES)), show_default=True)
def add(
    email: str, name: str, roles: tuple[str, ...], codes: tuple[str, ...], language: str
) -> None:
    """Add an account and show its first password, once."""
    added, password = services.add(
        None,
        email=email,
        name=name,
        roles=[RoleName(role) for role in roles],
        regions=codes,
        language=language,
    )
    click.echo(f"{added.email} may sign in with the password {password} and then chooses another.")


@user.command("list")
def show() -> None:
    """List all accounts."""
    for one in db.session.scalars(services.found().order_by(User.email)):
        state = "" if one.active else "disabled"
        row = [one.email, one.name, ",".join(one.role_names), ",".join(one.scope), state]
        click.echo("\t".join(row).rstrip())


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Lock an account and end all its sessions; what the user did stays."""
    services.disable(None, _existing(email), now=clock.now())
    click.echo(f"{email} can no longer sign in.")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled account sign in again."""
    services.enable(None, _existing(email))
    click.echo(f"{email} can sign in again.")


@user.command()
@click.argument("email")
@click.option("--remove-second-factor", is_flag=True, help="The phone is lost, and the codes too.")
def password(email: str, remove_second_factor: bool) -> None:
    """Make a new first password, show it once, and end all sessions of the account."""
    found = _existing(email)
    new = services.reset_password(None, found, now=clock.now())
    if remove_second_factor:
        services.remove_second_factor(None, found)
    click.echo(f"{email} may sign in with the password {new} and then chooses another.")
