"""The booking book: what fits, what breaks, what mends it, and how each booking ends."""

import dataclasses
import datetime as dt

import pytest

from app.domain.bookings import BookedAlreadyError, BookingError, BookingOverError, NoRoomError
from app.domain.capacity import Verdict
from app.domain.looks import Chip, Tone
from app.domain.mending import MendKind
from app.domain.modes import Tariff
from app.domain.staff import NotPermittedError
from app.services.absences import AbsenceNote
from app.services.arrivals import Arrivals, CheckIn, MorningCheck
from app.services.booking_card import Wish
from app.services.booking_week import BookingReader
from app.services.booking_wish import assess
from app.services.bookings import Bookings, fits
from app.services.bundle import build
from app.services.desk import Desk
from app.services.pins import Pins, SecondPersonError
from app.services.ringing import Call, Ringing
from app.services.told_adults import BarredTellerError
from app.store import bookings as store
from app.store import centre, children, people, settings
from tests.services.world import DAY, add_adult, add_child, own_pin

FRIDAY = DAY + dt.timedelta(days=2)
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture
def book(world):
    return Bookings(world.database, world.clock, Pins(world.database, world.clock, world.rng))


NEW = Wish(
    day=FRIDAY, from_minute=600, to_minute=720, tariff=Tariff.HOURLY,
    name="石榴", born_on="2025-02-03", phone="13900001177", relation="妈妈",
)  # fmt: skip


def wish(world, name="糖糖", **more):
    """A visitor of ten months, on file, on Friday morning in 小星星 unless told otherwise."""
    if name not in world.children:
        with world.database.unit(None, "x") as unit:
            child = add_child(unit, world, name, more.pop("born", dt.date(2025, 2, 3)))
            add_adult(unit, world, child, f"{name}妈", "妈妈", "13900001177", is_guardian=True)
    usual = {"day": FRIDAY, "from_minute": 540, "to_minute": 660, "tariff": Tariff.HOURLY}
    return Wish(**{**usual, "child": world.children[name], **more})


def fill(world, book, count=2):
    """Book so many infants for Friday 9-11; with 曾雨桐, who comes by contract, one carer has her three."""
    for number in range(count):
        book.book(world.desk, wish(world, f"小客{number}"))


def reasons(world):
    return [
        row["detail"] for row in world.database.rows("select detail from audit where subject = 'override'")
    ]


def test_a_booking_waits_at_the_desk_and_comes_in_with_one_act(world, book):
    made = book.book(world.desk, wish(world, day=DAY, from_minute=600, to_minute=720))
    assert made.value.days == (DAY,)
    desk = Desk(world.database, world.clock)
    row = next(one for one in desk.board(world.desk).expected if one.name == "糖糖")
    assert (row.chip, row.mode_words, row.class_name) == (Chip("10:00"), "计时托", "小星星")
    arrived = Arrivals(world.database, world.clock, world.rng).check_in(
        world.desk, CheckIn(world.children["糖糖"], check=MorningCheck())
    )
    assert arrived.value.class_name == "小星星"
    assert book.week(world.desk, DAY).lines[1].cells[2].bookings[0].chip == Chip("已到", Tone.OK)
    with pytest.raises(BookingOverError, match="已经来过"):
        book.cancel(world.desk, made.value.first, "妈妈", "发热")
    with pytest.raises(BookingOverError, match="不能撤销"):
        book.undo_made(world.desk, made.value.first)


def test_a_new_child_goes_with_the_booking_nobody_meant(world, book):
    until = FRIDAY + dt.timedelta(weeks=1)
    for days in ("", "5"):
        made = book.book(
            world.desk, dataclasses.replace(NEW, weekdays=days, until=until if days else None)
        ).value
        (child,) = children.list_same(world.database, "石榴", dt.date(2025, 2, 3))
        book.undo_made(world.desk, made.first)
        assert children.find_child(world.database, child) is None
        with pytest.raises(BookingOverError, match="档案"):
            book.undo_end(world.desk, made.first)


