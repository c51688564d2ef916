"""The panel: what it asks to be kept, and where it stands."""

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.logbook import EntryKind
from app.ui.classroom.log_panel import LogPanel
from tests.ui.classroom import data

ROOM = QRect(0, 0, 1200, 500)


def make(qtbot, context):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1200, 620)
    host.show()
    panel = LogPanel(context, host)
    panel.settle_in(ROOM)
    return host, panel


def offer(context, kind, meant):
    return context._services.classroom.offer(data.TEACHER, kind, tuple(card.visit for card in meant))


def test_enter_keeps_once_and_a_time_that_cannot_be_read_keeps_nothing(qtbot, context):
    _host, panel = make(qtbot, context)
    kept = []
    panel.keep_requested.connect(lambda wish: kept.append((wish.visits, wish.draft)))
    panel.present(EntryKind.WATER, (data.YUQING, data.MUYANG), data.NOW)
    panel.show_offer(offer(context, EntryKind.WATER, (data.YUQING, data.MUYANG)))
    panel._time.setText("中午")
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert kept == []
    assert "11:30" in panel._problem.text()
    panel._time.setText("1105")
    QTest.keyClick(panel._time, Qt.Key.Key_Return)
    QTest.keyClick(panel._time, Qt.Key.Key_Return)
    assert [visits for visits, _ in kept] == [(data.YUQING.visit, data.MUYANG.visit)]
    assert (kept[0][1].at.hour, kept[0][1].at.minute) == (11, 5)


def test_an_offer_about_another_kind_is_not_taken(qtbot, context):
    _host, panel = make(qtbot, context)
    panel.present(EntryKind.MEAL, (data.YUQING,), data.NOW)
    panel.show_offer(offer(context, EntryKind.WATER, (data.YUQING,)))
    assert panel._offer is None
    assert panel._title.text() == "进餐 · 朱予晴"


def test_a_meal_logged_before_is_told_beside_what_the_families_asked_for(qtbot, context):
    _host, panel = make(qtbot, context)
    panel.present(EntryKind.MEAL, (data.YUQING,), data.NOW)
    told = replace(
        offer(context, EntryKind.MEAL, (data.YUQING,)),
        served="已记过午餐：朱予晴 11:30",
        instructions=("朱予晴：不吃虾",),
    )
    panel.show_offer(told)
    assert [one.chip.words for one in panel._chips][-2:] == [
        "已记过午餐：朱予晴 11:30",
        "嘱咐 朱予晴：不吃虾",
    ]


def test_it_stands_at_the_side_that_leaves_the_only_childs_card_in_sight(qtbot, context):
    _host, panel = make(qtbot, context)
    panel.present(EntryKind.MOOD, (data.YUQING,), data.NOW)
    card = QRect(10, 380, 170, 110)
    panel.settle_in(ROOM, 0, card)
    assert not panel.geometry().intersects(card)
    assert ROOM.contains(panel.geometry())
    panel.settle_in(ROOM, 0, QRect(1020, 380, 170, 110))
    assert panel.x() == ROOM.x()


def test_where_the_room_is_too_low_it_may_cover_what_lies_below_and_no_more(qtbot, context):
    host, panel = make(qtbot, context)
    panel.present(EntryKind.NOTE, (data.YUQING,), data.NOW)
    panel.show_offer(offer(context, EntryKind.NOTE, (data.YUQING,)))
    panel.settle_in(QRect(0, 0, 1200, 200), 100)
    assert panel.geometry().bottom() == 299
    assert host.rect().contains(panel.geometry())
    panel.settle_in(ROOM, 100)
    assert panel.geometry().bottom() == ROOM.bottom()


def test_the_names_of_a_batch_end_where_the_rows_above_end(qtbot, context):
    _host, panel = make(qtbot, context)
    meant = tuple(replace(data.YUQING, visit=data.YUQING.visit + at) for at in range(8))
    panel.present(EntryKind.WATER, meant, data.NOW)
    panel.show_offer(offer(context, EntryKind.WATER, meant))
    panel.settle_in(ROOM)
    strip = panel._strip
    right = max(strip.visualRect(strip.marks.index(at)).right() for at in range(8))
    assert strip.width() == panel._scroll.width()
    assert strip.width() - right <= 6
