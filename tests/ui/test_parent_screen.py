"""What the parents may see: only what the desk pushes for the child in hand, and not for long."""

import datetime as dt
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain.ids import ChildId
from app.domain.money import Money
from app.ui import parent_screen as module
from app.ui.parent_screen import STAY, CodeState, Face, ParentScreen, Shown, called_of, greeting

ZONE = dt.timezone(dt.timedelta(hours=8))
NOON = dt.datetime(2025, 12, 3, 12, 0, tzinfo=ZONE)
MINE, OTHER = ChildId(1), ChildId(2)


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def screen(clock):
    return ParentScreen(clock, "向阳托育中心")


@pytest.mark.parametrize(
    ("hour", "words"), [(7, "早上好"), (9, "上午好"), (12, "中午好"), (15, "下午好"), (18, "晚上好")]
)
def test_the_greeting_follows_the_time_of_day(hour, words):
    assert greeting(NOON.replace(hour=hour)) == words


@pytest.mark.parametrize(
    ("name", "nickname", "called"),
    [
        ("朱予晴", "", "予＊"),
        ("朱予晴", "晴晴", "晴晴"),
        ("王芳", "", "芳＊"),
        ("尉迟嘉木", "", "嘉＊"),
        ("Emma Li", "", "E＊"),
        ("朱予晴", "特别特别特别长的小名", "特别特别特别长的"),
        ("", "", ""),
    ],
)
def test_a_child_is_called_so_that_a_stranger_learns_nothing(name, nickname, called):
    assert called_of(name, nickname) == called


@given(st.text(min_size=2, max_size=20))
def test_a_whole_name_is_never_shown(name):
    assert len(called_of(name)) <= 2


def test_what_is_pushed_for_the_child_in_hand_is_shown(screen):
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    screen.show_code(MINE, CodeState.RIGHT)
    screen.show_due(MINE, Money.yuan(80))
    assert screen.shown == Shown(Face.SERVING, "予＊", "正在办理离园", CodeState.RIGHT, Money.yuan(80))
    screen.thank(MINE)
    screen.show_qr(MINE, b"P1")
    assert (screen.shown.face, screen.shown.paid, screen.shown.qr) == (Face.THANKS, True, b"P1")


def test_what_is_pushed_for_another_child_never_reaches_the_screen(screen):
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    before = screen.shown
    screen.show_code(OTHER, CodeState.WRONG)
    screen.show_due(OTHER, Money.yuan(999))
    screen.show_qr(OTHER, b"P1")
    screen.thank(OTHER)
    assert screen.shown == before


def test_nothing_is_shown_for_a_child_nobody_has_taken(screen):
    screen.show_due(MINE, Money.yuan(80))
    screen.show_qr(MINE, b"P1")
    screen.thank(MINE)
    assert screen.shown == Shown()


def test_the_next_family_finds_nothing_of_the_last(screen):
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    screen.show_due(MINE, Money.yuan(80))
    screen.thank(MINE)
    screen.show_qr(MINE, b"P1")
    screen.take(OTHER, "张沐阳", "", "正在办理离园")
    assert screen.shown == Shown(Face.SERVING, "沐＊", "正在办理离园")


def test_the_desk_moving_on_clears_a_family_not_yet_thanked(screen):
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    screen.moved_on(MINE)
    assert screen.shown.face is Face.SERVING
    screen.moved_on(OTHER)
    assert screen.shown == Shown()
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    screen.thank(MINE)
    screen.moved_on(OTHER)  # the family is still putting on shoes: its code stays for a while
    assert screen.shown.face is Face.THANKS


def test_it_clears_by_itself_and_also_when_the_clock_was_set_back(screen, clock):
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    clock.now += STAY - dt.timedelta(seconds=1)
    screen.tick()
    assert screen.shown.face is Face.SERVING
    screen.show_code(MINE, CodeState.TYPED)  # something happens: it stands on
    clock.now += dt.timedelta(seconds=2)
    screen.tick()
    assert screen.shown.face is Face.SERVING
    clock.now += STAY
    screen.tick()
    assert screen.shown == Shown()
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    clock.now -= dt.timedelta(hours=3)
    screen.tick()
    assert screen.shown == Shown()


def test_nobody_is_told_of_what_did_not_change(screen):
    told = []
    screen.listen(lambda: told.append(screen.shown.face))
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    screen.take(MINE, "朱予晴", "", "正在办理离园")
    screen.clear()
    screen.clear()
    assert told == [Face.SERVING, Face.GREETING]


def test_the_model_knows_no_service_no_store_and_no_window():
    """It is pushed to: it could not ask for another family if it wanted to."""
    imports = [line for line in inspect.getsource(module).splitlines() if line.startswith(("import", "from"))]
    assert [line for line in imports if "app." in line] == [
        "from app.domain.ids import ChildId",
        "from app.domain.money import Money",
        "from app.domain.names import given_name",
        "from app.domain.record import record",
    ]
    assert "PySide6" not in inspect.getsource(module)


class Door(RuleBasedStateMachine):
    """Whatever is pushed in whatever order: the screen only ever shows the family taken last."""

    def __init__(self):
        super().__init__()
        self.screen = ParentScreen(Clock())
        self.taken = None

    @rule(child=st.integers(1, 3))
    def take(self, child):
        self.taken = child
        self.screen.take(ChildId(child), f"朱{'一二三'[child - 1]}晴", "", "正在办理离园")

    @rule(child=st.integers(1, 3))
    def push(self, child):
        self.screen.show_due(ChildId(child), Money.yuan(child))
        self.screen.show_qr(ChildId(child), str(child).encode())

    @rule(child=st.integers(1, 3))
    def thank(self, child):
        self.screen.thank(ChildId(child))

    @rule(child=st.integers(1, 3))
    def move_on(self, child):
        self.screen.moved_on(ChildId(child))

    @invariant()
    def only_hers(self):
        shown = self.screen.shown
        if shown.face is not Face.GREETING:
            assert shown.called == f"{'一二三'[self.taken - 1]}＊"
            assert shown.due in {None, Money.yuan(self.taken)}
            assert shown.qr in {b"", str(self.taken).encode()}
        else:
            assert shown == Shown()


TestDoor = Door.TestCase
