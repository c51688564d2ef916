"""A list of records: lit, walked, replaced."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.looks import Chip, Tone
from app.ui.theme import Theme
from app.ui.widgets.records import Record, RecordList, RecordModel

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
