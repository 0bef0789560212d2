"""The addresses at which a record is taken out of use, and put back: the same for every feature."""

from typing import Any

from flask import Blueprint, Response, abort, g, url_for

from crm import clock
from crm.auth import allow
from crm.pages import done
from crm.users.models import RoleName


def archive_and_restore(
    bp: Blueprint,
    address: str,
    services: Any,
    *roles: RoleName,
    show: str = ".show",
    ending: str = "",
) -> None:
    """Add the two views of a record that take it out of use and put it back.

    :param address: of the record, with its number: ``/events/<int:event_id>``
    :param services: those that ``get``, ``archive`` and ``restore`` it
    :param roles: who may; of which regions, the services say
    :param show: the page of the record
    :param ending: of the names of both views, where a feature has more than one kind of record
    """

    @bp.post(f"{address}/archive", endpoint=f"archive{ending}")
    @allow(*roles)
    def archive(**key: Any) -> Response:
        (number,) = key.values()
        services.get(number) or abort(404)
        services.archive(g.user, number, at=clock.now())
        return done(url_for(show, **key))

    @bp.post(f"{address}/restore", endpoint=f"restore{ending}")
    @allow(*roles)
    def restore(**key: Any) -> Response:
        (number,) = key.values()
        services.get(number) or abort(404)
        services.restore(g.user, number)
        return done(url_for(show, **key))