@pytest.mark.parametrize("what", ["moved", "cancelled"])
def test_a_new_child_goes_with_a_series_of_which_one_day_changed(world, book, what):
    weekly = dataclasses.replace(NEW, weekdays="5", until=FRIDAY + dt.timedelta(weeks=2))
    made = book.book(world.desk, weekly).value
    second = made.first + 1
    if what == "cancelled":
        book.cancel(world.desk, second, "妈妈", "出门")
    else:
        day = made.days[1] - dt.timedelta(days=1)
        book.move(world.desk, second, dataclasses.replace(NEW, child=made.child, day=day))
    book.undo_made(world.desk, made.first)
    assert children.find_child(world.database, made.child) is None


def test_a_new_child_stays_as_soon_as_something_else_hangs_on_her(world, book):
    first = book.book(world.desk, NEW).value
    (child,) = children.list_same(world.database, "石榴", dt.date(2025, 2, 3))
    second = book.book(
        world.desk, dataclasses.replace(NEW, child=child, day=FRIDAY + dt.timedelta(days=3))
    ).value
    for one in (first, second):
        book.undo_made(world.desk, one.first)
        assert children.find_child(world.database, child) is not None


def test_a_new_child_needs_a_name_a_birth_date_and_a_number(world, book):
    new = Wish(day=FRIDAY, from_minute=540, to_minute=660, tariff=Tariff.HOURLY)
    fields = {one.field for one in book.ask(world.desk, new).problems}
    assert fields == {"name", "born_on", "phone"}
    full = dataclasses.replace(new, name="石榴", born_on="2025-02-03", phone="139 0000 1177", relation="妈妈")
    made = book.book(world.desk, full).value
    kept = children.find_child(world.database, made.child)
    assert (kept.name, kept.allergy) == ("石榴", "unknown")
    adult = people.list_adults(world.database, made.child, DAY)[0]
    assert (adult.name, adult.tie.relation, adult.tie.may_collect) == ("石榴家长", "妈妈", False)
    with pytest.raises(BookingError, match="石榴（2025-02-03 生，妈妈 石榴家长 139"):
        book.book(world.desk, dataclasses.replace(full, day=FRIDAY + dt.timedelta(days=3)))


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"day": DAY - dt.timedelta(days=1)}, "day", "已经过去"),
        ({"from_minute": 400}, "from", "7:30 开门"),
        ({"to_minute": 1200}, "to", "18:00 关门"),
        ({"weekdays": "5"}, "until", "最后一天"),
        ({"weekdays": "9", "until": FRIDAY}, "weekdays", "每周哪几天"),
        ({"weekdays": "1", "until": FRIDAY}, "weekdays", "没有开园的日子"),
        ({"child": 4711}, "name", "没有找到"),
        ({"class_id": 1}, "class_id", "不在抱抱龙（托大班）的年龄段"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world, book, more, field, words):
    asked = wish(world, **more)
    problem = book.ask(world.desk, asked).problems[0]
    assert (problem.field, words in problem.sentence) == (field, True), problem
    with pytest.raises(BookingError, match=words) as told:
        book.book(world.desk, asked)
    assert told.value.field == field


def test_a_full_hour_is_named_with_what_mends_it_and_each_way_works(world, book):
    fill(world, book)
    asked = wish(world, from_minute=540, to_minute=720)
    answer = book.ask(world.desk, asked)
    assert (answer.verdict, answer.title) == (Verdict.NO, "不能")
    assert answer.words == "9:00–11:00 只有 1 名老师，收后 4 人 = 1 : 4.0，不合规；须再加 1 名老师。"
    assert [(one.kind, one.words) for one in answer.mends] == [
        (MendKind.CARER, "9:00–11:00 再加 1 名老师"), (MendKind.HOUR, "改到 11:00–14:00")
    ]  # fmt: skip
    assert not fits(answer)
    with pytest.raises(NoRoomError, match="可以：9:00–11:00 再加 1 名老师；改到 11:00–14:00。"):
        book.book(world.desk, asked)
    later = answer.mends[1].stay
    moved = dataclasses.replace(asked, from_minute=later.from_minute, to_minute=later.to_minute)
    assert fits(book.ask(world.desk, moved))
    shift = answer.mends[0].carers[0]
    with world.database.unit(None, "x") as unit:
        for start, end in ((450, 1080), (shift.from_minute, shift.to_minute)):
            place = world.dragons if start == 450 else world.stars
            people.add_shift(unit, 6, place, FRIDAY, start, end)
        unit.audit("shift", 1)
    assert fits(book.ask(world.desk, asked))
    assert book.book(world.desk, asked).value.days == (FRIDAY,)


