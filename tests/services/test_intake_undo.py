"""A registration taken back leaves the record of a child on file as it found it."""

import dataclasses
import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.looks import Tone
from app.domain.modes import Tariff
from app.domain.records import RecordError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.intake import CardRefusedError
from app.store import children, people, record_acts, record_rows, visits
from tests.faults.acts import everything
from tests.services.answered import merge_children
from tests.services.former import came_before
from tests.services.test_intake import STORY
from tests.services.world import DAY, add_adult, add_child

AGAIN = {"body": "ok", "promised": "14:00", "temperature": "36.5", "check_outcome": "normal"}
STRANGER = {
    "other": "钱大",
    "other_relation": "叔叔",
    "other_phone": "13700009999",
    "collect_reason": "爸爸说的",
}


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world, services):
    """She was here the day before, with an allergy and a grandmother who may not collect."""
    world.clock.at(9, 20)
    return came_before(world, services, dataclasses.replace(STORY, bringer_collects=False)).child


def held(world, child):
    kept = children.find_child(world.database, child)
    ties = [(one.id, one.phone, one.tie) for one in people.list_adults(world.database, child, DAY)]
    return kept, ties


def register(world, services, actor, child, **changes):
    card = dataclasses.replace(services.intake.card_for(actor, child), **AGAIN, **changes)
    return services.intake.register(actor, card)


@pytest.mark.parametrize(
    ("role", "changes"),
    [
        ("desk", STRANGER),
        ("director", {"bringer_collects": True, "collect_reason": "妈妈同意"}),
        ("director", {"allergy": "none", "allergens": "", "allergy_reason": "妈妈说好了"}),
        ("desk", {"allergens": "鸡蛋、牛奶"}),
        ("desk", {"document_number": "110105202308190049"}),
        ("director", {"second": "赵敏", "second_phone": "13955556666", "collect_reason": "当面拨通"}),
    ],
)
def test_what_it_changed_is_as_before(world, services, child, role, changes):
    actor, before = getattr(world, role), held(world, child)
    done = register(world, services, actor, child, **changes)
    assert held(world, child) != before
    services.undo(actor, done.undo)
    assert held(world, child) == before


def test_twice_registered_and_taken_back_twice(world, services, child):
    before = held(world, child)
    for minute in (30, 40):
        world.clock.at(9, minute)
        done = register(world, services, world.desk, child, **STRANGER)
        services.undo(world.desk, done.undo)
        assert held(world, child) == before


def test_what_was_changed_by_hand_since_stays(world, services, child):
    done = register(world, services, world.desk, child, **STRANGER)
    world.clock.at(9, 25)
    adult = next(one for one in people.list_adults(world.database, child, DAY) if one.name == "钱大")
    with world.database.unit(None, "test") as unit:
        people.end_tie(unit, child, adult.id)
        people.add_tie(unit, child, adult.id, dataclasses.replace(adult.tie, barred=True, may_collect=False))
        unit.audit("test", 1)
    services.undo(world.desk, done.undo)
    kept = [one.tie for one in people.list_adults(world.database, child, DAY) if one.id == adult.id]
    assert [one.barred for one in kept] == [True]


def test_an_allergy_that_a_colleague_noted_stays(world, services, child):
    done = register(world, services, world.director, child, allergens="鸡蛋、牛奶")
    services.undo(world.desk, done.undo)
    assert set(children.find_child(world.database, child).substances) == {"鸡蛋", "牛奶"}


def test_the_history_of_the_record_tells_of_it(world, services, child):
    done = register(world, services, world.desk, child, **STRANGER)
    services.undo(world.desk, done.undo)
    labels = [one.label for one in record_acts.list_acts(world.database, [child])]
    assert labels[:2] == ["撤销：前台登记", "前台登记"]


UNCLE = {"bringer": "王小舅", "relation": "舅舅", "phone": "13900002222", "bringer_collects": False}
CARD_OF_1949 = {"identity_number": "11010519491231002X", "identity_seen": True}


