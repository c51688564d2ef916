"""The foot of the panel: the one act that is next, and the report where it has room beside it."""

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.desk.foot import Foot


@pytest.fixture
def foot(qtbot, ink):
    around = QWidget()
    qtbot.addWidget(around)
    made = Foot(ink)
    made.setParent(around)
    made.around = around
    qtbot.addWidget(made.report_line)
    made.resize(700, 120)
    around.show()
    return made


def offered(foot):
    beside = (foot.undo_left, foot.again, foot.report, foot.receipt, foot.more)
    return [made for made in (*foot.acts, *beside) if not made.isHidden()]


def test_only_what_is_offered_is_there_and_more_with_going_home_alone(foot):
    foot.offer(foot.check_in)
    assert offered(foot) == [foot.check_in]
    foot.offer(foot.check_out, foot.report)
    assert offered(foot) == [foot.check_out, foot.report, foot.more]
    foot.offer()
    assert offered(foot) == []


def test_beside_going_home_the_report_gives_way_to_the_words_and_goes_into_the_list(foot):
    foot.offer(foot.check_out, foot.report)
    assert (foot.report.isHidden(), foot.report_line.isHidden()) == (False, True)
    foot.check_out.set_text("确认接走 ¥1234.56，和妹妹朱予安一起，已看身份证，还有两件随身物品没有交还")
    foot.fit()
    assert (foot.report.isHidden(), foot.report_line.isHidden()) == (True, False)
    foot.check_out.set_text("确认接走")
    foot.fit()
    assert (foot.report.isHidden(), foot.report_line.isHidden()) == (False, True)


def test_a_narrower_panel_asks_the_question_again(foot):
    foot.offer(foot.check_out, foot.report)
    foot.resize(foot.check_out.sizeHint().width() + foot.more.sizeHint().width() + 20, 120)
    assert foot.report.isHidden()
    foot.resize(700, 120)
    assert not foot.report.isHidden()


def test_of_a_child_who_has_gone_the_report_stays_whatever_the_width(foot):
    foot.resize(120, 120)
    foot.offer(foot.undo_left, foot.again, foot.report, foot.receipt)
    assert not foot.report.isHidden()
    assert foot.more.isHidden()
