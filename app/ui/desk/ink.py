"""Colours, fonts and sizes the desk paints with, resolved once per theme instead of once per row."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.paint import chip_size, paint_chip


@record
class DeskInk:
    """Everything a painted row is made of. Sizes are pixels, derived from the font."""

    theme: Theme
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
    brand_faint: QColor
    rail: QColor
    rail_on_ink: QColor
    rail_muted: QColor
    bad_line: QColor
    ok: QColor
    warn: QColor
    bad: QColor
    tones: dict[Tone, tuple[QColor, QColor]]  # ground, ink
    body: QFont
    strong: QFont
    name: QFont
    small: QFont
    title: QFont
    big: QFont
    huge: QFont
    unit: float  # 1.0 at a 15-pixel font

    @classmethod
    def of(cls, theme: Theme) -> "DeskInk":
        """Resolve the live theme; call again when it has changed."""
        return cls(
            theme=theme,
            **{role: theme.color(role) for role in _ROLES},
            tones={tone: theme.tone(tone) for tone in Tone},
            body=theme.font(),
            strong=theme.font(bold=True),
            name=theme.font("name", bold=True),
            small=theme.font("small"),
            title=theme.font("title", bold=True),
            big=theme.font("big", bold=True, tabular=True),
            huge=theme.font("huge", bold=True, tabular=True),
            unit=theme.metrics.scale,
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
    "brand_faint",
    "rail",
    "rail_on_ink",
    "rail_muted",
    "bad_line",
    "ok",
    "warn",
    "bad",
)


def draw_text(painter: QPainter, box: QRectF, words: str, font: QFont, colour: QColor) -> float:
    """Draw one line, elided to its box, centred upright; return the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def text_width(words: str, font: QFont) -> float:
    """How wide a line will be."""
    return QFontMetricsF(font).horizontalAdvance(words)


def chip_width(chip: Chip, ink: DeskInk) -> float:
    """How wide a chip will be drawn; 0 for one without words."""
    return chip_size(ink.theme, chip).width() if chip.words else 0.0


def draw_chip(painter: QPainter, box: QRectF, chip: Chip, ink: DeskInk, *, halo: bool = False) -> None:
    """Draw a chip right-aligned and centred upright in its box; elided where the box is too narrow.

    A ``halo`` sets it off from the ground of a chosen row, which is as soft as the chip's own.
    """
    width = min(chip_width(chip, ink), box.width())
    if width > 0:
        height = ink.theme.metrics.chip
        place = QRectF(box.right() - width, box.center().y() - height / 2, width, height)
        paint_chip(painter, ink.theme, place, chip, halo=halo)


def focus_pen(ink: DeskInk) -> QPen:
    """The pen of a focus ring."""
    return QPen(ink.brand, max(1.5, 2 * ink.unit))
