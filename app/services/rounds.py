"""晨检, 午检, 全日观察 as rounds: one row a child, normal in one key, the rest in one (domain §3.1, §3.2 T1).

The check made at the door is the morning check: nobody is asked twice. Every check is kept, also the normal
ones; a temperature at the fever line begins the ladder of ``services.fevers`` in the same unit of work.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.health_round import (
    Card,
    Finding,
    Mark,
    RoundError,
    RoundKind,
    half_words,
    note_of,
    outcome_of,
    require_mark,
    suggest_card,
)
from app.domain.ids import CheckId, ChildId, ClassId, VisitId
from app.domain.logbook import Site, check_tenths, degrees
from app.domain.looks import Chip, Tone
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.services.fever_watch import (
    STILL_HOT,
    feverish,
    notice_reading,
    require_fever_slip,
    settle_ladders,
)
from app.services.medicine_allergies import clashes
from app.services.scope import Scope
from app.services.single_checks import single_reasons, single_words
from app.store import centre, day, medicine, rounds, settings, visits
from app.store.database import Clock, Database, Unit
from app.store.rounds import KeptCheck
from app.store.stamps import day_of

UNDO = "health.round"
TOPICS = frozenset({Topic.HEALTH, Topic.LOG})


@record
class RoundRow:
    """One child of a round. ``check`` is the last one of its kind; None while she was not looked at."""

    visit: VisitId
    child: ChildId
    name: str
    nickname: str
    class_id: ClassId
    class_name: str
    colour: str
    check: KeptCheck | None
    chip: Chip
    words: str  # 08:12 36.5℃ 额温 许静
    medicine: str = ""  # 14:30 待喂药: she wears the red card
    unasked: bool = False  # wears the red card, and no parent has signed for a medicine today
    alone: str = ""  # 睡眠巡视异常: why she is not among the rest that are normal in one act


@record
class RoundClass:
    """A class in the choice above the list: how many were looked at, of how many."""

    id: ClassId
    name: str
    done: int
    total: int


@record
class RoundView:
    """A round at one moment. ``line`` is the fever line in tenths; ``names`` what the cards are called.

    ``half`` is which of the day's two rounds of 全日观察 it is.
    """

    kind: RoundKind
    at: dt.datetime
    rows: tuple[RoundRow, ...]
    classes: tuple[RoundClass, ...]
    findings: tuple[Finding, ...]
    names: dict[Card, str]
    line: int
    half: str = ""

    @property
    def waiting(self) -> int:
        """How many of the rows nobody has looked at."""
        return sum(row.check is None for row in self.rows)

    @property
    def rest(self) -> tuple[RoundRow, ...]:
        """Those of them who may be said to be well in one act."""
        return tuple(row for row in self.rows if row.check is None and not row.alone)


class Rounds:
    """What a teacher or the health worker does at the door and in the class."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def view(self, actor: Actor, kind: RoundKind, class_id: ClassId | None = None) -> RoundView:
        """Every child inside now, of one class or of the whole centre, with her check of this round.

        A teacher's round is that of her own classes.
        """
        actor.require(Permission.SEE_HEALTH)
        now = self._clock()
        today = day_of(now)
        names = card_names(self._database, today)
        classes = {group.id: group for group in centre.list_classes(self._database, today)}
        stays = self._inside(actor, today)
        checks = rounds.list_of_visits(self._database, [stay.visit for stay in stays])
        latest = {check.visit: check for check in checks}
        every = {check.visit: check for check in checks if check.kind == kind.value}
        last = {key: one for key, one in every.items() if _of_round(kind, one, now)}
        brought = self._brought(today)
        alone = single_reasons(self._database, [one for one in stays if one.visit not in last], today)
        rows = []
        for stay in sorted(stays, key=lambda one: (_place(classes, one.class_id), one.who.name)):
            group = classes.get(stay.class_id)
            check = last.get(stay.visit)
            since = _found_since(check, latest.get(stay.visit))
            due, before = brought.get(stay.visit, ""), every.get(stay.visit)
            seen = "" if check is not None or before is None else f"{half_words(before.at)}看过"
            why = alone.get(stay.visit, "")
            rows.append(
                RoundRow(
                    visit=stay.visit,
                    child=stay.who.id,
                    name=stay.who.name,
                    nickname=stay.who.nickname,
                    class_id=stay.class_id,
                    class_name="" if group is None else group.name,
                    colour="accent" if group is None else group.colour,
                    check=check,
                    chip=chip_of(since or check, names),
                    words=" · ".join(
                        filter(None, (words_of(check, kind), _since_words(since), why, seen, due))
                    ),
                    medicine=due,
                    unasked=check is not None and check.card is Card.RED and stay.visit not in brought,
                    alone=why,
                )
            )
        return RoundView(
            kind=kind,
            at=now,
            rows=tuple(row for row in rows if class_id in {None, row.class_id}),
            classes=_counted(classes, rows),
            findings=rounds.findings(),
            names=names,
            line=settings.current(self._database, today).fever_tenths,
            half=half_words(now),
        )

    def _inside(self, actor: Actor, today: dt.date) -> list[day.Stay]:
        own = Scope(self._database, self._clock).classes(actor)
        inside = [stay for stay in day.list_stays(self._database, today) if stay.left_at is None]
        return inside if own is None else [stay for stay in inside if stay.class_id in own]

    def keep(self, actor: Actor, kind: RoundKind, visit: VisitId, mark: Mark) -> Done[CheckId]:
        """Keep the check of one child; a fever begins its ladder.

        Raises:
            RoundError: she is not inside, was checked in this round before, or nothing says what was found.
            EntryError: no temperature of a living child.
        """
        actor.require(Permission.HEALTH_CHECK)
        now = self._clock()
        clean = replace(
            mark,
            told=clean_text(mark.told, "家长主诉", "told"),
            treatment=clean_text(mark.treatment, "处理", "treatment"),
        )
        known, line = rounds.findings(), settings.current(self._database, day_of(now)).fever_tenths
        if clean.tenths is not None:
            check_tenths(clean.tenths, "tenths")
        hot = clean.tenths is not None and clean.tenths >= line
        brings = bool(self._brought(day_of(now)).get(visit))
        card = clean.card or suggest_card(_named(known, clean.findings), fever=hot, medicine=brings)
        outcome = outcome_of(clean, card, line, medicine=brings)
        require_mark(clean, outcome, known)
        self._require_free(kind, (visit,))
        if outcome == "normal" and clean.tenths is None and visit in feverish(self._database):
            raise RoundError(STILL_HOT, field="tenths")
        note = note_of(clean, known) or ("按发热处理" if hot else "")
        with self._database.unit(actor.id, "health_round") as unit:
            key = self._add(unit, actor, kind, visit, clean, outcome, note)
            rounds.add_detail(
                unit, key, rounds.next_batch(unit), card, clean.findings, clean.told, clean.treatment
            )
            if clean.tenths is not None:
                notice_reading(unit, visit, clean.tenths, clean.site, actor, check=key)
            kept = rounds.find_check(unit, key)
            name = "" if kept is None else kept.name
            unit.audit("visit", visit, f"{name} {kind.label} {outcome}")
        batch = 0 if kept is None else kept.batch
        said = degrees(clean.tenths) if clean.tenths is not None else ""
        result = "发热" if hot else "正常" if outcome == "normal" else "异常"
        label = " ".join(part for part in (name, kind.label, said, result) if part)
        return Done(
            key,
            Changes(TOPICS, frozenset() if kept is None else frozenset({kept.child})),
            Undo(UNDO, batch, label),
        )

    def rest_normal(self, actor: Actor, kind: RoundKind, class_id: ClassId | None = None) -> Done[int]:
        """其余全部正常: everybody of the class, or of the centre, who was not looked at in this round.

        Who must be looked at by herself (``single_checks``) is not among them: the answer names her. Whose
        medicine waits gets the red card: who gives it must see it.

        Raises:
            RoundError: there is nobody left, or only such children; the sentence names them.
        """
        actor.require(Permission.HEALTH_CHECK)
        shown = self.view(actor, kind, class_id)
        rows = shown.rest
        single = single_words((row.name, row.alone) for row in shown.rows if row.check is None and row.alone)
        said = kind.label if kind.once else f"{half_words(self._clock())}的{kind.label}"
        if not rows:
            raise RoundError(
                f"{single}。别的孩子都做过{said}了。" if single else f"这里的孩子都做过{said}了。"
            )
        red = sum(bool(row.medicine) for row in rows)
        with self._database.unit(actor.id, "health_round") as unit:
            batch = rounds.next_batch(unit)
            for row in rows:
                key = self._add(unit, actor, kind, row.visit, Mark(), "normal", "")
                rounds.add_detail(
                    unit, key, batch, suggest_card((), fever=False, medicine=bool(row.medicine))
                )
            unit.audit("health_round", batch, f"{kind.label} {len(rows)} 人正常")
        label = f"{said} {len(rows)} 人正常"
        if red:
            card = card_names(self._database, day_of(self._clock()))[Card.RED]
            label += f"，其中 {red} 人有药要喂，给{card}"
        label = f"{label}；{single}" if single else label
        children = frozenset(row.child for row in rows)
        return Done(len(rows), Changes(TOPICS, children), Undo(UNDO, batch, label))

    def undo(self, actor: Actor, batch: int) -> Done[None]:
        """Take the checks of one act back; the fever they began goes along unless somebody has acted on it.

        Raises:
            RoundError: they were taken back before, or are of another day.
            FeverStepError: one found a fever minutes ago, and it is neither health worker nor director; or it
                ended a fever, and another has begun since.
        """
        actor.require(Permission.HEALTH_CHECK)
        return self._reverse(actor, rounds.list_batch(self._database, batch))

    def undo_check(self, actor: Actor, check: CheckId) -> Done[None]:
        """Take one check back. The one made at the door goes with the arrival alone.

        Raises:
            RoundError: it was taken back before, was made at the door, or is of another day.
            FeverStepError: as ``undo``.
        """
        actor.require(Permission.HEALTH_CHECK)
        found = rounds.find_check(self._database, check)
        if found is not None and found.kind == RoundKind.MORNING and not found.batch:
            raise RoundError("这次晨检是入园时做的，跟着入园走。之后发现的请记全日观察。")
        return self._reverse(actor, () if found is None else (found,))

    def _reverse(self, actor: Actor, found: Sequence[KeptCheck]) -> Done[None]:
        if not found:
            raise RoundError("这次检查已经撤销过了，不用再撤销。")
        today = day_of(self._clock())
        if any(one.day != today for one in found) and actor.role is not Role.DIRECTOR:
            raise RoundError("只能撤销今天的检查；以前的请园长更正。")
        for one in found:
            if one.tenths is not None:
                require_fever_slip(self._database, actor, one.name, one.tenths, one.at)
        with self._database.unit(actor.id, "undo_health_round") as unit:
            for one in found:
                rounds.reverse_check(unit, one.id)
                if one.tenths is not None:
                    settle_ladders(unit, one.child, actor)
            words = found[0].name if len(found) == 1 else f"{len(found)} 人"
            unit.audit("health_round", found[0].batch, f"{words} {RoundKind(found[0].kind).label}")
        return Done(None, Changes(TOPICS, frozenset(one.child for one in found)))

    def _add(
        self,
        unit: Unit,
        actor: Actor,
        kind: RoundKind,
        visit: VisitId,
        mark: Mark,
        outcome: str,
        note: str,
    ) -> CheckId:
        kept = visits.Check(kind.value, unit.at, mark.tenths, mark.site, outcome, note)
        return CheckId(visits.add_check(unit, visit, kept, actor.id))

    def _require_free(self, kind: RoundKind, wanted: Sequence[VisitId]) -> None:
        last = self._last(wanted, kind)
        for visit in wanted:
            kept = visits.find_visit(self._database, visit)
            if kept is None or kept.undone or kept.left_at is not None:
                raise RoundError("这个孩子不在园，请刷新后再试。")
            done = last.get(visit)
            if kind.once and done is not None:
                msg = (
                    f"{kept.child_name} {done.at:%H:%M} 已经{kind.label}，不用再做。之后发现的请记全日观察。"
                )
                raise RoundError(msg)

    def _brought(self, today: dt.date) -> dict[VisitId, str]:
        """Whose parents signed for a medicine today, with the next dose in words; empty once all are done."""
        found: dict[VisitId, str] = {}
        requests = medicine.list_of_days(self._database, today, today)
        clashing = clashes(self._database, requests)
        for one in requests:
            ask = any(one.ask_words(dose) for dose in one.waiting[:1])
            what = "停喂，过敏" if one.id in clashing else "先问家长喂过没" if ask else "待喂药"
            due = "" if one.returned or not one.waiting else f"{one.waiting[0].due_at:%H:%M} {what}"
            kept = found.get(one.visit, "")
            found[one.visit] = min(filter(None, (kept, due)), default="")
        return found

    def _last(self, wanted: Sequence[VisitId], kind: RoundKind) -> dict[VisitId, KeptCheck]:
        found = rounds.list_of_visits(self._database, wanted)
        return {check.visit: check for check in found if check.kind == kind.value}


