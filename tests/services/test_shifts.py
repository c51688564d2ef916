"""交接班 through its service: figures, points that travel, heads that must agree, two signatures."""

import dataclasses
import datetime as dt
import sqlite3

import pytest

from app.domain.classes import ClassKind
from app.domain.ids import ClassId, PointId, SheetId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.modes import Tariff
from app.domain.pins import WrongPinError
from app.domain.shifts import CheckMark, HeadsDifferError, Section, ShiftError
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.checks import HealthCheck
from app.services.classroom import Classroom
from app.services.collecting import CheckOut
from app.services.pins import Second, SecondPersonError
from app.services.sheet_drafts import SheetKind
from app.services.shift_facts import figures_of
from app.services.shifts import Shifts, ShiftSources, ShiftWish
from app.store import centre, people
from app.store.shifts import list_check_items
from tests.services.world import add_adult, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def shifts(services):
    return services.classes.shifts


@pytest.fixture
def partner(world, services):
    """孟佳 of the same class, who has a PIN."""
    staff = people.list_staff(world.database, world.clock().date())
    actor = next(one for one in staff if one.name == "孟佳")
    services.pins.choose(actor, "5927")
    return actor


@pytest.fixture
def taker(partner):
    return Second(partner.id, "5927")


def arrive(world, services, name):
    return services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit


def marks(world, **bad):
    items = list_check_items(world.database, world.clock().date())
    return tuple(CheckMark(item, item not in bad, bad.get(item, "")) for item in items)


def wish(world, counted, **parts):
    return ShiftWish(world.dragons, counted, marks(world), **parts)


def words(draft, section):
    return [line.words for line in draft.lines if line.section is section]


def test_who_never_came_by_her_first_hours_is_not_said_to_have_time_yet(world, services):
    child = world.children["马思睿"]  # of the afternoons, from 14:00
    booked = Wish(world.clock().date(), 540, 660, Tariff.HOURLY, child)
    world.clock.at(8, 30)
    key = services.bookings.book(world.desk, booked).value.first
    told = "还没到时间 1：马思睿（9:00）"
    assert told in [line.words for line in figures_of(world.database, world.dragons, world.clock())[1]]
    world.clock.at(11, 30)
    figures, lines = figures_of(world.database, world.dragons, world.clock())
    assert (figures.later, "马思睿（9:00 没来，14:00 还要来）" in "".join(one.words for one in lines)) == (
        0,
        True,
    )
    services.bookings.note_no_show(world.desk, key)  # somebody knows of it: her own hours are still to come
    assert figures_of(world.database, world.dragons, world.clock())[0].later == 1


def come_and_go(world, services, child, hour):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(hour)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖糖妈"], tender="cash"))
    return visit


@pytest.fixture
def booked_twice(world, services):
    """A guest of 9–11 who was here then, and is to come from 15 to 17: in the same class or another."""
    with world.database.unit(None, "guest") as unit:
        child = add_child(unit, world, "糖糖", dt.date(2023, 7, 9))
        add_adult(unit, world, child, "糖糖妈", "妈妈", "13900001177", is_guardian=True)
        unit.audit("child", child)

    def book(second):
        world.clock.at(8, 50)
        for hours, group in (((540, 660), world.dragons), ((900, 1020), second)):
            held = Wish(world.clock().date(), *hours, Tariff.HOURLY, child, class_id=group)
            services.bookings.book(world.desk, held)
        world.clock.at(9)
        come_and_go(world, services, child, 11)
        return child

    return book


def away_lines(world, group):
    figures, lines = figures_of(world.database, group, world.clock())
    away = figures.sick + figures.personal + figures.other + figures.later + figures.unheard
    assert figures.expected == figures.came - figures.guests + away
    return [line.words for line in lines if "糖糖" in line.words]


def test_who_comes_by_second_hours_is_named_as_still_to_come_and_as_missing(world, services, booked_twice):
    child = booked_twice(world.dragons)
    for hour, minute, said in (
        (14, 0, ["还要再来 1：糖糖（15:00）"]),
        (15, 40, ["该再来还没来 1：糖糖（15:00）"]),
    ):
        world.clock.at(hour, minute)
        assert away_lines(world, world.dragons) == said
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    assert away_lines(world, world.dragons) == []
    world.clock.at(17)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖糖妈"], tender="cash"))
    assert away_lines(world, world.dragons) == []


