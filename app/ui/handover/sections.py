"""Parts of a note that are written where they stand: a titled box that grows with its words."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget


def added_spans(drafted: str, text: str) -> list[tuple[int, int]]:
    """Where ``text`` says what the draft did not, as (start, end) of UTF-16 places as Qt counts them."""
    if text == drafted:
        return []
    import difflib

    places = [0]
    for character in text:
        places.append(places[-1] + (2 if ord(character) > 0xFFFF else 1))
    matcher = difflib.SequenceMatcher(None, drafted, text, autojunk=False)
    return [
        (places[start], places[end])
        for tag, _i, _j, start, end in matcher.get_opcodes()
        if tag in {"insert", "replace"} and end > start
    ]


class Words(QTextEdit):
    """Plain text that grows with what is written, without a scroll bar or a frame of its own."""

    focused = Signal(bool)

    def __init__(self, theme: Theme, object_name: str, spoken: str, *, line: int, size: str) -> None:
        super().__init__()
        self._theme, self._line, self._size, self._drafted = theme, line, size, ""
        name_widget(self, object_name, spoken)
        self.setProperty("kind", "plain")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.textChanged.connect(self._mark_added)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_words(self, text: str, drafted: str) -> None:
        """Show a text; what the draft did not say is underlined. The cursor stays if the text is the same."""
        self._drafted = drafted
        if self.toPlainText() != text:
            self.setPlainText(text)
            self._space_lines()
        self._mark_added()

    def words(self) -> str:
        """What is written."""
        return self.toPlainText()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the box."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the box."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        spacing.setLineHeight(self._theme.px(self._line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        undo = self.document().isUndoRedoEnabled()
        self.document().setUndoRedoEnabled(False)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().setUndoRedoEnabled(undo)

    @Slot()
    def _mark_added(self) -> None:
        marks = []
        text = self.toPlainText()
        if self._drafted and text != self._drafted and len(text) <= 2000:
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(self._theme.color("brand"))
            for start, end in added_spans(self._drafted, text):
                mark = QTextEdit.ExtraSelection()
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
        self.setExtraSelections(marks)

    @Slot()
    def _on_size_changed(self) -> None:
        wanted = max(self._theme.px(self._line), round(self.document().size().height())) + 2
        if self.height() != wanted or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._size))
        self._space_lines()
        self._mark_added()
        self._on_size_changed()


class SectionBox(QWidget):
    """A titled box round ``Words``; a click anywhere on it writes there."""

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        part: str,
        title: str,
        *,
        icon: str = "",
        ground: str = "surface",
        border: str = "line",
        line: int = 21,
        size: str = "body",
        hint: str = "",
    ) -> None:
        super().__init__()
        self._theme, self._icons, self._icon = theme, icons, icon
        self._ground, self._border, self._lit = ground, border, False
        self.words = Words(theme, f"handover.{part}", title, line=line, size=size)
        self.words.setPlaceholderText(hint)
        self.words.textChanged.connect(self.edited)
        self.words.focused.connect(self._on_focused)
        m = theme.metrics
        self._picture = QLabel()
        self._title = label(title, "label")
        head = QHBoxLayout()
        head.setSpacing(m.s1 + 2)
        if icon:
            head.addWidget(self._picture)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(m.s3, m.s1 + 2, m.s3, m.s1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addStretch(1)
        for part_of_box in (self, self._picture, self._title):
            part_of_box.installEventFilter(self)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_look(self, *, ground: str, border: str) -> None:
        """Another ground and edge: something is missing here, or there is nothing to heed."""
        if (ground, border) != (self._ground, self._border):
            self._ground, self._border = ground, border
            self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Whether it can be written."""
        self.words.setReadOnly(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside the words goes into them."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.words.setFocus(Qt.FocusReason.MouseFocusReason)
            self.words.moveCursor(QTextCursor.MoveOperation.End)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, ringed while it is written in."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QPen(theme.color("focus"), 2) if self._lit else QPen(theme.color(self._border), 1)
        painter.setPen(ring)
        painter.setBrush(theme.color(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        painter.end()

    @Slot(bool)
    def _on_focused(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    @Slot()
    def _on_theme_changed(self) -> None:
        if self._icon:
            side = self._theme.px(16)
            self._picture.setPixmap(self._icons.pixmap(self._icon, "ink_2", side, self.devicePixelRatioF()))
        self.update()
