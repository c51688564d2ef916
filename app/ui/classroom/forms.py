"""The form of each kind of entry: what can be chosen, and the draft it comes to.

A form starts with the usual answer chosen where there is one, so that Enter alone keeps it. Its first row has
the focus: digits and arrows choose there.
"""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.domain.errors import RuleError
from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryKind, MealGrade, MealSlot, Milk, Mood, NoteKind, Part
from app.domain.staff import Permission
from app.services.class_views import Offer
from app.ui.classroom.form import Choices, FormProblem, KindForm
from app.ui.classroom.words import read_amount
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.layouts import FlowLayout


class MealForm(KindForm):
    """Which meal, and how much of it."""

    kind = EntryKind.MEAL

    def build(self) -> None:
        """Grades first (the digits choose them), the meal of the day above."""
        self._dishes: dict[str, str] = {}
        self._touched, self._loaded = False, ""
        self._slot = self.pills("slot", "餐次", [(slot.value, slot.label) for slot in MealSlot], small=True)
        self._slot.chosen.connect(self._on_slot_chosen)
        grades = [(str(grade.value), grade.label) for grade in reversed(MealGrade)]
        self._grade = self.pills("grade", "吃了多少", grades, on=str(MealGrade.ALL.value), numbered=True)

    def show_offer(self, offer: Offer) -> None:
        """Take the menus, and the meal by the clock unless one was chosen by hand."""
        kept = {self._loaded: self._dishes[self._loaded]} if self._loaded else {}
        self._dishes = {**dict(offer.menus), **kept}
        if not self._touched:
            self._slot.set_value(offer.slot or "")

    def slot(self) -> str:
        """The chosen meal (a ``MealSlot`` value), or empty."""
        return self._slot.value()

    def dishes(self) -> str:
        """The menu of the chosen meal."""
        return self._dishes.get(self.slot(), "")

    def draft(self, at: dt.datetime) -> EntryDraft:
        """The meal and its grade."""
        if not self.slot():
            raise FormProblem("请选是哪一餐。")
        grade = int(self._grade.value())
        return EntryDraft(EntryKind.MEAL, at, detail=self.slot(), grade=grade, text=self.dishes())

    def load(self, draft: EntryDraft) -> None:
        """The meal as it was, with the dishes it had then."""
        self._touched = True
        self._slot.set_value(draft.detail or "")
        self._grade.set_value(str(draft.grade))
        self._dishes = {draft.detail or "": draft.text}
        self._loaded = draft.detail or ""

    def first(self) -> QWidget:
        """The grades."""
        return self._grade

    def main(self) -> Choices:
        """The grades."""
        return self._grade

    def _on_slot_chosen(self, _value: str) -> None:
        self._touched = True


class _AmountForm(KindForm):
    amounts: tuple[int, ...] = ()

    def add_amounts(self, on: int) -> None:
        self._amounts = self.pills(
            "amount", "毫升", [(str(ml), f"{ml} ml") for ml in self.amounts], on=str(on), numbered=True
        )
        self._own = self.line("own_amount", "其他毫升数", "如 95")
        self._chosen_by_hand = False
        self._amounts.chosen.connect(self._on_amount_chosen)
        self._own.edited.connect(self._on_own_edited)

    def show_offer(self, offer: Offer) -> None:
        """The amount of last time, unless one was chosen by hand."""
        if offer.last_ml is not None and not self._chosen_by_hand:
            self._show_amount(offer.last_ml)

    def amount(self) -> int:
        if not self._own.text().strip():
            if not self._amounts.value():
                raise FormProblem("请选喝了多少毫升，或自己写。")
            return int(self._amounts.value())
        if (own := read_amount(self._own.text())) is None:
            raise FormProblem("毫升数看不懂，请写数字，例如 95。")
        return own

    def main(self) -> Choices:
        return self._amounts

    def draft_as(self, at: dt.datetime, value: str, visit: VisitId | None = None) -> EntryDraft:
        """What is typed is for everybody; an exception has one of the amounts offered."""
        typed = self._own.text()
        self._own.set_text("")
        try:
            return super().draft_as(at, value, visit)
        finally:
            self._own.set_text(typed)

    def load_amount(self, amount_ml: int | None) -> None:
        self._chosen_by_hand = True
        if amount_ml is None:
            self._amounts.set_value("")
        else:
            self._show_amount(amount_ml)

    def _show_amount(self, amount_ml: int) -> None:
        """One that is not in the row is written beside it, and has a pill of its own: Enter keeps it."""
        usual = amount_ml in self.amounts
        offered = self.amounts if usual else (*self.amounts, amount_ml)
        self._amounts.set_choices([(str(ml), f"{ml} ml") for ml in offered])
        self._amounts.set_value(str(amount_ml))
        self._own.set_text("" if usual else str(amount_ml))

    def _on_own_edited(self, _text: str) -> None:
        self._chosen_by_hand = True

    def _on_amount_chosen(self, _value: str) -> None:
        self._chosen_by_hand = True
        self._own.set_text("")


