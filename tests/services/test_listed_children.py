"""Children who came into the program by a list: what they did here before is unknown, so nothing is first."""

import datetime as dt

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import CheckIn, MorningCheck
from tests.services.health_stage import stage
from tests.services.test_importing import GOOD, workbook
from tests.services.world import DAY

__all__ = ["stage"]


def listed(stage, **cells):
    """The key of the child whom the list brought, and of who may collect her."""
    importing, desk = stage.services.importing, stage.world.desk
    row = {**GOOD, "班级": "抱抱龙", "过敏": "无", "可接人": "王小军 13900001177", **cells}
    table = importing.read(desk, "名单.xlsx", workbook(row))
    importing.run(desk, table, table.guessed)
    child = stage.world.database.row("select id from child where name = '李小满'")["id"]
    adult = stage.world.database.row("select id from adult where name = '王小军'")["id"]
    return child, adult


def prose(stage, child, adult):
    act = CheckIn(child, brought_by=adult, check=MorningCheck(tenths=365))
    visit = stage.services.arrivals.check_in(stage.world.desk, act).value.visit
    food = EntryDraft(EntryKind.FOOD, stage.at(9, 30), text="南瓜泥", grade=4, quality="none")
    stage.clock.at(9, 40)
    stage.services.classroom.log(stage.teacher, (visit,), food)
    return stage.services.handover.note(stage.teacher, visit).text.prose


@pytest.mark.parametrize("days", [0, 1])
def test_a_child_of_long_standing_is_not_new_because_her_list_has_no_such_column(stage, days):
    child, adult = listed(stage)
    for _ in range(days):
        prose(stage, child, adult)
        with stage.world.database.unit(None, "test") as unit:
            unit.execute(
                "update visit set left_at = '2025-12-03T17:00:00+08:00', released_by = received_by"
                " where left_at is null"
            )
            unit.audit("visit", None)
        stage.clock.now = stage.clock.now.replace(hour=9, minute=12) + dt.timedelta(days=1)
    told = prose(stage, child, adult)
    assert "第一次" not in told
    assert "其他" not in told
    assert "小满" in told


def test_whose_contract_begins_after_the_list_is_new_then(stage):
    tomorrow = DAY + dt.timedelta(days=1)
    child, adult = listed(stage, 入托日期=tomorrow.isoformat())
    stage.clock.now += dt.timedelta(days=1)
    assert "第一次" in prose(stage, child, adult)
