"""Who looks after each class right now, by the clock or by the rota, and what that says of the ratio.

58号文 Art 20 counts carers present in that class now. A carer is in one class at most: whoever has clocked
in today is where the clock says, whatever the rota has for her.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field

from app.domain.classes import carers_needed
from app.domain.duty import DutyKind, Post, Source, Stretch, post_of, posts_on
from app.domain.ids import ClassId, StaffId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.places import out_counts
from app.domain.ratio import verdict_of
from app.domain.record import record
from app.domain.staff import Role
from app.store import duty, people, settings, tables, walks
from app.store.centre import ClassGroup
from app.store.database import Database
from app.store.people import Shift
from app.store.stamps import day_of, minute_of
from app.store.walks import Walk


@record
class OnDuty:
    """One person in a class now. ``since`` is None where the rota says so; ``post`` is what she does here."""

    staff: StaffId
    name: str
    post: Post
    since: dt.datetime | None = None
    cover: bool = False
    outside: bool = False
    place: str = ""  # where with a group

    @property
    def counts(self) -> bool:
        """Whether she is a 保育人员."""
        return self.post.counts

    @property
    def words(self) -> str:
        """许静 07:28, 沈玉洁 顶班 12:31, 王芳 08:00 实习、见习（不计入）."""
        parts = [self.name, "顶班" if self.cover else "", "" if self.since is None else f"{self.since:%H:%M}"]
        if not self.counts:
            parts.append(f"{self.post.label}（不计入）")
        return " ".join(part for part in parts if part)


@record
class ClassCarers:
    """Those in one class now. ``resting`` are on a break; ``places`` has where a visit is on a walk."""

    class_id: ClassId
    source: Source
    here: tuple[OnDuty, ...] = ()
    resting: tuple[OnDuty, ...] = ()
    places: Mapping[VisitId, str] = field(default_factory=dict)
    lent: frozenset[VisitId] = frozenset()  # on a walk with carers of other classes alone

    def out_counts(self, visits: Iterable[VisitId]) -> tuple[tuple[str, int], ...]:
        """How many of some visits are on a walk, and where."""
        return out_counts(self.places[one] for one in visits if one in self.places)

    @property
    def counting(self) -> int:
        """How many 保育人员."""
        return sum(one.counts for one in self.here)

    @property
    def counting_inside(self) -> int:
        """How many 保育人员 are not on a walk."""
        return sum(one.counts and not one.outside for one in self.here)


@record
class Carers:
    """The whole centre at one moment."""

    by_class: dict[ClassId, ClassCarers]
    walks: tuple[Walk, ...] = ()

    def of(self, class_id: ClassId) -> ClassCarers:
        """One class; nobody where the class is not open."""
        return self.by_class.get(class_id) or ClassCarers(class_id, Source.ROTA)


def carers_now(database: Database, now: dt.datetime, classes: Iterable[ClassGroup]) -> Carers:
    """Who is where, by class."""
    today = day_of(now)
    out = walks.list_open(database, today)
    by_clock = settings.current(database, today).clock_counts == 1
    stretches = duty.list_day(database, today) if by_clock else ()
    desk = _Desk(database, now, stretches, out)
    found = {}
    for group in classes:
        own = [one for one in stretches if one.class_id == group.id]
        if own:
            here = {one.staff: desk.made(one.staff, one) for one in _open(own)}
        else:
            here = {key: desk.made(key) for key, place in desk.rota.items() if place == group.id}
        # Whoever is outside with children looks after them, whatever her shift says.
        for key, place in desk.walking.items():
            if place == group.id:
                here.setdefault(key, desk.made(key))
            else:
                here.pop(key, None)
        found[group.id] = ClassCarers(
            group.id,
            Source.CLOCK if own else Source.ROTA,
            tuple(here.values()),
            tuple(desk.made(one.staff, one) for one in _open(own, DutyKind.BREAK)),
            {
                one.visit: walk.place
                for walk in out
                for one in walk.children
                if one.visit is not None and one.class_id == group.id
            },
            frozenset(
                one.visit
                for walk in out
                if all(carer.class_id != group.id for carer in walk.carers)
                for one in walk.children
                if one.visit is not None and one.class_id == group.id
            ),
        )
    return Carers(found, out)


class _Desk:
    """What is known of everybody who may look after children now."""

    def __init__(
        self, database: Database, now: dt.datetime, stretches: tuple[Stretch, ...], out: tuple[Walk, ...]
    ) -> None:
        today, minute = day_of(now), minute_of(now)
        self._posts, self._given = posts_on(today, duty.posts()), duty.given_posts(database)
        self._people: dict[StaffId, tuple[str, Role]] = {}
        self.rota: dict[StaffId, ClassId] = {}
        self.walking: dict[StaffId, ClassId] = {}
        self.places: dict[StaffId, str] = {}
        clocked = {one.staff for one in stretches}
        for shift in people.list_shifts(database, today):  # of teachers alone
            self._people[shift.staff] = shift.name, Role.TEACHER
            running = shift.from_minute <= minute < shift.to_minute
            if running and shift.staff not in clocked:
                self.rota.setdefault(shift.staff, shift.class_id)
        for walk in out:
            for member in walk.carers:
                if member.staff is not None:
                    self.walking[member.staff] = member.class_id
                    self.places[member.staff] = walk.place
                    self._people.setdefault(member.staff, (member.name, Role.TEACHER))
        for one in stretches:
            self._people[one.staff] = one.name, one.role

    def made(self, key: StaffId, stretch: Stretch | None = None) -> OnDuty:
        """One person as the class shows her."""
        name, role = self._people[key]
        post = post_of(role, self._given.get(key), self._posts)
        since, cover = (None, False) if stretch is None else (stretch.from_at, stretch.cover)
        return OnDuty(key, name, post, since, cover, key in self.walking, self.places.get(key, ""))


def judge(
    group: ClassGroup, months: Iterable[int], visits: Iterable[VisitId], carers: ClassCarers, day: dt.date
) -> tuple[int, Chip]:
    """Carers needed for the children of a class now, and the one word for it.

    ``months`` are the ages of ``visits``, in their order. Who is on a walk looks after nobody inside: too
    few beside the children inside is told, also where the class as a whole has enough. Children whom carers
    of another class took along lack nobody: the walk had its own ratio to keep when it set out.
    """
    rules, heads = tables.ratio_rules(day), tuple(zip(visits, months, strict=True))
    ages = tuple(age for visit, age in heads if visit not in carers.lent)
    needed = carers_needed(group.kind, ages, rules)
    staying = tuple(age for visit, age in heads if visit not in carers.places)
    if staying and not carers.counting_inside and carers.counting:
        return needed, Chip("班内无人照看", Tone.BAD)
    lack = carers_needed(group.kind, staying, rules) - carers.counting_inside
    if carers.counting and lack > max(0, needed - carers.counting):
        return needed, Chip(f"班内缺 {lack} 人", Tone.BAD)
    return needed, verdict_of(len(ages), group.seats, needed, carers.counting)


def counting_shifts(database: Database, day: dt.date) -> tuple[Shift, ...]:
    """The shifts of a day of those who count as 保育人员: a trainee has hers, and does not count."""
    posts, given = posts_on(day, duty.posts()), duty.given_posts(database)
    return tuple(
        shift
        for shift in people.list_shifts(database, day)
        if post_of(Role.TEACHER, given.get(shift.staff), posts).counts
    )


def alarm_words(name: str, lack: int, verdict: Chip) -> str:
    """小树苗班无人照看！…, 小树苗班缺 2 名保育人员, else the verdict where it is bad, else empty."""
    where = name if verdict.words.startswith("班") else f"{name}班"
    if "无人照看" in verdict.words:
        return f"{where}{verdict.words}！请马上派老师过去"
    if lack > 0:
        return f"{name}班缺 {lack} 名保育人员"
    return f"{where}{verdict.words}" if verdict.tone is Tone.BAD else ""


def tells_of_carers(words: str) -> bool:
    """Whether an alert is one of ``alarm_words`` about carers: 班级 mends it (打卡, 换老师)."""
    return "无人照看" in words or words.endswith("名保育人员")


def _open(stretches: Iterable[Stretch], kind: DutyKind = DutyKind.WORK) -> list[Stretch]:
    return [one for one in stretches if one.open and one.kind is kind]
