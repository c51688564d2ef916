"""招生 as it is read: who stands where, the waiting list in order, one child's life, and the forecast."""

import datetime as dt
from collections.abc import Iterable, Mapping

from app.domain.ages import age_words, months_between
from app.domain.ids import ApplicantId, ChildId, ClassId, StepId
from app.domain.life import (
    Ending,
    Life,
    LifeError,
    Owner,
    QueueState,
    Stage,
    Step,
    StepKind,
    check_undo,
    next_kinds,
    offer_of,
    queue_state,
)
from app.domain.looks import Chip, Tone
from app.domain.modes import HalfDay
from app.domain.phones import mask_phone
from app.domain.queue import HandMove, Priority, Waiting, order_queue
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.admission_rules import Gaps, Seating, entry_gaps
from app.services.booking_ends import named
from app.services.forecast import Forecast, make_forecast
from app.store import applicants, bookings, centre, life, people
from app.store.applicants import Applicant
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.stamps import day_of

_TONES = {
    Stage.INQUIRY: Tone.PLAIN,
    Stage.WAITING: Tone.WARN,
    Stage.TRIAL: Tone.INFO,
    Stage.ENROLLED: Tone.OK,
    Stage.SUSPENDED: Tone.WARN,
    Stage.LEFT: Tone.PLAIN,
}
_QUEUE_TONES = {
    QueueState.WAITING: Tone.PLAIN,
    QueueState.NOTIFIED: Tone.INFO,
    QueueState.CONFIRMED: Tone.OK,
    QueueState.EXPIRED: Tone.BAD,
    QueueState.GIVEN_UP: Tone.PLAIN,
}
_GREY = "accent"
_YEAR = 12  # below, age in words is in months already


@record
class Line:
    """One child in a list. ``note`` stands below the name; ``hint`` is for who is to be rung next."""

    owner: Owner
    name: str
    note: str
    chip: Chip
    colour: str
    stage: Stage
    class_id: ClassId | None = None
    hint: str = ""
    place: int = 0  # in the queue

    @property
    def numbered(self) -> str:
        """``1. 严知微`` in the queue, elsewhere the name."""
        return f"{self.place}. {self.name}" if self.place else self.name


@record
class LifeLine:
    """One dated line of a life."""

    on_day: dt.date
    words: str
    note: str
    future: bool


@record
class LifePanel:
    """A child's whole life, what may follow, and what is still missing."""

    owner: Owner
    name: str
    words: str
    chip: Chip
    lines: tuple[LifeLine, ...]
    next: tuple[StepKind, ...]
    next_words: tuple[str, ...]
    wish: str  # full, am or pm: how she wants to come
    endings_of: Life
    gaps: tuple[str, ...]
    undo: StepId | None
    undo_words: str
    born_on: dt.date | None
    offer: Step | None
    has_phone: bool = False  # of a family that is not on file: can be looked at in full
    ahead: tuple[tuple[ApplicantId, str], ...] = ()  # the others on the list, for a move by hand
    booked: str = ""  # 12月12日（周五） 9:00–11:00 等 8 个预约: what a step may cancel


@record
class ClassChoice:
    """A class that can be chosen, with its free seats today."""

    id: ClassId
    name: str
    colour: str
    free: int
    limit: int
    booked: int = 0  # of those not free, promised to bookings of days to come

    @property
    def words(self) -> str:
        """小海豚 余 2/15（1 个已预约）."""
        booked = f"（{self.booked} 个已预约）" if self.booked else ""
        return f"{self.name} 余 {self.free}/{self.limit}{booked}"


