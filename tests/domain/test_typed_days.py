"""Days as people type them."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import bookings, days
from app.domain.ages import check_birth, read_birth
from app.domain.import_cells import text_cell
from app.domain.import_dates import read_date
from app.domain.record_fields import check_day, spec_of
from app.domain.registers import ColumnSpec, read_moment
from app.domain.typed_days import (
    ANY_FAR,
    DayTextError,
    Direction,
    read_day,
    read_day_or_none,
    read_month,
    split_day,
    spoken,
    weekday_word,
    written,
)

TODAY = dt.date(2025, 12, 3)  # a Wednesday
PAST, COMING, NEAR, WRITTEN = Direction
GUESSING = (PAST, COMING, NEAR)
NEAR_DAYS = st.dates(TODAY - dt.timedelta(5 * 366), TODAY + dt.timedelta(5 * 366))
TODAYS = st.dates(dt.date(2020, 1, 1), dt.date(2099, 12, 31))


def day_of(text, direction=NEAR, **more):
    return read_day(text, TODAY, direction, **more)


# Every way in which a day is written out in full: by the program (the line below a field, pages), by people.
FULL_FORMS = (
    written,
    spoken,
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f" {day.year} {day.month} {day.day} ",
    lambda day: f"{day.year}年{day.month}月{day.day}号",
    lambda day: f"{written(day)}（{weekday_word(day)}）",
    lambda day: written(day).translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
)
# And without a year.
SHORT_FORMS = (
    lambda day: f"{day.month}-{day.day}",
    lambda day: f"{day.month}.{day.day}",
    lambda day: f"{day.month}。{day.day}",
    lambda day: f"{day.month}/{day.day}",
    lambda day: f"{day:%m%d}",
    days.month_day,
    bookings.day_words,
)


@given(day=NEAR_DAYS, direction=st.sampled_from(Direction), form=st.sampled_from(FULL_FORMS))
def test_a_day_written_out_is_read_as_that_day_in_every_field(day, direction, form):
    assert day_of(form(day), direction) == day


@given(today=TODAYS, day=st.dates(), form=st.sampled_from(SHORT_FORMS[:-1]))
def test_a_missing_year_never_lands_outside_the_direction(today, day, form):
    read = {one: read_day(form(day), today, one, far=10) for one in GUESSING}
    assert {(one.month, one.day) for one in read.values()} == {(day.month, day.day)}
    assert read[PAST] <= today <= read[COMING]
    assert read[NEAR] in {read[PAST], read[COMING]}
    assert abs(read[NEAR] - today) == min(today - read[PAST], read[COMING] - today)
    if (day.month, day.day) != (2, 29):
        assert today - read[PAST] < dt.timedelta(366)
        assert read[COMING] - today < dt.timedelta(366)


@given(day=st.dates(TODAY, TODAY + dt.timedelta(150)), form=st.sampled_from(SHORT_FORMS))
def test_a_day_soon_to_come_needs_no_year(day, form):
    assert day_of(form(day), COMING) == day_of(form(day), NEAR) == day


@given(first=NEAR_DAYS, day=st.dates())
def test_the_last_day_of_a_span_counts_from_its_first(first, day):
    read = day_of(f"{day.month}-{day.day}", COMING, since=first, far=15)
    assert read >= first


@pytest.mark.parametrize(
    ("text", "past", "coming", "near"),
    [
        ("12-8", "2024-12-08", "2025-12-08", "2025-12-08"),
        ("12-3", "2025-12-03", "2025-12-03", "2025-12-03"),
        ("11.30", "2025-11-30", "2026-11-30", "2025-11-30"),
        ("0105", "2025-01-05", "2026-01-05", "2026-01-05"),
        ("1月5日", "2025-01-05", "2026-01-05", "2026-01-05"),
        ("2-29", "2024-02-29", "2028-02-29", "2024-02-29"),
        ("周五", "2025-11-28", "2025-12-05", "2025-12-05"),
        ("星期三", "2025-11-26", "2025-12-10", "2025-12-10"),
        ("周 天", "2025-11-30", "2025-12-07", "2025-12-07"),
    ],
)
def test_which_day_is_meant_the_field_says(text, past, coming, near):
    assert [written(day_of(text, one)) for one in GUESSING] == [past, coming, near]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", TODAY),
        (" 明 天 ", dt.date(2025, 12, 4)),
        ("后天", dt.date(2025, 12, 5)),
        ("大后天", dt.date(2025, 12, 6)),
        ("昨天", dt.date(2025, 12, 2)),
        ("前天", dt.date(2025, 12, 1)),
        ("下周三", dt.date(2025, 12, 10)),
        ("下周一", dt.date(2025, 12, 8)),
        ("本周日", dt.date(2025, 12, 7)),
        ("上星期五", dt.date(2025, 11, 28)),
        ("2019.12.31", dt.date(2019, 12, 31)),
    ],
)
def test_words_mean_one_day_whatever_the_direction(text, day):
    assert {day_of(text, one) for one in GUESSING} == {day}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "请填日期"),
        ("  ", "请填日期"),
        ("下周", "看不懂日期“下周”"),
        ("13", "看不懂"),
        ("2026-01-02-03", "看不懂"),
        ("2" * 10_000, "看不懂"),
        ("2-30", "不是一个可用的日期"),
        ("2026-02-30", "不是一个可用的日期"),
        ("13-40", "不是一个可用的日期"),
        ("1340", "不是一个可用的日期"),
        ("0000-01-01", "不是一个可用的日期"),
        ("2099-01-01", "不是一个可用的日期"),
        ("99999999", "不是一个可用的日期"),
        ("25-12-3", "年份只有两位"),
        ("251203", "年份只有两位"),
        ("2025年12月3日 周四", "2025年12月3日是周三"),
    ],
)
def test_what_is_no_day_is_said(text, says):
    for direction in GUESSING:
        with pytest.raises(DayTextError) as refused:
            day_of(text, direction, field="ends_on")
        assert says in refused.value.sentence
        assert refused.value.field == "ends_on"
        assert len(refused.value.sentence) < 60


@pytest.mark.parametrize("text", ["12-8", "1208", "周五", "今天"])
def test_where_the_year_must_stand_nothing_is_guessed(text):
    with pytest.raises(DayTextError):
        day_of(text, WRITTEN)


def test_a_birth_date_has_its_year_too():
    for text, read in itertools.product(
        ("8-19", "0819", "昨天"), (check_birth, lambda text, today: check_day(ADULT, text, today))
    ):
        with pytest.raises(Exception, match=r"看不懂.*出生日期"):
            read(text, TODAY)


ADULT = spec_of("adult", "born_on")
MOMENT = ColumnSpec("at", "留样时间", "moment")


@given(day=st.dates(dt.date(1901, 1, 1), TODAY), form=st.sampled_from(FULL_FORMS))
def test_births_records_registers_and_lists_share_the_grammar(day, form):
    text = form(day)
    assert read_birth(text) == day
    assert check_day(ADULT, text, TODAY) == day
    assert read_date(text_cell(text), "生日").day == day
    assert day_of(text, far=ANY_FAR) == day


@given(day=NEAR_DAYS, form=st.sampled_from(FULL_FORMS))
def test_a_day_with_its_time_is_read_back(day, form):
    at = dt.datetime.combine(day, dt.time(11, 40))
    assert read_moment(MOMENT, f"{form(day)} 11:40", TODAY) == at
    assert read_moment(MOMENT, written(at), TODAY) == read_moment(MOMENT, spoken(at), TODAY) == at


def test_nothing_may_stand_where_nothing_must():
    assert read_day_or_none(" ", TODAY, COMING, "until") is None
    assert read_day_or_none("今天", TODAY, COMING, "until") == TODAY


def test_what_has_the_shape_of_a_day_is_taken_apart():
    assert split_day("明天") is None
    parts = split_day("26-2-30")
    assert (parts.year, parts.month, parts.day, parts.short) == (26, 2, 30, True)
    assert parts.in_year(2026) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-11", "2025-11"),
        ("202511", "2025-11"),
        ("2025年9月", "2025-09"),
        ("11", "2025-11"),
        ("12月", "2025-12"),
        ("1", "2025-01"),
        ("本月", "2025-12"),
        ("上月", "2025-11"),
        ("下个月", "2026-01"),
    ],
)
def test_a_month_is_read_as_it_is_meant(text, month):
    assert days.month_text(read_month(text, TODAY)) == month


def test_a_month_alone_is_the_latest_one():
    assert read_month("12", dt.date(2026, 1, 2)) == dt.date(2025, 12, 1)
    assert read_month("上月", dt.date(2026, 1, 2)) == dt.date(2025, 12, 1)


@pytest.mark.parametrize("text", ["", "13", "2025-13", "去年", "2099-01", "0"])
def test_what_is_no_month_is_said(text):
    with pytest.raises(DayTextError) as caught:
        read_month(text, TODAY, "when")
    assert caught.value.field == "when"
