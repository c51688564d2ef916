"""The tables of lists that were taken in: a child comes from one row of one list."""

import sqlite3

import pytest

AT = "2025-12-03T10:00:00+08:00"
BATCH = {"file_name": "在园名单.xlsx", "rows": 2, "made_at": AT, "made_by": 2}


@pytest.mark.parametrize(
    "wrong", [{"rows": 0}, {"file_name": ""}, {"file_name": "长" * 201}, {"undone_at": AT}], ids=str
)
def test_a_list_has_a_name_and_rows_and_is_taken_back_by_somebody(rows, wrong):
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK.*{next(iter(wrong))}"):
        rows.add("import_batch", **(BATCH | wrong))
    assert rows.add("import_batch", **(BATCH | {"undone_at": AT, "undone_by": 1}))


def test_a_row_makes_one_child_and_a_child_comes_from_one_row(rows):
    batch, again = rows.add("import_batch", **BATCH), rows.add("import_batch", **BATCH)
    rows.add("import_row", batch_id=batch, row_number=1, child_id=1)
    for key, number, child, why in (
        (batch, 1, 2, "UNIQUE.*row_number"),
        (again, 1, 1, "UNIQUE.*child_id"),
        (again, 0, 2, "CHECK"),
        (again, 1, 10**6, "FOREIGN KEY"),
        (again + 1, 1, 2, "FOREIGN KEY"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=why):
            rows.add("import_row", batch_id=key, row_number=number, child_id=child)
    assert rows.add("import_row", batch_id=again, row_number=1, child_id=2)


def test_an_enrolment_that_never_held_stays_as_undone(rows):
    key = rows.like_last("enrolment", undone_at=AT)
    assert rows.one("select undone_at from enrolment where id = ?", key) == AT
