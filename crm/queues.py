"""Where waiting jobs are kept: a file beside the data, or a database that processes share."""

from pathlib import Path
from typing import Any

from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey
from huey.exceptions import ConfigurationError

NAME = "sinergi"


def kind(settings: dict[str, Any]) -> str:
    """Return what keeps the queue: ``file``, ``postgresql``, ``redis``, or ``unknown``."""
    scheme, _mark, _rest = str(settings["JOBS_URL"]).partition("://")
    known = {"": "file", "postgres": "postgresql", "rediss": "redis", "unix": "redis"}
    one = known.get(scheme, scheme.removesuffix("+psycopg"))
    return one if one in ("file", "postgresql", "redis") else "unknown"


def fault(settings: dict[str, Any]) -> str | None:
    """Return why jobs cannot be kept where the settings say, with a way out."""
    if kind(settings) == "unknown":
        return (
            f"SINERGI_JOBS_URL is {settings['JOBS_URL']!r}: write postgresql://… or redis://…, "
            "or leave it away for a file in the data directory."
        )
    try:
        queue = opened(settings)
        queue.pending_count()
        queue.storage.close()
    except ConfigurationError:
        return "SINERGI_JOBS_URL needs the Redis client: pip install 'redis>=5'"
    except Exception as error:  # every client has errors of its own
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return f"The queue of jobs does not answer ({reason}): is SINERGI_JOBS_URL right?"
    return None


def opened(settings: dict[str, Any]) -> Huey:
    """Return the queue of these settings, made where it is not there yet."""
    if settings["JOBS_IMMEDIATE"]:
        return MemoryHuey(NAME, immediate=True)
    url = str(settings["JOBS_URL"])
    if kind(settings) == "redis":
        return RedisHuey(NAME, url=url)
    if kind(settings) == "postgresql":
        # The address as SQLAlchemy writes it names a driver, which psycopg does not know. Looking
        # now and then, as in a file, spares a connection for each thread that would listen.
        return PostgresHuey(NAME, dsn="postgresql://" + url.partition("://")[2], blocking=False)
    folder = Path(settings["DATA_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(folder / "jobs.db"))
