"""The tables of the settings: a change says who made it, and a price has no cap below nothing."""

import pytest


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("settings_change", "CHECK", {"area": "weather"}),
        ("settings_change", "CHECK", {"words": ""}),
        ("settings_change", "CHECK", {"words": "长" * 2001}),
        ("settings_change", "CHECK", {"undone_at": "2025-12-03T10:00:00+08:00"}),
        ("settings_change", "FOREIGN KEY", {"staff_id": 999}),
        ("settings_cell", "FOREIGN KEY", {"change_id": 999}),
        ("price", "CHECK", {"code": "new", "cap_fen": -1}),
        ("price", "NOT NULL", {"code": "new", "cap_source": None}),
    ],
)
def test_what_no_change_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_a_change_is_told_in_many_words_and_a_cap_may_be_nothing(rows):
    rows.like_last("settings_change", words="长" * 2000)
    assert rows.like_last("price", code="new", cap_fen=0)