def test_only_the_director_overrules_and_only_with_a_reason(world, book):
    fill(world, book)
    asked = wish(world, override_reason="奶奶住院，园长在班里")
    with pytest.raises(NoRoomError, match="只有园长"):
        book.book(world.desk, asked)
    with pytest.raises(NoRoomError, match="须由园长写明理由"):
        book.book(world.director, dataclasses.replace(asked, override_reason=""))
    with pytest.raises(SecondPersonError, match="园长自己输") as unproved:
        book.book(world.director, asked)
    assert unproved.value.field == "own_pin"
    assert reasons(world) == []
    made = book.book(world.director, asked, own_pin(world)).value
    assert reasons(world) == ["奶奶住院，园长在班里"]
    card = book.card(world.desk, made.first)
    assert card.override_reason == "奶奶住院，园长在班里"
    assert card.row.chip == Chip("破例", Tone.WARN)


def test_a_week_of_bookings_is_single_days_that_move_and_end_apart(world, book):
    until = DAY + dt.timedelta(days=16)
    made = book.book(
        world.desk, wish(world, day=DAY, from_minute=600, to_minute=700, weekdays="35", until=until)
    )
    days = made.value.days
    assert [f"{day:%m%d}" for day in days] == ["1203", "1205", "1210", "1212", "1217", "1219"]
    kept = store.list_between(world.database, DAY, until)
    assert [one.day for one in kept] == list(days)
    friday = next(one for one in kept if one.day == FRIDAY)
    moved = wish(world, day=NEXT, from_minute=800, to_minute=900)
    book.move(world.desk, friday.id, moved)
    book.cancel(world.desk, kept[2].id, "妈妈", "回老家")
    holding = [one.day for one in store.list_between(world.database, DAY, until) if one.ended_at is None]
    assert holding == [DAY, NEXT, *days[3:]]
    assert book.cancel(world.desk, kept[3].id, "妈妈", "不再需要", rest=True).value == 3
    holding = [one.day for one in store.list_between(world.database, DAY, until) if one.ended_at is None]
    assert holding == [DAY, NEXT]
    card = book.card(world.desk, kept[3].id)
    assert card.end_words == "妈妈 12月3日 09:12 取消：不再需要"
    assert card.history == "取消 4 次"


def test_a_series_with_a_full_day_names_it_or_leaves_it_out(world, book):
    fill(world, book)
    week = wish(world, day=FRIDAY, weekdays="5", until=FRIDAY + dt.timedelta(days=14))
    answer = book.ask(world.desk, week)
    assert answer.words.startswith("3 天里有 1 天放不下。12月5日（周五）：9:00–11:00 只有 1 名老师")
    assert [one.day for one in answer.refused] == [FRIDAY]
    with pytest.raises(NoRoomError):
        book.book(world.desk, week)
    made = book.book(world.desk, dataclasses.replace(week, skip_full=True)).value
    assert made.left_out == (FRIDAY,)
    assert len(made.days) == 2


def test_nobody_is_booked_twice_or_beside_a_contract(world, book):
    made = book.book(world.desk, wish(world)).value
    with pytest.raises(BookedAlreadyError, match="12月5日（周五） 已约 9:00–11:00（小星星）"):
        book.book(world.director, wish(world, from_minute=600, to_minute=900, override_reason="要"))
    with pytest.raises(BookedAlreadyError, match="按合同 8:20–11:30 来园"):
        book.book(world.director, wish(world, "曾雨桐", from_minute=600, to_minute=900, override_reason="要"))
    assert fits(book.ask(world.desk, wish(world, from_minute=800, to_minute=900), made.first))


def test_a_closed_day_is_no_day_and_a_year_nobody_entered_is_said(world, book):
    with pytest.raises(BookedAlreadyError, match="12月6日不开园"):
        book.book(world.desk, wish(world, day=dt.date(2025, 12, 6)))
    far = book.ask(world.desk, wish(world, "远远", day=dt.date(2027, 3, 1), born=dt.date(2026, 6, 1)))
    assert far.calendar_words == "2027 放假安排未录入，按周一至周五暂算。"
    world.clock.now = world.clock.now.replace(year=2027)
    week = book.week(world.desk, dt.date(2027, 2, 17))
    assert week.calendar_words == far.calendar_words
    assert [column.is_open for column in week.days] == [True] * 5
    assert book.next_open_day(world.desk) == dt.date(2027, 12, 6)  # a Monday after a Friday


