"""A list of records: lit, walked, replaced."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.domain.looks import Chip, Tone
from app.ui.theme import Theme
from app.ui.widgets.records import Record, RecordList, RecordModel, Shape

RECORDS = (
    Record(1, "午餐", "其他服务费", (Chip("15 元/份", Tone.OK),), colour="#6B9A4B"),
    Record(2, "计时托", "基本服务费"),
    Record(3, "旧项目", "", (Chip("已停收"),), faint=True),
)


def make(qtbot):
    shown = RecordList(Theme(), "prices", "价目", "什么也没有。")
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show()
    return shown


def test_the_model_keeps_its_contract(qtmodeltester):
    model = RecordModel()
    model.replace(RECORDS)
    qtmodeltester.check(model)
    assert model.words_of(RECORDS[0]) == "午餐，其他服务费，15 元/份"


def test_one_is_lit_walked_by_arrows_and_kept_over_a_redraw(qtbot):
    shown = make(qtbot)
    heard = []
    shown.chosen.connect(heard.append)
    shown.show_records(RECORDS)
    assert heard == [1]
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    assert heard == [1, 2]
    shown.show_records(RECORDS[1:])
    assert shown.key() == 2
    shown.show_records(RECORDS, wanted=3)
    assert shown.key() == 3
    shown.light(None)
    assert shown.key() is None
    assert not shown.grab().isNull()


def test_enter_goes_on_and_an_empty_list_says_so(qtbot):
    shown = make(qtbot)
    shown.show_records(())
    assert shown._empty.isVisible()
    assert shown.key() is None
    shown.show_records(RECORDS)
    with qtbot.waitSignal(shown.entered):
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert not shown._empty.isVisible()


def test_a_slim_list_has_more_in_sight_and_no_heading(qtbot):
    shown = make(qtbot)
    shown.show_records(RECORDS)
    index = shown._model.index(0)
    high = shown.view.visualRect(index).height()
    shown.slim()
    shown.view.doItemsLayout()
    assert 44 <= shown.view.visualRect(index).height() < high
    assert shown._title.isHidden()
    assert not shown.grab().isNull()


def test_a_chip_is_set_off_from_the_ground_of_the_chosen_row(qtbot):
    """The green of 已办完 is as soft as that of the row: a ring of the card's own colour lies between."""
    shown = make(qtbot)
    theme = shown._theme
    shown.show_records(RECORDS)
    ring = theme.color("surface").rgb()

    box = shown.view.visualRect(shown._model.index(0))
    picture = shown.view.viewport().grab(box).toImage()
    middle = picture.height() // 2 - theme.px(10)
    assert 2 <= sum(picture.pixel(x, middle) == ring for x in range(picture.width())) < 10


def test_a_strip_shows_the_lit_one_alone_and_arrows_and_the_wheel_walk(qtbot):
    made = RecordList(Theme(), "room.list", "孩子", "没有。")
    qtbot.addWidget(made)
    made.show_records([Record(at, f"孩子{at}", "两岁") for at in range(5)])
    made.resize(600, 400)
    made.show()
    made.set_shape(Shape.STRIP)
    QApplication.processEvents()
    view = made.view
    told = []
    made.chosen.connect(told.append)
    row = view.visualRect(view.currentIndex())
    assert view.height() == row.height() >= 44
    assert not view.verticalScrollBar().isVisible()
    for step, expected in (("after", 1), ("after", 2), ("before", 1)):
        qtbot.mouseClick(made.findChild(QAbstractButton, f"room.list.{step}"), Qt.MouseButton.LeftButton)
        assert made.key() == expected
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (made.key(), told) == (2, [1, 2, 1, 2])
    turn = QWheelEvent(
        QPointF(9, 9), view.mapToGlobal(QPointF(9, 9)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), turn)
    assert made.key() == 3
    made.set_shape(Shape.LIST)
    QApplication.processEvents()
    assert view.height() > 2 * row.height()
    assert not made.findChild(QAbstractButton, "room.list.after").isVisible()


def test_a_tall_list_is_as_high_as_its_lines(qtbot):
    made = RecordList(Theme(), "room.list", "孩子", "没有。")
    qtbot.addWidget(made)
    made.set_shape(Shape.TALL)
    made.resize(600, 100)
    made.show()
    for count in (30, 2):
        made.show_records([Record(at, f"孩子{at}") for at in range(count)])
        QApplication.processEvents()
        assert made.view.height() == count * made.view.visualRect(made.view.currentIndex()).height()
