"""One sum for the box at the desk and for the family: what is charged if the act ends now."""

import dataclasses

from app.domain.ids import ChildId, ReceiptId, VisitId
from app.domain.money import Money, total
from app.services.open_papers import OpenPaper
from app.services.pickup_card import PickupCard, SiblingRow
from app.ui.desk.due import Due, due_of
from tests.ui.desk.fakes import QUOTE

CARD = PickupCard(VisitId(101), None, "K7QM", QUOTE, "", False, None)
SISTER = SiblingRow(VisitId(140), ChildId(40), "朱予安", "妹妹", "小星星", QUOTE, ())
DEBT = OpenPaper(
    "unpaid", 3, "12月2日托育费 ¥50.00 没付", "现在收", amount=Money(5000), purpose="12月2日托育费"
)


def said(due):
    assert due.due == total(tuple(line.amount for line in due.lines))
    return [(line.purpose, line.amount.fen) for line in due.lines]


def test_her_own_stay_is_charged_line_by_line():
    due = due_of(CARD)
    assert said(due) == [("半日临时托 09:12–14:00", 8000), ("午餐", 1500)]
    assert (due.due, due.put_off, due.words) == (Money(9500), Money(0), QUOTE.words)


def test_what_is_put_off_is_not_charged_but_named():
    due = due_of(CARD, later=True)
    assert said(due)[-1] == ("以后再付", -9500)
    assert (due.due, due.put_off) == (Money(0), Money(9500))


def test_siblings_and_earlier_stays_are_charged_with_it():
    due = due_of(CARD, (SISTER,), (("", DEBT), ("朱予安", DEBT)))
    assert said(due)[2:] == [
        ("朱予安 半日临时托 09:12–14:00", 8000),
        ("朱予安 午餐", 1500),
        ("12月2日托育费", 5000),
        ("朱予安 12月2日托育费", 5000),
    ]
    assert due.due == Money(29000)
    assert due_of(CARD, (SISTER,), (("", DEBT),), later=True).due == Money(14500)


def test_what_has_been_paid_is_not_charged_again():
    due = due_of(dataclasses.replace(CARD, receipt=ReceiptId(4)), (SISTER,), later=True)
    assert ("已收，收据已开", -9500) in said(due)
    assert (due.due, due.put_off) == (Money(9500), Money(0))


def test_by_contract_nothing_is_charged_but_what_is_left_of_earlier_stays():
    by_contract = dataclasses.replace(CARD, quote=None)
    assert due_of(by_contract) == Due()
    assert said(due_of(by_contract, (), (("", DEBT),))) == [("12月2日托育费", 5000)]
