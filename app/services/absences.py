"""缺勤: who stays away, why and until when; and the round of asking after those of whom nobody knows."""

import datetime as dt

from app.domain.absences import (
    INFECTIOUS,
    KINDS,
    LONGEST_SPELL,
    RESULTS,
    WAYS,
    AbsenceError,
    away_words,
    check_kind,
    spell_days,
)
from app.domain.bookings import Outcome
from app.domain.calendar import month_days
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import AdultId, ChildId, FollowUpId, SpellId, StaffId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import read_clock
from app.reports.absence_register import AbsenceRegister
from app.services import illness_gate
from app.services.arrivals import UnknownPersonError, check_not_here
from app.services.board import BoardMaker
from app.services.booking_ends import (
    Told,
    end_by_absence,
    end_each,
    give_back_absence,
    misses_contract,
)
from app.services.ringing import Callee, Ringing
from app.services.scope import Scope
from app.services.told_adults import check_teller
from app.services.tracing import find_untraced
from app.store import absences, bookings, day, illness, people, settings, visits
from app.store.absences import FollowUp, KeptFollowUp, NewSpell, NotedAway
from app.store.bookings import Ending
from app.store.database import Clock, Database
from app.store.day import Standing
from app.store.stamps import day_of, minute_of

_CHANGES = frozenset({Topic.VISITS})
_AWAY = {"sick", "personal", "other"}


@record
class AbsenceNote:
    """An absence as told: from a day to a day. ``told_at`` is a time of today as typed; empty for now."""

    child: ChildId
    kind: str  # sick, personal, other
    from_day: dt.date
    to_day: dt.date
    disease: str = ""
    reason: str = ""
    told_by: str = ""
    told_how: str = "phone"
    told_at: str = ""


@record
class Trace:
    """What was found out by asking (T3b). ``again_by`` is who is to ask again on ``again_on``."""

    child: ChildId
    adult: AdultId | None
    result: str  # sick, personal, other, coming, unreached
    way: str = "phone"
    illness: str = ""
    hospital: str = ""
    diagnosis: str = ""
    infectious: str = "unknown"
    handling: str = ""
    returns_on: dt.date | None = None
    again_on: dt.date | None = None
    again_by: StaffId | None = None


@record
class TraceRow:
    """One child of the round: why she is asked after, and whom to ring."""

    child: ChildId
    name: str
    age_words: str
    class_name: str
    colour: str
    words: str  # 未到 52 分，没有请假
    booked: bool
    callees: tuple[Callee, ...]
    last_words: str  # 12月2日 妈妈：发热，预计 12月5日 回（顾红）
    known: FollowUp | None = None  # what was found out of this absence, to be said again or corrected


@record
class TraceRound:
    """The round: whom to ask after, what was found out today, and who could ask again."""

    day: dt.date
    rows: tuple[TraceRow, ...]
    done: tuple[str, ...]
    staff: tuple[Actor, ...]


