"""What is laid over the handover: the door, a sentence for the class, and what finishing all left behind."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import ClassId, VisitId
from app.domain.looks import Tone
from app.services.handover import NoteRow, NoteView
from app.ui.rooms import RoomContext, Target

if TYPE_CHECKING:
    from app.services.telling import Door


class HandoverActs(QObject):
    """Sheets are imported when they are first asked for."""

    child_wanted = Signal(object)  # VisitId: show this note
    door_known = Signal(object)  # Door of the note shown

    def __init__(self, context: RoomContext, room: QWidget) -> None:
        super().__init__(room)
        self._context = context

    def read_door(self, visit: VisitId) -> None:
        """Ask what stands ready for the door."""
        actor = self._context.actor
        self._context.ask(lambda s: s.classes.telling.door(actor, visit), self.door_known.emit)

    def tell(self, visit: VisitId) -> None:
        """F2: the three sentences, to whom they were said, and the signature."""
        from app.ui.handover.door_sheet import DoorSheet

        actor = self._context.actor

        def show(door: "Door") -> None:
            sheet = DoorSheet(self._context, self._host, door)
            sheet.dismissed.connect(lambda: self.read_door(visit))
            sheet.present()

        self._context.ask(lambda s: s.classes.telling.door(actor, visit), show)

    def ask_about_dose(self, view: NoteView) -> None:
        """A dose is late: where it is given, or why it was not, before the note is signed."""
        from app.ui.handover.dose_sheet import DoseSheet

        sheet = DoseSheet(self._context, self._host, view)
        sheet.give_wanted.connect(
            lambda: self._context.go("health", Target(visit=view.visit, act="medicine.due"))
        )
        sheet.kept.connect(lambda _key: self.child_wanted.emit(view.visit))
        sheet.present()

    def say_to_class(self, class_id: ClassId | None, class_name: str) -> None:
        """F3: one sentence for every note of the class."""
        from app.ui.handover.class_sheet import ClassSentenceSheet

        if class_id is None:
            self._context.messages.say("请先在上面选一个班，再加全班的话。", Tone.WARN)
            return
        actor = self._context.actor

        def show(standing: Any) -> None:
            words = tuple(one.what.words for one in standing)
            ClassSentenceSheet(self._context, self._host, class_id, class_name, words).present()

        self._context.ask(lambda s: s.classes.telling.sentences(actor, class_id), show)

    def sign_complete(self, class_id: ClassId | None, *, early: bool = False) -> None:
        """F8: sign all that lack nothing; what stays behind is listed with what it lacks.

        Whose day still runs for hours is listed, too, and signed once that was ``early`` and is meant.
        """
        actor = self._context.actor

        def signed(visits: tuple[VisitId, ...]) -> None:
            self._context.ask(
                lambda s: s.handover.worklist(actor, class_id),
                lambda rows: self._tell_left(class_id, len(visits), rows),
            )

        self._context.act(lambda s: s.handover.sign_complete(actor, class_id, early=early), signed)

    def _tell_left(self, class_id: ClassId | None, signed: int, rows: tuple[NoteRow, ...]) -> None:
        from app.ui.handover.left_sheet import LeftSheet, left_records, to_open

        left = left_records(rows)
        if not left:
            words = f"已签字 {signed} 份交接单，全部签完。" if signed else "都签过字了。"
            self._context.messages.say(words, Tone.OK)
            return
        early = sum(row.early for row in rows)
        sheet = LeftSheet(self._context, self._host, signed, left, early, to_open(rows))
        sheet.wanted.connect(self.child_wanted)
        sheet.early_wanted.connect(lambda: self.sign_complete(class_id, early=True))
        sheet.present()

    @property
    def _host(self) -> QWidget:
        """The window, or the room alone; asked of Qt, for a room held here would outlive its window."""
        return self._context.host or cast("QWidget", self.parent())
