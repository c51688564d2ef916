import pytest

from app.domain.cards import MOST, CardError, card_number, shown_name
from app.domain.looks import Tone
from app.domain.seals import SealKind, read_seal, seal
from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.store import audit
from tests.services.world import KEY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def zhang(world):
    return world.children["张沐阳"]


@pytest.fixture
def card(world, services, zhang):
    return services.cards.issue(world.desk, [zhang]).value[0]


def verdict(world, services, number):
    return services.seals.verify(world.desk, seal(KEY, SealKind.CARD, number))


def row_of(world, services, child):
    return next(row for row in services.cards.register(world.desk) if row.holder.child == child)


@pytest.mark.parametrize(
    ("name", "nickname", "shown"),
    [
        ("朱予晴", "", "朱小朋友"),
        ("朱予晴", "晴晴", "晴晴"),
        ("朱予晴", "朱予晴宝", "朱小朋友"),
        ("尉迟嘉木", "", "尉迟小朋友"),
        ("王芳", "", "王小朋友"),
        ("古丽·买买提", "", "古小朋友"),
        ("Emma Li", "", "E小朋友"),
    ],
)
def test_a_card_never_tells_the_whole_name(name, nickname, shown):
    assert shown_name(name, nickname) == shown
    assert name not in shown


def test_numbers_of_cards_can_be_sealed():
    assert read_seal(KEY, seal(KEY, SealKind.CARD, card_number(12))).number == "C-000012"


def test_whoever_has_no_card_gets_one_and_nobody_gets_two_by_mistake(world, services):
    everyone = [row.holder.child for row in services.cards.register(world.desk)]
    first = services.cards.issue(world.desk, everyone[:2])
    rest = services.cards.issue(world.desk, everyone)
    assert (len(first.value), len(rest.value)) == (2, len(everyone) - 2)
    assert all(len(row.valid) == 1 for row in services.cards.register(world.desk))
    with pytest.raises(CardError, match="已经有卡"):
        services.cards.issue(world.desk, everyone)


def test_a_card_opens_the_child_and_holds_no_name(world, services, zhang, card):
    sheet = services.cards.sheet(world.desk, [card], "张")
    face = sheet.cards[0]
    assert (face.number, face.shown) == ("C-000001", "张小朋友")
    found = services.seals.verify(world.desk, face.seal)
    assert (found.title, found.child, found.tone) == ("真", zhang, Tone.OK)
    assert "沐" not in face.seal + face.shown


def test_a_lost_card_says_so_and_opens_nobody(world, services, zhang, card):
    done = services.cards.declare_lost(world.teacher, card, "公交车上丢了")
    found = verdict(world, services, "C-000001")
    assert (found.title, found.child, found.tone) == ("已挂失", None, Tone.BAD)
    assert "不要凭这张卡" in found.words
    with pytest.raises(CardError, match="挂失"):
        services.cards.declare_lost(world.desk, card)
    with pytest.raises(CardError, match="挂失"):
        services.cards.sheet(world.desk, [card], "张")
    services.undo(world.desk, done.undo)
    assert verdict(world, services, "C-000001").child == zhang
    assert [line.verb for line in audit.list_lines(world.database, "card", card)] == [
        "issue_cards",
        "declare_card_lost",
        "undo_card_lost",
    ]


def test_a_replaced_card_stays_dead(world, services, zhang, card):
    new = services.cards.replace(world.desk, card, "洗坏了")
    assert verdict(world, services, "C-000001").title == "已挂失"
    assert verdict(world, services, "C-000002").child == zhang
    with pytest.raises(CardError, match="补发"):
        services.cards.undo_loss(world.desk, card)
    with pytest.raises(CardError, match="补发"):
        services.cards.replace(world.desk, card)
    services.undo(world.desk, new.undo)
    assert verdict(world, services, "C-000002").title == "已作废"
    assert verdict(world, services, "C-000001").title == "已挂失"
    services.cards.undo_loss(world.desk, card)  # nothing is in its place any more
    assert verdict(world, services, "C-000001").child == zhang


def test_issuing_is_taken_back_for_all_that_were_issued_together(world, services, zhang):
    everyone = [row.holder.child for row in services.cards.register(world.desk)]
    done = services.cards.issue(world.desk, everyone)
    services.undo(world.desk, done.undo)
    assert all(row.valid == () for row in services.cards.register(world.desk))
    with pytest.raises(CardError, match="已经收回"):
        services.undo(world.desk, done.undo)
    assert services.cards.issue(world.desk, [zhang]).value  # and can be issued anew, under another number
    assert row_of(world, services, zhang).valid[0].number == card_number(len(everyone) + 1)


def test_a_child_has_a_few_cards_at_most(world, services, zhang, card):
    for _ in range(MOST - 1):
        services.cards.issue_another(world.desk, zhang)
    with pytest.raises(CardError, match="最多"):
        services.cards.issue_another(world.desk, zhang)
    services.cards.withdraw(world.desk, card, "奶奶不来了")
    services.cards.issue_another(world.desk, zhang)


def test_prints_are_counted(world, services, zhang, card):
    assert row_of(world, services, zhang).printed == frozenset()
    services.cards.printed(world.desk, [card])
    assert row_of(world, services, zhang).printed == {card}


def test_who_may_issue_and_who_may_declare_lost(world, services, zhang, card):
    for verb in (services.cards.issue, services.cards.sheet):
        assert verb
    with pytest.raises(NotPermittedError):
        services.cards.issue(world.teacher, [zhang])
    with pytest.raises(NotPermittedError):
        services.cards.replace(world.teacher, card)
    with pytest.raises(NotPermittedError):
        services.cards.declare_lost(world.cashier, card)


def test_what_is_not_there_is_said_in_words(world, services):
    with pytest.raises(CardError, match="没有找到这张卡"):
        services.cards.declare_lost(world.desk, 99)
    with pytest.raises(CardError, match="档案"):
        services.cards.issue(world.desk, [999])
    with pytest.raises(CardError, match="没有可以打印"):
        services.cards.sheet(world.desk, [], "全园")
    assert verdict(world, services, "C-000077").title == "查无此单"
