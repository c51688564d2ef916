"""儿童出勤登记 (T3, domain §3.2), frozen for paper: children by days, counted as the month's summary.

Days that are not over stay empty. Signs: √ here, 半 here for her half day, ○ 病假, △ 事假, × any other
absence, 加 here on a day she was not expected, which counts nowhere.
"""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.domain.ids import ChildId, ClassId
from app.domain.modes import CareMode, Tariff
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.statistics import Attendance, add_up
from app.reports.register_table import RegisterTable, TableColumn, day_columns
from app.services.month import (
    MonthRows,
    expected_days,
    find_open,
    has_come,
    read_month,
    read_rows,
    stays_by_day,
)
from app.services.scope import Scope
from app.store import attendance, centre
from app.store.attendance import Missed
from app.store.database import Clock, Database
from app.store.stamps import day_of

HERE, HALF, SICK, PERSONAL, OTHER, EXTRA = "√", "半", "○", "△", "×", "加"
_ABSENT = {"sick": SICK, "personal": PERSONAL}
_LEGEND = (
    "√ 出勤，半 半日托出勤，○ 病假，△ 事假，× 其他缺勤，加 没有预约的日子来了（不计）。"
    "灰底是休息日，空格是没有预约或还没结束的日子。",
    "半日也计 1 人次；临时托和计时托另行统计，不在表内。与月报的出勤同一口径。",
)
_UNSAID = "病名未写"
_OWN = "只列出自己班的孩子；合计和小结是全班、全园的。"


@record
class ChildMonth:
    """One child in one class: a sign by day, what adds up, and the remark."""

    child: ChildId
    class_id: ClassId
    signs: Mapping[dt.date, str]
    whole: Attendance
    remark: str


