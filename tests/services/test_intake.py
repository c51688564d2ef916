import dataclasses
import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.staff import NotPermittedError
from app.services.alarms import AlarmDecidedError, BarredAlarmError
from app.services.arrivals import Arrivals, CheckIn
from app.services.bundle import build
from app.services.intake import CardRefusedError, GoneDraftError, Intake, IntakeCard
from app.services.pins import Second, SecondPersonError
from app.store import alarms, children, people, visits
from tests.services.former import came_before
from tests.services.world import DAY, add_adult, own_pin

STORY = IntakeCard(
    name="朱予晴",
    sex="f",
    born_on="20230819",
    allergy="has",
    allergens="鸡蛋",
    body="ok",
    bringer="王秀兰",
    relation="奶奶",
    phone="138 0000 6021",
    identity_seen=True,
    second="赵敏 · 妈妈",
    second_phone="139 0000 1177",
    promised="14:00",
    reason="家中来客",
    temperature="36.5",
    check_outcome="normal",
)


@pytest.fixture
def intake(world):
    return Intake(world.database, world.clock, world.rng)


def with_(**changes):
    return dataclasses.replace(STORY, **changes)


def fields(problems):
    return [problem.field for problem in problems]


def heads(world):
    tables = ("child", "adult", "child_adult", "visit", "health_check")
    return [world.database.row(f"select count(*) from {table}")[0] for table in tables]


def test_the_story_card_is_ready_and_explained(world, intake):
    found = intake.assess(world.desk, STORY)
    assert found.ready, (found.problems, found.missing)
    assert found.age_words == "27 个月 · 托大班"
    assert [(one.name, one.words, one.chosen) for one in found.classes] == [("抱抱龙", "余 18", True)]
    assert found.quote.total == Money(9500)
    assert "5 小时 × 25 = 125，封顶半日价 80" in found.quote.words
    assert found.slots.title == "可以"
    assert [one.kind for one in found.missing] == ["later", "later", "have"]


def test_registering_keeps_everything_in_one_unit(world, intake):
    before = heads(world)
    commits = world.database.commits
    draft = intake.keep_draft(world.desk, STORY).value
    done = intake.register(world.desk, STORY, draft)
    assert world.database.commits == commits + 2
    assert [now - then for now, then in zip(heads(world), before, strict=True)] == [1, 2, 2, 1, 1]
    child = children.find_child(world.database, done.value.child)
    assert (child.born_on, child.substances) == (dt.date(2023, 8, 19), ("鸡蛋",))
    visit = visits.find_visit(world.database, done.value.visit)
    assert (visit.tariff, visit.reason, visit.class_name) == (Tariff.TEMP_HALF_DAY, "家中来客", "抱抱龙")
    grandmother, mother = people.list_adults(world.database, child.id, DAY)
    assert visit.brought_by == grandmother.id
    assert (grandmother.phone, grandmother.identity_seen, grandmother.tie.is_guardian) == (
        "13800006021",
        True,
        False,
    )
    assert (mother.name, mother.tie.relation, mother.tie.is_guardian) == ("赵敏", "妈妈", True)
    assert mother.tie.may_collect
    assert intake.unfinished(world.desk) is None
    assert done.undo.verb == "check_in"


