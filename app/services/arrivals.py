"""Children come in: check-in with the morning check, absence, and taking either back."""

import datetime as dt
import functools
import random
from typing import TYPE_CHECKING

from app.domain.ages import months_between
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.classes import Fit, fit
from app.domain.errors import RuleError
from app.domain.ids import AbsenceId, AdultId, ChildId, ClassId, VisitId
from app.domain.modes import Tariff
from app.domain.names import LONGEST_TEXT, clean_text
from app.domain.pickup_codes import new_code
from app.domain.pricing import NoPriceError
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.domain.visits import (
    AlreadyCheckedInError,
    AlreadyLeftError,
    NotTodayError,
    RecheckError,
    UnfitError,
    VisitError,
    check_arrival,
    check_fit,
    check_promised,
)
from app.services.belongings import split_things
from app.store import belongings, centre, children, day, people, prices, settings, tables, visits
from app.store.centre import ClassGroup
from app.store.database import Clock, Database, Unit
from app.store.day import Standing
from app.store.stamps import at_minute, day_of, minute_of
from app.store.visits import NewVisit, OpenVisitExistsError

if TYPE_CHECKING:
    from types import ModuleType

_DRAWS = 20
ABSENCES = {"sick": "病假", "personal": "事假", "other": "缺勤"}


class NoPlaceError(VisitError):
    """The child has neither contract nor booking, and no class was named."""


class WrongAgeError(VisitError):
    """The class is for children of another age."""


class UnknownPersonError(RuleError):
    """A child, adult or class that is not on file, or not of this child."""


class VisitInUseError(RuleError):
    """The visit has entries, a fever, a check or a signed note: it cannot be undone before them."""


@record
class MorningCheck:
    """晨检. ``tenths`` of a degree; outcome ``normal``, ``recheck`` or ``abnormal``."""

    tenths: int | None = None
    site: str = "forehead"
    outcome: str = "normal"
    note: str = ""


@record
class CheckIn:
    """Who arrives. Class, mode and promised time come from the enrolment or booking unless given."""

    child: ChildId
    brought_by: AdultId | None = None
    check: MorningCheck | None = None  # None = nobody has looked at her; nothing is kept then
    class_id: ClassId | None = None
    tariff: Tariff | None = None
    promised_at: dt.datetime | None = None
    reason: str = ""
    class_reason: str = ""  # why a class that is not of her age
    # Why in spite of an abnormal morning check, or into a class under observation (director only).
    health_reason: str = ""
    belongings: str = ""  # what she brought along: 水杯、外套
    return_reason: str = ""  # 已看证明, or why without: she comes back after months away


@record
class Arrived:
    """An arrival as kept."""

    visit: VisitId
    child: ChildId
    name: str
    class_name: str
    at: dt.datetime
    pickup_code: str


