"""Roles, sizes and the sheet."""

import re

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.looks import Tone
from app.ui.icons import FOLDER, Icons
from app.ui.rooms import ROOMS
from app.ui.sheet import build_sheet
from app.ui.theme import RESOURCES, SCALES, THEMES, Metrics, Theme, bundled_family, text_family


def luminance(colour):
    def part(value):
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF())


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def theme(qapp):
    theme = Theme()
    yield theme
    theme.apply(QApplication.instance(), "light", 100)


def test_both_themes_name_the_same_roles(theme):
    theme.apply(QApplication.instance(), "light", 100)
    light = set(theme._hex)
    theme.apply(QApplication.instance(), "dark", 100)
    assert set(theme._hex) == light


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read_on_their_ground(theme, name):
    theme.apply(QApplication.instance(), name, 100)
    pairs = [
        ("ink", "bg"),
        ("ink", "surface"),
        ("ink_2", "surface"),
        ("ink_2", "sunken"),
        ("rail_ink", "rail"),
    ]
    for ink, ground in pairs:
        assert contrast(theme.color(ink), theme.color(ground)) >= 4.5, (ink, ground)
    assert contrast(theme.color("brand_ink"), theme.color("brand")) >= 3.9
    for tone in Tone:
        ground, ink = theme.tone(tone)
        assert contrast(ground, ink) >= 4.5, tone


def test_a_class_colour_passes_through_and_an_unknown_role_does_not(theme):
    assert theme.color("#E07A5F").name() == "#e07a5f"
    with pytest.raises(KeyError):
        theme.color("nonsense")


@pytest.mark.parametrize("name", THEMES)
def test_the_sheet_leaves_nothing_unfilled(name):
    template = (RESOURCES / "themes" / "sheet.qss").read_text("utf-8")
    theme = Theme()
    theme._load(name)
    sheet = build_sheet(template, theme._hex, 1.5, RESOURCES / "themes" / name)
    assert not re.search(r"@\w|~", sheet)
    for picture in re.findall(r'url\("([^"]+)"\)', sheet):
        assert (RESOURCES.parent / picture).exists() or __import__("pathlib").Path(picture).exists()


def test_sizes_grow_with_the_font_and_targets_stay_touchable():
    sizes = [Metrics.at(scale / 100) for scale in SCALES]
    assert [m.row for m in sizes] == sorted(m.row for m in sizes)
    assert min(m.control for m in sizes) >= 44


def test_the_bundled_font_is_used_when_asked_for(theme, monkeypatch):
    monkeypatch.setenv("TUODEHAO_FONT", "bundled")
    assert text_family() == bundled_family() != ""
    theme._family = ""
    theme.apply(QApplication.instance(), "light", 100)
    assert QFontInfo(theme.font()).family() == bundled_family()


def test_a_listener_hears_of_a_change_after_it_happened(theme):
    seen = []
    theme.changed.connect(lambda: seen.append((theme.name, theme.metrics.scale)))
    theme.apply(QApplication.instance(), "dark", 150)
    assert seen == [("dark", 1.5)]


def test_icons_take_the_colour_of_their_role_and_every_room_has_one(theme):
    icons = Icons(theme)
    picture = icons.pixmap("check-bold", "brand", 48).toImage()
    inks = {
        picture.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if picture.pixelColor(x, y).alpha() > 250
    }
    assert inks == {theme.color("brand").name()}
    assert all((FOLDER / f"{spec.icon}.svg").exists() for spec in ROOMS)


def test_the_same_look_again_polishes_nothing(qapp):
    """Qt would polish every widget there is; another scale does."""
    theme = Theme()
    theme.apply(qapp, "light", 100)
    label = QLabel("托得好")
    told = []
    label.changeEvent = lambda event: told.append(event.type())
    theme.apply(qapp, "light", 100)
    assert told == []
    theme.apply(qapp, "light", 120)
    assert QEvent.Type.StyleChange in told
    theme.apply(qapp, "light", 100)


def test_the_bundled_font_is_drawn_without_hints_the_systems_own_as_the_system_likes(qapp, monkeypatch):
    """It brings none, and to work them out is a fifteenth of the start; see ``bench``."""
    none = QFont.HintingPreference.PreferNoHinting
    theme = Theme()
    theme.apply(qapp, "light")
    assert theme.font().hintingPreference() is none
    monkeypatch.setattr(theme, "_family", "Microsoft YaHei UI")
    theme._fonts.clear()
    assert theme.font().hintingPreference() is not none
