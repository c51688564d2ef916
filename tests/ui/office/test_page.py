"""The director's month on screen: what the service says is what stands there."""

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from app.domain.staff import Role
from app.ui.office.page import OfficeRoom, moved
from app.ui.office.waiting import WaitingSheet
from tests.ui.support import make_context, settle


@pytest.fixture
def room(qtbot, services, actors):
    context = make_context(qtbot, services, actor=actors[Role.DIRECTOR])
    room = OfficeRoom(context)
    qtbot.addWidget(room)
    for widget in (*room.left_widgets(), *room.top_widgets()):
        qtbot.addWidget(widget)
    room.resize(1278, 676)  # what a window of 1366 × 768 leaves a room, without the practice frame
    room.show()
    room.freshen()
    settle(qtbot, context)
    return room


def words(room):
    return " ".join(label.text() for label in room.findChildren(QLabel))


def test_months_are_counted_over_the_year():
    assert moved("2025-12", 1) == "2026-01"
    assert moved("2025-01", -1) == "2024-12"


def test_the_page_says_the_figures_of_the_service(room, qtbot, services, actors):
    figures = services.month.summary(actors[Role.DIRECTOR], "2025-11")
    room._back.click()
    settle(qtbot, room.context)
    said = words(room)
    assert figures.attendance.rate.percent_words in said
    assert figures.kept.grouped in said
    assert "　".join(figures.notes) in said
    for one in figures.classes:
        assert f"{one.name} {one.kind_words}" in said
    assert len(figures.days) == len(room._days._days) > 15


def test_nobody_goes_beyond_this_month(room, qtbot):
    assert not room._on.isEnabled()
    room._on_on_clicked()
    assert room._month == "2025-12"
    room._back.click()
    assert room._on.isEnabled()
    settle(qtbot, room.context)


def test_an_answer_that_comes_too_late_is_dropped(room, qtbot):
    room._back.click()
    room._back.click()
    settle(qtbot, room.context)
    assert room._name.text() == "2025年10月"


def test_all_of_it_is_seen_without_scrolling_on_the_desks_screen(room, qtbot):
    room._back.click()
    settle(qtbot, room.context)
    from PySide6.QtWidgets import QScrollArea

    bar = room.findChild(QScrollArea, "office.scroll").verticalScrollBar()
    assert bar.maximum() == 0


def test_printing_shows_the_paper_first(room, qtbot):
    papers = []
    room.context.printing.preview = lambda paper, count: papers.append(paper)
    room._print.click()
    settle(qtbot, room.context)
    assert [paper.month for paper in papers] == ["2025-12"]


def test_the_month_that_is_shown_goes_out(room, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "月度.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    said = []
    room.context.messages.said.connect(said.append)
    room._back.click()
    settle(qtbot, room.context)
    next(one for one in room.top_widgets() if one.objectName() == "office.export").click()
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert "班级" in target.read_text("utf-8-sig")
    line = room.context._services._database.row("select detail from audit order by id desc limit 1")
    assert line["detail"].startswith("月度各班 2025-11")


def test_the_receipts_of_the_month_that_is_shown_go_out(room, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "收据.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    room._back.click()
    settle(qtbot, room.context)
    room._receipts.click()
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert target.read_text("utf-8-sig").startswith("收据号,日期")
    line = room.context._services._database.row("select detail from audit order by id desc limit 1")
    assert line["detail"].startswith("收据明细 2025-11")


def test_what_waits_stands_on_its_card_and_leads_to_where_it_is_done(room, qtbot):
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1278, 676)
    room.context.host = QWidget(frame)
    room.context.host.resize(1278, 676)
    frame.show()
    went = []
    room.context.go_wanted.connect(lambda key, target: went.append((key, target)))
    found = room._waiting
    assert f"需要您处理 {len(found)}" in words(room)
    assert found[0].words in words(room)
    lines = room._todo._lines
    assert sum(one.isVisible() for one in lines) == min(4, len(found))
    assert room._todo.y() == room._grid.contentsRect().y(), "what waits stands above the month's charts"
    room.resize(1800, 1000)
    assert sum(one.isVisible() for one in lines) == min(8, len(found))
    room.resize(1278, 676)
    room._todo.open.click()
    (sheet,) = frame.findChildren(WaitingSheet)
    assert sheet.list.view.model().rowCount() == len(found)
    at = next(at for at, one in enumerate(found) if one.page == "injuries")
    sheet.list.light(at)
    sheet.list.entered.emit()
    assert sheet.gone
    ((key, target),) = went
    assert (key, target.act) == ("health", "injuries")


def test_a_director_with_nothing_to_do_is_told_so(room):
    room._show_waiting(())
    assert "现在没有要您处理的事" in words(room)
    assert not room._todo.open.isEnabled()
    assert room._todo._lines[0].isHidden()
