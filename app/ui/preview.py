"""The preview over the window: the paper, 打印, 另存为, Esc."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QPushButton, QWidget

from app.ui.paperview import PaperView
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.overlay import Overlay


class PreviewOverlay(Overlay):
    """One paper, and what can be done with it."""

    print_wanted = Signal()
    save_wanted = Signal(str)

    def __init__(self, theme: Theme, host: QWidget, view: PaperView, name: str) -> None:
        super().__init__(theme, host, object_name="preview")
        self._name, self._view = name, view
        self._print = KeyButton(theme, "打印", "Ctrl+P", kind="primary", object_name="preview.print")
        self._save = KeyButton(theme, "另存为", "Ctrl+S", object_name="preview.save")
        self._close = KeyButton(theme, "关闭", shown="Esc", object_name="preview.close")
        self._print.clicked.connect(self._on_print_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._close.clicked.connect(self.dismiss)
        column = self.card.column()
        row = QHBoxLayout()
        row.addWidget(label(name.removesuffix(".pdf"), "h1"), 1)
        for button in (self._save, self._print, self._close):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(view, 1)
        self.fill()

    def show_paper(self, paper: Any) -> None:
        """Begin drawing."""
        self._view.show_paper(paper)

    def focus_first(self) -> None:
        """打印 has the focus: Enter prints."""
        self._print.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, once however long it is held."""
        held = QApplication.focusWidget()
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if entered and isinstance(held, QPushButton) and self.isAncestorOf(held):
            if not event.isAutoRepeat():
                held.click()
            event.accept()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_print_clicked(self) -> None:
        self.print_wanted.emit()
        self.dismiss()

    @Slot()
    def _on_save_clicked(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(self, "另存为", self._name, "PDF (*.pdf)")
        if path:
            self.save_wanted.emit(path)
