"""Every service verb that writes, each as a small act on the test centre: to be tried with a fault."""

import dataclasses
from collections.abc import Callable

from app.domain.logbook import EntryDraft, EntryKind, MealSlot
from app.domain.modes import Tariff
from app.domain.prose import NoteText
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import Services, build
from app.services.intake import IntakeCard
from app.services.menus import Activity, DayMenu, DayPlan, Meal
from app.services.pickup import CheckOut
from app.store.database import Database
from tests.services.world import World

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
    verb = stage.services.arrivals.answer_allergy
    return lambda: verb(stage.world.director, child, "has", ("虾",), "妈妈电话")


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


def back_up(stage: Stage) -> Act:
    return lambda: stage.services.safekeeping.back_up_now(stage.world.desk)


def count_print(stage: Stage) -> Act:
    visit = stage.arrive().visit
    return lambda: stage.services.papers.printed(stage.world.desk, "pickup_report", visit)


ACTS = (
    set_up,
    check_in,
    undo_check_in,
    note_absence,
    undo_absence,
    answer_allergy,
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
    back_up,
    count_print,
)