class Arrivals:
    """The verbs of the door in the morning."""

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database = database
        self._clock = clock
        self._rng = rng

    def check_in(self, actor: Actor, act: CheckIn, own_pin: str = "") -> Done[Arrived]:
        """Take a child in, with the morning check, in one unit of work.

        ``own_pin`` is the director's, where she overrules an abnormal morning check or an observation.

        Raises:
            AlreadyCheckedInError, ClockSetBackError: she is inside, or by the clock has not gone home yet.
            AbsentTodayError: an absence is noted for today.
            FeverError: the morning check found a fever; the reading is kept in a unit of its own.
            RecheckError: one was found before today, and nothing is said of measuring again.
            UnfitError: it found something abnormal, and it is not the director who lets her in with a reason.
            BarredAlarmError: who brings her is, or is like, somebody barred (禁止接走).
            NoPlaceError: nothing says which class she belongs to.
            PromiseError: the promised hour has passed.
            ObservationError: the class is under observation, not hers by contract, and no director says why.
            SecondPersonError, WrongPinError: the director says why of either, and has not typed her PIN.
            ReturnError: she comes back after months away, and nobody says whether she was examined anew.
        """
        actor.require(Permission.CHECK_IN)
        database, now = self._database, self._clock()
        child = self._standing(act.child, today := day_of(now), minute_of(now))
        check_free(child, today, now)
        kept = settings.current(database, today)
        if act.check is not None and (act.check.tenths or 0) >= kept.fever_tenths:
            from app.services.fever_watch import note_refused  # hardly ever

            note_refused(database, actor, act.child, child.name, act.check.tenths)
        _check_fit(actor, act, child.name, kept.fever_tenths)
        self._check_bringer(actor, act, child.name, today)
        class_id, class_name = self._class(act, child, today)
        tariff = _tariff(act, child)
        if tariff is not Tariff.CONTRACT and prices.tariffs(database, today).price_of(tariff) is None:
            msg = f"价目表里没有{tariff.label}的价格，不能这样收费。请换一种托育方式，或请园长补上价格。"
            raise NoPriceError(msg, field="tariff")
        visit = NewVisit(
            child=act.child,
            class_id=class_id,
            day=today,
            mode=child.mode if child.mode and tariff is Tariff.CONTRACT else tariff.mode,
            tariff=tariff,
            pickup_code=draw_code(database, self._rng, today),
            brought_by=act.brought_by,
            received_by=actor.id,
            promised_at=_promise(act, child, tariff, now, kept.closing),
            reason=clean_text(act.reason, "事由", "reason"),
        )
        given = (("class_reason", act.class_reason), ("health_reason", act.health_reason))
        reasons = [clean_text(text, "理由", field) for field, text in given]
        guest = tariff is not Tariff.CONTRACT or class_id != child.class_id
        reasons[-1] = self._overrule(actor, act, class_id if guest else None, own_pin) or reasons[-1]
        reasons.append(self._returning(act, child, today, kept.away_months))
        things = split_things(act.belongings)
        with database.unit(actor.id, "check_in") as unit:
            key = keep_arrival(unit, visit, act.check, child.name)
            for why in filter(None, reasons):
                unit.audit("override", key, why)
            for thing in things:
                belongings.add_belonging(unit, key, thing, actor.id)
        arrived = Arrived(key, act.child, child.name, class_name, unit.at, visit.pickup_code)
        return Done(arrived, _changed(act.child), Undo("check_in", key, f"{child.name} 入园"))

    def undo_check_in(self, actor: Actor, visit: VisitId) -> Done[None]:
        """Take an arrival back: the row stays on file as undone.

        Raises:
            NotTodayError: no such visit, undone before, or of another day while it is not the director.
            AlreadyLeftError: she has gone home; that has to be undone first.
            VisitInUseError: something of the day hangs on it: log, medicine, a fever, a check, a signed note.
            RecordError: a registration, and her record was merged since (``intake_undo.take_back``).
        """
        actor.require(Permission.CHECK_IN)
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.undone:
            raise NotTodayError("这次入园已经撤销过了。")
        if kept.day != day_of(self._clock()) and actor.role is not Role.DIRECTOR:
            raise NotTodayError("只能撤销今天的入园；以前的记录请由园长更正。")
        if kept.left_at is not None:
            msg = f"{kept.child_name} {kept.left_at:%H:%M} 已经离园。请先撤销离园，再撤销入园。"
            raise AlreadyLeftError(msg)
        from app.services.hanging import words_of  # seldom asked
        from app.services.intake_undo import take_back

        if words := words_of(self._database, visit):
            msg = f"{kept.child_name} 已有{words}"
            raise VisitInUseError(msg)
        with self._database.unit(actor.id, "undo_check_in") as unit:
            take_back(unit, self._database, actor, kept)
            unit.audit("visit", visit, f"{kept.child_name} {kept.arrived_at:%H:%M}")
        topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.DRAFTS})
        return Done(None, Changes(topics, frozenset({kept.child})))

    def note_absence(
        self, actor: Actor, child: ChildId, kind: str, reason: str = "", told_by: str = ""
    ) -> Done[AbsenceId]:
        """Note that a child stays away today; her booking is cancelled. ``kind``: sick, personal or other.

        Raises:
            AlreadyCheckedInError: she is inside.
            AbsentTodayError: it is noted already.
            AlreadyLeftError: she was here today.
            BarredTellerError: somebody barred from her says so.
        """
        actor.require(Permission.CHECK_IN)
        if kind not in ABSENCES:
            raise RuleError("请选择缺勤原因：病假、事假或其他。", field="kind")
        today = day_of(self._clock())
        on_file = self._standing(child, today)
        check_not_here(self._database, child, on_file, today)
        why, who = clean_text(reason, "事由", "reason"), clean_text(told_by, "告知人", "told_by")
        from app.services.booking_ends import Told, end_by_absence
        from app.services.told_adults import check_teller  # not at every start

        check_teller(self._database, child, who, today)
        with self._database.unit(actor.id, "note_absence") as unit:
            key = visits.add_absence(unit, child, today, kind, why, who, actor.id)
            unit.audit("absence", key, label := f"{on_file.name} {ABSENCES[kind]}")
            end_by_absence(unit, child, (today, today), Told(who, why or ABSENCES[kind]), actor.id)
            if kind == "sick" and why:
                from app.services.illness_gate import report_sick

                report_sick(unit, child, why, today, "absence", key)
        return Done(key, _changed(child), Undo("note_absence", child, label))

    def undo_absence(self, actor: Actor, child: ChildId) -> Done[None]:
        """Take back the absence noted for a child today, and what follows of it: she is back.

        Her bookings hold again; ``also`` names those whose room is gone, the hours that break now, and the
        illness that keeps her at home still.

        Raises:
            NotTodayError: there is none, or it was taken back before.
        """
        actor.require(Permission.CHECK_IN)
        from app.services.booking_ends import take_back_today  # not at every start

        kept = visits.find_absence_on(self._database, child, day_of(self._clock()))
        if kept is None:
            raise NotTodayError("今天没有登记缺勤，或者已经撤销过了。")
        with self._database.unit(actor.id, "undo_absence") as unit:
            also = take_back_today(self._database, unit, child, kept.id)
            unit.audit("absence", kept.id, kept.child_name)
        return Done(None, _changed(child), also=also)

    def _standing(self, child: ChildId, today: dt.date, minute: int = 0) -> Standing:
        found = day.find_standing(self._database, child, today, minute)
        if found is None:
            raise UnknownPersonError("没有找到这个孩子的档案，请刷新后再试。")
        return found

    def _returning(self, act: CheckIn, child: Standing, today: dt.date, months: int) -> str:
        """Who has no contract is asked for no exam (``records.toml``)."""
        if child.last is None or child.tariff is not Tariff.CONTRACT:
            return ""
        if months_between(child.last, today) < months:
            return ""
        from app.services.entry_gate import require_seen  # a few times a year

        return require_seen(self._database, act.child, child.name, child.last, months, act.return_reason)

    def _check_bringer(self, actor: Actor, act: CheckIn, name: str, today: dt.date) -> None:
        if act.brought_by is None:
            return
        tied = people.list_tied(self._database, act.child, today)
        if act.brought_by not in tied:
            msg = f"送来的人不在{name}的联系人里，请先在档案里登记。"
            raise UnknownPersonError(msg)
        if not any(tied.values()) and not children.list_barring_beside(self._database, act.child):
            return  # most children: nothing to compare, and nothing loaded for it
        from app.services.alarms import refuse_barred
        from app.services.bars import Stranger, is_trusted

        own = people.list_adults(self._database, act.child, today)
        adult = next(one for one in own if one.id == act.brought_by)
        if is_trusted(self._database, act.child, adult, own, today):
            return
        stranger = Stranger(adult.name, adult.tie.relation, adult.phone, "", adult.id)
        refuse_barred(self._database, actor, act.child, name, stranger, "bring", today)

    def _overrule(self, actor: Actor, act: CheckIn, guest_of: ClassId | None, own_pin: str) -> str:
        """What of an observation the director overrules: it, and what is abnormal, by her own PIN only."""
        told, database = "", self._database
        if guest_of is not None:
            from app.services.illness_gate import require_guest_class  # not at every start

            today = day_of(self._clock())
            told = require_guest_class(database, act.child, guest_of, today, actor, act.health_reason)
        if told or (act.check is not None and act.check.outcome == "abnormal"):
            from app.services.pins import Pins  # as seldom

            Pins(database, self._clock, self._rng).prove_own(actor, own_pin)
        return told

    def _class(self, act: CheckIn, child: Standing, today: dt.date) -> tuple[ClassId, str]:
        """As given, else by booking, else by contract."""
        if act.class_id is None and child.mode is None:
            msg = f"{child.name} 没有合同也没有今天的预约。请用临时托登记（F2）收下。"
            raise NoPlaceError(msg)
        if act.class_id in {None, child.class_id} and child.class_id is not None:
            return child.class_id, child.class_name
        for group in centre.list_classes(self._database, today):
            if group.id == act.class_id:
                self._check_age(act, group, child.name, today)
                return group.id, group.name
        raise UnknownPersonError("这个班级今天没有开班，请换一个班级。", field="class_id")

    def _check_age(self, act: CheckIn, group: ClassGroup, name: str, today: dt.date) -> None:
        """A class that is not hers by contract or booking must be of her age, or somebody says why."""
        kept = children.find_child(self._database, act.child)
        if kept is None or act.class_reason.strip():
            return
        months = months_between(kept.born_on, today)
        rules = tables.ratio_rules(today)
        covered = any(fit(rule.kind, months, rules) is Fit.FITS for rule in rules)
        if covered and fit(group.kind, months, rules) is not Fit.FITS:
            where = f"{group.name}（{group.kind.label}）"
            msg = f"{name} {months} 个月，不在{where}的年龄段。请换班级，或写明理由。"
            raise WrongAgeError(msg, field="class_id")