def test_the_class_of_her_second_hours_does_not_take_her_for_being_elsewhere(world, services, booked_twice):
    with world.database.unit(None, "class") as unit:
        began = dt.date(2024, 9, 1)
        moon = centre.add_class(unit, "小月亮", ClassKind.OLDER_TODDLER, 20, "#6B9A4B", 3, began)
        people.add_shift(unit, world.teacher.id, moon, world.clock().isoweekday(), 450, 1080)
        unit.audit("centre", 1)
    child = booked_twice(moon)
    world.clock.at(14)
    assert away_lines(world, moon) == ["还没到时间 1：糖糖（15:00）"]
    assert away_lines(world, world.dragons) == []
    world.clock.at(15, 40)
    assert away_lines(world, moon) == ["没来、还没有消息 1：糖糖"]
    act = CheckIn(child, class_id=world.dragons)  # she sits with those whom she knows
    services.arrivals.check_in(world.desk, act)
    assert away_lines(world, moon) == ["今天在别的班 1：糖糖"]


def test_the_sheet_fills_itself_with_numbers_by_reason(world, services, shifts):
    arrive(world, services, "张沐阳")
    services.arrivals.note_absence(world.desk, world.children["周乐瑶"], "sick", "妈妈", "发热")
    draft = shifts.draft(world.teacher, world.dragons)
    figures = draft.figures
    assert (figures.expected, figures.came, figures.present) == (3, 1, 1)
    assert (figures.sick, figures.personal, figures.later, figures.unheard, figures.early) == (1, 0, 1, 0, 0)
    assert words(draft, Section.AWAY) == ["病假 1：周乐瑶", "还没到时间 1：马思睿（14:00）"]
    world.clock.at(14, 30)
    draft = shifts.draft(world.teacher, world.dragons)
    assert words(draft, Section.AWAY) == ["病假 1：周乐瑶", "没来、还没有消息 1：马思睿"]
    assert [one.actor.name for one in draft.holders][:1] == ["孟佳"]
    assert len(draft.items) == 6


def test_every_head_of_the_practice_centre_has_its_reason(database, clock):
    for group in range(1, 6):
        figures, lines = figures_of(database, ClassId(group), clock())
        away = figures.sick + figures.personal + figures.other + figures.later + figures.unheard
        assert figures.expected == figures.came - figures.guests + away
        assert figures.came > 5
        named = sum(line.words.count("、") + 1 for line in lines if line.section is Section.AWAY)
        unheard = sum("没来、" in line.words for line in lines)  # the label has such a mark, too
        assert named - unheard == away


def test_who_sits_in_another_class_today_is_not_missing(world, services, shifts):
    act = CheckIn(world.children["张沐阳"], class_id=world.stars, class_reason="陪妹妹")
    services.arrivals.check_in(world.desk, act)
    draft = shifts.draft(world.teacher, world.dragons)
    assert (draft.figures.came, draft.figures.other, draft.figures.present) == (0, 1, 0)
    assert "今天在别的班 1：张沐阳" in words(draft, Section.AWAY)
    assert shifts.draft(world.director, world.stars).figures.guests == 1


def test_who_was_not_signed_out_yesterday_is_an_open_point_and_no_head_of_today(
    world, services, shifts, taker
):
    visit = arrive(world, services, "张沐阳")
    mood = EntryDraft(EntryKind.MOOD, world.clock(), detail="crying")
    services.classroom.log(world.teacher, (visit,), mood)
    world.clock.now += dt.timedelta(days=1)
    draft = shifts.draft(world.teacher, world.dragons)
    assert (draft.figures.came, draft.figures.present, draft.figures.unheard) == (0, 0, 2)
    said = "没有离园记录：张沐阳，请前台问清并补办离园"
    assert words(draft, Section.POINT) == [f"昨天{said}"]
    assert (words(draft, Section.WATCH), words(draft, Section.MOOD)) == ([], [])
    assert words(shifts.draft(world.director, world.stars), Section.POINT) == []
    world.clock.now += dt.timedelta(days=1)
    assert words(shifts.draft(world.teacher, world.dragons), Section.POINT) == [f"12月3日{said}"]
    services.classroom.check(world.teacher, (visit,), HealthCheck("day", tenths=366))
    draft = shifts.draft(world.teacher, world.dragons)
    assert (draft.figures.came, draft.figures.present) == (1, 1), "she was seen today, so she is here"
    assert f"12月3日{said}" in words(draft, Section.POINT)
    assert draft.points == ()
    key = shifts.sign(world.teacher, wish(world, 1), taker).value
    kept = shifts.paper(world.teacher, key).sheet.lines
    assert [line.words for line in kept if line.section is Section.POINT] == [f"12月3日{said}"]


