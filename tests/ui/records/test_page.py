"""The records by keys: find, read, change, add, merge, and what happens when something is wrong."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from app.domain.record_fields import Section
from app.store import children, people, photos
from app.ui.records import photo
from app.ui.records.editor import UNSAVED
from app.ui.records.views import is_barred
from app.ui.rooms import Target
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.own_pin import OwnPinSheet
from tests.services.world import add_child, own_pin
from tests.ui.support import settle


def press(qtbot, room, keys, modifier=Qt.KeyboardModifier.NoModifier):
    """A key to whatever has the focus, until everything is answered."""
    QTest.keyClick(QApplication.focusWidget() or room, keys, modifier)
    rest(qtbot, room)


def rest(qtbot, room):
    for timer in (room._typing, room._likeness, room.acts.drafting.pause):
        if timer.isActive():
            timer.stop()
            timer.timeout.emit()
    settle(qtbot, room.context)


def write(qtbot, room, name, text):
    edit = room.window().findChild(QWidget, name)
    assert edit is not None, name
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    put(edit, text)
    rest(qtbot, room)


def put(edit, text):
    """Type: digits and letters by keys, Chinese as an input method commits it."""
    if text.isascii():
        QTest.keyClicks(edit, text)
        return
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(edit, commit)


def choose(room, name):
    button = room.window().findChild(QWidget, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def filter_by(room, kind):
    """Choose a filter as the arrow keys of its box do."""
    box = room.list.standing
    box.setFocus()
    for _ in range(box.count()):
        QTest.keyClick(box, Qt.Key.Key_Up)
    for _ in range(box.findData(kind)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == kind


def press_ctrl(qtbot, room, key):
    press(qtbot, room, key, Qt.KeyboardModifier.ControlModifier)


def light(qtbot, room, world, name):
    room.open_child(world.children[name])
    rest(qtbot, room)
    room.list.rows.setFocus()


def words(room):
    return [one.text() for one in room.panel.findChildren(QLabel) if one.isVisible()]


def test_the_first_child_is_shown_and_arrows_go_on(room, qtbot):
    first = room.list.child()
    assert room.panel.card.row.child == first
    press(qtbot, room, Qt.Key.Key_Down)
    assert room.list.child() != first
    assert room.panel.card.row.child == room.list.child()
    press(qtbot, room, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert room.list.child() == first


def test_a_child_is_found_by_pinyin_and_by_a_phone_and_esc_shows_all_again(room, qtbot, world):
    press_ctrl(qtbot, room, Qt.Key.Key_F)
    assert room.list.search.hasFocus()
    QTest.keyClicks(room.list.search, "zly")
    rest(qtbot, room)
    assert [row.name for row in room.list.shown()] == ["周乐瑶"]
    write(qtbot, room, "records.search", "2233")
    assert [row.name for row in room.list.shown()] == ["张沐阳"]
    write(qtbot, room, "records.search", "没有这个人")
    assert room.list.shown() == ()
    assert room.panel.card is None
    assert room.escape()
    rest(qtbot, room)
    assert len(room.list.shown()) == 4
    assert not room.escape()


def test_filters_show_who_lacks_something_and_a_class(room, qtbot, world):
    room.list.classes.setCurrentIndex(room.list.classes.findText("小星星"))
    assert [row.name for row in room.list.shown()] == ["曾雨桐"]
    room.list.show_all()
    filter_by(room, "guest")
    assert room.list.shown() == ()
    filter_by(room, "gaps")
    assert len(room.list.shown()) == 4
    filter_by(room, "due")
    assert room.list.shown() == ()


def test_what_expires_is_listed_with_its_days(room, qtbot, world, services):
    paper = {"kind": "insurance", "expires_on": "2025-12-20"}
    child = world.children["周乐瑶"]
    room.context.act(lambda s: s.record_papers.keep_paper(world.desk, child, paper))
    rest(qtbot, room)
    filter_by(room, "due")
    assert [(row.name, row.words) for row in room.list.shown()] == [("周乐瑶", "保险单还剩 17 天")]


def test_sections_turn_by_keys(room, qtbot):
    for place, section in enumerate(Section, 1):
        press_ctrl(qtbot, room, getattr(Qt.Key, f"Key_{place}"))
        assert room.panel.section is section


def test_a_field_is_changed_in_place_and_taken_back(room, qtbot, world, services):
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F2)
    assert room.panel.editor.busy
    assert not room.list.isEnabled()
    write(qtbot, room, "records.child.nickname", "阳阳")
    press(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.editor.busy, "Enter walks on, it does not save"
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert not room.panel.editor.busy
    assert children.find_child(world.database, world.children["张沐阳"]).nickname == "阳阳"
    assert "阳阳" in words(room)
    notice = room.context.said[-1]
    room.context.act(lambda s: s.undo(world.desk, notice.undo))
    rest(qtbot, room)
    assert children.find_child(world.database, world.children["张沐阳"]).nickname == ""


def test_the_history_takes_the_last_change_back(room, qtbot, world):
    child = world.children["张沐阳"]
    room.context.act(lambda s: s.record_keeping.change_child(world.desk, child, {"nickname": "阳阳"}))
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_6)
    choose(room, "records.history.1.undo")
    rest(qtbot, room)
    assert children.find_child(world.database, child).nickname == ""
    assert "撤销：改 小名" in words(room)


def test_what_is_wrong_stands_at_its_field_and_the_text_stays(room, qtbot, world):
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.name", "")
    QTest.keyClick(room.panel.editor.form("child")._parts["name"].edit, Qt.Key.Key_Backspace)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.editor.form("child")._parts["name"].problem == "请填“姓名”。"
    assert room.panel.editor.busy
    assert QApplication.focusWidget().objectName() == "records.child.name"


def test_esc_asks_once_where_something_would_be_lost(room, qtbot, world):
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F2)
    assert room.escape()
    assert not room.panel.editor.busy, "nothing was changed"
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.note", "要写的话")
    assert room.escape()
    assert room.panel.editor.busy
    assert UNSAVED in words(room)
    assert room.leaving(), "another room may be entered; the words stay"
    assert room.escape()
    assert not room.panel.editor.busy
    rest(qtbot, room)
    assert room.list.isEnabled()


def test_a_new_child_is_kept_with_two_adults_by_keys(room, qtbot, world):
    press_ctrl(qtbot, room, Qt.Key.Key_N)
    assert QApplication.focusWidget().objectName() == "records.new.name"
    write(qtbot, room, "records.new.name", "朱予晴")
    write(qtbot, room, "records.new.born_on", "20230819")
    choose(room, "records.new.allergy.has")
    write(qtbot, room, "records.new.allergens", "鸡蛋、虾")
    write(qtbot, room, "records.new.allergy_told", "奶奶当面")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert "至少要有一位" in room.panel.editor.form("adult1")._parts["phone"].problem
    write(qtbot, room, "records.new1.name", "赵敏")
    write(qtbot, room, "records.new1.relation", "妈妈")
    write(qtbot, room, "records.new1.phone", "13900001177")
    write(qtbot, room, "records.new2.name", "王秀兰")
    write(qtbot, room, "records.new2.relation", "奶奶")
    write(qtbot, room, "records.new2.phone", "123")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert "手机号" in room.panel.editor.form("adult2")._parts["phone"].problem
    write(qtbot, room, "records.new2.phone", "13800006021")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert room.panel.card.row.name == "朱予晴"
    assert [one.relation for one in room.panel.card.adults] == ["妈妈", "奶奶"]


def test_who_looks_alike_is_named_while_typing_and_can_be_opened(room, qtbot, world):
    press_ctrl(qtbot, room, Qt.Key.Key_N)
    write(qtbot, room, "records.new.name", "张牧阳")
    write(qtbot, room, "records.new.born_on", "2023-06-01")
    alike = room.window().findChild(QWidget, "records.alike.1")
    assert alike.text() == "张沐阳：同音同生日，打开那一份"
    choose(room, "records.alike.1")
    rest(qtbot, room)
    assert not room.panel.editor.busy
    assert room.panel.card.row.name == "张沐阳"


def test_allergens_are_asked_only_of_who_has_an_allergy(room, qtbot):
    press_ctrl(qtbot, room, Qt.Key.Key_N)
    form = room.panel.editor.form("health")
    assert not form._parts["allergens"].isVisible()
    choose(room, "records.new.allergy.has")
    assert form._parts["allergens"].isVisible()
    form.put("allergens", "虾")
    choose(room, "records.new.allergy.none")
    assert form.texts()["allergens"] == ""


def test_a_gap_leads_to_its_field(room, qtbot, world):
    light(qtbot, room, world, "张沐阳")
    choose(room, "records.gap.chronic")
    rest(qtbot, room)
    assert QApplication.focusWidget().objectName() == "records.child.chronic"
    room.escape()
    rest(qtbot, room)
    press_ctrl(qtbot, room, Qt.Key.Key_1)
    choose(room, "records.gap.consent_care")
    rest(qtbot, room)
    assert room.panel.section is Section.PAPERS
    assert not room.panel.editor.busy


def test_an_adult_is_added_changed_and_removed(room, qtbot, world):
    light(qtbot, room, world, "周乐瑶")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    press(qtbot, room, Qt.Key.Key_F4)
    for field, text in (("name", "周奶奶"), ("relation", "奶奶"), ("phone", "13600002222")):
        write(qtbot, room, f"records.adult.{field}", text)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    adults = {one.name: one for one in room.panel.card.adults}
    assert [chip.words for chip in adults["周奶奶"].chips] == ["不可接"]
    place = list(adults).index("周奶奶") + 1
    choose(room, f"records.adult.{place}.edit_adult")
    assert room.panel.editor.form("adult")._parts["phone"].edit.text() == "", (
        "a masked number is not handed out"
    )
    choose(room, "records.adult.may_collect.1")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    adults = {one.name: one for one in room.panel.card.adults}
    assert [chip.words for chip in adults["周奶奶"].chips] == ["可接"]
    choose(room, f"records.adult.{place}.end_adult")
    write(qtbot, room, "records.adult.reason", "回老家了")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert "周奶奶" not in [one.name for one in room.panel.card.adults]


def test_the_owner_of_a_number_is_named_while_it_is_typed(room, qtbot, world):
    light(qtbot, room, world, "周乐瑶")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    press(qtbot, room, Qt.Key.Key_F4)
    write(qtbot, room, "records.adult.phone", "13700002233")
    assert any("登记在张母（张沐阳）名下" in one for one in words(room))


def test_a_second_number_is_asked_for_and_a_barred_one_does_not_count(room, qtbot, world):
    light(qtbot, room, world, "周乐瑶")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    assert "只有一个电话。请再问一个紧急联系电话。" in words(room)
    assert room.window().findChild(QWidget, "records.adult.1.end_adult") is not None
    assert room.window().findChild(QWidget, "records.adult.2.end_adult") is None


def test_a_number_is_shown_in_a_notice_and_written_down(room, qtbot, world):
    light(qtbot, room, world, "周乐瑶")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    choose(room, "records.adult.1.unmask_adult")
    rest(qtbot, room)
    assert room.context.said[-1].words == "妈妈周母：13700004455（已记录）"
    assert world.database.row("select count(*) as n from audit where verb = 'unmask'")["n"] == 1


def test_a_consent_and_a_paper_are_noted(room, qtbot, world):
    light(qtbot, room, world, "周乐瑶")
    press_ctrl(qtbot, room, Qt.Key.Key_5)
    choose(room, "records.consent.care")
    assert room.panel.editor.form("consent").texts() == {
        "answer": "given", "signer": "周母", "day": "2025-12-03", "paper": "", "signer_reason": "",
    }  # fmt: skip
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.card.consents[0].answer == "given"
    press(qtbot, room, Qt.Key.Key_F4)
    choose(room, "records.paper.kind.insurance")
    write(qtbot, room, "records.paper.expires_on", "20261231")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.card.papers[0].words == "至 2026-12-31"
    choose(room, "records.paper.1.edit")
    write(qtbot, room, "records.paper.number", "PA-9")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.card.papers[0].words == "PA-9 · 至 2026-12-31"
    choose(room, "records.paper.1.end")
    rest(qtbot, room)
    assert room.panel.card.papers == ()


def test_two_records_are_merged_from_the_sheet(room, qtbot, world):
    with world.database.unit(None, "build") as unit:
        twin = add_child(unit, world, "张沐洋", world.clock.now.date().replace(year=2023, month=6, day=1))
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F6)
    sheet = room.window().findChild(QWidget, "merge")
    assert sheet.chosen() == twin, "who looks alike is offered at once"
    put(sheet.box, "周乐瑶")
    rest(qtbot, room)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert "生日不同" in sheet.findChild(QLabel, "merge.message").text()
    sheet.box.setText("张沐洋")
    rest(qtbot, room)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert "张沐洋" not in [row.name for row in room.list.shown()]
    assert room.panel.card.row.name == "张沐阳"
    assert room.context.said[-1].undo.verb == "records.merge"


def test_a_photo_comes_from_a_file_and_goes(room, qtbot, world, tmp_path, monkeypatch):
    path = tmp_path / "photo.png"
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#aa8866"))
    image.save(str(path))
    light(qtbot, room, world, "周乐瑶")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(qtbot, room, Qt.Key.Key_F7)
    kept = photos.find_photo(world.database, "child", world.children["周乐瑶"])
    assert QImage.fromData(kept).size().toTuple() == (360, 360)
    assert room.panel.face.has_photo
    choose(room, "records.no_photo")
    rest(qtbot, room)
    assert not room.panel.face.has_photo
    path.write_text("no picture")
    press(qtbot, room, Qt.Key.Key_F7)
    assert "打不开" in room.context.said[-1].words
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    press(qtbot, room, Qt.Key.Key_F7)
    assert photos.find_photo(world.database, "child", world.children["周乐瑶"]) is None


def test_without_a_camera_library_there_is_no_such_button(room, monkeypatch):
    assert not room.panel.camera.isVisible()
    monkeypatch.setattr(photo.importlib.util, "find_spec", lambda name: name)
    assert photo.has_camera_support()


def test_who_may_only_read_finds_no_button_to_change(open_room, world, qtbot):
    room = open_room(world.teacher)
    assert not room._new.isVisible()
    for section in Section:
        room.panel.show_section(section)
        shown = [one.objectName() for one in room.panel.findChildren(QWidget) if one.isVisible()]
        acts = {"records.edit", "records.add", "records.merge", "records.photo", "records.unmask"}
        assert not acts & set(shown)
        assert not [name for name in shown if name.startswith(("records.adult.", "records.consent."))]
    room.new_record()
    assert not room.panel.editor.busy


def test_a_room_entered_at_a_child_shows_her_and_new_begins_a_record(room, qtbot, world):
    filter_by(room, "guest")
    room.entered(Target(child=world.children["马思睿"]))
    rest(qtbot, room)
    assert room.panel.card.row.name == "马思睿"
    room.entered(Target(act="new"))
    assert room.panel.editor.busy
    room.entered(Target(child=world.children["张沐阳"]))
    assert room.panel.editor.busy, "what is being written is not thrown away"


def test_others_acts_do_not_touch_what_is_being_written(room, qtbot, world):
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.note", "写到一半")
    child = world.children["张沐阳"]
    room.context.act(lambda s: s.record_keeping.change_child(world.director, child, {"nickname": "阳"}))
    rest(qtbot, room)
    assert room.panel.editor.form("child").changed() == {"note": "写到一半"}
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert children.find_child(world.database, child).nickname == "阳"


@pytest.mark.parametrize("section", list(Section))
def test_every_section_says_something_of_a_child_with_nothing(room, qtbot, world, section):
    with world.database.unit(None, "build") as unit:
        add_child(unit, world, "欧阳空空如也的一个很长很长的名字", world.clock.now.date())
    light(qtbot, room, world, "欧阳空空如也的一个很长很长的名字")
    room.panel.show_section(section)
    assert len(words(room)) > 2
    assert dataclasses.is_dataclass(room.panel.card)


def test_a_key_leads_to_the_card_of_an_enrolled_child(room, qtbot, world, open_room):
    gone = []
    room.context.go_wanted.connect(lambda key, target: gone.append((key, target)))
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F3)
    assert gone == [("cards", Target(child=world.children["张沐阳"]))]
    room.panel.show_section(Section.FAMILY)
    assert not room.panel.pass_card.isVisible()
    watching = open_room(world.teacher)
    light(qtbot, watching, world, "张沐阳")
    assert watching.panel.pass_card.isVisible()


def test_what_else_a_barred_person_is_known_by_is_noted_and_taken_away(open_room, qtbot, world):
    room = open_room(world.director)
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    barred = next(at for at, one in enumerate(room.panel.card.adults, 1) if is_barred(one))
    free = next(at for at, one in enumerate(room.panel.card.adults, 1) if not is_barred(one))
    assert room.window().findChild(QWidget, f"records.adult.{free}.trait") is None
    choose(room, f"records.adult.{barred}.trait")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert any("请填小名" in one for one in words(room))  # the form stays, with the reason
    write(qtbot, room, "records.trait.value", "大头")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert "还认得出：小名 大头" in words(room)
    drop = room.window().findChild(KeyButton, f"records.adult.{barred}.trait.1")
    assert drop.text() == "不再认“大头”", "not the word by which a member of the family is taken off the list"
    choose(room, f"records.adult.{barred}.trait.1")
    prove(qtbot, room, world)
    assert "还认得出：小名 大头" not in words(room)


def prove(qtbot, room, world):
    """Type the PIN into the sheet that asks for it."""
    rest(qtbot, room)
    sheet = next(one for one in room.window().findChildren(OwnPinSheet) if not one.gone)
    QTest.keyClicks(sheet.fields["own_pin"].edit, own_pin(world))
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, room)


def test_the_director_lifts_a_bar_and_undoes_one_with_her_own_pin(open_room, qtbot, world):
    room = open_room(world.director)
    own_pin(world)
    child = world.children["张沐阳"]
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_2)

    def place():
        return next((at for at, one in enumerate(room.panel.card.adults, 1) if is_barred(one)), None)

    who = room.panel.card.adults[place() - 1].adult
    choose(room, f"records.adult.{place()}.edit_adult")
    for name, text in (("barred", ""), ("phone", "13811113333")):
        room.panel.editor.form("adult").put(name, text)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    sheet = room.window().findChild(OwnPinSheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    rest(qtbot, room)
    assert room.panel.editor.busy  # nothing was kept, and what was typed stays
    assert any("园长自己输" in one for one in words(room))
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    prove(qtbot, room, world)
    assert (room.panel.editor.busy, place()) == (False, None)
    bar = {"barred": "1", "paper_kind": "判决书"}
    actor = world.director
    room.context.act(lambda s: s.record_keeping.family.change_adult(actor, child, who, bar))
    rest(qtbot, room)
    undo = room.context.said[-1].undo
    room.acts.start("undo", undo, room.panel.card)
    prove(qtbot, room, world)
    assert room.context.said[-1].words == f"已撤销：{undo.label}"
    assert place() is None


def test_only_the_director_notes_it(room, qtbot, world):
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    barred = next(at for at, one in enumerate(room.panel.card.adults, 1) if is_barred(one))
    choose(room, f"records.adult.{barred}.trait")
    write(qtbot, room, "records.trait.value", "大头")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.editor.busy
    assert any("没有这项权限" in one for one in words(room))


def test_the_families_of_the_employer_are_a_filter_and_named_in_their_rows(room, qtbot, world):
    child = world.children["张沐阳"]
    change = {"employer_group": "staff", "employer": "向阳机械厂"}
    room.context.act(lambda s: s.record_keeping.change_child(world.desk, child, change))
    other = world.children["周乐瑶"]
    room.context.act(lambda s: s.record_keeping.change_child(world.desk, other, {"employer_group": "public"}))
    rest(qtbot, room)
    filter_by(room, "staff")
    assert [(row.name, row.words) for row in room.list.shown()] == [
        ("张沐阳", "抱抱龙 · 全日托 · 向阳机械厂")
    ]
    filter_by(room, "public")
    assert [row.name for row in room.list.shown()] == ["周乐瑶"]


def test_the_new_form_asks_for_the_ethnicity_only_where_the_centre_does(room, qtbot, world):
    room.new_record()
    assert "ethnicity" not in room.panel.editor.form("child").texts()
    room.panel.editor.end()
    day = world.clock.now.date() + dt.timedelta(days=1)
    room.context.act(lambda s: s.manage.rules.set_rule(world.director, "ask_ethnicity", "1", day))
    world.clock.now += dt.timedelta(days=1)
    room.refresh()
    rest(qtbot, room)
    room.new_record()
    assert room.panel.editor.form("child").texts()["ethnicity"] == ""


def twin_of(world, services, **more):
    """A second record of 张沐阳, with what it tells besides."""
    with world.database.unit(None, "build") as unit:
        born = world.clock.now.date().replace(year=2023, month=6, day=1)
        twin = add_child(unit, world, "张沐洋", born)
        unit.audit("child", twin)
    services.record_keeping.change_child(world.desk, twin, more)
    return twin


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def test_what_differs_is_shown_and_chosen_before_anything_is_merged(room, qtbot, world, services):
    child = world.children["张沐阳"]
    services.record_keeping.change_child(world.desk, child, {"chronic": "湿疹", "address": "甲路 1 号"})
    twin_of(world, services, chronic="癫痫", address="乙路 2 号")
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F6)
    sheet = room.window().findChild(QWidget, "merge")
    shown = texts(sheet.sides)
    assert {"留下：张沐阳", "并进来：张沐洋", "都留：湿疹；癫痫", "甲路 1 号", "乙路 2 号"} <= set(shown)
    choice = sheet.findChild(QWidget, "merge.choice.address")
    assert choice.value() == "kept"
    choice.setFocus()
    press(qtbot, room, Qt.Key.Key_2)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    fields = {one.spec.name: one.shown for one in room.panel.card.fields}
    assert (fields["chronic"], fields["address"]) == ("湿疹；癫痫", "乙路 2 号")
    assert room.panel.card.row.name == "张沐阳"


def test_a_girl_and_a_boy_become_one_only_after_somebody_has_said_which(room, qtbot, world, services):
    sex = {"m": "f", "f": "m"}[children.find_child(world.database, world.children["张沐阳"]).sex]
    twin_of(world, services, sex=sex)
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F6)
    sheet = room.window().findChild(QWidget, "merge")
    choice = sheet.findChild(QWidget, "merge.choice.sex")
    assert choice.value() == ""
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert not sheet._gone
    assert any("性别不同" in words for words in texts(sheet))
    choice.setFocus()
    press(qtbot, room, Qt.Key.Key_1)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert sheet._gone


def test_who_would_collect_by_the_second_record_of_a_child_is_asked_about(room, qtbot, world, services):
    child, twin = world.children["张沐阳"], twin_of(world, services)
    uncle = {"name": "钱大", "relation": "叔叔", "phone": "13600007777", "may_collect": "1"}
    adult = services.record_keeping.family.add_adult(world.desk, twin, uncle).value
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F6)
    sheet = room.window().findChild(QWidget, "merge")
    choice = sheet.findChild(QWidget, f"merge.choice.rights.{adult}")
    assert choice.value() == ""
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert not sheet._gone
    assert any("选好“钱大”用哪边的" in words for words in texts(sheet))
    choice.setFocus()
    press(qtbot, room, Qt.Key.Key_1)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    assert sheet._gone
    (one,) = [
        each for each in people.list_adults(world.database, child, world.clock.now.date()) if each.id == adult
    ]
    assert not one.tie.may_collect


def test_nothing_is_merged_that_was_not_shown(room, qtbot, world):
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F6)
    sheet = room.window().findChild(QWidget, "merge")
    assert not sheet.keep.isEnabled()
    put(sheet.box, "周乐瑶")
    rest(qtbot, room)
    assert "生日不同" in sheet.findChild(QLabel, "merge.message").text()
    assert not sheet.keep.isEnabled()
    sheet.box.clear()
    put(sheet.box, "查无此人")
    rest(qtbot, room)
    assert not sheet.keep.isEnabled()
    assert any("并排列出" in one for one in texts(sheet.sides))
    press(qtbot, room, Qt.Key.Key_Escape)


def test_two_adults_are_shown_side_by_side_and_merged(room, qtbot, world, services):
    child = world.children["张沐阳"]
    twin = {"name": "张母", "relation": "家长", "phone": "13600007777", "is_emergency": "1"}
    services.record_keeping.family.add_adult(world.desk, child, twin)
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    choose(room, "records.twins.1")
    rest(qtbot, room)
    sheet = room.window().findChild(QWidget, "twins")
    shown = texts(sheet.sides)
    assert {"监护人 可接", "紧急联系", "合并后：监护人 可接 紧急联系"} <= set(shown)
    sheet.findChild(QWidget, "twins.choice.phone").setFocus()
    press(qtbot, room, Qt.Key.Key_2)
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    rest(qtbot, room)
    own = people.list_adults(world.database, child, world.clock.now.date())
    mother = next(one for one in own if one.name == "张母")
    assert (mother.phone, mother.tie.relation, mother.tie.is_emergency) == ("13600007777", "妈妈", True)
    assert any("同样搜得到：137****2233" in one for one in words(room))
    assert room.context.said[-1].undo.verb == "records.merge"


def test_two_adults_who_cannot_be_one_are_told_so(room, qtbot, world, services):
    child = world.children["张沐阳"]
    for phone, number in (("13600007777", "11010519491231002X"), ("13600008888", "440524188001010014")):
        twin = {"name": "李一", "relation": "舅舅", "phone": phone, "document_number": number}
        services.record_keeping.family.add_adult(world.desk, child, twin)
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    choose(room, "records.twins.1")
    rest(qtbot, room)
    sheet = room.window().findChild(QWidget, "twins")
    assert "身份证号不同" in sheet.findChild(QLabel, "twins.message").text()
    assert not sheet.keep.isEnabled()
    press(qtbot, room, Qt.Key.Key_Escape)


def test_the_health_section_tells_which_allergy_the_table_does_not_know(qtbot, room, world):
    with world.database.unit(None, "build") as unit:
        child = add_child(unit, world, "钱小满", dt.date(2023, 7, 1), allergies=("牛肉", "蓝靛果", "尘螨"))
    room.open_child(child)
    rest(qtbot, room)
    room.panel.show_section(Section.HEALTH)
    known, unknown, other = (room.findChild(QLabel, f"records.allergy.{place}") for place in (1, 2, 3))
    assert "菜名里有牛、" in known.text()
    assert "过敏原表里没有“蓝靛果”" in unknown.text()
    assert other is None


def test_who_would_be_a_guardian_by_the_second_record_is_asked_about(room, qtbot, world, services):
    child = world.children["张沐阳"]
    first = {"name": "李丽", "relation": "阿姨", "phone": "13600007777", "may_collect": "1"}
    for more in ({}, {"relation": "妈妈", "phone": "13600007778", "is_guardian": "1"}):
        services.record_keeping.family.add_adult(world.desk, child, {**first, **more})
    light(qtbot, room, world, "张沐阳")
    press_ctrl(qtbot, room, Qt.Key.Key_2)
    choose(room, "records.twins.1")
    rest(qtbot, room)
    sheet = room.window().findChild(QWidget, "twins")
    told = {one.text() for one in sheet.findChildren(QLabel)}
    assert {"可接", "监护人 可接"} <= told
    choice = sheet.findChild(QWidget, f"twins.choice.rights.{child}")
    assert choice.value() == ""
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert "会多出先建的那份里没有的权限" in sheet.findChild(QLabel, "twins.message").text()
    choice.set_value("kept")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    own = people.list_adults(world.database, child, world.clock.now.date())
    (one,) = [each for each in own if each.name == "李丽"]
    assert (one.tie.is_guardian, one.tie.may_collect) == (False, True)
