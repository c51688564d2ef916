"""意外伤害: the form, correcting within a day, additions after it, the second signature, and the door."""

import dataclasses
import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.injuries import InjuryError, SettledInjuryError
from app.domain.pins import WrongPinError
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.handover import NamedChildError, UntoldFactError
from app.services.injuries import InjuryCard
from app.services.open_papers import Answer, OpenPapersError
from app.services.pins import Second, SecondPersonError
from app.store import health_rules, tables
from app.store.day import list_stays
from tests.services.world import DAY


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.teacher, "7043")
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def card(world):
    return InjuryCard(
        child=world.children["张沐阳"],
        day=DAY,
        at="9:12",
        duty=world.teacher.id,
        kind="12",
        subtype="bite",
        other=world.children["周乐瑶"],
        place="2",
        activity="1",
        company="3",
        handling="1",
        aid=("wash", "cold"),
        regions=("front.left_forearm",),
        story="抢车时周乐瑶咬了沐阳左前臂，两排牙印，没破皮。",
    )


@pytest.fixture
def injury(services, world, card):
    visit_of(services, world)
    return services.health.injuries.note(world.teacher, card).value


def view(services, world):
    return services.health.injuries.list(world.desk)[0]


def sign(services, world, injury):
    return services.health.injuries.sign(world.teacher, injury, Second(world.director.id, "5927"))


def tell(services, world, injury):
    return services.health.injuries.tell(world.teacher, injury, "妈妈 张母", "phone")


def test_it_is_open_until_the_family_was_told_and_a_second_person_has_signed(services, world, injury):
    assert view(services, world).lacking == "没告诉家长、没第二人签"
    tell(services, world, injury)
    assert view(services, world).lacking == "没第二人签"
    sign(services, world, injury)
    one = view(services, world)
    assert one.lacking == ""
    assert one.additions == ("12月3日 09:12 电话告知妈妈 张母（许静）", "12月3日 09:12 周敏 第二人签字")
    assert dict(one.lines)["部位"] == "左前臂"
    assert dict(one.lines)["类型"] == "12 他伤／攻击伤 · 小朋友咬伤"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"child": None}, "child"),
        ({"duty": None}, "duty"),
        ({"kind": "13"}, "kind"),
        ({"subtype": ""}, "subtype"),
        ({"kind": "2"}, "subtype"),
        ({"place": ""}, "place"),
        ({"activity": "10"}, "activity"),
        ({"company": ""}, "company"),
        ({"handling": ""}, "handling"),
        ({"at": "吃饭时"}, "at"),
        ({"at": "11:00"}, "at"),
        ({"day": DAY + dt.timedelta(days=1)}, "day"),
        ({"story": " "}, "story"),
        ({"regions": ("front.tail",)}, "region"),
        ({"aid": ("magic",)}, "aid"),
        ({"outcome": "9"}, "outcome"),
        ({"outcome": "4"}, "handling"),
        ({"outcome": "3"}, "handling"),
        ({"duty": 99}, "duty"),
        ({"other": 1}, "other"),
    ],
)
def test_what_the_form_cannot_keep_is_refused_at_its_field(services, world, card, change, field):
    with pytest.raises(InjuryError) as refused:
        services.health.injuries.note(world.teacher, dataclasses.replace(card, **change))
    assert refused.value.field == field


def test_another_child_is_named_only_where_one_did_it(services, world, card):
    fall = dataclasses.replace(card, kind="2", subtype="")
    with pytest.raises(InjuryError, match="他伤"):
        services.health.injuries.note(world.teacher, fall)
    with pytest.raises(NotPermittedError):
        services.health.injuries.note(world.cashier, card)


def test_who_keeps_the_till_had_no_children_in_her_care(services, world, card):
    visit_of(services, world)
    with pytest.raises(InjuryError, match=r"方芸.*不能是当班责任人") as refused:
        services.health.injuries.note(world.teacher, dataclasses.replace(card, duty=world.cashier.id))
    assert refused.value.field == "duty"


def test_a_grave_outcome_goes_with_a_doctor(services, world, card):
    visit_of(services, world)
    seen = dataclasses.replace(card, handling="2", outcome="3")
    assert services.health.injuries.note(world.teacher, seen).value


