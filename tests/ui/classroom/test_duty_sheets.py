"""Clocking, counting, walking, moving and heeding in the real window, by keys."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.domain.places import SICKROOM
from app.practice import DESK_MOMENT, StoryClock
from app.services.illness import CaseCard
from app.store import headcounts
from app.ui.classroom.clock_sheet import ClockSheet
from app.ui.classroom.count_sheet import HeadCountSheet
from app.ui.classroom.duty_band import DutyBand
from app.ui.classroom.duty_correction import CorrectionSheet, MissedSheet, PostSheet
from app.ui.classroom.hours_sheet import HoursSheet
from app.ui.classroom.move_sheet import DayMoveSheet
from app.ui.classroom.walk_sheet import GroupWalkSheet
from app.ui.widgets.own_pin import OwnPinSheet
from app.ui.widgets.wish_sheet import WishSheet
from db.practice_release import PINS
from tests.conftest import copied
from tests.ui.stage import DESK, DIRECTOR, TEACHER, Stage


@pytest.fixture(scope="module")
def stage(qapp, templates, tmp_path_factory):
    """One program for all; what a test does it takes back."""
    opened = Stage(copied(templates(DESK_MOMENT), tmp_path_factory.mktemp("duty")), StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


@pytest.fixture
def hands(stage):
    stage.home()
    stage.sign_in(TEACHER)
    press(stage, "Alt+2", "Ctrl+3")
    return stage


@pytest.fixture
def clock_back(stage):
    """The clock of the room, set back afterwards."""
    clock = stage.application.context.clock
    before = clock.moment
    yield clock
    clock.moment = before


def press(stage, *keys):
    for key in keys:
        stage.hands.key(key)
        stage.settle()


def up(stage, kind):
    found = [one for one in stage.window.findChildren(kind) if one.isVisible()]
    return found[-1] if found else None


def band(stage):
    return stage.window.findChild(DutyBand).line


def says(stage, words):
    labels = stage.window.findChildren(QLabel)
    return any(words in one.text() for one in labels if one.isVisible())


def services(stage):
    return stage.application.context._services


def test_the_band_says_who_is_here_by_what_and_the_last_count(hands):
    words = [chip.words for chip in band(hands).chips]
    assert words[0] == "按打卡 许静 07:28、孟佳 07:32、罗小曼 07:58"
    assert words[-1] == "13:33 清点 18 人 许静"
    assert band(hands).accessibleName() == "，".join(words)


def test_two_keys_clock_a_teacher_out_and_two_bring_her_back(hands):
    """F3 and Del; F3 and Enter: who is signed in is lit."""
    press(hands, "F3")
    sheet = up(hands, ClockSheet)
    assert sheet.people.key() == ("staff", hands.application.context.actor.id)
    press(hands, "Delete")
    assert sheet._person().state_words == "13:52 下班"
    press(hands, "Return")
    assert sheet._person().state_words == "13:52 起在抱抱龙"
    press(hands, "F6")
    assert sheet._person().state_words == "13:52 起休息"
    assert sheet.keep.text() == "回到抱抱龙"
    press(hands, "Return", "Escape")
    assert up(hands, ClockSheet) is None
    assert band(hands).chips[0].words.startswith("按打卡 孟佳 07:32、罗小曼 07:58、许静 13:52")


def test_nobody_beside_children_is_told_above_the_roster(hands):
    press(hands, "F3", "Home", "Delete", "Down", "Delete", "Down", "Delete", "Escape")
    chip = band(hands).chips[0]
    assert (chip.words, chip.tone) == ("抱抱龙班无人照看！请马上派老师过去", "bad")
    press(hands, "F3", "Home", "Return", "Down", "Return", "Down", "Return", "Escape")
    assert "无人照看" not in band(hands).chips[0].words


def test_another_hand_clocks_the_same_carer_while_the_sheet_is_open(hands):
    """The sheet is refused in words, and shows where she is."""
    press(hands, "F3")
    sheet = up(hands, ClockSheet)
    actor = hands.application.context.actor
    made = services(hands)
    hands.application.context.ask(lambda s: s.classes.duty.clock_out(actor, actor.id), lambda _done: None)
    hands.settle()
    hands.application.context.ask(
        lambda s: s.classes.duty.clock_in(actor, actor.id, s.classroom.tabs(actor)[2].id), lambda _done: None
    )
    hands.settle()
    sheet.keep.setEnabled(True)  # as it was before the other hand
    press(hands, "Ctrl+Return")
    assert "已经在抱抱龙打过卡了" in sheet.message.text()
    assert made is services(hands)


def test_a_correction_is_over_the_sheet_and_comes_back_to_it(hands):
    hands.home()
    hands.sign_in(DIRECTOR)
    press(hands, "Alt+2", "Ctrl+2", "F3", "Home", "F4")
    sheet = up(hands, CorrectionSheet)
    sheet.fields["from"].set_text("06:50")
    press(hands, "Ctrl+Return")
    assert "原因" in sheet.message.text()
    sheet.fields["from"].set_text("快两点")
    press(hands, "Ctrl+Return")
    assert "看不懂" in sheet.message.text()
    sheet.fields["from"].set_text("07:00")
    sheet.fields["reason"].set_text("走得慢")
    press(hands, "Ctrl+Return")
    assert up(hands, CorrectionSheet) is None
    assert up(hands, ClockSheet).isEnabled()


def test_a_missed_stretch_hours_and_posts(hands):
    hands.home()
    hands.sign_in(DIRECTOR)
    press(hands, "Alt+2", "F3", "End", "F2")
    missed = up(hands, MissedSheet)
    missed.fields["from"].set_text("08:00")
    press(hands, "Ctrl+Return")
    assert "几点下班" in missed.message.text()
    missed.fields["to"].set_text("09:00")
    missed.fields["reason"].set_text("帮忙开门")
    press(hands, "Ctrl+Return", "F8")
    hours = up(hands, HoursSheet)
    assert any("周敏" in one.title for one in hours._list.records)
    assert "2025年12月" in hours.title.text()
    press(hands, "PgUp")
    assert "2025年11月" in hours.title.text()
    press(hands, "Escape", "F7")
    post = up(hands, PostSheet)
    post.post.set_value("guard")
    post.fields["reason"].set_text("试试")
    press(hands, "Ctrl+Return")
    assert any(
        one.title == "周敏" and "保安" in one.chips[0].words for one in up(hands, ClockSheet).people.records
    )


def test_heads_are_ticked_by_space_and_a_difference_must_be_explained(hands):
    press(hands, "F7")
    sheet = up(hands, HeadCountSheet)
    assert sheet.told.text() == "已看到 0 / 应在班 18 人"
    for _ in range(17):
        hands.hands.key("Space")
    press(hands, "Return")
    assert "少 1 人：朱予晴" in sheet.message.text()
    assert QApplication.focusWidget() is sheet.fields["reason"].edit
    sheet.fields["reason"].set_text("在保健室")
    press(hands, "Ctrl+Return")
    assert up(hands, HeadCountSheet) is None
    last = band(hands).chips[-1]
    assert (last.words, last.tone) == ("13:52 清点 17 人（应到 18） 许静", "warn")
    press(hands, "Ctrl+Z")
    assert band(hands).chips[-1].words == "13:33 清点 18 人 许静"


def test_children_of_other_classes_can_be_ticked_as_extra(hands):
    press(hands, "F7", "F6")
    sheet = up(hands, HeadCountSheet)
    assert len(sheet.names.items) == 75
    press(hands, "Ctrl+A")
    assert sheet.keep.text() == "清点完毕 75 人"
    press(hands, "Ctrl+Return")
    assert "多 57 人" in sheet.message.text()
    press(hands, "Escape")


def test_a_group_goes_and_comes_back_and_its_minutes_are_logged(hands, clock_back):
    press(hands, "F10")
    sheet = up(hands, GroupWalkSheet)
    assert sheet.told.text() == "出发 11 人，留在班里 7 人（在睡 7 人）"
    assert sum(one.note == "在睡" and not one.on for one in sheet.names.items) == 7
    assert len(sheet.carers.values()) == 1, "somebody stays with those who sleep"
    press(hands, "Ctrl+Return")
    assert "要 2 名保育人员，现在 1 名" in sheet.message.text()
    sheet.names.setFocus()
    press(hands, "Ctrl+A", "Ctrl+Return")
    assert "还在睡。请先记起床" in sheet.message.text()
    press(hands, "Escape", "F10")
    sheet = up(hands, GroupWalkSheet)
    sheet.carers.set_values([str(one.staff) for one in sheet._content.carers][:2])
    press(hands, "Ctrl+Return")
    assert "在园 18 人，户外 11" in [chip.words for chip in band(hands).chips]
    assert hands.window.findChild(QWidget, "classroom.walk").text() == "在外 11"
    clock_back.advance(minutes=25)
    press(hands, "F10")
    back = up(hands, GroupWalkSheet)
    assert back.told.text() == "已看到 0 / 11 人 · 在外 25 分钟"
    press(hands, "Ctrl+Return")
    assert "少 11 人" in back.message.text()
    back.names.setFocus()
    press(hands, "Ctrl+A", "F6")
    assert up(hands, GroupWalkSheet) is None
    press(hands, "F10")
    back = up(hands, GroupWalkSheet)
    assert "到达已清点" in back.state.chip.words
    assert back.minutes.value() == "yes"
    press(hands, "Ctrl+A", "Return")
    assert all("户外" not in chip.words for chip in band(hands).chips)
    actor = hands.application.context.actor
    found = []
    hands.application.context.ask(lambda s: s.classes.counts.past(actor), found.extend)
    hands.settle()
    assert [one.stage.label for one in found[:3]] == ["返回", "到达", "出发"]
    assert isinstance(found[0], headcounts.Count)
    assert logged_outdoors(hands) == 11
    press(hands, "Ctrl+Z")
    assert logged_outdoors(hands) == 0
    press(hands, "F10")
    up(hands, GroupWalkSheet).names.setFocus()
    press(hands, "Ctrl+A")
    up(hands, GroupWalkSheet).minutes.set_value("no")
    press(hands, "Ctrl+Return")
    assert logged_outdoors(hands) == 0


def test_of_a_group_in_the_sickroom_no_time_outdoors_is_asked(hands, clock_back):
    press(hands, "F10")
    sheet = up(hands, GroupWalkSheet)
    sheet.place.set_value(SICKROOM)
    sheet.carers.set_values([str(one.staff) for one in sheet._content.carers][:2])
    press(hands, "Ctrl+Return")
    assert "在园 18 人，医务室 11" in [chip.words for chip in band(hands).chips]
    clock_back.advance(minutes=25)
    press(hands, "F10")
    back = up(hands, GroupWalkSheet)
    assert back.title.text() == "医务室 · 清点返回"
    assert not back.minutes.isVisible()
    back.names.setFocus()
    press(hands, "Ctrl+A", "Ctrl+Return")
    assert up(hands, GroupWalkSheet) is None
    assert logged_outdoors(hands) == 0


def logged_outdoors(stage):
    """How many children have the 25 minutes in their log."""
    row = services(stage).classroom._database.row(
        "select count(*) as n from log_entry where kind = 'outdoor' and ended_at is null"
        " and day = '2025-12-03' and at like '%T13:52%' and until like '%T14:17%'"
    )
    return row["n"]


def test_children_change_the_class_for_the_day(hands):
    press(hands, "F4")
    sheet = up(hands, DayMoveSheet)
    press(hands, "Ctrl+Return")
    assert "先选到哪个班" in sheet.message.text()
    press(hands, "1", "1", "Ctrl+Return")
    assert up(hands, DayMoveSheet) is None
    press(hands, "Ctrl+1")
    assert hands.window.findChild(QWidget, "classroom.grid").model().rowCount() == 9
    press(hands, "Ctrl+Z")
    assert hands.window.findChild(QWidget, "classroom.grid").model().rowCount() == 8


def test_the_director_types_her_own_pin_where_a_class_is_observed(hands):
    context = hands.application.context
    hands.sign_in(DIRECTOR)
    press(hands, "Alt+2", "Ctrl+3")
    actor, child = context.actor, hands.window.findChild(DutyBand)._meant()[0].child
    noted = []
    context.ask(lambda s: s.health.illness.note(actor, CaseCard(child, "hfmd", "今天")).undo, noted.append)
    hands.settle()
    press(hands, "F4", "1", "1", "Ctrl+Return")
    sheet = up(hands, OwnPinSheet)
    assert "园长自己输" in "".join(one.text() for one in sheet.findChildren(QLabel))
    press(hands, "Escape")
    assert "园长自己输" in up(hands, DayMoveSheet).message.text()
    press(hands, "Ctrl+Return", *dict(PINS)[DIRECTOR], "Ctrl+Return")
    assert (up(hands, OwnPinSheet), up(hands, DayMoveSheet)) == (None, None)
    press(hands, "Ctrl+1")
    assert hands.window.findChild(QWidget, "classroom.grid").model().rowCount() == 9
    press(hands, "Ctrl+Z")
    context.ask(lambda s: s.undo(actor, noted[0]), noted.append)
    hands.settle()


def test_enter_walks_from_the_class_to_the_reason_and_skips_nothing(hands):
    press(hands, "F4")
    sheet = up(hands, DayMoveSheet)
    press(hands, "Return")
    assert sheet.goal.value()
    goal = sheet.goal.button(sheet.goal.value()).text().rpartition(" ")[0]
    assert sheet.keep.text() == f"去{goal}"
    assert sheet.why.isAncestorOf(hands.application.app.focusWidget())
    press(hands, "Return")
    assert sheet.why.value() == "傍晚并班"
    press(hands, "Ctrl+Return")
    assert up(hands, DayMoveSheet) is None
    press(hands, "Ctrl+Z")


def test_one_word_is_one_act(hands):
    """换班 is of shifts to any teacher, and 户外 is what the log calls the minutes in the open."""
    acts = hands.window.findChild(DutyBand).buttons
    assert [acts[one].text() for one in ("move", "walk")] == ["去别班", "带出去"]
    assert "看别的班" in hands.window.findChild(QWidget, "status.hints").text()


def test_wishes_are_read_acknowledged_taken_down_and_ended(hands):
    hands.row("classroom.grid", "夏小舟")
    press(hands, "F5")
    sheet = up(hands, WishSheet)
    assert sheet.read.text() == "我都看到了（2 条没看）"
    press(hands, "F6")
    assert sheet.read.text() == "都看过了"
    sheet.until.button("date").click()
    sheet.fields["words"].set_text("多喝水")
    sheet.fields["told_by"].set_text("妈妈")
    press(hands, "Ctrl+Return")
    assert "到哪一天" in sheet.message.text()
    sheet.fields["date"].set_text("01-05")
    press(hands, "Ctrl+Return")
    assert "夏小舟 · 多喝水" in [one.title for one in sheet.list.records]
    wish = next(one for one in sheet.list.records if "多喝水" in one.title)
    assert wish.words.startswith("到 1月5日 · 妈妈当面说，12月3日 13:52 许静记")
    sheet.list.light(wish.key)
    sheet.list.view.setFocus()
    press(hands, "Delete")
    assert "夏小舟 · 多喝水" not in [one.title for one in sheet.list.records]
    press(hands, "Escape")


@pytest.mark.parametrize("choose", ["keys", "click"])
def test_a_wish_typed_under_another_childs_line_is_that_childs(hands, choose):
    hands.row("classroom.grid", "朱予晴")
    press(hands, "F5")
    sheet = up(hands, WishSheet)
    assert sheet.keep.text() == "记给 朱予晴"
    if choose == "keys":
        press(hands, "Home")
    else:
        hands.hands.click_row("wish.list", "张沐阳")
        hands.settle()
    hands.hands.fill("wish.words", "今天不要给他花生")
    hands.hands.fill("wish.told_by", "妈妈")
    press(hands, "Ctrl+Return")
    whose = [one.title for one in sheet.list.records if "今天不要给他花生" in one.title]
    assert [title.partition(" · ")[0] for title in whose] == ["张沐阳"]
    sheet.list.view.setFocus()
    press(hands, "Delete", "Escape")


def test_what_a_family_asked_for_stands_beside_the_meal_it_is_about(hands):
    hands.row("classroom.grid", "张沐阳")
    press(hands, "1")
    panel = hands.window.findChild(QWidget, "classroom.grid").parent()
    assert panel is not None
    chips = [
        one.chip.words
        for one in hands.window.findChildren(QWidget)
        if hasattr(one, "chip") and one.isVisible()
    ]
    assert not any("有点咳" in words for words in chips), "it is about the morning snack"
    press(hands, "Escape", "Escape")


def test_the_desk_shows_what_holds_and_takes_down_more(hands):
    hands.home()
    hands.sign_in(DESK)
    press(hands, "Alt+1")
    hands.row("desk.due", "朱予晴")
    line = hands.window.findChild(QWidget, "desk.wish")
    assert not line.isVisible(), "how she sleeps is for the class; at the door the adults need the room"
    press(hands, "F5")
    sheet = up(hands, WishSheet)
    sheet.category.button("pickup").click()
    sheet.fields["words"].set_text("鞋子小了")
    sheet.fields["told_by"].set_text("奶奶")
    press(hands, "Ctrl+Return", "Escape")
    assert line.isVisible()
    assert line.text().endswith("鞋子小了")
    hands.row("desk.present", "孙一诺")
    assert line.text().endswith("今天外公来接，戴灰帽子")


def test_ctrl_k_leads_to_the_sheets(hands):
    press(hands, "Alt+1", "Ctrl+K")
    hands.hands.find("desk.search")
    QApplication.focusWidget().insert("打卡")
    hands.settle()
    press(hands, "Return")
    assert up(hands, ClockSheet) is not None
    press(hands, "Escape")


def test_the_record_of_a_child_leads_to_what_holds_for_her(hands):
    hands.home()
    hands.sign_in(DIRECTOR)
    press(hands, "Alt+7", "Down", "F5")
    assert up(hands, WishSheet) is not None
    press(hands, "Escape")


def test_a_half_ticked_count_is_there_again_after_leaving_the_room(hands):
    """Esc, another room, and back: whoever was seen a moment ago need not be looked for anew."""
    press(hands, "F7")
    press(hands, "Space", "Space", "Space")
    seen = up(hands, HeadCountSheet).names.ticked_keys()
    assert len(seen) == 3
    press(hands, "Escape", "Alt+1", "Alt+2", "F7")
    sheet = up(hands, HeadCountSheet)
    assert sheet.names.ticked_keys() == seen
    assert sheet.told.text() == "已看到 3 / 应在班 18 人"
    assert sheet.past.text().startswith("接着 13:52")
    press(hands, "Ctrl+A", "Ctrl+Return")
    assert up(hands, HeadCountSheet) is None
    press(hands, "F7")
    assert up(hands, HeadCountSheet).names.ticked_keys() == ()  # a finished round leaves nothing behind
    press(hands, "Escape", "Ctrl+Z")


def test_who_has_a_fever_is_marked_and_not_ticked(hands):
    press(hands, "F10")
    sheet = up(hands, GroupWalkSheet)
    content, chosen = sheet._content, sheet._chosen
    ill = next(one for one in content.heads if one.asleep_since is None)
    press(hands, "Escape")
    host = hands.application.context.host
    marked = replace(content, apart=frozenset({ill.visit}))
    sheet = GroupWalkSheet(hands.application.context, host, marked, chosen)
    tick = next(one for one in sheet.names.items if one.key == ill.visit)
    assert (tick.note, tick.on) == ("发热", False)
    assert sheet.told.text() == "出发 10 人，留在班里 8 人（在睡 7 人、发热 1 人）"
    sheet.deleteLater()


def test_the_sheet_of_a_move_says_whom_it_refuses(hands):
    press(hands, "F4")
    sheet = up(hands, DayMoveSheet)
    (card, *_) = sheet._meant
    press(hands, "Escape")
    context = hands.application.context
    sheet = DayMoveSheet(context, context.host, (replace(card, apart=True),), ())
    assert f"{card.name}发热处理中，不能去别的班" in sheet.findChild(QLabel, "move.told").text()
    sheet.deleteLater()
