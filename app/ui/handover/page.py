"""交接: whose note comes next, the note itself, and the paper as it will print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.ids import ClassId, VisitId
from app.domain.looks import Tone
from app.domain.staff import Permission
from app.services.classroom import ClassTab
from app.services.handover import NoteRow, NoteState, NoteView
from app.ui.handover.editor import NoteEditor
from app.ui.handover.worklist import WorklistPanel
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import Card
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.class_tabs import ClassTabs, TabFace

_KEEP_MS = 700
_DRAW_MS = 260


class HandoverRoom(Room):
    """Joins list, editor and paper with the handover and papers services."""

    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.LOG, Topic.NOTES, Topic.STAFF})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._class_id: ClassId | None = None
        self._class_known = False
        self._wanted: VisitId | None = None
        self._paper: Any = None
        self._asked: tuple[VisitId, tuple[str, ...]] | None = None
        self._build()
        self._keep_timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep_timer.timeout.connect(self._keep_now)
        self._draw_timer = QTimer(self, singleShot=True, interval=_DRAW_MS)
        self._draw_timer.timeout.connect(self._draw_now)

    def _build(self) -> None:
        context, theme, m = self.context, self.context.theme, self.context.theme.metrics
        self._tabs = ClassTabs(theme, "handover.tab")
        self._tabs.chosen.connect(self._on_tab_chosen)
        self._list = WorklistPanel(theme, context.icons)
        self._list.chosen.connect(self._on_child_chosen)
        self._editor = NoteEditor(theme, context.icons)
        self._list.edit_requested.connect(self._editor.write)
        self._editor.edited.connect(self._on_edited)
        self._editor.sign_requested.connect(self._on_sign)
        self._editor.redraft_requested.connect(self._on_redraft)
        self._editor.log_requested.connect(self._on_log)
        self._editor.preview_requested.connect(self._on_preview)
        self._sign_all = KeyButton(
            theme, "定稿全部完整的", "F8", kind="primary", object_name="handover.sign_complete"
        )
        self._sign_all.clicked.connect(self._on_sign_all)
        columns = QHBoxLayout()
        columns.setSpacing(m.s3)
        columns.addWidget(self._list)
        columns.addWidget(self._editor, 1)
        self._side = self._paper_side()
        columns.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(480, 360)  # the room bends to the window, never the window to the room
        column.setContentsMargins(m.s5, m.s4, m.s5, m.s3)
        column.setSpacing(m.s2)
        column.addWidget(self._tabs)
        column.addLayout(columns, 1)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=by: self._list.step(by))
        larger = QShortcut(QKeySequence("F9"), self)
        larger.activated.connect(self._on_preview)
        self.setFocusProxy(self._list)

    def _paper_side(self) -> QWidget:
        theme, m = self.context.theme, self.context.theme.metrics
        side = Card(theme, ground="sunken")
        self._view = self.context.printing.view()
        self._view.setObjectName("handover.preview")
        self._view.setCursor(Qt.CursorShape.PointingHandCursor)
        self._view.setToolTip("点一下放大（F9）")
        self._view.installEventFilter(self)
        self._print = KeyButton(
            theme, "打印", "Ctrl+P", icon="printer-outline", icons=self.context.icons,
            object_name="handover.print",
        )  # fmt: skip
        self._print.clicked.connect(self._on_print)
        self._save = KeyButton(theme, "保存 PDF", "Ctrl+S", object_name="handover.save")
        self._save.clicked.connect(self._on_save)
        buttons = QHBoxLayout()
        buttons.setSpacing(m.s2)
        buttons.addWidget(self._print, 1)
        buttons.addWidget(self._save, 1)
        column = side.column(margins=(m.s2, m.s2, m.s2, m.s3), spacing=m.s2)
        column.addWidget(self._view, 1)
        column.addLayout(buttons)
        return side

    # -- what the shell asks --------------------------------------------------------------------------

    def title(self) -> str:
        """交接."""
        return "交接"

    def top_widgets(self) -> list[QWidget]:
        """Signing all that lack nothing."""
        return [self._sign_all]

    def hints(self) -> str:
        """The keys of the room."""
        return "↑↓ 换孩子 · Enter 修改 · Ctrl Enter 定稿 · Ctrl P 打印 · F8 全部定稿"

    def foot(self) -> int:
        """Notices stand above the buttons of note and paper."""
        return self._print.sizeHint().height() + 2 * self.context.theme.metrics.s2

    def refresh(self) -> None:
        """Read the tabs and the list again, and the note unless somebody is writing in it."""
        self._keep_now()
        self._read_list(with_note=True)

    def entered(self, target: Target | None) -> None:
        """Come to the front, at a visit if one is named."""
        if target is not None and target.visit is not None:
            self._wanted = target.visit
            self.stale = True
            self.freshen()
        self._list.setFocus()

    def escape(self) -> bool:
        """From the words back to the list."""
        if self._editor.writing():
            self._list.setFocus()
            return True
        return False

    def leaving(self) -> bool:
        """Keep what was written."""
        self._keep_now()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was written, however the room goes out of sight."""
        super().hideEvent(event)
        self._keep_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the paper shows it large enough to be read."""
        if watched is self._view and self._editor.view is not None:
            if event.type() == QEvent.Type.MouseButtonPress:
                return True  # else nobody would be told of the release
            if event.type() == QEvent.Type.MouseButtonRelease:
                self._on_preview()
                return True
        return super().eventFilter(watched, event)

    # -- reading --------------------------------------------------------------------------------------

    def _read_list(self, *, with_note: bool) -> None:
        actor, class_id, known = self.context.actor, self._class_id, self._class_known
        wanted = self._wanted

        def read(services: Any) -> tuple[tuple[ClassTab, ...], ClassId | None, tuple[NoteRow, ...]]:
            tabs: tuple[ClassTab, ...] = services.classroom.tabs(actor)
            group = class_id
            if not known and any(tab.id == actor.class_id for tab in tabs):
                group = actor.class_id
            rows: tuple[NoteRow, ...] = services.handover.worklist(actor, group)
            if wanted is not None and group is not None and all(row.visit != wanted for row in rows):
                group, rows = None, services.handover.worklist(actor, None)
            return tabs, group, rows

        def show(found: tuple[tuple[ClassTab, ...], ClassId | None, tuple[NoteRow, ...]]) -> None:
            tabs, group, rows = found
            if self._class_id != class_id:
                return  # another class was chosen meanwhile
            self._class_id, self._class_known = group, True
            self._show_list(tabs, rows, with_note=with_note)

        self.context.ask(read, show)

    def _show_list(self, tabs: tuple[ClassTab, ...], rows: tuple[NoteRow, ...], *, with_note: bool) -> None:
        faces = [TabFace(None, "全部", "brand")]
        faces += [TabFace(tab.id, tab.name, tab.colour, str(tab.present)) for tab in tabs]
        self._tabs.show_faces(faces, self._class_id)
        before = self._list.visit()
        wanted, self._wanted = self._wanted, None
        self._list.show_rows(rows, wanted)
        ready = sum(row.state is NoteState.READY for row in rows)
        self._sign_all.set_text(f"定稿全部完整的 {ready}" if ready else "定稿全部完整的")
        self._sign_all.setEnabled(bool(ready) and self.context.actor.may(Permission.SIGN_NOTE))
        if rows and self.isVisible() and QApplication.focusWidget() is None:
            self._list.setFocus()  # it could not take the focus before there was anything in it
        if not rows:
            self._show_nothing()
            if self.isVisible():
                self._tabs.take_focus()
        elif with_note and self._list.visit() == before:
            self._read_note()

    def _read_note(self) -> None:
        visit, actor = self._list.visit(), self.context.actor
        if visit is None:
            self._show_nothing()
            return
        self.context.ask(lambda s: s.handover.note(actor, visit), self._show_note)

    def _show_note(self, view: NoteView) -> None:
        if view.visit != self._list.visit():
            return
        shown = self._editor.view
        writing = shown is not None and shown.visit == view.visit and self._editor.dirty
        if writing and self._editor.text() != view.text:
            return  # what is being written wins, and is kept in a moment
        self._editor.show_note(view, self.context.actor)
        self._draw_now()

    def _show_nothing(self) -> None:
        self._editor.show_note(None, None)
        self._paper = None
        self._view.clear("选一个孩子，这里显示要打印的交接报告。")
        self._print.setEnabled(False)
        self._save.setEnabled(False)

    # -- writing and keeping --------------------------------------------------------------------------

    @Slot()
    def _on_edited(self) -> None:
        self._keep_timer.start()
        self._draw_timer.start()

    @Slot()
    def _keep_now(self) -> None:
        """Keep what was written, if anything; called before the child, the room or the actor changes."""
        self._keep_timer.stop()
        view = self._editor.view
        if view is None or not self._editor.dirty or not self.context.open:
            return
        actor = self.context.actor
        if not actor.may(Permission.SIGN_NOTE):
            return
        visit, text = view.visit, self._editor.text()

        def kept(_nothing: Any) -> None:
            self._read_list(with_note=False)
            shown = self._editor.view
            if shown is not None and shown.visit == visit and self._editor.text() == text:
                self._read_note()

        self.context.act(
            lambda s: s.handover.keep(actor, visit, text), kept, self._on_not_kept, initiator=self
        )

    def _on_not_kept(self, error: BaseException) -> None:
        if isinstance(error, RuleError):
            self._editor.show_problem(error.sentence, error.field or "")
        else:
            self._editor.show_problem("还没有存上，写的字都在，处理好后会再存。")
            self._keep_timer.start(5000)
            self.context.messages.fail(error)

    @Slot()
    def _on_sign(self) -> None:
        view, actor = self._editor.view, self.context.actor
        if view is None or self._asks_about(view):
            return
        self._keep_timer.stop()
        visit, text = view.visit, self._editor.text()

        def signed(fresh: NoteView) -> None:
            if self._list.visit() == fresh.visit:
                self._editor.show_note(fresh, self.context.actor)
                self._draw_now()
            self._read_list(with_note=False)

        self.context.act(
            lambda s: s.handover.sign(actor, visit, text),
            signed,
            self._on_not_kept,
            words=f"{view.name} 的交接单已签字",
            initiator=self,
        )

    def _asks_about(self, view: NoteView) -> bool:
        """Whether what the note lacks must be looked at first: the second signature means it."""
        asked = (view.visit, view.missing)
        if not view.missing or self._asked == asked:
            return False
        self._asked = asked
        lacking = "、".join(view.missing)
        self._editor.show_problem(f"还缺 {lacking}。可以先去补记；确实没有，再按一次 Ctrl Enter 签字。")
        return True

    @Slot()
    def _on_redraft(self) -> None:
        view, actor = self._editor.view, self.context.actor
        if view is None or not actor.may(Permission.SIGN_NOTE):
            return
        self._keep_timer.stop()
        visit = view.visit

        def drafted(fresh: NoteView) -> None:
            if self._list.visit() == fresh.visit:
                self._editor.show_note(fresh, self.context.actor)
                self._draw_now()
            self._read_list(with_note=False)

        words = f"{view.name} 的交接单已按记录重新成稿"
        self.context.act(
            lambda s: s.handover.redraft(actor, visit),
            drafted,
            self._on_not_kept,
            words=words,
            initiator=self,
        )

    @Slot()
    def _on_sign_all(self) -> None:
        self._keep_now()
        actor, class_id = self.context.actor, self._class_id

        def signed(visits: tuple[VisitId, ...]) -> None:
            words = f"已签字 {len(visits)} 份交接单" if visits else "没有可以签字的：都签过了，或还有缺项。"
            self.context.messages.say(words, Tone.OK if visits else Tone.PLAIN)

        self.context.act(lambda s: s.handover.sign_complete(actor, class_id), signed)

    @Slot(object)
    def _on_child_chosen(self, visit: object) -> None:
        del visit
        self._keep_now()
        self._draw_timer.stop()
        self._read_note()

    @Slot(object)
    def _on_tab_chosen(self, class_id: object) -> None:
        chosen = ClassId(class_id) if isinstance(class_id, int) else None
        if chosen == self._class_id:
            return
        self._keep_now()
        self._class_id = chosen
        self._read_list(with_note=True)
        self._list.setFocus()

    @Slot()
    def _on_log(self) -> None:
        visit = self._list.visit()
        if visit is not None:
            self.context.go("classroom", Target(visit=visit))

    # -- paper ----------------------------------------------------------------------------------------

    @Slot()
    def _draw_now(self) -> None:
        """Freeze the paper with the words as they stand on the screen, and show it."""
        self._draw_timer.stop()
        view, actor = self._editor.view, self.context.actor
        if view is None:
            return
        visit, text = view.visit, self._editor.text()

        def show(paper: Any) -> None:
            if self._list.visit() != visit:
                return
            self._paper = paper
            self._print.setEnabled(True)
            self._save.setEnabled(True)
            self._view.show_paper(paper)

        self.context.ask(lambda s: s.papers.pickup_report(actor, visit, text), show)

    def _current_paper(self, use: Callable[[Any], None]) -> None:
        """Hand the paper with the words on the screen to ``use``: what is printed is what is read."""
        view, actor = self._editor.view, self.context.actor
        if view is None:
            return
        self._keep_now()
        visit, text = view.visit, self._editor.text()
        self.context.ask(lambda s: s.papers.pickup_report(actor, visit, text), use)

    def _counter(self) -> Callable[[], None]:
        """What counts a print of this note, whatever is on the screen when the printer is done."""
        visit, actor = self._list.visit(), self.context.actor

        def count() -> None:
            if visit is not None:
                self.context.act(lambda s: s.papers.printed(actor, "pickup_report", visit), initiator=self)

        return count

    @Slot()
    def _on_print(self) -> None:
        count = self._counter()
        self._current_paper(lambda paper: self.context.printing.send(paper, count))

    @Slot()
    def _on_preview(self) -> None:
        count = self._counter()
        self._current_paper(lambda paper: self.context.printing.preview(paper, count))

    @Slot()
    def _on_save(self) -> None:
        from app.services import papers

        if self._paper is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / papers.file_name(self._paper))
        path, _filter = QFileDialog.getSaveFileName(self, "保存 PDF", name, "PDF (*.pdf)")
        if path:
            self._current_paper(lambda paper: self.context.printing.save(paper, Path(path)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the three columns in proportion; the middle one takes what is left."""
        super().resizeEvent(event)
        px, width = self.context.theme.px, self.width()
        # Where text is large and the screen small, a paper beside the note could not be read.
        narrow = width < px(1000)
        self._side.setVisible(not narrow)
        self._editor.offer_preview(narrow)
        self._list.setFixedWidth(min(px(300), max(px(210), round(width * 0.23))))
        # As wide as an A5 sheet of this height, without starving the words of theirs.
        sheet = round((self.height() - px(210)) * 0.705) + px(24)
        share = 0.36 if width > px(1500) else 0.28
        self._side.setFixedWidth(max(240, min(sheet, round(width * share))))
