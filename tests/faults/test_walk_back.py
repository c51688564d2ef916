"""Every state change is walked back: by enumeration, so that a new one without a way back fails here.

Each act of ``ACTS`` that offers 撤销 is done and taken back. What held before must hold again, and what is
left beside it is told below: history and details of what has ended, facts that were true all the same. The
acts that offer none are listed with the reason.
"""

import ast
import re
from pathlib import Path

import pytest

from app import services
from app.domain import fever, life
from app.domain.bookings import Outcome
from app.domain.duty import DutyKind
from app.domain.errors import RuleError
from app.domain.fever import NewStep
from app.domain.medicine import DoseState
from app.services.collecting import CheckOut
from app.services.open_papers import Answer
from app.store import fever as kept
from tests.faults.acts import ACTS, Stage, everything
from tests.services.world import PIN, make_world

SERVICES = Path(services.__file__).parent
DISPATCH = ("bundle", "class_services", "health_services")

# Acts that offer no 撤销, and why that is right.
FINAL = {
    "they are ways back themselves, each with a test of its own": """
        restore_activity restore_report reopen_point void_shift void_roll_call unmark_on_roll come_back
        restore_record_draft end_growth_standard""",
    "nobody was at it any more: the end says so, and can be noted": "close_left_over_call",
    "money and numbers are reversed by a paper of their own": "refund issue_receipt",
    "the director says of one of two what never was, and why, and its money is refunded": "take_back_surplus",
    "a signature, a telling or an alarm stands; what was wrong is superseded or added to": """
        sign_note sign_again sign_complete sign_summary decide_alarm stand_alarm end_clearance correct_injury
        tell_of_injury sign_injury add_to_injury note_concern report_concern add_to_concern correct_case""",
    "typed anew it is as it was": """
        keep_menu keep_note redraft keep_summary redraft_summary keep_week_menu keep_phrases set_post
        keep_dish_answers set_shift_checks note_roll_call choose_pin reset_pin""",
    "drafts are no state of the centre": """
        keep_draft keep_draft_again park take_back discard keep_record_draft keep_record_draft_again
        settle_record_draft keep_sheet_draft end_sheet_draft""",
    "it only leaves a trace: looked at, printed, copied, refused": """
        unmask reveal_family_phone reveal_phone reveal_collector read_reminders read_expected
        read_instructions read_names look_inside tell_grant_again export_list print_cards count_print
        back_up copy_out wrong_pin right_pin_after_a_wrong_one barred_at_the_intake refuse_fever""",
    "there is nothing before it": "set_up",
    "it gives no Done: arrive_with_things is the same arrival": "check_in",
}
WITHOUT = {name for names in FINAL.values() for name in names.split()}
WALKED = [act for act in ACTS if act.__name__ not in WITHOUT and not act.__name__.startswith("undo_")]

# Tables with rows that still stand after the way back, by the verb taken back.
_MONEY = {"receipt", "receipt_line", "number_series"}  # the receipt and its reversal
_PEOPLE = {"child", "adult", "child_adult", "child_allergy"}  # the record stays: nothing hangs on it
STAYS = {
    "allergy.answer": {"record_change"},
    "booking.make": {*_PEOPLE, "booking_series"},
    "card.issue": {"number_series"},
    "check_in": {*_PEOPLE, "belonging", "draft"},  # what she brought is still here
    # What the door settled hangs on the release; who was told of an injury knows of it.
    "check_out": {
        *_MONEY, "adult", "pickup_grant", "fever_step", "injury_addition", "medicine_act", "medicine_return",
    },
    "check_out_together": _MONEY,
    "classroom.log": {"fever_case", "log_clearance", "log_photo"},
    "contact": {"contact"},  # the line that takes it back
    "count.close": {"head_count_child"},
    "curriculum.week": {"week_plan_item"},
    "doctor.visit": {"doctor_child"},
    "grant": {"pickup_grant_child"},
    "growth.measure": {"growth_score"},
    "growth.standard": {"growth_band"},
    "health.medicine": {"medicine_dose"},
    "health.round": {"check_detail", "fever_case"},
    "import_children": {"adult", "import_row"},
    "life.step": {*_PEOPLE, "applicant", "life_effect"},
    "records.act": {*_PEOPLE, "draft", "record_change"},
    "records.merge": {"merging_row", "record_change"},
    "roll_call.end": {"roll_call_note", "roll_call_person"},
    "roll_call.mark": {"roll_call_person"},
    "roll_call.start": {"roll_call_note", "roll_call_person"},  # of a drill that the real call broke off
    "settings": {"class_group", "settings_cell", "staff"},  # closed and left before they began
    "shift.sheet": {"shift_check", "shift_line"},
    "walk.arrive": {"head_count_child"},
    "walk.back": {"head_count_child"},
    "walk.start": {"head_count_child", "walk_member"},
}  # fmt: skip
# Less than the verb in general may leave.
# A stranger's name, on nobody's list; the card is among those put aside.
STAYS_OF = {
    # Of a record that holds no more.
    "register": {"adult", "child_adult", "child_allergy", "draft", "record_change"},
    "register_beside_a_sister": {"adult", "child_adult", "child_allergy", "draft", "record_change"},
    "register_one_on_file": {"adult", "record_change", "draft"},
    "register_by_a_new_number": {"record_change", "draft"},
    "register_who_shows_his_card": {"record_change", "draft"},
    "check_out_by_identity": set(),
    "import_beside_a_sister": {"adult", "import_row", "record_change"},
}
# What held before and does not afterwards, and why that is so.
GONE = {
    "register": {"draft"},  # it is finished
    "save_what_was_half_typed": {"draft"},
    "issue_another_card": {"number_series"},  # a number is used once
    "replace_card": {"number_series", "card"},  # the lost one whose place it took stays lost
    "enrol_applicant": {"applicant"},  # the family is known by the child's record from now on
    "try_out": {"applicant"},
    "use_grant": {"pickup_grant"},  # who came by it is on file
}
# What an act changes of a grown-up who is on file, by the verb that takes it back. Rows of ``adult`` that
# came may stay, on nobody's list and with nothing told of them; those that were there hold what they held.
ADULTS = {
    ("check_in", "phone"), ("check_in", "born_on"), ("check_in", "identity_seen_at"),
    ("check_out", "identity_seen_at"),
    ("import_children", "born_on"),
    ("records.act", "name"), ("records.act", "pinyin"), ("records.act", "initials"), ("records.act", "phone"),
    ("records.act", "born_on"), ("records.act", "identity_seen_at"),
    ("records.merge", "gone_at"), ("records.merge", "superseded_by"),
}  # fmt: skip
# Kept in the journal alone: no row changes, and what it means is asked of the journal.
JOURNAL = {"dismiss_report"}
# The same way back as another, by the table that the report came from.
TWINS = {"health.report_follow_up": "health.report_absence"}
_END = re.compile(r"(ended|undone|voided|withdrawn|reversed|gone)_at")


