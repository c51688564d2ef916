"""Signed in as the director is anybody who chose her name: what only she may lift asks for her own PIN.

Each act in the real window: without a PIN it is not done and that is said; a wrong one is asked again; with
hers it is done.
"""

import datetime as dt

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.domain.life import StepKind
from app.practice import TOUR_MOMENT
from app.services.illness import CaseCard
from app.ui.admissions.sheets import StepSheet
from app.ui.tour.story import Story
from app.ui.widgets.own_pin import OwnPinSheet
from tests.ui.stage import CHILD, DIRECTOR, PIN

CLASS = "抱抱龙"
CAME = "select count(*) from visit v join child c on c.id = v.child_id where c.name = ? and v.day = ?"
TODAY = TOUR_MOMENT.date().isoformat()
DAY = dt.timedelta(days=1)


def asked(journey):
    """The sheet for the PIN of who is signed in, or None."""
    found = [one for one in journey.window.findChildren(OwnPinSheet) if not one.gone]
    return found[-1] if found else None


def lift(journey, *again, done):
    """Esc does nothing; ``again`` asks once more, a wrong PIN stands there, and hers does it."""
    assert "园长自己输" in "".join(one.text() for one in asked(journey).findChildren(QLabel))
    assert QApplication.focusWidget() is asked(journey).fields["own_pin"].edit
    assert not done()
    journey.press("Escape")
    assert asked(journey) is None
    assert not done()
    assert "园长自己输" in journey.words(), "it is said that it was not done"
    journey.press(*again)
    journey.press(*"0000", "Ctrl+Return")
    assert "口令不对" in asked(journey).message.text()
    assert not done()
    journey.press(*PIN[DIRECTOR], "Ctrl+Return")
    assert asked(journey) is None
    assert done()


def put(journey, name, words):
    """Type into the line of that name."""
    line = journey.window.findChild(QLineEdit, name)
    journey.focus(line)
    line.selectAll()
    journey.write(words)


def observe(journey):
    """A child of the class is ill, so that it takes in nobody new."""
    sick = journey.rows(
        "select c.id from visit v join child c on c.id = v.child_id join class_group g on g.id = v.class_id"
        " where g.name = ? and v.day = ? and v.tariff = 'contract' order by c.id",
        CLASS,
        TODAY,
    )[0][0]
    actor = journey.application.context.actor
    journey.ask(lambda s: s.health.illness.note(actor, CaseCard(sick, "hfmd", "今天")))
    return str(journey.rows("select id from class_group where name = ?", CLASS)[0][0])


def test_an_abnormal_morning_check_at_the_desk(opened):
    journey = opened(TOUR_MOMENT)
    journey.sign_in(DIRECTOR)
    journey.press("Alt+1")
    name = journey.window.room("desk")._board.expected[0].name
    journey.row("desk.expected", name)
    journey.press("1", "Y")
    journey.write("手心有一颗疹子")
    put(journey, "desk.health_reason", "妈妈带来医院诊断，是湿疹")
    journey.press("Return")
    lift(journey, "Return", done=lambda: journey.rows(CAME, name, TODAY) == [(1,)])


def test_a_child_taken_in_by_card_in_spite_of_her_morning_check(opened):
    journey = opened(TOUR_MOMENT)
    journey.sign_in(DIRECTOR)
    journey.press("F2")
    Story(journey.hands, journey.application, journey.clock)._fill_card()
    form = journey.window.room("intake").form
    journey.focus(form.answers["check"].button("abnormal"))
    journey.press("Space")
    put(journey, "intake.check_note", "眼睛有点红")
    put(journey, "intake.health_reason", "医院看过，不传染")
    journey.press("Ctrl+Return")
    lift(journey, "Ctrl+Return", done=lambda: journey.rows(CAME, CHILD, TODAY) == [(1,)])


def test_a_place_in_a_class_under_observation(opened):
    journey = opened(TOUR_MOMENT)
    journey.sign_in(DIRECTOR)
    journey.press("Alt+8")
    room = journey.window.room("admissions")
    journey.press("F2")
    put(journey, "inquiry.name", "陆一鸣")
    put(journey, "inquiry.born_on", "2023-08-03")
    put(journey, "inquiry.phone", "13700001111")
    journey.press("Ctrl+Return")
    which = observe(journey)
    room.refresh()
    journey.settle()
    journey.press(str(room._panel.next.index(StepKind.ENROL) + 1))
    sheet = journey.up(StepSheet)
    journey.hands.click(f"step.class_id.{which}")
    put(journey, "step.reason", "家长书面同意")
    journey.press("Ctrl+Return")
    came = "select count(*) from child where name = '陆一鸣'"
    lift(journey, "Ctrl+Return", done=lambda: journey.rows(came) == [(1,)])
    assert journey.up(StepSheet) is not sheet


def test_a_batch_moved_into_a_class_under_observation(opened):
    journey = opened(TOUR_MOMENT)
    journey.sign_in(DIRECTOR)
    which = observe(journey)
    elder = str(journey.rows("select id from class_group where name = '小火车'")[0][0])
    journey.press("Alt+8", "Ctrl+4")
    room = journey.window.room("admissions")
    child = next(one for one in room._model.items if str(one.class_id) == elder)
    room._list.setFocus()
    room._list.setCurrentIndex(room._model.index(room._model.items.index(child)))
    journey.press("Space")
    journey.hands.click(f"moves.class.{which}")
    put(journey, "moves.on_day", (TOUR_MOMENT + DAY).date().isoformat())
    put(journey, "moves.reason", "弟弟也在这个班")
    journey.press("F4", "Ctrl+Return")
    moved = "select count(*) from life_step where kind = 'move' and child_id = ? and class_id = ?"
    lift(
        journey,
        "F4",
        "Ctrl+Return",
        done=lambda: journey.rows(moved, int(child.owner.child), int(which)) == [(1,)],
    )
