"""手足口病 in one class, in the real window: rung in, observed, a second case, who may come and who may not."""

import datetime as dt

from app.practice import TOUR_MOMENT
from app.ui.health.case_sheets import CaseSheet, CertificateSheet
from app.ui.health.signing import SigningSheet
from db.practice_release import PINS
from tests.ui.stage import DESK, DIRECTOR

PIN = dict(PINS)
CLASS = "小海豚"
DAY = dt.timedelta(days=1)
# A child who visits now and then, is not here today, and has no contract in the class.
GUEST = (
    "select name from child c where born_on between '2024-02-10' and '2024-05-01' and allergy = 'none'"
    " and not exists (select 1 from enrolment e where e.child_id = c.id)"
    " and not exists (select 1 from booking b where b.child_id = c.id)"
    " and not exists (select 1 from visit v where v.child_id = c.id and v.day = '2025-12-03') order by id"
)
CASES = (
    "select c.name, i.disease, i.class_name from illness_case i join child c on c.id = i.child_id"
    " where i.ended_at is null and i.class_name = ? order by i.id"
)


def expected(journey):
    """Who is awaited in the class, at the desk."""
    board = journey.window.room("desk")._board
    return [row for row in board.expected if row.class_name == CLASS]


def ring_in(journey):
    """Somebody rings: she has hand-foot-mouth disease and stays at home."""
    journey.sign_in(DESK)
    journey.press("Alt+1")
    row = expected(journey)[0]
    journey.row("desk.expected", row.name)
    journey.press("J")
    sheet = journey.seen("desk.absence")
    sheet.quick.button("手足口病").click()
    sheet.told_by.set_text("妈妈")
    journey.kept(type(sheet))
    return row


def test_a_call_makes_the_case_and_the_class_takes_in_nobody_new(opened):
    journey = opened(TOUR_MOMENT)
    row = ring_in(journey)
    assert journey.rows(CASES, CLASS) == [(row.name, "hand_foot_mouth", CLASS)]
    print(journey.said("status.alerts"))
    assert CLASS in journey.said("status.alerts")
    guest = journey.rows(GUEST)[0][0]
    journey.press("Alt+7", "N")
    journey.hands.type(guest)
    journey.hands.wait(lambda: journey.hands.has("bookings.sheet.result.1"), "nobody was found")
    journey.press("Return")
    dolphins = journey.rows("select id from class_group where name = ?", CLASS)[0][0]
    journey.hands.click(f"bookings.sheet.class_id.{dolphins}")
    journey.settle()
    print(journey.said("bookings.sheet.answer"))
    journey.press("Ctrl+Return")
    print(journey.said("bookings.sheet.message"))
    assert "医学观察" in journey.said("bookings.sheet.message")
