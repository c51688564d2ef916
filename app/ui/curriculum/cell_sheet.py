"""One cell of the week: up to four activities with their times, and the library beside them."""

import datetime as dt
import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget

from app.domain.curriculum import Activity, DaySlot
from app.services.activity_library import Library
from app.services.curriculum import ClassFace, Item
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList

_ROWS = 3
_CLOCK = re.compile(r"(\d{1,2})\s*[:：.时点]?\s*(\d{2})?\s*分?")
_WEEKDAYS = "一二三四五六日"
_SHIFT = 30  # minutes from one activity to the next proposed


class CellSheet(FormSheet):
    """Typing in a line looks in the library; Down goes there, Enter takes one. An empty line is nothing."""

    WIDE = 760
    _lines: Sequence[tuple[QLineEdit, QLineEdit]] = ()
    kept = Signal(object)  # tuple[Item, ...]

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        face: ClassFace,
        day: dt.date,
        slot: DaySlot,
        items: Sequence[Item],
    ) -> None:
        words = f"{face.name} 周{_WEEKDAYS[day.weekday()]} {day.month}月{day.day}日 {slot.label}"
        super().__init__(context, host, "cell", words, "保存")
        self._face, self._day, self._slot = face, day, slot
        self._at = min(len(items), _ROWS - 1)
        self._found: dict[str, Activity] = {}
        self._build(items)
        self._look("")

    def _build(self, items: Sequence[Item]) -> None:
        grid = QGridLayout()
        grid.setSpacing(self.context.theme.metrics.s2)
        grid.setColumnStretch(1, 1)
        usual, lines = self._slot.usual, []
        for at in range(max(_ROWS, len(items))):
            item = items[at] if at < len(items) else None
            minute = item.minute if item is not None else usual
            usual = minute + _SHIFT
            clock, name = QLineEdit(_clock(minute)), QLineEdit("" if item is None else item.name)
            name_widget(clock, f"cell.time.{at + 1}", f"第 {at + 1} 项的时间")
            name_widget(name, f"cell.name.{at + 1}", f"第 {at + 1} 项活动")
            clock.setFixedWidth(self.context.theme.px(84))
            name.setPlaceholderText("写活动的名字，或按 ↓ 从下面的活动库里选")
            name.setMaxLength(200)
            clock.returnPressed.connect(self.focusNextChild)
            name.returnPressed.connect(self.focusNextChild)
            name.textEdited.connect(self._look)
            name.installEventFilter(self)
            grid.addWidget(clock, at, 0)
            grid.addWidget(name, at, 1)
            lines.append((clock, name))
        self._lines = tuple(lines)
        self.form.addLayout(grid)
        self.found = RecordList(
            self.context.theme, "cell.library", "活动库", "活动库里没有这样的活动；写上名字也可以直接保存。"
        )
        self.found.view.setMinimumHeight(self.context.theme.px(190))
        self.found.entered.connect(self._on_taken)
        self.found.view.doubleClicked.connect(self._on_taken)
        self.found.chosen.connect(self._on_lit)
        self.form.addWidget(self.found)
        self.steps = label("", "muted", wrap=True)
        self.steps.setObjectName("cell.steps")
        self.steps.setMinimumHeight(self.context.theme.px(44))
        self.form.addWidget(self.steps)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_line_focused)

    def focus_first(self) -> None:
        """The first line that is empty."""
        self.fit()
        self._lines[self._at][1].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in a line goes to what was found."""
        if not any(watched is name for _, name in self._lines):
            return super().eventFilter(watched, event)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Down:
            return False
        self.found.view.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot(QWidget, QWidget)
    def _on_line_focused(self, _left: QWidget | None, held: QWidget | None) -> None:
        for at, (_, name) in enumerate(self._lines):
            if held is name:
                self._at = at

    @Slot(str)
    def _look(self, words: str) -> None:
        actor, months = self.context.actor, self._face.months

        def show(library: Library) -> None:
            if self.gone:
                return
            self._found = {one.name: one for one in library.activities}
            self.found.set_title(f"活动库（{months[0]}–{months[1]} 月龄 {len(library.activities)} 项）")
            self.found.show_records(
                [Record(one.name, one.name, f"{one.area_words}　{one.ages}") for one in library.activities]
            )

        self.context.ask(lambda s: s.classes.library.library(actor, words=words, months=months), show)

    @Slot(object)
    def _on_lit(self, key: object) -> None:
        one = self._found.get(str(key))
        self.steps.setText("" if one is None else f"材料：{one.materials or '无'}。{one.steps}")

    @Slot()
    def _on_taken(self) -> None:
        key = self.found.key()
        if key is None:
            return
        self._lines[self._at][1].setText(str(key))
        following = min(self._at + 1, len(self._lines) - 1)
        self._lines[following][1].setFocus(Qt.FocusReason.TabFocusReason)
        self._look("")

    def finish(self) -> None:
        """Read the lines and hand them on."""
        items = []
        for clock, name in self._lines:
            if not name.text().strip():
                continue
            minute = _minute(clock.text())
            if minute is None:
                self.say(f"时间“{clock.text()[:8]}”看不懂，请写成 10:00 的样子。")
                clock.setFocus(Qt.FocusReason.TabFocusReason)
                return
            items.append(Item(self._day, minute, name.text().strip()))
        if len({one.minute for one in items}) < len(items):
            self.say("有两项活动的时间一样，请改一个时间。")
            return
        self.kept.emit(tuple(items))
        self.dismiss()


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _minute(text: str) -> int | None:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
