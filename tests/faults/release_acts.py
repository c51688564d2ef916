"""The verbs of handing back: PINs, calls, exceptions, alarms, siblings, belongings, old open stays."""

import contextlib
import datetime as dt

from app.domain.modes import Tariff
from app.domain.pins import WrongPinError
from app.services.alarms import BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bars import Stranger
from app.services.cashier import MONEY_KIND
from app.services.collecting import CheckOut
from app.services.grants import Call
from app.services.open_papers import Answer
from app.services.pins import Second
from app.store import people
from app.store.people import Tie
from tests.services.world import add_child, own_pin


def _pins(stage):
    stage.services.pins.choose(stage.world.director, "5927")
    return Second(stage.world.director.id, "5927")


def choose_pin(stage):
    head = Second(stage.world.director.id, "5927")
    return lambda: stage.services.pins.choose(stage.world.desk, "3816", director=head)


def reset_pin(stage):
    _pins(stage)
    choose_pin(stage)()
    return lambda: stage.services.pins.reset(stage.world.director, "5927", stage.world.desk.id)


def wrong_pin(stage):
    """A wrong try is kept although it is refused."""
    _pins(stage)

    def act():
        with contextlib.suppress(WrongPinError):
            stage.services.pins.verify(stage.world.director.id, "0001")

    return act


def right_pin_after_a_wrong_one(stage):
    wrong_pin(stage)()
    return lambda: stage.services.pins.verify(stage.world.director.id, "5927")


def _call(stage):
    world = stage.world
    child, mother = world.children["张沐阳"], world.adults["张母"]
    return Call((child,), mother, "2233", "孙丽华", "姑姑", "13800009911", "002X")


def add_grant(stage):
    return lambda: stage.services.grants.add(stage.world.desk, _call(stage))


def withdraw_grant(stage):
    grant = add_grant(stage)().value.grant
    return lambda: stage.services.grants.withdraw(stage.world.desk, grant)


def undo_withdraw_grant(stage):
    grant = add_grant(stage)().value.grant
    stage.services.grants.withdraw(stage.world.desk, grant)
    return lambda: stage.services.grants.undo_withdraw(stage.world.desk, grant)


def use_grant(stage):
    visit = stage.arrive().visit
    given = add_grant(stage)().value
    act = CheckOut(visit, proof="grant", grant=given.grant, code=given.code, identity_seen=True)
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def exception(stage):
    visit, second = stage.arrive().visit, _pins(stage)
    stranger = Stranger("孙丽华", "邻居", "13800009911", "")
    act = CheckOut(
        visit, proof="exception", stranger=stranger, reason="妈妈同意", identity_seen=True, second=second
    )
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def stand_alarm(stage):
    visit = stage.arrive().visit
    row = stage.world.database.row("select adult_id from child_adult where child_id = 1 and barred = 1")
    return lambda: stage.services.alarms.stand(stage.world.desk, visit, row["adult_id"])


def decide_alarm(stage):
    second, alarm = _pins(stage), stand_alarm(stage)().value
    return lambda: stage.services.alarms.decide(stage.world.desk, alarm, "refused", "已告知", second)


def note_trait(stage):
    row = stage.world.database.row("select adult_id from child_adult where child_id = 1 and barred = 1")
    verb = stage.services.alarms.note_trait
    own_pin(stage.world)  # the way back ends it
    return lambda: verb(stage.world.director, row["adult_id"], "nickname", "大头")


def end_trait(stage):
    key = note_trait(stage)().value
    pin = own_pin(stage.world)
    return lambda: stage.services.alarms.end_trait(stage.world.director, key, pin)


def undo_end_trait(stage):
    key = note_trait(stage)().value
    stage.services.alarms.end_trait(stage.world.director, key, own_pin(stage.world))
    return lambda: stage.services.alarms.undo_end_trait(stage.world.director, key)


