"""Whether an entry can be true of a child: its times, its values, and what else stands of her day."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from app.domain.intervals import Span, overlaps
from app.domain.log_kinds import EATEN_UP
from app.domain.log_reach import AWAKE, LASTING, ONCE
from app.domain.logbook import (
    LONGEST_TEXT,
    AsleepError,
    AwakeError,
    EntryDraft,
    EntryError,
    EntryKind,
    MealGrade,
    MealSlot,
    MealTwiceError,
    Milk,
    Mood,
    NoteKind,
    OverlapError,
    Part,
    Position,
    PottyStep,
    Reaction,
    Site,
    SleepOverlapError,
    SleepSign,
    SleepWay,
    Stool,
    StoolColour,
    Toilet,
    TwiceError,
    Washing,
    check_tenths,
    clock_words,
    duration_words,
    stayed_in,
    title_of,
    words_of,
)
from app.domain.sleep_checks import look_left, sleeps_at

_LONGEST_SLEEP = dt.timedelta(hours=6)
_LONGEST_OUTDOORS = dt.timedelta(hours=5)
TOLERANCE = dt.timedelta(minutes=2)
_MOST_ML = 600
_MEASURED = frozenset({EntryKind.MILK, EntryKind.TEMPERATURE})
_SECONDS = MealGrade.SECONDS.label
# Between which hours a meal may have been had, in minutes after midnight, both counted in.
_HOURS = {
    MealSlot.BREAKFAST: (5 * 60, 11 * 60),
    MealSlot.MORNING_SNACK: (8 * 60, 13 * 60),
    MealSlot.LUNCH: (10 * 60, 16 * 60),
    MealSlot.AFTERNOON_SNACK: (13 * 60, 19 * 60),
    MealSlot.DINNER: (15 * 60, 24 * 60),
}
_DETAILS: dict[EntryKind, type[StrEnum]] = {
    EntryKind.MEAL: MealSlot,
    EntryKind.MILK: Milk,
    EntryKind.TOILET: Toilet,
    EntryKind.MOOD: Mood,
    EntryKind.ACTIVITY: Part,
    EntryKind.TEMPERATURE: Site,
    EntryKind.NOTE: NoteKind,
    EntryKind.SLEEP: SleepWay,
    EntryKind.WASHING: Washing,
    EntryKind.SLEEP_CHECK: Position,
}
_QUALITIES: dict[EntryKind, type[StrEnum]] = {
    EntryKind.TOILET: Stool,
    EntryKind.SLEEP: Position,
    EntryKind.FOOD: Reaction,
    EntryKind.SLEEP_CHECK: SleepSign,
}


def check_entry(
    draft: EntryDraft,
    now: dt.datetime,
    others: Iterable[EntryDraft] = (),
    *,
    arrived: dt.datetime | None = None,
    left: dt.datetime | None = None,
    values: bool = True,
) -> None:
    """Pass if the entry can be true of one child.

    Args:
        draft: what is to be logged.
        now: the present; two minutes ahead of it still pass (clocks differ).
        others: the child's standing entries of the day.
        arrived: when she came in, if the entry must not be earlier.
        left: when she went home, if she has.
        values: whether to ask, too, what is the same for every child; of a batch once is enough.

    Raises:
        SleepOverlapError: a sleep within another one, which the sentence names.
        OverlapError: twice outdoors at once; or a meal, an activity, washing or going out while she sleeps,
            whichever of the two was there first; so with water, a mood, what she does herself on the potty.
        TwiceError: the same was logged of the same minute, or a look at her in it, a reading at this site, a
            bottle of this milk.
        MealTwiceError: a meal she has had, unless one of the two is a second helping of what she ate up.
        AwakeError: a look at a sleeper who does not sleep then.
        EntryError: a time she was not here or that has not come, an impossible amount, or a word missing.
    """
    _check_times(draft, now, arrived, left)
    if values:
        _check_values(draft)
    if draft.kind is EntryKind.SLEEP:
        _check_length(draft, now)
    rest = [other for other in others if other is not draft]
    if draft.kind is EntryKind.SLEEP_CHECK and not any(sleeps_at(other, draft.at) for other in rest):
        msg = f"{clock_words(draft.at)} 没有在睡，不用记睡眠巡视；在睡的请先记入睡。"
        raise AwakeError(msg, field="at")
    _check_others(draft, rest)


def opposing(draft: EntryDraft, others: Iterable[EntryDraft]) -> EntryDraft | None:
    """The first of these that cannot stand beside the entry; None where all of them can."""
    for other in others:
        try:
            _check_others(draft, (other,))
        except EntryError:
            return other
    return None


def check_looks(before: EntryDraft, after: EntryDraft | None, others: Iterable[EntryDraft]) -> None:
    """Pass if every look that found her in a sleep still finds her asleep once the sleep is another, or none.

    Args:
        before: the sleep as it stands.
        after: as it is to be; None where it is taken back.
        others: the rest of her day.

    Raises:
        EntryError: one does not; the sentence names it.
    """
    look = look_left(before, after, others)
    if look is None:
        return
    what = f"{clock_words(look.at)} 的睡眠巡视（{words_of(look)}）"
    if after is None:
        msg = f"这一觉里还有 {what}。请先撤销或更正那次巡视，再撤销睡眠。"
    else:
        msg = f"{what}看到还在睡。请核对入睡和起床时间，或先更正那次巡视。"
    raise EntryError(msg, field="until")


def _check_times(
    draft: EntryDraft, now: dt.datetime, arrived: dt.datetime | None, left: dt.datetime | None
) -> None:
    latest = draft.until if draft.until is not None and draft.until > draft.at else draft.at
    if latest > now and latest > now + TOLERANCE:
        msg = f"{clock_words(latest)} 还没有到（现在 {clock_words(now)}），请核对时间。"
        raise EntryError(msg, field="at")
    if arrived is not None and draft.at < arrived and draft.at < arrived.replace(second=0, microsecond=0):
        msg = f"{clock_words(draft.at)} 孩子还没有入园（{clock_words(arrived)} 入园），请核对时间。"
        raise EntryError(msg, field="at")
    if left is not None and latest > left + TOLERANCE:
        msg = f"{clock_words(latest)} 孩子已经离园（{clock_words(left)} 离园），请核对时间。"
        raise EntryError(msg, field="at")
    if draft.until is not None and draft.until < draft.at:
        msg = f"结束时间 {clock_words(draft.until)} 早于开始时间 {clock_words(draft.at)}，请核对。"
        raise EntryError(msg, field="until")


def _check_values(draft: EntryDraft) -> None:
    if max(len(draft.text), len(draft.note)) > LONGEST_TEXT:
        msg = f"文字太长，最多 {LONGEST_TEXT} 个字，请写短一些。"
        raise EntryError(msg, field="text")
    if draft.amount_ml is not None and not 0 < draft.amount_ml <= _MOST_ML:
        msg = f"{draft.kind.label} {draft.amount_ml} ml 不合常理，一次请填 1 到 {_MOST_ML}。"
        raise EntryError(msg, field="amount_ml")
    if draft.tenths is not None:
        check_tenths(draft.tenths, "tenths")
    lacking, field = _lacking(draft)
    if lacking:
        msg = f"还没有填{lacking}，请补上再记录。"
        raise EntryError(msg, field=field)
    if draft.kind is EntryKind.OUTDOOR and (draft.until or draft.at) - draft.at > _LONGEST_OUTDOORS:
        msg = f"一次户外 {duration_words(draft.at, draft.until or draft.at)}？请核对时间。"
        raise EntryError(msg, field="until")
    _check_codes(draft)
    if draft.kind is EntryKind.MEAL and draft.detail is not None:
        _check_hour(MealSlot(draft.detail), draft.at)


def _check_codes(draft: EntryDraft) -> None:
    """A code the program does not know is our bug, not a slip of the teacher: ``ValueError``."""
    if draft.detail is not None and draft.kind in _DETAILS:
        _DETAILS[draft.kind](draft.detail)
    if draft.grade is not None:
        MealGrade(draft.grade)
    for step in draft.steps:
        PottyStep(step)
    if draft.quality is not None:
        _QUALITIES.get(draft.kind, Stool)(draft.quality)
    if draft.colour is not None:
        StoolColour(draft.colour)
    stool = draft.kind is EntryKind.TOILET and draft.detail in {Toilet.STOOL, Toilet.BOTH}
    if draft.kind is EntryKind.TOILET and not stool and (draft.quality or draft.colour):
        raise EntryError("没有大便就不填性状和颜色，请核对。", field="quality")
    if draft.detail == Toilet.DRY and PottyStep.WIPED in draft.steps:
        msg = f"{Toilet.DRY.label}，没有什么要擦的。请去掉“{PottyStep.WIPED.label}”，或改选小便、大便。"
        raise EntryError(msg, field="steps")


def _check_hour(slot: MealSlot, at: dt.datetime) -> None:
    """A meal many hours off is another one, or was written down late with the time of now."""
    first, last = _HOURS[slot]
    if not first <= at.hour * 60 + at.minute <= last:
        hours = "–".join(f"{minute // 60}:{minute % 60:02d}" for minute in (first, last))
        msg = f"{clock_words(at)} 记{slot.label}？{slot.label}在 {hours} 之间。请核对餐次，或改成吃的时间。"
        raise EntryError(msg, field="slot")


def _lacking(draft: EntryDraft) -> tuple[str, str]:
    """What this kind cannot do without, in words and by field; empty when complete."""
    match draft.kind:
        case EntryKind.MEAL if draft.detail is None:
            return "餐次", "detail"
        case EntryKind.MEAL if draft.grade is None:
            return "吃了多少", "grade"
        case EntryKind.TOILET | EntryKind.MOOD if draft.detail is None:
            return draft.kind.label, "detail"
        case EntryKind.TEMPERATURE if draft.tenths is None:
            return "体温", "tenths"
        case EntryKind.TEMPERATURE if draft.detail is None:
            return "量的部位", "detail"
        case EntryKind.MILK if draft.detail is None:
            return "奶的种类", "detail"
        case EntryKind.MILK if draft.amount_ml is None and draft.detail != Milk.BREAST:
            return "喝了多少毫升", "amount_ml"
        case EntryKind.ACTIVITY if not draft.text.strip():
            return "活动名称", "text"
        case EntryKind.NOTE if not draft.text.strip():
            return "备注内容", "text"
        case _:
            return _lacking_further(draft)


def _lacking_further(draft: EntryDraft) -> tuple[str, str]:
    match draft.kind:
        case EntryKind.FOOD if not draft.text.strip():
            return "吃了什么", "text"
        case EntryKind.FOOD if draft.quality is None and draft.grade != MealGrade.REFUSED:
            return "吃后反应", "quality"
        case EntryKind.FOOD if draft.quality == Reaction.OTHER and not draft.note.strip():
            return "是什么反应", "note"
        case EntryKind.SLEEP_CHECK if draft.detail is None:
            return "睡姿", "detail"
        case EntryKind.SLEEP_CHECK if draft.quality == SleepSign.CONCERN and not draft.note.strip():
            return "看到了什么、怎么处理", "note"
        case EntryKind.WASHING if draft.detail is None:
            return "洗手时机", "detail"
        case EntryKind.OUTDOOR if (draft.until or draft.at) == draft.at and not draft.text.strip():
            return "户外分钟数，或没有出去的原因", "text"
        case EntryKind.PHOTO if draft.photo is None:
            return "照片", "photo"
    return "", ""


def _check_length(draft: EntryDraft, now: dt.datetime) -> None:
    end = draft.until or max(now, draft.at)
    if end - draft.at > _LONGEST_SLEEP:
        msg = f"一觉睡了 {duration_words(draft.at, end)}？请核对入睡和起床时间。"
        raise EntryError(msg, field="until")


def _check_others(draft: EntryDraft, others: Iterable[EntryDraft]) -> None:
    for other in others:
        same = draft.kind is other.kind
        if same and draft.kind is EntryKind.SLEEP:
            if overlaps(_span(draft), _span(other)):
                msg = f"和已有的睡眠 {words_of(other)} 重叠了，请核对时间，或先撤销那一条。"
                raise SleepOverlapError(msg, field="at")
        elif draft.kind in LASTING and other.kind in LASTING:
            if not (stayed_in(draft) or stayed_in(other)) and overlaps(_span(draft), _span(other)):
                msg = f"和已有的{title_of(other)} {words_of(other)} 重叠了，请核对时间，或先撤销那一条。"
                raise OverlapError(msg, field="at")
        elif same and draft.kind is EntryKind.SLEEP_CHECK:
            if draft.at == other.at:
                msg = f"{clock_words(other.at)} 已经记过睡眠巡视（{words_of(other)}）。要改请更正那一条。"
                raise TwiceError(msg, field="at")
        elif same and draft.kind in _MEASURED and draft.at == other.at and draft.detail == other.detail:
            # A reading at the same site, or a bottle of the same milk.
            what = f"{clock_words(other.at)} {title_of(other)} {words_of(other)}".strip()
            msg = f"{what}已经记过。要改请更正那一条；真有两次的，请改成各自的时间。"
            raise TwiceError(msg, field="at")
        elif draft.kind in ONCE and draft == other:
            what = f"{clock_words(other.at)} {title_of(other)} {words_of(other)}".strip()
            msg = f"{what}已经记过，不用再记一次。真有两次的，请改成各自的时间。"
            raise TwiceError(msg, field="at")
        elif _awake(draft) and other.kind is EntryKind.SLEEP and _span(other).holds(draft.at):
            msg = f"{clock_words(draft.at)} 还在睡（{words_of(other)}），请先记起床，或核对时间。"
            raise AsleepError(msg, field="at")
        elif draft.kind is EntryKind.SLEEP and _awake(other) and _span(draft).holds(other.at):
            what = f"{clock_words(other.at)} {title_of(other)} {words_of(other)}".strip()
            msg = f"这段时间里已经记了{what}，不会在睡。请核对时间，或先撤销那一条。"
            raise OverlapError(msg, field="at")
        elif (
            same
            and draft.kind is EntryKind.MEAL
            and draft.detail == other.detail
            and not _seconds(draft, other)
        ):
            what = f"{clock_words(other.at)} {words_of(other)}".strip()
            msg = f"{title_of(other)}已经记过（{what}）。要改请更正那一条；又添了一份的选“{_SECONDS}”。"
            raise MealTwiceError(msg, field="slot")
        elif (
            same
            and draft.kind is EntryKind.MEAL
            and draft.detail == other.detail
            and not _eaten_up(draft, other)
        ):
            what = f"{clock_words(other.at)} {words_of(other)}".strip()
            msg = f"{title_of(other)}已经记过（{what}）。吃完的才有“{_SECONDS}”，没有吃完的请更正那一条。"
            raise MealTwiceError(msg, field="slot")


def _awake(draft: EntryDraft) -> bool:
    """Whether nobody does it asleep; a diaper may be changed, but herself on the potty she is awake."""
    return draft.kind in AWAKE or (draft.kind is EntryKind.TOILET and bool(draft.steps))


def _span(draft: EntryDraft) -> Span:
    """A sleep without an end goes on; anything else without one is a moment."""
    end = draft.until if draft.kind is EntryKind.SLEEP else draft.until or draft.at
    return Span(draft.at, end)


def _seconds(draft: EntryDraft, other: EntryDraft) -> bool:
    return MealGrade.SECONDS in {draft.grade, other.grade}


def _eaten_up(draft: EntryDraft, other: EntryDraft) -> bool:
    """Whether more was asked for after all was eaten: nobody adds to what she refused."""
    return {draft.grade, other.grade} <= EATEN_UP
