"""导入名单, with a real file, real services and keys."""

import dataclasses
import io
import random
import threading

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.domain.looks import Tone
from app.domain.staff import Role
from app.services.exporting import ListKind
from app.ui.importing.page import ImportingRoom
from app.ui.widgets.export import save_list
from tests.services.test_importing import BAD, GOOD, workbook
from tests.ui.support import make_context, settle


@pytest.fixture
def room(qtbot, services, actors):
    context = make_context(qtbot, services, actor=actors[Role.FRONT_DESK])
    room = ImportingRoom(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    room.show()
    return room


def read(qtbot, room, path, data):
    path.write_bytes(data)
    room.open_file(path)
    settle(qtbot, room.context)
    settle(qtbot, room.context)


def test_a_file_is_looked_at_taken_in_by_a_key_and_taken_back(qtbot, room, services, tmp_path):
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(GOOD, {**GOOD, "姓名": "李大满"}))
    assert "可建 2 个孩子" in room._words.text()
    assert room._run.isEnabled()
    said = []
    room.context.messages.said.connect(said.append)
    room.activateWindow()
    QTest.keyClick(room, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, room.context)
    assert "已导入 2 个孩子" in room._words.text()
    assert len(services.desk.find(room.context.actor, "李大满")) == 1
    undo = said[-1].undo
    services.undo(room.context.actor, undo)
    assert services.desk.find(room.context.actor, "李大满") == ()


def test_forty_kinds_of_bad_rows_stand_first_with_their_reasons(qtbot, room, tmp_path):
    rows = [{**GOOD, **change} for change, _, _ in BAD]
    random.Random(1).shuffle(rows)
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(*rows, {**GOOD, "姓名": "欧阳好"}))
    assert room._filter.value() == "bad"
    assert len(room._model.items) >= 40
    assert all(row.bad for row in room._model.items)
    assert not room._run.isEnabled()
    room._view.setCurrentIndex(room._model.index(0))
    assert room._detail.text()
    room._leave_out.click()
    assert room._run.isEnabled()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_bad_rows_go_back_with_their_reasons_to_who_made_the_list(
    qtbot, room, services, tmp_path, monkeypatch, ending
):
    bad = {**GOOD, "姓名": "王大风", "出生日期": "2023-02-30", "备注": "=HYPERLINK(1)"}
    data = workbook(GOOD, bad)
    read(qtbot, room, tmp_path / "名单.xlsx", data)
    target = tmp_path / f"退回.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert room._hand_back.isVisible()
    room._hand_back.click()
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    again = services.importing.read(room.context.actor, target.name, target.read_bytes())
    rows = [[cell.text for cell in row.cells] for row in again.grid.rows]
    assert rows[0][:3] == ["原表行号", "哪里不对", "姓名"]
    assert len(rows) == 2
    assert (rows[1][0], rows[1][2]) == ("3", "王大风")
    assert "2 月" in rows[1][1] or "2月" in rows[1][1]
    if ending == "csv":
        assert b"'=HYPERLINK" in target.read_bytes()
    room._leave_out.click()
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(GOOD))
    assert not room._hand_back.isVisible()


def test_another_column_may_be_chosen(qtbot, room, tmp_path):
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(GOOD))
    box = room._form._boxes[0]
    box.setCurrentIndex(0)
    settle(qtbot, room.context)
    assert "哪一列是姓名" in room._words.text()
    box.setCurrentIndex(box.findData("name"))
    settle(qtbot, room.context)
    assert "可建 1 个孩子" in room._words.text()


def test_an_import_given_up_leaves_nothing(qtbot, room, services, tmp_path):
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(GOOD))
    room._run.click()
    room.escape()
    settle(qtbot, room.context)
    if "已取消" in room._words.text():
        assert services.desk.find(room.context.actor, "李小满") == ()
    assert room._news is None
    assert room.escape() or room._table is None


class Gate:
    """Holds the keeper at the first word of how far a verb is, until the test lets it go on."""

    def __init__(self, monkeypatch, services, verb):
        self.reached, self.open = threading.Event(), threading.Event()
        asked = getattr(services.importing, verb)

        def held(actor, one, two, report, **more):
            def told(done, total):
                self.reached.set()
                self.open.wait(5)
                report(done, total)

            return asked(actor, one, two, told, **more)

        monkeypatch.setattr(services.importing, verb, held)


@pytest.mark.parametrize(("verb", "title"), [("read", "正在读 名单.xlsx"), ("preview", "正在核对每一行")])
def test_reading_and_looking_show_how_far_they_are_and_stop_by_esc(
    qtbot, room, services, tmp_path, monkeypatch, verb, title
):
    gate = Gate(monkeypatch, services, verb)
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook(GOOD, {**GOOD, "姓名": "李大满"}))
    room.open_file(path)
    qtbot.waitUntil(gate.reached.is_set, timeout=5000)
    assert room._progress.isVisible()
    assert room._progress._title.text() == title
    assert not room._run.isEnabled()
    assert room.escape()
    gate.open.set()
    settle(qtbot, room.context)
    assert not room._progress.isVisible()
    assert "已取消" in room._words.text()
    assert (room._table, room._preview, room._model.items) == (None, None, ())
    read(qtbot, room, path, path.read_bytes())
    assert "可建 2 个孩子" in room._words.text()


