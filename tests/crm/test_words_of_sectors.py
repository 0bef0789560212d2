"""The names of sectors inside a sentence, in both languages."""

import pytest
from flask_babel import force_locale

from crm.network.words import SECTOR_NAMES, sector_within


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "id",
            "OPD/pemerintah perguruan tinggi komunitas LSM/CSR dunia usaha media massa",
        ),
        ("en", "government university community NGO/CSR business media"),
    ],
)
def test_only_abbreviations_keep_their_capitals(app, language, names):
    with app.test_request_context(), force_locale(language):
        assert " ".join(sector_within(one) for one in SECTOR_NAMES) == names
