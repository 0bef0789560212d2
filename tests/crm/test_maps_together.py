"""Two people who open the same map for the first time in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from crm.db import db
from crm.maps import store
from crm.maps.models import StoredMap
from crm.network.questions import Question
from crm.network.selection import Selection
from tests import make
from tests.make import MONDAY, NOW


def test_both_see_it_and_it_is_kept_once(app):
    make.agreement(make.stakeholder(), make.stakeholder())

    for turn in range(5):
        question, together = Question(MONDAY, 12 + turn), Barrier(2)

        def draw(_number, question=question, together=together):
            with app.app_context():
                together.wait()
                return store.drawn(question, Selection(), NOW)[1]

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(draw, range(2))

        assert first == second
        assert len(first) == 2
    db.session.rollback()
    assert db.session.query(StoredMap).count() == 5
