"""Who can be named in a form of health: those inside first, in the class where they are, never the barred."""

import pytest

from app.domain.ids import ChildId
from app.services.arrivals import UnknownPersonError
from app.services.health_people import HealthPeople, require_child
from app.store import children
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def people(stage):
    return HealthPeople(stage.world.database, stage.clock)


def test_who_is_inside_comes_first_and_then_class_by_class(stage, people):
    stage.arrive("曾雨桐")
    found = people.choices(stage.teacher)
    assert [(one.name, one.inside) for one in found.children] == [
        ("曾雨桐", True), ("张沐阳", False), ("周乐瑶", False), ("马思睿", False),
    ]  # fmt: skip
    assert [one.name for one in found.classes] == ["抱抱龙", "小星星"]
    assert "顾红" in {one.name for one in found.staff}


def test_a_guest_of_another_class_stands_where_she_is_today(stage, people):
    """At the lamp of 小星星 one looks for her there, whatever her contract says."""
    from app.services.arrivals import CheckIn

    act = CheckIn(stage.world.children["张沐阳"], class_id=stage.world.stars, class_reason="并班")
    stage.services.arrivals.check_in(stage.world.desk, act)
    first = people.choices(stage.teacher).children[0]
    assert (first.name, first.class_name) == ("张沐阳", "小星星")


def test_who_has_no_contract_is_offered_last_and_found_by_sound_and_by_name_at_home(stage, people):
    from tests.services.world import DAY, add_child

    with stage.world.database.unit(None, "guest") as unit:
        guest = add_child(unit, stage.world, "欧阳小满", DAY.replace(year=2023))
        unit.execute("update child set nickname = 'Momo' where id = :id", {"id": guest})
    last = people.choices(stage.teacher).children[-1]
    assert (last.name, last.class_id, last.class_name) == ("欧阳小满", None, "")
    for typed in ("欧阳小满", "momo", "ouyangxiaoman", "oyxm"):
        assert typed in last.keys.split(), typed
    zeng = next(one for one in people.choices(stage.teacher).children if one.name == "曾雨桐")
    assert {"zengyutong", "cengyutong"} <= set(zeng.keys.split()), "each reading of a name finds her"


def test_the_barred_one_is_never_offered_to_be_told(stage, people):
    assert people.adults(stage.teacher, stage.world.children["张沐阳"]) == ("妈妈 张母",)
    assert people.adults(stage.teacher, ChildId(9999)) == ()


def test_a_child_who_is_not_on_file_is_refused_at_her_field(stage):
    with pytest.raises(UnknownPersonError) as refused:
        require_child(stage.world.database, ChildId(9999))
    assert refused.value.field == "child"
    held = require_child(stage.world.database, stage.world.children["张沐阳"])
    assert held == children.find_child(stage.world.database, stage.world.children["张沐阳"])
