"""Each face of the screen that faces the parents is drawn, and of one family nothing is left for the next."""

import datetime as dt
import itertools

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from app.domain.ids import ChildId
from app.domain.money import Money
from app.reports import qr
from app.ui.parent_screen import CodeState, ParentScreen, Served
from app.ui.parent_window import ParentsWindow
from app.ui.theme import Theme

NOON = dt.datetime(2025, 12, 3, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
FAMILIES = {ChildId(1): ("朱予晴", "晴晴", Money.yuan(95)), ChildId(2): ("张沐阳", "阳阳", Money.yuan(80))}
SEALS = {
    child: qr.bitmap(text)
    for child, text in zip(
        FAMILIES, ("TDH1.R.2025-000018.K7Q2M9XA4C", "TDH1.R.2025-000019.A4CK7Q2M9X"), strict=True
    )
}
MINE, HERS = FAMILIES


@pytest.fixture
def screen():
    return ParentScreen(lambda: NOON, "向阳托育中心")


@pytest.fixture
def window(qtbot, qapp, screen):
    made = ParentsWindow(Theme(), screen)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    return made


def take(screen, child, **more):
    name, nickname, _ = FAMILIES[child]
    screen.serve(Served(child, name, nickname, "正在办理离园", **more))


def owe(screen, child):
    take(screen, child, due=FAMILIES[child][2])


def thank(screen, child):
    return screen.thank(child, *FAMILIES[child][:2])


def pay(screen, child, receipts=1):
    screen.show_paid(thank(screen, child), FAMILIES[child][2], receipts)


def seal(screen, child):
    screen.show_qr(thank(screen, child), SEALS[child])


FACES = {
    "greeting": lambda screen: screen.clear(),
    "taken": lambda screen: take(screen, MINE),
    **{
        f"code {state}": lambda screen, state=state: take(screen, MINE, code=state)
        for state in CodeState
        if state is not CodeState.NONE
    },
    "amount": lambda screen: owe(screen, MINE),
    "put off": lambda screen: take(screen, MINE, put_off=FAMILIES[MINE][2]),
    "thanks": lambda screen: thank(screen, MINE),
    "paid": lambda screen: pay(screen, MINE),
    "paid by several": lambda screen: pay(screen, MINE, 2),
    "code to scan": lambda screen: seal(screen, MINE),
}


def picture(window):
    return window.grab().toImage()


def difference(one, other):
    """Where two pictures differ and by how much at most, 0 to 255; empty where they do not."""
    if one == other:
        return ""
    marks = QRegion()
    most = 0
    for y in range(one.height()):
        for x in range(one.width()):
            was, now = one.pixelColor(x, y), other.pixelColor(x, y)
            if was != now:
                marks += QRect(x, y, 1, 1)
                pairs = zip(was.getRgb(), now.getRgb(), strict=True)
                most = max(most, *(abs(before - after) for before, after in pairs))
    return f"{marks.boundingRect().getRect()} by up to {most}"


def test_each_face_is_drawn_unlike_every_other_and_spoken(window, screen):
    drawn, spoken = {}, {}
    for name, show in FACES.items():
        screen.clear()
        show(screen)
        drawn[name], spoken[name] = picture(window), window.accessibleName()
        assert spoken[name] == "，".join(window.words())
    for one, other in itertools.combinations(FACES, 2):
        assert drawn[one] != drawn[other], (one, other)
        assert spoken[one] != spoken[other], (one, other)


@pytest.mark.parametrize("name", FACES)
def test_of_the_last_family_nothing_is_left_on_the_glass(window, screen, name):
    """Pixel for pixel as if nobody had been there."""
    greeting = picture(window)
    FACES[name](screen)
    picture(window)
    screen.clear()
    assert difference(picture(window), greeting) == ""
    take(screen, HERS)
    fresh = picture(window)
    screen.clear()
    FACES[name](screen)
    take(screen, HERS)
    assert difference(picture(window), fresh) == ""


def test_what_arrives_late_for_a_child_closed_or_changed_quickly_is_never_seen(window, screen):
    """Every order in which two children are served, thanked, looked at, put away and answered late."""
    other = {MINE: HERS, HERS: MINE}
    seen, tickets = [], {}
    screen.listen(lambda: seen.append(" ".join(window.words())))

    def told(screen, child):
        tickets[child] = thank(screen, child)

    def late(screen, child):
        screen.show_paid(tickets.get(child, 0), FAMILIES[child][2], 1)
        screen.show_qr(tickets.get(child, 0), SEALS[child])

    acts = [
        *((act, child) for act in (take, owe, told, late) for child in FAMILIES),
        *((lambda screen, child: screen.look_at(child), child) for child in FAMILIES),
        (lambda screen, _: screen.clear(), MINE),
    ]
    for order in itertools.product(acts, repeat=3):
        screen.clear()
        tickets.clear()
        held = None
        for act, child in order:
            before = len(seen)
            act(screen, child)
            held = child if act in {take, owe, told} else held
            for words in seen[before:]:
                _, nickname, due = FAMILIES[other[held]] if held is not None else ("", "晴晴", Money.yuan(95))
                assert nickname not in words
                assert due.yuan_words not in words
        if held is not None and screen.shown.qr:
            assert screen.shown.qr == SEALS[held]
    assert seen


def test_closed_it_keeps_nothing_and_comes_up_with_the_greeting(window, screen):
    greeting = picture(window)
    owe(screen, MINE)
    window.close()
    window.show()
    assert difference(picture(window), greeting) == ""
