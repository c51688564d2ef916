"""The sentence of a child who has gone: by her receipts, whole, and honest when the log has changed."""

import dataclasses
import datetime as dt

from app.domain.ids import ReceiptId
from app.domain.money import Money
from app.services.taken import Taken, TakenTogether
from app.ui.desk.left_words import left_words
from tests.ui.desk import data, fakes

OWN = Taken(ReceiptId(1), "2025-000643", fakes.QUOTE.lines, Money(9500))
EARLIER = Taken(ReceiptId(2), "2025-000644", (), Money(13500), dt.date(2025, 12, 2))


def words(*taken, **changed):
    card = fakes.FakeDesk().prepare(None, data.YUQING.visit)
    return left_words(dataclasses.replace(card, taken=taken, **changed)).split("\n")


def test_one_receipt_is_told_line_by_line():
    assert words(OWN)[1:] == ["半日临时托 09:12–14:00　¥80.00", "午餐　¥15.00", "已收 ¥95.00，收据已开。"]


def test_what_was_paid_of_earlier_stays_is_in_the_sum():
    assert words(OWN, EARLIER)[-2:] == [
        "12月2日托育费（收据 2025-000644）　¥135.00",
        "已收 ¥230.00，2 张收据已开。",
    ]
    assert words(EARLIER, quote=None)[-1] == "已收 ¥135.00，收据已开。"


def test_siblings_paid_one_sum():
    assert words(OWN, together=TakenTogether(("朱予安",), Money(19000)))[-1] == "和朱予安一起，共收 ¥190.00。"


def test_a_sum_that_is_another_by_now_says_so_and_the_receipt_stands():
    lunch = dataclasses.replace(fakes.QUOTE, lines=fakes.QUOTE.lines[:1], total=Money(8000))
    said = words(OWN, quote=lunch)
    assert said[3] == "已收 ¥95.00，收据已开。"
    assert "现在应收 ¥80.00，多收了 ¥15.00" in said[4]
    assert "少收了 ¥5.00" in words(OWN, quote=dataclasses.replace(fakes.QUOTE, total=Money(10000)))[-1]


def test_nothing_taken_nothing_said():
    assert words() == ["交接单未签（缺：情绪）"]
