"""Rows of the desk from what the file holds: one state, one chip, one line of words for each child."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ages import age_words
from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.looks import NO_CLASS, Chip, Tone
from app.domain.modes import CareMode, HalfDay, Tariff
from app.domain.record import record
from app.services.desk import ChildRow, RowState
from app.store.centre import ClassGroup
from app.store.day import Away, Expected, Stay, Who
from app.store.stamps import at_minute, day_of, minute_of

_HALVES = {HalfDay.MORNING: "（上午）", HalfDay.AFTERNOON: "（下午）"}
_ABSENT = {
    "sick": Chip("病假", Tone.INFO),
    "personal": Chip("事假", Tone.INFO),
    "other": Chip("缺勤", Tone.INFO),
}
_HOUR = 60


@record
class Context:
    """What every row of one moment shares.

    ``due_minutes`` is how near a departure is 待接, ``ring_minutes`` from when on the family is to be rung.
    """

    now: dt.datetime
    due_minutes: int
    classes: dict[ClassId, ClassGroup]
    allergies: dict[ChildId, tuple[str, ...]]
    ring_minutes: int = 15
    feverish: frozenset[VisitId] = frozenset()

    @property
    def day(self) -> dt.date:
        """The centre's day."""
        return day_of(self.now)


def leaves_at(stay: Stay, expected: Expected | None) -> dt.datetime | None:
    """When the child is to be collected: as promised, else by contract on the day of the stay."""
    if stay.promised_at is not None:
        return stay.promised_at
    return None if expected is None else at_minute(stay.day, expected.to_minute)


