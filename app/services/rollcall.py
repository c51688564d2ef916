"""紧急点名: who is inside, who is safe, who is missing; drills and the real thing, and their register.

Domain §2.1 Art 31 (emergency plans and training) and §3.2 (突发事件应急演练). Every role may call and
mark: in an emergency whoever stands at the desk does it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import ClassId, RollCallId, VisitId
from app.domain.names import clean_text
from app.domain.pickup_codes import spell_code
from app.domain.record import record
from app.domain.rollcall import (
    Call,
    CallKind,
    CallNote,
    Head,
    HeadKey,
    HeadState,
    NoRollCallError,
    NotOnRollError,
    RollCallError,
    RollCallOpenError,
    is_left_over,
    took_minutes,
)
from app.domain.seals import SealKind, read_seal
from app.domain.staff import Actor, Permission
from app.reports.roll_call import RollCallPaper
from app.reports.who_is_inside import WhoIsInside
from app.services.numbers import visit_of
from app.services.roll import Roll, make_roll, past_heads
from app.services.roll_papers import freeze_call, freeze_inside
from app.store import centre, notes, receipts, rollcall, visits
from app.store.database import Clock, Database, Unit
from app.store.rollcall import OpenCallExistsError
from app.store.stamps import day_of

__all__ = ["CodeReader", "PastCall", "RollCalls", "WhoIsInside"]

_LONGEST_NOTE = 2000
_GONE = frozenset({HeadState.LEFT, HeadState.AWAY})  # by the door's book, and nobody has marked them
_BROKEN_OFF = "演练没有做完：真实点名开始，演练到此结束。"
_LEFT_OVER = "没有做完，也没有人结束：按最后一次标记的时间结束。"
_CHANGED = Changes(frozenset({Topic.ROLL_CALL}))

# Turns a scanned code into the stay it stands for; None when it is none of its kind. It may refuse by a rule.
CodeReader = Callable[[str], VisitId | None]


@record
class PastCall:
    """One line of the register of roll calls."""

    call: Call
    heads: int
    missing: int  # whom nobody had marked when it ended
    took: str  # 4 分 12 秒; empty while it is open
    note: CallNote


class RollCalls:
    """The verbs of the roll call. ``readers`` read codes beyond pick-up codes and seals (cards)."""

    def __init__(self, database: Database, clock: Clock, readers: Sequence[CodeReader] = ()) -> None:
        self._database = database
        self._clock = clock
        self._readers = tuple(readers)

    # -- reading

    def roll(self, actor: Actor) -> Roll:
        """Who is to be counted now, and how they stand in the call under way, if there is one."""
        actor.require(Permission.ROLL_CALL)
        return make_roll(self._database, self._clock(), self.find_open())

    def find_open(self) -> Call | None:
        """The call under way: asked at the start of the program, before anybody acts.

        One that was left over from another day answers for nobody.
        """
        call = rollcall.find_open(self._database)
        return None if call is None or is_left_over(call, self._clock()) else call

    def register(self, actor: Actor) -> tuple[PastCall, ...]:
        """Roll calls, newest first, those declared void left out."""
        actor.require(Permission.ROLL_CALL)
        counts = rollcall.count_people(self._database)
        return tuple(
            PastCall(
                call,
                *counts.get(call.id, (0, 0)),
                "" if call.ended_at is None else took_minutes(call.started_at, call.ended_at),
                rollcall.find_note(self._database, call.id),
            )
            for call in rollcall.list_calls(self._database)
        )

    def paper(self, actor: Actor, call: RollCallId) -> RollCallPaper:
        """The report of a call (点名记录), frozen.

        Raises:
            NoRollCallError: there is no such call.
        """
        actor.require(Permission.ROLL_CALL)
        kept = self._find(call)
        heads = past_heads(self._database, kept)
        if kept.open:
            heads = make_roll(self._database, self._clock(), kept).heads
        return freeze_call(self._database, kept, heads, actor.name, self._clock())

    def inside_paper(self, actor: Actor) -> WhoIsInside:
        """Who is inside, for printing by hand."""
        actor.require(Permission.ROLL_CALL)
        return self.freeze_inside()

    def freeze_inside(self) -> WhoIsInside:
        """Who is inside, for the file the program keeps by itself; there is no acting staff member."""
        now = self._clock()
        return freeze_inside(self._database, make_roll(self._database, now, None))

    def inside(self) -> Roll:
        """Who is inside now, for whoever stands there before anybody has signed in: in a fire nobody does."""
        return make_roll(self._database, self._clock(), None)

    # -- acts

    def note_look(self) -> Done[None]:
        """Write down that the list was looked at by nobody who is known (PIPL 51)."""
        with self._database.unit(None, "look_inside") as unit:
            unit.audit("roll_call", None, "没有登录，按 F9 看了在园名单")
        return Done(None)

    def start(self, actor: Actor, kind: CallKind, plan: str = "") -> Done[RollCallId]:
        """Begin a call: everybody inside and at work now is put on its roll, and nobody is marked.

        The real thing waits for no drill: one that is under way ends as it stands, and says so.

        Raises:
            RollCallOpenError: one is under way.
        """
        actor.require(Permission.ROLL_CALL)
        what = clean_text(plan, "点名原因", "plan", longest=50)
        now = self._clock()
        roll = make_roll(self._database, now, None)
        with self._database.unit(actor.id, "start_roll_call") as unit:
            before = rollcall.find_open(unit)
            if before is not None and is_left_over(before, now):
                self._close_left_over(unit, actor, before)
            elif before is not None and kind is CallKind.REAL and before.kind is CallKind.DRILL:
                self._end(unit, actor, before, self._heads(before))
                self._remark(unit, actor, before, _BROKEN_OFF)
            try:
                key = rollcall.add_call(unit, kind, what, day_of(now), actor.id)
            except OpenCallExistsError as error:
                msg = "已经有一次点名正在进行。请按 F9 继续，先结束它再开始新的。"
                raise RollCallOpenError(msg) from error
            for head in roll.heads:
                rollcall.add_person(unit, key, head.key, head.name, head.class_id, head.class_name)
            unit.audit("roll_call", key, f"{kind.label} {what} {len(roll.heads)} 人".replace("  ", " "))
        return Done(key, _CHANGED, Undo("roll_call.start", key, f"{kind.label}点名开始"))

    def close_left_over(self, actor: Actor) -> Done[None]:
        """End a call that nobody is at any more, unfinished: a drill of another day."""
        actor.require(Permission.ROLL_CALL)
        call = rollcall.find_open(self._database)
        if call is None or not is_left_over(call, self._clock()):
            return Done(None)
        with self._database.unit(actor.id, "close_roll_call") as unit:
            self._close_left_over(unit, actor, call)
        return Done(None, _CHANGED)

    def void(self, actor: Actor, call: RollCallId) -> Done[None]:
        """A call was begun by mistake: it is declared void, and stays in the file.

        The drill that it broke off goes on.

        Raises:
            NoRollCallError: it is not under way.
        """
        actor.require(Permission.ROLL_CALL)
        kept = self._find_open(call)
        with self._database.unit(actor.id, "void_roll_call") as unit:
            rollcall.reverse_call(unit, call, actor.id)
            unit.audit("roll_call", call, kept.kind.label)
            drill = rollcall.find_broken_off(unit, kept)
            note = CallNote() if drill is None else rollcall.find_note(unit, drill.id)
            if drill is not None and note.remarks.endswith(_BROKEN_OFF):
                rollcall.add_note(
                    unit, drill.id, replace(note, remarks=note.remarks[: -len(_BROKEN_OFF)]), actor.id
                )
                self._reopen(unit, actor, drill.id)
        return Done(None, _CHANGED)

    def mark(
        self,
        actor: Actor,
        call: RollCallId,
        keys: Sequence[HeadKey],
        state: HeadState = HeadState.SAFE,
        how: str = "tap",
    ) -> Done[int]:
        """Mark people safe (staff also away); who is marked already is passed over. Returns how many were.

        Raises:
            NoRollCallError: the call is not under way.
            NotOnRollError: somebody is not among those to be counted.
        """
        actor.require(Permission.ROLL_CALL)
        if state not in {HeadState.SAFE, HeadState.AWAY}:
            raise RollCallError("点名只能记“安全”或“不在园”。")
        kept = self._find_open(call)
        heads = self._heads(kept)
        wanted = [self._wanted(heads, key, state) for key in keys]
        fresh = [head for head in wanted if not head.accounted]
        if not fresh:
            return Done(0)
        with self._database.unit(actor.id, "mark_roll_call") as unit:
            batch = rollcall.next_batch(unit)
            people = {person.key: person.id for person in rollcall.list_people(unit, call)}
            for head in fresh:
                person = people.get(head.key) or self._list(unit, call, head)
                rollcall.add_mark(unit, person, batch, state, how, actor.id)
            words = fresh[0].name if len(fresh) == 1 else f"{fresh[0].name} 等 {len(fresh)} 人"
            unit.audit("roll_call", call, f"{words} {state.label}")
        return Done(len(fresh), _CHANGED, Undo("roll_call.mark", batch, f"{words} {state.label}"))

    def mark_class(self, actor: Actor, call: RollCallId, class_id: ClassId | None) -> Done[int]:
        """全班安全: everybody of a class (None: the staff) who is not accounted for yet.

        Raises:
            NoRollCallError: the call is not under way.
        """
        actor.require(Permission.ROLL_CALL)
        heads = self._heads(self._find_open(call)).values()
        keys = [head.key for head in heads if head.class_id == class_id and not head.accounted]
        if class_id is None:
            keys = [key for key in keys if key.staff is not None]
        return self.mark(actor, call, keys, HeadState.SAFE, "class")

    def mark_by_code(self, actor: Actor, call: RollCallId, code: str) -> Done[str]:
        """Mark the child of a scanned pick-up code, card or paper of a stay safe; returns her name.

        Raises:
            NoRollCallError: the call is not under way.
            NotOnRollError: no code of ours, nobody on this roll, or of a stay before the one she is in now.
            CardError: the card is lost or withdrawn, or its child is not here.
        """
        actor.require(Permission.ROLL_CALL)
        visit = self._visit_of(code)
        if visit is None:
            raise NotOnRollError("这个码不是今天的接送码、接送卡或单据。请核对后再扫，或直接点孩子的名字。")
        kept = visits.find_visit(self._database, visit)
        again = None if kept is None else visits.find_open_visit(self._database, kept.child)
        if again is not None and again.id != visit:
            words = f"这张单据是上一次的：{again.child_name} {again.arrived_at:%H:%M} 又入园了。"
            raise NotOnRollError(words + "请扫新的，或看到孩子再点名字。")
        head = self._heads(self._find_open(call)).get(HeadKey(visit=visit))
        if head is None:
            raise NotOnRollError("这张单据的孩子不在这次点名里：可能已经接走。请核对姓名和日期。")
        done = self.mark(actor, call, (head.key,), HeadState.SAFE, "scan")
        return Done(head.name, done.changes, done.undo)

    def unmark(self, actor: Actor, call: RollCallId, key: HeadKey) -> Done[None]:
        """Somebody marked is not safe after all; the mark taken back stays in the file.

        Raises:
            NoRollCallError: the call is not under way.
            NotOnRollError: nobody has marked this one.
        """
        actor.require(Permission.ROLL_CALL)
        self._find_open(call)
        person = next((one for one in rollcall.list_people(self._database, call) if one.key == key), None)
        if person is None or person.state is HeadState.MISSING:
            raise NotOnRollError("这个人还没有标记，不用撤销。")
        with self._database.unit(actor.id, "unmark_roll_call") as unit:
            rollcall.reverse_mark_of(unit, person.id, actor.id)
            unit.audit("roll_call", call, f"{person.name} 撤销{person.state.label}")
        return Done(None, _CHANGED)

    def undo_marks(self, actor: Actor, batch: int) -> Done[None]:
        """Take the marks of one act back.

        Raises:
            NoRollCallError: the call is over, also where another one is under way by now.
            RollCallError: they were taken back before.
        """
        actor.require(Permission.ROLL_CALL)
        kept = rollcall.find_open(self._database)
        with self._database.unit(actor.id, "undo_roll_call_marks") as unit:
            if kept is None or rollcall.find_call_of_batch(unit, batch) not in {None, kept.id}:
                raise NoRollCallError("点名已经结束，标记不能再改。要继续，请先撤销“结束点名”。")
            count = rollcall.reverse_batch(unit, batch, actor.id)
            if not count:
                raise RollCallError("这些标记已经撤销过了。")
            unit.audit("roll_call", kept.id, f"撤销 {count} 人的标记")
        return Done(None, _CHANGED)

    def end(self, actor: Actor, call: RollCallId, note: CallNote | None = None) -> Done[RollCallId]:
        """End a call, whoever is still missing: the report names them.

        Who came in or was handed over since it began is written down as such.

        Raises:
            NoRollCallError: it is not under way.
        """
        actor.require(Permission.ROLL_CALL)
        kept, clean = self._find_open(call), None if note is None else _clean(note)
        heads = self._heads(kept)
        with self._database.unit(actor.id, "end_roll_call") as unit:
            self._end(unit, actor, kept, heads)
            if clean is not None:
                rollcall.add_note(unit, call, clean, actor.id)
        return Done(call, _CHANGED, Undo("roll_call.end", call, f"{kept.kind.label}点名结束"))

    def undo_end(self, actor: Actor, call: RollCallId) -> Done[None]:
        """The call goes on after all.

        Raises:
            NoRollCallError: it has not ended.
            RollCallOpenError: another one is under way by now.
        """
        actor.require(Permission.ROLL_CALL)
        self._find(call)
        with self._database.unit(actor.id, "reopen_roll_call") as unit:
            self._reopen(unit, actor, call)
        return Done(None, _CHANGED)

    def note(self, actor: Actor, call: RollCallId, note: CallNote) -> Done[None]:
        """Keep course, problems, improvements and remarks, also days later; what stood before is kept.

        Raises:
            NoRollCallError: there is no such call.
            BadTextError: a text is too long or holds what cannot be printed.
        """
        actor.require(Permission.ROLL_CALL)
        kept, clean = self._find(call), _clean(note)
        if rollcall.find_note(self._database, call) == clean:
            return Done(None)
        with self._database.unit(actor.id, "note_roll_call") as unit:
            rollcall.add_note(unit, call, clean, actor.id)
            unit.audit("roll_call", call, f"{kept.kind.label} 记录")
        return Done(None, _CHANGED)

    # -- inside

    def _find(self, call: RollCallId) -> Call:
        kept = rollcall.find_call(self._database, call)
        if kept is None or kept.void:
            raise NoRollCallError("没有找到这次点名，可能已经作废。请刷新后再试。")
        return kept

    def _find_open(self, call: RollCallId) -> Call:
        kept = self._find(call)
        if not kept.open:
            raise NoRollCallError("这次点名已经结束。要继续，请先撤销“结束点名”。")
        return kept

    def _end(self, unit: Unit, actor: Actor, call: Call, heads: dict[HeadKey, Head]) -> None:
        people = {person.key: person for person in rollcall.list_people(unit, call.id)}
        batch = rollcall.next_batch(unit)
        for head in heads.values():
            person = people.get(head.key)
            if person is None:
                self._list(unit, call.id, head)
            elif head.state in _GONE and person.state is HeadState.MISSING:
                rollcall.add_mark(unit, person.id, batch, head.state, "departure", actor.id)
        rollcall.end_call(unit, call, actor.id)
        missing = sum(not head.accounted for head in heads.values())
        unit.audit("roll_call", call.id, f"{call.kind.label}结束，未到 {missing} 人")

    def _close_left_over(self, unit: Unit, actor: Actor, call: Call) -> None:
        """End it when it was last worked at; who left or came later is no part of it."""
        people = rollcall.list_people(unit, call.id)
        last = max((one.at for one in people if one.at is not None), default=call.started_at)
        rollcall.end_call(unit, call, actor.id, last)
        self._remark(unit, actor, call, _LEFT_OVER)
        missing = sum(one.state is HeadState.MISSING for one in people)
        unit.audit("roll_call", call.id, f"{call.kind.label}没有做完，未到 {missing} 人")

    def _remark(self, unit: Unit, actor: Actor, call: Call, words: str) -> None:
        note = rollcall.find_note(unit, call.id)
        rollcall.add_note(unit, call.id, replace(note, remarks=note.remarks + words), actor.id)

    def _reopen(self, unit: Unit, actor: Actor, call: RollCallId) -> None:
        try:
            if not rollcall.reopen_call(unit, call):
                raise NoRollCallError("这次点名没有结束，不用撤销。")
        except OpenCallExistsError as error:
            raise RollCallOpenError("又开始了另一次点名，请先结束它。") from error
        rollcall.reverse_departures(unit, call, actor.id)  # who is back inside is looked for again
        unit.audit("roll_call", call, "继续点名")

    def _heads(self, call: Call) -> dict[HeadKey, Head]:
        return {head.key: head for head in make_roll(self._database, self._clock(), call).heads}

    def _wanted(self, heads: dict[HeadKey, Head], key: HeadKey, state: HeadState) -> Head:
        head = heads.get(key)
        if head is None:
            raise NotOnRollError("这个人不在这次点名里，请刷新后再试。")
        if state is HeadState.AWAY and head.is_child:
            msg = f"{head.name} 按记录在园，不能记“不在园”。已经接走的请到前台办离园。"
            raise RollCallError(msg)
        return head

    def _list(self, unit: Unit, call: RollCallId, head: Head) -> int:
        return rollcall.add_person(unit, call, head.key, head.name, head.class_id, head.class_name)

    def _visit_of(self, text: str) -> VisitId | None:
        code = spell_code(text)
        if code is not None:
            visit = visits.find_visit_by_code(self._database, day_of(self._clock()), code)
            return None if visit is None or visit.undone else visit.id
        for read in (self._of_paper, *self._readers):
            found = read(text)
            if found is not None:
                return found
        return None

    def _of_paper(self, text: str) -> VisitId | None:
        """The stay of a slip, an agreement, a receipt or a handover report."""
        place = centre.find_centre(self._database)
        seal = None if place is None else read_seal(place.seal_key, text)
        if seal is None:
            return None
        match seal.kind:
            case SealKind.SLIP | SealKind.AGREEMENT:
                return visit_of(seal.number)
            case SealKind.RECEIPT:
                receipt = receipts.find_receipt_by_number(self._database, seal.number)
                return None if receipt is None else receipt.visit
            case SealKind.REPORT:
                note = notes.find_by_number(self._database, seal.number)
                return None if note is None else note.visit
            case _:
                return None


def _clean(note: CallNote) -> CallNote:
    return replace(
        note,
        course=clean_text(note.course, "过程", "course", longest=_LONGEST_NOTE),
        problems=clean_text(note.problems, "问题", "problems", longest=_LONGEST_NOTE),
        improvements=clean_text(note.improvements, "改进", "improvements", longest=_LONGEST_NOTE),
        remarks=clean_text(note.remarks, "备注", "remarks", longest=_LONGEST_NOTE),
    )
