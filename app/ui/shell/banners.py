"""Banners that stay until their cause is gone, and the notice that passes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.changes import Undo
from app.domain.looks import Tone
from app.ui.icons import Icons
from app.ui.messages import Banner, Notice
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton

_ICONS = {
    Tone.OK: "check-circle-outline",
    Tone.INFO: "information-outline",
    Tone.WARN: "alert-outline",
    Tone.BAD: "alert-circle-outline",
    Tone.PLAIN: "information-outline",
}
_STAY_MS = {Tone.OK: 6000, Tone.PLAIN: 5000, Tone.INFO: 7000, Tone.WARN: 9000, Tone.BAD: 10_000}
_WATCH_MS = 200
_NARROWEST = 340  # pixels beside the acts of a room in which a notice can be read
_WRAPS_AFTER = 40  # characters


class _BannerRow(QFrame):
    closed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, banner: Banner) -> None:
        super().__init__()
        self._theme, self._icons, self._banner = theme, icons, banner
        self.setAccessibleName(banner.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(52), 6, 12, 6)
        words = label(banner.words, wrap=True)
        words.setStyleSheet(f"color: {theme.tone(banner.tone)[1].name()}; font-weight: 600;")
        row.addWidget(words, 1)
        if banner.action and banner.act is not None:
            act = QPushButton(banner.action)
            name_widget(act, f"banner.{banner.key}.act", banner.action)
            act.clicked.connect(banner.act)
            row.addWidget(act)
        close = QPushButton("知道了")
        close.setProperty("kind", "quiet")
        name_widget(close, f"banner.{banner.key}.close", "知道了，收起这条提醒")
        close.clicked.connect(self._on_close_clicked)
        row.addWidget(close)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tone(self._banner.tone)[0])
        role = {Tone.BAD: "bad", Tone.WARN: "warn", Tone.INFO: "info", Tone.OK: "ok"}.get(
            self._banner.tone, "ink_2"
        )
        painter.fillRect(0, 0, 5, self.height(), theme.color(role))
        side = theme.px(22)
        place = QRectF(theme.px(20), (self.height() - side) / 2, side, side)
        self._icons.paint(painter, place, _ICONS[self._banner.tone], role)
        painter.end()

    @Slot()
    def _on_close_clicked(self) -> None:
        self.closed.emit(self._banner.key)


class Banners(QWidget):
    """All banners that are up, one below the other."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme, self._icons = theme, icons
        self._up: dict[str, Banner] = {}
        self._rows: dict[str, _BannerRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        theme.changed.connect(self._on_theme_changed)

    @Slot(object)
    def raise_banner(self, banner: Banner) -> None:
        """Show it, in place of an earlier one of the same key."""
        self.end_banner(banner.key)
        row = _BannerRow(self._theme, self._icons, banner)
        row.closed.connect(self.end_banner)
        self._up[banner.key], self._rows[banner.key] = banner, row
        self._column.addWidget(row)
        self.show()

    @Slot(str)
    def end_banner(self, key: str) -> None:
        """Take it down."""
        row = self._rows.pop(key, None)
        self._up.pop(key, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.setVisible(bool(self._rows))

    def keys(self) -> tuple[str, ...]:
        """Which are up."""
        return tuple(self._up)

    @Slot()
    def _on_theme_changed(self) -> None:
        for banner in list(self._up.values()):
            self.raise_banner(banner)


class NoticeBar(QFrame):
    """One notice at the foot of the room, with 撤销 where there is a way back. It passes by itself."""

    undo_clicked = Signal(object)  # Undo

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        # How much more room at the foot it must leave free: the room in front says.
        self.clearance: Callable[[], int] = lambda: 0
        # What it must not cover (the chosen rows), in the coordinates of its parent.
        self.shunned: Callable[[], Sequence[QRect]] = lambda: ()
        # Where it may stand, in the same coordinates; its height does not matter.
        self.area: Callable[[], QRect] = parent.rect
        self.setObjectName("notice")
        self._theme, self._icons = theme, icons
        self._tone = Tone.OK
        self._undo: Undo | None = None
        self._sized: tuple[object, QSize] = None, QSize()  # for which words and room, and how large
        self._told = ""  # of the act that can be taken back
        self._words = label("", wrap=True)
        self._words.setObjectName("notice.words")
        self._words.setMaximumWidth(theme.px(620))
        self._button = KeyButton(
            theme, "撤销", "Ctrl+Z", kind="notice", object_name="notice.undo", bind=False
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._on_button_clicked)
        self._act: Callable[[], object] | None = None
        self._act_button = KeyButton(theme, "打开", kind="notice", object_name="notice.act")
        self._act_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._act_button.clicked.connect(self._on_act_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(46), 8, 14, 8)
        row.setSpacing(16)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._act_button)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._watch = QTimer(self, interval=_WATCH_MS)  # the chosen row may walk under it
        self._watch.timeout.connect(self._on_watched)
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.place)
        theme.changed.connect(self._on_theme_changed)
        self.hide()

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show it in place of the one before."""
        stays = notice.beside and self._undo is not None and not self.isHidden()
        if not stays:
            self._undo, self._told = notice.undo, notice.words
        self._tone = notice.tone
        self.setAccessibleName(notice.words)
        self._words.setText(f"{self._told}\n{notice.words}" if stays else notice.words)
        sheet = f"color: {self._theme.color('rail_on_ink').name()}; font-weight: 600;"
        if self._words.styleSheet() != sheet:  # the same sheet set again is read and applied again
            self._words.setStyleSheet(sheet)
        self._button.setVisible(self._undo is not None)
        self._act = notice.act
        if notice.act is not None:
            self._act_button.set_text(notice.action)
        self._act_button.setVisible(notice.act is not None)
        self._watch.start()
        self._timer.start(_STAY_MS[notice.tone])
        self.show()
        self.place()
        self.raise_()

    def end_undo(self) -> None:
        """Go, where a way back is offered that is no more: somebody else stands at the machine."""
        if self._undo is not None:
            self._undo = None
            self.hide()

    def place_soon(self) -> None:
        """Look for the place once all that happens at this moment has happened: it asks for every row's."""
        if not self.isHidden():
            self._soon.start()

    @Slot()
    def place(self) -> None:
        """Stand in the middle, above the foot, or higher where a chosen row would be covered."""
        host = self.parentWidget()
        if host is None or self.isHidden():
            return
        area = self.area()
        aside = area.width() >= self._theme.px(_NARROWEST)
        if not aside:
            area = host.rect()
        margin = 16 if area.width() < host.width() else 80
        size = self._size(area.width() - margin)
        foot = self._theme.metrics.status + self._theme.px(16) + self.clearance()
        highest = self._theme.metrics.top + 8
        # No room beside the acts: it stands above them, for the most important one is at their foot.
        top = max(highest, host.height() - size.height() - foot) if aside else highest
        left = area.left() + (area.width() - size.width()) // 2
        self.setGeometry(self._beside(QRect(QPoint(left, top), size), highest))

    def _size(self, most: int) -> QSize:
        """As wide as its words, and no wider than ``most``: then they wrap."""
        buttons = self._button.isHidden(), self._act_button.isHidden(), self._act_button.text()
        asked = self._words.text(), buttons, most, self._theme.metrics.scale
        row = self.layout()
        if row is None or asked == self._sized[0]:
            return self._sized[1]
        row.setContentsMargins(self._theme.px(46), 8, 14, 8)
        self._words.setWordWrap(False)
        row.activate()
        wide = self.sizeHint().width()
        if wide > most or len(self._words.text()) > _WRAPS_AFTER:
            self._words.setWordWrap(True)
            row.activate()
            wide = min(self.sizeHint().width(), most)
        high = row.totalHeightForWidth(wide) if row.hasHeightForWidth() else self.sizeHint().height()
        self._sized = asked, QSize(wide, max(self._theme.px(52), high))
        return self._sized[1]

    def _beside(self, place: QRect, highest: int) -> QRect:
        """The lowest place that covers no chosen row; the given one where there is none."""
        tried = QRect(place)
        rows = sorted(self.shunned(), key=QRect.top, reverse=True)
        for row in rows:
            if tried.intersects(row):
                tried.moveBottom(row.top() - 8)
        free = tried.top() >= highest and not any(tried.intersects(row) for row in rows)
        return tried if free else place

    def paintEvent(self, event: QPaintEvent) -> None:
        """Deep green in both themes, the tone as an icon."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("rail_on"))
        painter.setBrush(theme.color("rail"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        role = {Tone.BAD: "#F0A398", Tone.WARN: "#F2C879", Tone.OK: "#8FDBAD"}.get(self._tone, "rail_ink")
        side = theme.px(22)
        place = QRectF(theme.px(14), (self.height() - side) / 2, side, side)
        self._icons.paint(painter, place, _ICONS[self._tone], role)
        painter.end()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._words.setMaximumWidth(self._theme.px(620))
        self.place()

    @Slot()
    def _on_watched(self) -> None:
        if self.isHidden():
            self._watch.stop()
        else:
            self.place()

    @Slot()
    def _on_act_clicked(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    @Slot()
    def _on_button_clicked(self) -> None:
        self.hide()
        if self._undo is not None:
            self.undo_clicked.emit(self._undo)
