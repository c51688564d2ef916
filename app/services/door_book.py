"""接走记录: who took which child, by what proof, by whom released and when; alarms and exceptions beside it.

58号文 Art 30 has a child handed to nobody but who may collect her; this is where it is read again.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from app.domain.calendar import month_days
from app.domain.changes import Done
from app.domain.days import month_text
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ChildId, GrantId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.names import clean_text
from app.domain.phones import mask_phone, spaced_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.register_table import RegisterTable, TableColumn
from app.services.alarms import decided_as
from app.services.collecting import PROOFS
from app.services.scope import Scope
from app.services.search_index import SearchIndex
from app.store import centre, children, door_lists, visits
from app.store.database import Clock, Database
from app.store.door_lists import DoorAlarm, DoorGrant, Leaving
from app.store.stamps import day_of

PLACES = {"collect": "来接", "grant": "电话授权", "bring": "送来"}
_YEAR = 365  # days before the chosen one
_EVERYBODY = 100_000
_COLUMNS = (
    TableColumn("日期", 8, "center"),
    TableColumn("时间", 7, "center"),
    TableColumn("孩子", 9),
    TableColumn("班级", 9),
    TableColumn("谁", 15),
    TableColumn("怎样核对", 11),
    TableColumn("谁放行", 14),
    TableColumn("说明", 38),
)


class DoorBookError(RuleError):
    """What was asked of the book cannot be shown."""


class Span(StrEnum):
    """How much is shown: one day, its month, or the year that ends with it."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@record
class DoorQuery:
    """What is looked for: a span about a day, of one child, or of whoever a text means."""

    day: dt.date
    span: Span = Span.DAY
    text: str = ""
    child: ChildId | None = None


@record
class DoorLine:
    """One line. ``kind`` is release, undone, alarm or call; ``who`` is relation and name, as given.

    ``adult`` took her and has a number that can be looked at; ``notes`` are sentences.
    """

    key: tuple[str, int, int]
    kind: str
    day: dt.date
    at: dt.datetime
    child: ChildId
    child_name: str
    class_name: str
    who: str
    proof: str  # 接送卡, 园长放行; of an alarm where: 来接
    by: str  # 林晓; 林晓、周敏 where two let her go
    notes: tuple[str, ...]
    chip: Chip
    visit: VisitId | None = None
    adult: AdultId | None = None

    @property
    def ordinary(self) -> bool:
        """Whether she left with somebody of her list, and nothing more is to be said."""
        return self.kind == "release" and self.chip.tone is Tone.OK

    @property
    def state(self) -> str:
        """已接走, 已撤销, 警报：不放行, 授权没有用."""
        return "已接走" if self.kind == "release" else self.chip.words

    @property
    def words(self) -> str:
        """``奶奶 王秀兰 · 接送卡 · 林晓放行``."""
        act = {"alarm": "拦下", "call": "登记"}.get(self.kind, "放行")
        return " · ".join(
            part for part in (self.who, self.proof, f"{self.by}{act}" if self.by else "") if part
        )


@record
class DoorPage:
    """What a query found. ``title`` says of when and whom; ``hint`` why it shows nothing."""

    title: str
    lines: tuple[DoorLine, ...]
    hint: str = ""

    @property
    def counts(self) -> str:
        """``接走 31 次 · 园长放行 1 次 · 警报 1 次``."""
        heads = (
            ("接走", sum(one.kind == "release" for one in self.lines)),
            (PROOFS["exception"], sum(_excepted(one) for one in self.lines)),
            ("警报", sum(one.kind == "alarm" for one in self.lines)),
            ("撤销", sum(one.kind == "undone" for one in self.lines)),
        )
        return " · ".join(f"{words} {count} 次" for words, count in heads if count)


