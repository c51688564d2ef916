"""The band of a call: its words stay clear of the buttons."""

import datetime as dt

import pytest

from app.ui.rollcall.band import Band
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton


@pytest.fixture
def band(qtbot, monkeypatch):
    theme = Theme()
    made = Band(theme, lambda: dt.datetime(2025, 12, 3, 13, 52, tzinfo=dt.UTC))
    monkeypatch.setattr(made, "words", lambda: ("真实 · 火灾", "3 分 20 秒", "还差 75"))
    for words, key in (("结束点名", "Ctrl+Return"), ("名单", "F5")):
        made.row.addWidget(KeyButton(theme, words, key, bind=False))
    qtbot.addWidget(made)
    made.show()
    return made


def _held(band, lean):
    buttons = band.findChildren(KeyButton)
    return sum(one.width_at(lean) + band.row.spacing() for one in buttons) + band._theme.px(54)


def _leans(band):
    return [one._lean for one in band.findChildren(KeyButton)]


def test_with_room_the_words_are_large_and_the_buttons_show_their_keys(band):
    band.resize(round(band._need() + _held(band, 0)) + 1, 74)
    assert (band._shrunk, _leans(band)) == (1.0, [0, 0])


def test_before_the_words_become_small_the_buttons_give_up_their_keys(band):
    band.resize(round(band._need() * 0.7 + _held(band, 0)), 74)
    assert _leans(band) == [1, 1]
    assert 0.7 < band._shrunk <= 1.0
    assert band._need() * band._shrunk + _held(band, 1) <= band.width() + 1


def test_then_the_words_shrink_and_grow_again_with_the_window(band):
    band.resize(round(band._need() * 0.6 + _held(band, 1)), 74)
    assert band._shrunk == pytest.approx(0.6, abs=0.02)
    band.resize(round(band._need() + _held(band, 0)) + 1, 74)
    assert (band._shrunk, _leans(band)) == (1.0, [0, 0])
