"""What a record lacks, how long an exam holds, who may collect, and who looks alike."""

import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ages import month_day
from app.domain.looks import Tone
from app.domain.names import search_keys
from app.domain.records import (
    ANSWERS,
    Facts,
    NeedRule,
    RecordError,
    Standing,
    Validity,
    away_since,
    check_answer,
    check_collector,
    exam_state,
    expiry_chip,
    list_gaps,
    same_sound,
)

TODAY = dt.date(2025, 12, 3)
RULE = Validity(3, 3, 30)
EVERY = ("enrolled", "guest")
KEYS = (
    "sex", "document_number", "guardian", "guardian_identity", "phone", "second_phone", "collector",
    "allergy", "chronic", "vaccination", "exam", "feeding_paper", "agreement",
    "consent_care", "consent_health",
)  # fmt: skip
RULES = tuple(NeedRule(key, key, "basic", EVERY, "58号文") for key in KEYS)
WHOLE = Facts(
    Standing.ENROLLED, "f", "1", 1, True, 1, frozenset({"1", "2"}), "none", "无", "", "complete", "fit", "",
    frozenset({"agreement"}), frozenset({"care", "health"}),
)  # fmt: skip
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


def lacks(**facts):
    return [gap.key for gap in list_gaps(dataclasses.replace(WHOLE, **facts), RULES)]


def test_a_whole_record_lacks_nothing():
    assert lacks() == []


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"sex": ""}, ["sex"]),
        ({"document_number": ""}, ["document_number"]),
        ({"guardians": 0, "guardian_seen": False}, ["guardian"]),
        ({"guardian_seen": False}, ["guardian_identity"]),
        ({"phones": frozenset()}, ["phone"]),
        ({"phones": frozenset({"1"})}, ["second_phone"]),
        ({"collectors": 0}, ["collector"]),
        ({"allergy": "unknown"}, ["allergy"]),
        ({"chronic": ""}, ["chronic"]),
        ({"vaccination": ""}, ["vaccination"]),
        ({"vaccination": "catch_up"}, ["vaccination"]),
        ({"exam": ""}, ["exam"]),
        ({"exam": "unfit"}, ["exam"]),
        ({"exam_due": "入托体检已过期"}, ["exam"]),
        ({"diet": "不吃牛肉"}, ["feeding_paper"]),
        ({"diet": "无"}, []),
        ({"diet": "不吃牛肉", "papers": frozenset({"agreement", "feeding"})}, []),
        ({"papers": frozenset()}, ["agreement"]),
        ({"consents": frozenset()}, ["consent_care", "consent_health"]),
    ],
)
def test_each_thing_is_missed_by_itself(facts, missing):
    assert lacks(**facts) == missing


def test_a_gap_says_why_an_exam_does_not_do_and_nothing_is_asked_of_who_has_left():
    gaps = list_gaps(dataclasses.replace(WHOLE, exam_due="返园要重新体检"), RULES)
    assert gaps[0].words == "返园要重新体检"
    assert list_gaps(Facts(Standing.LEFT), RULES) == ()


def test_an_exam_holds_for_three_months_before_entry_and_for_good_after_it():
    on = dt.date(2025, 9, 1)
    assert exam_state(on, None, None, RULE, dt.date(2025, 12, 1)).chip.words == "有效至 2025-12-01"
    late = exam_state(on, None, None, RULE, dt.date(2025, 12, 2))
    assert (late.chip.tone, late.due) == (Tone.BAD, "入托体检已过期")
    entered = exam_state(on, dt.date(2025, 10, 1), None, RULE, TODAY)
    assert (entered.chip.words, entered.due) == ("入托时有效", "")
    on_the_day = exam_state(on, on, None, RULE, TODAY)
    assert on_the_day.chip.words == "入托时有效"
    stale = exam_state(on, dt.date(2025, 12, 2), None, RULE, TODAY)
    assert stale.due == "入托体检在入托时已过期"
    assert exam_state(None, None, None, RULE, TODAY).chip.words == "没有体检"