def test_who_left_early_is_named(world, services, shifts):
    visit = arrive(world, services, "张沐阳")
    world.clock.at(15, 0)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], tender="cash"))
    draft = shifts.draft(world.teacher, world.dragons)
    assert (draft.figures.went, draft.figures.early, draft.figures.present) == (1, 1, 0)
    assert words(draft, Section.EARLY) == ["张沐阳 15:00 妈妈 张母接走"]


def test_a_child_who_comes_twice_is_one_head(world, services, shifts):
    visit = arrive(world, services, "张沐阳")
    world.clock.at(11)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], tender="cash"))
    world.clock.at(12)
    arrive(world, services, "张沐阳")
    figures = shifts.draft(world.teacher, world.dragons).figures
    assert (figures.came, figures.went, figures.present) == (1, 0, 1)


def test_low_moods_and_whom_to_watch_come_from_the_log(world, services, shifts):
    visit = arrive(world, services, "张沐阳")
    classroom = Classroom(world.database, world.clock)
    for minute, mood, note in ((30, "crying", "抢玩具。"), (40, "calm", "")):
        world.clock.at(9, minute)
        classroom.log(
            world.teacher, (visit,), EntryDraft(EntryKind.MOOD, world.clock(), detail=mood, note=note)
        )
    classroom.log(
        world.teacher,
        (visit,),
        EntryDraft(EntryKind.TEMPERATURE, world.clock(), detail="forehead", tenths=381),
    )
    draft = shifts.draft(world.teacher, world.dragons)
    assert words(draft, Section.MOOD) == ["张沐阳 9:30 哭闹，抢玩具，后来平静"]
    assert words(draft, Section.WATCH) == [
        "张沐阳：体温 38.1℃",
        "张沐阳 发热 38.1℃，09:40 起，处理还没结束",
    ]


def test_other_parts_put_their_lines_in(world, services):
    asked = []

    def medicine(class_id, day):
        asked.append((class_id, day))
        return ("张沐阳 14:00 止咳糖浆 5 ml，待喂",)

    sources = ShiftSources(
        medicine, lambda *_: ("看护甲",), lambda *_: ("多喝水", " "), lambda *_: ("10:00 户外 1 人",)
    )
    shifts = Shifts(world.database, world.clock, services.pins, sources)
    draft = shifts.draft(world.teacher, world.dragons)
    assert asked == [(world.dragons, world.clock().date())]
    assert words(draft, Section.MEDICINE) == ["张沐阳 14:00 止咳糖浆 5 ml，待喂"]
    assert words(draft, Section.WATCH) == ["看护甲"]
    assert words(draft, Section.INSTRUCTION) == ["多喝水"]
    assert words(draft, Section.COUNT) == ["10:00 户外 1 人"]


def test_heads_must_agree_or_a_reason_is_written(world, services, shifts, taker):
    arrive(world, services, "张沐阳")
    with pytest.raises(ShiftError, match="数一数"):
        shifts.sign(world.teacher, wish(world, None), taker)
    with pytest.raises(HeadsDifferError, match="应有 1 人，多 1 人"):
        shifts.sign(world.teacher, wish(world, 2), taker)
    with pytest.raises(HeadsDifferError, match="少 1 人"):
        shifts.sign(world.teacher, wish(world, 0, reason="  "), taker)
    assert shifts.history(world.teacher) == ()
    key = shifts.sign(world.teacher, wish(world, 2, reason="隔壁班一个孩子在这里等妈妈"), taker).value
    sheet = shifts.sheet(world.teacher, key)
    assert (sheet.counted, sheet.figures.present, sheet.reason) == (2, 1, "隔壁班一个孩子在这里等妈妈")


def test_the_file_itself_takes_no_sheet_whose_heads_differ_without_a_reason(world, services, shifts, taker):
    key = shifts.sign(world.teacher, wish(world, 0), taker).value
    for column, value in (("counted", 5), ("taken_by", world.teacher.id)):
        with pytest.raises(sqlite3.IntegrityError), world.database.unit(None, "test") as unit:
            unit.execute(f"update shift_sheet set {column} = :v where id = :id", {"v": value, "id": key})


