"""疑似侵害: kept for the director and who wrote it down; additions only; nobody else learns of it."""

import datetime as dt

from app.domain.changes import Changes, Done
from app.domain.concerns import CHANNELS, ConcernError, NoSuchConcernError
from app.domain.ids import ChildId, ConcernId, StaffId
from app.domain.looks import Chip, Tone
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.typed_days import Direction, read_day
from app.domain.visits import read_clock
from app.services.health_people import require_child
from app.services.pins import Pins
from app.store import concerns, people
from app.store.concerns import Concern, ConcernAddition, NewConcern
from app.store.database import Clock, Database
from app.store.stamps import day_of

_LONGEST = 2000


@record
class ConcernCard:
    """What was seen, as typed. ``decided_by`` is who decided to report."""

    child: ChildId | None
    day: str
    observer: StaffId | None
    facts: str
    photos: str = ""
    decided_by: str = ""


@record
class ReportCard:
    """A report to the police or another authority, as typed."""

    channel: str
    day: str
    at: str
    receipt: str = ""
    decided_by: str = ""
    words: str = ""


@record
class ConcernView:
    """One record for the screen of who may read it."""

    concern: Concern
    title: str
    words: str
    lines: tuple[tuple[str, str], ...]
    additions: tuple[str, ...]
    chip: Chip


class Concerns:
    """The verbs of the page 保护. What they change is told to no other room: no topic, no child, no undo.

    Reading is audited by nobody's name, too: a line in the trail would tell that there is something to read.
    At the sign-in a name is only chosen; who reads or adds here shows by her own PIN that it is she. A first
    PIN that no director vouched for opens nothing of before it: whoever sat there may have chosen it. Where
    who wrote it down adds a word later, the record is open again.
    """

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def note(self, actor: Actor, card: ConcernCard) -> Done[ConcernId]:
        """Write down what was seen. Everybody who works here may, and must report at once.

        Raises:
            ConcernError: no child, no observer, no facts, or a day to come.
        """
        actor.require(Permission.READ)
        if card.child is None:
            raise ConcernError("请选孩子。", field="child")
        require_child(self._database, card.child)
        today = day_of(self._clock())
        day = read_day(card.day, today, Direction.PAST, "day")
        if day > today:
            raise ConcernError("日期还没有到，请核对。", field="day")
        observer = card.observer or actor.id
        if observer not in {one.id for one in people.list_staff(self._database, today)}:
            raise ConcernError("请选是谁看到的。", field="observer")
        facts = clean_text(card.facts, "情况", "facts", _LONGEST)
        if not facts:
            raise ConcernError("请写看到、听到了什么，用原话，不加判断。", field="facts")
        new = NewConcern(
            card.child,
            day,
            observer,
            facts,
            clean_text(card.photos, "照片存放处", "photos"),
            clean_text(card.decided_by, "谁决定报告", "decided_by"),
        )
        with self._database.unit(actor.id, "note") as unit:
            key = concerns.add_concern(unit, new, actor.id)
        return Done(key, Changes())

    def add_words(self, actor: Actor, pin: str, concern: ConcernId, words: str) -> Done[int]:
        """Add to a record; nothing of it is ever changed.

        Raises:
            WrongPinError: it is not the actor's PIN, it is locked, or there is none.
            NoSuchConcernError: there is none that the actor may know of.
            ConcernError: nothing was written.
        """
        self._find(actor, pin, concern)
        told = clean_text(words, "补充", "words", _LONGEST)
        if not told:
            raise ConcernError("请写补充的内容。", field="words")
        return self._add(actor, concern, ConcernAddition("words", told))

    def report(self, actor: Actor, pin: str, concern: ConcernId, card: ReportCard) -> Done[int]:
        """Note that it was reported: when, by which channel, number of the receipt.

        Raises:
            WrongPinError: it is not the actor's PIN, it is locked, or there is none.
            NoSuchConcernError: there is none that the actor may know of.
            ConcernError: no channel, or a time that is none or to come.
        """
        self._find(actor, pin, concern)
        if card.channel not in CHANNELS:
            raise ConcernError("请选报告渠道。", field="channel")
        now = self._clock()
        day, time = read_day(card.day, day_of(now), Direction.PAST, "report_day"), read_clock(card.at)
        if time is None:
            raise ConcernError("请填几点报告的，如 10:40。", field="at")
        at = dt.datetime.combine(day, time, now.tzinfo)
        if at > now:
            raise ConcernError("报告时间还没有到，请核对。", field="at")
        one = ConcernAddition(
            "report",
            clean_text(card.words, "说明", "words", _LONGEST),
            at,
            card.channel,
            clean_text(card.receipt, "回执编号", "receipt"),
            clean_text(card.decided_by, "谁决定报告", "decided_by"),
        )
        return self._add(actor, concern, one)

    def list(self, actor: Actor, pin: str) -> tuple[ConcernView, ...]:
        """The records that the actor may know of; empty for everybody else, as where there is none.

        Raises:
            WrongPinError: it is not the actor's PIN, it is locked, or there is none.
        """
        actor.require(Permission.READ)
        self._pins.verify(actor.id, pin)
        since = self._pins.proves_since(actor.id)
        found = concerns.list_concerns(self._database, actor)
        return tuple(_view(one) for one in found if _is_open(one, since))

    def _add(self, actor: Actor, concern: ConcernId, one: ConcernAddition) -> Done[int]:
        with self._database.unit(actor.id, "note") as unit:
            key = concerns.add_concern_addition(unit, concern, one, actor.id)
        return Done(key, Changes())

    def _find(self, actor: Actor, pin: str, concern: ConcernId) -> Concern:
        actor.require(Permission.READ)
        self._pins.verify(actor.id, pin)
        found = concerns.find_concern(self._database, actor, concern)
        if found is None or not _is_open(found, self._pins.proves_since(actor.id)):
            raise NoSuchConcernError
        return found


def _is_open(one: Concern, since: dt.datetime | None) -> bool:
    """Whether a PIN that proves something since a moment opens a record: it has a word of after it."""
    last = max((one.noted_at, *(extra.at for extra in one.additions if extra.at is not None)))
    return since is None or last > since


def _view(one: Concern) -> ConcernView:
    report, told = one.report, one.told
    lines = (
        ("日期", f"{told.day:%Y-%m-%d}"),
        ("看到的人", one.observer_name),
        ("情况", told.facts),
        ("照片", told.photos),
        ("谁决定报告", told.decided_by),
        ("记录人", f"{one.reporter_name}　{one.noted_at:%Y-%m-%d %H:%M}"),
    )
    chip = Chip("还没报告", Tone.BAD) if report is None else Chip("已报告", Tone.OK)
    return ConcernView(
        one,
        one.child_name,
        f"{told.day.month}月{told.day.day}日　{one.reporter_name}记",
        tuple((label, words) for label, words in lines if words),
        tuple(_words_of(extra) for extra in one.additions),
        chip,
    )


def _words_of(one: ConcernAddition) -> str:
    when = "" if one.at is None else f"{one.at:%m-%d %H:%M}"
    if one.kind == "report" and one.reported_at is not None:
        parts = (
            f"{one.reported_at:%m-%d %H:%M} 向{CHANNELS[one.channel]}报告（{one.by}）",
            f"回执 {one.receipt}" if one.receipt else "",
            f"{one.decided_by}决定" if one.decided_by else "",
            one.words,
        )
        return "，".join(part for part in parts if part)
    return f"{when} {one.by} 补充：{one.words}"
