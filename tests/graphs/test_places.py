"""Where a region lies and what it needs, on two provinces that fit on a napkin."""

import pytest

from graphs import places as where
from graphs.records import Place


def place(code: str, poverty: float | None = None, parent: str | None = None) -> Place:
    level = ("province", "district", "village", "village")[code.count(".")]
    return Place(code, level, parent or code.rpartition(".")[0] or None, poverty)


@pytest.fixture
def places() -> dict[str, Place]:
    rates = {
        "16": 12.8,
        "62": 5.2,
        "16.03": 12.0,
        "16.04": 16.5,
        "16.71": 10.8,
        "16.72": None,
        "62.01": 4.0,
    }
    return {code: place(code, rate) for code, rate in rates.items()}


class TestPath:
    def test_goes_up_by_parent(self, places):
        assert where.path(places, "16.71") == ("16.71", "16")

    def test_goes_up_by_prefix_where_the_region_is_not_known(self, places):
        assert where.path(places, "16.71.01.1001") == ("16.71.01.1001", "16.71.01", "16.71", "16")

    def test_follows_the_parent_rather_than_the_prefix(self, places):
        # A district that moved to a new province keeps its code for a while.
        moved = places | {"16.03": place("16.03", parent="62")}
        assert where.path(moved, "16.03.05") == ("16.03.05", "16.03", "62")

    def test_uses_the_prefix_of_a_known_region_that_does_not_name_its_parent(self):
        assert where.path({"16.71": Place("16.71", "district")}, "16.71") == ("16.71", "16")

    def test_is_empty_for_the_whole_country(self, places):
        assert where.path(places, None) == ()

    def test_refuses_parents_in_a_circle(self):
        circle = {"a": Place("a", "district", "b"), "b": Place("b", "district", "a")}
        with pytest.raises(ValueError, match="circle"):
            where.path(circle, "a")


class TestLiesIn:
    @pytest.mark.parametrize(
        ("code", "region", "inside"),
        [
            ("16.71", "16", True),
            ("16.71.01", "16", True),
            ("16", "16", True),
            ("16", "16.71", False),
            ("62.01", "16", False),
            ("16.7", "16.71", False),  # a prefix of letters is not a region above
            ("16.71", None, True),
            (None, None, True),
            (None, "16", False),
        ],
    )
    def test_region_or_below(self, places, code, region, inside):
        assert where.lies_in(places, code, region) is inside


class TestBelow:
    def test_knows_all_depths_and_itself(self, places):
        places = places | {"16.71.01": place("16.71.01")}
        assert where.below(places, "16") == {
            "16", "16.03", "16.04", "16.71", "16.72", "16.71.01",
        }  # fmt: skip

    def test_of_an_unknown_region_is_itself(self, places):
        assert where.below(places, "99") == {"99"}


class TestProvinceOf:
    @pytest.mark.parametrize(
        ("code", "province"),
        [("16.71", "16"), ("16", "16"), ("16.71.01.1001", "16"), ("93.05", "93"), (None, None)],
    )
    def test_is_the_province_on_the_way_up(self, places, code, province):
        assert where.province_of(places, code) == province

    def test_stops_at_the_province_when_something_lies_above(self):
        places = {"16": Place("16", "province", "island"), "16.71": Place("16.71", "district")}
        assert where.province_of(places, "16.71") == "16"


class TestSiblings:
    def test_share_parent_and_level(self, places):
        assert where.siblings(places, "16.71") == ("16.03", "16.04", "16.71", "16.72")
        assert where.siblings(places, "62") == ("16", "62")

    def test_leave_out_another_level_under_the_same_parent(self, places):
        places = places | {"16.99": Place("16.99", "village", "16")}
        assert "16.99" not in where.siblings(places, "16.71")

    def test_of_an_unknown_region_are_none(self, places):
        assert where.siblings(places, "99") == ()


class TestPovertyNeed:
    @pytest.mark.parametrize(
        ("code", "need"),
        [
            ("16.71", 0.5),  # 10.8: the least poor of the three with data
            ("16.03", 0.75),  # 12.0
            ("16.04", 1.0),  # 16.5
            ("16.72", 0.75),  # no data
            ("16", 1.0),
            ("62", 0.5),
            ("62.01", 0.75),  # nobody to be compared with
            ("99", 0.75),
            (None, 0.75),
        ],
    )
    def test_follows_the_rank_among_siblings(self, places, code, need):
        assert where.poverty_need(places, code) == need

    def test_gives_equals_their_mean_rank(self):
        rates = {"16.01": 5.0, "16.02": 9.0, "16.03": 9.0, "16.04": 9.0, "16.05": 11.0}
        places = {code: place(code, rate) for code, rate in rates.items()}
        # Ranks 2, 3 and 4 of 5: mean 3, half way.
        assert [where.poverty_need(places, code) for code in places] == [0.5, 0.75, 0.75, 0.75, 1]

    def test_says_nothing_when_all_are_equally_poor(self):
        places = {code: place(code, 9.0) for code in ("16.01", "16.02")}
        assert {where.poverty_need(places, code) for code in places} == {where.NEED_WITHOUT_DATA}

    def test_takes_a_rate_of_nought_for_data(self):
        places = {"16.01": place("16.01", 0.0), "16.02": place("16.02", 1.0)}
        assert where.poverty_need(places, "16.01") == 0.5

    def test_of_all_at_once_is_the_same(self, places):
        together = where.poverty_needs(places)
        assert together == {code: where.poverty_need(places, code) for code in places}