class AdmissionLists:
    """Readings for the room 招生. ``gaps`` says what is still missing of a child before entry."""

    def __init__(self, database: Database, clock: Clock, gaps: Gaps = entry_gaps) -> None:
        self._database, self._clock, self._gaps = database, clock, gaps

    def roster(self, actor: Actor) -> tuple[Line, ...]:
        """Everybody with a life: who asks, who is in care by class, who is away, who has left."""
        actor.require(Permission.ADMIT)
        book = self._book()
        found = [book.line(owner, one) for owner, one in book.lives.items()]
        order = list(Stage)
        return tuple(sorted(found, key=lambda line: (order.index(line.stage), line.class_id or 0, line.name)))

    def queue(self, actor: Actor) -> tuple[Line, ...]:
        """The waiting list in order. Behind an expired notice the next one is proposed."""
        actor.require(Permission.ADMIT)
        return self._book().queue()

    def panel(self, actor: Actor, owner: Owner) -> LifePanel | None:
        """One child; None when nobody of that key is on file."""
        actor.require(Permission.ADMIT)
        book = self._book()
        known = next((one for one in book.lives if _same(one, owner)), None)
        if known is None:
            return None
        whole, today = book.lives[known], book.today
        name, birth = book.who(known)
        asked = book.asked(known)
        last = whole.last
        return LifePanel(
            owner=known,
            name=name,
            words=self._words(known, asked, birth, today),
            chip=book.line(known, whole).chip,
            lines=tuple(book.life_line(step) for step in whole.steps),
            next=next_kinds(whole, today),
            next_words=tuple(_word(kind, whole.stage) for kind in next_kinds(whole, today)),
            wish=_wish_mode(asked),
            endings_of=whole,
            gaps=self._gaps(whole, known.child),
            undo=last.id if last is not None and _undoable(last, today) else None,
            undo_words=f"撤销“{last.kind.label}”" if last is not None else "",
            born_on=birth if known.child is not None or (asked and asked.born_on) else None,
            offer=offer_of(whole),
            has_phone=known.child is None and bool(asked and asked.phone),
            ahead=book.others(known),
            booked=self._booked(known.child, today),
        )

    def _booked(self, child: ChildId | None, today: dt.date) -> str:
        found = () if child is None else bookings.list_held(self._database, child, today)
        return named(found) if found else ""

    def classes(self, actor: Actor) -> tuple[ClassChoice, ...]:
        """The classes open today with their free seats."""
        actor.require(Permission.ADMIT)
        today = day_of(self._clock())
        seating = Seating(self._database, today)
        rooms = [seating.room(group, today) for group in centre.list_classes(self._database, today)]
        return tuple(
            ClassChoice(one.group.id, one.group.name, one.group.colour, one.free, one.limit, one.booked)
            for one in rooms
        )

    def priorities(self) -> tuple[Priority, ...]:
        """The ranks a family may have, first ones first."""
        return applicants.priorities()

    def forecast(self, actor: Actor) -> Forecast:
        """Who turns 12, 24 or 36 months in six months, and which seats come free."""
        actor.require(Permission.ADMIT)
        return make_forecast(self._database, day_of(self._clock()))

    def _book(self) -> "_Book":
        today = day_of(self._clock())
        return _Book(
            today,
            life.list_lives(self._database),
            applicants.list_applicants(self._database),
            applicants.list_children(self._database),
            {group.id: group for group in centre.list_classes(self._database, today)},
        )

    def _words(self, owner: Owner, asked: Applicant | None, birth: dt.date, today: dt.date) -> str:
        parts = [_born_words(asked, owner, birth, today)]
        if asked is not None:
            # In full it is looked at by ``Admissions.reveal_phone``, or in the records: both write it down.
            parts += [asked.contact, mask_phone(asked.phone), _wish_words(asked)]
            parts += [applicants.find_priority(asked.priority).words, asked.note]
        elif owner.child is not None:
            adults = people.list_adults(self._database, owner.child, today)
            to_ring = [one for one in adults if one.phone and not one.tie.barred][:1]
            parts += [f"{one.tie.relation} {mask_phone(one.phone)}" for one in to_ring]
        return " · ".join(part for part in parts if part)