def end_clearance(stage):
    by = _pins(stage)
    world, services = stage.world, stage.services
    mother = world.adults["张母"]
    with contextlib.suppress(BarredAlarmError):
        services.grants.add(
            world.desk, Call((world.children["张沐阳"],), mother, "2233", "章外人", "朋友", "13811110000")
        )
    (alarm,) = services.alarms.undecided(world.desk)
    services.alarms.decide(world.desk, alarm, "cleared", "看过身份证", by)
    return lambda: services.alarms.end_clearance(world.desk, alarm)


def note_belonging(stage):
    visit = stage.arrive().visit
    return lambda: stage.services.belongings.note(stage.world.desk, visit, "水杯")


def undo_belonging(stage):
    key = note_belonging(stage)().value
    return lambda: stage.services.belongings.take_back(stage.world.desk, key)


def arrive_with_things(stage):
    return lambda: stage.services.arrivals.check_in(
        stage.world.desk, CheckIn(stage.world.children["张沐阳"], belongings="水杯、外套")
    )


def defer_everything(stage):
    visit = stage.guest().visit
    cup = stage.services.belongings.note(stage.world.desk, visit, "水杯").value
    stage.world.clock.at(14)
    answers = (Answer("belonging", cup, "在洗"), Answer(MONEY_KIND, visit, "没带钱"))
    act = CheckOut(visit, stage.world.adults["周母"], answers=answers)
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def settle_what_was_deferred(stage):
    first = defer_everything(stage)().value.visit
    stage.world.clock.now = stage.world.clock.now.replace(hour=9) + dt.timedelta(days=1)
    visit = stage.arrive("周乐瑶").visit
    cup = stage.world.database.row("select id from belonging")["id"]
    answers = (Answer("belonging", cup), Answer(MONEY_KIND, first))
    act = CheckOut(visit, stage.world.adults["周母"], tender="cash", answers=answers)
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def _brothers(stage):
    world = stage.world
    with world.database.unit(None, "brother") as unit:
        child = add_child(unit, world, "张沐辰", dt.date(2023, 11, 1), sex="m")
        people.add_tie(unit, child, world.adults["张母"], Tie("妈妈", is_guardian=True, may_collect=True))
    act = CheckIn(child, tariff=Tariff.HOURLY, class_id=world.dragons)
    other = stage.services.arrivals.check_in(world.desk, act).value.visit
    mother = world.adults["张母"]
    return tuple(CheckOut(one, mother, tender="cash") for one in (stage.arrive().visit, other))


def check_out_together(stage):
    both = _brothers(stage)
    return lambda: stage.services.pickup.check_out_together(stage.world.desk, both)


def undo_together(stage):
    done = check_out_together(stage)()
    return lambda: stage.services.pickup.undo_together(stage.world.desk, done.undo.key)


def repair_yesterday(stage):
    visit, second = stage.arrive().visit, _pins(stage)
    left = stage.world.clock.now.replace(hour=17)
    stage.world.clock.now += dt.timedelta(days=1)
    act = CheckOut(visit, stage.world.adults["张母"], left_at=left, reason="妈妈说五点接的", second=second)
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def reveal_collector(stage):
    """The number of who took her is looked at, days later: only the audit line is kept."""
    visit = stage.arrive().visit
    stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, stage.world.adults["张母"]))
    return lambda: stage.services.records.door.reveal(stage.world.desk, visit)


RELEASE_ACTS = (
    choose_pin,
    reset_pin,
    wrong_pin,
    right_pin_after_a_wrong_one,
    add_grant,
    withdraw_grant,
    undo_withdraw_grant,
    use_grant,
    exception,
    stand_alarm,
    decide_alarm,
    note_trait,
    end_trait,
    undo_end_trait,
    end_clearance,
    note_belonging,
    undo_belonging,
    arrive_with_things,
    defer_everything,
    settle_what_was_deferred,
    check_out_together,
    undo_together,
    repair_yesterday,
    reveal_collector,
)
