"""Every act of Ctrl+K that no room stands for is there once the program has started, and does something."""

import dataclasses

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.staff import Role
from app.practice import DESK_MOMENT, StoryClock
from app.ui.commands import COMMANDS, Commands
from app.ui.health.concern_page import ConcernSheet
from app.ui.rooms import ROOMS, Target
from tests.conftest import copied
from tests.ui.stage import Stage


@pytest.fixture
def stage(qapp, templates, tmp_path):
    made = Stage(copied(templates(DESK_MOMENT), tmp_path), StoryClock(DESK_MOMENT))
    made.rest()
    yield made
    made.close()


def test_who_searches_before_the_program_is_at_rest_finds_every_act_too(qapp, templates, tmp_path):
    made = Stage(copied(templates(DESK_MOMENT), tmp_path), StoryClock(DESK_MOMENT))
    made.application.context.acts.pop("expected_paper", None)  # as in the first moments
    made.hands.key("Ctrl+K")
    made.hands.type("yingdao")
    made.hands.wait(lambda: made.hands.has("finder.list"), "no command was found")
    made.close()


def test_every_act_of_the_commands_is_there_and_leads_somewhere(stage, tmp_path, monkeypatch):
    context = stage.application.context
    acts = {one.act for one in COMMANDS if not one.room}
    assert acts == set(context.acts)
    target = tmp_path / "待到.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    context.acts["export.expected"]()
    stage.settle()
    assert "姓名" in target.read_text("utf-8-sig")
    for act, name in (
        ("rollcall_register", "rollcall.past"),
        ("print_queue", "print_panel"),
        ("trace", "desk.tracing"),
    ):
        context.acts[act]()
        stage.settle()
        assert any(one.objectName().startswith(name) for one in stage.visible()), act
        stage.home()
    for one in COMMANDS:
        if (
            one.room
            and context.actor.may(one.permission)
            and one.room in {"bookings", "admissions", "records"}
        ):
            context.go(one.room, Target(act=one.act))
            stage.settle()
            assert stage.window.current_key == one.room
            stage.home()


def test_who_has_no_room_for_it_writes_down_what_she_saw(stage):
    """Everybody must report harm to a child at once; the room of the page is not everybody's."""
    context, services = stage.application.context, stage.application.context._services
    cashier = dataclasses.replace(context.actor, role=Role.CASHIER)
    context.sign_in(cashier)
    stage.settle()
    commands = Commands(ROOMS, context.acts)
    assert commands.find("记录疑似侵害", context.actor, 3)[0].act == "concern"
    context.acts["concern"]()
    stage.settle()
    sheet = next(one for one in stage.visible() if isinstance(one, ConcernSheet))
    stage.hands.type("zmy")
    sheet.facts.set_text("背上有圆形烫痕")
    sheet.finish()
    stage.settle()
    assert sheet.gone
    kept = services._database.rows("select observer_id, facts from concern")
    assert [tuple(one) for one in kept][-1] == (cashier.id, "背上有圆形烫痕")
