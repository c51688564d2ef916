"""Absences (缺勤) and asking after them (缺勤追访): what a register must hold (35号文 tables T3 and T3b)."""

import datetime as dt
from collections.abc import Callable

from app.domain.errors import RuleError

KINDS = {"sick": "病假", "personal": "事假", "other": "其他"}
WAYS = {"phone": "电话", "wechat": "微信", "in_person": "当面", "visit": "家访"}
RESULTS = {"sick": "病", "personal": "事", "other": "其他", "coming": "会来", "unreached": "没接通"}
INFECTIOUS = {"no": "不是", "yes": "是", "unknown": "不清楚"}
LONGEST_SPELL = 92  # days; away three months means a new health check (58号文 Art 11) and another contract
LOOK_BACK = 7  # days for which an absence may still be noted


class AbsenceError(RuleError):
    """An absence, or what was found out about one, cannot be kept as it is told."""


def check_kind(kind: str, disease: str) -> None:
    """Pass if a kind of absence is known and a sick child's disease is named (the remark under T3).

    Raises:
        AbsenceError: it is not.
    """
    if kind not in KINDS:
        raise AbsenceError("请选择缺勤原因：病假、事假或其他。", field="kind")
    if kind == "sick" and not disease.strip():
        raise AbsenceError("病假要写病名或症状，如“发热”；出勤登记表要填。", field="disease")


def noted_words(kind: str, told_by: str) -> str:
    """Of which kind an absence is and who told it: ``事假（妈妈说）``."""
    said = f"（{told_by}说）" if told_by else ""
    return f"{'缺勤' if kind == 'other' else KINDS[kind]}{said}"


def spell_days(
    first: dt.date, last: dt.date, today: dt.date, is_due: Callable[[dt.date], bool]
) -> tuple[dt.date, ...]:
    """The days of an absence on which the child should have come.

    Raises:
        AbsenceError: the last day before the first, too long, too long ago, or no such day at all.
    """
    if last < first:
        raise AbsenceError("最后一天在第一天之前，请核对。", field="to_day")
    if (last - first).days >= LONGEST_SPELL:
        msg = f"一次最多请 {LONGEST_SPELL} 天。更长请办停托，回来要重新体检。"
        raise AbsenceError(msg, field="to_day")
    if (today - first).days > LOOK_BACK:
        msg = f"只能补登最近 {LOOK_BACK} 天的缺勤，更早的请由园长更正。"
        raise AbsenceError(msg, field="from_day")
    span = (first + dt.timedelta(days=past) for past in range((last - first).days + 1))
    found = tuple(day for day in span if is_due(day))
    if not found:
        raise AbsenceError("这段时间孩子本来就不用来园（休息日或没有预约），不用登记。", field="from_day")
    return found


def away_words(since: dt.date, today: dt.date, returns_on: dt.date | None) -> str:
    """``12月1日起第 3 天，预计 12月8日 回``."""
    count = (today - since).days + 1
    words = f"{since.month}月{since.day}日起第 {count} 天" if count > 1 else "今天起"
    return words + (f"，预计 {returns_on.month}月{returns_on.day}日 回" if returns_on is not None else "")
