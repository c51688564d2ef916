"""Keeps a half-filled sheet of a class at each pause, and fills it again when it is opened anew."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot

from app.domain.ids import ClassId
from app.services.sheet_drafts import SheetDraft, SheetKind
from app.ui.rooms import RoomContext

KEEP_AFTER = 400  # ms of quiet before what was filled in is kept

Fields = Mapping[str, str]


class SheetKeeper(QObject):
    """``read`` says what stands in the sheet, ``fill`` puts it back and is told when it was kept."""

    def __init__(
        self,
        context: RoomContext,
        sheet: QObject,
        slot: tuple[SheetKind, ClassId],
        read: Callable[[], Fields],
        fill: Callable[[Fields, str], None],
    ) -> None:
        super().__init__(sheet)
        self._context, self._actor, self._slot = context, context.actor, slot
        self._read, self._fill = read, fill
        self._touched = self._over = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER)
        self._pause.timeout.connect(self.keep)

    def begin(self) -> None:
        """Ask for what was filled in before; whoever has begun anew meanwhile keeps what she has."""
        actor, (kind, group) = self._actor, self._slot
        self._context.ask(lambda s: s.classes.sheets.find(actor, kind, group), self._found)

    def touch(self) -> None:
        """Something was filled in by hand."""
        self._touched = True
        if not self._over:
            self._pause.start()

    @Slot()
    def keep(self) -> None:
        """Write what stands in the sheet."""
        self._pause.stop()
        if self._over or not self._touched:
            return
        actor, (kind, group), fields = self._actor, self._slot, dict(self._read())
        self._context.act(lambda s: s.classes.sheets.keep(actor, kind, group, fields))

    def end(self) -> None:
        """The sheet is finished."""
        self._over = True
        self._pause.stop()
        actor, (kind, group) = self._actor, self._slot
        self._context.act(lambda s: s.classes.sheets.end(actor, kind, group))

    def _found(self, draft: SheetDraft | None) -> None:
        if draft is None or self._touched or self._over:
            return
        self._touched = True
        self._fill(draft.fields, f"接着 {draft.saved_at:%H:%M} 填到一半的，请核对再继续")
