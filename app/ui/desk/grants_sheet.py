"""今天的电话授权: who rang from which number, who comes for whom, and how each stands. No code is in it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.looks import Chip, Tone
from app.services.exporting import ListKind
from app.services.grants import Granted, GrantLine
from app.ui.rooms import RoomContext, Target
from app.ui.widgets.basic import ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.export import ExportButton
from app.ui.widgets.form_sheet import FormSheet

_STATES = {
    "open": Chip("有效，等来接", Tone.INFO),
    "used": Chip("已接走", Tone.OK),
    "withdrawn": Chip("已撤回", Tone.WARN),
    "spoiled": Chip("号码有变，作废", Tone.BAD),
}
_AGAIN = "授权码不再显示。监护人再来电要问，核对号码后再看一次，会记下是谁看的。"


class GrantsSheet(FormSheet):
    """One line a call. A code is shown once more only to a guardian who rings again; that is kept."""

    WIDE = 980

    def __init__(self, context: RoomContext, host: QWidget, lines: tuple[GrantLine, ...]) -> None:
        super().__init__(context, host, "desk.grants", "今天的电话授权", "再看授权码")
        self._lines = lines
        self._open = [one for one in lines if one.state == "open"]
        self.beside.setText(f"{len(lines)} 个，{len(self._open)} 个还没用" if lines else "")
        self.cancel.set_text("关闭")
        self._buttons: list[KeyButton] = []
        if not lines:
            empty = label("今天没有电话授权。监护人来电时，打开孩子按 P 登记。", "muted", wrap=True)
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            empty.setMinimumHeight(context.theme.px(80))
            self.form.addWidget(empty)
        self.form.addWidget(self._make_lines())
        self._build_again()
        self.form.addStretch(1)
        self._build_books()

    def _build_books(self) -> None:
        """What lies behind today: this month's calls as a table, and who took whom."""
        export = ExportButton(self.context, ListKind.GRANTS, "desk.grants.export", key="F5", text="导出本月")
        book = KeyButton(self.context.theme, "接走记录", "F6", object_name="desk.grants.book")
        book.clicked.connect(self._on_book_clicked)
        for at, button in enumerate((export, book)):
            self.foot.insertWidget(at, button)
            self.take_enter(button)
        export.setVisible(export.allowed)

    def _on_book_clicked(self) -> None:
        from app.ui.widgets.door_sheet import open_door_book

        self.dismiss()
        open_door_book(self.context)

    def _make_lines(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.context.theme.metrics.s3)
        grid.setVerticalSpacing(self.context.theme.metrics.s2)
        for column in (1, 2):
            grid.setColumnStretch(column, 3)
        for at, one in enumerate(self._lines):
            self._add(grid, at, one)
        return box

    def _add(self, grid: QGridLayout, at: int, one: GrantLine) -> None:
        theme = self.context.theme
        grid.addWidget(label(f"{one.made_at:%H:%M}", "h2"), at, 0)
        rang = f"{one.caller} {one.number} 来电\n{one.maker}登记"
        comes = f"{one.who} 来接 {one.children}\n{one.detail}".strip()
        for column, words in ((1, rang), (2, comes)):
            grid.addWidget(label(words, wrap=True), at, column)
        grid.addWidget(ChipLabel(theme, _STATES[one.state]), at, 3)
        shown = KeyButton(theme, "打开", object_name=f"desk.grants.open.{at + 1}")
        shown.setAccessibleName(f"打开 {one.children}")
        shown.clicked.connect(lambda: self._go(one))
        grid.addWidget(shown, at, 4)
        self._buttons.append(shown)
        if one.state == "open":
            gone = KeyButton(theme, "撤回", kind="danger", object_name=f"desk.grants.withdraw.{at + 1}")
            gone.setAccessibleName(f"撤回 {one.who} 的授权")
            gone.clicked.connect(lambda: self._withdraw(one, gone))
            grid.addWidget(gone, at, 5)

    def _build_again(self) -> None:
        """For a guardian who rings again because the code was lost."""
        choices = [(str(one.grant), f"{one.who}（{one.children}）") for one in self._open]
        self.which = self.choice("which", "哪一个授权", choices, choices[0][0] if len(choices) == 1 else "")
        self.tail = self.add_field("caller_tail", "来电号码后 4 位", "照来电显示", field="caller_tail")
        self.code = label("", "huge")
        self.code.setObjectName("desk.grants.code")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.hide()
        self._words = label(_AGAIN, "muted", wrap=True)
        self.which.chosen.connect(lambda _grant: self._put_code_away())
        which = self.labelled("监护人又来电问授权码", self.which)
        self.form.addWidget(self._words)
        self.row(which, self.tail, stretches=(3, 2))
        self.form.addWidget(self.code)
        if not self._open:
            for part in (self._words, which, self.tail, self.keep):
                part.hide()

    def focus_first(self) -> None:
        """The first line, or the way out."""
        first = self._buttons[0] if self._buttons else self.cancel
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()

    def finish(self) -> None:
        """Look the code up once more, for the guardian on the telephone."""
        if not self._open:
            return
        if not self.which.value():
            self.say("先选是哪一个授权。", "which")
            return
        self._put_code_away()
        actor, grant = (
            self.context.actor,
            next(one.grant for one in self._open if str(one.grant) == self.which.value()),
        )
        tail = self.tail.text()
        self.submit(lambda s: s.grants.tell_again(actor, grant, tail))

    def _put_code_away(self) -> None:
        """A code that was told is of one call: whoever rings next must not hear it."""
        if not self.code.isHidden():
            self.code.hide()
            self.code.clear()
            self.code.setAccessibleName("")
            self._words.setText(_AGAIN)
            self.fit()

    def settled(self, value: Any) -> None:
        """Show it, large, until the sheet is closed."""
        if isinstance(value, Granted):
            self.keep.setEnabled(True)
            self.which.set_value(str(value.grant))  # another may have been chosen meanwhile
            self.code.setText(" ".join(value.code))
            self.code.setAccessibleName(value.code)
            self.code.show()
            self._words.setText(f"只说给来电的 {value.caller} 听。已记下是谁看的。")
            self.cancel.setFocus(Qt.FocusReason.TabFocusReason)
            self.fit()

    def _go(self, one: GrantLine) -> None:
        self.dismiss()
        self.context.go("desk", Target(child=one.child))

    def _withdraw(self, one: GrantLine, button: KeyButton) -> None:
        actor = self.context.actor
        button.setEnabled(False)
        self.context.act(
            lambda s: s.grants.withdraw(actor, one.grant), lambda _: self._after_withdrawal(), self.failed
        )

    def _after_withdrawal(self) -> None:
        if not self.gone:
            self.dismiss()
