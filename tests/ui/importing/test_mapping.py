"""Which column is which: guessed, changed by hand, and nothing left of the file before."""

import pytest
from PySide6.QtCore import Qt

from app.domain.import_cells import Grid
from app.domain.import_columns import ImportColumn
from app.services.importing import ImportTable
from app.ui.importing.mapping import MappingForm, SheetBox
from app.ui.theme import Theme

COLUMNS = (ImportColumn("name", "姓名", ()), ImportColumn("born_on", "出生日期", ()))


def table(headings, guessed, sheets=("名单",), read=0):
    grids = tuple(Grid("Excel", (), name) for name in sheets)
    samples = tuple(f"样{at}" for at in range(len(headings)))
    return ImportTable("a.xlsx", grids[read], 0, 0, headings, guessed, samples, "", COLUMNS, grids)


@pytest.fixture
def form(qtbot, qapp):
    made = MappingForm(Theme())
    qtbot.addWidget(made)
    made.heard = []
    made.changed.connect(lambda: made.heard.append(made.keys()))
    return made


def test_what_was_guessed_stands_there_and_what_is_not_known_is_left_out(form):
    form.show_table(table(("宝宝姓名", "备注", ""), ("name", "", "nonsense")))
    assert form.keys() == ("name", "", "")
    assert [box.currentText() for box in form._boxes] == ["姓名", "不导入", "不导入"]
    assert form.heard == [], "nobody has chosen anything yet"
    assert [box.accessibleName() for box in form._boxes] == ["宝宝姓名 对应", "备注 对应", "3 对应"]
    assert form._made[4].text() == "第 3 列", "a column without a heading is called by its place"


def test_another_choice_is_told_and_the_next_file_begins_anew(form):
    form.show_table(table(("宝宝姓名", "生日"), ("name", "")))
    form._boxes[1].setCurrentIndex(form._boxes[1].findData("born_on"))
    assert form.heard == [("name", "born_on")]
    form.show_table(table(("幼儿",), ("",)))
    assert form.keys() == ("",)
    form.show_table(None)
    assert form.keys() == ()
    assert form._grid.count() == 0


def test_a_heading_of_any_length_is_told_whole_in_its_tooltip(form):
    long = "家长联系电话（请务必填写常用手机号码，以便接送时核对）" * 3
    form.show_table(table((long,), ("",)))
    assert form._made[0].toolTip() == f"{long}：样0"
    assert form._made[0].minimumSizeHint().width() < 100, "it may not widen the page"


def test_one_sheet_is_no_question_and_of_several_the_one_that_is_read_stands_there(qtbot, qapp):
    box = SheetBox(Theme())
    qtbot.addWidget(box)
    box.show_table(table(("姓名",), ("name",)))
    assert box.isHidden()
    box.show_table(table(("姓名",), ("name",), ("小星星", "抱抱龙"), read=1))
    assert (box.isHidden(), box.currentText()) == (False, "抱抱龙")
    with qtbot.waitSignal(box.chosen) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert heard.args == ["小星星"]
    box.show_table(None)
    assert (box.isHidden(), box.count()) == (True, 0)
