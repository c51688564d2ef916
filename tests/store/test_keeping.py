import datetime as dt

import pytest

from app.domain.ids import ReceiptId
from app.domain.modes import CareMode, Tariff
from app.domain.money import Money
from app.domain.pricing import PriceLine
from app.store import bookings, day, drafts, papers, presets, prices, receipts, settings, tables
from app.store.bookings import NewBooking
from app.store.presets import PresetPrice
from app.store.receipts import AlreadyReversedError, NewReceipt
from tests.services.world import DAY, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def unit(world, verb="x"):
    return world.database.unit(world.desk.id, verb)


def test_a_draft_lives_until_it_is_done(world):
    with unit(world) as work:
        key = drafts.add_draft(work, "intake", world.desk.id, "朱", "{}")
        other = drafts.add_draft(work, "note", world.desk.id, "别的", "{}")
        work.audit("draft", key)
    assert drafts.find_open(world.database, "intake", world.desk.id).id == key
    assert drafts.find_draft(world.database, "intake", other) is None
    with unit(world) as work:
        assert drafts.hold_draft(work, key, world.director.id, held=True)
        assert drafts.count_held(work, "intake") == 1
        assert drafts.end_draft(work, key)
        assert not drafts.end_draft(work, key)
        assert not drafts.keep_draft(work, key, world.director.id, "朱", "{}")
        assert not drafts.hold_draft(work, key, world.desk.id, held=False)
        work.audit("draft", key)
    assert drafts.list_takeable(world.database, "intake", world.desk.id) == ()


def test_prints_are_counted_for_each_paper(world):
    with unit(world) as work:
        assert papers.add_print(work, "receipt", 7, world.desk.id) == 1
        assert papers.add_print(work, "receipt", 7, world.desk.id) == 2
        assert papers.add_print(work, "slip", 7, world.desk.id) == 1
        work.audit("paper", 7)
    assert papers.count_prints(world.database, "receipt", 7) == 2
    assert papers.count_prints(world.database, "receipt", 8) == 0


def test_a_new_price_ends_the_old_one_and_old_days_keep_theirs(world):
    since = dt.date(2025, 12, 1)
    with unit(world) as work:
        prices.add_price(work, PresetPrice("hourly", "计时托", "basic", "小时", Money(3000)), since)
        work.audit("price", None)
    assert prices.tariffs(world.database, DAY).hourly == Money(3000)
    assert prices.tariffs(world.database, dt.date(2025, 11, 30)).hourly == Money(2500)
    assert len(prices.list_prices(world.database, DAY)) == len(presets.defaults().prices)


def test_settings_have_defaults_and_change_from_a_day_on(world):
    assert settings.current(world.database, DAY).closing == 18 * 60
    tomorrow = DAY + dt.timedelta(days=1)
    with unit(world) as work:
        settings.add_value(work, "closing", "19:30", tomorrow)
        work.audit("setting", None)
    assert settings.current(world.database, DAY).closing == 18 * 60
    assert settings.current(world.database, tomorrow).closing == 19 * 60 + 30
    assert settings.find_value(world.database, "closing", tomorrow) == "19:30"
    assert settings.find_value(world.database, "closing", DAY) == "18:00"
    assert settings.find_value(world.database, "nothing", DAY) is None


def test_numbers_have_no_gaps_even_when_a_unit_fails(world):
    line = PriceLine("hourly", "计时托", 1, "小时", Money(2500), Money(2500))
    new = NewReceipt(None, world.children["张沐阳"], "抱抱龙", "张母", "cash", (line,), DAY, world.desk.id)
    for fails in (False, True, False):
        try:
            with unit(world) as work:
                receipts.add_receipt(work, new)
                work.audit("receipt", None)
                _ = 1 // (not fails)
        except ZeroDivisionError:
            assert fails
    numbers = [row["number"] for row in world.database.rows("select number from receipt order by id")]
    assert numbers == ["2025-000001", "2025-000002"]
    first = receipts.find_receipt_by_number(world.database, "2025-000001")
    assert (first.total, first.lines, first.issuer_name) == (Money(2500), (line,), "林晓")
    assert receipts.find_receipt(world.database, ReceiptId(99)) is None


def test_a_receipt_is_reversed_only_once_whatever_the_service_says(world):
    line = PriceLine("hourly", "计时托", 1, "小时", Money(2500), Money(2500))
    new = NewReceipt(None, world.children["张沐阳"], "", "张母", "cash", (line,), DAY, world.desk.id)
    with unit(world) as work:
        key = receipts.add_receipt(work, new)
        back = NewReceipt(None, new.child, "", "张母", "cash", (line,), DAY, world.desk.id, reverses=key)
        receipts.add_receipt(work, back)
        with pytest.raises(AlreadyReversedError):
            receipts.add_receipt(work, back)
        work.audit("receipt", key)


def test_who_is_expected_follows_weekdays_and_the_days_of_the_contract(world):
    def names(when):
        return [one.who.name for one in day.list_expected(world.database, when)]

    assert len(names(DAY)) == 4
    assert names(dt.date(2025, 12, 6)) == []
    assert names(dt.date(2025, 2, 28)) == []
    assert day.find_standing(world.database, 99, DAY) is None


def book(world, child, hours):
    new = NewBooking(child, world.stars, CareMode.TEMPORARY, Tariff.HOURLY, DAY, *hours)
    with unit(world) as work:
        work.audit("booking", bookings.add_booking(work, new, world.desk.id))


@pytest.mark.parametrize(
    ("name", "begins", "beside", "across"),
    [("曾雨桐", 500, (780, 840), (600, 660)), ("马思睿", 840, (510, 690), (900, 960))],
)
def test_a_half_day_contract_holds_only_beside_all_that_is_booked(world, name, begins, beside, across):
    """A booking of her other half says nothing of another that lies in the hours of her contract."""
    child = world.children[name]

    def plans():
        found = [one for one in day.list_expected(world.database, DAY) if one.who.id == child]
        return {(one.from_minute, one.tariff is None) for one in found}

    book(world, child, beside)
    assert plans() == {(begins, True), (beside[0], False)}
    book(world, child, across)
    assert plans() == {(beside[0], False), (across[0], False)}


def test_the_tables_that_ship_are_whole():
    rules = {rule.kind.value: rule for rule in tables.ratio_rules(DAY)}
    assert {kind: rule.per_carer for kind, rule in rules.items()} == {
        "infant": 3,
        "toddler": 5,
        "older_toddler": 7,
        "mixed": None,
    }
    assert tables.ratio_rules(dt.date(1999, 1, 1)) == tables.ratio_rules(DAY)
    defaults = presets.defaults()
    assert {price.code: price.price.fen for price in defaults.prices} == {
        "temp_full_day": 12000,
        "temp_half_day": 8000,
        "hourly": 2500,
        "lunch": 1500,
        "late_unit": 1500,
    }
    assert defaults.phrases["relations"][0] == "妈妈"
