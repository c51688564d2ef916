"""One child's day beside the grid: a painted line per entry, and how far the handover note is."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
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
from app.services.class_views import RosterCard, Timeline, TimelineRow
from app.ui.classroom.models import TimelineModel
from app.ui.classroom.words import KIND_COLOURS, clock_words
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keyed import ITEM_ROLE
from app.ui.widgets.layouts import FlowLayout, scrolled
from app.ui.widgets.states import Bar, EmptyState

Index = QModelIndex | QPersistentModelIndex

_LEAST_ROWS = 100  # pixels at the normal font: with less the panel scrolls as a whole


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
    """Scrolls within the room the panel has; where that is too little it is as high as its rows."""

    removal_requested = Signal()
    correction_requested = Signal()
    whole = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the row the keys begin at: what scrolls around the list follows that row, seen or not."""
        super().focusInEvent(event)
        self.scrollTo(self.currentIndex())

    def updateGeometries(self) -> None:
        """Let the end of the day begin at a whole line: what is left over stays free below the last one.

        Who stood at the end stays there when lines are added or the room changes.
        """
        bar = self.verticalScrollBar()
        held, at_end = bar.value(), bar.value() == bar.maximum()
        super().updateGeometries()
        if bar.maximum():
            tops = (self._top(row) for row in range(self.model().rowCount()))
            bar.setMaximum(next((top for top in tops if top >= bar.maximum()), bar.maximum()))
        bar.setValue(bar.maximum() if at_end else held)

    def _top(self, row: int) -> int:
        return self.visualRect(self.model().index(row, 0)).top() + self.verticalOffset()

    def sizeHint(self) -> QSize:
        """No higher than it must be: the panel gives it all the room that is left."""
        return QSize(160, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit()
            return
        if event.key() in (Qt.Key.Key_E, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.correction_requested.emit()
            return
        super().keyPressEvent(event)


class TimelinePanel(Card):
    """The day of the child who has the focus."""

    undo_requested = Signal(object, str)  # EntryId, what it says
    correction_requested = Signal(object)  # TimelineRow
    sheet_requested = Signal(str, object)  # photo with its key, medicine with the VisitId
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
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self._allergy)
        self._since = label("", "small", wrap=True)
        self._asked = label("", "small", wrap=True)
        self._lines = _Lines()
        name_widget(self._lines, "classroom.timeline", "今日时间线")
        self._lines.setFrameShape(QFrame.Shape.NoFrame)
        self._lines.setModel(self._model)
        self._lines.setItemDelegate(TimelineDelegate(theme, self._lines))
        self._lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._lines.setResizeMode(QListView.ResizeMode.Adjust)
        self._lines.removal_requested.connect(self._on_removal_requested)
        self._lines.correction_requested.connect(self._on_correction_requested)
        self._lines.doubleClicked.connect(self._on_double_clicked)
        self._lines.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._lines.selectionModel().currentChanged.connect(self._on_current_changed)
        self._remove = KeyButton(
            theme, "撤销", "Del", kind="quiet", size="tight", object_name="classroom.undo_entry", bind=False
        )  # fmt: skip
        self._remove.clicked.connect(self._on_removal_requested)
        self._correct = KeyButton(
            theme, "更正", "E", kind="quiet", size="tight", object_name="classroom.correct", bind=False
        )  # fmt: skip
        self._correct.clicked.connect(self._on_correction_requested)
        self._slip = KeyButton(
            theme, "服药单", "Ctrl+P", kind="quiet", object_name="classroom.medicine_slip"
        )  # fmt: skip
        self._slip.clicked.connect(self._on_slip_clicked)
        self._progress = label("", "small", wrap=True)
        self._bar = Bar(theme)
        self._go = KeyButton(
            theme, "交接单", "F6", kind="quiet", size="tight", object_name="classroom.to_handover"
        )  # fmt: skip
        self._go.clicked.connect(self._on_go_clicked)
        self._arrange(theme, icons, head)
        self.show_timeline(None)
        self.show_card(None)

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
        due = QHBoxLayout()
        due.setSpacing(m.s1)
        due.addWidget(self._since, 1)
        due.addWidget(self._slip)
        column.addLayout(due)
        column.addWidget(self._asked)
        column.addWidget(self._lines, 1)
        column.addWidget(self._progress)
        column.addWidget(self._bar)
        foot = QWidget()
        buttons = FlowLayout(foot, 0)
        for button in (self._remove, self._correct, self._go):
            buttons.addWidget(button)
        column.addWidget(foot)
        # The stack joins the panel first: it shows its first page at once, as a window if it has no parent.
        self.column(margins=(m.s4, m.s3, m.s4, m.s2)).addLayout(self._stack)
        self._stack.addWidget(self._empty)
        # Large text on a small screen: the panel scrolls as a whole rather than squeeze its foot away.
        self._full, self._area = full, scrolled(full, "classroom.day")
        self._stack.addWidget(self._area)

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
        self._show_progress(timeline)
        self._share_room()
        self._lines.scrollToBottom()
        self._on_selection_changed()

    def show_card(self, card: RosterCard | None) -> None:
        """Since when she had what, what is due, and what her parents asked for; nothing where nothing is."""
        told = () if card is None else (*card.due, *card.since)
        asked = () if card is None else card.instructions
        self._since.setText(" · ".join(told))
        self._since.setVisible(bool(told))
        self._slip.setVisible(card is not None and bool(card.due))
        self._asked.setText(f"家长嘱咐：{'；'.join(asked)}" if asked else "")
        self._asked.setVisible(bool(asked))
        self._share_room()

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
    def _on_correction_requested(self) -> None:
        row = self._chosen_row()
        if row is not None and row.entry is not None and row.draft is not None:
            self.correction_requested.emit(row)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: Index) -> None:
        """A photo opens; anything else is corrected."""
        row = self._model.item_at(index)
        if row is not None and row.photo is not None:
            self.sheet_requested.emit("photo", row.photo)
        else:
            self._on_correction_requested()

    @Slot()
    def _on_selection_changed(self) -> None:
        row = self._chosen_row()
        self._remove.setEnabled(self.chosen_entry() is not None)
        self._correct.setEnabled(row is not None and row.draft is not None)

    @Slot()
    def _on_go_clicked(self) -> None:
        if self._timeline is not None:
            self.handover_requested.emit(self._timeline.visit)

    @Slot()
    def _on_slip_clicked(self) -> None:
        if self._timeline is not None:
            self.sheet_requested.emit("medicine", self._timeline.visit)

    @Slot()
    def _on_relaid(self) -> None:
        self._lines.doItemsLayout()
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height, another share for the rows."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """One scroll bar, never two beside each other: the rows', or the panel's where rows have no room."""
        layout = self._full.layout()
        if layout is None:
            return
        least = self._theme.px(_LEAST_ROWS)
        width = max(1, self._area.viewport().width())
        self._lines.setMinimumHeight(least)
        parts = self._name, self._caption, self._allergy
        head = sum(part.sizeHint().width() + self._theme.metrics.s2 for part in parts)
        self._caption.setVisible(head <= width)
        whole = layout.totalHeightForWidth(width) > self._area.viewport().height()
        if whole:
            rows = range(self._model.rowCount())
            high = sum(self._lines.sizeHintForRow(row) for row in rows)
            self._lines.setMinimumHeight(max(least, high))
        policies = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._lines.whole = whole
        self._lines.setVerticalScrollBarPolicy(policies[not whole])

    @Slot(QModelIndex)
    def _on_current_changed(self, index: Index) -> None:
        """Where the panel scrolls as a whole, it follows the row that the keys are at."""
        if self._lines.whole and index.isValid():
            box = self._lines.visualRect(index).translated(self._lines.mapTo(self._full, QPoint(0, 0)))
            self._area.ensureVisible(box.center().x(), box.center().y(), 0, box.height())

    def lines(self) -> QListView:
        """The list (for tests and for the tab order)."""
        return self._lines
