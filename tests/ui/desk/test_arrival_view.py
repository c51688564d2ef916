"""The card of an expected child, by itself: what the press says, what is asked first, what is forgotten."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from app.domain.errors import RuleError
from app.services.desk import ChildCard
from app.ui.desk.arrival_view import ArrivalView
from tests.ui.desk import data

LEYAO = ChildCard(data.LEYAO, (data.MOTHER, data.GRANDMOTHER), "今天还没来")
SIRUI = ChildCard(data.SIRUI, (data.MOTHER,), "今天还没来")


@pytest.fixture
def view(qtbot, ink):
    made = ArrivalView(ink)
    qtbot.addWidget(made)
    qtbot.addWidget(made.check)
    made.said, made.acts, made.words = [], [], []
    made.complained.connect(made.said.append)
    made.check_in_requested.connect(made.acts.append)
    made.outcome_changed.connect(made.words.append)
    made.show_card(LEYAO)
    return made


def refused(field):
    return RuleError("现在不能收。", field=field)


def test_in_the_rush_nobody_is_asked_who_brings_and_else_once(view):
    view.confirm(insist=False)
    assert [act.brought_by for act in view.acts] == [None]
    view.confirm()
    assert len(view.acts) == 1
    assert "谁送来" in view.said[-1]
    view.confirm()
    assert len(view.acts) == 2


def test_a_child_without_anybody_on_file_comes_in_at_once(view):
    view.show_card(dataclasses.replace(LEYAO, adults=()))
    view.confirm()
    assert len(view.acts) == 1
    assert view.adults.isHidden()


@pytest.mark.parametrize(("typed", "tenths"), [("42.5", 425), ("34", 340), ("42.6", None), ("33.9", None)])
def test_a_temperature_at_the_edge_is_kept_and_one_beyond_it_is_asked_again(view, typed, tenths):
    view.temperature.setText(typed)
    view.confirm(insist=False)
    assert [act.check.tenths for act in view.acts] == ([] if tenths is None else [tenths])
    assert bool(view.said) is (tenths is None)


def test_the_button_says_what_was_found_and_a_finding_is_written_down(view):
    assert view.press(Qt.Key.Key_Y)
    assert view.words[-1] == "晨检异常，仍入园"
    assert not view.note.isHidden()
    view.confirm(insist=False)
    assert (view.acts, view.said) == ([], ["先写看到了什么，再按 Enter。"])
    view.note.setText("手心红疹")
    view.overrule.setText("园长看过")
    view.confirm(insist=False)
    (act,) = view.acts
    assert (act.check.outcome, act.check.note, act.health_reason) == ("abnormal", "手心红疹", "园长看过")


def test_after_a_fever_she_is_measured_again_before_the_press_says_well(view):
    view.hear(refused("check_note"))
    assert (view.outcome.value(), view.words[-1]) == ("recheck", "复测过，入园")
    view.press(Qt.Key.Key_Y)
    view.hear(refused("check_note"))
    assert view.outcome.value() == "abnormal"  # what was found stays said


def test_what_one_child_was_refused_for_is_asked_of_no_other(view):
    view.hear(refused("health_reason"))
    view.hear(refused("return_reason"))
    assert not view.overrule.isHidden()
    assert not view._return.isHidden()
    for line in (view.overrule, view.returned, view.belongings):
        line.setText("写给周乐瑶的")
    view.show_card(LEYAO)  # read again meanwhile
    assert view.belongings.text() == "写给周乐瑶的"
    view.show_card(SIRUI)
    assert view.overrule.isHidden()
    assert view._return.isHidden()
    view.confirm(insist=False)
    (act,) = view.acts
    assert (act.health_reason, act.return_reason, act.belongings) == ("", "", "")


def test_a_child_who_came_in_and_comes_again_is_looked_at_anew(view):
    """In the afternoon, or tomorrow, the reading of this morning is nobody's."""
    view.press(Qt.Key.Key_2)
    view.temperature.setText("37.2")
    view.press(Qt.Key.Key_Y)
    view.note.setText("流鼻涕")
    view.belongings.setText("水杯")
    view.arrived()
    view.confirm(insist=False)
    assert view.acts == []  # the form stands until her card has been read, and does nothing
    view.show_card(LEYAO)
    assert (view.adults.chosen, view.outcome.value()) == (None, "")
    assert [line.text() for line in (view.temperature, view.note, view.belongings)] == ["", "", ""]


def test_the_paper_that_was_seen_is_noted_as_seen(view):
    view.hear(refused("return_reason"))
    view.press(Qt.Key.Key_1)
    view.seen.click()
    assert [act.return_reason for act in view.acts] == ["已看体检证明"]


def test_an_absence_is_asked_for_with_its_kind_and_reason(view):
    asked = []
    view.absence_requested.connect(lambda *args: asked.append(args))
    view.reason.setText(" 回老家 ")
    view.personal.click()
    view.reason.clear()
    view.sick.click()
    assert asked == [(data.LEYAO.child, "personal", "回老家"), (data.LEYAO.child, "sick", "")]
