"""F9 紧急点名: everybody inside on one screen, marked by tap, key or scan; then the end and the register."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Changes, Topic
from app.domain.ids import ClassId, RollCallId
from app.domain.rollcall import PLANS, CallKind, CallNote, Head, HeadState
from app.services.roll import Roll
from app.services.rollcall import PastCall
from app.ui.messages import Banner, Notice
from app.ui.rollcall.band import BANNER, Band, HeadCard, offer_call
from app.ui.rollcall.models import ALL, STAFF, GroupModel, Tile, TileModel, faces_of, group_key
from app.ui.rollcall.register import EndingPage, RegisterPage
from app.ui.rollcall.views import GroupList, HeadGrid
from app.ui.rooms import RoomContext
from app.ui.scanner import tidy
from app.ui.widgets.basic import ElidedLabel, label, name_widget
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.overlay import Overlay

_TOPICS = frozenset({Topic.ROLL_CALL, Topic.VISITS, Topic.CHILDREN, Topic.STAFF})


class RollCallSheet(Overlay):
    """Covers the whole window. Esc puts it away; a call under way goes on, and a banner says so."""

    def __init__(self, context: RoomContext, host: QWidget) -> None:
        super().__init__(context.theme, host, object_name="rollcall")
        self.setAccessibleName("紧急点名")
        self._context = context
        self._roll: Roll | None = None
        self._group, self._gone, self._real_wanted, self._told = ALL, False, False, False
        self._tiles, self._groups = TileModel(self), GroupModel(self)
        self._build()
        self._connect()
        self._watch = QTimer(self, interval=1000)
        self._watch.timeout.connect(self._band.update)
        self._watch.start()
        self.fill()
        self._grid.setContentsMargins(0, 0, 0, 0)  # the whole window: everybody must be seen at once
        self.card.set_look(border="", radius=0)  # round corners would let the rooms below peep out
        context.messages.end_banner(BANNER)

    # -- building

    def _build(self) -> None:
        theme, m = self._theme, self._theme.metrics
        self._band = Band(theme, self._context.clock)
        self._end = KeyButton(theme, "结束点名", "Ctrl+Return", object_name="rollcall.end")
        self._past = KeyButton(theme, "点名记录", "F7", object_name="rollcall.register")
        self._list = KeyButton(theme, "打印在园名单", "Ctrl+P", object_name="rollcall.print_inside")
        self._close = KeyButton(theme, "收起", bind=False, shown="Esc", object_name="rollcall.close")
        for button in (self._past, self._list, self._end, self._close):
            self._band.row.addWidget(button)
        self.groups, self.grid = GroupList(theme, self._groups), HeadGrid(theme, self._tiles)
        self._person = HeadCard(theme)
        self._board = QWidget()
        row = QHBoxLayout(self._board)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(m.s3)
        row.addWidget(self.groups)
        row.addWidget(self.grid, 1)
        row.addWidget(self._person)
        self._ending = EndingPage(theme)
        self._register = RegisterPage(self._context)
        self._pages = QStackedWidget()
        for page in (self._board, self._ending, self._register):
            self._pages.addWidget(page)
        self._said = ElidedLabel("", "muted")
        self._said.setObjectName("rollcall.said")
        column = self.card.column(margins=(m.s3, m.s3, m.s3, m.s3), spacing=m.s2)
        column.addWidget(self._band)
        column.addWidget(self._pages, 1)
        column.addLayout(self._make_foot())
        theme.changed.connect(self._fit)
        self._fit()

    def _make_foot(self) -> QVBoxLayout:
        theme = self._theme
        self._plan = Segmented(
            theme, "rollcall.plan", "点名原因", [(one, one) for one in PLANS], stretch=False, wrap=True
        )
        self._drill = KeyButton(theme, "开始演练", "F8", size="large", object_name="rollcall.drill")
        self._real = KeyButton(
            theme, "真实点名", kind="danger", size="large", shown="F9", object_name="rollcall.real"
        )
        self._safe = KeyButton(
            theme, "安全", kind="primary", size="large", shown="空格", object_name="rollcall.safe"
        )
        self._all_safe = KeyButton(theme, "全班安全", "F10", size="large", object_name="rollcall.all_safe")
        self._away = KeyButton(theme, "不在园", "Del", size="large", object_name="rollcall.away")
        self._undo = KeyButton(theme, "撤销", "Ctrl+Z", kind="quiet", object_name="rollcall.undo")
        self._code = QLineEdit()
        name_widget(self._code, "rollcall.code", "扫接送卡或凭条，或输入接送码")
        self._code.setPlaceholderText("F6 扫卡、凭条或输码")
        self._code.setMinimumHeight(44)
        row, above = self._row, self._above = QHBoxLayout(), QHBoxLayout()
        for line in (row, above):
            line.setSpacing(theme.metrics.s2)
        self._why = label("原因（可不选）", "label")
        row.addWidget(self._why)
        row.addWidget(self._plan, 2, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._code)
        row.addWidget(self._said, 1)
        for button in (self._drill, self._real, self._undo, self._away, self._all_safe, self._safe):
            row.addWidget(button)
        foot = QVBoxLayout()
        foot.setSpacing(theme.metrics.s2)
        foot.addLayout(above)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        context = self._context
        self.groups.chosen.connect(self._show_group)
        self.grid.moved.connect(self._on_moved)
        self.grid.pressed_head.connect(self._on_pressed)
        self.grid.digit_pressed.connect(self._on_digit)
        for button, slot in (
            (self._drill, lambda: self._start(CallKind.DRILL)),
            (self._real, lambda: self._start(CallKind.REAL)),
            (self._safe, lambda: self._on_pressed(self.grid.head())),
            (self._all_safe, self._on_all_safe),
            (self._away, self._on_away),
            (self._undo, context.messages.undo),
            (self._end, self._on_end),
            (self._ending.finish, self._on_finish),
            (self._ending.back, self._show_board),
            (self._past, self.open_register),
            (self._list, self._on_print_list),
            (self._close, self._step_back),
        ):
            button.clicked.connect(partial(_call, slot))
        QShortcut(QKeySequence("F6"), self).activated.connect(self._code.setFocus)
        self._code.returnPressed.connect(self._on_code)
        self._register.keep_wanted.connect(self._on_note)
        self._register.print_wanted.connect(partial(self._paper, preview=False))
        self._register.preview_wanted.connect(partial(self._paper, preview=True))
        context.bus.changed.connect(self._on_bus_changed)
        context.messages.said.connect(self._on_said)
        context.messages.banner_raised.connect(self._on_banner)

    def _fit(self) -> None:
        px = self._theme.px
        self.groups.setFixedWidth(min(px(206), 300))
        self._person.setFixedWidth(min(px(212), 340))
        self._code.setFixedWidth(min(px(210), 300))
        self._fit_foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another foot."""
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """In large type the reasons have a line of their own, and the buttons give up their keys."""
        px, narrow = self._theme.px, self.width() < self._theme.px(1240)
        now, other = (self._above, self._row) if narrow else (self._row, self._above)
        if now.indexOf(self._plan) < 0:
            for part in (self._why, self._plan, self._said):
                other.removeWidget(part)
            now.insertWidget(0, self._plan, 2, Qt.AlignmentFlag.AlignVCenter)
            now.insertWidget(0, self._why)
            now.insertWidget(2 if narrow else 3, self._said, 1)
        for button in (self._undo, self._away, self._all_safe, self._safe):
            button.set_lean(1 if self.width() < px(1010) else 0)

    # -- what is shown

    def present(self) -> None:
        """Come up, and ask who is inside: nobody by the marks of a call left over from another day."""
        actor = self._context.actor
        super().present()
        self._context.act(lambda s: s.rollcall.close_left_over(actor), initiator=self)
        self.refresh()

    def focus_first(self) -> None:
        """The grid has the keys."""
        self.grid.setFocus()

    def refresh(self) -> None:
        """Ask again."""
        actor = self._context.actor
        self._context.ask(lambda s: s.rollcall.roll(actor), self.show_roll)

    def show_roll(self, roll: Roll) -> None:
        """Show everybody as they stand."""
        if self._gone:
            return
        self._roll = roll
        call = roll.call
        self._band.show_roll(roll)
        self._groups.replace(faces_of(roll))
        if self._real_wanted and not self._is_real():
            self._start(CallKind.REAL)
        elif call is not None and call.kind is CallKind.DRILL and not self._told:
            self._said.setText("演练没结束，真出事再按 F9。")
        self._told, self._real_wanted = True, False
        self.groups.choose(self._group)
        self._show_group(self._group)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Before a call what begins one, in it what marks; on another page only the way back."""
        begun = self._call() is not None
        board = self._pages.currentWidget() is self._board
        for part in (self._why, self._plan, self._drill, self._past):
            part.setVisible(board and not begun)
        self._real.setVisible(board and not self._is_real())
        self._real.set_lean(1 if begun and self.width() < self._theme.px(1010) else 0)
        for widget in (self._safe, self._all_safe, self._away, self._undo, self._code, self._end):
            widget.setVisible(board and begun)
        self._list.setVisible(board)
        self._band.fit()
        self._close.set_text("收起" if board else "回到名单")
        self._close.setVisible(self._pages.currentWidget() is not self._ending)  # 继续点名 is the way back

    def _show_group(self, key: int) -> None:
        if self._roll is None:
            return
        known = {group_key(group) for group in self._roll.groups}
        self._group = key if key in known else ALL
        counting, held = self._roll.call is not None, self.grid.head()
        self.grid.tiles.with_class = self._group in (ALL, STAFF)
        self._tiles.replace(
            [
                Tile(head, counting)
                for group in self._roll.groups
                if self._group in (ALL, group_key(group))
                for head in group.heads
            ]
        )
        self.grid.go_to(None if held is None else held.key)
        self._on_moved(self.grid.head())

    def _show_board(self) -> None:
        self._pages.setCurrentWidget(self._board)
        if self._roll is not None:
            self.show_roll(self._roll)
        self.grid.setFocus()

    @Slot(object)
    def _on_moved(self, head: Head | None) -> None:
        counting = self._roll is not None and self._roll.call is not None
        self._person.show_head(head, counting=counting)
        marked = head is not None and head.state in {HeadState.SAFE, HeadState.AWAY}
        self._safe.set_text("改为未到" if marked else "安全")
        self._safe.setEnabled(head is not None and head.state is not HeadState.LEFT)
        self._away.setEnabled(head is not None and not head.is_child and not head.accounted)
        group = self._class_meant()
        self._all_safe.set_text(f"{group[1]} 全部安全" if group is not None else "全班安全")
        self._all_safe.setEnabled(group is not None)

    def _class_meant(self) -> tuple[ClassId | None, str] | None:
        """The class 全班安全 is about: the chosen one, else the one of whoever has the focus."""
        head = self.grid.head()
        key = self._group
        if key == ALL:
            if head is None:
                return None
            key = int(head.class_id) if head.is_child and head.class_id is not None else STAFF
        groups = () if self._roll is None else self._roll.groups
        group = next((one for one in groups if group_key(one) == key), None)
        return None if group is None or not group.missing else (group.class_id, group.name)

    # -- acts

    def _start(self, kind: CallKind) -> None:
        actor, plan = self._context.actor, self._plan.value() if self._call() is None else ""
        self._do(lambda s: s.rollcall.start(actor, kind, plan))
        self._pages.setCurrentWidget(self._board)
        self.grid.setFocus()

    def mark_by_code(self, code: str) -> None:
        """A scanner or a hand brought a pick-up code, a card or a paper of a stay: mark its child safe."""
        call, actor = self._call(), self._context.actor
        if call is None:
            self._said.setText("点名还没有开始：先按 F8 演练或 F9 真实点名，再扫码。")
            return
        self._do(lambda s: s.rollcall.mark_by_code(actor, call, tidy(code)))

    def _on_pressed(self, head: Head | None) -> None:
        """A tap or Space: safe; once more: not safe after all."""
        call, actor = self._call(), self._context.actor
        if call is None or head is None or head.state is HeadState.LEFT:
            return
        if head.accounted:
            key = head.key
            self._do(lambda s: s.rollcall.unmark(actor, call, key), f"{head.name} 改为未到")
            return
        self.grid.go_to(head.key)
        self._do(lambda s: s.rollcall.mark(actor, call, (head.key,)))
        self.grid.go_on()

    def _on_all_safe(self) -> None:
        call, actor, group = self._call(), self._context.actor, self._class_meant()
        if call is not None and group is not None:
            self._do(lambda s: s.rollcall.mark_class(actor, call, group[0]))

    def _on_away(self) -> None:
        call, actor, head = self._call(), self._context.actor, self.grid.head()
        if call is not None and head is not None:
            self._do(lambda s: s.rollcall.mark(actor, call, (head.key,), HeadState.AWAY))

    def _on_end(self) -> None:
        if self._roll is None or self._roll.call is None:
            return
        names = [head.name for head in self._roll.heads if not head.accounted]
        more = f" 等 {len(names)} 人" if len(names) > 8 else ""
        words = f"还没找到：{'、'.join(names[:8])}{more}。结束后记录里写明未到。" if names else "全部找到。"
        self._ending.words.setText(words)
        self._said.setText("")
        self._pages.setCurrentWidget(self._ending)
        self._show_buttons()
        self._ending.form.focus_first()

    def _on_finish(self) -> None:
        call, actor, note = self._call(), self._context.actor, self._ending.form.note()
        if call is None:
            return

        def done(_call_id: Any) -> None:
            self._ending.form.show_note(CallNote())
            self._pages.setCurrentWidget(self._register)
            self._show_buttons()
            self._ask_register(newest=True)

        self._context.act(lambda s: s.rollcall.end(actor, call, note), done, initiator=self)
        self.refresh()

    def open_register(self) -> None:
        """Turn to the register, as F7 does."""
        self._pages.setCurrentWidget(self._register)
        self._show_buttons()
        self._ask_register(newest=False)

    def _ask_register(self, *, newest: bool) -> None:
        actor = self._context.actor

        def show(calls: tuple[PastCall, ...]) -> None:
            if self._gone:
                return
            self._register.show_calls(calls)
            if newest:
                self._register.choose_first()
            self._register.list.setFocus()

        self._context.ask(lambda s: s.rollcall.register(actor), show)

    def _on_note(self, past: PastCall, note: CallNote) -> None:
        actor = self._context.actor
        self._context.act(
            lambda s: s.rollcall.note(actor, past.call.id, note),
            lambda _: self._ask_register(newest=False),
            words="补记已保存。",
            initiator=self,
        )

    def _paper(self, past: PastCall, *, preview: bool) -> None:
        context, actor, call = self._context, self._context.actor, past.call.id

        def count() -> None:
            context.act(lambda s: s.papers.printed(actor, "roll_call", call), initiator=self)

        def show(paper: Any) -> None:
            (context.printing.preview if preview else context.printing.send)(paper, count)

        context.ask(lambda s: s.rollcall.paper(actor, call), show)

    def _on_print_list(self) -> None:
        actor, printing = self._context.actor, self._context.printing
        self._context.ask(lambda s: s.rollcall.inside_paper(actor), printing.send)

    def _do(self, verb: Any, words: str = "") -> None:
        self._context.act(verb, words=words, initiator=self)
        self.refresh()

    def _call(self) -> RollCallId | None:
        return None if self._roll is None or self._roll.call is None else self._roll.call.id

    # -- keys and news

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
            event.accept()
            return
        super().keyPressEvent(event)

    def _step_back(self) -> None:
        if self._pages.currentWidget() is self._board:
            self.dismiss()
        else:
            self._show_board()

    def dismiss(self) -> None:
        """Put it away; a call under way goes on."""
        roll = self._roll
        self._gone = True
        self._watch.stop()
        super().dismiss()
        if roll is not None and roll.call is not None:
            offer_call(self._context, roll.call.kind, roll.missing)

    def press_f9(self) -> None:
        """F9 while this is up: the real thing begins at once; a drill ends as it stands for it."""
        if self._roll is None:
            self._real_wanted = True  # pressed twice before the list was there
        elif self._call() is None and self._pages.currentWidget() is not self._board:
            self._show_board()
        elif not self._is_real():
            self._start(CallKind.REAL)

    def _is_real(self) -> bool:
        return self._roll is not None and self._roll.is_real

    def _on_digit(self, digit: int) -> None:
        face = next((one for one in self._groups.items if one.digit == str(digit)), None)
        if face is not None:
            self.groups.choose(face.key)

    def _on_code(self) -> None:
        code = tidy(self._code.text())
        self._code.clear()
        if code:
            self.mark_by_code(code)

    @Slot(object, object)
    def _on_bus_changed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is not self and changes.topics & _TOPICS and not self._gone:
            self.refresh()

    @Slot(object)
    def _on_said(self, notice: Notice) -> None:
        self._said.setText(notice.words)

    @Slot(object)
    def _on_banner(self, banner: Banner) -> None:
        self._said.setText(banner.words)


def _call(slot: Any, *_: Any) -> None:
    slot()
