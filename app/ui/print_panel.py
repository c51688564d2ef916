"""打印队列: what waits, what is at the printer, what failed and why, what was printed today."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.looks import Chip, Tone
from app.ui.print_store import JobState, PrintJob
from app.ui.theme import Theme
from app.ui.widgets.basic import ChipLabel, label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.paint import chip_size, paint_chip, paint_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.printing import Printing

_TONES = {
    JobState.WAITING: Tone.INFO,
    JobState.PRINTING: Tone.INFO,
    JobState.FAILED: Tone.BAD,
    JobState.KEPT: Tone.WARN,
    JobState.DONE: Tone.OK,
    JobState.CANCELLED: Tone.PLAIN,
}
_AGAIN = {JobState.FAILED, JobState.KEPT, JobState.DONE, JobState.CANCELLED}
_CANCEL = {JobState.WAITING, JobState.FAILED, JobState.KEPT}
_ORDER = [
    JobState.PRINTING,
    JobState.FAILED,
    JobState.WAITING,
    JobState.KEPT,
    JobState.DONE,
    JobState.CANCELLED,
]


class QueueModel(KeyedModel[PrintJob]):
    """The queue: what asks for attention first, then what waits in its order, then today's, newest first."""

    def key_of(self, item: PrintJob) -> int:
        """By number."""
        return item.number

    def words_of(self, item: PrintJob) -> str:
        """收款收据 2025-000018，没打成，打印机没有响应."""
        return "，".join(
            part for part in (item.name.removesuffix(".pdf"), item.state.label, item.reason) if part
        )

    def short_of(self, item: PrintJob) -> str:
        """The paper."""
        return item.name.removesuffix(".pdf")


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._theme.px(64))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        job = index.data(ITEM_ROLE)
        if not isinstance(job, PrintJob):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect).adjusted(2, 2, -3, -2)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_choice(painter, theme, box, on=on)
        chip = Chip(job.state.label, _TONES[job.state])
        size = chip_size(theme, chip)
        place = QRectF(
            box.right() - size.width() - px(12),
            box.center().y() - size.height() / 2,
            size.width(),
            size.height(),
        )
        paint_chip(painter, theme, place, chip)
        left, room = box.x() + px(14), place.x() - box.x() - px(26)
        bad = job.state is JobState.FAILED
        for at, (words, size_name, role) in enumerate(
            (
                (job.name.removesuffix(".pdf"), "name", "ink"),
                (_told(job), "small", "bad_ink" if bad else "ink_2"),
            )
        ):
            font = theme.font(size_name, bold=not at)
            painter.setFont(font)
            painter.setPen(theme.color(role))
            told = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            line = QRectF(left, box.y() + px(5 + 27 * at), room, px(26))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, told)
        painter.restore()


def _told(job: PrintJob) -> str:
    if job.state is JobState.FAILED:
        return job.reason
    if job.state is JobState.KEPT:
        return "没有连接打印机，PDF 留在打印队列文件夹里"
    at: dt.datetime = job.ended_at or job.added_at
    where = f" · {job.printer}" if job.printer else ""
    return f"{at:%H:%M}{where}" + (" · 只在内存里" if job.loose else "")


def _told_of(jobs: "Sequence[PrintJob]") -> Chip:
    """Of a queue in which nothing waits: a paper that only lies in the folder has not been printed."""
    kept = sum(job.state is JobState.KEPT for job in jobs)
    if kept:
        return Chip(f"{kept} 份没打，已存 PDF", Tone.WARN)
    return Chip("都打完了", Tone.OK) if any(job.state is JobState.DONE for job in jobs) else Chip("")


class PrintPanel(Overlay):
    """Enter prints one again, Delete cancels it."""

    def __init__(self, theme: Theme, host: QWidget, printing: "Printing") -> None:
        super().__init__(theme, host, object_name="print_panel")
        self.setAccessibleName("打印队列")
        self._printing = printing
        self._model = QueueModel(self)
        self._lines = _Delegate(theme)
        self.list = QListView()
        name_widget(self.list, "print_panel.list", "打印队列里的单据")
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._lines)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumSize(theme.px(520), theme.px(260))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_buttons())
        self._chip = ChipLabel(theme, parent=self.card)
        self._empty = label(
            "今天还没有打印过。打印出去的单据会列在这里，随时可以再打一份。", "muted", wrap=True
        )
        self._empty.setMinimumHeight(theme.px(120))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._make_buttons(theme)
        self._lay_out()
        self.fill()
        printing.changed.connect(self.show_queue)

    def _make_buttons(self, theme: Theme) -> None:
        self._again = KeyButton(
            theme, "再打一份", "Return", kind="primary", shown="Enter", object_name="print_panel.again"
        )
        self._cancel = KeyButton(theme, "取消这份", "Del", object_name="print_panel.cancel")
        self._open = KeyButton(theme, "打开 PDF", "Ctrl+O", object_name="print_panel.open")
        self._folder = KeyButton(theme, "打开文件夹", object_name="print_panel.folder")
        self._close = KeyButton(theme, "关闭", bind=False, shown="Esc", object_name="print_panel.close")
        self._again.clicked.connect(self._on_again)
        self._cancel.clicked.connect(self._on_cancel)
        self._open.clicked.connect(self._on_open)
        self._folder.clicked.connect(self._printing.open_folder)
        self._close.clicked.connect(self.dismiss)

    def _lay_out(self) -> None:
        column = self.card.column()
        head = QHBoxLayout()
        head.addWidget(label("打印队列", "h1"))
        head.addWidget(self._chip)
        head.addStretch(1)
        head.addWidget(self._close)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        row = QHBoxLayout()
        for button in (self._folder, self._open):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self._cancel, self._again):
            row.addWidget(button)
        column.addLayout(row)

    def present(self) -> None:
        """Come up with the queue as it stands."""
        super().present()
        self.show_queue()
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))

    def focus_first(self) -> None:
        """The list has the keys."""
        self.list.setFocus()

    @Slot()
    def show_queue(self) -> None:
        """Show it anew; the chosen one stays chosen."""
        jobs = self._printing.queue
        ended = sorted((job for job in jobs if job.state.ended), key=lambda job: -job.number)
        going = [job for job in jobs if not job.state.ended]
        self._model.replace(sorted([*going, *ended], key=lambda job: _ORDER.index(job.state)))
        chip = self._printing.chip()
        self._chip.set_chip(chip if chip.words else _told_of(jobs))
        self.list.setVisible(bool(jobs))
        self._empty.setVisible(not jobs)
        self._show_buttons()

    def chosen(self) -> PrintJob | None:
        """The chosen paper."""
        return self._model.item_at(self.list.currentIndex())

    def _show_buttons(self) -> None:
        job = self.chosen()
        state = None if job is None else job.state
        self._again.setEnabled(state in _AGAIN)
        self._cancel.setEnabled(state in _CANCEL)
        self._open.setEnabled(job is not None and not job.loose)

    @Slot()
    def _on_again(self) -> None:
        if (job := self.chosen()) is not None:
            self._printing.again(job.number)

    @Slot()
    def _on_cancel(self) -> None:
        if (job := self.chosen()) is not None:
            self._printing.cancel(job.number)

    @Slot()
    def _on_open(self) -> None:
        if (job := self.chosen()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._printing.folder / job.name)))
