"""The verbs of the records that are half typed, and of those who are asked about first."""

from app.services.record_drafts import Slot

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


RECORDS_ACTS = (
    keep_record_draft,
    keep_record_draft_again,
    discard_record_draft,
    restore_record_draft,
    settle_record_draft,
    save_what_was_half_typed,
)
