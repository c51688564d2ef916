"""接走记录: every departure can be read again, with exceptions, calls and alarms beside it."""

import datetime as dt

import pytest

from app.domain.staff import NotPermittedError
from app.services.alarms import BarredAlarmError, Stranger
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.door_book import DoorBookError, DoorQuery, Span
from app.services.grants import Call
from app.services.open_papers import Answer
from app.services.pins import Second
from app.services.scope import OtherClassError
from app.store import cards, people
from app.store.people import Tie
from tests.services.world import DAY, add_child


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def visit(world, services):
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


def second(world):
    return Second(world.director.id, "5927")


def lines(world, services, by=None, **query):
    page = services.records.door.page(by or world.desk, DoorQuery(**({"day": DAY} | query)))
    return page.lines


def test_who_took_her_by_what_proof_and_who_let_her_go_is_read_days_later(world, services, visit):
    services.belongings.note(world.desk, visit, "水杯")
    cup = services.pickup.prepare(world.desk, visit).papers[0].subject
    world.clock.at(16, 50)
    mother = world.adults["张母"]
    act = CheckOut(visit, mother, "identity", answers=(Answer("belonging", cup, "在洗，明天带走"),))
    services.pickup.check_out(world.desk, act)
    world.clock.now += dt.timedelta(days=6)
    (line,) = lines(world, services)
    assert (line.kind, f"{line.at:%m-%d %H:%M}", line.child_name) == ("release", "12-03 16:50", "张沐阳")
    assert line.words == "妈妈 张母 · 身份证 · 林晓放行"
    assert line.class_name == "抱抱龙"
    assert line.notes == ("以后再办：水杯（在洗，明天带走）",)
    assert lines(world, services, day=DAY + dt.timedelta(days=1)) == ()
    (same,) = lines(world, services, day=DAY + dt.timedelta(days=20), span=Span.MONTH)
    assert same == line


def test_an_exception_says_why_and_who_confirmed(world, services, visit):
    aunt = Stranger("王芳", "邻居", "13800009911", "11010119900307002X")
    act = CheckOut(
        visit,
        proof="exception",
        stranger=aunt,
        reason="妈妈电话里同意",
        identity_seen=True,
        second=second(world),
    )
    services.pickup.check_out(world.desk, act)
    (line,) = lines(world, services)
    assert (line.words, line.notes) == ("邻居 王芳 · 园长放行 · 林晓、周敏放行", ("理由：妈妈电话里同意",))
    page = services.records.door.page(world.desk, DoorQuery(DAY))
    assert page.counts == "接走 1 次 · 园长放行 1 次"


def test_a_call_stands_beside_whoever_came_by_it_and_alone_while_nobody_has(world, services, visit):
    call = Call(
        (world.children["张沐阳"],), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X"
    )
    granted = services.grants.add(world.desk, call).value
    told = "妈妈 张母 09:12 来电（林晓登记），138****9911 证件尾号 002X"
    (line,) = lines(world, services)
    assert (line.kind, line.who, line.chip.words, line.notes) == (
        "call",
        "姑姑 孙丽华",
        "授权没有用",
        (told,),
    )
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    (line,) = lines(world, services)
    assert (line.kind, line.words, line.notes) == ("release", "姑姑 孙丽华 · 电话授权 · 林晓放行", (told,))
    second_call = services.grants.add(world.desk, call).value
    services.grants.withdraw(world.director, second_call.grant)
    withdrawn = next(one for one in lines(world, services) if one.kind == "call")
    assert (withdrawn.chip.words, withdrawn.notes[1]) == ("授权已撤回", "09:12 周敏撤回")


def test_an_alarm_stands_beside_with_what_was_decided(world, services, visit):
    outsider = Stranger("张外人", "舅舅", "13900001111")
    act = CheckOut(visit, proof="exception", stranger=outsider, reason="说好了", identity_seen=True)
    with pytest.raises(BarredAlarmError) as raised:
        services.pickup.check_out(world.desk, act)
    (line,) = lines(world, services)
    assert (line.kind, line.words) == ("alarm", "舅舅 张外人（尾号 1111） · 来接 · 林晓拦下")
    assert (line.notes, line.chip.words) == (("像被禁止接走的邻居 张外人：姓名相同",), "警报：还没处理")
    world.clock.at(9, 20)
    services.alarms.decide(world.desk, raised.value.alarm, "refused", "已请他离开", second(world))
    (line,) = lines(world, services)
    assert line.notes[1] == "09:20 周敏：不放行，已请他离开"
    assert line.chip.words == "警报：不放行"


def test_what_was_taken_back_stays_to_be_read(world, services, visit):
    done = services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    world.clock.at(9, 30)
    services.undo(world.director, done.undo)
    (line,) = lines(world, services)
    assert (line.kind, line.chip.words, line.notes) == ("undone", "已撤销", ("09:30 周敏撤销",))
    assert line.adult is None
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    found = lines(world, services)
    assert [(one.kind, one.adult) for one in found] == [("undone", None), ("release", world.adults["张母"])]


