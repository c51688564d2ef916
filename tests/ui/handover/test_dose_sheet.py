"""A late dose before a signature: one at a time, with a reason, or off to where it is given."""

import pytest
from PySide6.QtCore import Qt

from app.domain.errors import RuleError
from app.domain.ids import DoseId
from app.services.facts import WaitingDose
from app.ui.handover.dose_sheet import DoseSheet
from tests.ui.handover import data

SKIP = "health.medicine.skip"
DOSES = (
    WaitingDose(DoseId(9), data.NOW, "12:30 的布洛芬混悬液 2.5 ml"),
    WaitingDose(DoseId(10), data.NOW, "13:00 的益生菌 1 袋"),
)


@pytest.fixture
def sheet(ground):
    handover = data.FakeHandover()
    handover.doses[data.YUQING] = DOSES
    view = handover.note(data.TEACHER, data.YUQING)
    return ground.lay(DoseSheet(ground.context, ground.host, view))


def test_of_two_late_doses_both_are_named_and_only_the_first_is_left_out(ground, sheet):
    assert "12:30 的布洛芬混悬液 2.5 ml，已经过了时间。\n之后还有：13:00 的益生菌 1 袋" in ground.words()
    ground.qtbot.keyClicks(sheet.fields["reason"].edit, " tui shao ")
    ground.finish()
    assert ground.verbs.said_to(SKIP) == [[DoseId(9), "tui shao"]]
    assert ground.sheet is None


def test_going_to_give_it_leaves_nothing_out(ground, sheet):
    sheet.fields["reason"].set_text("妈妈来电说烧退了")
    with ground.qtbot.waitSignal(sheet.give_wanted):
        ground.press(Qt.Key.Key_F2)
    ground.settle()
    assert ground.sheet is None
    assert ground.verbs.asked == []


def test_a_refused_reason_is_mended_where_it_stands(ground, sheet):
    ground.verbs.refusals[SKIP] = RuleError("这一次已经喂过了。", field="reason")
    sheet.fields["reason"].set_text("烧退了")
    ground.finish()
    assert sheet.message.text() == "这一次已经喂过了。"
    assert sheet.fields["reason"].edit.hasFocus()
    assert sheet.keep.isEnabled()
