"""Bookings that end with another act, and come back with it: enrolled, left, away, a day closed.

What an act has ended is known by its unit of work: each booking has an audit line in it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from app.domain.absences import noted_words
from app.domain.bookings import (
    BY_CENTRE,
    BookedAlreadyError,
    BookingError,
    BookingOverError,
    NoRoomError,
    Outcome,
    day_words,
)
from app.domain.calendar import booked_on
from app.domain.capacity import clock
from app.domain.ids import AbsenceId, ChildId, StaffId
from app.domain.life import CLOSING, OPENING, Owner, Step, StepKind
from app.domain.life import Ending as LifeEnding
from app.domain.modes import Tariff
from app.domain.record import record
from app.domain.visits import goes_into
from app.services.booking_wish import leave_words, room_words
from app.services.carer_hours import squeezed
from app.services.illness_gate import refusal, unreport
from app.store import absences, bookings, children, day, life, visits
from app.store.absences import NotedAway, ToldAway
from app.store.bookings import Booking, Ending
from app.store.database import Database, Unit
from app.store.day import Expected
from app.store.stamps import at_minute, day_of, minute_of

_ABSENCES = ("note_spell", "note_absence", "trace_absence")
_TOLD = 3  # of the bookings and days so many are named
_DAY = dt.timedelta(days=1)
_MARKS = ("mark_days", "unmark_day", "keep_notice")
_CLOSED = "园方闭园"
_FAMILY = "家长"  # who rang, where nobody wrote it down

Span = tuple[dt.date, dt.date]


@record
class Told:
    """How the centre learned of an absence: who said so, why, and when (None: now)."""

    by: str
    why: str
    at: dt.datetime | None = None


def end_each(unit: Unit, found: Iterable[Booking], ending: Ending, staff: StaffId) -> None:
    """End bookings within the unit of another act; ``list_ended_in`` finds them again by their lines."""
    for one in found:
        bookings.end_booking(unit, one.id, ending, staff)
        unit.audit("booking", one.id, f"{one.child_name} {when(one)} {ending.by}：{ending.reason}")


def end_by_step(unit: Unit, child: ChildId | None, step: Step, staff: StaffId) -> str:
    """End what a step of a child's life leaves without use; what somebody has to know, empty for nothing.

    A new contract covers the bookings of its own hours: she comes by it, and pays by it. Who has left comes
    by none. In 停托 a family may go on coming by the hour: it is only told.
    """
    found = () if child is None else _ended_by(unit, child, step)
    if not found:
        return ""
    name = found[0].child_name
    if step.kind is StepKind.SUSPEND:
        return f"{name}还约了 {named(found)}，没有取消；停托期间不来的，请到预约里取消。"
    reason = "已离园" if step.kind is StepKind.LEAVE else f"已办{step.kind.label}，按合同来园"
    end_each(unit, found, Ending(Outcome.CANCELLED, BY_CENTRE, reason, unit.at), staff)
    why = "离园以后不再来" if step.kind is StepKind.LEAVE else "那些时间按合同来园"
    return f"{name}约的 {named(found)}已随“{step.kind.label}”取消：{why}。"


def end_by_undo(unit: Unit, child: ChildId | None, step: Step, staff: StaffId) -> str:
    """End what was booked since within the hours of the contract that holds again without a step.

    As by the step that begins one: she comes by her contract, and pays by it. As ``end_by_step``.
    """
    if child is None or step.kind not in CLOSING | {StepKind.LEAVE}:
        return ""
    first = step.on_day + _DAY if step.kind is StepKind.LEAVE else step.on_day
    found = _to_come(unit, _covered(unit, child, first, max(day_of(unit.at), first)))
    if not found:
        return ""
    reason = f"已撤销{step.kind.label}，按合同来园"
    end_each(unit, found, Ending(Outcome.CANCELLED, BY_CENTRE, reason, unit.at), staff)
    return f"{found[0].child_name}约的 {named(found)}已随撤销“{step.kind.label}”取消：那些时间按合同来园。"


def end_on_closed(unit: Unit, closed: Mapping[dt.date, str], staff: StaffId) -> str:
    """End what is booked on days that are closed, by day and name (台风); what families have to be told.

    Those by which children have come stay: of today, or of days that were marked afterwards.
    """
    days = {on: name for on, name in closed.items() if not day.is_open(unit, on)}
    every = bookings.list_held(unit, None, min(days), max(days)) if days else ()
    found = [one for one in every if one.day in days]
    for one in found:
        why = f"{_CLOSED}：{days[one.day]}" if days[one.day] else _CLOSED
        end_each(unit, [one], Ending(Outcome.CANCELLED, BY_CENTRE, why, unit.at), staff)
    if not found:
        return ""
    told = "、".join(f"{one.child_name} {when(one)}" for one in found[:_TOLD])
    more = " 等" if len(found) > _TOLD else ""
    return f"这些日子约了的 {len(found)} 个预约已取消（{_CLOSED}）：{told}{more}。请告诉家长。"


def give_back_closed(database: Database, unit: Unit, marked_at: dt.datetime) -> str:
    """The bookings hold again that a change of the calendar ended, after it was taken back."""
    ended = [one for verb in _MARKS for one in bookings.list_ended_in(unit, verb, marked_at)]
    return give_back(database, unit, ended)


def give_back_step(database: Database, unit: Unit, owner: Owner, step: Step) -> str:
    """The bookings that a step ended hold again, after it was taken back; as ``give_back``."""
    child = owner.child
    if child is None or step.made_at is None:
        return ""
    verbs, at = (f"life_{step.kind.value}", "move_classes"), step.made_at
    ended = [one for verb in verbs for one in bookings.list_ended_in(unit, verb, at, child)]
    return give_back(database, unit, ended)


def end_by_absence(unit: Unit, child: ChildId, days: Span, told: Told, staff: StaffId) -> None:
    """A child who stays away comes by no booking either: nobody is to put it down as 未到."""
    ending = Ending(Outcome.CANCELLED, told.by or _FAMILY, told.why, told.at or unit.at)
    end_each(unit, bookings.list_held(unit, child, *days), ending, staff)


def take_back_today(database: Database, unit: Unit, child: ChildId, absence: AbsenceId) -> str:
    """She is back: her absence of today goes, with the later days of its spell; as ``give_back_absence``."""
    today = day_of(unit.at)
    unreport(unit, "absence", absence)
    spell = absences.find_spell_on(unit, child, today)
    away = absences.find_day(unit, absence) if spell is None else absences.find_spell(unit, spell)
    if spell is not None:
        absences.reverse_spell(unit, spell, today)
    else:
        visits.reverse_absence(unit, absence)
    return "" if away is None else give_back_absence(database, unit, away, today)


def list_ended_with(database: Database | Unit, child: ChildId, noted_at: dt.datetime) -> list[Booking]:
    """The bookings of a child that an absence has ended, by the moment when that was noted."""
    return [one for verb in _ABSENCES for one in bookings.list_ended_in(database, verb, noted_at, child)]


def give_back_absence(database: Database, unit: Unit, away: NotedAway, since: dt.date = dt.date.min) -> str:
    """The bookings from a day on hold again that an absence had ended, which was taken back in this unit.

    Returns what somebody has to know; empty for nothing. Her place by contract is hers whoever was booked
    into it meanwhile: then the hours are named that break now. An illness that was told with it, or is on
    file besides, keeps her at home still: that is said, and where it is lifted.
    """
    today = day_of(unit.at)
    ill = refusal(unit, away.child, away.child_name, today) if max(away.days, default=today) >= today else ""
    ill = ill and f"还不能入园：{ill}"
    ended = [one for one in list_ended_with(unit, away.child, away.noted_at) if one.day >= since]
    return give_back(database, unit, ended) + squeezed(database, unit.at, [away.child], away.days) + ill


def end_leave(unit: Unit, child: ChildId, away: Mapping[dt.date, ToldAway], days: Sequence[dt.date]) -> str:
    """Take the noted absences of booked days back: she comes after all. What somebody has to know."""
    told = [leave_words(on, away[on]) for on in days if on in away and absences.reverse_day(unit, child, on)]
    if not told:
        return ""
    unit.audit("absence", None, words := f"{'、'.join(told)}已随预约撤销")
    more = f" 等 {len(told)} 天" if len(told) > _TOLD else ""
    return f"{'、'.join(told[:_TOLD])}{more}已随预约撤销。" if more else f"{words}。"


def unmake(unit: Unit, found: Iterable[Booking], staff: StaffId) -> None:
    """Nobody ever meant these bookings: an absence that they took back stands again."""
    for one in found:
        bookings.end_booking(unit, one.id, Ending(None), staff)
        if absences.restore_day(unit, one.id):
            unit.audit("absence", None, f"{one.child_name} {day_words(one.day)} 的请假恢复")


def give_back(database: Database, unit: Unit, found: Sequence[Booking]) -> str:
    """Let bookings hold again where there is still room for them; empty, or which do not and why."""
    lost = []
    for one in found:
        if why := _lost_to(database, unit, one):
            lost.append(f"{one.child_name} {when(one)} 的预约没有恢复：{why.sentence}")
        elif bookings.reverse_end(unit, one.id):
            unit.audit("booking", one.id, f"{one.child_name} {when(one)} 恢复")
    more = [f"还有 {len(lost) - _TOLD} 个预约没有恢复。"] if len(lost) > _TOLD else []
    return "".join([*lost[:_TOLD], *more])


def restore(database: Database, unit: Unit, found: Iterable[Booking]) -> None:
    """Let all of some bookings hold again, or none.

    Raises:
        BookingError: one of them cannot (``_lost_to``); the sentence names it.
    """
    for one in found:
        if (why := _lost_to(database, unit, one)) is not None:
            msg = f"{one.child_name} {when(one)} 的预约不能恢复：{why.sentence}"
            raise type(why)(msg)
        bookings.reverse_end(unit, one.id)


def follower_of(database: Database, kept: Booking) -> Booking | None:
    """What a booking was moved to, if that still waits: it goes when the move is taken back.

    Raises:
        BookingOverError: she has come by it, or it has ended.
    """
    follower = bookings.find_moved_to(database, kept.id)
    if kept.outcome is not Outcome.MOVED or follower is None:
        return None
    if follower.ended_at is None and follower.came:
        msg = f"{kept.child_name} 已按改期后的时间来过，不能撤销改期。"
        raise BookingOverError(msg)
    if follower.outcome is not None:
        words = f"{kept.child_name} 改期后的 {when(follower)} {follower.outcome.label}，不能撤销改期。"
        msg = f"{words}请先撤销后一步，或重新预约。"
        raise BookingOverError(msg)
    return follower if follower.ended_at is None else None


def awaited_words(database: Database, child: ChildId, day: dt.date) -> str:
    """What of a day a child has booked and not used, and the act that ends it; empty for nothing."""
    found = bookings.list_held(database, child, day, day)
    return f"{named(found)}还在，不来的，请到预约里取消。" if found else ""


def misses_contract(database: Database, child: ChildId, on: dt.date) -> bool:
    """Whether a half-day child was only a guest on a day, by the half that she had booked, and has left.

    Then she may be noted as away from her own: she neither came by that nor stayed on into it.
    """
    own = [one for one in day.list_expected(database, on) if one.who.id == child]
    contract = next((one for one in own if one.tariff is None), None)
    if contract is None or len(own) == 1:
        return False
    begins, over = at_minute(on, contract.from_minute), at_minute(on, contract.to_minute)
    return all(
        one.tariff is not Tariff.CONTRACT
        and one.left_at is not None
        and not goes_into(one.arrived_at, one.left_at, begins, over)
        for one in visits.list_on(database, child, on)
    )


def named(found: Sequence[Booking]) -> str:
    """``12月12日（周五） 9:00–11:00 等 8 个预约``."""
    first = when(found[0])
    return f"{first} 等 {len(found)} 个预约" if len(found) > 1 else f"{first} 的预约"


def when(one: Booking) -> str:
    """``12月12日（周五） 9:00–11:00``."""
    return f"{day_words(one.day)} {clock(one.from_minute)}–{clock(one.to_minute)}"


def _ended_by(unit: Unit, child: ChildId, step: Step) -> tuple[Booking, ...]:
    """The bookings to come that a step leaves without use; those that are over are 未到, or were used."""
    today = day_of(unit.at)
    if step.kind is StepKind.LEAVE and step.ending is not LifeEnding.GIVEN_UP:
        found = bookings.list_held(unit, child, max(today, step.on_day + _DAY))
    elif step.kind is StepKind.SUSPEND:
        found = bookings.list_held(unit, child, max(today, step.on_day))
    elif step.kind in OPENING:
        found = _covered(unit, child, step.on_day, max(today, step.on_day))
    else:
        return ()
    return _to_come(unit, found)


def _to_come(unit: Unit, found: Iterable[Booking]) -> tuple[Booking, ...]:
    """Those of some bookings whose hours are not over."""
    today, minute = day_of(unit.at), minute_of(unit.at)
    return tuple(one for one in found if one.day > today or one.to_minute > minute)


def _covered(unit: Unit, child: ChildId, first: dt.date, since: dt.date) -> tuple[Booking, ...]:
    """The bookings within the hours of the contract that begins on a day."""
    contract, plan = life.find_contract(unit, child, first), day.find_enrolment(unit, child, first)
    if contract is None or plan is None:
        return ()
    return tuple(
        one
        for one in bookings.list_held(unit, child, since, contract.what.ends_on)
        if booked_on(contract.what.weekdays, one.day)
        and not day.is_other_half(plan, one.from_minute, one.to_minute)
    )


def _lost_to(database: Database, unit: Unit, one: Booking) -> BookingError | None:
    """Why a booking that had ended cannot hold again, or None where it can.

    What was agreed since goes before it: a contract of those hours, an absence, a booking, a day closed.
    """
    held = bookings.find_meeting(unit, one.child, one.day, (one.from_minute, one.to_minute))
    away = absences.list_told(unit, one.child, one.day, one.day).get(one.day)
    if children.find_child(database, one.child) is None:
        return BookingOverError("档案已经合并或撤销。")
    if bookings.was_unmade(unit, one.id):
        return BookingOverError("每周的预约已经整个撤销。")
    if held is not None:
        return BookedAlreadyError(f"那天又约了 {clock(held.from_minute)}–{clock(held.to_minute)}。")
    if (plan := _contract_beside(unit, one)) is not None:
        span = f"{clock(plan.from_minute)}–{clock(plan.to_minute)}"
        return BookedAlreadyError(f"那天按合同 {span} 来园。")
    if not day.is_open(unit, one.day):
        return NoRoomError("那天不开园。")
    if away is not None:
        return BookedAlreadyError(f"那天登记了{noted_words(away.kind, away.told_by)}。")
    if words := room_words(database, unit.at, one):
        return NoRoomError(f"位子已给了别人。{words}")
    return None


def _contract_beside(unit: Unit, one: Booking) -> Expected | None:
    """The contract by which she comes on the day of a booking, but for one of her other half."""
    contract, plan = (
        life.find_contract(unit, one.child, one.day),
        day.find_enrolment(unit, one.child, one.day),
    )
    if contract is None or plan is None or not booked_on(contract.what.weekdays, one.day):
        return None
    return None if day.is_other_half(plan, one.from_minute, one.to_minute) else plan
