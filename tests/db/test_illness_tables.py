"""The tables of injuries, harm, illness and rounds: nothing is deleted, and of harm nothing changed."""

import sqlite3

import pytest

AT = "2025-12-03T13:00:00+08:00"
CONCERN = {
    "child_id": 1, "day": "2025-12-03", "observer_id": 4, "facts": "手臂有淤青", "reporter_id": 4,
    "noted_at": AT,
}  # fmt: skip
MORE = {"concern_id": 1, "kind": "words", "words": "又看见一处", "added_by": 4, "added_at": AT}
KEPT = ("injury", "injury_addition", "illness_case", "illness_clearance", "register_entry")


@pytest.fixture
def concern(rows):
    key = rows.add("concern", **CONCERN)
    rows.add("concern_addition", **(MORE | {"concern_id": key}))
    return key


@pytest.mark.parametrize("table", [*KEPT, "concern", "concern_addition"])
def test_nothing_of_it_is_ever_deleted(rows, concern, table):
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is never deleted"):
        rows.file.execute(f"delete from {table}")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("concern", "facts", "没事"),
        ("concern", "reporter_id", 1),
        ("concern_addition", "words", "没事"),
        ("concern_addition", "concern_id", 2),
        ("injury", "story", "没事"),
        ("injury", "minute", 1),
        ("injury_addition", "told_at", AT),
    ],
)
def test_what_was_written_stays_as_it_was_written(rows, concern, table, column, value):
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is never changed"):
        rows.file.execute(f"update {table} set {column} = ?", (value,))


def test_a_merging_of_records_moves_it_to_the_child_who_is_kept(rows, concern):
    rows.file.execute("update concern set child_id = 2 where id = ?", (concern,))
    rows.file.execute("update injury set child_id = 2")
    assert rows.one("select child_id from concern where id = ?", concern) == 2


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("injury", "CHECK", {"minute": 1440}),
        ("injury", "CHECK", {"story": ""}),
        ("injury", "CHECK", {"rest_days": 366}),
        ("injury", "CHECK", {"root_id": 1, "replaces_id": None}),
        ("injury_addition", "CHECK", {"kind": "words", "words": ""}),
        ("injury_addition", "CHECK", {"kind": "told", "told_at": None}),
        ("injury_addition", "CHECK", {"kind": "told", "told_at": AT, "whom": ""}),
        ("injury_addition", "CHECK", {"kind": "signed", "version_id": None}),
        ("illness_case", "CHECK", {"source": "rumour"}),
        ("illness_case", "CHECK", {"confirmed": 2}),
        ("illness_case", "CHECK", {"ended_at": AT, "ended_as": None}),
        ("illness_clearance", "CHECK", {"words": ""}),
        ("illness_clearance", "CHECK", {"kind": "overrule", "confirmed_by": None}),
        ("illness_clearance", "CHECK", {"kind": "overrule", "confirmed_by": 3, "seen_by": 3}),
        ("illness_clearance", "CHECK", {"kind": "certificate", "confirmed_by": 1, "seen_by": 3}),
        ("register_entry", "CHECK", {"open": 2}),
        ("register_entry", "CHECK", {"ended_at": AT}),
    ],
)
def test_what_no_form_can_say_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"kind": "report"}, {"reported_at": AT}, {"kind": "report", "reported_at": AT}]
)
def test_a_report_has_its_time_and_its_channel(rows, concern, wrong):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("concern_addition", **(MORE | {"concern_id": concern} | wrong))
    assert rows.add("concern_addition", **MORE | {
        "concern_id": concern, "kind": "report", "words": "", "reported_at": AT, "channel": "110",
    })  # fmt: skip


def test_a_cell_of_a_round_is_ticked_as_often_as_it_is_due(rows):
    assert rows.like_last("register_entry", item="air") != rows.like_last("register_entry", item="air")
