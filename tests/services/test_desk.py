import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone
from app.services.arrivals import Arrivals, CheckIn, MorningCheck
from app.services.desk import Desk, RowState
from app.services.pickup import CheckOut, Pickup
from app.services.pins import Pins
from app.store import photos, visits
from tests.services.world import ZONE, add_adult, add_child


@pytest.fixture
def desk(world):
    return Desk(world.database, world.clock)


@pytest.fixture
def arrivals(world):
    return Arrivals(world.database, world.clock, world.rng)


def names(rows):
    return [row.name for row in rows]


def test_the_board_before_anybody_came(world, desk):
    board = desk.board(world.desk)
    assert names(board.expected) == ["张沐阳", "周乐瑶", "曾雨桐", "马思睿"]
    first, last = board.expected[0], board.expected[-1]
    assert (first.chip, first.overdue_minutes) == (Chip("未到 52 分", Tone.WARN), 52)
    assert (last.chip, last.mode_words) == (Chip("14:00"), "半日托（下午）")
    assert (board.present_count, board.licensed_seats, board.expected_count) == (0, 30, 4)
    assert [tile.verdict.words for tile in board.classes] == ["合规", "合规"]
    assert board.alerts == ()


def test_rows_follow_a_child_through_the_day(world, desk, arrivals):
    child = world.children["曾雨桐"]
    visit = arrivals.check_in(world.desk, CheckIn(child)).value.visit
    row = desk.board(world.desk).present[0]
    assert (row.name, row.age_words, row.chip.words) == ("曾雨桐", "10个月", "正常")
    world.clock.at(11, 5)
    row = desk.board(world.desk).due[0]
    assert (row.state, row.chip) == (RowState.DUE, Chip("11:30", Tone.WARN))
    world.clock.at(11, 52)
    row = desk.board(world.desk).due[0]
    assert (row.chip, row.overdue_minutes) == (Chip("超 22 分", Tone.BAD), 22)
    pickup = Pickup(
        world.database, world.clock, desk, lambda *_: "", Pins(world.database, world.clock, world.rng)
    )
    pickup.check_out(world.desk, CheckOut(visit, world.adults["曾母"]))
    board = desk.board(world.desk)
    assert [(row.name, row.collected_by) for row in board.just_left] == [("曾雨桐", "妈妈 曾母")]
    world.clock.at(13, 0)
    assert desk.board(world.desk).just_left == ()


def test_allergy_and_sleep_show_on_the_row(world, desk, arrivals):
    arrived = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value
    assert desk.board(world.desk).present[0].chip == Chip("花生过敏", Tone.BAD)
    with world.database.unit(world.teacher.id, "log") as unit:
        batch = unit.insert(
            "log_batch", {"kind": "sleep", "staff_id": world.teacher.id, "made_at": unit.stamp}
        )
        entry = {"batch_id": batch, "visit_id": arrived.visit, "child_id": arrived.child, "day": "2025-12-03"}
        unit.insert("log_entry", entry | {"kind": "sleep", "at": unit.stamp, "staff_id": world.teacher.id})
        unit.audit("log", batch)
    assert desk.board(world.desk).present[0].chip == Chip("午睡", Tone.INFO)


def test_an_allergy_nobody_asked_about_shows_on_the_row(world, desk, arrivals):
    arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    with world.database.unit(None, "forget") as unit:
        unit.execute("update child_allergy set ended_at = added_at")
        unit.execute("update child set allergy = 'unknown'")
        unit.audit("child", None)
    assert desk.board(world.desk).present[0].chip == Chip("过敏未答", Tone.WARN)


def test_a_class_with_too_few_carers_raises_an_alert(world, desk, arrivals):
    with world.database.unit(None, "end") as unit:
        unit.execute("update shift set ended_at = :at where class_id = :id", {"at": "x", "id": world.dragons})
        unit.audit("shift", None)
    arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    board = desk.board(world.desk)
    assert board.classes[0].verdict == Chip("无人照看", Tone.BAD)
    assert board.alerts == (Chip("抱抱龙班无人照看！请马上派老师过去", Tone.BAD),)


def test_a_shift_for_the_day_replaces_the_weekly_ones_of_that_teacher(world, desk):
    from app.store import people

    with world.database.unit(None, "plan") as unit:
        people.add_shift(unit, world.teacher.id, world.stars, dt.date(2025, 12, 3), 540, 1000)
        unit.audit("shift", None)
    assert [tile.carers_on_shift for tile in desk.board(world.desk).classes] == [1, 2]


