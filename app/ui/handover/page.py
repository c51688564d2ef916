"""交接: whose note comes next, the note itself, and the paper as it will print."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.ids import ClassId, VisitId
from app.domain.prose import NoteText
from app.domain.staff import Permission
from app.services.classroom import ClassTab
from app.services.handover import NoteRow, NoteState, NoteView
from app.services.note_errors import AskedError
from app.ui.handover.acts import HandoverActs
from app.ui.handover.editor import NoteEditor
from app.ui.handover.paper_side import PaperSide
from app.ui.handover.views import FAMILY, ViewBar
from app.ui.handover.worklist import WorklistPanel
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.class_tabs import TabFace

if TYPE_CHECKING:
    from app.services.telling import Door
    from app.ui.handover.shift_view import ShiftView

_KEEP_MS = 700
_DRAW_MS = 260

_SIGN_ALL = "齐全的都签"


class HandoverRoom(Room):
    """Joins list, editor and paper with the handover and papers services."""

    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.LOG, Topic.NOTES, Topic.STAFF, Topic.SETTINGS})
    shows_child = True

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._class_id: ClassId | None = None
        self._class_known = False
        self._names: dict[ClassId, str] = {}
        self._wanted: VisitId | None = None
        self._shift: ShiftView | None = None  # built when it is first shown
        self._asked: tuple[VisitId, tuple[str, ...]] | None = None
        self._named: tuple[VisitId, frozenset[str]] | None = None  # other children somebody was asked about
        self._build()
        self._keep_timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep_timer.timeout.connect(self._keep_now)
        self._draw_timer = QTimer(self, singleShot=True, interval=_DRAW_MS)
        self._draw_timer.timeout.connect(self._draw_now)

    def _build(self) -> None:
        context, theme, m = self.context, self.context.theme, self.context.theme.metrics
        self._bar = ViewBar(theme)
        self._bar.turned.connect(self._on_turned)
        self._tabs = self._bar.tabs
        self._tabs.chosen.connect(self._on_tab_chosen)
        self._acts = HandoverActs(context, self)
        self._acts.child_wanted.connect(self._list_child)
        self._acts.door_known.connect(self._show_door)
        self._list = WorklistPanel(theme, context.icons)
        self._list.chosen.connect(self._on_child_chosen)
        self._editor = NoteEditor(theme, context.icons)
        self._list.edit_requested.connect(self._editor.write)
        self._editor.edited.connect(self._on_edited)
        self._editor.sign_requested.connect(self._on_sign)
        self._editor.redraft_requested.connect(self._on_redraft)
        self._editor.log_requested.connect(self._on_log)
        self._editor.tell_requested.connect(self._on_tell)
        self._sign_all = KeyButton(
            theme, _SIGN_ALL, "F8", kind="primary", object_name="handover.sign_complete"
        )
        self._sign_all.clicked.connect(self._on_sign_all)
        self._class_word = KeyButton(theme, "全班一句", "F3", object_name="handover.class_sentence")
        self._class_word.clicked.connect(self._on_class_word)
        self._side = PaperSide(context, self._subject)
        self._side.about_to_use.connect(self._keep_now)
        self._view = self._side.view
        self._editor.preview_requested.connect(self._side.preview)
        self._editor.print_requested.connect(self._side.print_button.click)
        self._editor.save_requested.connect(self._side.save_button.click)
        family = QWidget()
        columns = QHBoxLayout(family)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(m.s3)
        columns.addWidget(self._list)
        columns.addWidget(self._editor, 1)
        columns.addWidget(self._side)
        self._views = QStackedWidget()
        self._views.addWidget(family)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(480, 360)  # the room bends to the window, never the window to the room
        column.setContentsMargins(m.s5, m.s4, m.s5, m.s3)
        column.setSpacing(m.s2)
        column.addWidget(self._bar)
        column.addWidget(self._views, 1)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), family)
            shortcut.activated.connect(lambda by=by: self._list.step(by))
        larger = QShortcut(QKeySequence("F5"), family)
        larger.activated.connect(self._side.preview)
        self.setFocusProxy(self._list)

    # -- what the shell asks --------------------------------------------------------------------------

    def title(self) -> str:
        """交接."""
        return "交接"

    def top_widgets(self) -> list[QWidget]:
        """A word for the class, and signing all that lack nothing; the shift's own acts stand in its view."""
        return [] if self._bar.shift else [self._class_word, self._sign_all]

    def hints(self) -> str:
        """The keys of the room."""
        if self._bar.shift and self._shift is not None:
            return self._shift.hints()
        return "↑↓ 换孩子 · Enter 修改 · Ctrl Enter 签字 · F2 说给家长 · F3 全班一句 · F8 齐全的都签"

    def foot(self) -> int:
        """Notices stand above the buttons of note and paper."""
        return self._side.print_button.sizeHint().height() + 2 * self.context.theme.metrics.s2

    def refresh(self) -> None:
        """Read the tabs and the list again, and the note unless somebody is writing in it."""
        self._keep_now()
        self._read_list(with_note=True)
        self._show_shift()

    def entered(self, target: Target | None) -> None:
        """Come to the front, at a visit if one is named."""
        if target is not None and target.visit is not None:
            self._wanted = target.visit
            self._bar.turn(FAMILY)
            self.stale = True
            self.freshen()
        self._take_focus()

    def escape(self) -> bool:
        """From the words back to the list, from the shift back to the families."""
        if self._bar.shift:
            self._bar.turn(FAMILY)
            return True
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
        self._names = {tab.id: tab.name for tab in tabs}
        self._class_word.setEnabled(self.context.actor.may(Permission.SIGN_NOTE))
        faces = [TabFace(None, "全部", "brand")]
        faces += [TabFace(tab.id, tab.name, tab.colour, str(tab.present)) for tab in tabs]
        self._tabs.show_faces(faces, self._class_id)
        before = self._list.visit()
        wanted, self._wanted = self._wanted, None
        self._list.show_rows(rows, wanted)
        to_sign = [row for row in rows if row.state in {NoteState.READY, NoteState.LATER}]
        ready = sum(not row.waits for row in to_sign)
        self._sign_all.set_text(f"{_SIGN_ALL} {ready}" if ready else _SIGN_ALL)
        self._sign_all.offer_brief(f"都签 {ready}" if ready else "都签")
        # Where nobody can be signed but somebody is complete, it names who is left out, and why.
        waits = len(to_sign) > ready or any(row.state is NoteState.DOSE for row in rows)
        self._sign_all.setEnabled((bool(ready) or waits) and self.context.actor.may(Permission.SIGN_NOTE))
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
        self._acts.read_door(view.visit)
        self._draw_now()

    def _show_nothing(self) -> None:
        self._editor.show_note(None, None)
        self._side.show_nothing()

    @Slot(object)
    def _show_door(self, door: "Door") -> None:
        """Under the note: what goes home, to whom the day was told, and the family's signature."""
        if self._list.visit() != door.visit:
            return
        said = [f"带回：{'、'.join(door.things)}"] if door.things else []
        said += [f"{one.at:%H:%M} {one.by}已说给 {one.who}" for one in door.told]
        if door.signature is not None:
            said.append(f"{door.signature.at:%H:%M} {door.signature.who}已签字")
        self._editor.show_door("　·　".join(said))

    def _subject(self) -> tuple[VisitId, NoteText] | None:
        view = self._editor.view
        return None if view is None else (view.visit, self._editor.text())

    @Slot()
    def _draw_now(self) -> None:
        self._draw_timer.stop()
        self._side.draw()

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
        if view is None:
            return
        if view.doses:
            self._keep_now()
            self._acts.ask_about_dose(view)
            return
        if self._asks_about(view):
            return
        self._keep_timer.stop()
        visit, text = view.visit, self._editor.text()
        meant = self._named[1] if self._named is not None and self._named[0] == visit else frozenset()

        def not_signed(error: BaseException) -> None:
            self._named = (visit, error.meant) if isinstance(error, AskedError) else self._named
            self._on_not_kept(error)

        def signed(fresh: NoteView) -> None:
            if self._list.visit() == fresh.visit:
                self._editor.show_note(fresh, self.context.actor)
                self._draw_now()
            self._read_list(with_note=False)

        self.context.act(
            lambda s: s.handover.sign(actor, visit, text, meant=meant),
            signed,
            not_signed,
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
        self._acts.sign_complete(self._class_id)

    @Slot()
    def _on_tell(self) -> None:
        self._keep_now()
        if self._editor.view is not None:
            self._acts.tell(self._editor.view.visit)

    @Slot()
    def _on_class_word(self) -> None:
        self._keep_now()
        self._acts.say_to_class(self._class_id, self._class_name())

    def _class_name(self) -> str:
        return self._names.get(self._class_id, "") if self._class_id is not None else ""

    @Slot(object)
    def _list_child(self, visit: object) -> None:
        """Show one child's note."""
        self._wanted = VisitId(visit) if isinstance(visit, int) else None
        self._read_list(with_note=True)
        self._list.setFocus()

    @Slot(str)
    def _on_turned(self, _view: str) -> None:
        """To the families, or to the next shift."""
        self._keep_now()
        if self._bar.shift and self._shift is None:
            from app.ui.handover.shift_view import ShiftView

            self._shift = ShiftView(self.context)
            self._views.addWidget(self._shift)
        self._views.setCurrentIndex(int(self._bar.shift))
        self.top_changed.emit()
        self._show_shift()
        self._take_focus()

    def _show_shift(self) -> None:
        if self._bar.shift and self._shift is not None:
            self._shift.show_class(self._class_id)

    def _take_focus(self) -> None:
        if self._bar.shift and self._shift is not None:
            self._shift.take_focus()
        else:
            self._list.setFocus()

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
        self._show_shift()
        self._take_focus()

    @Slot()
    def _on_log(self) -> None:
        visit = self._list.visit()
        if visit is not None:
            self.context.go("classroom", Target(visit=visit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the three columns in proportion; the middle one takes what is left."""
        super().resizeEvent(event)
        px, width = self.context.theme.px, self.width()
        # Where text is large and the screen small, a paper beside the note could not be read.
        narrow = width < px(1000)
        self._side.setVisible(not narrow)
        self._editor.offer_paper(narrow)
        self._list.setFixedWidth(min(px(300), max(px(210), round(width * 0.23))))
        # As wide as an A5 sheet of this height, without starving the words of theirs.
        sheet = round((self.height() - px(210)) * 0.705) + px(24)
        share = 0.36 if width > px(1500) else 0.28
        self._side.setFixedWidth(max(240, min(sheet, round(width * share))))