def test_an_empty_card_lists_what_is_missing_and_complains_of_nothing(world, intake):
    found = intake.assess(world.desk, IntakeCard())
    assert found.problems == ()
    assert [one.field for one in found.missing if one.kind == "required"] == [
        "name",
        "born_on",
        "allergy",
        "body",
        "bringer",
        "relation",
        "phone",
        "second",
        "second_phone",
        "promised",
        "temperature",
        "check_outcome",
    ]
    assert not found.ready


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"born_on": "2026-01-01"}, "born_on", "还没有到"),
        ({"born_on": "2023-02-30"}, "born_on", "没有"),
        ({"born_on": "2015-01-01"}, "born_on", "7 岁"),
        ({"promised": "8:30"}, "promised", "已经过去"),
        ({"promised": "19:00"}, "promised", "关门"),
        ({"promised": "回头"}, "promised", "看不懂"),
        ({"name": "王" * 10_000}, "name", "太长"),
        ({"name": "王\x00"}, "name", "看不见"),
        ({"phone": "12345"}, "phone", "请核对"),
        ({"phone": "13900001177"}, "second_phone", "相同"),
        ({"temperature": "38.2"}, "temperature", "发热线"),
        ({"temperature": "3.65"}, "temperature", "不像体温"),
        ({"check_outcome": "abnormal"}, "check_note", "写明"),
        ({"body": "medicine"}, "body_note", "带了什么药"),
        ({"bringer_collects": False, "second_collects": False}, "bringer_collects", "至少"),
        ({"other": "李婶"}, "other_phone", "手机"),
        ({"tariff": "free"}, "tariff", "托育方式"),
        ({"reason": "长" * 201}, "reason", "最多"),
        ({"allergens": "蛋" * 51}, "allergens", "最多"),
        ({"document_number": "110105194912310021"}, "document_number", "校验"),
        ({"relation": "隔壁的隔壁的隔壁的邻居"}, "relation", "最多"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_is_kept(world, intake, changes, field, words):
    before = heads(world)
    found = intake.assess(world.desk, with_(**changes))
    assert not found.ready
    assert any(one.field == field and words in one.sentence for one in found.problems), found.problems
    with pytest.raises(CardRefusedError) as refused:
        intake.register(world.desk, with_(**changes))
    assert field in fields(refused.value.problems)
    assert heads(world) == before


@pytest.mark.parametrize("name", ["王", "𬱖㛃", "古丽·买买提", "Emma Li", "<b>&\"'", "阿卜杜热合曼·伊敏"])
def test_odd_names_are_kept_as_they_are(world, intake, name):
    done = intake.register(world.desk, with_(name=name, allergy="none", allergens=""))
    assert children.find_child(world.database, done.value.child).name == name


@pytest.mark.parametrize(("born", "words"), [("2025-08-01", "未满 6 个月"), ("2022-11-01", "已满 36 个月")])
def test_an_age_outside_the_norm_needs_a_reason(world, intake, born, words):
    found = intake.assess(world.desk, with_(born_on=born))
    assert [(one.field, one.tone) for one in found.problems] == [("age_reason", Tone.WARN)]
    assert words in found.problems[0].sentence
    done = intake.register(world.desk, with_(born_on=born, age_reason="哥哥在园，家长急诊"))
    row = world.database.row("select detail from audit where verb = 'register' and subject = 'override'")
    assert row["detail"] == "哥哥在园，家长急诊"
    assert done.value.class_name == ("小星星" if "6 个月" in words and "36" not in words else "抱抱龙")


def test_a_full_class_needs_the_director_and_her_reason(world, intake):
    with world.database.unit(None, "shrink") as unit:
        unit.execute("update shift set ended_at = :at where class_id = :id", {"at": "x", "id": world.dragons})
        unit.audit("shift", None)
    found = intake.assess(world.desk, STORY)
    assert fields(found.problems) == ["capacity_reason"]
    assert "没有老师在岗" in found.problems[0].sentence
    reasoned = with_(capacity_reason="老师十分钟后到岗")
    told = intake.assess(world.desk, reasoned)
    assert (told.ready, fields(told.problems)) == (False, ["capacity_reason"])
    assert "请园长登录" in told.problems[0].sentence
    assert intake.assess(world.director, reasoned).ready
    with pytest.raises(CardRefusedError, match="园长"):
        intake.register(world.desk, reasoned)
    with pytest.raises(SecondPersonError, match="园长自己输") as unproved:
        intake.register(world.director, reasoned)
    assert unproved.value.field == "own_pin"
    kept = intake.register(world.director, reasoned, own_pin=own_pin(world)).value
    assert kept.class_name == "抱抱龙"


def test_a_child_who_came_before_is_not_put_on_file_twice(world, intake):
    first = came_before(world, build(world.database, world.clock, world.rng), STORY)
    assert intake.assess(world.desk, STORY).known == (
        Chip("档案里有：朱予晴", Tone.INFO),
        Chip("档案：鸡蛋过敏", Tone.WARN),
    )
    again = intake.register(world.desk, with_(allergens="鸡蛋、虾", second_collects=False)).value
    assert again.child == first.child
    found = intake.assess(world.desk, STORY)
    assert found.problems[0].field == "name"
    assert "9:12 已经入园" in found.problems[0].sentence
    assert children.find_child(world.database, again.child).substances == ("鸡蛋", "虾")
    adults = people.list_adults(world.database, again.child, DAY)
    assert [(adult.name, adult.tie.may_collect) for adult in adults] == [("王秀兰", True), ("赵敏", True)]


def test_a_card_for_a_known_child_is_filled_from_the_file(world, intake):
    intake.register(world.desk, STORY)
    child = world.database.row("select id from child where name = '朱予晴'")["id"]
    card = intake.card_for(world.desk, child)
    assert (card.bringer, card.second, card.allergens) == ("王秀兰", "赵敏", "鸡蛋")
    assert (card.promised, card.temperature, card.reason) == ("", "", "")


@pytest.fixture
def guest(world, intake):
    """朱予晴 came and went an hour ago, with a father who must not collect her."""
    done = intake.register(world.desk, STORY).value
    with world.database.unit(None, "court_order") as unit:
        add_adult(unit, world, done.child, "朱大海", "爸爸", "13611110000", barred=True)
        visits.end_visit(unit, done.visit, world.adults["张母"], "known", world.desk.id)
        unit.audit("visit", done.visit)
    return done.child


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"second": "朱大海", "second_relation": "爸爸", "second_phone": "13611110000"}, "second_collects"),
        ({"second": "朱大海", "second_relation": "叔叔", "second_phone": "13811112222"}, "second_collects"),
        ({"other": "朱大河", "other_relation": "叔叔", "other_phone": "13611110000"}, "other_collects"),
        ({"bringer": "朱大海", "phone": "13811112222", "bringer_collects": False}, "bringer"),
    ],
)
def test_a_barred_adult_is_known_by_name_or_by_phone(world, intake, guest, changes, field):
    before = heads(world)
    found = intake.assess(world.desk, with_(**changes))
    assert any(one.field == field and "禁止接走" in one.sentence for one in found.problems), found.problems
    with pytest.raises(BarredAlarmError, match="禁止接走") as refused:
        intake.register(world.director, with_(**changes, collect_reason="妈妈同意"))
    assert heads(world) == before
    alarm = alarms.find_alarm(world.database, refused.value.alarm)
    assert (alarm.child, alarm.barred_words, alarm.decision) == (guest, "爸爸 朱大海", "")
    assert alarm.place == ("bring" if field == "bringer" else "collect")


