"""The records as they are found and read: by letters still being composed, past filters, by one's post."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.domain.record_fields import Section
from app.services.record_cards import HISTORY_PAGE
from app.services.record_sight import WITHHELD
from app.ui.widgets.basic import ChipLabel
from tests.ui.records.test_page import choose, light, press, press_ctrl, rest, write
from tests.ui.support import settle

COURT = {"paper_kind": "法院判决书", "paper_number": "（2025）向民初 118 号"}


def compose(qtbot, room, held, commit=""):
    """What an input method shows while it is typed into, and what it puts there in the end."""
    event = QInputMethodEvent(held, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget(), event)
    rest(qtbot, room)


def words(room):
    """Everything that can be read in the room."""
    said = [one.text() for one in room.findChildren(QLabel) if one.isVisible()]
    said += [one.accessibleName() for one in room.findChildren(ChipLabel) if one.isVisible()]
    return "\n".join(said)


def names(room):
    return [row.name for row in room.list.shown()]


def test_letters_that_an_input_method_holds_are_looked_for(room, qtbot):
    press_ctrl(qtbot, room, Qt.Key.Key_F)
    compose(qtbot, room, "zhang'mu")
    assert names(room) == ["张沐阳"]
    compose(qtbot, room, "", "周乐瑶")
    assert names(room) == ["周乐瑶"]
    compose(qtbot, room, "zzz")
    compose(qtbot, room, "")
    assert names(room) == ["周乐瑶"], "what was composed and dropped counts no more"


def test_a_child_whom_the_filter_hides_is_found_all_the_same(room, qtbot):
    """Who is told that nobody is there enters her a second time."""
    room.list.classes.setCurrentIndex(room.list.classes.findText("小星星"))
    press_ctrl(qtbot, room, Qt.Key.Key_F)
    compose(qtbot, room, "", "张沐阳")
    assert names(room) == ["张沐阳"]
    assert room.list._count.text() == "筛选里没有，别处有 1 人"
    press(qtbot, room, Qt.Key.Key_Escape)
    assert names(room) == ["曾雨桐"], "the filter holds again"


def test_where_nobody_is_found_esc_shows_all(room, qtbot):
    room.list.classes.setCurrentIndex(room.list.classes.findText("小星星"))
    press_ctrl(qtbot, room, Qt.Key.Key_F)
    compose(qtbot, room, "", "没有这个人")
    assert names(room) == []
    assert "按 Esc 看全部" in words(room)
    press(qtbot, room, Qt.Key.Key_Escape)
    assert len(names(room)) == 4


def test_a_filter_that_leaves_nobody_says_so_and_esc_undoes_it(room, qtbot):
    room.list.standing.setCurrentIndex(room.list.standing.findText("临时"))
    assert "这样筛选没有人" in words(room)
    assert room.escape()
    rest(qtbot, room)
    assert len(names(room)) == 4
    assert not room.escape()


def test_of_a_new_record_what_is_starred_is_asked_and_nothing_else(room, qtbot):
    press_ctrl(qtbot, room, Qt.Key.Key_N)
    health, second = room.panel.editor.form("health"), room.panel.editor.form("adult2")
    assert not [name for name in ("name", "relation", "phone") if _starred(second, name)]
    assert _starred(room.panel.editor.form("adult1"), "phone")
    told = health._parts["allergy_told"]
    assert not told.isVisible()
    for answer, asked in (("none", True), ("has", True), ("unknown", False)):
        choose(room, f"records.new.allergy.{answer}")
        assert told.isVisible() is asked
    assert _starred(health, "allergy_told")


def _starred(form, name):
    return any(label.text().endswith("*") for label in form._parts[name].findChildren(QLabel))


@pytest.fixture
def barred(world, services):
    child = world.children["张沐阳"]
    services.record_keeping.change_child(world.desk, child, {"chronic": "高热惊厥", "address": "向阳路 9 号"})
    father = {"name": "张国强", "relation": "爸爸", "phone": "13911110001", "barred": "1"}
    services.record_keeping.family.add_adult(world.desk, child, father | COURT)
    services.record_papers.keep_paper(world.desk, child, {"kind": "custody", "number": "118"})
    return child


def read_all(room, qtbot):
    """Every section's words."""
    said = []
    for place, _ in enumerate(Section, 1):
        press_ctrl(qtbot, room, getattr(Qt.Key, f"Key_{place}"))
        said.append(words(room))
    return "\n".join(said)