def test_a_correction_keeps_the_version_before_and_takes_the_signature_off(services, world, card, injury):
    sign(services, world, injury)
    services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, story="改过的经过"))
    assert view(services, world).lacking == "没告诉家长、没第二人签"
    rows = world.database.rows("select story, ended_at from injury order by id")
    assert rows[0]["story"] == card.story
    assert rows[0]["ended_at"] is not None
    with pytest.raises(InjuryError, match="一样"):
        services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, story="改过的经过"))
    with pytest.raises(InjuryError, match="别的孩子"):
        services.health.injuries.correct(
            world.teacher, injury, dataclasses.replace(card, child=world.children["马思睿"])
        )


def test_after_a_day_there_are_additions_only(services, world, card, injury):
    world.clock.now += dt.timedelta(hours=23, minutes=59)
    services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, diagnosis="皮肤挫伤"))
    world.clock.now += dt.timedelta(minutes=1)
    before = world.database.rows("select * from injury order by id")
    with pytest.raises(SettledInjuryError):
        services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, story="别的"))
    with pytest.raises(SettledInjuryError):
        services.health.injuries.undo_note(world.teacher, injury)
    services.health.injuries.add_words(world.teacher, injury, "第二天复查，好转")
    assert [tuple(row) for row in world.database.rows("select * from injury order by id")] == [
        tuple(row) for row in before
    ]
    one = view(services, world)
    assert one.fixed
    assert "好转" in one.additions[-1]
    with pytest.raises(InjuryError):
        services.health.injuries.add_words(world.teacher, injury, " ")


def test_a_clock_set_back_opens_no_form_again(services, world, card, injury):
    noted = world.clock.now
    world.clock.now = noted - dt.timedelta(minutes=5)
    with pytest.raises(InjuryError, match="电脑时间 09:07 比登记以后的记录还早") as refused:
        services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, at="9:00"))
    assert not isinstance(refused.value, SettledInjuryError)
    world.clock.at(11)
    services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, story="补写的经过"))
    world.clock.at(9, 30)  # after the form, and before what stands of it
    with pytest.raises(InjuryError, match="电脑时间 09:30"):
        services.health.injuries.correct(world.teacher, injury, card)
    world.clock.at(10, 56)
    services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, story="又一段经过"))
    world.clock.now = noted + dt.timedelta(hours=25)
    services.health.injuries.add_words(world.teacher, injury, "第二天复查，好转")
    for back in (dt.timedelta(hours=1), dt.timedelta(0), -dt.timedelta(minutes=30)):
        world.clock.now = noted + back
        assert view(services, world).fixed
        with pytest.raises(SettledInjuryError):
            services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, story="别的"))


def test_lines_of_an_earlier_day_settle_nothing(services, world, card):
    world.clock.now += dt.timedelta(days=2)
    services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"]))
    world.clock.now -= dt.timedelta(days=2)  # two days ahead was a mistake of the clock, mended since
    visit_of(services, world)
    key = services.health.injuries.note(world.teacher, card).value
    services.health.injuries.correct(world.teacher, key, dataclasses.replace(card, story="别的"))
    assert not view(services, world).fixed


def test_no_correction_moves_it_behind_the_telling(services, world, card, injury):
    world.clock.at(9, 30)
    services.health.injuries.tell(world.teacher, injury, "妈妈 张母", "phone", "9:20")
    world.clock.at(10)
    with pytest.raises(InjuryError, match="12月3日 09:20 已经告知妈妈 张母") as refused:
        services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, at="9:50"))
    assert refused.value.field == "at"
    services.health.injuries.correct(world.teacher, injury, dataclasses.replace(card, at="9:20"))
    assert "没告诉家长" not in view(services, world).lacking


def test_who_is_on_no_record_was_told_only_with_a_reason(services, world, injury):
    verb = services.health.injuries.tell
    with pytest.raises(InjuryError, match="档案里没有“路人甲”") as refused:
        verb(world.teacher, injury, "路人甲", "phone")
    assert refused.value.field == "reason"
    assert view(services, world).lacking.startswith("没告诉家长")
    verb(world.teacher, injury, "路人甲", "phone", reason="妈妈手术中，托同事转告")
    one = view(services, world)
    assert one.lacking == "没第二人签"
    assert one.additions == ("12月3日 09:12 电话告知路人甲（档案里没有：妈妈手术中，托同事转告）（许静）",)
    paper = services.health.forms.injury_notice(world.teacher, injury)
    assert "档案里没有：妈妈手术中" in str(paper)


def test_a_slip_is_taken_back_while_nobody_was_told(services, world, card):
    visit_of(services, world)
    done = services.health.injuries.note(world.teacher, card)
    services.undo(world.teacher, done.undo)
    assert services.health.injuries.list(world.desk) == ()
    with pytest.raises(InjuryError):
        services.undo(world.teacher, done.undo)
    other = services.health.injuries.note(world.teacher, card)
    tell(services, world, other.value)
    with pytest.raises(SettledInjuryError):
        services.undo(world.teacher, other.undo)


