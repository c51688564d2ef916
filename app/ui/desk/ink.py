"""Colours, fonts and sizes the desk paints with, resolved once per theme instead of once per row."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen

from app.domain.looks import Chip, Tone


class Colours(Protocol):
    """What the desk needs of a theme: a colour for a role name."""

    def color(self, role: str) -> QColor:
        """The colour of a role, e.g. ``brand_soft``."""
        ...


@dataclass(frozen=True, slots=True)
class DeskInk:
    """Everything a painted row is made of. Sizes are pixels, derived from the font."""

    surface: QColor
    sunken: QColor
    line: QColor
    line_strong: QColor
    ink: QColor
    ink_2: QColor
    ink_3: QColor
    brand: QColor
    brand_ink: QColor
    brand_soft: QColor
    ok: QColor
    warn: QColor
    bad: QColor
    tones: dict[Tone, tuple[QColor, QColor]]  # ground, ink
    body: QFont
    strong: QFont
    name: QFont
    small: QFont
    big: QFont
    huge: QFont
    unit: float  # 1.0 at a 15-pixel font

    @classmethod
    def of(cls, theme: Colours, font: QFont) -> "DeskInk":
        """Resolve a theme against the application font."""
        colour = theme.color
        return cls(
            **{role: colour(role) for role in _ROLES},
            tones={tone: (colour(ground), colour(ink)) for tone, (ground, ink) in _TONES.items()},
            body=_sized(font, 1.0),
            strong=_sized(font, 1.0, bold=True),
            name=_sized(font, 16 / 15, bold=True),
            small=_sized(font, 13 / 15),
            big=_sized(font, 24 / 15, bold=True),
            huge=_sized(font, 2.0, bold=True),
            unit=max(0.6, QFontInfo(font).pixelSize() / 15),
        )

    def px(self, at_normal: float) -> int:
        """A size given for the normal font, at this font."""
        return round(at_normal * self.unit)


_ROLES = (
    "surface",
    "sunken",
    "line",
    "line_strong",
    "ink",
    "ink_2",
    "ink_3",
    "brand",
    "brand_ink",
    "brand_soft",
    "ok",
    "warn",
    "bad",
)
_TONES = {
    Tone.PLAIN: ("sunken", "ink_2"),
    Tone.OK: ("ok_soft", "ok_ink"),
    Tone.INFO: ("info_soft", "info_ink"),
    Tone.WARN: ("warn_soft", "warn_ink"),
    Tone.BAD: ("bad_soft", "bad_ink"),
}


def _sized(font: QFont, times: float, *, bold: bool = False) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(max(8, round(QFontInfo(font).pixelSize() * times)))
    sized.setBold(bold)
    return sized


def draw_text(painter: QPainter, box: QRectF, words: str, font: QFont, colour: QColor) -> float:
    """Draw one line, elided to its box, centred upright; return the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def draw_avatar(painter: QPainter, box: QRectF, letter: str, ground: QColor, font: QFont) -> None:
    """Draw the round sign of a person: the first character on the class colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(box)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


def chip_width(chip: Chip, ink: DeskInk) -> float:
    """How wide a chip will be drawn; 0 for one without words."""
    if not chip.words:
        return 0.0
    return QFontMetricsF(ink.small).horizontalAdvance(chip.words) + ink.px(18) + _shape_width(chip, ink)


def draw_chip(painter: QPainter, box: QRectF, chip: Chip, ink: DeskInk) -> None:
    """Draw a chip right-aligned in its box: ground, shape and word, so that colour never speaks alone."""
    width = min(chip_width(chip, ink), box.width())
    if width <= 0:
        return
    height = ink.px(24)
    place = QRectF(box.right() - width, box.center().y() - height / 2, width, height)
    ground, pen = ink.tones[chip.tone]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place, height / 2, height / 2)
    _draw_shape(painter, place, chip, ink, pen)
    words = place.adjusted(ink.px(9) + _shape_width(chip, ink), 0, -ink.px(7), 0)
    draw_text(painter, words, chip.words, ink.small, pen)


def _shape_width(chip: Chip, ink: DeskInk) -> float:
    return ink.px(12) if chip.tone in {Tone.WARN, Tone.BAD} else 0.0


def _draw_shape(painter: QPainter, place: QRectF, chip: Chip, ink: DeskInk, pen: QColor) -> None:
    """A dot warns, a bar with a point under it alarms: told apart without seeing red."""
    if not _shape_width(chip, ink):
        return
    left, middle, unit = place.left() + ink.px(9), place.center().y(), ink.unit
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen)
    if chip.tone is Tone.WARN:
        painter.drawEllipse(QRectF(left, middle - 3 * unit, 6 * unit, 6 * unit))
        return
    painter.drawRoundedRect(QRectF(left + 2 * unit, middle - 6 * unit, 3 * unit, 7.5 * unit), 1, 1)
    painter.drawEllipse(QRectF(left + 2 * unit, middle + 3 * unit, 3 * unit, 3 * unit))


def focus_pen(ink: DeskInk) -> QPen:
    """The pen of a focus ring."""
    return QPen(ink.brand, max(1.5, 2 * ink.unit))
