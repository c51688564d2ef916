"""Fewer seats and another kind: whom it concerns and from when is said before it is kept."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.classes import ClassKind
from app.domain.modes import CareMode, Tariff
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.class_settings import ClassBreaksError
from app.store import children
from app.store.children import Enrolment
from tests.services.world import DAY, add_adult, add_child

TENTH = DAY + dt.timedelta(days=7)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def infant(world, name, weekdays="", class_id=None):
    with world.database.unit(None, "infant") as unit:
        child = add_child(unit, world, name, dt.date(2025, 2, 3))
        add_adult(unit, world, child, f"{name}妈", "妈妈", "13900001177", is_guardian=True)
        if weekdays:
            what = (CareMode.FULL_DAY, None, weekdays, 500, 1040, dt.date(2025, 12, 8))
            children.add_enrolment(unit, Enrolment(child, class_id or world.stars, *what))
        unit.audit("child", child)
    return child


def book(world, services, name, day=TENTH):
    wish = Wish(day, 540, 660, Tariff.HOURLY, infant(world, name), class_id=world.stars)
    services.bookings.book(world.desk, wish)


def draft_of(world, services, class_id):
    lines = services.manage.classes.view(world.desk).lines
    return next(line.draft for line in lines if line.id == class_id)


def change(world, services, accepted="", class_id=None, **more):
    class_id = class_id or world.stars
    draft = replace(draft_of(world, services, class_id), **more)
    return services.manage.classes.change(world.director, class_id, draft, accepted)


def told(world, services, **more):
    before = draft_of(world, services, more.get("class_id") or world.stars)
    with pytest.raises(ClassBreaksError) as refused:
        change(world, services, **more)
    assert draft_of(world, services, more.get("class_id") or world.stars) == before
    assert refused.value.sentence == f"{refused.value.told}确实要改，请再保存一次。"
    return refused.value.told


def test_fewer_seats_than_come_at_one_hour_name_the_day_the_hour_and_the_children(world, services):
    book(world, services, "小客")
    words = told(world, services, seats=1)
    assert words == ("12月10日（周三） 小星星 9:00–10:00 2 人、1 名老师，超 1 人。第一次涉及：小客、曾雨桐。")
    change(world, services, words, seats=1)
    assert draft_of(world, services, world.stars).seats == 1
    kept = world.database.row("select detail from audit where subject = 'override' order by id desc limit 1")
    assert kept["detail"] == words


def test_what_was_accepted_holds_for_what_was_read_and_for_nothing_else(world, services):
    book(world, services, "小客")
    words = told(world, services, seats=1)
    book(world, services, "小二")
    again = told(world, services, accepted=words, seats=1)
    assert "3 人" in again


def test_seats_promised_by_contract_count_though_never_taken_at_one_hour(world, services):
    infant(world, "周一", "1")
    infant(world, "周二", "2")
    assert told(world, services, seats=2) == "12月8日（周一）起按合同和预约占 3 个托位，多于 2 个。"
    assert change(world, services, seats=3).value


def test_another_kind_names_who_is_of_no_age_for_it(world, services):
    words = told(world, services, class_id=world.dragons, kind=ClassKind.INFANT, seats=10)
    assert words == "不在乳儿班月龄段：张沐阳、马思睿。"
    book(world, services, "小客")
    words = told(world, services, kind=ClassKind.OLDER_TODDLER)
    assert words == "不在托大班月龄段：曾雨桐、小客。"


def test_another_kind_names_the_hours_whose_carers_are_too_few_for_it(world, services):
    for at in range(5):
        infant(world, f"娃{at}", "1", world.dragons)
    words = told(world, services, class_id=world.dragons, kind=ClassKind.INFANT, seats=10)
    assert words.startswith("12月8日（周一） 抱抱龙 8:00–9:00 7 人、2 名老师，缺 1 名老师。第一次涉及：")


def test_nothing_is_said_where_nothing_breaks(world, services):
    book(world, services, "小客")
    for more in ({"seats": 2}, {"name": "小月亮"}, {"colour": "#112233"}, {"seats": 10}):
        assert change(world, services, **more).value


def test_more_seats_taken_back_say_what_breaks(world, services):
    change(world, services, seats=1)
    done = change(world, services, seats=2)
    book(world, services, "小客")
    also = services.manage.log.undo(world.director, done.undo.key).also
    assert also.startswith("12月10日（周三） 小星星 9:00–10:00 2 人、1 名老师，超 1 人。")
