"""禁止接走: somebody like a barred person is kept as an alarm that only a second person can decide."""

import datetime as dt
from collections.abc import Callable

from app.domain.barred import TAIL, Mark, number_digits
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import AdultId, AlarmId, ChildId, StaffId, VisitId
from app.domain.names import clean_text
from app.domain.phones import PhoneError, check_phone, spaced_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import BarredFromCollectingError
from app.services.bars import Stranger, likely_barred, other_names
from app.services.pins import Pins, Second
from app.services.record_drafts import Slot, end_draft
from app.store import alarms, people, record_rows, visits
from app.store.alarms import KeptAlarm, NewAlarm
from app.store.database import Clock, Database, Unit
from app.store.people import AdultOf
from app.store.stamps import day_of

DECISIONS = frozenset({"refused", "cleared"})
_REFUSED = {"collect": "不放行", "grant": "不授权", "bring": "不登记"}
_MOBILE = 11  # digits
_LONGEST = 120  # of who it was said to be
IN_FAMILY = "不能登记为家人，请立即联系监护人和园长。"
_ACTS = {
    "collect": "不要放行，请立即联系监护人和园长。",
    "grant": "不要授权，请按档案里的号码打回去核实，并告诉园长。",
    "bring": "不能登记为送来的人，请立即联系监护人和园长。",
}


def decided_as(decision: str, place: str) -> str:
    """``不放行``, or what it was not done for at that place; ``是另一个人``."""
    return "是另一个人" if decision == "cleared" else _REFUSED[place]


class BarredAlarmError(BarredFromCollectingError):
    """Somebody is like a barred person. ``alarm`` is kept and waits for a second person."""

    def __init__(self, sentence: str, alarm: AlarmId) -> None:
        super().__init__(sentence)
        self.alarm = alarm


class AlarmDecidedError(RuleError):
    """The alarm was decided before, or cannot be decided like this."""


@record
class AlarmView:
    """The alarm as it stands over the whole window."""

    id: AlarmId
    child_name: str
    barred_words: str
    typed: str
    marks: tuple[str, ...]
    place: str
    raised_at: dt.datetime
    raised_by: StaffId  # who may not end it
    certain: bool  # the barred person as on file: cannot be found to be another
    inside: bool  # whether the child was here then: to be collected now, and not only from some day on
    to_ring: tuple[str, ...]  # guardians with whole numbers, to be rung now: 妈妈 赵敏 139 0000 1177


def refuse_barred(
    database: Database, actor: Actor, child: ChildId, name: str, stranger: Stranger, place: str, day: dt.date
) -> None:
    """Pass if nobody barred from collecting a child is like this person; else keep an alarm and refuse.

    Args:
        database: the file; nothing is written unless there is an alarm.
        actor: who serves the person.
        child: whose list is looked at.
        name: her name, for the sentence.
        stranger: who it is said to be.
        place: where it was typed: collect, grant or bring.
        day: today.

    Raises:
        BarredAlarmError: somebody is; the alarm is kept in a unit of its own.
    """
    for one, marks in likely_barred(database, child, stranger, day):
        raise_alarm(database, actor, (child, name), stranger, (one, marks), place, day)


def raise_alarm(
    database: Database,
    actor: Actor,
    child: tuple[ChildId, str],
    stranger: Stranger,
    barred: tuple[AdultOf, tuple[Mark, ...]],
    place: str,
    day: dt.date,
    act: str = "",
) -> None:
    """Keep the alarm that somebody may be a barred person, and refuse. ``act`` says what is refused, if it is
    not what the ``place`` says.

    Raises:
        BarredAlarmError: always.
    """
    (key, name), (one, marks) = child, barred
    who = f"{one.name}（{one.tie.relation}）"
    why = "、".join(mark.words for mark in marks)
    also = "" if stranger.adult == one.id else "、".join(other_names(database, stranger))
    also = also and f"（也叫{also}）"
    typed = f"{stranger.typed}{also}"[:_LONGEST]
    new = NewAlarm(key, one.id, place, typed, marks, day, actor.id, stranger.adult)
    alarm = _keep(database, actor, new, name)
    msg = f"{who}被禁止接走{name}，{stranger.words}{also}与其{why}。{act or _ACTS[place]}"
    raise BarredAlarmError(msg, alarm)


