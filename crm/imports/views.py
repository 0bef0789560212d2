"""The pages of imports: upload, columns, preview, progress, result."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict

from crm import clock
from crm.addresses import whole
from crm.auth import EDITOR, allow
from crm.errors import Refused
from crm.imports import jobs, new_rows, services, shown
from crm.imports.columns import FIELDS
from crm.imports.files import Upload
from crm.imports.forms import DecideAllForm, ImportFilters, RowFilters, TableForm, UploadForm
from crm.imports.listing import COLUMNS, ROW_COLUMNS
from crm.imports.models import Import, ImportStatus, Role
from crm.jobs import later
from crm.language import _
from crm.pages import back_to, done, page
from crm.tables import Listing, download_kind, file_response
from crm.transaction import note_access

bp = Blueprint("imports", __name__)


def init(app: Flask) -> None:
    """Let templates say what a row changes."""
    app.jinja_env.filters.update(
        import_changes=shown.changes,
        import_notes=shown.notes,
        import_choices=shown.choices,
        import_state=shown.state,
        import_decided=shown.decided,
    )


@bp.get("/imports")
@allow(EDITOR)
def index() -> Response:
    """List imports."""
    filters = ImportFilters(request.args)
    filters.drop_invalid()
    query = services.found(request.args.get("q", ""), **filters.data)
    listing = Listing(_("Imports"), COLUMNS, query, request.args, filters, "-at")
    if kind := download_kind(request.args):
        return listing.download(kind)
    counts = services.counts([one.id for one in listing.rows])
    return page("imports/index.html", listing=listing, filters=filters, counts=counts)


@bp.route("/imports/new", methods=["GET", "POST"])
@allow(EDITOR)
def new() -> Response:
    """Upload a list."""
    form = UploadForm(CombinedMultiDict([request.files, request.form]))
    if request.method == "POST" and form.validate():
        with form.blame():
            files = [
                Upload(one.filename or "", one.stream)  # type: ignore[arg-type]
                for one in request.files.getlist("files")
            ]
            imported = services.start(g.user, files, form.shape.data, at=clock.now())
            return done(url_for(".show", import_id=imported.id))
    return page("imports/new.html", form=form, status=422 if form.has_errors else 200)


@bp.get("/imports/template/<string:role>.<string:kind>")
@allow(EDITOR)
def template(role: str, kind: str) -> Response:
    """Give an empty table whose headings need no mapping."""
    if role not in list(Role) or kind not in ("csv", "xlsx"):
        abort(404)
    return file_response(kind, role, services.template(Role(role)), [])


@bp.get("/imports/<int:import_id>")
@allow(EDITOR)
def show(import_id: int) -> Response:
    """Show an import: its columns, its preview, its progress or its result."""
    imported = _found(import_id)
    if imported.status is ImportStatus.MAPPING:
        return _mapping(imported)
    if services.progress(imported, clock.now())["working"]:
        return progress(import_id)
    return _rows(imported)


@bp.get("/imports/<int:import_id>/progress")
@allow(EDITOR)
def progress(import_id: int) -> Response:
    """Say how far the work on an import has come."""
    imported = _found(import_id)
    state = services.progress(imported, clock.now())
    if not state["working"]:
        return done(url_for(".show", import_id=import_id))
    return page(
        "imports/progress.html", "imports/_progress.html", imported=imported, progress=state
    )


@bp.post("/imports/<int:import_id>/table")
@allow(EDITOR)
def table(import_id: int) -> Response:
    """Say in which sheet, and below which row, a table stands."""
    imported = _found(import_id)
    form = _table_form(imported, TableForm(request.form))
    if form.validate():
        with form.blame():
            file_id, _slash, sheet = form.sheet.data.partition("/")
            services.choose_table(
                g.user,
                import_id,
                form.role.data,
                file_id=int(file_id),
                sheet=sheet,
                header=form.header.data,
            )
            return done(url_for(".show", import_id=import_id))
    return _mapping(imported, form)


@bp.post("/imports/<int:import_id>/columns")
@allow(EDITOR)
def columns(import_id: int) -> Response:
    """Say what the columns mean, and compare the rows with what we have."""
    imported = _found(import_id)
    fields = {
        role: request.form.getlist(role)
        for role in services.ROLES[imported.shape]
        if role in request.form
    }
    try:
        services.map_columns(g.user, import_id, fields)
        _compare(import_id)
    except Refused as refused:
        return _mapping(_found(import_id), chosen=fields, problem=refused.message)
    return done(url_for(".show", import_id=import_id))


@bp.post("/imports/<int:import_id>/back")
@allow(EDITOR)
def back(import_id: int) -> Response:
    """Go back from the preview to the columns."""
    services.reopen(g.user, import_id)
    return done(url_for(".show", import_id=import_id))


@bp.post("/imports/<int:import_id>/decide")
@allow(EDITOR)
def decide(import_id: int) -> Response:
    """Say what doubtful rows are: those on the page, or all of them."""
    _found(import_id)
    form = DecideAllForm(request.form)
    if form.decision.data and form.validate():
        number = services.decide_all(g.user, import_id, form.decision.data)
    else:
        decisions = {
            row: value
            for name, value in request.form.items()
            if (row := whole(name.removeprefix("row-"))) is not None
        }
        number = services.decide(g.user, import_id, decisions)
    flash(_("Rows decided: %(number)s.", number=number), "success")
    return done(back_to(request.form.get("back"), url_for(".show", import_id=import_id)))


@bp.post("/imports/<int:import_id>/take")
@allow(EDITOR)
def take(import_id: int) -> Response:
    """Store the rows, or the rest of them, in the background."""
    _found(import_id)
    token = services.begin(g.user, import_id, "take", at=clock.now())
    later(jobs.take, import_id, g.user.id, token)
    return done(url_for(".show", import_id=import_id))


@bp.post("/imports/<int:import_id>/undo")
@allow(EDITOR)
def undo(import_id: int) -> Response:
    """Undo an import, in the background."""
    _found(import_id)
    token = services.begin(g.user, import_id, "undo", at=clock.now())
    later(jobs.undo, import_id, g.user.id, token)
    return done(url_for(".show", import_id=import_id))


@bp.post("/imports/<int:import_id>/again")
@allow(EDITOR)
def again(import_id: int) -> Response:
    """Compare the rows that failed with what we have now."""
    _found(import_id)
    number = services.compare_again(g.user, import_id)
    flash(_("Rows compared again: %(number)s.", number=number), "success")
    return done(url_for(".show", import_id=import_id))


@bp.post("/imports/<int:import_id>/discard")
@allow(EDITOR)
def discard(import_id: int) -> Response:
    """Throw an import away of which nothing was taken."""
    _found(import_id)
    services.discard(g.user, import_id)
    flash(_("The upload was thrown away."), "success")
    return done(url_for(".index"))


@bp.get("/imports/<int:import_id>/failed/<string:role>.<string:kind>")
@allow(EDITOR)
def failed(import_id: int, role: str, kind: str) -> Response:
    """Give the rows that were not stored as a file, with the reason of each."""
    imported = _found(import_id)
    if role not in services.ROLES[imported.shape] or kind not in ("csv", "xlsx"):
        abort(404)
    headings, body = services.failed(import_id, Role(role))
    # The cells hold telephone numbers of people, as the list that came in did.
    note_access(g.user, "exported", "Import", [import_id], format=kind, table=role)
    imported = _found(import_id)
    return file_response(kind, f"{imported.id}-{role}", headings, body)


def _found(import_id: int) -> Import:
    return services.get(import_id) or abort(404)


def _compare(import_id: int) -> None:
    token = services.begin(g.user, import_id, "preview", at=clock.now())
    if services.is_small(_found(import_id)):
        services.preview(g.user, import_id, at=clock.now(), token=token)
    else:
        later(jobs.preview, import_id, g.user.id, token)


def _table_form(imported: Import, form: TableForm) -> TableForm:
    form.sheet.choices = [
        (f"{one['file']}/{one['name']}", f"{one['of']} · {one['name']}".rstrip(" ·"))
        for one in imported.sheets
    ]
    return form


def _mapping(
    imported: Import,
    wrong: TableForm | None = None,
    *,
    chosen: dict[Role, list[str]] | None = None,
    problem: Any = None,
) -> Response:
    tables = []
    for role in services.ROLES[imported.shape]:
        known = imported.tables[role]
        form = TableForm(
            data={
                "role": role,
                "sheet": f"{known['file']}/{known['sheet']}",
                "header": known["header"],
            },
            prefix="",
        )
        if wrong is not None and wrong.role.data == role:
            form = wrong
        fields = (chosen or {}).get(role) or known["fields"]
        tables.append((role, known, fields, FIELDS[role], _table_form(imported, form)))
    is_wrong = problem is not None or wrong is not None
    return page(
        "imports/mapping.html",
        imported=imported,
        tables=tables,
        problem=problem,
        status=422 if is_wrong else 200,
    )


def _rows(imported: Import) -> Response:
    roles = services.ROLES[imported.shape]
    filters = RowFilters(request.args)
    if len(roles) == 1:
        del filters.role
    filters.drop_invalid()
    query = services.rows(imported.id, request.args.get("q", "").strip(), **filters.data)
    # By itself in the order of taking: each meeting before those who came.
    listing = Listing(imported.filename, ROW_COLUMNS, query, request.args, filters)
    if kind := download_kind(request.args):
        note_access(g.user, "exported", "Import", [imported.id], format=kind)
        return listing.download(kind)
    if seen := shown.people(listing.rows):
        note_access(g.user, "viewed", "Contact", seen)
    imported = _found(imported.id)
    return page(
        "imports/rows.html",
        imported=imported,
        left=services.not_stored(imported.id) if imported.status is ImportStatus.DONE else {},
        names=services.matched(listing.rows),
        adds=new_rows.organisations(imported, listing.rows),
        listing=listing,
        filters=filters,
        counts=services.counts_of(imported.id),
        ready=services.ready(imported.id),
        storable=services.storable(imported.id),
        all_form=DecideAllForm(),
        roles=roles,
    )
