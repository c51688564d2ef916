"""意外伤害: the form of 表9, a guardian told, a second signature; after a day only additions."""

import datetime as dt

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.days import month_day
from app.domain.ids import ChildId, InjuryId, StaffId
from app.domain.injuries import (
    CORRECTABLE,
    LONGEST_STORY,
    InjuryCodes,
    InjuryError,
    SettledInjuryError,
    check_here,
    check_outcome,
    check_subtype,
    is_settled,
    lacking,
)
from app.domain.looks import Chip, Tone
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.visits import read_clock
from app.services.health_people import require_child
from app.services.injury_facts import regions_words, short_words
from app.services.injury_telling import told_at, told_person
from app.services.open_papers import OpenPaper, Settling
from app.services.pins import Pins, Second
from app.services.scope import Scope
from app.store import audit, health_rules, illness, injuries, people
from app.store.database import Clock, Database, Unit
from app.store.injuries import Addition, Injury, NewInjury
from app.store.stamps import at_minute, day_of
from app.store.visits import Visit

__all__ = ["Injuries", "Injury", "InjuryCard", "InjuryView", "UnsignedInjuries"]  # pages show them as kept

_SHOWN = dt.timedelta(days=92)
_CHANGES = frozenset({Topic.HEALTH, Topic.VISITS})
_CLOCK_SLACK = dt.timedelta(minutes=5)  # so far back a machine may set its own clock right
_LONGEST_REST = 365  # days, as the file keeps them
_FAR = dt.timedelta(days=31)  # how long after it an injury may still be noted


@record
class InjuryCard:
    """The form as filled in. Codes are those of ``InjuryCodes``; ``at`` is typed (10:20)."""

    child: ChildId | None
    day: dt.date
    at: str
    duty: StaffId | None
    kind: str
    place: str
    activity: str
    company: str
    handling: str
    story: str
    subtype: str = ""
    other: ChildId | None = None
    aid: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    diagnosis: str = ""
    rest_days: int | None = None
    outcome: str = ""


@record
class InjuryView:
    """One injury for the screen. ``lacking`` keeps it open; ``fixed``: it takes only additions."""

    injury: Injury
    title: str
    words: str
    lines: tuple[tuple[str, str], ...]
    additions: tuple[str, ...]
    chips: tuple[Chip, ...]
    lacking: str
    fixed: bool


