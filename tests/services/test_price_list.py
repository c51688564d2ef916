"""价目: dated prices whatever the order of entry, caps, and receipts that keep theirs."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.staff import NotPermittedError
from app.services.altering import NothingChangedError, WrongDayError
from app.services.price_list import OverCapError, PriceDraft, PriceList, PriceListError
from app.store import prices
from tests.services.world import DAY, make_world, settings_log

TRIAL = PriceDraft("", "试托", "basic", "天", Money.yuan(50))
JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def book(world):
    return PriceList(world.database, world.clock)


def item(book, world, name):
    return next(one for one in book.view(world.desk) if one.draft.name == name)


def fen(world, code, day):
    return {one.code: one.price.fen for one in prices.list_prices(world.database, day)}.get(code)


def test_a_new_price_ends_the_old_one_the_day_before(world, book):
    draft = dataclasses.replace(item(book, world, "半日临时托").draft, price=Money.yuan(90))
    book.set_price(world.director, draft, JANUARY)
    assert fen(world, "temp_half_day", dt.date(2025, 12, 31)) == 8000
    assert fen(world, "temp_half_day", JANUARY) == 9000
    shown = item(book, world, "半日临时托")
    assert [(step.price.short, step.state) for step in shown.steps] == [("90", "将来"), ("80", "现行")]
    assert shown.chip.words == "01-01 起 90"
    history = settings_log(world).history(world.desk, "price", shown.key)
    assert history[0].words == "2026-01-01 起半日临时托 80 元/次 → 90 元/次"


def test_a_new_item_gets_a_code_of_its_own_and_can_be_stopped(world, book):
    done = book.set_price(world.director, TRIAL, DAY)
    assert fen(world, "own_1", DAY) == 5000
    settings_log(world).undo(world.director, done.undo.key)
    assert fen(world, "own_1", DAY) is None
    book.set_price(world.director, TRIAL, DAY)
    last = DAY + dt.timedelta(days=10)
    code = item(book, world, "试托").draft.code
    book.end(world.director, code, last)
    assert fen(world, code, last) == 5000
    assert fen(world, code, last + dt.timedelta(days=1)) is None
    with pytest.raises(PriceListError, match="不收了"):
        book.end(world.director, code, last + dt.timedelta(days=1))


def test_what_the_desk_charges_by_cannot_be_stopped(world, book):
    with pytest.raises(PriceListError, match="不能停"):
        book.end(world.director, "hourly", DAY)


def test_a_price_above_its_cap_is_refused(world, book):
    draft = PriceDraft(
        "", "托小班保育费", "basic", "月", Money.yuan(1500), Money.yuan(1400), "乳发改〔2024〕3号"
    )
    with pytest.raises(OverCapError, match=r"1,?500 元超过了限价 1,?400 元（乳发改") as refused:
        book.set_price(world.director, draft, DAY)
    assert refused.value.field == "price"
    book.set_price(world.director, dataclasses.replace(draft, price=Money.yuan(1400)), DAY)
    assert "限价" in item(book, world, "托小班保育费").words


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"unit": ""}, "unit"),
        ({"category": "gift"}, "category"),
        ({"price": Money(-1)}, "price"),
        ({"name": "午餐"}, "name"),
    ],
)
def test_what_cannot_be_printed_is_refused(world, book, change, field):
    with pytest.raises(PriceListError) as refused:
        book.set_price(world.director, dataclasses.replace(TRIAL, **change), DAY)
    assert refused.value.field == field


def test_the_past_and_what_stands_there_are_refused(world, book):
    held = item(book, world, "午餐").draft
    with pytest.raises(NothingChangedError):
        book.set_price(world.director, held, DAY)
    with pytest.raises(WrongDayError):
        book.set_price(world.director, dataclasses.replace(held, price=Money(1)), DAY - dt.timedelta(days=1))


def test_only_the_director_sets_prices(world, book):
    for verb in (
        lambda: book.set_price(world.cashier, TRIAL, DAY),
        lambda: book.end(world.cashier, "lunch", DAY),
    ):
        with pytest.raises(NotPermittedError):
            verb()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    world = make_world(tmp_path_factory.mktemp("prices"))
    yield world
    world.database.close()


ENTRIES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 99_000), st.booleans()), min_size=1, max_size=7
)


@given(entries=ENTRIES)
def test_on_any_day_the_price_is_of_the_latest_beginning_set_last(shared, entries):
    """Whatever the order of entry; and one that is taken back at once leaves no trace."""
    world, book = shared, PriceList(shared.database, shared.clock)
    log = settings_log(world)
    name = f"试{len(book.view(world.desk))}"
    truth, code = {}, ""
    for offset, amount, taken_back in entries:
        day = DAY + dt.timedelta(days=offset)
        draft = PriceDraft(code, name, "other", "次", Money(amount))
        try:
            done = book.set_price(world.director, draft, day)
        except NothingChangedError:
            continue
        if taken_back:
            log.undo(world.director, done.undo.key)
        else:
            truth[day] = amount
            code = item(book, world, name).draft.code
    for offset in range(25):
        day = DAY + dt.timedelta(days=offset)
        begun = [start for start in truth if start <= day]
        expected = truth[max(begun)] if begun else None
        found = [one.price.fen for one in prices.list_prices(world.database, day) if one.name == name]
        assert found == ([] if expected is None else [expected])