def test_a_teacher_reads_that_he_is_barred_and_the_illness_but_not_the_court(open_room, qtbot, world, barred):
    room = open_room(world.teacher)
    light(qtbot, room, world, "张沐阳")
    said = read_all(room, qtbot)
    assert "爸爸禁止接走" in said
    assert "高热惊厥" in said
    assert f"依据：{WITHHELD}" in said
    assert "修改记录里有以前填过的内容" in said
    assert not [one for one in ("法院判决书", "118", "向阳路 9 号", "监护 / 法院") if one in said]


def test_a_cashier_reads_no_illness_either(open_room, qtbot, world, barred):
    room = open_room(world.cashier)
    light(qtbot, room, world, "张沐阳")
    said = read_all(room, qtbot)
    assert "爸爸禁止接走" in said
    assert "其余的健康资料按岗位不显示" in said
    assert "有的证件按岗位不显示" in said
    assert not [one for one in ("高热惊厥", "法院判决书", "118", "向阳路 9 号") if one in said]


def test_the_desk_reads_the_paper_that_bars(room, qtbot, world, barred):
    light(qtbot, room, world, "张沐阳")
    room.read_card()
    settle(qtbot, room.context)
    said = read_all(room, qtbot)
    assert "法院判决书 （2025）向民初 118 号" in said
    assert WITHHELD not in said


def test_the_history_is_read_to_its_end(room, qtbot, world, services):
    child = world.children["张沐阳"]
    for at in range(HISTORY_PAGE + 10):
        services.record_keeping.change_child(world.desk, child, {"soothing": f"第 {at} 首歌"})
    room.refresh()
    light(qtbot, room, world, "张沐阳")
    room.read_card()
    settle(qtbot, room.context)
    press_ctrl(qtbot, room, Qt.Key.Key_6)
    assert "第 0 首歌" not in words(room)
    more = room.window().findChild(QWidget, "records.history.more")
    assert more.accessibleName() == "更早的还有 11 条，再看 11 条"
    choose(room, "records.history.more")
    rest(qtbot, room)
    assert "第 0 首歌" in words(room)
    assert room.window().findChild(QWidget, "records.history.more") is None


def test_the_director_takes_back_the_stay_that_is_too_many(open_room, qtbot, world):
    child, day = world.children["张沐阳"], "2025-12-02"
    with world.database.unit(world.director.id, "build") as unit:
        for code, came, left in (("2A3B", "08:00", "17:00"), ("4C5D", "09:00", "12:00")):
            row = {"child_id": child, "class_id": world.dragons, "day": day, "mode": "full_day",
                   "tariff": "contract", "pickup_code": code, "arrived_at": f"{day}T{came}:00+08:00",
                   "received_by": world.director.id, "left_at": f"{day}T{left}:00+08:00",
                   "released_by": world.director.id}  # fmt: skip
            unit.insert("visit", row)
        unit.audit("child", child)
    room = open_room(world.director)
    light(qtbot, room, world, "张沐阳")
    room.read_card()
    settle(qtbot, room.context)
    press_ctrl(qtbot, room, Qt.Key.Key_6)
    assert "12月2日（周二） 09:00–12:00 在园，和同一天的另一次时间重叠" in words(room)
    choose(room, "records.history.2.surplus")
    assert "原来的记录都留着" in words(room)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.editor.busy, "a reason has to be given"
    write(qtbot, room, "records.adult.reason", "登记了两份档案")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert not room.panel.editor.busy
    rows = world.database.rows("select pickup_code from visit where undone_at is not null", {})
    assert [row["pickup_code"] for row in rows] == ["4C5D"]
    assert "时间重叠" not in words(room)
    assert "撤销多的一次在园：12月2日（周二） 09:00–12:00（登记了两份档案）" in words(room)