def test_a_barred_adult_stays_barred_as_a_contact(world, intake, guest):
    father = {"second": "朱大海", "second_relation": "爸爸", "second_phone": "13611110000"}
    intake.register(world.desk, with_(**father, second_collects=False))
    tie = next(one for one in people.list_adults(world.database, guest, DAY) if one.name == "朱大海").tie
    assert (tie.barred, tie.may_collect) == (True, False)


def test_another_father_beside_a_barred_one_needs_a_word(world, intake, guest):
    other = {"other": "李四", "other_relation": "爸爸", "other_phone": "13811112222"}
    found = intake.assess(world.desk, with_(**other))
    assert [(one.field, one.tone) for one in found.problems] == [("collect_reason", Tone.WARN)]
    assert "又有一位爸爸" in found.problems[0].sentence


def test_a_new_collector_of_a_known_child_needs_a_guardians_word(world, intake, guest):
    other = {"other": "李婶", "other_relation": "邻居", "other_phone": "13711110000"}
    found = intake.assess(world.desk, with_(**other))
    assert [(one.field, one.tone) for one in found.problems] == [("collect_reason", Tone.WARN)]
    assert "妈妈赵敏" in found.problems[0].sentence
    intake.register(world.desk, with_(**other, collect_reason="妈妈电话同意"))
    row = world.database.row("select detail from audit where subject = 'adult' order by id desc limit 1")
    assert "可接 妈妈电话同意" in row["detail"]


@pytest.mark.parametrize("relation", ["爸爸", "妈妈"])
def test_a_word_of_consent_makes_nobody_a_guardian(world, intake, guest, relation):
    """Who is a guardian may send others by telephone: that is for the records, and not for the desk."""
    new = {"second": f"钱大 · {relation}", "second_phone": "13711110000", "collect_reason": "奶奶说可以接"}
    intake.register(world.desk, with_(**new))
    adults = people.list_adults(world.database, guest, DAY)
    (tie,) = [one.tie for one in adults if one.name == "钱大"]
    assert (tie.may_collect, tie.is_guardian) == (True, False)


