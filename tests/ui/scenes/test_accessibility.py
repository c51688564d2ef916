"""In every scene: what acts can be named, spoken, focused and hit; no word is cut off; no ink is faint.

What is let off stands in the lists below, each with its reason.
"""

import re
import tomllib

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.ui.theme import RESOURCES, THEMES
from tests.ui import hints, walk
from tests.ui.stage import SCENES, SIZE

TOUCH = 44  # pixels
# Lower than a finger wants, and why that is right. Patterns of object names.
LOW = {
    r"desk\.check_in_undo": "a link beside a heading: seldom wanted, and never by mistake",
    r"handover\.(prose|activity|food|sleep|mood|toilet|health|notice)": "grows with its text, in a tall box",
    r"classroom\.form\.sleep": "words that hold the focus for Enter: nothing to hit",
    r"preview\.pages": "shown pages: scrolled, never hit",
}
# Text on ground, by role: everything the style sheet and the painters put together.
INKS = {
    "ink": "bg surface surface_2 sunken hover pressed brand_soft brand_faint warn_soft bad_soft",
    "ink_2": "bg surface surface_2 sunken brand_soft brand_faint",
    "ink_3": "surface surface_2",  # placeholders; greyed-out words, on other grounds, are excused
    "brand_ink": "brand",
    "brand_key_ink": "brand_deep",
    "brand_text": "surface bg brand_faint",
    "ok_ink": "ok_soft surface",
    "warn_ink": "warn_soft surface",
    "bad_ink": "bad_soft surface bg",
    "alarm_ink": "alarm alarm_hover",
    "info_ink": "info_soft surface",
    "rail_ink": "rail",
    "rail_on_ink": "rail_on rail",
    "rail_muted": "rail",
    "accent_ink": "accent practice",
}
# 3:1 is enough for what is large or no text: marks, rings, bars on their ground.
SHAPES = {
    "line_field": "surface surface_2",  # where a field begins and ends
    "focus": "surface bg",
    "ok": "surface",
    "warn": "surface",
    "bad": "surface",
    "info": "surface",
    "brand": "surface bg",
}


def excused(widget, reasons):
    return any(re.fullmatch(pattern, widget.objectName()) for pattern in reasons)


def test_whatever_acts_has_a_name_and_can_be_spoken(scene):
    acting = walk.acting(scene.window)
    assert acting
    assert [walk.name(one) for one in acting if not one.objectName()] == []
    assert [walk.name(one) for one in acting if not one.accessibleName()] == []


def test_nothing_comes_up_as_a_window_of_its_own(scene):
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [scene.window]


def test_names_are_given_once(scene):
    names = [one.objectName() for one in walk.acting(scene.window)]
    assert sorted({one for one in names if names.count(one) > 1}) == []


def test_targets_are_large_enough_for_a_finger(scene):
    low = [one for one in walk.acting(scene.window) if min(one.height(), one.width()) < TOUCH]
    assert [f"{walk.name(one)} {one.width()}x{one.height()}" for one in low if not excused(one, LOW)] == []


def test_no_word_is_cut_off(scene):
    findings = [f"{walk.name(one)}: {words}" for one in scene.visible() if (words := walk.cut(one))]
    assert scene.window.size().toTuple() == SIZE
    assert findings == []


def test_no_grey_words_look_filled_in(scene):
    lines = [one for one in scene.visible() if isinstance(one, QLineEdit | QPlainTextEdit | QTextEdit)]
    found = [f"{walk.name(one)}: {one.placeholderText()}" for one in lines]
    assert [one for one in found if not hints.plain(one.partition(": ")[2])] == []


def test_what_is_required_has_one_star(scene):
    texts = [one.text() for one in scene.visible() if isinstance(one, QLabel)]
    assert [text for text in texts if re.search(r"\*\s+\*", text)] == []