def card_names(database: Database, on: dt.date) -> dict[Card, str]:
    """What this centre calls the three cards."""
    return {card: settings.find_value(database, f"card_{card.value}", on) or "" for card in Card}


def chip_of(check: KeptCheck | None, names: dict[Card, str]) -> Chip:
    """未检, 绿牌, 黄牌 …; a check made without a card says its outcome."""
    if check is None:
        return Chip("未检")
    if check.card is not None:
        return Chip(names[check.card], check.card.tone)
    words = {"normal": "正常", "recheck": "复测", "abnormal": "异常"}
    tones = {"normal": Tone.OK, "recheck": Tone.WARN, "abnormal": Tone.BAD}
    return Chip(words[check.outcome], tones[check.outcome])


def _of_round(kind: RoundKind, check: KeptCheck, now: dt.datetime) -> bool:
    """Whether a check belongs to the round of this moment: all-day observation has one each half-day."""
    return kind.once or half_words(check.at) == half_words(now)


def words_of(check: KeptCheck | None, kind: RoundKind) -> str:
    """``08:12 许静 · 额温 36.5℃ · 咽红``; at the door without a round 入园时做过."""
    if check is None:
        return "还没看"
    heat = ""
    if check.tenths is not None:
        heat = f"{Site(check.site).label if check.site else '体温'} {degrees(check.tenths)}"
    door = "入园时做过" if kind is RoundKind.MORNING and not check.batch else ""
    return " · ".join(part for part in (f"{check.at:%H:%M} {check.by}", heat, check.note, door) if part)