@record
class _Book:
    """All that the lists are told from."""

    today: dt.date
    lives: Mapping[Owner, Life]
    applicants: Mapping[ApplicantId, Applicant]
    children: Mapping[ChildId, tuple[str, dt.date]]
    groups: Mapping[ClassId, ClassGroup]

    def asked(self, owner: Owner) -> Applicant | None:
        return None if owner.applicant is None else self.applicants.get(owner.applicant)

    def who(self, owner: Owner) -> tuple[str, dt.date]:
        if owner.child is not None and owner.child in self.children:
            return self.children[owner.child]
        asked = self.asked(owner)
        return ("", self.today) if asked is None else (asked.name, asked.birth)

    def class_name(self, class_id: ClassId | None) -> str:
        if class_id is None:
            return ""
        group = self.groups.get(class_id)
        return group.name if group is not None else "已停班的班级"

    def line(self, owner: Owner, whole: Life) -> Line:
        stage = whole.stage_on(self.today)
        name, birth = self.who(owner)
        place = whole.place() if stage.in_care or stage is Stage.SUSPENDED else None
        group = self.groups.get(place.class_id) if place is not None and place.class_id else None
        chip = Chip(stage.label, _TONES.get(stage, Tone.PLAIN))
        state = queue_state(whole, self.today)
        if stage is Stage.WAITING and state is not None:
            chip = Chip(state.label, _QUEUE_TONES[state])
        elif stage is Stage.LEFT and whole.last is not None and whole.last.ending is not None:
            chip = Chip(whole.last.ending.label)
        parts = [_born_words(self.asked(owner), owner, birth, self.today)]
        parts += [group.name, _mode_words(place)] if group is not None and place is not None else []
        coming = next((step for step in whole.steps if step.on_day > self.today), None)
        if coming is not None:
            parts.append(f"{coming.on_day:%m-%d} {_step_words(coming, self.class_name(coming.class_id))}")
        note = " · ".join(part for part in parts if part)
        colour = group.colour if group is not None else _GREY
        return Line(owner, name, note, chip, colour, stage, group.id if group is not None else None)

    def queue(self) -> tuple[Line, ...]:
        waiting: dict[ApplicantId, tuple[Owner, Life, QueueState]] = {}
        gone: list[Line] = []
        for owner, whole in self.lives.items():
            state = queue_state(whole, self.today)
            if state is QueueState.GIVEN_UP:
                gone.append(self.line(owner, whole))
            elif state is not None and owner.applicant is not None:
                waiting[owner.applicant] = (owner, whole, state)
        order = self._order(waiting)
        lines = []
        freed = any(waiting[one][2] is QueueState.EXPIRED for one in order)
        for at, one in enumerate(order, 1):
            owner, whole, state = waiting[one]
            hint = ""
            if freed and state is QueueState.WAITING:
                hint, freed = "建议下一个通知", False
            lines.append(self._queue_line(at, owner, whole, state, hint))
        return (*lines, *gone)

    def _order(
        self, waiting: Mapping[ApplicantId, tuple[Owner, Life, QueueState]]
    ) -> tuple[ApplicantId, ...]:
        entries = [
            Waiting(one, applicants.find_priority(asked.priority).rank, asked.applied_on)
            for one in waiting
            if (asked := self.applicants.get(one)) is not None
        ]
        moves = [
            (step.id or 0, HandMove(one, step.before))
            for one, (_, whole, _) in waiting.items()
            for step in whole.steps
            if step.kind is StepKind.RANK
        ]
        return order_queue(entries, [move for _, move in sorted(moves, key=lambda pair: pair[0])])

    def others(self, owner: Owner) -> tuple[tuple[ApplicantId, str], ...]:
        return tuple(
            (line.owner.applicant, line.numbered)
            for line in self.queue()
            if line.owner.applicant is not None and line.stage is Stage.WAITING and line.owner != owner
        )

    def _queue_line(self, at: int, owner: Owner, whole: Life, state: QueueState, hint: str) -> Line:
        asked, offer = self.asked(owner), offer_of(whole)
        parts = [applicants.find_priority(asked.priority).words if asked is not None else ""]
        if asked is not None:
            parts += [f"{asked.applied_on:%Y-%m-%d} 申请", _wish_words(asked)]
        if offer is not None:
            until = f"，{offer.deadline:%m-%d} 前答复" if offer.deadline is not None else ""
            parts = [f"{self.class_name(offer.class_id)} {_mode_words(offer)}{until}", *parts[:2]]
        if any(step.kind is StepKind.RANK for step in whole.steps):
            parts.append("手工调整过")
        chip = Chip(state.label, _QUEUE_TONES[state])
        note = " · ".join(part for part in parts if part)
        colour = self._offer_colour(offer)
        return Line(owner, self.who(owner)[0], note, chip, colour, Stage.WAITING, None, hint, at)

    def _offer_colour(self, offer: Step | None) -> str:
        group = self.groups.get(offer.class_id) if offer is not None and offer.class_id else None
        return group.colour if group is not None else _GREY

    def life_line(self, step: Step) -> LifeLine:
        parts = [step.reason, step.by, f"{step.made_at:%m-%d %H:%M} 登记" if step.made_at else "合同登记"]
        if step.deadline is not None:
            parts.insert(0, f"{step.deadline:%m-%d} 前答复")
        if step.ends_on is not None:
            parts.insert(0, f"合同到 {step.ends_on}")
        if step.kind is StepKind.SUSPEND:
            parts.insert(0, "保留托位" if step.seat_kept else "不保留托位")
        note = " · ".join(part for part in parts if part)
        words = _step_words(step, self.class_name(step.class_id))
        return LifeLine(step.on_day, words, note, step.on_day > self.today)