def uncle_on_file(world, services, child, **more):
    told = {"name": "王小舅", "relation": "舅舅", "phone": "13900002222"} | more
    return services.record_keeping.family.add_adult(world.director, child, told).value


def said_of(world, adult):
    columns = record_rows.find_columns(world.database, "adult", adult)
    return columns["born_on"], bool(columns["identity_seen_at"])


@pytest.mark.parametrize("whose", ["hers", "a new record beside a sister's"])
def test_what_it_told_of_somebody_on_file_is_unsaid(world, services, child, whose):
    uncle = uncle_on_file(world, services, child)
    if whose == "hers":
        done = register(world, services, world.desk, child, **UNCLE, **CARD_OF_1949)
    else:
        done = services.intake.register(
            world.desk,
            dataclasses.replace(
                STORY, name="高小雨", born_on="20230901", **UNCLE, **CARD_OF_1949, second_collects=True
            ),
        )
    assert said_of(world, uncle) == ("1949-12-31", True)
    act = record_acts.list_acts(world.database, [done.value.child])[0]
    assert [one.value for one in act.changes if one.subject == "adult"] == ["1949-12-31", "1"]
    services.undo(world.desk, done.undo)
    assert said_of(world, uncle) == ("", False)
    assert record_acts.list_acts(world.database, [done.value.child])[0].label == "撤销：前台登记"


def test_somebody_new_who_was_written_down_by_mistake_may_have_another_card(world, services):
    wrong = {"identity_number": "11010519491231002X", "identity_seen": True}
    made = services.intake.register(world.desk, dataclasses.replace(STORY, **wrong))
    services.undo(world.desk, made.undo)
    world.clock.at(9, 20)
    right = dataclasses.replace(STORY, identity_number="110105196001010017")
    assert services.intake.assess(world.desk, right).problems == ()
    services.intake.register(world.desk, right)


def test_what_was_told_by_hand_since_of_somebody_on_file_stays(world, services, child):
    uncle = uncle_on_file(world, services, child)
    done = register(world, services, world.desk, child, **UNCLE, **CARD_OF_1949)
    world.clock.at(9, 30)
    services.record_keeping.family.change_adult(world.director, child, uncle, {"born_on": "1950-01-01"})
    services.undo(world.desk, done.undo)
    assert said_of(world, uncle) == ("1950-01-01", False)


@pytest.mark.parametrize("here", [True, False])
def test_a_card_that_shows_another_birth_date_is_asked_about(world, services, child, here):
    """Whoever's family he is in: the sentence names both, and nothing is written."""
    uncle = uncle_on_file(world, services, child if here else world.children["周乐瑶"], born_on="2010-01-01")
    card = dataclasses.replace(services.intake.card_for(world.desk, child), **AGAIN, **UNCLE, **CARD_OF_1949)
    told = [one for one in services.intake.assess(world.desk, card).problems if "2010" in one.sentence]
    assert [(one.field, one.tone) for one in told] == [("identity_number", Tone.BAD)]
    assert "1949-12-31" in told[0].sentence
    with pytest.raises(CardRefusedError):
        services.intake.register(world.desk, card)
    assert said_of(world, uncle) == ("2010-01-01", False)
    services.intake.register(world.desk, dataclasses.replace(card, identity_number=""))
    assert said_of(world, uncle) == ("2010-01-01", True)


@pytest.mark.parametrize("drafted", [True, False])
def test_the_card_is_there_again_as_it_was_typed(world, services, drafted):
    draft = services.intake.keep_draft(world.desk, STORY).value if drafted else None
    made = services.intake.register(world.desk, STORY, draft)
    assert services.intake.parked(world.desk) == ()
    world.clock.at(9, 30)
    done = services.undo(world.desk, made.undo)
    (parked,) = services.intake.parked(world.desk)
    assert (parked.title, parked.held) == ("朱予晴", True)
    assert services.intake.take_back(world.desk, parked.id) == STORY
    assert Topic.DRAFTS in done.changes.topics


