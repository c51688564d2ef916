"""Cards, chips, avatars and marked labels."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.looks import Chip
from app.ui.theme import Theme
from app.ui.widgets.paint import chip_size, paint_avatar, paint_chip


def mark(widget: QWidget, **properties: object) -> None:
    """Set style properties (``kind``, ``role``, ``state``, ``size``) and let the sheet look again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def name_widget(widget: QWidget, object_name: str, spoken: str) -> None:
    """Give a widget its object name and its accessible name."""
    widget.setObjectName(object_name)
    widget.setAccessibleName(spoken)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label. ``role``: muted small label h1 h2 title big huge error warning."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit ends in … and is told by the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if words != self.text() and self.toolTip() != self.text():
            self.setToolTip(self.text())
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), words)
        painter.end()


class Card(QFrame):
    """A white card. ``accent`` (role or ``#RRGGBB``) adds a coloured edge at the left; ``ground`` another
    ground.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        accent: str = "",
        ground: str = "surface",
        border: str = "line",
        radius: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._accent, self._ground, self._border = accent, ground, border
        self._radius = radius
        theme.changed.connect(self.update)

    def set_look(
        self,
        *,
        accent: str | None = None,
        ground: str | None = None,
        border: str | None = None,
        radius: int | None = None,
    ) -> None:
        """Change ground, border, accent or corners."""
        self._accent = self._accent if accent is None else accent
        self._ground = self._ground if ground is None else ground
        self._border = self._border if border is None else border
        self._radius = self._radius if radius is None else radius
        self.update()

    def column(
        self, *, margins: tuple[int, int, int, int] | None = None, spacing: int | None = None
    ) -> QVBoxLayout:
        """Give the card a column layout with the usual margins and return it."""
        m = self._theme.metrics
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(margins or (m.s4 + 4, m.s4, m.s4 + 4, m.s4)))
        layout.setSpacing(m.s2 if spacing is None else spacing)
        return layout

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, edge and accent."""
        theme = self._theme
        radius = theme.metrics.r_l if self._radius is None else self._radius
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 0.5 if self._border else 0.0
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.fillPath(path, theme.color(self._ground))
        if self._accent:
            painter.save()
            painter.setClipPath(path)
            painter.fillRect(QRectF(0, 0, theme.px(6), self.height()), theme.color(self._accent))
            painter.restore()
        if self._border:
            wide = 2.0 if self._border in {"brand", "focus"} else 1.0
            painter.setPen(QPen(theme.color(self._border), wide))
            painter.drawPath(path)
        painter.end()


class ChipLabel(QWidget):
    """A chip on its own."""

    def __init__(self, theme: Theme, chip: Chip | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chip = chip or Chip("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.set_chip(self._chip)

    @property
    def chip(self) -> Chip:
        """What it says."""
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Say something else; an empty chip hides itself."""
        self._chip = chip
        self.setAccessibleName(chip.words)
        if not chip.words:
            self.hide()
        elif self.isHidden() and self.parent() is not None:
            self.show()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return chip_size(self._theme, self._chip).toSize() + QSize(1, 0)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, self._theme, QRectF(self.rect()), self._chip)
        painter.end()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Avatar(QWidget):
    """A letter on a colour. ``side`` in pixels at the normal font."""

    def __init__(
        self,
        theme: Theme,
        letter: str = "",
        colour: str = "accent",
        *,
        side: int = 38,
        square: bool = False,
        ink: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._letter, self._colour = theme, letter, colour
        self._side, self._square, self._ink = side, square, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_letter(self, letter: str, colour: str, ink: str = "") -> None:
        """Show somebody else."""
        self._letter, self._colour, self._ink = letter, colour, ink
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the avatar."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_avatar(
            painter, self._theme, rect, self._letter, self._colour, square=self._square, ink=self._ink
        )
        painter.end()


class Rule(QFrame):
    """A thin line between things; dashed above a sum."""

    def __init__(self, theme: Theme, *, dashed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._dashed = theme, dashed
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        style = Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(self._theme.color("line_strong" if self._dashed else "line"), 1, style))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
