"""A year of one class: a page of its history beside the same page of a month, a frame beside a bare list.

A frame is one turn of the event loop: what a page costs to take into the model and to paint. Fifty
milliseconds are the bar for it; the floor is the same lines as plain text in a bare list.
"""

import datetime as dt
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
CHILDREN, DAYS, ENTRIES = 20, 240, 15
FRAME = 50  # milliseconds


def wake(services, actor, now):
    """Who sleeps at noon drinks nothing: all of the class are woken first."""
    cards = services.classroom.roster(actor, TRAIN).cards
    asleep = tuple(card.visit for card in cards if card.asleep_since is not None)
    services.classroom.log(actor, asleep, EntryDraft(EntryKind.SLEEP, now))


def fill(database, days):
    """So many earlier days of a class of twenty with fifteen entries each, written as plain rows."""
    rows = database.rows(
        "select id, child_id, day from visit where class_id = :class and undone_at is null"
        " order by id desc limit 20",
        {"class": TRAIN},
    )
    with database.unit(4, "fill") as unit:
        unit.execute(
            "insert into log_batch (kind, staff_id, made_at) values ('water', 4, :at)", {"at": unit.stamp}
        )
        batch = unit.row("select max(id) as id from log_batch")["id"]
        unit.execute(
            "with recursive day (n) as (select 1 union all select n + 1 from day where n < :days),"
            " entry (n) as (select 1 union all select n + 1 from entry where n < :entries)"
            " insert into log_entry (batch_id, visit_id, child_id, day, kind, at, amount_ml, staff_id)"
            " select :batch, v.id, v.child_id, date('2025-08-01', '-' || day.n || ' day'), 'water',"
            " date('2025-08-01', '-' || day.n || ' day') || 'T' || printf('%02d', 7 + entry.n / 2)"
            " || ':00:00+08:00', 100, 4 from day, entry, visit v"
            " where v.id in (select value from json_each(:visits))",
            {
                "days": days,
                "entries": ENTRIES,
                "batch": batch,
                "visits": str([row["id"] for row in rows]),
            },
        )
        unit.audit("log_batch", batch)


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
    fill(database, DAYS if timed else 3)
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


def test_a_frame_of_the_history_beside_a_bare_list(benchmark, figures, year, services, actors, qapp):
    actor, history = actors[Role.TEACHER], services.classes.history
    theme = Theme()
    theme.apply(qapp, "light", 100)
    pages, before = [], None
    while True:
        page = history.page(actor, TRAIN, before)
        pages.append(page)
        if page.more is None or len(pages) == 40:
            break
        before = page.more
    model = HistoryModel()
    view = HistoryList(theme, model)
    bare, plain = QListView(), QStringListModel()
    bare.setUniformItemSizes(True)
    bare.setModel(plain)
    for one in (view, bare):
        one.resize(1200, 600)
        one.show()
    words = [f"{line.day} {line.name} {line.title} {line.words}" for page in pages for line in page.lines]
    worst, at = [0.0], [0]

    def frame():
        begun = time.thread_time()  # of this thread: others on the machine do not count
        model.take(pages[at[0] % len(pages)])
        at[0] += 1
        view.scrollToBottom()
        view.viewport().update()
        QApplication.processEvents()
        worst[0] = max(worst[0], (time.thread_time() - begun) * 1000)

    def floor():
        plain.setStringList(words[: PAGE * (1 + at[0] % len(pages))])
        bare.scrollToBottom()
        bare.viewport().update()
        QApplication.processEvents()

    frame()  # the first one loads the fonts
    worst[0] = 0.0
    timed = in_turn(benchmark, frame, floor, rounds=80)
    QApplication.processEvents()
    view.close()
    bare.close()
    if timed:
        report(figures, Figure("a frame of a class's history / bare list", timed[0], "ms", 6.0, timed[1]))
        report(figures, Figure("worst frame of a class's year", worst[0], "ms", FRAME))


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