def test_no_word_is_cut_off_in_larger_type(stage):
    stage.wear("light", 150)
    findings = {}
    for name in SCENES:
        stage.show(name)
        for one in stage.visible():
            if words := walk.cut(one):
                findings[f"{walk.name(one)}: {words}"] = name
    assert stage.window.size().toTuple() == SIZE
    assert findings == {}


def test_at_twice_the_size_everything_is_reached(stage):
    """Tab brings each stop into sight, with at least the height of a finger or all of it."""
    stage.wear("light", 200)
    findings = {}
    for name in SCENES:
        stage.show(name)
        for one in walk.stops(stage.window):
            one.setFocus()
            walk.bring(one)
            seen = walk.shown_part(one)
            if seen.height() < min(one.height(), TOUCH) or seen.width() < min(one.width(), TOUCH):
                findings[walk.name(one)] = f"{name}: {seen.width()}x{seen.height()}"
    assert stage.window.size().toTuple() == SIZE
    assert findings == {}


# -- before the rooms open ------------------------------------------------------------------------------


def test_before_the_rooms_open_what_acts_is_named_spoken_and_large_enough(gate):
    shown, findings = gate(100), {}
    for name in shown.scenes():
        acting = walk.acting(shown.window)
        assert acting, name
        names = [one.objectName() for one in acting]
        for one in acting:
            if not one.objectName() or not one.accessibleName() or names.count(one.objectName()) > 1:
                findings[walk.name(one)] = f"{name}: no name of its own"
            if min(one.height(), one.width()) < TOUCH:
                findings[walk.name(one)] = f"{name}: {one.width()}x{one.height()}"
    assert findings == {}


@pytest.mark.parametrize("scale", [100, 150])
def test_before_the_rooms_open_no_word_is_cut_off(gate, scale):
    shown, findings = gate(scale), {}
    for name in shown.scenes():
        for one in shown.window.findChildren(QWidget):
            if one.isVisible() and (words := walk.cut(one)):
                findings[f"{walk.name(one)}: {words}"] = name
    assert shown.window.size().toTuple() == SIZE
    assert findings == {}


def test_before_the_rooms_open_everything_is_reached_at_twice_the_size(gate):
    shown, findings = gate(200), {}
    for name in shown.scenes():
        for one in walk.stops(shown.window):
            one.setFocus()
            walk.bring(one)
            seen = walk.shown_part(one)
            if seen.height() < min(one.height(), TOUCH) or seen.width() < min(one.width(), TOUCH):
                findings[walk.name(one)] = f"{name}: {seen.width()}x{seen.height()}"
    assert shown.window.size().toTuple() == SIZE
    assert findings == {}


# -- colours ----------------------------------------------------------------------------------------------


def colours(theme):
    return tomllib.loads((RESOURCES / "themes" / f"{theme}.toml").read_text("utf-8"))["colours"]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The ratio of WCAG 2.1, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(theme, pairs, least):
    roles = colours(theme)
    ratios = {
        f"{ink} on {ground}": round(contrast(roles[ink], roles[ground]), 2)
        for ink, grounds in pairs.items()
        for ground in grounds.split()
    }
    assert ratios
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


def test_contrast_is_measured_as_the_standard_does():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_their_ground(theme):
    assert faint(theme, INKS, 4.5) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_shapes_stand_out_from_their_ground(theme):
    assert faint(theme, SHAPES, 3) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_pairs_no_faint_ink(theme):
    """Each rule that sets both colour and ground, save those for what is greyed out."""
    sheet = (RESOURCES / "themes" / "sheet.qss").read_text("utf-8")
    roles, faint_rules, seen = colours(theme), {}, 0
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        ink = re.search(r"(?<![-\w])color: @(\w+)", body)
        ground = re.search(r"(?<![-\w])background: @(\w+)", body)
        if ink is None or ground is None or ":disabled" in selector:
            continue
        seen += 1
        ratio = contrast(roles[ink[1]], roles[ground[1]])
        if ratio < 4.5:
            faint_rules[selector.strip()] = round(ratio, 2)
    assert seen > 5
    assert faint_rules == {}
