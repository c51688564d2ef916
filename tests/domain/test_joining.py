"""How two records become one: what adds up, what is chosen, what holds of two answers and two rights."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.joining import (
    ADULT_PARTS,
    CHILD_PARTS,
    Answer,
    Part,
    Rights,
    Side,
    Way,
    differences,
    join_allergies,
    join_rights,
    join_texts,
    latest,
    longer_bar,
    taken_flags,
)
from app.domain.record_fields import ADULT_FIELDS, BARRING_FIELDS, CHILD_FIELDS

MONDAY, TUESDAY = dt.date(2025, 12, 1), dt.date(2025, 12, 2)
FLAGS = ("is_guardian", "may_collect", "is_emergency")
rights = st.builds(
    Rights,
    st.sampled_from(["妈妈", "家长", ""]),
    st.frozensets(st.sampled_from(FLAGS)),
    st.sampled_from([None, MONDAY]),
    st.frozensets(st.sampled_from(FLAGS)),
)


def test_every_field_of_a_record_has_its_part():
    told = {name for part in CHILD_PARTS for name in part.fields}
    assert told == {spec.name for spec in CHILD_FIELDS} - {"born_on", "allergy", "allergens"}
    told = {name for part in ADULT_PARTS for name in part.fields}
    apart = {"is_guardian", "may_collect", "is_emergency", "barred", *BARRING_FIELDS}
    assert told == {spec.name for spec in ADULT_FIELDS} - apart


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("湿疹", "高热惊厥", "湿疹；高热惊厥"),
        ("湿疹", "湿疹", "湿疹"),
        ("湿疹；哮喘", "哮喘；癫痫", "湿疹；哮喘；癫痫"),
        ("无", "癫痫", "癫痫"),
        ("癫痫", "没有", "癫痫"),
        ("无", "没有", "无"),
        ("对鸡蛋不过敏", "鸡蛋", "对鸡蛋不过敏；鸡蛋"),
    ],
)
def test_texts_add_up_and_say_nothing_twice(one, other, joined):
    assert join_texts(one, other) == joined


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (
            {"allergy": "has", "allergens": "花生"},
            {"allergy": "has", "allergens": "虾、花生"},
            "has:花生、虾",
        ),
        ({"allergy": "none"}, {"allergy": "has", "allergens": "虾"}, "has:虾"),
        ({"allergy": "unknown"}, {"allergy": "none"}, "none"),
        ({}, {"allergy": "unknown"}, "unknown"),
    ],
)
def test_an_allergy_that_either_knows_is_one(one, other, joined):
    assert join_allergies(one, other) == joined


EXAM = next(part for part in CHILD_PARTS if part.name == "exam")


def exam(result, day, place=""):
    return {"exam": result, "exam_on": day, "exam_hospital": place}


@pytest.mark.parametrize(
    ("one", "other", "way", "side"),
    [
        (exam("fit", "2025-03-01"), exam("unfit", "2025-12-01", "妇幼"), Way.CHOOSE, Side.MERGED),
        (exam("fit", "2025-12-01"), exam("unfit", "2025-03-01", "妇幼"), Way.CHOOSE, Side.KEPT),
        ({}, exam("fit", "2025-12-01"), Way.FILL, Side.MERGED),
        (exam("fit", "2025-12-01"), exam("fit", "2025-12-01", "妇幼"), Way.FILL, Side.MERGED),
        (exam("", "2025-12-02"), exam("fit", "2025-12-01"), Way.CHOOSE, Side.MERGED),
    ],
)
def test_what_means_something_together_stays_together(one, other, way, side):
    (found,) = differences((EXAM,), one, other)
    assert (found.way, found.side) == (way, side)
    values = found.values({})
    wanted = other if side is Side.MERGED else one
    assert values == {name: wanted.get(name, "") for name in EXAM.fields}
    if way is Way.CHOOSE:
        assert found.values({"exam": Side.KEPT})["exam_on"] == one["exam_on"]


@pytest.mark.parametrize(
    ("one", "other", "way", "holds"),
    [
        # They complete each other.
        (exam("fit", ""), exam("fit", "2025-12-01"), Way.FILL, exam("fit", "2025-12-01")),
        (exam("fit", "", "妇幼"), exam("", "2025-12-01"), Way.FILL, exam("fit", "2025-12-01", "妇幼")),
        (exam("fit", "", "妇幼"), exam("fit", "2025-12-01"), Way.FILL, exam("fit", "2025-12-01", "妇幼")),
        # Day and place of nothing complete nothing.
        (exam("", "2025-12-02"), exam("fit", ""), Way.CHOOSE, exam("fit", "")),
        (exam("fit", "", "妇幼"), exam("unfit", "2025-12-01"), Way.CHOOSE, exam("unfit", "2025-12-01")),
        # The later of two is proposed, of one day the kept one; what says nothing of the exam is none.
        (exam("fit", "2025-12-01"), exam("unfit", "2025-12-01"), Way.CHOOSE, exam("fit", "2025-12-01")),
        (exam("fit", "2025-12-01"), exam("", "2025-12-02"), Way.CHOOSE, exam("fit", "2025-12-01")),
    ],
)
def test_two_exams_complete_each_other_or_one_of_them_stands(one, other, way, holds):
    (found,) = differences((EXAM,), one, other)
    assert (found.way, found.values({})) == (way, holds)


def test_of_what_has_no_day_the_kept_one_is_proposed():
    (found,) = differences((Part(("address",)),), {"address": "甲路"}, {"address": "乙路"})
    assert (found.way, found.side) == (Way.CHOOSE, Side.KEPT)


def test_texts_of_two_records_stand_both_whatever_is_chosen():
    note = Part(("note",), joined=True)
    (found,) = differences((note,), {"note": "湿疹"}, {"note": "哮喘"})
    assert found.values({"note": Side.KEPT}) == {"note": "湿疹；哮喘"}
    (found,) = differences((note,), {}, {"note": "哮喘"})
    assert (found.way, found.values({})) == (Way.FILL, {"note": "哮喘"})


def test_what_the_other_lacks_is_no_difference():
    assert differences(CHILD_PARTS, {"name": "甲", "address": "路"}, {"name": "甲"}) == ()
    assert differences((Part(("note",), joined=True),), {"note": "甲；乙"}, {"note": "乙"}) == ()


def test_a_vague_relation_gives_way():
    (found,) = differences(ADULT_PARTS, {"relation": "家长"}, {"relation": "妈妈"})
    assert found.values({}) == {"relation": "妈妈"}
    (found,) = differences(ADULT_PARTS, {"relation": "爸爸"}, {"relation": "家长"})
    assert found.values({}) == {"relation": "爸爸"}
    (found,) = differences(ADULT_PARTS, {"relation": "爸爸"}, {"relation": "妈妈"})
    assert found.values({}) == {"relation": "爸爸"}
    (found,) = differences(ADULT_PARTS, {"relation": "家长"}, {"relation": "家人"})
    assert found.values({}) == {"relation": "家长"}


@pytest.mark.parametrize(
    ("kept", "merged", "side"),
    [
        ((TUESDAY, True), (MONDAY, False), Side.KEPT),
        ((MONDAY, False), (TUESDAY, True), Side.MERGED),
        # Of one day the one that does not allow.
        ((MONDAY, True), (MONDAY, False), Side.MERGED),
        ((MONDAY, False), (MONDAY, True), Side.KEPT),
        ((MONDAY, True), (MONDAY, True), Side.KEPT),
        ((MONDAY, False), (MONDAY, False), Side.KEPT),
    ],
)
def test_the_latest_answer_of_a_guardian_counts(kept, merged, side):
    assert latest(Answer(*kept), Answer(*merged)) is side


@given(st.booleans(), st.booleans(), st.sampled_from([MONDAY, TUESDAY]), st.sampled_from([MONDAY, TUESDAY]))
def test_a_yes_never_stands_over_a_later_no(kept, merged, kept_day, merged_day):
    answers = {Side.KEPT: Answer(kept_day, kept), Side.MERGED: Answer(merged_day, merged)}
    side = latest(answers[Side.KEPT], answers[Side.MERGED])
    holds, other = answers.pop(side), next(iter(answers.values()))
    assert holds.day >= other.day
    assert not (holds.given and not other.given and holds.day == other.day)


def test_the_paper_without_an_end_bars_the_longest():
    assert longer_bar(None, TUESDAY) is Side.KEPT
    assert longer_bar(MONDAY, None) is Side.MERGED
    assert longer_bar(MONDAY, TUESDAY) is Side.MERGED
    assert longer_bar(TUESDAY, MONDAY) is Side.KEPT
    assert longer_bar(TUESDAY, TUESDAY) is Side.KEPT
    assert longer_bar(None, None) is Side.KEPT


COLLECTS, GUARDS = frozenset({"may_collect"}), frozenset({"is_guardian"})


@pytest.mark.parametrize(
    ("kept", "merged", "joined"),
    [
        (None, ("妈妈", COLLECTS, MONDAY), ("妈妈", COLLECTS, MONDAY)),
        (("妈妈", COLLECTS), ("妈妈", GUARDS), ("妈妈", COLLECTS | GUARDS, None)),
        # A right for one day lends nothing for good, and what lasts is not cut to a day.
        (("邻居", GUARDS, MONDAY), ("阿姨", COLLECTS), ("阿姨", COLLECTS, None)),
        (("邻居", COLLECTS), ("阿姨", GUARDS, MONDAY), ("邻居", COLLECTS, None)),
        (("邻居", COLLECTS, MONDAY), ("阿姨", GUARDS, TUESDAY), ("邻居", COLLECTS, MONDAY)),
        (("邻居", COLLECTS, MONDAY), ("阿姨", GUARDS, MONDAY), ("阿姨", COLLECTS | GUARDS, MONDAY)),
        # A relation that says nothing gives way; so does another where the merged one is the guardian.
        (("家长", COLLECTS), ("妈妈", COLLECTS), ("妈妈", COLLECTS, None)),
        (("家长", COLLECTS), ("家人", COLLECTS), ("家长", COLLECTS, None)),
        (("阿姨", COLLECTS), ("妈妈", COLLECTS), ("阿姨", COLLECTS, None)),
        (("阿姨", COLLECTS), ("妈妈", GUARDS), ("妈妈", COLLECTS | GUARDS, None)),
        (("妈妈", GUARDS), ("阿姨", GUARDS), ("妈妈", GUARDS, None)),
        (("阿姨", COLLECTS), ("家长", GUARDS), ("阿姨", COLLECTS | GUARDS, None)),
    ],
)
def test_two_rights_become_one(kept, merged, joined):
    found = join_rights(None if kept is None else Rights(*kept), Rights(*merged))
    assert (found.relation, found.flags, found.only_day) == joined


@pytest.mark.parametrize("day", [None, MONDAY])
def test_what_somebody_took_away_stays_away(day):
    taken = Rights("妈妈", GUARDS, taken=COLLECTS)
    has = Rights("妈妈", COLLECTS | GUARDS, day)
    for kept, merged in (
        (taken, has),
        (has, taken),
        (None, Rights("妈妈", COLLECTS | GUARDS, day, COLLECTS)),
    ):
        assert join_rights(kept, merged).flags == GUARDS


@given(st.one_of(st.none(), rights), rights)
def test_nothing_taken_away_comes_back_and_nobody_gets_what_neither_had(kept, merged):
    joined = join_rights(kept, merged)
    had = merged.flags | (frozenset() if kept is None else kept.flags)
    assert joined.flags <= had
    assert not joined.flags & joined.taken
    assert joined.taken == merged.taken | (frozenset() if kept is None else kept.taken)
    if joined.only_day is None and kept is not None:
        lasting = [one for one in (kept, merged) if one.only_day is None]
        assert joined.flags <= frozenset().union(*(one.flags for one in lasting))


def test_what_was_had_and_is_no_more_was_taken_away():
    had, now = frozenset({"may_collect", "is_guardian"}), frozenset({"is_guardian"})
    assert taken_flags([(had, True), (now, False)], FLAGS) == {"may_collect"}
    assert taken_flags([(now, True), (had, False)], FLAGS) == frozenset()
    assert taken_flags([(had, True)], FLAGS) == had, "removed altogether"