def test_nobody_signs_her_own_form_and_nobody_without_her_pin(services, world, injury):
    verb = services.health.injuries.sign
    with pytest.raises(SecondPersonError):
        verb(world.teacher, injury, None)
    with pytest.raises(SecondPersonError):
        verb(world.director, injury, Second(world.teacher.id, "7043"))  # she wrote it
    with pytest.raises(WrongPinError):
        verb(world.teacher, injury, Second(world.director.id, "0000"))
    sign(services, world, injury)
    with pytest.raises(InjuryError, match="签过"):
        sign(services, world, injury)


def test_the_telling_says_who_how_and_when(services, world, injury):
    verb = services.health.injuries.tell
    for given, field in (
        (("", "phone", ""), "whom"),
        (("妈妈", "smoke", ""), "telling"),
        (("妈妈", "phone", "x"), "told_at"),
        (("妈妈", "phone", "11:00"), "told_at"),
        (("妈妈", "phone", "8:00"), "told_at"),
    ):
        with pytest.raises(InjuryError) as refused:
            verb(world.teacher, injury, *given)
        assert refused.value.field == field


def test_yesterdays_telling_is_entered_today_with_its_day(services, world, card):
    yesterday = DAY - dt.timedelta(days=1)
    key = services.health.injuries.note(world.teacher, dataclasses.replace(card, day=yesterday)).value
    verb = services.health.injuries.tell
    for day, at, field in (
        ("昨天", "", "told_at"),  # of another day the hour is asked
        ("昨天", "8:00", "told_at"),  # before it happened
        ("明天", "8:00", "told_on"),
        ("哪天", "8:00", "told_on"),
    ):
        with pytest.raises(RuleError) as refused:
            verb(world.teacher, key, "妈妈", "phone", at, "", day)
        assert refused.value.field == field
    verb(world.teacher, key, "妈妈", "phone", "17:20", "", "昨天")
    (told,) = [one for one in services.health.injuries.list(world.desk) if one.injury.id == key]
    assert f"{told.injury.telling.told_at:%Y-%m-%d %H:%M}" == f"{yesterday} 17:20"


def test_a_code_that_reads_otherwise_later_leaves_older_injuries_as_they_were(
    services, world, injury, monkeypatch
):
    data = tables.read("injuries.toml")
    later = {"code": "2", "words": "教室里", "valid_from": DAY + dt.timedelta(days=1)}
    monkeypatch.setattr(tables, "read", lambda _name: {**data, "place": [*data["place"], later]})
    health_rules.injury_codes.cache_clear()
    try:
        read = [
            health_rules.injury_codes(day).words("place", "2")
            for day in (None, DAY, DAY + dt.timedelta(days=1))
        ]
        assert read == ["教室里", "活动室", "教室里"]
        world.clock.now += dt.timedelta(days=2)
        row = services.health.forms.injury_register(world.director, "2025-12").rows[0]
        assert "2 活动室" in row
        assert "活动室" in dict(view(services, world).lines).values()
    finally:
        health_rules.injury_codes.cache_clear()


def visit_of(services, world):
    """Her stay of today; she is checked in if nobody has done so."""
    child = world.children["张沐阳"]
    stay = next(
        (one for one in list_stays(world.database, world.clock.now.date()) if one.who.id == child), None
    )
    return services.arrivals.check_in(world.desk, CheckIn(child)).value.visit if stay is None else stay.visit


def test_nobody_leaves_with_it_unsigned(services, world, injury):
    visit = visit_of(services, world)
    leave = CheckOut(visit, world.adults["张母"])
    with pytest.raises(OpenPapersError, match="没第二人签"):
        services.pickup.check_out(world.desk, leave)
    settle = dataclasses.replace(leave, answers=(Answer("injury", injury),))
    with pytest.raises(OpenPapersError, match="F6"):
        services.pickup.check_out(world.desk, settle)
    sign(services, world, injury)
    services.pickup.check_out(world.desk, settle)
    assert view(services, world).lacking == ""
    assert "当面告知妈妈 张母" in view(services, world).additions[-1]


