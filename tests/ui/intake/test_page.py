"""The intake card by keyboard: the grandmother's story, drafts, jumps to what is missing."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.errors import RuleError
from app.domain.ids import ChildId, DraftId
from app.domain.looks import Tone
from app.services.intake import IntakeCard, Problem
from app.services.intake_card import Filed
from app.ui.intake.form import IntakeForm
from app.ui.intake.page import IntakeRoom
from app.ui.intake.plan import STOP_OF, WALK, WHYS
from app.ui.rooms import Target
from app.ui.theme import Theme
from tests.ui.intake import fakes
from tests.ui.support import make_context, settle

Key = Qt.Key


class Clerk:
    """Types at whatever has the focus, and counts the keys that are neither name nor number."""

    def __init__(self, qtbot, room):
        self.qtbot, self.room, self.keys = qtbot, room, 0

    @property
    def held(self):
        return QApplication.focusWidget()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(self.held, key, modifier)
            self.keys += 1

    def name(self, words):
        """Words that come from an input method; not counted, as names are not."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.held, event)

    def number(self, digits):
        self.qtbot.keyClicks(self.held, digits)

    def settle(self):
        self.qtbot.wait(160)
        settle(self.qtbot, self.room.context)


class Printer:
    """Takes papers instead of a printer."""

    def __init__(self):
        self.papers = []

    def send(self, paper, count=None):
        self.papers.append(paper)
        if count is not None:
            count()


@pytest.fixture
def services():
    return fakes.services()


@pytest.fixture
def room(qtbot, services):
    context = make_context(qtbot, services)
    context.printing = Printer()
    context.went = []
    context.go_wanted.connect(lambda key, target: context.went.append((key, target)))
    context.words = []
    context.messages.said.connect(lambda notice: context.words.append(notice.words))
    room = IntakeRoom(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    with qtbot.waitActive(room):
        room.show()
        room.activateWindow()
    room.freshen()
    room.entered(None)
    settle(qtbot, context)
    return room


@pytest.fixture
def clerk(qtbot, room):
    return Clerk(qtbot, room)


def test_the_grandmothers_story_takes_at_most_sixty_keys(room, clerk, services, qtbot):
    enter = Key.Key_Return
    clerk.name("朱予晴")
    clerk.press(enter, Key.Key_1, enter)
    clerk.number("20230819")
    clerk.press(enter, Key.Key_2)
    clerk.name("鸡蛋")
    clerk.press(enter, Key.Key_1, enter)
    clerk.name("王秀兰")
    clerk.press(enter, Key.Key_1, enter)
    clerk.number("13800006021")
    clerk.press(enter, Key.Key_1, enter)
    clerk.name("赵敏")
    clerk.press(enter, Key.Key_5, enter)
    clerk.number("13900001177")
    clerk.press(enter, enter, enter)
    clerk.number("14")
    qtbot.waitUntil(lambda: room.form.answers["class"].value() != "")
    clerk.press(enter, Key.Key_1, enter, enter)
    clerk.number("365")
    clerk.press(enter, Key.Key_1)
    clerk.press(enter, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(services.intake.registered))
    settle(qtbot, room.context)
    card = services.intake.registered[0][0]
    assert card == dataclasses.replace(fakes.FULL, body="ok", temperature="36.5", check_outcome="normal")
    assert clerk.keys <= 60, clerk.keys


def test_after_registering_papers_are_queued_and_the_desk_shows_the_child(room, clerk, services, qtbot):
    room._take_up(DraftId(4), fakes.FULL)
    clerk.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(services.papers.counted) == 2)
    settle(qtbot, room.context)
    assert services.intake.registered[0][1] == DraftId(4)
    assert room.context.printing.papers == ["agreement 9", "slip 9"]
    assert services.papers.counted == [("agreement", 9), ("slip", 9)]
    assert room.context.went == [("desk", Target(child=ChildId(130)))]
    assert "朱予晴 入园" in room.context.words
    assert room.form.is_blank()


