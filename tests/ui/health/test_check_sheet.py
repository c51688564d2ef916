"""有异常 as it is typed: what is seen makes the card, a hand overrules it, half a number says nothing."""

import dataclasses

import pytest

from app.domain.errors import RuleError
from app.domain.health_round import Card, Finding, Mark, RoundKind
from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.looks import Chip
from app.services.rounds import RoundRow, RoundView
from app.ui.health.check_sheet import CheckSheet
from tests.ui.support import STORY

KEEP = "health.rounds.keep"
FINDINGS = (
    Finding("throat", "look", "咽红"),
    Finding("cough", "ask", "咳嗽"),
    Finding("medicine", "check", "带药", red=True),
)
NAMES = {Card.GREEN: "绿牌", Card.YELLOW: "黄牌", Card.RED: "红牌"}
ROW = RoundRow(
    VisitId(7), ChildId(8), "欧阳朱予晴", "予晴", ClassId(3), "抱抱龙", "#6B9A4B", None, Chip("待检"), ""
)
VIEW = RoundView(RoundKind.MORNING, STORY, (ROW,), (), FINDINGS, NAMES, 373)


@pytest.fixture
def open_sheet(ground):
    def open_(tenths=None, **row):
        shown = dataclasses.replace(ROW, **row)
        return ground.lay(
            CheckSheet(ground.context, ground.host, RoundKind.MORNING, shown, VIEW, tenths, "forehead")
        )

    return open_


@pytest.mark.parametrize(("tenths", "fever", "card"), [(372, False, "绿牌"), (373, True, "黄牌")])
def test_a_fever_begins_on_the_line_and_not_below_it(open_sheet, tenths, fever, card):
    sheet = open_sheet(tenths)
    assert sheet._fever.isVisible() is fever
    assert ("37.3℃ 到了发热线 37.3℃" in sheet._fever.text()) is fever
    assert sheet._chip.chip.words == card


def test_a_card_chosen_by_hand_holds_whatever_is_seen_after(ground, open_sheet):
    sheet = open_sheet()
    sheet.found[1].button("throat").click()
    assert sheet._chip.chip.words == "黄牌"
    sheet.cards.button("green").click()
    sheet.found[2].button("cough").click()
    assert sheet._chip.chip.words == "绿牌"
    ground.finish()
    assert ground.verbs.said_to(KEEP) == [
        [RoundKind.MORNING, VisitId(7), Mark(None, "forehead", ("throat", "cough"), "", "", Card.GREEN)]
    ]


def test_who_brings_medicine_has_the_red_card_and_a_slip_that_is_there_is_not_asked_for(open_sheet):
    asked = open_sheet()
    asked.found[3].button("medicine").click()
    assert asked._slip.text().startswith("红牌是带药的孩子，今天还没有她的服药单")
    known = open_sheet(medicine="14:30 待喂药")
    assert known._chip.chip.words == "红牌"
    assert not known._slip.isVisible()


def test_half_a_number_changes_nothing_and_is_not_kept(ground, open_sheet):
    sheet = open_sheet(385)
    ground.type(sheet.fields["tenths"].edit, "3")
    assert sheet._fever.text().startswith("38.5℃"), "said of what was last a temperature"
    ground.finish()
    assert "看不懂" in sheet.message.text()
    assert sheet.fields["tenths"].edit.hasFocus()
    assert ground.verbs.asked == []


def test_who_was_looked_at_is_told_only_once_it_is_kept(ground, open_sheet):
    told = []
    sheet = open_sheet(366)
    sheet.kept.connect(told.append)
    ground.verbs.refusals[KEEP] = RuleError("她已经离园了。")
    ground.finish()
    assert (told, sheet.message.text()) == ([], "她已经离园了。")
    ground.finish()
    assert told == [7]
    assert ground.sheet is None
