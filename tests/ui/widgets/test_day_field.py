"""The field in which a day is typed."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.typed_days import Direction, spoken, written
from app.ui.theme import Theme
from app.ui.widgets.day_field import DayField, birth_reader, full_text, reader, short_text
from app.ui.widgets.fields import Field

NOW = dt.datetime(2025, 12, 3, 16, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


def clock():
    return NOW


@pytest.fixture
def make(qtbot):
    """A field of a direction, with another line to go on to."""

    def made(reads=Direction.NEAR, **more):
        frame = QWidget()
        qtbot.addWidget(frame)
        column = QVBoxLayout(frame)
        rule = reader(clock, reads) if isinstance(reads, Direction) else reads
        field = DayField(Theme(), "some.day", "哪天", rule, **more)
        column.addWidget(field)
        frame.next = QLineEdit()
        column.addWidget(frame.next)
        with qtbot.waitActive(frame):
            frame.show()
            frame.activateWindow()
        field.edit.setFocus()
        field.frame = frame
        return field

    return made


def leave(field):
    field.frame.next.setFocus()


def test_what_was_understood_stands_below_as_it_is_typed(make):
    field = make()
    QTest.keyClicks(field.edit, "12-3")
    assert field.said == "2025年12月3日 周三"
    assert field.edit.accessibleDescription() == "2025年12月3日 周三"
    assert (field.read(), field.day()) == (TODAY, TODAY)
    assert field.full_text() == "2025-12-03"


def test_the_direction_of_the_field_is_what_is_said(make):
    field = make(Direction.COMING)
    QTest.keyClicks(field.edit, "12-2")
    assert field.said == "2026年12月2日 周三"


def test_what_stands_there_in_full_is_not_repeated(make):
    field = make()
    field.set_text("2025-12-03")
    assert field.said == ""
    assert field._said.isHidden()


def test_half_a_day_is_not_blamed_until_it_is_left(make):
    field = make()
    QTest.keyClicks(field.edit, "2-3")
    QTest.keyClicks(field.edit, "0")
    assert (field.problem, field.said.strip()) == ("", "")
    assert not field._said.isHidden(), "the form below does not hop"
    leave(field)
    assert field.problem == "“2-30”不是一个可用的日期，请核对。"
    assert field.text() == "2-30", "what was typed is kept"
    assert field.edit.property("state") == "bad"
    field.edit.setFocus()
    QTest.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert field.problem == ""
    assert field.said == "2026年2月3日 周二"


def test_what_the_sheet_blames_stays_when_the_field_is_left(make):
    field = make()
    field.set_text("12-3")
    field.show_problem("日期还没有到，请核对。")
    leave(field)
    assert field.problem == "日期还没有到，请核对。"
    assert field.said == ""


def test_an_empty_field_says_nothing(make):
    field = make()
    leave(field)
    assert (field.problem, field.said, field.day(), field.read_or_none()) == ("", "", None, None)
    with pytest.raises(RuleError, match="请填日期"):
        field.read()


def test_the_arrows_step_by_a_day_and_count_as_typing(make, qtbot):
    field = make()
    field.set_day(TODAY)
    assert field.text() == "12-3"
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.text() == "12-4"
    assert field.edit.isModified()
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.text() == "12-2"
    field.set_text("2025-12-31")
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.text() == "2026-01-01", "who writes the year keeps it"
    field.set_text("12-31")
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.day() == dt.date(2026, 1, 1)


def test_the_arrows_begin_today_and_leave_half_a_day_alone(make):
    field = make()
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.text() == "12-3"
    field.set_text("12-")
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.text() == "12-"


def test_a_step_never_leads_where_the_field_would_read_another_day(make):
    field = make(Direction.PAST)
    field.set_text("12-3")
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert (field.text(), field.day()) == ("2025-12-04", dt.date(2025, 12, 4))


def test_a_birth_date_is_blamed_with_its_own_words(make):
    field = make(birth_reader(clock))
    field.set_text(written(TODAY))
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.day() == TODAY, "nobody is born tomorrow"
    field.set_text("230819")
    assert field.said == "2023年8月19日 周六"
    field.set_text("2023-02-3")
    QTest.keyClick(field.edit, Qt.Key.Key_End)
    QTest.keyClicks(field.edit, "0")
    leave(field)
    assert field.problem == "没有 2023年2月30日 这一天，请核对出生日期。"


def test_a_field_may_refuse_in_words_of_its_own(make):
    field = make(reader(clock, Direction.NEAR, "from_day", refused="看不懂从哪天。"))
    field.set_text("早")
    with pytest.raises(RuleError) as refused:
        field.read()
    assert (refused.value.sentence, refused.value.field) == ("看不懂从哪天。", "from_day")


def test_the_last_day_follows_the_first(make):
    first = make()
    last = make(reader(clock, Direction.COMING, "to_day", since=first.day))
    first.edit.textChanged.connect(last.reread)
    first.set_text("12-28")
    last.set_text("1-3")
    assert last.said == "2026年1月3日 周六"
    first.set_text("2026-2-1")
    assert last.said == "2027年1月3日 周日"


def test_any_field_can_be_asked_for_its_full_text(make):
    day, other = make(), Field(Theme(), "some.words", "说明")
    day.set_text("今天")
    other.set_text("今天")
    assert [full_text(one) for one in (day, other)] == ["2025-12-03", "今天"]
    day.set_text("早上")
    assert full_text(day) == "早上", "to be refused by who reads it"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    day=st.dates(dt.date(2021, 1, 1), dt.date(2029, 12, 31)),
    direction=st.sampled_from([Direction.PAST, Direction.COMING, Direction.NEAR]),
)
def test_whatever_the_field_writes_it_reads_back(day, direction):
    reads = reader(clock, direction)
    assert reads(short_text(day, reads)) == reads(written(day)) == reads(spoken(day)) == day