def test_walking_by_enter_answers_no_question_of_health(room, clerk):
    clerk.press(*[Key.Key_Return] * 30)
    assert room.form.card() == fakes.BLANK


def test_enter_walks_and_shift_enter_walks_back(room, clerk):
    clerk.press(Key.Key_Return, Key.Key_Return)
    assert clerk.held.objectName() == "intake.born"
    clerk.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert clerk.held.objectName().startswith("intake.sex")


def test_an_unready_card_jumps_to_the_first_field_with_its_sentence(room, clerk, services, qtbot):
    room._take_up(None, dataclasses.replace(fakes.FULL, phone="", promised=""))
    clerk.settle()
    clerk.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clerk.held.objectName() == "intake.phone")
    assert services.intake.registered == []
    assert room.context.words[-1] == "还缺：送来人的手机。"
    assert "还缺" in room.form.cells["phone"].label.toolTip()
    assert room.side.register.isEnabled()


def test_once_tried_what_is_missing_is_said_at_its_field_until_it_is_filled(room, clerk, qtbot):
    room._take_up(None, dataclasses.replace(fakes.FULL, phone="", promised=""))
    clerk.settle()
    assert room.form.cells["phone"].label.toolTip() == ""
    clerk.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clerk.held.objectName() == "intake.phone")
    clerk.number("13800006021")
    clerk.settle()
    assert room.form.cells["phone"].label.toolTip() == ""
    assert "还缺" in room.form.cells["promised"].label.toolTip()


def type_in(form, field, words):
    line = form.lines[field]
    line.setText(words)
    line.textEdited.emit(words)


@pytest.mark.parametrize(
    ("reason", "changes", "keeps"),
    [
        ("age_reason", {"name": "朱予安"}, {"phone": "13800006022"}),
        ("same_reason", {"name": "朱雨晴"}, {"born_on": "20230819"}),  # the same day, typed otherwise
        ("same_reason", {"phone": "13800006022"}, {"phone": "13800006021"}),
        ("allergy_reason", {"allergens": "鸡蛋、花生"}, {"bringer": "李四"}),
        ("collect_reason", {"bringer": "李四"}, {"promised": "15"}),
        ("collect_reason", {"second": "李四"}, {"allergens": "花生"}),
        ("capacity_reason", {"promised": "15"}, {"promised": "14"}),
        ("health_reason", {"temperature": "37.6"}, {"promised": "15"}),
        ("identity_number", {"bringer": "李四"}, {"second": "李四"}),
    ],
)
def test_a_reason_is_about_what_stood_there_when_it_was_given(room, clerk, reason, changes, keeps):
    form = room.form
    room._take_up(None, dataclasses.replace(fakes.FULL, temperature="36.5"))
    clerk.settle()
    type_in(form, reason, "问过了")
    for field, words in keeps.items():
        type_in(form, field, words)
    assert getattr(form.card(), reason) == "问过了"
    before = {field: form.lines[field].text() for field in changes}
    for field, words in changes.items():
        type_in(form, field, words)
    assert getattr(form.card(), reason) == ""
    for field, words in before.items():
        type_in(form, field, words)
    assert getattr(form.card(), reason) == "问过了"


def test_a_reason_for_one_class_is_none_for_another(room, clerk):
    room._take_up(None, fakes.FULL)
    clerk.settle()
    type_in(room.form, "capacity_reason", "园长同意")
    room.form.answers["class"].button("5").click()
    assert room.form.card().capacity_reason == ""


def test_a_draft_that_is_taken_back_has_its_reasons(room, clerk):
    room._take_up(None, dataclasses.replace(fakes.FULL, capacity_reason="园长同意", same_reason="没来过"))
    clerk.settle()
    card = room.form.card()
    assert (card.capacity_reason, card.same_reason) == ("园长同意", "没来过")


