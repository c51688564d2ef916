"""What is done to a record: each act opens a form or a sheet, and hands what was written to its service."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.domain.changes import Done, Undo
from app.domain.errors import RuleError, SpokenError
from app.domain.ids import AdultId, AlarmId, ChildId
from app.domain.looks import Tone
from app.domain.record_fields import FieldSpec, Section
from app.services.record_cards import HISTORY_PAGE, AdultCard, ConsentRow, HistoryRow, PaperRow, RecordCard
from app.services.record_drafts import Slot
from app.ui.records import tasks
from app.ui.records.drafting import Drafting
from app.ui.records.editor import Task
from app.ui.records.merge_sheet import ComparingSheet, MergeSheet, TwinsSheet
from app.ui.records.panel import RecordPanel
from app.ui.records.photo import small_jpeg
from app.ui.records.views import is_barred
from app.ui.rooms import RoomContext
from app.ui.widgets.alarm_raising import raise_alarm_of
from app.ui.widgets.own_pin import act_proved, undo_proved

if TYPE_CHECKING:
    from app.ui.records.page import RecordsRoom


class RecordActs(QObject):
    """The verbs of the room. Knows forms and services; the room knows what is shown."""

    def __init__(self, room: "RecordsRoom", context: RoomContext, panel: RecordPanel) -> None:
        super().__init__(room)
        self._context, self._panel = context, panel
        self.is_new = False
        self.is_adult = False
        self.fields: tuple[FieldSpec, ...] = ()  # what is asked of a new child; read with the list
        self.drafting = Drafting(self, context, panel.editor)

    @property
    def _room(self) -> "RecordsRoom":
        return self.parent()  # type: ignore[return-value]

    # -- writing --------------------------------------------------------------------------------------

    def begin(self, task: Task) -> None:
        """Bring a task to the front."""
        self.is_new = any(key == "adult1" for key, _ in task.forms)
        self.is_adult = any(key == "adult" and "phone" in form.texts() for key, form in task.forms)
        self._panel.write()
        self._panel.editor.begin(task)
        self.drafting.begin(task)
        self._panel.section_changed.emit()

    def keep(self, verb: Callable[[Any], Any], kept: Callable[[Any], None] | None = None) -> None:
        """Do what was written, where no PIN is asked for."""
        self.keep_proved(lambda s, _pin: verb(s), kept)

    def keep_proved(self, verb: Callable[[Any, str], Any], kept: Callable[[Any], None] | None = None) -> None:
        """Do what was written; the form goes when it is on disk, and stays with the reason when it is not."""
        editor = self._panel.editor

        def done(value: Any) -> None:
            editor.end()
            if kept is not None:
                kept(value)

        def failed(error: BaseException) -> None:
            if not isinstance(error, RuleError):
                self._context.messages.fail(error)
            editor.failed(_sentence(error), getattr(error, "field", None) or "")
            raise_alarm_of(self._context, error, lambda: self.keep_proved(verb, kept))

        act_proved(self._context, verb, done, failed)

    def edit_section(self, card: RecordCard, section: Section, field: str = "") -> None:
        """Change the fields of a section."""
        forms = tasks.section_forms(self._context, card, section)
        child, actor = card.row.child, self._context.actor

        def save() -> None:
            changed = self._panel.editor.form("child").changed()
            self.keep(lambda s: s.record_keeping.change_child(actor, child, changed, slot))

        slot = Slot("section", child, section.value)
        self.begin(Task(f"修改{section.label}：{card.row.name}", forms, save, f"child.{field}", slot=slot))

    def begin_new(self) -> None:
        """Begin a new record."""
        actor, slot = self._context.actor, Slot("new")

        def save() -> None:
            editor, child = self._panel.editor, dict[str, str]()
            for key in ("child", "health", "more"):
                child.update(editor.form(key).texts())
            adults = [tasks.filled(editor.form(key).texts()) for key in ("adult1", "adult2")]
            self.keep(lambda s: s.record_keeping.add_child(actor, child, adults, slot), self._room.open_child)

        forms = tasks.new_forms(self._context, self.fields)
        self.begin(Task("新建档案", forms, save, "child.name", slot=slot))

    def reopen(self, slot: Slot, card: RecordCard | None) -> bool:
        """Begin what a draft was about; False when that is no more in the record."""
        if slot.act == "new" or card is None:
            self.begin_new()
            return True
        self._room.open_child(card.row.child)
        adult = next((one for one in card.adults if str(one.adult) == slot.part), None)
        paper = next((one for one in card.papers if str(one.paper) == slot.part), None)
        consent = next((one for one in card.consents if one.purpose == slot.part), None)
        if slot.act == "section":
            self.edit_section(card, Section(slot.part))
        elif slot.act == "adult" and (adult is not None or not slot.part):
            self._edit_adult(card, adult)
        elif slot.act == "paper" and (paper is not None or not slot.part):
            self._edit_paper(card, paper)
        elif slot.act == "trait" and adult is not None and is_barred(adult):
            self._note_trait(card, adult)
        elif slot.act == "consent" and consent is not None:
            self._edit_consent(card, consent)
        else:
            return False
        return True

    def start(self, act: str, what: object, card: RecordCard) -> None:
        """Begin an act of the sections."""
        if act == "edit":
            self.edit_section(card, self._panel.section)
        elif act == "add" and self._panel.section is Section.FAMILY:
            self._edit_adult(card, None)
        elif act == "add":
            self._edit_paper(card, None)
        elif act in {"edit_adult", "end_adult", "unmask_adult", "photo_adult", "trait"}:
            self._start_adult(act, next(one for one in card.adults if one.adult == what), card)
        elif act == "end_trait" and isinstance(what, int):
            self._end_trait(what)
        elif act == "end_clearance" and isinstance(what, int):
            self._do(lambda s, actor, _child: s.alarms.end_clearance(actor, AlarmId(what)), card)
        elif act == "edit_paper" and isinstance(what, PaperRow):
            self._edit_paper(card, what)
        elif act == "end_paper" and isinstance(what, PaperRow):
            self._do(lambda s, actor, child: s.record_papers.end_paper(actor, child, what.paper), card)
        elif act == "consent" and isinstance(what, ConsentRow):
            self._edit_consent(card, what)
        elif act == "merge_adults" and isinstance(what, tuple):
            self._merge_adults(card, *what)
        elif act == "undo" and isinstance(what, Undo):
            undo_proved(self._context, what)
        elif act == "surplus" and isinstance(what, HistoryRow):
            self._take_back_stay(what)
        elif act == "unmask":
            self._unmask("child", card.row.child, ("document_number",), card.row.name)
        elif act == "photo":
            self._choose_photo(card, None)
        elif act == "no_photo":
            self._do(lambda s, actor, child: s.record_papers.end_photo(actor, child), card)
        elif act == "camera":
            self._take_photo(card)
        elif act == "older" and isinstance(what, int):
            self._read_older(card, what)

    def _start_adult(self, act: str, adult: AdultCard, card: RecordCard) -> None:
        if act == "edit_adult":
            self._edit_adult(card, adult)
        elif act == "end_adult":
            self._end_adult(card, adult)
        elif act == "trait":
            self._note_trait(card, adult)
        elif act == "photo_adult":
            self._choose_photo(card, adult.adult)
        else:
            fields = ("phone", "document_number") if adult.has_number else ("phone",)
            self._unmask("adult", adult.adult, fields, f"{adult.relation}{adult.name}")

    def _edit_adult(self, card: RecordCard, adult: AdultCard | None) -> None:
        forms = tasks.adult_forms(self._context, adult)
        child, actor = card.row.child, self._context.actor

        def save() -> None:
            form = self._panel.editor.form("adult")
            if adult is None:
                texts = form.texts()
                self.keep(lambda s: s.record_keeping.family.add_adult(actor, child, texts, slot))
            else:
                changed = form.changed()
                key = adult.adult
                self.keep_proved(
                    lambda s, pin: s.record_keeping.family.change_adult(actor, child, key, changed, slot, pin)
                )

        slot = Slot("adult", child, "" if adult is None else str(adult.adult))
        title = f"添加家人：{card.row.name}" if adult is None else f"修改{adult.relation}{adult.name}"
        self.begin(Task(title, forms, save, slot=slot))

    def _note_trait(self, card: RecordCard, adult: AdultCard) -> None:
        actor = self._context.actor

        def save() -> None:
            texts = self._panel.editor.form("trait").texts()
            self.keep(lambda s: s.alarms.note_trait(actor, adult.adult, texts["kind"], texts["value"], slot))

        words = "他换个名字、让别人代打电话来，前台一填到这些就会报警。由园长登记。"
        title = f"记特征：{adult.relation}{adult.name}（禁止接走）"
        slot = Slot("trait", card.row.child, str(adult.adult))
        self.begin(Task(title, tasks.trait_forms(self._context), save, words=words, slot=slot))

    def _end_trait(self, trait: int) -> None:
        actor, fail = self._context.actor, self._context.messages.fail
        act_proved(self._context, lambda s, pin: s.alarms.end_trait(actor, trait, pin), lambda _: None, fail)

    def _end_adult(self, card: RecordCard, adult: AdultCard) -> None:
        child, actor = card.row.child, self._context.actor

        def save() -> None:
            reason = self._panel.editor.form("adult").texts()["reason"]
            self.keep(lambda s: s.record_keeping.family.end_adult(actor, child, adult.adult, reason))

        title = f"移除{adult.relation}{adult.name}"
        words = "移除后不再显示在接送名单里，以前的记录都留着，可以撤销。"
        self.begin(Task(title, tasks.reason_forms(self._context), save, words=words))

    def _take_back_stay(self, row: HistoryRow) -> None:
        visit, actor = row.surplus, self._context.actor
        if visit is None:
            return

        def save() -> None:
            reason = self._panel.editor.form("adult").texts()["reason"]
            self.keep(lambda s: s.merging.surplus.take_back(actor, visit, reason))

        words = f"{row.title}。撤销后这一次不再算人次，收的钱全额退款；原来的记录都留着，不能再恢复。"
        forms = tasks.reason_forms(self._context, tasks.SURPLUS)
        self.begin(Task("撤销多的一次在园", forms, save, words=words))

    def _edit_paper(self, card: RecordCard, paper: PaperRow | None) -> None:
        child, actor = card.row.child, self._context.actor

        def save() -> None:
            texts = self._panel.editor.form("paper").texts()
            replaces = None if paper is None else paper.paper
            self.keep(lambda s: s.record_papers.keep_paper(actor, child, texts, replaces, slot))

        title = "登记证件" if paper is None else f"更新{paper.title}"
        slot = Slot("paper", child, "" if paper is None else str(paper.paper))
        forms = tasks.paper_forms(self._context, paper)
        self.begin(Task(f"{title}：{card.row.name}", forms, save, slot=slot))

    def _edit_consent(self, card: RecordCard, row: ConsentRow) -> None:
        child, actor = card.row.child, self._context.actor
        forms = tasks.consent_forms(self._context, row, card, f"{self._context.clock():%Y-%m-%d}")

        def save() -> None:
            texts = self._panel.editor.form("consent").texts()
            self.keep(lambda s: s.record_papers.keep_consent(actor, child, row.purpose, texts, slot))

        words = f"{row.text}（文本 {row.version}）"
        slot = Slot("consent", child, row.purpose)
        self.begin(Task(f"{row.label}：{card.row.name}", forms, save, words=words, slot=slot))

    def _read_older(self, card: RecordCard, shown: int) -> None:
        child, actor = card.row.child, self._context.actor

        def show(found: tuple[tuple[HistoryRow, ...], int]) -> None:
            if self._panel.card is card:
                self._panel.show_history(*found)

        self._context.ask(lambda s: s.records.history(actor, child, shown + HISTORY_PAGE), show)

    # -- without a form -------------------------------------------------------------------------------

    def _do(self, verb: Callable[[Any, Any, ChildId], Any], card: RecordCard) -> None:
        actor, child = self._context.actor, card.row.child
        self._context.act(lambda s: verb(s, actor, child))

    def _unmask(self, subject: str, key: int, fields: tuple[str, ...], who: str) -> None:
        actor, messages = self._context.actor, self._context.messages

        def look(services: Any) -> Any:
            unmask = services.record_keeping.unmask
            return Done("　".join(unmask(actor, subject, key, name).value for name in fields))

        self._context.act(look, lambda numbers: messages.say(f"{who}：{numbers}（已记录）", Tone.PLAIN))

    def _choose_photo(self, card: RecordCard, adult: AdultId | None) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._panel.window(), "选一张照片", "", "照片 (*.jpg *.jpeg *.png *.webp *.bmp)"
        )
        if not path:
            return

        def keep(jpeg: bytes) -> None:
            self._do(lambda s, actor, child: s.record_papers.set_photo(actor, child, jpeg, adult), card)

        self._context.draw(small_jpeg, path, done=keep)

    def _take_photo(self, card: RecordCard) -> None:
        from app.ui.records.camera import CameraSheet

        host = self._context.host
        if host is None:
            return
        sheet = CameraSheet(self._context.theme, host)
        sheet.taken.connect(
            lambda jpeg: self._do(lambda s, actor, child: s.record_papers.set_photo(actor, child, jpeg), card)
        )
        sheet.present()

    def merge(self, card: RecordCard) -> None:
        """Choose another record and merge it into this one."""
        host, actor, child = self._context.host, self._context.actor, card.row.child
        if host is None:
            return

        def search(text: str, done: Callable[[Any], None]) -> None:
            self._room.search(text, lambda rows: done([row for row in rows if row.child != child]))

        def compare(other: ChildId, done: Callable[[Any], None]) -> None:
            self._context.ask(
                lambda s: s.merging.compare_children(actor, child, other), done, self._refused_by(sheet)
            )

        sheet = MergeSheet(self._context, host, card.row.name, search, compare)

        def merged(_kept: object) -> None:
            sheet.dismiss()
            self._room.open_child(child)

        failed = self._refused_by(sheet)

        def keep(other: ChildId, choices: Any) -> None:
            def refused(error: BaseException) -> None:
                failed(error)
                raise_alarm_of(self._context, error, lambda: keep(other, choices))

            self._context.act(
                lambda s: s.merging.merge_children(actor, child, other, choices), merged, refused
            )

        def offer(rows: Any) -> None:
            sheet.show_rows(rows)

        sheet.merge_requested.connect(keep)
        sheet.present()
        name, born = card.row.name, card.born_on.isoformat()

        def alike(services: Any) -> Any:
            found = {one.child for one in services.records.look_alikes(actor, name, born, (), child)}
            return [row for row in services.records.rows(actor) if row.child in found]

        self._context.ask(alike, offer)

    def _merge_adults(self, card: RecordCard, kept: AdultId, merged: AdultId) -> None:
        """Show two adults side by side, and make one of them."""
        host, actor, child = self._context.host, self._context.actor, card.row.child
        if host is None:
            return
        sheet = TwinsSheet(self._context, host, card.row.name)
        failed = self._refused_by(sheet)

        def keep(choices: Any) -> None:
            def refused(error: BaseException) -> None:
                failed(error)
                raise_alarm_of(self._context, error, lambda: keep(choices))

            self._context.act(
                lambda s: s.merging.merge_adults(actor, child, kept, merged, choices),
                lambda _kept: sheet.dismiss(),
                refused,
            )

        sheet.merge_requested.connect(keep)
        sheet.present()
        self._context.ask(
            lambda s: s.merging.compare_adults(actor, child, kept, merged), sheet.show_sides, failed
        )

    def _refused_by(self, sheet: ComparingSheet) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            if not isinstance(error, RuleError):
                self._context.messages.fail(error)
            sheet.refuse(_sentence(error))

        return failed


def _sentence(error: BaseException) -> str:
    return error.sentence if isinstance(error, SpokenError) else "还没有保存，请再试一次。"
