"""Choosing a child on file by any part of a name, or telling the little that is asked of a new one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.services.desk import ChildRow
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.layouts import FlowLayout

if TYPE_CHECKING:
    from app.ui.rooms import RoomContext

_MOST = 6
_PAUSE_MS = 120


class ChildPick(QWidget):
    """A search line with its results as buttons; digits choose none of them, Enter takes the lit one."""

    chosen = Signal()
    walked_on = Signal()

    def __init__(self, context: "RoomContext", object_name: str) -> None:
        super().__init__()
        self._context, self._name = context, object_name
        self._rows: tuple[ChildRow, ...] = ()
        self._at = 0
        self._asked = 0
        self._sought = ""
        self.child: ChildId | None = None
        theme = context.theme
        self.box = SearchBox(
            theme, context.icons, f"{object_name}.search", "查找孩子：姓名、拼音首字母、手机尾号"
        )
        self.box.setPlaceholderText("姓名、拼音首字母或手机尾号；没来过的选“新的孩子”")
        self.told: QLabel = label("", "small", wrap=True)
        self._results = QWidget()
        self._flow = FlowLayout(self._results, theme.metrics.s2)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s1)
        column.addWidget(self.box)
        column.addWidget(self._results)
        column.addWidget(self.told)
        self._results.hide()
        self.told.hide()
        self.setFocusProxy(self.box)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.box.textEdited.connect(self._on_edited)
        self.box.composed.connect(self._on_composed)
        self.box.moved.connect(self._on_moved)
        self.box.submitted.connect(self._on_submitted)

    def _on_edited(self, _text: str) -> None:
        self.child = None
        self.told.hide()
        self._pause.start()
        self.chosen.emit()

    def _on_composed(self, text: str) -> None:
        """What an input method still holds is looked for, too; a mark that moves in it is nothing new."""
        if text.strip() != self._sought:
            self._on_edited(text)

    @Slot()
    def _search(self) -> None:
        text, actor = self.box.typed_text.strip(), self._context.actor
        self._sought = text
        self._asked += 1
        asked = self._asked
        if not text:
            self._show(())
            return

        def show(rows: tuple[ChildRow, ...]) -> None:
            if asked == self._asked and not self._pause.isActive():
                self._show(rows)

        self._context.ask(lambda s: s.desk.find(actor, text, _MOST), show)

    def _show(self, rows: tuple[ChildRow, ...]) -> None:
        self._rows, self._at = rows, 0
        while self._buttons:
            old = self._buttons.pop()
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        for number, row in enumerate(rows, 1):
            words = f"{row.name}　{row.age_words}　{row.class_name}".strip()
            made = QPushButton(words)
            name_widget(made, f"{self._name}.result.{number}", words)
            made.setProperty("kind", "choice")
            made.setCheckable(True)
            made.setChecked(number == 1)
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            made.clicked.connect(lambda _on, at=number - 1: self._take(at))
            self._flow.addWidget(made)
            self._buttons.append(made)
        self._results.setVisible(bool(rows))
        nobody = bool(self.box.typed_text.strip()) and not rows and self.child is None
        self.told.setText("没有找到。没来过的孩子请选“新的孩子”。" if nobody else "")
        self.told.setVisible(nobody)
        self.updateGeometry()
        self.chosen.emit()

    def _on_moved(self, by: int) -> None:
        if not self._rows:
            return
        self._at = (self._at + by) % len(self._rows)
        for at, made in enumerate(self._buttons):
            made.setChecked(at == self._at)

    def _on_submitted(self, _text: str) -> None:
        if self.child is None and self._rows:
            self._take(self._at)
        elif self.child is not None:
            self.walked_on.emit()
        else:
            self._pause.stop()
            self._search()

    def _take(self, at: int) -> None:
        row = self._rows[at]
        self.show_child(row.child, row.name, f"{row.age_words}　{row.class_name}")
        self.walked_on.emit()

    def show_child(self, child: ChildId, name: str, words: str) -> None:
        """This child is meant."""
        self.child, self._sought = child, name
        self._asked += 1
        self._pause.stop()
        self.box.setText(name)
        self._show(())
        self.told.setText(f"{name}　{words}".strip())
        self.told.show()
        self.chosen.emit()


def who_choice(theme_owner: "RoomContext", object_name: str) -> Segmented:
    """A child on file or a new one."""
    made = Segmented(
        theme_owner.theme,
        object_name,
        "哪个孩子",
        (("known", "档案里的孩子"), ("new", "新的孩子")),
        kind="choice",
        stretch=False,
    )
    made.set_value("known")
    return made
