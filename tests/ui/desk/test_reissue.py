"""A receipt anew for a child who has left: where a clerk looks, by keys, in the whole program."""

import pytest

from app.practice import DESK_MOMENT, StoryClock
from app.store.database import Database
from tests.ui.stage import SCENES, Stage


@pytest.fixture
def stage(qapp, practice_file):
    opened = Stage(practice_file, StoryClock(DESK_MOMENT))
    yield opened
    opened.close()


def receipts_of(stage, name):
    """Number, kind and tender of a child's receipts of today, oldest first."""
    found = []

    def read(services):
        database: Database = services._database
        return database.rows(
            "select r.id, r.kind, r.tender from receipt r join child c on c.id = r.child_id"
            " where c.name = :name and r.day = '2025-12-03' order by r.id",
            {"name": name},
        )

    stage.application.context.ask(read, lambda rows: found.extend(tuple(row) for row in rows))
    stage.settle()
    return found


def seek(stage, initials):
    """Find a child as a clerk does, wherever she is by now."""
    stage.hands.key("Ctrl+K")
    stage.hands.key("Ctrl+A")
    stage.hands.type(initials)
    stage.hands.wait(lambda: stage.hands.has("finder.list"), "nobody was found")
    stage.settle()
    stage.hands.key("Return")
    stage.settle()


def test_hours_after_she_left_her_money_is_still_told_and_a_receipt_issued_anew(stage):
    """She stands in no column of the desk any more: found by her name she is the same child."""
    SCENES["desk-pickup"](stage)
    for key in ("F4", "1", "W", "Return"):
        stage.hands.key(key)
    stage.settle()
    stage.put_clock(DESK_MOMENT.replace(hour=16, minute=30))
    seek(stage, "zyq")
    panel = stage.window.room("desk").panel
    assert "收据已开" in panel.left.text()
    assert stage.hands.has("pickup.receipt")
    ((first, _, _),) = receipts_of(stage, "朱予晴")
    actor = stage.application.context.actor
    stage.application.context.act(lambda s: s.cashier.reverse(actor, first, "付错了方式"))
    stage.settle()
    assert "没有有效的收据" in panel.left.text()
    assert not stage.hands.has("pickup.receipt")
    stage.hands.find("pickup.reissue").setFocus()
    stage.hands.key("C")
    stage.hands.key("Return")
    stage.settle()
    assert [row[1:] for row in receipts_of(stage, "朱予晴")][1:] == [
        ("refund", "wechat"),
        ("receipt", "cash"),
    ]
    assert stage.hands.has("pickup.receipt")


def test_after_a_refund_the_clerk_issues_a_receipt_anew(stage):
    SCENES["desk-pickup"](stage)
    for key in ("F4", "1", "W", "Return"):
        stage.hands.key(key)
    stage.settle()
    ((first, kind, tender),) = receipts_of(stage, "朱予晴")
    assert (kind, tender) == ("receipt", "wechat")
    actor = stage.application.context.actor
    stage.application.context.act(lambda s: s.cashier.reverse(actor, first, "付错了方式"))
    stage.settle()
    seek(stage, "zyq")
    button = stage.hands.find("pickup.reissue")
    assert (button.text(), button.accessibleName()) == ("补开收据", "补开收据")
    stage.hands.key("Return")
    assert "先选怎么付" in stage.hands.find("desk.complaint").text()
    stage.hands.key("C")
    assert not stage.hands.has("desk.complaint")
    button.setFocus()
    stage.hands.key("Return")
    stage.settle()
    assert [row[1:] for row in receipts_of(stage, "朱予晴")] == [
        ("receipt", "wechat"),
        ("refund", "wechat"),
        ("receipt", "cash"),
    ]
    assert not stage.hands.has("pickup.reissue")
    assert stage.hands.find("pickup.receipt").isVisible()


def test_in_larger_type_the_report_is_there_again_once_the_child_has_gone(qapp, practice_file):
    """Beside the act of going home it gives way to the price; no button of that row may stay away after."""
    stage = Stage(practice_file, StoryClock(DESK_MOMENT), scale=125)
    try:
        stage.show("desk-pickup")
        assert not stage.hands.has("pickup.report")
        stage.show("desk-left-paid")
        for name in ("desk.check_out_undo", "pickup.report", "desk.come_again", "pickup.receipt"):
            assert stage.hands.has(name), name
    finally:
        stage.close()
