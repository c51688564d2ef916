"""What a registration changed of a child on file is as before when it is taken back.

Whoever opened the wrong child's card and takes the arrival back leaves nobody on her list who was not there,
and no allergy struck off (58号文 Art 30). What somebody has changed by hand since stays as he left it.
"""

from app.domain.ids import AdultId, ChildId
from app.domain.record_fields import split_list
from app.domain.staff import Actor, Permission
from app.services import record_values
from app.services.board import DRAFT_KIND
from app.services.intake_bodies import visit_of
from app.services.parting import list_separable, note_parted, refuse_unparted
from app.store import alarms, drafts, merge_pairs, merging, record_acts, record_rows, visits
from app.store.bound import list_bound
from app.store.database import Database, Unit
from app.store.record_acts import Act, Change
from app.store.stamps import day_of
from app.store.visits import Visit

_LABEL = "前台登记"


def keep_changes(unit: Unit, child: ChildId, changes: list[Change]) -> None:
    """Note in the history of a record what a registration changed of it; nothing where nothing did."""
    if changes:
        act = record_acts.add_act(unit, "child", child, _LABEL)
        for one in changes:
            record_acts.add_change(unit, act, one)


def take_back(unit: Unit, database: Database, actor: Actor, visit: Visit) -> None:
    """Take an arrival back, and what the registration that it began with changed.

    Whoever just came in is undone with her record wherever that goes: a merging of today can be parted all
    the same. What a registration brought cannot be told apart once it is taken out of a joint record.

    Raises:
        RecordError: a merging of today that can still be parted could be no more.
    """
    standing = list_separable(unit, database, day_of(unit.at))
    visits.reverse_visit(unit, visit.id, actor.id)
    if not record_acts.was_registered(unit, visit.id):
        note_parted(unit, database, standing)
    _restore(unit, database, actor, visit)
    refuse_unparted(unit, database, standing, visit.child_name)


def _restore(unit: Unit, database: Database, actor: Actor, visit: Visit) -> None:
    """Put back what the registration of a stay changed, as far as it still stands as that left it, and the
    card that was typed.
    """
    put_card_aside(unit, visit)
    merged = [ChildId(key) for key in merging.list_merged(unit, "child", visit.child)]
    for child in (visit.child, *merged):
        _restore_record(unit, actor, visit, child)
    if merged:
        _end_brought(unit, visit)
    _end_made_child(unit, database, visit)  # after them: an act of her record that stands speaks of her


def _restore_record(unit: Unit, actor: Actor, visit: Visit, child: ChildId) -> None:
    """Of one record: hers, or one that was merged into it since, whose own fields are past."""
    act = record_acts.find_registration(unit, visit.id, child)
    if act is None:
        return
    again = record_acts.add_act(unit, "child", visit.child, f"撤销：{act.label}")
    for change in reversed(act.changes):
        if change.field == "tie":
            _restore_tie(unit, again, change)
        elif (
            (change.subject != "child" or child == visit.child)
            and record_values.stands(unit, change)
            and not _drops_allergy(actor, act, change)
        ):
            _keep_mark(unit, actor, change)
            back = Change(change.subject, change.subject_id, change.field, change.value, change.before)
            record_values.apply(unit, again, back)
    record_acts.end_act(unit, act.id)
    record_acts.end_act(unit, again)  # an undo is not undone


def _end_brought(unit: Unit, visit: Visit) -> None:
    """Whom the registration brought leaves the record with which its own is one by now, too; what the other
    record said of him holds again.
    """
    brought = [
        tie for tie in merge_pairs.list_brought_ties(unit, visit.id, visit.child) if not tie.tie.barred
    ]
    if not brought:
        return
    again = record_acts.add_act(unit, "child", visit.child, f"撤销：{_LABEL}")
    for tie in brought:
        record_acts.end_row(unit, "tie", tie.id)
        beside = merge_pairs.find_tie_beside(unit, visit.id, tie)
        if beside is not None:
            record_acts.reopen_row(unit, "tie", beside)
        columns = record_rows.find_columns(unit, "adult", tie.adult)
        words = f"{'' if columns is None else columns['name']} {record_values.tie_words(tie.tie)}"
        record_acts.add_change(unit, again, Change("child", visit.child, "tie", words, "", tie.id, beside))
    record_acts.end_act(unit, again)


def put_card_aside(unit: Unit, visit: Visit) -> None:
    """The card a stay was registered from is among those put aside again (挂起), as it was typed."""
    for draft in drafts.list_ended_at(unit, DRAFT_KIND, visit.arrived_at):
        if visit_of(draft.body) == visit.id:
            drafts.put_aside_again(unit, draft.id)
            unit.audit("draft", draft.id)


def _end_made_child(unit: Unit, database: Database, visit: Visit) -> None:
    """The record that the registration made holds no more, unless anything else speaks of the child by now.

    Most often a typing error is taken back: the mended card means no second child beside one who never came.
    """
    child = visit.child
    if not record_acts.was_made_with(unit, visit.id, child) or list_bound(database, unit, [child]):
        return
    record_rows.set_column(unit, "child", child, "document_number", "")
    record_rows.end_record(unit, "child", child)
    unit.audit("child", child, f"撤销登记 {visit.child_name}")


def _restore_tie(unit: Unit, again: int, change: Change) -> None:
    if change.value_row is None or not record_acts.holds(unit, "tie", change.value_row):
        return
    record_acts.end_row(unit, "tie", change.value_row)
    if change.before_row is not None:
        record_acts.reopen_row(unit, "tie", change.before_row)
    swapped = Change(
        change.subject, change.subject_id, "tie", change.value, change.before,
        change.value_row, change.before_row,
    )  # fmt: skip
    record_acts.add_change(unit, again, swapped)


def _keep_mark(unit: Unit, actor: Actor, change: Change) -> None:
    """A number that goes from somebody barred since, or taken for one, stays a mark of the alarm there."""
    if (change.subject, change.field) == ("adult", "phone") and change.value:
        adult = AdultId(change.subject_id)
        if alarms.is_watched(unit, adult):
            alarms.add_trait(unit, adult, "phone", change.value, actor.id)


def _drops_allergy(actor: Actor, act: Act, change: Change) -> bool:
    """Whether an allergy would go that another person noted: that takes the health worker or the director."""
    if change.field != "allergy" or actor.id == act.staff or actor.may(Permission.ANSWER_FOR_HEALTH):
        return False
    before, value = (set(split_list(text.partition(":")[2])) for text in (change.before, change.value))
    return bool(value - before)
