"""What stands above the dock: it shares the room, and scrolls rather than squeezes the children away."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.classroom.upper import UpperPart


def make(qtbot, context, height):
    head, band, side = QWidget(), QWidget(), QWidget()
    for part in (head, band):
        part.setMinimumHeight(90)
        QVBoxLayout(part).setContentsMargins(0, 45, 0, 45)
    grid = QPushButton("一个孩子")
    made = UpperPart(context.theme, head, band, grid, side)
    qtbot.addWidget(made)
    made.resize(1000, height)
    made.show()
    made.activateWindow()
    with qtbot.waitActive(made):
        pass
    made.share()
    qtbot.wait(10)
    return made, grid, side


def test_where_there_is_room_nothing_scrolls_and_the_side_has_its_share(qtbot, context):
    made, grid, side = make(qtbot, context, 600)
    assert made.verticalScrollBar().maximum() == 0
    assert grid.minimumHeight() == context.theme.px(144)
    assert side.width() == 260


def test_where_there_is_none_it_scrolls_to_the_children_while_they_have_the_focus(qtbot, context):
    made, grid, _side = make(qtbot, context, 260)
    assert made.verticalScrollBar().maximum() > 0
    grid.setFocus()
    made.follow()
    seen = grid.mapTo(made.viewport(), grid.rect().topLeft()).y()
    assert 0 <= seen <= made.viewport().height() - grid.height()
