"""招生: asking for a place, and every dated step of a child's life at the centre."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.ids import ApplicantId, ChildId, ClassId, StepId
from app.domain.life import (
    CLOSING,
    OPENING,
    Ending,
    Life,
    LifeError,
    Owner,
    Step,
    StepKind,
    check_step,
    check_undo,
)
from app.domain.modes import CareMode, HalfDay
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone, spaced_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.admission_family import keep_child, refuse_barred_contact, require_another
from app.services.admission_rules import find_group, require_age, require_not_come, require_seats
from app.services.booking_ends import end_by_step, end_by_undo, give_back_step
from app.services.carer_hours import (
    Judged,
    days_to_judge,
    judge,
    require_carers,
    squeezed,
    unrostered_words,
    with_contract,
)
from app.services.illness_gate import require_open_class
from app.services.pins import Pins
from app.store import applicants, children, life, people, settings
from app.store.applicants import Applicant
from app.store.children import Enrolment
from app.store.database import Clock, Database, Unit
from app.store.day import Who
from app.store.life import Contract
from app.store.stamps import day_of

_DAY = dt.timedelta(days=1)
_HALVES = {HalfDay.MORNING: (480, 720), HalfDay.AFTERNOON: (780, 1050)}
_WHOLE = (500, 1040)
_BRINGS_BACK = CLOSING | {StepKind.LEAVE}  # taken back, she comes where she came before
TOPICS = frozenset({Topic.CHILDREN})


class UnknownApplicantError(RuleError):
    """Nobody of that key is on file."""


@record
class InquiryCard:
    """What a family says at the first call. One of ``born_on`` and ``due_on`` is known."""

    name: str
    phone: str
    born_on: dt.date | None = None
    due_on: dt.date | None = None
    contact: str = ""
    wish_kind: ClassKind | None = None
    wish_mode: CareMode = CareMode.FULL_DAY
    wish_half: HalfDay | None = None
    wish_start: dt.date | None = None
    priority: str = "none"
    note: str = ""
    applied_on: dt.date | None = None  # None = today
    wait: bool = False  # straight onto the waiting list
    same_reason: str = ""  # how one knows that she is nobody who is on file or has asked


@record
class StepWish:
    """A step as asked for. What is None is taken from the place she has. Clock times are minutes."""

    kind: StepKind
    on_day: dt.date
    class_id: ClassId | None = None
    mode: CareMode | None = None
    half: HalfDay | None = None
    weekdays: str = ""
    arrive: int | None = None
    leave: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    seat_kept: bool = False
    ending: Ending | None = None
    deadline: dt.date | None = None
    before: ApplicantId | None = None
    born_on: dt.date | None = None  # of an applicant who was not born yet when she was put down
    reason: str = ""
    same: ChildId | None = None  # of several on file with her name and birth date: this one
    other: bool = False  # none of those of her name and birth date


@record
class _Person:
    """Whose step it is."""

    owner: Owner
    life: Life
    name: str
    born_on: dt.date | None
    birth: dt.date
    applicant: Applicant | None


class Admissions:
    """The verbs of 招生."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def inquire(self, actor: Actor, card: InquiryCard) -> Done[ApplicantId]:
        """Put a family down as 咨询, or with ``wait`` onto the waiting list.

        Raises:
            LifeError: neither or both of birth and due date; a date that cannot be.
            BadNameError, PhoneError, BadTextError: a field that cannot be kept.
            BarredAlarmError: who asks is like somebody barred from a child she may be; the alarm is kept.
        """
        actor.require(Permission.ADMIT)
        today = day_of(self._clock())
        new = _read_card(card, today)
        why = clean_text(card.same_reason, "理由", "same_reason")
        require_another(self._database, actor, new, why, today)
        kind = StepKind.WAIT if card.wait else StepKind.INQUIRE
        with self._database.unit(actor.id, "inquire") as unit:
            key = applicants.add_applicant(unit, new, actor.id)
            step = life.add_step(unit, Owner(applicant=key), Step(kind, today), actor.id)
            unit.audit("applicant", key, f"{new.name} {kind.label}")
            if why:
                unit.audit("override", key, why)
        return Done(key, Changes(TOPICS), Undo("life.step", step, f"{new.name} {kind.label}"))

    def take_step(self, actor: Actor, owner: Owner, wish: StepWish, own_pin: str = "") -> Done[StepId]:
        """Take a life one step on, with what it does to contracts and bookings, in one unit of work.

        ``also`` names the bookings that it cancels: those within the hours of the contract it begins, and
        those of days on which she will have left.

        ``own_pin`` is the director's, where she takes somebody into a class under observation, or for whom
        the rostered carers are too few at some hour.

        Raises:
            LifeError: the life cannot take it, or not on that day, as where she came by the contract since.
            NoSeatError, WrongAgeForClassError, NoSuchClassError: there is no such place for her.
            UnknownApplicantError: nobody of that key.
            SameChildError: a child of that name and birth date is on file, and nobody has said who she is.
            BarredAlarmError: who asked is like somebody barred from a child she may be; the alarm is kept.
            ObservationError: the class is under observation, and no director says why.
            NoCarerError: at some hour the rostered carers would be too few, and no director says why.
            SecondPersonError, WrongPinError: the director says why, and has not typed her PIN.
        """
        actor.require(Permission.ADMIT)
        today = day_of(self._clock())
        who = self._person(owner, today)
        step = fill(who.life, wish)
        check_step(who.life, step, today)
        require_not_come(self._database, who.owner.child, who.name, step, today)
        born = wish.born_on or who.born_on
        if step.class_id is not None and step.kind in OPENING | {StepKind.NOTIFY}:
            first = step.starts_on or step.on_day
            group = find_group(self._database, step.class_id, first)
            require_age(group, born or who.birth, first, step.reason)
        if step.kind in OPENING:
            _require_birth(who, born, today)
            if who.owner.child is None and who.applicant is not None and born is not None:
                refuse_barred_contact(self._database, actor, who.applicant, born, wish.same, other=wish.other)
        judged = self._judge(who, born, step, wish)
        overruled = " ".join(
            why
            for why in (
                _require_open(self._database, actor, who.life, step, today),
                require_carers(judged, who.name, actor, step.reason),
            )
            if why
        )
        if overruled:
            self._pins.prove_own(actor, own_pin)
        with self._database.unit(actor.id, f"life_{step.kind.value}") as unit:
            after = Life((*who.life.steps, step))
            require_seats(self._database, who.owner, after, today)
            owner, name = self._settle_owner(unit, who, step, wish, actor), who.name
            key = life.add_step(unit, owner, step, actor.id)
            keep_contracts(unit, owner, key, step, wish)
            unit.audit("life", key, f"{name} {step.kind.label} {step.on_day}")
            also = end_by_step(unit, owner.child, step, actor.id) + unrostered_words(judged)
            if overruled:
                unit.audit("override", key, overruled)
        named = frozenset({owner.child}) if owner.child is not None else frozenset[ChildId]()
        undo = Undo("life.step", key, f"{name} {step.kind.label}")
        return Done(key, Changes(TOPICS, named), undo, also=also)

    def reveal_phone(self, actor: Actor, applicant: ApplicantId) -> Done[str]:
        """The number of a family who asks, in full; that somebody looked is written down (PIPL 51).

        Raises:
            UnknownApplicantError: nobody of that key.
        """
        actor.require(Permission.ADMIT)
        asked = applicants.find_applicant(self._database, applicant)
        if asked is None:
            raise UnknownApplicantError("没有找到这个孩子，请刷新后再试。")
        with self._database.unit(actor.id, "reveal_phone") as unit:
            unit.audit("applicant", applicant, f"{asked.name} 查看完整的电话")
        return Done(spaced_phone(asked.phone))

    def undo_step(self, actor: Actor, step: StepId) -> Done[None]:
        """Take a step back, with all steps made together with it; contracts and bookings are as they were.

        ``also`` names the bookings that cannot hold again: their room is gone; those that were made since
        and end, within the hours of the contract that holds again; and the hours that break with it.

        Raises:
            LifeError: it is not the last one, it was made before today and has begun, or it was used.
            NoSeatError: the seat it would take again was given to somebody else.
        """
        actor.require(Permission.ADMIT)
        today = day_of(self._clock())
        found = life.find_step(self._database, step)
        if found is None:
            raise LifeError("这一步已经撤销过了。")
        batch = life.list_batch(self._database, found[1].batch or step)
        with self._database.unit(actor.id, "undo_life") as unit:
            reversed_ = [_reverse(unit, one, actor, today) for one in batch]
            # Only now: a batch may have changed places with itself.
            for owner, _ in reversed_:
                known, whole = life.find_life(unit, owner)
                require_seats(unit, known, whole, today)
            also = "".join(end_by_undo(unit, one.child, undone, actor.id) for one, undone in reversed_)
            also += "".join(give_back_step(self._database, unit, *one) for one in reversed_)
            back = [one.child for one, undone in reversed_ if one.child and undone.kind in _BRINGS_BACK]
            also += squeezed(self._database, unit.at, back)
            unit.audit("life", step, f"撤销 {found[1].kind.label} {len(batch)} 人")
        return Done(None, Changes(TOPICS), also=also)

    def _person(self, owner: Owner, today: dt.date) -> _Person:
        known, whole = life.find_life(self._database, owner)
        asked = (
            None if known.applicant is None else applicants.find_applicant(self._database, known.applicant)
        )
        child = None if known.child is None else children.find_child(self._database, known.child)
        if child is not None:
            return _Person(known, whole, child.name, child.born_on, child.born_on, asked)
        if asked is None:
            raise UnknownApplicantError("没有找到这个孩子，请刷新后再试。")
        return _Person(known, whole, asked.name, asked.born_on, asked.birth, asked)

    def _judge(self, who: _Person, born: dt.date | None, step: Step, wish: StepWish) -> tuple[Judged, ...]:
        """The class that a step takes her into, by hour, with her in it by the contract it begins."""
        child, since = who.owner.child or ChildId(0), day_of(self._clock())
        if step.kind not in OPENING or step.class_id is None:
            return ()
        before = None if who.owner.child is None else life.last_contract(self._database, child)
        contract = _contract_of(child, before, step, wish)
        days = days_to_judge(self._database, {step.class_id}, max(since, step.on_day), contract.ends_on)
        asked = Who(child, who.name, "", None, born or who.birth, "unknown")
        change = with_contract(asked, contract)
        return judge(self._database, self._clock(), days, {step.class_id}, after=change)

    def _settle_owner(self, unit: Unit, who: _Person, step: Step, wish: StepWish, actor: Actor) -> Owner:
        """Whose step it will be: an applicant becomes a child on file when she gets a place, and the other
        way round a child who asks again is put on the list.
        """
        owner, born = who.owner, wish.born_on or who.born_on
        if step.kind in OPENING and owner.child is None and who.applicant is not None and born is not None:
            child = keep_child(unit, who.applicant, born, wish.same, other=wish.other)
            return Owner(owner.applicant, child)
        if step.kind is StepKind.WAIT and owner.applicant is None and owner.child is not None:
            return Owner(self._ask_again(unit, who, owner.child, step, actor), owner.child)
        return owner

    def _ask_again(self, unit: Unit, who: _Person, child: ChildId, step: Step, actor: Actor) -> ApplicantId:
        adults = people.list_adults(self._database, child, step.on_day)
        adult = next((one for one in adults if one.phone and not one.tie.barred), None)
        if adult is None:
            msg = f"{who.name} 的档案里没有可联系的电话。请先补上家长电话，再排候补。"
            raise UnknownApplicantError(msg, field="phone")
        place = who.life.place()
        mode = place.mode if place is not None and place.mode is not None else CareMode.FULL_DAY
        again = Applicant(
            who.name, who.birth, None, adult.phone, f"{adult.tie.relation} {adult.name}", None, mode,
            place.half if place is not None else None, None, "none", "", step.on_day, child=child,
        )  # fmt: skip
        return applicants.add_applicant(unit, again, actor.id)

    def notice_deadline(self) -> dt.date:
        """The day until which a family notified today may answer, by the centre's setting."""
        today = day_of(self._clock())
        return today + dt.timedelta(days=settings.current(self._database, today).notice_days)


