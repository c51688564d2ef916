import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.capacity import (
    ClassDay,
    Presence,
    ShiftSpan,
    Verdict,
    can_take,
    clock,
)
from app.domain.classes import ClassKind, carers_needed
from app.domain.looks import Chip, Tone
from app.domain.ratio import ratio_words, verdict_of

OPENS, CLOSES = 8 * 60, 16 * 60
GUEST = Presence(9 * 60 + 12, 14 * 60, 27)


def dragons(*shifts, heads=18, seats=20, elsewhere=(), licensed=83):
    """抱抱龙 on the story day: ``heads`` children from eight to half past five."""
    return ClassDay(
        "抱抱龙",
        ClassKind.OLDER_TODDLER,
        seats,
        (Presence(480, 1050, 28),) * heads,
        tuple(ShiftSpan(*shift) for shift in shifts),
        elsewhere,
        licensed,
    )


ALL_DAY, MORNING, AFTERNOON = (450, 1080), (450, 720), (780, 1080)
STORY = dragons(ALL_DAY, ALL_DAY, ALL_DAY, MORNING, AFTERNOON)


def ask(day, child=GUEST):
    return can_take(day, child, opens=OPENS, closes=CLOSES)


def test_the_story_just_holds_at_noon_and_says_what_the_next_child_needs():
    answer = ask(STORY)
    assert (answer.verdict, answer.title) == (Verdict.TIGHT, "可以")
    assert answer.words == (
        "12:00–13:00 只有 3 名老师，收后 19 人 = 1 : 6.3，刚好合规；再收 3 人须加 1 名老师。"
    )
    assert [cell.hour for cell in answer.hours] == list(range(8, 16))
    tones = [cell.tone for cell in answer.hours]
    assert tones == [Tone.PLAIN, *[Tone.OK] * 3, Tone.WARN, Tone.OK, Tone.PLAIN, Tone.PLAIN]
    noon = answer.hours[4]
    assert (noon.present, noon.carers, noon.limit, noon.inside) == (19, 3, 20, True)
    before = answer.hours[0]
    assert (before.present, before.carers, before.inside) == (18, 4, False)


def test_room_and_carers_to_spare_is_a_plain_yes():
    answer = ask(dragons(ALL_DAY, ALL_DAY, ALL_DAY, heads=10))
    assert answer.verdict is Verdict.YES
    assert answer.words == "9:12–14:00 全程合规：最多 11 人、3 名老师 = 1 : 3.7。"


def test_too_few_carers_names_the_hour_and_the_mending():
    answer = ask(dragons(ALL_DAY, ALL_DAY, MORNING, AFTERNOON))
    assert answer.verdict is Verdict.NO
    assert answer.title == "不能"
    assert answer.words == "12:00–13:00 只有 2 名老师，收后 19 人 = 1 : 9.5，不合规；须再加 1 名老师。"
    assert answer.hours[4].tone is Tone.BAD


def test_nobody_on_shift_is_said():
    answer = ask(dragons(MORNING, MORNING, MORNING))
    assert answer.words == "12:00–14:00 抱抱龙班没有老师在岗，须安排 3 名老师。"
    assert answer.lacking == "缺老师"


def test_a_closed_class_is_named_before_the_carers_it_lacks():
    answer = ask(dataclasses.replace(dragons(MORNING), closed="抱抱龙班医学观察到 12月16日。"))
    assert (answer.verdict, answer.lacking) == (Verdict.NO, "观察期")


def test_a_full_class_names_the_time():
    late = dragons(*[ALL_DAY] * 4, heads=20)
    answer = ask(late)
    assert answer.verdict is Verdict.NO
    assert answer.words == "9:12–14:00 抱抱龙班 20 个位子已坐满；请换班级，或改到有空位的时段。"
    assert answer.lacking == "已满"


def test_licensed_seats_count_the_other_classes_too():
    answer = ask(dragons(*[ALL_DAY] * 4, heads=10, elsewhere=(Presence(660, 720, 20),) * 10, licensed=20))
    assert answer.verdict is Verdict.NO
    assert answer.words == "11:00–12:00 全园 20 个备案托位已用满；请改到有空位的时段。"
    assert answer.lacking == "托位满"


def test_a_class_under_observation_takes_nobody_however_much_room_it_has():
    roomy = dragons(ALL_DAY, ALL_DAY, ALL_DAY, heads=10)
    closed = dataclasses.replace(roomy, closed="抱抱龙医学观察到 12月17日，不收新来的孩子。")
    answer = ask(closed)
    assert (answer.verdict, answer.title, answer.words) == (Verdict.NO, "不能", closed.closed)
    assert answer.hours == ask(roomy).hours


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({"held": (Presence(480, 1050, 28),)}, True),
        ({"held": (Presence(480, 1050, 28),) * 2}, False),
        ({"licensed_seats": 24, "elsewhere": (Presence(480, 1050, 28),) * 5}, True),
        ({"licensed_seats": 23, "elsewhere": (Presence(480, 1050, 28),) * 5}, False),
        ({"licensed_seats": 24, "held_elsewhere": (Presence(480, 1050, 28),) * 5}, True),
        ({"licensed_seats": 23, "held_elsewhere": (Presence(480, 1050, 28),) * 5}, False),
    ],
)
def test_a_seat_that_is_held_is_no_free_one(changes, taken):
    """Eighteen are here and she is the nineteenth of twenty."""
    day = dataclasses.replace(dragons(*[ALL_DAY] * 4), **changes)
    assert (ask(day).verdict is not Verdict.NO) is taken


