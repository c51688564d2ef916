import pytest

from app.domain.instructions import Category, NewInstruction, Way
from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.day_moves import DayMoveError
from app.services.pickup import CheckOut
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visit(services, world):
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


def present(services, world):
    return {tile.name: tile.present for tile in services.desk.board(world.desk).classes}


def test_her_day_and_what_the_family_asked_for_go_along_and_the_ratio_follows(services, world, visit):
    water = EntryDraft(EntryKind.WATER, world.clock.now, amount_ml=80)
    services.classroom.log(world.teacher, (visit,), water)
    wish = NewInstruction(world.children["张沐阳"], Category.MEAL, "水温一点", "妈妈", Way.DOOR, DAY, DAY)
    services.classes.instructions.add(world.desk, wish)
    done = services.classes.moves.move(world.teacher, [visit], world.stars, "傍晚并班")
    assert present(services, world) == {"抱抱龙": 0, "小星星": 1}
    (card,) = services.classroom.roster(world.teacher, world.stars).cards
    assert (card.name, card.chips[-1].words) == ("张沐阳", "嘱咐 1")
    assert [row.kind for row in services.classroom.timeline(world.teacher, visit).rows] == [
        "arrival",
        "water",
    ]
    heard = services.classes.instructions.for_class(world.teacher, world.stars)
    assert [one.instruction.words for one in heard] == ["水温一点"]
    (move,) = services.classes.moves.of_visit(world.teacher, visit)
    assert (move.from_name, move.to_name, move.reason, move.by) == ("抱抱龙", "小星星", "傍晚并班", "许静")
    services.undo(world.teacher, done.undo)
    assert present(services, world) == {"抱抱龙": 1, "小星星": 0}
    assert services.classes.moves.today(world.teacher) == ()
    with pytest.raises(DayMoveError, match="已经撤销"):
        services.undo(world.teacher, done.undo)


def test_her_contract_stays_in_her_own_class(services, world, visit):
    services.classes.moves.move(world.teacher, [visit], world.stars, "并班")
    row = world.database.row(
        "select class_id from enrolment where child_id = :id", {"id": world.children["张沐阳"]}
    )
    assert row["class_id"] == world.dragons


def test_what_cannot_move_is_refused(services, world, visit):
    moves = services.classes.moves
    with pytest.raises(DayMoveError, match="已经在抱抱龙"):
        moves.move(world.teacher, [visit], world.dragons, "并班")
    with pytest.raises(DayMoveError, match="为什么"):
        moves.move(world.teacher, [visit], world.stars, "")
    with pytest.raises(DayMoveError, match="没有开"):
        moves.move(world.teacher, [visit], 99, "并班")
    with pytest.raises(DayMoveError, match="选孩子"):
        moves.move(world.teacher, [], world.stars, "并班")
    done = moves.move(world.teacher, [visit], world.stars, "并班")
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    with pytest.raises(DayMoveError, match="已离园"):
        services.undo(world.teacher, done.undo)
    with pytest.raises(DayMoveError, match="已经离园"):
        moves.move(world.teacher, [visit], world.dragons, "并班")
    assert [(one.name, one.present) for one in moves.goals(world.teacher, world.dragons)] == [("小星星", 0)]