def test_another_column_chosen_while_the_rows_are_read_is_the_one_that_counts(
    qtbot, room, services, tmp_path, monkeypatch
):
    gate = Gate(monkeypatch, services, "preview")
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook(GOOD))
    room.open_file(path)
    qtbot.waitUntil(gate.reached.is_set, timeout=5000)
    box = room._form._boxes[0]
    named = box.currentIndex()
    box.setCurrentIndex(0)
    box.setCurrentIndex(named)
    gate.open.set()
    settle(qtbot, room.context)
    assert "可建 1 个孩子" in room._words.text()
    assert not room._progress.isVisible()


def test_another_sheet_of_a_workbook_may_be_chosen_and_what_was_not_read_is_told(qtbot, room, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(GOOD)))
    book.active.title = "抱抱龙"
    other = book.create_sheet("小星星")
    for row in book["抱抱龙"].iter_rows(values_only=True):
        other.append(row)
    other.append(["李大满", *row[1:]])
    book.create_sheet("说明").append(["填表说明"])
    out = io.BytesIO()
    book.save(out)
    said = []
    room.context.messages.said.connect(said.append)
    read(qtbot, room, tmp_path / "名单.xlsx", out.getvalue())
    assert "没有读：小星星（3 行）、说明（1 行）" in room._file_words.text()
    assert room._sheet.isVisible()
    assert "可建 1 个孩子" in room._words.text()
    room._sheet.setFocus()
    QTest.keyClick(room._sheet, Qt.Key.Key_Down)
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert "读的是工作表“小星星”" in room._file_words.text()
    assert "可建 2 个孩子" in room._words.text()
    QTest.keyClick(room._sheet, Qt.Key.Key_Down)
    settle(qtbot, room.context)
    assert said[-1].tone is Tone.BAD
    assert room._sheet.currentText() == "小星星"
    room._run.click()
    settle(qtbot, room.context)
    assert "已导入 2 个孩子" in room._words.text()
    assert "没有读：抱抱龙（2 行）" in room._words.text()
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(GOOD))
    assert not room._sheet.isVisible()


def test_what_each_grown_up_will_be_stands_in_the_row(qtbot, room, tmp_path):
    read(qtbot, room, tmp_path / "名单.xlsx", workbook(GOOD))
    (row,) = room._model.items
    assert [one.words for one in row.adults] == ["家长 李父（监护人、可接）"]
    room._view.setCurrentIndex(room._model.index(0))
    assert room._detail.text() == "家长 李父（监护人、可接）"
    assert "家长 李父（监护人、可接）" in room._model.words_of(row)


def test_a_file_that_is_none_is_told(qtbot, room, tmp_path):
    said = []
    room.context.messages.said.connect(said.append)
    read(qtbot, room, tmp_path / "名单.xlsx", b"x")
    assert said[-1].tone is Tone.BAD
    assert room._table is None


def test_lists_and_the_template_are_written_whole(qtbot, room, tmp_path):
    said = []
    room.context.messages.said.connect(said.append)
    save_list(room.context, ListKind.CHILDREN, tmp_path / "名单.csv")
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert (tmp_path / "名单.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "没有密码保护" in said[-1].words
    room.save_template(tmp_path / "模板.xlsx")
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert (tmp_path / "模板.xlsx").read_bytes().startswith(b"PK")
    room.save_template(tmp_path / "模板")  # typed without its ending: nothing is written over unasked
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert (tmp_path / "模板（2）.xlsx").read_bytes().startswith(b"PK")
    assert said[-1].words == "模板已存好：模板（2）.xlsx"


def test_who_may_only_take_out_finds_just_that(qtbot, room, actors):
    assert room.title() == "导入名单"
    assert room._file_card.isVisible()
    room.context.sign_in(dataclasses.replace(actors[Role.FRONT_DESK], role=Role.CASHIER))
    assert room.title() == "导出名单"
    assert not room._file_card.isVisible()
    assert not room._rows_card.isVisible()
    shown = {one.objectName().rpartition(".")[2] for one in room._outs if one.isVisible()}
    of_the_day = {"children", "present", "expected", "absent"}
    assert shown == {*of_the_day, "cards", "roll_calls", "month", "hours", "receipts"}
    room.entered(None)
    assert room._outs[0].hasFocus()
    room.context.sign_in(actors[Role.FRONT_DESK])
    assert room._file_card.isVisible()
    assert not next(one for one in room._outs if one.objectName().endswith("month")).isVisible()


def test_a_button_asks_where_and_saves_the_list(qtbot, room, tmp_path, monkeypatch):
    target = tmp_path / "孩子.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    room._outs[0].click()
    settle(qtbot, room.context)
    settle(qtbot, room.context)
    assert "姓名" in target.read_text("utf-8-sig")
