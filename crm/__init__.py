"""Sinergi: the partnership CRM of a library transformation team."""

import os
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

import config
from crm import addresses, auth, error_pages, formats, headers, jobs, language, logs, navigation
from crm.db import db, engine_options, teach_sqlite

FEATURES = (
    "users",
    "regions",
    "stakeholders",
    "contacts",
    "programmes",
    "agreements",
    "commitments",
    "resources",
    "events",
    "invitations",
    "actions",
    "notes",
    "regulations",
    "network",
    "help",
    "gaps",
    "settings",
    "maps",
    "profiles",
    "dashboard",
    "introductions",
    "reports",
    "simulations",
    "shares",
    "invite_lists",
    "imports",
    "search",
    "examples",
)
"""All features in their order: each may import only from those before it."""

ROOT = Path(__file__).parent.parent

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
migrate = Migrate(directory=str(ROOT / "migrations"))


def create_app(settings: dict | None = None) -> Flask:
    """Build the application from config.py, the environment, and the given settings."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder="static")
    app.config.from_mapping(config.load(settings))
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(url))
    if url.startswith("sqlite:///"):
        Path(app.config["DATA_DIR"]).mkdir(parents=True, exist_ok=True)

    if not os.access(ROOT / "graphs" / "arrays", os.W_OK):
        # Where the program may not write, numba keeps what it compiles beside the data.
        os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(app.config["DATA_DIR"]) / "compiled"))

    db.init_app(app)
    _import_models()
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            teach_sqlite(db.engine, app.config["SQLITE_SYNCHRONOUS"])
    migrate.init_app(app, db, render_as_batch=True, compare_type=True)
    csrf.init_app(app)
    limiter.init_app(app)
    for part in (addresses, logs, language, formats, headers, jobs, error_pages):
        part.init(app)
    _register_features(app)
    auth.init(app)
    navigation.init(app)
    return app


def _modules(name: str) -> list:
    """Import the named module of every feature that has it."""
    folder = Path(__file__).parent
    return [
        import_module(f"crm.{feature}.{name}")
        for feature in FEATURES
        if (folder / feature / f"{name}.py").exists()
    ]


def _import_models() -> None:
    import_module("crm.audit.models")
    _modules("models")
    _modules("words")


def _register_features(app: Flask) -> None:
    # The audit trail stands beside the order: every feature writes it, none is read by it.
    for views in [*_modules("views"), import_module("crm.audit.views")]:
        if hasattr(views, "init"):
            views.init(app)
        app.register_blueprint(views.bp)
