"""What the screen that faces the parents may know: a view model that only the child in hand can reach.

Nothing is asked of any service. The desk says after everything it does how it stands with the family at the
door, all at once, and this is then all that can be read (domain §5.2: it must not show other families' data).
Thanks stand for a while, until the desk turns to somebody else; what is learnt of them later, as the
receipts, comes with the ticket of these thanks or is dropped. Of the child herself it holds her nickname, or
one character of her given name.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from app.domain.ids import ChildId
from app.domain.money import Money
from app.domain.names import given_name
from app.domain.record import record

STAY = dt.timedelta(seconds=45)  # how long thanks stand when nobody turns to somebody else
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
class Served:
    """How the desk stands with one family: everything of them that may be read."""

    child: ChildId
    name: str
    nickname: str
    act: str  # 正在办理离园
    code: CodeState = CodeState.NONE
    due: Money = Money(0)
    put_off: Money = Money(0)  # to be paid another day


@record
class Shown:
    """All that can stand on the screen. ``qr`` is a picture (PBM), not a text."""

    face: Face = Face.GREETING
    called: str = ""
    act: str = ""
    code: CodeState = CodeState.NONE
    due: Money = Money(0)
    put_off: Money = Money(0)
    paid: Money = Money(0)  # by the receipts given, and by nothing else
    receipts: int = 0
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
        self._until: dt.datetime | None = None  # only thanks end by themselves
        self._ticket = 0
        self._listeners: list[Callable[[], None]] = []

    @property
    def shown(self) -> Shown:
        """What stands on the screen now."""
        return self._shown

    @property
    def child(self) -> ChildId | None:
        """Whose family it is."""
        return self._child

    @property
    def greeting(self) -> str:
        """早上好 … by the clock."""
        return greeting(self._clock())

    def listen(self, told: Callable[[], None]) -> None:
        """Call this after every change."""
        self._listeners.append(told)

    def serve(self, served: Served) -> None:
        """This family is being served, and so it stands with them: whatever was there goes."""
        self._child, self._until = served.child, None
        self._show(
            Shown(
                Face.SERVING, called_of(served.name, served.nickname), served.act, served.code, served.due,
                served.put_off,
            )
        )  # fmt: skip

    def look_at(self, child: ChildId | None) -> None:
        """Nobody is being served; the desk looks at this child, or at none.

        Thanks stand on while it is the same child, or none. Everything else goes.
        """
        if self._shown.face is not Face.THANKS or child not in {None, self._child}:
            self.clear()

    def thank(self, child: ChildId, name: str, nickname: str) -> int:
        """It is done. Returns the ticket with which more may be told of these thanks."""
        self._child, self._until = child, self._clock() + STAY
        self._ticket += 1
        self._show(Shown(Face.THANKS, called_of(name, nickname)))
        return self._ticket

    def show_paid(self, ticket: int, paid: Money, receipts: int) -> None:
        """What was paid, by so many receipts; dropped once the thanks have gone."""
        if self._stands(ticket):
            self._show(replace(self._shown, paid=paid, receipts=receipts))

    def show_qr(self, ticket: int, qr: bytes) -> None:
        """The picture of the receipt's or the slip's code; dropped once the thanks have gone."""
        if self._stands(ticket):
            self._until = self._clock() + STAY
            self._show(replace(self._shown, qr=qr))

    def clear(self) -> None:
        """Back to the greeting."""
        self._child, self._until = None, None
        self._show(Shown())

    def tick(self) -> None:
        """Once a second: thanks that have stood long enough go, also when the clock was set back."""
        now = self._clock()
        if self._until is not None and not self._until - STAY <= now < self._until:
            self.clear()

    def _stands(self, ticket: int) -> bool:
        return ticket == self._ticket and self._shown.face is Face.THANKS

    def _show(self, shown: Shown) -> None:
        if shown != self._shown:
            self._shown = shown
            for told in tuple(self._listeners):
                told()
