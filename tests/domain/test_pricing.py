import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.modes import Tariff
from app.domain.money import Money, total
from app.domain.pricing import (
    Beside,
    NoPriceError,
    StayTimesError,
    Tariffs,
    care_end,
    counted_minutes,
    covers_lunch,
    hourly_units,
    late_units,
    quote,
    stay_words,
)

TZ = dt.timezone(dt.timedelta(hours=8))
PRICES = Tariffs(Money.yuan(140), Money.yuan(80), Money.yuan(25), Money.yuan(15), Money.yuan(15))
PAID = (Tariff.HOURLY, Tariff.TEMP_HALF_DAY, Tariff.TEMP_FULL_DAY)


def at(hour, minute=0, second=0):
    return dt.datetime(2025, 12, 3, hour, minute, second, tzinfo=TZ)


def test_the_story_at_the_desk():
    found = quote(Tariff.TEMP_HALF_DAY, at(9, 10), at(14), at(14), PRICES)
    assert [(line.purpose, str(line.amount)) for line in found.lines] == [
        ("半日临时托 09:10–14:00", "80.00"),
        ("午餐", "15.00"),
    ]
    assert (found.total, found.late) == (Money(9500), Money(0))
    assert found.words == (
        "计时算法：4 小时 50 分 → 5 小时 × 25 = 125，封顶半日价 80，已取较低。"
        "超时每半小时 15 元，宽限 10 分钟。"
    )


def test_the_story_at_the_door_seconds_left_out():
    found = quote(Tariff.TEMP_HALF_DAY, at(9, 12, 40), at(14, 0, 10), at(14), PRICES)
    assert found.total == Money(9500)
    assert found.lines[0].purpose == "半日临时托 09:12–14:00"


def test_late_care_begins_after_the_grace_and_is_a_line_of_its_own():
    assert quote(Tariff.TEMP_HALF_DAY, at(9, 12), at(14, 10), at(14), PRICES).late == Money(0)
    found = quote(Tariff.TEMP_HALF_DAY, at(9, 12), at(14, 22), at(14), PRICES)
    assert found.late == Money(1500)
    assert found.total == Money(11000)
    late = found.lines[-1]
    assert (late.code, late.purpose, late.quantity, late.unit) == (
        "late_unit",
        "延时托管（超 22 分钟）",
        1,
        "半小时",
    )
    assert "说好 14:00，14:22 接走，超 22 分钟" in found.words
    assert quote(Tariff.TEMP_HALF_DAY, at(9, 12), at(14, 41), at(14), PRICES).late == Money(3000)


@pytest.mark.parametrize(
    ("minutes", "units"),
    [(0, 1), (10, 1), (70, 1), (71, 2), (130, 2), (131, 3), (290, 5), (310, 5), (311, 6)],
)
def test_hours_are_counted_up_after_the_grace(minutes, units):
    assert hourly_units(minutes, PRICES) == units


@pytest.mark.parametrize(("minutes", "units"), [(-30, 0), (0, 0), (10, 0), (11, 1), (40, 1), (41, 2)])
def test_late_units(minutes, units):
    assert late_units(minutes, PRICES) == units


def test_a_short_hourly_stay_is_hours_times_price():
    found = quote(Tariff.HOURLY, at(15), at(17), at(17), PRICES)
    (line,) = found.lines
    assert (line.quantity, line.unit, line.unit_price, line.amount) == (2, "小时", Money(2500), Money(5000))
    assert line.explanation == "计时算法：2 小时 → 2 小时 × 25 = 50。"


def test_an_hourly_stay_is_capped_and_says_so():
    found = quote(Tariff.HOURLY, at(9), at(13), at(13), PRICES)
    assert found.lines[0].amount == Money(8000)
    assert "封顶半日价 80，已取较低" in found.words
    same = quote(
        Tariff.HOURLY, at(9), at(13), at(13), dataclasses.replace(PRICES, temp_half_day=Money(10000))
    )
    assert (same.lines[0].unit, same.lines[0].amount) == ("小时", Money(10000)), "no cap that lowers nothing"
    longer = quote(Tariff.HOURLY, at(8), at(14, 30), at(14, 30), PRICES)
    assert longer.lines[0].amount == Money(13000)
    assert "同样时长的半日托 130" in longer.words