def fill(known: Life, wish: StepWish) -> Step:
    """The step that a wish means: what it leaves open comes from the place she has or was offered."""
    place = known.place()
    class_id, mode, half, ends_on = wish.class_id, wish.mode, wish.half, wish.ends_on
    if wish.kind in {StepKind.RESUME, StepKind.MOVE, StepKind.ENROL} and place is not None:
        if mode is None:
            mode, half = place.mode, place.half
        if wish.kind is not StepKind.MOVE:
            class_id = class_id or place.class_id
        if ends_on is None and wish.kind is not StepKind.ENROL:
            ends_on = place.ends_on
    if wish.kind in OPENING | {StepKind.NOTIFY}:
        mode = mode or CareMode.FULL_DAY
        half = half if mode is CareMode.HALF_DAY else None
    return Step(
        kind=wish.kind,
        on_day=wish.on_day,
        class_id=class_id,
        mode=mode,
        half=half,
        starts_on=wish.starts_on,
        ends_on=ends_on if wish.kind in OPENING else None,
        seat_kept=wish.seat_kept and wish.kind is StepKind.SUSPEND,
        ending=wish.ending if wish.kind is StepKind.LEAVE else None,
        deadline=wish.deadline if wish.kind is StepKind.NOTIFY else None,
        before=wish.before,
        reason=clean_text(wish.reason, "理由", "reason"),
    )


