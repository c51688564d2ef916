"""A year of one class, of every kind: its oldest page beside its newest, a frame beside a bare list.

A frame is one turn of the event loop: what a page costs to take into the model and to paint. Every page of
the year is taken, each below the last, and fifty milliseconds are the bar for the slowest of them; the floor
is one page as plain text in a bare list.
"""

import datetime as dt
import itertools
import json
import time

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView

from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.staff import Role
from app.services.class_history import PAGE, Cursor
from app.ui.classroom.history import HistoryList, HistoryModel
from app.ui.theme import Theme
from tests.bench.ratio import Figure, in_turn, report

TRAIN = ClassId(4)
CHILDREN, DAYS = 20, 240
FRAME = 50  # milliseconds
LAST = 40  # pages at the end of the year that are timed beside the floor


def wake(services, actor, now):
    """Who sleeps at noon drinks nothing: all of the class are woken first."""
    cards = services.classroom.roster(actor, TRAIN).cards
    asleep = tuple(card.visit for card in cards if card.asleep_since is not None)
    services.classroom.log(actor, asleep, EntryDraft(EntryKind.SLEEP, now))


# A child's day: kind, from, until, detail, quality, grade, ml, tenths, text, note.
DAY = (
    ("temperature", "08:40", None, "forehead", None, None, None, 366, "", ""),
    ("mood", "08:45", None, "happy", None, None, None, None, "", "进门就找积木"),
    ("washing", "09:10", None, "before_food", None, None, None, None, "", ""),
    ("meal", "09:20", None, "morning_snack", None, 4, None, None, "小米粥、蒸南瓜、水煮蛋", ""),
    ("toilet", "09:50", None, "both", "soft", None, None, None, "", ""),
    ("activity", "10:00", None, "eager", None, None, None, None, "蔬菜印章", "印了整整一页，还给同伴看"),
    ("outdoor", "10:30", "11:20", None, None, None, None, None, "", ""),
    ("water", "11:25", None, None, None, None, 120, None, "", ""),
    (
        "meal",
        "11:40",
        None,
        "lunch",
        None,
        2,
        None,
        None,
        "软米饭、番茄牛腩、西兰花、紫菜汤",
        "菜剩了些",
    ),
    ("sleep", "12:30", "14:10", "patted", "back", None, None, None, "", ""),
    ("sleep_check", "13:00", None, "back", "calm", None, None, None, "", ""),
    ("milk", "14:30", None, "formula", None, None, 150, None, "", ""),
    ("food", "15:20", None, None, "none", 3, None, None, "蓝莓", "第一次吃"),
    ("note", "15:50", None, "remark", None, None, None, None, "自己把鞋子摆回鞋架，会说“我来”。", ""),
    ("toilet", "16:10", None, "wet", None, None, None, None, "", "自己提裤子"),
)
SAYS = ("kind", "clock", "until", "detail", "quality", "grade", "amount_ml", "tenths", "text", "note")


def fill(database, days):
    """So many earlier days of a class of twenty with fifteen entries each, written as plain rows."""
    rows = database.rows(
        "select id, child_id, day from visit where class_id = :class and undone_at is null"
        " order by id desc limit :children",
        {"class": TRAIN, "children": CHILDREN},
    )
    entries = json.dumps([dict(zip(SAYS, entry, strict=True)) for entry in DAY], ensure_ascii=False)
    told = ", ".join(f"e.value ->> '{name}'" for name in SAYS[3:])
    with database.unit(4, "fill") as unit:
        unit.execute(
            "insert into log_batch (kind, staff_id, made_at) values ('water', 4, :at)", {"at": unit.stamp}
        )
        batch = unit.row("select max(id) as id from log_batch")["id"]
        unit.execute(
            "with recursive back (n) as (select 1 union all select n + 1 from back where n < :days),"
            " past (on_day) as (select date('2025-08-01', '-' || n || ' day') from back)"
            " insert into log_entry (batch_id, visit_id, child_id, day, staff_id, kind, at, until,"
            f" {', '.join(SAYS[3:])}) select :batch, v.id, v.child_id, on_day, 4, e.value ->> 'kind',"
            " on_day || 'T' || (e.value ->> 'clock') || ':00+08:00',"
            " on_day || 'T' || (e.value ->> 'until') || ':00+08:00',"
            f" {told} from past, json_each(:entries) e, visit v"
            " where v.id in (select value from json_each(:visits))",
            {
                "days": days,
                "entries": entries,
                "batch": batch,
                "visits": str([row["id"] for row in rows]),
            },
        )
        unit.audit("log_batch", batch)
    return len(rows) * days * len(DAY)


