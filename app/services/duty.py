"""打卡: carers clock into and out of classes; corrections keep what stood before (58号文 Art 20).

One person is in one class at a time: clocking into another class ends the stretch in the first one.
"""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.duty import (
    AlreadyOnDutyError,
    DutyError,
    DutyKind,
    NotOnDutyError,
    Post,
    Source,
    Stretch,
    post_of,
    posts_on,
    require_apart,
)
from app.domain.ids import ClassId, DutyId, StaffId
from app.domain.names import clean_text
from app.domain.places import out_word
from app.domain.record import record
from app.domain.staff import Actor, NotPermittedError, Permission
from app.store import centre, duty, people, settings, walks
from app.store.centre import ClassGroup
from app.store.database import Clock, Database, Unit
from app.store.stamps import at_minute, day_of

UNDO_IN, UNDO_OUT, UNDO_CORRECTION = "duty.in", "duty.out", "duty.correct"
_CHANGED = Changes(frozenset({Topic.DUTY}))
_LONGEST = 100


@record
class DutyPerson:
    """One line of the clocking sheet. ``now`` is the stretch that runs; ``today`` are all of the day."""

    staff: StaffId
    name: str
    role_words: str
    post: Post
    own_class: ClassId | None
    now: Stretch | None
    today: tuple[Stretch, ...]
    outside: str  # where with a group
    shift_words: str  # 排班 07:30–17:30 抱抱龙, empty when there is none

    @property
    def state_words(self) -> str:
        """07:28 起在抱抱龙, 12:01 起休息, 17:40 下班, 未打卡."""
        if self.now is not None:
            place = "休息" if self.now.kind is DutyKind.BREAK else f"在{self.now.class_name}"
            cover = "顶班" if self.now.cover and self.now.kind is DutyKind.WORK else ""
            out = f"（{out_word(self.outside)}）" if self.outside else ""
            return f"{self.now.from_at:%H:%M} 起{place}{cover}{out}"
        if self.today and (last := self.today[-1].to_at) is not None:
            return f"{last:%H:%M} 下班"
        return "未打卡"


@record
class DutySheet:
    """Everything the clocking sheet shows. ``unended`` are stretches of earlier days that nobody ended."""

    at: dt.datetime
    people: tuple[DutyPerson, ...]
    classes: tuple[tuple[ClassId, str, Source], ...]
    unended: tuple[Stretch, ...]
    posts: tuple[Post, ...]
    by_clock: bool  # whether the clock counts at all


