"""户外: a group goes out and comes back, counted by name at each move (domain §8.6).

Children outside stay present in the centre. No group goes without a carer who counts, and none may leave
children behind in a class without one (58号文 Art 20).
"""

from collections.abc import Mapping, Sequence

from app.domain.ages import months_between
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.classes import carers_needed
from app.domain.errors import RuleError
from app.domain.fever import apart_words
from app.domain.headcounts import Stage, mismatch_words, require_explained, tally
from app.domain.ids import ClassId, StaffId, VisitId, WalkId
from app.domain.names import clean_text
from app.domain.places import SICKROOM, is_outdoors
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.carers import Carers, OnDuty, carers_now
from app.services.class_log import ClassLog
from app.services.class_seams import OTHER, Seams
from app.services.fever_watch import kept_apart
from app.services.headcounts import LONGEST_REASON, CountHead, inside_now
from app.services.walk_minutes import Minutes, keep_minutes, require_still_so, take_back_minutes
from app.store import centre, duty, headcounts, tables, visits, walks
from app.store.database import Clock, Database, Unit
from app.store.headcounts import Count
from app.store.stamps import day_of
from app.store.walks import Member, Walk

UNDO_START, UNDO_BACK, UNDO_ARRIVE = "walk.start", "walk.back", "walk.arrive"
_NAMED = 6
_CHANGED = Changes(frozenset({Topic.DUTY, Topic.VISITS}))
_LOGGED = Changes(frozenset({Topic.DUTY, Topic.VISITS, Topic.LOG}))


class WalkError(RuleError):
    """A walk that cannot be."""


class OnWalkError(WalkError):
    """Somebody is outside already; the sentence says where."""


class TooFewCarersError(WalkError):
    """Fewer carers than the ratio asks for."""


class NobodyLeftError(WalkError):
    """Children would stay behind in a class without a carer."""


@record
class WalkNow:
    """A group outside. ``waiting`` are the children of it who have not been fetched meanwhile."""

    walk: Walk
    waiting: tuple[Member, ...]
    counts: tuple[Count, ...]

    @property
    def words(self) -> str:
        """户外活动场 · 10:05 起 · 6 人 · 许静、孟佳."""
        names = "、".join(one.name for one in self.walk.carers)
        return f"{self.walk.place} · {self.walk.started_at:%H:%M} 起 · {len(self.waiting)} 人 · {names}"


@record
class WalkSheet:
    """A class from which a group may go: who could, which carers are there, and which groups are out."""

    class_id: ClassId
    class_name: str
    heads: tuple[CountHead, ...]
    carers: tuple[OnDuty, ...]
    out: tuple[WalkNow, ...]
    wishes: tuple[tuple[VisitId, str], ...] = ()  # 夏小舟：今天别去户外
    apart: frozenset[VisitId] = frozenset()  # kept from the others with a fever: not taken along

    @property
    def asleep(self) -> frozenset[VisitId]:
        """Who sleeps now: nobody sleeping is taken along."""
        return frozenset(one.visit for one in self.heads if one.asleep_since is not None)


