"""家长屏: the second window, for the screen that faces the parents. Paints what ``ParentScreen`` holds."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui.parent_screen import CodeState, Face, ParentScreen
from app.ui.theme import Theme

_CODE_INK = {
    CodeState.RIGHT: ("ok_soft", "ok_ink"),
    CodeState.WRONG: ("bad_soft", "bad_ink"),
    CodeState.TYPED: ("info_soft", "info_ink"),
    CodeState.ASKED: ("warn_soft", "warn_ink"),
    CodeState.CALLED: ("warn_soft", "warn_ink"),
    CodeState.DEAD: ("bad_soft", "bad_ink"),
}


class ParentsWindow(QWidget):
    """Full screen where there is a second screen, else a window of its own. F11 or Esc closes it."""

    closed = Signal()

    def __init__(self, theme: Theme, screen: ParentScreen) -> None:
        super().__init__()
        self.setObjectName("parents")
        self.setWindowTitle("家长屏 · 托得好")
        self.setMinimumSize(480, 320)
        self.resize(1024, 640)
        self._theme = theme
        self._screen = self.screen_model = screen
        self._qr = QImage()
        self._qr_bytes = b""
        screen.listen(self._on_changed)
        theme.changed.connect(self.update)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(screen.tick)
        self._timer.timeout.connect(self.update)  # the greeting follows the time of day
        self._on_changed()

    def open_on(self, wanted: str, besides: QScreen | None) -> str:
        """Show on the screen of that name, else on the first that is not ``besides``; returns its name.

        With one screen only it is a plain window, to be pushed wherever it is wanted.
        """
        screens = QGuiApplication.screens()
        others = [one for one in screens if one != besides]
        chosen = next((one for one in others if one.name() == wanted), others[0] if others else None)
        if chosen is None:
            self.showNormal()
            return ""
        self.setGeometry(chosen.geometry())
        self.showFullScreen()
        return chosen.name()

    def words(self) -> tuple[str, ...]:
        """Everything that can be read, from top to bottom."""
        screen, shown = self._screen, self._screen.shown
        if shown.face is Face.GREETING:
            return (screen.greeting, f"欢迎来到{screen.centre}" if screen.centre else "欢迎")
        if shown.face is Face.THANKS:
            money = f"已收 {shown.paid.yuan_words}" if shown.receipts else ""
            several = f"收据共 {shown.receipts} 张" if shown.receipts > 1 else ""
            scan = "拍下来，到前台扫一扫可核对真假" if shown.qr else ""
            return tuple(part for part in ("谢谢，慢走！", shown.called, money, several, scan) if part)
        due = f"应付 {shown.due.yuan_words}" if shown.due else ""
        later = f"以后付 {shown.put_off.yuan_words}" if shown.put_off else ""
        return tuple(part for part in (shown.called, shown.act, shown.code.words, due, later) if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Big words in the middle, the money in the largest figures, the code as a picture."""
        theme, shown = self._theme, self._screen.shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("bg"))
        head = QRectF(0, 0, self.width(), self.height() * 0.13)
        painter.fillRect(head, theme.color("rail"))
        painter.setPen(theme.color("rail_on_ink"))
        self._line(painter, head, self._screen.centre or "托得好", 0.055)
        body = QRectF(0, head.bottom(), self.width(), self.height() - head.height())
        if not self._qr.isNull():
            side = min(body.height() * 0.62, body.width() * 0.36)
            place = QRectF(body.right() - side - body.width() * 0.06, 0, side, side)
            place.moveCenter(body.center())
            place.moveRight(body.right() - body.width() * 0.06)
            painter.fillRect(place.adjusted(-10, -10, 10, 10), theme.color("paper"))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.drawImage(place, self._qr)
            body.setRight(place.left() - 20)
        self._paint_words(painter, body, shown.code)
        painter.end()

    def _paint_words(self, painter: QPainter, body: QRectF, code: CodeState) -> None:
        words = self.words()
        sizes = [self._size_of(at, one) for at, one in enumerate(words)]
        heights = [size * self.height() * 1.7 for size in sizes]
        top = body.center().y() - sum(heights) / 2
        for one, size, height in zip(words, sizes, heights, strict=True):
            line = QRectF(body.x() + body.width() * 0.04, top, body.width() * 0.92, height)
            if one == code.words and one:
                ground, ink = _CODE_INK[code]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color(ground))
                inset = height * 0.06
                wide = QFontMetricsF(self._font(line, one, size)).horizontalAdvance(one) + 1.4 * height
                pill = QRectF(0, 0, min(wide, line.width()), height - 2 * inset)
                pill.moveCenter(line.center())
                painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
                painter.setPen(self._theme.color(ink))
            else:
                painter.setPen(self._theme.color("brand_text" if one.startswith(("应付", "已收")) else "ink"))
            self._line(painter, line, one, size)
            top += height

    def _size_of(self, at: int, words: str) -> float:
        """Share of the window's height: money the largest, then the first line."""
        if words.startswith(("应付", "已收")):
            return 0.13
        return 0.11 if at == 0 else 0.06

    def _font(self, line: QRectF, words: str, share: float) -> QFont:
        """As large as wished, smaller where the words are too long for the line."""
        font = self._theme.font("huge", bold=True, tabular=True)
        font.setPixelSize(max(12, round(self.height() * share)))
        while QFontMetricsF(font).horizontalAdvance(words) > line.width() and font.pixelSize() > 12:
            font.setPixelSize(font.pixelSize() - 2)
        return font

    def _line(self, painter: QPainter, line: QRectF, words: str, share: float) -> None:
        painter.setFont(self._font(line, words, share))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)

    def _on_changed(self) -> None:
        qr = self._screen.shown.qr
        if qr != self._qr_bytes:
            self._qr_bytes, self._qr = qr, QImage.fromData(qr) if qr else QImage()
        self.setAccessibleName("，".join(self.words()))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 or Esc closes it, should it ever have the keyboard."""
        if event.key() in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
            self.close()
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the time while it is up."""
        super().showEvent(event)
        self._timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody's words stay behind."""
        self._timer.stop()
        self._screen.clear()
        super().closeEvent(event)
        self.closed.emit()
