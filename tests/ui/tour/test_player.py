"""The hands of the tour can do only what a person could, and count what it costs."""

import datetime as dt
import json

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import SurroundingsError
from app.ui.tour.player import Player, TourError

NINE = dt.datetime(2025, 12, 3, 9, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def stage(qtbot, tmp_path, monkeypatch):
    """A small window with a field, a button, a list, and the player in front of it."""
    monkeypatch.setattr("app.ui.tour.player._PATIENCE", 0.3)
    window = QWidget()
    window.resize(400, 300)
    layout = QVBoxLayout(window)
    field, button, rows = QLineEdit(), QPushButton("收下"), QListWidget()
    for widget, name in ((field, "name"), (button, "keep"), (rows, "rows")):
        widget.setObjectName(name)
        layout.addWidget(widget)
    rows.addItems([f"第{number}行" for number in range(50)])
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    player = Player(window, tmp_path, lambda: NINE, lambda: False)
    player.step("试一试")
    return window, player


def child(window, name):
    return window.findChild(QWidget, name)


def test_it_types_chinese_and_digits_into_the_field_it_clicked(stage):
    window, player = stage
    player.fill("name", "朱予晴")
    player.type("0819")
    assert child(window, "name").text() == "朱予晴0819"
    (step,) = player.steps
    assert (step.keystrokes, step.content, step.clicks, step.clock) == (7, 7, 1, "09:10")
    assert 0 < step.redraw_ms < 5000


def test_a_key_reaches_the_windows_shortcuts(stage):
    window, player = stage
    heard = []
    QShortcut(QKeySequence("Ctrl+Return"), window).activated.connect(lambda: heard.append("Ctrl+Return"))
    QShortcut(QKeySequence("F2"), window).activated.connect(lambda: heard.append("F2"))
    player.key("F2")
    player.key("Ctrl+Return")
    assert heard == ["F2", "Ctrl+Return"]
    assert (player.steps[0].keystrokes, player.steps[0].content) == (2, 0)


def test_it_presses_a_button_and_chooses_a_row_out_of_sight(stage):
    window, player = stage
    pressed = []
    child(window, "keep").clicked.connect(lambda: pressed.append(1))
    player.click("keep")
    player.click_row("rows", "第40行")
    assert pressed == [1]
    assert child(window, "rows").currentItem().text() == "第40行"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda window: child(window, "keep").hide(), "not on screen"),
        (lambda window: child(window, "keep").setEnabled(False), "greyed out"),
        (lambda window: cover(window), "covered"),
    ],
)
def test_what_a_person_could_not_press_it_cannot_either(stage, spoil, words, monkeypatch):
    window, player = stage
    monkeypatch.setattr(Player.wait, "__defaults__", (0.5,))  # nobody is patient for what never comes
    spoil(window)
    with pytest.raises(TourError, match=words):
        player.click("keep")


def cover(window):
    sheet = QWidget(window)
    sheet.setObjectName("sheet")
    sheet.setGeometry(window.rect())
    sheet.show()


def test_a_row_that_is_not_there_ends_the_tour(stage):
    with pytest.raises(TourError, match="第99行"):
        stage[1].click_row("rows", "第99行")


def test_a_program_that_never_rests_ends_the_tour(stage, tmp_path):
    player = Player(stage[0], tmp_path, lambda: NINE, lambda: True)
    with pytest.raises(TourError, match="rest"):
        player.settle()


def test_a_widget_that_comes_up_as_a_window_ends_the_tour(stage, qtbot):
    window, player = stage
    stray = QPushButton("没有父亲")
    qtbot.addWidget(stray)
    child(window, "keep").clicked.connect(stray.show)
    with pytest.raises(TourError, match="window of its own"):
        player.click("keep")


def test_pictures_are_numbered_and_every_step_is_written_down(stage, tmp_path):
    _, player = stage
    player.shot("开始")
    player.step("第二步")
    player.shot("第二步")
    player.write(tmp_path / "tour.json")
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["01-开始.png", "02-第二步.png"]
    told = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert [(step["number"], step["what"], step["picture"]) for step in told] == [
        (1, "试一试", "01-开始.png"),
        (2, "第二步", "02-第二步.png"),
    ]


def test_a_picture_that_cannot_be_written_is_the_surroundings_fault(stage, tmp_path):
    _, player = stage
    (tmp_path / ".01-开始.png.part").mkdir()
    with pytest.raises(SurroundingsError, match=r"01-开始\.png"):
        player.shot("开始")
