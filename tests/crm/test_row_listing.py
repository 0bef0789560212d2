"""Lists of rows that were worked out: sorted, paged and saved as every other list."""

import pytest

from crm.tables import Column, RowListing

COLUMNS = [
    Column("name", "Name", lambda row: row[0], lambda row: row[0]),
    Column("size", "Size", lambda row: row[1], lambda row: row[1], numeric=True),
    Column("note", "Note", None, lambda row: ""),
]
ROWS = [("c", 2), ("a", None), ("d", 1), ("b", 2)]


def listing(**args):
    return RowListing("Rows", COLUMNS, ROWS, args, default_sort="name", per_page=3)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "abcd"),
        ("-name", "dcba"),
        # Rows without a value come first upwards and last downwards; equal ones as given.
        ("size", "adcb"),
        ("-size", "cbda"),
        ("note", "abcd"),
        ("nonsense", "abcd"),
    ],
)
def test_sorts(sort, names):
    assert "".join(row[0] for row in listing(sort=sort).all_rows()) == names


def test_pages():
    assert [row[0] for row in listing(page="2").rows] == ["d"]
    assert listing(page="9").page == 2
    assert (listing().total, listing().pages, listing().first, listing().last) == (4, 2, 1, 3)
