"""A family rings: one class does not fit, another does; next morning the child comes in."""

import contextlib
import datetime as dt
import sqlite3

import pytest
from PySide6.QtWidgets import QLabel

from app.practice import DESK_MOMENT, StoryClock
from tests.conftest import copied
from tests.ui.stage import DESK, Stage

TOMORROW = dt.date(2025, 12, 4)
# A child of some twenty months who visits now and then, is not here today and has no booking.
GUEST = (
    "select name from child c where born_on between '2024-02-10' and '2024-05-01' and allergy = 'none'"
    " and not exists (select 1 from enrolment e where e.child_id = c.id)"
    " and not exists (select 1 from booking b where b.child_id = c.id)"
    " and not exists (select 1 from visit v where v.child_id = c.id and v.day = '2025-12-03') order by id"
)


@pytest.fixture
def stage(qapp, templates, tmp_path):
    file = copied(templates(DESK_MOMENT), tmp_path)
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        # Nobody is ill: a class under observation would refuse guests before anybody counts heads.
        connection.execute("update illness_case set ended_at = noted_at, ended_as = 'undone'")
    opened = Stage(file, StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


def said(stage, name):
    """The words of a label on screen."""
    found = [one for one in stage.window.findChildren(QLabel, name) if one.isVisible()]
    return found[0].text() if found else ""


def rows(stage, sql):
    """Ask the file behind the window."""
    services = stage.application.context._services
    return [tuple(row) for row in services._database.rows(sql)]


def answered(stage, part):
    stage.hands.wait(lambda: part in said(stage, "bookings.sheet.answer"), f"nothing says {part}")


def test_a_booking_that_does_not_fit_is_mended_kept_and_arrives(stage):
    hands, child = stage.hands, rows(stage, GUEST)[0][0]
    stage.sign_in(DESK)
    hands.key("Alt+3")
    hands.find("bookings.grid")
    stage.settle()
    hands.key("Right")  # tomorrow
    hands.key("N")
    hands.find("bookings.sheet.keep")
    hands.type(child)
    hands.wait(lambda: hands.has("bookings.sheet.result.1"), "nobody was found")
    hands.key("Return")
    answered(stage, "刚好合规")
    sapling = rows(stage, "select id from class_group where name = '小树苗'")[0][0]
    hands.click(f"bookings.sheet.class_id.{sapling}")
    answered(stage, "不合规")
    assert "2 名老师" in said(stage, "bookings.sheet.answer")
    hands.key("Ctrl+Return")
    hands.wait(lambda: "须由园长写明理由" in said(stage, "bookings.sheet.message"), "it was not refused")
    assert rows(
        stage, f"select count(*) from booking where day = '{TOMORROW}' and made_at like '%13:52%'"
    ) == [(0,)]
    hands.click("bookings.sheet.mend.1")
    answered(stage, "刚好合规")
    hands.key("Ctrl+Return")
    hands.wait(lambda: not hands.has("bookings.sheet"), "the sheet stays")
    stage.settle()
    made = rows(
        stage,
        "select c.name, g.name, b.from_minute, b.to_minute from booking b join child c on c.id = b.child_id"
        f" join class_group g on g.id = b.class_id where b.day = '{TOMORROW}' and c.name = '{child}'",
    )
    assert made == [(child, "小海豚", 540, 720)]
    # The next morning.
    stage.clock.moment = DESK_MOMENT.replace(day=4, hour=8, minute=55)
    hands.key("Alt+1")
    stage.application.window.follow_clock()
    stage.settle()
    stage.application.window.room("desk").refresh()
    stage.settle()
    stage.row("desk.expected", child)
    hands.key("1")
    hands.key("F3")
    hands.key("Return")
    hands.wait(
        lambda: (
            rows(stage, f"select count(*) from visit where day = '{TOMORROW}' and left_at is null") == [(1,)]
        ),
        "the child has not come in",
    )
    visit = rows(
        stage,
        "select g.name, v.tariff, v.promised_at from visit v join class_group g on g.id = v.class_id"
        f" where v.day = '{TOMORROW}'",
    )
    assert visit == [("小海豚", "temp_half_day", "2025-12-04T12:00:00+08:00")]


@pytest.mark.parametrize(
    ("scene", "kind"), [("bookings-names", "expected_list"), ("desk-tracing", "absence_register")]
)
def test_the_papers_of_the_day_are_printed_by_a_key_where_they_are_wanted(stage, scene, kind):
    stage.show(scene)
    stage.hands.key("Ctrl+P")
    stage.settle()
    stage.hands.wait(
        lambda: (
            rows(stage, f"select count(*) from audit where verb = 'print' and subject = '{kind}'") == [(1,)]
        ),
        "nothing was printed",
    )


@pytest.mark.parametrize("words", ["yingdao", "zhuifangdengji"])
def test_the_papers_of_the_day_are_found_by_name_and_shown_first(stage, words):
    stage.show("desk")
    stage.hands.key("Ctrl+K")
    stage.hands.type(words)
    stage.hands.wait(lambda: stage.hands.has("finder.list"), "no command was found")
    stage.settle()
    stage.hands.key("Return")
    stage.hands.find("preview.print")