def test_whose_identity_card_was_seen_is_who_stands_there(room, clerk):
    room._take_up(None, fakes.FULL)
    assert room.form.card().identity_seen
    type_in(room.form, "bringer", "李四")
    assert not room.form.card().identity_seen
    assert room.context.words[-1] == "送来的人改了，身份证请重新核对。"


FILED = (Filed(ChildId(8), "老朋友", "老朋友（2023-08-19 生）"), Filed(ChildId(9), "老朋有", "老朋有（……）"))


def test_a_look_alike_on_file_is_taken_up_by_one_key_and_given_back_by_the_notice(
    room, clerk, services, qtbot
):
    services.intake.alike = FILED
    said = []
    room.context.messages.said.connect(said.append)
    clerk.name("老蓬友")
    clerk.settle()
    assert room.side.alike.isVisible()
    clerk.press(Key.Key_F6)
    qtbot.waitUntil(lambda: room.form.card().child == 8)
    clerk.settle()
    assert room.form.card().name == "老朋友"
    assert not room.side.alike.isVisible()
    assert clerk.held.objectName() == "intake.born"  # the first that is still missing
    qtbot.waitUntil(lambda: [one.child for one in services.intake.kept.values()] == [8])  # one draft
    assert said[-1].words == "已取出老朋友的档案，不会另建一份。"
    said[-1].act()
    clerk.settle()
    assert (room.form.card().child, room.form.card().name) == (None, "老蓬友")


def test_the_second_look_alike_has_a_key_of_its_own(room, clerk, services, qtbot):
    services.intake.alike = FILED
    clerk.name("老蓬友")
    clerk.settle()
    clerk.press(Key.Key_F7)
    qtbot.waitUntil(lambda: room.form.card().child == 9)


def test_a_card_typed_on_meanwhile_is_not_overwritten(room, clerk, services, qtbot):
    services.intake.alike = FILED
    clerk.name("老蓬友")
    clerk.settle()
    clerk.press(Key.Key_F6)
    clerk.name("们")
    clerk.settle()
    assert (room.form.card().child, room.form.card().name) == (None, "老蓬友们")


def test_the_way_back_is_gone_once_another_card_stands_there(room, clerk, services, qtbot):
    services.intake.alike = FILED
    said = []
    room.context.messages.said.connect(said.append)
    clerk.name("老蓬友")
    clerk.settle()
    clerk.press(Key.Key_F6)
    qtbot.waitUntil(lambda: room.form.card().child == 8)
    room._take_up(DraftId(4), fakes.FULL)
    said[-1].act()
    assert room.form.card().name == "朱予晴"


def test_a_refusal_names_its_field_and_keeps_every_word(room, clerk, services, qtbot):
    services.intake.refusal = RuleError("14:00 已经过了，请改。", field="promised")
    room._take_up(None, fakes.FULL)
    clerk.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clerk.held.objectName() == "intake.promised")
    assert room.context.words[-1] == "14:00 已经过了，请改。"
    assert room.form.card().name == "朱予晴"


def test_a_future_birth_date_is_said_at_its_field_and_in_the_list(room, clerk):
    clerk.press(Key.Key_Return, Key.Key_Return)
    clerk.number("20300101")
    clerk.settle()
    assert room.form.cells["born_on"].label.toolTip() == "出生日期在今天之后，请核对。"
    assert room.form.lines["born_on"].property("state") == "bad"


def test_a_field_still_empty_is_not_called_wrong(room, clerk):
    clerk.name("朱")
    clerk.settle()
    assert all(not cell.label.toolTip() for cell in room.form.cells.values())


def test_what_is_typed_is_kept_within_a_second_and_the_chip_says_when(room, clerk, services, qtbot):
    clerk.name("朱予晴")
    qtbot.waitUntil(lambda: bool(services.intake.kept), timeout=2000)
    settle(qtbot, room.context)
    assert services.intake.kept[1].name == "朱予晴"
    assert room._chip.chip.words == "草稿已保存 13:52:00"
    clerk.press(Key.Key_Return, Key.Key_1)
    qtbot.waitUntil(lambda: services.intake.kept[1].sex == "f", timeout=2000)
    assert list(services.intake.kept) == [1]


