"""What makes stored results old: changes of what they are made of, and another program."""

from crm.network import jobs, services
from crm.network.analysis import METHOD
from crm.network.questions import Question
from crm.transaction import transaction
from tests import make
from tests.make import MONDAY

TWO_YEARS = Question(MONDAY, 24)


def test_is_renewed_by_what_findings_are_made_of(app):
    office = make.stakeholder()
    siti = make.contact("Siti")
    for change in (
        lambda: make.follow_up("Kirim surat"),
        lambda: make.resource(office),
        lambda: make.position(siti, office),
    ):
        before = services.answer(TWO_YEARS).analysis.data_version
        change()
        assert services.answer(TWO_YEARS).analysis.data_version == before + 1


def test_what_an_earlier_program_stored_is_computed_anew(app):
    make.stakeholder()
    services.answer(TWO_YEARS)
    with transaction(by=None):
        jobs.stored(TWO_YEARS).method = 0

    now = services.answer(TWO_YEARS)

    assert (now.fresh, now.analysis.method) == (True, METHOD)