def test_a_departure_written_down_later_says_so(world, services, visit):
    hour = world.clock.now.replace(hour=17)
    world.clock.now += dt.timedelta(days=1)
    act = CheckOut(visit, world.adults["张母"], left_at=hour, reason="妈妈说五点接的", second=second(world))
    services.pickup.check_out(world.desk, act)
    (line,) = lines(world, services)
    assert f"{line.at:%H:%M}" == "17:12"
    assert line.notes == ("12月4日 09:12 补记：妈妈说五点接的",)


def test_siblings_of_one_act_name_each_other(world, services, visit):
    with world.database.unit(None, "brother") as unit:
        child = add_child(unit, world, "张沐辰", dt.date(2023, 11, 1), sex="m")
        people.add_tie(unit, child, world.adults["张母"], Tie("妈妈", is_guardian=True, may_collect=True))
    his = services.arrivals.check_in(world.desk, CheckIn(child, class_id=world.dragons)).value.visit
    mother = world.adults["张母"]
    acts = tuple(CheckOut(one, mother, "known", tender="cash") for one in (visit, his))
    services.pickup.check_out_together(world.desk, acts)
    assert [one.notes for one in lines(world, services)] == [("和张沐辰一起",), ("和张沐阳一起",)]


def test_a_year_is_searched_by_the_child_or_by_who_took_her(world, services, visit):
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    other = services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"])).value.visit
    services.pickup.check_out(world.desk, CheckOut(other, world.adults["周母"]))
    later = DAY + dt.timedelta(days=300)

    def found(text, **more):
        return [
            one.child_name for one in lines(world, services, day=later, span=Span.YEAR, text=text, **more)
        ]

    assert found("沐阳") == found("muyang") == found("张母") == ["张沐阳"]
    assert found("母") == ["周乐瑶", "张沐阳"]  # the latest first
    assert found("%") == []
    assert found("", child=world.children["周乐瑶"]) == ["周乐瑶"]
    assert found("张母", child=world.children["周乐瑶"]) == []
    page = services.records.door.page(world.desk, DoorQuery(later, Span.YEAR))
    assert (page.lines, page.hint) == ((), "一年的记录很多，请先写孩子或接走人的姓名。")
    assert [one.child_name for one in lines(world, services, text="乐瑶")] == ["周乐瑶"]


def test_a_stay_of_before_releases_were_kept_is_told_by_itself(world, services, visit):
    services.cards.issue(world.desk, [world.children["张沐阳"]])
    (card,) = cards.list_cards(world.database)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], "card", card=card.number))
    assert lines(world, services)[0].notes == (f"卡号 {card.number}",)
    with world.database.unit(None, "older") as unit:
        unit.execute("delete from release")
        unit.audit("visit", visit)
    (line,) = lines(world, services)
    assert line.words == "妈妈 张母 · 接送卡 · 林晓放行"


def test_the_number_is_shown_on_demand_and_that_is_written_down(world, services, visit):
    door = services.records.door
    with pytest.raises(DoorBookError, match="没有接走人"):
        door.reveal(world.desk, visit)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    assert "13700002233" not in str(lines(world, services))
    assert door.reveal(world.desk, visit).value == "137 0000 2233"
    row = world.database.row("select verb, subject, subject_id, detail from audit order by id desc")
    wanted = ("reveal_phone", "adult", world.adults["张母"], f"孩子 {world.children['张沐阳']}")
    assert tuple(row) == wanted


def test_a_teacher_reads_of_her_own_classes_and_the_cashier_of_none(world, services, visit):
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    baby = services.arrivals.check_in(world.desk, CheckIn(world.children["曾雨桐"])).value.visit
    services.pickup.check_out(world.desk, CheckOut(baby, world.adults["曾母"]))
    assert [one.child_name for one in lines(world, services, by=world.teacher)] == ["张沐阳"]
    with pytest.raises(OtherClassError):
        lines(world, services, by=world.teacher, child=world.children["曾雨桐"])
    with pytest.raises(OtherClassError):
        services.records.door.reveal(world.teacher, baby)
    with pytest.raises(NotPermittedError):
        lines(world, services, by=world.cashier)


def test_the_paper_holds_every_line_and_says_of_when(world, services, visit):
    door = services.records.door
    with pytest.raises(DoorBookError, match="没有接走记录"):
        door.paper(world.desk, DoorQuery(DAY))
    world.clock.at(16, 50)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], "identity"))
    paper = door.paper(world.desk, DoorQuery(DAY))
    assert (paper.title, paper.when, paper.month) == ("接走记录", "2025年12月3日", "2025-12")
    assert paper.rows == (("12-3", "16:50", "张沐阳", "抱抱龙", "妈妈 张母", "身份证", "林晓", ""),)
    assert paper.summary == "接走 1 次。"
    child = world.children["张沐阳"]
    assert door.paper(world.desk, DoorQuery(DAY, Span.MONTH, child=child)).when == "张沐阳 2025年12月"