def test_who_may_not_collect_by_the_file_is_not_raised_at_the_desk(world, intake):
    services = build(world.database, world.clock, world.rng)
    first = came_before(world, services, with_(bringer_collects=False))

    def again(actor, **changes):
        kept = intake.register(actor, with_(**changes)).value
        may = people.list_adults(world.database, first.child, DAY)[0].tie.may_collect
        Arrivals(world.database, world.clock, world.rng).undo_check_in(world.desk, kept.visit)
        return may

    found = intake.assess(world.desk, STORY)
    assert [(one.field, one.tone) for one in found.problems] == [("collect_reason", Tone.INFO)]
    assert not again(world.desk)
    assert not again(world.desk, collect_reason="妈妈电话同意")
    assert not again(world.director)
    assert again(world.director, collect_reason="妈妈电话同意")
    assert not again(world.desk)  # what was raised went with the registration that raised it


def test_an_allergy_on_file_is_not_lost_by_a_card(world, intake, guest):
    found = intake.assess(world.desk, with_(allergy="none", allergens=""))
    assert [(one.field, one.tone) for one in found.problems] == [("allergy_reason", Tone.WARN)]
    assert found.file_allergens == ("鸡蛋",)
    reasoned = with_(allergens="虾", allergy_reason="妈妈带来检测报告")
    with pytest.raises(CardRefusedError, match="园长"):
        intake.register(world.desk, reasoned)
    assert children.find_child(world.database, guest).substances == ("鸡蛋",)
    intake.register(world.director, reasoned)
    assert children.find_child(world.database, guest).substances == ("虾",)
    row = world.database.row("select detail from audit where subject = 'child' order by id desc limit 1")
    assert row["detail"] == "朱予晴 过敏 has 虾；去掉 鸡蛋：妈妈带来检测报告"


def test_not_knowing_ends_no_allergy_and_a_returning_child_may_get_one_more(world, intake, guest):
    intake.register(world.desk, with_(child=guest, allergy="unknown", allergens=""))
    kept = children.find_child(world.database, guest)
    assert (kept.allergy, kept.substances) == ("has", ("鸡蛋",))
    Arrivals(world.database, world.clock, world.rng).undo_check_in(
        world.desk, visits.find_open_visit(world.database, guest).id
    )
    intake.register(world.desk, with_(child=guest, allergens="鸡蛋、虾"))
    assert children.find_child(world.database, guest).substances == ("鸡蛋", "虾")


def test_an_allergy_to_nothing_is_missing_not_kept(world, intake):
    found = intake.assess(world.desk, with_(allergens="、"))
    assert "allergens" in [one.field for one in found.missing if one.kind == "required"]
    assert not found.ready


def test_a_temperature_alone_is_no_morning_check_and_the_body_is_asked(world, intake):
    found = intake.assess(world.desk, with_(check_outcome="", body=""))
    assert [one.field for one in found.missing if one.kind == "required"] == ["body", "check_outcome"]


def test_an_abnormal_morning_check_is_the_directors_to_overrule(world, intake):
    ill = with_(check_outcome="abnormal", check_note="手足口疱疹", health_reason="医生证明不传染")
    for actor, card in ((world.desk, ill), (world.director, dataclasses.replace(ill, health_reason=""))):
        with pytest.raises(CardRefusedError, match="异常"):
            intake.register(actor, card)
    with pytest.raises(SecondPersonError, match="园长自己输"):
        intake.register(world.director, ill)
    kept = intake.register(world.director, ill, own_pin=own_pin(world)).value
    row = world.database.row("select detail from audit where subject = 'override'")
    assert row["detail"] == "医生证明不传染"
    assert visits.list_checks(world.database, kept.visit)[0].outcome == "abnormal"


@pytest.mark.parametrize("changes", [{"name": "李雷"}, {"born_on": "2023-01-01"}])
def test_the_card_of_one_child_does_not_become_anothers(world, intake, guest, changes):
    card = dataclasses.replace(with_(child=guest), **changes)
    found = intake.assess(world.desk, card)
    assert fields(found.problems) == ["name"]
    assert "朱予晴" in found.problems[0].sentence
    before = heads(world)
    with pytest.raises(CardRefusedError):
        intake.register(world.desk, card)
    assert heads(world) == before


