"""The strip of classes above a room: one tab each, lit in the class's own colour, with its heads."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.ids import ClassId
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.paint import ink_on


@record
class TabFace:
    """What one tab shows. ``class_id`` None stands for all classes."""

    class_id: ClassId | None
    name: str
    colour: str  # #RRGGBB or a role
    heads: str = ""  # 18, or 5/18


class _Tab(QPushButton):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.face = TabFace(None, "", "brand")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_face(self, face: TabFace) -> None:
        self.face = face
        self.setText(f"{face.name} {face.heads}".strip())
        self.setAccessibleName(f"班级 {self.text()}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._around(32)

    def minimumSizeHint(self) -> QSize:
        return self._around(14)  # narrower in large type, and never through a word

    def _around(self, air: int) -> QSize:
        font = self._theme.font("body", bold=True, tabular=True)
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        return QSize(round(width) + self._theme.px(air), max(44, self._theme.px(40)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour = theme.color(self.face.colour)
        ground = colour if on else theme.color("hover" if self.underMouse() else "surface")
        painter.setPen(QPen(colour if on else theme.color("line"), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, theme.metrics.r_m, theme.metrics.r_m)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("ink" if on else "focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, theme.metrics.r_m, theme.metrics.r_m)
        painter.setFont(theme.font("body", bold=True, tabular=True))
        painter.setPen(ink_on(colour) if on else theme.color("ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class ClassTabs(QWidget):
    """Tabs of classes. ``Ctrl+1`` … ``Ctrl+9`` go to a class by its place, ``Ctrl+0`` to all of them,
    ``Ctrl+PgUp`` and ``Ctrl+PgDn`` to the one beside. Without ``digits`` the room means something else by
    ``Ctrl+1`` … ``Ctrl+9``.
    """

    chosen = Signal(object)  # ClassId or None

    def __init__(
        self, theme: Theme, object_name: str, parent: QWidget | None = None, *, digits: bool = True
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: list[_Tab] = []
        name_widget(self, object_name, "班级")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.metrics.s3)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for place in range(1, 10) if digits else ():
            self._bind(f"Ctrl+{place}", place)
        self._bind("Ctrl+0", 0)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self._on_step(step))
        theme.changed.connect(self._on_theme_changed)

    def show_faces(self, faces: Sequence[TabFace], on: ClassId | None) -> None:
        """Show these tabs, with one lit. The widgets stay while their number stays."""
        while len(self._tabs) > len(faces):
            tab = self._tabs.pop()
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        while len(self._tabs) < len(faces):
            tab = _Tab(self._theme, self)
            tab.clicked.connect(self._on_tab_clicked)
            self._tabs.append(tab)
            self._row.addWidget(tab)
        place = 0
        for tab, face in zip(self._tabs, faces, strict=True):
            place += face.class_id is not None
            tab.setObjectName(f"{self.objectName()}.{place if face.class_id is not None else 0}")
            tab.show_face(face)
        self._light(on)

    def class_id(self) -> ClassId | None:
        """The class that is lit; None for all, or before there are tabs."""
        return next((tab.face.class_id for tab in self._tabs if tab.isChecked()), None)

    def take_focus(self) -> None:
        """Give the focus to the lit tab: where a room has nothing else to give it to."""
        for tab in self._tabs:
            if tab.isChecked():
                tab.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted_width(self) -> int:
        """How wide the tabs are together, without waiting for a layout to settle."""
        return sum(tab.sizeHint().width() + self._row.spacing() for tab in self._tabs)

    def _light(self, on: ClassId | None) -> None:
        for tab in self._tabs:
            if tab.face.class_id == on:
                tab.setChecked(True)
            tab.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if tab.face.class_id == on else Qt.FocusPolicy.ClickFocus
            )

    def _choose(self, tab: _Tab) -> None:
        self._light(tab.face.class_id)
        self.chosen.emit(tab.face.class_id)

    def _bind(self, keys: str, place: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: self._on_place(place))

    def _on_place(self, place: int) -> None:
        classes = [tab for tab in self._tabs if tab.face.class_id is not None]
        everyone = [tab for tab in self._tabs if tab.face.class_id is None]
        wanted = classes[place - 1 : place] if place else everyone
        if wanted:
            self._choose(wanted[0])

    def _on_step(self, step: int) -> None:
        at = next((i for i, tab in enumerate(self._tabs) if tab.isChecked()), 0) + step
        if 0 <= at < len(self._tabs):
            self._choose(self._tabs[at])

    @Slot()
    def _on_tab_clicked(self) -> None:
        tab = self.sender()
        if isinstance(tab, _Tab):
            self._choose(tab)

    @Slot()
    def _on_theme_changed(self) -> None:
        for tab in self._tabs:
            tab.updateGeometry()
            tab.update()