class DoorBook:
    """Readings of the door; a teacher's hold the children of her own classes."""

    def __init__(self, database: Database, clock: Clock, index: SearchIndex) -> None:
        self._database, self._clock, self._index = database, clock, index
        self._scope = Scope(database, clock)

    def page(self, actor: Actor, query: DoorQuery) -> DoorPage:
        """The lines of a query: of one day in their order, of more days the latest first.

        Raises:
            OtherClassError: a teacher asks for a child of another class.
        """
        actor.require(Permission.CHECK_OUT)
        if query.child is not None:
            self._scope.require(actor, query.child)
        title, text = self._title(query), clean_text(query.text, "找谁", "text", 50)
        if query.span is Span.YEAR and query.child is None and not text:
            return DoorPage(title, (), "一年的记录很多，请先写孩子或接走人的姓名。")
        lines = sorted(self._lines(actor, query, text), key=lambda one: (one.day, one.at, one.key))
        found = lines if query.span is Span.DAY else reversed(lines)
        return DoorPage(title, tuple(found), "" if lines else "这段时间没有接走记录。")

    def reveal(self, actor: Actor, visit: VisitId) -> Done[str]:
        """The number in full of who took the child of a stay: that it was looked at is written down.

        Raises:
            DoorBookError: nobody took her, or without a number.
            OtherClassError: a teacher asks for a child of another class.
        """
        actor.require(Permission.CHECK_OUT)
        kept = visits.find_visit(self._database, visit)
        if kept is None or kept.collected_by is None:
            raise DoorBookError("这次没有接走人，没有号码可看。请刷新后再试。")
        self._scope.require(actor, kept.child)
        phone = door_lists.find_phone(self._database, kept.collected_by)
        if not phone:
            raise DoorBookError("这位接走人没有留电话。可以在档案里补上。")
        with self._database.unit(actor.id, "reveal_phone") as unit:
            unit.audit("adult", kept.collected_by, f"孩子 {kept.child}")
        return Done(spaced_phone(phone))

    def paper(self, actor: Actor, query: DoorQuery) -> RegisterTable:
        """What a query found on paper.

        Raises:
            DoorBookError: there is nothing to print.
        """
        page, place = self.page(actor, query), centre.find_centre(self._database)
        if not page.lines:
            raise DoorBookError(page.hint)
        return RegisterTable(
            centre="" if place is None else place.name,
            title="接走记录",
            month=month_text(query.day),
            span=page.title,
            columns=_COLUMNS,
            rows=tuple(map(_row, page.lines)),
            made_on=day_of(self._clock()),
            made_by=actor.name,
            summary=f"{page.counts}。" if page.counts else "",
            signers=("负责人签名",),
            least=0,
            practice=place is not None and place.practice,
        )

    def _title(self, query: DoorQuery) -> str:
        first, last = bounds(query)
        day = query.day
        when = {
            Span.DAY: f"{day.year}年{day.month}月{day.day}日",
            Span.MONTH: f"{day.year}年{day.month}月",
            Span.YEAR: f"{first} 至 {last}",
        }[query.span]
        kept = None if query.child is None else children.find_child(self._database, query.child)
        return when if kept is None else f"{kept.name} {when}"

    def _lines(self, actor: Actor, query: DoorQuery, text: str) -> Iterator[DoorLine]:
        """Of a text: whose child is meant by it, or who is named in it."""
        database, (first, last) = self._database, bounds(query)
        only = frozenset({query.child}) if query.child is not None else self._scope.children(actor)
        meant: Collection[ChildId] = ()
        if text:
            found = self._index.ranked(text, _EVERYBODY, adults=False, among=only)
            meant = frozenset(child for child, _ in found)

        def wanted(child: ChildId, *said: str) -> bool:
            return not text or child in meant or any(text in words for words in said)

        calls = {(one.id, one.child): one for one in door_lists.list_grants(database, first, last, only)}
        leavings = door_lists.list_leavings(database, first, last, only, meant=meant, named=text)
        for one, notes in self._noted(leavings, calls, first, last):
            if wanted(one.child, one.who):
                yield _leaving_line(one, notes)
        for alarm in door_lists.list_alarms(database, first, last, only):
            if wanted(alarm.child, alarm.typed, alarm.barred):
                yield _alarm_line(alarm)
        for call in calls.values():
            if call.used_at is None and wanted(call.child, call.comer, call.caller):
                yield _call_line(call)

    def _noted(
        self,
        leavings: Iterable[Leaving],
        calls: dict[tuple[GrantId, ChildId], DoorGrant],
        first: dt.date,
        last: dt.date,
    ) -> Iterator[tuple[Leaving, tuple[str, ...]]]:
        """Each departure with what is to be said of it."""
        acts = door_lists.list_together(self._database, first, last)
        put_off = dict[int, list[str]]()
        for paper in door_lists.list_put_off(self._database, first, last):
            put_off.setdefault(paper.release, []).append(f"以后再办：{paper.words}（{paper.reason}）")
        for one in leavings:
            call = None if one.grant is None else calls.get((one.grant, one.child))
            others = [name for name in acts.get(one.act, ()) if name != one.child_name]
            notes = [*_said(one), *(() if call is None else (call_words(call),))]
            if others and one.undone_at is None:
                notes.append(f"和{'、'.join(others)}一起")
            yield one, (*notes, *put_off.get(one.release or 0, ()))


def bounds(query: DoorQuery) -> tuple[dt.date, dt.date]:
    """The first and the last day of a query."""
    if query.span is Span.DAY:
        return query.day, query.day
    if query.span is Span.YEAR:
        return query.day - dt.timedelta(days=_YEAR), query.day
    days = month_days(month_text(query.day))
    return days[0], days[-1]


def call_words(call: DoorGrant) -> str:
    """``妈妈 赵敏 10:21 来电（林晓登记），138****9911 证件尾号 002X``."""
    tail = f"证件尾号 {call.identity_tail}" if call.identity_tail else ""
    known = " ".join(part for part in (mask_phone(call.phone) if call.phone else "", tail) if part)
    return f"{call.caller} {call.made_at:%H:%M} 来电（{call.made_by}登记），{known}"


