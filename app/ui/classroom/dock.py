"""The dock under the grid: who is meant, and the kinds of entry with their keys."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.logbook import EntryKind
from app.services.classroom import RosterCard
from app.ui.classroom.words import KIND_ICONS
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, name_widget


class DockButton(QPushButton):
    """Icon above, word and key below; ``bad`` stands apart in red."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        icon: str,
        words: str,
        key: str,
        parent: QWidget,
        *,
        bad: bool = False,
    ) -> None:
        super().__init__(words, parent)
        self._theme, self._icons, self._icon, self._bad = theme, icons, icon, bad
        self.key, self.for_all = key, False
        self.setAccessibleDescription(f"快捷键 {key}")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_for_all(self, for_all: bool) -> None:
        """Bear the mark of two heads where the act is about the whole class."""
        self.for_all = for_all
        self.setAccessibleDescription(f"快捷键 {self.key}" + ("，记全班" if for_all else ""))
        self.setToolTip("记全班" if for_all else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Large enough for a thumb."""
        return QSize(self._theme.px(72), max(48, self._theme.px(58)))

    def minimumSizeHint(self) -> QSize:
        """May become as narrow as its word, never less than a thumb."""
        words = QFontMetricsF(self._theme.font("body", bold=True)).horizontalAdvance(self._words())
        return QSize(max(48, round(words) + 8), self.sizeHint().height())

    def _words(self) -> str:
        return f"{self.text()} {self.key}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button."""
        theme, px, on = self._theme, self._theme.px, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = "brand" if on else "hover" if self.underMouse() and self.isEnabled() else "surface"
        plain = "bad_ink" if self._bad else "line_strong"
        edge = "brand" if on else plain if self.isEnabled() else "line"
        painter.setBrush(theme.color(ground))
        painter.setPen(QPen(theme.color("focus"), 2) if self.hasFocus() else QPen(theme.color(edge), 1))
        painter.drawRoundedRect(rect, 14, 14)
        ink = "bad_ink" if self._bad else "ink"
        role = "brand_ink" if on else ink if self.isEnabled() else "ink_3"
        side = px(24)
        top = rect.center().y() - px(24)
        aside = px(6) if self.for_all else 0  # room for the mark at its right
        place = QRectF(rect.center().x() - side / 2 - aside, top, side, side)
        self._icons.paint(painter, place, self._icon, role)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color(role))
        words = QRectF(rect.x(), top + side, rect.width(), px(24))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._words())
        if self.for_all:
            small = px(14)
            corner = QRectF(rect.right() - small - px(4), rect.top() + px(4), small, small)
            self._icons.paint(painter, corner, "account-multiple-outline", role)
        painter.end()


class KindButton(DockButton):
    """One kind of entry; lit while its panel is open."""

    def __init__(self, theme: Theme, icons: Icons, kind: EntryKind, parent: QWidget) -> None:
        words = {EntryKind.SLEEP_CHECK: "巡视"}.get(kind, kind.label)
        super().__init__(theme, icons, KIND_ICONS[kind], words, kind.key, parent)
        self.kind = kind
        name_widget(self, f"classroom.log.{kind.value}", f"记录{kind.label}")
        self.setCheckable(True)