def test_the_last_pause_of_the_typing_does_not_bring_a_registered_card_back(world, services):
    draft = services.intake.keep_draft(world.desk, STORY).value
    services.intake.register(world.desk, STORY, draft)
    services.intake.keep_draft(world.desk, STORY, draft)
    assert services.intake.parked(world.desk) == ()


def on_file(world):
    rows = world.database.rows("select name, born_on from child where gone_at is null and name like '朱予%'")
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "mend", [{"born_on": "20230818"}, {"name": "朱予睛"}, {"phone": "13800006022"}, {"allergens": "牛奶"}]
)
def test_a_typing_error_taken_back_leaves_no_child_who_never_came(world, services, mend):
    """The mended card asks of no other child, and makes the one record there is."""
    wrong = dataclasses.replace(STORY, document_number="110105202308190049")
    made = services.intake.register(world.desk, wrong)
    services.undo(world.desk, made.undo)
    assert on_file(world) == []
    assert services.finding.find(world.desk, "朱予").children == ()
    world.clock.at(9, 20)
    typed = services.intake.take_back(world.desk, services.intake.parked(world.desk)[0].id)
    card = dataclasses.replace(typed, **mend)
    if "born_on" in mend:
        card = dataclasses.replace(card, document_number="")
    found = services.intake.assess(world.desk, card)
    assert (found.problems, found.alike, found.known) == ((), (), ())
    services.intake.register(world.desk, card)
    assert len(on_file(world)) == 1


def test_a_child_of_whom_something_else_speaks_by_now_stays_on_file(world, services):
    made = services.intake.register(world.desk, STORY)
    services.allergies.answer(world.desk, made.value.child, "has", ("鸡蛋", "花生"), "妈妈 赵敏")
    services.undo(world.desk, made.undo)
    assert len(on_file(world)) == 1


def test_a_child_who_was_on_file_before_stays_there(world, services, child):
    done = register(world, services, world.desk, child)
    services.undo(world.desk, done.undo)
    assert len(on_file(world)) == 1


# -- after the record was merged into another, of which it can be parted no more


def merge_for_good(services, world, kept, merged):
    """As a merging of an earlier program, or one after which something was written."""
    merge_children(services, world.desk, kept, merged)
    with world.database.unit(None, "build") as unit:
        unit.execute("delete from merging_row where place like 'state:%'")
        unit.audit("child", kept)


def rights(world, child):
    return {
        one.name: (one.tie.is_guardian, one.tie.may_collect)
        for one in people.list_adults(world.database, child, DAY)
    }


def on_file_already(world):
    """The girl of the story, whose record names her grandmother alone."""
    with world.database.unit(None, "visitor") as unit:
        child = add_child(unit, world, STORY.name, dt.date.fromisoformat(STORY.born_on))
        add_adult(unit, world, child, "朱奶奶", "奶奶", "13900002222", is_guardian=True)
    world.clock.at(9, 25)
    return child


@pytest.mark.parametrize("new_stays", [False, True])
def test_whom_it_brought_leaves_the_record_it_was_merged_into(world, services, new_stays):
    old = on_file_already(world)
    made = services.intake.register(world.desk, dataclasses.replace(STORY, same_reason="说是另一个孩子"))
    world.clock.at(9, 30)
    pair = (made.value.child, old) if new_stays else (old, made.value.child)
    merge_for_good(services, world, *pair)
    assert len(rights(world, pair[0])) > 1
    services.undo(world.desk, made.undo)
    assert set(rights(world, pair[0])) == {"朱奶奶"}
    label = record_acts.list_acts(world.database, [pair[0]])[0].label
    assert label == "撤销：前台登记"


def test_what_it_changed_of_a_record_merged_since_is_as_before(world, services, child):
    kept = on_file_already(world)
    before = {**rights(world, child), **rights(world, kept)}
    done = register(world, services, world.desk, child, **STRANGER)
    world.clock.at(9, 30)
    merge_for_good(services, world, kept, child)
    assert "钱大" in rights(world, kept)
    services.undo(world.desk, done.undo)
    assert set(rights(world, kept)) == set(before)


