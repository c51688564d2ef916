"""The list at the left of the handover: whose note comes next, and how far each is."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStyleOptionViewItem, QWidget

from app.domain.ids import VisitId
from app.services.handover import NoteRow, NoteState
from app.ui.handover.models import NoteListModel, chip_of, settled_count
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label
from app.ui.widgets.keyed import ITEM_ROLE, Index
from app.ui.widgets.paint import chip_size, paint_avatar
from app.ui.widgets.rows import RowDelegate, RowsView
from app.ui.widgets.states import EmptyState


class NoteDelegate(RowDelegate):
    """Paints ``NoteRow``: who, when she leaves and with whom, and the state of the note."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(ITEM_ROLE)
        if not isinstance(row, NoteRow):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, option.state)
        side = px(36)
        face = QRectF(box.x() + px(12), box.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, face, row.name[:1] or "?", row.colour)
        chip, most = chip_of(row), box.width() * 0.42
        if chip_size(theme, chip).width() > most:
            chip = chip_of(row, brief=True)
        size = chip_size(theme, chip)
        width = min(size.width(), most)
        # In a narrow list the chip stands beside the name, and the second line has the whole width.
        narrow = box.width() < px(250)
        middle = box.center().y() - px(11) if narrow else box.center().y()
        place = QRectF(box.right() - px(9) - width, middle - size.height() / 2, width, size.height())
        self.paint_chip(painter, place, chip)
        left = face.right() + px(8)
        room = place.left() - px(6) - left
        upper = QRectF(left, box.center().y() - px(23), room, px(24))
        self.paint_words(painter, upper, row.name, theme.font("body", bold=True), "ink")
        below = box.right() - px(9) - left if narrow else room
        lower = QRectF(left, box.center().y() + px(1), below, px(20))
        said, ink = (row.stale, "bad_ink") if row.stale else (row.leave_words, "ink_2")
        if row.later and not row.stale and row.state is not NoteState.LATER:  # whose chip says so
            said, ink = f"{row.leave_words} · {row.later}", "warn_ink"
        self.paint_words(painter, lower, said, theme.font("small", tabular=True), ink)
        painter.restore()


class WorklistPanel(Card):
    """Children by the time they leave. Exactly one is lit while there is one."""

    chosen = Signal(object)  # VisitId or None
    edit_requested = Signal()  # Enter: to the words

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        m = theme.metrics
        self._model = NoteListModel(self)
        self._quiet = False
        self._count = label("", "small")
        head = QHBoxLayout()
        head.setContentsMargins(m.s4, m.s3, m.s4, m.s2)
        head.addWidget(label("按接走时间", "h2"), 1)
        head.addWidget(self._count)
        self._rows = RowsView(theme, "handover.list", "按接走时间的孩子")
        self._rows.setModel(self._model)
        self._rows.setItemDelegate(NoteDelegate(theme, self._rows))
        self._rows.entered_row.connect(self.edit_requested)
        self._rows.selectionModel().currentChanged.connect(self._on_current_changed)
        empty = EmptyState(
            theme, icons, "clipboard-check-outline", "还没有孩子", "孩子入园后，交接单会出现在这里。"
        )
        self._stack = QStackedLayout()
        column = self.column(margins=(1, 0, 1, m.s2), spacing=0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._rows)
        self.setFocusProxy(self._rows)

    def show_rows(self, rows: tuple[NoteRow, ...], wanted: VisitId | None) -> None:
        """Show the list with one child lit: ``wanted``, else the one before, else the first."""
        before = self.visit()
        self._quiet = True
        self._model.replace(rows)
        self._quiet = False
        self._stack.setCurrentIndex(1 if rows else 0)
        self._count.setText(f"{settled_count(rows)} / {len(rows)} 已签" if rows else "")
        found = [visit for visit in (wanted, before) if self._model.position(visit) is not None]
        self.light(found[0] if found else rows[0].visit if rows else None)
        if self.visit() != before:
            self.chosen.emit(self.visit())

    def light(self, visit: VisitId | None) -> None:
        """Light a child without saying so."""
        row = self._model.position(visit)
        self._quiet = True
        if row is not None:
            self._rows.light(row)
        self._quiet = False

    def visit(self) -> VisitId | None:
        """Who is lit."""
        row = self._model.item_at(self._rows.currentIndex())
        return row.visit if row is not None else None

    def row(self) -> NoteRow | None:
        """The lit row."""
        return self._model.item_at(self._rows.currentIndex())

    def rows(self) -> tuple[NoteRow, ...]:
        """All rows."""
        return self._model.items

    def step(self, by: int) -> None:
        """Go to the child above or below."""
        at = self._rows.currentIndex().row() + by
        if 0 <= at < self._model.rowCount():
            self._rows.setCurrentIndex(self._model.index(at))

    def _on_current_changed(self, current: Index, previous: Index) -> None:
        del previous
        if not self._quiet:
            row = self._model.item_at(current)
            self.chosen.emit(row.visit if row is not None else None)
