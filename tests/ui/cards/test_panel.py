"""One card at the side: what its state allows whom, what Enter means, and which words go along."""

import pytest

from app.ui.cards.models import CardLine
from app.ui.cards.panel import CardPanel
from tests.ui.cards import data
from tests.ui.support import make_context

NONE = CardLine(data.YUQING, None)
VALID = CardLine(data.YUQING, data.card(3))
LOST = CardLine(data.YUQING, data.ended(1, "lost", "公交车上丢了"))
REPLACED = CardLine(data.YUQING, data.ended(1, "lost"), replaced=True)
BACK = CardLine(data.YUQING, data.ended(2, "withdrawn"))
ACTS = ("issue", "reprint", "replace", "lost", "another", "withdraw", "renew", "found")


@pytest.fixture
def panel(qtbot):
    context = make_context(qtbot, None)
    made = CardPanel(context.theme, context.icons)
    qtbot.addWidget(made)
    made.heard = []
    made.asked.connect(lambda act, words: made.heard.append((act, words)))
    return made


def show(panel, line, *, may_issue=True, may_end=True):
    panel.show_line(line, may_issue=may_issue, may_end=may_end)
    return [act for act in ACTS if panel.offers(act)]


@pytest.mark.parametrize(
    ("line", "offered", "enter"),
    [
        (None, [], None),
        (NONE, ["issue"], "发卡并打印"),
        (VALID, ["reprint", "replace", "lost", "another", "withdraw"], "打印这张"),
        (LOST, ["renew", "found"], "补发新卡"),
        (REPLACED, [], None),
        (BACK, [], None),
    ],
)
def test_what_can_be_done_follows_from_the_state_and_the_first_is_what_enter_means(
    panel, line, offered, enter
):
    assert show(panel, line) == offered
    main = panel.main()
    assert (None if main is None else main.text()) == enter


@pytest.mark.parametrize(
    ("line", "may_issue", "may_end", "offered"),
    [
        (NONE, False, True, []),
        (VALID, False, False, ["reprint"]),
        (VALID, False, True, ["reprint", "lost"]),
        (LOST, True, False, ["renew"]),
        (LOST, False, True, ["found"]),
    ],
)
def test_whoever_may_only_issue_or_only_end_is_offered_only_that(panel, line, may_issue, may_end, offered):
    assert show(panel, line, may_issue=may_issue, may_end=may_end) == offered


def test_why_it_is_lost_goes_with_the_act_and_with_no_other_child(panel):
    show(panel, VALID)
    panel._why.set_text(" 公交车上丢了 ")
    show(panel, CardLine(data.YUQING, data.card(3), printed=True))  # read again meanwhile
    panel._buttons["lost"].click()
    assert panel.heard == [("lost", "公交车上丢了")]
    show(panel, CardLine(data.LEYAO, data.card(4, data.LEYAO)))
    panel._buttons["lost"].click()
    assert panel.heard[-1] == ("lost", "")


def test_where_nothing_ends_no_reason_is_asked(panel):
    for line, asked in ((NONE, False), (VALID, True), (LOST, False)):
        show(panel, line)
        assert panel._why.isHidden() is not asked


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (None, "按方向键选一行"),
        (NONE, "抱抱龙 · 没有有效的卡。"),
        (VALID, "还没有打印过。"),
        (LOST, "2025-12-03 12:05 挂失（公交车上丢了）。再扫这张卡，前台会说已挂失。"),
        (BACK, "2025-12-03 12:05 收回。再扫这张卡，前台会说已收回。"),
        (REPLACED, "已补发新卡，这张不能再用。"),
    ],
)
def test_what_is_known_of_it_is_said(panel, line, said):
    show(panel, line)
    assert said in panel._facts.text()


def test_while_it_is_saved_enter_means_nothing(panel):
    show(panel, VALID)
    panel.set_saving(True)
    assert panel.main() is None
    panel._buttons["reprint"].click()
    assert panel.heard == []
    panel.set_saving(False)
    assert panel.main() is not None
