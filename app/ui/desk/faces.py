"""The one of several faces that the side panel shows, as high as this one needs to be."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Faces(QWidget):
    """Shows one of its widgets. A ``QStackedWidget`` would keep the height of the highest for all."""

    def __init__(self, *faces: QWidget) -> None:
        super().__init__()
        self._current = faces[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for face in faces:
            column.addWidget(face)
            face.setVisible(face is self._current)

    def currentWidget(self) -> QWidget:
        """The one that is shown."""
        return self._current

    def setCurrentWidget(self, face: QWidget) -> None:
        """Show another one; a focus that was on the last one goes along."""
        if face is self._current:
            return
        before, self._current = self._current, face
        held = self.window().focusWidget()
        had = held is not None and (held is before or before.isAncestorOf(held))
        face.show()
        if had:
            (face.focusWidget() or face).setFocus()
        before.hide()