def _same(known: Owner, wanted: Owner) -> bool:
    if wanted.child is not None:
        return known.child == wanted.child
    return wanted.applicant is not None and known.applicant == wanted.applicant


def _undoable(step: Step, today: dt.date) -> bool:
    if step.id is None or step.made_at is None:
        return False
    try:
        check_undo(step, step, day_of(step.made_at), today)
    except LifeError:
        return False
    return True


def _step_words(step: Step, class_name: str) -> str:
    """在托 抱抱龙 全日托; 离园（毕业）."""
    if step.ending is not None:
        return step.ending.label if step.ending.value == "given_up" else f"离园（{step.ending.label}）"
    return _joined((step.kind.label, class_name, _mode_words(step)))


def _mode_words(step: Step | None) -> str:
    if step is None or step.mode is None:
        return ""
    half = {HalfDay.MORNING: "（上午）", HalfDay.AFTERNOON: "（下午）", None: ""}[step.half]
    return f"{step.mode.label}{half}"


def _wish_words(asked: Applicant) -> str:
    start = f"{asked.wish_start:%Y-%m-%d} 起" if asked.wish_start is not None else ""
    kind = asked.wish_kind.label if asked.wish_kind is not None else ""
    return _joined(("想要", kind, asked.wish_mode.label, start))


def _born_words(asked: Applicant | None, owner: Owner, birth: dt.date, today: dt.date) -> str:
    if owner.child is None and asked is not None and asked.born_on is None:
        return f"预产期 {birth}"
    months = months_between(birth, today)
    return age_words(birth, today) + (f"（{months} 个月）" if months >= _YEAR else "")


def _word(kind: StepKind, stage: Stage) -> str:
    """The word on the button; who has not come yet does not leave, she gives up."""
    asks = stage in {Stage.INQUIRY, Stage.WAITING}
    return Ending.GIVEN_UP.label if kind is StepKind.LEAVE and asks else kind.label


def _wish_mode(asked: Applicant | None) -> str:
    return "full" if asked is None or asked.wish_half is None else asked.wish_half.value


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)
