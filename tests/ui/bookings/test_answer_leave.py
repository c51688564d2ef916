"""The answer 能不能收 says what else the booking does: a leave that ends, days that are skipped."""

import datetime as dt

from app.domain.capacity import Verdict
from app.services.booking_card import Answer
from app.ui.bookings.answer import AnswerBox
from app.ui.theme import Theme


def test_a_leave_that_ends_with_the_booking_is_said_before_it_is_made(qtbot):
    box = AnswerBox(Theme())
    qtbot.addWidget(box)
    answer = Answer(dt.date(2025, 12, 5), Verdict.YES, "可以", "可以。")
    box.show_answer(answer)
    assert box.calendar.isHidden()
    words = "约了就撤销12月5日（周五）的事假（妈妈说）。"
    box.show_answer(Answer(answer.day, Verdict.YES, "可以", "可以。", leave_words=words))
    assert (box.calendar.text(), box.calendar.isHidden()) == (words, False)