class Alarms:
    """Reading alarms, and deciding them with a second person."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def stand(self, actor: Actor, visit: VisitId, adult: AdultId) -> Done[AlarmId]:
        """Somebody whom the file bars stands at the door for the child of a visit.

        Raises:
            AlarmDecidedError: there is no such stay, or nobody like that is barred.
        """
        actor.require(Permission.CHECK_OUT)
        kept, today = visits.find_visit(self._database, visit), day_of(self._clock())
        if kept is None or kept.undone:
            raise AlarmDecidedError("没有这次入园记录，可能已被撤销。请刷新后再试。")
        adults = people.list_adults(self._database, kept.child, today)
        one = next((one for one in adults if one.id == adult and one.tie.barred), None)
        if one is None:
            raise AlarmDecidedError("这个人没有被禁止接走，请刷新后再试。")
        typed = Stranger(one.name, one.tie.relation).words
        new = NewAlarm(kept.child, one.id, "collect", typed, (Mark.SAME,), today, actor.id, one.id)
        key = _keep(self._database, actor, new, kept.child_name)
        return Done(key, Changes(frozenset({Topic.VISITS}), frozenset({kept.child})))

    def undecided(self, actor: Actor) -> tuple[AlarmId, ...]:
        """Alarms that wait for a second person, oldest first."""
        actor.require(Permission.READ)
        return tuple(one.id for one in alarms.list_undecided(self._database))

    def view(self, actor: Actor, alarm: AlarmId) -> AlarmView:
        """One alarm for the screen.

        Raises:
            AlarmDecidedError: there is none.
        """
        actor.require(Permission.READ)
        kept = self._find(alarm)
        ring = self._guardians(kept)
        return AlarmView(
            id=kept.id,
            child_name=kept.child_name,
            barred_words=kept.barred_words,
            typed=kept.typed,
            marks=tuple(mark.words for mark in kept.marks),
            place=kept.place,
            raised_at=kept.raised_at,
            raised_by=kept.raised_by,
            certain=kept.adult == kept.barred,
            inside=visits.was_inside(self._database, kept.child, kept.raised_at),
            to_ring=tuple(
                f"{one.tie.relation} {one.name} {spaced_phone(one.phone)}".strip() for one in ring[:3]
            ),
        )

    def decide(
        self,
        actor: Actor,
        alarm: AlarmId,
        decision: str,
        reason: str,
        second: Second | None,
        own_pin: str = "",
    ) -> Done[str]:
        """End an alarm: ``refused`` keeps the person out, ``cleared`` says that it is somebody else.

        Who confirms is another than who raised it and than the actor. ``cleared`` takes the director's right,
        her PIN (``own_pin`` where she is the actor), and none that was chosen since the alarm.

        Raises:
            AlarmDecidedError: decided before, no reason, or the barred person as on file would be cleared.
            SecondPersonError: nobody else confirms, or not with the right and a PIN of before.
            WrongPinError: a PIN is not right.
        """
        kept = self._find(alarm)
        if kept.decision:
            raise AlarmDecidedError("这次警报已经有人处理过了。")
        if decision not in DECISIONS:
            msg = f"请选择：{_REFUSED[kept.place]}，或确认是另一个人。"
            raise AlarmDecidedError(msg, field="decision")
        why = clean_text(reason, "理由", "reason")
        if not why:
            raise AlarmDecidedError("请写明怎样处理的：问了谁，怎么知道的。", field="reason")
        if decision == "cleared" and kept.adult == kept.barred:
            msg = f"{kept.barred_words}在档案里就是被禁止接走的人，不能说是另一个人。"
            raise AlarmDecidedError(msg, field="decision")
        clears = decision == "cleared"
        needed = Permission.RELEASE_EXCEPTION if clears else Permission.CHECK_OUT
        by = kept.raised_at if clears else None
        # Whoever raised it is the first of the two, also when somebody else has signed in since.
        person = self._pins.confirm(self._raiser(kept) or actor, second, needed, by=by)
        if clears:  # the right is that of somebody who is here, not of a raiser who has gone home
            self._pins.prove_right(actor, person, needed, own_pin, by=by)
        with self._database.unit(actor.id, "decide_alarm") as unit:
            if not alarms.end_alarm(unit, alarm, person.id, decision, why):
                raise AlarmDecidedError("这次警报已经有人处理过了。")
            done = decided_as(decision, kept.place)
            unit.audit("alarm", alarm, f"{kept.child_name} {done} {person.name}：{why}")
        undo = Undo("alarm.cleared", alarm, f"“{kept.typed}是另一个人”") if clears else None
        return Done(decision, Changes(frozenset({Topic.VISITS}), frozenset({kept.child})), undo)

    def end_clearance(self, actor: Actor, alarm: AlarmId) -> Done[None]:
        """Somebody is no longer taken for another: the next time he comes, the alarm is raised again.

        It stands as a refusal after the clearance. Today anybody at the door takes a slip back; later it is
        the director's.

        Raises:
            AlarmDecidedError: nobody was cleared by it, or it was taken back before.
        """
        actor.require(Permission.CHECK_OUT)
        kept = self._find(alarm)
        today = day_of(self._clock())
        if kept.day != today:
            actor.require(Permission.RELEASE_EXCEPTION)
        words = f"不再认作另一个人：{kept.typed}"
        with self._database.unit(actor.id, "end_clearance") as unit:
            if alarm not in {one.id for one in alarms.list_standing(unit, (kept.barred,), today)}:
                raise AlarmDecidedError("这一条已经不算数了，请刷新后再看。")
            # The file wants two people of every alarm: who takes it back, and one who has looked before.
            first = kept.raised_by if kept.raised_by != actor.id else kept.decided_by or kept.raised_by
            new = NewAlarm(
                kept.child, kept.barred, kept.place, kept.typed, kept.marks, today, first, kept.adult
            )
            key = alarms.add_alarm(unit, new)
            alarms.end_alarm(unit, key, actor.id, "refused", words)
            unit.audit("alarm", alarm, f"{kept.child_name} {words}")
        return Done(None, Changes(frozenset({Topic.VISITS, Topic.CHILDREN}), frozenset({kept.child})))

    def undo(self, actor: Actor, undo: Undo, own_pin: str = "") -> Done[None] | None:
        """Take back what was done with an alarm or a trait; None where ``undo`` is about something else.

        Raises:
            RuleError: as the verbs say.
        """
        match undo.verb:
            case "alarm.cleared":
                return self.end_clearance(actor, AlarmId(undo.key))
            case "barred_trait":
                return self.end_trait(actor, undo.key, own_pin)
            case "barred_trait_ended":
                return self.undo_end_trait(actor, undo.key)
        return None

    def note_trait(
        self, actor: Actor, adult: AdultId, kind: str, value: str, slot: Slot | None = None
    ) -> Done[int]:
        """Note what else a barred person is known by: ``nickname``, ``phone`` or ``identity``.

        A number may be noted by its tail: it is held against what is typed by its last four signs.

        Raises:
            RuleError: another kind, nothing said, less of a number than its tail, or more and no number.
        """
        actor.require(Permission.RELEASE_EXCEPTION)
        kept = clean_text(value, "特征", "value", 50)
        if kind not in {"nickname", "phone", "identity"} or not kept:
            raise RuleError("请填小名、手机号或证件号。", field="value")
        if kind != "nickname" and len([sign for sign in kept if sign.isascii() and sign.isalnum()]) < TAIL:
            msg = f"号码至少写后 {TAIL} 位。"
            raise RuleError(msg, field="value")
        if kind == "phone":
            kept = _read_number(kept)
        with self._database.unit(actor.id, "note_trait") as unit:
            end_draft(unit, actor, slot)
            key = alarms.add_trait(unit, adult, kind, kept, actor.id)
            unit.audit("adult", adult, f"禁止接走特征 {kind}")
        return Done(key, Changes(frozenset({Topic.CHILDREN})), Undo("barred_trait", key, "记特征"))

    def end_trait(self, actor: Actor, trait: int, own_pin: str = "") -> Done[None]:
        """A barred person is known by this no more, as when it was noted of the wrong one.

        ``own_pin`` is the director's: without a trait somebody barred may pass for another.

        Raises:
            RuleError: there is none, or it has ended.
            SecondPersonError, WrongPinError: the director has not typed her PIN.
        """
        actor.require(Permission.RELEASE_EXCEPTION)
        self._pins.prove_own(actor, own_pin)
        return self._turn_trait(actor, trait, alarms.end_trait, "end_trait", "移除禁止接走特征")

    def undo_end_trait(self, actor: Actor, trait: int) -> Done[None]:
        """It holds after all.

        Raises:
            RuleError: there is none, or it holds.
        """
        actor.require(Permission.RELEASE_EXCEPTION)
        return self._turn_trait(actor, trait, alarms.reopen_trait, "undo_end_trait", "恢复禁止接走特征")

    def _turn_trait(
        self, actor: Actor, trait: int, turn: Callable[[Unit, int], bool], verb: str, words: str
    ) -> Done[None]:
        known = alarms.find_trait(self._database, trait)
        with self._database.unit(actor.id, verb) as unit:
            if known is None or not turn(unit, trait):
                raise RuleError("这一条已经有人处理过了，请刷新后再看。")
            unit.audit("adult", known[0], f"{words} {known[1]}")
        undo = Undo("barred_trait_ended", trait, "移除特征") if verb == "end_trait" else None
        return Done(None, Changes(frozenset({Topic.CHILDREN})), undo)

    def _guardians(self, kept: KeptAlarm) -> list[AdultOf]:
        """Those of the child, and of a child like her from whom he is barred: that family knows why."""
        today, found = day_of(self._clock()), dict[AdultId, AdultOf]()
        for key in dict.fromkeys((kept.child, *record_rows.children_of(self._database, kept.barred))):
            adults = people.list_adults(self._database, key, today)
            if key == kept.child or any(one.id == kept.barred and one.tie.barred for one in adults):
                found |= {one.id: one for one in adults if one.tie.is_guardian and not one.tie.barred}
        return list(found.values())

    def _raiser(self, kept: KeptAlarm) -> Actor | None:
        staff = people.list_staff(self._database, day_of(self._clock()))
        return next((one for one in staff if one.id == kept.raised_by), None)

    def _find(self, alarm: AlarmId) -> KeptAlarm:
        kept = alarms.find_alarm(self._database, alarm)
        if kept is None:
            raise AlarmDecidedError("没有找到这次警报，请刷新后再试。")
        return kept


def _read_number(text: str) -> str:
    """A number as all numbers are kept, if it is a whole one; a tail stays as it is written.

    Raises:
        PhoneError: longer than a tail, and no number.
    """
    try:
        return check_phone(text)
    except PhoneError as error:
        digits = number_digits(text)
        if len(digits) < _MOBILE or "*" in text:
            return text
        if digits == text:
            raise PhoneError(error.sentence, field="value") from error
    return _read_number(digits)


def _keep(database: Database, actor: Actor, new: NewAlarm, name: str) -> AlarmId:
    """One alarm for one person and wish: who was named on the phone may stand at the door next.

    A second press finds the first one while nobody has decided it.
    """
    for open_ in alarms.list_undecided(database):
        same = (open_.child, open_.barred, open_.typed, open_.place)
        if same == (new.child, new.barred, new.typed, new.place):
            return open_.id
    with database.unit(actor.id, "raise_alarm") as unit:
        key = alarms.add_alarm(unit, new)
        unit.audit("alarm", key, f"{name} {new.typed} {' '.join(new.marks)}")
    return key
