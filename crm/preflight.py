"""What must be right before real people rely on it: each fault is one sentence with a way out."""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

import config
from crm import queues
from crm.db import db

SHORTEST_SECRET = 32
NETWORK_FILE_SYSTEMS = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|ceph|lustre|gpfs|beegfs|glusterfs|ncpfs|vboxsf|prl_fs"
    r"|fuse\.(sshfs|s3fs|rclone|glusterfs|ceph|davfs2?|vmhgfs-fuse|gcsfuse|smb\w*)|davfs2?"
)
MOUNTS = Path("/proc/mounts")


def faults(settings: dict[str, Any]) -> list[str]:
    """Return what forbids real use with these settings here; best an empty list."""
    checks = (_secret, _debug, _guards, _time_zone, _data_dir, _network_file_system, _queue)
    return [fault for check in checks if (fault := check(settings))]


def _secret(settings: dict[str, Any]) -> str | None:
    secret = settings["SECRET_KEY"]
    make_one = 'Make one with: python -c "import secrets; print(secrets.token_hex(32))"'
    if secret in ("", config.DEVELOPMENT_SECRET):
        return f"SINERGI_SECRET_KEY is not set, so anybody could forge a sign-in. {make_one}"
    if len(secret) < SHORTEST_SECRET:
        return f"SINERGI_SECRET_KEY is shorter than {SHORTEST_SECRET} characters. {make_one}"
    return None


def _debug(settings: dict[str, Any]) -> str | None:
    if settings["DEBUG"]:
        return "Debug mode shows the program's inside to every visitor: unset SINERGI_DEBUG."
    return None


def _guards(settings: dict[str, Any]) -> str | None:
    """Look for what tests may switch off, and real use may not."""
    if settings["TESTING"]:
        return "Test mode lets errors past the page that hides them: unset SINERGI_TESTING."
    for name in ("WTF_CSRF_ENABLED", "RATELIMIT_ENABLED"):
        if not settings.get(name, True):
            return f"Forged forms and guessed passwords are let in: unset SINERGI_{name}."
    return None


def _time_zone(settings: dict[str, Any]) -> str | None:
    try:
        ZoneInfo(settings["TIMEZONE"])
    except (KeyError, ValueError, OSError):  # unknown, no name at all, a folder
        return (
            f"SINERGI_TIMEZONE is {settings['TIMEZONE']!r}, which is no time zone: write "
            "Asia/Jakarta, Asia/Makassar or Asia/Jayapura."
        )
    return None


def _data_dir(settings: dict[str, Any]) -> str | None:
    folder = settings["DATA_DIR"]
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return (
            f"{folder} cannot be written ({error.strerror}): give this user the right to, "
            "or name another folder in SINERGI_DATA_DIR."
        )


def _network_file_system(settings: dict[str, Any]) -> str | None:
    url = make_url(settings["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite" or not url.database or not MOUNTS.exists():
        return None
    kind = network_file_system(Path(url.database), MOUNTS.read_text(encoding="utf-8"))
    if kind is None:
        return None
    return (
        f"{url.database} lies on a network file system ({kind}), where SQLite loses data: "
        "name a local folder in SINERGI_DATA_DIR, or a PostgreSQL in SINERGI_DATABASE_URL."
    )


def _queue(settings: dict[str, Any]) -> str | None:
    # The file of the queue lies in the data directory, of which was said already what is wrong.
    return None if queues.kind(settings) == "file" else queues.fault(settings)


def network_file_system(path: Path, mounts: str) -> str | None:
    """Return the kind of network file system that a path lies on, by the text of /proc/mounts."""
    place = Path(os.path.realpath(path))
    kind, depth = "", 0
    for mount_point, kind_there in _mounted(mounts.splitlines()):
        parts = len(mount_point.parts)
        # The deepest mount holds the file; of two on the same point, the later hides the earlier.
        if parts >= depth and place.is_relative_to(mount_point):
            kind, depth = kind_there, parts
    return kind if NETWORK_FILE_SYSTEMS.fullmatch(kind) else None


def _mounted(lines: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for line in lines:
        _device, mount_point, kind, *_options = line.split(" ")
        # The kernel writes blanks, tabs, newlines and backslashes as \040 and the like.
        written = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mount_point)
        yield Path(written), kind


def fault_of_database(app: Flask) -> str | None:
    """Return why this program and its database do not go together, if they do not."""
    try:
        state = migration_state(app)
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        return (
            f"The database does not answer ({reason}): "
            "is it running, and is SINERGI_DATABASE_URL right?"
        )
    return {
        "current": None,
        "behind": "The database is older than the program: "
        "make a backup, then run: sinergi db upgrade",
        "ahead": "The database is newer than the program: "
        "install the version it was upgraded with, or restore the backup made before.",
    }[state]


def migration_state(app: Flask) -> str:
    """Return whether the database is ``current``, ``behind`` or ``ahead`` of the migrations."""
    script = ScriptDirectory(app.extensions["migrate"].directory)
    with app.app_context(), db.engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    if present == set(script.get_heads()):
        return "current"
    try:
        for revision in present:
            script.get_revision(revision)
    except CommandError:
        return "ahead"
    return "behind"
