"""Painted rows and tiles: what is due and how a class stands is never cut off, at any size."""

import dataclasses

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QListView

from app.domain.looks import Chip, Tone
from app.ui.desk import delegates, tiles
from app.ui.desk.delegates import ChildRowDelegate, brief_mode, fitting_line
from app.ui.desk.ink import DeskInk, chip_width, text_width
from app.ui.desk.tiles import ClassStrip, Telling
from tests.ui.desk import data
from tests.ui.support import make_context


@pytest.fixture
def theme(qtbot):
    theme = make_context(qtbot, None).theme
    yield theme
    theme.apply(QApplication.instance(), "light", 100)


def ink_at(theme, scale):
    theme.apply(QApplication.instance(), "light", scale)
    return DeskInk.of(theme)


@pytest.mark.parametrize("scale", [100, 110, 125, 150, 200])
@pytest.mark.parametrize("width", [216, 240, 264, 320])
@pytest.mark.parametrize("name", ["周乐瑶", "阿卜杜热合曼"])
def test_neither_the_chip_nor_the_name_of_a_row_is_ever_shortened(
    qtbot, theme, monkeypatch, scale, width, name
):
    ink = ink_at(theme, scale)
    view = QListView()
    qtbot.addWidget(view)
    drawn, written = [], []
    monkeypatch.setattr(delegates, "draw_chip", lambda _p, box, chip, _ink, **_k: drawn.append((box, chip)))

    def write(_painter, box, words, font, _colour):
        written.append((box, words, text_width(words, font)))
        return min(box.width(), text_width(words, font))

    monkeypatch.setattr(delegates, "draw_text", write)
    row = dataclasses.replace(data.LEYAO, name=name, chip=Chip("未到 5 小时", Tone.WARN))
    ChildRowDelegate(ink, view)._picture(
        row, row.chip, delegates.Told(False, False, False), QSize(ink.px(width), ink.px(57)), 1.0
    )
    ((box, chip),) = drawn
    assert box.width() >= chip_width(chip, ink)
    place, words, wide = written[0]
    assert (words, wide <= place.width()) == (name, True)
    for place, _words, wide in written:
        clear = place.left() + min(wide, place.width()) <= box.right() - chip_width(chip, ink)
        assert clear or not place.intersects(QRectF(box.left(), box.center().y() - 4, box.width(), 8))


def test_the_age_goes_first_of_the_second_line_and_the_class_never(theme):
    ink = ink_at(theme, 100)
    whole = fitting_line(data.LATE, 1000, ink)
    assert whole == "10个月 · 小星星 · 半日托（上午）"
    for shorter in ("小星星 · 半日托（上午）", "小星星 · 半日上午", "小星星"):
        whole = fitting_line(data.LATE, text_width(whole, ink.small) - 1, ink)
        assert whole == shorter
    assert fitting_line(data.LATE, 20, ink) == ""
    gone = fitting_line(data.GONE, 1000, ink)
    assert (brief_mode("全日临时托"), brief_mode("计时托")) == ("全日临时", "计时")
    assert gone.endswith("接走")
    assert fitting_line(data.GONE, text_width(gone, ink.small) - 1, ink) == gone.split(" · ", 1)[1]


@pytest.mark.parametrize(
    ("scale", "width", "telling"),
    [
        (100, 1220, Telling.WHOLE),
        (100, 1040, Telling.BRIEF),
        (125, 1202, Telling.BRIEF),
        (150, 1186, Telling.VERDICT),
        (200, 1130, Telling.STACKED),
    ],
)
def test_each_tile_says_its_verdict_in_words_and_all_say_equally_much(
    qtbot, theme, monkeypatch, scale, width, telling
):
    strip = ClassStrip(ink_at(theme, scale))
    qtbot.addWidget(strip)
    strip.set_short(scale >= 125)
    strip.show_board(data.BOARD)
    strip.resize(width, strip.sizeHint().height())
    strip.show()
    assert {tile._telling for tile in strip._tiles} == {telling}
    said = []
    draw_chip, draw_text = tiles.draw_chip, tiles.draw_text

    def chip(painter, box, chip, ink, **more):
        said.append((chip.words, box.width() >= chip_width(chip, ink)))
        draw_chip(painter, box, chip, ink, **more)

    def text(painter, box, words, font, colour):
        said.append((words, text_width(words, font) <= box.width() + 1))
        return draw_text(painter, box, words, font, colour)

    monkeypatch.setattr(tiles, "draw_chip", chip)
    monkeypatch.setattr(tiles, "draw_text", text)
    for tile in strip._tiles:
        said.clear()
        picture = QPixmap(tile.size())
        painter = QPainter(picture)
        painter.end()
        tile.grab()
        assert (tile.tile.verdict.words, True) in said
        assert [words for words, whole in said if not whole] == []


def test_in_several_lines_the_tiles_stay_flat(qtbot, theme):
    """A large centre in large type: the name gives way, and nothing is painted over anything."""
    strip = ClassStrip(ink_at(theme, 200))
    qtbot.addWidget(strip)
    strip.set_short(True)
    classes = tuple(
        dataclasses.replace(data.BOARD.classes[0], id=number, name=f"向日葵{number}班")
        for number in range(14)
    )
    strip.show_board(dataclasses.replace(data.BOARD, classes=classes))
    strip.resize(1130, 400)
    strip.show()
    assert {tile._telling for tile in strip._tiles} <= {Telling.BRIEF, Telling.VERDICT}
