"""Registers as tables: who took whom, calls that authorised, alarms, cards, staff, roll calls, askings.

Numbers of phones are masked as on the screen. ``when`` of those kept by day is a month (``2025-12``), a day,
or two days (``2025-12-01..2025-12-03``).
"""

import datetime as dt
from collections.abc import Callable

from app.domain.calendar import month_days
from app.domain.phones import mask_phone
from app.domain.staff import Actor
from app.reports.sheets import ColumnKind, Sheet, SheetColumn
from app.services.cards import Cards
from app.services.day_papers import follow_up_lines
from app.services.door_book import PLACES, DoorPage, decision_words
from app.services.rollcall import RollCalls
from app.services.staff_settings import view_staff
from app.store import door_lists
from app.store.database import Clock, Database
from app.store.stamps import day_of

_TEXT, _NUMBER, _DAY = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.DATE
_ENDED = {None: "有效", "lost": "已挂失", "withdrawn": "已作废"}


def door_sheet(page: DoorPage) -> Sheet:
    """接走记录 as a query found it: departures with alarms and calls beside them."""
    columns = (
        SheetColumn("日期", _DAY, 13), SheetColumn("时间", _TEXT, 8), SheetColumn("孩子", _TEXT, 14),
        SheetColumn("班级", _TEXT, 12), SheetColumn("谁", _TEXT, 18), SheetColumn("怎样核对", _TEXT, 12),
        SheetColumn("谁放行", _TEXT, 16), SheetColumn("状态", _TEXT, 14), SheetColumn("说明", _TEXT, 60),
    )  # fmt: skip
    rows = tuple(
        (one.day, f"{one.at:%H:%M}", one.child_name, one.class_name, one.who, one.proof, one.by,
         one.state, "；".join(one.notes))
        for one in page.lines
    )  # fmt: skip
    return Sheet(f"接走记录 {page.title}", columns, rows, personal=True)


def grants_sheet(database: Database, clock: Clock, _actor: Actor, when: str) -> Sheet:
    """电话授权: who rang, who was to come for whom, and what became of it; a line for each child."""
    columns = (
        SheetColumn("日期", _DAY, 13), SheetColumn("时间", _TEXT, 8), SheetColumn("孩子", _TEXT, 14),
        SheetColumn("谁来电", _TEXT, 18), SheetColumn("谁来接", _TEXT, 18), SheetColumn("电话", _TEXT, 16),
        SheetColumn("证件尾号", _TEXT, 10), SheetColumn("登记", _TEXT, 12), SheetColumn("结果", _TEXT, 24),
    )  # fmt: skip
    first, last, words = span_of(clock, when)
    rows = tuple(
        (one.day, f"{one.made_at:%H:%M}", one.child_name, one.caller, one.comer,
         mask_phone(one.phone) if one.phone else "", one.identity_tail, one.made_by, _became(one))
        for one in door_lists.list_grants(database, first, last)
    )  # fmt: skip
    return Sheet(f"电话授权 {words}", columns, rows, personal=True)


def alarms_sheet(database: Database, clock: Clock, _actor: Actor, when: str) -> Sheet:
    """禁止接走 alarms: who was taken for whom and why, and what was decided by whom."""
    columns = (
        SheetColumn("日期", _DAY, 13), SheetColumn("时间", _TEXT, 8), SheetColumn("孩子", _TEXT, 14),
        SheetColumn("在哪里", _TEXT, 10), SheetColumn("来的人", _TEXT, 18),
        SheetColumn("像谁", _TEXT, 18), SheetColumn("哪里像", _TEXT, 24), SheetColumn("谁拦下", _TEXT, 12),
        SheetColumn("怎样处理", _TEXT, 50),
    )  # fmt: skip
    first, last, words = span_of(clock, when)
    rows = tuple(
        (one.day, f"{one.raised_at:%H:%M}", one.child_name, PLACES.get(one.place, ""), one.typed, one.barred,
         "、".join(mark.words for mark in one.marks), one.raised_by, decision_words(one) or "还没处理")
        for one in door_lists.list_alarms(database, first, last)
    )  # fmt: skip
    return Sheet(f"禁止接走警报 {words}", columns, rows, personal=True)


def cards_sheet(database: Database, clock: Clock, actor: Actor, _when: str) -> Sheet:
    """接送卡 of the enrolled: a line for each card, and one for a child who has none."""
    columns = (
        SheetColumn("孩子", _TEXT, 14), SheetColumn("班级", _TEXT, 12), SheetColumn("卡号", _TEXT, 12),
        SheetColumn("发卡日", _DAY, 13), SheetColumn("状态", _TEXT, 10), SheetColumn("失效日", _DAY, 13),
        SheetColumn("说明", _TEXT, 30),
    )  # fmt: skip
    rows: list[tuple[str | dt.date | None, ...]] = []
    for row in Cards(database, clock).register(actor):
        who = (row.holder.name, row.holder.class_name)
        rows += [
            (*who, card.number, day_of(card.issued_at), _ENDED.get(card.ended_as, ""),
             None if card.ended_at is None else day_of(card.ended_at), card.ended_words)
            for card in row.cards
        ] or [(*who, "", None, "没有卡", None, "")]  # fmt: skip
    return Sheet("接送卡登记", columns, tuple(rows), personal=True)


