"""What stands ready beside the rooms: roll call, list of who is inside, print queue, the parents' screen.

Made by the application; everything it shows is imported when it is first wanted.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.looks import Tone
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.ui.insidefile import InsideFile
    from app.ui.parent_window import ParentsWindow
    from app.ui.rollcall.inside import InsideSheet
    from app.ui.rollcall.sheet import RollCallSheet
    from app.ui.window import Window


class Standby(QObject):
    """Binds the keys that hold everywhere. ``begin`` is called once somebody is at work."""

    parents_changed = Signal()  # the screen that faces the parents was opened or closed

    def __init__(self, context: RoomContext, window: "Window") -> None:
        super().__init__(window)
        self._ended = False
        self._context, self._window = context, window
        self._roll_call: RollCallSheet | None = None
        self._parents: ParentsWindow | None = None
        self._inside: InsideFile | None = None
        self._inside_sheet: InsideSheet | None = None
        context.standby = self
        # On the window itself: what lies under a sheet is disabled, the window never is.
        printing = context.printing
        for keys, slot in (
            ("F9", self.open_roll_call),
            ("F11", self.toggle_parents),
            ("F12", printing.print_last_again),
            ("Ctrl+Shift+P", printing.open_panel),
        ):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.setObjectName(f"key.{keys}")
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(slot)

        window.roll_call_wanted.connect(self.open_roll_call)
        printing.changed.connect(self._on_queue_changed)

    def end(self) -> None:
        """The program ends."""
        if self._inside is not None:
            self._inside.end()
        self._ended = True
        shown, self._parents, self._context.parents = self._parents, None, None
        if shown is not None:
            # At once and here: it has no parent, and must not be collected by another thread.
            import shiboken6

            shiboken6.delete(shown)

    def begin(self) -> None:
        """Write who is inside, and offer a roll call that a crash or a closed window left open."""
        if self._ended:
            return
        from app.ui.insidefile import InsideFile  # nobody waits for it at the start

        if self._inside is None:
            self._inside = InsideFile(self._context, self)
            self._window.minute_passed.connect(self._inside.look)
        self._inside.look()
        self._context.printing.resume()
        preferences = self._context.preferences
        if preferences is not None and preferences.choices.parents_open:
            self.open_parents()

        def offer(call: Any) -> None:
            if call is not None and self._roll_call is None:
                from app.ui.rollcall.band import offer_call

                offer_call(self._context, call.kind, None)

        if self._context.signed_in:
            actor = self._context.actor
            self._context.act(lambda s: s.rollcall.close_left_over(actor))
        self._context.ask(lambda s: s.rollcall.find_open(), offer)

    @Slot()
    def open_roll_call(self) -> None:
        """F9: the roll call over everything; with it open, F9 begins the real thing.

        Before anybody has signed in it shows who is inside, and no more.
        """
        if self._context.open and not self._context.signed_in:
            self._show_inside()
            return
        if not self._ready():
            return
        if self._roll_call is not None:
            self._roll_call.press_f9()
            return
        from app.ui.rollcall.sheet import RollCallSheet

        sheet = RollCallSheet(self._context, self._window.host)
        sheet.dismissed.connect(self._on_roll_call_dismissed)
        self._roll_call = sheet
        sheet.present()

    def _show_inside(self) -> None:
        if self._inside_sheet is not None:
            return
        from app.ui.rollcall.inside import InsideSheet

        sheet = InsideSheet(self._context, self._window.host)
        sheet.dismissed.connect(self._on_inside_dismissed)
        self._inside_sheet = sheet
        sheet.present()

    def take_code(self, code: str) -> bool:
        """Hand a scanned code to the roll call, if that is up and on top; return whether it took it."""
        sheet = self._roll_call
        if sheet is None or not sheet.isEnabled():
            return False
        sheet.mark_by_code(code)
        return True

    @Slot()
    def open_register(self) -> None:
        """The register of past roll calls."""
        if self._roll_call is None:
            self.open_roll_call()
        if self._roll_call is not None:
            self._roll_call.open_register()

    @property
    def parents_open(self) -> bool:
        """Whether the screen that faces the parents is up."""
        return self._context.parents is not None

    @Slot()
    def toggle_parents(self) -> None:
        """F11: the screen that faces the parents, on or off."""
        if self._parents is not None and self.parents_open:
            self._parents.close()
        elif self._ready():
            self.open_parents()

    def open_parents(self) -> None:
        """Open it on the screen it was on last, else on the first that is not the desk's."""
        if self.parents_open or self._ended:
            return
        from app.ui.parent_screen import ParentScreen
        from app.ui.parent_window import ParentsWindow

        context = self._context
        if self._parents is None:
            # Kept while the program runs: it may be closed by a key of its own, in the midst of its event.
            self._parents = ParentsWindow(context.theme, ParentScreen(context.clock))
            self._parents.closed.connect(self._on_parents_closed)
        shown, screen = self._parents, self._parents.screen_model

        def name(centre: Any) -> None:
            screen.centre = "" if centre is None else centre.name
            if self._parents is not None:
                self._parents.update()

        context.ask(lambda s: s.centre_info(), name)
        context.parents = screen
        choices = None if context.preferences is None else context.preferences.choices
        where = shown.open_on("" if choices is None else choices.parents_screen, self._window.screen())
        if context.preferences is not None:
            kept = where or context.preferences.choices.parents_screen
            context.preferences.choose(parents_open=True, parents_screen=kept)
        self.parents_changed.emit()
        self._window.activateWindow()  # the keyboard stays with the desk

    def choose_screen(self, name: str) -> None:
        """Show it on the screen of that name from now on; empty for the first that is not the desk's."""
        if self._context.preferences is not None:
            self._context.preferences.choose(parents_screen=name)
        if self._parents is not None and self.parents_open:
            self._parents.open_on(name, self._window.screen())

    @Slot()
    def _on_parents_closed(self) -> None:
        self._context.parents = None
        if self._context.preferences is not None:
            self._context.preferences.choose(parents_open=False)
        self.parents_changed.emit()

    def _ready(self) -> bool:
        if self._context.open and self._context.signed_in:
            return True
        self._context.messages.say("请先选择是谁在用，再按这个键。", Tone.WARN)
        return False

    @Slot()
    def _on_queue_changed(self) -> None:
        self._window.status.show_print(self._context.printing.chip())

    @Slot()
    def _on_roll_call_dismissed(self) -> None:
        self._roll_call = None

    @Slot()
    def _on_inside_dismissed(self) -> None:
        self._inside_sheet = None
