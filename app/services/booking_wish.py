"""Reading a wish for a booking and answering it, day by day: nothing is written here."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from app.domain.absences import noted_words
from app.domain.ages import BirthDateError, age_flags, age_words, check_birth, months_between
from app.domain.bookings import (
    BookedAlreadyError,
    BookingError,
    NoRoomError,
    check_stay,
    day_words,
    series_days,
    weekday_words,
)
from app.domain.calendar import unknown_words, workday_kind
from app.domain.capacity import Presence, Verdict, clock
from app.domain.errors import RuleError
from app.domain.ids import BookingId, ChildId, ClassId
from app.domain.mending import Mend, find_mends
from app.domain.modes import CareMode
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone
from app.domain.record import record
from app.services.booking_card import Answer, ClassChoice, DayAnswer, Problem, Wish
from app.services.likeness import find_alike, question
from app.services.slots import Choice, Slots
from app.store import absences, bookings, centre, children, day, prices, settings
from app.store.absences import ToldAway
from app.store.bookings import Booking
from app.store.children import Child
from app.store.database import Database
from app.store.day import Expected
from app.store.stamps import day_of, minute_of

_TOLD = 3  # of the days of leave so many are named
_NEVER: Mapping[dt.date, ToldAway] = MappingProxyType({})
_TITLES = {Verdict.YES: "可以", Verdict.TIGHT: "刚好", Verdict.NO: "不能"}


@record
class Reading:
    """A wish as facts."""

    child: Child | None
    name: str
    born_on: dt.date | None
    phone: str
    adult: str
    days: tuple[dt.date, ...]
    closed: tuple[tuple[dt.date, str], ...]
    problems: tuple[Problem, ...]


@record
class Assessed:
    """The answer with what it was made from."""

    answer: Answer
    reading: Reading
    choice: Choice | None
    away: Mapping[dt.date, ToldAway] = _NEVER


def assess(database: Database, now: dt.datetime, wish: Wish, moving: BookingId | None = None) -> Assessed:
    """能不能收 for every day of the wish. ``moving`` is the booking it would replace."""
    reading = _read(database, now, wish)
    if reading.born_on is None or not reading.days:
        problem = reading.problems[0].sentence if reading.problems else "这段时间没有开园的日子。"
        waiting = Answer(wish.day, Verdict.NO, "还缺", problem, problems=reading.problems)
        return Assessed(waiting, reading, None)
    key = None if reading.child is None else reading.child.id
    away = _list_away(database, key, reading.days)
    asked: list[tuple[DayAnswer, Slots, Choice | None]] = []
    chosen = wish.class_id
    unpriced = prices.days_without(database, wish.tariff.value, reading.days)
    expected = day.list_expected_on(database, reading.days)
    for on in reading.days:
        slots = Slots(database, now, key, on=on, expected=expected[on])
        choice = _choice(slots, wish, reading.born_on, chosen or _own_class(slots, key))
        chosen = choice.group.id if choice is not None else chosen
        told = (
            _rule_of_day(slots, wish, unpriced)
            or (None if key is None else _stays_away(slots, key, away))
            or (None if key is None else _comes_already(database, slots, wish, key, moving))
            or _room(slots, wish, choice, reading.born_on, first=not asked)
        )
        asked.append((told, slots, choice))
    shown = next((one for one in asked if one[0].verdict is Verdict.NO), asked[0])
    answer = _answer(wish, reading, shown, tuple(one[0] for one in asked))
    answer = replace(answer, problems=(*answer.problems, *_age_problems(wish, reading.born_on, asked[0])))
    unknown = open_days_around(database, reading.days[0], reading.days[-1])
    ending = [one.day for one, _, _ in asked if one.verdict is not Verdict.NO and one.day in away]
    answer = replace(
        answer, calendar_words=unknown, closed=reading.closed, leave_words=_ending_words(ending, away)
    )
    return Assessed(answer, reading, asked[0][2], away)


def room_words(database: Database, now: dt.datetime, kept: Booking) -> str:
    """Why a booking that had ended finds no room any more; empty where it does, or was overruled before."""
    minute = minute_of(now) if kept.day == day_of(now) else 0
    if kept.override_reason or (kept.day, kept.to_minute) <= (day_of(now), minute_of(now)):
        return ""
    slots = Slots(database, now, kept.child, on=kept.day)
    months = months_between(kept.born_on, kept.day)
    stay = Presence(max(kept.from_minute, minute), kept.to_minute, months)
    asked = slots.choices_for(stay, kept.tariff)
    choice = next((one for one in asked if one.group.id == kept.class_id), None)
    if choice is None:
        return f"{kept.class_name}那天不开班。"
    return choice.answer.words if choice.answer.verdict is Verdict.NO else ""


def _read(database: Database, now: dt.datetime, wish: Wish) -> Reading:
    problems: list[Problem] = []
    kept = None if wish.child is None else children.find_child(database, wish.child)
    name, born_on, phone, adult = "", None, "", ""
    if kept is not None:
        name, born_on = kept.name, kept.born_on
    elif wish.child is not None:
        problems.append(Problem("name", "没有找到这个孩子的档案，请重新查找。"))
    else:
        name, born_on, phone, adult = _read_stranger(database, now, wish, problems)
    days = _read_days(database, now, wish, problems)
    closed = _closed_days(database, wish) if wish.weekdays and days else ()
    for on in days[:1]:
        if prices.tariffs(database, on).price_of(wish.tariff) is None:
            words = f"价目表里没有{wish.tariff.label}的价格，不能这样约。请换一种托育方式，或请园长补上价格。"
            problems.append(Problem("tariff", words))
    return Reading(kept, name, born_on, phone, adult, days, closed, tuple(problems))


def _list_away(
    database: Database, child: ChildId | None, days: tuple[dt.date, ...]
) -> Mapping[dt.date, ToldAway]:
    return _NEVER if child is None else absences.list_told(database, child, min(days), max(days))


def _read_stranger(
    database: Database, now: dt.datetime, wish: Wish, problems: list[Problem]
) -> tuple[str, dt.date | None, str, str]:
    """A new child: name, birth date and one number are enough until she comes."""
    name, born_on, phone, adult = "", None, "", ""
    try:
        name = clean_name(wish.name) if wish.name.strip() else ""
        adult = clean_text(wish.adult, "联系人", "adult", 50)
    except RuleError as error:
        problems.append(Problem(error.field or "name", error.sentence))
    if not name:
        problems.append(Problem("name", "请写孩子的姓名，或先在上面查找。"))
    try:
        born_on = check_birth(wish.born_on, day_of(now))
    except BirthDateError as error:
        problems.append(Problem("born_on", error.sentence))
    try:
        phone = check_phone(wish.phone)
    except RuleError as error:
        problems.append(Problem("phone", error.sentence))
    if name and not wish.same_reason.strip():
        asked = question(database, find_alike(database, name, born_on, (phone,)), day_of(now))
        if asked:
            words = f"{asked}是，请选“档案里的孩子”并查找；不是，请写明理由。"
            problems.append(Problem("same_reason", words))
    return name, born_on, phone, adult or f"{name}家长"[:50]


def _read_days(
    database: Database, now: dt.datetime, wish: Wish, problems: list[Problem]
) -> tuple[dt.date, ...]:
    today, kept = day_of(now), settings.current(database, wish.day)
    if wish.day < today or (wish.day == today and wish.to_minute <= minute_of(now)):
        problems.append(Problem("day", "这个时间已经过去，请约今天以后的时间。"))
        return ()
    try:
        check_stay(wish.from_minute, wish.to_minute, opens=kept.opening, closes=kept.closing)
        if not wish.weekdays:
            return (wish.day,)
        if wish.until is None:
            raise BookingError("请填每周预约的最后一天。", field="until")
        found = series_days(wish.weekdays, wish.day, wish.until, lambda on: day.is_open(database, on))
    except BookingError as error:
        problems.append(Problem(error.field or "day", error.sentence))
        return ()
    if not found:
        words = f"{weekday_words(wish.weekdays)}到 {day_words(wish.until)} 没有开园的日子，请核对。"
        problems.append(Problem("weekdays", words))
    return found


def _closed_days(database: Database, wish: Wish) -> tuple[tuple[dt.date, str], ...]:
    """The days of a series on which nobody is open, with the holiday's name: skipped, and told."""
    if wish.until is None:
        return ()
    marks = centre.calendar_marks(database, wish.day, wish.until)
    span = (wish.day + dt.timedelta(days=past) for past in range((wish.until - wish.day).days + 1))
    kinds = (workday_kind(on, marks) for on in span if str(on.isoweekday()) in wish.weekdays)
    return tuple((kind.day, kind.name) for kind in kinds if not kind.is_open)


