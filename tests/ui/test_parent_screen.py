"""What the parents may see: how the desk stands with the child in hand, and thanks, not for long."""

import datetime as dt
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain.ids import ChildId
from app.domain.money import Money
from app.ui import parent_screen as module
from app.ui.parent_screen import STAY, CodeState, Face, ParentScreen, Served, Shown, called_of, greeting

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


def served(child=MINE, **more):
    name = {MINE: "朱予晴", OTHER: "张沐阳"}[child]
    return Served(child, name, "", "正在办理离园", **more)


def test_it_shows_how_the_desk_stands_with_a_family_and_then_thanks(screen):
    screen.serve(served(code=CodeState.RIGHT, due=Money.yuan(80), put_off=Money.yuan(5)))
    assert screen.shown == Shown(
        Face.SERVING, "予＊", "正在办理离园", CodeState.RIGHT, Money.yuan(80), Money.yuan(5)
    )
    ticket = screen.thank(MINE, "朱予晴", "")
    assert screen.shown == Shown(Face.THANKS, "予＊"), "nothing is said to be paid before a receipt says so"
    screen.show_paid(ticket, Money.yuan(130), 2)
    screen.show_qr(ticket, b"P1")
    assert screen.shown == Shown(Face.THANKS, "予＊", paid=Money.yuan(130), receipts=2, qr=b"P1")


def test_how_it_stands_replaces_how_it_stood(screen):
    screen.serve(served(due=Money.yuan(80)))
    screen.serve(served(put_off=Money.yuan(80)))
    assert (screen.shown.due, screen.shown.put_off) == (Money(0), Money.yuan(80))
    screen.serve(served(OTHER))
    assert screen.shown == Shown(Face.SERVING, "沐＊", "正在办理离园")


def test_what_comes_late_for_thanks_that_have_gone_is_dropped(screen):
    first = screen.thank(MINE, "朱予晴", "")
    second = screen.thank(MINE, "朱予晴", "")
    screen.show_paid(first, Money.yuan(80), 1)
    screen.show_qr(first, b"P1")
    assert screen.shown == Shown(Face.THANKS, "予＊"), "of the departure that was taken back"
    screen.serve(served())
    screen.show_paid(second, Money.yuan(80), 1)
    screen.show_qr(second, b"P1")
    assert screen.shown == Shown(Face.SERVING, "予＊", "正在办理离园")


def test_the_desk_looking_at_somebody_else_takes_the_words_away(screen):
    screen.serve(served())
    screen.look_at(MINE)
    assert screen.shown == Shown(), "she is looked at, but nobody serves her any more"
    for child in (MINE, None):  # the family is still putting on shoes
        screen.thank(MINE, "朱予晴", "")
        screen.look_at(child)
        assert screen.shown.face is Face.THANKS
    screen.look_at(OTHER)
    assert screen.shown == Shown()


def test_thanks_clear_by_themselves_and_also_when_the_clock_was_set_back(screen, clock):
    ticket = screen.thank(MINE, "朱予晴", "")
    clock.now += STAY - dt.timedelta(seconds=1)
    screen.show_qr(ticket, b"P1")  # now there is something to scan: it stands on
    clock.now += dt.timedelta(seconds=2)
    screen.tick()
    assert screen.shown.face is Face.THANKS
    clock.now += STAY
    screen.tick()
    assert screen.shown == Shown()
    screen.thank(MINE, "朱予晴", "")
    clock.now -= dt.timedelta(hours=3)
    screen.tick()
    assert screen.shown == Shown()


def test_a_long_look_for_an_identity_card_loses_no_act(screen, clock):
    screen.serve(served(due=Money.yuan(80)))
    clock.now += 20 * STAY
    screen.tick()
    assert screen.shown.due == Money.yuan(80)


def test_nobody_is_told_of_what_did_not_change(screen):
    told = []
    screen.listen(lambda: told.append(screen.shown.face))
    screen.serve(served())
    screen.serve(served())
    screen.clear()
    screen.look_at(OTHER)
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
    """Whatever is said in whatever order: the screen only ever shows the family told of last."""

    def __init__(self):
        super().__init__()
        self.screen = ParentScreen(Clock())
        self.told = None
        self.tickets = {}

    def name(self, child):
        return f"朱{'一二三'[child - 1]}晴"

    @rule(child=st.integers(1, 3))
    def serve(self, child):
        self.told = child
        self.screen.serve(Served(ChildId(child), self.name(child), "", "正在办理离园", due=Money.yuan(child)))

    @rule(child=st.integers(1, 3))
    def thank(self, child):
        self.told = child
        self.tickets[child] = self.screen.thank(ChildId(child), self.name(child), "")

    @rule(child=st.integers(1, 3))
    def push(self, child):
        ticket = self.tickets.get(child, 0)
        self.screen.show_paid(ticket, Money.yuan(child), 1)
        self.screen.show_qr(ticket, str(child).encode())

    @rule(child=st.integers(0, 3))
    def look_at(self, child):
        self.screen.look_at(ChildId(child) if child else None)
        if child not in {0, self.told}:
            assert self.screen.shown == Shown()

    @invariant()
    def only_hers(self):
        shown = self.screen.shown
        if shown.face is not Face.GREETING:
            assert shown.called == f"{'一二三'[self.told - 1]}＊"
            assert {shown.due, shown.paid} <= {Money(0), Money.yuan(self.told)}
            assert shown.qr in {b"", str(self.told).encode()}
            assert not shown.paid or shown.face is Face.THANKS
        else:
            assert shown == Shown()


TestDoor = Door.TestCase
