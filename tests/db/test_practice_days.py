"""One day after another: what a stay costs, and numbers that run on through receipts and refunds."""

import collections
import datetime as dt

import pytest

from db.practice_days import _lines, _refund, issue
from db.practice_scene import Stay

DAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("tariff", "arrive", "leave", "told"),
    [
        ("hourly", 800, 820, [("hourly", 1, 2500)]),
        ("hourly", 800, 870, [("hourly", 1, 2500)]),
        ("hourly", 800, 871, [("hourly", 2, 2500)]),
        ("hourly", 800, 990, [("hourly", 3, 2500)]),
        ("hourly", 800, 991, [("hourly", 1, 8000)]),
        ("temp_half_day", 689, 751, [("temp_half_day", 1, 8000), ("lunch", 1, 1500)]),
        ("temp_half_day", 690, 751, [("temp_half_day", 1, 8000)]),
        ("temp_full_day", 500, 750, [("temp_full_day", 1, 12000)]),
    ],
)
def test_a_stay_costs_what_the_price_list_says_with_ten_minutes_of_grace(tariff, arrive, leave, told):
    lines = list(_lines(Stay(None, 3, arrive, leave, tariff)))
    assert [(code, quantity, fen) for code, _, quantity, _, fen, _ in lines] == told


def test_a_refund_is_the_receipt_the_other_way_round_with_a_number_of_its_own(centre):
    made = centre()
    kid = made.visitors[0]
    stay = Stay(kid, kid.class_id, 600, 760, "temp_half_day")
    key = issue(made, DAY, 760, kid, "小海豚", "丁静", _lines(stay))
    _refund(made, DAY, stay, key)
    (_, paid), (_, back) = made.book.named("receipt")
    assert (paid["number"], back["number"]) == ("2025-000001", "2025-000002")
    assert (back["reverses_id"], back["total_fen"], back["tender"]) == (
        key,
        -paid["total_fen"],
        paid["tender"],
    )
    by_receipt = collections.defaultdict(list)
    for _, line in made.book.named("receipt_line"):
        by_receipt[line["receipt_id"]].append(line["amount_fen"])
    assert [-amount for amount in by_receipt[key]] == by_receipt[key + 1] != []
    issue(made, dt.date(2026, 1, 2), 760, kid, "小海豚", "丁静", _lines(stay))
    assert made.book.row("receipt", 3)[0] == "2026-000001", "a new year begins at one"


def test_who_is_billed_for_a_month_was_enrolled_that_day(noon):
    stray = """
        select count(*) from receipt r join receipt_line l on l.receipt_id = r.id
        where l.price_code = 'month_meals' and not exists (select 1 from enrolment e
            where e.child_id = r.child_id and e.starts_on <= r.day
            and (e.ends_on is null or e.ends_on >= r.day))"""
    assert noon.execute(stray).fetchone() == (0,)
    twice = """
        select count(*) from (select 1 from receipt r join receipt_line l on l.receipt_id = r.id
        where l.price_code = 'month_meals' group by r.child_id, substr(r.day, 1, 7) having count(*) > 1)"""
    assert noon.execute(twice).fetchone() == (0,)


def test_nobody_who_must_not_come_brought_or_took_a_child(noon):
    wrong = """
        select count(*) from visit v join child_adult t on t.child_id = v.child_id
        and t.adult_id in (v.brought_by, v.collected_by) where t.barred = 1"""
    assert noon.execute(wrong).fetchone() == (0,)
