"""The rows a month is counted from."""

import datetime as dt

from app.domain.modes import CareMode, Tariff
from app.domain.money import Money
from app.store import attendance

SPAN = (dt.date(2025, 11, 1), dt.date(2025, 11, 30))


def test_contracts_of_the_month_leave_out_who_came_later_or_went_before(database):
    every = attendance.list_contracts(database, *SPAN)
    assert {contract.mode for contract in every} == {CareMode.FULL_DAY, CareMode.HALF_DAY}
    with database.unit(1, "test") as unit:
        unit.execute(
            "update enrolment set ends_on = '2025-10-31' where child_id = :id", {"id": every[0].child}
        )
        unit.execute(
            "update enrolment set starts_on = '2025-12-01' where child_id = :id", {"id": every[1].child}
        )
        unit.audit("enrolment", None)
    assert attendance.list_contracts(database, *SPAN) == every[2:]


def test_visits_taken_back_and_of_other_months_do_not_count(database):
    every = attendance.list_attended(database, *SPAN)
    assert {visit.day.month for visit in every} == {11}
    assert {visit.tariff for visit in every} == set(Tariff)
    with database.unit(1, "test") as unit:
        unit.execute(
            "update visit set undone_at = '2025-12-03T13:00:00+08:00', undone_by = 1 where id = :id",
            {"id": every[0].visit},
        )
        unit.audit("visit", None)
    assert attendance.list_attended(database, *SPAN) == every[1:]


def test_absences_taken_back_do_not_count(database):
    every = attendance.list_missed(database, *SPAN)
    assert {missed.kind for missed in every} == {"sick", "personal"}
    with database.unit(1, "test") as unit:
        unit.execute("update absence set undone_at = '2025-12-03T13:00:00+08:00' where day = '2025-11-03'")
        unit.audit("absence", None)
    assert attendance.list_missed(database, *SPAN) == tuple(
        missed for missed in every if missed.day != dt.date(2025, 11, 3)
    )


def test_money_by_tender_and_by_item_comes_to_the_same(database):
    tenders = attendance.list_tenders(database, *SPAN)
    items = attendance.list_items(database, *SPAN)
    total = sum((taken.amount for taken in tenders), Money(0))
    assert total == sum((item.amount for item in items), Money(0))
    assert total > Money(0)
    refunds = [taken for taken in tenders if taken.kind == "refund"]
    assert refunds
    assert all(taken.amount < Money(0) for taken in refunds)
    assert {item.name for item in items} >= {"全日托保育费", "半日临时托", "午餐"}


def test_an_item_off_the_price_list_keeps_its_code(database):
    with database.unit(1, "test") as unit:
        unit.execute("update receipt_line set price_code = 'gone' where price_code = 'lunch'")
        unit.audit("receipt_line", None)
    assert "gone" in {item.name for item in attendance.list_items(database, *SPAN)}
