"""The right column: what is unknown says what to fill in, the worst is first, a line leads to its field."""

import dataclasses

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.capacity import SlotAnswer, Verdict
from app.domain.ids import ClassId
from app.domain.looks import Chip, Tone
from app.domain.money import Money
from app.services.intake import Assessment, ClassProposal, Missing, Problem
from app.ui.intake.side import IntakeSide
from tests.ui.intake import fakes

DRAGON = ClassProposal(ClassId(3), "抱抱龙", "#6B9A4B", "余 2", fits=True, chosen=True)
KNOWN = Assessment("27 个月", (DRAGON,), fakes.SLOTS, fakes.QUOTE, (), ())


@pytest.fixture
def side(ground):
    made = ground.put(IntakeSide(ground.context.theme))
    made.heard = []
    made.missing.field_wanted.connect(made.heard.append)
    return made


def lines(ground, side):
    ground.settle()
    found = side.missing.findChildren(QLabel)
    return [one.text() for one in found if one.isVisible() and one.text() != "还缺"]


def test_while_too_little_is_known_each_box_says_what_it_waits_for(ground, side):
    side.show_assessment(KNOWN)
    side.show_assessment(None)
    ground.settle()
    assert side.slots.words.text() == "填了出生日期和说好几点接，这里就按小时回答。"
    assert side.fee.words.text() == "填了说好几点接，这里就算出来。"
    assert side.fee.total.text() == "—"
    assert not side.slots.chip.isVisible()
    assert not side.slots.hours.isVisible()


def test_the_fee_is_told_line_by_line_and_another_one_leaves_nothing_of_it(ground, side):
    side.show_assessment(KNOWN)
    ground.settle()
    assert "半日临时托" in ground.words()
    assert side.fee.total.text() == Money(8000).yuan_words
    dearer = dataclasses.replace(fakes.QUOTE, lines=(), total=Money(0), words="今天不收。")
    side.show_assessment(dataclasses.replace(KNOWN, quote=dearer))
    ground.settle()
    assert "半日临时托" not in ground.words()
    assert side.fee.words.text() == "今天不收。"


@pytest.mark.parametrize(
    ("verdict", "tone"), [(Verdict.YES, Tone.OK), (Verdict.TIGHT, Tone.WARN), (Verdict.NO, Tone.BAD)]
)
def test_the_verdict_has_its_word_and_colour_and_an_answer_without_hours_shows_no_strip(
    ground, side, verdict, tone
):
    answer = SlotAnswer(verdict, "看情况", (), "今天不开园。")
    side.show_assessment(dataclasses.replace(KNOWN, slots=answer))
    ground.settle()
    assert side.slots.chip.chip == Chip("看情况", tone)
    assert not side.slots.hours.isVisible()
    side.show_assessment(KNOWN)
    ground.settle()
    assert "抱抱龙班 今天按小时：绿 能收 · 黄 刚好 · 红 不够" in ground.words()


def test_problems_stand_before_what_is_missing_and_five_lines_have_room(ground, side):
    missing = [Missing("have", "档案"), Missing("later", "照片", "photo")]
    missing += [Missing("required", f"必填{at}", f"f{at}") for at in range(4)]
    problems = (Problem("born_on", "出生日期在今天之后。"),)
    side.show_assessment(dataclasses.replace(KNOWN, missing=tuple(missing), problems=problems))
    assert lines(ground, side) == [
        "出生日期在今天之后。", "必填0", "必填1", "必填2", "必填3", "还有：照片、档案"
    ]  # fmt: skip


def test_a_line_leads_to_its_field_by_a_touch_and_is_read_aloud(ground, side):
    side.show_assessment(dataclasses.replace(KNOWN, missing=(Missing("required", "孩子姓名", "name"),)))
    ground.settle()
    go = side.findChild(QPushButton, "intake.go.name")
    assert go.accessibleName() == "去填：孩子姓名"
    go.click()
    assert side.heard == ["name"]
    line = go.parentWidget()
    assert line.height() >= 44
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(4, line.height() - 2))
    assert side.heard == ["name", "name"], "the whole line leads there"
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(4, -9))
    assert side.heard == ["name", "name"], "the finger slid off"


def test_what_must_be_put_right_stands_above_all_and_goes_down_again(ground, side):
    wrong = dataclasses.replace(KNOWN, problems=(Problem("born_on", "出生日期在今天之后。"),))
    odd = dataclasses.replace(KNOWN, problems=(Problem("age", "不满 6 个月。", Tone.WARN),))
    for assessment, above in ((KNOWN, False), (wrong, True), (odd, False), (wrong, True), (None, False)):
        side.show_assessment(assessment)
        ground.settle()
        assert (side.missing.y() < side.slots.y()) is above


def test_who_is_on_file_is_said_in_one_line(ground, side):
    known = (Chip("档案里有：朱予晴", Tone.INFO), Chip("电话相同：朱予安", Tone.INFO))
    side.show_assessment(dataclasses.replace(KNOWN, known=known))
    ground.settle()
    assert side.known.text() == "档案里有：朱予晴；电话相同：朱予安"
    side.show_assessment(KNOWN)
    ground.settle()
    assert not side.known.isVisible()