def test_a_contract_child_is_not_taken_in_as_a_guest(world, intake):
    card = with_(name="张沐阳", born_on="2023-06-01", allergens="花生", phone="13700002233", bringer="张母")
    found = intake.assess(world.desk, card)
    assert any("包月" in one.sentence for one in found.problems)
    Arrivals(world.database, world.clock, world.rng).note_absence(
        world.desk, world.children["张沐阳"], "sick"
    )
    found = intake.assess(world.desk, card)
    assert any("病假" in one.sentence for one in found.problems)
    with pytest.raises(CardRefusedError):
        intake.register(world.desk, card)


def test_two_children_of_one_name_and_birth_date_are_asked_about(world, intake, guest):
    twin = with_(allergy="none", allergens="", phone="13511112222", second_phone="13511113333")
    found = intake.assess(world.desk, twin)
    assert [(one.field, one.tone) for one in found.problems] == [("same_reason", Tone.WARN)]
    other = intake.register(world.desk, dataclasses.replace(twin, same_reason="另一家的孩子，看过户口本"))
    assert other.value.child != guest
    assert children.find_child(world.database, guest).substances == ("鸡蛋",)


def test_an_identity_number_of_another_child_is_named(world, intake):
    number = "620302202402290013"
    intake.register(world.desk, with_(document_number=number))
    other = with_(name="朱予安", born_on="2024-02-29", document_number=number, age_reason="x")
    found = intake.assess(world.desk, other)
    assert any(one.field == "document_number" and "朱予晴名下" in one.sentence for one in found.problems)
    with pytest.raises(CardRefusedError):
        intake.register(world.desk, other)


def test_a_minor_by_the_identity_number_does_not_collect(world, intake):
    found = intake.assess(world.desk, with_(identity_number="620302201402280013"))
    assert [one.field for one in found.problems if "18 周岁" in one.sentence] == ["identity_number"]


@pytest.mark.parametrize("relation", ["哥哥", "姐姐", "弟弟", "妹妹", "表哥", "同学"])
def test_a_perhaps_minor_collector_is_told_of_on_the_card(world, intake, relation):
    card = with_(relation=relation, identity_seen=False)
    found = intake.assess(world.desk, card)
    told = [one for one in found.problems if one.field == "bringer_collects"]
    assert [one.tone for one in told] == [Tone.BAD]
    assert f"王秀兰（{relation}）可能未满 18 周岁" in told[0].sentence
    assert not found.ready
    with pytest.raises(CardRefusedError):
        intake.register(world.desk, card)
    for cured in ({"identity_seen": True}, {"bringer_collects": False}, {"relation": "奶奶"}):
        assert intake.assess(world.desk, dataclasses.replace(card, **cured)).ready
    of_age = dataclasses.replace(card, identity_number="620302199002280014")
    assert intake.assess(world.desk, of_age).ready


def test_the_other_contacts_may_be_minors_too(world, intake):
    found = intake.assess(world.desk, with_(second="赵小敏 · 表姐"))
    assert fields(found.problems) == ["second_collects"]
    assert intake.assess(world.desk, with_(second="赵小敏 · 表姐", second_collects=False)).ready
    other = with_(other="赵小虎", other_relation="堂哥", other_phone="135 1111 2222")
    assert fields(intake.assess(world.desk, other).problems) == ["other_collects"]


@pytest.mark.parametrize("relation", ["高中生", "15岁邻居", "高二", "17"])
def test_who_is_said_to_be_a_minor_needs_a_number_that_says_otherwise(world, intake, relation):
    card = with_(relation=relation, identity_seen=True)
    told = intake.assess(world.desk, card).problems
    assert fields(told) == ["bringer_collects"]
    assert "写的是未满 18 周岁" in told[0].sentence
    assert "身份证号" in told[0].sentence
    for cured in ({"identity_number": "620302199002280014"}, {"bringer_collects": False}):
        assert intake.assess(world.desk, dataclasses.replace(card, **cured)).ready


def test_a_kind_of_care_without_a_price_cannot_be_chosen(world, intake):
    with world.database.unit(None, "close") as unit:
        unit.execute("update price set valid_to = valid_from where code = 'temp_half_day'", {})
        unit.audit("price", None)
    found = intake.assess(world.desk, STORY)
    assert fields(found.problems) == ["tariff"]
    assert "价目表里没有" in found.problems[0].sentence
    assert intake.assess(world.desk, with_(tariff="hourly")).ready


