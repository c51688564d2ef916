"""紧急、打印和家长屏: what has a key everywhere, for whoever looks for it with the mouse or a finger."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.layouts import FlowLayout

_AUTO = "auto"


class StandbyCard(Card):
    """Buttons for the keys that hold everywhere, and on which screen the parents' words stand."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context.theme)
        self._context = context
        theme = context.theme
        column = self.column()
        column.addWidget(label("紧急、打印和家长屏", "h1"))
        words = "这些键在每一页都能用。家长屏朝着家长：只显示正在办理的这一家，平时是问候。"
        column.addWidget(label(words, "muted", wrap=True))
        row = FlowLayout(spacing=theme.metrics.s2)
        self._parents = KeyButton(
            theme, "打开家长屏", bind=False, shown="F11", object_name="settings.parents"
        )
        for button in (
            KeyButton(
                theme, "紧急点名", bind=False, shown="F9", kind="danger", object_name="settings.roll_call"
            ),
            KeyButton(
                theme, "打印队列", bind=False, shown="Ctrl Shift P", object_name="settings.print_queue"
            ),
            KeyButton(theme, "再打上一份", bind=False, shown="F12", object_name="settings.print_again"),
            self._parents,
        ):
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
        column.addLayout(row)
        self._screens = Segmented(
            theme, "settings.parents_screen", "家长屏在哪个屏幕", wrap=True, stretch=False
        )
        self._screens.chosen.connect(self._on_screen_chosen)
        column.addWidget(Labelled(theme, "家长屏在哪个屏幕", self._screens))
        if context.standby is not None:
            context.standby.parents_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the screens there are, and whether it is open."""
        names = [screen.name() for screen in QGuiApplication.screens()]
        self._screens.set_choices(
            [(_AUTO, "自动"), *((f"s{at}", f"屏幕 {at + 1} {name}".strip()) for at, name in enumerate(names))]
        )
        choices = None if self._context.preferences is None else self._context.preferences.choices
        wanted = "" if choices is None else choices.parents_screen
        self._screens.set_value(f"s{names.index(wanted)}" if wanted in names else _AUTO)
        standby = self._context.standby
        self._parents.set_text("关闭家长屏" if standby is not None and standby.parents_open else "打开家长屏")

    @Slot()
    def _on_clicked(self) -> None:
        standby, printing, sender = self._context.standby, self._context.printing, self.sender()
        acts = {
            "settings.print_queue": printing.open_panel,
            "settings.print_again": printing.print_last_again,
        }
        if standby is not None:
            acts["settings.roll_call"] = standby.open_roll_call
            acts["settings.parents"] = standby.toggle_parents
        act = acts.get(sender.objectName()) if sender is not None else None
        if act is not None:
            act()

    @Slot(str)
    def _on_screen_chosen(self, value: str) -> None:
        names = [screen.name() for screen in QGuiApplication.screens()]
        at = -1 if value == _AUTO else int(value[1:])
        if self._context.standby is not None and at < len(names):
            self._context.standby.choose_screen("" if at < 0 else names[at])