def test_leaving_keeps_at_once_and_coming_back_finds_the_card(room, clerk, services, qtbot):
    clerk.name("朱予晴")
    assert room.leaving()
    settle(qtbot, room.context)
    assert services.intake.kept[1].name == "朱予晴"
    room.entered(None)
    assert room.form.card().name == "朱予晴"


def test_parking_begins_a_fresh_card_and_f5_brings_the_old_one_back(room, clerk, services, qtbot):
    clerk.name("朱予晴")
    room._park.click()
    settle(qtbot, room.context)
    assert room.form.is_blank()
    assert room.context.words[-1] == "已挂起：朱予晴。按 F5 取回。"
    assert room._back.text() == "取回挂起 1"
    room._back.click()
    settle(qtbot, room.context)
    assert room.form.card().name == "朱予晴"
    assert services.intake.held == {}


def test_with_several_put_aside_a_list_asks_which(room, clerk, services, qtbot):
    services.intake.held = {DraftId(7): IntakeCard(name="甲"), DraftId(8): IntakeCard(name="乙")}
    room.refresh()
    settle(qtbot, room.context)
    room._back.click()
    settle(qtbot, room.context)
    clerk.press(Key.Key_2)
    settle(qtbot, room.context)
    assert room.form.card().name == "乙"


def test_after_a_crash_the_unfinished_card_is_taken_up_with_its_draft(room, services, qtbot):
    services.intake.left = (DraftId(5), IntakeCard(name="朱予晴", promised="14"))
    room.entered(Target(act="recover"))
    settle(qtbot, room.context)
    assert room.form.card().name == "朱予晴"
    assert room._draft == DraftId(5)


def test_a_child_who_came_before_is_filled_in(room, services, qtbot):
    room.entered(Target(child=ChildId(77)))
    settle(qtbot, room.context)
    assert room.form.card().child == ChildId(77)
    assert room.side.known.text() == "档案里有：朱予晴"


def test_classes_are_proposed_and_the_full_one_cannot_be_chosen(room, clerk, qtbot):
    room._take_up(None, fakes.FULL)
    clerk.settle()
    answer = room.form.answers["class"]
    assert answer.value() == "3"
    assert not answer.button("4").isEnabled()
    answer.button("5").click()
    clerk.settle()
    assert room.form.card().class_id == 5


def test_an_older_answer_of_the_rules_never_overwrites_a_newer(room, qtbot, services):
    room.form.lines["name"].setText("老朋友")
    room._assess()
    room.form.lines["name"].setText("新朋友")
    room._assess()
    settle(qtbot, room.context)
    assert room.side.known.text() == ""


def test_escape_goes_back_to_the_desk_and_keeps_the_card(room, clerk):
    clerk.name("朱予晴")
    assert room.escape()
    assert room.context.went[-1][0] == "desk"
    assert room.form.card().name == "朱予晴"


def test_the_time_it_took_stands_in_the_hints(room):
    room._began = room.context.clock() - dt.timedelta(seconds=24)
    assert room.hints().startswith("用时 0:24 · ")


def test_at_a_large_font_the_walked_field_and_the_button_stay_in_sight(room, clerk):
    theme = room.context.theme
    theme.apply(QApplication.instance(), "light", 200)
    room.resize(1229, 556)
    room.form.start()
    for _ in range(14):
        clerk.press(Key.Key_Return)
        assert not clerk.held.visibleRegion().isEmpty(), clerk.held.objectName()
    assert room.side.register.visibleRegion().boundingRect().height() >= 44
    theme.apply(QApplication.instance(), "light", 100)


