"""The table of cards: each number once, and a card ends wholly or not at all."""

import pytest

AT = "2025-12-03T10:00:00+08:00"
ENDED = {"ended_as": "lost", "ended_at": AT, "ended_by": 2}


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("UNIQUE", {}),
        ("CHECK", {"number": "C-9", "batch": 0}),
        ("CHECK", {"number": "C-9", **ENDED, "ended_as": "eaten"}),
        ("CHECK", {"number": "C-9", **ENDED, "ended_at": None}),
        ("CHECK", {"number": "C-9", **ENDED, "ended_by": None}),
        ("CHECK", {"number": "C-9", **ENDED, "ended_as": None}),
        ("CHECK", {"number": "C-9", **ENDED, "issued_at": AT, "ended_at": "2025-12-03T09:59:59+08:00"}),
        ("FOREIGN KEY", {"number": "C-9", "child_id": 10**6}),
        ("FOREIGN KEY", {"number": "C-9", "replaces_id": 10**6}),
    ],
)
def test_what_no_card_can_be_is_not_kept(refused, why, other):
    refused("card", why, **other)


def test_a_card_may_be_lost_in_the_second_in_which_it_was_issued(rows):
    assert rows.like_last("card", number="C-9", batch=1, **{**ENDED, "issued_at": AT})
