"""The screens as approved pictures, and the desk in the dark and at 125 and 150 %.

``TUODEHAO_APPROVE=1`` writes the pictures anew: look at every one of them before committing it.

The bundled font is forced and its hinting fixed, so letters fall alike on every machine; another version of
Qt may round an edge otherwise. So a picture is compared as a whole, made four times smaller so that edges
melt away (a changed colour of the ground), and place by place by the pixels that differ visibly (a missing
chip, a digit).
"""

import contextlib
import os
import sqlite3
import tomllib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from app.domain.ids import ChildId
from app.domain.looks import Tone
from app.domain.money import Money
from app.practice import DESK_MOMENT, TOUR_MOMENT, StoryClock
from app.reports import qr
from app.ui.desk import tiles
from app.ui.parent_screen import CodeState, ParentScreen, Served
from app.ui.parent_window import ParentsWindow
from app.ui.theme import RESOURCES, Theme
from tests.conftest import copied
from tests.ui.stage import Gate, Stage

FOLDER = Path(__file__).parent / "screens"
SMALLER = 4
WHOLE = 0.5  # levels of 255 by which pictures may differ on average
TILE = 24  # pixels; about two characters
LEVELS = 48  # a pixel this far from the approved one (of 255) has changed
PLACE = 4  # so many changed pixels of a tile may be another machine's rounding; a digit of small text is 9
LARGEST = 150_000  # bytes of a picture

# Picture: (moment, theme, font size, scene).
PICTURES = {
    "desk": (DESK_MOMENT, "light", 100, "desk-pickup"),
    "desk-dark": (DESK_MOMENT, "dark", 100, "desk-pickup"),
    "desk-125": (DESK_MOMENT, "light", 125, "desk-pickup"),
    "desk-150": (DESK_MOMENT, "light", 150, "desk-pickup"),
    "bookings": (DESK_MOMENT, "light", 100, "bookings"),
    "bookings-dark": (DESK_MOMENT, "dark", 100, "bookings-day"),
    "intake": (TOUR_MOMENT.replace(minute=12), "light", 100, "intake-filled"),
    "classroom": (DESK_MOMENT, "light", 100, "classroom-meal"),
    "roster": (DESK_MOMENT, "light", 100, "classroom"),
    "handover": (DESK_MOMENT, "light", 100, "handover"),
    "shift": (DESK_MOMENT, "light", 100, "handover-shift"),
    "health": (DESK_MOMENT, "light", 100, "health"),
    "curriculum": (DESK_MOMENT, "light", 100, "curriculum"),
    "admissions": (DESK_MOMENT, "light", 100, "admissions"),
    "office": (DESK_MOMENT, "light", 100, "office"),
    "settings-rota": (DESK_MOMENT, "light", 100, "settings-rota"),
    "settings-prices": (DESK_MOMENT, "light", 100, "settings-prices"),
    "records": (DESK_MOMENT, "light", 100, "records"),
    "records-family": (DESK_MOMENT, "light", 100, "records-family"),
    "records-new": (DESK_MOMENT, "light", 100, "records-new"),
    "importing": (DESK_MOMENT, "light", 100, "importing-rows"),
    "rollcall": (DESK_MOMENT, "light", 100, "rollcall-drill"),
    "alarm": (DESK_MOMENT, "light", 100, "desk-alarm"),
}


@pytest.fixture
def stage(qapp, templates, tmp_path):
    """Opens the program at a moment, in a theme, at a font size."""
    opened = []

    def make(moment, theme, scale):
        template = templates(TOUR_MOMENT if moment < DESK_MOMENT else DESK_MOMENT)
        opened.append(Stage(copied(template, tmp_path), StoryClock(moment), theme=theme, scale=scale))
        opened[-1].rest()
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def grab(stage, path):
    """The window as a picture; what is there for a moment only (a notice) is awaited away."""
    stage.settle()
    assert stage.window.grab().save(str(path))
    return Image.open(path).convert("RGB")


def thrifty(picture, theme):
    """The picture in 256 colours: the theme's as they are (a mark may be the only red), and the most used."""
    colours = tomllib.loads((RESOURCES / "themes" / f"{theme}.toml").read_text("utf-8"))["colours"]
    swatches = sorted(set(colours.values()))
    wide, high = picture.size
    card = Image.new("RGB", (wide, high + 2 * len(swatches)))
    card.paste(picture)
    for at, colour in enumerate(swatches):
        card.paste(colour, (0, high + 2 * at, wide, high + 2 * at + 2))
    return card.quantize(256, kmeans=3, dither=Image.Dither.NONE).crop((0, 0, wide, high))


