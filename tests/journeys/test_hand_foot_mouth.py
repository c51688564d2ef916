"""手足口病 in one class, in the real window: rung in, observed, a second case, who may come."""

import datetime as dt

from PySide6.QtWidgets import QLabel

from app.practice import TOUR_MOMENT
from app.ui.health.case_sheets import CaseSheet, CertificateSheet
from app.ui.health.signing import SigningSheet
from db.practice_release import PINS
from tests.ui.stage import DESK, DIRECTOR, TEACHER

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


def observed(journey):
    """What the status line says of the class; where it has no room for all, it tells them on asking."""
    told = journey.window.findChild(QLabel, "status.alerts").toolTip()
    return [one for one in told.splitlines() if CLASS in one]


def sick_in_class(journey):
    """A second child of the class, who was well enough to come this morning: F2 on the page of illnesses."""
    journey.sign_in(DIRECTOR)
    journey.press("Alt+5", "Ctrl+5", "F2")
    sheet = journey.up(CaseSheet)
    name = journey.rows(
        "select c.name from visit v join child c on c.id = v.child_id join class_group g on g.id = v.class_id"
        " where g.name = ? and v.day = '2025-12-03' and v.tariff = 'contract' and v.left_at is null"
        " order by c.name",
        CLASS,
    )[0][0]
    journey.focus(sheet.child.field.edit)
    journey.write(name)
    sheet.disease.button("hfmd").click()
    assert "14" in journey.said("case.rule")
    journey.focus(sheet.onset.edit)
    journey.write("今天")
    journey.kept(CaseSheet)
    return name


def test_a_call_makes_the_case_and_the_class_takes_in_nobody_new(opened):
    journey = opened(TOUR_MOMENT)
    row = ring_in(journey)
    assert journey.rows(CASES, CLASS) == [(row.name, "hfmd", CLASS)]
    assert observed(journey) == ["小海豚班医学观察到 12月16日"]
    guest = journey.rows(GUEST)[0][0]
    journey.press("Alt+3", "N")
    journey.hands.type(guest)
    journey.hands.wait(lambda: journey.hands.has("bookings.sheet.result.1"), "nobody was found")
    journey.press("Return")
    dolphins = journey.rows("select id from class_group where name = ?", CLASS)[0][0]
    journey.hands.click(f"bookings.sheet.class_id.{dolphins}")
    journey.settle()
    assert "期间不收新" in journey.said("bookings.sheet.answer")
    journey.press("Ctrl+Return")
    assert "须由园长写明理由" in journey.said("bookings.sheet.message")
    assert journey.rows("select count(*) from booking b join child c on c.id = b.child_id"
                        " where c.name = ?", guest) == [(0,)]  # fmt: skip


def test_a_second_case_is_a_cluster_and_only_two_people_let_the_first_child_in(opened):
    journey = opened(TOUR_MOMENT)
    row = ring_in(journey)
    second = sick_in_class(journey)
    assert sorted(journey.rows(CASES, CLASS)) == sorted([(row.name, "hfmd", CLASS), (second, "hfmd", CLASS)])
    assert "请报告属地疾控" in journey.words()
    assert any("请报告" in one for one in observed(journey))
    register = journey.paper_text(
        lambda s: s.health.forms.illness_register(journey.application.context.actor, "2025-12")
    )
    assert row.name in register
    assert second in register
    # Tomorrow she stands at the door.
    journey.later(at=TOUR_MOMENT + DAY)
    journey.sign_in(DESK)
    journey.find_child(row.name)
    journey.press("1", "Return")
    came = "select count(*) from visit where child_id = ? and day = ?"
    assert journey.rows(came, int(row.child), "2025-12-04") == [(0,)]
    assert "手足口病在家，最早 12月17日可以来" in journey.words()
    # The director lets her in for one day, with a reason and a second person's PIN.
    journey.sign_in(DIRECTOR)
    journey.press("Alt+5", "Ctrl+5")
    journey.row("health.illness.list", row.name)
    journey.press("F6")
    sheet = journey.up(SigningSheet)
    journey.write("医院改诊为湿疹，诊断书已看")
    teacher = next(key for key, one in sheet.second._holders.items() if one.actor.name == TEACHER)
    sheet.second.who.button(teacher).click()
    journey.focus(sheet.second.pin.edit)
    journey.write("0000")
    journey.press("Ctrl+Return")
    assert "口令不对" in journey.up(SigningSheet).message.text()
    journey.write(PIN[TEACHER])
    journey.press("Ctrl+Return")
    assert "园长自己输" in journey.up(SigningSheet).message.text()
    journey.write(PIN[DIRECTOR])
    journey.kept(SigningSheet)
    journey.sign_in(DESK)
    journey.find_child(row.name)
    journey.press("1", "Return")
    assert journey.rows(came, int(row.child), "2025-12-04") == [(1,)]


def test_after_the_days_the_certificate_opens_the_door(opened):
    journey = opened(TOUR_MOMENT)
    row = ring_in(journey)
    back = dt.datetime(2025, 12, 17, 9, 5, tzinfo=TOUR_MOMENT.tzinfo)
    journey.later(at=back)
    journey.find_child(row.name)
    journey.press("1", "Return")
    assert "天数已满，还没看到医院开的复课证明" in journey.words()
    journey.sign_in(DIRECTOR)
    journey.press("Alt+5", "Ctrl+5")
    journey.row("health.illness.list", row.name)
    journey.press("F4")
    journey.write("市妇幼 12月16日 复课证明")
    journey.press("Tab")
    journey.write("12-15")
    journey.kept(CertificateSheet)
    journey.sign_in(DESK)
    journey.find_child(row.name)
    journey.press("1", "Return")
    came = "select count(*) from visit where child_id = ? and day = '2025-12-17'"
    assert journey.rows(came, int(row.child)) == [(1,)]
    assert observed(journey) == []