def _found_since(check: KeptCheck | None, latest: KeptCheck | None) -> KeptCheck | None:
    """The last look at a child where it found something after this check: she does not stand as well."""
    if check is None or latest is None or latest.id == check.id or latest.outcome == "normal":
        return None
    return latest if latest.at >= check.at else None


def _since_words(since: KeptCheck | None) -> str:
    """``09:05 全日观察 37.8℃``, else what was found."""
    if since is None:
        return ""
    heat = "" if since.tenths is None else degrees(since.tenths)
    return " ".join(
        part for part in (f"{since.at:%H:%M}", RoundKind(since.kind).label, heat or since.note) if part
    )


def _counted(
    classes: Mapping[ClassId, centre.ClassGroup], rows: Sequence[RoundRow]
) -> tuple[RoundClass, ...]:
    """How far each class is, of those that have somebody inside."""
    found = []
    for group in classes.values():
        own = [row.check is not None for row in rows if row.class_id == group.id]
        found += [RoundClass(group.id, group.name, sum(own), len(own))] if own else []
    return tuple(found)


def _named(known: Sequence[Finding], codes: Sequence[str]) -> list[Finding]:
    return [one for one in known if one.code in codes]


def _place(classes: dict[ClassId, centre.ClassGroup], class_id: ClassId) -> int:
    order = list(classes)
    return order.index(class_id) if class_id in classes else len(order)