def stay_row(stay: Stay, expected: Expected | None, context: Context) -> ChildRow:
    """A child who is or was inside today."""
    promised = leaves_at(stay, expected)
    over, to_ring = 0, False
    state = RowState.LEFT
    if stay.left_at is None:
        left = None if promised is None else int((promised - context.now).total_seconds() // 60)
        state = RowState.DUE if left is not None and left <= context.due_minutes else RowState.PRESENT
        over = 0 if left is None or promised is None else max(0, _minutes(promised, context.now))
        to_ring = left is not None and left <= context.ring_minutes
    half = None if expected is None or stay.tariff is not Tariff.CONTRACT else expected.half
    return _row(
        stay.who,
        context,
        state=state,
        class_id=stay.class_id,
        mode=stay.mode,
        words=mode_words(stay.mode, stay.tariff, half),
        chip=_stay_chip(stay, state, promised, over, context),
        stay=stay,
        expected_minute=None if expected is None else expected.from_minute,
        promised=promised,
        over=over,
        to_ring=to_ring,
    )


def by_need(rows: Iterable[ChildRow], context: Context) -> tuple[ChildRow, ...]:
    """Who is inside, those in need first: a fever, a day nobody ended, then by the hour they go home.

    Asks nothing of the file: what is known of the rows is all that counts. Those alike stay as they came.
    """

    def rank(row: ChildRow) -> tuple[bool, bool, bool, dt.datetime]:
        old = row.arrived_at is not None and day_of(row.arrived_at) < context.day
        return (
            row.visit not in context.feverish,
            not old,
            row.promised_at is None,
            row.promised_at or context.now,
        )

    return tuple(sorted(rows, key=rank))


def expected_row(
    expected: Expected, context: Context, missed: Expected | None = None, came: Stay | None = None
) -> ChildRow:
    """A child who is to come today and has not, or who comes again.

    ``missed`` are earlier hours of today by which she should have come and did not, ``came`` her last stay.
    """
    over = max(0, minute_of(context.now) - expected.from_minute)
    if over:
        chip = Chip(f"未到 {_length(over)}", Tone.WARN)
    elif missed is not None:
        chip = Chip(f"{at_minute(context.day, missed.from_minute):%H:%M} 没来", Tone.WARN)
    else:
        chip = Chip(f"{at_minute(context.day, expected.from_minute):%H:%M}")
    return _row(
        expected.who,
        context,
        state=RowState.EXPECTED,
        class_id=expected.class_id,
        mode=expected.mode,
        words=mode_words(expected.mode, expected.tariff, expected.half),
        chip=chip,
        expected_minute=expected.from_minute,
        promised=at_minute(context.day, expected.to_minute),
        over=over,
        missed_to=0 if missed is None else missed.to_minute,
        awaits=_awaits(expected, missed, came, context.day),
    )


def _awaits(expected: Expected, missed: Expected | None, came: Stay | None, day: dt.date) -> str:
    """What of today is still to come, after what came or did not; empty where nothing was before."""
    if missed is not None:
        before = f"{_hours(missed, day)} 没来"
    elif came is not None and came.left_at is not None:
        before = f"{came.arrived_at:%H:%M}–{came.left_at:%H:%M} 来过"
    else:
        return ""
    if expected.tariff is None:
        return f"{before}，按合同 {_hours(expected, day)} 还要来，不来请登记缺勤"
    return f"{before}，约的 {_hours(expected, day)} 还在，不来请取消预约"


def _hours(plan: Expected, day: dt.date) -> str:
    return f"{at_minute(day, plan.from_minute):%H:%M}–{at_minute(day, plan.to_minute):%H:%M}"


def away_row(away: Away, place: tuple[ClassId, CareMode], half: HalfDay | None, context: Context) -> ChildRow:
    """A child with a noted absence."""
    class_id, mode = place
    return _row(
        away.who,
        context,
        state=RowState.ABSENT,
        class_id=class_id,
        mode=mode,
        words=mode_words(mode, None, half),
        chip=_ABSENT[away.kind],
    )


def stranger_row(who: Who, place: tuple[ClassId, CareMode], context: Context) -> ChildRow:
    """A child on file whom nobody expects today; she may be taken in all the same."""
    class_id, mode = place
    return _row(
        who,
        context,
        state=RowState.EXPECTED,
        class_id=class_id,
        mode=mode,
        words=mode_words(mode, None, None),
        chip=Chip("今天没有预约"),
    )


def mode_words(mode: CareMode, tariff: Tariff | None, half: HalfDay | None) -> str:
    """全日托, 半日托（上午）, 半日临时托, 计时托."""
    if tariff is not None and tariff is not Tariff.CONTRACT:
        return tariff.label
    return mode.label + ("" if half is None else _HALVES[half])


def _row(
    who: Who,
    context: Context,
    *,
    state: RowState,
    class_id: ClassId,
    mode: CareMode,
    words: str,
    chip: Chip,
    stay: Stay | None = None,
    expected_minute: int | None = None,
    promised: dt.datetime | None = None,
    over: int = 0,
    to_ring: bool = False,
    missed_to: int = 0,
    awaits: str = "",
) -> ChildRow:
    group = context.classes.get(class_id)
    return ChildRow(
        child=who.id,
        visit=None if stay is None else stay.visit,
        state=state,
        name=who.name,
        nickname=who.nickname,
        sex=who.sex,
        age_words=age_words(who.born_on, context.day),
        class_id=class_id,
        class_name="" if group is None else group.name,
        colour=NO_CLASS if group is None else group.colour,
        mode=mode,
        mode_words=words,
        allergies=context.allergies.get(who.id, ()),
        allergy_unknown=who.allergy == "unknown",
        expected_minute=expected_minute,
        arrived_at=None if stay is None else stay.arrived_at,
        promised_at=promised,
        left_at=None if stay is None else stay.left_at,
        collected_by="" if stay is None else stay.collector,
        overdue_minutes=over,
        chip=chip,
        called="" if stay is None or state is RowState.LEFT else stay.called,
        to_ring=to_ring,
        missed_to=missed_to,
        awaits=awaits,
    )


def _stay_chip(
    stay: Stay, state: RowState, promised: dt.datetime | None, over: int, context: Context
) -> Chip:
    """The one thing worth saying: late, feverish, due, asleep, allergic, unasked, else all is well."""
    if state is RowState.LEFT:
        return Chip("完成", Tone.OK)
    if stay.day != context.day:
        return Chip(f"{stay.day.month}月{stay.day.day}日未离园", Tone.BAD)
    if over:
        return Chip(f"超 {_length(over)}", Tone.BAD)
    if stay.visit in context.feverish:
        return Chip("发热", Tone.BAD)
    if state is RowState.DUE and promised is not None:
        return Chip(f"{promised:%H:%M}", Tone.WARN)
    if stay.asleep_since is not None:
        return Chip("午睡", Tone.INFO)
    substances = context.allergies.get(stay.who.id, ())
    if substances:
        more = f"等 {len(substances)} 项" if len(substances) > 1 else ""
        return Chip(f"{substances[0]}{more}过敏", Tone.BAD)
    return Chip("过敏未答", Tone.WARN) if stay.who.allergy == "unknown" else Chip("正常")


def _minutes(start: dt.datetime, end: dt.datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _length(minutes: int) -> str:
    """``22 分``, from an hour on ``5 小时``."""
    return f"{minutes} 分" if minutes < _HOUR else f"{minutes // _HOUR} 小时"