def keep_contracts(unit: Unit, owner: Owner, key: StepId, step: Step, wish: StepWish) -> None:
    """Let a step end the contract that holds, and begin the next one."""
    if owner.child is None:
        return
    last_day = step.on_day if step.kind is StepKind.LEAVE else step.on_day - _DAY
    before = life.last_contract(unit, owner.child)
    if step.kind in CLOSING | {StepKind.LEAVE}:
        held = life.find_contract(unit, owner.child, last_day)
        if held is not None and held.what.ends_on != last_day:
            life.end_contract(unit, key, held, last_day)
    if step.kind in OPENING:
        life.open_contract(unit, key, _contract_of(owner.child, before, step, wish))


def _contract_of(child: ChildId, before: Contract | None, step: Step, wish: StepWish) -> Enrolment:
    """The contract that a step begins: what nobody says is as it was before."""
    if step.class_id is None or step.mode is None:
        msg = f"a {step.kind} without a class or mode begins no contract"
        raise ValueError(msg)
    new_hours = _HALVES[step.half] if step.half is not None else _WHOLE
    same = before is not None and (before.what.mode, before.what.half) == (step.mode, step.half)
    contract = Enrolment(
        child,
        step.class_id,
        step.mode,
        step.half,
        wish.weekdays or (before.what.weekdays if before is not None else "12345"),
        before.what.arrive_minute if same and before is not None else new_hours[0],
        before.what.leave_minute if same and before is not None else new_hours[1],
        step.on_day,
        step.ends_on,
    )
    contract = replace(
        contract,
        arrive_minute=contract.arrive_minute if wish.arrive is None else wish.arrive,
        leave_minute=contract.leave_minute if wish.leave is None else wish.leave,
    )
    if contract.leave_minute <= contract.arrive_minute:
        raise LifeError("离园时间要晚于来园时间。", field="leave")
    return contract


