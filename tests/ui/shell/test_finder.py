"""The sheet below the search box."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.ids import AdultId, ApplicantId, ChildId, ClassId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.domain.names import search_keys
from app.services.desk import ChildRow, RowState
from app.services.finding import AdultHit, FamilyHit, Found, PaperHit
from app.services.seals import Verdict
from app.ui.rooms import Target
from app.ui.shell.finder import Finder
from app.ui.widgets.fields import SearchBox
from tests.ui.support import make_context, settle


def row(number, name):
    return ChildRow(
        child=ChildId(number),
        visit=VisitId(number),
        state=RowState.PRESENT,
        name=name,
        nickname="",
        sex="f",
        age_words="2岁3个月",
        class_id=ClassId(1),
        class_name="抱抱龙",
        colour="#6B9A4B",
        mode=CareMode.FULL_DAY,
        mode_words="全日托",
        allergies=(),
        allergy_unknown=False,
        expected_minute=None,
        arrived_at=None,
        promised_at=None,
        left_at=None,
        collected_by="",
        overdue_minutes=0,
        chip=Chip("正常"),
    )


class Finding:
    """Knows two children by z, an adult by w, a family that asks by luy, a card and a receipt by 1."""

    def __init__(self):
        self.asked = []

    def find(self, _actor, text):
        self.asked.append(text)
        children = tuple(row(n, name) for n, name in ((1, "张沐阳"), (2, "张予")) if text.startswith("z"))
        adults = (
            (
                AdultHit(
                    AdultId(5), ChildId(1), "王秀兰", "奶奶", "138****6021", "张沐阳", barred=text == "wb"
                ),
            )
            if text.startswith("w")
            else ()
        )
        papers = (
            (
                PaperHit("receipt", "收据 2025-000001", "张沐阳", Chip(""), ChildId(1), VisitId(1)),
                PaperHit("card", "接送卡 C-000001", "张沐阳", Chip("已挂失", Tone.BAD), ChildId(1)),
            )
            if text == "1"
            else ()
        )
        families = ()
        if text.startswith("luy"):
            words = "妈妈 陆静 · 137****2222 · 2025-12-03 来问"
            families = (FamilyHit(ApplicantId(7), "陆一鸣", words, Chip("候补", Tone.INFO)),)
        ranks = tuple(2 if group else 9 for group in (children, adults, papers, families))
        return Found(children, adults, papers, ranks, families)

    def sounds(self, words):
        return tuple(search_keys(one) for one in words)


class Seals:
    def verify(self, _actor, text):
        if text.upper() in {"K7M2", "BGXW"}:
            return Verdict(True, "真", "今天的接送码", Tone.OK, VisitId(9))
        return Verdict(False, "假", "不是本中心发出的。", Tone.BAD)


@pytest.fixture
def stage(qtbot):
    services = SimpleNamespace(finding=Finding(), seals=Seals())
    context = make_context(qtbot, services)
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    box = SearchBox(context.theme, context.icons, "desk.search", "找孩子", "Ctrl K")
    QVBoxLayout(host).addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    finder = Finder(context, box, host)
    host.show()
    chosen = []
    finder.chosen.connect(chosen.append)
    ways, acts = [], []
    finder.way_chosen.connect(lambda room, target: ways.append((room, target)))
    context.acts["staff"] = lambda: acts.append("staff")
    return SimpleNamespace(
        context=context,
        host=host,
        box=box,
        finder=finder,
        chosen=chosen,
        services=services,
        ways=ways,
        acts=acts,
    )


def typed(qtbot, stage, text):
    qtbot.keyClicks(stage.box, text)
    wait_for_answer(qtbot, stage)


def wait_for_answer(qtbot, stage):
    """The pause after the last key is over, and the answer has come."""
    qtbot.waitUntil(lambda: not stage.finder._pause.isActive(), timeout=3000)
    settle(qtbot, stage.context)


def compose(stage, held, commit=""):
    event = QInputMethodEvent(held, [])
    if commit:
        event.setCommitString(commit)
    QCoreApplication.sendEvent(stage.box, event)


def lines(stage):
    return [hit.title for hit in stage.finder._model.hits]


def test_arrows_walk_the_results_and_enter_takes_one(qtbot, stage):
    typed(qtbot, stage, "zh")
    assert stage.finder.isVisible()
    qtbot.keyClick(stage.box, Qt.Key.Key_Down)
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert stage.chosen == [Target(child=ChildId(2), visit=VisitId(2))]
    assert stage.box.text() == ""
    assert stage.finder.isHidden()


def test_enter_before_the_answer_takes_the_first_when_it_comes(qtbot, stage):
    qtbot.keyClicks(stage.box, "zh")
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    settle(qtbot, stage.context)
    assert stage.chosen == [Target(child=ChildId(1), visit=VisitId(1))]


def test_fast_typing_asks_once(qtbot, stage):
    typed(qtbot, stage, "zhang")
    assert stage.services.finding.asked == ["zhang"]


def test_an_answer_to_an_older_question_is_dropped(qtbot, stage):
    qtbot.keyClicks(stage.box, "zh")
    stage.finder._search()
    qtbot.keyClick(stage.box, Qt.Key.Key_Escape)
    settle(qtbot, stage.context)
    assert stage.finder.isHidden()


def test_a_pickup_code_is_checked_when_no_child_has_that_name(qtbot, stage):
    typed(qtbot, stage, "K7M2")
    assert stage.chosen == [Target(visit=VisitId(9), act="code")]
    assert stage.finder.findChild(QLabel, "finder.title").text() == "真"


def test_a_code_that_only_an_older_file_holds_opens_its_child_and_a_word_stays_a_word(qtbot, stage):
    typed(qtbot, stage, "bgxw")
    assert stage.chosen == [Target(visit=VisitId(9), act="code")]
    typed(qtbot, stage, "6021")
    assert stage.finder.findChild(QLabel, "finder.title").text() == "没有找到“6021”"


def test_a_seal_is_checked_and_stays_on_show(qtbot, stage):
    typed(qtbot, stage, "TDH1.R.2025-000001.AAAAAAAAAA")
    assert stage.services.finding.asked == []
    assert stage.finder.findChild(QLabel, "finder.title").text() == "假"
    assert stage.chosen == []


def test_long_words_do_not_break_the_sheet(qtbot, stage):
    stage.box.setText("x" * 10_000)
    stage.box.textEdited.emit(stage.box.text())
    wait_for_answer(qtbot, stage)
    assert len(stage.finder.findChild(QLabel, "finder.title").text()) < 40


def test_what_an_input_method_still_holds_is_searched(qtbot, stage):
    compose(stage, "z")
    compose(stage, "zh'mu")
    wait_for_answer(qtbot, stage)
    assert stage.services.finding.asked == ["zh'mu"]
    assert lines(stage) == ["孩子", "张沐阳", "张予"]
    assert stage.box.text() == ""


def test_committed_characters_and_held_letters_are_one_question(qtbot, stage):
    compose(stage, "", "张")
    compose(stage, "mu")
    wait_for_answer(qtbot, stage)
    assert stage.services.finding.asked[-1] == "张mu"
    compose(stage, "")
    wait_for_answer(qtbot, stage)
    assert stage.services.finding.asked[-1] == "张"


def test_giving_up_what_was_composed_closes_the_sheet(qtbot, stage):
    compose(stage, "zh")
    wait_for_answer(qtbot, stage)
    compose(stage, "")
    assert stage.finder.isHidden()


def test_groups_are_headed_and_the_arrows_pass_over_the_headings(qtbot, stage):
    typed(qtbot, stage, "1")
    assert lines(stage) == ["单据和接送卡", "收据 2025-000001", "接送卡 C-000001"]
    qtbot.keyClick(stage.box, Qt.Key.Key_Up)
    assert stage.finder._list.currentIndex().row() == 1
    for _ in range(3):
        qtbot.keyClick(stage.box, Qt.Key.Key_Down)
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert stage.ways == [("cards", Target(child=ChildId(1)))]


def test_an_adult_leads_to_the_child(qtbot, stage):
    typed(qtbot, stage, "wb")
    spoken = stage.finder._model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "王秀兰，张沐阳的奶奶 · 138****6021，禁止接走"
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert stage.chosen == [Target(child=ChildId(1))]


def test_a_family_that_asks_leads_to_its_place_among_the_admissions(qtbot, stage):
    typed(qtbot, stage, "luy")
    assert lines(stage) == ["咨询和候补", "陆一鸣"]
    spoken = stage.finder._model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "陆一鸣，妈妈 陆静 · 137****2222 · 2025-12-03 来问，候补"
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert stage.ways == [("admissions", Target(applicant=ApplicantId(7)))]


@pytest.mark.parametrize("text", ["linshituo", "lst", "xinhaizi"])
def test_a_command_is_found_by_its_sound_and_by_other_words(qtbot, stage, text):
    typed(qtbot, stage, text)
    assert lines(stage)[:2] == ["可以做的事", "临时托登记"]
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert stage.ways == [("intake", Target(act="new_temporary"))]


def test_a_room_and_an_act_of_the_window_are_chosen_by_enter(qtbot, stage):
    typed(qtbot, stage, "shezhi")
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    typed(qtbot, stage, "huanren")
    qtbot.keyClick(stage.box, Qt.Key.Key_Return)
    assert (stage.ways, stage.acts) == ([("settings", None)], ["staff"])


def test_the_nearest_group_comes_first_and_only_so_many_lines(qtbot, stage):
    compose(stage, "", "班级")
    wait_for_answer(qtbot, stage)
    assert lines(stage)[:2] == ["页面", "班级"]
    assert len(lines(stage)) < 15


def test_the_verdict_on_a_code_scanned_elsewhere_leaves_the_focus_alone(qtbot, stage):
    held = stage.host.focusWidget()
    stage.finder.show_verdict(Verdict(False, "假", "不是本中心发出的。", Tone.BAD))
    assert stage.finder.isVisible()
    assert stage.host.focusWidget() is held
    assert stage.box.text() == ""
    stage.box.hide()
    stage.finder.show_verdict(Verdict(True, "真", "收据", Tone.OK))
    assert stage.finder.geometry().right() <= stage.host.width()
    stage.finder._scan.timeout.emit()
    assert stage.finder.isHidden()


def test_what_is_painted_is_painted_in_every_kind(qtbot, stage):
    for text in ("zh", "wb", "1", "luy", "shezhi"):
        stage.box.clear()
        typed(qtbot, stage, text)
        assert not stage.finder.grab().isNull()
