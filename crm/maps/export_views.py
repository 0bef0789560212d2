"""The network of a question and its filters, as files for other programs."""

from tempfile import TemporaryFile

from flask import abort, request
from werkzeug.wrappers import Response

from crm import clock
from crm.auth import VIEWER, allow
from crm.maps import asking, files
from crm.maps.forms import described
from crm.maps.views import bp
from crm.network.page_parts import asked, file_waits
from crm.spreadsheets import write_csv
from crm.tables import to_save


@bp.get("/network/export/<string:what>")
@allow(VIEWER)
def export(what: str) -> Response:
    """Save what the map shows as GraphML, GEXF, or a table of nodes, ties or measures."""
    if what not in (*files.GRAPHS, *files.TABLES):
        abort(404)
    here = asked()
    analysis = here.answer.analysis
    # All else is of the network as it is now.
    if what == "measures" and (waits := file_waits(here)):
        return waits
    filters = asking.filters(request.args)
    selection = asking.selection(filters, request.args)
    found = files.network(here.question, selection, described(filters), clock.now())
    file = TemporaryFile()  # noqa: SIM115 - it is closed with the response
    if what in files.GRAPHS:
        files.write(file, what, found)
        return to_save(file, files.GRAPHS[what][1], f"sinergi-{here.question.on}.{what}")
    write_csv(file, *files.table(what, found, analysis))
    return to_save(file, "text/csv; charset=utf-8", f"sinergi-{what}-{here.question.on}.csv")
