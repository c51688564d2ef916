import datetime as dt

import pytest

from app.domain.life import Ending, Owner, StepKind
from app.domain.modes import CareMode
from app.domain.names import matches, search_keys
from app.services.admissions import InquiryCard, StepWish
from app.services.bundle import build
from app.services.finding import Found
from app.services.indexing import LEADS, Lines, Sounds, fold
from tests.services.world import DAY, add_adult, add_child

SURNAMES = (
    ("曾雨", "zeng"), ("单雨", "shan"), ("解雨", "xie"), ("仇雨", "qiu"), ("区雨", "ou"), ("查雨", "zha"),
    ("盖雨", "ge"), ("尉迟雨", "yuchi"), ("万俟雨", "moqi"),
)  # fmt: skip


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def find(world, services):
    return lambda text: services.finding.find(world.desk, text)


def names(found: Found) -> list[str]:
    return [row.name for row in found.children]


def enter(world, *more):
    with world.database.unit(world.desk.id, "test") as unit:
        for name in more:
            add_child(unit, world, name, world.clock.now.date())


def test_half_a_sign_is_looked_past(find):
    assert names(find("张沐\ud83d")) == ["张沐阳"]
    assert find("\ud83d") == find("")


@pytest.mark.parametrize(("name", "reading"), SURNAMES)
def test_a_surname_is_found_by_its_own_reading_and_by_the_others(world, find, name, reading):
    enter(world, name)
    assert name in names(find(reading))
    assert name in names(find(f"{reading}yu"))
    assert name in names(find("".join(part[0] for part in reading.split()) if len(name) == 2 else reading))
    for other in search_keys(name).pinyin.split():
        assert name in names(find(other)), other


def test_as_a_surname_its_own_reading_comes_first(world, find):
    enter(world, "单一", "丹一")
    assert names(find("danyi")) == ["丹一", "单一"]
    assert names(find("shan"))[0] == "单一"


def test_every_reading_has_its_turn_however_many_a_name_has(world, find):
    enter(world, "单乐行朝")
    for syllables in ("shan", "dan", "chan", "shanyue", "shanle", "shanlehang", "shanlexing"):
        assert "单乐行朝" in names(find(syllables)), syllables


def test_what_an_input_method_still_holds_is_searched(find):
    assert names(find("zhang'mu'yang")) == ["张沐阳"]
    assert names(find("zhang mu")) == ["张沐阳"]
    assert names(find("张mu'y")) == ["张沐阳"]
    assert matches("张muy", "张沐阳", keys=search_keys("张沐阳"))
    assert not matches("张yang", "张沐阳", keys=search_keys("张沐阳"))


def test_a_name_at_home_is_found_by_its_sound_too(world, find):
    with world.database.unit(world.desk.id, "test") as unit:
        child = world.children["张沐阳"]
        unit.execute("update child set nickname = '糖糖' where id = :id", {"id": child})
        unit.audit("child", child)
    for text in ("tangtang", "tt", "糖", "tang"):
        assert names(find(text)) == ["张沐阳"], text
    assert find("tt").ranks[0] == 3


def test_adults_are_a_group_of_their_own_with_their_child(find):
    found = find("张母")
    assert [(hit.name, hit.child_name, hit.barred) for hit in found.adults] == [("张母", "张沐阳", False)]
    assert found.children == ()
    assert find("2233").adults[0].phone_masked == "137****2233"
    assert find("22").adults == ()
    assert [hit.barred for hit in find("张外人").adults] == [True]


def test_children_who_are_not_of_today_are_found(world, find):
    enter(world, "褚时鸣")
    assert names(find("chushi")) == ["褚时鸣"]


def test_groups_say_how_near_their_best_hit_is(find):
    assert find("张沐").ranks[0] == 0
    assert find("muyang").ranks[0] == 3
    assert find("张母").ranks == (9, 0, 9, 9)
    assert find("").ranks == (9, 9, 9, 9)


def families(found: Found) -> list[tuple[str, str]]:
    return [(hit.name, hit.chip.words) for hit in found.families]


def ask(services, world, name, phone, contact="妈妈 陆静", *, waiting=False):
    card = InquiryCard(name, phone, born_on=dt.date(2024, 8, 1), contact=contact, wait=waiting)
    return services.admissions.inquire(world.desk, card)


def test_a_family_that_asks_is_found_by_the_child_who_asks_and_the_phone(world, services, find):
    assert find("陆一鸣").families == ()
    key = ask(services, world, "陆一鸣", "13711112222").value
    for text in ("陆一", "luyiming", "lym", "lu'yi", "一鸣", "2222", "陆静", "lujing"):
        assert families(find(text)) == [("陆一鸣", "咨询")], text
    (hit,) = find("陆一鸣").families
    assert (hit.applicant, hit.words) == (key, "妈妈 陆静 · 137****2222 · 2025-12-03 来问")
    assert (find("陆一鸣").ranks[3], find("lujing").ranks[3]) == (0, 4)
    assert find("22").families == ()


