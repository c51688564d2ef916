"""Designed states: nothing there yet, work under way."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.icons import Icons
from app.ui.jobs import Job
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.paint import paint_bar


class _Picture(QWidget):
    def __init__(self, theme: Theme, icons: Icons, name: str, side: int) -> None:
        super().__init__()
        self._theme, self._icons, self._name = theme, icons, name
        self.setFixedSize(QSize(theme.px(side), theme.px(side)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("sunken"))
        painter.drawEllipse(self.rect())
        inset = self.width() * 0.26
        self._icons.paint(
            painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._name, "ink_3"
        )
        painter.end()


class EmptyState(QWidget):
    """Nothing to show: a picture, what that means, and what to do about it."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        icon: str,
        title: str,
        words: str = "",
        button: QPushButton | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(theme.metrics.s2)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Picture(theme, icons, icon, 72), 0, middle)
        self._title = label(title, "h2")
        self._title.setAlignment(middle)
        self._words = label(words, "muted", wrap=True)
        self._words.setAlignment(middle)
        column.addWidget(self._title)
        column.addWidget(self._words)
        if button is not None:
            column.addSpacing(theme.metrics.s2)
            column.addWidget(button, 0, middle)
        column.addStretch(3)

    def say(self, title: str, words: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._words.setText(words)


class Bar(QWidget):
    """A thin bar filled to a share."""

    def __init__(
        self, theme: Theme, colour: str = "brand", height: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._colour, self._share = theme, colour, 0.0
        self.setFixedHeight(theme.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float, colour: str = "") -> None:
        """Fill to a share from 0 to 1."""
        self._share, self._colour = share, colour or self._colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        paint_bar(painter, self._theme, QRectF(self.rect()), self._share, self._colour)
        painter.end()


class ProgressStrip(QWidget):
    """A job's title, how far it is, and 取消."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._title = label("", "small")
        self._bar = Bar(theme)
        self._cancel = QPushButton("取消")
        self._cancel.setProperty("kind", "link")
        name_widget(self._cancel, "progress.cancel", "取消")
        self._cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self.hide()

    def follow(self, job: Job, ended: Callable[[], None] | None = None) -> None:
        """Show a job until it ends."""
        self._job = job
        self._title.setText(job.title)
        self._bar.show_share(0)
        job.progressed.connect(self._on_job_progressed)
        job.ended.connect(self._on_job_ended)
        if ended is not None:
            job.ended.connect(ended)
        self.show()

    @Slot(int, int)
    def _on_job_progressed(self, done: int, total: int) -> None:
        self._bar.show_share(done / total if total else 0)

    @Slot()
    def _on_job_ended(self) -> None:
        self._job = None
        self.hide()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._job is not None:
            self._job.cancel()
