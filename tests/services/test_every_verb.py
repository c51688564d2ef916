"""Every service verb takes the acting staff member, and asks the one permission table before it writes."""

import ast
from pathlib import Path

import pytest

from app.domain.staff import Actor, NotPermittedError, Role
from app.services.bundle import build
from tests.house import ROOT
from tests.services.walk import call, in_words, methods, permissions_of, takes_actor
from tests.services.world import make_world

# Which permission each verb asks: one line a verb. A line that changes is a right given or taken.
TABLE = Path(__file__).with_name("verbs.txt")

# Verbs that ask nothing by themselves, each with its reason.
ASKS_NOTHING = {
    "undo": "hands on to the verb that takes the act back, which asks",
    "alarms.undo": "as undo",
    "classes.undo": "as undo",
    "health.undo": "as undo",
    "alarms.decide": "anybody keeps a barred person out; the second person is asked for the right",
    "record_keeping.take_back": "for the services whose verbs have asked",
    "record_keeping.drafts.settle": "for the verb that has asked",
    "pins.choose": "one's own",
    "pins.confirm": "asks the second person for the right",
    "pins.prove_own": "one's own",
    "pins.prove_right": "asks whoever has the right for her PIN",
    "desk.scope.children": "says whose children somebody sees",
    "desk.scope.classes": "as above",
    "desk.scope.holds": "as above",
    "desk.scope.own": "as above",
    "desk.scope.require": "as above",
    "desk.scope.require_class": "as above",
    "desk.scope.require_at_door": "as above",
}
# Who acts is not asked: read before anybody has signed in, by the program itself, or within a verb.
NO_ACTOR = {
    "before anybody signs in": {
        "centre_info", "people.find", "people.staff", "pins.prove", "pins.proves_since", "pins.verify",
        "setup.centre", "setup.create", "setup.defaults", "setup.state", "safekeeping.restore_words",
    },
    "by the program itself": {
        "warm", "look_ahead", "desk.look_ahead", "desk.index.warm", "finding.reread", "finding.warm",
        "rollcall.note_look",
        "safekeeping.back_up_daily", "safekeeping.damage", "safekeeping.keep", "safekeeping.status",
    },
    "within a verb that has asked": {
        "admission_lists.priorities", "admissions.notice_deadline", "cards.stay_of", "classes.library.all",
        "classes.telling.things", "classroom.check_drafts", "classroom.clashes", "classroom.subjects",
        "desk.index.at_home", "desk.index.find", "desk.index.ranked", "desk.index.ties", "finding.sounds",
        "health.fevers.facts", "health.fevers.lines", "health.forms.sheet", "health.medicine.due",
        "health.medicine.facts", "health.medicine.rules", "importing.columns", "record_keeping.family.read",
        "record_keeping.family.read_new", "record_keeping.family.write_new", "records.entry_gaps",
        "rollcall.find_open", "rollcall.freeze_inside", "rollcall.inside",
    },
}  # fmt: skip
# Parts that a verb uses, and that no bundle shows.
WITHIN = {
    ("ClassLog", "log"),
    ("Collecting", "taker"),
    ("ListKind", "open_to"),
    ("OpenPapers", "shown"),
    ("Parting", "undo"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = make_world(tmp_path_factory.mktemp("verbs"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def found(world):
    return methods(build(world.database, world.clock, world.rng))


@pytest.fixture(scope="module")
def asked(found):
    """What each verb asks, by its path."""
    verbs = {path: one for path, one in found.items() if takes_actor(one) and path not in ASKS_NOTHING}
    return {path: permissions_of(one) for path, one in verbs.items()}


def writes(world):
    return world.database._connection.total_changes


def is_refused(function, actor):
    try:
        call(function, actor)
    except NotPermittedError:
        return True
    return False


def test_a_method_without_an_actor_is_one_of_those_that_need_none(found):
    known = set().union(*NO_ACTOR.values())
    assert {path for path, one in found.items() if not takes_actor(one)} == known


def test_no_verb_is_out_of_reach_of_this_walk(found):
    reached = {(type(one.__self__).__name__, one.__name__) for one in found.values()}
    written = set()
    for file in (ROOT / "app" / "services").glob("*.py"):
        for part in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(part, ast.ClassDef) and not part.name.startswith("_"):
                written |= {
                    (part.name, one.name)
                    for one in part.body
                    if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
                    if "actor" in {each.arg for each in (*one.args.args, *one.args.kwonlyargs)}
                }
    assert written - reached == WITHIN


def test_who_asks_nothing_is_still_a_verb(found):
    assert ASKS_NOTHING.keys() <= {path for path, one in found.items() if takes_actor(one)}


def test_a_verb_that_asks_no_permission_asks_for_the_director(asked):
    assert {path for path, steps in asked.items() if not steps} == {"pins.reset"}


def test_every_verb_asks_the_permission_that_is_written_down(asked):
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = dict(line.split(": ") for line in lines if line and not line.startswith("#"))
    assert {path: in_words(steps) for path, steps in asked.items()} == table


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_right_is_refused_before_anything_is_written(world, found, asked, role):
    actor, tried = Actor(1, "某人", role), 0
    for path, steps in asked.items():
        allowed = all(any(actor.may(one) for one in step) for step in steps)
        if allowed and (steps or role is Role.DIRECTOR):
            continue
        before, tried = writes(world), tried + 1
        assert is_refused(found[path], actor), f"{path} lets {role.label} pass"
        assert writes(world) == before, f"{path} has written before it asked {role.label}"
    assert bool(tried) == (role is not Role.DIRECTOR)
