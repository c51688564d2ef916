"""The band at the head of the roll call: drill or real by word and colour, the watch, and who is missing.

Below it, at the right, one person with whom to ring.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.looks import Chip, Tone
from app.domain.phones import spaced_phone
from app.domain.rollcall import CallKind, Head, HeadState, clock_words
from app.services.roll import Roll
from app.ui.rooms import Clock, RoomContext
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import scrolled

_CONTACTS = 3
BANNER = "roll_call"
_MANY_CLASSES = 12  # more of them, with the staff, need the height that the band can spare
_HIGH, _LOW = 74, 50  # a button of 44 pixels and the figure stand in either
_LEGIBLE = 0.85  # words shrink so far before the buttons give up their keys


class Band(QWidget):
    """Amber for a drill, red for the real thing, plain before there is a call. Buttons stand in ``row``."""

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._theme, self._clock = theme, clock
        self._roll: Roll | None = None
        self._shrunk = 1.0
        self.row = QHBoxLayout(self)
        self._height = _HIGH
        self.row.setContentsMargins(theme.px(20), theme.px(3), theme.px(14), theme.px(3))
        self.row.addStretch(1)
        self.setObjectName("rollcall.band")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Tall enough for the figure."""
        return QSize(self.row.sizeHint().width() + self._theme.px(420), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """As tall as it is; it may be narrower."""
        return QSize(self.row.minimumSize().width(), self._theme.px(self._height))

    def show_roll(self, roll: Roll) -> None:
        """Show how it stands."""
        self._roll = roll
        self._height = _LOW if len(roll.groups) > _MANY_CLASSES else _HIGH
        self.updateGeometry()
        self.setAccessibleName("，".join(self.words()))
        self.fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another share."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Keep the words clear of the buttons: these give up their keys first, then the words shrink."""
        if not self.row.count():
            return
        buttons = [one for one in self.findChildren(KeyButton) if not one.isHidden()]
        share = 1.0
        for lean in (0, 1):
            for one in buttons:
                one.set_lean(lean)
            held = sum(one.sizeHint().width() + self.row.spacing() for one in buttons)
            share = (self.width() - held - self._theme.px(54)) / self._need()
            if share >= _LEGIBLE:
                break
        self._shrunk = max(0.5, min(1.0, share))
        self.update()

    def _need(self) -> float:
        """How wide the words are in full size."""
        widths = (
            QFontMetricsF(self._font(size, 1.0)).horizontalAdvance(words) for words, size in self._sized()
        )
        return sum(widths) + 2 * self._theme.px(26)

    def _sized(self) -> tuple[tuple[str, int], ...]:
        return tuple(zip(self.words(), (28, 24, 44), strict=True))

    def words(self) -> tuple[str, str, str]:
        """What it says: the kind, the time, how many are missing."""
        roll = self._roll
        if roll is None:
            return "紧急点名", "", ""
        call = roll.call
        if call is None:
            staff = len(roll.heads) - roll.children
            return "紧急点名", f"教职工 {staff} 人", f"在园 {roll.children}"
        plan = f" · {call.plan}" if call.plan else ""
        missing = f"还差 {roll.missing}" if roll.missing else "全部找到"
        return f"{call.kind.label}{plan}", clock_words(call.started_at, self._clock()), missing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, kind, watch, figure."""
        theme, px = self._theme, self._theme.px
        call = None if self._roll is None else self._roll.call
        real = call is not None and call.kind is CallKind.REAL
        ground = "surface" if call is None else "bad" if real else "accent"
        ink = theme.color("ink" if call is None else "brand_ink" if real else "accent_ink")
        if real and theme.dark:
            ground, ink = "bad_soft", theme.color("bad_ink")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        painter.setPen(ink)
        left: float = px(20 if call is not None else 4)  # without a ground it begins where the lists begin
        for words, size in self._sized():
            left += self._word(painter, left, words, size) + px(26) * self._shrunk
        painter.end()

    def _font(self, size: int, by: float) -> QFont:
        font = self._theme.font("huge", bold=True, tabular=True)
        font.setPixelSize(round(self._theme.px(size) * by))
        return font

    def _word(self, painter: QPainter, left: float, words: str, size: int) -> float:
        font = self._font(size, self._shrunk)
        painter.setFont(font)
        width = QFontMetricsF(font).horizontalAdvance(words)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, width + 4, self.height()), flags, words)
        return width


class HeadCard(Card):
    """One person: who she is, what she must not eat, whom to ring."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("rollcall.person")
        self._name = label("", "h1", wrap=True)
        self._facts = label("", "muted", wrap=True)
        self._state = ChipLabel(theme, parent=self)
        self._allergy = label("", "error", wrap=True)
        m = theme.metrics
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, m.s2, 0)
        column.setSpacing(m.s2)
        for part in (self._name, self._facts, self._state, self._allergy):
            column.addWidget(part)
        # In large type a telephone number is scrolled to rather than squeezed flat.
        self.column(margins=(m.s4, m.s4, m.s1, m.s4)).addWidget(scrolled(inside, "rollcall.person.scroll"))
        self._contacts = QVBoxLayout()
        self._contacts.setSpacing(theme.metrics.s2)
        column.addLayout(self._contacts)
        self._who = [label("", "small", wrap=True) for _ in range(_CONTACTS)]
        self._phones = [label("", "h1") for _ in range(_CONTACTS)]
        for who, phone in zip(self._who, self._phones, strict=True):
            phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            phone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._contacts.addWidget(who)
            self._contacts.addWidget(phone)
        column.addStretch(1)
        self.show_head(None, counting=False)

    def show_head(self, head: Head | None, *, counting: bool) -> None:
        """Show somebody, or ask for a choice."""
        contacts = () if head is None else head.contacts[:_CONTACTS]
        self._name.setText("选一个人" if head is None else head.name)
        nickname = f"小名 {head.nickname}" if head is not None and head.nickname else ""
        about = () if head is None else (nickname, head.age, head.role)
        late = "点名开始后入园" if head is not None and head.late else ""
        where = () if head is None else (head.class_name, head.where, late)
        # A line each: broken anywhere, a class would lose its last character to the next line.
        lines = (" · ".join(part for part in facts if part) for facts in (about, where))
        self._facts.setText("\n".join(line for line in lines if line))
        self._state.set_chip(_chip(head) if head is not None and counting else Chip(""))
        self._allergy.setText(
            "" if head is None or not head.allergies else f"过敏：{'、'.join(head.allergies)}"
        )
        self._allergy.setVisible(bool(self._allergy.text()))
        for at, (who, phone) in enumerate(zip(self._who, self._phones, strict=True)):
            one = contacts[at] if at < len(contacts) else None
            missing = "没有留电话" if head is not None and head.is_child and not contacts and at == 0 else ""
            who.setText(missing if one is None else f"{one.relation} {one.name}".strip())
            phone.setText("" if one is None else spaced_phone(one.phone))
            who.setVisible(bool(who.text()))
            phone.setVisible(one is not None)


def _chip(head: Head) -> Chip:
    tones = {HeadState.MISSING: Tone.BAD, HeadState.SAFE: Tone.OK, HeadState.LEFT: Tone.INFO}
    at = "" if head.at is None else f" {head.at:%H:%M}"
    return Chip(f"{head.state.label}{at} {head.by}".strip(), tones.get(head.state, Tone.PLAIN))


def offer_call(context: RoomContext, kind: CallKind, missing: int | None) -> None:
    """A banner: a roll call is under way, F9 goes on with it."""
    how = "" if missing is None else f"，还差 {missing} 人" if missing else "，全部找到，请结束并存记录"
    tone = Tone.BAD if kind is CallKind.REAL else Tone.WARN
    context.messages.banner(BANNER, f"{kind.label}点名还没有结束{how}。按 F9 继续。", tone)
