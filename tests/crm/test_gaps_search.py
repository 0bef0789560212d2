"""The search of the list of gaps: whoever a row names is found by it."""

import pytest
from sqlalchemy import select

from crm.db import db
from crm.gaps.listing import found
from crm.gaps.sentences import Teller
from crm.network import naming, services
from crm.network.models import FindingName
from crm.network.questions import Question
from crm.regions.models import Level
from crm.stakeholders import names
from crm.stakeholders.models import Sector
from crm.transaction import transaction
from tests import make
from tests.make import MONDAY

LAHAT = {"region_code": "16.04", "level": Level.DISTRICT}


@pytest.fixture
def bank():
    """A bank of the province, known to one of two offices of Lahat, with another name."""
    make.region("16")
    make.region("16.04", "Kabupaten Lahat")
    dinas = make.stakeholder("Dinas Perpustakaan Lahat", **LAHAT)
    bappeda = make.stakeholder("Bappeda Lahat", **LAHAT)
    bank = make.stakeholder("Bank Sumsel Babel", sector=Sector.BUSINESS)
    with transaction(by=None):
        bank.search_text = names.search_text([bank.name, "BSB", "Bank Pembangunan Daerah"])
    make.agreement(dinas, bappeda)
    make.agreement(bappeda, bank)
    return bank


def rows(q, region="16.04"):
    """What the search finds in a region: what the row says, with its next step."""
    analysis = services.answer(Question(MONDAY, 24)).analysis
    query = found(analysis, q=q, region=region)
    return [f"{one.sentence} {one.step}" for one in Teller().told(db.session.scalars(query))]


@pytest.mark.parametrize("q", ["sumsel babel", "BSB", "bank pembangunan daerah"])
def test_finds_whom_the_next_step_names_by_every_name(bank, q):
    said = rows(q)

    assert said
    assert all(bank.name in one for one in said)
    # It lies in no gap of the district itself: only the steps name it.
    assert all(bank.region_code == "16" for _one in said)


def test_finds_who_introduces(bank):
    said = rows("bappeda")

    assert any("dikenal oleh Bappeda Lahat" in one for one in said)
    assert all("Bappeda Lahat" in one for one in said)


def test_every_word_stands_in_the_row_wherever(bank):
    assert rows("lahat sumsel")
    assert not rows("lahat palembang")
    assert not rows("%")


def test_finds_every_organisation_that_a_row_names(bank):
    """Whatever the kind of gap: the names of the row, each asked for, find the row."""
    analysis = services.answer(Question(MONDAY, 24)).analysis
    stored = list(db.session.scalars(found(analysis)))
    teller = Teller(stored)

    for one in stored:
        said = teller.tell(one)
        for name in teller.names.values():
            if name in f"{said.sentence} {said.step}":
                assert one in db.session.scalars(found(analysis, q=name)).all(), (one.key, name)


def test_keeps_the_post_that_is_named_for_a_person():
    """Of two posts of one person there the sentence names the latest, and so does the search."""
    siti, at = make.contact("Siti"), make.stakeholder("Dinas Sosial")
    make.position(siti, at, title="Staf", starts=MONDAY.replace(year=2020))
    named = make.position(siti, at, title="Kepala Bidang", starts=MONDAY.replace(year=2025))
    second = make.position(None, at, title="Sekretaris")
    found = {
        "analysis_id": 1,
        "rank": 7,
        "organisations": [at.id],
        "values": {"theirs": siti.id, "met": None},
        "step": {"who": at.id, "to": None, "through": None, "position": second.id},
    }

    assert {(one["what"], one["named_id"], one["rank"]) for one in naming.rows([found])} == {
        ("stakeholder", at.id, 7),
        ("position", second.id, 7),
        ("position", named.id, 7),
    }


def test_finds_a_post_by_its_title(bank):
    analysis = services.answer(Question(MONDAY, 24)).analysis
    first = next(iter(db.session.scalars(found(analysis))))
    post = make.position(None, bank, title="Direktur Kepatuhan")
    # As a finding of somebody's only contact is kept.
    with transaction(by=None):
        db.session.add(
            FindingName(analysis_id=analysis.id, what="position", named_id=post.id, rank=first.rank)
        )

    assert db.session.scalars(found(analysis, q="direktur kepatuhan")).all() == [first]


def test_what_is_forgotten_takes_its_names_along(bank):
    analysis = services.answer(Question(MONDAY, 24)).analysis
    assert db.session.scalars(select(FindingName.rank)).first()

    with transaction(by=None):
        db.session.delete(analysis)

    assert db.session.scalars(select(FindingName)).all() == []
