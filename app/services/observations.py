"""观察记录: what a teacher saw, written in seconds for one child or several; prompts by age, no verdicts."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ages import age_words, months_between
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.curriculum import Area, CurriculumError, band_of
from app.domain.ids import ChildId, ClassId, ObservationActId, ObservationId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.sheets import ColumnKind, Sheet, SheetColumn
from app.services.scope import Scope
from app.store import children, curriculum_rules, growing, observations
from app.store.database import Clock, Database
from app.store.growing import ClassChild
from app.store.observations import NewObservation, Observation
from app.store.stamps import day_of

UNDO_OBSERVATION = "curriculum.observation"
LONGEST = 200
FOR_REFERENCE = "提示仅供参考，每个孩子节奏不同；不作为发育评价。"
_GUESTS = dt.timedelta(days=7)
_OLDEST = dt.timedelta(days=366)
_FIRST = dt.date(2000, 1, 1)


class ObservationError(CurriculumError):
    """An observation that cannot be kept, edited or taken away as asked."""


@record
class ChildFace:
    """A child of the class, and how many observations there are of her."""

    id: ChildId
    name: str
    age: str  # 2岁3个月
    months: int
    band: str  # 24–36 月龄
    guest: bool
    count: int
    last: dt.date | None


@record
class ObservationLine:
    """One observation in a list."""

    id: ObservationId
    child: ChildId
    name: str
    day: dt.date
    area: Area
    age: str  # 27 个月
    words: str
    by: str


@record
class Prompts:
    """What to look out for at these ages, by area. Reference only."""

    bands: tuple[str, ...]
    by_area: tuple[tuple[Area, tuple[str, ...]], ...]
    starts: tuple[str, ...]

    def of(self, area: Area) -> tuple[str, ...]:
        """The prompts of one area."""
        return dict(self.by_area).get(area, ())


@record
class NoteWish:
    """The same words for one child or several. ``day`` is when it was seen."""

    children: tuple[ChildId, ...]
    day: dt.date
    area: Area | None
    words: str


class Observations:
    """Writing, reading, mending and taking out."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def children(self, actor: Actor, class_id: ClassId) -> tuple[ChildFace, ...]:
        """The children of a class, those enrolled first, then the guests of the last week."""
        actor.require(Permission.LOG_DAY)
        today = day_of(self._clock())
        found = growing.list_class_children(self._database, class_id, today, today - _GUESTS)
        seen = observations.last_days(self._database, [one.id for one in found])
        return tuple(_face(one, today, seen.get(one.id)) for one in found)

    def prompts(self, actor: Actor, chosen: Sequence[ChildId]) -> Prompts:
        """What to look out for at the ages of these children, the bands of all of them."""
        actor.require(Permission.LOG_DAY)
        today = day_of(self._clock())
        bands = curriculum_rules.bands()
        ages = []
        for key in chosen:
            child = children.find_child(self._database, key)
            if child is not None:
                ages.append(months_between(child.born_on, today))
        held = [band for band in bands if any(band_of(age, bands) == band for age in ages)]
        table = curriculum_rules.prompts()
        return Prompts(
            tuple(band.label for band in held),
            tuple(
                (area, tuple(word for band in held for word in table.get((band.months_from, area), ())))
                for area in Area
            ),
            curriculum_rules.starts(),
        )

    def search(
        self,
        actor: Actor,
        *,
        class_id: ClassId | None = None,
        child: ChildId | None = None,
        area: Area | None = None,
        words: str = "",
    ) -> tuple[ObservationLine, ...]:
        """What holds, the newest first: of one child, or of the last year of a class or of all.

        Of a class it is what was seen of the children it had on that day. A teacher reads of the children of
        her own classes, and what she has written herself.
        """
        actor.require(Permission.LOG_DAY)
        today = day_of(self._clock())
        if child is not None:
            found = observations.list_of_child(self._database, child, _FIRST, today)
        elif class_id is not None:
            found = observations.list_of_class(self._database, class_id, today - _OLDEST, today)
        else:
            found = observations.list_all(self._database, today - _OLDEST, today)
        names = {key: name for key, name, _ in growing.list_names(self._database)}
        wanted = words.split()
        scope = Scope(self._database, self._clock)
        found = scope.own(actor, found, lambda one: one.what.child, by=lambda one: one.by == actor.name)
        return tuple(
            _line(one, names.get(one.what.child, ""))
            for one in found
            if (area is None or one.what.area is area)
            and all(word in f"{names.get(one.what.child, '')} {one.what.words} {one.by}" for word in wanted)
        )

    def note(self, actor: Actor, wish: NoteWish) -> Done[int]:
        """Keep the same observation of one child or several, in one act; returns of how many.

        Raises:
            ObservationError: no child, no area, no words, a day to come, before the birth or over a year ago.
            BadTextError: too long or not printable.
        """
        actor.require(Permission.LOG_DAY)
        chosen = tuple(dict.fromkeys(wish.children))
        if not chosen:
            raise ObservationError("请先选孩子，可以选几个。", field="children")
        made = [self._made(key, wish) for key in chosen]
        with self._database.unit(actor.id, "note_observation") as unit:
            act = observations.add_act(unit, "note")
            for one in made:
                observations.add_observation(unit, act, one)
            unit.audit("observation_act", act, f"观察 {len(made)} 人：{made[0].words}")
        name = self._name(chosen[0])
        label = f"{name} 的观察" if len(made) == 1 else f"{name} 等 {len(made)} 人的观察"
        return Done(len(made), _changes(chosen), Undo(UNDO_OBSERVATION, act, label))

    def edit(self, actor: Actor, key: ObservationId, wish: NoteWish) -> Done[ObservationId]:
        """Put other words, another day or area in its place; what stood stays on file, superseded.

        Raises:
            ObservationError: it holds no more, or as for ``note``.
        """
        actor.require(Permission.LOG_DAY)
        held = self._holding(key)
        fresh = self._made(held.what.child, wish)
        if fresh == held.what:
            return Done(key)
        with self._database.unit(actor.id, "edit_observation") as unit:
            act = observations.add_act(unit, "edit")
            observations.end_observation(unit, act, key)
            made = observations.add_observation(unit, act, fresh, key)
            unit.audit("observation_act", act, f"{held.what.words} → {fresh.words}")
        label = f"修改 {self._name(held.what.child)} 的观察"
        return Done(made, _changes((held.what.child,)), Undo(UNDO_OBSERVATION, act, label))

    def end(self, actor: Actor, key: ObservationId) -> Done[None]:
        """Take one away that should not stand; it stays on file, ended.

        Raises:
            ObservationError: it holds no more.
        """
        actor.require(Permission.LOG_DAY)
        held = self._holding(key)
        with self._database.unit(actor.id, "end_observation") as unit:
            act = observations.add_act(unit, "end")
            observations.end_observation(unit, act, key)
            unit.audit("observation_act", act, f"去掉：{held.what.words}")
        label = f"去掉 {self._name(held.what.child)} 的观察"
        return Done(None, _changes((held.what.child,)), Undo(UNDO_OBSERVATION, act, label))

    def undo(self, actor: Actor, key: ObservationActId) -> Done[None]:
        """Take an act back whole: what it wrote holds no more, what it ended holds again.

        Raises:
            ObservationError: it was taken back before, or something of it was edited since.
        """
        actor.require(Permission.LOG_DAY)
        act = observations.find_act(self._database, key)
        if act is None or act.undone:
            raise ObservationError("这次记录已经撤销过了，不用再撤销。")
        touched = observations.list_of_act(self._database, key)
        if any(one.act == key and not one.standing for one in touched):
            raise ObservationError("这条观察后来又改过。请先撤销后一次修改，再撤销这一次。")
        with self._database.unit(actor.id, "undo_observation") as unit:
            observations.reverse_act(unit, key)
            unit.audit("observation_act", key, "撤销观察")
        return Done(None, _changes(tuple(one.what.child for one in touched)))

    def sheet(self, actor: Actor, child: ChildId | None = None) -> Sheet:
        """The list as a table to take out; whoever takes it needs ``EXPORT`` where it is written."""
        columns = (
            SheetColumn("日期", ColumnKind.DATE, 12), SheetColumn("姓名", width=12),
            SheetColumn("月龄", width=10), SheetColumn("领域", width=10),
            SheetColumn("观察", width=60), SheetColumn("记录人", width=10),
        )  # fmt: skip
        rows = tuple(
            (one.day, one.name, one.age, one.area.label, one.words, one.by)
            for one in self.search(actor, child=child)
        )
        return Sheet("观察记录", columns, rows, personal=True)

    # -- inside ---------------------------------------------------------------------------------------

    def _made(self, key: ChildId, wish: NoteWish) -> NewObservation:
        if wish.area is None:
            raise ObservationError("请选一个领域。", field="area")
        words = clean_text(wish.words, "观察", "words", LONGEST)
        if not words:
            raise ObservationError("请写看到了什么，或从提示里选一句再改。", field="words")
        today = day_of(self._clock())
        if wish.day > today:
            raise ObservationError("观察的日期还没有到，请核对。", field="day")
        child = children.find_child(self._database, key)
        if child is None:
            raise ObservationError("没有找到这个孩子，请刷新后再试。", field="children")
        if wish.day < max(child.born_on, today - _OLDEST):
            msg = f"{wish.day} 太早了：只补记一年以内的、{child.name} 出生以后的观察。"
            raise ObservationError(msg, field="day")
        return NewObservation(key, wish.day, wish.area, months_between(child.born_on, wish.day), words)

    def _holding(self, key: ObservationId) -> Observation:
        found = observations.find_observation(self._database, key)
        if found is None or not found.standing:
            raise ObservationError("这条观察已经改过或去掉了，请刷新后再看。")
        return found

    def _name(self, key: ChildId) -> str:
        child = children.find_child(self._database, key)
        return "" if child is None else child.name


def _face(one: ClassChild, today: dt.date, seen: tuple[int, dt.date] | None) -> ChildFace:
    months = months_between(one.born_on, today)
    count, last = seen or (0, None)
    band = band_of(months, curriculum_rules.bands()).label
    return ChildFace(
        one.id, one.name, age_words(one.born_on, today), months, band, not one.enrolled, count, last
    )


def _line(one: Observation, name: str) -> ObservationLine:
    what = one.what
    return ObservationLine(
        one.id, what.child, name, what.day, what.area, f"{what.months} 个月", what.words, one.by
    )


def _changes(keys: Sequence[ChildId]) -> Changes:
    return Changes(frozenset({Topic.NOTES}), frozenset(keys))
