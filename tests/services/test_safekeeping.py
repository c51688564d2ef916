import datetime as dt
import sqlite3

import pytest

from app.services.people import People
from app.services.safekeeping import Safekeeping


@pytest.fixture
def keeping(world):
    return Safekeeping(world.database, world.clock)


def test_a_back_up_is_a_whole_file_and_the_status_says_when(world, keeping):
    assert keeping.status().words == "还没有备份"
    path = keeping.back_up_now(world.desk).value
    with sqlite3.connect(path) as copy:
        assert copy.execute("select count(*) from child").fetchone() == (4,)
    copy.close()
    assert keeping.status().words == "备份 09:12 成功"
    assert keeping.status().saved_at == world.clock.now
    world.clock.now += dt.timedelta(days=1)
    assert keeping.status().words == "上次备份 12月3日 09:12"


def test_one_copy_a_day_is_made_when_idle(world, keeping):
    assert keeping.back_up_daily() is not None
    world.clock.at(15)
    assert keeping.back_up_daily() is None
    world.clock.now += dt.timedelta(days=1)
    assert keeping.back_up_daily() is not None


def test_a_sound_file_is_sound_and_a_changed_trail_shows(world, keeping):
    assert keeping.damage() is None
    keeping.back_up_now(world.desk)
    keeping.back_up_now(world.desk)
    with world.database.unit(None, "tamper") as unit:
        unit.execute("update audit set detail = 'another' where id = 2")
        unit.audit("audit", 2)
    assert keeping.damage() == "audit 2"


def test_staff_are_listed_by_role_and_only_while_they_work_here(world):
    people = People(world.database, world.clock)
    assert [one.name for one in people.staff()] == ["林晓", "许静", "沈玉洁", "孟佳", "方芸", "周敏"]
    with world.database.unit(None, "leave") as unit:
        unit.execute("update staff set ends_on = '2025-12-02' where name = '方芸'")
        unit.audit("staff", None)
    assert "方芸" not in [one.name for one in people.staff()]
    assert people.find(world.desk.id) == world.desk
    assert people.find(world.cashier.id) is None