def test_the_week_shows_load_against_seats_and_carers(world, book):
    fill(world, book)
    week = book.week(world.desk, FRIDAY)
    assert week.monday == dt.date(2025, 12, 1)
    assert [line.name for line in week.lines] == ["抱抱龙", "小星星"]
    cell = week.lines[1].cells[4]
    assert [row.name for row in cell.bookings] == ["小客0", "小客1"]
    nine = next(one for one in cell.hours if one.hour == 9)
    assert (nine.present, nine.carers, nine.free, nine.words, nine.tone) == (
        3,
        1,
        0,
        "老师不够再收",
        Tone.WARN,
    )
    assert cell.worst == nine
    holiday = book.week(world.desk, dt.date(2025, 10, 6))
    assert [column.name for column in holiday.days][:3] == ["国庆节"] * 3 or not holiday.days[0].is_open
    assert holiday.days[-1].day == dt.date(2025, 10, 11)  # the make-up Saturday is shown


def mark_day(world, on, kind, name):
    with world.database.unit(None, "calendar") as unit:
        row = {"day": on.isoformat(), "kind": kind, "name": name}
        unit.execute("insert into calendar_day (day, kind, name) values (:day, :kind, :name)", row)
        unit.audit("calendar_day", None, name)


def test_every_open_day_is_offered_also_at_the_weekend(world, book):
    """Make-up workdays and the centre's own open days, by its calendar; a closed day is not among them."""
    saturday = dt.date(2025, 12, 6)
    before = book.open_days(world.desk)
    assert [one.words for one in before.days[:3]] == ["今天 周三", "明天 周四", "后天 周五"]
    assert saturday not in {one.day for one in before.days}
    assert "6" in before.weekend  # 2026 has make-up Saturdays
    mark_day(world, saturday, "open", "开放日")
    mark_day(world, FRIDAY, "closed", "停电")
    found = {one.day: one.words for one in book.open_days(world.desk).days}
    assert found[saturday] == "12-6 周六 开放日"
    assert FRIDAY not in found
    made = book.book(world.desk, wish(world, day=saturday)).value
    assert made.days == (saturday,)
    with pytest.raises(BookingError, match="不开园"):
        book.book(world.desk, wish(world, "豆豆", day=FRIDAY))


def test_a_weekly_booking_skips_closed_days_and_says_which(world, book):
    on = dt.date(2025, 12, 25)  # four Thursdays, one of them New Year's Day
    mark_day(world, dt.date(2026, 1, 8), "closed", "装修")
    asked = wish(world, day=on, weekdays="4", until=dt.date(2026, 1, 15))
    assert book.ask(world.desk, asked).closed_words == (
        "跳过不开园的日子：1月1日（周四）元旦、1月8日（周四）装修。"
    )
    made = book.book(world.desk, asked).value
    assert made.days == (on, dt.date(2026, 1, 15))
    assert "元旦" in made.closed_words


def test_a_weekly_booking_may_be_of_saturdays(world, book):
    """On those on which the centre is open; the others are skipped and told."""
    saturday = dt.date(2025, 12, 6)
    mark_day(world, saturday, "open", "")
    asked = wish(world, day=saturday, weekdays="6", until=dt.date(2025, 12, 20))
    made = book.book(world.desk, asked).value
    assert made.days == (saturday,)
    assert "12月13日（周六）、12月20日（周六）" in made.closed_words


