"""The band above a class: who is in it by clock or rota, heads, the last count, the families' wishes."""

from app.domain.ages import months_between
from app.domain.duty import Source
from app.domain.ids import ClassId
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.carers import OnDuty, alarm_words, carers_now, judge
from app.services.classroom import UnknownClassError
from app.store import centre, day, headcounts, instructions
from app.store.database import Clock, Database
from app.store.headcounts import Count
from app.store.stamps import day_of


@record
class ClassBand:
    """One class at one moment. ``unread`` are instructions of those inside that the actor has not read."""

    class_id: ClassId
    class_name: str
    source: Source
    here: tuple[OnDuty, ...]
    resting: tuple[OnDuty, ...]
    counting: int
    needed: int
    present: int
    out: tuple[tuple[str, int], ...]  # on a walk: 户外 6, 医务室 1
    last_count: Count | None
    wishes: int
    unread: int
    alarm: str  # 抱抱龙班无人照看！…, 抱抱龙班缺 1 名保育人员, empty where all is well

    @property
    def heads_words(self) -> str:
        """在园 18 人，户外 6，医务室 1."""
        return "，".join([f"在园 {self.present} 人", *(f"{where} {count}" for where, count in self.out)])

    @property
    def count_words(self) -> str:
        """11:43 清点 18 人 许静, 今天还没有清点."""
        last = self.last_count
        if last is None:
            return "今天还没有清点"
        wrong = "" if last.agrees else f"（应到 {last.expected}）"
        return f"{last.at:%H:%M} 清点 {last.found} 人{wrong} {last.by}"


class ClassBands:
    """The reading of the band."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, actor: Actor, class_id: ClassId) -> ClassBand:
        """One class now.

        Raises:
            UnknownClassError: it is not open.
        """
        actor.require(Permission.READ)
        database, now = self._database, self._clock()
        today = day_of(now)
        classes = centre.list_classes(database, today)
        group = next((one for one in classes if one.id == class_id), None)
        if group is None:
            raise UnknownClassError("没有找到这个班级，请刷新后再试。")
        stays = [
            stay
            for stay in day.list_stays(database, today)
            if stay.class_id == class_id and stay.left_at is None
        ]
        carers = carers_now(database, now, classes).of(class_id)
        visits = [stay.visit for stay in stays]
        ages = [months_between(stay.who.born_on, today) for stay in stays]
        needed, verdict = judge(group, ages, visits, carers, today)
        children = {stay.who.id for stay in stays}
        wishes = [one for one in instructions.list_running(database, today) if one.child in children]
        return ClassBand(
            class_id,
            group.name,
            carers.source,
            carers.here,
            carers.resting,
            carers.counting,
            needed,
            len(stays),
            carers.out_counts(visits),
            headcounts.last_of(database, class_id, today),
            len(wishes),
            sum(actor.id not in one.readers for one in wishes),
            alarm_words(group.name, needed - carers.counting, verdict) if stays else "",
        )