def test_a_half_day_that_grows_too_long_is_counted_on_up_to_the_full_day():
    longer = quote(Tariff.TEMP_HALF_DAY, at(8), at(14, 30), at(14, 30), PRICES)
    assert longer.lines[0].amount == Money(13000)
    assert "80 + 加时 50 = 130" in longer.words
    whole = quote(Tariff.TEMP_HALF_DAY, at(8), at(17), at(17), PRICES)
    assert whole.lines[0].amount == Money(14000)
    assert "全日价 140 封顶" in whole.words


def test_a_short_half_day_says_that_by_the_hour_is_cheaper():
    assert "只待这么久可改按计时托" in quote(Tariff.TEMP_HALF_DAY, at(9), at(11), at(11), PRICES).words


def test_a_full_day_is_one_price():
    found = quote(Tariff.TEMP_FULL_DAY, at(8), at(17), at(17), PRICES)
    assert (found.lines[0].amount, found.lines[0].unit) == (Money(14000), "次")
    assert found.words.startswith("全日价 140，一天之内不另计时。")


def beside(minutes, care, *, full=False, begins=8, ends=14):
    return Beside(minutes, Money.yuan(care), at(begins), at(ends), full)


@pytest.mark.parametrize(
    ("tariff", "others", "due", "ending"),
    [
        (Tariff.HOURLY, beside(60, 25), 50, "2 小时 × 25 = 50。"),
        (Tariff.HOURLY, beside(120, 50), 30, "封顶半日价 80，这次只收差额 30。"),
        (Tariff.HOURLY, beside(300, 80), 50, "2 小时 × 25 = 50。"),
        (Tariff.HOURLY, beside(300, 100), 30, "封顶同样时长的半日托 130，这次只收差额 30。"),
        (Tariff.HOURLY, beside(480, 130), 10, "封顶全日价 140，这次只收差额 10。"),
        (Tariff.HOURLY, beside(120, 140, full=True), 0, "封顶全日价 140，这次不再收。"),
        (Tariff.HOURLY, beside(120, 150, full=True), 0, "封顶全日价 140，这次不再收。"),
        (Tariff.HOURLY, beside(300, 80, begins=14), 0, "封顶半日价 80，这次不再收。"),
        (Tariff.TEMP_HALF_DAY, beside(300, 80, begins=13), 0, "封顶半日价 80，这次不再收。"),
        (Tariff.TEMP_HALF_DAY, beside(120, 50, begins=13), 30, "封顶半日价 80，这次只收差额 30。"),
        (Tariff.TEMP_HALF_DAY, beside(300, 80), 60, "封顶全日价 140，这次只收差额 60。"),
        (Tariff.TEMP_FULL_DAY, beside(120, 50), 90, "封顶全日价 140，这次只收差额 90。"),
        (Tariff.TEMP_FULL_DAY, beside(120, 140, full=True), 0, "封顶全日价 140，这次不再收。"),
    ],
)
def test_several_stays_of_a_day_cost_together_no_more_than_one(tariff, others, due, ending):
    found = quote(tariff, at(15), at(17), at(17), PRICES, beside=others)
    assert (found.lines[0].amount, found.total) == (Money.yuan(due), Money.yuan(due))
    assert found.lines[0].explanation.endswith(ending)
    if "封顶" in ending:
        assert f"同一天的其他托育 {others.care.short}，合计" in found.words


def test_other_stays_add_up():
    both = beside(120, 50, begins=8, ends=10).and_also(beside(300, 80, full=True, begins=9, ends=17))
    assert both == beside(420, 130, full=True, begins=8, ends=17)


def test_what_is_paid_for_other_stays_takes_nothing_from_late_care_and_lunch():
    others = beside(120, 140, full=True)
    found = quote(Tariff.TEMP_FULL_DAY, at(11), at(17, 30), at(17), PRICES, beside=others)
    assert [(line.code, str(line.amount)) for line in found.lines] == [
        ("temp_full_day", "0.00"),
        ("lunch", "15.00"),
        ("late_unit", "15.00"),
    ]


def test_without_a_longer_price_on_the_list_there_is_nothing_to_stop_at():
    only = dataclasses.replace(PRICES, temp_half_day=None, temp_full_day=None)
    assert quote(Tariff.HOURLY, at(15), at(17), at(17), only, beside=beside(600, 250)).total == Money.yuan(50)


def test_care_ends_at_the_promised_hour_or_sooner():
    ends = [(at(11), at(12)), (at(13), at(12)), (at(13), None), (at(13), at(8))]
    assert [care_end(at(9), left, promised).hour for left, promised in ends] == [11, 12, 13, 9]