def small(picture):
    return picture.resize((picture.width // SMALLER, picture.height // SMALLER), Image.Resampling.BOX)


def difference(picture, approved):
    """How far apart two pictures are: on average, and by changed pixels in the tile where they are most."""
    if picture.size != approved.size:
        return 255.0, TILE * TILE
    melted = ImageStat.Stat(ImageChops.difference(small(picture), small(approved)))
    red, green, blue = ImageChops.difference(picture, approved).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = most.point(lambda level: 255 if level >= LEVELS else 0)
    across, down = changed.width // TILE + 1, changed.height // TILE + 1
    padded = changed.crop((0, 0, across * TILE, down * TILE))
    tiles = padded.resize((across, down), Image.Resampling.BOX)
    return max(melted.mean), round(tiles.getextrema()[1] / 255 * TILE * TILE)


def same(picture, approved):
    """Whether an eye would call them the same."""
    whole, place = difference(picture, approved)
    return whole <= WHOLE and place <= PLACE


@pytest.mark.parametrize("name", PICTURES)
def test_a_screen_looks_as_approved(name, stage, tmp_path):
    moment, theme, scale, scene = PICTURES[name]
    shown = stage(moment, theme, scale)
    shown.show(scene)
    picture = grab(shown, tmp_path / f"{name}.png")
    approved = FOLDER / f"{name}.png"
    if os.environ.get("TUODEHAO_APPROVE") == "1":
        thrifty(picture, theme).save(approved, optimize=True)
    whole, place = difference(picture, Image.open(approved).convert("RGB"))
    assert whole <= WHOLE, f"{name}.png differs from the approved picture by {whole:.2f} of 255"
    assert place <= PLACE, f"{name}.png differs in one place by {place} pixels"
    assert approved.stat().st_size < LARGEST


# Before anybody has signed in, and the window that faces the parents.
OTHERS = ("welcome", "inside", "parents", "parents-code")


def gate_window(templates, folder, name):
    """The first page of the welcome, or the list of F9 over a centre that nobody has signed in to."""
    kept = name == "inside"
    data = folder
    if kept:
        file = copied(templates(DESK_MOMENT), folder)
        with contextlib.closing(sqlite3.connect(file)) as centre:
            centre.execute("update centre set practice = 0")
            centre.commit()
        data = file.parent
    gate = Gate(data, StoryClock(DESK_MOMENT), kept=kept)
    scenes = gate.scenes()
    next(scenes)
    if kept:
        next(scenes)
    gate.settle()
    return gate.window, gate.close


def parents_window(name):
    """A family that is to pay and whose code was read, or that has paid and can check the receipt."""
    screen, child = ParentScreen(lambda: DESK_MOMENT, "向阳托育中心"), ChildId(1)
    window = ParentsWindow(Theme(), screen)
    window.show()
    screen.serve(Served(child, "朱予晴", "晴晴", "正在办理离园", CodeState.RIGHT, Money(9500)))
    if name == "parents":
        ticket = screen.thank(child, "朱予晴", "晴晴")
        screen.show_paid(ticket, Money(9500), 1)
        screen.show_qr(ticket, qr.bitmap("TDH1.R.2025-000018.K7Q2M9XA4C"))
    return window, window.close


@pytest.mark.parametrize("name", OTHERS)
def test_what_stands_beside_the_rooms_looks_as_approved(name, qapp, templates, tmp_path):
    window, close = parents_window(name) if "parents" in name else gate_window(templates, tmp_path, name)
    path, approved = tmp_path / f"{name}.png", FOLDER / f"{name}.png"
    assert window.grab().save(str(path))
    close()
    picture = Image.open(path).convert("RGB")
    if os.environ.get("TUODEHAO_APPROVE") == "1":
        thrifty(picture, "light").save(approved, optimize=True)
    assert same(picture, Image.open(approved).convert("RGB"))
    assert approved.stat().st_size < LARGEST


def test_no_picture_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.png")} == {*PICTURES, *OTHERS}


def test_another_digit_would_be_noticed(stage, tmp_path):
    """The tolerance is for rounding, not for content."""
    moment, theme, scale, scene = PICTURES["desk"]
    shown = stage(moment, theme, scale)
    shown.show(scene)
    before = grab(shown, tmp_path / "before.png")
    assert same(grab(shown, tmp_path / "again.png"), before)
    told = next(one for one in shown.window.findChildren(QLabel, "desk.day_words") if one.isVisible())
    words = told.text()
    assert "09:12" in words
    told.setText(words.replace("09:12", "09:13"))
    assert not same(grab(shown, tmp_path / "word.png"), before)
    told.setText(words)
    assert same(grab(shown, tmp_path / "back.png"), before)


def test_a_missing_chip_would_be_noticed(stage, tmp_path, monkeypatch):
    """缺 2 人 goes, and nothing else."""
    moment, theme, scale, scene = PICTURES["desk"]
    shown = stage(moment, theme, scale)
    shown.show(scene)
    before = grab(shown, tmp_path / "before.png")
    draw = tiles.draw_chip

    def draw_others(painter, box, chip, ink, **more):
        if chip.tone is not Tone.BAD:
            draw(painter, box, chip, ink, **more)

    monkeypatch.setattr(tiles, "draw_chip", draw_others)
    assert not same(grab(shown, tmp_path / "chip.png"), before)


def test_another_ground_would_be_noticed(stage, tmp_path):
    moment, theme, scale, scene = PICTURES["desk"]
    shown = stage(moment, theme, scale)
    shown.show(scene)
    before = grab(shown, tmp_path / "before.png")
    tinted = before.point(lambda level: max(0, level - 2))
    assert not same(tinted, before)
    assert shown.window.size() == QSize(1366, 768)
