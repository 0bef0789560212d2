"""The peer of pages: Flask, SQLAlchemy Core and a template, and nothing else.

No accounts, no forms, no translation, no filters: the least that can show the same rows.
``python -m benchmarks.bare <database>`` serves it with Waitress, on a port that it prints.
"""

import sys
from pathlib import Path

import waitress
from flask import Flask, jsonify, render_template, request, send_from_directory
from sqlalchemy import ColumnElement, Engine, create_engine, func, select
from werkzeug.wrappers import Response

from crm.db import engine_options
from crm.maps.models import StoredMap
from crm.network.models import StoredFinding
from crm.regions.models import Region
from crm.stakeholders import names
from crm.stakeholders.models import Kind, Stakeholder

PER_PAGE = 50
VENDOR = Path(__file__).parent.parent / "crm" / "static" / "vendor"


def bare_app(url: str) -> Flask:
    """Return the application, on a database that is there already."""
    app = Flask(__name__)
    engine = create_engine(url, **engine_options(url))
    app.extensions["engine"] = engine

    @app.get("/stakeholders")
    def stakeholders() -> str:
        """Search organisations: the same words in the same column, counted and paged."""
        page = int(request.args.get("page", 1))
        total, rows = _found(engine, request.args.get("q", ""), page)
        return render_template("stakeholders.html", total=total, rows=rows, page=page)

    @app.get("/gaps")
    def gaps() -> str:
        """Show the first findings."""
        with engine.connect() as connection:
            query = select(StoredFinding.__table__).order_by(StoredFinding.rank).limit(PER_PAGE)
            total = connection.scalar(select(func.count()).select_from(StoredFinding))
            rows = connection.execute(query).all()
        return render_template("gaps.html", total=total, rows=rows)

    @app.get("/network.json")
    def network() -> Response:
        """Give the picture stored last as it is."""
        with engine.connect() as connection:
            query = select(StoredMap.picture).order_by(StoredMap.drawn_at.desc()).limit(1)
            return jsonify(connection.scalar(query))

    @app.get("/map")
    def drawn() -> str:
        """Draw that picture with vis-network."""
        return render_template("map.html")

    @app.get("/vendor/<path:name>")
    def vendor(name: str) -> Response:
        """Give the library that draws."""
        return send_from_directory(VENDOR, name, max_age=31_536_000)

    return app


def _found(engine: Engine, q: str, page: int) -> tuple[int, list]:
    one = Stakeholder.__table__.c
    found: list[ColumnElement[bool]] = [one.archived_at.is_(None), one.merged_into_id.is_(None)]
    found += [one.search_text.contains(word, autoescape=True) for word in names.search_words(q)]
    query = (
        select(one.id, one.name, one.sector, one.level, one.stage, Region.name, Kind.name_id)
        .select_from(Stakeholder.__table__)
        .outerjoin(Region.__table__, Region.code == one.region_code)
        .outerjoin(Kind.__table__, Kind.id == one.kind_id)
        .where(*found)
        .order_by(one.name, one.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    with engine.connect() as connection:
        total = connection.scalar(select(func.count()).where(*found)) or 0
        return total, list(connection.execute(query))


def main(url: str) -> None:
    """Serve until it is told to end."""
    server = waitress.create_server(bare_app(url), host="127.0.0.1", port=0, threads=8)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main(sys.argv[1])