def _choice(slots: Slots, wish: Wish, born_on: dt.date, chosen: ClassId | None) -> Choice | None:
    """The class that is meant: as chosen, else the first that fits."""
    months = months_between(born_on, slots.day)
    child = Presence(wish.from_minute, wish.to_minute, months)
    if chosen is not None:
        return slots.choice_for(chosen, child, wish.tariff)
    choices = slots.choices_for(child, wish.tariff)
    return choices[0] if choices else None


def _own_class(slots: Slots, child: ChildId | None) -> ClassId | None:
    """The class of a half-day child's contract: her other half is with her own group, if nobody says else."""
    contract = None if child is None else _contract(slots, child)
    return None if contract is None else contract.class_id


def _contract(slots: Slots, child: ChildId) -> Expected | None:
    """By which contract a child comes on the day."""
    found = (one for one in slots.outlook.plans.every if one.who.id == child and one.tariff is None)
    return next(found, None)


def _rule_of_day(slots: Slots, wish: Wish, unpriced: frozenset[dt.date]) -> DayAnswer | None:
    """What the hours and the price list of that very day forbid: either may change within a series."""
    on, kept = slots.day, slots.outlook.kept
    if on in unpriced:
        words = f"{day_words(on)} 价目表里没有{wish.tariff.label}的价格，不能这样约。"
        return DayAnswer(on, Verdict.NO, words, firm=True)
    try:
        check_stay(wish.from_minute, wish.to_minute, opens=kept.opening, closes=kept.closing)
    except BookingError as error:
        return DayAnswer(on, Verdict.NO, f"{day_words(on)} {error.sentence}", firm=True)
    return None