def test_half_days_may_share_a_seat_unless_the_centre_says_otherwise(world, book):
    with world.database.unit(None, "x") as unit:
        one = centre.add_class(unit, "小苗苗", centre.ClassKind.TODDLER, 1, "#112233", 3, DAY)
        for weekday in range(1, 6):
            people.add_shift(unit, 6, one, weekday, 450, 1080)
        unit.audit("x", 1)
    half = {"born": dt.date(2024, 5, 1), "tariff": Tariff.TEMP_HALF_DAY, "class_id": one}
    book.book(world.desk, wish(world, "上午娃", from_minute=480, to_minute=720, **half))
    later = wish(world, "下午娃", from_minute=780, to_minute=1020, **half)
    assert book.ask(world.desk, later).verdict is not Verdict.NO
    with world.database.unit(None, "x") as unit:
        settings.add_value(unit, "half_share", "0", DAY)
        unit.audit("x", 1)
    answer = book.ask(world.desk, later)
    assert answer.verdict is Verdict.NO
    assert "小苗苗班 1 个位子已坐满" in answer.words


def test_who_does_not_come_is_proposed_and_said_by_a_person(world, book):
    made = book.book(world.desk, wish(world, day=DAY, from_minute=570, to_minute=630)).value
    with pytest.raises(BookingOverError, match="还没有过时间"):
        book.note_no_show(world.desk, made.first)
    assert book.week(world.desk, DAY).missed == ()
    world.clock.at(17)
    assert [row.name for row in book.week(world.desk, DAY).missed] == ["糖糖"]
    assert book.card(world.desk, made.first).may_miss
    said = book.note_no_show(world.desk, made.first)
    card = book.card(world.desk, made.first)
    assert (card.row.chip, card.history) == (Chip("未到", Tone.BAD), "约了没来 1 次")
    assert book.week(world.desk, DAY).missed == ()
    book.undo_end(world.desk, said.undo.key)
    assert book.card(world.desk, made.first).history == ""


def test_a_cancellation_says_who_when_and_why(world, book):
    made = book.book(world.desk, wish(world)).value
    for by, why, at, field in (
        ("", "发热", "", "by"),
        ("妈妈", " ", "", "reason"),
        ("妈妈", "发热", "早", "told_at"),
        ("妈妈", "发热", "17:00", "told_at"),
    ):
        with pytest.raises(BookingError) as told:
            book.cancel(world.desk, made.first, by, why, at)
        assert told.value.field == field
    done = book.cancel(world.desk, made.first, "妈妈", "发热", "8:10")
    kept = store.find_booking(world.database, made.first)
    assert (kept.cancelled_by, kept.cancel_reason, f"{kept.told_at:%H:%M}") == ("妈妈", "发热", "08:10")
    with pytest.raises(BookingOverError, match="已取消"):
        book.cancel(world.desk, made.first, "妈妈", "发热")
    book.undo_end(world.desk, done.undo.key)
    with pytest.raises(BookingOverError, match="现在就有效"):
        book.undo_end(world.desk, made.first)


def test_a_day_that_was_moved_goes_with_its_series(world, book):
    made = book.book(world.desk, wish(world, weekdays="5", until=DAY + dt.timedelta(days=16))).value
    later = book.move(world.desk, made.first, wish(world, day=NEXT)).value.first
    book.move(world.desk, later, wish(world, day=NEXT, from_minute=600, to_minute=720))
    book.undo_made(world.desk, made.first)
    rows = world.database.rows("select day from booking where ended_at is null")
    assert [row["day"] for row in rows] == []


def test_what_was_done_can_be_taken_back(world, book):
    until = DAY + dt.timedelta(days=16)
    made = book.book(world.desk, wish(world, weekdays="5", until=until))
    rest = book.cancel(world.desk, made.value.first, "妈妈", "搬家", rest=True)
    book.undo_end(world.desk, rest.undo.key)
    assert book.card(world.desk, made.value.first).rest == 3
    moved = book.move(world.desk, made.value.first, wish(world, day=NEXT))
    assert book.card(world.desk, made.value.first).row.chip == Chip("已改期")
    book.undo_end(world.desk, moved.undo.key)
    assert store.find_on(world.database, world.children["糖糖"], NEXT) is None
    book.undo_made(world.desk, made.value.first)
    assert store.find_on(world.database, world.children["糖糖"], FRIDAY) is None
    assert book.week(world.desk, DAY).lines[1].cells[4].bookings == ()
    with pytest.raises(BookingOverError):
        book.undo_made(world.desk, made.value.first)


