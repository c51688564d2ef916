"""What the screen that faces the parents may know: a view model that only the child in hand can reach.

Nothing is asked of any service. The desk pushes what the family at the door may see, each push names its
child, and a push for any other child than the one in hand is dropped (domain §5.2: the screen must not show
other families' data). Of the child herself it holds her nickname, or one character of her given name.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from app.domain.ids import ChildId
from app.domain.money import Money
from app.domain.names import given_name
from app.domain.record import record

STAY = dt.timedelta(seconds=45)  # how long a family's words stand when nothing more is pushed
_LONGEST = 8


class Face(StrEnum):
    """What the screen shows."""

    GREETING = "greeting"
    SERVING = "serving"
    THANKS = "thanks"


class CodeState(StrEnum):
    """How the pick-up code stands. Never the code itself."""

    NONE = "none"
    ASKED = "asked"
    TYPED = "typed"
    RIGHT = "right"
    WRONG = "wrong"
    CALLED = "called"  # who comes by a guardian's call says a code of her own
    DEAD = "dead"

    @property
    def words(self) -> str:
        """What the family reads."""
        words = {
            "none": "",
            "asked": "请出示接送凭条",
            "typed": "正在核对接送码…",
            "right": "接送码已核对",
            "wrong": "接送码不对，请看一下凭条",
            "called": "请说授权码，出示身份证",
            "dead": "授权码不对或已作废，请再问家长",
        }
        return words[self.value]


@record
class Shown:
    """All that can stand on the screen. ``qr`` is a picture (PBM), not a text."""

    face: Face = Face.GREETING
    called: str = ""
    act: str = ""
    code: CodeState = CodeState.NONE
    due: Money | None = None
    paid: bool = False
    qr: bytes = b""


def called_of(name: str, nickname: str = "") -> str:
    """What the family hears and a stranger learns nothing from: the nickname, else 予＊ of 朱予晴."""
    if nickname.strip():
        return nickname.strip()[:_LONGEST]
    given = given_name(name)
    if given == name and len(given) == 2:
        given = given[1:]  # a name of two characters stays whole there: its first is the family's
    return f"{given[:1]}＊" if given else ""


def greeting(now: dt.datetime) -> str:
    """By the time of day: 早上好 until nine, 上午好, 中午好, 下午好, from six 晚上好."""
    hour = now.hour
    for until, words in ((9, "早上好"), (11, "上午好"), (13, "中午好"), (18, "下午好")):
        if hour < until:
            return words
    return "晚上好"


class ParentScreen:
    """One for the window. ``listen`` is called after every change."""

    def __init__(self, clock: Callable[[], dt.datetime], centre: str = "") -> None:
        self._clock = clock
        self.centre = centre
        self._child: ChildId | None = None
        self._shown = Shown()
        self._until: dt.datetime | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def shown(self) -> Shown:
        """What stands on the screen now."""
        return self._shown

    @property
    def greeting(self) -> str:
        """早上好 … by the clock."""
        return greeting(self._clock())

    def listen(self, told: Callable[[], None]) -> None:
        """Call this after every change."""
        self._listeners.append(told)

    def take(self, child: ChildId, name: str, nickname: str, act: str) -> None:
        """The desk turns to the family of this child: whatever stood there goes."""
        if child == self._child and self._shown.face is Face.SERVING:
            return
        self._child = child
        self._show(Shown(Face.SERVING, called_of(name, nickname), act))

    def show_code(self, child: ChildId, state: CodeState) -> None:
        """How the code stands; dropped for any child but the one in hand."""
        if self._holds(child):
            self._show(replace(self._shown, code=state))

    def show_due(self, child: ChildId, due: Money | None) -> None:
        """What is to pay, None for nothing; dropped for any child but the one in hand."""
        if self._holds(child):
            self._show(replace(self._shown, due=due, paid=False))

    def show_qr(self, child: ChildId, qr: bytes) -> None:
        """The picture of the receipt's or the slip's code; dropped for any child but the one in hand."""
        if child == self._child and self._shown.face is not Face.GREETING:
            self._show(replace(self._shown, qr=qr))

    def thank(self, child: ChildId) -> None:
        """It is done; dropped for any child but the one in hand."""
        if self._holds(child):
            paid = self._shown.due is not None
            self._show(replace(self._shown, face=Face.THANKS, paid=paid, code=CodeState.NONE))

    def moved_on(self, child: ChildId | None) -> None:
        """The desk looks at another child, or at none: a family not yet thanked goes from the screen."""
        if self._shown.face is Face.SERVING and child != self._child:
            self.clear()

    def clear(self) -> None:
        """Back to the greeting."""
        self._child, self._until = None, None
        if self._shown != Shown():
            self._shown = Shown()
            self._tell()

    def tick(self) -> None:
        """Once a second: what has stood long enough goes, also when the clock was set back."""
        now = self._clock()
        if self._until is not None and not self._until - STAY <= now < self._until:
            self.clear()

    def _holds(self, child: ChildId) -> bool:
        return child == self._child and self._shown.face is Face.SERVING

    def _show(self, shown: Shown) -> None:
        self._until = self._clock() + STAY
        if shown != self._shown:
            self._shown = shown
            self._tell()

    def _tell(self) -> None:
        for told in tuple(self._listeners):
            told()
