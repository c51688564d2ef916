"""An import, or a new record, is taken back only while nothing else speaks of the child."""

import datetime as dt

import pytest

from app.domain.instructions import Category, NewInstruction, Way
from app.domain.life import Owner, StepKind
from app.domain.records import RecordError
from app.services.admissions import StepWish
from app.services.bound_words import words_of
from app.services.bundle import build
from app.services.concerns import ConcernCard
from app.services.growth import Typed
from app.services.illness import CaseCard
from app.services.importing import ImportRefusedError
from app.store import people
from tests.services.test_import_people import table_of
from tests.services.world import DAY, make_world


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def ill(services, world, child, _adult):
    services.health.illness.note(world.director, CaseCard(child, "hfmd", "2025-12-03", left="2025-12-03"))


def grown(services, world, child, _adult):
    services.health.growth.keep(world.teacher, Typed(child, "", "12.3"))


def told(services, world, child, _adult):
    new = NewInstruction(child, Category.MEAL, "不吃虾", "妈妈", Way.DOOR, DAY, None)
    services.classes.instructions.add(world.desk, new)


def new_phone(services, world, child, adult):
    services.record_keeping.family.change_adult(world.desk, child, adult, {"phone": "13899990000"})


def new_adult(services, world, child, _adult):
    answers = {"name": "王奶奶", "relation": "奶奶", "phone": "13877776666"}
    services.record_keeping.family.add_adult(world.desk, child, answers)


def absent(services, world, child, _adult):
    services.arrivals.note_absence(world.desk, child, "sick", "发热", "")


def carded(services, world, child, _adult):
    services.cards.issue(world.desk, [child])


def agreed(services, world, child, _adult):
    answer = {"answer": "given", "signer": "王母", "day": "2025-12-03", "signer_reason": "代签"}
    services.record_papers.keep_consent(world.director, child, "care", answer)


ACTS = {
    "疾病登记": ill, "体格测量": grown, "家长嘱咐": told, "改动或别的登记": new_phone, "改动": new_adult,
    "请假": absent, "接送卡": carded, "同意书": agreed,
}  # fmt: skip


@pytest.mark.parametrize(("word", "act"), ACTS.items())
def test_a_list_is_kept_as_soon_as_anything_speaks_of_a_child(services, world, word, act):
    heads = "姓名,出生日期,班级,家长姓名,关系,电话"
    table, _ = table_of(services, world, heads, "王一,2023-08-01,抱抱龙,王母,妈妈,13811112222")
    done = services.importing.run(world.desk, table, table.guessed)
    child = services.desk.find(world.desk, "王一")[0].child
    (adult,) = people.list_adults(world.database, child, DAY)
    world.clock.now += dt.timedelta(minutes=1)
    act(services, world, child, adult.id)
    with pytest.raises(ImportRefusedError, match=word) as refused:
        services.importing.undo(world.desk, done.value.batch)
    assert "王一" in refused.value.sentence
    assert services.desk.find(world.desk, "王一")


def test_a_list_with_a_contract_goes_as_long_as_nothing_does(services, world):
    heads = "姓名,出生日期,班级,家长姓名,关系,电话,过敏,禁止接走人,禁止接走依据"
    row = "王一,2023-08-01,抱抱龙,王母,妈妈,13811112222,虾,王大,判决书"
    table, _ = table_of(services, world, heads, row)
    done = services.importing.run(world.desk, table, table.guessed)
    world.clock.now += dt.timedelta(minutes=1)
    services.importing.undo(world.desk, done.value.batch)
    assert services.desk.find(world.desk, "王一") == ()
    assert world.database.rows("select 1 from barring where ended_at is null") == []


CHILD = {"name": "高一", "born_on": "2023-08-01", "allergy": "has", "allergens": "虾", "allergy_told": "妈妈"}
MOTHER = {"name": "高母", "relation": "妈妈", "phone": "13911110001", "is_guardian": "1", "may_collect": "1"}
FATHER = {"name": "高父", "relation": "爸爸", "phone": "", "barred": "1", "paper_kind": "法院判决书"}


@pytest.mark.parametrize(("word", "act"), [one for one in ACTS.items() if one[1] is not grown])
def test_a_new_record_too(services, world, word, act):
    done = services.record_keeping.add_child(world.desk, CHILD, [MOTHER, FATHER])
    mother = people.list_adults(world.database, done.value, DAY)[0].id
    world.clock.now += dt.timedelta(minutes=1)
    act(services, world, done.value, mother)
    with pytest.raises(RecordError, match=word):
        services.record_keeping.undo(world.desk, done.undo.key)


def test_a_new_record_that_was_enrolled_stays_and_one_that_was_not_goes(services, world):
    done = services.record_keeping.add_child(world.desk, CHILD, [MOTHER, FATHER])
    world.clock.now += dt.timedelta(minutes=1)
    step = services.admissions.take_step(
        world.desk, Owner(child=done.value), StepWish(StepKind.ENROL, DAY, class_id=world.dragons)
    )
    with pytest.raises(RecordError, match="入托"):
        services.record_keeping.undo(world.desk, done.undo.key)
    services.admissions.undo_step(world.desk, step.value)
    services.record_keeping.undo(world.desk, done.undo.key)
    assert services.desk.find(world.desk, "高一") == ()


def hurt(services, world, child, _adult):
    services.health.concerns.note(world.teacher, ConcernCard(child, "今天", world.teacher.id, "背上有烫痕"))


def said_of(services, world, act):
    """What the desk is told who would take a new record, or a list, back after an act."""
    heads = "姓名,出生日期,班级,家长姓名,关系,电话"
    table, _ = table_of(services, world, heads, "王一,2023-08-01,抱抱龙,王母,妈妈,13811112222")
    batch = services.importing.run(world.desk, table, table.guessed).value.batch
    listed = services.desk.find(world.desk, "王一")[0].child
    made = services.record_keeping.add_child(world.desk, CHILD, [MOTHER, FATHER])
    world.clock.now += dt.timedelta(minutes=1)
    for child in (listed, made.value):
        act(services, world, child, people.list_adults(world.database, child, DAY)[0].id)
    with pytest.raises(ImportRefusedError) as list_refused:
        services.importing.undo(world.desk, batch)
    with pytest.raises(RecordError) as record_refused:
        services.record_keeping.undo(world.desk, made.undo.key)
    return list_refused.value.sentence, record_refused.value.sentence


def test_a_restricted_record_keeps_it_in_the_words_of_any_other_change(tmp_path):
    """Who stands at the desk must not learn of it, and least of all whom it is about."""
    said = []
    for act in (hurt, new_phone):
        world = make_world(tmp_path / act.__name__)
        said.append(said_of(build(world.database, world.clock, world.rng), world, act))
        world.database.close()
    assert said[0] == said[1]


def test_the_words_are_few_and_never_empty():
    assert words_of(()) == words_of({"tomorrow"}) == "改动或别的登记"
    assert words_of({"visit", "booking", "booking_series", "tomorrow"}) == "入园、预约、改动或别的登记"