def standing(database):
    """The rows of each table that have not been ended, without their keys and the journal."""
    found = {}
    for table, rows in everything(database).items():
        columns = [row["name"] for row in database.rows(f"select name from pragma_table_info('{table}')")]
        ends = [at for at, name in enumerate(columns) if _END.fullmatch(name)]
        kept = [at for at, name in enumerate(columns) if name != "id"]
        found[table] = [tuple(row[at] for at in kept) for row in rows if all(row[at] is None for at in ends)]
    del found["audit"]
    return found


def differing(one, other):
    """The tables where ``one`` has rows that ``other`` has not."""
    return {table for table, rows in one.items() if set(rows) - set(other[table])}


def grown_ups(database):
    """Every row of ``adult`` with its columns, by key."""
    return {row["id"]: dict(row) for row in database.rows("select * from adult")}


def moved_columns(one, other):
    """The columns of ``adult`` in which rows that were there in ``one`` are another in ``other``."""
    return {name for key, row in one.items() for name, value in row.items() if other[key][name] != value}


def told_still(before, after):
    """Whether a grown-up who only came with an act bears what was told of him after its way back."""
    came = [row for key, row in after.items() if key not in before and row["gone_at"] is None]
    return any(row["born_on"] or row["identity_seen_at"] for row in came)


def take_back(stage, undo):
    """By the first who may; the sentence of the last refusal, or nothing."""
    world, refusal = stage.world, ""
    for actor in (world.desk, world.teacher, world.director):
        try:
            stage.services.undo(actor, undo, PIN if actor is world.director else "")
        except RuleError as error:
            refusal = error.sentence
        else:
            return ""
    return refusal


@pytest.fixture
def stage(tmp_path):
    world = make_world(tmp_path)
    yield Stage(world)
    world.database.close()


def walk(stage, prepare, moved):
    """The verb that was walked back, and what is wrong about it; the columns it ``moved`` are added there."""
    database, name = stage.world.database, prepare.__name__
    act = prepare(stage)
    before, people = standing(database), grown_ups(database)
    undo = getattr(act(), "undo", None)
    if undo is None:
        return "", "neither a way back nor a reason in FINAL"
    if (standing(database) == before) != (name in JOURNAL):
        return undo.verb, "it changes nothing that stands, and JOURNAL does not say so"
    moved |= {(undo.verb, column) for column in moved_columns(people, grown_ups(database))}
    if refusal := take_back(stage, undo):
        return undo.verb, refusal
    if (lost := moved_columns(people, now := grown_ups(database))) or told_still(people, now):
        return undo.verb, f"of grown-ups something is not as before: {sorted(lost) or 'who came with it'}"
    after, gone = standing(database), GONE.get(name, set())
    if (lost := differing(before, after)) != gone:
        return undo.verb, f"what held before is gone: {sorted(lost)}"
    left = differing(after, before) - STAYS_OF.get(name, STAYS.get(undo.verb, set())) - gone
    return undo.verb, f"something of it still stands: {sorted(left)}" if left else ""


