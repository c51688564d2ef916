"""After 齐全的都签: which notes stayed behind, and what each of them lacks."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.services.handover import NoteRow, NoteState
from app.ui.handover.models import chip_of
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList


def left_records(rows: Sequence[NoteRow]) -> tuple[Record, ...]:
    """The notes that are not signed, with what each lacks or why it must be read again."""
    return tuple(
        Record(
            row.visit,
            row.name,
            "；".join(_reasons(row)) or "还没有签字",
            (chip_of(row),),
            row.colour,
        )
        for row in rows
        if row.state not in {NoteState.SIGNED, NoteState.HANDED}
    )


def _reasons(row: NoteRow) -> list[str]:
    """Why a note stayed behind: a dose that is late first."""
    lacking = f"缺 {'、'.join(row.missing)}" if row.missing else ""
    return [words for words in (row.dose, row.stale or lacking, row.waits) if words]


def to_open(rows: Sequence[NoteRow]) -> str:
    """``2 份要先打开看：朱予晴（额头摔了一下）、夏小舟（流鼻涕）``; empty where there is none."""
    found = [f"{row.name}（{row.read}）" for row in rows if row.read]
    return f"{len(found)} 份要先打开看：{'、'.join(found)}" if found else ""


class LeftSheet(FormSheet):
    """Enter goes to the note that is lit; Esc leaves."""

    WIDE = 640
    wanted = Signal(object)  # VisitId
    early_wanted = Signal()  # sign those, too, whose day still runs

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        signed: int,
        records: tuple[Record, ...],
        early: int = 0,
        unread: str = "",
    ) -> None:
        title = f"签了 {signed} 份，还有 {len(records)} 份没有签字"
        super().__init__(context, host, "left", title, "去这一份")
        if unread:
            self.form.addWidget(label(unread, "warning", wrap=True))
        self.form.addWidget(
            label("缺的补记、该喂的药喂过或写明原因以后，再按 F8 一起签字。", "muted", wrap=True)
        )
        self.list = RecordList(context.theme, "left.list", "还缺什么", "都签了")
        self.list.show_records(records)
        self.list.view.setMinimumHeight(min(6, max(2, len(records))) * context.theme.px(56))
        self.list.entered.connect(self.finish)
        self.form.addWidget(self.list)
        self.early = KeyButton(
            context.theme, f"现在就签这 {early} 份", "F4", object_name="left.early", kind="quiet"
        )
        self.early.setToolTip("今天提早放学时用。之后再记的，还要再签一次。")
        self.early.clicked.connect(self._on_early)
        self.take_enter(self.early)
        self.foot.insertWidget(0, self.early)
        self.early.setVisible(bool(early))

    def finish(self) -> None:
        """Go to the one that is lit."""
        key = self.list.key()
        self.dismiss()
        if key is not None:
            self.wanted.emit(key)

    @Slot()
    def _on_early(self) -> None:
        self.dismiss()
        self.early_wanted.emit()

    def focus_first(self) -> None:
        """The list."""
        self.fit()
        self.list.view.setFocus()
