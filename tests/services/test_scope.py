"""A teacher looks up the children of her own classes only, whichever door she tries."""

import dataclasses
import datetime as dt

import pytest

from app.domain.staff import Actor, NotPermittedError, Role
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.exporting import ListKind
from app.services.scope import OtherClassError, Scope
from app.store import people
from tests.services.world import DAY, add_child

OWN, OTHER = "张沐阳", "曾雨桐"  # 许静 has the dragons; 曾雨桐 is among the stars


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def health(world) -> Actor:
    with world.database.unit(None, "hire") as unit:
        key = people.add_staff(unit, "白芷", Role.HEALTH_WORKER, None, DAY)
        unit.audit("staff", key)
    return Actor(key, "白芷", Role.HEALTH_WORKER)


def saturday(world):
    world.clock.now = world.clock.now.replace(day=6)  # nobody is expected


def test_the_list_the_search_and_the_classes_end_at_her_own_class(world, services):
    own = {"张沐阳", "周乐瑶", "马思睿"}
    records = services.records
    assert {one.name for one in records.rows(world.teacher)} == own
    assert [one.name for one in records.find(world.teacher, "张")] == [OWN]
    assert records.find(world.teacher, "曾雨桐") == () == records.find(world.teacher, "13700008899")
    assert [name for _, name, _ in records.classes(world.teacher)] == ["抱抱龙"]


def test_a_record_of_another_class_is_refused_and_her_own_opens(world, services):
    assert services.records.card(world.teacher, world.children[OWN]).row.name == OWN
    with pytest.raises(OtherClassError, match="只能看自己班"):
        services.records.card(world.teacher, world.children[OTHER])


@pytest.mark.parametrize("who", ["desk", "director", "cashier", "health"])
def test_the_others_see_everybody(world, services, health, who):
    actor = health if who == "health" else getattr(world, who)
    assert {OWN, OTHER} <= {one.name for one in services.records.rows(actor)}
    assert services.records.card(actor, world.children[OTHER]).row.name == OTHER
    assert [one.name for one in services.finding.find(actor, OTHER).children] == [OTHER]


@pytest.mark.parametrize("text", [OTHER, "曾", "zyt", "zengyutong", "曾母", "8899", "豆豆", "doudou"])
def test_nothing_typed_into_the_finder_leads_to_another_class(world, services, text):
    with world.database.unit(None, "test") as unit:
        unit.execute("update child set nickname = '豆豆' where name = :name", {"name": OTHER})
        unit.audit("child", world.children[OTHER])
    found = services.finding.find(world.teacher, text)
    assert (found.children, found.adults, found.papers) == ((), (), ())
    assert found.ranks == (9, 9, 9, 9)
    everybody = services.finding.find(world.desk, text)
    assert everybody.children or everybody.adults
    assert services.desk.find(world.teacher, text) == ()


def test_a_card_of_another_class_is_found_by_its_number_only_by_others(world, services):
    (card,) = services.cards.issue(world.desk, [world.children[OTHER]]).value
    assert services.finding.find(world.desk, "C-000001").papers[0].child == world.children[OTHER]
    assert services.finding.find(world.teacher, "C-000001").papers == ()
    assert {one.holder.child for one in services.cards.register(world.teacher)} == {
        world.children[name] for name in ("张沐阳", "周乐瑶", "马思睿")
    }
    with pytest.raises(OtherClassError):
        services.cards.sheet(world.teacher, [card], "接送卡")


def test_her_own_come_first_however_many_of_another_class_are_called_alike(world, services):
    with world.database.unit(None, "test") as unit:
        for _ in range(30):
            add_child(unit, world, "张沐", dt.date(2025, 1, 1))
    assert [one.name for one in services.finding.find(world.teacher, "张沐").children] == [OWN]
    assert [one.child_name for one in services.finding.find(world.teacher, "2233").adults] == [OWN]


def test_numbers_and_photos_of_another_class_stay_closed(world, services):
    saturday(world)
    jpeg = b"\xff\xd8\xff\xe0" + b"0" * 100 + b"\xff\xd9"
    for name in (OWN, OTHER):
        services.record_papers.set_photo(world.desk, world.children[name], jpeg)
        services.record_papers.set_photo(world.desk, world.children[name], jpeg, world.adults[f"{name[0]}母"])
    photo = services.record_papers.photo
    assert photo(world.teacher, "child", world.children[OWN]) == jpeg
    assert photo(world.teacher, "adult", world.adults["张母"]) == jpeg
    for subject, key in (("child", world.children[OTHER]), ("adult", world.adults["曾母"])):
        with pytest.raises(OtherClassError):
            photo(world.teacher, subject, key)
    for verb in (services.desk.card, lambda a, c: services.ringing.card(a, c, None)):
        with pytest.raises(OtherClassError):
            verb(world.teacher, world.children[OTHER])
    with pytest.raises(OtherClassError):
        services.ringing.reveal(world.teacher, world.children[OTHER], world.adults["曾母"])
    typed = (world.teacher, "曾雨桐", "2025-02-03", ("13700008899",))
    with pytest.raises(NotPermittedError):
        services.records.look_alikes(*typed)
    with pytest.raises(NotPermittedError):
        services.records.phone_owners(world.teacher, "13700008899")


@pytest.mark.parametrize("kind", ListKind)
def test_a_teacher_takes_no_list_out(world, services, kind):
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.teacher, kind)


def test_at_the_door_any_teacher_knows_who_comes_today(world, services):
    assert services.desk.card(world.teacher, world.children[OTHER]).row.name == OTHER
    with pytest.raises(OtherClassError):  # but the record stays closed
        services.records.card(world.teacher, world.children[OTHER])


def test_a_guest_in_her_class_is_hers_for_the_day_with_the_allergy(world, services):
    with world.database.unit(None, "test") as unit:
        guest = add_child(unit, world, "朱予晴", dt.date(2023, 8, 19), allergies=("虾",))
    with pytest.raises(OtherClassError):
        services.records.card(world.teacher, guest)
    services.arrivals.check_in(
        world.desk, CheckIn(guest, class_id=world.dragons, check=MorningCheck(tenths=365))
    )
    roster = services.classroom.roster(world.teacher, world.dragons)
    assert [one.allergies for one in roster.cards if one.child == guest] == [("虾",)]
    shown = {one.spec.name: one.shown for one in services.records.card(world.teacher, guest).fields}
    assert shown["allergens"] == "虾"
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(OtherClassError):
        services.records.card(world.teacher, guest)


def test_the_rota_of_today_opens_another_class(world, services):
    with world.database.unit(None, "rota") as unit:
        people.add_shift(unit, world.teacher.id, world.stars, DAY, 450, 1080)
        unit.audit("shift", world.teacher.id)
    assert Scope(world.database, world.clock).classes(world.teacher) == {world.dragons, world.stars}
    assert services.records.card(world.teacher, world.children[OTHER]).row.name == OTHER
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(OtherClassError):
        services.records.card(world.teacher, world.children[OTHER])


def test_a_teacher_without_a_class_sees_no_record(world, services):
    spare = dataclasses.replace(world.teacher, id=type(world.teacher.id)(99), class_id=None)
    assert services.records.rows(spare) == ()
    assert Scope(world.database, world.clock).children(spare) == frozenset()