def _require_open(database: Database, actor: Actor, whole: Life, step: Step, today: dt.date) -> str:
    """A class under observation takes nobody in; who is in it may go on. Returns what was overruled."""
    if step.kind not in OPENING or step.class_id is None:
        return ""
    place = whole.place()
    if place is not None and place.class_id == step.class_id and step.kind is not StepKind.RESUME:
        return ""
    first = max(step.starts_on or step.on_day, today)
    return require_open_class(database, step.class_id, first, actor, step.reason)


def _reverse(unit: Unit, key: StepId, actor: Actor, today: dt.date) -> tuple[Owner, Step]:
    found = life.find_step(unit, key)
    if found is None:
        raise LifeError("这一步已经撤销过了。")
    owner, step = found
    known, whole = life.find_life(unit, owner)
    made_on = today if step.made_at is None else day_of(step.made_at)
    check_undo(step, whole.last, made_on, today)
    if (
        step.kind in OPENING
        and known.child is not None
        and applicants.count_visits_from(unit, known.child, step.on_day, step.made_at)
    ):
        raise LifeError("从那天起已经有入园记录，不能撤销。请先撤销入园，或另办一步来更正。")
    life.reverse_step(unit, key, actor.id)
    return known, step


def _require_birth(who: _Person, born: dt.date | None, today: dt.date) -> None:
    if born is None:
        msg = f"{who.name} 登记的是预产期。请先填出生日期，再办入园。"
        raise LifeError(msg, field="born_on")
    if born > today:
        raise LifeError("出生日期还没有到，请核对。", field="born_on")


def _read_card(card: InquiryCard, today: dt.date) -> Applicant:
    if (card.born_on is None) == (card.due_on is None):
        raise LifeError("请填出生日期；还没出生的填预产期。", field="born_on")
    if card.born_on is not None and card.born_on > today:
        raise LifeError("出生日期还没有到。还没出生请选“预产期”。", field="born_on")
    applied = card.applied_on or today
    if applied > today:
        raise LifeError("申请日期不能在今天之后。", field="applied_on")
    note = clean_text(card.note, "备注", "note")
    if applied < today and not note:
        raise LifeError("申请日期早于今天，请在备注里写明依据，如“10月纸质登记”。", field="note")
    half = card.wish_half if card.wish_mode is CareMode.HALF_DAY else None
    if card.wish_mode is CareMode.HALF_DAY and half is None:
        raise LifeError("半日托请选上午或下午。", field="half")
    return Applicant(
        name=clean_name(card.name),
        born_on=card.born_on,
        due_on=card.due_on,
        phone=check_phone(card.phone),
        contact=clean_text(card.contact, "联系人", "contact", longest=50),
        wish_kind=card.wish_kind,
        wish_mode=card.wish_mode,
        wish_half=half,
        wish_start=card.wish_start,
        priority=applicants.find_priority(card.priority).code,
        note=note,
        applied_on=applied,
    )
