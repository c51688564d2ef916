"""Writing a visit of the doctor down: who came, whom they saw, what they advised."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.ids import ChildId
from app.domain.names import SearchKeys, matches
from app.domain.typed_days import Direction
from app.services.doctor_visits import DoctorVisit, VisitsView, VisitTyped
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList

if TYPE_CHECKING:
    from app.ui.rooms import RoomContext


class DoctorSheet(FormSheet):
    """Enter walks; in the line of a child it puts her on the list and begins the next one."""

    WIDE = 860

    def __init__(
        self, context: "RoomContext", host: QWidget, view: VisitsView, visit: DoctorVisit | None
    ) -> None:
        super().__init__(context, host, "visit", "更正巡诊记录" if visit else "记一次巡诊", "保存")
        self._visit, self._choices = visit, view.choices
        self._names = {one.child: f"{one.name}　{one.class_name}" for one in view.choices}
        self._seen: dict[ChildId, str] = {}
        last = visit or next(iter(view.visits), None)
        self.day = self.add_day("day", "日期", Direction.PAST, "如 2025-12-03 或 今天", required=True)
        self.doctor = self.add_field("doctor", "医生", required=True)
        self.clinic = self.add_field("clinic", "单位", "填签约的医疗机构", required=True)
        self.content = self.add_field("content", "内容", "如 身高体重复核，口腔、皮肤、心肺")
        self.conclusion = self.add_field("conclusion", "结论和建议", required=True)
        self.child = self.add_field(
            "child", "孩子（姓名或拼音首字母）", "按姓名或拼音首字母找", required=True
        )
        self.advice = self.add_field("advice", "给孩子的建议", "没有就空着，Enter 加上")
        self.add = KeyButton(context.theme, "加上", "Alt+A", object_name="visit.add")
        self.all = KeyButton(context.theme, "全班都看了", "Alt+B", object_name="visit.all")
        self.list = RecordList(context.theme, "visit.list", "看了哪些孩子", "一个一个加，Del 去掉。")
        self.list.view.setMinimumHeight(context.theme.px(130))
        self.row(self.day, self.doctor, self.clinic, stretches=(1, 1, 2))
        self.row(self.content)
        self.row(self.conclusion)
        self.row(self.child, self.advice, stretches=(2, 3))
        buttons = QWidget()
        line = self.row(buttons)
        line.removeWidget(buttons)
        buttons.deleteLater()
        line.addWidget(self.add)
        line.addWidget(self.all)
        line.addStretch(1)
        self.form.addWidget(self.list)
        for field in (self.child, self.advice):
            field.entered.disconnect()
        self.child.entered.connect(self._on_child_entered)
        self.advice.entered.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self.all.clicked.connect(self._on_all)
        self.list.view.installEventFilter(self)
        if last is not None:
            self.doctor.set_text(last.told.doctor)
            self.clinic.set_text(last.told.clinic)
        self.day.set_text(f"{visit.told.day if visit else view.today}")
        if visit is not None:
            self.content.set_text(visit.told.content)
            self.conclusion.set_text(visit.told.conclusion)
            self._names = {one.child: one.name for one in visit.told.children} | self._names
            self._seen = {one.child: one.words for one in visit.told.children}
        self._show_seen()

    def focus_first(self) -> None:
        """The doctor and the clinic are often the same: the first empty line."""
        self.fit()
        lines = (self.day, self.doctor, self.clinic, self.content, self.conclusion)
        empty = next((one for one in lines if not one.text()), self.day)
        empty.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Hand the visit over."""
        actor = self.context.actor
        if self.child.text().strip() and not self._take():
            return
        typed = VisitTyped(
            self.day.full_text(), self.doctor.text(), self.clinic.text(), self.content.text(),
            self.conclusion.text(), dict(self._seen), None if self._visit is None else self._visit.id,
        )  # fmt: skip
        self.submit(lambda s: s.health.doctor.keep(actor, typed))

    @Slot()
    def _on_child_entered(self) -> None:
        """With nobody named Enter goes on to the list's end; with a name to what was advised."""
        if not self.child.text().strip():
            self.keep.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self._found() is not None:
            self.advice.edit.setFocus()

    @Slot()
    def _on_add(self) -> None:
        if self._take():
            self.child.edit.setFocus()

    @Slot()
    def _on_all(self) -> None:
        """Everybody of the class of the last child: a visit often sees a whole class."""
        if self.child.text().strip() and not self._take():
            return
        if not self._seen:
            self.say("先加一个孩子，再把她全班加上。", "child")
            return
        last = list(self._seen)[-1]
        group = next((one.class_name for one in self._choices if one.child == last), "")
        for one in self._choices:
            if one.class_name == group:
                self._seen.setdefault(one.child, "")
        self._show_seen()

    def _take(self) -> bool:
        """Put the named child on the list."""
        found = self._found()
        if found is None:
            return False
        self._seen[found] = self.advice.text().strip()
        self.child.set_text("")
        self.advice.set_text("")
        self.say("")
        self._show_seen()
        return True

    def _found(self) -> ChildId | None:
        """The one child that was named; several or none is said."""
        wanted = self.child.text().strip()
        exact = [one for one in self._choices if one.name == wanted]
        near = exact or [
            one for one in self._choices if matches(wanted, one.name, keys=SearchKeys(one.pinyin, ""))
        ]
        if len(near) == 1:
            self.child.set_text(near[0].name)
            return near[0].child
        names = "、".join(one.name for one in near[:5])
        self.say(f"有几个：{names}，请再写一点。" if near else f"没有找到“{wanted[:10]}”。", "child")
        return None

    def _show_seen(self) -> None:
        self.list.set_title(f"看了 {len(self._seen)} 名")
        self.list.show_records(
            [
                Record(child, self._names.get(child, ""), words or "无特殊")
                for child, words in self._seen.items()
            ]
        )
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del takes the lit child off the list."""
        pressed = event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and watched is self.list.view:
            key = self.list.key()
            if event.key() == Qt.Key.Key_Delete and isinstance(key, int):
                self._seen.pop(ChildId(key), None)
                self._show_seen()
                return True
        return super().eventFilter(watched, event)
