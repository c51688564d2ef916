"""Icons: Material Design Icons (SVG) from ``resources/icons``, recoloured by theme role and cached."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from app.ui.theme import RESOURCES, Theme

FOLDER = RESOURCES / "icons"


@lru_cache(maxsize=256)
def _source(path: Path) -> bytes:
    return path.read_bytes()


class Icons(QObject):
    """Hands out icons in the colours of the live theme."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        theme.changed.connect(self._on_theme_changed)

    def pixmap(self, name: str, role: str = "ink", size: int = 0, ratio: float = 1.0) -> QPixmap:
        """An icon as a pixmap. ``role`` is a theme role or ``#RRGGBB``; ``size`` in pixels, 0 = the usual
        size.
        """
        side = size or self._theme.metrics.icon
        key = (name, role, side, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._render(name, self._theme.color(role), side, ratio)
        return found

    def icon(self, name: str, role: str = "ink", size: int = 0) -> QIcon:
        """An icon for a button or an action; greyed when disabled."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, role, size, ratio))
            icon.addPixmap(self.pixmap(name, "ink_3", size, ratio), QIcon.Mode.Disabled)
        return icon

    def paint(self, painter: QPainter, rect: QRectF, name: str, role: str = "ink") -> None:
        """Paint into a rectangle (delegates). The icon is square and centred."""
        side = round(min(rect.width(), rect.height()))
        ratio = painter.device().devicePixelRatio()
        place = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
        pixmap = self.pixmap(name, role, side, ratio)
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))

    @staticmethod
    def _render(name: str, colour: QColor, side: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        fill = f'<path fill="{colour.name()}" '.encode()
        pixmap = QPixmap(QSize(side, side) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(_source(FOLDER / f"{name}.svg").replace(b"<path ", fill))).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    @Slot()
    def _on_theme_changed(self) -> None:
        self._pixmaps.clear()
