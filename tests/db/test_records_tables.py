"""The tables of the records: what holds is one, and what a paper says is possible."""

import sqlite3

import pytest


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("record_act", "CHECK", {"subject": "staff"}),
        ("record_act", "CHECK", {"undone_by": 1}),
        ("record_change", "FOREIGN KEY", {"act_id": 10**6, "ended_at": "x"}),
        ("record_change", "UNIQUE", {"value": "another"}),
        ("barring", "UNIQUE", {"paper_number": "another"}),
        ("consent", "CHECK", {"purpose": "fun", "ended_at": "x"}),
        ("consent", "CHECK", {"answer": "maybe", "ended_at": "x"}),
        ("consent", "CHECK", {"signer": "", "ended_at": "x"}),
        ("consent", "UNIQUE", {"answer": "refused"}),
        ("child_paper", "CHECK", {"kind": "poem"}),
        ("child_paper", "CHECK", {"issued_on": "2025-12-03", "expires_on": "2025-12-02"}),
        ("child", "FOREIGN KEY", {"document_number": None, "superseded_by": 10**6}),
    ],
)
def test_what_no_record_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_a_paper_may_expire_on_the_day_it_was_issued_and_an_older_consent_may_stay(rows):
    rows.like_last("child_paper", issued_on="2025-12-03", expires_on="2025-12-03")
    assert rows.like_last("consent", answer="withdrawn", ended_at="2025-12-03T10:00:00+08:00")


@pytest.mark.parametrize(("size", "kept"), [(99, False), (100, True), (300_000, True), (300_001, False)])
def test_a_photo_is_neither_empty_nor_large_and_one_holds(rows, size, kept):
    photo = {"subject": "child", "subject_id": 1, "jpeg": bytes(size), "added_at": "x", "added_by": 1}
    if not kept:
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            rows.add("photo", **photo)
        return
    rows.add("photo", **photo)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("photo", **photo)
    assert rows.add("photo", **photo, ended_at="x")


def test_nobody_is_merged_into_herself(rows):
    merging = {"subject": "child", "kept_id": 1, "act_id": 1, "at": "x", "staff_id": 1}
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("merging", merged_id=1, **merging)
    assert rows.add("merging", merged_id=2, **merging)