def test_every_state_change_is_walked_back(tmp_path):
    verbs, wrong, moved = set(), {}, set()
    for prepare in WALKED:
        world = make_world(tmp_path / prepare.__name__)
        verb, words = walk(Stage(world), prepare, moved)
        world.database.close()
        verbs.add(verb)
        if words:
            wrong[prepare.__name__] = f"{verb}: {words}"
    assert wrong == {}
    assert len(verbs) > 50
    assert moved == ADULTS
    twins = {twin for twin, walked in TWINS.items() if walked in verbs}
    assert sorted(dispatched() - verbs - twins) == [], "a way back that no act walks"


def dispatched():
    """Every verb that ``Services.undo`` knows, by its ``case``."""
    found = set()
    for name in DISPATCH:
        for node in ast.walk(ast.parse((SERVICES / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return found


def test_every_reason_is_about_an_act_that_is_there():
    names = {act.__name__ for act in ACTS}
    assert sorted(WITHOUT - names) == []
    assert sorted(set(GONE) - {act.__name__ for act in WALKED}) == []
    assert set(STAYS) <= dispatched()


# Which act makes each transition of the machines that are declared, and the column that shows it.
MACHINES = {
    (life.StepKind, "life_step", "kind"): {
        life.StepKind.INQUIRE: "ask",
        life.StepKind.WAIT: "wait",
        life.StepKind.NOTIFY: "notify",
        life.StepKind.CONFIRM: "confirm",
        life.StepKind.RANK: "rank",
        life.StepKind.TRY: "try_out",
        life.StepKind.ENROL: "enrol_applicant",
        life.StepKind.SUSPEND: "suspend",
        life.StepKind.RESUME: "resume",
        life.StepKind.MOVE: "move_classes",
        life.StepKind.LEAVE: "leave",
    },
    (Outcome, "booking", "outcome"): {
        Outcome.CANCELLED: "cancel_bookings",
        Outcome.MOVED: "move_booking",
        Outcome.NO_SHOW: "no_show",
    },
    (DoseState, "medicine_act", "kind"): {
        DoseState.GIVEN: "give_medicine",
        DoseState.SKIPPED: "skip_medicine",
    },
    (DutyKind, "duty", "kind"): {DutyKind.WORK: "clock_in", DutyKind.BREAK: "take_break"},
}
# No transition: where it begins; and a dose that the family gave is left out here: ``dose_at_home`` walks it.
BEGINNINGS = {DoseState.WAITING, DoseState.HOME}
TRANSITIONS = [
    (table, column, kind, name)
    for (_, table, column), made in MACHINES.items()
    for kind, name in made.items()
]


def test_every_transition_that_is_declared_has_an_act():
    for (machine, _, _), made in MACHINES.items():
        assert set(machine) - BEGINNINGS == set(made), machine


@pytest.mark.parametrize(("table", "column", "kind", "name"), TRANSITIONS)
def test_each_transition_is_made_by_an_act_that_is_walked_back(stage, table, column, kind, name):
    (prepare,) = [act for act in WALKED if act.__name__ == name]
    act = prepare(stage)

    def count():
        sql = f"select count(*) from {table} where {column} = :kind"
        return stage.world.database.row(sql, {"kind": kind.value})[0]

    before = count()
    act()
    assert count() > before


def test_each_step_of_a_fever_is_walked_back(stage):
    world, fevers = stage.world, stage.services.health.fevers
    case = fevers.begin(world.teacher, stage.arrive().visit, 381).value
    steps = (
        NewStep(fever.StepKind.RECHECK, tenths=382, site="forehead"),
        NewStep(fever.StepKind.CALL, whom="张母", reached=True, words="马上来"),
        NewStep(fever.StepKind.ISOLATE, whom="许静"),
        NewStep(fever.StepKind.RECHECK, tenths=369, site="forehead"),
        NewStep(fever.StepKind.RELEASE),
        NewStep(fever.StepKind.BACK),
    )
    assert {step.kind for step in steps} == set(fever.StepKind) - {fever.StepKind.COLLECTED}
    world.clock.at(9, 45)

    def ladder():
        return kept.find_case(world.database, case)

    for step in steps:
        before = ladder()
        done = fevers.step(world.teacher, case, step)
        assert ladder() != before
        stage.services.undo(world.teacher, done.undo)
        assert ladder() == before
        fevers.step(world.teacher, case, step)


def test_what_the_family_of_a_child_gone_home_was_told_of_her_fever_is_walked_back(stage):
    world, fevers = stage.world, stage.services.health.fevers
    visit = stage.arrive().visit
    case = fevers.begin(world.teacher, visit, 381).value
    later = (Answer("fever", case, "妈妈赶着去医院"),)
    stage.services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], answers=later))
    before = kept.find_case(world.database, case)
    done = fevers.step(world.teacher, case, NewStep(fever.StepKind.COLLECTED, whom="张母"))
    assert kept.find_case(world.database, case) != before
    stage.services.undo(world.teacher, done.undo)
    assert kept.find_case(world.database, case) == before