def test_at_the_door_it_cannot_be_ticked_as_told_before_the_second_signature(services, world, injury):
    visit = visit_of(services, world)
    (paper,) = services.pickup.prepare(world.desk, visit).papers
    assert paper.lacks == "先到“卫生—伤害”按 F6 请第二人签字"
    sign(services, world, injury)
    (paper,) = services.pickup.prepare(world.desk, visit).papers
    assert (paper.lacks, paper.settle_words) == ("", "当面已告知")


def test_it_may_be_put_off_with_a_reason_and_comes_up_again(services, world, injury):
    visit = visit_of(services, world)
    answers = (Answer("injury", injury, "园长外出，明天签"),)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], answers=answers))
    world.clock.now += dt.timedelta(days=1)
    visit = visit_of(services, world)
    with pytest.raises(OpenPapersError):
        services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))


def test_the_file_itself_keeps_the_form_and_what_was_added(services, world, injury):
    tell(services, world, injury)
    for statement in (
        "delete from injury",
        "update injury set story = 'x'",
        "delete from injury_addition",
        "update injury_addition set words = 'x'",
    ):
        with pytest.raises(Exception, match="never"), world.database.unit(None, "tamper") as unit:
            unit.execute(statement)


def test_the_paper_for_the_family_names_no_other_child(services, world, injury):
    tell(services, world, injury)
    services.health.injuries.add_words(world.teacher, injury, "周乐瑶的妈妈道了歉")
    paper = services.health.forms.injury_notice(world.teacher, injury)
    assert "周乐瑶" not in repr(paper)
    assert "张沐阳" in repr(paper)
    assert "另一名小朋友咬了沐阳左前臂" in dict(paper.lines)["经过"]
    assert "另一个孩子" not in dict(paper.lines)
    register = services.health.forms.injury_register(world.teacher, "2025-12")
    assert "周乐瑶" not in repr(register)
    assert register.rows[0][8] == "12 小朋友咬伤"


def test_the_paper_hides_who_bit_by_her_given_name_too(services, world, injury, card):
    visit_of(services, world)
    story = dataclasses.replace(card, story="乐瑶咬了沐阳左前臂。")
    services.health.injuries.correct(world.teacher, injury, story)
    paper = services.health.forms.injury_notice(world.teacher, injury)
    assert dict(paper.lines)["经过"] == "另一名小朋友咬了沐阳左前臂。"


def test_the_note_of_the_day_tells_what_happened_and_is_never_well(services, world, injury):
    visit = visit_of(services, world)
    text = services.handover.note(world.teacher, visit).text
    happened = "9:12 被小朋友咬伤（左前臂），清水冲洗、冷敷"
    assert happened in text.health
    assert happened in text.prose
    assert f"{happened}，请在家继续留意" in text.notice
    assert "无异常" not in text.health
    assert "瑶" not in repr(text)
    silent = dataclasses.replace(text, prose="今天很好。", health="正常", notice="")
    with pytest.raises(UntoldFactError, match="小朋友咬伤"):
        services.handover.sign(world.teacher, visit, silent)


@pytest.mark.parametrize("name", ["周乐瑶", "乐瑶"])
def test_no_note_is_signed_and_no_report_drawn_with_the_name_of_who_bit(services, world, injury, name):
    visit = visit_of(services, world)
    text = services.handover.note(world.teacher, visit).text
    naming = dataclasses.replace(text, prose=f"{text.prose}{name}道了歉。")
    with pytest.raises(NamedChildError, match="另一名小朋友") as refused:
        services.handover.sign(world.teacher, visit, naming)
    assert refused.value.field == "prose"
    services.handover.keep(world.teacher, visit, naming)
    report = services.papers.pickup_report(world.teacher, visit, naming)
    assert "另一名小朋友道了歉。" in report.text.prose
    assert "瑶" not in repr(report.text)
    services.handover.sign(world.teacher, visit, text)
    assert services.papers.pickup_report(world.teacher, visit).text == text


def test_a_note_signed_before_is_to_be_signed_anew(services, world, card):
    visit = visit_of(services, world)
    text = services.handover.note(world.teacher, visit).text
    naming = dataclasses.replace(text, prose=f"{text.prose}和乐瑶玩得很好。")
    services.handover.sign(world.teacher, visit, naming, meant=frozenset({"乐瑶"}))
    injury = services.health.injuries.note(world.teacher, card).value
    view = services.handover.note(world.teacher, visit)
    assert view.stale == "签字后有新记录：被小朋友咬伤（左前臂），清水冲洗、冷敷"
    report = services.papers.pickup_report(world.teacher, visit)
    assert "和另一名小朋友玩得很好" in report.text.prose
    assert report.later == "签字后另有记录：被小朋友咬伤（左前臂），清水冲洗、冷敷。请当面问老师。"
    services.health.injuries.undo_note(world.teacher, injury)
    assert services.handover.note(world.teacher, visit).stale == ""


