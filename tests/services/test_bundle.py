import pytest

from app.domain.changes import Undo
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.visits import NotTodayError
from app.services.arrivals import CheckIn
from app.services.bundle import NotUndoableError, build
from app.services.checks import HealthCheck
from app.services.intake import IntakeCard
from app.services.pickup import CheckOut
from app.store import visits


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def test_every_undo_a_service_hands_out_takes_its_act_back(world, services):
    arrived = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    visit = arrived.value.visit
    world.clock.at(10)
    water = EntryDraft(EntryKind.WATER, world.clock.now, amount_ml=100)
    logged = services.classroom.log(world.teacher, (visit,), water)
    away = services.arrivals.note_absence(world.desk, world.children["周乐瑶"], "personal")
    left = services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    services.undo(world.desk, left.undo)
    assert visits.find_visit(world.database, visit).left_at is None
    services.undo(world.teacher, logged.undo)
    noon = services.classroom.check(world.teacher, (visit,), HealthCheck(tenths=366))
    services.undo(world.teacher, noon.undo)
    assert all(check.kind == "morning" for check in visits.list_checks(world.database, visit))
    assert visits.count_hanging(world.database, visit) == visits.Hanging(0, 0, 0, 0)
    services.undo(world.desk, away.undo)
    assert visits.find_absence_on(world.database, world.children["周乐瑶"], world.clock.now.date()) is None
    services.undo(world.desk, arrived.undo)
    assert visits.find_visit(world.database, visit).undone
    with pytest.raises(NotTodayError):
        services.undo(world.desk, arrived.undo)


def test_what_cannot_be_taken_back_says_so(world, services):
    with pytest.raises(NotUndoableError, match="“打印”不能撤销"):
        services.undo(world.desk, Undo("print", 1, "打印"))


def test_the_story_from_the_door_to_the_paper(world, services):
    from tests.services.test_intake import STORY

    registered = services.intake.register(world.desk, STORY).value
    assert services.papers.agreement(world.desk, registered.visit).child == "朱予晴"
    assert "朱予晴" not in repr(services.papers.slip(world.desk, registered.visit))
    world.clock.at(14, 2)
    card = services.pickup.prepare(world.desk, registered.visit)
    assert card.code == registered.pickup_code
    assert services.seals.verify(world.desk, card.code).visit == registered.visit
    grandmother = card.card.adults[0]
    assert (grandmother.name, grandmother.brought_today) == ("王秀兰", True)
    act = CheckOut(registered.visit, grandmother.adult, "code", "wechat", card.code)
    departed = services.pickup.check_out(world.desk, act).value
    paper = services.papers.receipt(world.desk, departed.receipt)
    assert (paper.number, str(paper.total), paper.tender) == ("2025-000001", "95.00", "微信")
    assert services.seals.verify(world.desk, paper.seal).title == "真"
    assert services.safekeeping.damage() is None


def test_what_the_desk_needs_first_is_made_while_nobody_waits(world, services):
    assert "pickup" not in vars(services)
    services.warm()
    assert {"arrivals", "pickup", "intake"} <= vars(services).keys()


def test_a_card_left_unfinished_is_known_without_the_intake(world, services):
    assert not services.desk.left_unfinished(world.desk)
    assert "intake" not in vars(services)
    services.intake.keep_draft(world.desk, IntakeCard(name="朱"), None)
    assert services.desk.left_unfinished(world.desk)
    assert not services.desk.left_unfinished(world.director)


def test_the_door_hears_of_a_fever_after_the_signature(world, services):
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"])).value.visit
    services.handover.sign(world.teacher, visit, services.handover.note(world.teacher, visit).text)
    assert services.pickup.prepare(world.desk, visit).note_words == "交接单已签"
    fever = EntryDraft(EntryKind.TEMPERATURE, world.clock(), detail="forehead", tenths=390)
    services.classroom.log(world.teacher, (visit,), fever)
    words = services.pickup.prepare(world.desk, visit).note_words
    assert words == "交接单已签，签字后有新记录：体温 39.0℃"