def test_a_class_of_another_age_needs_a_reason(world, intake):
    found = intake.assess(world.desk, with_(class_id=world.stars))
    assert [(one.field, one.tone) for one in found.problems] == [("age_reason", Tone.WARN)]
    assert "不在小星星" in found.problems[0].sentence
    assert intake.assess(world.desk, with_(class_id=world.stars, age_reason="同胞同班")).ready


@pytest.mark.parametrize("text", ["一\x00二", "一\u202e二"])
@pytest.mark.parametrize("field", ["reason", "allergens", "relation", "age_reason", "second_relation"])
def test_signs_that_nobody_sees_are_refused_in_every_text(world, intake, field, text):
    found = intake.assess(world.desk, with_(**{field: text}))
    assert any(one.field == field and "看不见" in one.sentence for one in found.problems), found.problems


def test_a_sibling_shares_the_adults(world, intake):
    intake.register(world.desk, STORY)
    found = intake.assess(world.desk, with_(name="朱予安", born_on="2024-09-01"))
    assert found.known == (Chip("同一电话：朱予晴", Tone.INFO),)
    adults = heads(world)[1]
    intake.register(world.desk, with_(name="朱予安", born_on="2023-09-01"))
    assert heads(world)[1] == adults


def test_somebody_else_may_collect_today_only_however_often_she_is_named(world, intake):
    neighbour = {"other": "李婶", "other_relation": "邻居", "other_phone": "13711110000"}
    child = came_before(world, build(world.database, world.clock, world.rng), STORY).child
    for changes in (neighbour, neighbour, {"second": "李婶", "second_phone": "13711110000"}):
        card = with_(child=child, collect_reason="妈妈赵敏说的", **changes)
        kept = intake.register(world.desk, card).value
        names = [one.name for one in people.list_adults(world.database, child, DAY)]
        assert names == ["王秀兰", "赵敏", "李婶"] if changes is neighbour else "李婶" in names
        Arrivals(world.database, world.clock, world.rng).undo_check_in(world.desk, kept.visit)
        tomorrow = DAY + dt.timedelta(days=1)
        later = [one.name for one in people.list_adults(world.database, child, tomorrow)]
        assert "李婶" not in later


def test_half_a_sign_goes_and_the_draft_stays(world, intake):
    draft = intake.keep_draft(world.desk, IntakeCard(name="朱\ud83d予", reason="\udc00")).value
    assert intake.keep_draft(world.desk, IntakeCard(name="朱予晴\ud83d"), draft).value == draft
    assert intake.unfinished(world.desk) == (draft, IntakeCard(name="朱予晴"))


def test_drafts_are_kept_put_aside_taken_up_and_given_up(world, intake):
    draft = intake.keep_draft(world.desk, IntakeCard(name="朱")).value
    assert intake.keep_draft(world.desk, STORY, draft).value == draft
    assert intake.unfinished(world.desk) == (draft, STORY)
    assert intake.unfinished(world.director) is None
    intake.park(world.desk, draft)
    assert intake.unfinished(world.desk) is None
    assert [(one.id, one.title) for one in intake.parked(world.desk)] == [(draft, "朱予晴")]
    assert intake.take_back(world.director, draft) == STORY
    assert intake.unfinished(world.director) == (draft, STORY)
    intake.discard(world.director, draft)
    for verb in (intake.park, intake.take_back):
        with pytest.raises(GoneDraftError):
            verb(world.desk, draft)
    assert intake.keep_draft(world.desk, with_(reason="别的事"), draft).value != draft


def test_a_draft_of_a_later_release_is_still_read(world, intake):
    draft = intake.keep_draft(world.desk, STORY).value
    with world.database.unit(None, "poke") as unit:
        unit.execute(
            "update draft set body = :body where id = :id", {"body": '{"name":"朱","x":1}', "id": draft}
        )
        unit.audit("draft", draft)
    assert intake.unfinished(world.desk) == (draft, IntakeCard(name="朱"))


