"""An observation being written: of whom, which part of growing up, what was seen; with prompts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.curriculum import Area
from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.typed_days import Direction
from app.services.observations import ChildFace, NoteWish, ObservationLine, Prompts
from app.ui.rooms import RoomContext
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList


class NoteSheet(FormSheet):
    """Digits choose the area; Down from the words goes to the prompts, Enter takes one to be edited."""

    WIDE = 800
    done = Signal()

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        faces: Sequence[ChildFace],
        child: ChildId | None,
        line: ObservationLine | None,
    ) -> None:
        title = "记观察" if line is None else f"修改 {line.name} 的观察"
        super().__init__(context, host, "observation", title, "保存")
        self._line = line
        self._prompts: Prompts | None = None
        theme = context.theme
        self.who = Segmented(
            theme,
            "observation.children",
            "哪几个孩子",
            [(str(one.id), one.name) for one in faces],
            many=True,
            kind="choice",
            stretch=False,
            wrap=True,
        )
        if line is not None:
            self.who.hide()
        else:
            self.who.set_values(() if child is None else (str(child),))
            self.form.addWidget(Labelled(theme, "孩子（可以选几个，记同一句）", self.who))
        self.area = Segmented(
            theme, "observation.area", "领域", [(one.value, one.label) for one in Area], kind="choice"
        )
        self.area.set_value(Area.MOTOR.value if line is None else line.area.value)
        self.form.addWidget(Labelled(theme, "领域（数字 1–5）", self.area))
        words = self.add_field(
            "words", "看到了什么", required=True, placeholder="写看到的，不下结论", longest=400
        )
        day = self.day = self.add_day("day", "哪天", Direction.PAST, "如 今天、昨天、12-01")
        words.set_text("" if line is None else line.words)
        day.set_text("今天" if line is None else line.day.isoformat())
        row = QHBoxLayout()
        row.setSpacing(theme.metrics.s3)
        row.addWidget(words, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(day, 1, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(row)
        self.prompts = RecordList(
            theme, "observation.prompts", "提示（仅供参考）", "先选孩子，就有这个月龄的提示。"
        )
        self.prompts.view.setMinimumHeight(theme.px(170))
        self.form.addWidget(self.prompts)
        self.who.chosen.connect(self._ask_prompts)
        self.area.chosen.connect(self._show_prompts)
        self.area.walked_on.connect(words.edit.setFocus)
        self.prompts.entered.connect(self._on_prompt_taken)
        self.prompts.view.doubleClicked.connect(self._on_prompt_taken)
        self._ask_prompts()

    @property
    def _chosen(self) -> tuple[ChildId, ...]:
        if self._line is not None:
            return (self._line.child,)
        return tuple(ChildId(int(value)) for value in self.who.values())

    def focus_first(self) -> None:
        """The children where none is chosen, else the area."""
        self.fit()
        first = self.area if self._chosen else self.who
        first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _ask_prompts(self) -> None:
        actor, chosen = self.context.actor, self._chosen

        def show(prompts: Prompts) -> None:
            if not self.gone:
                self._prompts = prompts
                self._show_prompts()

        self.context.ask(lambda s: s.classes.observations.prompts(actor, chosen), show)

    @Slot()
    def _show_prompts(self) -> None:
        if self._prompts is None:
            return
        area = Area(self.area.value())
        words = self._prompts.of(area)
        bands = "、".join(self._prompts.bands)
        self.prompts.set_title(f"提示（{bands}，仅供参考）" if bands else "提示（仅供参考）")
        starts = self._prompts.starts if words else ()
        records = [Record(word, word, f"{bands}，仅供参考") for word in words]
        records += [Record(f"start {word}", f"{word}……", "接着写下去") for word in starts]
        self.prompts.show_records(records)

    @Slot()
    def _on_prompt_taken(self) -> None:
        key = self.prompts.key()
        if key is None:
            return
        field = self.fields["words"]
        field.set_text(str(key).removeprefix("start "))
        field.edit.setFocus(Qt.FocusReason.TabFocusReason)
        field.edit.setCursorPosition(len(field.text()))

    def finish(self) -> None:
        """Keep it; a refusal stands in the sheet."""
        try:
            day = self.day.read_or_none() or self.context.clock().date()
        except RuleError as error:
            self.say(error.sentence, "day")
            return
        actor, line = self.context.actor, self._line
        wish = NoteWish(self._chosen, day, Area(self.area.value()), self.text("words"))
        self.keep.setEnabled(False)

        def kept(_value: object) -> None:
            self.done.emit()
            self.dismiss()

        if line is None:
            self.context.act(lambda s: s.classes.observations.note(actor, wish), kept, self.failed)
        else:
            key = line.id
            self.context.act(lambda s: s.classes.observations.edit(actor, key, wish), kept, self.failed)
