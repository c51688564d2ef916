"""What a meal's cell asks for and shows: at every size of the font all that a child must not eat."""

import datetime as dt

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QWidget

from app.domain.logbook import MealSlot
from app.domain.menu_text import read_meal
from app.services.week_menus import WeekMeal, WeekMenu
from app.ui.classroom.week_cells import WeekDelegate, WeekModel
from app.ui.classroom.week_sheet import WeekSheet
from tests.ui.classroom import data
from tests.ui.support import Heard, make_context

MONDAY = dt.date(2025, 12, 1)
DAYS = tuple(MONDAY + dt.timedelta(days=past) for past in range(5))
SNACK = "蒸红薯 40、酸奶 40（牛奶）"
LUNCH = "软米饭 60、番茄牛腩 80、清炒西兰花 100、紫菜蛋花汤 60（鸡蛋、大豆、小麦）"
WEEK = WeekMenu(
    MONDAY,
    DAYS[2],
    DAYS,
    tuple(
        WeekMeal(day, slot, text)
        for day in DAYS
        for slot, text in ((MealSlot.MORNING_SNACK, SNACK), (MealSlot.LUNCH, LUNCH))
    ),
)


@pytest.fixture
def sheet(qtbot, request):
    context = make_context(qtbot, None, actor=data.TEACHER, now=data.NOW)
    context.theme.apply(QApplication.instance(), "light", request.param)
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    host = QWidget(frame)
    host.setGeometry(frame.rect())
    with qtbot.waitExposed(frame):
        frame.show()
    context.host = host
    made = WeekSheet(context, host, WEEK)
    made.present()
    qtbot.wait(1)
    made.theme = context.theme
    yield made
    context.theme.apply(QApplication.instance(), "light", 100)
    context.jobs.close()


def painted(sheet, row, column):
    """What a cell shows: only the words that lie within it whole."""
    table, index = sheet.table, sheet.model.index(row, column)
    image = QImage(table.columnWidth(column), table.rowHeight(row), QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect = image.rect()
    painter = Heard(image)
    table.itemDelegate().paint(painter, option, index)
    painter.end()
    whole = QRectF(image.rect()).adjusted(0, 0, 0.5, 0.5)
    return " ".join(words for box, words in painter.words if whole.contains(box))


@pytest.mark.parametrize("sheet", [100, 125, 150, 200], indirect=True)
def test_every_dish_and_every_allergen_is_painted_at_every_size(sheet):
    for row in range(sheet.model.rowCount()):
        for column in range(sheet.model.columnCount()):
            meal = read_meal(sheet.model.index(row, column).data())
            shown = painted(sheet, row, column)
            missing = [
                one for one in (*meal.allergens, *(dish.name for dish in meal.dishes)) if one not in shown
            ]
            assert not missing, f"row {row}, column {column} shows only {shown}"


@pytest.mark.parametrize("sheet", [150], indirect=True)
def test_meals_nobody_wrote_give_their_room_to_those_that_say_something(sheet):
    heights = [sheet.table.rowHeight(row) for row in range(5)]
    assert heights[0] < heights[2]
    assert min(heights) >= sheet.table.itemDelegate().least


@pytest.mark.parametrize("sheet", [100], indirect=True)
def test_rows_share_the_height_and_grow_with_what_is_typed(sheet):
    heights = [sheet.table.rowHeight(row) for row in range(5)]
    assert max(heights) - min(heights) <= 1
    assert sum(heights) <= sheet.table.viewport().height()
    long = "、".join(f"菜{at} 10" for at in range(12))
    sheet.model.setData(sheet.model.index(0, 3), long)
    assert sheet.table.rowHeight(0) > heights[0]


@pytest.mark.parametrize("sheet", [100], indirect=True)
def test_words_wider_than_a_cell_go_on_below(sheet):
    delegate = WeekDelegate(sheet.theme, sheet.model, sheet.table)
    index = sheet.model.index(list(MealSlot).index(MealSlot.LUNCH), 0)
    assert delegate.height_at(index, 90) > delegate.height_at(index, 400)


@pytest.mark.parametrize("sheet", [175], indirect=True)
def test_the_heads_of_the_days_and_the_title_have_their_room(sheet):
    head = sheet.table.horizontalHeader()
    for at in range(5):
        words = sheet.model.headerData(at, Qt.Orientation.Horizontal)
        assert head.fontMetrics().horizontalAdvance(words) <= head.sectionSize(at)
    assert sheet.model.headerData(2, Qt.Orientation.Horizontal) == "今天 12月3日"
    assert sheet._title.width() >= sheet._title.sizeHint().width()
    assert sheet._print.mapTo(sheet, sheet._print.rect().bottomRight()).x() < sheet.width()


def test_the_model_knows_what_may_be_changed():
    model = WeekModel()
    model.show_week(WEEK, as_kept=True)
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