def test_the_identity_number_is_checked_against_the_form_with_a_hint_only(world, intake):
    found = intake.assess(world.desk, with_(document_number="620302202402290013"))
    assert [(one.field, one.tone) for one in found.problems] == [("document_number", Tone.INFO)] * 2
    assert found.ready


def test_teachers_do_not_register(world, intake):
    with pytest.raises(NotPermittedError):
        intake.register(world.teacher, STORY)
    with pytest.raises(RuleError, match="没有找到"):
        intake.card_for(world.desk, 999)


def test_expected_children_fill_seats_before_they_come(world, intake):
    Arrivals(world.database, world.clock, world.rng).check_in(world.desk, CheckIn(world.children["张沐阳"]))
    assert intake.assess(world.desk, STORY).classes[0].words == "余 18"
    assert intake.assess(world.desk, with_(promised="17:00")).classes[0].words == "余 17"
    Arrivals(world.database, world.clock, world.rng).note_absence(
        world.desk, world.children["周乐瑶"], "sick"
    )
    assert intake.assess(world.desk, STORY).classes[0].words == "余 19"


def test_a_pause_that_comes_after_the_registration_begins_no_new_draft(world, intake):
    draft = intake.keep_draft(world.desk, with_(reason="")).value
    intake.register(world.desk, STORY, draft)
    assert intake.keep_draft(world.desk, STORY, draft).value == draft
    assert intake.unfinished(world.desk) is None


def test_a_parked_card_is_taken_up_once_and_kept_by_one(world, intake):
    draft = intake.keep_draft(world.desk, STORY).value
    intake.park(world.desk, draft)
    intake.take_back(world.director, draft)
    with pytest.raises(GoneDraftError):
        intake.take_back(world.desk, draft)
    with pytest.raises(GoneDraftError, match="同事"):
        intake.keep_draft(world.desk, with_(reason="别的事"), draft)
    assert intake.unfinished(world.director) == (draft, STORY)


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null"])
def test_a_draft_that_cannot_be_read_is_no_crash(world, intake, expect_log, body):
    expect_log("cannot be read")
    draft = intake.keep_draft(world.desk, STORY).value
    with world.database.unit(None, "poke") as unit:
        unit.execute("update draft set body = :body where id = :id", {"body": body, "id": draft})
        unit.audit("draft", draft)
    assert intake.unfinished(world.desk) is None
    intake.park(world.desk, draft)
    with pytest.raises(GoneDraftError, match="读不出来"):
        intake.take_back(world.desk, draft)


def test_a_draft_with_values_of_another_kind_keeps_the_rest(world, intake):
    draft = intake.keep_draft(world.desk, STORY).value
    with world.database.unit(None, "poke") as unit:
        body = '{"name": "朱", "phone": 7, "child": "x", "identity_seen": "yes", "class_id": 2}'
        unit.execute("update draft set body = :body where id = :id", {"body": body, "id": draft})
        unit.audit("draft", draft)
    assert intake.unfinished(world.desk) == (draft, IntakeCard(name="朱", class_id=2))


def test_only_who_registers_may_ask_what_is_on_file(world, intake):
    with pytest.raises(NotPermittedError):
        intake.assess(world.cashier, STORY)


@pytest.mark.parametrize("name", ["朱大嗨", "大海朱", "朱达海", "朱海"])
def test_a_barred_adult_in_disguise_is_cleared_by_two_people_and_by_no_word_alone(world, intake, guest, name):
    other = {"other": name, "other_relation": "叔叔", "other_phone": "13712345678"}
    card = with_(**other, collect_reason="妈妈同意，看过身份证")
    for actor in (world.desk, world.director):
        found = intake.assess(actor, card)
        assert [(one.field, one.barred) for one in found.problems] == [("other_collects", True)]
    with pytest.raises(BarredAlarmError) as refused:
        intake.register(world.desk, card)
    services = build(world.database, world.clock, world.rng)
    services.pins.choose(world.director, "4826", "")
    with pytest.raises(SecondPersonError):
        services.alarms.decide(world.desk, refused.value.alarm, "cleared", "看过身份证", None)
    second = Second(world.director.id, "4826")
    services.alarms.decide(world.desk, refused.value.alarm, "cleared", "看过身份证", second)
    assert not intake.assess(world.desk, card).problems
    assert intake.register(world.desk, card).value.child == guest