class Injuries:
    """The verbs of the page 伤害."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def codes(self, actor: Actor) -> InjuryCodes:
        """The code lists of the form."""
        actor.require(Permission.READ)
        return health_rules.injury_codes(day_of(self._clock()))

    def note(self, actor: Actor, card: InjuryCard) -> Done[InjuryId]:
        """Keep an injury. It stays open until a guardian was told and a second person has signed.

        Raises:
            InjuryError: something of the form is missing or wrong, ``field`` says which; or one of the same
                child and minute stands already.
            UnknownPersonError: no such child.
        """
        actor.require(Permission.HEALTH_CHECK)
        new, name = self._read(card)
        self._require_new(new)
        label = f"{name} 伤害登记"
        with self._database.unit(actor.id, "note_injury") as unit:
            key = injuries.add_injury(unit, new, actor.id)
            unit.audit("injury", key, f"{name} {new.day} {self._kind_words(new)}")
        return Done(key, self._changed(new.child), Undo("health.injury", key, label))

    def correct(self, actor: Actor, injury: InjuryId, card: InjuryCard) -> Done[InjuryId]:
        """Put a corrected form in place within a day; the one before stays, it is signed anew.

        A family that was told of another kind, place on the body or handling is told anew, too.

        Raises:
            SettledInjuryError: it is a day old: add to it instead.
            InjuryError: as ``note``; also where nothing differs, or it would have happened after the family
                was told of it.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(injury)
        self._require_fresh(kept)
        if card.child not in {None, kept.told.child}:
            raise InjuryError("不能改成别的孩子。登错了人请撤销这一条，另记一条。", field="child")
        new, name = self._read(card)
        if new == kept.told:
            raise InjuryError("内容和原来一样，没有可保存的改动。")
        told = kept.telling
        if told is not None and told.told_at is not None and told.told_at < at_minute(new.day, new.minute):
            when = f"{month_day(told.told_at)} {told.told_at:%H:%M}"
            msg = f"{when} 已经告知{told.whom}，受伤不会在那以后。请核对时间。"
            raise InjuryError(msg, field="at")
        self._require_new(new, but=injury)
        with self._database.unit(actor.id, "correct_injury") as unit:
            injuries.add_injury(unit, new, actor.id, kept)
            unit.audit("injury", injury, f"{name} 更正")
        return Done(injury, self._changed(new.child))

    def undo_note(self, actor: Actor, injury: InjuryId) -> Done[None]:
        """Take a form back that was noted by mistake, while it is fresh and nobody was told or has signed.

        Raises:
            SettledInjuryError: too late, or something was added; it stays.
            InjuryError: it was taken back before.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(injury)
        self._require_fresh(kept)
        if kept.additions:
            raise SettledInjuryError("已经告诉家长、签字或补充过，不能撤销。记错的地方请补充说明。")
        with self._database.unit(actor.id, "undo_injury") as unit:
            injuries.end_injury(unit, kept)
            unit.audit("injury", injury, f"{kept.child_name} 撤销登记")
        return Done(None, self._changed(kept.told.child))

    def add_words(self, actor: Actor, injury: InjuryId, words: str) -> Done[int]:
        """Add below it: a later diagnosis, the outcome, what the family said. Always possible.

        Raises:
            InjuryError: nothing was written.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(injury)
        told = clean_text(words, "补充", "words", LONGEST_STORY)
        if not told:
            raise InjuryError("请写补充的内容。", field="words")
        return self._add(actor, kept, Addition("words", told), "补充")

    def tell(
        self,
        actor: Actor,
        injury: InjuryId,
        whom: str,
        how: str,
        at: str = "",
        words: str = "",
        day: str = "",
        reason: str = "",
    ) -> Done[int]:
        """A guardian was told: whom, how, on which day (empty for today) and when (empty for now).

        Raises:
            InjuryError: nobody or somebody barred, or somebody who is not on file and no ``reason``; no way,
                no hour of an earlier day, an hour to come, or one before the injury.
            RuleError: the day cannot be read.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept, now = self._find(injury), self._clock()
        who = clean_text(whom, "告知对象", "whom")
        if not who:
            raise InjuryError("请写告诉了谁，如“妈妈 赵敏”。", field="whom")
        who = told_person(self._database, (kept.told.child, kept.child_name), who, reason, day_of(now))
        health_rules.injury_codes().require("telling", how, "怎么告知的")
        when = told_at(day, at, now)
        if when < at_minute(kept.told.day, kept.told.minute):
            raise InjuryError("告知时间比受伤时间还早，请核对。", field="told_at")
        said = clean_text(words, "家长的意见", "words", LONGEST_STORY)
        one = Addition("told", said, who, how, when)
        return self._add(actor, kept, one, f"告知家长 {who}")

    def sign(self, actor: Actor, injury: InjuryId, second: Second | None) -> Done[int]:
        """The second signature, with her own PIN, under the version that stands: not who wrote it.

        Raises:
            InjuryError: it is signed already.
            SecondPersonError, WrongPinError: nobody else signs.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(injury)
        if kept.signature is not None:
            msg = f"{kept.signature.by}已经签过了。"
            raise InjuryError(msg)
        writer = next((one for one in self._staff() if one.id == kept.noter), actor)
        person = self._pins.confirm(writer, second, Permission.HEALTH_CHECK, at_door=False)
        one = Addition("signed", version=kept.version)
        return self._add(person, kept, one, f"{person.name} 第二人签字")

    def list(self, actor: Actor, only_open: bool = False) -> tuple[InjuryView, ...]:
        """Injuries of the last three months and everything open, the open ones first.

        A teacher's list holds the children of her own classes, and where she was on duty.
        """
        actor.require(Permission.SEE_HEALTH)
        now = self._clock()
        today = day_of(now)
        left = injuries.list_undone(self._database)
        keys = {one.id for one in left}
        rest = () if only_open else injuries.list_injuries(self._database, today - _SHOWN, today)
        every = (*reversed(left), *(one for one in rest if one.id not in keys))
        scope = Scope(self._database, self._clock)
        own = scope.own(actor, every, lambda one: one.told.child, by=lambda one: one.told.duty == actor.id)
        return tuple(view_of(one, fixed=self._fixed(one, now)) for one in own)

    def _read(self, card: InjuryCard) -> tuple[NewInjury, str]:
        codes, now = health_rules.injury_codes(card.day), self._clock()
        if card.child is None:
            raise InjuryError("请选受伤的孩子。", field="child")
        child = require_child(self._database, card.child)
        _check_codes(codes, card)
        duty = self._require_duty(card)
        if not day_of(now) - _FAR <= card.day <= day_of(now):
            raise InjuryError("伤害发生日期要在最近一个月里，请核对。", field="day")
        time = read_clock(card.at)
        if time is None:
            raise InjuryError("请填几点几分，如 10:20。", field="at")
        minute = time.hour * 60 + time.minute
        happened = at_minute(card.day, minute)
        if happened > now:
            raise InjuryError("这个时间还没有到，请核对。", field="at")
        story = clean_text(card.story, "经过", "story", LONGEST_STORY)
        if not story:
            raise InjuryError("请写经过：怎么伤的、看到了什么、怎么处理的。", field="story")
        if card.rest_days is not None and not 0 <= card.rest_days <= _LONGEST_REST:
            msg = f"休息天数请填 0 到 {_LONGEST_REST}。"
            raise InjuryError(msg, field="rest_days")
        stays = injuries.list_hours(self._database, card.child, card.day)
        if stays is not None or card.day == day_of(now):
            check_here(child.name, happened, stays or ())
        class_id, class_name = illness.find_class_on(self._database, card.child, card.day, happened)
        new = NewInjury(
            child=card.child,
            class_id=class_id,
            class_name=class_name,
            day=card.day,
            minute=minute,
            duty=duty,
            kind=card.kind,
            subtype=card.subtype,
            other=card.other,
            place=card.place,
            activity=card.activity,
            company=card.company,
            handling=card.handling,
            aid=card.aid,
            regions=card.regions,
            story=story,
            diagnosis=clean_text(card.diagnosis, "诊断", "diagnosis"),
            rest_days=card.rest_days,
            outcome=card.outcome,
        )
        return new, child.name

    def _require_duty(self, card: InjuryCard) -> StaffId:
        """Who had the children: somebody on the staff of that day who may look after their health."""
        if card.duty is None:
            raise InjuryError("请选当班责任人。", field="duty")
        one = next((one for one in people.list_staff(self._database, card.day) if one.id == card.duty), None)
        if one is None or not one.may(Permission.HEALTH_CHECK):
            who = "这个人" if one is None else f"{one.name}（{one.role.label}）"
            msg = f"{who}那天不带孩子，不能是当班责任人，请重选。"
            raise InjuryError(msg, field="duty")
        return one.id

    def _add(self, actor: Actor, kept: Injury, one: Addition, words: str) -> Done[int]:
        with self._database.unit(actor.id, f"injury_{one.kind}") as unit:
            key = injuries.add_addition(unit, kept.id, one, actor.id)
            unit.audit("injury", kept.id, f"{kept.child_name} {words}")
        return Done(key, self._changed(kept.told.child))

    def _require_new(self, new: NewInjury, but: InjuryId | None = None) -> None:
        for one in injuries.list_injuries_of(self._database, new.child):
            if one.id != but and (one.told.day, one.told.minute) == (new.day, new.minute):
                msg = (
                    f"{_when(one)} {one.child_name}的{short_words(one)}已经登记过（{one.noted_by}）。"
                    "要改请更正那一条；还伤了别处的，写在那一条的经过里。"
                )
                raise InjuryError(msg, field="at")

    def _require_fresh(self, kept: Injury) -> None:
        now = self._clock()
        if self._fixed(kept, now):
            raise SettledInjuryError("登记已满 24 小时，原来写的不能再改。请用“补充”写明更正的内容。")
        if now < kept.first_at or audit.runs_past(self._database, "injury", kept.id, now + _CLOCK_SLACK):
            msg = f"电脑时间 {now:%H:%M} 比登记以后的记录还早，不能改。请先校准电脑时间，或用“补充”写明。"
            raise InjuryError(msg)

    def _fixed(self, kept: Injury, now: dt.datetime) -> bool:
        """Whether it is a day old, also where the clock was set back since."""
        if is_settled(kept.first_at, now):
            return True
        return audit.runs_past(self._database, "injury", kept.id, kept.first_at + CORRECTABLE)

    def _find(self, injury: InjuryId) -> Injury:
        kept = injuries.find_injury(self._database, injury)
        if kept is None:
            raise InjuryError("没有找到这条伤害登记，可能已撤销。请刷新后再试。")
        return kept

    def _staff(self) -> tuple[Actor, ...]:
        return people.list_staff(self._database, day_of(self._clock()))

    def _kind_words(self, new: NewInjury) -> str:
        codes = health_rules.injury_codes(new.day)
        return codes.words("subtype", new.subtype) or codes.words("kind", new.kind)

    def _changed(self, child: ChildId) -> Changes:
        return Changes(_CHANGES, frozenset({child}))