def _changed(child: ChildId) -> Changes:
    return Changes(frozenset({Topic.VISITS}), frozenset({child}))


def draw_code(database: Database, rng: random.Random, today: dt.date) -> str:
    """A pick-up code that nobody has today. Asking for one code is quicker than reading all of the day.

    Raises:
        CodesExhaustedError: when every code is taken.
    """
    for _ in range(_DRAWS):
        code = new_code(rng, ())
        if not visits.is_code_used(database, today, code):
            return code
    return new_code(rng, visits.used_codes(database, today))


def keep_arrival(unit: Unit, visit: NewVisit, check: MorningCheck | None, name: str) -> VisitId:
    """Write one arrival inside a unit: the visit, the morning check if there was one, and the audit line.

    Raises:
        RecheckError: a fever was refused before today, and nothing is said of measuring again, or too soon.
        AlreadyCheckedInError: the child is inside.
        ExcludedError: she has to stay at home, by an illness that nobody has cleared.
    """
    looked_closer = _gate().refuse_excluded(unit, visit.child, name, visit.day)
    before = _before(unit, visit, check, name) if looked_closer else ""
    try:
        key = visits.add_visit(unit, visit)
    except OpenVisitExistsError as error:
        msg = f"{name} 已经入园，不用再登记。"
        raise AlreadyCheckedInError(msg) from error
    if check is not None:
        note = clean_text(check.note, "晨检说明", "check_note", longest=2 * LONGEST_TEXT)
        note = f"{before}；{note}" if before else note
        kept = visits.Check("morning", unit.at, check.tenths, check.site, check.outcome, note)
        visits.add_check(unit, key, kept, visit.received_by)
    unit.audit("visit", key, f"{name} {visit.mode.value}")
    return key


