"""班级: opening, changing, ordering and closing classes."""

from PySide6.QtCore import Slot

from app.domain.classes import ClassKind
from app.domain.ids import ClassId
from app.domain.typed_days import Direction
from app.services.class_settings import LONGEST_NAME, ClassBreaksError, ClassDraft, ClassesView, ClassLine
from app.ui.rooms import RoomContext
from app.ui.settings.list_page import ListPage
from app.ui.widgets.basic import label
from app.ui.widgets.choices import CLASS_COLOURS, choice_box, choose, chosen
from app.ui.widgets.fields import Field, Labelled, number_box
from app.ui.widgets.records import Record

_COLOUR_NAMES = ("珊瑚红", "湖蓝", "草绿", "豆沙", "姜黄", "紫藤", "青瓷", "赭石")
_OPENS, _CLOSES = "开班的日子", "关班的日子（关班时用）"
_MOST = 60  # what the file can hold; the norm says less, and the service says so


class ClassPage(ListPage):
    """The classes, and the one that is lit."""

    key, name = "classes", "班级"
    empty, new_words, logged = "还没有班级。按 Ctrl N 开一个班。", "开新班", "class"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._view: ClassesView | None = None
        self._told: tuple[ClassId, ClassDraft, str] | None = None  # what saving it once more accepts
        self._rule = label("", "muted", wrap=True)
        self.name_field = Field(theme, "settings.classes.name", "班级小名", required=True)
        self.name_field.edit.setMaxLength(LONGEST_NAME + 10)
        kinds = [(kind.value, kind.label) for kind in ClassKind]
        self.kind = choice_box(kinds, ClassKind.TODDLER.value, "settings.classes.kind", "班型")
        self.seats = number_box("settings.classes.seats", "托位", 1, _MOST, 15)
        colours = list(zip(CLASS_COLOURS, _COLOUR_NAMES, strict=True))
        self.colour = choice_box(colours, CLASS_COLOURS[0], "settings.classes.colour", "颜色")
        self.day = self.day_field("settings.classes.day", _OPENS, Direction.NEAR, "如 2026-02-01", "day")
        self.form.addWidget(self._rule)
        self.lay_fields(
            (
                ("name", self.name_field),
                ("", Labelled(theme, "班型", self.kind)),
                ("seats", Labelled(theme, "托位", self.seats)),
                ("colour", Labelled(theme, "颜色", self.colour)),
                ("day", self.day),
            )
        )
        self.kind.currentIndexChanged.connect(self._show_rule)
        self.save, self.new = self.save_button(), self.new_button("开新班")
        self.up = self.button("上移", "up", "Alt+Up", icon="chevron-up")
        self.down = self.button("下移", "down", "Alt+Down", icon="chevron-down")
        self.close_class = self.button("关班", "close", "Ctrl+D", kind="danger")
        self.undo_button()
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.close_class.clicked.connect(self._on_close_clicked)

    def first(self, *, new: bool) -> Field:
        """The name."""
        del new
        return self.name_field

    def refresh(self) -> None:
        """Read the classes again."""
        actor = self.context.actor
        self.show_rights()
        self.context.ask(lambda s: s.manage.classes.view(actor), self._show)

    def _show(self, view: ClassesView) -> None:
        self._view = view
        self.warn(view.warning)
        self.list.set_title(f"班级（托位 {view.seats} / 备案 {view.licensed_seats}）")
        self.list.show_records([_record(line) for line in view.lines])

    def _line(self) -> ClassLine | None:
        lines = self._view.lines if self._view is not None else ()
        return next((line for line in lines if line.id == self.list.key()), None)

    def show_lit(self) -> bool:
        """Show the class that is lit."""
        line = self._line()
        if line is None:
            return False
        draft, self._told = line.draft, None
        self._head.setText(draft.name)
        self.name_field.set_text(draft.name)
        choose(self.kind, draft.kind.value)
        self.seats.setValue(draft.seats)
        if self.colour.findData(draft.colour) < 0:
            self.colour.addItem("现在的颜色", draft.colour)
        choose(self.colour, draft.colour)
        self.day.set_label(_CLOSES)
        self.day.set_text("")  # a day that stands here would read as the one on which it opened
        self._show_rule()
        self.close_class.set_text("关班" if line.closed_on is None else "重新开班")
        for button in (self.up, self.down):
            button.setEnabled(not line.closed)
        self.close_class.setEnabled(True)
        self.read_history(line.id)
        return True

    def clear_form(self) -> None:
        """A class of a colour that no other has."""
        used = {line.draft.colour for line in self._view.lines} if self._view is not None else set()
        self.name_field.set_text("")
        choose(self.colour, next((one for one in CLASS_COLOURS if one not in used), CLASS_COLOURS[0]))
        self.day.set_label(_OPENS)
        self.day.set_text(self.today.isoformat())
        self._show_rule()
        for button in (self.up, self.down, self.close_class):
            button.setEnabled(False)

    def _show_rule(self) -> None:
        kind = ClassKind(chosen(self.kind))
        most = self._view.most[kind] if self._view is not None else _MOST
        line = self._line()
        told = f"{line.words}。" if line is not None else ""
        self._rule.setText(f"{told}{kind.label}每班最多 {most} 人（58号文第十九条）。")

    def _draft(self) -> ClassDraft:
        return ClassDraft(
            self.name_field.text(), ClassKind(chosen(self.kind)), self.seats.value(), chosen(self.colour)
        )

    def save_lit(self) -> None:
        """Change the class that is lit, or open a new one."""
        actor, line, draft = self.context.actor, self._line(), self._draft()
        if line is not None:
            class_id = line.id
            accepted = self._told[2] if self._told is not None and self._told[:2] == (class_id, draft) else ""

            def failed(error: BaseException) -> None:
                told = error.told if isinstance(error, ClassBreaksError) else ""
                self._told = (class_id, draft, told) if told else None
                self.refused(error)

            self.act(
                lambda s: s.manage.classes.change(actor, class_id, draft, accepted),
                failed=failed,
                words=f"{draft.name} 已保存。",
            )
            return
        day = self.typed_day(self.day)
        if day is not None:
            self.act(lambda s: s.manage.classes.open(actor, draft, day), words=f"{draft.name} 已开班。")

    def _move(self, step: int) -> None:
        actor, line = self.context.actor, self._line()
        if line is not None:
            class_id = line.id
            self.act(lambda s: s.manage.classes.move(actor, class_id, step))

    @Slot()
    def _on_close_clicked(self) -> None:
        actor, line = self.context.actor, self._line()
        if line is None:
            return
        class_id, name = line.id, line.draft.name
        if line.closed_on is not None:
            self.act(lambda s: s.manage.classes.reopen(actor, class_id), words=f"{name} 重新开班。")
            return
        day = self.typed_day(self.day)
        if day is not None:
            words = f"{name} 开到 {day:%Y-%m-%d}。"
            self.act(lambda s: s.manage.classes.close(actor, class_id, day), words=words)


def _record(line: ClassLine) -> Record:
    return Record(
        line.id, line.draft.name, line.words, (line.chip,), colour=line.draft.colour, faint=line.closed
    )
