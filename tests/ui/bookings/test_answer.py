"""能不能收 on the sheet: a word with its colour, what breaks, and a button for each way that mends it."""

import datetime as dt

import pytest

from app.domain.capacity import Verdict
from app.domain.looks import Tone
from app.domain.mending import Mend, MendKind
from app.services.booking_card import Answer
from app.ui.bookings.answer import AnswerBox
from tests.ui.support import make_context

DAY = dt.date(2025, 12, 4)
CARER = Mend(MendKind.CARER, "李老师 9:00–12:00")
LATER = Mend(MendKind.HOUR, "改到 14:00–16:00")
ELSEWHERE = Mend(MendKind.CLASS, "改去小海豚", class_name="小海豚")


@pytest.fixture
def box(qtbot):
    made = AnswerBox(make_context(qtbot, None).theme)
    qtbot.addWidget(made)
    made.wanted = []
    made.mend_wanted.connect(made.wanted.append)
    return made


def told(box):
    return [part.text() for part in (box.words, box.carers, box.calendar) if not part.isHidden()]


def test_before_enough_is_known_it_says_what_is_waited_for(box):
    assert told(box) == ["填了孩子和时间，这里就回答。"]
    box.show_answer(Answer(DAY, Verdict.NO, "不能", "9点缺 1 名老师。", mends=(LATER,)))
    box.show_answer(Answer(DAY, Verdict.NO, "还缺", "先选孩子。"))
    assert told(box) == ["先选孩子。"]
    assert box.chip.chip.words == ""  # nothing is refused yet
    assert box._mends.isHidden()


@pytest.mark.parametrize(
    ("verdict", "title", "tone"),
    [
        (Verdict.YES, "可以", Tone.OK),
        (Verdict.TIGHT, "刚好", Tone.WARN),
        (Verdict.NO, "不能", Tone.BAD),
    ],
)
def test_the_word_of_the_verdict_has_its_colour(box, verdict, title, tone):
    box.show_answer(Answer(DAY, verdict, title, "到 11 点都有位子。"))
    assert (box.chip.chip.words, box.chip.chip.tone) == (title, tone)
    assert box.hours.isHidden()  # no hours, no empty strip


def test_a_carer_is_a_sentence_and_what_the_sheet_can_do_is_a_button(box):
    box.show_answer(Answer(DAY, Verdict.NO, "不能", "缺人。", mends=(CARER, LATER, ELSEWHERE)))
    assert told(box) == ["缺人。", "或安排老师：李老师 9:00–12:00（在设置的排班里加）。"]
    assert [one.text() for one in box._buttons] == ["改到 14:00–16:00", "改去小海豚"]
    for button in box._buttons:
        button.click()
    assert box.wanted == [LATER, ELSEWHERE]


def test_another_answer_leaves_no_button_of_the_last_one(box):
    box.show_answer(Answer(DAY, Verdict.NO, "不能", "缺人。", mends=(LATER, ELSEWHERE)))
    box.show_answer(Answer(DAY, Verdict.NO, "不能", "缺人。", mends=(ELSEWHERE,)))
    assert [one.objectName() for one in box._buttons] == ["bookings.sheet.mend.1"]
    box.show_answer(Answer(DAY, Verdict.YES, "可以", "有位子。"))
    assert box._mends.isHidden()
    assert told(box) == ["有位子。"]


def test_days_that_are_skipped_and_a_year_without_holidays_are_told(box):
    closed = ((dt.date(2026, 1, 1), "元旦"),)
    answer = Answer(
        DAY, Verdict.YES, "可以", "都有位子。", closed=closed, calendar_words="2027 放假安排未录入。"
    )
    box.show_answer(answer)
    assert told(box)[-1] == "跳过不开园的日子：1月1日（周四）元旦。2027 放假安排未录入。"
