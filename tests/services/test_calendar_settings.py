"""日历: the known year, the centre's own days, a new year's notice."""

import datetime as dt

import pytest

from app.domain.calendar import DayMark
from app.domain.holidays import NoticeError
from app.domain.staff import NotPermittedError
from app.services.altering import NothingChangedError
from app.services.calendar_settings import CalendarError, CalendarSettings
from app.store import day as days
from tests.services.world import DAY, settings_log

# Invented for the test: the notice of that year is not known here.
NOTICE = """2027年部分节假日安排
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。1月30日（周六）、2月14日（周日）上班。"""


@pytest.fixture
def calendar(world):
    return CalendarSettings(world.database, world.clock)


def test_the_known_year_is_shown_with_its_make_up_days(world, calendar):
    view = calendar.view(world.desk, 2026)
    assert view.known
    assert view.banner == ""
    assert view.months == (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23)
    lines = {line.day: line for line in view.lines}
    assert (lines[dt.date(2026, 2, 14)].chip.words, lines[dt.date(2026, 10, 1)].chip.words) == (
        "上班",
        "放假",
    )
    assert "国家日历" in lines[dt.date(2026, 10, 1)].words


def test_an_unknown_year_says_so_until_its_notice_is_entered(world, calendar):
    view = calendar.view(world.desk, 2027)
    assert view.banner == "2027 放假安排未录入，按周一至周五暂算。"
    seen = calendar.preview(world.director, NOTICE, 2026)
    assert (seen.year, len(seen.days)) == (2027, 12)
    assert seen.words.startswith("读到 10 天放假、2 天上班。")
    assert seen.lines[0] == "2027-01-01 周五 放假 元旦"
    assert calendar.view(world.desk, 2027).lines == ()
    done = calendar.keep_notice(world.director, seen.days)
    assert calendar.view(world.desk, 2027).banner == ""
    assert not days.is_open(world.database, dt.date(2027, 2, 5))
    assert days.is_open(world.database, dt.date(2027, 1, 30))
    with pytest.raises(NothingChangedError):
        calendar.keep_notice(world.director, seen.days)
    settings_log(world).undo(world.director, done.undo.key)
    assert calendar.view(world.desk, 2027).banner != ""


def test_the_centres_own_days_stay_when_a_notice_comes(world, calendar):
    summer = dt.date(2027, 2, 11)
    calendar.mark(world.director, summer, dt.date(2027, 2, 12), is_open=False, reason="消毒")
    seen = calendar.preview(world.director, NOTICE, 2027)
    assert seen.clashes == "本园已另作安排、保持不变：02-11（消毒）。"
    calendar.keep_notice(world.director, seen.days)
    marks = {line.day: line.mark for line in calendar.view(world.desk, 2027).lines}
    assert marks[summer] is DayMark.CLOSED


def test_own_days_are_marked_with_a_reason_and_taken_away(world, calendar):
    calendar.mark(world.director, DAY, DAY + dt.timedelta(days=1), is_open=False, reason="台风")
    assert not days.is_open(world.database, DAY)
    calendar.unmark(world.director, DAY)
    assert days.is_open(world.database, DAY)
    saturday = dt.date(2025, 12, 6)
    done = calendar.mark(world.director, saturday, saturday, is_open=True, reason="开放日")
    assert days.is_open(world.database, saturday)
    settings_log(world).undo(world.director, done.undo.key)
    assert not days.is_open(world.database, saturday)
    calendar.mark(world.director, saturday, saturday, is_open=True, reason="再开")
    assert days.is_open(world.database, saturday)
    with pytest.raises(NothingChangedError):
        calendar.unmark(world.director, dt.date(2025, 12, 8))


def test_a_reason_and_a_sane_span_are_asked_for(world, calendar):
    for last, reason, field in ((DAY, " ", "reason"), (DAY - dt.timedelta(days=1), "台风", "last")):
        with pytest.raises(CalendarError) as refused:
            calendar.mark(world.director, DAY, last, is_open=False, reason=reason)
        assert refused.value.field == field
    with pytest.raises(NoticeError):
        calendar.preview(world.director, "放假", 2027)
    with pytest.raises(CalendarError):
        calendar.keep_notice(world.director, ())


def test_a_weekday_called_a_make_up_day_is_asked_about(world, calendar):
    seen = calendar.preview(world.desk, "2027-03-01,上班,奇怪", 2027)
    assert "本来就是工作日" in seen.words


def test_only_the_director_changes_the_calendar(world, calendar):
    seen = calendar.preview(world.desk, NOTICE, 2027)
    for verb in (
        lambda: calendar.mark(world.desk, DAY, DAY, is_open=False, reason="台风"),
        lambda: calendar.unmark(world.desk, DAY),
        lambda: calendar.keep_notice(world.desk, seen.days),
    ):
        with pytest.raises(NotPermittedError):
            verb()
