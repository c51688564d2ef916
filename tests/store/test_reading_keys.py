"""The keys by which names are found: read lot by lot, changed one by one, of children and adults alone."""

import pytest

from app.store import reading_keys


def test_lots_follow_each_other_and_leave_out_nobody_who_has_gone(world, keep):
    gone = world.children["周乐瑶"]
    keep(
        lambda unit: unit.execute(
            "update child set gone_at = :at where id = :id", {"at": unit.stamp, "id": gone}
        )
    )
    names, after = [], 0
    while lot := reading_keys.list_people(world.database, "child", after, 3):
        assert len(lot) <= 3
        names += [one.name for one in lot]
        after = lot[-1].key
    assert names == list(world.children)


def test_another_reading_is_of_one_person_alone(world, keep):
    child = world.children["曾雨桐"]
    before = reading_keys.list_people(world.database, "adult", 0, 99)
    keep(reading_keys.set_keys, "child", child, "ceng yu tong", "cyt")
    found = {
        one.key: (one.pinyin, one.initials)
        for one in reading_keys.list_people(world.database, "child", 0, 99)
    }
    assert found.pop(child) == ("ceng yu tong", "cyt")
    assert ("ceng yu tong", "cyt") not in found.values()
    assert reading_keys.list_people(world.database, "adult", 0, 99) == before


def test_nothing_else_is_found_by_sound(world, keep):
    with pytest.raises(ValueError, match="staff"):
        reading_keys.list_people(world.database, "staff", 0, 9)
    with pytest.raises(ValueError, match="search keys"):
        keep(reading_keys.set_keys, "child; drop table child", 1, "a", "a")
