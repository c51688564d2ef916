"""导出: one line gives any list its way out to Excel."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.looks import Tone
from app.services.exporting import Exported, ListKind
from app.ui.icons import Icons
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

    Take = Callable[[Services, str], Done[Exported]]  # the services and the form (xlsx, csv) in, a file out


class ExportButton(KeyButton):
    """A button that asks for a file name and saves a list there: xlsx, or csv by the ending chosen.

    ``when`` may be set: a month (``2025-11``) for the month's tables, a day for the bookings. It hides from
    who may not take the list out; whoever shows it by hand asks ``open_to`` first.
    """

    def __init__(
        self,
        context: RoomContext,
        kind: ListKind,
        object_name: str,
        *,
        text: str = "导出",
        key: str = "",
    ) -> None:
        theme: Theme = context.theme
        icons: Icons = context.icons
        super().__init__(theme, text, key, icon="tray-arrow-down", icons=icons, object_name=object_name)
        self._context, self._list = context, kind
        self.when = ""
        self.clicked.connect(self._on_clicked)
        context.actor_changed.connect(self._on_actor_changed)
        self._on_actor_changed()

    @property
    def allowed(self) -> bool:
        """Whether who is signed in may take the list out."""
        return self._context.signed_in and self._list.open_to(self._context.actor)

    @Slot()
    def _on_clicked(self) -> None:
        ask_and_save(self._context, self._list, self, self.when)

    @Slot()
    def _on_actor_changed(self) -> None:
        if not self.allowed:
            self.hide()
        elif self.parent() is not None:  # without one it would come up as a window
            self.show()


def ask_and_save(context: RoomContext, kind: ListKind, parent: QWidget | None, when: str = "") -> None:
    """Ask for a file name, and export a list there."""
    if path := ask_path(parent, kind.label):
        save_list(context, kind, path, when)


def ask_path(parent: QWidget | None, name: str) -> Path | None:
    """Where a table is to go: an Excel or a CSV file."""
    path, _filter = QFileDialog.getSaveFileName(
        parent, "导出到", f"{name}.xlsx", "Excel 表格 (*.xlsx);;CSV 文本 (*.csv)"
    )
    return Path(path) if path else None


def save_list(
    context: RoomContext, kind: ListKind, path: Path, when: str = "", initiator: QObject | None = None
) -> None:
    """Export a list there."""
    actor = context.actor

    def take(services: "Services", form: str) -> "Done[Exported]":
        return services.exporting.export(actor, kind, form, when)

    save_table(context, path, take, initiator)


def save_table(context: RoomContext, path: Path, take: "Take", initiator: QObject | None = None) -> None:
    """Take a table out and write it whole; a notice says where it is and that nothing protects it."""
    form = "csv" if path.suffix.lower() == ".csv" else "xlsx"

    def write(made: Exported) -> None:
        from app.ui.printing import ended_name, write_whole

        target = ended_name(path, f".{form}")

        def done(_: object) -> None:
            words = f"已导出 {made.rows} 行：{target.name}。{made.reminder}"
            context.messages.say(words, Tone.WARN if made.reminder else Tone.OK)

        context.draw(write_whole, target, made.data, done=done)

    context.act(lambda s: take(s, form), write, initiator=initiator)
