"""The sheets of a fever: finding one, and each of its steps."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.fever import Ladder, NewStep, StepKind
from app.domain.health_round import RoundError, read_tenths
from app.domain.logbook import Site, degrees
from app.services.fevers import Guardian
from app.services.medicine_view import ChildChoice
from app.ui.health.child_picker import ClassPicker
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet

_TOLD = {
    StepKind.RECHECK: "隔了几分钟再量一次。还在发热线上，就联系家长、单独照看。",
    StepKind.CALL: "把两次的体温、精神和吃喝告诉家长，记下家长怎么说、什么时候到。",
    StepKind.ISOLATE: "一个大人陪着，开窗通风，多喝水。",
    StepKind.RELEASE: "出隔离室后请消毒隔离室。",
    StepKind.COLLECTED: "孩子已经离园：写明家长是怎么知道的。",
    StepKind.BACK: "体温退到发热线下，精神好，可以回班，继续观察。",
}


class FeverStepSheet(FormSheet):
    """One step. What a kind needs is asked, nothing else."""

    def __init__(
        self, context: RoomContext, host: QWidget, ladder: Ladder, kind: StepKind, people: Sequence[Guardian]
    ) -> None:
        super().__init__(context, host, "fever", f"{kind.label} · {ladder.name}", "保存")
        self._ladder, self._kind = ladder, kind
        self._people = {str(at): one for at, one in enumerate(people)}
        theme = context.theme
        last = f"上次 {degrees(ladder.last_tenths)}，发热线 {degrees(ladder.line)}。"
        self.form.addWidget(label(f"{last}{_TOLD[kind]}", "muted", wrap=True))
        self.site = Segmented(
            theme,
            "fever.site",
            "在哪里量",
            [(one.value, one.label) for one in Site],
            kind="choice",
            stretch=False,
        )
        self.site.set_value(ladder.site)
        self.adults = Segmented(
            theme,
            "fever.adult",
            "家长",
            [(key, f"{one.words} {one.phone}") for key, one in self._people.items()],
            kind="choice",
            stretch=False,
            wrap=True,
        )
        self.reached = Segmented(
            theme,
            "fever.reached",
            "接通了吗",
            [("1", "接通了"), ("0", "没接通")],
            kind="choice",
            stretch=False,
        )
        self.stops["site"] = self.site
        for part in (self.site, self.adults, self.reached):
            part.walked_on.connect(self.focusNextChild)
        self.adults.chosen.connect(self._on_adult)
        self._build()

    def _build(self) -> None:
        theme, kind = self.context.theme, self._kind
        if kind is StepKind.RECHECK:
            heat = self.add_field("tenths", "体温", required=True, placeholder="如 36.5 或 365", longest=6)
            self.add_row(heat, Labelled(theme, "在哪里量", self.site))
        elif kind is StepKind.CALL:
            if self._people:
                self.form.addWidget(Labelled(theme, "打给谁", self.adults))
            self.add_row(
                self.add_field("whom", "打给了", required=True, longest=50),
                self.add_field("phone", "号码", longest=30),
            )
            self.form.addWidget(Labelled(theme, "接通了吗", self.reached))
            self.form.addWidget(self.add_field("reason", "档案里没有这个人，为什么打给他", longest=100))
            self.fields["reason"].hide()
        elif kind in {StepKind.ISOLATE, StepKind.COLLECTED}:
            if kind is StepKind.COLLECTED and self._people:
                self.form.addWidget(Labelled(theme, "谁接走", self.adults))
            words = "谁陪着孩子" if kind is StepKind.ISOLATE else "谁接走的"
            self.form.addWidget(self.add_field("whom", words, required=True, longest=50))
            if kind is StepKind.ISOLATE:
                self.fields["whom"].set_text(self.context.actor.name)
        words = "家长怎么说" if kind is StepKind.CALL else "说明（可不填）"
        self.form.addWidget(self.add_field("words", words))

    def finish(self) -> None:
        """Keep the step, or say what is missing."""
        tenths = None
        if self._kind is StepKind.RECHECK:
            try:
                tenths = read_tenths(self.text("tenths"))
            except RoundError as error:
                self.say(error.sentence, "tenths")
                return
        if self._kind is StepKind.CALL and not self.reached.value():
            self.say("请选接通了没有。")
            self.reached.setFocus()
            return
        step = NewStep(
            self._kind,
            tenths=tenths,
            site=self.site.value() or None if tenths is not None else None,
            whom=self.text("whom") if "whom" in self.fields else "",
            phone=self.text("phone") if "phone" in self.fields else "",
            reached=self.reached.value() == "1",
            words=self.text("words"),
            reason=self.text("reason") if "reason" in self.fields else "",
        )
        actor, case = self.context.actor, self._ladder.id
        self.keep.setEnabled(False)
        self.context.act(
            lambda s: s.health.fevers.step(actor, case, step), lambda _key: self.dismiss(), self.failed
        )

    def failed(self, error: BaseException) -> None:
        """Who is not on file asks for the reason."""
        if getattr(error, "field", None) == "reason" and not self.gone:
            self.fields["reason"].show()
        super().failed(error)

    @Slot(str)
    def _on_adult(self, key: str) -> None:
        one = self._people[key]
        self.fields["whom"].set_text(one.words)
        if "phone" in self.fields:
            self.fields["phone"].set_text(one.phone)


class BeginSheet(FormSheet):
    """A fever found outside of a round."""

    WIDE = 760

    def __init__(self, context: RoomContext, host: QWidget, children: Sequence[ChildChoice]) -> None:
        super().__init__(context, host, "fever", "记一次发热", "开始处理")
        theme = context.theme
        self._visits = {one.child: one.visit for one in children}
        self.pick = ClassPicker(theme, "fever", "孩子", children, context.actor.class_id)
        self.form.addWidget(self.pick)
        self.site = Segmented(
            theme,
            "fever.site",
            "在哪里量",
            [(one.value, one.label) for one in Site],
            kind="choice",
            stretch=False,
        )
        self.site.set_value(Site.FOREHEAD.value)
        self.site.walked_on.connect(self.focusNextChild)
        heat = self.add_field("tenths", "体温", required=True, placeholder="如 38.2 或 382", longest=6)
        self.add_row(heat, Labelled(theme, "在哪里量", self.site))

    def finish(self) -> None:
        """Begin the ladder."""
        visit = self._visits.get(self.pick.child) if self.pick.child is not None else None
        if visit is None:
            self.say("请选孩子。")
            return
        try:
            tenths = read_tenths(self.text("tenths"))
        except RoundError as error:
            self.say(error.sentence, "tenths")
            return
        if tenths is None:
            self.say("请填体温。", "tenths")
            return
        actor, site = self.context.actor, self.site.value() or Site.FOREHEAD.value
        self.keep.setEnabled(False)
        self.context.act(
            lambda s: s.health.fevers.begin(actor, visit, tenths, site),
            lambda _key: self.dismiss(),
            self.failed,
        )
