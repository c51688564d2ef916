"""The sheets of medicine beside giving it: taking a request, leaving a dose out, giving the rest back."""

import datetime as dt
import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.medicine import Dose, MedicineError, Request, RequestDraft
from app.domain.signatures import SignatureError, require_signature
from app.domain.typed_days import Direction
from app.domain.visits import read_clock
from app.services.medicine_view import ChildChoice
from app.ui.health.child_picker import ClassPicker
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.day_field import reader
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.signature import SignaturePad

_LASTS = 20  # years that a medicine may be good for
_NONE = frozenset({"无", "没有", "没喂", "没喂过"})


class TakeSheet(FormSheet):
    """收药: what the parent asks for, and the parent's signature on paper or on the screen."""

    WIDE = 820
    taken = Signal(object)  # RequestId

    def __init__(self, context: RoomContext, host: QWidget, children: Sequence[ChildChoice]) -> None:
        super().__init__(context, host, "take", "收药", "收下")
        theme = context.theme
        self.form.addWidget(
            label("只收当天的量、原包装、家长签字的药。抗生素、补品和没有标签的不收。", "muted", wrap=True)
        )
        self._inside = {one.child: one for one in children}
        self.pick = ClassPicker(theme, "take", "孩子", children, context.actor.class_id)
        self.pick.picked.connect(self._on_child)
        self.form.addWidget(self.pick)
        self._known = label("", "warning", wrap=True)
        self.form.addWidget(self._known)
        self.before = self.choice("before", "照上次", ())
        self.before.chosen.connect(self._on_before)
        self._again = self.labelled("和上次一样的药（填好后对照药盒核对）", self.before)
        self.form.addWidget(self._again)
        self._add_fields()
        self.pack = QCheckBox("原包装，有标签，药名和有效期看得清")
        name_widget(self.pack, "take.original_pack", "原包装")
        self.pack.setStyleSheet(f"min-height: {max(44, theme.px(44))}px;")
        self.take_enter(self.pack)
        self.stops["original_pack"] = self.pack
        self.form.addWidget(self.pack, 0, Qt.AlignmentFlag.AlignLeft)
        self.adults = Segmented(theme, "take.adult", "哪位家长", kind="choice", stretch=False, wrap=True)
        self.adults.chosen.connect(self._on_adult)
        self._whose = Labelled(theme, "哪位家长", self.adults)
        self.form.addWidget(self._whose)
        how = [("paper", "纸上签了"), ("screen", "在屏幕上签")]
        self.how = Segmented(theme, "take.how", "怎么签", how, kind="choice", stretch=False)
        self.how.set_value("paper")
        self.how.chosen.connect(self._on_how)
        signer = self.add_field("signer", "签字的家长", required=True, placeholder="如 妈妈 王芳", longest=50)
        self.add_row(signer, Labelled(theme, "怎么签", self.how))
        why = self.add_field("signer_reason", "档案里没有这个人，为什么由他签", longest=100)
        self.form.addWidget(why)
        why.hide()
        self.pad = SignaturePad(theme, "take.signature", "家长签名")
        self.wipe = KeyButton(theme, "清除重签", kind="quiet", object_name="take.wipe")
        self.wipe.clicked.connect(self.pad.clear)
        self.take_enter(self.wipe)
        self._signing = QWidget()
        column = QVBoxLayout(self._signing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pad)
        column.addWidget(self.wipe, 0, Qt.AlignmentFlag.AlignRight)
        self.form.addWidget(self._signing)
        for part in (self.adults, self.how):
            part.walked_on.connect(self.focusNextChild)
        self._on_child()
        self._on_how()

    def _add_fields(self) -> None:
        self.add_row(
            self.add_field("medicine", "药名", required=True, placeholder="如 布洛芬混悬液", longest=50),
            self.add_field("dose", "每次多少", required=True, placeholder="如 2.5 ml", longest=30),
            self.add_field("way", "怎么用", required=True, placeholder="如 口服", longest=30),
        )
        self.fields["way"].set_text("口服")
        self.add_row(
            self.add_field("times", "今天几点喂", required=True, placeholder="如 12:30、16:00", longest=60),
            self.add_field("brought", "带来几份", required=True, placeholder="喂几次就填几份", longest=2),
            self.add_field("home_at", "在家喂过（没有不填）", placeholder="如 07:30", longest=10),
        )
        # A pack bears the year: guessed, one that has expired would be good for another year.
        reads = reader(self.context.clock, Direction.WRITTEN, "expires_on", far=_LASTS)
        self.expires = self.add_day("expires_on", "有效期到", reads, "如 2026-06-30", required=True)
        self.add_row(
            self.add_field("reason", "为什么吃", required=True, placeholder="如 咳嗽，遵医嘱"),
            self.add_field("allergy", "药物过敏", required=True, placeholder="没有就写“无”", longest=100),
            self.expires,
        )
        self._add_reading()

    def _add_reading(self) -> None:
        """A line 药物过敏 in doubt is read to an adult on file, whose answer is one of three."""
        theme = self.context.theme
        answers = [("none", "没有"), ("has", "有"), ("unsure", "说不清")]
        spoken = "念给家长听：对这种药过敏吗？"
        self.answer = Segmented(theme, "take.allergy_answer", spoken, answers, kind="choice", stretch=False)
        self.teller = Segmented(
            theme, "take.allergy_teller", "哪位家长说的", kind="choice", stretch=False, wrap=True
        )
        self._reading = QWidget()
        column = QVBoxLayout(self._reading)
        column.setContentsMargins(0, 0, 0, 0)
        for words, part in ((spoken, self.answer), ("哪位家长说的", self.teller)):
            part.walked_on.connect(self.focusNextChild)
            column.addWidget(Labelled(theme, words, part))
        self.stops |= {"allergy_answer": self.answer, "allergy_teller": self.teller}
        self.form.addWidget(self._reading)
        self._reading.hide()
        for key in ("medicine", "allergy"):
            self.fields[key].edited.connect(self._on_line)

    def finish(self) -> None:
        """Keep the request, or say what is missing."""
        child = self._chosen()
        if child is None:
            self.say("请选孩子。")
            self.pick.hits.setFocus()
            return
        try:
            draft = self._draft()
        except RuleError as error:
            self.say(error.sentence, error.field)
            return
        actor = self.context.actor
        self.keep.setEnabled(False)

        def done(request: object) -> None:
            self.dismiss()
            self.taken.emit(request)

        self.context.act(lambda s: s.health.medicine.take(actor, child.visit, draft), done, self.failed)

    def choose(self, child: ChildId | None) -> None:
        """Choose the child who is meant, if she is inside."""
        if child in self._inside:
            self.pick.choose(child)
            self.fields["medicine"].edit.setFocus()

    def _chosen(self) -> ChildChoice | None:
        key = self.pick.child
        return None if key is None else self._inside.get(key)

    def _draft(self) -> RequestDraft:
        now = self.context.clock()
        screen = self.how.value() == "screen"
        brought = self.text("brought")
        if not brought.isdecimal() or not 0 < int(brought) < 10:
            raise MedicineError("请写带来几份，如 1。", field="brought")
        home = self.text("home_at")
        none = home in _NONE
        return RequestDraft(
            medicine=self.text("medicine"),
            dose=self.text("dose"),
            way=self.text("way"),
            reason=self.text("reason"),
            allergy=self.text("allergy"),
            original_pack=self.pack.isChecked(),
            expires_on=self.expires.read(),
            brought=int(brought),
            times=read_times(self.text("times"), now),
            signer=self.text("signer"),
            signed_how="screen" if screen else "paper",
            signature=require_signature(self.pad.signature()) if screen else "",
            home_at=read_times(home, now, "home_at")[0] if home and not none else None,
            home_none=none,
            signer_reason=self.text("signer_reason"),
            allergy_answer=self.answer.value(),
            allergy_teller=self.teller.value(),
        )

    def failed(self, error: BaseException) -> None:
        """To the pad, where the signature is what lacks; what is in doubt asks for the reason."""
        asked = getattr(error, "field", None)
        if asked in {"signer_reason", "allergy_answer", "allergy_teller"} and not self.gone:
            (self.fields["signer_reason"] if asked == "signer_reason" else self._reading).show()
            self.fit()
        super().failed(error)
        if isinstance(error, SignatureError) and not self.gone:
            self.pad.setFocus()

    @Slot()
    def _on_child(self) -> None:
        child = self._chosen()
        adults = () if child is None else child.adults
        self.adults.set_choices([(name, name) for name in adults])
        self.adults.set_value("")
        self.teller.set_choices([(name, name) for name in adults])
        self._on_line()
        self._whose.setVisible(bool(adults))
        before = () if child is None else child.before
        self.before.set_choices([(str(at), f"{one.medicine} {one.dose}") for at, one in enumerate(before)])
        self.before.set_value("")
        self._again.setVisible(bool(before))
        allergies = () if child is None else child.allergies
        self._known.setText(f"档案里有过敏：{'、'.join(allergies)}。请和家长核对药。" if allergies else "")
        self._known.setVisible(bool(allergies))
        self.fit()

    @Slot(str)
    def _on_before(self, place: str) -> None:
        """Fill in what the pack and the doctor said last time; what each day is asked anew stays empty."""
        child = self._chosen()
        if child is None or not place:
            return
        one = child.before[int(place)]
        times = "、".join(f"{dose.due_at:%H:%M}" for dose in one.doses)
        for key, words in (
            ("medicine", one.medicine),
            ("dose", one.dose),
            ("way", one.way),
            ("times", times),
            ("reason", one.reason),
            ("expires_on", one.expires_on.isoformat()),
        ):
            self.fields[key].set_text(words)
        self._on_line()
        words = f"已照{one.day.month}月{one.day.day}日填好。请对照药盒核对，再写份数、药物过敏，请家长签字。"
        self.say(words, warning=True)

    @Slot()
    def _on_line(self) -> None:
        """Another line, medicine or child is asked about anew."""
        self.answer.set_value("")
        self.teller.set_value("")

    @Slot(str)
    def _on_adult(self, name: str) -> None:
        self.fields["signer"].set_text(name)

    @Slot()
    def _on_how(self) -> None:
        self._signing.setVisible(self.how.value() == "screen")
        self.fit()


