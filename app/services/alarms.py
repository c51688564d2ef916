"""禁止接走: somebody like a barred person is kept as an alarm that only a second person can decide."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.domain.barred import TAIL, Face, Mark, fold, likeness
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import AdultId, AlarmId, ChildId, StaffId, VisitId
from app.domain.names import clean_text
from app.domain.phones import spaced_phone
from app.domain.record import record
from app.domain.records import same_sound
from app.domain.staff import Actor, Permission
from app.domain.visits import BarredFromCollectingError
from app.services.pins import Pins, Second, SecondPersonError
from app.services.record_drafts import Slot, end_draft
from app.store import alarms, children, people, record_acts, record_rows, visits
from app.store.alarms import KeptAlarm, NewAlarm
from app.store.database import Clock, Database, Unit
from app.store.people import AdultOf
from app.store.stamps import day_of

DECISIONS = frozenset({"refused", "cleared"})
_REFUSED = {"collect": "不放行", "grant": "不授权", "bring": "不登记"}
_LONGEST = 120
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
class Stranger:
    """Somebody at the door, as given: name and what he is to the child, a number to be known by."""

    name: str
    relation: str = ""
    phone: str = ""
    identity: str = ""
    adult: AdultId | None = None  # where he is on file

    @property
    def words(self) -> str:
        """姑姑 朱丽."""
        return f"{self.relation} {self.name}".strip()[:_LONGEST]


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


def is_trusted(adult: AdultOf, adults: Iterable[AdultOf]) -> bool:
    """Whether a guardian is nobody in disguise: a couple may share a number, but not a name."""
    if not adult.tie.is_guardian or adult.tie.barred:
        return False
    return not any(one.tie.barred and fold(one.name) == fold(adult.name) for one in adults)


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


def likely_barred(
    database: Database, child: ChildId, stranger: Stranger, day: dt.date, *, alike: bool = True
) -> Iterator[tuple[AdultOf, tuple[Mark, ...]]]:
    """Those barred from collecting a child whom a person may be, with what speaks for it.

    With ``alike`` also those barred from a child of the same sound and birth date: she may be on file twice,
    and only one record knows. Left out is whom a second person has found him not to be, as long as nothing
    more speaks for it.
    """
    barred = [one for one in people.list_adults(database, child, day) if one.tie.barred]
    if alike:
        barred += _barred_from_alike(database, child, day)
    if not barred:
        return
    cleared = alarms.list_cleared(database, child, stranger.words, stranger.adult, day)
    for one in barred:
        marks = (Mark.SAME,) if one.id == stranger.adult else _marks(database, stranger, one)
        # What nobody has looked at yet (a number, a card) is asked again.
        if not marks or (one.id != stranger.adult and set(marks) <= cleared.get(one.id, frozenset())):
            continue
        yield one, marks


def _barred_from_alike(database: Database, child: ChildId, day: dt.date) -> Iterator[AdultOf]:
    here = children.find_sounding(database, child)
    for other in () if here is None else children.list_born(database, here.born_on):
        if here is None or other.child == child or not same_sound(here.pinyin, other.pinyin):
            continue
        for one in people.list_adults(database, other.child, day):
            if one.tie.barred:
                relation = f"很像的孩子{other.name}的{one.tie.relation or '家人'}"
                yield replace(one, tie=replace(one.tie, relation=relation))


def raise_alarm(
    database: Database,
    actor: Actor,
    child: tuple[ChildId, str],
    stranger: Stranger,
    barred: tuple[AdultOf, tuple[Mark, ...]],
    place: str,
    day: dt.date,
) -> None:
    """Keep the alarm that somebody may be a barred person, and refuse.

    Raises:
        BarredAlarmError: always.
    """
    (key, name), (one, marks) = child, barred
    who = f"{one.name}（{one.tie.relation}）"
    why = "、".join(mark.words for mark in marks)
    new = NewAlarm(key, one.id, place, stranger.words, marks, day, actor.id, stranger.adult)
    alarm = _keep(database, actor, new, name)
    msg = f"{who}被禁止接走{name}，{stranger.words}与其{why}。{_ACTS[place]}"
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
        self, actor: Actor, alarm: AlarmId, decision: str, reason: str, second: Second | None
    ) -> Done[str]:
        """End an alarm: ``refused`` keeps the person out, ``cleared`` says that it is somebody else.

        Who confirms is another than who raised it and than the actor; ``cleared`` takes the director's right.

        Raises:
            AlarmDecidedError: decided before, no reason, or the barred person as on file would be cleared.
            SecondPersonError: nobody else confirms.
            WrongPinError: the PIN is not right.
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
        needed = Permission.RELEASE_EXCEPTION if decision == "cleared" else Permission.CHECK_OUT
        # Whoever raised it is the first of the two, also when somebody else has signed in since.
        person = self._pins.confirm(self._raiser(kept) or actor, second, needed)
        if decision == "cleared" and not (person.may(needed) or actor.may(needed)):
            # The right is that of somebody who is here, not of a raiser who has gone home.
            raise SecondPersonError("确认是另一个人，须由园长登录或由园长输口令。请联系园长。")
        with self._database.unit(actor.id, "decide_alarm") as unit:
            if not alarms.end_alarm(unit, alarm, person.id, decision, why):
                raise AlarmDecidedError("这次警报已经有人处理过了。")
            done = decided_as(decision, kept.place)
            unit.audit("alarm", alarm, f"{kept.child_name} {done} {person.name}：{why}")
        return Done(decision, Changes(frozenset({Topic.VISITS}), frozenset({kept.child})))

    def note_trait(
        self, actor: Actor, adult: AdultId, kind: str, value: str, slot: Slot | None = None
    ) -> Done[int]:
        """Note what else a barred person is known by: ``nickname``, ``phone`` or ``identity``.

        A number may be noted by its tail: it is held against what is typed by its last four signs.

        Raises:
            RuleError: another kind, nothing said, or less of a number than its tail.
        """
        actor.require(Permission.RELEASE_EXCEPTION)
        kept = clean_text(value, "特征", "value", 50)
        if kind not in {"nickname", "phone", "identity"} or not kept:
            raise RuleError("请填小名、手机号或证件号。", field="value")
        if kind != "nickname" and len([sign for sign in kept if sign.isascii() and sign.isalnum()]) < TAIL:
            msg = f"号码至少写后 {TAIL} 位。"
            raise RuleError(msg, field="value")
        with self._database.unit(actor.id, "note_trait") as unit:
            end_draft(unit, actor, slot)
            key = alarms.add_trait(unit, adult, kind, kept, actor.id)
            unit.audit("adult", adult, f"禁止接走特征 {kind}")
        return Done(key, Changes(frozenset({Topic.CHILDREN})), Undo("barred_trait", key, "记特征"))

    def end_trait(self, actor: Actor, trait: int) -> Done[None]:
        """A barred person is known by this no more, as when it was noted of the wrong one.

        Raises:
            RuleError: there is none, or it has ended.
        """
        actor.require(Permission.RELEASE_EXCEPTION)
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


def _marks(database: Database, stranger: Stranger, barred: AdultOf) -> tuple[Mark, ...]:
    """What speaks for it by any name or number on file: of the record itself, and noted besides."""
    identity = stranger.identity or _identity_of(database, stranger.adult)
    typed = Face(stranger.name, "", stranger.phone, identity)
    traits = alarms.list_traits(database, barred.id)
    faces = [Face(barred.name, phone=barred.phone, identity=_identity_of(database, barred.id))]
    faces += [Face("", **{kind: value}) for kind, value in traits]
    return tuple(dict.fromkeys(mark for face in faces for mark in likeness(typed, face)))


def _identity_of(database: Database, adult: AdultId | None) -> str:
    """The number in an adult's record; empty where nobody has entered it."""
    if adult is None:
        return ""
    return record_acts.list_values(database, "adult", adult).get("document_number", "")


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
