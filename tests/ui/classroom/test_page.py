"""The classroom as a teacher works it: by keys and by touch."""

import dataclasses

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from app.domain.changes import Changes, Topic
from app.domain.logbook import EntryKind
from app.domain.staff import Role
from app.services.class_log import AllergyClashError
from app.services.class_views import AllergyClash, Answer, Cleared
from app.ui.classroom.head import first_class
from app.ui.classroom.page import ClassroomRoom
from app.ui.preferences import Preferences
from app.ui.rooms import Target
from app.ui.tour.player import PaintWatch
from tests.ui import walk
from tests.ui.classroom import data
from tests.ui.classroom.data import YUQING
from tests.ui.support import make_context, settle

Key = Qt.Key


class Desk:
    """A room on screen, with hands."""

    def __init__(self, qtbot, room, context, services):
        self.qtbot, self.room, self.context, self.services = qtbot, room, context, services.classroom
        self.grid = room.findChild(type(room._grid), "classroom.grid")

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.grid, key, modifier)
        settle(self.qtbot, self.context)

    def type(self, text):
        QApplication.focusWidget().insert(text)  # an input method commits, it presses no keys

    def tap(self, row):
        where = self.grid.visualRect(self.grid.model().index(row)).center()
        QTest.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
        settle(self.qtbot, self.context)

    def click(self, name):
        button = self.room.findChild(QPushButton, name)
        assert button.isVisible(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(self.qtbot, self.context)

    def says(self, words):
        return any(words in label.text() for label in self.room.findChildren(QLabel) if label.isVisible())

    @property
    def last(self):
        return self.services.logged[-1]


@pytest.fixture
def desk(qtbot):
    services = data.make_services()
    context = make_context(qtbot, services, actor=data.TEACHER, now=data.NOW)
    room = ClassroomRoom(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    room.freshen()
    settle(qtbot, context)
    room.entered(None)
    settle(qtbot, context)
    yield Desk(qtbot, room, context, services)
    context.jobs.close()


def test_the_teachers_own_class_is_open_and_the_first_child_has_the_focus(desk):
    assert desk.room._head.tabs.class_id() == data.DRAGON
    assert desk.grid.current_visit() == data.YUQING.visit
    assert desk.says("朱予晴")
    assert desk.says("缺：午餐、离园情绪")


def test_arrows_move_space_chooses_and_escape_clears(desk):
    desk.press(Key.Key_Space, Key.Key_Right, Key.Key_Right, Key.Key_Space)
    assert desk.grid.chosen() == (data.YUQING.visit, data.YINUO.visit)
    assert desk.says("已选 2 人")
    assert desk.room.escape()
    assert desk.grid.chosen() == ()
    assert not desk.room.escape()


def test_a_new_minute_reads_the_roster_again_but_never_under_a_finger(desk):
    read, tabs = [], desk.services.tabs(None)
    desk.services.tabs = lambda _actor: read.append(1) or tabs

    def minute():
        desk.room.stale = True
        desk.room.minute_passed()
        settle(desk.qtbot, desk.context)
        return len(read)

    assert minute() == 1
    desk.press(Key.Key_Space)
    assert minute() == 1
    desk.press(Key.Key_2)
    assert minute() == 1
    assert desk.room.escape()
    assert desk.room.escape()
    assert minute() == 2


def test_a_tap_chooses_and_a_second_tap_lets_go(desk):
    desk.tap(1)
    desk.tap(4)
    assert desk.grid.chosen() == (data.MUYANG.visit, data.JIAYI.visit)
    desk.tap(1)
    assert desk.grid.chosen() == (data.JIAYI.visit,)


def test_lunch_for_everybody_is_four_keys_and_keeps_what_the_digit_chose(desk):
    desk.press(Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_1)
    assert desk.says("午餐 · 5 人")
    assert desk.says("软米饭")
    desk.press(Key.Key_3, Key.Key_Return)
    visits, draft = desk.last
    assert len(visits) == 5
    assert (draft.kind, draft.detail, draft.grade) == (EntryKind.MEAL, "lunch", 3)
    assert draft.text == "软米饭、番茄牛腩、紫菜汤"
    assert (draft.at.hour, draft.at.minute) == (11, 36)
    assert desk.grid.chosen() == ()
    assert desk.room._panel.isHidden()


def test_digits_typed_before_the_offer_has_come_are_not_lost(desk):
    for key in (Key.Key_1, Key.Key_6, Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    # The meal by the clock was not known yet: Enter waits for it.
    assert desk.services.logged == []
    settle(desk.qtbot, desk.context)
    assert (desk.last[1].detail, desk.last[1].grade) == ("lunch", 0)


def test_nobody_chosen_means_the_class_or_for_what_is_her_own_the_child_with_the_focus(desk):
    desk.press(Key.Key_Right, Key.Key_3)
    assert desk.says("喝水 · 全班醒着的 4 人")
    desk.press(Key.Key_Return)
    visits, draft = desk.last
    assert visits == tuple(card.visit for card in data.CARDS if card.asleep_since is None)
    assert (draft.kind, draft.amount_ml) == (EntryKind.WATER, 150)
    desk.press(Key.Key_5, Key.Key_Return)
    assert desk.last[0] == (data.MUYANG.visit,)


def test_a_sentence_of_ones_own_for_the_whole_class_is_asked_about_once(desk):
    """Nobody was chosen by hand: most often it tells of the child with the focus alone."""
    words = "自己选颜色、贴了五片"
    desk.press(Key.Key_7)
    note = desk.room._panel.form._note
    note.set_text(words)
    note.edit.setFocus()
    desk.press(Key.Key_Return)
    assert desk.services.logged == []
    assert words in desk.room._panel._problem.text()
    note.set_text(f"{words}！")
    desk.press(Key.Key_Return)
    assert desk.services.logged == [], "another sentence is another question"
    desk.press(Key.Key_Return)
    assert (len(desk.last[0]), desk.last[1].note) == (4, f"{words}！")
    desk.press(Key.Key_7, Key.Key_Return)
    assert desk.last[1].note == "", "without a sentence one key keeps it"


def test_a_sentence_for_those_who_were_chosen_by_hand_is_kept_by_one_key(desk):
    words = "自己选颜色、贴了五片"
    QTest.keyClick(desk.room, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_7)
    assert desk.says("活动 · 5 人")
    desk.room._panel.form._note.set_text(words)
    desk.press(Key.Key_Return)
    assert (len(desk.last[0]), desk.last[1].note) == (5, words)


def test_who_sleeps_is_left_out_of_a_meal_and_alone_meant_by_a_look_at_sleepers(desk):
    desk.press(Key.Key_1)
    assert desk.says("午餐 · 全班醒着的 4 人")
    said = []
    desk.context.messages.said.connect(lambda notice: said.append(notice.words))
    desk.press(Key.Key_Return)
    assert len(desk.last[0]) == 4
    assert said == ["进餐；睡着的 1 人没有记"]
    desk.press(Key.Key_3, Key.Key_Return)
    assert said[1:] == ["喝水；睡着的 1 人没有记"]
    desk.press(Key.Key_S)
    assert desk.says("睡眠巡视 · 杨雨桐")
    desk.press(Key.Key_Return)
    assert desk.last[0] == (data.YUTONG.visit,)
    assert (desk.last[1].detail, desk.last[1].quality) == ("back", "calm")


def test_a_letter_goes_to_a_child_and_a_digit_says_what_was_different(desk):
    desk.press(Key.Key_3, Key.Key_B, Key.Key_1, Key.Key_D, Key.Key_0, Key.Key_Return)
    visits, draft = desk.last
    assert len(visits) == 4
    assert draft.amount_ml == 150
    differs, out = desk.services.but[-1]
    assert (differs.visit, differs.draft.amount_ml) == (data.MUYANG.visit, 50)
    assert (out.visit, out.draft) == (data.JIAYI.visit, None)


def test_an_exception_is_taken_back_by_backspace_and_walks_round_by_touch(desk):
    desk.press(Key.Key_3, Key.Key_B, Key.Key_1, Key.Key_Backspace, Key.Key_Return)
    assert desk.services.but[-1] == ()
    desk.press(Key.Key_3)
    strip = desk.room._panel._strip
    where = strip.visualRect(strip.marks.index(2)).center()
    for _ in range(2):
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.press(Key.Key_Return)
    ((differs),) = desk.services.but[-1]
    assert (differs.visit, differs.draft.amount_ml) == (data.YINUO.visit, 80)
    assert desk.last[1].amount_ml == 150


def test_letters_ask_for_the_kinds_without_a_digit(desk):
    desk.press(Key.Key_X, Key.Key_2, Key.Key_Return)
    assert (desk.last[1].kind, desk.last[1].detail) == (EntryKind.WASHING, "after_toilet")
    desk.press(Key.Key_H, Key.Key_2, Key.Key_Return)
    draft = desk.last[1]
    assert (draft.kind, draft.until) == (EntryKind.OUTDOOR, data.NOW.replace(second=0, microsecond=0))
    assert (draft.until - draft.at).total_seconds() == 45 * 60
    desk.press(Key.Key_F)
    desk.type("猪肝泥")
    desk.press(Key.Key_Return)
    assert desk.says("请选吃后反应")
    desk.click("classroom.form.reaction.rash")
    desk.click("classroom.keep")
    assert (desk.last[1].kind, desk.last[1].text, desk.last[1].quality) == (EntryKind.FOOD, "猪肝泥", "rash")


def test_of_a_new_food_that_was_refused_no_reaction_is_asked(desk):
    desk.press(Key.Key_F)
    desk.type("猪肝泥")
    desk.click("classroom.form.eaten.0")
    desk.click("classroom.keep")
    assert (desk.last[1].grade, desk.last[1].quality) == (0, None)


def test_why_one_child_stayed_in_is_told_of_her_alone(desk):
    desk.press(Key.Key_H, Key.Key_3, Key.Key_B, Key.Key_6, Key.Key_Return)
    assert desk.says("请选她的原因")
    desk.click(f"classroom.form.why.{data.MUYANG.visit}.{'雾霾'}")
    desk.click("classroom.keep")
    visits, draft = desk.last
    assert (len(visits), draft.text, (draft.until - draft.at).seconds) == (4, "", 3600)
    ((hers),) = desk.services.but[-1]
    assert (hers.visit, hers.draft.text, hers.draft.at) == (data.MUYANG.visit, "雾霾", hers.draft.until)


def test_other_minutes_of_the_rest_are_not_hers_and_her_reason_may_be_words(desk):
    desk.press(Key.Key_H)
    desk.press(Key.Key_Tab)
    desk.type("75")
    desk.room._panel._strip.setFocus()
    desk.press(Key.Key_B, Key.Key_1)
    desk.click(f"classroom.form.why.{data.MUYANG.visit}.own")
    desk.type("脚扭了")
    desk.press(Key.Key_Return)
    assert (desk.last[1].until - desk.last[1].at).seconds == 75 * 60
    ((hers),) = desk.services.but[-1]
    assert ((hers.draft.until - hers.draft.at).seconds, hers.draft.text) == (30 * 60, "脚扭了")


def test_the_rest_may_have_words_of_their_own_too(desk):
    desk.press(Key.Key_H, Key.Key_6)
    desk.click("classroom.form.why.own")
    desk.type("停电，电梯不能用")
    desk.press(Key.Key_Return)
    assert (desk.last[1].at, desk.last[1].text) == (desk.last[1].until, "停电，电梯不能用")


def test_nobody_went_out_wants_a_reason(desk):
    desk.press(Key.Key_H, Key.Key_6, Key.Key_Return)
    assert desk.says("请选一个原因")
    desk.click("classroom.form.why.雾霾")
    desk.click("classroom.keep")
    assert (desk.last[1].at, desk.last[1].text) == (desk.last[1].until, "雾霾")


def test_an_entry_is_corrected_where_it_stands(desk):
    lines = desk.room._timeline.lines()
    lines.setFocus()
    lines.setCurrentIndex(lines.model().index(2))
    desk.press(Key.Key_E)
    assert desk.says("更正：喝水 · 朱予晴")
    assert desk.room._panel._time.text() == "11:00"
    desk.press(Key.Key_1, Key.Key_Return)
    ((entry, draft),) = desk.room.context._services.classes.corrected
    assert (entry, draft.amount_ml, draft.at.hour) == (12, 50, 11)
    assert desk.services.logged == []


def test_a_photo_is_kept_from_a_file_and_what_is_no_picture_is_said(desk, tmp_path):
    (tmp_path / "noise.jpg").write_bytes(b"no picture")
    picture = QImage(1600, 1200, QImage.Format.Format_RGB32)
    picture.fill(0x88AA66)
    picture.save(str(tmp_path / "day.png"))
    desk.press(Key.Key_P, Key.Key_Return)
    form = desk.room._panel.form
    form.take(str(tmp_path / "noise.jpg"))
    settle(desk.qtbot, desk.context)
    assert desk.says("打不开这张图片")
    form.take(str(tmp_path / "day.png"))
    desk.press(Key.Key_Return)
    assert desk.room.context._services.classes.photographed == [], "it is not read yet"
    settle(desk.qtbot, desk.context)
    desk.type("第一次自己拿勺")
    desk.press(Key.Key_Return)
    ((visits, draft, jpeg),) = desk.room.context._services.classes.photographed
    assert visits == (data.YUQING.visit,)
    assert draft.text == "第一次自己拿勺"
    assert jpeg.startswith(b"\xff\xd8")
    assert len(jpeg) < 300_000


def test_a_key_turns_cards_into_a_list_and_the_machine_remembers(desk, qtbot, tmp_path):
    desk.context.preferences = Preferences(tmp_path / "choices.json")
    cell = desk.grid.gridSize()
    desk.press(Key.Key_V)
    assert desk.grid.dense
    assert desk.grid.gridSize().height() < cell.height()
    assert Preferences(tmp_path / "choices.json").choices.class_dense
    again = ClassroomRoom(desk.context)
    qtbot.addWidget(again)
    assert again._grid.dense
    desk.press(Key.Key_V)
    assert not desk.grid.dense


def test_an_allergen_on_the_table_is_said_in_red_and_asked_for(desk):
    desk.press(Key.Key_1)
    assert "食谱未写" in desk.room._panel._chips[0].chip.words
    desk.click("classroom.form.slot.afternoon_snack")
    assert desk.services.offers[-1][2] == "afternoon_snack"
    assert "含鸡蛋" in desk.room._panel._chips[0].chip.words
    assert desk.room._panel._keep.text() == "记录 3 人"  # she is left out until somebody says why not
    desk.click("classroom.clear.1.已换替餐")
    assert desk.room._panel._keep.text() == "已核对过敏，记录 4 人"
    desk.press(Key.Key_Return)
    assert desk.services.cleared[-1] == {YUQING.visit: "已换替餐"}


def test_a_reason_given_for_one_child_lets_nobody_else_join(desk):
    desk.press(Key.Key_1)
    desk.click("classroom.form.slot.afternoon_snack")
    panel = desk.room._panel
    other = AllergyClash(
        data.YUTONG.visit, "杨雨桐", ("牛奶",), True, "杨雨桐 牛奶过敏：今日午点含牛奶！", named=("牛奶",)
    )
    meant = panel._meant
    panel._meant = (*meant, data.YUTONG)
    panel._strip.present(panel._meant, panel.form.main().choices())
    panel.show_offer(dataclasses.replace(panel._offer, clashes=(*panel._offer.clashes, other)))
    everybody = len(panel._meant)
    assert panel._keep.text() == f"记录 {everybody - 2} 人"
    desk.click("classroom.clear.1.已换替餐")
    assert panel._keep.text() == f"已核对过敏，记录 {everybody - 1} 人"
    desk.click("classroom.clear.2.家长书面同意")
    assert panel._keep.text() == f"已核对过敏，记录 {everybody} 人"
    desk.click("classroom.clear.2.none")
    desk.press(Key.Key_Return)
    assert desk.services.cleared[-1] == {YUQING.visit: "已换替餐"}


def test_a_dish_that_names_an_allergen_is_kept_at_the_second_word(desk):
    desk.press(Key.Key_1)
    panel = desk.room._panel
    panel.warn(AllergyClashError("朱予晴 鸡蛋过敏：午餐可能含鸡蛋。", frozenset({(YUQING.visit, "鸡蛋")})))
    assert not panel.acknowledged
    assert panel._keep.text() == "记录 4 人"
    desk.press(Key.Key_2)
    assert panel.acknowledged
    assert panel._keep.text() == "已核对过敏，记录 4 人"
    assert panel._clearing.cleared() == Cleared(
        (Answer(YUQING.visit, frozenset({"鸡蛋"}), "已换替餐", "swapped"),)
    )


def test_a_reason_given_for_one_meal_is_asked_for_anew_at_another(desk):
    desk.press(Key.Key_1)
    desk.click("classroom.form.slot.afternoon_snack")
    desk.click("classroom.clear.1.已换替餐")
    assert desk.room._panel.acknowledged
    other = AllergyClash(
        YUQING.visit, "朱予晴", ("牛奶",), True, "朱予晴 牛奶过敏：今日晚餐含牛奶！", named=("牛奶",)
    )
    desk.room._panel._show_clashes((other,))
    assert not desk.room._panel.acknowledged


def test_where_some_sleep_one_act_never_wakes_these_and_puts_the_others_to_bed(desk):
    desk.press(Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    desk.press(Key.Key_4)
    assert desk.says("入睡 4 人：朱予晴、张沐阳、孙一诺、吴嘉懿")  # what more of them do is proposed
    assert desk.room._panel._keep.text() == "记录 4 人"
    desk.press(Key.Key_1)
    assert desk.says("起床 1 人：杨雨桐")
    assert desk.room._panel._title.text() == "起床 · 杨雨桐"
    desk.press(Key.Key_Return)
    visits, draft = desk.last
    assert visits == (data.YUTONG.visit,)
    assert (draft.kind, draft.until) == (EntryKind.SLEEP, None)


def test_enter_before_it_is_known_who_sleeps_waits_and_asks_where_some_do(desk):
    desk.grid.choose((data.YUQING.visit, data.YUTONG.visit))
    desk.grid.setFocus()
    for key in (Key.Key_4, Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    settle(desk.qtbot, desk.context)
    assert desk.services.logged == []
    assert desk.says("请选起床还是入睡")
    desk.press(Key.Key_2, Key.Key_Return)
    assert desk.last[0] == (data.YUQING.visit,)
    desk.grid.choose((data.YUQING.visit,))
    for key in (Key.Key_4, Key.Key_Return):  # she is awake: nothing to ask
        QTest.keyClick(QApplication.focusWidget(), key)
    settle(desk.qtbot, desk.context)
    settle(desk.qtbot, desk.context)
    assert len(desk.services.logged) == 2


def test_a_nap_written_down_afterwards_has_its_end(desk):
    desk.press(Key.Key_4)
    desk.room.findChild(QLineEdit, "classroom.form.time").setText("1020")
    until = desk.room.findChild(QLineEdit, "classroom.form.until")
    until.setFocus()
    desk.type("1000")
    desk.press(Key.Key_Return)
    assert desk.says("晚于")
    until.clear()
    desk.type("11:05")
    desk.press(Key.Key_Return)
    draft = desk.last[1]
    assert (draft.at.hour, draft.at.minute, draft.until.hour, draft.until.minute) == (10, 20, 11, 5)


def test_a_stool_has_a_form_and_water_has_none(desk):
    desk.press(Key.Key_5, Key.Key_2)
    desk.click("classroom.form.stool.soft")
    desk.click("classroom.form.how.自己完成")
    desk.click("classroom.keep")
    draft = desk.last[1]
    assert (draft.detail, draft.quality, draft.note) == ("stool", "soft", "自己完成")
    desk.press(Key.Key_5, Key.Key_Return)
    assert (desk.last[1].detail, desk.last[1].quality) == ("wet", None)


def test_mood_with_a_word(desk):
    desk.press(Key.Key_6, Key.Key_4)
    desk.room.findChild(QLineEdit, "classroom.form.mood_note").setFocus()
    desk.type("十分钟后就平静下来")
    desk.press(Key.Key_Return)
    assert (desk.last[1].detail, desk.last[1].note) == ("homesick", "十分钟后就平静下来")


def test_an_activity_comes_from_the_plan(desk):
    desk.press(Key.Key_7)
    desk.press(Key.Key_Right)
    assert desk.room._panel.form._part.value() == "joined"  # the arrow alone has chosen
    desk.press(Key.Key_Return)
    assert (desk.last[1].text, desk.last[1].detail) == ("手工课：贴雪花", "joined")
    desk.press(Key.Key_7)
    desk.click("classroom.form.plan.户外活动：拍球")
    desk.click("classroom.keep")
    assert desk.last[1].text == "户外活动：拍球"


def test_a_temperature_is_typed_and_nonsense_is_refused_in_words(desk):
    desk.press(Key.Key_8)
    desk.press(Key.Key_Return)
    assert desk.says("请写体温")
    desk.type("95")
    desk.press(Key.Key_Return)
    assert not desk.services.logged
    QApplication.focusWidget().clear()
    desk.type("36.6")
    desk.press(Key.Key_Return)
    assert (desk.last[1].tenths, desk.last[1].detail) == (366, "forehead")


def test_of_several_each_child_is_asked_for_her_own_temperature(desk):
    desk.press(Key.Key_Space, Key.Key_Right, Key.Key_Space, Key.Key_Right, Key.Key_Space, Key.Key_8)
    desk.press(Key.Key_Return)
    assert desk.says("请给每个量过的孩子各写一个体温")
    assert not desk.services.logged
    desk.type("36.5")
    desk.press(Key.Key_Return, Key.Key_Tab)  # not measured: left empty
    desk.type("95")
    desk.press(Key.Key_Return)
    assert desk.says(f"{data.YINUO.name}：")
    QApplication.focusWidget().clear()
    desk.type("37.1")
    desk.press(Key.Key_Return)
    visits, draft = desk.last
    assert (visits, draft.tenths) == ((data.YUQING.visit, data.YINUO.visit), 365)
    ((other),) = desk.services.but[-1]
    assert (other.visit, other.draft.tenths, other.draft.detail) == (data.YINUO.visit, 371, "forehead")


def test_a_noon_check_wants_its_finding_said_and_keeps_what_was_seen(desk):
    desk.press(Key.Key_8)
    desk.type("36.6")
    desk.click("classroom.form.as.noon")
    desk.click("classroom.keep")
    assert desk.says("请选午检结果")  # nothing is filled in beforehand
    desk.click("classroom.form.outcome.abnormal")
    desk.click("classroom.keep")
    assert desk.says("写明看到了什么")
    desk.room.findChild(QLineEdit, "classroom.form.finding").setText("左手背有抓痕，已涂药")
    desk.click("classroom.keep")
    ((visits, check),) = desk.services.checked
    assert visits == (data.YUQING.visit,)
    assert (check.kind, check.tenths, check.outcome) == ("noon", 366, "abnormal")
    assert desk.services.logged == []
    assert desk.room._panel.isHidden()


def test_a_note_takes_a_phrase_and_says_whom_it_is_for(desk):
    desk.press(Key.Key_9)
    desk.click("classroom.form.note_kind.notice")
    desk.click("classroom.form.phrase.1")
    desk.press(Key.Key_Return)
    assert (desk.last[1].detail, desk.last[1].text) == ("notice", "今晚请早点休息。")


@pytest.mark.parametrize("kind", ["remark", "notice"])
def test_every_phrase_for_whom_it_is_written_can_be_reached_and_no_other(desk, kind):
    desk.press(Key.Key_9)
    desk.click(f"classroom.form.note_kind.{kind}")
    shown = [
        button.text()
        for button in desk.room.findChildren(QPushButton)
        if button.objectName().startswith("classroom.form.phrase.") and button.isVisible()
    ]
    assert shown == [words for one, words in data.PHRASES if one == kind]
    desk.room.findChild(QPushButton, "classroom.form.phrase.12").setFocus()
    desk.press(Key.Key_Space, Key.Key_Return)
    assert (desk.last[1].detail, desk.last[1].text) == (kind, shown[-1])


def test_who_may_change_the_phrases_sees_no_window_flash_up(desk, qtbot):
    """A button that is shown before it has a place is a window of its own for a moment."""
    desk.context._actor = dataclasses.replace(data.TEACHER, role=Role.DIRECTOR)
    watch = PaintWatch(desk.room)
    with watch:
        desk.press(Key.Key_9)
    assert watch.strays == []
    assert desk.room.findChild(QPushButton, "classroom.form.phrases").isVisible()


def test_a_rule_that_says_no_keeps_the_panel_and_what_was_typed(desk):
    desk.services.refuse = "11:00 孩子还没有入园，请核对时间。"
    desk.press(Key.Key_3, Key.Key_2, Key.Key_Return)
    assert desk.says("孩子还没有入园")
    assert desk.room._panel.isVisible()
    desk.services.refuse = ""
    desk.press(Key.Key_Return)
    assert desk.last[1].amount_ml == 80


def test_enter_twice_logs_once(desk):
    desk.press(Key.Key_3)
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
    settle(desk.qtbot, desk.context)
    assert len(desk.services.logged) == 1


def test_after_keeping_the_notice_can_be_undone(desk):
    said = []
    desk.context.messages.said.connect(said.append)
    desk.press(Key.Key_3, Key.Key_Return)
    assert said[0].undo.verb == "classroom.log"
    assert desk.context.messages.next_undo() == said[0].undo


def test_delete_takes_one_entry_back_but_never_the_arrival(desk):
    lines = desk.room._timeline.lines()
    lines.setFocus()
    lines.setCurrentIndex(lines.model().index(0))
    desk.press(Key.Key_Delete)
    assert desk.services.undone == []
    lines.setCurrentIndex(lines.model().index(2))
    desk.press(Key.Key_Delete)
    assert desk.services.undone == [12]


def test_a_class_with_nobody_says_so(desk):
    desk.press(Key.Key_1, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(desk.qtbot, desk.context)
    assert desk.says("这个班现在没有孩子在园")
    assert not desk.room.findChild(QPushButton, "classroom.log.meal").isEnabled()
    desk.room._open_panel(EntryKind.MEAL)
    assert desk.room._panel.isHidden()


def test_a_role_that_may_not_log_is_told_so(desk):
    desk.context.sign_in(data.CASHIER)
    settle(desk.qtbot, desk.context)
    assert not desk.room.findChild(QPushButton, "classroom.log.meal").isEnabled()
    desk.press(Key.Key_1)
    assert desk.room._panel.isHidden()


def test_others_acts_keep_choice_and_focus(desk):
    desk.press(Key.Key_Right, Key.Key_Space)
    desk.services.cards[data.DRAGON] = (data.YINUO, *(c for c in data.CARDS if c is not data.YINUO))
    desk.context.bus.tell(Changes(frozenset({Topic.VISITS})))
    settle(desk.qtbot, desk.context)
    assert desk.grid.chosen() == (data.MUYANG.visit,)
    assert desk.grid.current_visit() == data.MUYANG.visit


def test_a_target_goes_to_the_childs_class_and_card(desk):
    desk.room._class_id = data.STAR
    desk.room.entered(Target(visit=data.JIAYI.visit))
    settle(desk.qtbot, desk.context)
    assert desk.room._class_id == data.DRAGON
    assert desk.grid.current_visit() == data.JIAYI.visit


def test_everything_touched_is_large_enough_for_a_thumb(desk):
    desk.press(Key.Key_5, Key.Key_2)
    for button in desk.room.findChildren(QPushButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= 44, button.objectName()
            assert button.objectName()
            assert button.accessibleName()


def test_the_panel_stays_inside_the_room_at_every_size(desk):
    for width, height in ((1278, 676), (1000, 560), (1800, 900)):
        desk.room.resize(width, height)
        desk.press(Key.Key_7)
        assert desk.room.rect().contains(desk.room._panel.geometry())
        dock_top = desk.room._dock.mapTo(desk.room, QPoint(0, 0)).y()
        assert (
            desk.room._panel._card.mapTo(desk.room, QPoint(0, desk.room._panel._card.height())).y()
            <= dock_top
        )
        desk.press(Key.Key_Escape)
        assert desk.room._panel.isHidden()


@pytest.mark.parametrize("kind", range(1, 10))
def test_large_text_on_a_small_screen_scrolls_the_form_between_its_head_and_its_act(desk, kind):
    theme = desk.context.theme
    try:
        theme.apply(QApplication.instance(), "light", 200)
        desk.room.resize(1200, 560)
        desk.press(Key.Key_0 + kind)
        panel = desk.room._panel
        assert desk.room.rect().contains(panel.geometry())
        assert walk.shown_part(panel._keep) == panel._keep.rect()
        for widget in walk.acting(panel._body):
            walk.bring(widget)
            assert walk.shown_part(widget) == widget.rect(), widget.objectName()
    finally:
        theme.apply(QApplication.instance(), "light", 100)


def test_notices_leave_dock_and_panel_free_and_the_hints_are_the_panels(desk):
    told = []
    desk.room.hints_changed.connect(lambda: told.append(desk.room.hints()))
    closed = desk.room.foot()
    assert closed >= desk.room._dock.height()
    desk.press(Key.Key_3)
    assert desk.room.apart is desk.room._panel
    assert desk.room.apart.isVisible()
    assert desk.room.foot() == closed
    desk.press(Key.Key_Escape)
    assert not desk.room.apart.isVisible()
    assert "Esc 取消" in told[0]
    assert "Esc 取消" not in told[-1]


def test_the_class_to_open():
    assert first_class(data.TABS, data.STAR) == data.STAR
    assert first_class(data.TABS, None) == data.DRAGON
    assert first_class((), None) is None