class LogDock(Card):
    """Says whom an act is about and offers the kinds, and the form for an injury."""

    kind_requested = Signal(object)  # EntryKind
    injury_requested = Signal(object)  # ChildId, or None where several are meant

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        m = theme.metrics
        self._who = label("", "h1")
        self._who.setMinimumWidth(theme.px(96))
        self._hint = label("", "small")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._who)
        words.addWidget(self._hint)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(m.s4, m.s2 + 2, m.s4, m.s2 + 2)
        row.setSpacing(m.s2)
        row.addLayout(words)
        row.addSpacing(m.s2)
        self._buttons: dict[EntryKind, KindButton] = {}
        for kind in EntryKind:
            button = KindButton(theme, icons, kind, self)
            button.clicked.connect(self._on_button_clicked)
            self._buttons[kind] = button
            row.addWidget(button, 1)
        self.injury = DockButton(theme, icons, "alert-outline", "意外", "0", self, bad=True)
        name_widget(self.injury, "classroom.injury", "登记意外伤害")
        self.injury.clicked.connect(self.ask_injury)
        self._meant: tuple[RosterCard, ...] = ()
        self._page, self._pages = 0, 1
        self._more = QPushButton("更多")
        self._more.setAutoDefault(False)
        self._more.setProperty("kind", "choice")
        self._more.setMinimumSize(max(48, theme.px(48)), 48)
        name_widget(self._more, "classroom.more", "更多种类")
        self._more.clicked.connect(self._on_more_clicked)
        self._more.hide()
        row.addWidget(self._more)
        row.addWidget(self.injury, 1)
        self._row = row
        self.show_choice((), chosen=0, allowed=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All kinds where they fit; else the nine with digits, and the rest behind 更多; else by pages."""
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Choose the buttons for the width there is."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        kinds = list(self._buttons)
        wide = {kind: self._buttons[kind].minimumSizeHint().width() + gap for kind in kinds}
        room = self.width() - margins.left() - margins.right() - self._who.minimumWidth() - 2 * gap
        room -= self.injury.minimumSizeHint().width() + gap
        more = self._more.sizeHint().width() + gap
        digits = [kind for kind in kinds if kind.key.isdigit()]
        if sum(wide.values()) <= room:
            pages = [kinds]
        elif sum(wide[kind] for kind in digits) + more <= room:
            pages = [digits, [kind for kind in kinds if kind not in digits]]
        else:
            told = max(self._who.sizeHint().width(), self._hint.sizeHint().width(), self._who.minimumWidth())
            spare = room + self._who.minimumWidth() - told - more - 2 * gap
            fitting = max(1, spare // max(wide.values()))
            pages = [kinds[at : at + fitting] for at in range(0, len(kinds), fitting)]
        self._page = self._page if self._page < len(pages) else 0
        self._pages = len(pages)
        self._more.setVisible(len(pages) > 1)
        self._more.setText("返回" if self._page and self._page == len(pages) - 1 else "更多")
        for kind, button in self._buttons.items():
            button.setVisible(kind in pages[self._page])

    @Slot()
    def _on_more_clicked(self) -> None:
        self._page = (self._page + 1) % max(1, self._pages)
        self.fold()

    def show_choice(
        self, meant: tuple[RosterCard, ...], *, chosen: int, allowed: bool, of_class: int = 0
    ) -> None:
        """Say who is meant: ``chosen`` counts the ticked ones, 0 means the class or the child with the focus.

        ``of_class`` are those in the class: kinds of the whole class mean them all where nobody was chosen.
        """
        self._meant = meant
        self.injury.setEnabled(allowed)
        if chosen:
            self._who.setText(f"已选 {chosen} 人")
            self._hint.setText("Esc 取消")
        elif meant:
            self._who.setText(meant[0].name if len(meant[0].name) <= 5 else f"{meant[0].name[:4]}…")
            self._hint.setText("双人标记的记全班" if of_class > 1 else "空格 多选")
        else:
            self._who.setText("没有孩子")
            self._hint.setText("")
        for kind, button in self._buttons.items():
            button.setEnabled(bool(meant) and allowed)
            button.show_for_all(kind.of_class and not chosen and of_class > 1)
            if not allowed:
                button.setToolTip("你的岗位不能记录，请换带班老师登录。")
        self.fold()  # other words may need more room

    @Slot()
    def ask_injury(self) -> None:
        """0: the form of an injury, with the child who is meant."""
        if self.injury.isEnabled():
            self.injury_requested.emit(self._meant[0].child if len(self._meant) == 1 else None)

    def wanted_height(self) -> int:
        """As high as its buttons need; the room gives it exactly that."""
        margins = self.contentsMargins()
        layout = self.layout()
        if layout is not None:
            margins = layout.contentsMargins()
        return self._buttons[EntryKind.MEAL].sizeHint().height() + margins.top() + margins.bottom()

    def light(self, kind: EntryKind | None) -> None:
        """Light the kind whose panel is open."""
        for own, button in self._buttons.items():
            button.setChecked(own is kind)

    def button(self, kind: EntryKind) -> KindButton:
        """The button of a kind."""
        return self._buttons[kind]

    @Slot()
    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, KindButton):
            self.kind_requested.emit(button.kind)
