"""A centre moves in: its own workbook, bad rows mended in it, taken in, found, and taken back by one key.

And every kind of bad row is told to whoever goes down the list by the arrow keys.
"""

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from app.practice import DESK_MOMENT, StoryClock
from tests.conftest import copied
from tests.services.test_importing import BAD, GOOD, workbook
from tests.ui.stage import DESK, Stage

PARENT = {"家长1姓名": "欧阳父", "家长1关系": "爸爸", "家长1电话": "139 0000 7711"}
FIRST = {"姓名": "欧阳若水", "性别": "女", "出生日期": "2023年8月19日", "过敏": "鸡蛋", **PARENT}
SECOND = {
    "姓名": "司徒晨光",
    "性别": "男",
    "出生日期": "2023-02-30",
    "家长1姓名": "司徒母",
    "家长1电话": "1380000",
}
MENDED = {**SECOND, "出生日期": "2023-02-28", "家长1电话": "13800007722"}
NAMES = {"欧阳若水", "司徒晨光"}


@pytest.fixture
def stage(qapp, templates, tmp_path):
    opened = Stage(copied(templates(DESK_MOMENT), tmp_path), StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


def said(stage, name):
    """The words of a label on screen."""
    found = [one for one in stage.window.findChildren(QLabel, name) if one.isVisible()]
    return found[0].text() if found else ""


def on_file(stage):
    """Which of the new children the file shows, as the records list them."""
    context = stage.application.context
    return {row.name for row in context._services.records.rows(context.actor)} & NAMES


def open_list(stage):
    """Find 导入名单 by the search, and choose the file."""
    hands = stage.hands
    hands.key("Ctrl+K")
    hands.type("导入名单")
    hands.wait(lambda: hands.has("finder.list"), "the search shows nothing")
    stage.settle()
    hands.key("Return")
    hands.find("importing.choose")
    hands.key("Ctrl+O")


def known_child(services):
    """Name and birth date of somebody who is on file in the practice centre."""
    row = services._database.row("select name, born_on from child where gone_at is null order by id limit 1")
    return {"姓名": row["name"], "出生日期": row["born_on"]}


def test_each_of_forty_kinds_of_bad_row_says_on_the_screen_what_is_wrong(stage, tmp_path, monkeypatch):
    hands, file = stage.hands, tmp_path / "名单.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    kinds = [(change, code) for change, code, _ in BAD]
    assert len({code for _, code in kinds}) >= 40
    stage.sign_in(DESK)
    stage.settle()
    known = known_child(stage.application.context._services)
    file.write_bytes(
        workbook(*({**GOOD, **(known if code == "on_file" else change)} for change, code in kinds))
    )
    open_list(stage)
    hands.wait(lambda: f"{len(kinds)} 行有问题" in said(stage, "importing.words"), "the file is not told")
    stage.settle()
    room = stage.window.room("importing")
    assert [row.number for row in room._model.items] == list(range(2, len(kinds) + 2))
    hands.click("importing.rows")
    hands.key("Home")
    for at, (_, code) in enumerate(kinds):
        row = room._model.item_at(room._view.currentIndex())
        assert row.number == at + 2
        (sentence, *_) = [one.sentence for one in row.problems if one.code == code]
        assert sentence in said(stage, "importing.detail").splitlines(), code
        place = room._view.visualRect(room._view.currentIndex())
        assert room._view.viewport().rect().intersects(place), code
        hands.key("Down")
    assert not room._run.isEnabled()
    hands.key("Ctrl+Return")
    stage.settle()
    assert stage.application.context._services.importing.batches(stage.application.context.actor) == ()


def test_a_list_with_bad_rows_is_mended_taken_in_and_taken_back(stage, tmp_path, monkeypatch):
    hands, file = stage.hands, tmp_path / "向阳名单.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    file.write_bytes(workbook(FIRST, SECOND))
    stage.sign_in(DESK)
    stage.settle()
    open_list(stage)
    hands.wait(lambda: "可建 1 个" in said(stage, "importing.words"), "the file is not told")
    stage.settle()
    # What is wrong stands first, in words; 导入 waits.
    room = stage.window.room("importing")
    assert [row.number for row in room._model.items if row.bad] == [3]
    hands.click("importing.rows")
    hands.key("Home")
    assert "2 月 30" in said(stage, "importing.detail") or "2月30" in said(stage, "importing.detail")
    assert not room._run.isEnabled()
    hands.key("Ctrl+Return")
    stage.settle()
    assert on_file(stage) == set()
    # Mended in the workbook itself, and read again.
    file.write_bytes(workbook(FIRST, MENDED))
    hands.key("Ctrl+O")
    hands.wait(lambda: "可建 2 个" in said(stage, "importing.words"), "the mended file is not told")
    stage.settle()
    hands.key("Ctrl+Return")
    hands.wait(lambda: "已导入 2 个" in said(stage, "importing.words"), "nothing was taken in")
    stage.settle()
    assert on_file(stage) == NAMES
    hands.key("Ctrl+Z")
    hands.wait(lambda: on_file(stage) == set(), "it was not taken back")
    stage.settle()
