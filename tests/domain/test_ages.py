import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ages import (
    BirthDateError,
    age_flags,
    age_words,
    check_birth,
    full_age_words,
    month_day,
    months_between,
    months_words,
)

D = dt.date.fromisoformat
TODAY = D("2025-12-03")
days = st.dates(D("2000-01-01"), D("2040-12-31"))


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        ("2025-08-31", "2026-02-27", 5),
        ("2025-08-31", "2026-02-28", 6),
        ("2024-02-29", "2025-02-28", 12),
        ("2023-11-22", "2026-11-21", 35),
        ("2023-11-22", "2026-11-22", 36),
        ("2023-08-19", "2025-12-03", 27),
        ("2025-12-03", "2025-12-03", 0),
        ("2025-12-04", "2025-12-03", 0),
    ],
)
def test_months_by_the_civil_code(born, day, months):
    assert months_between(D(born), D(day)) == months


@given(days, days)
def test_a_month_is_complete_exactly_on_its_day(born, day):
    months = months_between(born, day)
    if day > born:
        assert month_day(born, months) <= day < month_day(born, months + 1)


@given(days, st.integers(0, 400))
def test_months_never_go_down_as_days_pass(born, step):
    day = born + dt.timedelta(days=step * 3)
    assert months_between(born, day) <= months_between(born, day + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("born", "words", "full"),
    [
        ("2023-08-19", "2岁3个月", "2岁3个月14天"),
        ("2023-12-03", "2岁", "2岁"),
        ("2025-02-01", "10个月", "10个月2天"),
        ("2025-11-21", "12天", "12天"),
        ("2025-12-09", "0天", "0天"),
    ],
)
def test_ages_in_words(born, words, full):
    assert age_words(D(born), TODAY) == words
    assert full_age_words(D(born), TODAY) == full


def test_months_as_the_classes_are_counted():
    assert months_words(D("2023-08-19"), TODAY) == "27 个月"


def test_flags_stand_below_six_and_from_thirty_six():
    assert [bool(age_flags(months)) for months in (0, 5, 6, 35, 36, 50)] == [
        True,
        True,
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2023-08-19",
        "20230819",
        "2023.8.19",
        "2023/8/19",
        "2023年8月19日",
        "230819",
        " ２０２３－０８－１９ ",
        "23-8-19",
    ],
)
def test_birth_dates_are_read_as_people_type_them(text):
    assert check_birth(text, TODAY) == D("2023-08-19")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "请填"),
        ("昨天", "看不懂"),
        ("2" * 10_000, "看不懂"),
        ("2023-02-30", "没有 2023年2月30日"),
        ("2025-12-04", "还没有到"),
        ("2018-01-01", "超过 7 岁"),
        ("0000-01-01", "没有"),
    ],
)
def test_impossible_birth_dates_are_refused_with_a_sentence(text, says):
    with pytest.raises(BirthDateError) as caught:
        check_birth(text, TODAY)
    assert says in caught.value.sentence
    assert caught.value.field == "born_on"
    assert len(caught.value.sentence) < 80


def test_a_child_born_today_and_one_nearly_seven_pass():
    assert check_birth("20251203", TODAY) == TODAY
    assert check_birth("20181203", TODAY) == D("2018-12-03")