class MilkForm(_AmountForm):
    """Kind of milk and how much."""

    kind = EntryKind.MILK
    amounts = (60, 90, 120, 150, 180, 210)

    def build(self) -> None:
        """Kinds above, amounts for the digits."""
        kinds = [(milk.value, milk.label) for milk in Milk]
        self._milk = self.pills("milk", "奶的种类", kinds, on=Milk.FORMULA.value, small=True)
        self.add_amounts(120)

    def show_offer(self, offer: Offer) -> None:
        """Kind and amount of last time."""
        if offer.last is not None and not self._chosen_by_hand:
            self._milk.set_value(offer.last.detail or Milk.FORMULA.value)
        super().show_offer(offer)

    def load(self, draft: EntryDraft) -> None:
        """Kind and amount as they were."""
        self._milk.set_value(draft.detail or "")
        self.load_amount(draft.amount_ml)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Milk and millilitres."""
        return EntryDraft(EntryKind.MILK, at, detail=self._milk.value(), amount_ml=self.amount())

    def first(self) -> QWidget:
        """The amounts."""
        return self._amounts


class WaterForm(_AmountForm):
    """How much water."""

    kind = EntryKind.WATER
    amounts = (50, 80, 100, 120, 150, 200)

    def build(self) -> None:
        """Amounts."""
        self.add_amounts(120)

    def load(self, draft: EntryDraft) -> None:
        """The amount as it was."""
        self.load_amount(draft.amount_ml)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Millilitres."""
        return EntryDraft(EntryKind.WATER, at, amount_ml=self.amount())

    def first(self) -> QWidget:
        """The amounts."""
        return self._amounts


