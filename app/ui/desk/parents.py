"""What the desk tells the screen that faces the parents: how it stands with the child in hand, and no more.

Looking through the list tells nothing. A family is served from the moment somebody or something is chosen for
the act until it is done, or left: by turning to the list, to another child or room, or by another person at
the desk. All that is shown follows from what the panel shows at this moment; nothing is remembered of it, so
that the two cannot differ.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.ids import ChildId, ReceiptId, VisitId
from app.ui.desk.acts import DeskActs
from app.ui.desk.panel import SidePanel
from app.ui.parent_push import show_receipts
from app.ui.rooms import RoomContext
from app.ui.scanner import tidy

if TYPE_CHECKING:
    from app.services.arrivals import Arrived
    from app.services.desk import ChildRow
    from app.services.pickup import Departed, PickupCard
    from app.ui.parent_screen import CodeState, ParentScreen, Served


class DeskParents(QObject):
    """Listens to the panel; says nothing while the screen is not open.

    ``chosen`` is the child the desk goes on with, ``lists`` where an act is left for.
    """

    def __init__(
        self,
        context: RoomContext,
        panel: SidePanel,
        acts: DeskActs,
        chosen: Callable[[], ChildId | None],
        lists: QWidget,
    ) -> None:
        super().__init__(panel)
        self._context, self._panel, self._chosen, self._lists = context, panel, chosen, lists
        self._away = True  # nothing has been done since the act was left, or finished
        self._excepted: VisitId | None = None  # the director is asked to let her go with somebody else
        self._came: ChildId | None = None  # has come in; her form stands until her card has been read
        self._undone_by: QWidget | None = None  # the face that says that what was thanked for was taken back
        pickup, arrival = panel.pickup, panel.arrival
        pressed = (
            pickup.identity, pickup.pass_card, pickup.grant, pickup.exception, pickup.thing, pickup.later,
        )  # fmt: skip
        touched = (
            pickup.adults.changed, pickup.code.textEdited, pickup.code_matched, pickup.kin.changed,
            pickup.tender.chosen, pickup.answered, arrival.adults.changed,
            *(made.clicked for made in pressed),
        )  # fmt: skip
        pickup.exception_requested.connect(self._on_exception_requested)  # before the press is heard
        for signal in touched:
            signal.connect(self._on_touched)
        pickup.price_changed.connect(self._follow)
        panel.face_changed.connect(self._on_face_changed)
        panel.installEventFilter(self)
        acts.arrived.connect(self._on_arrived)
        acts.handed_back.connect(self._on_handed_back)
        acts.issued.connect(self._on_issued)
        context.actor_changed.connect(self._leave)
        if context.standby is not None:
            context.standby.parents_changed.connect(self._follow)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def _screen(self) -> "ParentScreen | None":
        return self._context.parents

    # How it stands --------------------------------------------------------------------------------------

    @Slot()
    def _follow(self, *_: object) -> None:
        """Show how it stands now."""
        screen, row = self._screen, self._panel.row
        if screen is None or not self._panel.isVisible():
            return
        served = None if self._away or row is None else self._served(row)
        if served is not None:
            screen.serve(served)
        else:
            screen.look_at(None if row is None else row.child)

    def _served(self, row: "ChildRow") -> "Served | None":
        """The act under way with the child shown, if one is."""
        from app.ui.parent_screen import Served

        panel, view = self._panel, self._panel.pickup
        if panel.face is panel.arrival and panel.arrival.adults.chosen is not None:
            return (
                None if row.child == self._came else Served(row.child, row.name, row.nickname, "正在办理入园")
            )
        card = view.card
        if card is None or card.visit != row.visit:
            return None
        money = view.money
        if panel.face is view and (view.begun or self._excepted == card.visit):
            code = self._code_state(card, tidy(view.code.text()))
            return Served(
                row.child, row.name, row.nickname, "正在办理离园", code, money.due, money.put_off
            )  # fmt: skip
        if not panel.reissue.isHidden() and view.tender.value():
            return Served(row.child, row.name, row.nickname, "正在补开收据", due=money.due)
        return None

    def _code_state(self, card: "PickupCard", code: str) -> "CodeState":
        """How a code stands: the slip's is the child's, that of a call belongs to who comes by it, once."""
        from app.ui.parent_screen import CodeState

        who = self._panel.pickup.adults.chosen_row
        by_call = who is not None and bool(who.grant)
        if not code:
            return CodeState.CALLED if by_call else CodeState.ASKED
        if len(code) < len(card.code):
            return CodeState.TYPED
        told = next((one for one in card.grants if one.matches(code)), None)
        if told is not None or by_call:
            return CodeState.RIGHT if told is not None and not told.used else CodeState.DEAD
        return CodeState.RIGHT if code == card.code else CodeState.WRONG

    # What begins, goes on and ends it -------------------------------------------------------------------

    @Slot()
    def _on_touched(self, *_: object) -> None:
        self._away = False
        self._follow()

    @Slot()
    def _on_exception_requested(self) -> None:
        self._excepted = self._panel.pickup.visit

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Esc to the list, or a click into it, leaves the act; the panel takes it up again."""
        if now is None or not (self._panel.isAncestorOf(now) or self._lists.isAncestorOf(now)):
            return  # a sheet, the search, the room itself: the act goes on behind it
        if self._away is not (away := self._lists.isAncestorOf(now)):
            self._away = away
            self._follow()

    @Slot()
    def _on_face_changed(self) -> None:
        from app.ui.parent_screen import Face

        screen, self._came = self._screen, None
        undone = self._panel.face is self._undone_by
        if undone and screen is not None and screen.shown.face is Face.THANKS:
            screen.clear()  # whoever is shown: of the family thanked, or of another
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another room in front leaves the act; a window put away does not."""
        if watched is self._panel and event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._leave()
        return False

    @Slot()
    def _leave(self) -> None:
        """Nobody's words stay behind."""
        self._away, self._excepted, self._undone_by = True, None, None
        if self._screen is not None:
            self._screen.clear()

    # Thanks ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_arrived(self, came: "Arrived") -> None:
        """She has come in: thanks, unless the list goes on and the next family stands there already."""
        from app.ui.parent_screen import Face

        screen, row = self._screen, self._panel.row
        self._away, self._came = True, came.child
        served = screen is not None and screen.shown.face is Face.SERVING and screen.child == came.child
        if served and row is not None and row.child == self._chosen() == came.child:
            self._thank(row, (), self._panel.arrival)
        else:
            self._follow()

    @Slot(object)
    def _on_handed_back(self, left: "tuple[Departed, ...]") -> None:
        """They have gone: thanks, and what the receipts say that were given."""
        row = self._panel.row
        self._away, self._excepted = True, None
        if row is not None and row.visit in {one.visit for one in left}:
            given = [key for one in left for key in (one.receipt, *one.settled) if key is not None]
            self._thank(row, given, self._panel.pickup)
        else:
            self._follow()

    @Slot(object)
    def _on_issued(self, receipt: ReceiptId) -> None:
        """The receipt that was wanting has been issued."""
        from app.ui.parent_screen import Face

        screen, row = self._screen, self._panel.row
        self._away = True
        served = screen is not None and screen.shown.face is Face.SERVING
        if served and screen is not None and row is not None and row.child == screen.child:
            self._thank(row, (receipt,), self._panel.pickup)
        else:
            self._follow()

    def _thank(self, row: "ChildRow", receipts: Iterable[ReceiptId], undone_by: QWidget) -> None:
        screen, self._undone_by = self._screen, undone_by
        if screen is not None:
            ticket = screen.thank(row.child, row.name, row.nickname)
            show_receipts(self._context, ticket, tuple(receipts))
