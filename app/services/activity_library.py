"""活动库: what the program ships and what the centre adds, by age and part of growing up."""

from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.curriculum import Activity, Area, Band, CurriculumError, fitting
from app.domain.ids import ActivityId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.store import curriculum, curriculum_rules
from app.store.database import Clock, Database

UNDO_ADDED, UNDO_ENDED = "curriculum.activity", "curriculum.activity_ended"
_CHANGED = Changes(frozenset({Topic.LOG}))
_YOUNGEST, _OLDEST = 0, 48  # months


class ActivityError(CurriculumError):
    """An activity that cannot be kept as it is."""


@record
class Library:
    """What was asked for, of how many; the bands to filter by."""

    activities: tuple[Activity, ...]
    total: int
    bands: tuple[Band, ...]


class ActivityLibrary:
    """The library as one list: the centre's own first."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Activity, ...]:
        """Everything; an own activity takes the place of a shipped one of the same name."""
        own = curriculum.list_activities(self._database)
        names = {one.name for one in own}
        return (*own, *(one for one in curriculum_rules.shipped_activities() if one.name not in names))

    def library(
        self,
        actor: Actor,
        *,
        band: Band | None = None,
        area: Area | None = None,
        words: str = "",
        months: tuple[int, int] | None = None,
    ) -> Library:
        """The activities for a band or a span of months, an area, and with all of these words somewhere."""
        actor.require(Permission.LOG_DAY)
        every = self.all()
        found = fitting(every, band=band, area=area, words=words, months=months)
        return Library(found, len(every), curriculum_rules.bands())

    def add(self, actor: Actor, activity: Activity) -> Done[ActivityId]:
        """Add one of the centre's own.

        Raises:
            ActivityError: no name, no area, ages the wrong way round or out of bounds, a name
                there is already.
            BadTextError: a text too long or not printable.
        """
        actor.require(Permission.LOG_DAY)
        activity = _clean(activity)
        self._require_free(activity.name, None)
        with self._database.unit(actor.id, "add_activity") as unit:
            key = curriculum.add_activity(unit, activity)
            unit.audit("activity", key, f"{activity.name}（{activity.ages}，{activity.area_words}）")
        return Done(key, _CHANGED, Undo(UNDO_ADDED, key, f"添加活动“{activity.name}”"))

    def change(self, actor: Actor, key: ActivityId, activity: Activity) -> Done[ActivityId]:
        """Put other words in its place; the row that stood stays on file.

        Raises:
            ActivityError: as for ``add``, or it holds no more.
        """
        actor.require(Permission.LOG_DAY)
        activity, held = _clean(activity), self._holding(key)
        if replace(activity, id=key) == held:
            return Done(key)
        self._require_free(activity.name, key)
        with self._database.unit(actor.id, "change_activity") as unit:
            curriculum.end_activity(unit, key)
            fresh = curriculum.add_activity(unit, activity, key)
            unit.audit("activity", fresh, f"{held.name} → {activity.name}（{activity.ages}）")
        return Done(fresh, _CHANGED, Undo(UNDO_ADDED, fresh, f"修改活动“{activity.name}”"))

    def end(self, actor: Actor, key: ActivityId) -> Done[None]:
        """Offer it no more; plans and the log keep its name.

        Raises:
            ActivityError: it holds no more.
        """
        actor.require(Permission.LOG_DAY)
        held = self._holding(key)
        with self._database.unit(actor.id, "end_activity") as unit:
            curriculum.end_activity(unit, key)
            unit.audit("activity", key, f"停用 {held.name}")
        return Done(None, _CHANGED, Undo(UNDO_ENDED, key, f"停用活动“{held.name}”"))

    def undo_added(self, actor: Actor, key: ActivityId) -> Done[None]:
        """Take an added or changed activity back; what it replaced holds again.

        Raises:
            ActivityError: it holds no more.
        """
        actor.require(Permission.LOG_DAY)
        held = self._holding(key)
        before = curriculum.find_replaced(self._database, key)
        with self._database.unit(actor.id, "undo_activity") as unit:
            curriculum.end_activity(unit, key)
            if before is not None:
                curriculum.restore_activity(unit, before)
            unit.audit("activity", key, f"撤销 {held.name}")
        return Done(None, _CHANGED)

    def undo_ended(self, actor: Actor, key: ActivityId) -> Done[None]:
        """Offer an ended activity again.

        Raises:
            ActivityError: it holds, or another has taken its name.
        """
        actor.require(Permission.LOG_DAY)
        found = curriculum.find_activity(self._database, key)
        if found is None or found[1]:
            raise ActivityError("这项活动已经恢复过了，不用再撤销。")
        self._require_free(found[0].name, key)
        with self._database.unit(actor.id, "undo_activity") as unit:
            curriculum.restore_activity(unit, key)
            unit.audit("activity", key, f"恢复 {found[0].name}")
        return Done(None, _CHANGED)

    def _holding(self, key: ActivityId) -> Activity:
        found = curriculum.find_activity(self._database, key)
        if found is None or not found[1]:
            raise ActivityError("这项活动已经停用或改过了，请刷新后再看。")
        return found[0]

    def _require_free(self, name: str, key: ActivityId | None) -> None:
        if any(one.name == name and one.id != key for one in curriculum.list_activities(self._database)):
            msg = f"已经有一项叫“{name}”的活动，请换个名字，或直接改那一项。"
            raise ActivityError(msg, field="name")


def _clean(activity: Activity) -> Activity:
    name = clean_text(activity.name, "名称", "name", 40)
    if not name:
        raise ActivityError("请写活动的名称，如 手工课：贴窗花。", field="name")
    if not activity.areas:
        raise ActivityError("请至少选一个领域。", field="areas")
    if not _YOUNGEST <= activity.months_from < activity.months_to <= _OLDEST:
        msg = f"月龄要从小到大，在 {_YOUNGEST} 到 {_OLDEST} 之间，如 24 到 36。"
        raise ActivityError(msg, field="months")
    return Activity(
        name,
        clean_text(activity.materials, "材料", "materials", 120),
        clean_text(activity.steps, "玩法", "steps", 300),
        tuple(area for area in Area if area in activity.areas),
        activity.months_from,
        activity.months_to,
    )
