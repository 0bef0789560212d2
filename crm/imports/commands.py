"""``sinergi import``: the import of the pages, at the terminal."""

from contextlib import ExitStack
from pathlib import Path

import click

from crm import clock
from crm.commands import in_the_application
from crm.errors import Refused
from crm.imports import services
from crm.imports.files import Upload
from crm.imports.models import Import, ImportShape
from crm.spreadsheets import as_csv
from crm.users import services as users
from crm.users.models import RoleName, User


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--as", "email", required=True, help="E-mail address of the editor who imports.")
@click.option(
    "--shape",
    type=click.Choice([shape.value for shape in ImportShape]),
    help="What the files hold; guessed from the headings if not given.",
)
@click.option(
    "--doubtful",
    type=click.Choice(["leave", "new", "best", "skip"]),
    default="leave",
    show_default=True,
    help="Rows that resemble what we have: leave them for the page, or decide them all.",
)
@click.option("--preview", is_flag=True, help="Only say what would happen; store nothing.")
@click.option(
    "--failed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the rows that were not stored, as CSV with the reasons.",
)
@in_the_application
def import_files(
    files: tuple[Path, ...],
    email: str,
    shape: str | None,
    doubtful: str,
    preview: bool,
    failed: Path | None,
) -> None:
    """Import CSV or XLSX files: stakeholders with contacts, or meetings with participations.

    Exit code 1 says that some rows were not stored.
    """
    by = _editor(email)
    with ExitStack() as opened:
        uploads = [Upload(path.name, opened.enter_context(path.open("rb"))) for path in files]
        imported = services.start(
            by, uploads, ImportShape(shape) if shape else None, at=clock.now()
        )
    services.preview(by, imported.id, at=clock.now())
    if doubtful != "leave":
        services.decide_all(by, imported.id, doubtful)
    if preview:
        _say(imported, {"new", "update", "same", "doubtful", "refused"})
        services.discard(by, imported.id)
        return
    services.take(by, imported.id, now=clock.now)
    _say(imported, {"taken", "skipped", "failed", "waiting", "kept"})
    left = _write_failed(imported, failed)
    if left:
        click.echo(f"{left} rows were not stored; see /imports/{imported.id}", err=True)
        raise click.exceptions.Exit(1)


def _editor(email: str) -> User:
    found = users.by_email(email)
    if found is None or not found.active:
        raise Refused(f"Nobody signs in with {email}; see: sinergi user list")
    if not found.has_any([RoleName.EDITOR, RoleName.ADMIN]):
        raise Refused(f"{email} is no editor, and only editors import.")
    return found


def _say(imported: Import, states: set[str]) -> None:
    counts = services.counts_of(imported.id)
    told = [f"{count} {state}" for state, count in counts.items() if state in states and count]
    click.echo(f"Import {imported.id}, {imported.filename}: {', '.join(told) or 'no rows'}")


def _write_failed(imported: Import, path: Path | None) -> int:
    """Count the rows that were not stored; write them where that is wanted, a file per table."""
    roles = services.ROLES[imported.shape]
    count = 0
    for role in roles:
        headings, rows = services.failed(imported.id, role)
        count += len(rows)
        if path and rows:
            name = path if len(roles) == 1 else path.with_stem(f"{path.stem}-{role.value}")
            name.write_bytes(as_csv(headings, rows))
    return count
