"""What is being typed into a record is kept at each pause, and offered again when the room is opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from app.domain.changes import Done
from app.domain.days import spoken_moment
from app.domain.ids import ChildId, DraftId
from app.domain.looks import Tone
from app.domain.staff import Actor, Permission
from app.services.record_drafts import RecordDraft
from app.ui.records.editor import Editor, Task
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.record_cards import RecordCard
    from app.ui.records.acts import RecordActs

KEEP_AFTER = 400  # ms of quiet before what was typed is kept
_KEY = "records.unfinished"


class Drafting(QObject):
    """Keeps the task of the editor as a draft of whoever began it. ``acts`` opens a task again."""

    def __init__(self, acts: "RecordActs", context: RoomContext, editor: Editor) -> None:
        super().__init__(acts)
        self._acts, self._context, self._editor = acts, context, editor
        self._open: tuple[RecordDraft, ...] = ()
        self._actor: Actor | None = None
        self._kept = False
        self._told: tuple[DraftId, ...] = ()
        self._offered_to: Actor | None = None
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(KEEP_AFTER)
        self.pause.timeout.connect(self.keep)
        editor.edited.connect(self._on_edited)
        editor.saving.connect(self.flush)
        editor.dropped.connect(self.drop)

    # -- keeping ----------------------------------------------------------------------------------------

    def begin(self, task: Task) -> None:
        """A task has come to the front. What was once typed into the same one stands there again."""
        self._actor, self._kept = self._context.actor, False
        self.hide()
        found = next((one for one in self._open if one.slot == task.slot), None)
        if found is None:
            return
        self._open = tuple(one for one in self._open if one is not found)
        for key, form in task.forms:
            form.restore(found.forms.get(key, {}))
        self._kept = True
        self._editor.say_kept(f"接着 {found.saved_at:%H:%M} 填的草稿")

    @Slot()
    def keep(self) -> None:
        """Write what stands in the forms; the foot of the form says when it was on disk."""
        task, actor = self._editor.task, self._actor
        if task is None or task.slot is None or actor is None or not (self._editor.changed or self._kept):
            return
        self._kept = True
        slot, title, forms = task.slot, task.title, self._forms(task)

        def kept(_key: object) -> None:
            if self._editor.task is task:
                self._editor.say_kept(f"草稿已保存 {self._context.clock():%H:%M:%S}")

        self._context.act(lambda s: s.record_keeping.drafts.keep(actor, slot, title, forms), kept)

    @Slot()
    def flush(self) -> None:
        """Keep at once what the pause would keep: a save may fail, the room may be left."""
        if self.pause.isActive():
            self.pause.stop()
            self.keep()

    @Slot()
    def drop(self) -> None:
        """Somebody chose not to save: the draft goes, and can be had back."""
        task, actor = self._editor.task, self._actor
        changed = self._editor.changed
        self.pause.stop()
        if task is None or task.slot is None or actor is None or not (changed or self._kept):
            return
        slot, title, forms = task.slot, task.title, self._forms(task)

        def discard(services: "Services") -> Done[None]:
            drafts = services.record_keeping.drafts
            if not changed:  # everything is as it was: there is nothing to take back
                drafts.settle(actor, slot)
                return Done(None)
            drafts.keep(actor, slot, title, forms)  # the last letters, too
            return drafts.discard(actor, slot)

        self._context.act(discard)

    def change_actor(self) -> None:
        """Somebody else signs in: what the one before was typing is kept for her and leaves the screen."""
        self.flush()
        if self._context.signed_in and self._editor.busy and self._actor != self._context.actor:
            self._editor.end()

    def _on_edited(self) -> None:
        if self._editor.task is not None and self._editor.task.slot is not None:
            self.pause.start()

    @staticmethod
    def _forms(task: Task) -> dict[str, dict[str, str]]:
        return {key: form.changed() for key, form in task.forms}

    # -- offering ---------------------------------------------------------------------------------------

    def offer(self) -> None:
        """Ask for what was left, and raise a banner that leads to it."""
        context = self._context
        actor = context.actor
        if self._offered_to != actor:  # what somebody else was typing is none of her business
            self.hide()
            self._offered_to, self._open = actor, ()
        if not actor.may(Permission.KEEP_RECORDS):
            return

        def show(found: tuple[RecordDraft, ...]) -> None:
            if self._editor.busy or actor != context.actor:
                return
            self._open, before, self._told = found, self._told, tuple(one.id for one in found)
            if self._told == before:  # whoever closed the banner has read it
                return
            if not found:
                context.messages.end_banner(_KEY)
                return
            first, more = found[0], f"，另有 {len(found) - 1} 份" if len(found) > 1 else ""
            when = spoken_moment(first.saved_at, context.clock().date())
            words = f"上次没有保存：{first.title}（{when}）{more}。"
            context.messages.banner(_KEY, words, Tone.INFO, "接着填", lambda: self.take_up(first))

        context.ask(lambda s: s.record_keeping.drafts.unfinished(actor), show)

    def hide(self) -> None:
        """The room is left, or something is written: the offer goes."""
        self._told = ()
        self._context.messages.end_banner(_KEY)

    def take_up(self, draft: RecordDraft) -> None:
        """Go on with a draft."""
        if self._editor.busy:
            self._context.messages.say("先保存或放弃正在填的内容，再接着填上次的。", Tone.WARN)
            return
        slot, actor = draft.slot, self._context.actor
        if slot.act == "new":
            self._acts.reopen(slot, None)
            return

        def show(card: "RecordCard") -> None:
            if not self._acts.reopen(slot, card):
                self._context.messages.say("要改的那一项已经不在档案里了，这份草稿不再提起。", Tone.WARN)
                self._context.act(lambda s: s.record_keeping.drafts.discard(actor, slot))

        self._context.ask(lambda s: s.records.card(actor, ChildId(slot.child)), show)