@functools.cache
def _gate() -> "ModuleType":
    """What illness keeps at home: not loaded at every start, and asked for once only."""
    from app.services import illness_gate

    return illness_gate


def _before(unit: Unit, visit: NewVisit, check: MorningCheck | None, name: str) -> str:
    """What was measured today and not let in, for the note of the check; empty where nothing was."""
    if (found := visits.find_refused(unit, visit.child, visit.day)) is None:
        return ""
    told = f"{found[0]:%H:%M} 测得 {found[1] / 10:.1f}℃"
    if check is None or check.tenths is None or check.outcome == "normal" or not check.note.strip():
        msg = f"{name} {told}，没有收下。复测后要收下，请填体温、选“复测”，写明隔了多久、用什么量的。"
        raise RecheckError(msg)
    minutes = int(settings.find_value(unit, "fever_recheck_minutes", visit.day) or 0)
    due = found[2].replace(second=0) + dt.timedelta(minutes=minutes)
    if found[2] <= unit.at < due:
        msg = f"{name} {told}，至少隔 {minutes} 分钟再复测。请 {due:%H:%M} 以后再量一次。"
        raise RecheckError(msg)
    return told


def _check_fit(actor: Actor, act: CheckIn, name: str, line: int) -> None:
    """What the morning check says of letting her in; 未晨检 is no finding."""
    if act.check is not None:
        director = actor.role is Role.DIRECTOR
        found, reason = act.check, act.health_reason
        check_fit(name, found.outcome, found.tenths, line, director=director, reason=reason)
        if found.outcome == "abnormal" and not found.note.strip():
            raise UnfitError("晨检异常，请写明是什么情况。")


