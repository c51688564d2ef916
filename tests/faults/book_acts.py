"""The verbs of promises: steps of the waiting list, a code told again, papers, an alarm at the intake."""

import contextlib
import datetime as dt

from app.domain.life import Ending, Owner, StepKind
from app.domain.modes import Tariff
from app.services.absences import AbsenceNote
from app.services.admissions import InquiryCard, StepWish
from app.services.alarms import BarredAlarmError
from app.services.booking_card import Wish
from app.services.grants import Call
from app.services.intake import IntakeCard


def _step(stage, owner, kind, **more):
    wish = StepWish(kind, stage.world.clock.now.date(), **more)
    return lambda: stage.services.admissions.take_step(stage.world.desk, owner, wish)


def _asks(stage, name="陆一鸣"):
    card = InquiryCard(name, "13700001111", born_on=dt.date(2023, 8, 1), contact="妈妈 陆静", wait=True)
    return Owner(applicant=stage.services.admissions.inquire(stage.world.desk, card).value)


def _offered(stage, owner):
    today = stage.world.clock.now.date()
    place = {"class_id": stage.world.dragons, "starts_on": today, "deadline": today + dt.timedelta(days=3)}
    return _step(stage, owner, StepKind.NOTIFY, **place)


def ask(stage):
    card = InquiryCard("陆一鸣", "13700001111", born_on=dt.date(2023, 8, 1), contact="妈妈 陆静")
    return lambda: stage.services.admissions.inquire(stage.world.desk, card)


def wait(stage):
    return _step(stage, Owner(applicant=ask(stage)().value), StepKind.WAIT)


def notify(stage):
    return _offered(stage, _asks(stage))


def confirm(stage):
    owner = _asks(stage)
    _offered(stage, owner)()
    return _step(stage, owner, StepKind.CONFIRM)


def rank(stage):
    first, second = _asks(stage), _asks(stage, "丁小四")
    return _step(stage, second, StepKind.RANK, before=first.applicant, reason="园长批准")


def try_out(stage):
    today = stage.world.clock.now.date()
    ends = today + dt.timedelta(days=2)
    return _step(stage, _asks(stage), StepKind.TRY, class_id=stage.world.dragons, ends_on=ends)


def resume(stage):
    owner = Owner(child=stage.world.children["张沐阳"])
    _step(stage, owner, StepKind.SUSPEND, reason="旅行", seat_kept=True)()
    stage.world.clock.now += dt.timedelta(days=2)
    return _step(stage, owner, StepKind.RESUME)


def leave(stage):
    owner = Owner(child=stage.world.children["张沐阳"])
    return _step(stage, owner, StepKind.LEAVE, ending=Ending.WITHDRAWN, reason="搬家")


def undo_leave(stage):
    step = leave(stage)()
    return lambda: stage.services.undo(stage.world.desk, step.undo)


def tell_grant_again(stage):
    world = stage.world
    call = Call(
        (world.children["张沐阳"],), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X"
    )
    grant = stage.services.grants.add(world.desk, call).value.grant
    return lambda: stage.services.grants.tell_again(world.desk, grant, "2233")


def read_expected(stage):
    tomorrow = stage.world.clock.now.date() + dt.timedelta(days=1)
    return lambda: stage.services.bookings.expected_paper(stage.world.desk, tomorrow)


def barred_at_the_intake(stage):
    """The refusal is kept: the alarm stands whatever becomes of the card."""
    row = stage.world.database.row(
        "select c.name, c.born_on, a.name as barred from child c join child_adult t on t.child_id = c.id"
        " and t.barred = 1 join adult a on a.id = t.adult_id where c.id = 1"
    )
    card = IntakeCard(
        name=row["name"],
        born_on=row["born_on"],
        bringer=row["barred"],
        relation="叔叔",
        phone="13811112222",
        second="某人",
        second_phone="13811113333",
    )

    def act():
        with contextlib.suppress(BarredAlarmError):
            stage.services.intake.register(stage.world.desk, card)

    return act


def _books_on(stage):
    """A half-day child has booked her other half for two weeks, and nobody else has."""
    tomorrow = stage.world.clock.now.date() + dt.timedelta(days=1)
    wish = Wish(
        tomorrow,
        840,
        960,
        Tariff.TEMP_HALF_DAY,
        stage.world.children["曾雨桐"],
        weekdays="45",
        until=tomorrow + dt.timedelta(days=14),
    )
    stage.services.bookings.book(stage.world.desk, wish)
    return Owner(child=stage.world.children["曾雨桐"]), tomorrow


def leave_booked(stage):
    owner, _ = _books_on(stage)
    return _step(stage, owner, StepKind.LEAVE, ending=Ending.WITHDRAWN, reason="搬家")


def undo_leave_booked(stage):
    step = leave_booked(stage)()
    return lambda: stage.services.undo(stage.world.desk, step.undo)


def stay_away_booked(stage):
    owner, tomorrow = _books_on(stage)
    note = AbsenceNote(owner.child, "personal", tomorrow, tomorrow + dt.timedelta(days=7), told_by="妈妈")
    return lambda: stage.services.absences.note(stage.world.desk, note)


def undo_stay_away_booked(stage):
    done = stay_away_booked(stage)()
    return lambda: stage.services.undo(stage.world.desk, done.undo)


def close_booked(stage):
    _, tomorrow = _books_on(stage)
    calendar, last = stage.services.manage.calendar, tomorrow + dt.timedelta(days=7)
    return lambda: calendar.mark(stage.world.director, tomorrow, last, is_open=False, reason="台风")


def undo_close_booked(stage):
    done = close_booked(stage)()
    return lambda: stage.services.undo(stage.world.director, done.undo)


def reveal_family_phone(stage):
    applicant = _asks(stage).applicant
    return lambda: stage.services.admissions.reveal_phone(stage.world.desk, applicant)


BOOK_ACTS = (
    reveal_family_phone,
    ask,
    wait,
    notify,
    confirm,
    rank,
    try_out,
    resume,
    leave,
    undo_leave,
    tell_grant_again,
    read_expected,
    leave_booked,
    undo_leave_booked,
    stay_away_booked,
    undo_stay_away_booked,
    close_booked,
    undo_close_booked,
    barred_at_the_intake,
)