def _comes_already(
    database: Database, slots: Slots, wish: Wish, child: ChildId, moving: BookingId | None
) -> DayAnswer | None:
    """Why a child need not, or cannot, be booked who comes in those hours as it is.

    Hours that do not meet them are hers to book, the other half of a half-day contract among them: a stay of
    its own, with its own price.
    """
    on, contract = slots.day, _contract(slots, child)
    hours = wish.from_minute, wish.to_minute
    comes = child in slots.outlook.plans.children
    held = bookings.find_meeting(database, child, on, hours, moving) if comes else None
    if held is not None:
        return DayAnswer(on, Verdict.NO, f"{day_words(on)} {_held_words(held)}", firm=True)
    if contract is None or day.is_other_half(contract, wish.from_minute, wish.to_minute):
        return None
    span = f"{clock(contract.from_minute)}–{clock(contract.to_minute)}"
    more = (
        "要加另外半天，请约这段时间以外的。"
        if contract.mode is CareMode.HALF_DAY
        else "要延长请改合同或当天延时。"
    )
    words = f"{day_words(on)} 按合同 {span} 来园，不用预约；{more}"
    return DayAnswer(on, Verdict.NO, words, firm=True)


def _held_words(held: Booking) -> str:
    """What stands in the way of other hours, and what to do: one that was used cannot be moved any more."""
    span = f"{clock(held.from_minute)}–{clock(held.to_minute)}"
    if held.came:
        return f"已按 {span} 的预约来过（{held.class_name}），再来请约 {clock(held.to_minute)} 以后的时间。"
    return f"已约 {span}（{held.class_name}）。要改时间请打开那一条预约；要加约，请约这段时间以外的。"


def leave_words(on: dt.date, away: ToldAway) -> str:
    """``12月5日（周五）的事假（妈妈说）``."""
    return f"{day_words(on)}的{noted_words(away.kind, away.told_by)}"


def _ending_words(days: Sequence[dt.date], away: Mapping[dt.date, ToldAway]) -> str:
    """Which days of leave end with the booking; empty for none."""
    told = "、".join(leave_words(on, away[on]) for on in days[:_TOLD])
    more = f" 等 {len(days)} 天" if len(days) > _TOLD else ""
    return f"约了就撤销{told}{more}。" if told else ""


def _stays_away(slots: Slots, child: ChildId, away: Mapping[dt.date, ToldAway]) -> DayAnswer | None:
    """Who stays away from her contract comes by no booking either; of anybody else it says that she comes."""
    on = slots.day
    if on not in away or _contract(slots, child) is None:
        return None
    words = f"登记了{leave_words(on, away[on])}，那天不来园。要来的，请当天在前台撤销请假，再约。"
    return DayAnswer(on, Verdict.NO, words, firm=True)