class Duty:
    """The verbs of clocking in and out."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # -- reading

    def sheet(self, actor: Actor) -> DutySheet:
        """Everybody who works here today, and where they are."""
        actor.require(Permission.READ)
        database, now = self._database, self._clock()
        today = day_of(now)
        posts, given = posts_on(today, duty.posts()), duty.given_posts(database)
        stretches = duty.list_day(database, today)
        outside = {one.staff: walk.place for walk in walks.list_open(database, today) for one in walk.carers}
        shifts = self._shift_words(today)
        persons = []
        for one in people.list_staff(database, today):
            own = tuple(stretch for stretch in stretches if stretch.staff == one.id)
            running = next((stretch for stretch in own if stretch.open), None)
            post = post_of(one.role, given.get(one.id), posts)
            persons.append(
                DutyPerson(
                    one.id, one.name, one.role.label, post, one.class_id, running, own,
                    outside.get(one.id, ""), shifts.get(one.id, ""),
                )
            )  # fmt: skip
        by_clock = settings.current(database, today).clock_counts == 1
        used = {one.class_id for one in stretches} if by_clock else set()
        classes = tuple(
            (group.id, group.name, Source.CLOCK if group.id in used else Source.ROTA)
            for group in centre.list_classes(database, today)
        )
        return DutySheet(now, tuple(persons), classes, duty.list_unended(database, today), posts, by_clock)

    def before(self, actor: Actor, stretch: DutyId) -> tuple[Stretch, ...]:
        """What a corrected stretch said before, the newest first."""
        actor.require(Permission.READ)
        return duty.list_before(self._database, stretch)

    # -- acts

    def clock_in(self, actor: Actor, staff: StaffId, class_id: ClassId) -> Done[DutyId]:
        """Somebody begins in a class, comes back from a break, or changes over from another class.

        Raises:
            AlreadyOnDutyError: she is in that class already.
            DutyError: she does not work here today, the class is not open, or she is outside with a group.
        """
        actor.require(Permission.RUN_CLASS)
        person, group, today = self._person(staff), self._class(class_id), day_of(self._clock())
        with self._database.unit(actor.id, "clock_in") as unit:
            running = duty.find_open(unit, staff, today)
            if running is not None and running.kind is DutyKind.WORK and running.class_id == class_id:
                msg = f"{person.name} {running.from_at:%H:%M} 已经在{group.name}打过卡了。"
                raise AlreadyOnDutyError(msg)
            self._require_inside(unit, person.id, person.name)
            after = self._leave(unit, running, actor)
            cover = person.class_id is not None and person.class_id != class_id
            key = duty.add(unit, staff, class_id, today, DutyKind.WORK, cover=cover, after=after, by=actor.id)
            came = "" if running is None or running.class_id == class_id else f"，离开{running.class_name}"
            words = f"{person.name} 到{group.name}{'顶班' if cover else '上班'}{came}"
            unit.audit("duty", key, words)
        return Done(key, _CHANGED, Undo(UNDO_IN, key, words))

    def take_break(self, actor: Actor, staff: StaffId) -> Done[DutyId]:
        """Somebody rests: she does not count meanwhile.

        Raises:
            NotOnDutyError: she is not clocked in, or rests already.
            DutyError: she is outside with a group.
        """
        actor.require(Permission.RUN_CLASS)
        person, today = self._person(staff), day_of(self._clock())
        with self._database.unit(actor.id, "take_break") as unit:
            running = duty.find_open(unit, staff, today)
            if running is None or running.kind is DutyKind.BREAK:
                state = "已经在休息" if running is not None else "还没有打卡上班"
                msg = f"{person.name}{state}，不能再记休息。"
                raise NotOnDutyError(msg)
            self._require_inside(unit, person.id, person.name)
            after = self._leave(unit, running, actor)
            key = duty.add(
                unit, staff, running.class_id, today, DutyKind.BREAK,
                cover=running.cover, after=after, by=actor.id,
            )  # fmt: skip
            unit.audit("duty", key, f"{person.name} 休息")
        return Done(key, _CHANGED, Undo(UNDO_IN, key, f"{person.name} 休息"))

    def clock_out(self, actor: Actor, staff: StaffId) -> Done[DutyId]:
        """Somebody goes home.

        Raises:
            NotOnDutyError: she is not clocked in.
            DutyError: she is outside with a group.
        """
        actor.require(Permission.RUN_CLASS)
        person, today = self._person(staff), day_of(self._clock())
        with self._database.unit(actor.id, "clock_out") as unit:
            running = duty.find_open(unit, staff, today)
            if running is None:
                msg = f"{person.name}今天没有打卡上班，不用下班。"
                raise NotOnDutyError(msg)
            self._require_inside(unit, person.id, person.name)
            self._leave(unit, running, actor)
            unit.audit("duty", running.id, f"{person.name} 下班")
        return Done(running.id, _CHANGED, Undo(UNDO_OUT, running.id, f"{person.name} 下班"))

    def correct(
        self, actor: Actor, stretch: DutyId, from_minute: int, to_minute: int | None, reason: str
    ) -> Done[DutyId]:
        """Other hours for a stretch (minutes after midnight of its day); the old ones stay on file.

        Whose stretch it is may correct it, and the director.

        Raises:
            NotOnDutyError: it was corrected or taken back since.
            OverlappingDutyError: she has another stretch at that time.
            DutyError: no reason, the end not after the start, or in the future.
        """
        actor.require(Permission.RUN_CLASS)
        why = self._reason(reason)
        with self._database.unit(actor.id, "correct_duty") as unit:
            old = duty.find(unit, stretch)
            if old is None:
                raise NotOnDutyError("这一段已经更正或撤销过了，请刷新后再试。")
            self._require_may_correct(actor, old.staff)
            span = self._span(old.day, from_minute, to_minute)
            others = [one for one in duty.list_of(unit, old.staff, old.day) if one.id != old.id]
            require_apart(span, others)
            duty.reverse(unit, old.id, actor.id)
            key = duty.add_past(unit, old, *span, why, actor.id)
            fresh = replace(old, from_at=span[0], to_at=span[1])
            words = f"{old.name} {old.span_words} 更正为 {fresh.span_words}"
            unit.audit("duty", key, f"{words}：{why}")
        return Done(key, _CHANGED, Undo(UNDO_CORRECTION, key, words))

    def add_missed(
        self,
        actor: Actor,
        staff: StaffId,
        class_id: ClassId,
        day: dt.date,
        minutes: tuple[int, int],
        reason: str,
    ) -> Done[DutyId]:
        """A stretch nobody clocked (minutes after midnight). She herself or the director enters it.

        Raises:
            OverlappingDutyError: she has another stretch at that time.
            DutyError: no reason, the end not after the start, or in the future.
        """
        actor.require(Permission.RUN_CLASS)
        self._require_may_correct(actor, staff)
        person, group, why = self._person(staff), self._class(class_id), self._reason(reason)
        start, end = self._span(day, *minutes)
        cover = person.class_id is not None and person.class_id != class_id
        made = Stretch(
            DutyId(0), staff, person.name, class_id, group.name, day, DutyKind.WORK, cover, start, end
        )
        with self._database.unit(actor.id, "add_duty") as unit:
            require_apart((start, end), duty.list_of(unit, staff, day))
            key = duty.add_past(unit, made, start, end, why, actor.id)
            words = f"{person.name} {day:%m-%d} {made.span_words} 补记{group.name}"
            unit.audit("duty", key, f"{words}：{why}")
        return Done(key, _CHANGED, Undo(UNDO_CORRECTION, key, words))

    def set_post(self, actor: Actor, staff: StaffId, post: str | None, reason: str) -> Done[None]:
        """Say that somebody does another work than her role's (a trainee does not count); None: her role's.

        Raises:
            DutyError: no such post, or no reason.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        person, why, today = self._person(staff), self._reason(reason), day_of(self._clock())
        known = {one.code: one for one in posts_on(today, duty.posts())}
        if post is not None and post not in known:
            raise DutyError("没有这个岗位，请重新选择。", field="post")
        with self._database.unit(actor.id, "set_post") as unit:
            duty.set_post(unit, staff, post, why, today, actor.id)
            label = person.role.label if post is None else known[post].label
            unit.audit("staff", staff, f"{person.name} 岗位 {label}：{why}")
        return Done(None, Changes(frozenset({Topic.DUTY, Topic.STAFF})))

    # -- taking back

    def undo_in(self, actor: Actor, stretch: DutyId) -> Done[None]:
        """She did not begin; what ended by it goes on.

        Raises:
            NotOnDutyError: something was clocked for her since.
            DutyError: she is outside with a group.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_clock_in") as unit:
            found = duty.find(unit, stretch)
            if found is None or not found.open:
                raise NotOnDutyError("这之后又打过卡，请先撤销后一次，或用“更正”。")
            self._require_inside(unit, found.staff, found.name)
            duty.reverse(unit, stretch, actor.id)
            before = duty.find_before(unit, stretch)
            if before is not None and duty.find(unit, before) is not None:
                duty.reopen(unit, before)
            unit.audit("duty", stretch, f"{found.name} {found.kind.label}")
        return Done(None, _CHANGED)

    def undo_out(self, actor: Actor, stretch: DutyId) -> Done[None]:
        """She has not gone home.

        Raises:
            NotOnDutyError: she clocked in again since, or it was corrected.
            DutyError: she is outside with a group.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_clock_out") as unit:
            found = duty.find(unit, stretch)
            again = None if found is None else duty.find_open(unit, found.staff, found.day)
            if found is None or again is not None or not duty.reopen(unit, stretch):
                raise NotOnDutyError("这之后又打过卡或更正过，撤不回去。请用“更正”。")
            self._require_inside(unit, found.staff, found.name)
            unit.audit("duty", stretch, f"{found.name} 继续在班")
        return Done(None, _CHANGED)

    def undo_correction(self, actor: Actor, stretch: DutyId) -> Done[None]:
        """What stood before a correction holds again; a stretch entered afterwards goes.

        Raises:
            NotOnDutyError: it was corrected again.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_duty_correction") as unit:
            found = duty.find(unit, stretch)
            if found is None:
                raise NotOnDutyError("这一段后来又更正过，请先撤销后一次。")
            self._require_may_correct(actor, found.staff)
            duty.reverse(unit, stretch, actor.id)
            if found.replaces is not None:
                duty.revive(unit, found.replaces)
                old = duty.find(unit, found.replaces)
                others = [
                    one for one in duty.list_of(unit, found.staff, found.day) if old and one.id != old.id
                ]
                if old is not None:
                    require_apart((old.from_at, old.to_at), others)
            unit.audit("duty", stretch, f"{found.name} 撤销更正")
        return Done(None, _CHANGED)

    # -- inside

    def _leave(self, unit: Unit, running: Stretch | None, actor: Actor) -> DutyId | None:
        if running is None:
            return None
        if unit.at < running.from_at:
            came = f"{running.name} {running.from_at:%H:%M} 的打卡"
            msg = f"电脑时间 {unit.at:%H:%M} 比 {came}还早，请先校正时间。"
            raise DutyError(msg)
        duty.end(unit, running.id, actor.id)
        return running.id

    def _require_inside(self, unit: Unit, staff: StaffId, name: str) -> None:
        for walk in walks.list_open(unit, day_of(unit.at)):
            if any(one.staff == staff for one in walk.carers):
                msg = f"{name}正带孩子在{walk.place}，回来清点后再打卡。"
                raise DutyError(msg)

    def _person(self, staff: StaffId) -> Actor:
        today = day_of(self._clock())
        found = next((one for one in people.list_staff(self._database, today) if one.id == staff), None)
        if found is None:
            raise DutyError("今天没有这位同事，请重新选择。", field="staff")
        return found

    def _class(self, class_id: ClassId) -> ClassGroup:
        today = day_of(self._clock())
        found = next((one for one in centre.list_classes(self._database, today) if one.id == class_id), None)
        if found is None:
            raise DutyError("这个班没有开，请另选一个班。", field="class_id")
        return found

    def _require_may_correct(self, actor: Actor, staff: StaffId) -> None:
        if actor.id != staff and not actor.may(Permission.CHANGE_SETTINGS):
            raise NotPermittedError("打卡时间只能由本人或园长更正，请本人登录后再改。")

    def _reason(self, reason: str) -> str:
        why = clean_text(reason, "原因", "reason", longest=_LONGEST)
        if not why:
            raise DutyError("请写明原因，如“忘了打卡，接班老师证明”。", field="reason")
        return why

    def _span(
        self, day: dt.date, from_minute: int, to_minute: int | None
    ) -> tuple[dt.datetime, dt.datetime | None]:
        start = at_minute(day, from_minute)
        end = None if to_minute is None else at_minute(day, to_minute)
        if end is not None and end <= start:
            raise DutyError("下班要晚于上班，请核对时间。", field="to")
        if max(start, end or start) > self._clock():
            raise DutyError("还没到这个时间，不能先记。", field="to" if end is not None else "from")
        if end is None and day != day_of(self._clock()):
            raise DutyError("过去的一天要写明几点下班；不知道的先问本人，不要估计。", field="to")
        return start, end

    def _shift_words(self, today: dt.date) -> dict[StaffId, str]:
        names = {group.id: group.name for group in centre.list_classes(self._database, today)}
        found: dict[StaffId, list[str]] = {}
        for one in people.list_shifts(self._database, today):
            span = f"{one.from_minute // 60:02d}:{one.from_minute % 60:02d}"
            span += f"–{one.to_minute // 60:02d}:{one.to_minute % 60:02d}"
            found.setdefault(one.staff, []).append(f"{span} {names.get(one.class_id, '')}")
        return {key: f"排班 {'、'.join(words)}" for key, words in found.items()}
