"""随身物品: one line at the door becomes things to hand back, each once; of who is gone nothing is noted."""

import pytest

from app.domain.ids import BelongingId, VisitId
from app.domain.names import BadTextError
from app.domain.staff import NotPermittedError
from app.domain.visits import NotTodayError
from app.services.arrivals import CheckIn
from app.services.belongings import BelongingError, split_things
from app.services.bundle import build


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visit(world, services):
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("", ()),
        (" 、，\n", ()),
        ("水杯", ("水杯",)),
        ("水杯、外套,帽子;小熊；绘本\n药", ("水杯", "外套", "帽子", "小熊", "绘本", "药")),
        ("水杯、 水杯 ，水杯", ("水杯",)),
        ("替换 衣服", ("替换 衣服",)),
    ],
)
def test_a_line_is_split_where_people_part_things_and_each_is_kept_once(text, things):
    assert split_things(text) == things


def test_one_thing_that_cannot_be_kept_names_the_field_of_the_line():
    with pytest.raises(BadTextError, match="最多 50 个字") as refused:
        split_things(f"水杯、{'长' * 51}")
    assert refused.value.field == "belongings"
    assert split_things("长" * 50) == ("长" * 50,)


def test_a_thing_is_noted_in_her_name_and_taken_back_once(world, services, visit):
    done = services.belongings.note(world.teacher, visit, " 小熊 ")
    assert done.undo.label == "张沐阳 小熊"
    assert [one.words for one in services.belongings.held(world.teacher, visit)] == ["小熊"]
    services.belongings.take_back(world.desk, done.value)
    assert services.belongings.held(world.teacher, visit) == ()
    with pytest.raises(BelongingError, match="已经交还或撤销"):
        services.belongings.take_back(world.desk, done.value)


def test_of_a_stay_that_was_none_nothing_is_noted_and_nothing_is_here(world, services, visit):
    services.arrivals.undo_check_in(world.desk, visit)
    for gone in (visit, VisitId(9999)):
        with pytest.raises(NotTodayError):
            services.belongings.note(world.desk, gone, "水杯")
    assert services.belongings.held(world.desk, VisitId(9999)) == ()


def test_the_cashier_reads_what_is_here_and_notes_nothing(world, services, visit):
    key = services.belongings.note(world.desk, visit, "水杯").value
    assert len(services.belongings.held(world.cashier, visit)) == 1
    with pytest.raises(NotPermittedError):
        services.belongings.note(world.cashier, visit, "帽子")
    with pytest.raises(NotPermittedError):
        services.belongings.take_back(world.cashier, BelongingId(key))
    assert len(services.belongings.held(world.cashier, visit)) == 1