def last_cursor(database):
    """Where the oldest page begins: the farthest anybody scrolls."""
    row = database.row(
        "select at, id from (select e.at, e.id from log_entry e join visit v on v.id = e.visit_id"
        " where v.class_id = 4 and e.ended_at is null order by e.at, e.id limit :page)"
        " order by at desc, id desc limit 1",
        {"page": PAGE + 1},
    )
    return Cursor(dt.datetime.fromisoformat(row["at"]), row["id"])


@pytest.fixture
def year(database, request):
    timed = request.config.getoption("benchmark_enable")
    added = fill(database, DAYS if timed else 3)
    assert not timed or added == 72_000
    kinds = database.rows("select distinct kind from log_entry where day < '2025-08-01'")
    assert {row["kind"] for row in kinds} >= {entry[0] for entry in DAY}
    return database


def test_the_oldest_page_of_a_year_beside_the_newest(benchmark, figures, year, services, actors):
    actor, history = actors[Role.TEACHER], services.classes.history
    oldest = last_cursor(year)
    assert len(history.page(actor, TRAIN, oldest).lines) == PAGE
    timed = in_turn(
        benchmark,
        lambda: history.page(actor, TRAIN, oldest),
        lambda: history.page(actor, TRAIN),
        rounds=60,
    )
    if timed:
        report(figures, Figure("oldest page of a class's year / newest", timed[0], "ms", 1.5, timed[1]))


def pages_of(history, actor):
    """Every page of the class there is, the newest first."""
    before = None
    while True:
        page = history.page(actor, TRAIN, before)
        yield page
        if page.more is None:
            return
        before = page.more


def words_of(page):
    return [f"{line.day} {line.name} {line.title} {line.words}" for line in page.lines]


class Scrolled:
    """A list that is given a page a frame, to the end of the year; it knows what each frame cost."""

    def __init__(self, theme, pages):
        self.model = HistoryModel()
        self.view = HistoryList(theme, self.model)
        self.view.resize(1200, 600)
        self.view.show()
        self.left, self.took = iter(pages), []

    def frame(self):
        page = next(self.left)
        begun = time.thread_time()  # of this thread: others on the machine do not count
        self.model.take(page)
        self.view.scrollToBottom()
        self.view.viewport().update()
        QApplication.processEvents()
        self.took.append((time.thread_time() - begun) * 1000)


def test_a_frame_of_the_history_beside_a_bare_list(benchmark, figures, year, services, actors, qapp):
    some = None if benchmark.enabled else 2 * LAST  # that it runs is tested with a part of it, too
    pages = list(itertools.islice(pages_of(services.classes.history, actors[Role.TEACHER]), some))
    theme = Theme()
    theme.apply(qapp, "light", 100)
    bare, plain = QListView(), QStringListModel()
    bare.setUniformItemSizes(True)
    bare.setModel(plain)
    bare.resize(1200, 600)
    bare.show()
    told = itertools.cycle([words_of(page) for page in pages[-LAST:]])

    def floor():
        plain.setStringList(next(told))
        bare.scrollToBottom()
        bare.viewport().update()
        QApplication.processEvents()

    once = Scrolled(theme, pages)
    for _ in pages:
        once.frame()
    once.view.close()
    again = Scrolled(theme, pages)
    for _ in pages[:-LAST]:
        again.frame()
    timed = in_turn(benchmark, again.frame, floor, rounds=LAST)
    QApplication.processEvents()
    again.view.close()
    bare.close()
    if timed:
        assert once.model.rowCount() == again.model.rowCount() > 72_000
        # Of both passes: a page that is slow once, when it is met first, is slow for whoever scrolls there.
        worst = max(*once.took[1:], *again.took[1:])  # the first frame loads the fonts
        report(figures, Figure("a frame at a year's end / bare list", timed[0], "ms", 6.0, timed[1]))
        report(figures, Figure("worst frame of a class's year", worst, "ms", FRAME))


def test_exceptions_cost_little_beside_a_log_without_them(
    benchmark, figures, database, services, actors, clock
):
    from app.services.class_views import Except

    actor = actors[Role.TEACHER]
    visits = tuple(card.visit for card in services.classroom.roster(actor, TRAIN).cards)
    wake(services, actor, clock())
    draft = EntryDraft(EntryKind.WATER, clock(), amount_ml=120)
    other = EntryDraft(EntryKind.WATER, clock(), amount_ml=50)
    but = (Except(VisitId(visits[1]), other), Except(VisitId(visits[5]), None))
    timed = in_turn(
        benchmark,
        lambda: services.classroom.log(actor, visits, draft, but=but),
        lambda: services.classroom.log(actor, visits, draft),
        rounds=60,
    )
    if timed:
        report(figures, Figure("log for 20 with two exceptions / without", timed[0], "ms", 1.5, timed[1]))