def test_two_different_people_sign_each_for_herself(world, services, shifts, partner, taker):
    for second, error in (
        (None, SecondPersonError),
        (Second(world.teacher.id, "5927"), SecondPersonError),
        (Second(partner.id, "0000"), WrongPinError),
    ):
        with pytest.raises(error):
            shifts.sign(world.teacher, wish(world, 0), second)
    services.pins.choose(world.desk, "3816")
    with pytest.raises(ShiftError, match="不带班"):
        shifts.sign(world.teacher, wish(world, 0), Second(world.desk.id, "3816"))
    assert shifts.history(world.teacher) == ()
    done = shifts.sign(world.teacher, wish(world, 0), taker)
    sheet = shifts.sheet(world.teacher, done.value)
    assert (sheet.given_by, sheet.taken_by, sheet.signed_at) == ("许静", "孟佳", world.clock())
    assert done.undo.verb == "shift.sheet"


def test_open_points_travel_until_somebody_closes_them(world, services, shifts, partner, taker):
    point = shifts.add_point(world.teacher, world.dragons, "张沐阳妈妈要带备用裤子").value
    first = shifts.sign(world.teacher, wish(world, 0), taker).value
    world.clock.now += dt.timedelta(days=1)
    draft = shifts.draft(partner, world.dragons)
    assert [(one.words, one.sheets) for one in draft.points] == [("张沐阳妈妈要带备用裤子", 1)]
    assert draft.last.id == first
    services.pins.choose(world.teacher, "7043")
    second = shifts.sign(partner, wish(world, 0), Second(world.teacher.id, "7043")).value
    for key in (first, second):
        lines = shifts.sheet(partner, key).lines
        assert [line.words for line in lines if line.section is Section.POINT] == ["张沐阳妈妈要带备用裤子"]
    world.clock.at(10, 5)
    shifts.close_point(partner, point, "已带来，放在柜子里")
    assert shifts.draft(partner, world.dragons).points == ()
    closed = shifts.draft(partner, world.dragons).closed[0].closing
    assert (closed.words, closed.by, closed.at) == ("已带来，放在柜子里", "孟佳", world.clock())
    paper = shifts.paper(partner, first)
    assert "12-04 10:05 孟佳办结：已带来" in paper.sheet.lines[-1].words
    third = shifts.sign(partner, wish(world, 0), Second(world.teacher.id, "7043")).value
    assert not [one for one in shifts.sheet(partner, third).lines if one.section is Section.POINT]


def test_a_point_can_be_reopened_and_one_by_mistake_taken_back(world, services, shifts, taker):
    point = shifts.add_point(world.teacher, world.dragons, "给周乐瑶换被子").value
    done = shifts.close_point(world.teacher, point, "换了")
    with pytest.raises(ShiftError, match="已经办结"):
        shifts.close_point(world.teacher, point, "又换了")
    services.undo(world.teacher, done.undo)
    assert [one.id for one in shifts.draft(world.teacher, world.dragons).points] == [point]
    with pytest.raises(ShiftError, match="没有办结"):
        shifts.reopen(world.teacher, point)
    shifts.sign(world.teacher, wish(world, 0), taker)
    with pytest.raises(ShiftError, match="只能办结"):
        shifts.undo_point(world.teacher, point)
    other = shifts.add_point(world.teacher, world.dragons, "写错了")
    services.undo(world.teacher, other.undo)
    with pytest.raises(ShiftError, match="办结或撤销"):
        shifts.undo_point(world.teacher, PointId(other.value))
    with pytest.raises(ShiftError, match="请写下"):
        shifts.add_point(world.teacher, world.dragons, " ")
    with pytest.raises(ShiftError, match="已经在未了事项"):
        shifts.add_point(world.teacher, world.dragons, "给周乐瑶换被子")
    with pytest.raises(ShiftError, match="怎么办结"):
        shifts.close_point(world.teacher, point, "")