def test_who_is_barred_from_her_cancels_nothing(world, book):
    made = book.book(world.desk, wish(world)).value
    with world.database.unit(None, "bar") as unit:
        add_adult(unit, world, world.children["糖糖"], "唐大", "爸爸", "13611110000", barred=True)
        unit.audit("child", world.children["糖糖"])
    for by in ("唐大", "爸爸"):
        with pytest.raises(BarredTellerError, match="不听此人的") as refused:
            book.cancel(world.desk, made.first, by, "不来了")
        assert refused.value.field == "by"
    book.cancel(world.desk, made.first, "妈妈", "不来了")


def test_a_cancelled_day_that_was_booked_anew_does_not_come_back(world, book):
    made = book.book(world.desk, wish(world)).value
    done = book.cancel(world.desk, made.first, "妈妈", "发热")
    book.book(world.desk, wish(world, from_minute=600, to_minute=900))
    with pytest.raises(BookedAlreadyError, match="又约了 10:00"):
        book.undo_end(world.desk, done.undo.key)


def test_a_cancelled_day_does_not_come_back_when_its_seat_was_given_away(world, book):
    made = book.book(world.desk, wish(world)).value
    done = book.cancel(world.desk, made.first, "妈妈", "发热")
    fill(world, book)  # with 曾雨桐 three infants for one carer: she would be the fourth
    with pytest.raises(NoRoomError, match="不能恢复"):
        book.undo_end(world.desk, done.undo.key)
    assert store.find_on(world.database, world.children["糖糖"], FRIDAY) is None


def test_the_list_for_tomorrow_has_the_numbers_and_is_audited(world, book):
    made = book.book(world.desk, wish(world, day=NEXT)).value
    assert book.next_open_day(world.desk) == NEXT
    one = book.reminders(world.desk, NEXT).value[0]
    assert (one.whom, one.phone, one.reminded) == ("妈妈 糖糖妈", "139 0000 1177", "")
    verbs = [row["verb"] for row in world.database.rows("select verb from audit")]
    assert "read_reminders" in verbs
    call = Call(made.child, one.adult, booking=made.first, words="明天准时")
    Ringing(world.database, world.clock).note(world.desk, call)
    assert book.reminders(world.desk, NEXT).value[0].reminded == "09:12 林晓"


def test_the_book_belongs_to_the_desk_and_the_director(world, book):
    for actor in (world.teacher, world.cashier):
        with pytest.raises(NotPermittedError):
            book.week(actor, DAY)
        with pytest.raises(NotPermittedError):
            book.book(actor, wish(world))
    assert book.week(world.director, DAY).today == DAY


def test_reading_alone_writes_nothing(world):
    before = world.database.commits
    assess(world.database, world.clock(), wish(world))
    before = world.database.commits
    assess(world.database, world.clock(), wish(world))
    BookingReader(world.database, world.clock).week(DAY)
    assert world.database.commits == before


def test_the_paper_of_tomorrow_lists_contract_and_booked_children_but_not_those_away(world, book):
    book.book(world.desk, wish(world, day=NEXT, note="午睡要抱"))
    services = build(world.database, world.clock, world.rng)
    frozen = services.bookings.expected_paper(world.desk, NEXT).value
    rows = {child.name: child for group in frozen.classes for child in group.children}
    sugar = rows["糖糖"]
    assert (sugar.hours, sugar.booked, sugar.ring) == ("9:00–11:00", True, "妈妈 糖糖妈 139 0000 1177")
    assert sugar.note == "午睡要抱"
    assert rows["张沐阳"].note == "花生过敏"
    assert not rows["张沐阳"].booked
    child = world.children["张沐阳"]
    services.absences.note(world.desk, AbsenceNote(child, "sick", NEXT, NEXT, disease="发热"))
    frozen = services.bookings.expected_paper(world.desk, NEXT).value
    assert "张沐阳" not in {one.name for group in frozen.classes for one in group.children}
    assert frozen.away == 1
    with pytest.raises(NotPermittedError):
        services.bookings.expected_paper(world.cashier, NEXT)


MONDAYS = tuple(dt.date(2025, 12, 8) + dt.timedelta(weeks=week) for week in range(3))


def weekly(world, name="糖糖", **more):
    usual = {"day": MONDAYS[0], "weekdays": "1", "until": MONDAYS[-1], "to_minute": 1020, "from_minute": 900}
    return wish(world, name, **{**usual, **more})