def test_a_seat_that_frees_in_time_is_used():
    day = ClassDay(
        "抱抱龙", ClassKind.OLDER_TODDLER, 1, (Presence(480, 600, 28),), (ShiftSpan(*ALL_DAY),), (), 83
    )
    assert ask(day, Presence(600, 700, 27)).verdict is Verdict.YES
    assert ask(day, Presence(599, 700, 27)).verdict is Verdict.NO


def test_an_hour_shows_its_fullest_moment():
    kids = (Presence(480, 1050, 28), Presence(480, 565, 28), Presence(585, 1050, 28), Presence(590, 1050, 28))
    day = ClassDay("抱抱龙", ClassKind.OLDER_TODDLER, 20, kids, (ShiftSpan(*ALL_DAY),) * 3)
    hours = ask(day).hours
    assert [cell.present for cell in hours[:3]] == [2, 4, 4]
    assert [cell.present for cell in ask(day, Presence(780, 840, 27)).hours[1:3]] == [3, 3]


def test_a_stay_that_ends_before_it_begins_is_refused():
    for end in (552, 840):
        answer = ask(STORY, Presence(840, end, 27))
        assert (answer.verdict, answer.hours) == (Verdict.NO, ())
        assert "请核对" in answer.words
    assert ask(STORY, Presence(840, 841, 27)).verdict is Verdict.YES


def test_a_mixed_class_is_counted_by_age():
    kids = (Presence(480, 1050, 20),) * 5 + (Presence(480, 1050, 30),) * 6
    day = ClassDay("小树苗", ClassKind.MIXED, 18, kids, (ShiftSpan(*ALL_DAY),) * 2)
    assert ask(day, Presence(540, 840, 30)).verdict is Verdict.TIGHT
    assert ask(day, Presence(540, 840, 20)).verdict is Verdict.NO
    cell = ask(day, Presence(540, 840, 30)).hours[2]
    assert (cell.present, cell.limit) == (12, 12)
    alone = ClassDay("小树苗", ClassKind.MIXED, 18, kids, (ShiftSpan(*ALL_DAY),))
    assert ask(alone, Presence(540, 840, 30)).hours[2].limit == 7, "of her age, where the carers are too few"


spans = st.tuples(st.integers(420, 1080), st.integers(1, 400)).map(lambda pair: (pair[0], pair[0] + pair[1]))
children = st.lists(
    st.builds(lambda span, months: Presence(*span, months), spans, st.integers(18, 35)), max_size=9
)
carers = st.lists(spans.map(lambda span: ShiftSpan(*span)), max_size=4)
days = st.builds(
    lambda kind, seats, kids, staff, others, licensed: ClassDay(
        "小树苗", kind, seats, tuple(kids), tuple(staff), tuple(others), licensed
    ),
    st.sampled_from(ClassKind), st.integers(1, 8), children, carers, children, st.integers(1, 16),
)  # fmt: skip
guests = st.builds(lambda span, months: Presence(*span, months), spans, st.integers(18, 35))


@given(days, guests)
def test_the_answer_agrees_with_counting_every_minute(day, guest):
    """The plain model: walk through her stay minute by minute."""
    breaks = False
    for minute in range(guest.from_minute, guest.to_minute):
        here = [kid.months for kid in day.children if kid.from_minute <= minute < kid.to_minute] + [
            guest.months
        ]
        staff = sum(one.from_minute <= minute < one.to_minute for one in day.carers)
        all_in = len(here) + sum(kid.from_minute <= minute < kid.to_minute for kid in day.elsewhere)
        breaks |= (
            carers_needed(day.kind, here) > staff or len(here) > day.seats or all_in > day.licensed_seats
        )
    answer = can_take(day, guest, opens=420, closes=1440)
    assert (answer.verdict is Verdict.NO) == breaks
    assert answer.words.endswith("。")
    inside = [cell for cell in answer.hours if cell.inside]
    assert any(cell.tone is Tone.BAD for cell in inside) == breaks
    assert all((cell.tone is Tone.PLAIN) != cell.inside for cell in answer.hours)


@pytest.mark.parametrize(
    ("present", "seats", "needed", "on_shift", "chip"),
    [
        (18, 20, 3, 3, Chip("合规", Tone.OK)),
        (20, 20, 3, 3, Chip("已满", Tone.WARN)),
        (16, 18, 4, 2, Chip("缺 2 人", Tone.BAD)),
        (16, 18, 4, 0, Chip("无人照看", Tone.BAD)),
        (21, 20, 3, 3, Chip("超 1 人", Tone.BAD)),
        (0, 20, 0, 0, Chip("合规", Tone.OK)),
    ],
)
def test_one_word_for_a_class_right_now(present, seats, needed, on_shift, chip):
    assert verdict_of(present, seats, needed, on_shift) == chip


def test_the_ratio_has_one_decimal_half_up():
    assert ratio_words(18, 3) == "师生比 1 : 6.0"
    assert ratio_words(13, 3) == "师生比 1 : 4.3"
    assert ratio_words(17, 4) == "师生比 1 : 4.3"
    assert ratio_words(16, 0) == ratio_words(0, 2) == "师生比 —"
    assert clock(725) == "12:05"
