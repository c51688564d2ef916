"""The practice centre 向阳托育中心: believable, made up from a seed, any length of history.

``build`` fills a file that is new or has just been migrated. Plain ``sqlite3`` writes the rows in one
transaction, so that three months take a second or two.
"""

import datetime as dt
import hashlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

from db.identity import APPLICATION_ID, SCHEMA_VERSION
from db.practice_admissions import add_admissions
from db.practice_book import Book
from db.practice_bookings import add_bookings
from db.practice_cards import add_cards
from db.practice_class import add_class_day
from db.practice_clock import add_clock
from db.practice_curriculum import add_curriculum
from db.practice_days import bill_month, live
from db.practice_growth import add_growth
from db.practice_handover import add_shifts
from db.practice_health import add_health
from db.practice_illness import add_illness
from db.practice_notes import Words, reword
from db.practice_people import (
    CLASSES,
    DIRECTOR,
    Casting,
    add_alumni,
    add_children,
    add_classes,
    add_staff,
    add_visitors,
)
from db.practice_records import add_records
from db.practice_release import add_release
from db.practice_rollcall import add_drills
from db.practice_scene import Centre, any_code
from db.practice_settings import add_settings

ZONE = dt.timezone(dt.timedelta(hours=8))
MOMENT = dt.datetime(2025, 12, 3, 13, 52, tzinfo=ZONE)
MORNING = dt.datetime(2025, 12, 3, 9, 5, tzinfo=ZONE)
NAME = "向阳托育中心"

# State Council notice for 2025, the part a history to December needs; other years count Monday to Friday.
_HOLIDAYS = {dt.date(2025, 10, day): "国庆节、中秋节" for day in range(1, 9)}
_HOLIDAYS |= {dt.date(2025, 5, day): "劳动节" for day in range(1, 6)}
_HOLIDAYS |= {dt.date(2025, 1, 1): "元旦", dt.date(2025, 5, 31): "端午节", dt.date(2025, 6, 2): "端午节"}
_MAKE_UP = {
    dt.date(2025, 4, 27): "劳动节补班",
    dt.date(2025, 9, 28): "国庆节补班",
    dt.date(2025, 10, 11): "国庆节补班",
}
# code, name, category, unit, fen
PRICES = (
    ("month_full_day", "全日托保育费", "basic", "月", 238000),
    ("month_half_day", "半日托保育费", "basic", "月", 138000),
    ("month_meals", "伙食费", "agency", "月", 40000),
    ("temp_full_day", "全日临时托", "basic", "次", 12000),
    ("temp_half_day", "半日临时托", "basic", "次", 8000),
    ("hourly", "计时托", "basic", "小时", 2500),
    ("lunch", "午餐", "other", "份", 1500),
    ("late_unit", "延时托管", "other", "半小时", 1500),
)


def _plain_keys(name: str) -> tuple[str, str]:
    return name, name[:1]


