"""One child's day beside the grid: a painted line per entry, and how far the handover note is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.ids import EntryId
from app.domain.looks import Chip, Tone
from app.services.classroom import Timeline, TimelineRow
from app.ui.classroom.models import TimelineModel
from app.ui.classroom.words import KIND_COLOURS, clock_words
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keyed import ITEM_ROLE
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.states import Bar, EmptyState

Index = QModelIndex | QPersistentModelIndex


class TimelineDelegate(QStyledItemDelegate):
    """Paints ``TimelineRow``: the hour, a dot in the kind's colour, a bold title, the words (wrapping)."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at this width."""
        row = index.data(ITEM_ROLE)
        width = self._view.viewport().width()
        if not isinstance(row, TimelineRow):
            return QSize(width, 0)
        return QSize(width, round(self._words_height(row, width)) + self._theme.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        row = index.data(ITEM_ROLE)
        if not isinstance(row, TimelineRow):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option.state)
        line = px(24)
        hour = QRectF(box.x() + px(8), box.y() + px(6), px(46), line)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink_2"))
        painter.drawText(hour, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, clock_words(row))
        side = px(11)
        dot = QRectF(hour.right() + px(2), hour.center().y() - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(KIND_COLOURS.get(row.kind, "ink_3")))
        painter.drawEllipse(dot)
        self._paint_words(painter, box, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        theme = self._theme
        if not state & QStyle.StateFlag.State_Selected:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("brand_soft"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_words(self, painter: QPainter, box: QRectF, row: TimelineRow) -> None:
        layout, _height = self._laid(row, box.width())
        layout.draw(painter, QPointF(box.x() + self._indent(), box.y() + self._theme.px(7)))

    def _indent(self) -> int:
        return self._theme.px(78)

    def _laid(self, row: TimelineRow, width: float) -> tuple[QTextLayout, float]:
        """Title and words broken into lines at this width, and how high they are."""
        theme = self._theme
        layout = QTextLayout(f"{row.title} {row.words}", theme.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        title, rest = QTextLayout.FormatRange(), QTextLayout.FormatRange()
        title.start, title.length = 0, len(row.title)
        rest.start, rest.length = len(row.title), len(row.words) + 1
        bold, plain = QTextCharFormat(), QTextCharFormat()
        bold.setFont(theme.font("body", bold=True))
        bold.setForeground(theme.color("bad_ink" if row.tone is Tone.BAD else "ink"))
        plain.setForeground(theme.color("ink") if row.tone is Tone.PLAIN else theme.tone(row.tone)[1])
        title.format, rest.format = bold, plain
        layout.setFormats([title, rest])
        room = max(40.0, width - self._indent() - theme.px(6))
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, height))
            height += max(line.height(), theme.px(21))
        layout.endLayout()
        return layout, height

    def _words_height(self, row: TimelineRow, width: float) -> float:
        return self._laid(row, width)[1]


class _Lines(QListView):
    removal_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit()
            return
        super().keyPressEvent(event)


class TimelinePanel(Card):
    """The day of the child who has the focus."""

    undo_requested = Signal(object, str)  # EntryId, what it says
    handover_requested = Signal(object)  # VisitId

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._timeline: Timeline | None = None
        self._model = TimelineModel(self)
        self._build(theme, icons)
        theme.changed.connect(self._on_relaid)

    def _build(self, theme: Theme, icons: Icons) -> None:
        self._name = label("", "h1")
        self._caption = label("今日时间线", "small")
        self._allergy = ChipLabel(theme)
        head = QHBoxLayout()
        head.setSpacing(theme.metrics.s2)
        head.addWidget(self._name)
        head.addWidget(self._caption, 1)
        head.addWidget(self._allergy)
        self._lines = _Lines()
        name_widget(self._lines, "classroom.timeline", "今日时间线")
        self._lines.setFrameShape(QFrame.Shape.NoFrame)
        self._lines.setMinimumHeight(theme.px(64))
        self._lines.setModel(self._model)
        self._lines.setItemDelegate(TimelineDelegate(theme, self._lines))
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._lines.setResizeMode(QListView.ResizeMode.Adjust)
        self._lines.removal_requested.connect(self._on_removal_requested)
        self._lines.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._remove = KeyButton(
            theme, "撤销", "Del", kind="quiet", object_name="classroom.undo_entry", bind=False
        )  # fmt: skip
        self._remove.clicked.connect(self._on_removal_requested)
        self._progress = label("", "small", wrap=True)
        self._bar = Bar(theme)
        self._go = KeyButton(
            theme, "交接单", "F6", kind="quiet", object_name="classroom.to_handover"
        )  # fmt: skip
        self._go.clicked.connect(self._on_go_clicked)
        self._arrange(theme, icons, head)
        self.show_timeline(None)

    def _arrange(self, theme: Theme, icons: Icons, head: QHBoxLayout) -> None:
        m = theme.metrics
        self._stack = QStackedLayout()
        self._empty = EmptyState(
            theme, icons, "clock-outline", "还没有选孩子", "点一张卡片，看她今天的时间线。"
        )
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(m.s2)
        column.addLayout(head)
        column.addWidget(self._lines, 1)
        column.addWidget(self._progress)
        column.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        column.addLayout(buttons)
        # The stack joins the panel first: it shows its first page at once, as a window if it has no parent.
        self.column(margins=(m.s4, m.s3, m.s4, m.s2)).addLayout(self._stack)
        self._stack.addWidget(self._empty)
        # Large text on a small screen: the panel scrolls as a whole rather than squeeze its foot away.
        self._stack.addWidget(scrolled(full, "classroom.day"))

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show a day, or none."""
        same = self._timeline is not None and timeline is not None and self._timeline.visit == timeline.visit
        self._timeline = timeline
        self._stack.setCurrentIndex(0 if timeline is None else 1)
        if timeline is None:
            self._model.replace(())
            return
        self._name.setText(timeline.name)
        words = "、".join(timeline.allergies)
        self._allergy.set_chip(Chip(f"{words}过敏" if words else "", Tone.BAD))
        if not same:
            self._lines.clearSelection()
        self._model.replace(timeline.rows)
        self._lines.scrollToBottom()
        self._show_progress(timeline)
        self._on_selection_changed()

    def _show_progress(self, timeline: Timeline) -> None:
        done, total = timeline.note_done, timeline.note_total
        lacking = f" · 缺：{'、'.join(timeline.note_missing)}" if timeline.note_missing else " · 可以签字了"
        self._progress.setText(f"交接单 {done}/{total} 项{lacking}")
        self._bar.show_share(done / total if total else 0, "ok" if done == total else "brand")

    def chosen_entry(self) -> EntryId | None:
        """The entry that is lit in the list, if it is one."""
        row = self._chosen_row()
        return row.entry if row is not None else None

    def _chosen_row(self) -> TimelineRow | None:
        indexes = self._lines.selectionModel().selectedIndexes()
        return self._model.item_at(indexes[0]) if indexes else None

    @Slot()
    def _on_removal_requested(self) -> None:
        row = self._chosen_row()
        if row is not None and row.entry is not None:
            self.undo_requested.emit(row.entry, f"{row.title} {row.words}".strip())

    @Slot()
    def _on_selection_changed(self) -> None:
        self._remove.setEnabled(self.chosen_entry() is not None)

    @Slot()
    def _on_go_clicked(self) -> None:
        if self._timeline is not None:
            self.handover_requested.emit(self._timeline.visit)

    @Slot()
    def _on_relaid(self) -> None:
        self._lines.setMinimumHeight(self._theme.px(64))
        self._lines.doItemsLayout()

    def lines(self) -> QListView:
        """The list (for tests and for the tab order)."""
        return self._lines