class MoodForm(KindForm):
    """How the child feels, and a word about it."""

    kind = EntryKind.MOOD

    def build(self) -> None:
        """Moods for the digits, then a line."""
        self._mood = self.pills(
            "mood", "情绪", [(m.value, m.label) for m in Mood], on=Mood.HAPPY.value, numbered=True
        )
        self._note = self.line("mood_note", "补一句（可不填）", "如 十分钟后就平静下来")

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Mood and words."""
        note = self._note.text().strip()
        return EntryDraft(EntryKind.MOOD, at, detail=self._mood.value(), note=note)

    def load(self, draft: EntryDraft) -> None:
        """Mood and words as they were."""
        self._mood.set_value(draft.detail or "")
        self._note.set_text(draft.note)

    def first(self) -> QWidget:
        """The moods."""
        return self._mood

    def main(self) -> Choices:
        """The moods."""
        return self._mood


class ActivityForm(KindForm):
    """Which activity, and what part the child took."""

    kind = EntryKind.ACTIVITY

    def build(self) -> None:
        """Part taken for the digits; the name from the plan, or typed."""
        self._names = self.pills("plan", "今天的活动", [])
        self._own = self.line("activity", "活动名称", "如 手工课：贴雪花")
        self._names.chosen.connect(self._own.set_text)
        self._note = self.line("activity_note", "补一句（可不填）", "如 自己选颜色、贴了五片", beside=True)
        self._part = self.pills(
            "part", "参与", [(p.value, p.label) for p in Part], on=Part.EAGER.value, numbered=True
        )

    def show_offer(self, offer: Offer) -> None:
        """Names of today's plan first."""
        names = list(dict.fromkeys(offer.activities))[:5]
        self._names.set_choices([(name, name if len(name) <= 12 else f"{name[:11]}…") for name in names])
        if names and not self._own.text():
            self._names.set_value(names[0])
            self._own.set_text(names[0])

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Name, part and words."""
        name = self._own.text().strip()
        if not name:
            raise FormProblem("请写活动名称，或点一个今天的活动。")
        return EntryDraft(EntryKind.ACTIVITY, at, detail=self._part.value(), text=name, note=self.own_words())

    def own_words(self) -> str:
        """The sentence beside the name."""
        return self._note.text().strip()

    def load(self, draft: EntryDraft) -> None:
        """Name, part and words as they were."""
        self._own.set_text(draft.text)
        self._part.set_value(draft.detail or "")
        self._note.set_text(draft.note)

    def first(self) -> QWidget:
        """The part taken."""
        return self._part

    def main(self) -> Choices:
        """The part taken."""
        return self._part


class NoteForm(KindForm):
    """Free words: for the note (老师说) or for the parents' attention (请家长留意)."""

    kind = EntryKind.NOTE
    phrases_wanted = Signal()

    def build(self) -> None:
        """What it is for, the words, and stock phrases that join them."""
        kinds = [(kind.value, kind.label) for kind in NoteKind]
        self._for = self.pills("note_kind", "写给谁看", kinds, on=NoteKind.REMARK.value, small=True)
        self._for.chosen.connect(lambda _kind: self._show_phrases())
        self._stock: tuple[tuple[str, str], ...] = ()
        self._words = self.line("note", "内容", "如 鞋子偏小，走路时常踮脚；建议换大半码。")
        self._phrases = QWidget()
        self._flow = FlowLayout(self._phrases, self._theme.metrics.s2)
        self._column.addWidget(self._phrases)
        self._buttons: list[QPushButton] = []
        self._manage = QPushButton("改常用语")
        self._manage.setProperty("kind", "quiet")
        self._manage.setAutoDefault(False)
        name_widget(self._manage, "classroom.form.phrases", "改本中心的常用语")
        self._manage.clicked.connect(self.phrases_wanted)
        self._column.addWidget(self._manage)  # shown before, it would be a window of its own for a moment
        self._manage.setVisible(
            self._context.signed_in and self._context.actor.may(Permission.CHANGE_SETTINGS)
        )

    def load(self, draft: EntryDraft) -> None:
        """Words and whom they are for, as they were."""
        self._for.set_value(draft.detail or "")
        self._words.set_text(draft.text)
        self._show_phrases()

    def show_offer(self, offer: Offer) -> None:
        """The centre's stock phrases for whom it is written to."""
        self._stock = offer.phrases
        self._show_phrases()

    def _show_phrases(self) -> None:
        kind = self._for.value() or NoteKind.REMARK.value
        shown = [words for one, words in self._stock if one == kind]
        for at in range(len(self._buttons), len(shown)):
            self._buttons.append(self._make_button(at))
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(shown))
            if at < len(shown):
                button.setText(shown[at])
                button.setAccessibleName(f"加上：{shown[at]}")

    def _make_button(self, at: int) -> QPushButton:
        button = QPushButton(self._phrases)
        button.setProperty("kind", "choice")
        button.setAutoDefault(False)
        name_widget(button, f"classroom.form.phrase.{at + 1}", "常用语")
        button.clicked.connect(lambda _checked=False, at=at: self._add(self._buttons[at].text()))
        self._flow.addWidget(button)
        return button

    def _add(self, phrase: str) -> None:
        self._words.set_text(f"{self._words.text().rstrip()}{phrase}")
        self._words.edit.setFocus()
        self._words.edit.end(False)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Words and whom they are for."""
        words = self._words.text().strip()
        if not words:
            raise FormProblem("请写一句话，或点一条常用语。")
        return EntryDraft(EntryKind.NOTE, at, detail=self._for.value(), text=words)

    def first(self) -> QWidget:
        """The words."""
        return self._words


class PhotoForm(KindForm):
    """A picture file and a caption; the file is made small before it is kept."""

    kind = EntryKind.PHOTO

    def build(self) -> None:
        """A button for the file, and the caption."""
        self.jpeg, self._reading = b"", ""
        self._choose = QPushButton("选照片文件…")
        self._choose.setAutoDefault(False)
        name_widget(self._choose, "classroom.form.file", "选照片文件")
        self._choose.setMinimumHeight(self._theme.px(44))
        self._choose.clicked.connect(self._on_choose)
        self._column.addWidget(self._choose)
        self._says = label("只保存家长同意“照片：园内张贴”的孩子的照片。", "muted", wrap=True)
        self._column.addWidget(self._says)
        self._caption = self.line("caption", "说明（可不填）", "如 第一次自己拿勺")

    def take(self, path: str) -> None:
        """Read a file and make it small; what is no picture is said in words."""
        from app.ui.widgets.pictures import small_picture

        name = path.replace(chr(92), "/").rpartition("/")[2]
        self.jpeg, self._reading = b"", path
        self._says.setText(f"正在读 {name}…")

        def done(jpeg: bytes) -> None:
            if self._reading == path:  # else another has been chosen meanwhile
                self.jpeg, self._reading = jpeg, ""
                self._says.setText(f"已选 {name}（{len(jpeg) // 1024} KB）")
                self._caption.edit.setFocus()
                self.changed.emit()

        def failed(error: BaseException) -> None:
            if not isinstance(error, RuleError):
                self._context.messages.fail(error)
            elif self._reading == path:
                self._reading = ""
                self._says.setText(error.sentence)

        self._context.draw(small_picture, path, done=done, failed=failed)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """The caption; the picture goes beside it."""
        if not self.jpeg:
            raise FormProblem("照片还在读，请稍等再保存。" if self._reading else "请先选一张照片。")
        return EntryDraft(EntryKind.PHOTO, at, text=self._caption.text().strip())

    def load(self, draft: EntryDraft) -> None:
        """The caption as it was; the picture stays."""
        self._caption.set_text(draft.text)
        self._choose.hide()
        self.jpeg = b"kept"

    def first(self) -> QWidget:
        """The file."""
        return self._choose if self._choose.isVisibleTo(self) else self._caption.edit

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.window(), "选一张照片", "", "照片 (*.jpg *.jpeg *.png *.webp *.bmp)"
        )
        if path:
            self.take(path)
