from app.store import finding


def test_an_ended_tie_is_not_searched(database):
    before = finding.list_ties(database)
    with database.unit(1, "x") as unit:
        unit.execute(
            "update child_adult set ended_at = :at where adult_id = :id and child_id = :child",
            {"at": unit.stamp, "id": before[0].adult, "child": before[0].child},
        )
        unit.audit("adult", before[0].adult)
    assert finding.list_ties(database) == before[1:]
