"""带药: what is taken, and when a dose is given, at the very borders of each rule (domain §3.2 T2)."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ChildId, ClassId, DoseId, RequestId, StaffId, VisitId
from app.domain.looks import Tone
from app.domain.medicine import (
    AllergicMedicineError,
    Dose,
    DoseDoneError,
    DoseState,
    ExpiredMedicineError,
    Given,
    MedicineRules,
    OneDayOnlyError,
    RefusedMedicineError,
    Request,
    RequestDraft,
    TakenBack,
    TakenBackError,
    TooCloseError,
    TooEarlyError,
    TwoPeopleError,
    UnsignedMedicineError,
    WrongChildError,
    WrongDoseError,
    due_tone,
    due_words,
    duration_of,
    late_minutes,
    require_dose,
    require_request,
    require_swallowed_none,
    require_two,
    require_undecided,
    require_waiting,
)

ZONE = dt.timezone(dt.timedelta(hours=8))
TODAY = dt.date(2025, 12, 3)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
AT = dt.datetime(2025, 12, 3, 12, 30, tzinfo=ZONE)
RULES = MedicineRules(early=15, late=30, gap=240, refused=("头孢",))
CHILD = ChildId(1)


def after(minutes):
    return AT + dt.timedelta(minutes=minutes)


def at(hour, minute=0, day=TODAY):
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


NOW, CLOSES = at(9), at(18)
DRAFT = RequestDraft(
    medicine="布洛芬混悬液",
    dose="2.5 ml",
    way="口服",
    reason="发热",
    allergy="无",
    original_pack=True,
    expires_on=TODAY,  # its last day
    brought=1,
    times=(at(12, 30),),
    signer="妈妈",
)


def ask(*, intolerated=(), before=(), **changes):
    draft = dataclasses.replace(DRAFT, **changes)
    require_request(draft, NOW, CLOSES, RULES, intolerated, before)


def test_a_signed_slip_for_the_doses_of_this_day_is_taken():
    ask()
    ask(signed_how="screen", signature="M0 0")


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"signer": ""}, UnsignedMedicineError, "signer"),
        ({"signed_how": "phone"}, UnsignedMedicineError, "signer"),
        ({"signed_how": "screen"}, UnsignedMedicineError, "signature"),
        ({"original_pack": False}, RefusedMedicineError, "original_pack"),
        ({"intolerated": ("布洛芬",)}, AllergicMedicineError, "medicine"),
        ({"medicine": "头孢克洛"}, RefusedMedicineError, "medicine"),
        ({"expires_on": YESTERDAY}, ExpiredMedicineError, "expires_on"),
        ({"times": (), "brought": 0}, OneDayOnlyError, "times"),
        ({"brought": 2}, OneDayOnlyError, "brought"),
        ({"times": (at(10), at(14)), "brought": 1}, OneDayOnlyError, "brought"),
        ({"home_at": at(9, 1)}, OneDayOnlyError, "home_at"),
    ],
)
def test_nothing_else_is_taken(wrong, error, field):
    with pytest.raises(error) as refused:
        ask(**wrong)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("times", "taken"),
    [
        ((at(9),), True),  # this very minute
        ((at(8, 59),), False),
        ((at(18),), True),  # as the centre closes
        ((at(18, 1),), False),
        ((at(12, 30, TOMORROW),), False),
        # Each of two is asked, not the two of them together.
        ((at(9), at(13)), True),
        ((at(8, 59), at(13)), False),
        ((at(14), at(18, 1)), False),
        ((at(14), at(9, 0, TOMORROW)), False),
    ],
)
def test_a_slip_is_for_hours_of_today_that_are_still_to_come(times, taken):
    if taken:
        ask(times=times, brought=len(times))
    else:
        with pytest.raises(OneDayOnlyError) as refused:
            ask(times=times, brought=len(times))
        assert refused.value.field == "times"


@pytest.mark.parametrize(
    ("asked", "home", "before", "taken"),
    [
        ((at(10), at(14)), None, (), True),
        ((at(10), at(13, 59)), None, (), False),
        ((at(13, 59), at(10)), None, (), False),  # in whatever order they are typed
        ((at(13),), at(9), (), True),
        ((at(12, 59),), at(9), (), False),
        ((at(12, 30),), None, (at(8, 30),), True),
        ((at(12, 29),), None, (at(8, 30),), False),
        ((at(12, 29),), None, (at(5), at(8, 30)), False),
        ((at(10),), None, (at(13, 59),), False),  # of a clock that was set back
        # What lies between two that were swallowed is nobody's to change.
        ((at(12, 30),), at(8), (at(6), at(8)), True),
    ],
)
def test_doses_lie_apart_whoever_gave_them(asked, home, before, taken):
    known = [Given(one, "在园") for one in before]
    if taken:
        ask(times=asked, brought=len(asked), home_at=home, before=known)
    else:
        with pytest.raises(TooCloseError) as refused:
            ask(times=asked, brought=len(asked), home_at=home, before=known)
        assert refused.value.field == "times"


DOSE = Dose(DoseId(1), AT)
SLIP = Request(
    RequestId(1), VisitId(1), CHILD, "张沐阳", ClassId(1), "抱抱龙", TODAY, "布洛芬混悬液", "2.5 ml", "口服",
    "发热", "无", TODAY, 1, None, "妈妈", "paper", "", at(9), "许静", (DOSE,),
)  # fmt: skip


def give(now=AT, *, before=(), child=CHILD, measured="2.5毫升", dose=DOSE, **changes):
    known = [Given(one, "在园") for one in before]
    require_dose(dataclasses.replace(SLIP, **changes), dose, child, measured, now, RULES, known)


def test_a_dose_is_given_at_its_time_as_it_was_measured_to_the_child_it_is_for():
    give()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"signer": ""}, UnsignedMedicineError),
        ({"expires_on": YESTERDAY}, ExpiredMedicineError),
        ({"child": ChildId(2)}, WrongChildError),
        ({"measured": "25 ml"}, WrongDoseError),
        ({"returned": "16:40 交还妈妈"}, DoseDoneError),
        ({"dose": dataclasses.replace(DOSE, state=DoseState.GIVEN)}, DoseDoneError),
        ({"dose": dataclasses.replace(DOSE, state=DoseState.SKIPPED)}, DoseDoneError),
        ({"dose": dataclasses.replace(DOSE, state=DoseState.HOME)}, DoseDoneError),
    ],
)
def test_no_other_dose_is_given(wrong, error):
    with pytest.raises(error):
        give(**wrong)


@pytest.mark.parametrize(
    ("now", "before", "given"),
    [
        (after(-15), (), True),
        (after(-16), (), False),
        (AT, (after(-240),), True),
        (AT, (after(-239),), False),
        # The nearest one counts, in whatever order they come.
        (AT, (at(6), at(11)), False),
        (AT, (at(11), at(6)), False),
        (AT, (at(6), at(8, 30)), True),
        (AT, (after(239),), False),  # of a clock that was set back
        (AT, (after(240),), True),
    ],
)
def test_a_dose_comes_neither_before_its_time_nor_too_soon_after_another(now, before, given):
    if given:
        give(now, before=before)
    else:
        with pytest.raises(TooEarlyError):
            give(now, before=before)


def test_a_bottle_that_went_home_gives_no_dose_yet_one_may_be_left_out():
    gone = dataclasses.replace(SLIP, returned="16:40 交还妈妈")
    with pytest.raises(DoseDoneError, match="16:40 交还妈妈"):
        require_waiting(gone, DOSE)
    require_undecided(gone, DOSE)
    for state in set(DoseState) - {DoseState.WAITING}:
        with pytest.raises(DoseDoneError):
            require_undecided(gone, dataclasses.replace(DOSE, state=state))


def test_only_doses_of_which_nothing_has_become_wait():
    every = [Dose(DoseId(n), AT, state) for n, state in enumerate(DoseState)]
    slip = dataclasses.replace(SLIP, doses=tuple(every))
    assert [one.state for one in slip.waiting] == [DoseState.WAITING]


@pytest.mark.parametrize(
    ("changes", "state", "asked"),
    [
        ({}, DoseState.WAITING, "在家时到点"),
        ({"since": AT}, DoseState.WAITING, ""),  # she was here as it came due
        ({"since": None}, DoseState.WAITING, ""),
        ({"inside": False}, DoseState.WAITING, ""),
        ({}, DoseState.HOME, ""),
        ({"left_before": AT}, DoseState.WAITING, "在家时到点"),  # she went home as it came due
        ({"left_before": after(1)}, DoseState.WAITING, "到点以后回过家"),
    ],
)
def test_her_family_is_asked_about_a_dose_that_came_due_before_she_was_here(changes, state, asked):
    slip = dataclasses.replace(SLIP, **{"since": after(1), **changes})
    words = slip.ask_words(dataclasses.replace(DOSE, state=state))
    assert words == (f"{asked}，先问家长是否已经喂过" if asked else "")


def test_after_a_dose_that_was_taken_back_somebody_says_that_she_swallowed_none():
    back = TakenBack("布洛芬", AT, "许静", "孟佳", after(2), "许静")
    require_swallowed_none(None, "")
    require_swallowed_none(back, "孟佳看着倒掉的")
    with pytest.raises(TakenBackError) as refused:
        require_swallowed_none(back, "")
    assert refused.value.field == "cleared"


@pytest.mark.parametrize(
    ("minutes", "words", "tone"),
    [
        (-80, "12:30 · 还有 1 小时 20 分", Tone.INFO),
        (-31, "12:30 · 还有 31 分钟", Tone.INFO),
        (-30, "12:30 · 还有 30 分钟", Tone.WARN),
        (0, "12:30 · 现在喂", Tone.WARN),
        (30, "12:30 · 已过 30 分钟", Tone.WARN),
        (31, "12:30 · 已过 31 分钟", Tone.BAD),
    ],
)
def test_the_minutes_until_a_dose_are_said(minutes, words, tone):
    assert due_words(AT, after(minutes)) == words
    assert due_tone(AT, after(minutes), 30) is tone


@pytest.mark.parametrize(("minutes", "late"), [(-5, 0), (0, 0), (30, 0), (31, 31)])
def test_late_is_what_goes_beyond_the_tolerance(minutes, late):
    assert late_minutes(AT, after(minutes), 30) == late
    assert late_minutes(AT, after(minutes), 0) == max(0, minutes)


def test_two_are_two():
    require_two(StaffId(1), StaffId(2))
    with pytest.raises(TwoPeopleError):
        require_two(StaffId(1), StaffId(1))


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 分钟"), (180, "3 小时"), (210, "3 小时 30 分")])
def test_a_gap_in_words(minutes, words):
    assert duration_of(minutes) == words