class Walks:
    """The verbs of going outside together."""

    def __init__(self, database: Database, clock: Clock, seams: Seams | None = None) -> None:
        self._database = database
        self._clock = clock
        self._seams = seams or Seams()
        self._log = ClassLog(database, clock)

    def sheet(self, actor: Actor, class_id: ClassId) -> WalkSheet:
        """Who of a class could go now, and every group that is outside."""
        actor.require(Permission.READ)
        now = self._clock()
        heads = inside_now(self._database, now)
        carers = self._carers().of(class_id)
        name = next((one.name for one in self._classes() if one.id == class_id), "")
        own = tuple(one for one in heads if one.class_id == class_id and not one.outside)
        asked = self._seams.instructions([one.child for one in own], day_of(now), OTHER)
        return WalkSheet(
            class_id,
            name,
            own,
            tuple(one for one in carers.here if not one.outside),
            tuple(self._now(one, heads) for one in walks.list_open(self._database)),
            tuple((one.visit, f"{one.name}：{line}") for one in own for line in asked.get(one.child, ())),
            kept_apart(self._database) & {one.visit for one in own},
        )

    def today(self, actor: Actor) -> tuple[tuple[Walk, tuple[Count, ...]], ...]:
        """Every walk of today with its counts."""
        actor.require(Permission.READ)
        found = walks.list_day(self._database, day_of(self._clock()))
        return tuple((one, headcounts.list_of_walk(self._database, one.id)) for one in found)

    def start(
        self,
        actor: Actor,
        place: str,
        visits: Sequence[VisitId],
        carers: Sequence[StaffId],
        reason: str = "",
    ) -> Done[WalkId]:
        """A group goes: these children, counted at the door, with these carers.

        Raises:
            OnWalkError: one of them is outside already.
            NobodyLeftError: children would stay behind without a carer.
            TooFewCarersError: fewer carers go than the ratio asks for, and no reason is given.
            WalkError: nobody goes, no carer who counts goes, one is not inside or not on duty, some sleep or
                are kept apart with a fever, or no place.
        """
        actor.require(Permission.RUN_CLASS)
        where = clean_text(place, "地点", "place", longest=30)
        if not where:
            raise WalkError("请写明去哪里。", field="place")
        why = clean_text(reason, "原因", "reason", longest=LONGEST_REASON)
        chosen, adults = tuple(dict.fromkeys(visits)), tuple(dict.fromkeys(carers))
        if not chosen:
            raise WalkError("请先勾选哪些孩子去。", field="children")
        with self._database.unit(actor.id, "start_walk") as unit:
            heads = {one.visit: one for one in inside_now(unit, unit.at)}
            members = [self._child(heads, visit) for visit in chosen]
            _require_awake([heads[visit] for visit in chosen])
            _require_well(unit, {visit: heads[visit].name for visit in chosen}, where)
            live = self._carers()
            members += [self._adult(live, key) for key in adults]
            self._require_watched(live, heads, chosen, adults)
            if not why:
                self._require_enough(live, heads, chosen, adults)
            walk = walks.add(unit, day_of(unit.at), where, actor.id)
            for member in members:
                walks.add_member(unit, walk, member)
            names = {visit: heads[visit].name for visit in chosen}
            headcounts.add(
                unit, day_of(unit.at), Stage.LEAVE, tally(chosen, chosen), names,
                walk=walk, place=where, reason=why, by=actor.id,
            )  # fmt: skip
            words = f"{where} {len(chosen)} 人"
            unit.audit("walk", walk, f"出发 {words}")
        return Done(walk, _CHANGED, Undo(UNDO_START, walk, f"出发 {words}"))

    def arrive(self, actor: Actor, walk: WalkId, seen: Sequence[VisitId], reason: str = "") -> Done[Count]:
        """Count on arrival.

        Raises:
            CountMismatchError: fewer or others than went, and no reason.
            WalkError: the group is not outside, or was counted there already.
        """
        return self._count(actor, walk, Stage.ARRIVE, seen, reason)

    def back(
        self,
        actor: Actor,
        walk: WalkId,
        seen: Sequence[VisitId],
        reason: str = "",
        *,
        minutes: bool = False,
    ) -> Done[Count]:
        """Count on return; the group is back then.

        With ``minutes`` the time since they went goes into the log of those who are back as time outdoors;
        it is taken back with the return.

        Raises:
            CountMismatchError: fewer or others than went, and no reason.
            WalkError: the group is not outside.
        """
        return self._count(actor, walk, Stage.RETURN, seen, reason, minutes=minutes)

    def undo_start(self, actor: Actor, walk: WalkId) -> Done[None]:
        """They did not go.

        Raises:
            WalkError: they are back already, or it was taken back.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_walk") as unit:
            if not walks.reverse(unit, walk, actor.id):
                raise WalkError("这次外出已经返回或撤销过了。")
            headcounts.reverse_of_walk(unit, walk, None, actor.id)
            unit.audit("walk", walk, "撤销出发")
        return Done(None, _CHANGED)

    def undo_back(self, actor: Actor, walk: WalkId) -> Done[None]:
        """They are outside after all.

        Raises:
            OnWalkError: one of them went out again since, or is in another class than when they left.
            ReturnedError: one has slept since, or her minutes outdoors were corrected.
            WalkError: they are outside, or one is kept apart with a fever since.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_walk_back") as unit:
            kept = walks.find(unit, walk)
            if kept is None:
                raise WalkError("没有找到这次外出，可能已经撤销。")
            busy = {key for one in walks.list_open(unit) for key in _keys(one)}
            if busy & set(_keys(kept)):
                raise OnWalkError("里面有人又外出了，撤不回去。")
            if name := _changed_since(unit, kept):
                msg = f"返回以后{name}换过班或打过卡，撤不回去。请先撤销那一步。"
                raise OnWalkError(msg)
            require_still_so(unit, kept)
            _require_well(unit, {one.visit: one.name for one in kept.children if one.visit}, kept.place)
            if not walks.reopen(unit, walk):
                raise WalkError("这一组还在外面，不用撤销。")
            headcounts.reverse_of_walk(unit, walk, Stage.RETURN, actor.id)
            take_back_minutes(unit, actor, kept)
            unit.audit("walk", walk, "撤销返回")
        return Done(None, _LOGGED)

    def undo_arrive(self, actor: Actor, walk: WalkId) -> Done[None]:
        """The count on arrival was none.

        Raises:
            WalkError: there is none.
        """
        actor.require(Permission.RUN_CLASS)
        with self._database.unit(actor.id, "undo_walk_arrival") as unit:
            if all(one.stage is not Stage.ARRIVE for one in headcounts.list_of_walk(unit, walk)):
                raise WalkError("到达清点已经撤销过了。")
            headcounts.reverse_of_walk(unit, walk, Stage.ARRIVE, actor.id)
            unit.audit("walk", walk, "撤销到达清点")
        return Done(None, _CHANGED)

    # -- inside

    def _count(
        self,
        actor: Actor,
        key: WalkId,
        stage: Stage,
        seen: Sequence[VisitId],
        reason: str,
        *,
        minutes: bool = False,
    ) -> Done[Count]:
        actor.require(Permission.RUN_CLASS)
        why = clean_text(reason, "原因", "reason", longest=LONGEST_REASON)
        with self._database.unit(actor.id, f"count_walk_{stage.value}") as unit:
            walk = walks.find(unit, key)
            if walk is None or walk.back_at is not None:
                raise WalkError("这一组已经返回或撤销，请刷新后再看。")
            taken = headcounts.list_of_walk(unit, key)
            if stage is Stage.ARRIVE and any(one.stage is stage for one in taken):
                raise WalkError("这一组到达时已经清点过了。")
            heads = {one.visit: one.name for one in inside_now(unit, unit.at)}
            went = {one.visit: one.name for one in walk.children if one.visit is not None}
            # Who was fetched on the way is not looked for any more.
            waiting = [visit for visit in went if visit in heads]
            if any(visit not in heads and visit not in went for visit in seen):
                raise WalkError("勾选的孩子里有人已经离园，请关掉重新清点。")
            result = tally(waiting, seen)
            names = {**heads, **went}
            require_explained(result, names, why)
            count = headcounts.add(
                unit, walk.day, stage, result, names, walk=key, place=walk.place, reason=why, by=actor.id
            )
            if stage is Stage.RETURN:
                walks.end(unit, key, actor.id)
            words = mismatch_words(result, names) or f"{result.found} 人相符"
            unit.audit("walk", key, f"{stage.label} {walk.place} {words}")
            out = minutes and is_outdoors(walk.place)
            outdoors = keep_minutes(unit, self._log, actor, walk, seen) if out else Minutes(0)
            kept = headcounts.find(unit, count)
        if kept is None:
            raise WalkError("清点没有保存，请再试一次。")
        verb = UNDO_BACK if stage is Stage.RETURN else UNDO_ARRIVE
        words = "，".join(
            part for part in (f"{walk.place}{stage.label} {result.found} 人", outdoors.words) if part
        )
        changes = Changes(_LOGGED.topics, frozenset(outdoors.children)) if outdoors.children else _CHANGED
        return Done(kept, changes, Undo(verb, key, words))

    def _child(self, heads: dict[VisitId, CountHead], visit: VisitId) -> Member:
        head = heads.get(visit)
        if head is None:
            raise WalkError("勾选的孩子里有人不在园，请刷新后再选。")
        if head.outside:
            msg = f"{head.name}已经在{head.outside}，回来清点后再出发。"
            raise OnWalkError(msg)
        return Member(visit, None, head.class_id, head.name)

    def _adult(self, live: Carers, key: StaffId) -> Member:
        for group in live.by_class.values():
            for one in group.here:
                if one.staff != key:
                    continue
                if one.outside:
                    msg = f"{one.name}正带另一组在外面。"
                    raise OnWalkError(msg)
                return Member(None, key, group.class_id, one.name)
        raise WalkError("带队老师现在不在班上，请先打卡。", field="carers")

    def _require_enough(
        self,
        live: Carers,
        heads: dict[VisitId, CountHead],
        chosen: Sequence[VisitId],
        adults: Sequence[StaffId],
    ) -> None:
        """The ratio holds outside, and for those who stay: as many carers as the children there need."""
        today = day_of(self._clock())
        ages: dict[ClassId, list[int]] = {}
        for visit in chosen:
            head = heads[visit]
            ages.setdefault(head.class_id, []).append(months_between(head.born_on, today))
        rules, kinds = tables.ratio_rules(today), {one.id: one.kind for one in self._classes()}
        needed = sum(carers_needed(kinds[key], own, rules) for key, own in ages.items() if key in kinds)
        here = {one.staff: one for group in live.by_class.values() for one in group.here}
        going = sum(here[key].counts for key in adults if key in here)
        if going < needed:
            msg = (
                f"{len(chosen)} 个孩子外出要 {needed} 名保育人员，现在 {going} 名。"
                "请再加老师，或写明原因（58号文第二十条）。"
            )
            raise TooFewCarersError(msg, field="reason")
        for group in self._classes():
            own = live.of(group.id).here
            left = [
                months_between(one.born_on, today)
                for one in heads.values()
                if one.class_id == group.id and not one.outside and one.visit not in chosen
            ]
            stay = sum(one.counts and not one.outside and one.staff not in adults for one in own)
            due = carers_needed(group.kind, left, rules)
            if stay < due and any(one.staff in adults for one in own):
                msg = (
                    f"{group.name}留下 {len(left)} 个孩子要 {due} 名保育人员，只剩 {stay} 名。"
                    "请留下老师，或写明原因（58号文第二十条）。"
                )
                raise TooFewCarersError(msg, field="reason")

    def _require_watched(
        self,
        live: Carers,
        heads: dict[VisitId, CountHead],
        chosen: Sequence[VisitId],
        adults: Sequence[StaffId],
    ) -> None:
        going = set(adults)
        if not any(
            one.counts for group in live.by_class.values() for one in group.here if one.staff in going
        ):
            raise WalkError("至少要有一名保育人员带队，请选带队老师。", field="carers")
        names = {group.id: group.name for group in self._classes()}
        for group in live.by_class.values():
            left = [
                one.name
                for one in heads.values()
                if one.class_id == group.class_id and not one.outside and one.visit not in chosen
            ]
            touched = any(one.staff in going for one in group.here)
            stays = any(one.counts and not one.outside and one.staff not in going for one in group.here)
            if left and touched and not stays:
                who = "、".join(left[:4]) + (" 等" if len(left) > 4 else "")
                name = names.get(group.class_id, "")
                msg = f"{name}还有 {len(left)} 个孩子（{who}）留下没有保育人员。请留一位，或先请人顶班打卡。"
                raise NobodyLeftError(msg, field="carers")

    def _now(self, walk: Walk, heads: Sequence[CountHead]) -> WalkNow:
        inside = {one.visit for one in heads}
        waiting = tuple(one for one in walk.children if one.visit in inside)
        return WalkNow(walk, waiting, headcounts.list_of_walk(self._database, walk.id))

    def _carers(self) -> Carers:
        return carers_now(self._database, self._clock(), self._classes())

    def _classes(self) -> tuple[centre.ClassGroup, ...]:
        return centre.list_classes(self._database, day_of(self._clock()))


