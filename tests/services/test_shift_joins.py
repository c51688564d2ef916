"""The sheet of a shift and the door hear of medicine, fevers, wishes and counted heads."""

import pytest

from app.domain.instructions import Category, NewInstruction, Way
from app.domain.logbook import EntryKind
from app.domain.shifts import Section
from app.domain.staff import Role
from app.services.injuries import InjuryCard
from app.services.shift_joins import medicine_back
from app.store import instructions, medicine


@pytest.fixture
def held(database, clock):
    """The medicine of today that still waits in the practice centre: 谭芷若 at 16:00."""
    day = clock().date()
    return next(one for one in medicine.list_of_days(database, day, day) if one.waiting and not one.returned)


def lines(services, actors, class_id, section):
    draft = services.classes.shifts.draft(actors[Role.DIRECTOR], class_id)
    return [line.words for line in draft.lines if line.section is section]


def test_medicine_given_and_to_be_given_is_on_the_sheet(services, actors, held):
    found = lines(services, actors, held.class_id, Section.MEDICINE)
    assert any(held.name in words and "待喂" in words for words in found)


def test_what_families_asked_for_reaches_the_next_shift(services, actors, database, clock):
    one = instructions.list_running(database, clock().date())[0]
    classes = {
        words
        for tab in services.classroom.tabs(actors[Role.DIRECTOR])
        for words in lines(services, actors, tab.id, Section.INSTRUCTION)
    }
    assert any(one.words in words for words in classes)


def test_what_is_held_for_a_child_goes_home_with_her(services, database, held, actors):
    assert held.medicine in medicine_back(database)(held.child)
    door = services.classes.telling.door(actors[Role.TEACHER], held.visit)
    assert any(held.medicine in thing for thing in door.things)


def test_a_dose_is_due_to_the_class_shortly_before_its_hour(services, held):
    due = services.classes.seams.due_medicine
    at = held.waiting[0].due_at
    early = at.replace(hour=at.hour - 1)
    assert due([held.child], early) == {}
    assert due([held.child], at) == {held.child: (f"{at:%H:%M} 喂药",)}


def test_a_wish_about_the_nap_or_health_is_shown_at_the_nap(services, database, clock, actors):
    day = clock().date()
    card = services.classroom.roster(actors[Role.DIRECTOR], actors[Role.TEACHER].class_id).cards[0]
    words = "打了疫苗，午睡留意发热"
    wish = NewInstruction(card.child, Category.MEDICINE, words, "妈妈", Way.DOOR, day, None)
    services.classes.instructions.add(actors[Role.TEACHER], wish)
    for kind in (EntryKind.SLEEP, EntryKind.SLEEP_CHECK):
        offer = services.classroom.offer(actors[Role.TEACHER], kind, (card.visit,))
        assert any(words in one for one in offer.instructions)
    running = instructions.list_running(database, day)
    naps = {one.child for one in running if one.category in {Category.NAP, Category.MEDICINE}}
    children = [one.child for one in running]
    asked = services.classes.seams.instructions
    assert set(asked(children, day, "nap")) == naps
    assert set(asked(children, day, None)) == set(children)


def test_heads_counted_on_a_walk_are_on_the_sheet_of_every_class_that_went(services, actors, clock):
    teacher = next(one for one in services.people.staff() if one.name == "许静")
    group = teacher.class_id
    sheet = services.classes.walks.sheet(teacher, group)
    awake = tuple(one.visit for one in sheet.heads if one.asleep_since is None)
    # One stays with those who sleep.
    carers = tuple(one.staff for one in sheet.carers if one.counts)[:-1]
    walk = services.classes.walks.start(teacher, "小公园", awake, carers)
    services.classes.walks.back(teacher, walk.value, awake)
    found = [words for words in lines(services, actors, group, Section.COUNT) if "小公园" in words]
    assert [words.split()[1] for words in found] == ["出发", "返回"]
    others = (tab.id for tab in services.classroom.tabs(teacher) if tab.id != group)
    assert not any(
        "小公园" in words for key in others for words in lines(services, actors, key, Section.COUNT)
    )


def test_a_child_who_was_hurt_is_on_the_sheet_until_and_after_her_family_knows(services, actors, clock):
    director, group = actors[Role.DIRECTOR], actors[Role.TEACHER].class_id
    hurt = next(card for card in services.classroom.roster(director, group).cards)
    card = InjuryCard(
        child=hurt.child,
        day=clock().date(),
        at="9:50",
        duty=actors[Role.TEACHER].id,
        kind="12",
        subtype="bite",
        place="2",
        activity="1",
        company="3",
        handling="1",
        aid=("wash", "cold"),
        regions=("front.left_forearm",),
        story="抢车时被咬了左前臂，两排牙印，没破皮。",
    )
    injury = services.health.injuries.note(actors[Role.TEACHER], card).value
    here = f"{hurt.name} 今天有意外伤害登记"
    assert f"{here}，家长还没告知，注意观察" in lines(services, actors, group, Section.WATCH)
    other = next(tab.id for tab in services.classroom.tabs(director) if tab.id != group)
    assert not any("意外伤害" in words for words in lines(services, actors, other, Section.WATCH))
    services.health.injuries.tell(actors[Role.TEACHER], injury, "妈妈", "phone")
    assert f"{here}，注意观察" in lines(services, actors, group, Section.WATCH)


def test_counts_stand_in_the_order_in_which_they_were_made(services, actors, clock):
    teacher = next(one for one in services.people.staff() if one.name == "许静")
    found = lines(services, actors, teacher.class_id, Section.COUNT)
    stages = {words.split()[1] for words in found}
    assert {"清点", "出发", "到达", "返回"} <= stages  # rounds in the room, and a walk between them
    assert [words[:5] for words in found] == sorted(words[:5] for words in found)