def test_a_half_day_counts_whole_beside_other_stays():
    spans = [(tariff, end) for tariff in PAID for end in (10, 16)]
    counted = [counted_minutes(tariff, at(9), at(end), PRICES) for tariff, end in spans]
    assert counted == [60, 420, 300, 420, 60, 420]


def test_a_contract_pays_nothing_at_the_door():
    found = quote(Tariff.CONTRACT, at(8), at(19), at(17), PRICES)
    assert (found.lines, found.total, found.words) == ((), Money(0), "包月，费用已含在月费里。")


@pytest.mark.parametrize(
    ("came", "went", "eats"),
    [
        ((9, 12), (14, 0), True),
        ((9, 0), (11, 30), False),
        ((9, 0), (12, 0), True),
        ((12, 1), (16, 0), False),
        ((12, 0), (16, 0), True),
    ],
)
def test_lunch_is_charged_to_whoever_is_there_for_it(came, went, eats):
    found = quote(Tariff.TEMP_HALF_DAY, at(*came), at(*went), at(*went), PRICES)
    assert any(line.code == "lunch" for line in found.lines) == eats


def test_no_lunch_hour_is_no_lunch():
    none = dataclasses.replace(PRICES, lunch_from=720, lunch_to=720)
    assert not covers_lunch(at(12), at(14), none)
    assert not covers_lunch(at(9), at(14), none)


def test_lunch_may_be_known_or_included():
    assert quote(Tariff.HOURLY, at(9), at(10), None, PRICES, lunch=True).total == Money(4000)
    assert quote(Tariff.TEMP_HALF_DAY, at(9), at(14), at(14), PRICES, lunch=False).total == Money(8000)
    included = dataclasses.replace(PRICES, lunch_included=frozenset({Tariff.TEMP_HALF_DAY}))
    assert quote(Tariff.TEMP_HALF_DAY, at(9), at(14), at(14), included).total == Money(8000)


def test_other_units_and_prices_that_are_not_on_the_list():
    halves = dataclasses.replace(PRICES, unit_minutes=30, hourly=Money(2505), late_unit_minutes=45)
    (line,) = quote(Tariff.HOURLY, at(15), at(16, 20), at(16, 20), halves).lines
    assert (line.quantity, line.unit, line.unit_price) == (3, "半小时", Money(1253))
    assert quote(Tariff.HOURLY, at(15), at(17), at(16), halves).lines[-1].unit == "45分钟"
    nothing = dataclasses.replace(PRICES, temp_full_day=None, temp_half_day=None, late_unit=None)
    found = quote(Tariff.HOURLY, at(9), at(15), at(14), nothing, lunch=False)
    assert (found.total, found.words) == (Money(12500), "计时算法：5 小时 → 5 小时 × 25 = 125。")
    free = dataclasses.replace(PRICES, hourly=None)
    assert quote(Tariff.TEMP_HALF_DAY, at(9), at(14), at(14), free).words.startswith("半日价 80。")


def test_a_stay_that_is_not_on_the_list_is_not_free():
    for name, tariff in (
        ("temp_full_day", Tariff.TEMP_FULL_DAY),
        ("temp_half_day", Tariff.TEMP_HALF_DAY),
        ("hourly", Tariff.HOURLY),
    ):
        with pytest.raises(NoPriceError, match="价目表里没有"):
            quote(tariff, at(9), at(14), at(14), dataclasses.replace(PRICES, **{name: None}))
    gift = dataclasses.replace(PRICES, temp_half_day=Money(0), lunch=None)
    assert quote(Tariff.TEMP_HALF_DAY, at(9), at(14), at(14), gift).total == Money(0)


def test_by_the_hour_costs_at_most_a_full_day_where_there_is_no_half_day():
    found = quote(
        Tariff.HOURLY, at(8), at(17, 50), None, dataclasses.replace(PRICES, temp_half_day=None, lunch=None)
    )
    assert found.total == Money.yuan(140)
    assert "封顶全日价 140" in found.words