def test_who_was_barred_since_stays_barred_in_the_merged_record(world, services):
    old = on_file_already(world)
    made = services.intake.register(world.desk, dataclasses.replace(STORY, same_reason="说是另一个孩子"))
    world.clock.at(9, 30)
    merge_for_good(services, world, old, made.value.child)
    adult = next(one for one in people.list_adults(world.database, old, DAY) if one.name != "朱奶奶")
    with world.database.unit(None, "test") as unit:
        people.end_tie(unit, old, adult.id)
        people.add_tie(unit, old, adult.id, dataclasses.replace(adult.tie, barred=True, may_collect=False))
        unit.audit("test", 1)
    services.undo(world.desk, made.undo)
    kept = [one.tie.barred for one in people.list_adults(world.database, old, DAY) if one.id == adult.id]
    assert kept == [True]


@pytest.mark.parametrize("new_stays", [False, True])
def test_what_the_other_record_said_of_the_same_adult_holds_again(world, services, new_stays):
    """王秀兰 is on file with the old record, and may not collect there; the registration let her."""
    old = on_file_already(world)
    made = services.intake.register(world.desk, dataclasses.replace(STORY, same_reason="说是另一个孩子"))
    bringer = next(
        one for one in people.list_adults(world.database, made.value.child, DAY) if one.name == STORY.bringer
    )
    world.clock.at(9, 27)
    with world.database.unit(None, "test") as unit:
        may_not = dataclasses.replace(bringer.tie, is_guardian=False, may_collect=False, is_emergency=True)
        people.add_tie(unit, old, bringer.id, may_not)
        unit.audit("test", 1)
    world.clock.at(9, 30)
    pair = (made.value.child, old) if new_stays else (old, made.value.child)
    merge_for_good(services, world, *pair)
    assert rights(world, pair[0])[STORY.bringer][1]
    services.undo(world.desk, made.undo)
    assert rights(world, pair[0])[STORY.bringer] == (False, False)
    assert set(rights(world, pair[0])) == {"朱奶奶", STORY.bringer}


# -- while they can be parted


@pytest.mark.parametrize("new_stays", [False, True])
def test_a_registration_is_taken_back_after_the_merging_that_it_would_bind(world, services, new_stays):
    old = on_file_already(world)
    before = rights(world, old)
    made = services.intake.register(world.desk, dataclasses.replace(STORY, same_reason="说是另一个孩子"))
    world.clock.at(9, 30)
    pair = (made.value.child, old) if new_stays else (old, made.value.child)
    merged = merge_children(services, world.desk, *pair, believed=not new_stays)
    held_before = everything(world.database)
    with pytest.raises(RecordError, match=r"合并档案：朱予晴 并入 朱予晴.*先到档案的“历史”里撤销合并"):
        services.undo(world.desk, made.undo)
    assert everything(world.database) == held_before
    services.undo(world.desk, merged.undo)
    services.undo(world.desk, made.undo)
    assert rights(world, old) == before
    assert len(on_file(world)) == 1
    assert children.find_child(world.database, old) is not None


def test_an_arrival_taken_back_leaves_two_records_to_be_parted(world, services):
    """It is the stay of her whose record it was, and goes back with it."""
    old = on_file_already(world)
    with world.database.unit(None, "twin") as unit:
        twin = add_child(unit, world, STORY.name, dt.date.fromisoformat(STORY.born_on))
        add_adult(unit, world, twin, "朱妈妈", "妈妈", "13900003333", is_guardian=True)
    at = world.clock.now.replace(hour=12)
    arrival = CheckIn(twin, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=at)
    came = services.arrivals.check_in(world.desk, arrival)
    merged = merge_children(services, world.desk, old, twin)
    services.undo(world.desk, came.undo)
    services.undo(world.desk, merged.undo)
    assert rights(world, twin) == {"朱妈妈": (True, True)}
    visit = visits.find_visit(world.database, came.value.visit)
    assert (visit.child, visit.undone) == (twin, True)