def _room(slots: Slots, wish: Wish, choice: Choice | None, born_on: dt.date, *, first: bool) -> DayAnswer:
    """Seats, carers and age on a day. The age of the first day is a problem of the class (``_answer``)."""
    on = slots.day
    if choice is None:
        return DayAnswer(on, Verdict.NO, f"{day_words(on)} 这个班级没有开班，请换一个班级。", firm=True)
    if not slots.outlook.open:
        return DayAnswer(on, Verdict.NO, choice.answer.words, firm=True)
    if not choice.in_age and not first:
        return DayAnswer(on, Verdict.NO, _age_words(choice, months_between(born_on, on)))
    return DayAnswer(on, choice.answer.verdict, choice.answer.words)


def _age_words(choice: Choice, months: int) -> str:
    return f"{months} 个月不在{choice.group.name}（{choice.group.kind.label}）的年龄段。"


def _answer(
    wish: Wish, reading: Reading, shown: tuple[DayAnswer, Slots, Choice | None], days: tuple[DayAnswer, ...]
) -> Answer:
    told, slots, choice = shown
    born_on = reading.born_on or slots.day
    child = Presence(wish.from_minute, wish.to_minute, months_between(born_on, slots.day))
    choices = slots.choices_for(child, wish.tariff)
    flags = "".join(f" · {chip.words}" for chip in age_flags(child.months))
    words = told.words
    if len(days) > 1 and told.verdict is Verdict.NO:
        count = sum(one.verdict is Verdict.NO for one in days)
        words = f"{len(days)} 天里有 {count} 天放不下。{day_words(told.day)}：{words}"
    elif len(days) > 1:
        words = f"共 {len(days)} 天都放得下。{day_words(told.day)}：{words}"
    return Answer(
        day=told.day,
        verdict=told.verdict,
        title=_TITLES[told.verdict],
        words=words,
        hours=() if choice is None or told.firm else choice.answer.hours,
        mends=() if choice is None or told.firm else _mends(slots, choice, choices, child),
        classes=_class_choices(choices, choice),
        days=days,
        problems=reading.problems,
        age_words=f"{age_words(born_on, slots.day)}{flags}",
    )


def _age_problems(
    wish: Wish, born_on: dt.date, first: tuple[DayAnswer, Slots, Choice | None]
) -> tuple[Problem, ...]:
    """A class that is not of her age from the first day on; who grows out of it later is refused by day."""
    _, slots, choice = first
    if choice is None or choice.in_age or wish.override_reason.strip():
        return ()
    words = f"{_age_words(choice, months_between(born_on, slots.day))}请换班级，或由园长写明理由。"
    return (Problem("class_id", words),)


def _mends(slots: Slots, choice: Choice, choices: tuple[Choice, ...], child: Presence) -> tuple[Mend, ...]:
    others = [
        slots.outlook.class_day(one.group)
        for one in choices
        if one.in_age and one.group.id != choice.group.id
    ]
    return find_mends(
        slots.outlook.class_day(choice.group),
        child,
        others,
        opens=slots.earliest,
        closes=slots.outlook.kept.closing,
        rules=slots.rules,
    )


def _class_choices(choices: tuple[Choice, ...], chosen: Choice | None) -> tuple[ClassChoice, ...]:
    """Classes of the right age in the centre's order, and the chosen one whatever its age."""
    taken = None if chosen is None else chosen.group.id
    shown = [one for one in choices if one.in_age or one.group.id == taken]
    return tuple(
        ClassChoice(
            one.group.id,
            one.group.name,
            one.group.colour,
            f"余 {one.free}" if one.free > 0 else "已满",
            one.fits,
            one.group.id == taken,
        )
        for one in sorted(shown, key=lambda one: one.group.id)
    )


def open_days_around(database: Database, first: dt.date, last: dt.date) -> str:
    """The banner for days whose year's holidays nobody has entered; empty where all are known."""
    span = [first + dt.timedelta(days=past) for past in range((last - first).days + 1)]
    return unknown_words(span, centre.calendar_marks(database, first, last))


def refusal(first: DayAnswer, answer: Answer) -> BookingError:
    """What is said where a day of a wish cannot be booked: she comes as it is, or there is no room."""
    if first.firm:
        return BookedAlreadyError(first.words, field="day")
    mends = "；".join(mend.words for mend in answer.mends if answer.day == first.day)
    words = first.words + (f"可以：{mends}。" if mends else "")
    return NoRoomError(f"{words}确要收下须由园长写明理由。", field="override_reason")
