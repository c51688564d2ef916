"""The verbs of the records that are half typed, and of those who are asked about first."""

from app.services.collecting import CheckOut
from app.services.record_drafts import Slot
from tests.services.world import DAY

_NEW = Slot("new")
_FORMS = {"child": {"name": "朱予"}, "adult1": {"phone": "138"}}


def keep_record_draft(stage):
    return lambda: stage.services.record_keeping.drafts.keep(stage.world.desk, _NEW, "新建档案", _FORMS)


def keep_record_draft_again(stage):
    keep_record_draft(stage)()
    return keep_record_draft(stage)


def discard_record_draft(stage):
    keep_record_draft(stage)()
    return lambda: stage.services.record_keeping.drafts.discard(stage.world.desk, _NEW)


def restore_record_draft(stage):
    undo = discard_record_draft(stage)().undo
    return lambda: stage.services.undo(stage.world.desk, undo)


def settle_record_draft(stage):
    keep_record_draft(stage)()
    return lambda: stage.services.record_keeping.drafts.settle(stage.world.desk, _NEW)


def save_what_was_half_typed(stage):
    slot = Slot("section", stage.world.children["张沐阳"], "basic")
    stage.services.record_keeping.drafts.keep(stage.world.desk, slot, "修改基本", {"child": {"note": "x"}})
    change = stage.services.record_keeping.change_child
    return lambda: change(stage.world.desk, slot.child, {"note": "xy"}, slot)


def take_back_surplus(stage):
    """She was here by two records, which are one by now; the stay that was paid for is the one too many."""
    world, kept = stage.world, stage.guest()
    world.clock.at(14)
    act = CheckOut(kept.visit, world.adults["周母"], tender="cash")
    stage.services.pickup.check_out(world.desk, act)
    with world.database.unit(world.director.id, "build") as unit:
        row = {"child_id": kept.child, "class_id": world.dragons, "day": f"{DAY}", "mode": "full_day",
               "tariff": "contract", "pickup_code": "ZZZZ", "arrived_at": f"{DAY}T08:00:00+08:00",
               "received_by": world.desk.id, "left_at": f"{DAY}T13:00:00+08:00",
               "released_by": world.desk.id}  # fmt: skip
        unit.insert("visit", row)
        unit.audit("child", kept.child)
    return lambda: stage.services.merging.surplus.take_back(world.director, kept.visit, "登记了两份档案")


RECORDS_ACTS = (
    take_back_surplus,
    keep_record_draft,
    keep_record_draft_again,
    discard_record_draft,
    restore_record_draft,
    settle_record_draft,
    save_what_was_half_typed,
)