def build(
    path: str | Path,
    *,
    seed: int = 20251203,
    moment: dt.datetime = MOMENT,
    days: int = 90,
    logged_days: int | None = None,
    keys: Callable[[str], tuple[str, str]] = _plain_keys,
    on_file: int = 0,
    rules: int = 0,
    words: Words | None = None,
    fair: Callable[[str], bool] = any_code,
) -> None:
    """Fill ``path`` with ``days`` of history up to ``moment``.

    Args:
        path: a new file, or one that ``db.migrations`` has made and nobody has written to.
        seed: the same seed gives the same rows.
        moment: nothing in the file is later than this.
        days: calendar days of history before the day of ``moment``.
        logged_days: how many of the last days have a log and notes; None for all. Ten years of log are two
            million rows.
        keys: from a name to its search keys (pinyin, initials).
        on_file: make it a full house of 190 enrolled, with so many children on file in all.
        words: how the notes of the last days are put; None for the plain words of the story.
        fair: whether a pick-up code may go out.
        rules: the number of the rules that ``keys`` reads names by; 0 leaves the file without.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("pragma synchronous = off")
        _migrate(connection)
        book = _live_through(seed, moment, days, logged_days, keys, on_file, words, fair)
        if rules:
            opened = moment.date().isoformat()
            book.add("setting", "reading_rules", str(rules), opened, moment.isoformat(timespec="seconds"))
        connection.execute("begin immediate")
        book.write(connection)
        connection.execute("commit")
        # As the program keeps it: the first opening need not switch the mode, which costs several fsyncs.
        connection.execute("pragma journal_mode = wal")
    finally:
        connection.close()


def _migrate(connection: sqlite3.Connection) -> None:
    found = connection.execute("select count(*) from sqlite_master where name = 'centre'").fetchone()
    if found[0]:
        return
    from sqlite_utils import Database

    from db.migrations import migrations

    migrations.apply(Database(connection))
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")


def _live_through(
    seed: int,
    moment: dt.datetime,
    days: int,
    logged_days: int | None,
    keys: Callable[[str], tuple[str, str]],
    on_file: int,
    words: Words | None,
    fair: Callable[[str], bool],
) -> Book:
    book, rng = Book(), random.Random(seed)  # noqa: S311 - dice, not secrets
    today = moment.date()
    first = today - dt.timedelta(days=days)
    opened = first - dt.timedelta(days=400)
    casting = Casting(book, rng, keys, today)
    _add_centre(book, seed, opened)
    add_classes(book, opened)
    teachers = add_staff(book, casting, opened)
    kids = add_children(casting, rng, first)
    kids += add_alumni(casting, rng, first)
    visitors = add_visitors(casting, rng, first)
    add_records(book, kids, today, seed)
    names = {key: row[0] for key, row in enumerate(CLASSES, 1)}
    cut = moment.hour * 60 + moment.minute
    centre = Centre(book, rng, kids, visitors, teachers, names, today, cut, keys, fair)
    billed: set[tuple[int, int]] = set()
    for offset in range(days + 1):
        day = first + dt.timedelta(days=offset)
        makeup = day in _MAKE_UP
        if day != today and not makeup and (day.weekday() >= 5 or day in _HOLIDAYS):
            continue
        if (day.year, day.month) not in billed:
            billed.add((day.year, day.month))
            bill_month(centre, day)
        logged = logged_days is None or days - offset <= logged_days
        live(centre, day, makeup=makeup, logged=logged)
    add_settings(book, opened, first, DIRECTOR)
    add_cards(book, kids, today)
    add_bookings(centre)
    for name, last in centre.series.items():
        book.add("number_series", name, last)
    if on_file:
        from db.practice_full import add_full_house

        add_full_house(casting, rng, opened, on_file)
    add_drills(book, names, teachers)
    add_release(centre)
    add_health(centre)
    add_shifts(centre)
    add_growth(book, kids, names, today, seed)
    add_admissions(book, today)
    add_curriculum(centre)
    add_clock(centre)
    add_illness(centre)
    add_class_day(centre)
    if words is not None:
        reword(book, [*kids, *visitors], today, words)
    _add_audit(book, moment)
    return book


def _add_centre(book: Book, seed: int, opened: dt.date) -> None:
    created = f"{opened.isoformat()}T09:00:00+08:00"
    seal_key = hashlib.sha256(f"practice {seed}".encode()).hexdigest()
    book.add("centre", NAME, "向阳路 12 号", "0000-8600000", seal_key, 1, created)
    for day, name in sorted(_HOLIDAYS.items()):
        book.add("calendar_day", day.isoformat(), "holiday", name, "国务院办公厅通知")
    for day, name in sorted(_MAKE_UP.items()):
        book.add("calendar_day", day.isoformat(), "workday", name, "国务院办公厅通知")
    for code, name, category, unit, fen in PRICES:
        book.add("price", code, name, category, unit, fen, opened.isoformat(), None)


def _add_audit(book: Book, moment: dt.datetime) -> None:
    at, detail = moment.isoformat(timespec="seconds"), "练习园数据"
    # The same link as app/store/database.py makes, so that the chain can be walked from its start.
    fields = ("tuodehao", at, str(DIRECTOR), "build", "centre", "1", detail)
    chain = hashlib.sha256("\x1f".join(fields).encode()).hexdigest()
    book.add("audit", at, DIRECTOR, "build", "centre", 1, detail, chain)
