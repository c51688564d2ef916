"""接送卡: the register of cards. Issue, print, declare lost, issue anew. Joins view, service and bus."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ids import CardId, ChildId, ClassId
from app.domain.looks import Tone
from app.domain.staff import Permission
from app.services.cards import CardRow
from app.services.exporting import ListKind
from app.ui.cards.models import CardDelegate, CardLine, CardLines, lines_of
from app.ui.cards.panel import CardPanel
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.class_tabs import ClassTabs, TabFace
from app.ui.widgets.export import ExportButton
from app.ui.widgets.keyed import Index
from app.ui.widgets.rows import RowsView
from app.ui.widgets.states import EmptyState


class CardsRoom(Room):
    """Who has a card, and which cards must not be trusted any more."""

    topics = frozenset({Topic.CARDS, Topic.CHILDREN})
    shows_child = True

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("cards")
        self._rows: tuple[CardRow, ...] = ()
        self._only: ClassId | None = None
        self._wanted: ChildId | None = None
        theme, icons = context.theme, context.icons
        self._print = KeyButton(
            theme,
            "打印",
            "Ctrl+P",
            kind="primary",
            icon="printer-outline",
            icons=icons,
            object_name="cards.print",
        )
        self._print.clicked.connect(self._on_print_clicked)
        self._out = ExportButton(context, ListKind.CARDS, "cards.export", key="F5")
        self.tabs = ClassTabs(theme, "cards.tab")
        self.tabs.chosen.connect(self._on_class_chosen)
        self.panel = CardPanel(theme, icons)
        self.panel.asked.connect(self._on_asked)
        self._build()
        theme.changed.connect(self._fit)
        self._fit()

    def _build(self) -> None:
        theme, m = self.context.theme, self.context.theme.metrics
        self._model = CardLines(self)
        self.list = RowsView(theme, "cards.list", "接送卡登记")
        self.list.setModel(self._model)
        self.list.setItemDelegate(CardDelegate(theme, self.list))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.entered_row.connect(self._on_entered_row)
        self._empty = EmptyState(
            theme,
            self.context.icons,
            "card-account-details-outline",
            "还没有在册的孩子",
            "孩子签了合同、分到班里，这里就能发卡。",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        holder = Card(theme)
        self._count = label("正在读取…", "small")
        self._count.setObjectName("cards.count")
        head = QHBoxLayout()
        head.setContentsMargins(m.s4, m.s3, m.s4, m.s2)
        head.addWidget(label("登记", "h2"), 1)
        head.addWidget(self._count)
        column = holder.column(margins=(1, 0, 1, m.s2), spacing=0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        lower = QHBoxLayout()
        lower.setSpacing(m.s3)
        lower.addWidget(holder, 1)
        lower.addWidget(self.panel)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.tabs)
        self._outer.addLayout(lower, 1)

    # -- what the shell asks

    def title(self) -> str:
        """接送卡."""
        return self.tr("接送卡")

    def top_widgets(self) -> list[QWidget]:
        """The register as a table, and printing what the tabs show."""
        return [self._out, self._print] if self._out.allowed else [self._print]

    def hints(self) -> str:
        """Keys."""
        lost = self.tr("F7 挂失并补发 · ") if self.panel.offers("replace") else ""
        words = self.tr("方向键 选卡 · Enter 发卡或打印 · {lost}Ctrl P 打印全班 · Esc 回前台")
        return words.format(lost=lost)

    def refresh(self) -> None:
        """Read the register again."""
        actor = self.context.actor
        self.context.ask(lambda s: s.cards.register(actor), self.show_rows)

    def entered(self, target: Target | None) -> None:
        """Come to the front, at a child if one is named."""
        if target is not None and target.child is not None:
            self._wanted, self._only = target.child, None
            self.stale = True
            self.freshen()
        self.list.setFocus()

    def escape(self) -> bool:
        """From the panel to the list, then back to the desk."""
        if self.panel.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus()
        else:
            self.context.go("desk")
        return True

    # -- the register

    def show_rows(self, rows: Sequence[CardRow]) -> None:
        """Redraw from one moment's truth; what was chosen stays chosen."""
        self._rows = tuple(rows)
        faces = {row.holder.class_id: row.holder for row in self._rows}
        every = TabFace(None, "全园", "brand", self._heads(self._rows))
        own = [
            TabFace(
                key,
                one.class_name,
                one.colour,
                self._heads(r for r in self._rows if r.holder.class_id == key),
            )
            for key, one in faces.items()
        ]
        self._only = self._only if self._only in faces else None
        self.tabs.show_faces([every, *own], self._only)
        self._show_lines()

    @staticmethod
    def _heads(rows: Any) -> str:
        every = list(rows)
        return f"{sum(bool(row.valid) for row in every)}/{len(every)}"

    def _shown(self) -> list[CardRow]:
        return [row for row in self._rows if self._only in {None, row.holder.class_id}]

    def _show_lines(self) -> None:
        before = self._model.item_at(self.list.currentIndex())
        self._model.replace(lines_of(self._rows, self._only))
        shown = self._shown()
        lacking = sum(not row.valid for row in shown)
        lost = sum(card.ended_as == "lost" for row in shown for card in row.cards)
        self._count.setText(f"{len(shown)} 个孩子 · {lacking} 个没有卡 · 挂失过 {lost} 张")
        self._stack.setCurrentIndex(1 if self._model.items else 0)
        issues = bool(lacking) and self._may_issue
        count = lacking + len(self._unprinted()) if issues else len(self._unprinted() or self._valid())
        self._print.set_text(f"{'发卡并打印' if issues else '打印'} {count} 张")
        self._print.setEnabled(count > 0)
        self._choose(before)

    def _choose(self, before: CardLine | None) -> None:
        """The child asked for, else who was chosen, else the first."""
        wanted = self._wanted if self._wanted is not None else before.holder.child if before else None
        self._wanted = None
        items = self._model.items
        same = None if before is None else self._model.position(self._model.key_of(before))
        if same is None or (wanted is not None and items[same].holder.child != wanted):
            same = next(
                (at for at, one in enumerate(items) if one.holder.child == wanted), 0 if items else None
            )
        if same is not None:
            self.list.setCurrentIndex(self._model.index(same))
            self.list.scrollTo(self._model.index(same))
        self._show_current()

    def _show_current(self) -> None:
        line = self._model.item_at(self.list.currentIndex())
        ends = self.context.actor.may(Permission.CHECK_OUT)
        self.panel.show_line(line, may_issue=self._may_issue, may_end=ends)
        self.hints_changed.emit()

    @property
    def _may_issue(self) -> bool:
        return self.context.actor.may(Permission.REGISTER_CHILD)

    # -- acts

    def _valid(self) -> list[CardId]:
        return [card.id for row in self._shown() for card in row.valid]

    def _unprinted(self) -> list[CardId]:
        return [card.id for row in self._shown() for card in row.valid if card.id not in row.printed]

    @Slot()
    def _on_print_clicked(self) -> None:
        shown = self._shown()
        lacking = [row.holder.child for row in shown if not row.valid]
        fresh = self._unprinted()
        title = "全园" if self._only is None else f"{shown[0].holder.class_name}班" if shown else ""
        if lacking and self._may_issue:
            self._issue(lacking, fresh, title)
        else:
            self._preview(fresh or self._valid(), title)

    def _issue(self, lacking: list[ChildId], more: Sequence[CardId], title: str) -> None:
        actor = self.context.actor

        def done(issued: tuple[CardId, ...]) -> None:
            self._preview([*issued, *more], title)

        self._act(lambda s: s.cards.issue(actor, lacking), done)

    def _preview(self, wanted: Sequence[CardId], title: str) -> None:
        actor, printing = self.context.actor, self.context.printing
        sent = tuple(wanted)

        def count() -> None:
            self.context.act(lambda s: s.cards.printed(actor, sent))

        self.context.ask(
            lambda s: s.cards.sheet(actor, sent, title), lambda paper: printing.preview(paper, count)
        )

    @Slot(str, str)
    def _on_asked(self, act: str, words: str) -> None:
        line, actor = self.panel.line, self.context.actor
        if line is None:
            return
        child, name = line.holder.child, line.holder.name
        if line.card is None:
            self._issue([child], (), name)
            return
        card = line.card.id

        def printed(value: Any) -> None:
            self._preview(value if isinstance(value, tuple) else [value], name)

        match act:
            case "reprint":
                self._preview([card], name)
            case "replace" | "renew":
                self._act(lambda s: s.cards.replace(actor, card, words), printed)
            case "another":
                self._act(lambda s: s.cards.issue_another(actor, child), printed)
            case "lost":
                self._act(lambda s: s.cards.declare_lost(actor, card, words))
            case "withdraw":
                self._act(lambda s: s.cards.withdraw(actor, card, words))
            case "found":
                self._act(lambda s: s.cards.undo_loss(actor, card), words=f"{line.card.number} 又有效了")

    def _act(self, verb: Any, done: Any = None, *, words: str = "") -> None:
        """Hold the buttons until it is saved; the register is read again by the bus."""
        self.panel.set_saving(True)

        def ended(value: Any) -> None:
            self.panel.set_saving(False)
            if done is not None:
                done(value)

        def failed(error: BaseException) -> None:
            self.panel.set_saving(False)
            self.context.messages.fail(error)
            self.refresh()

        self.context.act(verb, ended, failed, words=words)

    # -- keys and size

    def _on_current_changed(self, _current: Index, _previous: QModelIndex) -> None:
        self._show_current()

    @Slot()
    def _on_entered_row(self) -> None:
        button = self.panel.main()
        if button is not None:
            button.click()
        else:
            self.context.messages.say("这张卡不能再用，没有可做的事。", Tone.PLAIN)

    @Slot(object)
    def _on_class_chosen(self, only: ClassId | None) -> None:
        self._only = only
        self._show_lines()
        self.list.setFocus()

    @Slot()
    def _fit(self) -> None:
        m, px = self.context.theme.metrics, self.context.theme.px
        self._outer.setContentsMargins(m.s5, m.s3, m.s5, m.s3)
        self._outer.setSpacing(m.s3)
        self.panel.setFixedWidth(min(px(392), round(self.width() * 0.44)))
        self.list.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel's width follows."""
        super().resizeEvent(event)
        self._fit()