def test_a_series_asks_the_opening_hours_of_each_of_its_days(world, book):
    with world.database.unit(None, "earlier") as unit:
        settings.add_value(unit, "closing", "16:30", MONDAYS[1])
        unit.audit("setting", None)
    answer = book.ask(world.desk, weekly(world))
    assert [one.verdict is Verdict.NO for one in answer.days] == [False, True, True]
    assert answer.days[1].words.startswith("12月15日（周一） 本园 16:30 关门")
    with pytest.raises(BookedAlreadyError, match="16:30 关门"):
        book.book(world.director, weekly(world, override_reason="要"))
    made = book.book(world.desk, weekly(world, skip_full=True)).value
    assert (made.days, made.left_out) == (MONDAYS[:1], MONDAYS[1:])


def test_a_series_asks_the_price_of_each_of_its_days(world, book):
    with world.database.unit(None, "no price") as unit:
        unit.execute(
            "update price set valid_to = :day where code = 'hourly'", {"day": MONDAYS[1].isoformat()}
        )
        unit.audit("price", None)
    answer = book.ask(world.desk, weekly(world))
    assert [one.day for one in answer.refused] == [MONDAYS[2]]
    assert "12月22日（周一） 价目表里没有计时托的价格" in answer.words
    assert book.book(world.desk, weekly(world, skip_full=True)).value.days == MONDAYS[:2]


def test_a_series_asks_the_age_on_each_of_its_days(world, book):
    grows = {"name": "长大", "class_id": world.stars}
    born = dt.date(2024, 12, 17)  # one year old between the second and the third
    answer = book.ask(world.desk, weekly(world, **grows, born=born))
    assert answer.problems == ()
    assert [one.day for one in answer.refused] == [MONDAYS[2]]
    assert "12 个月不在小星星（乳儿班）的年龄段" in answer.words
    with pytest.raises(NoRoomError, match="年龄段"):
        book.book(world.desk, weekly(world, **grows))
    with_reason = weekly(world, **grows, override_reason="下周转班")
    assert book.book(world.director, with_reason, own_pin(world)).value.days == MONDAYS


def fridays(world, book, weeks=4, **more):
    until = FRIDAY + dt.timedelta(weeks=weeks - 1)
    first = book.book(world.desk, wish(world, weekdays="5", until=until, **more)).value.first
    return store.list_rest(world.database, store.find_booking(world.database, first))


def days_held(world):
    found = store.list_between(world.database, DAY, DAY + dt.timedelta(days=60))
    return [one.day for one in found if one.ended_at is None]


def test_the_rest_of_a_series_goes_with_the_day_that_was_moved(world, book):
    made = fridays(world, book)
    monday = made[1].day + dt.timedelta(days=3)
    moved = book.move(world.desk, made[1].id, wish(world, day=monday))
    assert book.card(world.desk, made[0].id).rest == 4
    done = book.cancel(world.desk, made[0].id, "妈妈", "搬家", rest=True)
    assert (done.value, days_held(world)) == (4, [])
    book.undo_end(world.desk, done.undo.key)
    assert days_held(world) == [made[0].day, monday, made[2].day, made[3].day]
    book.undo_end(world.desk, moved.undo.key)
    assert days_held(world) == [one.day for one in made]


def test_a_day_moved_before_the_one_cancelled_from_is_none_of_the_rest(world, book):
    made = fridays(world, book)
    book.move(world.desk, made[3].id, wish(world, day=made[1].day - dt.timedelta(days=2)))
    done = book.cancel(world.desk, made[1].id, "妈妈", "搬家", rest=True)
    assert (done.value, days_held(world)) == (2, [made[0].day, made[1].day - dt.timedelta(days=2)])


def test_the_rest_of_a_series_from_a_missed_day_leaves_the_day_on_which_she_came(world, book):
    made = fridays(world, book)
    world.clock.now = world.clock.now.replace(day=made[1].day.day, hour=9)
    Arrivals(world.database, world.clock, world.rng).check_in(
        world.desk, CheckIn(world.children["糖糖"], check=MorningCheck())
    )
    done = book.cancel(world.desk, made[0].id, "妈妈", "搬家", rest=True)
    assert (done.value, days_held(world)) == (3, [made[1].day])
    assert book.card(world.desk, made[1].id).row.chip == Chip("已到", Tone.OK)