def staff_sheet(database: Database, clock: Clock, actor: Actor, _when: str) -> Sheet:
    """员工 with class and certificates, who has left last."""
    columns = (
        SheetColumn("姓名", _TEXT, 12), SheetColumn("岗位", _TEXT, 12), SheetColumn("班级", _TEXT, 12),
        SheetColumn("手机", _TEXT, 16), SheetColumn("资格证", _TEXT, 20),
        SheetColumn("资格证到期", _DAY, 13), SheetColumn("健康证到期", _DAY, 13),
        SheetColumn("入职", _DAY, 13), SheetColumn("离职", _DAY, 13),
    )  # fmt: skip
    rows = tuple(
        (one.draft.name, one.draft.role.label, one.class_name, mask_phone(one.draft.phone),
         one.draft.certificate, one.draft.certificate_until, one.draft.health_until, one.starts_on,
         one.ends_on)
        for one in view_staff(database, clock, actor).lines
    )  # fmt: skip
    return Sheet("员工名单", columns, rows, personal=True)


def roll_calls_sheet(database: Database, clock: Clock, actor: Actor, _when: str) -> Sheet:
    """点名记录: every call with what was noted of it, the newest first."""
    columns = (
        SheetColumn("日期", _DAY, 13), SheetColumn("开始", _TEXT, 8), SheetColumn("种类", _TEXT, 8),
        SheetColumn("原因", _TEXT, 14), SheetColumn("人数", _NUMBER, 8), SheetColumn("未到", _NUMBER, 8),
        SheetColumn("用时", _TEXT, 12), SheetColumn("发起", _TEXT, 12), SheetColumn("结束", _TEXT, 12),
        SheetColumn("过程", _TEXT, 40), SheetColumn("发现的问题", _TEXT, 40),
        SheetColumn("改进措施", _TEXT, 40), SheetColumn("备注", _TEXT, 30),
    )  # fmt: skip
    rows = tuple(
        (day_of(one.call.started_at), f"{one.call.started_at:%H:%M}", one.call.kind.label, one.call.plan,
         one.heads, one.missing, one.took or "还没有结束", one.call.started_by, one.call.ended_by,
         one.note.course, one.note.problems, one.note.improvements, one.note.remarks)
        for one in RollCalls(database, clock).register(actor)
    )  # fmt: skip
    return Sheet("点名记录", columns, rows, personal=True)


def follow_ups_sheet(database: Database, clock: Clock, _actor: Actor, when: str) -> Sheet:
    """缺勤追访登记 of a span, column by column of T3b."""
    columns = (
        SheetColumn("日期", _DAY, 13), SheetColumn("班级", _TEXT, 12), SheetColumn("姓名", _TEXT, 14),
        SheetColumn("缺勤起日", _DAY, 13), SheetColumn("追访人", _TEXT, 12), SheetColumn("方式", _TEXT, 8),
        SheetColumn("对象", _TEXT, 18), SheetColumn("原因", _TEXT, 8), SheetColumn("病名/症状", _TEXT, 24),
        SheetColumn("就诊医院", _TEXT, 20), SheetColumn("诊断", _TEXT, 20), SheetColumn("传染病", _TEXT, 8),
        SheetColumn("处理", _TEXT, 30), SheetColumn("返园日", _DAY, 13),
    )  # fmt: skip
    first, last, words = span_of(clock, when)
    rows = tuple(
        (one.day, one.class_name, one.name, one.away_since, one.traced_by, one.way, one.whom, one.cause,
         one.illness, one.hospital, one.diagnosis, one.infectious, one.handling, one.returned)
        for one in follow_up_lines(database, first, last)
    )  # fmt: skip
    return Sheet(f"缺勤追访登记 {words}", columns, rows, personal=True)


MAKERS: dict[str, Callable[[Database, Clock, Actor, str], Sheet]] = {
    "grants": grants_sheet,
    "alarms": alarms_sheet,
    "cards": cards_sheet,
    "staff": staff_sheet,
    "roll_calls": roll_calls_sheet,
    "follow_ups": follow_ups_sheet,
}
"""By the word of ``ListKind``; 接走记录 is made from what a query found."""


def span_of(clock: Clock, when: str) -> tuple[dt.date, dt.date, str]:
    """The first and the last day that are meant, and how the table says so; this month where nothing is."""
    first, _, last = (when or f"{clock():%Y-%m}").partition("..")
    if len(first) == len("2025-12"):
        days = month_days(first)
        return days[0], days[-1], first
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    return begin, end, f"{begin}" if begin == end else f"{begin} 至 {end}"


def _became(one: door_lists.DoorGrant) -> str:
    if one.used_at is not None:
        return f"{one.used_at:%H:%M} 已接走"
    return "没有用" if one.ended_at is None else f"{one.ended_at:%H:%M} {one.ended_by}撤回"
