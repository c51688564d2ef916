"""Who is to be asked after (待追访): expected, not here, nobody told us; or due to be asked again."""

import datetime as dt
from collections.abc import Iterable

from app.domain.absences import RESULTS
from app.domain.record import record
from app.services.desk import ChildRow, RowState
from app.store import absences
from app.store.absences import AwayDay, KeptFollowUp
from app.store.database import Database
from app.store.settings import Settings
from app.store.stamps import minute_of

_LOOK_BACK = dt.timedelta(days=100)  # the longest spell and a little


@record
class Untraced:
    """One child to ask after, and why."""

    row: ChildRow
    words: str  # 未到 52 分，没有请假
    since: dt.date
    last: KeptFollowUp | None


def find_untraced(
    database: Database, rows: Iterable[ChildRow], today: dt.date, minute: int, kept: Settings
) -> tuple[Untraced, ...]:
    """Whom to ask after, who has been missing longest first; nobody before the hour of asking.

    Args:
        database: the file.
        rows: the desk's rows of today.
        today: the day.
        minute: now, minutes after midnight.
        kept: the settings of the day: from which minute on it is time to ask, and how long a child who is
            said to be on her way is waited for before she is asked after again.
    """
    if minute < kept.trace_at:
        return ()
    last = absences.last_follow_ups(database, today - _LOOK_BACK)
    away = absences.list_away_days(database, today)
    found = []
    for row in rows:
        told = last.get(row.child)
        if row.state is RowState.EXPECTED and (row.overdue_minutes or row.missed_to):
            fresh = told if told is not None and told.told.day == today else None
            late = row.overdue_minutes or not _answered(fresh, row.missed_to)
            if late and (words := _why_still(fresh, minute, kept)):
                more = f"；{row.awaits}" if row.awaits else ""
                found.append(Untraced(row, f"{row.chip.words}，{words}{more}", today, told))
        elif row.state is RowState.ABSENT:
            noted = away.get(row.child)
            words = "" if noted is None else _why_again(noted, told, today)
            if noted is not None and words:
                found.append(Untraced(row, words, noted.since, told))
    return tuple(found)


def _answered(told: KeptFollowUp | None, over: int) -> bool:
    """Whether somebody has said why she did not come by hours that were over at a minute.

    Who said meanwhile that she is coming spoke of those; once they are over, of the next.
    """
    if told is None or told.told.result == "unreached":
        return False
    return told.told.result != "coming" or minute_of(told.traced_at) >= over


def _why_still(told: KeptFollowUp | None, minute: int, kept: Settings) -> str:
    """Why a child who should be here is to be asked after; empty where the answer of today is enough.

    Nobody knows of a child who left home and never came: 会来 is an answer for a while. Who was said to stay
    away and should be here all the same is expected anew: it was taken back, or she was booked since.
    """
    if told is None:
        return "没有请假"
    if told.told.result in {"sick", "personal", "other"}:
        return f"{told.traced_at:%H:%M} 说不来（{RESULTS[told.told.result]}），后来又改成来，还没有到"
    if told.told.result != "coming":
        return f"{told.traced_at:%H:%M} 没接通"
    if minute < minute_of(told.traced_at) + kept.coming_minutes:
        return ""
    return f"{told.traced_at:%H:%M} 说会来，还没有到"


def _why_again(noted: AwayDay, told: KeptFollowUp | None, today: dt.date) -> str:
    """Why a child with a noted absence is to be asked after; empty where nothing is open."""
    fresh = told if told is not None and told.told.day >= noted.since else None
    if fresh is not None and fresh.told.again_on is not None and fresh.told.day < today:
        if fresh.told.again_on <= today:
            return f"约好今天再问（{fresh.again_by_name or fresh.traced_by}）"
        return ""
    if noted.unsaid and fresh is None:
        return "病假，还没有写病名"
    return ""
