"""The line below the adults: the key that leads to the code, and what is asked only when it is wanted."""

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.desk import proofs
from app.ui.desk.proofs import CodeLine, Proofs, asked_line


@pytest.fixture
def keys(monkeypatch):
    """The keys that are painted, in order."""
    painted = []
    monkeypatch.setattr(
        proofs, "paint_key", lambda _painter, _theme, place, key, **_: painted.append((key, place))
    )
    return painted


@pytest.fixture
def line(qtbot, context):
    around = QWidget()
    qtbot.addWidget(around)
    made = CodeLine(context.theme, "M")
    made.setParent(around)
    made.around = around
    made.setPlaceholderText("接送码")
    made.resize(200, 36)
    return made


def test_an_empty_line_shows_its_key_inside_its_right_edge_and_a_typed_one_its_words(line, keys):
    line.grab()
    ((key, place),) = keys
    assert key == "M"
    assert line.width() / 2 < place.left() < place.right() < line.width()
    line.setText("K7")
    line.grab()
    assert len(keys) == 1


def test_the_key_gives_way_to_the_words_where_both_have_no_room(line, keys):
    line.setPlaceholderText("手机里收到的授权码，四位字母和数字")
    line.grab()
    assert keys == []


def test_whoever_is_in_the_line_needs_no_key_to_it(line, keys, qtbot):
    line.around.show()
    line.around.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    keys.clear()
    line.grab()
    assert keys == []


def test_the_seldom_lines_wait_until_they_are_wanted_and_the_ways_to_release_never_do(qtbot, context):
    made = Proofs(context.theme)
    qtbot.addWidget(made)
    assert all(part.isHidden() for part in (made.belonging, made.later_reason, made.words))
    shown = (made.code, made.identity, made.grant, made.exception)
    assert not any(part.isHidden() for part in shown)
    assert [part.accessibleName() for part in shown] == [
        "凭条上的接送码，按 M",
        "身份证",
        "电话授权，按 P",
        "园长放行，按 X",
    ]
    assert made.exception.text() == "园长放行", "放行 alone would read as if it let her go"


def test_a_line_takes_no_more_than_is_kept(qtbot):
    made = asked_line("pickup.belonging", "记一件随身物品", "水杯", 50)
    qtbot.addWidget(made)
    made.insert("杯" * 10_000)
    assert made.text() == "杯" * 50