class AttendancePaper:
    """One paper."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def month(self, actor: Actor, month: str, class_id: ClassId | None = None) -> RegisterTable:
        """出勤登记 of a class, or of the centre with a line for each class.

        A teacher reads a line of each child of her own classes, and of the others what they add up to.

        Raises:
            UnknownMonthError: the text is no month, or the month has not begun.
            LookupError: there is no such class.
        """
        actor.require(Permission.CHECK_IN)  # what a child is ill with stands in it
        today = day_of(self._clock())
        span = read_month(month, today)
        classes = centre.list_classes_over(self._database, span[0], min(span[-1], today))
        groups = {one.id: one.name for one in classes}  # those, too, that ended within the month
        if class_id is not None and class_id not in groups:
            raise LookupError(class_id)
        rows = read_rows(self._database, month, today)
        names = attendance.list_names(self._database)
        lines = [one for one in child_months(rows) if class_id in {None, one.class_id}]
        order = {key: at for at, key in enumerate(groups)}
        lines.sort(key=lambda one: (order.get(one.class_id, len(order)), one.child))
        scope = Scope(self._database, self._clock)
        table: list[tuple[str, ...]] = []
        for group, own in itertools.groupby(lines, key=lambda one: one.class_id):
            part = list(own)
            called = groups.get(group, "")
            shown = scope.own(actor, part, lambda one: one.child)
            table += [_row(called, names.get(one.child, ""), span, one) for one in shown]
            if class_id is None:
                table.append(_class_row(called, span, part))
        place = centre.find_centre(self._database)
        columns = _columns(span, find_open(self._database, span))
        return RegisterTable(
            centre="" if place is None else place.name,
            title="儿童出勤登记",
            form="表3",
            month=month,
            columns=columns if class_id is None else columns[1:],
            rows=tuple(table if class_id is None else (row[1:] for row in table)),
            made_on=today,
            made_by=actor.name,
            where="全园" if class_id is None else f"{groups[class_id]}班",
            summary=_summary(rows, lines),
            notes=(*_LEGEND, *filter(None, (_OWN if scope.children(actor) is not None else "", rows.note))),
            reference=True,
            tight=True,
            pad=1.7,
            least=0,
            practice=place is not None and place.practice,
        )


def child_months(rows: MonthRows) -> tuple[ChildMonth, ...]:
    """Each child of each class with her signs; a child who changes class has a line in both."""
    stays = stays_by_day(rows.visits)
    missed = {(one.child, one.day): one for one in rows.missed}
    signs: dict[tuple[ClassId, ChildId], dict[dt.date, str]] = defaultdict(dict)
    counts: dict[tuple[ClassId, ChildId], Attendance] = defaultdict(Attendance)
    away: dict[tuple[ClassId, ChildId], list[Missed]] = defaultdict(list)
    expected = set()
    for contract, day in expected_days(rows.days, rows.contracts):
        key, at = (contract.class_id, contract.child), (contract.child, day)
        expected.add(at)
        here, reason = has_come(contract, stays.get(at, ())), missed.get(at)
        kind = "" if here or reason is None else reason.kind
        counts[key] += Attendance(1, int(here), int(kind == "sick"), int(kind == "personal"))
        if here:
            signs[key][day] = HALF if contract.mode is CareMode.HALF_DAY else HERE
        else:
            signs[key][day] = _ABSENT.get(kind, OTHER)
            if reason is not None:
                away[key].append(reason)
    for one in rows.visits:
        key = (one.class_id, one.child)
        if one.tariff is Tariff.CONTRACT and (one.child, one.day) not in expected:
            signs[key][one.day] = EXTRA
    return tuple(
        ChildMonth(child, group, by_day, counts[group, child], _remark(away[group, child]))
        for (group, child), by_day in signs.items()
    )


def _remark(away: Iterable[Missed]) -> str:
    """``3、4日 发热；8日 病名未写``: the disease of every sick day, and why else she stayed away."""
    told: dict[str, list[int]] = {}
    for one in away:
        words = one.words or (_UNSAID if one.kind == "sick" else "")
        if words and one.kind != "personal":
            told.setdefault(words, []).append(one.day.day)
    return "；".join(f"{'、'.join(map(str, days))}日 {words}" for words, days in told.items())


def _row(group: str, name: str, span: Sequence[dt.date], one: ChildMonth) -> tuple[str, ...]:
    return (group, name, *(one.signs.get(day, "") for day in span), *_numbers(one.whole), one.remark)


def _class_row(group: str, span: Sequence[dt.date], part: Sequence[ChildMonth]) -> tuple[str, ...]:
    """What the class adds up to: who was here by day, and its rate."""
    heads = [sum(one.signs.get(day) in {HERE, HALF} for one in part) for day in span]
    whole = add_up(one.whole for one in part)
    open_day = [any(day in one.signs for one in part) for day in span]
    counted = (str(head) if was else "" for head, was in zip(heads, open_day, strict=True))
    return (group, "合计", *counted, *_numbers(whole), f"出勤率 {whole.rate.percent_words}")


def _numbers(whole: Attendance) -> tuple[str, ...]:
    return tuple(map(str, (whole.expected, whole.actual, whole.sick, whole.personal, whole.other)))


def _summary(rows: MonthRows, lines: Sequence[ChildMonth]) -> str:
    whole = add_up(one.whole for one in lines)
    until = f"截至 {rows.days[-1].month} 月 {rows.days[-1].day} 日，" if rows.days else ""
    return (
        f"{until}开放 {len(rows.days)} 天，应出勤 {whole.expected} 人次，实出勤 {whole.actual} 人次，"
        f"出勤率 {whole.rate.percent_words}；缺勤 {whole.absent} 人次，其中病假 {whole.sick}、"
        f"事假 {whole.personal}、其他 {whole.other}。"
    )


def _columns(span: Sequence[dt.date], is_open: frozenset[dt.date]) -> tuple[TableColumn, ...]:
    """Shares are points of A4 across, so that a day holds its number and its sign."""
    return (
        TableColumn("班级", 44),
        TableColumn("姓名", 56),
        *day_columns(span, is_open, 14.4),
        *(TableColumn(words, 29, "center") for words in ("应出勤", "实出勤")),
        *(TableColumn(words, 22, "center") for words in ("病假", "事假", "其他")),
        TableColumn("备注（病名）", 96),
    )
