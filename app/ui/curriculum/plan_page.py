"""周计划: theme, goals and activities of a class's week, and what the children did on the day chosen."""

import datetime as dt

from PySide6.QtCore import Slot

from app.domain.staff import Permission
from app.services.curriculum import Item, TakenPart, Week, WeekWish
from app.ui.curriculum.base import CurriculumPage
from app.ui.curriculum.week_grid import WeekGrid
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.fields import Field

_WEEK = dt.timedelta(days=7)


class PlanPage(CurriculumPage):
    """One week of one class. Each act keeps at once and can be taken back."""

    key = "plan"
    roomy = 1040

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(7, 2))
        theme, m = context.theme, context.theme.metrics
        self._day = context.clock().date()
        self._week: Week | None = None
        self._fresh = True
        self.shown = self.walker("上一周", "下一周", self._turn)
        self.theme_field = Field(theme, "curriculum.plan.theme", "本周主题", placeholder="如 雪花飘飘")
        self.goals_field = Field(
            theme, "curriculum.plan.goals", "目标", placeholder="写一两句：孩子可以学着……"
        )
        for field in (self.theme_field, self.goals_field):
            field.entered.connect(self._on_words_entered)
        row = self.beside(self.theme_field, self.goals_field, spacing=m.s3)
        row.setStretch(1, 3)
        self.grid = WeekGrid(theme)
        self.left.addLayout(row)
        self.left.addWidget(self.grid, 1)
        self.right.addWidget(self._side(), 1)
        self.open = self.add_button("安排这一格", "open", "Return", kind="primary", bind=False)
        self.keep = self.add_button("保存主题和目标", "keep", "Ctrl+Return")
        self.copy = self.add_button("照抄上周", "copy", "Ctrl+B", icon="restore")
        self.print = self.add_button("打印周计划", "print", "Ctrl+P", icon="printer-outline")
        self.grid.moved.connect(self._on_moved)
        self.grid.opened.connect(self.open_cell)
        self.grid.cleared.connect(self._on_cleared)
        self.open.clicked.connect(self.open_cell)
        self.keep.clicked.connect(self._on_words_entered)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.print.clicked.connect(self._on_print_clicked)

    def _side(self) -> Card:
        card = Card(self.context.theme)
        column = card.column()
        self._side_title = label("", "h2", wrap=True)
        self._side_words = label("", wrap=True)
        self._side_words.setObjectName("curriculum.plan.taken")
        column.addWidget(self._side_title)
        column.addWidget(self._side_words)
        column.addStretch(1)
        return card

    def hints(self) -> str:
        """Keys."""
        return "方向键 选格 · Enter 安排 · Del 清空 · PgUp PgDn 换周 · Ctrl B 照抄上周 · Ctrl P 打印"

    def take_focus(self) -> None:
        """The week."""
        self.grid.setFocus()

    # -- showing --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the week."""
        actor, class_id, day = self.context.actor, self.class_id, self._day
        if class_id is not None:
            self.context.ask(lambda s: s.classes.curriculum.week(actor, class_id, day), self._show)

    def _show(self, week: Week) -> None:
        if week.class_id != self.class_id or not 0 <= (self._day - week.monday).days < _WEEK.days:
            return
        self._week = week
        last = week.days[-1].day
        self.shown.setText(
            f"{week.monday.year} 年第 {week.number} 周　{week.monday.month}月{week.monday.day}日–"
            f"{last.month}月{last.day}日"
        )
        if not self.typing:
            self.theme_field.set_text(week.theme)
            self.goals_field.set_text(week.goals)
        days = [one.day for one in week.days]
        column = days.index(self._day) if self._fresh and self._day in days else None
        self._fresh = False
        self.grid.show_week(week, column)

    @Slot()
    def _on_moved(self) -> None:
        actor, class_id, cell = self.context.actor, self.class_id, self.grid.cell()
        if cell is None or class_id is None:
            return
        day, slot = cell
        self.open.setEnabled(not day.past and day.is_open)
        self.open.set_text(f"安排周{'一二三四五六日'[day.day.weekday()]}{slot.label}")
        on = day.day

        def show(taken: tuple[TakenPart, ...]) -> None:
            now = self.grid.cell()
            if now is not None and now[0].day == on:
                self._show_taken(on, taken)

        self.context.ask(lambda s: s.classes.curriculum.taken(actor, class_id, on), show)

    def _show_taken(self, day: dt.date, taken: tuple[TakenPart, ...]) -> None:
        self._side_title.setText(f"{day.month}月{day.day}日 谁做了什么")
        lines = []
        for one in taken:
            if not one.parts:
                lines.append(f"{one.name}\n计划了，还没有记录。")
                continue
            said = [f"{part} {len(names)} 人：{'、'.join(names)}" for part, names in one.parts]
            lines.append("\n".join([f"{one.name}{'' if one.planned else '（计划外）'}", *said]))
        empty = "这天还没有计划，也没有记录活动。记日志时会先列出当天计划的活动。"
        self._side_words.setText("\n\n".join(lines) or empty)

    def _turn(self, step: int) -> None:
        self._day += step * _WEEK
        self.begin()
        self.read()

    # -- acts -----------------------------------------------------------------------------------------

    def wish(self, items: tuple[Item, ...] | None = None) -> WeekWish | None:
        """The week as it stands with the words in the fields, and other items if given."""
        week = self._week
        if week is None:
            return None
        return WeekWish(
            week.class_id,
            week.monday,
            self.theme_field.text(),
            self.goals_field.text(),
            week.items if items is None else items,
        )

    def put(self, day: dt.date, items: tuple[Item, ...]) -> None:
        """Keep a cell: ``items`` in place of what stood in its part of the day."""
        week, cell = self._week, self.grid.cell()
        if week is None or cell is None:
            return
        held = week.at(day, cell[1])
        wish = self.wish(tuple(one for one in week.items if one not in held) + items)
        if wish is not None:
            self._keep(wish)

    def _keep(self, wish: WeekWish, words: str = "") -> None:
        actor = self.context.actor
        self.act(lambda s: s.classes.curriculum.keep_week(actor, wish), words=words)

    @Slot()
    def open_cell(self) -> None:
        """The sheet of the chosen cell."""
        from app.ui.curriculum.cell_sheet import CellSheet

        cell, face, host = self.grid.cell(), self.face, self.context.host
        if cell is None or face is None or host is None or self._week is None:
            return
        day, slot = cell
        if day.past or not day.is_open:
            self.complain("这天已经过去，或者不开园，不能再安排。做过什么看右边。")
            return
        sheet = CellSheet(self.context, host, face, day.day, slot, self._week.at(day.day, slot))
        sheet.kept.connect(lambda items: self.put(day.day, items))
        sheet.present()

    @Slot()
    def _on_cleared(self) -> None:
        cell = self.grid.cell()
        if cell is not None and self._week is not None and self._week.at(cell[0].day, cell[1]):
            self.put(cell[0].day, ())

    @Slot()
    def _on_words_entered(self) -> None:
        wish = self.wish()
        if wish is not None:
            self._keep(wish)
            self.grid.setFocus()

    @Slot()
    def _on_copy_clicked(self) -> None:
        actor, week = self.context.actor, self._week
        if week is None:
            return
        class_id, monday = week.class_id, week.monday

        def proposed(wish: WeekWish) -> None:
            self.begin()
            self._keep(wish, "已照抄上周的计划。")

        self.context.ask(
            lambda s: s.classes.curriculum.last_week(actor, class_id, monday), proposed, self.refused
        )

    @Slot()
    def _on_print_clicked(self) -> None:
        actor, class_id, day = self.context.actor, self.class_id, self._day
        if class_id is not None and actor.may(Permission.LOG_DAY):
            self.context.ask(
                lambda s: s.classes.curriculum.paper(actor, class_id, day),
                self.context.printing.preview,
                self.refused,
            )
