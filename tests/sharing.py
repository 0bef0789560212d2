"""A town whose map is shared, for the tests of both sides of a link."""

from datetime import date

from flask import current_app

from crm.shares import services
from crm.stakeholders.models import Sector
from tests import make

NAMES = ("Dinas Perpustakaan Kota", "Universitas <b>Kota</b>", "Bank Sumsel Babel", "Bank Jakarta")


def organisations():
    """Four organisations with large numbers, one of them elsewhere, in one agreement."""
    for code, name in (("16", "Sumatera Selatan"), ("16.71", "Kota Palembang"), ("31", "Jakarta")):
        make.region(code, name)
    sectors = (Sector.OPD, Sector.UNIVERSITY, Sector.BUSINESS, Sector.BUSINESS)
    homes = ("16.71", "16.71", "16", "31")
    found = [
        make.stakeholder(name, id=7001 + at, sector=sector, region_code=home, short_name=f"SN{at}")
        for at, (name, sector, home) in enumerate(zip(NAMES, sectors, homes, strict=True))
    ]
    make.agreement(*found, starts=date(2025, 1, 1))
    return [one.id for one in found]


def address(share, more=""):
    return f"/share/{services.token_of(share, current_app.config['SECRET_KEY'])}{more}"


def data_of(share, client):
    return client.get(address(share, "/data.json"))
