"""常用语: the centre's stock phrases for notes, one to a line."""

from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.changes import Changes, Done
from app.domain.logbook import NoteKind
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import name_widget
from app.ui.widgets.form_sheet import FormSheet

Phrases = dict[NoteKind, tuple[str, ...]]


class PhraseSheet(FormSheet):
    """Two lists of lines. Ctrl+Enter keeps both."""

    WIDE = 760

    def __init__(self, context: RoomContext, host: QWidget, phrases: Phrases) -> None:
        super().__init__(context, host, "phrases", "本中心的常用语", "保存")
        self.beside.setText("一行一条，最多 12 条，每条 60 个字")
        self._edits: dict[NoteKind, QPlainTextEdit] = {}
        for kind in NoteKind:
            edit = QPlainTextEdit("\n".join(phrases.get(kind, ())))
            name_widget(edit, f"phrases.{kind.value}", f"{kind.label}的常用语")
            edit.setTabChangesFocus(True)
            edit.setMinimumHeight(context.theme.px(150))
            self._edits[kind] = edit
        self.row(*(self.labelled(kind.label, edit) for kind, edit in self._edits.items()))

    def focus_first(self) -> None:
        """The first list."""
        self._edits[NoteKind.REMARK].setFocus()

    def finish(self) -> None:
        """Keep both lists."""
        actor = self.context.actor
        wanted = {kind: tuple(edit.toPlainText().splitlines()) for kind, edit in self._edits.items()}

        def keep(services: Any) -> Done[None]:
            topics: frozenset[Any] = frozenset()
            for kind, texts in wanted.items():
                topics |= services.classes.phrases.keep(actor, kind, texts).changes.topics
            return Done(None, Changes(topics))

        self.submit(keep, words="已保存常用语")


def open_phrases(context: RoomContext) -> None:
    """Read the phrases and lay the sheet over the window."""
    host, actor = context.host, context.actor

    def read(services: Any) -> Phrases:
        return {kind: services.classes.phrases.view(actor, kind) for kind in NoteKind}

    def show(phrases: Phrases) -> None:
        if host is not None and host.isEnabled():
            PhraseSheet(context, host, phrases).present()

    context.ask(read, show)