@pytest.mark.parametrize("name", ["<b>&\"'", "𬱖", "阿依古丽·买买提", "x" * 10_000, "O'Neill 李"])
def test_odd_names_go_through_the_form_unchanged(qtbot, name):
    form = IntakeForm(Theme())
    qtbot.addWidget(form)
    form.show_card(IntakeCard(name=name))
    assert form.card().name == name


def test_a_card_shown_is_the_card_given_back(qtbot):
    form = IntakeForm(Theme())
    qtbot.addWidget(form)
    full = dataclasses.replace(
        fakes.FULL,
        body="medicine",
        body_note="退烧药",
        other="李四",
        other_relation="邻居",
        other_phone="1390",
        temperature="36.9",
        check_outcome="recheck",
        check_note="复测",
        age_reason="体验",
        capacity_reason="x",
        document_number="11",
        child=ChildId(3),
        second_collects=False,
    )
    form.show_card(full)
    assert form.card() == full


def test_every_field_of_a_problem_can_be_reached(qtbot, room):
    for field in dataclasses.fields(IntakeCard):
        if field.name == "child":
            continue
        assert room.form.go_to(field.name), field.name
        assert STOP_OF.get(field.name, field.name) in WALK, field.name


def test_a_problem_is_said_in_its_tone(qtbot, room):
    room.form.show_problems({"temperature": ("复测一次。", Tone.WARN)})
    assert room.form.lines["temperature"].property("state") == "warn"
    room.form.show_problems({})
    assert room.form.lines["temperature"].property("state") == ""


def test_every_line_has_a_name_and_fits_ten_thousand_characters(room):
    for line in room.findChildren(QLineEdit):
        assert line.objectName().startswith("intake.")
        assert line.accessibleName()
        assert line.maxLength() == 10_000


def test_what_the_file_says_of_allergies_is_filled_in_once(room, qtbot):
    room.form.show_card(dataclasses.replace(fakes.BLANK, name="老朋友", born_on="2023-08-19"))
    room._assess()
    settle(qtbot, room.context)
    card = room.form.card()
    assert (card.allergy, card.allergens) == ("has", "花生")
    room.form.answers["allergy"].button(
        "none"
    ).click()  # the clerk was told otherwise: the rules will ask why
    room._assess()
    settle(qtbot, room.context)
    assert room.form.card().allergy == "none"


def test_a_question_answered_by_hand_is_not_overruled_by_the_file(room):
    room.form.answers["allergy"].set_value("none")
    room.form.fill_allergens(("花生",))
    assert (room.form.card().allergy, room.form.card().allergens) == ("none", "")


@pytest.mark.parametrize("typed", ["365", "36.5"])
def test_a_temperature_may_be_typed_without_its_point(room, typed):
    room.form.lines["temperature"].setText(typed)
    assert room.form.card().temperature == "36.5"


@pytest.mark.parametrize("name", WHYS)
def test_each_why_is_asked_only_where_the_rules_ask_for_it(room, name):
    assert room.form.cells[name].isHidden()
    room.form.show_problems({name: ("写明理由。", Tone.WARN)})
    assert not room.form.cells[name].isHidden()


def test_the_number_of_an_elder_brother_is_asked_for(room):
    assert room.form.cells["identity_number"].isHidden()
    room.form.lines["relation"].setText("表哥")
    room.form._on_line_edited()
    assert not room.form.cells["identity_number"].isHidden()


def test_a_remark_of_the_rules_does_not_stand_in_the_way(room, services, qtbot, clerk):
    plain = services.intake.assess

    def remarked(actor, card):
        found = plain(actor, card)
        note = Problem("allergy", "档案里有花生过敏，仍按档案执行。", Tone.INFO)
        return dataclasses.replace(found, problems=(note,), ready=True)

    services.intake.assess = remarked
    room._take_up(None, fakes.FULL)
    clerk.press(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(services.intake.registered))
    settle(qtbot, room.context)
