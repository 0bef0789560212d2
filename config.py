"""Settings: capitals with development values; the environment's SINERGI_<NAME> overrides each."""

import os
from pathlib import Path

from flask import Config

DEVELOPMENT_SECRET = "development-only"  # noqa: S105 - refused by `sinergi serve`

DATA_DIR = "var"
"""Where the database, the uploads and the job queue live."""
DATABASE_URL = ""
"""Empty: a SQLite file in the data directory; or ``postgresql+psycopg://…``."""
SECRET_KEY = DEVELOPMENT_SECRET
DEBUG = False
TESTING = False
EXAMPLE_ACCOUNTS = False
"""Show on every page that the example accounts with their public passwords exist."""
SECURE_COOKIES = False
"""Send cookies over https only; `sinergi serve` switches it on unless told otherwise."""
TRUSTED_PROXY = ""
"""The address of the reverse proxy, such as 127.0.0.1, whose X-Forwarded-… headers are believed."""
MAX_CONTENT_LENGTH = 52 * 1024 * 1024
MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
MAX_FORM_PARTS = 5_000
TIMEZONE = "Asia/Jakarta"
JOBS_IMMEDIATE = False
"""Run background jobs at once, inside the request: for tests and for commands."""
JOBS_URL = ""
"""Where jobs wait: empty, a file in the data directory; or ``redis://…``, ``postgresql://…``."""
JOBS_WORKERS = 2
"""How many jobs a serving process does at once; 0 leaves them to ``sinergi worker``."""
STABILITY_RUNS = 200
"""In how many runs, each without a tenth of the records, findings must stand; 0: it is left out."""
SQLITE_SYNCHRONOUS = "FULL"
LOGIN_ATTEMPTS = "10 per 5 minutes"
"""How many attempts to sign in may fail from one address."""
ACCOUNT_ATTEMPTS = "20 per 15 minutes; 100 per day"
"""How many attempts may fail on one account, from wherever."""
SHARE_REQUESTS = "240 per minute"
"""How often shared maps are opened from one address; a visit takes two requests."""
RATELIMIT_STORAGE_URI = "memory://"


def load(overrides: dict | None = None) -> dict:
    """Return all settings: file, environment, the given ones; and what follows."""
    settings = {name: value for name, value in globals().items() if name.isupper()}
    environment = Config(os.getcwd())
    environment.from_prefixed_env("SINERGI")
    settings.update(environment)
    if url := os.environ.get("DATABASE_URL"):
        settings["DATABASE_URL"] = url
    settings.update(overrides or {})
    # The environment is read as JSON, by which a secret of digits is a number.
    settings["SECRET_KEY"] = str(settings["SECRET_KEY"] or "")
    return settings | _derived(settings)


def _derived(settings: dict) -> dict:
    data_dir = Path(settings["DATA_DIR"]).resolve()
    url = settings["DATABASE_URL"] or f"sqlite:///{data_dir / 'sinergi.db'}"
    # Hosting services write the scheme without a driver; ours is psycopg 3.
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    return {
        "DATA_DIR": str(data_dir),
        "SQLALCHEMY_DATABASE_URI": url,
        "SESSION_COOKIE_NAME": "sinergi",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings["SECURE_COOKIES"],
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "id",
        "BABEL_DEFAULT_TIMEZONE": settings["TIMEZONE"],
        "RATELIMIT_HEADERS_ENABLED": True,
    }