class Absences:
    """The verbs of staying away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def note(self, actor: Actor, note: AbsenceNote) -> Done[SpellId]:
        """请假: every day of the span on which she should come is noted in one unit of work.

        What she had booked for those days is cancelled with it.

        Raises:
            AbsenceError: a kind, a disease, a day or a time is missing or wrong, or who tells it is barred;
                ``field`` says which; or she was here on a day of it that is past.
            AlreadyCheckedInError, AlreadyLeftError: she is or was here today.
        """
        actor.require(Permission.CHECK_IN)
        check_kind(note.kind, note.disease)
        database, now = self._database, self._clock()
        today = day_of(now)
        child = self._standing(note.child, today)
        days = spell_days(note.from_day, note.to_day, today, lambda on: self._is_due(note.child, on))
        noted = absences.noted_days(database, note.child, note.from_day, note.to_day)
        if today in days and today not in noted:
            check_not_here(database, note.child, child, today)
        days = tuple(on for on in days if on not in noted)
        self._refuse_came(note.child, child.name, tuple(on for on in days if on < today))
        if not days:
            msg = f"{child.name} 这几天已经登记过缺勤。要改请先撤销原来的。"
            raise AbsenceError(msg, field="from_day")
        if note.told_how not in {"", "phone", "wechat", "in_person"}:
            raise AbsenceError("请选怎么告知的：电话、微信或当面。", field="told_how")
        check_teller(database, note.child, note.told_by, today)
        spell = NewSpell(
            note.child,
            note.kind,
            note.from_day,
            note.to_day,
            clean_text(note.disease, "病名", "disease"),
            clean_text(note.reason, "事由", "reason"),
            clean_text(note.told_by, "告知人", "told_by"),
            note.told_how,
            _told_at(note.told_at, now),
        )
        label = f"{child.name} {KINDS[note.kind]} {_span_words(days)}"
        with database.unit(actor.id, "note_spell") as unit:
            key = absences.add_spell(unit, spell, days, actor.id)
            unit.audit("absence", key, label)
            said = Told(spell.told_by, spell.disease or spell.reason or KINDS[note.kind], spell.told_at)
            end_by_absence(unit, note.child, (note.from_day, note.to_day), said, actor.id)
            if note.kind == "sick":
                told = f"{spell.disease} {spell.reason}"
                illness_gate.report_spell(unit, note.child, told, note.from_day, key)
        return Done(key, Changes(_CHANGES, frozenset({note.child})), Undo("absence.spell", key, label))

    def undo_spell(self, actor: Actor, spell: SpellId) -> Done[None]:
        """Take a whole spell back, with the bookings that were cancelled by it.

        ``also`` names the bookings whose room is gone, and the hours that break now that she comes.

        Raises:
            AbsenceError: it was taken back before.
        """
        actor.require(Permission.CHECK_IN)
        away = absences.find_spell(self._database, spell)
        if away is None:
            raise AbsenceError("这次请假已经撤销过了。")
        with self._database.unit(actor.id, "undo_spell") as unit:
            count = absences.reverse_spell(unit, spell)
            unit.audit("absence", spell, f"{away.child_name} {count} 天")
            illness_gate.unreport(unit, "absence", illness.find_first_day(unit, spell))
            also = give_back_absence(self._database, unit, away)
        return Done(None, Changes(_CHANGES, frozenset({away.child})), also=also)

    def round(self, actor: Actor) -> TraceRound:
        """Whom to ask after now, with whom to ring; a teacher asks after those of her own classes."""
        actor.require(Permission.CHECK_IN)
        database, now = self._database, self._clock()
        today = day_of(now)
        kept = settings.current(database, today)
        made = BoardMaker(database, self._clock).day()
        scope = Scope(database, self._clock)
        lacking = find_untraced(database, made.rows.values(), today, minute_of(now), kept)
        found = scope.own(actor, lacking, lambda one: one.row.child)
        ringing = Ringing(database, self._clock)
        rows = tuple(
            TraceRow(
                one.row.child,
                one.row.name,
                one.row.age_words,
                one.row.class_name,
                one.row.colour,
                one.words,
                bookings.find_on(database, one.row.child, today) is not None,
                ringing.card(actor, one.row.child, None).people,
                "" if one.last is None else _last_words(one.last),
                None if one.last is None or one.last.told.day < one.since else one.last.told,
            )
            for one in found
        )
        done = tuple(f"{one.child_name}：{_found_words(one)}" for one in self.register(actor, today, today))
        return TraceRound(today, rows, done, people.list_staff(database, today))

    def trace(self, actor: Actor, trace: Trace) -> Done[FollowUpId]:
        """Keep what was found out, and the absence that follows from it, in one unit of work.

        Who is booked without a contract that day is no absence: her booking is cancelled, with who said so.
        Who has booked the other half of her contract's day is both.

        Raises:
            AbsenceError: something of it is missing or wrong; ``field`` says what.
            AlreadyCheckedInError: she is inside by now.
            AlreadyLeftError: she was here today, and has booked nothing that is still to come.
        """
        actor.require(Permission.CHECK_IN)
        _check_trace(trace, day_of(self._clock()))
        database, now = self._database, self._clock()
        today = day_of(now)
        child = self._standing(trace.child, today)
        away = absences.list_away_days(database, today).get(trace.child)
        last = today if trace.returns_on is None else trace.returns_on - dt.timedelta(days=1)
        held = bookings.list_held(database, trace.child, today, last)
        booked = any(one.day == today for one in held)
        if away is None and (child.inside is not None or not booked or not self._was_here(trace.child)):
            check_not_here(database, trace.child, child, today)
        since = today if away is None else away.since
        told = self._follow_up(actor, trace, today, since)
        days = self._days_away(trace.child, today, last, booked=booked) if away is None else ()
        label = f"{child.name} 追访：{RESULTS[trace.result]}"
        with database.unit(actor.id, "trace_absence") as unit:
            spell: SpellId | None = None
            if trace.result in _AWAY:
                ending = Ending(Outcome.CANCELLED, told.whom, told.illness or RESULTS[trace.result], unit.at)
                end_each(unit, held, ending, actor.id)
            if trace.result in _AWAY and days:
                new = NewSpell(
                    trace.child, trace.result, days[0], days[-1], told.illness, "", told.whom, told_at=unit.at
                )
                spell = absences.add_spell(unit, new, days, actor.id)
            key = absences.add_follow_up(unit, told, spell, actor.id)
            unit.audit("absence_follow_up", key, label)
            if trace.result == "sick":
                words, catching = f"{told.illness} {told.diagnosis}".strip(), told.infectious == "yes"
                illness_gate.report_sick(
                    unit, trace.child, words, since, "follow_up", key, infectious=catching
                )
        return Done(key, Changes(_CHANGES, frozenset({trace.child})), Undo("absence.trace", key, label))

    def undo_trace(self, actor: Actor, follow_up: FollowUpId) -> Done[None]:
        """Take a follow-up back, with the absence and the cancellations that it led to.

        ``also`` names the bookings whose room is gone, and the hours that break now that she comes.

        Raises:
            AbsenceError: it was taken back before.
        """
        actor.require(Permission.CHECK_IN)
        kept = absences.find_follow_up(self._database, follow_up)
        if kept is None or kept.undone:
            raise AbsenceError("这次追访已经撤销过了。")
        spell = None if kept.spell is None else absences.find_spell(self._database, kept.spell)
        away = spell or NotedAway(kept.told.child, kept.child_name, kept.traced_at, ())
        with self._database.unit(actor.id, "undo_trace") as unit:
            absences.reverse_follow_up(unit, follow_up)
            illness_gate.unreport(unit, "follow_up", follow_up)
            if kept.spell is not None:
                absences.reverse_spell(unit, kept.spell)
            unit.audit("absence_follow_up", follow_up, kept.child_name)
            also = give_back_absence(self._database, unit, away)
        return Done(None, Changes(_CHANGES, frozenset({kept.told.child})), also=also)

    def register(self, actor: Actor, first: dt.date, last: dt.date) -> tuple[KeptFollowUp, ...]:
        """缺勤追访登记: what was found out between two days (T3b)."""
        actor.require(Permission.SEE_HEALTH)
        kept = absences.list_follow_ups(self._database, first, last)
        return Scope(self._database, self._clock).own(actor, kept, lambda one: one.told.child)

    def paper(self, actor: Actor, month: str) -> AbsenceRegister:
        """缺勤追访登记 of a month (``2025-12``) on paper: what was found out is health data of children."""
        actor.require(Permission.CHECK_IN)
        from app.services.day_papers import freeze_follow_ups

        days = month_days(month)
        return freeze_follow_ups(self._database, month, self.register(actor, days[0], days[-1]))

    # Inside --------------------------------------------------------------------------------

    def _standing(self, child: ChildId, today: dt.date) -> Standing:
        found = day.find_standing(self._database, child, today)
        if found is None:
            raise UnknownPersonError("没有找到这个孩子的档案，请刷新后再试。")
        return found

    def _is_due(self, child: ChildId, on: dt.date) -> bool:
        """Whether she should come on a day."""
        return day.is_open(self._database, on) and any(
            one.who.id == child for one in day.list_expected(self._database, on)
        )

    def _refuse_came(self, child: ChildId, name: str, past: tuple[dt.date, ...]) -> None:
        """Nor was away who came on one of the days that are past: attendance and absence would both stand."""
        came = [
            on
            for on in past
            if visits.list_on(self._database, child, on) and not misses_contract(self._database, child, on)
        ]
        if came:
            words = "、".join(f"{on.month}月{on.day}日" for on in came)
            msg = f"{name} {words}来过，不是缺勤。请避开来过的日子再登记。"
            raise AbsenceError(msg, field="from_day")

    def _was_here(self, child: ChildId) -> bool:
        """Whether she came and went today."""
        came = visits.list_on(self._database, child, day_of(self._clock()))
        return any(one.left_at is not None for one in came)

    def _days_away(
        self, child: ChildId, today: dt.date, last: dt.date, *, booked: bool
    ) -> tuple[dt.date, ...]:
        """The days she misses of what is hers by contract: today, and those before she is back.

        Today, too, where nothing says why she should come, but not what she has only ``booked``.
        """
        span = [today + dt.timedelta(days=past) for past in range((last - today).days + 1)]
        expected = day.list_expected_on(self._database, span)
        noted = absences.noted_days(self._database, child, today, last)
        due = [
            on
            for on in span
            if day.is_open(self._database, on)
            and any(one.who.id == child and one.tariff is None for one in expected[on])
        ]
        if self._was_here(child) and not misses_contract(self._database, child, today):
            due = [on for on in due if on != today]
        elif today not in due and not booked:
            due = [today, *due]
        return tuple(on for on in due if on not in noted)

    def _follow_up(self, actor: Actor, trace: Trace, today: dt.date, since: dt.date) -> FollowUp:
        adults = people.list_adults(self._database, trace.child, today)
        found = next((one for one in adults if one.id == trace.adult), None)
        if found is None and trace.result != "unreached":
            raise AbsenceError("请选是谁告诉的。", field="adult")
        if found is not None and found.tie.barred:
            msg = f"{found.name}被禁止接走，孩子来不来不听此人的。请打电话问监护人。"
            raise AbsenceError(msg, field="adult")
        return FollowUp(
            child=trace.child,
            day=today,
            away_since=since,
            way=trace.way,
            whom="" if found is None else f"{found.tie.relation} {found.name}".strip(),
            result=trace.result,
            illness=clean_text(trace.illness, "病名或症状", "illness"),
            hospital=clean_text(trace.hospital, "就诊医院", "hospital"),
            diagnosis=clean_text(trace.diagnosis, "诊断", "diagnosis"),
            infectious=trace.infectious,
            handling=clean_text(trace.handling, "处理", "handling"),
            returns_on=trace.returns_on,
            again_on=trace.again_on,
            again_by=(trace.again_by or actor.id) if trace.again_on is not None else None,
        )


def _check_trace(trace: Trace, today: dt.date) -> None:
    if trace.result not in RESULTS:
        raise AbsenceError("请选问到的结果：病、事、其他、会来或没接通。", field="result")
    if trace.way not in WAYS:
        raise AbsenceError("请选怎么问的：电话、微信、当面或家访。", field="way")
    if trace.infectious not in INFECTIOUS:
        raise AbsenceError("请选是不是传染病。", field="infectious")
    if trace.result == "sick" and not trace.illness.strip():
        raise AbsenceError("请写病名或症状，如“发热、咳嗽”；追访登记表要填。", field="illness")
    if trace.returns_on is not None and trace.returns_on <= today:
        raise AbsenceError("预计返园日要在今天以后，请核对。", field="returns_on")
    if trace.returns_on is not None and (trace.returns_on - today).days > LONGEST_SPELL:
        msg = f"预计返园日最远 {LONGEST_SPELL} 天以后。更长请办停托。"
        raise AbsenceError(msg, field="returns_on")
    if trace.again_on is not None and trace.again_on <= today:
        raise AbsenceError("再问的日子要在今天以后，请核对。", field="again_on")


def _told_at(text: str, now: dt.datetime) -> dt.datetime:
    if not text.strip():
        return now
    if (time := read_clock(text)) is None:
        raise AbsenceError("看不懂几点告知的，请填 8:10 这样的时间。", field="told_at")
    told = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    if told > now:
        raise AbsenceError("告知时间还没有到，请核对。", field="told_at")
    return told


def _span_words(days: tuple[dt.date, ...]) -> str:
    first, last = days[0], days[-1]
    if first == last:
        return f"{first.month}月{first.day}日"
    return f"{first.month}月{first.day}日–{last.month}月{last.day}日 {len(days)} 天"


def _found_words(one: KeptFollowUp) -> str:
    told = one.told
    said = "，".join(part for part in (RESULTS[told.result], told.illness, told.diagnosis) if part)
    away = away_words(told.away_since, told.day, told.returns_on) if told.result in _AWAY else ""
    return "，".join(part for part in (f"{told.whom} {said}".strip(), away) if part)


def _last_words(one: KeptFollowUp) -> str:
    on = one.told.day
    return f"{on.month}月{on.day}日 {_found_words(one)}（{one.traced_by}）"
