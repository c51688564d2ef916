"""The file does not open: what happened, what to do, and the way to try again."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton


class FailurePage(QWidget):
    """Stands where the rooms would be."""

    again_wanted = Signal()
    quit_wanted = Signal()
    restore_wanted = Signal(object)  # Path of the back-up

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        sentence: str,
        folder: Path,
        back_up: Path | None = None,
        *,
        title: str = "数据文件打不开",
    ) -> None:
        super().__init__()
        self.setObjectName("failure")
        self._folder = folder
        card = Card(theme)
        card.setFixedWidth(theme.px(620))
        column = card.column(margins=(28, 26, 28, 24), spacing=12)
        picture = label()
        picture.setPixmap(icons.pixmap("alert-circle-outline", "bad", theme.px(44)))
        head = label(title, "title")
        words = label(sentence, wrap=True)
        words.setObjectName("failure.sentence")
        where = label(f"数据文件夹：{folder}", "small", wrap=True)
        for widget in (picture, head, words, where):
            column.addWidget(widget)
        row = QHBoxLayout()
        again = KeyButton(theme, "再试一次", "Return", kind="primary", object_name="failure.again")
        copy = KeyButton(theme, "复制这段话", object_name="failure.copy")
        leave = KeyButton(theme, "退出", object_name="failure.quit")
        again.clicked.connect(self.again_wanted)
        leave.clicked.connect(self.quit_wanted)
        self._sentence = sentence
        copy.clicked.connect(self._on_copy_clicked)
        row.addWidget(again)
        if back_up is not None:
            restore = KeyButton(theme, "用最近的备份恢复", object_name="failure.restore")
            restore.setToolTip(f"{back_up.name}；原来的文件移到旁边，不会删除")
            restore.clicked.connect(lambda: self.restore_wanted.emit(back_up))
            row.addWidget(restore)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(leave)
        column.addSpacing(8)
        column.addLayout(row)
        around = QVBoxLayout(self)
        around.addStretch(2)
        middle = QHBoxLayout()  # not by an alignment: that cuts a sentence that wraps off
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        around.addLayout(middle)
        around.addStretch(3)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._sentence}\n{self._folder}")