def of_day(services, world, card, **more):
    """The note of a child who came at 9:12 and to whom this happened at 9:30."""
    visit = visit_of(services, world)
    world.clock.at(10)
    services.health.injuries.note(world.teacher, dataclasses.replace(card, at="9:30", **more))
    return services.handover.note(world.teacher, visit).text


@pytest.mark.parametrize(
    ("kind", "subtype", "beside", "said", "asked"),
    [
        ("12", "push", True, "被小朋友推撞（左前臂）", "请在家继续留意"),
        ("12", "hit", True, "被小朋友打伤（左前臂）", "请在家继续留意"),
        ("12", "push", False, "被推撞（左前臂）", "请当面问清经过，在家继续留意"),
        ("12", "scratch", False, "被小朋友抓伤（左前臂）", "请在家继续留意"),
        ("2", "", False, "跌伤（左前臂）", "请在家继续留意"),
        ("4", "", False, "被尖锐的东西弄伤（左前臂）", "请在家继续留意"),
        ("9", "", False, "发生窒息（左前臂）", "请当面听老师说明，在家密切留意"),
        ("10", "", False, "发生中毒（左前臂）", "请当面听老师说明，在家密切留意"),
        ("1", "", False, "遇到交通事故（左前臂）", "请当面听老师说明，在家密切留意"),
    ],
)
def test_a_family_is_told_in_words_that_one_says(services, world, card, kind, subtype, beside, said, asked):
    other = card.other if beside else None
    text = of_day(services, world, card, kind=kind, subtype=subtype, other=other, aid=())
    assert f"9:30 {said}" in text.prose
    assert f"9:30 {said}，{asked}。" in text.notice
    assert "瑶" not in text.notice


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("9:00", "张沐阳 09:12 才入园，09:00 不在园里"),
        ("11:01", "张沐阳 10:30 已经离园，11:01 不在园里"),
        ("9:12", ""),
        ("10:55", ""),  # in the yard, after she was handed over
    ],
)
def test_an_injury_lies_in_her_stay(services, world, card, at, says):
    visit = visit_of(services, world)
    world.clock.at(10, 30)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    world.clock.at(12)
    typed = dataclasses.replace(card, at=at)
    if not says:
        services.health.injuries.note(world.teacher, typed)
        return
    with pytest.raises(InjuryError, match=says) as refused:
        services.health.injuries.note(world.teacher, typed)
    assert refused.value.field == "at"


@pytest.mark.parametrize("others", [True, False])
def test_who_was_not_here_was_not_hurt_here(services, world, card, others):
    if others:
        services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"]))
    world.clock.at(10)
    with pytest.raises(InjuryError, match="张沐阳 12月3日 没有来园的记录") as refused:
        services.health.injuries.note(world.teacher, card)
    assert refused.value.field == "day"


def test_of_a_day_on_which_nobody_was_checked_in_the_file_knows_nothing(services, world, card):
    yesterday = dataclasses.replace(card, day=DAY - dt.timedelta(days=1))
    assert services.health.injuries.note(world.teacher, yesterday).undo


def test_told_at_the_door_it_is_not_asked_for_again_and_taken_back_it_is(services, world, injury):
    telling, mother = services.classes.telling, world.adults["张母"]
    visit = list_stays(world.database, DAY)[0].visit

    def say(adult=mother, other="", said=()):
        world.clock.now += dt.timedelta(minutes=1)
        told = said or telling.door(world.teacher, visit).sentences
        return telling.tell(world.teacher, visit, adult, other, told)

    told = say()
    assert view(services, world).lacking == "没告诉家长、没第二人签", "nobody has confirmed it yet"
    telling.undo_tell(world.teacher, told.value)
    sign(services, world, injury)
    say(None, "邻居 刘阿姨")
    say(said=("今天很开心。",))
    assert view(services, world).lacking == "没告诉家长"
    told = say()
    shown = view(services, world)
    assert shown.lacking == ""
    assert any("妈妈 张母" in line and "当面" in line for line in shown.additions)
    assert told.changes.topics >= {Topic.HEALTH}
    telling.undo_tell(world.teacher, told.value)
    shown = view(services, world)
    assert shown.lacking == "没告诉家长"
    assert any("撤销了：" in line and "妈妈 张母" in line for line in shown.additions)
    say()
    assert view(services, world).lacking == ""
