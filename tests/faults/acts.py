"""Every service verb that writes, each as a small act on the test centre: to be tried with a fault."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from app.domain.calendar import DayMark
from app.domain.classes import ClassKind
from app.domain.holidays import NoticeDay
from app.domain.life import Owner, StepKind
from app.domain.logbook import EntryDraft, EntryKind, MealSlot
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.prose import NoteText
from app.domain.rollcall import CallKind, CallNote, HeadKey
from app.domain.staff import Role
from app.services.absences import AbsenceNote, Trace
from app.services.admissions import InquiryCard, StepWish
from app.services.arrivals import CheckIn, MorningCheck
from app.services.booking_card import Booked, Wish
from app.services.bundle import Services, build
from app.services.class_settings import ClassDraft
from app.services.export_children import children_sheet
from app.services.intake import IntakeCard
from app.services.menus import Activity, DayMenu, DayPlan, Meal
from app.services.pickup import CheckOut
from app.services.price_list import PriceDraft
from app.services.ringing import Call
from app.services.rota import NewShift
from app.services.staff_settings import StaffDraft
from app.store.database import Database
from tests.faults.book_acts import BOOK_ACTS
from tests.faults.class_acts import CLASS_ACTS
from tests.faults.clock_acts import CLOCK_ACTS
from tests.faults.curriculum_acts import CURRICULUM_ACTS
from tests.faults.front_acts import FRONT_ACTS
from tests.faults.growth_acts import GROWTH_ACTS
from tests.faults.handover_acts import HANDOVER_ACTS
from tests.faults.health_acts import HEALTH_ACTS
from tests.faults.illness_acts import ILLNESS_ACTS
from tests.faults.records_acts import RECORDS_ACTS
from tests.faults.release_acts import RELEASE_ACTS
from tests.faults.told_acts import TOLD_ACTS
from tests.services.answered import answers
from tests.services.world import World, own_pin

Act = Callable[[], object]

CARD = IntakeCard(
    name="朱予晴",
    sex="f",
    born_on="20230819",
    allergy="has",
    allergens="鸡蛋、虾",
    bringer="王秀兰",
    relation="奶奶",
    phone="13800006021",
    identity_seen=True,
    second="赵敏 · 妈妈",
    second_phone="13900001177",
    promised="14:00",
    reason="家中来客",
    temperature="36.5",
    check_outcome="normal",
    body="ok",
)


class Stage:
    """A world with its services, brought to the point before an act."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.services: Services = build(world.database, world.clock, world.rng)

    def arrive(self, name: str = "张沐阳", **more: object) -> object:
        check = MorningCheck(tenths=365)
        return self.services.arrivals.check_in(
            self.world.desk, CheckIn(self.world.children[name], check=check, **more)
        ).value

    def guest(self) -> object:
        at = self.world.clock.now.replace(hour=14, minute=0)
        return self.arrive("周乐瑶", tariff=Tariff.TEMP_HALF_DAY, class_id=self.world.dragons, promised_at=at)


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as it is on disk for whoever comes after."""
    tables = [row["name"] for row in database.rows("select name from sqlite_schema where type = 'table'")]
    return {table: [tuple(row) for row in database.rows(f"select * from {table}")] for table in tables}


def set_up(stage: Stage) -> Act:
    """On a file of its own, which nobody has set up yet."""
    database = stage.world.database
    database.close()
    path = database.path.parent / "new" / "centre.sqlite3"
    vars(database).update(vars(Database.open(path, create=True, clock=stage.world.clock)))
    plan = stage.services.setup.defaults()
    staff = (dataclasses.replace(plan.staff[0], pin="4826"), *plan.staff[1:])
    plan = dataclasses.replace(plan, staff=staff)
    return lambda: stage.services.setup.create(plan)


def check_in(stage: Stage) -> Act:
    return stage.arrive


def undo_check_in(stage: Stage) -> Act:
    visit = stage.arrive().visit
    return lambda: stage.services.arrivals.undo_check_in(stage.world.desk, visit)


def note_absence(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    return lambda: stage.services.arrivals.note_absence(stage.world.desk, child, "sick", "发热", "妈妈")


def undo_absence(stage: Stage) -> Act:
    note_absence(stage)()
    child = stage.world.children["张沐阳"]
    return lambda: stage.services.arrivals.undo_absence(stage.world.desk, child)


def answer_allergy(stage: Stage) -> Act:
    child = stage.arrive().child
    verb = stage.services.allergies.answer
    return lambda: verb(stage.world.director, child, "has", ("虾",), "妈妈电话")


def undo_allergy(stage: Stage) -> Act:
    done = answer_allergy(stage)()
    return lambda: stage.services.allergies.undo(stage.world.director, done.undo.key)


def check_out(stage: Stage) -> Act:
    visit = stage.guest().visit
    stage.world.clock.at(14)
    act = CheckOut(visit, stage.world.adults["周母"], tender="wechat")
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def undo_check_out(stage: Stage) -> Act:
    visit = check_out(stage)().value.visit
    return lambda: stage.services.pickup.undo_check_out(stage.world.desk, visit)


def refund(stage: Stage) -> Act:
    receipt = check_out(stage)().value.receipt
    return lambda: stage.services.cashier.reverse(stage.world.cashier, receipt, "多收")


def issue_receipt(stage: Stage) -> Act:
    left = check_out(stage)().value
    stage.services.cashier.reverse(stage.world.cashier, left.receipt, "多收")
    return lambda: stage.services.cashier.issue(stage.world.cashier, left.visit, "cash")


def keep_draft(stage: Stage) -> Act:
    return lambda: stage.services.intake.keep_draft(stage.world.desk, CARD)


def keep_draft_again(stage: Stage) -> Act:
    draft = keep_draft(stage)().value
    card = dataclasses.replace(CARD, name="朱予")
    return lambda: stage.services.intake.keep_draft(stage.world.desk, card, draft)


def park(stage: Stage) -> Act:
    draft = keep_draft(stage)().value
    return lambda: stage.services.intake.park(stage.world.desk, draft)


def take_back(stage: Stage) -> Act:
    draft = keep_draft(stage)().value
    stage.services.intake.park(stage.world.desk, draft)
    return lambda: stage.services.intake.take_back(stage.world.director, draft)


def discard(stage: Stage) -> Act:
    draft = keep_draft(stage)().value
    return lambda: stage.services.intake.discard(stage.world.desk, draft)


def register(stage: Stage) -> Act:
    draft = keep_draft(stage)().value
    return lambda: stage.services.intake.register(stage.world.desk, CARD, draft)


def log_for_two(stage: Stage) -> Act:
    visits = (stage.arrive().visit, stage.arrive("周乐瑶").visit)
    stage.world.clock.at(10)
    milk = EntryDraft(EntryKind.WATER, stage.world.clock.now, amount_ml=120)
    return lambda: stage.services.classroom.log(stage.world.teacher, visits, milk)


def undo_log(stage: Stage) -> Act:
    batch = log_for_two(stage)().value.batch
    return lambda: stage.services.classroom.undo(stage.world.teacher, batch)


def end_sleep(stage: Stage) -> Act:
    visits = (stage.arrive().visit,)
    stage.world.clock.at(12)
    log = stage.services.classroom.log
    log(stage.world.teacher, visits, EntryDraft(EntryKind.SLEEP, stage.world.clock.now))
    stage.world.clock.at(13)
    awake = EntryDraft(EntryKind.SLEEP, stage.world.clock.now)
    return lambda: log(stage.world.teacher, visits, awake)


def keep_menu(stage: Stage) -> Act:
    """A menu and a plan in place of others: rows go and come in one unit."""
    day, dragons = stage.world.clock.now.date(), stage.world.dragons
    keep, teacher = stage.services.menus.keep_day, stage.world.teacher
    old = DayMenu(day, (Meal(MealSlot.LUNCH, "面"), Meal(MealSlot.DINNER, "粥")))
    keep(teacher, old, DayPlan(day, dragons, (Activity(600, "绘本"),)))
    new = DayMenu(day, (Meal(MealSlot.LUNCH, "鸡蛋面", "鸡蛋、小麦"),))
    return lambda: keep(teacher, new, DayPlan(day, dragons, (Activity(630, "手工"),)))


def keep_note(stage: Stage) -> Act:
    visit = stage.arrive().visit
    return lambda: stage.services.handover.keep(stage.world.teacher, visit, NoteText(prose="一切都好。"))


def sign_note(stage: Stage) -> Act:
    visit = stage.arrive().visit
    return lambda: stage.services.handover.sign(stage.world.teacher, visit, NoteText(prose="一切都好。"))


def sign_again(stage: Stage) -> Act:
    visit = stage.arrive().visit
    sign = stage.services.handover.sign
    sign(stage.world.teacher, visit, NoteText(prose="一切都好。"))
    return lambda: sign(stage.world.teacher, visit, NoteText(prose="下午多喝了水。"))


def undo_entry(stage: Stage) -> Act:
    log_for_two(stage)()
    entry = stage.world.database.row("select min(id) as id from log_entry")["id"]
    return lambda: stage.services.classroom.undo_entry(stage.world.teacher, entry)


def redraft(stage: Stage) -> Act:
    visit = stage.arrive().visit
    stage.services.handover.keep(stage.world.teacher, visit, NoteText(prose="一切都好。"))
    return lambda: stage.services.handover.redraft(stage.world.teacher, visit)


def sign_complete(stage: Stage) -> Act:
    """A stay before the snack owes only an activity, water, a mood and the toilet."""
    leaving = stage.world.clock.now.replace(minute=50)
    place = {"tariff": Tariff.HOURLY, "class_id": stage.world.dragons, "promised_at": leaving}
    visits = tuple(stage.arrive(name, **place).visit for name in ("张沐阳", "周乐瑶"))
    stage.world.clock.at(9, 40)
    now = stage.world.clock.now
    for entry in (
        EntryDraft(EntryKind.ACTIVITY, now, text="手工", detail="joined"),
        EntryDraft(EntryKind.WATER, now, amount_ml=100),
        EntryDraft(EntryKind.MOOD, now, detail="happy"),
        EntryDraft(EntryKind.TOILET, now, detail="wet"),
    ):
        stage.services.classroom.log(stage.world.teacher, visits, entry)
    return lambda: stage.services.handover.sign_complete(stage.world.teacher, stage.world.dragons)


INQUIRY = InquiryCard("陆一鸣", "13700001111", born_on=dt.date(2023, 8, 1), contact="妈妈 陆静", wait=True)


def inquire(stage: Stage) -> Act:
    return lambda: stage.services.admissions.inquire(stage.world.desk, INQUIRY)


def enrol_applicant(stage: Stage) -> Act:
    """An applicant becomes a child with an adult and a contract."""
    owner = Owner(applicant=inquire(stage)().value)
    wish = StepWish(StepKind.ENROL, stage.world.clock.now.date(), stage.world.dragons)
    return lambda: stage.services.admissions.take_step(stage.world.desk, owner, wish)


def suspend(stage: Stage) -> Act:
    owner = Owner(child=stage.world.children["张沐阳"])
    wish = StepWish(StepKind.SUSPEND, stage.world.clock.now.date(), reason="旅行", seat_kept=True)
    return lambda: stage.services.admissions.take_step(stage.world.desk, owner, wish)


def move_classes(stage: Stage) -> Act:
    chosen = [stage.world.children[name] for name in ("张沐阳", "周乐瑶")]
    day, stars = stage.world.clock.now.date(), stage.world.stars
    return lambda: stage.services.class_moves.move(stage.world.desk, chosen, stars, day, "装修")


def undo_moves(stage: Stage) -> Act:
    step = move_classes(stage)().value
    return lambda: stage.services.admissions.undo_step(stage.world.desk, step)


def back_up(stage: Stage) -> Act:
    return lambda: stage.services.safekeeping.back_up_now(stage.world.desk)


def copy_out(stage: Stage) -> Act:
    folder = stage.world.database.path.parent / "stick"
    folder.mkdir(exist_ok=True)
    return lambda: stage.services.safekeeping.copy_out(stage.world.director, folder)


def count_print(stage: Stage) -> Act:
    visit = stage.arrive().visit
    return lambda: stage.services.papers.printed(stage.world.desk, "pickup_report", visit)


# -- settings

_LATER = dt.date(2026, 1, 1)
_BEES = ClassDraft("小蜜蜂", ClassKind.TODDLER, 15, "#D4A017")


def change_centre(stage: Stage) -> Act:
    return lambda: stage.services.manage.centre.change(stage.world.director, "新名字", "新址", "")


def set_seats(stage: Stage) -> Act:
    return lambda: stage.services.manage.centre.set_seats(stage.world.director, 40, _LATER, "8号")


def open_class(stage: Stage) -> Act:
    return lambda: stage.services.manage.classes.open(stage.world.director, _BEES, _LATER)


def change_class(stage: Stage) -> Act:
    world, draft = stage.world, dataclasses.replace(_BEES, kind=ClassKind.OLDER_TODDLER)
    return lambda: stage.services.manage.classes.change(world.director, world.dragons, draft)


def move_class(stage: Stage) -> Act:
    return lambda: stage.services.manage.classes.move(stage.world.director, stage.world.stars, -1)


def close_class(stage: Stage) -> Act:
    open_class(stage)()
    key = stage.world.database.row("select max(id) as id from class_group")["id"]
    return lambda: stage.services.manage.classes.close(stage.world.director, key, _LATER)


def reopen_class(stage: Stage) -> Act:
    close_class(stage)()
    key = stage.world.database.row("select max(id) as id from class_group")["id"]
    return lambda: stage.services.manage.classes.reopen(stage.world.director, key)


def add_staff(stage: Stage) -> Act:
    draft = StaffDraft("罗小曼", Role.TEACHER, stage.world.stars, "13800000000")
    return lambda: stage.services.manage.staff.add(stage.world.director, draft, _LATER)


def change_staff(stage: Stage) -> Act:
    draft = StaffDraft("许静", Role.TEACHER, stage.world.stars, health_until=_LATER)
    return lambda: stage.services.manage.staff.change(stage.world.director, stage.world.teacher.id, draft)


def staff_leaves(stage: Stage) -> Act:
    world = stage.world
    return lambda: stage.services.manage.staff.leave(world.director, world.teacher.id, _LATER)


def staff_returns(stage: Stage) -> Act:
    staff_leaves(stage)()
    return lambda: stage.services.manage.staff.come_back(stage.world.director, stage.world.teacher.id)


def add_shift(stage: Stage) -> Act:
    shift = NewShift(stage.world.teacher.id, stage.world.stars, _LATER, 480, 720)
    return lambda: stage.services.manage.rota.add(stage.world.director, shift)


def day_off(stage: Stage) -> Act:
    world = stage.world
    return lambda: stage.services.manage.rota.day_off(world.director, world.teacher.id, _LATER)


def end_shift(stage: Stage) -> Act:
    return lambda: stage.services.manage.rota.end(stage.world.director, 1)


def copy_week(stage: Stage) -> Act:
    add_shift(stage)()
    return lambda: stage.services.manage.rota.copy_week(stage.world.director, dt.date(2026, 1, 5))


def set_price(stage: Stage) -> Act:
    draft = PriceDraft("lunch", "午餐", "other", "份", Money.yuan(18))
    return lambda: stage.services.manage.prices.set_price(stage.world.director, draft, _LATER)


def end_price(stage: Stage) -> Act:
    return lambda: stage.services.manage.prices.end(stage.world.director, "lunch", _LATER)


def mark_days(stage: Stage) -> Act:
    mark = stage.services.manage.calendar.mark
    last = _LATER + dt.timedelta(days=1)
    return lambda: mark(stage.world.director, _LATER, last, is_open=False, reason="消毒")


def unmark_day(stage: Stage) -> Act:
    mark_days(stage)()
    return lambda: stage.services.manage.calendar.unmark(stage.world.director, _LATER)


def keep_notice(stage: Stage) -> Act:
    days = (NoticeDay(dt.date(2027, 1, 1), DayMark.HOLIDAY, "元旦"),)
    return lambda: stage.services.manage.calendar.keep_notice(stage.world.director, days)


def set_rule(stage: Stage) -> Act:
    return lambda: stage.services.manage.rules.set_rule(stage.world.director, "opening", "8:00", _LATER)


def undo_settings(stage: Stage) -> Act:
    done = add_staff(stage)()
    return lambda: stage.services.manage.log.undo(stage.world.director, done.undo.key)


SETTINGS = (
    change_centre,
    set_seats,
    open_class,
    change_class,
    move_class,
    close_class,
    reopen_class,
    add_staff,
    change_staff,
    staff_leaves,
    staff_returns,
    add_shift,
    day_off,
    end_shift,
    copy_week,
    set_price,
    end_price,
    mark_days,
    unmark_day,
    keep_notice,
    set_rule,
    undo_settings,
)


def start_roll_call(stage: Stage) -> Act:
    stage.arrive()
    return lambda: stage.services.rollcall.start(stage.world.desk, CallKind.DRILL, "火灾")


def begin_the_real_call(stage: Stage) -> Act:
    """Over a drill, which ends as it stands; one has come since it began."""
    drill = start_roll_call(stage)().value
    stage.services.rollcall.mark_class(stage.world.desk, drill, stage.world.dragons)
    stage.arrive("周乐瑶")
    return lambda: stage.services.rollcall.start(stage.world.desk, CallKind.REAL)


def close_left_over_call(stage: Stage) -> Act:
    start_roll_call(stage)()
    stage.world.clock.now += dt.timedelta(days=1)
    return lambda: stage.services.rollcall.close_left_over(stage.world.desk)


def void_roll_call(stage: Stage) -> Act:
    call = start_roll_call(stage)().value
    return lambda: stage.services.rollcall.void(stage.world.desk, call)


def mark_on_roll(stage: Stage) -> Act:
    """One who was listed and one who has come since: her line and her mark land together."""
    first = stage.arrive().visit
    call = stage.services.rollcall.start(stage.world.desk, CallKind.REAL).value
    keys = (HeadKey(visit=first), HeadKey(visit=stage.arrive("周乐瑶").visit))
    return lambda: stage.services.rollcall.mark(stage.world.desk, call, keys)


def unmark_on_roll(stage: Stage) -> Act:
    visit = stage.arrive().visit
    call = stage.services.rollcall.start(stage.world.desk, CallKind.REAL).value
    stage.services.rollcall.mark(stage.world.desk, call, (HeadKey(visit=visit),))
    return lambda: stage.services.rollcall.unmark(stage.world.desk, call, HeadKey(visit=visit))


def undo_marks(stage: Stage) -> Act:
    undo = mark_on_roll(stage)().undo
    return lambda: stage.services.rollcall.undo_marks(stage.world.desk, undo.key)


def end_roll_call(stage: Stage) -> Act:
    call = start_roll_call(stage)().value
    stage.arrive("周乐瑶")
    note = CallNote("按班撤离。", "拥挤", "错开")
    return lambda: stage.services.rollcall.end(stage.world.desk, call, note)


def undo_end_of_roll_call(stage: Stage) -> Act:
    call = end_roll_call(stage)().value
    return lambda: stage.services.rollcall.undo_end(stage.world.desk, call)


def note_roll_call(stage: Stage) -> Act:
    call = end_roll_call(stage)().value
    return lambda: stage.services.rollcall.note(stage.world.desk, call, CallNote("改过的过程"))


def issue_cards(stage: Stage) -> Act:
    everyone = tuple(stage.world.children.values())
    return lambda: stage.services.cards.issue(stage.world.desk, everyone)


def _card(stage: Stage) -> int:
    return stage.services.cards.issue(stage.world.desk, [stage.world.children["张沐阳"]]).value[0]


def issue_another_card(stage: Stage) -> Act:
    _card(stage)
    child = stage.world.children["张沐阳"]
    return lambda: stage.services.cards.issue_another(stage.world.desk, child)


def declare_card_lost(stage: Stage) -> Act:
    card = _card(stage)
    return lambda: stage.services.cards.declare_lost(stage.world.teacher, card, "路上丢了")


def undo_card_lost(stage: Stage) -> Act:
    card = _card(stage)
    stage.services.cards.declare_lost(stage.world.teacher, card)
    return lambda: stage.services.cards.undo_loss(stage.world.teacher, card)


def replace_card(stage: Stage) -> Act:
    card = _card(stage)
    return lambda: stage.services.cards.replace(stage.world.desk, card, "洗坏了")


def withdraw_card(stage: Stage) -> Act:
    card = _card(stage)
    return lambda: stage.services.cards.withdraw(stage.world.desk, card)


def undo_issue_cards(stage: Stage) -> Act:
    card = issue_cards(stage)().value[0]
    return lambda: stage.services.cards.undo_issue(stage.world.desk, card)


def print_cards(stage: Stage) -> Act:
    sent = issue_cards(stage)().value
    return lambda: stage.services.cards.printed(stage.world.desk, sent)


NEW_CHILD = {
    "name": "朱予晴",
    "born_on": "20230819",
    "allergy": "has",
    "allergens": "虾",
    "allergy_told": "妈妈",
}
MOTHER = {"name": "赵敏", "relation": "妈妈", "phone": "13900001177", "may_collect": "1"}
JPEG = b"\xff\xd8\xff" + bytes(500)


def add_record(stage: Stage) -> Act:
    return lambda: stage.services.record_keeping.add_child(stage.world.desk, NEW_CHILD, [MOTHER])


def change_record(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    told = {"name": "张牧阳", "address": "向阳路", "allergens": "花生、虾", "allergy_told": "妈妈"}
    return lambda: stage.services.record_keeping.change_child(stage.world.desk, child, told)


def undo_record(stage: Stage) -> Act:
    undo = change_record(stage)().undo
    return lambda: stage.services.undo(stage.world.desk, undo)


def unmask(stage: Stage) -> Act:
    adult = stage.world.adults["张母"]
    return lambda: stage.services.record_keeping.unmask(stage.world.desk, "adult", adult, "phone")


def add_adult(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    return lambda: stage.services.record_keeping.family.add_adult(stage.world.desk, child, MOTHER)


def change_adult(stage: Stage) -> Act:
    child, adult = stage.world.children["张沐阳"], add_adult(stage)().value
    bar = {"barred": "1", "may_collect": "", "paper_kind": "判决书", "phone": "13900001178"}
    own_pin(stage.world)  # the way back frees somebody barred
    return lambda: stage.services.record_keeping.family.change_adult(stage.world.desk, child, adult, bar)


def end_adult(stage: Stage) -> Act:
    child, adult = stage.world.children["张沐阳"], add_adult(stage)().value
    return lambda: stage.services.record_keeping.family.end_adult(stage.world.desk, child, adult, "搬走")


def keep_consent(stage: Stage) -> Act:
    child, keep = stage.world.children["张沐阳"], stage.services.record_papers.keep_consent
    told = {"answer": "given", "signer": "张母", "day": "2025-12-01"}
    keep(stage.world.desk, child, "care", told)
    return lambda: keep(stage.world.desk, child, "care", {**told, "answer": "withdrawn"})


def keep_paper(stage: Stage) -> Act:
    child, keep = stage.world.children["张沐阳"], stage.services.record_papers.keep_paper
    keep(stage.world.desk, child, {"kind": "insurance"})
    return lambda: keep(stage.world.desk, child, {"kind": "insurance", "number": "2"}, replaces=1)


def end_paper(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    stage.services.record_papers.keep_paper(stage.world.desk, child, {"kind": "insurance"})
    return lambda: stage.services.record_papers.end_paper(stage.world.desk, child, 1)


def set_photo(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    stage.services.record_papers.set_photo(stage.world.desk, child, JPEG)
    return lambda: stage.services.record_papers.set_photo(stage.world.desk, child, JPEG + b"2")


def end_photo(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    stage.services.record_papers.set_photo(stage.world.desk, child, JPEG)
    return lambda: stage.services.record_papers.end_photo(stage.world.desk, child)


def merge_children(stage: Stage) -> Act:
    child = stage.world.children["张沐阳"]
    twin = {**NEW_CHILD, "born_on": "20230601", "nickname": "晴晴"}
    other = stage.services.record_keeping.add_child(stage.world.desk, twin, [MOTHER]).value
    said = answers(stage.services, stage.world.desk, child, other)
    return lambda: stage.services.merging.merge_children(stage.world.desk, child, other, said)


def undo_merge(stage: Stage) -> Act:
    undo = merge_children(stage)().undo
    return lambda: stage.services.undo(stage.world.desk, undo)


def merge_adults(stage: Stage) -> Act:
    child, adult = stage.world.children["张沐阳"], add_adult(stage)().value
    mother = stage.world.adults["张母"]
    return lambda: stage.services.merging.merge_adults(stage.world.desk, child, mother, adult)


def wish(stage: Stage, **more: object) -> Wish:
    """A child nobody has heard of, by the hour in 抱抱龙 tomorrow."""
    day = stage.world.clock.now.date() + dt.timedelta(days=1)
    new = {"name": "朱予晴", "born_on": "2023-08-19", "phone": "13900001177", "relation": "妈妈"}
    return Wish(**{"day": day, "from_minute": 540, "to_minute": 660, "tariff": Tariff.HOURLY, **new, **more})


def book(stage: Stage) -> Act:
    return lambda: stage.services.bookings.book(stage.world.desk, wish(stage))


def book_weekly(stage: Stage) -> Act:
    until = stage.world.clock.now.date() + dt.timedelta(days=9)
    asked = wish(stage, weekdays="24", until=until, override_reason="家里有事")
    pin = own_pin(stage.world)
    return lambda: stage.services.bookings.book(stage.world.director, asked, pin)


def booked(stage: Stage) -> Booked:
    return book_weekly(stage)().value


def move_booking(stage: Stage) -> Act:
    made = booked(stage)
    asked = wish(stage, child=made.child, day=made.days[0] + dt.timedelta(days=1))
    return lambda: stage.services.bookings.move(stage.world.desk, made.first, asked)


def cancel_bookings(stage: Stage) -> Act:
    first = booked(stage).first
    return lambda: stage.services.bookings.cancel(stage.world.desk, first, "妈妈", "发热", rest=True)


def undo_booking(stage: Stage) -> Act:
    first = booked(stage).first
    return lambda: stage.services.bookings.undo_made(stage.world.desk, first)


def undo_move(stage: Stage) -> Act:
    key = move_booking(stage)().undo.key
    return lambda: stage.services.bookings.undo_end(stage.world.desk, key)


def no_show(stage: Stage) -> Act:
    first = booked(stage).first
    stage.world.clock.now += dt.timedelta(days=2)
    return lambda: stage.services.bookings.note_no_show(stage.world.desk, first)


def read_reminders(stage: Stage) -> Act:
    day = booked(stage).days[0]
    return lambda: stage.services.bookings.reminders(stage.world.desk, day)


def ring(stage: Stage) -> Act:
    visit, world = stage.guest().visit, stage.world
    call = Call(world.children["周乐瑶"], world.adults["周母"], visit, words="路上", promised="15:00")
    return lambda: stage.services.ringing.note(world.desk, call)


def undo_ring(stage: Stage) -> Act:
    key = ring(stage)().undo.key
    return lambda: stage.services.ringing.undo(stage.world.desk, key)


def reveal_phone(stage: Stage) -> Act:
    child, adult = stage.world.children["周乐瑶"], stage.world.adults["周母"]
    return lambda: stage.services.ringing.reveal(stage.world.desk, child, adult)


def note_spell(stage: Stage) -> Act:
    day = stage.world.clock.now.date()
    told = AbsenceNote(stage.world.children["张沐阳"], "sick", day, day + dt.timedelta(days=1), "发热")
    return lambda: stage.services.absences.note(stage.world.desk, told)


def undo_spell(stage: Stage) -> Act:
    key = note_spell(stage)().undo.key
    return lambda: stage.services.absences.undo_spell(stage.world.desk, key)


def come_back(stage: Stage) -> Act:
    note_spell(stage)()
    child = stage.world.children["张沐阳"]
    return lambda: stage.services.arrivals.undo_absence(stage.world.desk, child)


def trace_absence(stage: Stage) -> Act:
    world = stage.world
    back = world.clock.now.date() + dt.timedelta(days=2)
    told = Trace(world.children["张沐阳"], world.adults["张母"], "sick", illness="发热", returns_on=back)
    return lambda: stage.services.absences.trace(world.desk, told)


def undo_trace(stage: Stage) -> Act:
    key = trace_absence(stage)().undo.key
    return lambda: stage.services.absences.undo_trace(stage.world.desk, key)


def trace_booked(stage: Stage) -> Act:
    """A booked child who is not coming: the booking is cancelled in the same unit."""
    made, world = booked(stage), stage.world
    world.clock.now += dt.timedelta(days=1)
    mother = world.database.row("select max(id) as id from adult")["id"]
    told = Trace(made.child, mother, "personal")
    return lambda: stage.services.absences.trace(world.desk, told)


LIST = "姓名,出生日期,班级,过敏,家长姓名,电话\n李小满,2023-08-19,抱抱龙,虾,李父,13800006021\n".encode()


def import_children(stage: Stage) -> Act:
    importing = stage.services.importing
    table = importing.read(stage.world.desk, "名单.csv", LIST)
    return lambda: importing.run(stage.world.desk, table, table.guessed)


def undo_import(stage: Stage) -> Act:
    batch = import_children(stage)().value.batch
    return lambda: stage.services.importing.undo(stage.world.desk, batch)


def export_list(stage: Stage) -> Act:
    sheet = children_sheet(stage.world.database, stage.world.clock.now.date(), whole=True)
    return lambda: stage.services.exporting.export_sheet(stage.world.desk, sheet, "csv")


ACTS = (
    *SETTINGS,
    add_record,
    change_record,
    undo_record,
    unmask,
    add_adult,
    change_adult,
    end_adult,
    keep_consent,
    keep_paper,
    end_paper,
    set_photo,
    end_photo,
    merge_children,
    undo_merge,
    merge_adults,
    import_children,
    undo_import,
    export_list,
    set_up,
    check_in,
    undo_check_in,
    note_absence,
    undo_absence,
    answer_allergy,
    undo_allergy,
    check_out,
    undo_check_out,
    refund,
    issue_receipt,
    keep_draft,
    keep_draft_again,
    park,
    take_back,
    discard,
    register,
    log_for_two,
    undo_log,
    end_sleep,
    keep_menu,
    keep_note,
    sign_note,
    sign_again,
    undo_entry,
    redraft,
    sign_complete,
    inquire,
    enrol_applicant,
    suspend,
    move_classes,
    undo_moves,
    back_up,
    copy_out,
    count_print,
    start_roll_call,
    begin_the_real_call,
    close_left_over_call,
    void_roll_call,
    mark_on_roll,
    unmark_on_roll,
    undo_marks,
    end_roll_call,
    undo_end_of_roll_call,
    note_roll_call,
    issue_cards,
    issue_another_card,
    declare_card_lost,
    undo_card_lost,
    replace_card,
    withdraw_card,
    undo_issue_cards,
    print_cards,
    *RELEASE_ACTS,
    *RECORDS_ACTS,
    *BOOK_ACTS,
    *CURRICULUM_ACTS,
    *CLOCK_ACTS,
    *HEALTH_ACTS,
    *ILLNESS_ACTS,
    *HANDOVER_ACTS,
    *CLASS_ACTS,
    *GROWTH_ACTS,
    *FRONT_ACTS,
    *TOLD_ACTS,
    book,
    book_weekly,
    move_booking,
    cancel_bookings,
    undo_booking,
    undo_move,
    no_show,
    read_reminders,
    ring,
    undo_ring,
    reveal_phone,
    note_spell,
    undo_spell,
    come_back,
    trace_absence,
    undo_trace,
    trace_booked,
)
