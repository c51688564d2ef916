"""A feverish morning in the real window: found in class, measured again, rung, isolated, fetched, at home."""

import datetime as dt

from app.practice import TOUR_MOMENT
from app.ui.health.case_sheets import CaseSheet, CertificateSheet
from app.ui.health.check_sheet import CheckSheet
from app.ui.health.fever_sheets import FeverStepSheet
from tests.ui.stage import DESK, TEACHER

NEXT_DAY = TOUR_MOMENT + dt.timedelta(days=1)


def find_fever(journey, typed="378"):
    """A child who was looked at by the door is hot an hour later: three digits and Enter, Ctrl+Enter."""
    journey.sign_in(TEACHER)
    journey.press("Alt+5", "Ctrl+1")
    page = journey.window.room("health").page
    by_month = {visit for (visit,) in journey.rows("select id from visit where tariff = 'contract'")}
    row = next(one for one in page._view.rows if one.visit in by_month)
    assert row.check is not None
    assert "入园时做过" in row.words
    page.list.light(row.visit)
    assert "记入全日观察" in journey.said("health.rounds.hint")
    journey.pressed.clear()
    journey.press(*typed, "Return")
    assert journey.up(CheckSheet) is not None
    assert "全日观察" in journey.words()
    assert "保存后开始发热处理" in journey.said("check.fever")
    journey.kept(CheckSheet)
    assert len(journey.pressed) == len(typed) + 2
    return row


def chips(journey, name):
    """What the desk says of a child."""
    journey.press("Alt+1")
    board = journey.window.room("desk")._board
    return [row.chip.words for row in (*board.due, *board.present) if row.name == name]


def step(journey, title):
    """Enter on the page of fevers opens the next step."""
    journey.press("Alt+5", "Ctrl+2", "Return")
    sheet = journey.up(FeverStepSheet)
    assert sheet is not None
    assert title in journey.words()
    return sheet


def test_a_fever_found_after_the_door_goes_the_whole_ladder_and_home(opened):
    journey = opened(TOUR_MOMENT)
    row = find_fever(journey)
    kept = journey.rows(
        "select kind, tenths, outcome from health_check where visit_id = ? order by id", int(row.visit)
    )
    assert (len(kept), kept[0][0], kept[-1]) == (2, "morning", ("day", 378, "abnormal"))
    assert "发热" in chips(journey, row.name)
    step(journey, "复测")
    journey.write("381")
    journey.press("Ctrl+Return")  # too soon
    assert "才到复测时间" in journey.up(FeverStepSheet).message.text()
    journey.later(6)
    journey.kept(FeverStepSheet)
    sheet = step(journey, "通知家长")
    journey.press("1")
    assert sheet.text("phone")
    sheet.reached.button("1").click()
    sheet.fields["words"].edit.setFocus()
    journey.write("二十分钟到")
    journey.kept(FeverStepSheet)
    step(journey, "进隔离室")
    journey.kept(FeverStepSheet)
    assert journey.window.room("health").page._view.isolated == 1
    journey.press("Alt+5", "Ctrl+2", "Return")  # who fetches her is checked at the door
    assert journey.window.current_key == "desk"
    journey.sign_in(DESK)
    journey.find_child(row.name)
    journey.press("1", "O", "Return")  # and told there, face to face
    left = "select count(*) from visit where id = ? and left_at is not null"
    assert journey.rows(left, int(row.visit)) == [(1,)]
    actor = journey.application.context.actor
    told = journey.paper_text(lambda s: s.papers.pickup_report(actor, row.visit))
    assert "37.8" in told
    assert "38.1" in told
    # The next morning nothing lets her in until somebody has seen what the table asks for.
    journey.later(at=NEXT_DAY)
    journey.find_child(row.name)
    journey.press("1", "Return")
    came = "select count(*) from visit where child_id = ? and day = '2025-12-04'"
    assert journey.rows(came, int(row.child)) == [(0,)]
    assert "昨天 09:05 体温 38.1℃" in journey.words()
    journey.sign_in("周敏")
    journey.press("Alt+5", "Ctrl+5")
    journey.row("health.illness.list", row.name)
    journey.press("Return")
    assert journey.up(CaseSheet) is not None
    journey.kept(CaseSheet)
    journey.later(at=NEXT_DAY + dt.timedelta(days=1))
    journey.sign_in(DESK)
    journey.find_child(row.name)
    journey.press("1", "Return")
    assert "天数已满" in journey.words()
    journey.sign_in("周敏")
    journey.press("Alt+5", "Ctrl+5")
    journey.row("health.illness.list", row.name)
    journey.press("F4")
    journey.write("社区医院 12月5日 退热诊断")
    journey.kept(CertificateSheet)
    journey.sign_in(DESK)
    journey.find_child(row.name)
    journey.press("1", "Return")
    came = "select count(*) from visit where child_id = ? and day = '2025-12-05'"
    assert journey.rows(came, int(row.child)) == [(1,)]
