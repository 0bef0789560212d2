"""A small world to invite from."""

from crm.invite_lists import building
from crm.invite_lists.rules import Rules
from crm.network import services as network
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders.models import Sector
from tests import make
from tests.make import MONDAY


def place(code):
    return {"region_code": code, "level": Level.PROVINCE if len(code) == 2 else Level.DISTRICT}


def world():
    """Two districts of a province, each with an office at work; others known, not at work."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    make.region("16.71", "Kota Palembang")
    made = {
        "dinas": make.stakeholder("Dinas Perpustakaan Provinsi", **place("16")),
        "lahat": make.stakeholder("Dinas Perpustakaan Lahat", **place("16.04")),
        "kota": make.stakeholder("Dinas Perpustakaan Kota", **place("16.71")),
        "bank": make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS, **place("16")),
        "toko": make.stakeholder("Toko Lahat", sector=Sector.BUSINESS, **place("16.04")),
        "unsri": make.stakeholder("Universitas Sriwijaya", sector=Sector.UNIVERSITY, **place("16")),
        "ukb": make.stakeholder("Universitas Kota", sector=Sector.UNIVERSITY, **place("16.71")),
        "radio": make.stakeholder("RRI Palembang", sector=Sector.MEDIA, **place("16.71")),
        "jauh": make.stakeholder("Bank Kalteng", sector=Sector.BUSINESS, **place("62")),
    }
    make.agreement(made["dinas"], made["lahat"], made["kota"])
    return {name: one.id for name, one in made.items()}


def event():
    """A workshop of the whole province."""
    return make.event(title="Workshop sinergi", region_code="16", capacity=60)


NOW = Question(MONDAY, 24)


def build(event, **rules):
    """The list of an event under these rules."""
    rules = Rules(**{"capacity": 60, "region": "16"} | rules)
    return building.build(event, rules, network.answer(NOW).analysis, on=MONDAY)


def guests(built):
    """The organisations on a list, each as often as it has a seat."""
    return [one.organisation for one in built.answer.guests]