def test_a_barred_parent_on_file_is_never_cleared_at_the_registration(world, intake, guest):
    card = with_(bringer="朱大海", relation="爸爸", phone="13611110000", bringer_collects=False)
    with pytest.raises(BarredAlarmError) as refused:
        intake.register(world.desk, card)
    services = build(world.database, world.clock, world.rng)
    assert services.alarms.view(world.desk, refused.value.alarm).certain
    services.pins.choose(world.director, "4826", "")
    with pytest.raises(AlarmDecidedError, match="就是被禁止接走的人"):
        services.alarms.decide(
            world.desk, refused.value.alarm, "cleared", "他自己说的", Second(world.director.id, "4826")
        )


def test_a_second_record_does_not_get_round_the_bar(world, intake, guest):
    """Other numbers throughout: the card means nobody on file, and the alarm is about who is on file."""
    card = with_(
        bringer="朱大海",
        phone="13811112222",
        second="朱二",
        second_phone="13811113333",
        other="",
        other_phone="",
    )
    with pytest.raises(BarredAlarmError) as refused:
        intake.register(world.director, card)
    assert alarms.find_alarm(world.database, refused.value.alarm).child == guest


def test_f5_brings_every_card_of_ones_own_that_a_crash_left_and_nobody_elses(world, intake):
    left = intake.keep_draft(world.desk, with_(name="甲")).value  # the program was killed here
    newer = intake.keep_draft(world.desk, with_(name="乙")).value  # and here
    foreign = intake.keep_draft(world.director, with_(name="丙")).value
    aside = intake.keep_draft(world.desk, with_(name="丁")).value
    intake.park(world.desk, aside)
    shown = intake.parked(world.desk, typing=newer)
    assert [(one.id, one.title, one.held) for one in shown] == [(left, "甲", False), (aside, "丁", True)]
    assert [one.id for one in intake.parked(world.director)] == [foreign, aside]
    assert intake.take_back(world.desk, left).name == "甲"
    assert [one.id for one in intake.parked(world.desk, typing=left)] == [newer, aside]
    with pytest.raises(GoneDraftError):
        intake.take_back(world.director, left)


@pytest.mark.parametrize(
    ("born", "said"), [("2022-12-03", "已满 36 个月，"), ("2022-10-03", "已满 36 个月（38 个月），")]
)
def test_three_years_are_said_once(world, intake, born, said):
    found = intake.assess(world.desk, with_(born_on=born))
    assert any(said in one.sentence for one in found.problems), found.problems


MOTHER_CALLS = {"second": "赵敏", "second_relation": "妈妈", "second_phone": "13955556666"}


def test_a_relative_with_a_new_number_is_asked_how_it_was_checked(world, intake, guest):
    found = intake.assess(world.director, with_(**MOTHER_CALLS))
    assert [(one.field, one.tone) for one in found.problems] == [("collect_reason", Tone.WARN)]
    sentence = found.problems[0].sentence
    assert "妈妈赵敏登记的电话是 1" in sentence
    assert "不在" not in sentence


@pytest.mark.parametrize("collects", [True, False])
def test_a_new_number_changes_the_file_and_makes_nobody_twice(world, intake, guest, collects):
    before = people.list_adults(world.database, guest, DAY)
    told = {"second_collects": collects, "collect_reason": "当面拨通，看过身份证"}
    intake.register(world.director, with_(**MOTHER_CALLS, **told))
    after = people.list_adults(world.database, guest, DAY)
    assert [one.id for one in after] == [one.id for one in before]
    (mother,) = [one for one in after if one.name == "赵敏"]
    assert mother.phone == "13955556666"
    assert mother.tie.is_guardian
    row = world.database.row("select detail from audit where detail like '%改为 13955556666%'")
    assert "当面拨通" in row["detail"]


def test_a_namesake_of_another_relation_is_somebody_else(world, intake, guest):
    aunt = {"other": "赵敏", "other_relation": "姨妈", "other_phone": "13955556666"}
    assert "不在" in intake.assess(world.desk, with_(**aunt)).problems[0].sentence


def test_one_person_is_not_both_contacts(world, intake):
    twice = {"second": STORY.bringer, "second_relation": "", "second_phone": "13955556666"}
    fields = [one.field for one in intake.assess(world.desk, with_(**twice)).problems]
    assert fields == ["second"]
