"""What the search found, in a sheet below the search box: people, papers, rooms and commands in groups, or
the verdict on a scanned code.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.looks import Tone
from app.ui import scanner
from app.ui.rooms import ROOMS, RoomContext, RoomSpec, Target
from app.ui.shell.hits import HIT_ROLE, Hit, HitDelegate, HitModel
from app.ui.widgets.basic import label, mark, name_widget
from app.ui.widgets.fields import SearchBox

if TYPE_CHECKING:
    from app.domain.names import SearchKeys
    from app.services.bundle import Services
    from app.services.finding import Found
    from app.services.seals import Verdict
    from app.ui.commands import Commands

_PAUSE_MS = 60
_LIMIT = 9
_WAYS = 4
_SCAN_MS = 20_000  # how long the verdict on a scanned code stays when nobody closes it


class Finder(QFrame):
    """Joins the search box with what can be found. The results never take the focus."""

    chosen = Signal(object)  # Target of the first room: a child
    way_chosen = Signal(str, object)  # room, Target or None
    first_searched = Signal()  # before the answer to the first search: the acts must be there by then

    def __init__(
        self, context: RoomContext, box: SearchBox, host: QWidget, *, rooms: Sequence[RoomSpec] = ROOMS
    ) -> None:
        super().__init__(host)
        self._context, self._box, self._host, self._rooms = context, box, host, rooms
        self._commands: Commands | None = None  # made at the first search: the start needs none
        self._asked, self._text = 0, ""
        self.setProperty("kind", "popup")
        name_widget(self, "finder", "查找结果")
        self._title, self._words = label("", "h2", wrap=True), label("", "muted", wrap=True)
        self._title.setObjectName("finder.title")
        self._words.setObjectName("finder.words")
        self._model = HitModel()
        self._list = QListView()
        name_widget(self._list, "finder.list", "找到的孩子、大人、咨询候补的家庭、单据和功能")
        self._list.setModel(self._model)
        self._list.setItemDelegate(HitDelegate(context.theme, context.icons))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.clicked.connect(self._on_list_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(0)
        self._told = QWidget()
        told = QVBoxLayout(self._told)
        told.setContentsMargins(10, 6, 10, 6)
        told.setSpacing(6)
        told.addWidget(self._title)
        told.addWidget(self._words)
        column.addWidget(self._told)
        column.addWidget(self._list)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._scan = QTimer(self, singleShot=True, interval=_SCAN_MS)
        self._scan.timeout.connect(self.close_sheet)
        box.textEdited.connect(self._on_box_edited)
        box.composed.connect(self._on_box_edited)
        box.moved.connect(self._on_box_moved)
        box.submitted.connect(self._on_box_submitted)
        box.left.connect(self.leave)
        self._submit_when_found = False
        self._before: QWidget | None = None  # who had the focus before the box
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self.hide()

    @Slot()
    def leave(self) -> None:
        """Empty the box, close the sheet, and give the focus back to where it was in the room."""
        self.close_sheet()
        self._box.clear()
        self._box.clearFocus()
        before = self._before
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:  # it has gone meanwhile: the first stop of the room
            self._box.focusNextChild()

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self._box and old is not None:
            self._before = old

    @Slot()
    def close_sheet(self) -> None:
        """Close the sheet; what was asked for no longer matters."""
        self._asked += 1
        self._pause.stop()
        self._scan.stop()
        self._submit_when_found = False
        self._model.replace(())
        self.hide()

    def look_for(self, text: str) -> None:
        """Show what is found by the text in the box."""
        self._on_box_edited(text)

    def show_verdict(self, verdict: "Verdict") -> None:
        """Say what a code is that was scanned elsewhere. The focus stays where it is."""
        self._asked += 1
        self._pause.stop()
        self._say(verdict.title, verdict.words, verdict.tone)
        self._scan.start()

    @Slot(str)
    def _on_box_edited(self, text: str) -> None:
        if text == self._text and (self._pause.isActive() or self.isVisible()):
            return  # an input method that only moved its mark
        self._text = text
        self._pause.stop()
        self._scan.stop()
        if not text.strip():
            self.close_sheet()
        elif scanner.looks_like_seal(text):
            self._verify(text)
        elif scanner.begins_like_seal(text):
            self._say("正在扫码…", "")
        else:
            self._pause.start()

    @Slot(int)
    def _on_box_moved(self, by: int) -> None:
        if self._model.hits:
            place = self._model.next_place(self._list.currentIndex().row(), by)
            self._list.setCurrentIndex(self._model.index(place))
            self._list.scrollTo(self._model.index(max(0, place - 1) if by < 0 else place))

    @Slot(str)
    def _on_box_submitted(self, text: str) -> None:
        self._text = text
        if scanner.begins_like_seal(text):
            self._verify(text)
        elif self._pause.isActive() or (text.strip() and not self._model.hits):
            self._submit_when_found = True
            self._pause.stop()
            self._search()
        elif self._model.hits:
            self._choose(self._list.currentIndex())

    @Slot()
    def _search(self) -> None:
        if not (self._context.open and self._context.signed_in):
            return
        from app.ui.commands import Commands

        if self._commands is None:
            self.first_searched.emit()
            self._commands = Commands(self._rooms, self._context.acts)
        self._asked += 1
        asked, text, actor = self._asked, self._text, self._context.actor
        words = () if self._commands.learnt else self._commands.words

        def read(services: "Services") -> "tuple[Found, tuple[SearchKeys, ...]]":
            return services.finding.find(actor, text), services.finding.sounds(words) if words else ()

        def show(answer: "tuple[Found, tuple[SearchKeys, ...]]") -> None:
            if answer[1] and self._commands is not None and not self._commands.learnt:
                self._commands.learn(answer[1])
            self._show_found(asked, text, answer[0])

        self._context.ask(read, show)

    def _show_found(self, asked: int, text: str, found: "Found") -> None:
        if asked != self._asked or not isValid(self):  # the window may have closed meanwhile
            return
        hits = self._grouped(text, found)
        if not hits and scanner.may_be_pickup_code(text):
            self._verify(text)
            return
        self._show_hits(text, hits)

    def _show_hits(self, text: str, hits: "Sequence[Hit]") -> None:
        self._model.replace(hits)
        self._list.setVisible(bool(hits))
        if hits:
            self._told.hide()
            self._list.setCurrentIndex(self._model.index(self._model.next_place(-1, 1)))
            self._place()
            if self._submit_when_found:
                self._choose(self._list.currentIndex())
        else:
            self._say(
                f"没有找到“{text[:20]}”",
                "可以试试姓名里的任意一个字、拼音首字母、小名、大人的姓名、手机号末三位以上，或收据号、卡号。",
            )
        self._submit_when_found = False

    def _grouped(self, text: str, found: "Found") -> list[Hit]:
        """Groups, the one with the nearest hit first; only so many lines as can be seen at a glance."""
        from app.ui.shell import hits

        ways = self._commands.find(text, self._context.actor, _WAYS) if self._commands is not None else ()
        rooms, commands = [w for w in ways if w.is_room], [w for w in ways if not w.is_room]
        groups = [
            (found.ranks[0], "孩子", [hits.of_child(one) for one in found.children]),
            (found.ranks[1], "大人", [hits.of_adult(one) for one in found.adults]),
            (found.ranks[3], "咨询和候补", [hits.of_family(one) for one in found.families]),
            (found.ranks[2], "单据和接送卡", [hits.of_paper(one) for one in found.papers]),
            (rooms[0].rank if rooms else 9, "页面", [hits.of_way(one) for one in rooms]),
            (commands[0].rank if commands else 9, "可以做的事", [hits.of_way(one) for one in commands]),
        ]
        shown: list[Hit] = []
        left = _LIMIT
        for _, name, lines in sorted(groups, key=lambda group: group[0]):
            if lines and left:
                shown += [Hit(name), *lines[:left]]
                left -= min(left, len(lines))
        return shown

    def _verify(self, text: str) -> None:
        if not (self._context.open and self._context.signed_in):
            return
        self._asked += 1
        asked, actor = self._asked, self._context.actor
        self._context.ask(
            lambda s: s.seals.verify(actor, text), lambda verdict: self._show_verdict(asked, verdict)
        )

    def _show_verdict(self, asked: int, verdict: "Verdict") -> None:
        if asked != self._asked:
            return
        text = self._box.text()
        if not (verdict.genuine or scanner.begins_like_seal(text) or scanner.looks_like_pickup_code(text)):
            self._show_hits(text, ())  # four letters or digits, and no code that the file knows
            return
        visit = verdict.visit if scanner.opens_child(text) else None
        if visit is not None:
            self.chosen.emit(Target(visit=visit, act=f"code {verdict.told}".strip()))
        elif verdict.child is not None:
            self.chosen.emit(Target(child=verdict.child))
        self._say(verdict.title, verdict.words, verdict.tone)
        self._box.setFocus()
        self._box.selectAll()

    def _say(self, title: str, words: str, tone: Tone = Tone.PLAIN) -> None:
        self._model.replace(())
        self._list.hide()
        self._title.setText(title)
        theme = self._context.theme
        ink = theme.color("ink") if tone is Tone.PLAIN else theme.tone(tone)[1]
        self._title.setStyleSheet(f"color: {ink.name()};")
        mark(self._words, role="muted")
        self._words.setText(words)
        self._told.show()
        self._words.setVisible(bool(words))
        self._place()

    def _place(self) -> None:
        """Below the box, or at the top right where this room shows none; never beyond the window's foot."""
        host, theme = self._host, self._context.theme
        width = max(self._box.width(), theme.px(420))
        top = QPoint(host.width() - width - 12, 12)
        if self._box.isVisible():
            top = self._box.mapTo(host, QPoint(0, self._box.height() + 6))
        left = min(top.x(), host.width() - width - 12)
        if self._model.hits:
            inner = sum(self._list.sizeHintForRow(row) for row in range(len(self._model.hits))) + 4
        else:
            inner = self._words_height(width - 40)
        self.setGeometry(max(12, left), top.y(), width, min(inner + 24, host.height() - top.y() - 12))
        self.show()
        self.raise_()

    def _words_height(self, width: int) -> int:
        def high(words: QLabel) -> int:
            return words.heightForWidth(width) if words.text() else 0

        return high(self._title) + high(self._words) + 22

    @Slot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        hit: Hit | None = index.data(HIT_ROLE)
        if hit is None or hit.heading:
            return
        self.leave()
        if hit.room:
            self.way_chosen.emit(hit.room, hit.target)
        elif hit.target is not None:
            self.chosen.emit(hit.target)
        else:
            self._context.acts[hit.act]()
