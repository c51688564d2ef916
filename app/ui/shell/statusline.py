"""The status line: saved at, back-up and alerts at the left, keys worth knowing at the right."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.domain.looks import Chip, Tone
from app.ui.theme import Theme
from app.ui.widgets.basic import ChipLabel, ElidedLabel, label
from app.ui.widgets.paint import paint_mark

_BETWEEN = " · "


class _Dot(QWidget):
    """A mark in the shape and colour of a tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tone = Tone.OK
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._theme.px(10)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        role = {Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "bad", Tone.INFO: "info"}.get(self.tone, "ink_3")
        paint_mark(painter, QRectF(self.rect()), self.tone, self._theme.color(role))
        painter.end()


class _Hints(ElidedLabel):
    """Keys between ``·``: as many as have room, each whole; the tooltip tells the rest."""

    def fitting(self) -> str:
        """What is painted: all, or the first ones, since half a key helps nobody."""
        parts, room = self.text().split(_BETWEEN), self.contentsRect().width()
        for many in range(len(parts), 0, -1):
            words = _BETWEEN.join(parts[:many])
            if self.fontMetrics().horizontalAdvance(words) <= room:
                return words
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """To the right edge."""
        words = self.fitting()
        self.setToolTip("" if words == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self.contentsRect(), int(flags), words)
        painter.end()


class StatusLine(QFrame):
    """Passive: the window tells it.

    Where the line is full, what is in order says less first: the seconds of the last save, then a back-up
    that is of today. Alerts have half of the line at the most, keys what is left.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("shell_status")
        self._theme = theme
        self._alarms: list[str] = []
        self._saved_at: dt.datetime | None = None
        self._calm = False  # whether the back-up is as it should be
        self._dot, self._alert_dot = _Dot(theme), _Dot(theme)
        self._saved = label("正在打开…")
        self._saved.setObjectName("status.saved")
        self._backup = label("")
        self._backup.setObjectName("status.backup")
        self._alerts = ElidedLabel()
        self._alerts.setObjectName("status.alerts")
        self._print = ChipLabel(theme, parent=self)
        self._print.setObjectName("status.print")
        self._hints = _Hints()
        self._hints.setObjectName("status.hints")
        row = QHBoxLayout(self)
        row.addWidget(self._dot)
        row.addWidget(self._saved)
        row.addWidget(self._backup)
        row.addSpacing(12)
        row.addWidget(self._alert_dot)
        row.addWidget(self._alerts)
        row.addWidget(self._print)
        row.addStretch(1)
        row.addWidget(self._hints)
        self._row = row
        self.show_alerts(())
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_saved(self, at: dt.datetime | None) -> None:
        """When the last unit of work reached the disk."""
        self._saved_at = at
        self._saved.setText(self._saved_words())
        self._share()

    def _saved_words(self, *, short: bool = False) -> str:
        if self._saved_at is None:
            return "数据已就绪"
        return f"已保存 {self._saved_at:%H:%M}" if short else f"数据已保存 {self._saved_at:%H:%M:%S}"

    def show_backup(self, words: str, *, calm: bool = False) -> None:
        """How the back-up is; ``calm`` where it is of today and nobody has to see it."""
        self._calm = calm
        self._backup.setText(words)
        self._share()

    def show_alerts(self, alerts: Sequence[Chip]) -> None:
        """What somebody should look at, the worst first."""
        order = [Tone.BAD, Tone.WARN, Tone.INFO, Tone.OK, Tone.PLAIN]
        ranked = sorted(alerts, key=lambda chip: order.index(chip.tone))
        self._alert_dot.setVisible(bool(ranked))
        if ranked:
            self._alert_dot.tone = ranked[0].tone
            self._alert_dot.update()
        self._alarms = [chip.words for chip in ranked]
        self._alerts.setToolTip("\n".join(chip.words for chip in ranked))
        self._share()

    def show_print(self, chip: Chip) -> None:
        """How the print queue stands; an empty chip while there is nothing to say."""
        self._print.set_chip(chip)

    def show_hints(self, hints: str) -> None:
        """The keys of the room in front."""
        self._hints.setText(hints)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Give the width out: alerts up to half the line, the state of the file, then as many keys as fit.

        Where that is too much the calm words go first, then all alerts but the worst, then keys.
        """
        for one in (self._saved, self._backup, self._alerts, self._hints, self._print):
            one.ensurePolished()
        advance = self._alerts.fontMetrics().horizontalAdvance
        alerts = self._say_alerts("　".join(self._alarms))
        chip = self._print.sizeHint().width() if self._print.isVisibleTo(self) else 0
        keys = advance(self._hints.text())
        gaps = 2 * self._theme.metrics.s5 + 8 * self._theme.metrics.s2 + 12

        def full(*words: str) -> bool:
            told = sum(advance(one) for one in words)
            return told + alerts + chip + keys + gaps > self.width()

        short = full(self._saved_words(), self._backup.text())
        self._saved.setText(self._saved_words(short=short))
        hidden = self._calm and full(self._saved_words(short=short), self._backup.text())
        self._backup.setVisible(bool(self._backup.text()) and not hidden)
        self._saved.setToolTip(self._backup.text() if hidden else "")
        more = len(self._alarms) - 1
        if more > 0 and full(self._saved_words(short=short), "" if hidden else self._backup.text()):
            self._say_alerts(f"{self._alarms[0]}，另有 {more} 条")

    def _say_alerts(self, words: str) -> int:
        """Show them, and return the width that they hold in pixels."""
        self._alerts.setText(words)
        wide = self._alerts.fontMetrics().horizontalAdvance(words) + 2 if words else 0
        self._alerts.setMinimumWidth(min(wide, self.width() // 2))
        return min(wide, self.width() // 2)

    @Slot()
    def _on_theme_changed(self) -> None:
        m = self._theme.metrics
        self.setFixedHeight(m.status)
        self._row.setContentsMargins(m.s5, 0, m.s5, 0)
        self._row.setSpacing(m.s2)
        self._share()