class UnsignedInjuries:
    """At the door: nobody leaves with an injury that the family was not told, or nobody else signed."""

    kind = "injury"

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """What is open about the child, from this stay and from earlier ones."""
        found = []
        for one in injuries.list_injuries_of(self._database, visit.child):
            if not one.done:
                left = lacking(told=one.telling is not None, signed=one.signature is not None)
                words = f"{_when(one)} {short_words(one)}：{left}"
                lacks = "" if one.signature is not None else "先到“卫生—伤害”按 F6 请第二人签字"
                found.append(OpenPaper(self.kind, one.id, words, "当面已告知", lacks=lacks))
        return tuple(found)

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> None:
        """Whoever collects her was told now. A signature cannot be given here."""
        kept = injuries.find_injury(unit, InjuryId(paper.subject))
        if kept is None or kept.signature is None:
            return  # what lacks the signature was refused before
        if kept.telling is None:
            one = Addition("told", "", settling.who or "接送人", "in_person", unit.at)
            injuries.add_addition(unit, kept.id, one, settling.actor.id)
            unit.audit("injury", kept.id, f"{kept.child_name} 离园时当面告知")


def view_of(one: Injury, *, fixed: bool = False) -> InjuryView:
    """An injury in words, with what keeps it open. ``fixed`` matters to the screen alone."""
    codes, told = health_rules.injury_codes(one.told.day), one.told
    left = lacking(told=one.telling is not None, signed=one.signature is not None)
    chips = (Chip(left, Tone.BAD),) if left else (Chip("已办完", Tone.OK),)
    kind = f"{told.kind} {codes.words('kind', told.kind)}"
    if told.subtype:
        kind = f"{kind} · {codes.words('subtype', told.subtype)}"
    rest = "" if told.rest_days is None else f"{told.rest_days} 天"
    lines = (
        ("时间", _when(one)),
        ("类型", kind),
        ("部位", regions_words(told.regions, told.day)),
        ("地点", codes.words("place", told.place)),
        ("活动", codes.words("activity", told.activity)),
        ("和谁", codes.words("company", told.company)),
        ("另一个孩子", one.other_name),
        ("经过", told.story),
        ("急救", "、".join(codes.words("aid", code) for code in told.aid)),
        ("处理", codes.words("handling", told.handling)),
        ("诊断", told.diagnosis),
        ("休息", rest),
        ("转归", codes.words("outcome", told.outcome)),
        ("当班责任人", one.duty_name),
        ("填表人", one.noted_by),
    )
    return InjuryView(
        one,
        f"{one.child_name}　{short_words(one)}",
        f"{_when(one)}　{told.class_name}　{regions_words(told.regions, told.day) or '没标部位'}",
        tuple((label, words) for label, words in lines if words),
        tuple(_addition_words(extra) for extra in one.additions),
        chips,
        left,
        fixed,
    )


