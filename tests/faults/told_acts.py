"""What is told in passing of grown-ups who are on file: birth dates, cards that were looked at, numbers."""

import dataclasses

from app.services.collecting import CheckOut
from tests.faults.front_acts import CARD
from tests.services.former import came_before
from tests.services.world import add_adult

UNCLE = {"name": "王小舅", "relation": "舅舅", "phone": "13900002222"}
TOLD = UNCLE | {"born_on": "1990-05-05", "identity_seen": "1"}
CHILD = {"name": "高小雨", "born_on": "2023-09-01", "allergy": "none", "allergy_told": "妈妈"}
MOTHER = {"name": "高母", "relation": "妈妈", "phone": "13911110001"}
SHOWN = {
    "bringer": "王小舅", "relation": "舅舅", "phone": "13900002222", "bringer_collects": False,
    "second_collects": True, "identity_number": "11010519491231002X",
}  # fmt: skip
LIST = (
    "姓名,出生日期,家长1姓名,家长1电话,家长2姓名,家长2关系,家长2电话,家长2出生日期\n"
    "李小满,2023-08-19,李父,13800006021,王小舅,舅舅,13900002222,1990-05-05\n"
).encode()


def _uncle(stage):
    """He is on file with 张沐阳, and nobody knows more of him."""
    family = stage.services.record_keeping.family
    return family.add_adult(stage.world.desk, stage.world.children["张沐阳"], UNCLE).value


def register_who_shows_his_card(stage):
    stage.world.clock.at(9, 20)
    child = came_before(stage.world, stage.services, CARD).child
    stage.services.record_keeping.family.add_adult(stage.world.desk, child, UNCLE)
    card = dataclasses.replace(CARD, **SHOWN)
    return lambda: stage.services.intake.register(stage.world.desk, card)


def register_by_a_new_number(stage):
    stage.world.clock.at(9, 20)
    came_before(stage.world, stage.services, CARD)
    card = dataclasses.replace(CARD, second_phone="13955556666", collect_reason="当面拨通")
    return lambda: stage.services.intake.register(stage.world.director, card)


def register_beside_a_sister(stage):
    _uncle(stage)
    stage.world.clock.at(9, 20)
    return lambda: stage.services.intake.register(stage.world.desk, dataclasses.replace(CARD, **SHOWN))


def check_out_by_identity(stage):
    visit, child = stage.arrive().visit, stage.world.children["张沐阳"]
    with stage.world.database.unit(None, "brother") as unit:
        brother = add_adult(unit, stage.world, child, "张小军", "哥哥", "13712340000")
        unit.audit("adult", brother)
    act = CheckOut(visit, brother, "identity")
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def add_record_beside_a_sister(stage):
    _uncle(stage)
    return lambda: stage.services.record_keeping.add_child(stage.world.desk, CHILD, [MOTHER, TOLD])


def add_adult_of_a_sister(stage):
    _uncle(stage)
    add, child = stage.services.record_keeping.family.add_adult, stage.world.children["周乐瑶"]
    return lambda: add(stage.world.desk, child, TOLD)


def change_all_of_an_adult(stage):
    uncle, child = _uncle(stage), stage.world.children["张沐阳"]
    other = TOLD | {"name": "王大舅", "phone": "13900003333"}
    return lambda: stage.services.record_keeping.family.change_adult(stage.world.desk, child, uncle, other)


def import_beside_a_sister(stage):
    _uncle(stage)
    table = stage.services.importing.read(stage.world.desk, "名单.csv", LIST)
    return lambda: stage.services.importing.run(stage.world.desk, table, table.guessed)


TOLD_ACTS = (
    register_who_shows_his_card,
    register_by_a_new_number,
    register_beside_a_sister,
    check_out_by_identity,
    add_record_beside_a_sister,
    add_adult_of_a_sister,
    change_all_of_an_adult,
    import_beside_a_sister,
)
