"""Telling a family of an injury: who counts as told, and when it was."""

import datetime as dt

from app.domain.ids import ChildId
from app.domain.injuries import InjuryError
from app.domain.typed_days import Direction, read_day
from app.domain.visits import read_clock
from app.services.told_adults import Named, barred_words, with_reason
from app.store.database import Database
from app.store.stamps import at_minute, day_of


def told_person(database: Database, child: tuple[ChildId, str], who: str, reason: str, day: dt.date) -> str:
    """Who was told, as it is kept: of who is not on the child's file the reason stands beside the name.

    Raises:
        InjuryError: she is barred, or on no record and nobody says why it was she.
    """
    key, name = child
    if barred := barred_words(database, key, who, day):
        raise InjuryError(barred, field="whom")
    instead = "请告诉档案里的家长；只能告诉此人的"
    return with_reason(database, key, Named(who, reason, instead, InjuryError, child_name=name), day)


def told_at(typed: str, text: str, now: dt.datetime) -> dt.datetime:
    """The day as typed (empty for today), and the hour of it (empty for now).

    Raises:
        InjuryError: an hour that is to come, cannot be read, or lacks for an earlier day.
        RuleError: the day cannot be read.
    """
    today = day_of(now)
    day = read_day(typed, today, Direction.PAST, "told_on") if typed.strip() else today
    if day > today:
        raise InjuryError("这一天还没有到，请核对。", field="told_on")
    if not text.strip():
        if day == today:
            return now
        raise InjuryError("不是今天告知的，请填几点，如 17:20。", field="told_at")
    if (time := read_clock(text)) is None:
        raise InjuryError("看不懂几点告知的，请填 10:40 这样的时间。", field="told_at")
    told = at_minute(day, time.hour * 60 + time.minute)
    if told > now:
        raise InjuryError("告知时间还没有到，请核对。", field="told_at")
    return told
