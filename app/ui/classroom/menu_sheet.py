"""今日食谱和活动: what the kitchen serves today and what the class in front does, on one sheet."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.logbook import MealSlot
from app.domain.record import record
from app.services.classroom import ClassTab
from app.services.menus import Activity, DayMenu, DayPlan, Meal
from app.ui.classroom.form import TimeEdit
from app.ui.classroom.sheets import open_sheet
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet

_ROWS = 3
_WEEK, _DAY = dt.timedelta(days=7), dt.timedelta(days=1)
_LONGEST_LINE = 1000  # far beyond what is kept: what is pasted by mistake is refused in words, not cut


@record
class SheetContent:
    """What stands today, and the nearest day before that has a menu."""

    menu: DayMenu
    plan: DayPlan | None
    last: dt.date | None


def read_sheet(services: Any, actor: Any, day: dt.date, group: ClassTab | None) -> SheetContent:
    """Ask for everything the sheet shows. On the keeper thread."""
    plan = None if group is None else services.menus.plan(actor, day, group.id)
    return SheetContent(services.menus.day(actor, day), plan, services.menus.last_before(actor, day))


class MenuSheet(FormSheet):
    """Five meals and the activities of one class. Ctrl+Enter keeps; Esc leaves, asking if there is more."""

    WIDE = 920

    def __init__(
        self, context: RoomContext, host: QWidget, group: ClassTab | None, content: SheetContent
    ) -> None:
        super().__init__(context, host, "menu", "今日食谱和活动", "保存")
        self._group, self._day = group, content.menu.day
        self._asking = False
        self._meals: dict[MealSlot, tuple[QLineEdit, QLineEdit]] = {}
        self._activities: list[tuple[TimeEdit, QLineEdit]] = []
        self._build(content)
        self._show_meals(content.menu)
        self._show_plan(content.plan)
        self._before = self._texts()

    # -- building -------------------------------------------------------------------------------------

    def _build(self, content: SheetContent) -> None:
        m = self.context.theme.metrics
        self._grid_body = QGridLayout()
        self._grid_body.setHorizontalSpacing(m.s3)
        self._grid_body.setVerticalSpacing(m.s2)
        self._grid_body.setColumnStretch(1, 5)
        self._grid_body.setColumnStretch(2, 3)
        self.form.setContentsMargins(0, 0, m.s2, 0)
        self.form.addLayout(self._grid_body)
        self._add_meals()
        if content.plan is not None and self._group is not None:
            heading = label(f"{self._group.name}的活动", "label")
            self._grid_body.addWidget(heading, len(MealSlot) + 1, 0, 1, 3)
            self._add_activities(_ROWS)
        self._add_buttons(content.last)
        self._set_tab_order()

    def _add_buttons(self, last: dt.date | None) -> None:
        theme = self.context.theme
        self.beside.setText(_date_words(self._day))
        self.head.setSpacing(theme.metrics.s2)
        self._last_week = KeyButton(theme, "照上周同一天", object_name="menu.last_week")
        self._last_week.clicked.connect(lambda: self._copy(self._day - _WEEK))
        before = last if last is not None else self._day - _DAY
        words = "照昨天" if before == self._day - _DAY else f"照{_date_words(before)}"
        self._last_day = KeyButton(theme, words, object_name="menu.last_day")
        self._last_day.clicked.connect(lambda: self._copy(before))
        self._discard = KeyButton(theme, "不保存，离开", kind="danger", object_name="menu.discard")
        self._discard.clicked.connect(self.dismiss)
        self._discard.hide()
        for button in (self._last_week, self._last_day):
            self.head.addWidget(button)
        self.foot.insertWidget(1, self._discard)

    def _add_meals(self) -> None:
        for at, words in enumerate(("餐次", "菜", "过敏原（用、隔开）")):
            self._grid_body.addWidget(label(words, "small"), 0, at)
        for row, slot in enumerate(MealSlot, 1):
            dishes = self._line(f"menu.{slot.value}", f"{slot.label}的菜", "没有就空着")
            allergens = self._line(f"menu.{slot.value}.allergens", f"{slot.label}的过敏原", "如 鸡蛋、牛奶")
            self._grid_body.addWidget(label(slot.label, "label"), row, 0)
            self._grid_body.addWidget(dishes, row, 1)
            self._grid_body.addWidget(allergens, row, 2)
            self._meals[slot] = (dishes, allergens)

    def _add_activities(self, rows: int) -> None:
        """Rows under those that are there, up to so many."""
        first = len(MealSlot) + 1
        for number in range(len(self._activities) + 1, rows + 1):
            clock = TimeEdit()
            name_widget(clock, f"menu.activity.{number}.time", f"活动 {number} 的时间")
            clock.setPlaceholderText("如 10:00")
            clock.returnPressed.connect(self.walk)
            clock.textEdited.connect(self._on_edited)
            name = self._line(f"menu.activity.{number}", f"活动 {number}", "如 手工课：贴窗花")
            self._grid_body.addWidget(clock, first + number, 0)
            self._grid_body.addWidget(name, first + number, 1, 1, 2)
            self._activities.append((clock, name))

    def _line(self, object_name: str, spoken: str, placeholder: str) -> QLineEdit:
        edit = QLineEdit()
        name_widget(edit, object_name, spoken)
        edit.setPlaceholderText(placeholder)
        edit.setMaxLength(_LONGEST_LINE)
        edit.returnPressed.connect(self.walk)
        edit.textEdited.connect(self._on_edited)
        return edit

    # -- what stands in it ----------------------------------------------------------------------------

    def _show_meals(self, menu: DayMenu) -> None:
        for meal in menu.meals:
            dishes, allergens = self._meals[meal.slot]
            for edit, text in ((dishes, meal.dishes), (allergens, meal.allergens)):
                edit.setText(text)
                edit.setCursorPosition(0)

    def _show_plan(self, plan: DayPlan | None) -> None:
        if plan is None or not plan.activities or not self._activities:
            return
        self._add_activities(len(plan.activities))
        self._set_tab_order()
        for at, (clock, name) in enumerate(self._activities):
            one = plan.activities[at] if at < len(plan.activities) else None
            clock.setText("" if one is None else f"{one.minute // 60:02d}:{one.minute % 60:02d}")
            name.setText("" if one is None else one.name)
            name.setCursorPosition(0)

    def _set_tab_order(self) -> None:
        """From top to bottom, also over rows that were added later."""
        pairs: Sequence[tuple[QLineEdit, QLineEdit]] = (*self._meals.values(), *self._activities)
        lines = [edit for pair in pairs for edit in pair]
        order = [self._last_week, self._last_day, *lines, self._discard, self.cancel, self.keep]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _texts(self) -> tuple[str, ...]:
        pairs: Sequence[tuple[QLineEdit, QLineEdit]] = (*self._meals.values(), *self._activities)
        texts = [edit.text().strip() for pair in pairs for edit in pair]
        while texts and not texts[-1]:
            texts.pop()  # empty rows at the end are no change
        return tuple(texts)

    @property
    def changed(self) -> bool:
        """Whether something stands in it that is not on disk."""
        return self._texts() != self._before

    # -- acts -----------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The first meal without dishes; the first one where all have some."""
        empty = (dishes for dishes, _ in self._meals.values() if not dishes.text())
        first = next(empty, self._meals[MealSlot.BREAKFAST][0])
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()

    def leave(self) -> None:
        """Go if nothing was changed; else ask, and a second Esc goes on writing."""
        if not self.changed:
            self.dismiss()
            return
        self._ask(not self._asking)

    def _ask(self, asking: bool) -> None:
        self._asking = asking
        self._discard.setVisible(asking)
        self.cancel.set_text("继续填" if asking else "取消")
        self.say("填的内容还没有保存。要离开吗？" if asking else "", warning=True)
        if asking:
            self.cancel.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_first()

    @Slot()
    def _on_edited(self) -> None:
        self.say("")
        if self._asking:
            self._asking = False
            self._discard.hide()
            self.cancel.set_text("取消")

    def _copy(self, source: dt.date) -> None:
        actor, day, group = self.context.actor, self._day, self._group
        key = None if group is None else group.id

        def show(found: tuple[DayMenu, DayPlan | None]) -> None:
            if self.gone:
                return
            self._on_edited()
            self._show_meals(found[0])
            self._show_plan(found[1])
            self.say(f"已照{_date_words(source)}填好，核对后按 Ctrl Enter 保存。", warning=True)

        self.context.ask(lambda s: s.menus.copy_from(actor, day, source, key), show, self.failed)

    def finish(self) -> None:
        """Keep what stands in it."""
        activities: list[Activity] = []
        for number, (clock, name) in enumerate(self._activities, 1):
            if not clock.text().strip() and not name.text().strip():
                continue
            read = clock.time()
            if read is None:
                words = f"第 {number} 项活动的时间看不懂，请写成 10:00 的样子。"
                self._show_problem(words, clock)
                return
            activities.append(Activity(read.hour * 60 + read.minute, name.text()))
        meals = (Meal(slot, dishes.text(), listed.text()) for slot, (dishes, listed) in self._meals.items())
        menu = DayMenu(self._day, tuple(meals))
        plan = None if self._group is None else DayPlan(self._day, self._group.id, tuple(activities))
        actor = self.context.actor
        self.submit(lambda s: s.menus.keep_day(actor, menu, plan), words="已保存今日食谱和活动")

    def settled(self, value: Any) -> None:
        """Kept: of dishes whose names do not tell, ask what they hold."""
        super().settled(value)
        open_sheet("dishes", self.context, self._day, unanswered=True)

    def failed(self, error: BaseException) -> None:
        """The line a problem is about is not one of the sheet's own fields."""
        super().failed(error)
        row = None if self.gone else self._row(getattr(error, "field", None))
        if row is not None:
            self._show_problem(self.message.text(), row)

    def _row(self, field: str | None) -> QLineEdit | None:
        """The line a problem is about: ``lunch``, or ``activity.2`` counted over the rows that are filled."""
        if field is None:
            return None
        if field.startswith("activity."):
            filled = [name for clock, name in self._activities if (clock.text() + name.text()).strip()]
            return filled[int(field.partition(".")[2]) - 1]
        return self._meals[MealSlot(field)][0]

    def _show_problem(self, sentence: str, edit: QLineEdit) -> None:
        self.say(sentence)
        edit.setFocus(Qt.FocusReason.TabFocusReason)
        edit.setAccessibleDescription(sentence)

    def fit(self) -> None:
        """As every form, with hours of one width."""
        for clock, _ in self._activities:
            clock.setFixedWidth(self.context.theme.px(92))
        super().fit()


