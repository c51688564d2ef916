"""A refund that an undo has booked: its paper prints by itself, and the sum stays on screen."""

import types

from app.domain.changes import Changes, Done
from app.domain.ids import ReceiptId
from app.domain.money import Money
from tests.ui.desk import fakes
from tests.ui.support import make_context, settle


def paper(number, fen, tender="现金", payer="王秀兰"):
    return types.SimpleNamespace(
        number=number, total=Money(-fen), tender=tender, payer=payer, original=f"of {number}"
    )


def context_with(qtbot, **papers):
    bundle = fakes.services()
    bundle.papers.receipt = lambda _actor, key: list(papers.values())[key - 1]
    context = make_context(qtbot, bundle)
    context.printing = fakes.FakePrinting()
    context.raised = []
    context.messages.banner_raised.connect(context.raised.append)
    return bundle, context


def test_money_to_hand_back_is_said_and_its_papers_print_and_are_counted(qtbot):
    bundle, context = context_with(qtbot, a=paper("9", 9500), b=paper("10", 13500))
    context.act(lambda _s: Done(None, Changes(), refunds=(ReceiptId(1), ReceiptId(2))), words="已撤销")
    settle(qtbot, context)
    assert [one.number for one in context.printing.sent] == ["9", "10"]
    assert bundle.papers.asked == [("printed", "receipt", 1), ("printed", "receipt", 2)]
    (banner,) = context.raised
    assert "退给王秀兰 ¥230.00（现金）" in banner.words
    assert "退款单 9（冲 of 9）、10（冲 of 10）" in banner.words


def test_each_way_of_paying_is_handed_back_as_it_came(qtbot):
    _bundle, context = context_with(qtbot, a=paper("9", 9500), b=paper("10", 500, "微信"))
    context.act(lambda _s: Done(None, refunds=(ReceiptId(1), ReceiptId(2))))
    settle(qtbot, context)
    assert "退给王秀兰 ¥95.00（现金），退给王秀兰 ¥5.00（微信）" in context.raised[0].words


def test_what_refunds_nothing_says_nothing(qtbot):
    _bundle, context = context_with(qtbot)
    context.act(lambda _s: Done(None))
    settle(qtbot, context)
    assert context.raised == []
