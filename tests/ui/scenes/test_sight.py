"""At 1366 x 768 and type half as large again: the acts of a room are in sight without scrolling.

And nothing scrolls inside what scrolls: there nobody knows which of the two the wheel will move.
"""

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QScrollArea, QWidget

from app.practice import DESK_MOMENT, StoryClock
from tests.conftest import copied
from tests.ui import walk
from tests.ui.stage import SIZE, Stage

# What must be whole and in sight, by scene: the acts of the room, and what they are about.
ACTS = {
    "handover": ("handover.tell", "handover.sign", "handover.more"),
    "handover-shift": ("shift.sign", "shift.show_paper", "shift.print", "shift.new_point"),
    "health-registers": ("health.registers.new", "health.registers.correct", "health.registers.more"),
    "health-samples": ("health.registers.new", "health.registers.close", "health.registers.more"),
    "settings-calendar": (
        "settings.calendar.first", "settings.calendar.last", "settings.calendar.mark",
        "settings.calendar.unmark", "settings.calendar.notice",
    ),
    "settings-rota": (
        "settings.rota.list", "settings.rota.carer", "settings.rota.from", "settings.rota.to",
        "settings.rota.add", "settings.rota.off", "settings.rota.end", "settings.rota.copy",
    ),
    "admissions": ("admissions.step.1", "admissions.step.2", "admissions.more"),
    "records": ("records.edit", "records.photo", "records.more", "records.gap.second_phone"),
    "bookings": ("bookings.grid", "bookings.change", "bookings.cancel"),
    "importing-rows": ("importing.run", "importing.leave_out"),
    "curriculum-terms": ("curriculum.terms.sign", "curriculum.terms.keep", "curriculum.terms.more"),
    "curriculum-notes": ("curriculum.notes.add", "curriculum.notes.change", "curriculum.notes.end"),
}  # fmt: skip


def at_top(stage, name):
    """A scene as it comes up: another test may have scrolled its page."""
    stage.show(name)
    for one in stage.window.findChildren(QScrollArea):
        one.verticalScrollBar().setValue(0)
    stage.settle()


def nested(window):
    """Scroll areas with a bar inside others with one."""
    areas = [
        one
        for one in window.findChildren(QAbstractScrollArea)
        if one.verticalScrollBar().isVisible() and not one.visibleRegion().isEmpty()
    ]
    return [
        f"{inner.objectName()} in {outer.objectName()}"
        for inner in areas
        for outer in areas
        if outer is not inner and outer.isAncestorOf(inner)
    ]


@pytest.mark.parametrize("scale", [100, 125, 150])
def test_the_acts_of_a_room_are_in_sight_without_scrolling(stage, scale):
    stage.wear("light", scale)
    findings = {}
    for name, acts in ACTS.items():
        at_top(stage, name)
        for act in acts:
            found = [one for one in stage.window.findChildren(QWidget, act) if one.isVisible()]
            tucked = scale < 150 or act.endswith(".more")  # not needed where all have room
            if not found and tucked:
                continue
            if not found or walk.shown_part(found[0]) != found[0].rect():
                findings[act] = f"{name}: {walk.shown_part(found[0]).size().toTuple() if found else None}"
    assert stage.window.size().toTuple() == SIZE
    assert findings == {}


@pytest.mark.parametrize("scale", [125, 150])
def test_nothing_scrolls_inside_what_scrolls(stage, scale):
    stage.wear("light", scale)
    findings = {}
    for name in ACTS:
        stage.show(name)
        findings |= dict.fromkeys(nested(stage.window), name)
    assert findings == {}


def test_what_an_earlier_scene_has_left_over_the_rooms_is_gone_before_the_next(stage):
    stage.application.context.messages.banner("left", "上次没有存下的内容还在：档案 1 份。")
    stage.settle()
    assert stage.hands.has("banner.left.close")
    stage.show("bookings")
    assert not stage.hands.has("banner.left.close")


@pytest.fixture
def morning(qapp, templates, tmp_path):
    """A program of its own: what other scenes have written of the child would stand above her adults."""
    opened = Stage(copied(templates(DESK_MOMENT), tmp_path), StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


@pytest.mark.parametrize("scale", [100, 125, 150])
def test_at_the_desk_who_comes_before_what_is_due_and_how_it_is_paid(morning, scale):
    stage = morning
    stage.wear("light", scale)
    at_top(stage, "desk-pickup")
    names = ("pickup.adult.1", "pickup.code", "pickup.quote", "pickup.tender", "pickup.confirm")
    parts = [stage.window.findChild(QWidget, name) for name in names]
    tops = [one.mapTo(stage.window, one.rect().topLeft()).y() for one in parts]
    # In the largest type the proofs may lie under the bill's edge: they are scrolled, the bill is not.
    assert tops[:2] == sorted(tops[:2])
    told = tops if scale < 150 else [tops[0], *tops[2:]]
    assert told == sorted(told)
    pinned = [walk.shown_part(one) == one.rect() for one in (parts[0], *parts[2:])]
    assert all(pinned), dict(zip((names[0], *names[2:]), pinned, strict=True))


@pytest.mark.parametrize("scale", [100, 150])
def test_what_must_be_put_right_in_the_card_is_read_whole(stage, scale):
    stage.wear("light", scale)
    at_top(stage, "intake-filled")
    side = stage.hands.find("intake.side")
    told = [one for one in side.findChildren(QLabel) if "已经入园" in one.text()]
    assert told
    assert all(walk.shown_part(one) == one.rect() for one in told)


def test_nobody_signs_a_summary_without_its_words_before_her(stage):
    stage.wear("light", 150)
    at_top(stage, "curriculum-terms")
    words = stage.hands.find("curriculum.terms.words")
    line = words.fontMetrics().lineSpacing()
    assert walk.shown_part(words).height() > 3 * line
