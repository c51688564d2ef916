"""Reading some rows by the statement that reads all."""

import pytest

from app.store.among import among


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (None, ["张沐阳", "周乐瑶", "马思睿", "曾雨桐"]),
        ({1, 3}, ["张沐阳", "马思睿"]),
        ([3, 3, 99], ["马思睿"]),
        ((), []),
    ],
    ids=["all", "some", "twice and unknown", "none"],
)
def test_none_means_everybody_and_an_empty_choice_nobody(world, only, names):
    condition, params = among(only, "c.id")
    rows = world.database.rows(f"select name from child c where c.id > 0{condition} order by id", params)
    assert [row["name"] for row in rows] == names


def test_it_goes_with_the_other_parameters_of_a_statement(world):
    condition, params = among(range(2, 2000), "id")
    sql = f"select count(*) as heads from child where name <> :name{condition}"
    assert world.database.row(sql, {"name": "周乐瑶", **params})["heads"] == 2