def alarm_words(alarm: DoorAlarm) -> str:
    """``像被禁止接走的爸爸 朱强：姓名同音``."""
    return f"像被禁止接走的{alarm.barred}：{'、'.join(mark.words for mark in alarm.marks)}"


def decision_words(alarm: DoorAlarm) -> str:
    """``16:20 周敏：不放行，已报园长``; empty while nobody has decided."""
    if alarm.decided_at is None:
        return ""
    when = alarm.decided_at
    day = "" if day_of(when) == alarm.day else f"{when.month}月{when.day}日 "
    return f"{day}{when:%H:%M} {alarm.decided_by}：{decided_as(alarm.decision, alarm.place)}，{alarm.reason}"


def _said(one: Leaving) -> Iterator[str]:
    """Why she went by an exception, or was written down later, or did not go after all."""
    late = one.written_at is not None and one.left_at is not None and day_of(one.written_at) != one.day
    if late and one.undone_at is None and one.written_at is not None:
        at = one.written_at
        yield f"{at.month}月{at.day}日 {at:%H:%M} 补记{f'：{one.reason}' if one.reason else ''}"
    elif one.reason:
        words = {"card": f"卡号 {one.reason}", "code": f"凭{one.reason}的凭条"}
        yield words.get(one.proof, f"理由：{one.reason}")
    if one.undone_at is not None:
        yield f"{one.undone_at:%H:%M} {one.undone_by}撤销"


def _repaired(one: Leaving) -> bool:
    """Whether the hour was put in on another day, by hearsay: what was checked at the door nobody knows."""
    if one.written_at is None or one.left_at is None or one.proof != "known":
        return False
    return day_of(one.written_at) != day_of(one.left_at)


def _leaving_line(one: Leaving, notes: tuple[str, ...]) -> DoorLine:
    undone = one.undone_at is not None
    at = one.written_at if undone or one.left_at is None else one.left_at
    proof = "" if _repaired(one) else PROOFS.get(one.proof, "")  # nobody here saw it
    chip = Chip("已撤销") if undone else Chip(proof or "没有记核对", _tone(one.proof if proof else ""))
    return DoorLine(
        key=("release", int(one.visit), int(one.release or 0)),
        kind="undone" if undone else "release",
        day=one.day,
        at=at or dt.datetime.combine(one.day, dt.time(), dt.UTC),
        child=one.child,
        child_name=one.child_name,
        class_name=one.class_name,
        who=one.who or "没有记谁接走",
        proof=proof,
        by="、".join(part for part in (one.released_by, one.confirmed_by) if part),
        notes=notes,
        chip=chip,
        visit=one.visit,
        adult=None if undone else one.adult,
    )


def _alarm_line(alarm: DoorAlarm) -> DoorLine:
    decided = decided_as(alarm.decision, alarm.place) if alarm.decided_at else "还没处理"
    return DoorLine(
        key=("alarm", int(alarm.id), 0),
        kind="alarm",
        day=alarm.day,
        at=alarm.raised_at,
        child=alarm.child,
        child_name=alarm.child_name,
        class_name="",
        who=alarm.typed,
        proof=PLACES.get(alarm.place, ""),
        by=alarm.raised_by,
        notes=tuple(part for part in (alarm_words(alarm), decision_words(alarm)) if part),
        chip=Chip(f"警报：{decided}", Tone.WARN if alarm.decision == "cleared" else Tone.BAD),
    )


def _call_line(call: DoorGrant) -> DoorLine:
    gone = call.ended_at is not None
    ended = f"{call.ended_at:%H:%M} {call.ended_by}撤回" if call.ended_at is not None else ""
    return DoorLine(
        key=("call", int(call.id), int(call.child)),
        kind="call",
        day=call.day,
        at=call.made_at,
        child=call.child,
        child_name=call.child_name,
        class_name="",
        who=call.comer,
        proof=PROOFS["grant"],
        by=call.made_by,
        notes=tuple(part for part in (call_words(call), ended) if part),
        chip=Chip("授权已撤回" if gone else "授权没有用", Tone.WARN if gone else Tone.INFO),
    )


def _tone(proof: str) -> Tone:
    if proof == "exception":
        return Tone.WARN
    return Tone.INFO if proof == "grant" else Tone.OK if proof in PROOFS else Tone.PLAIN


def _excepted(line: DoorLine) -> bool:
    return line.kind == "release" and line.proof == PROOFS["exception"]


def _row(line: DoorLine) -> tuple[str, ...]:
    """What stands out (an alarm, a departure taken back) begins the remarks; the proof stays beside it."""
    stands_out = () if line.kind == "release" else (line.chip.words,)
    notes = "；".join((*stands_out, *line.notes))
    return (
        f"{line.day.month}-{line.day.day}", f"{line.at:%H:%M}", line.child_name, line.class_name, line.who,
        line.proof or "没有记", line.by, notes,
    )  # fmt: skip
