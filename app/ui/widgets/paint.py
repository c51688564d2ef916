"""Painting shared by widgets and item delegates: chips, avatars, bars."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.looks import NO_CLASS, Chip, Tone
from app.ui.theme import Theme

_DARK, _DARKEST = 0.1, 0.03  # how light a dark ink is, of 1
_LEGIBLE = 4.0  # contrast with the ground


def chip_size(theme: Theme, chip: Chip) -> QSizeF:
    """How much room a chip needs."""
    width = QFontMetricsF(theme.font("small")).horizontalAdvance(chip.words)
    return QSizeF(width + theme.px(18) + _mark_width(theme, chip.tone), theme.metrics.chip)


def paint_chip(painter: QPainter, theme: Theme, rect: QRectF, chip: Chip, *, halo: bool = False) -> None:
    """A state in word, shape and colour. The words are elided if the rectangle is too narrow.

    A ``halo`` sets it off from the ground of a chosen row, which is as soft as the chip's own.
    """
    ground, ink = theme.tone(chip.tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if halo:
        around = rect.adjusted(-2, -2, 2, 2)
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    pad = theme.px(9)
    mark = _mark_width(theme, chip.tone)
    if mark:
        side = theme.px(9)
        paint_mark(painter, QRectF(rect.x() + pad, rect.center().y() - side / 2, side, side), chip.tone, ink)
    painter.setFont(theme.font("small"))
    painter.setPen(ink)
    room = QRectF(rect.x() + pad + mark, rect.y(), rect.width() - 2 * pad - mark + 1, rect.height())
    words = QFontMetricsF(painter.font()).elidedText(
        chip.words, Qt.TextElideMode.ElideRight, room.width() + 1
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.restore()


def paint_choice(painter: QPainter, theme: Theme, box: QRectF, *, on: bool, edge: float = 2) -> None:
    """The ground of a card in a list of cards; the chosen one has a brand ``edge`` of so many pixels."""
    painter.setPen(QPen(theme.color("brand" if on else "line"), edge if on else 1))
    painter.setBrush(theme.color("brand_faint" if on else "surface"))
    painter.drawRoundedRect(box, 10, 10)


def paint_mark(painter: QPainter, rect: QRectF, tone: Tone, colour: QColor) -> None:
    """The shape of a tone: a tick, a dot, a triangle, a diamond; nothing for a plain state."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    if tone is Tone.OK:
        pen = QPen(colour, max(1.6, w * 0.2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = [QPointF(x, y + h * 0.55), QPointF(x + w * 0.36, y + h * 0.88), QPointF(x + w, y + h * 0.18)]
        painter.drawPolyline(QPolygonF(tick))
    elif tone is Tone.INFO:
        painter.drawEllipse(rect.adjusted(w * 0.14, h * 0.14, -w * 0.14, -h * 0.14))
    elif tone is Tone.WARN:
        painter.drawPolygon(
            QPolygonF([QPointF(x + w / 2, y), QPointF(x + w, y + h * 0.92), QPointF(x, y + h * 0.92)])
        )
    elif tone is Tone.BAD:
        centre = rect.center()
        points = [
            QPointF(centre.x(), y - 0.5),
            QPointF(x + w + 0.5, centre.y()),
            QPointF(centre.x(), y + h + 0.5),
            QPointF(x - 0.5, centre.y()),
        ]
        painter.drawPolygon(QPolygonF(points))


def ink_on(ground: QColor) -> QColor:
    """White, or the ground's own hue gone dark: whichever is read more easily on it; never below 4 : 1."""
    hue, saturation = max(ground.hslHueF(), 0.0), min(ground.hslSaturationF(), 0.5)
    shade = luminance(ground) + 0.05
    white = 1.05 / shade
    dark = QColor.fromHslF(hue, saturation, _DARK)
    if max(white, shade / (luminance(dark) + 0.05)) < _LEGIBLE:
        dark = QColor.fromHslF(hue, saturation, _DARKEST)
    return dark if shade / (luminance(dark) + 0.05) > white else QColor("white")


def luminance(colour: QColor) -> float:
    """How bright the eye takes a colour to be, 0 to 1 (WCAG's relative luminance)."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def paint_avatar(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    letter: str,
    colour: str,
    *,
    square: bool = False,
    ink: str = "",
) -> None:
    """A child's first character on the class colour; a circle, or a rounded square."""
    colour = colour or NO_CLASS  # a sign in grey, not an error while drawing
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(colour))
    if square:
        painter.drawRoundedRect(rect, theme.px(12), theme.px(12))
    else:
        painter.drawEllipse(rect)
    font = theme.font("body", bold=True)
    font.setPixelSize(max(10, round(rect.height() * 0.44)))
    painter.setFont(font)
    painter.setPen(theme.color(ink) if ink else ink_on(theme.color(colour)))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


def paint_bar(
    painter: QPainter, theme: Theme, rect: QRectF, share: float, colour: str, ground: str = "sunken"
) -> None:
    """A thin bar filled to ``share`` (0-1)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(rect, radius, radius)
    filled = rect.width() * min(1.0, max(0.0, share))
    if filled > 0:
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.setClipPath(path)
        painter.setBrush(theme.color(colour))
        painter.drawRect(QRectF(rect.x(), rect.y(), filled, rect.height()))
    painter.restore()


def paint_key(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    key: str,
    *,
    on_brand: bool,
    enabled: bool = True,
    on_alarm: bool = False,
) -> None:
    """A key cap: the key that does the same as the button it stands on."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.font("small", bold=on_brand)
    font.setPixelSize(theme.px(12))
    painter.setFont(font)
    if on_brand and enabled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("alarm_hover" if on_alarm else "brand_deep"))
        ink = theme.color("alarm_ink" if on_alarm else "brand_key_ink")
    else:
        painter.setPen(QPen(theme.color("line_strong"), 1))
        painter.setBrush(theme.color("surface"))
        ink = theme.color("ink_2" if enabled else "ink_3")
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


def key_size(theme: Theme, key: str) -> QSizeF:
    """How much room a key cap needs."""
    font = theme.font("small", bold=True)
    font.setPixelSize(theme.px(12))
    metrics = QFontMetricsF(font)
    return QSizeF(max(theme.px(22), metrics.horizontalAdvance(key) + theme.px(12)), theme.px(20))


def _mark_width(theme: Theme, tone: Tone) -> float:
    return 0.0 if tone is Tone.PLAIN else theme.px(13)