def test_where_a_family_stands_is_told_and_who_is_on_file_is_a_child(world, services, find):
    done = ask(services, world, "单小满", "13711112222", waiting=True)
    assert families(find("shan")) == [("单小满", "候补")]
    owner = Owner(applicant=done.value)
    wish = StepWish(StepKind.LEAVE, DAY, ending=Ending.GIVEN_UP, reason="搬家")
    step = services.admissions.take_step(world.desk, owner, wish).value
    assert families(find("shan")) == [("单小满", "放弃")]
    services.admissions.undo_step(world.desk, step)
    assert families(find("shan")) == [("单小满", "候补")]
    wish = StepWish(
        StepKind.ENROL, DAY, class_id=world.stars, mode=CareMode.FULL_DAY, reason="月龄合适", starts_on=DAY
    )
    services.admissions.take_step(world.desk, owner, wish)
    assert find("shan").families == ()
    assert names(find("shan")) == ["单小满"]


def test_families_are_for_who_admits(world, services):
    ask(services, world, "陆一鸣", "13711112222")
    assert services.finding.find(world.director, "陆").families
    assert services.finding.find(world.teacher, "陆").families == ()


def test_a_card_is_found_by_its_number_however_it_is_typed(world, services, find):
    card = services.cards.issue(world.desk, [world.children["张沐阳"]]).value[0]
    for text in ("C-000001", "c1", "ｃ－０００００１"):
        assert [(hit.title, hit.chip.words) for hit in find(text).papers] == [("接送卡 C-000001", "有效")]
    services.cards.declare_lost(world.desk, card)
    assert find("c1").papers[0].chip.words == "已挂失"


def test_a_receipt_is_found_by_its_number_or_its_end(world, services, find):
    from tests.faults.acts import Stage, refund

    stage = Stage(world)
    refund(stage)()
    assert find("2025-000001").papers[0].chip.words == "已退款"
    assert [hit.title for hit in find("1").papers] == ["收据 2025-000001"]
    assert [hit.title for hit in find("2025-2").papers] == ["退款单 2025-000002"]
    assert find("1999-1").papers == ()


def test_somebody_entered_a_moment_ago_is_found(world, find):
    assert find("王秀").adults == ()
    with world.database.unit(world.desk.id, "test") as unit:
        adult = add_adult(unit, world, world.children["张沐阳"], "王秀兰", "奶奶", "13800006021")
        unit.audit("adult", adult)
    assert find("王秀").adults[0].relation == "奶奶"
    assert find("6021").adults[0].name == "王秀兰"


def test_rooms_and_commands_are_read_aloud_here(services):
    assert "lin'shi'tuo" in services.finding.sounds(["临时托"])[0].pinyin
    services.finding.warm()


def test_lines_say_who_holds_begins_or_ends_with_a_piece():
    lines = Lines(["abc", "bcd", "", "cab"])
    assert list(lines.holding("c")) == [0, 1, 3]
    assert list(lines.beginning("b")) == [1]
    assert list(Lines(["12 34 ", "134 "]).ending("34")) == [0, 1]
    assert list(lines.holding("d\n")) == [1]


def test_sounds_are_heard_from_the_first_syllable_by_another_reading_or_within():
    sounds = Sounds(["shan'yi dan'yi", "dan'yi", "yi'dan"])
    assert list(sounds.hearing("dan", " ")) == [1]
    assert list(sounds.hearing("dan", "~")) == [0]
    assert list(sounds.hearing("dan", LEADS[2])) == [2]
    assert [list(tier) for tier in sounds.tiers("dan")] == [[1], [0], [2]]
    assert [list(tier) for tier in sounds.tiers("x")] == [[], [], []]
    many = Sounds(["shan'yi dan'yi", "dan'yi"] * 100)
    assert [len(set(tier)) for tier in many.tiers("dan")] == [100, 100, 0]
    assert fold(" Ｚhū·Yü ") == "zhūyv"


def test_letter_by_letter_is_answered_as_all_at_once_is():
    """What few meant so far narrows the next key: taking letters away or typing another name must not."""
    names = [
        a + b + c
        for a in ("yuan", "yu", "zheng", "shan'dan", "an")
        for b in ("'yu", "'wan", "'an")
        for c in ("", "'yi")
    ]
    typed = [
        "yuanyu",
        "yuanyuy",
        "yuanyu",
        "yu",
        "yuw",
        "yuwy",
        "dany",
        "danyi",
        "shanyu",
        "shanyuyi",
        "anana",
    ]
    typed += [
        word[:end] for word in ("yuanwanyi", "zhengany", "danan", "xxx") for end in range(1, len(word) + 1)
    ]
    held = Sounds(names)
    for text in typed:
        alone = Sounds(names)
        answers = [[sorted(set(tier)) for tier in one.tiers(text)] for one in (held, alone)]
        assert answers[0] == answers[1], text
    assert [sorted(tier) for tier in held.tiers("yuanyu")] == [[0, 1], [], []]
