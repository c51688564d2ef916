import dataclasses
import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.staff import NotPermittedError
from app.domain.visits import BarredFromCollectingError
from app.services.arrivals import Arrivals, CheckIn
from app.services.intake import CardRefusedError, GoneDraftError, Intake, IntakeCard
from app.store import children, people, visits
from tests.services.world import DAY

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
    found = intake.assess(STORY)
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


def test_an_empty_card_lists_what_is_missing_and_complains_of_nothing(intake):
    found = intake.assess(IntakeCard())
    assert found.problems == ()
    assert [one.field for one in found.missing if one.kind == "required"] == [
        "name",
        "born_on",
        "allergy",
        "bringer",
        "relation",
        "phone",
        "second",
        "second_phone",
        "promised",
        "temperature",
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
    found = intake.assess(with_(**changes))
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
    found = intake.assess(with_(born_on=born))
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
    found = intake.assess(STORY)
    assert fields(found.problems) == ["capacity_reason"]
    assert "没有老师在岗" in found.problems[0].sentence
    reasoned = with_(capacity_reason="老师十分钟后到岗")
    assert intake.assess(reasoned).ready
    with pytest.raises(CardRefusedError, match="园长"):
        intake.register(world.desk, reasoned)
    assert intake.register(world.director, reasoned).value.class_name == "抱抱龙"


def test_a_child_who_came_before_is_not_put_on_file_twice(world, intake):
    first = intake.register(world.desk, STORY).value
    found = intake.assess(STORY)
    assert fields(found.problems) == ["name"]
    assert "9:12 已经入园" in found.problems[0].sentence
    Arrivals(world.database, world.clock, world.rng).undo_check_in(world.desk, first.visit)
    assert intake.assess(STORY).known == (Chip("以前来过：朱予晴", Tone.INFO),)
    again = intake.register(world.desk, with_(allergens="鸡蛋、虾", second_collects=False)).value
    assert again.child == first.child
    assert children.find_child(world.database, again.child).substances == ("鸡蛋", "虾")
    adults = people.list_adults(world.database, again.child, DAY)
    assert [(adult.name, adult.tie.may_collect) for adult in adults] == [("王秀兰", True), ("赵敏", False)]


def test_a_card_for_a_known_child_is_filled_from_the_file(world, intake):
    intake.register(world.desk, STORY)
    child = world.database.row("select id from child where name = '朱予晴'")["id"]
    card = intake.card_for(world.desk, child)
    assert (card.bringer, card.second, card.allergens) == ("王秀兰", "赵敏", "鸡蛋")
    assert (card.promised, card.temperature, card.reason) == ("", "", "")


def test_a_barred_adult_cannot_be_let_in_by_the_card(world, intake):
    child = world.children["张沐阳"]
    card = with_(
        child=child, name="张沐阳", born_on="2023-06-01", second="张外人", second_relation="邻居",
        second_phone="13500000000",
    )  # fmt: skip
    before = heads(world)
    with pytest.raises(BarredFromCollectingError, match="禁止接走"):
        intake.register(world.desk, card)
    assert heads(world) == before
    intake.register(world.desk, dataclasses.replace(card, second_collects=False))
    tie = next(one for one in people.list_adults(world.database, child, DAY) if one.name == "张外人").tie
    assert tie.barred


def test_a_sibling_shares_the_adults(world, intake):
    intake.register(world.desk, STORY)
    found = intake.assess(with_(name="朱予安", born_on="2024-09-01"))
    assert found.known == (Chip("同一电话：朱予晴", Tone.INFO),)
    adults = heads(world)[1]
    intake.register(world.desk, with_(name="朱予安", born_on="2023-09-01"))
    assert heads(world)[1] == adults


def test_somebody_else_may_collect_today_only(world, intake):
    child = intake.register(world.desk, with_(other="李婶", other_relation="邻居", other_phone="13711110000"))
    child = child.value.child
    assert [one.name for one in people.list_adults(world.database, child, DAY)] == ["王秀兰", "赵敏", "李婶"]
    tomorrow = DAY + dt.timedelta(days=1)
    assert [one.name for one in people.list_adults(world.database, child, tomorrow)] == ["王秀兰", "赵敏"]


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


def test_the_identity_number_is_checked_against_the_form_with_a_hint_only(intake):
    found = intake.assess(with_(document_number="620302202402290013"))
    assert [(one.field, one.tone) for one in found.problems] == [("document_number", Tone.INFO)] * 2
    assert found.ready


def test_teachers_do_not_register(world, intake):
    with pytest.raises(NotPermittedError):
        intake.register(world.teacher, STORY)
    with pytest.raises(RuleError, match="没有找到"):
        intake.card_for(world.desk, 999)


def test_expected_children_fill_seats_before_they_come(world, intake):
    Arrivals(world.database, world.clock, world.rng).check_in(world.desk, CheckIn(world.children["张沐阳"]))
    assert intake.assess(STORY).classes[0].words == "余 18"
    assert intake.assess(with_(promised="17:00")).classes[0].words == "余 17"
    Arrivals(world.database, world.clock, world.rng).note_absence(
        world.desk, world.children["周乐瑶"], "sick"
    )
    assert intake.assess(STORY).classes[0].words == "余 19"


def test_a_pause_that_comes_after_the_registration_begins_no_new_draft(world, intake):
    draft = intake.keep_draft(world.desk, with_(reason="")).value
    intake.register(world.desk, STORY, draft)
    assert intake.keep_draft(world.desk, STORY, draft).value == draft
    assert intake.unfinished(world.desk) is None
