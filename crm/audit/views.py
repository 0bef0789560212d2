"""The audit trail for administrators: every change, and who saw or took along personal data."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from crm.audit import services
from crm.audit.columns import columns
from crm.audit.forms import AuditFilters
from crm.audit.models import AuditEntry
from crm.audit.reading import Reader
from crm.auth import ADMIN, allow
from crm.fields import ANY
from crm.language import _
from crm.pages import page
from crm.tables import Listing, download_kind
from crm.users import services as users

bp = Blueprint("audit", __name__)


@bp.get("/admin/audit")
@allow(ADMIN)
def index() -> Response:
    """List what was changed, seen and taken along, latest first."""
    filters = AuditFilters(request.args)
    filters.user.choices = [("", ANY), *users.all_names()]
    filters.drop_invalid()
    query = services.found(request.args.get("q", ""), **filters.data)
    listing = Listing(_("Audit trail"), columns(), query, request.args, filters, "-at")
    kind = download_kind(request.args)
    rows: list[AuditEntry] = listing.all_rows() if kind else listing.rows
    reader, names = Reader(rows), services.names_of_users(rows)
    if kind:
        listing.all_columns = columns(reader, names)
        return listing.download(kind)
    return page("audit/index.html", listing=listing, filters=filters, reader=reader, names=names)
