"""The drills of the practice centre: two of them, whole, and before the day of the story."""

import contextlib
import sqlite3

from app.services.roll import past_heads
from app.store import rollcall
from db import practice


def test_the_register_of_drills_is_whole(database):
    calls = rollcall.list_calls(database)
    assert [(call.plan, f"{call.started_at:%Y-%m-%d}") for call in calls] == [
        ("火灾", "2025-11-18"),
        ("地震", "2025-10-16"),
    ]
    assert rollcall.find_open(database) is None
    for call in calls:
        heads = past_heads(database, call)
        assert sum(head.is_child for head in heads) > 50
        assert all(head.accounted and head.at <= call.ended_at for head in heads)
        note = rollcall.find_note(database, call.id)
        assert note.course
        assert note.problems
        assert note.improvements


def test_a_history_too_short_for_a_drill_has_none(tmp_path):
    practice.build(tmp_path / "short.sqlite3", days=1)
    with contextlib.closing(sqlite3.connect(tmp_path / "short.sqlite3")) as connection:
        assert connection.execute("select count(*) from roll_call").fetchone() == (0,)
