"""Fields, layouts and the small things."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.domain.looks import Chip, Tone
from app.ui.theme import Theme
from app.ui.widgets.basic import ChipLabel
from app.ui.widgets.fields import Field
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.paint import chip_size


def test_a_problem_is_said_below_the_field_and_to_the_screen_reader(qtbot):
    field = Field(Theme(), "intake.born", "出生日期", required=True)
    qtbot.addWidget(field)
    field.show_problem("这一天还没有到。")
    assert field.edit.property("state") == "bad"
    assert field.edit.accessibleDescription() == "这一天还没有到。"
    field.show_problem("小了一点。", Tone.WARN)
    assert field.edit.property("state") == "warn"
    field.show_problem("")
    assert field.problem == ""
    assert field.edit.property("state") == ""


def test_text_set_by_the_program_is_not_an_edit(qtbot):
    field = Field(Theme(), "x", "姓名")
    qtbot.addWidget(field)
    heard = []
    field.edited.connect(heard.append)
    field.set_text("朱予晴")
    qtbot.keyClicks(field.edit, "a")
    assert heard == ["a朱予晴"]


def test_another_label_is_read_aloud_as_it_is_seen(qtbot):
    length = Field(Theme(), "growth.stature", "身长 cm", required=True)
    qtbot.addWidget(length)
    length.set_label("身高 cm（立）")
    assert length.edit.accessibleName() == "身高 cm（立）（必填）"


def test_a_flow_breaks_where_the_width_ends(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, spacing=10)
    for _ in range(4):
        button = QWidget()
        button.setFixedSize(100, 40)
        flow.addWidget(button)
    assert flow.heightForWidth(450) == 40
    assert flow.heightForWidth(320) == 90
    flow.setGeometry(QRect(0, 0, 210, 500))
    assert flow.itemAt(2).geometry().topLeft().toTuple() == (0, 50)


def test_chips_differ_in_shape_and_not_only_in_colour(qapp):
    theme = Theme()
    plain, bad = chip_size(theme, Chip("x")), chip_size(theme, Chip("x", Tone.BAD))
    assert bad.width() > plain.width()


def test_an_empty_chip_hides_itself(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    chip = ChipLabel(Theme(), Chip("合规", Tone.OK), host)
    chip.set_chip(Chip(""))
    assert chip.isHidden()
    chip.set_chip(Chip("已满", Tone.WARN))
    assert not chip.isHidden()
    assert chip.accessibleName() == "已满"
