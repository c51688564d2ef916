"""The top bar: where we are, when it is, the search, the room's acts, and who is here."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from app.domain.staff import Actor
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.paint import paint_avatar

_WEEKDAYS = "一二三四五六日"


def moment_words(now: dt.datetime) -> str:
    """2025年12月3日 星期三 · 13:52."""
    return f"{now.year}年{now.month}月{now.day}日 星期{_WEEKDAYS[now.weekday()]} · {now:%H:%M}"


def short_moment_words(now: dt.datetime) -> str:
    """12月3日 · 13:52."""
    return f"{now.month}月{now.day}日 · {now:%H:%M}"


class WhoButton(QPushButton):
    """Avatar, name and role of the person who is signed in; a click lets another one take over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actor: Actor | None = None
        name_widget(self, "shell.who", "换人")
        self.setToolTip("换一位同事（Ctrl+L）")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_actor(self, actor: Actor | None) -> None:
        """Show somebody."""
        self._actor = actor
        self.setAccessibleName(f"{actor.name}，{actor.post}，点击换人" if actor else "换人")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for avatar and words."""
        theme = self._theme
        words = self._words()
        name = QFontMetricsF(theme.font("body", bold=True)).horizontalAdvance(words[0])
        role = QFontMetricsF(theme.font("small")).horizontalAdvance(words[1])
        return QSize(round(theme.px(34) + 10 + max(name, role)) + 14, max(46, theme.px(46)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint avatar, name, role."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        side, (name, role) = theme.px(34), self._words()
        top = (self.height() - side) / 2
        paint_avatar(painter, theme, QRectF(6, top, side, side), name[:1], "accent", ink="accent_ink")
        left, middle = 6 + side + 8, self.height() / 2
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("ink"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, middle - theme.px(21), self.width(), theme.px(22)), flags, name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink_2"))
        painter.drawText(QRectF(left, middle, self.width(), theme.px(20)), flags, role)
        painter.end()

    def _words(self) -> tuple[str, str]:
        return (self._actor.name, self._actor.post) if self._actor else ("未登录", "")


class PracticeBadge(QWidget):
    """练习, on the amber of the frame."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("练习模式")
        self.setToolTip("这里是练习用的向阳托育中心，和真实数据互不相干。")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(self._theme.px(52), self._theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("practice"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.color("accent_ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "练习")
        painter.end()


class TopBar(QFrame):
    """Passive: the window fills it for the room in front."""

    who_clicked = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("shell_top")
        self._theme = theme
        self._moment: dt.datetime | None = None
        self._fitted: tuple[dt.datetime, int, int, int] | None = None  # what the date was last fitted to
        self._title = label("", "h1")
        self._date = label("", "muted")
        self._date.setObjectName("shell.date")
        self.practice = PracticeBadge(theme)
        self.search = SearchBox(
            theme, icons, "desk.search", "找孩子：姓名、拼音首字母、手机尾号，或扫码", "Ctrl K"
        )
        self.search.offer_hints(
            "扫码，或输入拼音首字母 / 手机尾号", "扫码，或拼音 / 手机尾号", "拼音 / 尾号", "找孩子"
        )
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._who = WhoButton(theme)
        self._who.clicked.connect(self.who_clicked)
        # Where widgets of the rooms behind wait: without a parent they would outlive the window.
        self._attic = QWidget(self)
        self._attic.hide()
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        row = QHBoxLayout(self)
        for item in (self._title, self._date, self.practice):
            row.addWidget(item)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addWidget(self.search, 3)
        row.addLayout(self._right)
        row.addWidget(self._who)
        self._row: QLayout = row
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_title(self, title: str) -> None:
        """Where we are."""
        self._title.setText(title)

    def show_moment(self, now: dt.datetime) -> None:
        """What time it is."""
        self._moment = now
        self._fit()

    def _fit(self) -> None:
        """Say the moment as fully as there is room for; where none is, the buttons give up their keys."""
        if self._moment is None or not self._row.geometry().isValid():
            return
        widgets = [
            widget
            for layout in (self._left, self._right)
            for place in range(layout.count())
            if (item := layout.itemAt(place)) is not None and (widget := item.widget()) is not None
        ]
        for widget in widgets:
            widget.ensurePolished()  # the sheet has not given a room's new label its font yet
        buttons = [one for one in widgets if isinstance(one, KeyButton) and not one.isHidden()]
        rest = self._row.minimumSize().width() - self._date.minimumSizeHint().width()
        rest -= sum(one.minimumSizeHint().width() for one in buttons)
        fitted = (self._moment, self.width(), rest, sum(one.width_at(0) for one in buttons))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        full, short = moment_words(self._moment), short_moment_words(self._moment)
        for words, level in ((full, 0), (short, 0), ("", 0), ("", 1), ("", 2), ("", 3)):
            self._date.setText(words)
            wanted = rest + self._date.minimumSizeHint().width() + sum(one.width_at(level) for one in buttons)
            if wanted + (self._theme.px(60) if words else 0) <= self.width():
                break
        for one in buttons:
            one.set_lean(level)

    def show_actor(self, actor: Actor | None) -> None:
        """Who is here."""
        self._who.show_actor(actor)

    def show_room_widgets(self, left: Sequence[QWidget], right: Sequence[QWidget], *, search: bool) -> None:
        """Put the room's own widgets in place of the last room's."""
        for layout, widgets in ((self._left, left), (self._right, right)):
            while (item := layout.takeAt(0)) is not None:
                old = item.widget()
                if old is not None and old not in widgets:
                    old.hide()
                    old.setParent(self._attic)
            for widget in widgets:
                # A widget its room keeps hidden for now stays hidden.
                hidden = widget.isHidden() and widget.testAttribute(
                    Qt.WidgetAttribute.WA_WState_ExplicitShowHide
                )
                parented = widget.parent() is self
                layout.addWidget(widget)
                if not (hidden and parented):
                    widget.show()
        self.search.setVisible(search)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words of the date up first when it gets narrow."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit the date again when something beside it has grown: another month, another name."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._theme
        m = theme.metrics
        self.setFixedHeight(max(m.top, 60))
        self._row.setContentsMargins(m.s5, 0, m.s4, 0)
        self._row.setSpacing(m.s3)
        for layout in (self._left, self._right):
            layout.setSpacing(m.s2)
        self.search.setMinimumWidth(theme.px(104))  # its icon and its key
        self.search.setMaximumWidth(theme.px(420))
