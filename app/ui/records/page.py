"""档案: the list at the left, one record at the right; joins view, services and bus."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.record_fields import Section
from app.domain.records import Gap
from app.domain.staff import Permission
from app.services.exporting import ListKind
from app.services.record_cards import LookAlike, RecordCard, RecordRow
from app.ui.records.acts import RecordActs
from app.ui.records.listing import ListPanel
from app.ui.records.panel import RecordPanel
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.door_sheet import open_door_book
from app.ui.widgets.export import ExportButton
from app.ui.widgets.wish_sheet import WishSubject, open_wishes

_TYPING_MS = 200  # a search waits so long for the next letter
_LIST_SHARE = 0.36  # of the room, in large type


class RecordsRoom(Room):
    """Everybody on file. Reads, and hands what was written to ``RecordActs``."""

    topics = frozenset({Topic.CHILDREN, Topic.VISITS, Topic.SETTINGS, Topic.DRAFTS})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("records")
        theme, m = context.theme, context.theme.metrics
        self._wanted: ChildId | None = None
        self._shown: ChildId | None = None
        self._searched = ""
        self.list = ListPanel(theme, context.icons)
        self.panel = RecordPanel(theme, context.icons)
        self.acts = RecordActs(self, context, self.panel)
        self._new = KeyButton(
            theme, "新建档案", "Ctrl+N", kind="primary", icon="plus", icons=context.icons,
            object_name="records.new",
        )  # fmt: skip
        self._new.clicked.connect(self.new_record)
        self._out = ExportButton(context, ListKind.CHILDREN, "records.export")
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(480, 360)  # the room bends to the window, never the window to the room
        row.setContentsMargins(m.s5, m.s4, m.s5, m.s3)
        row.setSpacing(m.s3)
        row.addWidget(self.list)
        row.addWidget(self.panel, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._read_list)
        self._likeness = QTimer(self)
        self._likeness.setSingleShot(True)
        self._likeness.setInterval(_TYPING_MS)
        self._likeness.timeout.connect(self._on_likeness)
        self.list.chosen.connect(self._on_chosen)
        self.list.searched.connect(self._on_searched)
        self.list.edit_requested.connect(self.panel.take_focus)
        self.panel.wanted.connect(self._on_wanted)
        self.panel.section_changed.connect(self._on_section_changed)
        self.panel.editor.edited.connect(self._likeness.start)
        self.panel.editor.left.connect(self._on_left)
        self.panel.editor.alike_chosen.connect(self._on_alike_chosen)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self._step(by))
        self.setFocusProxy(self.list.rows)
        theme.changed.connect(self._fit)

    # -- what the shell asks --------------------------------------------------------------------------

    def title(self) -> str:
        """档案."""
        return "档案"

    def top_widgets(self) -> list[QWidget]:
        """The list as a table, and a new record."""
        return [self._out, self._new] if self._out.allowed else [self._new]

    def wants_search(self) -> bool:
        """The list has its own."""
        return False

    def hints(self) -> str:
        """The keys of the room."""
        if self.panel.editor.busy:
            return "Enter 下一项 · Ctrl Enter 保存 · Esc 不改了"
        act = " · F2 修改" if self.panel.edit.isVisible() else ""
        new = " · Ctrl N 新建" if self.may_change else ""
        return f"Ctrl F 找孩子 · ↑↓ 换孩子 · Ctrl 1 到 Ctrl 6 换部分{act}{new}"

    def foot(self) -> int:
        """Notices stand above the buttons of the form."""
        return (
            self._new.sizeHint().height() + 2 * self.context.theme.metrics.s3 if self.panel.editor.busy else 0
        )

    def refresh(self) -> None:
        """Read the list and the record again."""
        self._new.setVisible(self.may_change)
        self._read_list(again=True)
        self.acts.drafting.offer()

    def entered(self, target: Target | None) -> None:
        """Come to the front, at a child if one is named; ``new`` begins a new record."""
        self.acts.drafting.offer()
        if target is not None and target.act == "new":
            self.new_record()
            return
        if target is not None and target.child is not None and not self.panel.editor.busy:
            self._wanted = target.child
            self.list.show_all()
            self._read_list(again=True)
        if not self.panel.editor.busy:
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def leaving(self) -> bool:
        """What is being typed is kept at once; the form stays as it is."""
        self.acts.drafting.flush()
        self.acts.drafting.hide()
        return True

    def _on_actor_changed(self) -> None:
        self.acts.drafting.change_actor()
        super()._on_actor_changed()

    def escape(self) -> bool:
        """Out of the form, then out of the search."""
        if self.panel.editor.busy:
            self.panel.editor.leave()
            return True
        return self.list.back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list what it needs, and no more."""
        super().resizeEvent(event)
        self._fit()

    # -- reading --------------------------------------------------------------------------------------

    @property
    def may_change(self) -> bool:
        """Whether who is signed in keeps records."""
        return self.context.actor.may(Permission.KEEP_RECORDS)

    def open_child(self, child: ChildId) -> None:
        """Show a child, whatever was filtered."""
        self._wanted = child
        self.list.show_all()
        self._read_list(again=True)

    def read_card(self) -> None:
        """Read the record that is lit."""
        child, actor = self.list.child(), self.context.actor
        self._shown = child
        if child is None:
            self.panel.show_card(None, {}, may_change=self.may_change)
            return

        def read(services: Any) -> tuple[RecordCard, dict[int, bytes]]:
            card: RecordCard = services.records.card(actor, child)
            found = {0: services.record_papers.photo(actor, "child", child)}
            found |= {
                one.adult: services.record_papers.photo(actor, "adult", one.adult) for one in card.adults
            }
            return card, {key: jpeg for key, jpeg in found.items() if jpeg is not None}

        def show(found: tuple[RecordCard, dict[int, bytes]]) -> None:
            if self._shown == child:
                at_door = actor.may(Permission.CHECK_OUT)
                self.panel.show_card(*found, may_change=self.may_change, at_door=at_door)

        self.context.ask(read, show, self._failed_to_read)

    def search(self, text: str, done: Any) -> None:
        """Find records for somebody else (the merging)."""
        actor = self.context.actor
        self.context.ask(lambda s: s.records.find(actor, text), done)

    def _failed_to_read(self, error: BaseException) -> None:
        if isinstance(error, RuleError):  # merged meanwhile: the list will tell
            self.panel.show_card(None, {}, may_change=False)
            return
        self.context.messages.fail(error)

    @Slot()
    def _read_list(self, *, again: bool = False) -> None:
        actor, text, wanted = self.context.actor, self.list.search.typed_text.strip(), self._wanted
        self._searched, self._wanted = text, None

        def read(services: Any) -> tuple[Any, tuple[RecordRow, ...], Any]:
            rows = services.records.find(actor, text) if text else services.records.rows(actor)
            return services.records.classes(actor), rows, services.records.asked(actor)

        def show(found: tuple[Any, tuple[RecordRow, ...], Any]) -> None:
            if self._searched != text:
                return  # somebody has typed on
            classes, rows, self.acts.fields = found
            self.list.show_classes(classes)
            self.list.show_rows(rows, wanted)
            if again or self.list.child() != self._shown:
                self.read_card()

        self.context.ask(read, show)

    # -- what was asked for ---------------------------------------------------------------------------

    @Slot()
    def new_record(self) -> None:
        """Begin a new record."""
        if not self.may_change or self.panel.editor.busy:
            return
        if not self.acts.fields:  # asked for before the first reading was there
            actor = self.context.actor

            def begin(fields: Any) -> None:
                self.acts.fields = fields
                self.new_record()

            self.context.ask(lambda s: s.records.asked(actor), begin)
            return
        self.acts.begin_new()

    @Slot(str, object)
    def _on_wanted(self, act: str, what: object) -> None:
        card = self.panel.card
        if card is None or self.panel.editor.busy:
            return
        if isinstance(what, Gap):
            section = Section(what.section)
            self.panel.show_section(section)
            if section in {Section.BASIC, Section.HEALTH} and self.may_change:
                self.acts.edit_section(card, section, what.key)
            else:
                self.panel.take_focus()
        elif act == "merge":
            self.acts.merge(card)
        elif act == "wish":
            open_wishes(self.context, WishSubject(card.row.child, card.row.name))
        elif act == "door":
            open_door_book(self.context, card.row.child, card.row.name)
        elif act == "pass_card":
            self.context.go("cards", Target(child=card.row.child))
        else:
            self.acts.start(act, what, card)

    def _on_alike_chosen(self, child: ChildId) -> None:
        self.acts.drafting.drop()
        self.panel.editor.end()
        self.open_child(child)

    @Slot()
    def _on_likeness(self) -> None:
        """Ask who may be the same child as the one being typed in."""
        editor = self.panel.editor
        if editor.busy and self.acts.is_adult:
            self._look_for_owner()
        if not editor.busy or not self.acts.is_new:
            return
        child, actor = editor.form("child").texts(), self.context.actor
        phones = tuple(editor.form(key).texts()["phone"] for key in ("adult1", "adult2"))

        def show(found: tuple[LookAlike, ...]) -> None:
            if editor.busy and self.acts.is_new:
                editor.show_alike([(one.child, f"{one.name}：{one.why}，打开那一份") for one in found[:3]])

        self.context.ask(
            lambda s: s.records.look_alikes(actor, child["name"], child["born_on"], phones), show
        )

    def _look_for_owner(self) -> None:
        """Ask whose the number is that is being typed for an adult."""
        editor, actor = self.panel.editor, self.context.actor
        texts = editor.form("adult").texts()
        phone, name = texts["phone"], texts["name"]

        def show(owners: tuple[str, ...]) -> None:
            if (
                editor.busy
                and self.acts.is_adult
                and editor.form("adult").texts()["phone"] == phone
                and owners
            ):
                words = f"这个电话已经登记在{'、'.join(owners)}名下。同一个人请用一样的姓名，不是请核对号码。"
                editor.say(words, warning=True)

        self.context.ask(lambda s: s.records.phone_owners(actor, phone, name), show)

    # -- moving about ---------------------------------------------------------------------------------

    def _on_chosen(self, _child: object) -> None:
        self.read_card()

    def _on_searched(self, _text: str) -> None:
        self._typing.start()

    @Slot()
    def _on_section_changed(self) -> None:
        busy = self.panel.editor.busy
        self.list.setEnabled(not busy)
        self._new.setEnabled(not busy)
        self.hints_changed.emit()

    @Slot()
    def _on_left(self) -> None:
        self._on_section_changed()
        self.acts.drafting.offer()
        self.read_card()
        if self.panel.card is not None:
            self.panel.take_focus()
        else:
            self.list.rows.setFocus()

    def _step(self, by: int) -> None:
        if not self.panel.editor.busy:
            self.list.step(by)

    @Slot()
    def _fit(self) -> None:
        px = self.context.theme.px
        self.list.setFixedWidth(round(min(px(340), max(px(200), self.width() * _LIST_SHARE))))