def test_late_care_ends_at_closing_and_costs_at_most_a_full_day():
    tariffs = dataclasses.replace(PRICES, closing=18 * 60, lunch=None)
    next_morning = at(9) + dt.timedelta(days=1)
    late = quote(Tariff.TEMP_HALF_DAY, at(9), next_morning, at(14), tariffs).lines[-1]
    assert (late.quantity, late.amount) == (8, Money.yuan(120))
    for promised, units in ((at(17, 20), 1), (at(17, 19), 2)):  # forty minutes to closing, and one more
        assert quote(Tariff.TEMP_HALF_DAY, at(9), next_morning, promised, tariffs).lines[-1].quantity == units
    late = quote(Tariff.TEMP_HALF_DAY, at(8), at(17, 50), at(9), tariffs).lines[-1]
    assert (late.quantity, late.unit, late.amount) == (1, "次", Money.yuan(140))
    assert "封顶全日价 140" in late.explanation


def test_nobody_leaves_before_coming():
    with pytest.raises(StayTimesError, match="早于入园时间"):
        quote(Tariff.HOURLY, at(14), at(9), None, PRICES)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 分钟"), (40, "40 分钟"), (60, "1 小时"), (290, "4 小时 50 分")]
)
def test_stays_in_words(minutes, words):
    assert stay_words(minutes) == words


prices = st.builds(
    lambda hourly, half, more, lunch, late, unit, grace, longest: Tariffs(
        Money(half + more), Money(half), Money(hourly), Money(lunch), Money(late),
        unit_minutes=unit, min_minutes=unit, grace_minutes=grace, half_day_minutes=longest,
    ),
    st.integers(100, 9000), st.integers(100, 20_000), st.integers(0, 20_000), st.integers(0, 3000),
    st.integers(0, 3000), st.sampled_from([15, 30, 60]), st.integers(0, 20), st.integers(120, 400),
)  # fmt: skip
stays = st.tuples(st.integers(0, 500), st.integers(0, 500))


@given(prices, stays, st.one_of(st.none(), st.integers(0, 700)), st.integers(0, 120))
def test_a_longer_stay_never_costs_less(tariffs, stay, promised, more):
    arrived = at(7) + dt.timedelta(minutes=stay[0])
    leaving = arrived + dt.timedelta(minutes=stay[1])
    agreed = None if promised is None else arrived + dt.timedelta(minutes=promised)
    for tariff in PAID:
        one = quote(tariff, arrived, leaving, agreed, tariffs)
        other = quote(tariff, arrived, leaving + dt.timedelta(minutes=more), agreed, tariffs)
        assert one.total <= other.total


@given(prices, stays, st.one_of(st.none(), st.integers(0, 700)))
def test_by_the_hour_costs_at_most_a_half_day_and_that_at_most_a_full_day(tariffs, stay, promised):
    arrived = at(7) + dt.timedelta(minutes=stay[0])
    leaving = arrived + dt.timedelta(minutes=stay[1])
    agreed = None if promised is None else arrived + dt.timedelta(minutes=promised)
    quotes = [quote(tariff, arrived, leaving, agreed, tariffs) for tariff in PAID]
    assert quotes[0].total <= quotes[1].total <= quotes[2].total


@given(prices, stays, stays, st.sampled_from(PAID), st.sampled_from(PAID))
def test_two_stays_cost_each_at_least_nothing_and_together_no_more_than_one_over_both(
    tariffs, first, second, tariff, other
):
    came = at(7)
    left = came + dt.timedelta(minutes=first[0])
    again = left + dt.timedelta(minutes=first[1])
    gone = again + dt.timedelta(minutes=second[0])
    one = quote(tariff, came, left, None, tariffs).lines[0].amount
    counted = counted_minutes(tariff, came, left, tariffs)
    others = Beside(counted, one, came, left, tariff is Tariff.TEMP_FULL_DAY)
    two = quote(other, again, gone, None, tariffs, beside=others).lines[0].amount
    longer = Tariff.TEMP_FULL_DAY if Tariff.TEMP_FULL_DAY in {tariff, other} else Tariff.TEMP_HALF_DAY
    assert Money(0) <= two <= quote(other, again, gone, None, tariffs).lines[0].amount
    assert one + two <= quote(longer, came, gone, None, tariffs).lines[0].amount


@given(prices, stays, st.sampled_from(PAID))
def test_lines_add_up(tariffs, stay, tariff):
    arrived = at(7) + dt.timedelta(minutes=stay[0])
    leaving = arrived + dt.timedelta(minutes=stay[1])
    found = quote(tariff, arrived, leaving, arrived, tariffs)
    assert found.total == total([line.amount for line in found.lines])
    assert all(line.unit_price * line.quantity == line.amount for line in found.lines)
    assert found.words.endswith("。")