def test_absences_are_counted_and_leave_the_expected(world, desk, arrivals):
    arrivals.note_absence(world.desk, world.children["周乐瑶"], "sick")
    board = desk.board(world.desk)
    assert (board.sick_count, board.personal_count, board.expected_count) == (1, 0, 3)
    assert [(row.name, row.chip.words) for row in board.absent] == [("周乐瑶", "病假")]


def test_nobody_is_expected_on_a_sunday_or_holiday(world, desk):
    world.clock.now = dt.datetime(2025, 12, 7, 9, 0, tzinfo=ZONE)
    assert desk.board(world.desk).expected == ()
    world.clock.now = dt.datetime(2025, 10, 1, 9, 0, tzinfo=ZONE)
    assert desk.board(world.desk).expected == ()


def test_a_child_forgotten_overnight_stays_on_the_board(world, desk, arrivals):
    arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    world.clock.now += dt.timedelta(days=1)
    board = desk.board(world.desk)
    assert board.due[0].chip == Chip("12月3日未离园", Tone.BAD)
    assert Chip("1 名孩子前一天没有办离园", Tone.BAD) in board.alerts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("沐阳", ["张沐阳"]),
        ("zmy", ["张沐阳"]),
        ("zhangmu", ["张沐阳"]),
        ("muyang", ["张沐阳"]),
        ("zyt", ["曾雨桐"]),
        ("cengyutong", ["曾雨桐"]),
        ("2233", ["张沐阳"]),
        ("马母", ["马思睿"]),
        ("0000", []),
        ("67", []),
        ("xyz", []),
        ("  ", []),
        ("(.*", []),
    ],
)
def test_a_child_is_found_by(world, desk, text, found):
    hits = names(desk.find(world.desk, text))
    assert hits == (found if text != "0000" else sorted(hits, key=hits.index))
    if text == "0000":
        assert len(hits) == 4  # the neighbour of all four


def test_finding_sees_new_children_and_shows_where_they_are(world, desk, arrivals):
    assert desk.find(world.desk, "xulai") == ()
    with world.database.unit(None, "add") as unit:
        child = add_child(unit, world, "新来", dt.date(2023, 5, 5))
        add_adult(unit, world, child, "𬱖颀", "爸爸", "13911112222")
    row = desk.find(world.desk, "xinl")[0]
    assert (row.name, row.visit, row.chip.words) == ("新来", None, "今天没有预约")
    assert names(desk.find(world.desk, "𬱖")) == ["新来"]
    visit = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    assert desk.find(world.desk, "zmy")[0].visit == visit


def test_the_card_names_adults_with_masked_phones_and_the_day_in_words(world, desk, arrivals):
    act = CheckIn(world.children["张沐阳"], world.adults["张母"], MorningCheck(tenths=365))
    visit = arrivals.check_in(world.desk, act).value.visit
    card = desk.card(world.desk, world.children["张沐阳"])
    mother, outsider = card.adults
    assert (mother.name, mother.phone_masked, mother.brought_today) == ("张母", "137****2233", True)
    assert (outsider.barred, outsider.may_collect) == (True, False)
    assert card.day_words == "09:12 妈妈送到 · 晨检 36.5℃ 正常 · 预计 17:20 接"
    found = visits.Check("day", world.clock.now.replace(hour=11, minute=5), 378, None, "abnormal", "额头烫")
    with world.database.unit(world.teacher.id, "check") as unit:
        visits.add_check(unit, visit, found, world.teacher.id)
        unit.audit("visit", visit)
    words = desk.card(world.desk, world.children["张沐阳"]).day_words
    assert "晨检 36.5℃ 正常 · 11:05 全日观察 37.8℃ 异常（额头烫） · 预计" in words
    with pytest.raises(RuleError, match="没有找到"):
        desk.card(world.desk, 999)


def test_the_card_carries_the_photos_that_hold(world, desk):
    child, mother = world.children["张沐阳"], world.adults["张母"]

    def shown():
        card = desk.card(world.desk, child)
        return {"child": card.photo} | {one.name: one.photo for one in card.adults}

    none = shown()
    assert set(none.values()) == {b""}
    hers, old, new = (bytes([one]) * 200 for one in (1, 2, 3))
    with world.database.unit(world.desk.id, "test") as unit:
        photos.add_photo(unit, "child", child, hers)
        photos.add_photo(unit, "adult", mother, old)
        photos.end_photo(unit, "adult", mother)
        photos.add_photo(unit, "adult", mother, new)
        unit.audit("child", child, "照片")
    assert shown() == none | {"child": hers, "张母": new}