def _when(one: Injury) -> str:
    told = one.told
    return f"{told.day.month}月{told.day.day}日 {told.minute // 60:02d}:{told.minute % 60:02d}"


def _addition_words(one: Addition) -> str:
    codes = health_rules.injury_codes()
    when = "" if one.at is None else f"{month_day(one.at)} {one.at:%H:%M}"
    if one.kind == "signed":
        return f"{when} {one.by} 第二人签字"
    if one.kind == "told" and one.told_at is not None:
        said = f"，{one.words}" if one.words else ""
        when = f"{month_day(one.told_at)} {one.told_at:%H:%M}"
        before = "撤销了：" if one.undone else "更正以前" if one.stale else ""
        return f"{when} {before}{codes.words('telling', one.how)}告知{one.whom}（{one.by}）{said}"
    return f"{when} {one.by} 补充：{one.words}"


def _check_codes(codes: InjuryCodes, card: InjuryCard) -> None:
    needed = (
        ("kind", card.kind, "伤害类型"),
        ("place", card.place, "发生地点"),
        ("activity", card.activity, "当时在做什么"),
        ("company", card.company, "和谁在一起"),
        ("handling", card.handling, "处理方式"),
    )
    for name, code, label in needed:
        codes.require(name, code, label)
    for name, chosen in (("aid", card.aid), ("region", card.regions)):
        for code in chosen:
            codes.require(name, code, "急救" if name == "aid" else "受伤部位")
    if card.outcome:
        codes.require("outcome", card.outcome, "转归")
    check_outcome(codes, card.handling, card.outcome)
    check_subtype(codes, card.kind, card.subtype, card.other, card.child or 0)
