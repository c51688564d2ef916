"""联系家长: whom to ring, the number on demand, and 已联系 with what was said."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.domain.ids import AdultId
from app.services.desk import ChildRow
from app.services.ringing import Call, RingCard
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet

_SAID = tuple((words, words) for words in ("马上到", "路上堵车", "晚一点到", "换人来接"))


class RingSheet(FormSheet):
    """Asks who was rung and what was said. Decides nothing."""

    WIDE = 760

    def __init__(self, context: RoomContext, host: QWidget, row: ChildRow, card: RingCard) -> None:
        super().__init__(context, host, "desk.ring", f"联系 {card.name} 的家长", "已联系")
        self._row, self._card = row, card
        promised = "" if row.promised_at is None else f"说好 {row.promised_at:%H:%M} 接"
        self.beside.setText("　".join(part for part in (promised, row.chip.words) if part))
        people = [
            (str(one.adult), f"{one.words}　{one.phone_masked}{f'　{one.role}' if one.role else ''}")
            for one in card.people
        ]
        self.adult = self.choice("adult", "打给谁", people, people[0][0] if people else "")
        self.number = label("", "big")
        self.number.setObjectName("desk.ring.number")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.reveal = KeyButton(context.theme, "看完整号码", "F8", object_name="desk.ring.reveal")
        self.reached = self.choice("reached", "打通了吗", (("yes", "打通了"), ("no", "没接通")), "yes")
        self.quick = self.choice("quick", "说了什么", _SAID)
        self.words = self.add_field("words", "或写原话", "如 路上堵车，二十分钟到")
        self.promised = self.add_field("promised", "改约几点接（没改就空着）", "如 14:30")
        self._lay_out(bool(people))
        self.reveal.clicked.connect(self._on_reveal_clicked)
        self.adult.chosen.connect(lambda _value: self.number.clear())
        self.quick.chosen.connect(self.words.set_text)
        self.reached.chosen.connect(self._on_reached_chosen)

    def _lay_out(self, anybody: bool) -> None:
        nobody = label("档案里没有可打的电话。请先补上联系人。", "error", wrap=True)
        self.form.addWidget(nobody)
        nobody.setVisible(not anybody)
        self.form.addWidget(self.labelled("打给谁（按数字键选）", self.adult))
        self.row(self.reveal, self.number, stretches=(0, 1))
        self.form.addWidget(self.labelled("打通了吗", self.reached))
        self.form.addWidget(self.labelled("说了什么", self.quick))
        self.row(self.words, self.promised, stretches=(3, 2))
        if self._card.said:
            self.form.addWidget(label("今天打过：" + "；".join(self._card.said), "small", wrap=True))
        self.form.addStretch(1)
        self.keep.setEnabled(anybody)
        self.reveal.setEnabled(anybody)

    def focus_first(self) -> None:
        """Whom to ring."""
        self.adult.setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()

    def finish(self) -> None:
        """已联系."""
        adult = self.adult.value()
        call = Call(
            self._row.child,
            AdultId(int(adult)) if adult else None,
            self._row.visit,
            words=self.words.text(),
            promised=self.promised.text(),
            reached=self.reached.value() != "no",
        )
        actor = self.context.actor
        self.submit(lambda s: s.ringing.note(actor, call))

    @Slot()
    def _on_reveal_clicked(self) -> None:
        adult, actor, child = self.adult.value(), self.context.actor, self._row.child
        if not adult:
            return

        def show(number: Any) -> None:
            if not self.gone and self.adult.value() == adult:
                self.number.setText(str(number))
                self.fit()

        self.context.act(lambda s: s.ringing.reveal(actor, child, AdultId(int(adult))), show, self.failed)

    @Slot(str)
    def _on_reached_chosen(self, value: str) -> None:
        self.keep.set_text("已联系" if value == "yes" else "记下没接通")
        self.promised.setEnabled(value == "yes")
