"""交接班: the sheet of a class as it fills itself, its open points, and the sheets signed before."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.days import month_day
from app.domain.ids import ClassId, SheetId
from app.domain.shifts import Sheet
from app.domain.staff import Permission
from app.services.scope import OtherClassError
from app.services.shifts import ShiftDraft
from app.ui.handover.shift_parts import HeadRow, Sections, open_of_itself, point_records, sheet_records
from app.ui.rooms import RoomContext
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.basic import Card, ElidedLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fields import Field
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.records import RecordList, Shape
from app.ui.widgets.states import EmptyState

_NO_CLASS = "先选一个班", "交接班按班填写：在上面选一个班。"
_POINT, _POINT_BRIEF = "要做、要问、要看着的事，按 Enter", "加一条未了事项，按 Enter"


class ShiftView(QWidget):
    """Joins the parts with ``services.classes.shifts``."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        self._class_id: ClassId | None = None
        self._draft: ShiftDraft | None = None
        theme, m = context.theme, context.theme.metrics
        self._empty = EmptyState(theme, context.icons, "clipboard-text-outline", *_NO_CLASS)
        full, inner = QWidget(), QWidget()
        self._body = QVBoxLayout(inner)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(m.s2)
        self._body.addWidget(self._sheet_side(), 1)
        self._side, self._narrow = self._list_side(), False
        self._columns = QHBoxLayout()
        self._columns.setSpacing(m.s3)
        self._columns.addWidget(scrolled(inner, "shift.body"), 3)
        self._columns.addWidget(self._side, 2)
        self._whole = QVBoxLayout(full)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(m.s2)
        self._whole.addLayout(self._columns, 1)
        self._whole.addWidget(self._foot())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)

    def _sheet_side(self) -> QWidget:
        theme, m = self._context.theme, self._context.theme.metrics
        card = Card(theme)
        self._name = label("", "h1")
        self._caption = ElidedLabel("", "small")
        head = QHBoxLayout()
        head.setSpacing(m.s2)
        head.addWidget(self._name)
        head.addWidget(self._caption, 1)
        self._heads, self._sections = HeadRow(theme), Sections(theme)
        column = card.column(margins=(m.s4, m.s3, m.s4, m.s3), spacing=m.s2)
        column.addLayout(head)
        column.addWidget(self._heads)
        column.addWidget(self._sections, 1)
        return card

    def _foot(self) -> ActRow:
        """Outside of what scrolls: signing, and what is done with a sheet signed before."""
        context, theme = self._context, self._context.theme
        self._sign = KeyButton(theme, "签字交接", "Ctrl+Return", kind="primary", object_name="shift.sign")
        self._check_list = KeyButton(theme, "检查清单", "F7", object_name="shift.check_list")
        self._show = KeyButton(theme, "看纸面", "F5", object_name="shift.show_paper")
        self._print = KeyButton(
            theme, "打印", "Ctrl+P", icon="printer-outline", icons=context.icons, object_name="shift.print"
        )
        row = ActRow(theme, "shift", spread=2)
        for act, done in (
            (self._sign, self._on_sign),
            (self._check_list, self._on_check_list),
            (self._show, self._on_show),
            (self._print, self._on_print),
        ):
            act.clicked.connect(done)
            row.add(act)
        return row

    def _list_side(self) -> QWidget:
        theme, m = self._context.theme, self._context.theme.metrics
        side = QWidget()
        self._points = RecordList(
            theme, "shift.points", "未了事项", "没有未了的事。要交给下一班的，写在下面。"
        )
        self._point = Field(theme, "shift.new_point", "加一条未了事项", placeholder=_POINT)
        self._point.edit.setMaxLength(200)
        self._point.entered.connect(self._on_point_entered)
        self._close = KeyButton(theme, "办结", "F4", object_name="shift.close_point")
        self._close.clicked.connect(self._on_close)
        self._points.entered.connect(self._on_close)
        self._points.chosen.connect(self._on_lit)
        self._adding = QWidget()
        adding = QHBoxLayout(self._adding)
        adding.setContentsMargins(0, 0, 0, 0)
        adding.setSpacing(m.s2)
        adding.addWidget(self._point, 1)
        adding.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        self._past = RecordList(theme, "shift.history", "以前的交接班表", "这个班还没有签过交接班表。")
        self._past.entered.connect(self._on_show)
        self._past.chosen.connect(self._on_lit)
        self._lists = QVBoxLayout(side)
        self._lists.setContentsMargins(0, 0, 0, 0)
        self._lists.setSpacing(m.s2)
        self._lists.addWidget(self._points, 1)
        self._lists.addWidget(self._adding)
        self._lists.addWidget(self._past, 1)
        return side

    # -- what the room asks

    def hints(self) -> str:
        """The keys of the view."""
        return "Enter 加一条 · F4 办结 · Ctrl Enter 签字交接 · F5 看纸面 · Ctrl P 打印"

    def take_focus(self) -> None:
        """Where a point is written."""
        self._point.edit.setFocus()

    def show_class(self, class_id: ClassId | None) -> None:
        """Read the sheet of a class and its history."""
        self._class_id = class_id
        self._empty.say(*_NO_CLASS)
        self._stack.setCurrentIndex(0 if class_id is None else 1)
        if class_id is None or not self._context.open:
            return
        actor = self._context.actor

        def read(services: Any) -> tuple[ShiftDraft, tuple[Sheet, ...]]:
            shifts = services.classes.shifts
            return shifts.draft(actor, class_id), shifts.history(actor, class_id)

        def show(found: tuple[ShiftDraft, tuple[Sheet, ...]]) -> None:
            if self._class_id == class_id:
                self._show_draft(*found)

        def failed(error: BaseException) -> None:
            if self._class_id != class_id or not isinstance(error, OtherClassError):
                self._context.messages.fail(error)
                return
            self._draft = None  # another's sheet does not stay under this tab
            self._empty.say("不是你的班", str(error))
            self._stack.setCurrentIndex(0)

        self._context.ask(read, show, failed)

    def _show_draft(self, draft: ShiftDraft, sheets: tuple[Sheet, ...]) -> None:
        self._draft = draft
        now, actor = self._context.clock(), self._context.actor
        self._name.setText(f"{draft.class_name} 交接班")
        last = draft.last
        caption = f"{draft.day.month}月{draft.day.day}日 {now:%H:%M} 的情况"
        if last is not None:
            then = f"{month_day(last.signed_at)} {last.signed_at:%H:%M}"
            caption += f" · 上次 {then} {last.given_by} → {last.taken_by}"
        self._caption.setText(caption)
        self._heads.show_figures(draft.figures)
        self._sections.show_lines(draft.lines)
        count = len(draft.points) + len(open_of_itself(draft.lines))
        self._points.set_title(f"未了事项 {count}" if count else "未了事项")
        self._points.show_records(point_records(draft.points, draft.closed, draft.lines))
        self._past.show_records(sheet_records(sheets))
        may = actor.may(Permission.SIGN_NOTE)
        self._point.edit.setEnabled(may)
        self._sign.setEnabled(may)
        self._sign.set_text(f"{actor.name} 签字交接")
        self._check_list.setVisible(actor.may(Permission.CHANGE_SETTINGS))
        self._on_lit(None)

    # -- acts

    @Slot(object)
    def _on_lit(self, _key: object) -> None:
        draft = self._draft
        may = self._context.signed_in and self._context.actor.may(Permission.SIGN_NOTE)
        lit = draft is not None and any(one.id == self._points.key() for one in draft.points)
        self._close.setEnabled(may and lit)
        for button in (self._show, self._print):
            button.setEnabled(self._past.key() is not None)

    @Slot()
    def _on_point_entered(self) -> None:
        words, class_id, actor = self._point.text().strip(), self._class_id, self._context.actor
        if not words or class_id is None:
            return

        def added(_key: Any) -> None:
            if self._point.text().strip() == words:
                self._point.edit.clear()
            self._point.show_problem("")

        def failed(error: BaseException) -> None:
            sentence = getattr(error, "sentence", "")
            self._point.show_problem(sentence)
            if not sentence:
                self._context.messages.fail(error)

        self._context.act(lambda s: s.classes.shifts.add_point(actor, class_id, words), added, failed)

    @Slot()
    def _on_close(self) -> None:
        from app.ui.handover.shift_sheets import ClosePointSheet

        key, draft = self._points.key(), self._draft
        point = None if draft is None else next((one for one in draft.points if one.id == key), None)
        if point is not None and self._close.isEnabled():
            ClosePointSheet(self._context, self._host, point).present()

    @Slot()
    def _on_sign(self) -> None:
        """Ask for everything anew: the heads may have changed while somebody was writing."""
        from app.ui.handover.shift_sheets import SignShiftSheet

        class_id, actor = self._class_id, self._context.actor
        if class_id is None:
            return

        def show(draft: ShiftDraft) -> None:
            sheet = SignShiftSheet(self._context, self._host, draft)
            sheet.signed.connect(self._on_signed)
            sheet.present()

        self._context.ask(lambda s: s.classes.shifts.draft(actor, class_id), show)

    @Slot(object)
    def _on_signed(self, key: SheetId) -> None:
        self._past.light(key)
        self._on_lit(None)

    @Slot()
    def _on_check_list(self) -> None:
        from app.ui.handover.shift_sheets import CheckListSheet

        if self._draft is not None:
            CheckListSheet(self._context, self._host, self._draft.items).present()

    def _paper(self, use: Any) -> None:
        key, actor = self._past.key(), self._context.actor
        if isinstance(key, int):
            sheet = SheetId(key)
            self._context.ask(lambda s: s.classes.shifts.paper(actor, sheet), lambda paper: use(paper, sheet))

    def _counter(self, sheet: SheetId) -> Any:
        actor = self._context.actor
        return lambda: self._context.act(
            lambda s: s.papers.printed(actor, "shift_sheet", sheet), initiator=self
        )

    @Slot()
    def _on_show(self) -> None:
        self._paper(lambda paper, key: self._context.printing.preview(paper, self._counter(key)))

    @Slot()
    def _on_print(self) -> None:
        self._paper(lambda paper, key: self._context.printing.send(paper, self._counter(key)))

    @property
    def _host(self) -> QWidget:
        return self._context.host or self

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where text is large all is one column that scrolls; what is typed stands below it with the acts."""
        super().resizeEvent(event)
        narrow = self.width() < self._context.theme.px(820)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._body.addWidget(self._side)
            self._whole.insertWidget(1, self._adding)
        else:
            self._columns.addWidget(self._side, 2)
            self._lists.insertWidget(1, self._adding)
        self._point.show_label(not narrow)
        self._point.edit.setPlaceholderText(_POINT_BRIEF if narrow else _POINT)
        for lines in (self._points, self._past):
            lines.set_shape(Shape.TALL if narrow else Shape.LIST)