def check_free(child: Standing, today: dt.date, now: dt.datetime | None = None) -> None:
    """Pass if the child may come in (at ``now``): neither inside nor noted as away."""
    if child.inside is not None and day_of(child.inside) != today:
        msg = f"{child.name} {child.inside.month}月{child.inside.day}日没有办离园。请先为那一天办理离园。"
        raise AlreadyCheckedInError(msg)
    left, away = child.left if child.inside is None else None, ABSENCES.get(child.absence, "")
    check_arrival(child.name, arrived_at=child.inside, left_at=left, absence=away, now=now)


def check_not_here(database: Database, child: ChildId, on_file: Standing, today: dt.date) -> None:
    """Pass if an absence may be noted for today: she neither is nor was here, and none stands.

    Raises:
        AlreadyCheckedInError, AbsentTodayError: she is inside, or one is noted already.
        AlreadyLeftError: she was here today, and misses no hours of her contract.
    """
    if on_file.inside is not None:
        msg = f"{on_file.name} {on_file.inside:%H:%M} 已经入园，不能登记缺勤。登错了请先撤销入园。"
        raise AlreadyCheckedInError(msg)
    check_free(on_file, today)
    came = next(iter(visits.list_on(database, child, today)), None)
    if came is not None and came.left_at is not None:
        msg = f"{on_file.name} 今天 {came.arrived_at:%H:%M}–{came.left_at:%H:%M} 来过，不是缺勤，不用登记。"
        from app.services.booking_ends import awaited_words, misses_contract  # seldom

        if not misses_contract(database, child, today):
            raise AlreadyLeftError(msg + awaited_words(database, child, today))


def _tariff(act: CheckIn, child: Standing) -> Tariff:
    """As given, else as booked or by contract; nobody stays by a contract she does not have."""
    tariff = act.tariff or child.tariff or Tariff.TEMP_FULL_DAY
    if tariff is Tariff.CONTRACT and child.tariff is not Tariff.CONTRACT:
        msg = f"{child.name} 没有合同，不能按包月入园。请选择全日、半日临时或计时。"
        raise NoPlaceError(msg, field="tariff")
    return tariff


def _promise(
    act: CheckIn, child: Standing, tariff: Tariff, now: dt.datetime, closes: int
) -> dt.datetime | None:
    """As given, else as booked; a contract child's hour is in her contract and not repeated."""
    if act.promised_at is not None:
        check_promised(act.promised_at, now, closes)
        return act.promised_at
    if tariff is Tariff.CONTRACT or child.to_minute <= minute_of(now):
        return None
    return at_minute(day_of(now), child.to_minute)