def test_every_item_of_the_safety_check_is_looked_at(world, services, shifts, taker):
    some = dataclasses.replace(wish(world, 0), marks=marks(world)[1:])
    with pytest.raises(ShiftError, match="“门窗、围栏关好”还没有看"):
        shifts.sign(world.teacher, some, taker)
    bad = dataclasses.replace(wish(world, 0), marks=marks(world, 监控正常=""))
    with pytest.raises(ShiftError, match="“监控正常”有问题，请写明"):
        shifts.sign(world.teacher, bad, taker)
    told = dataclasses.replace(wish(world, 0), marks=marks(world, 监控正常="黑屏，已报修"))
    sheet = shifts.sheet(world.teacher, shifts.sign(world.teacher, told, taker).value)
    assert [(one.item, one.note) for one in sheet.checks if not one.good] == [("监控正常", "黑屏，已报修")]
    assert len(sheet.checks) == 6


def test_the_centre_writes_its_own_check_list(world, services, shifts):
    shifts.set_check_items(world.director, ["门锁好", " 灯关好 ", ""])
    assert shifts.draft(world.teacher, world.dragons).items == ("门锁好", "灯关好")
    with pytest.raises(ShiftError, match="重复"):
        shifts.set_check_items(world.director, ["门锁好", "门锁好"])
    with pytest.raises(ShiftError, match="最多 20"):
        shifts.set_check_items(world.director, [f"第{n}项" for n in range(21)])
    shifts.set_check_items(world.director, [])
    assert len(shifts.draft(world.teacher, world.dragons).items) == 6


def test_a_sheet_is_void_not_gone(world, services, shifts, taker):
    done = shifts.sign(world.teacher, wish(world, 0), taker)
    services.undo(world.teacher, done.undo)
    assert [(one.id, one.void) for one in shifts.history(world.teacher, world.dragons)] == [
        (done.value, True)
    ]
    assert shifts.draft(world.teacher, world.dragons).last is None
    with pytest.raises(ShiftError, match="已经作废"):
        shifts.void(world.teacher, done.value)
    other = shifts.sign(world.teacher, wish(world, 0), taker).value
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(ShiftError, match="只能作废当天"):
        shifts.void(world.teacher, other)


def test_a_sheet_keeps_what_was_read_when_it_was_signed(world, services, shifts, taker):
    key = shifts.sign(world.teacher, wish(world, 0), taker).value
    before = shifts.sheet(world.teacher, key)
    arrive(world, services, "张沐阳")
    assert shifts.sheet(world.teacher, key) == before
    assert shifts.draft(world.teacher, world.dragons).figures.came == 1


def test_classes_do_not_mix(world, services, shifts, taker):
    arrive(world, services, "张沐阳")
    shifts.add_point(world.teacher, world.dragons, "大班的事")
    shifts.sign(world.teacher, wish(world, 1), taker)
    draft = shifts.draft(world.director, world.stars)
    assert (draft.figures.came, draft.points, draft.last) == (0, (), None)
    assert shifts.history(world.director, world.stars) == ()
    with pytest.raises(ShiftError, match="选一个班"):
        shifts.draft(world.teacher, ClassId(99))
    with pytest.raises(ShiftError, match="没有找到"):
        shifts.sheet(world.teacher, SheetId(99))


def test_only_teachers_and_the_director_hand_a_class_over(world, shifts, taker):
    cashier = Actor(world.cashier.id, "方芸", Role.CASHIER)
    for act in (
        lambda: shifts.draft(cashier, world.dragons),
        lambda: shifts.history(cashier),
        lambda: shifts.add_point(world.desk, world.dragons, "x"),
        lambda: shifts.undo_point(world.desk, PointId(1)),
        lambda: shifts.close_point(world.desk, PointId(1), "x"),
        lambda: shifts.reopen(world.desk, PointId(1)),
        lambda: shifts.sign(cashier, wish(world, 0), taker),
        lambda: shifts.void(world.desk, SheetId(1)),
        lambda: shifts.set_check_items(world.teacher, ["x"]),
    ):
        with pytest.raises(NotPermittedError):
            act()


def test_a_signed_sheet_ends_what_was_half_written_in_its_own_unit(world, services, shifts, taker):
    arrive(world, services, "张沐阳")
    services.classes.sheets.keep(world.teacher, SheetKind.SHIFT, world.dragons, {"remark": "甲"})
    shifts.sign(world.teacher, wish(world, 1), taker)
    assert services.classes.sheets.find(world.teacher, SheetKind.SHIFT, world.dragons) is None