def test_an_exam_made_after_entry_was_not_passed_before_it():
    """58号文 Art 11: passed before entry. Nothing is left to be done about it, but it is not called valid."""
    late = exam_state(dt.date(2025, 12, 1), dt.date(2025, 3, 1), None, RULE, TODAY)
    assert (late.chip.words, late.chip.tone, late.due) == ("入托后补检（2025-12-01）", Tone.WARN, "")


def test_three_months_away_ask_for_an_exam_after_them():
    left = dt.date(2025, 8, 29)
    entered = dt.date(2025, 3, 1)
    due = exam_state(dt.date(2025, 2, 20), entered, left, RULE, TODAY)
    assert "重新体检" in due.due
    again = exam_state(dt.date(2025, 11, 30), entered, left, RULE, TODAY)
    assert (again.chip.words, again.due) == ("返园时已体检", "")


def test_away_is_told_by_the_last_day_before_the_gap():
    days = (dt.date(2025, 3, 3), dt.date(2025, 8, 29), dt.date(2025, 8, 28))
    assert away_since(days, TODAY, 3) == dt.date(2025, 8, 29)
    assert away_since((dt.date(2025, 9, 4),), TODAY, 3) is None
    assert away_since((), TODAY, 3) is None


@given(st.lists(DAYS, max_size=12), DAYS)
def test_no_gap_is_found_that_is_shorter_and_the_latest_long_one_is(days, today):
    found = away_since(days, today, 3)
    known = sorted({day for day in days if day <= today})
    if not days:
        assert found is None
    elif found is None:
        assert all(month_day(a, 3) > b for a, b in itertools.pairwise([*known, today]))
    else:
        after = [day for day in known if day > found]
        assert month_day(found, 3) <= (after[0] if after else today)
        assert all(month_day(a, 3) > b for a, b in itertools.pairwise([*after, today]))


@pytest.mark.parametrize(
    ("days", "words"), [(-3, "已过期 3 天"), (0, "今天到期"), (30, "还剩 30 天"), (31, "有效")]
)
def test_a_paper_reminds_thirty_days_before(days, words):
    assert expiry_chip(TODAY + dt.timedelta(days=days), TODAY, 30).words == words
    assert expiry_chip(None, TODAY, 30).words == ""


def test_an_adult_collects_and_a_minor_does_not():
    check_collector("周母", "妈妈", None, TODAY, identity_seen=False)
    check_collector("朱哥", "哥哥", None, TODAY, identity_seen=True)
    check_collector("朱哥", "哥哥", dt.date(2007, 12, 3), TODAY, identity_seen=False)
    with pytest.raises(RecordError, match="未满 18 周岁"):
        check_collector("朱哥", "妈妈", dt.date(2007, 12, 4), TODAY, identity_seen=True)
    with pytest.raises(RecordError, match="可能未满"):
        check_collector("朱哥", "哥哥", None, TODAY, identity_seen=False)


@given(st.sampled_from([None, *ANSWERS]), st.sampled_from([*ANSWERS, "maybe"]))
def test_only_what_was_given_can_be_withdrawn(before, answer):
    allowed = answer in {"given", "refused"} or (answer == "withdrawn" and before == "given")
    if allowed:
        check_answer(before, answer)
    else:
        with pytest.raises(RecordError):
            check_answer(before, answer)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("朱予晴", "朱雨晴", True), ("曾一诺", "增一诺", True), ("王芳", "黄芳", False), ("李浩", "李昊", True)],
)
def test_names_that_sound_alike_are_alike(one, other, alike):
    assert same_sound(search_keys(one).pinyin, search_keys(other).pinyin) is alike


@given(
    st.text("朱予晴雨曾单乐一", min_size=2, max_size=4), st.text("朱予晴雨曾单乐一", min_size=2, max_size=4)
)
def test_sounding_alike_is_mutual_and_every_name_sounds_like_itself(one, other):
    a, b = search_keys(one).pinyin, search_keys(other).pinyin
    assert same_sound(a, b) == same_sound(b, a)
    assert same_sound(a, a)


def test_words_of_the_standings():
    assert [one.label for one in Standing] == ["在托", "临时", "离园"]
