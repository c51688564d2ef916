"""在园名单 before anybody has signed in: who is inside, in which class, whom to ring. It only shows.

In a fire nobody signs in. That the list was looked at is written down.
"""

from collections.abc import Callable, Hashable, Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.phones import spaced_phone
from app.domain.record import record
from app.domain.rollcall import Head, HeadGroup
from app.services.roll import Roll
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.overlay import Overlay

ALLERGY = "过敏："
_BETWEEN = "　"  # contacts
_NAME, _FACTS = 0.12, 0.21  # of the width; the rest is whom to ring


@record
class Line:
    """A class, or one person of it: name, what must be known, whom to ring."""

    key: Hashable
    name: str
    facts: str = ""
    contacts: str = ""
    heading: bool = False


def lines_of(roll: Roll) -> Iterator[Line]:
    """Class by class, the staff last; whoever is called missing elsewhere is only named here."""
    for group in roll.groups:
        if group.heads:
            yield Line(("group", group.class_id), _heading(group), heading=True)
            for head in group.heads:
                yield _line(head)


def _heading(group: HeadGroup) -> str:
    return f"{group.name}　{len(group.heads)} 人"


def _line(head: Head) -> Line:
    allergies = f"{ALLERGY}{'、'.join(head.allergies)}" if head.allergies else ""
    facts = (head.age or head.role, head.where, allergies)
    ring = (f"{one.relation} {one.name} {spaced_phone(one.phone)}".strip() for one in head.contacts)
    missing = "没有留电话" if head.is_child else ""
    return Line(head.key, head.name, " · ".join(filter(None, facts)), _BETWEEN.join(ring) or missing)


def whole_contacts(contacts: str, fits: Callable[[str], bool]) -> str:
    """As many as there is room for: half a telephone number rings nobody."""
    every = contacts.split(_BETWEEN)
    for count in range(len(every), 0, -1):
        rest = f"{_BETWEEN}+{len(every) - count}" if count < len(every) else ""
        if fits(words := _BETWEEN.join(every[:count]) + rest):
            return words
    return every[0]


class LineModel(KeyedModel[Line]):
    """The list as it stood when it was opened."""

    def key_of(self, item: Line) -> Hashable:
        """The class, the stay or the staff member."""
        return item.key

    def words_of(self, item: Line) -> str:
        """张沐阳，2岁6个月 · 过敏：花生，妈妈 张母 137 0000 2233"""
        return "，".join(filter(None, (item.name, item.facts, item.contacts)))


class LineDelegate(QStyledItemDelegate):
    """Paints a class as a heading, a person as one line."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, a heading a little more."""
        return QSize(200, self._theme.px(40 if index.data(ITEM_ROLE).heading else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Name, facts, contacts, from left to right."""
        line: Line = index.data(ITEM_ROLE)
        theme, box = self._theme, QRectF(option.rect)
        painter.save()
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("h2" if line.heading else "body", bold=True))
        painter.setPen(theme.color("brand_text" if line.heading else "ink"))
        first, second = box.width() * _NAME, box.width() * _FACTS
        if line.heading:
            painter.drawText(box, side, line.name)
            painter.restore()
            return
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        painter.drawText(QRectF(box.x(), box.y(), first - 8, box.height()), side, line.name)
        painter.setFont(theme.font("body"))
        fit = QFontMetricsF(painter.font())
        plain, told, allergy = line.facts.partition(ALLERGY)
        # What she must not eat stands first: the line may be short of room for the rest.
        left, gap = box.x() + first, "  " if told else ""
        for words, ink in ((told + allergy + gap, "bad_ink"), (plain.removesuffix(" · "), "ink_2")):
            room = max(0.0, box.x() + first + second - 8 - left)
            shown = fit.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.color(ink))
            painter.drawText(QRectF(left, box.y(), room, box.height()), side, shown)
            left += fit.horizontalAdvance(shown)
        room = box.width() - first - second
        painter.setPen(theme.color("ink"))
        whole = whole_contacts(line.contacts, lambda words: fit.horizontalAdvance(words) <= room)
        painter.drawText(QRectF(box.x() + first + second, box.y(), room, box.height()), side, whole)
        painter.restore()


class InsideSheet(Overlay):
    """Covers the window; Esc puts it away. Nothing can be changed here."""

    def __init__(self, context: RoomContext, host: QWidget) -> None:
        super().__init__(context.theme, host, object_name="inside")
        self.setAccessibleName("在园名单，只能看")
        self._context, self._gone = context, False
        theme, m = context.theme, context.theme.metrics
        self.words = label("正在读取…", "h1")
        self.words.setObjectName("inside.words")
        self._close = KeyButton(theme, "收起", bind=False, shown="Esc", object_name="inside.close")
        self._close.clicked.connect(self.dismiss)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self._close)
        self.model = LineModel(self)
        self.view = QListView()
        name_widget(self.view, "inside.list", "在园的人，按班级")
        self.view.setModel(self.model)
        self.view.setItemDelegate(LineDelegate(theme, self.view))
        column = self.card.column(margins=(m.s4, m.s3, m.s4, m.s3), spacing=m.s2)
        column.addLayout(top)
        column.addWidget(
            label("还没有人登录：只能看，不能点名。登录后按 F9 可以逐个点名。", "muted", wrap=True)
        )
        column.addWidget(self.view, 1)
        self.fill()
        self.dismissed.connect(self._on_dismissed)

    def present(self) -> None:
        """Come up, ask who is inside, and note that somebody looked."""
        super().present()
        self._context.ask(lambda s: s.rollcall.inside(), self._show)
        self._context.act(lambda s: s.rollcall.note_look())

    def focus_first(self) -> None:
        """The arrows scroll the list."""
        self.view.setFocus()

    def _show(self, roll: Roll) -> None:
        if self._gone:
            return
        self.words.setText(
            f"在园 {roll.children} 个孩子（{roll.at:%H:%M}）" if roll.heads else "现在没有人在园"
        )
        self.model.replace(tuple(lines_of(roll)))
        self.view.setCurrentIndex(self.model.index(0))

    def _on_dismissed(self) -> None:
        self._gone = True