class SkipSheet(FormSheet):
    """没喂, and why."""

    def __init__(self, context: RoomContext, host: QWidget, request: Request, dose: Dose) -> None:
        super().__init__(context, host, "skip", f"没喂 · {request.name} {dose.due_at:%H:%M}", "保存")
        self._dose = dose
        self.form.addWidget(label(f"{request.words}。写明原因，离园时交还家长。", "muted", wrap=True))
        self.form.addWidget(
            self.add_field("reason", "为什么没喂", required=True, placeholder="如 妈妈来电说烧退了，不用喂")
        )

    def finish(self) -> None:
        """Keep it."""
        actor, dose, reason = self.context.actor, self._dose.id, self.text("reason")
        self.keep.setEnabled(False)
        self.context.act(
            lambda s: s.health.medicine.skip(actor, dose, reason), lambda _key: self.dismiss(), self.failed
        )


class ReturnSheet(FormSheet):
    """交还剩药: to whom, and what was left."""

    def __init__(self, context: RoomContext, host: QWidget, request: Request, adults: Sequence[str]) -> None:
        super().__init__(context, host, "rest", f"交还剩药 · {request.name}", "已交还")
        self._request = request
        self.form.addWidget(label(f"{request.medicine}。药瓶和剩下的药当天交还。", "muted", wrap=True))
        if adults:
            who = self.choice("adult", "家长", [(name, name) for name in adults])
            who.chosen.connect(self._on_adult)
            self.form.addWidget(self.labelled("交给谁", who))
        self.form.addWidget(self.add_field("whom", "交给", required=True, longest=50))
        self.form.addWidget(self.add_field("reason", "档案里没有这个人，为什么交给他", longest=100))
        self.fields["reason"].hide()
        self.form.addWidget(self.add_field("words", "剩多少（可不填）", placeholder="如 半瓶"))

    def finish(self) -> None:
        """Keep it."""
        actor, key = self.context.actor, self._request.id
        whom, words, reason = self.text("whom"), self.text("words"), self.text("reason")
        self.keep.setEnabled(False)
        self.context.act(
            lambda s: s.health.medicine.give_back(actor, key, whom, words, reason),
            lambda _key: self.dismiss(),
            self.failed,
        )

    def failed(self, error: BaseException) -> None:
        """Who is not on file asks for the reason."""
        if getattr(error, "field", None) == "reason" and not self.gone:
            self.fields["reason"].show()
            self.fit()
        super().failed(error)

    @Slot(str)
    def _on_adult(self, name: str) -> None:
        self.fields["whom"].set_text(name)


def read_times(text: str, now: dt.datetime, field: str = "times") -> tuple[dt.datetime, ...]:
    """``12:30、16:00`` as instants of today.

    Raises:
        MedicineError: one of them is no time of day.
    """
    found = []
    for part in re.split(r"[、，,;；\s]+", text.strip()):
        at = read_clock(part) if part else None
        if at is None:
            msg = f"看不懂时间“{part[:8]}”，请按 12:30 填写，几次用顿号隔开。"
            raise MedicineError(msg, field=field)
        found.append(now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0))
    return tuple(found)
