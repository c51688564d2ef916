"""去别班: the chosen children go to another class for the rest of the day."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.fever import apart_words
from app.domain.ids import ClassId
from app.services.classroom import RosterCard
from app.services.day_moves import REASONS, MoveGoal
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.own_pin import act_proved

_GO = "去别的班"


class DayMoveSheet(FormSheet):
    """A digit chooses the class, another the reason, Ctrl+Enter moves."""

    WIDE = 680

    def __init__(
        self, context: RoomContext, host: QWidget, meant: Sequence[RosterCard], goals: Sequence[MoveGoal]
    ) -> None:
        super().__init__(context, host, "move", "今天去别的班", _GO)
        self._meant = tuple(meant)
        names = "、".join(one.name for one in self._meant[:8])
        more = f" 等 {len(self._meant)} 人" if len(self._meant) > 8 else ""
        self.form.addWidget(label(f"{names}{more}", "h2", wrap=True))
        self.form.addWidget(
            label(
                "只今天去：时间线和嘱咐跟着走，之前的登记仍算原来的班，合同里的班级不变。",
                "muted",
                wrap=True,
            )
        )
        if ill := [one.name for one in self._meant if one.apart]:
            told = label(apart_words(ill, _GO), "warning", wrap=True)
            told.setObjectName("move.told")
            self.form.addWidget(told)
        places = [(str(one.id), f"{one.name} {one.present}/{one.seats}") for one in goals]
        self.goal = self.choice("goal", "到哪个班", places, kind="segment")
        self.why = self.choice("why", "为什么", [(one, one) for one in REASONS], kind="segment")
        self.form.addWidget(self.labelled("到哪个班（现有 / 最多）", self.goal))
        self.form.addWidget(self.labelled("为什么", self.why))
        self.form.addWidget(
            self.add_field("reason", "别的原因", placeholder="上面没有的写在这里", longest=100)
        )
        self._names = {str(one.id): one.name for one in goals}
        self.goal.chosen.connect(self._on_goal)

    def _on_goal(self, goal: str) -> None:
        self.keep.set_text(f"去{self._names[goal]}" if goal else _GO)
        self.why.setFocus()

    def focus_first(self) -> None:
        """The class."""
        self.fit()
        self.goal.setFocus()

    def finish(self) -> None:
        """Move them."""
        if not self.goal.value():
            self.say("先选到哪个班。")
            self.goal.setFocus()
            return
        actor, goal = self.context.actor, ClassId(int(self.goal.value()))
        visits = tuple(one.visit for one in self._meant)
        reason = self.text("reason") or self.why.value()
        self.keep.setEnabled(False)
        act_proved(
            self.context,
            lambda s, pin: s.classes.moves.move(actor, visits, goal, reason, pin),
            self._on_answered,
            self.failed,
        )