def _require_awake(heads: Sequence[CountHead]) -> None:
    """Nobody is carried off asleep: the log would have her in bed, and whoever looks after sleepers seek her.

    Raises:
        WalkError: some sleep; the sentence names them.
    """
    asleep = [one.name for one in heads if one.asleep_since is not None]
    if asleep:
        who = "、".join(asleep[:_NAMED]) + (f" 等 {len(asleep)} 人" if len(asleep) > _NAMED else "")
        msg = f"{who}还在睡。请先记起床，或不勾还在睡的孩子。"
        raise WalkError(msg, field="children")


def _require_well(unit: Unit, names: Mapping[VisitId, str], place: str) -> None:
    """Nobody with a fever goes with the others; to the sickroom she may be taken, with nobody but her like.

    Raises:
        WalkError: some are kept apart; the sentence names them.
    """
    apart = kept_apart(unit)
    ill = [name for visit, name in names.items() if visit in apart]
    if ill and not (place == SICKROOM and len(ill) == len(names)):
        raise WalkError(apart_words(ill, "一起外出"), field="children")


def _keys(walk: Walk) -> list[tuple[str, int]]:
    return [("v", one.visit) if one.visit is not None else ("s", one.staff or 0) for one in walk.members]


def _changed_since(unit: Unit, walk: Walk) -> str:
    """Who of a group that is back has changed class, come or gone since: nobody is in two places at once."""
    for one in walk.children:
        kept = None if one.visit is None else visits.find_visit(unit, one.visit)
        if kept is not None and kept.class_id != one.class_id:
            return one.name
    for one in walk.carers:
        stretches = () if one.staff is None else duty.list_of(unit, one.staff, walk.day)
        times = [at for stretch in stretches for at in (stretch.from_at, stretch.to_at) if at is not None]
        if walk.back_at is not None and any(at > walk.back_at for at in times):
            return one.name
    return ""
