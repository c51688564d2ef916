"""The tables of handing back: two persons where two are asked for, and nobody let go twice."""

import sqlite3

import pytest

AT = "2025-12-03T13:00:00+08:00"
VOID = {"undone_at": AT, "undone_by": 2}  # so that no other release stands in the way


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("staff_pin", "CHECK", {"hash": "5927", "ended_at": "x"}),
        ("staff_pin", "CHECK", {"salt": "", "ended_at": "x"}),
        ("staff_pin", "UNIQUE", {}),
        ("pickup_grant", "CHECK", {"code": "K7M"}),
        ("pickup_grant", "CHECK", {"code": "K7M4", "identity_tail": "12"}),
        ("pickup_grant", "CHECK", {"code": "K7M4", "identity_tail": "", "phone": ""}),
        ("pickup_grant", "CHECK", {"code": "K7M4", "ended_at": AT}),
        ("pickup_grant", "UNIQUE", {}),
        ("pickup_grant_child", "UNIQUE", {}),
        ("release", "CHECK", {**VOID, "proof": "smile"}),
        ("release", "CHECK", {**VOID, "proof": "grant", "grant_id": None}),
        ("release", "CHECK", {**VOID, "proof": "known", "grant_id": 1}),
        ("release", "CHECK", {**VOID, "proof": "exception", "confirmed_by": None, "reason": "急"}),
        ("release", "CHECK", {**VOID, "proof": "exception", "confirmed_by": 1, "reason": ""}),
        ("release", "CHECK", {**VOID, "confirmed_by": 2, "released_by": 2}),
        ("release", "UNIQUE", {"who": "另一个人"}),
        ("barred_trait", "CHECK", {"kind": "shoe"}),
        ("barred_trait", "CHECK", {"value": ""}),
        ("belonging", "CHECK", {"words": ""}),
    ],
)
def test_what_no_handing_back_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_an_exception_needs_a_second_person_and_a_reason_and_is_kept_with_both(rows):
    assert rows.like_last("release", **VOID, proof="exception", confirmed_by=1, reason="手机没电，园长认识她")


@pytest.fixture
def alarm():
    return {
        "child_id": 1, "barred_id": 1, "place": "collect", "typed": "朱强", "marks": "sound",
        "day": "2025-12-03", "raised_at": AT, "raised_by": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "moon"},
        {"decision": "cleared"},
        {"decided_at": AT, "decided_by": 1, "decision": "cleared", "reason": ""},
        {"decided_at": AT, "decided_by": 2, "decision": "cleared", "reason": "看过证件"},
        {"decided_at": AT, "decided_by": 1, "decision": "perhaps", "reason": "看过证件"},
    ],
    ids=["place", "by nobody", "no reason", "who raised it", "perhaps"],
)
def test_an_alarm_is_decided_by_another_with_a_reason(rows, alarm, wrong):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("barred_alarm", **(alarm | wrong))
    done = {"decided_at": AT, "decided_by": 1, "decision": "refused", "reason": "看过证件"}
    assert rows.add("barred_alarm", **(alarm | done))


def test_what_is_put_off_has_a_reason(rows):
    put_off = {"release_id": 1, "child_id": 1, "kind": "belonging", "subject_id": 1, "words": "水杯"}
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("deferral", **put_off, reason="")
    assert rows.add("deferral", **put_off, reason="明天来拿")
