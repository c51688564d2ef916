"""The centre's own calendar as the settings show it."""

import datetime as dt

from app.domain.calendar import DayMark
from app.domain.record import record
from app.store.alterations import NOW, Alteration
from app.store.database import Database, Unit


@record
class CalendarRow:
    """One day of the centre's table. ``source`` says where it comes from."""

    day: dt.date
    mark: DayMark
    name: str
    source: str


def list_calendar_rows(database: Database | Unit, year: int) -> tuple[CalendarRow, ...]:
    """The days of a year that the centre's table speaks of."""
    rows = database.rows(
        "select day, kind, name, source from calendar_day where day between :first and :last"
        " and ended_at is null order by day",
        {"first": f"{year:04d}-01-01", "last": f"{year:04d}-12-31"},
    )
    return tuple(
        CalendarRow(dt.date.fromisoformat(row["day"]), DayMark(row["kind"]), row["name"], row["source"])
        for row in rows
    )


def put_day(alteration: Alteration, row: CalendarRow) -> None:
    """Mark a day; what it was marked before the change keeps."""
    unit, day = alteration.unit, row.day.isoformat()
    held = unit.row("select day from calendar_day where day = :day", {"day": day})
    values = {"kind": row.mark.value, "name": row.name, "source": row.source}
    if held is not None:
        alteration.change("calendar_day", day, **values, ended_at=None)
        return
    unit.insert("calendar_day", {"day": day, **values})
    alteration.note_added("calendar_day", day, "ended_at", None, void=NOW)


def end_day(alteration: Alteration, day: dt.date) -> None:
    """Let the state's calendar speak for a day again."""
    held = alteration.unit.row(
        "select day from calendar_day where day = :day and ended_at is null", {"day": day.isoformat()}
    )
    if held is not None:
        alteration.change("calendar_day", day.isoformat(), ended_at=alteration.unit.stamp)