class MenuOpener(QObject):
    """The button of the room that opens the sheet, and the one sheet that may be open."""

    kept = Signal()

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = False
        self.button = KeyButton(
            context.theme, "今日食谱和活动", "F8", icon="silverware-fork-knife", icons=context.icons,
            object_name="classroom.menu",
        )  # fmt: skip
        self.button.offer_brief("今日食谱")
        self.week_button = KeyButton(context.theme, "一周食谱", "Ctrl+M", object_name="classroom.week_menu")
        self.week_button.offer_brief("周食谱")
        self.week_button.clicked.connect(self._open_week)

    def allow(self, allowed: bool) -> None:
        """Grey the button out for those who may not log."""
        for button in (self.button, self.week_button):
            button.setEnabled(allowed)
            button.setToolTip("" if allowed else "你的岗位不能录入食谱，请换带班老师登录。")

    def open(self, group: ClassTab | None) -> None:
        """Read today and lay the sheet over the window; a second press while it comes up does nothing."""
        host, actor, day = self._context.host, self._context.actor, self._context.clock().date()
        if self._busy or host is None:
            return
        self._busy = True

        def show(content: SheetContent) -> None:
            self._busy = False
            if host.isEnabled():
                sheet = MenuSheet(self._context, host, group, content)
                sheet.kept.connect(self._on_sheet_kept)
                sheet.present()

        def failed(error: BaseException) -> None:
            self._busy = False
            self._context.messages.fail(error)

        self._context.ask(lambda s: read_sheet(s, actor, day, group), show, failed)

    @Slot()
    def _open_week(self) -> None:
        open_sheet("week", self._context, self._on_sheet_kept)

    @Slot()
    def _on_sheet_kept(self) -> None:
        """Tell it after the sheet has given the focus back."""
        QTimer.singleShot(0, self.kept.emit)


def _date_words(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
