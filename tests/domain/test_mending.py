"""Capacity for any slot: more children never help, the named hour breaks, the named mend mends."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from app.domain.capacity import ClassDay, Presence, ShiftSpan, Verdict, can_take, moments_of
from app.domain.classes import ClassKind, carers_needed
from app.domain.load import hour_words, kept_empty, load_of, seat_missing, worst_of
from app.domain.looks import Tone
from app.domain.mending import MendKind, find_mends, first_breach
from tests.domain.test_capacity import ALL_DAY, GUEST, MORNING, STORY, children, days, dragons, guests

OPENS, CLOSES = 450, 1080
SEVERITY = {Verdict.YES: 0, Verdict.TIGHT: 1, Verdict.NO: 2}


def verdict(day, child):
    return can_take(day, child, opens=OPENS, closes=CLOSES).verdict


@given(days, guests, st.builds(Presence, st.just(420), st.just(1440), st.integers(18, 35)))
def test_one_more_child_never_makes_a_verdict_better(day, guest, more):
    fuller = dataclasses.replace(day, children=(*day.children, more))
    assert SEVERITY[verdict(fuller, guest)] >= SEVERITY[verdict(day, guest)]
    crowded = dataclasses.replace(day, elsewhere=(*day.elsewhere, more))
    assert SEVERITY[verdict(crowded, guest)] >= SEVERITY[verdict(day, guest)]
    held = dataclasses.replace(day, held=(*day.held, more))
    assert SEVERITY[verdict(held, guest)] >= SEVERITY[verdict(day, guest)]


@given(days, guests)
def test_the_named_hour_really_breaks_and_nothing_before_it(day, guest):
    breach = first_breach(day, guest)
    assert (breach is None) == (verdict(day, guest) is not Verdict.NO)
    if breach is None:
        return
    for minute in range(guest.from_minute, breach.to_minute):
        here = [kid.months for kid in day.children if kid.from_minute <= minute < kid.to_minute]
        here.append(guest.months)
        staff = sum(one.from_minute <= minute < one.to_minute for one in day.carers)
        all_in = len(here) + sum(kid.from_minute <= minute < kid.to_minute for kid in day.elsewhere)
        breaks = carers_needed(day.kind, here) > staff or len(here) > day.seats or all_in > day.licensed_seats
        assert breaks == (minute >= breach.from_minute)


@given(days, guests, days)
def test_each_named_mend_really_mends(day, guest, other):
    other = dataclasses.replace(other, name="别的")
    for mend in find_mends(day, guest, (other,), opens=OPENS, closes=CLOSES):
        match mend.kind:
            case MendKind.CARER:
                mended = dataclasses.replace(day, carers=(*day.carers, *mend.carers))
                assert verdict(mended, guest) is not Verdict.NO
                fewer = dataclasses.replace(day, carers=(*day.carers, *mend.carers[1:]))
                assert verdict(fewer, guest) is Verdict.NO  # and none of them is too many
            case MendKind.HOUR:
                assert verdict(day, mend.stay) is not Verdict.NO
            case MendKind.CLASS:
                assert verdict(other, guest) is not Verdict.NO
        assert mend.words
    if verdict(day, guest) is not Verdict.NO:
        assert find_mends(day, guest, (other,), opens=OPENS, closes=CLOSES) == ()


@given(days, guests)
def test_where_only_carers_are_missing_they_are_named(day, guest):
    moments = moments_of(day, guest)
    if any(one.seats_over > 0 or one.licensed_over > 0 for one in moments):
        return
    found = find_mends(day, guest, opens=OPENS, closes=CLOSES)
    assert any(one.kind is MendKind.CARER for one in found) == any(one.lack for one in moments)


def test_noon_without_carers_names_the_hours_and_all_three_ways_out():
    day = dragons(ALL_DAY, ALL_DAY, MORNING, (780, 1080))
    breach = first_breach(day, GUEST)
    assert breach.words == "12:00–13:00"
    train = dataclasses.replace(STORY, name="小火车")
    mends = find_mends(day, GUEST, (train,), opens=OPENS, closes=CLOSES)
    assert [mend.words for mend in mends] == [
        "改去小火车班", "12:00–13:00 再加 1 名老师", "改到 13:00–17:48"
    ]  # fmt: skip


def test_a_stretch_that_gets_worse_names_as_many_as_its_worst_moment_lacks():
    day = dragons(ALL_DAY, MORNING, (450, 600))
    mends = find_mends(day, GUEST, opens=OPENS, closes=CLOSES)
    assert mends[0].words == "10:00–14:00 再加 2 名老师"


def test_where_no_other_hour_of_that_length_is_free_a_shorter_stay_is_named():
    day = dragons((450, 720), (450, 720), (450, 720), heads=10)
    mends = find_mends(day, Presence(450, 840, 27), opens=OPENS, closes=CLOSES)
    assert mends[-1].words == "改到 7:30–12:00"


def test_a_half_day_seat_that_may_not_be_shared_stays_taken():
    morning, afternoon = Presence(480, 720, 27), Presence(780, 1020, 27)
    day = ClassDay("抱抱龙", ClassKind.OLDER_TODDLER, 1, (morning,), (ShiftSpan(*ALL_DAY),) * 2)
    assert verdict(day, afternoon) is not Verdict.NO
    held = dataclasses.replace(day, held=kept_empty(morning, OPENS, CLOSES))
    assert verdict(held, afternoon) is Verdict.NO
    assert seat_missing(day, kept_empty(afternoon, OPENS, CLOSES)).startswith("8:00 起 抱抱龙班没有空位")
    assert seat_missing(dataclasses.replace(day, seats=2), kept_empty(afternoon, OPENS, CLOSES)) == ""


def test_a_held_seat_elsewhere_counts_for_the_licence():
    day = dragons(*[ALL_DAY] * 4, heads=2, licensed=3)
    assert verdict(day, GUEST) is not Verdict.NO
    full = dataclasses.replace(day, held_elsewhere=(Presence(0, 1440, 20),))
    assert verdict(full, GUEST) is Verdict.NO
    assert load_of(full, opens=OPENS, closes=CLOSES)[2].words == "已满"


@given(days)
def test_an_hours_load_agrees_with_asking(day):
    """余 n of the youngest age: so many can come for the moment, and not one more."""
    for load in load_of(day, opens=480, closes=720):
        assert (load.tone is Tone.BAD) == (load.needed > load.carers or load.words.startswith(("超", "缺")))
        assert load.free >= 0
        assert (load.free == 0) == (load.tone is Tone.BAD or load.words in {"已满", "老师不够再收"})


@given(days, children)
def test_a_fuller_class_is_never_shown_as_freer(day, more):
    before = load_of(day, opens=480, closes=720)
    after = load_of(dataclasses.replace(day, children=(*day.children, *more)), opens=480, closes=720)
    assert worst_of(before) is not None
    for one, other in zip(before, after, strict=True):
        assert other.present >= 0
        assert not (one.tone is Tone.BAD and other.tone is not Tone.BAD)


def test_the_story_class_in_words():
    noon = next(one for one in load_of(STORY, opens=480, closes=960) if one.hour == 12)
    assert hour_words(noon) == "12:00–13:00 18 人、3 名老师，余 2"
    empty = dragons(heads=0)
    assert [one.words for one in load_of(empty, opens=480, closes=540)] == ["老师不够再收"]
    assert load_of(empty, opens=480, closes=540)[0].tone is Tone.PLAIN
    assert load_of(dragons(heads=3), opens=480, closes=540)[0].words == "缺 1 名老师"
    assert load_of(dragons(*[ALL_DAY] * 4, heads=21), opens=480, closes=540)[0].words == "超 1 人"
    assert worst_of(()) is None
