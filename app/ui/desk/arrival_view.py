"""The side panel of a child who is expected: who brings her, the morning check, or an absence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.domain.thermometer import read_degrees
from app.services.desk import ChildCard
from app.ui.desk.ink import DeskInk
from app.ui.desk.parts import AdultList, button, choice_button
from app.ui.desk.proofs import CodeLine
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented


class ArrivalView(QWidget):
    """Asks what must be known at the door. Decides nothing.

    ``check`` is laid out by the panel, which keeps it in sight while a long list of adults scrolls.
    """

    check_in_requested = Signal(object)  # CheckIn
    absence_requested = Signal(object, str, str)  # ChildId, kind, reason
    complained = Signal(str)  # a sentence for the foot of the panel
    outcome_changed = Signal(str)  # words for the button that takes her in

    def __init__(self, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._child: ChildId | None = None
        self._card: ChildCard | None = None
        self._insisted = False
        self._refused = self._asks_why = self._returning = False
        self.adults = AdultList(ink, collecting=False)
        self._who = label(self.tr("谁送来？"), "h2")
        self.home = label("", "error", wrap=True)
        self.home.setObjectName("desk.keeps_home")
        self.asks, self.lacks = _warning("desk.asks"), _warning("desk.lacks")
        self.returned = QLineEdit()
        self.returned.setObjectName("desk.return_reason")
        self.returned.setPlaceholderText(self.tr("没看过？写先收下的理由"))
        self.returned.setAccessibleName(self.tr("返园没有体检证明，先收下的理由"))
        self.returned.setMaxLength(200)
        self.seen = button(self.tr("已看证明"), "desk.return_seen")
        self.seen.setAccessibleName(self.tr("返园：已看体检证明"))
        self.temperature = CodeLine(ink.theme, "T")
        self.temperature.setObjectName("desk.temperature")
        self.temperature.setAccessibleName(self.tr("晨检体温，额温"))
        self.temperature.setMaxLength(8)
        self.temperature.setMaximumWidth(ink.px(96))
        self.temperature.setPlaceholderText("如 36.5")
        outcomes = (("normal", "正常"), ("recheck", "复测"), ("abnormal", "异常…"))
        self.outcome = Segmented(
            ink.theme, "desk.outcome", self.tr("晨检结果"), outcomes, keys=("", "", "Y"), size="snug"
        )
        self.outcome.page_keys = True
        self.note = QLineEdit()
        self.note.setObjectName("desk.check_note")
        self.note.setPlaceholderText(self.tr("看到了什么：皮疹、精神差、带药…"))
        self.note.setAccessibleName(self.tr("晨检说明"))
        self.note.setMaxLength(200)
        self.overrule = QLineEdit()
        self.overrule.setObjectName("desk.health_reason")
        self.overrule.setPlaceholderText(self.tr("为什么仍收（园长）"))
        self.overrule.setAccessibleName(self.tr("仍收下的理由，园长填"))
        self.overrule.setMaxLength(200)
        self.reason = QLineEdit()
        self.reason.setObjectName("desk.absence_reason")
        self.reason.setPlaceholderText(self.tr("不来？写事由：发热、回老家…"))
        self.reason.setAccessibleName(self.tr("请假事由"))
        self.reason.setMaxLength(200)
        self.belongings = QLineEdit()
        self.belongings.setObjectName("desk.belongings")
        self.belongings.setPlaceholderText(self.tr("随身物品，如 水杯、外套、药"))
        self.belongings.setAccessibleName(self.tr("随身物品，用、隔开"))
        self.belongings.setMaxLength(200)
        self.more = choice_button(ink.theme, self.tr("请假…"), "J", "desk.absent.more")
        self.more.setAccessibleName(self.tr("请假：几天、病名、谁说的"))
        self.sick = button(self.tr("病假"), "desk.absent.sick")
        self.personal = button(self.tr("事假"), "desk.absent.personal")
        self._lay_out()
        self.outcome.chosen.connect(self._on_outcome_changed)
        self.seen.clicked.connect(self._on_seen_clicked)
        self.sick.clicked.connect(lambda: self._ask_absence("sick"))
        self.personal.clicked.connect(lambda: self._ask_absence("personal"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.home)
        column.addWidget(self.asks)
        column.addWidget(self.lacks)
        self._return = QWidget()
        back = QHBoxLayout(self._return)
        back.setContentsMargins(0, 0, 0, 0)
        back.setSpacing(6)
        back.addWidget(self.returned, 1)
        back.addWidget(self.seen)
        column.addWidget(self._return)
        column.addWidget(self._who)
        column.addWidget(self.adults)
        column.addWidget(self.belongings)
        self.check = QWidget()
        inner = QVBoxLayout(self.check)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(label(self.tr("晨检（额温 ℃，可不量）"), "h2"))
        check = QHBoxLayout()
        check.setSpacing(6)
        check.addWidget(self.temperature)
        check.addWidget(self.outcome, 1)
        inner.addLayout(check)
        inner.addWidget(self.note)
        inner.addWidget(self.overrule)
        self._absence = QWidget()
        absence = QHBoxLayout(self._absence)
        absence.setContentsMargins(0, 8, 0, 0)
        absence.setSpacing(6)
        absence.addWidget(self.reason, 1)
        absence.addWidget(self.sick)
        absence.addWidget(self.personal)
        absence.addWidget(self.more)
        column.addWidget(self._absence)
        column.addStretch(1)

    def show_card(self, card: ChildCard) -> None:
        """Show a child; what was typed stays while it is the same child."""
        known = self._child == card.row.child
        same_adults = known and self._card is not None and self._card.adults == card.adults
        chosen = self.adults.chosen if same_adults else None
        self._child, self._card = card.row.child, card
        self.adults.show_adults(card.adults, chosen)
        self._who.setVisible(bool(card.adults))
        self.home.setText(card.keeps_home)
        self.home.setVisible(bool(card.keeps_home))
        self.asks.setText(card.asks)
        self.asks.setVisible(bool(card.asks))
        self.lacks.setText(card.lacks)
        self.lacks.setVisible(bool(card.lacks))
        self._insisted = self._insisted and same_adults
        if not known:
            kept = (self.temperature, self.note, self.overrule, self.reason, self.belongings, self.returned)
            for line in kept:
                line.clear()  # nothing of the last child's, and no finding that nobody made
            self.outcome.set_value("")
            self._refused = self._returning = False
        self._open_what_is_asked()

    def arrived(self) -> None:
        """She has come in. Should she come again, all is asked anew: nobody has looked at her since."""
        self._child = None

    def press(self, key: int) -> bool:
        """Take a key: a digit chooses who brings, T the temperature, Y that something is wrong."""
        number = key - Qt.Key.Key_0
        if 1 <= number <= 9:
            return self.adults.choose(number)
        if key == Qt.Key.Key_T:
            self.temperature.setFocus()
            self.temperature.selectAll()
            return True
        if key == Qt.Key.Key_Y:
            self.outcome.set_value("abnormal")
            self._on_outcome_changed("abnormal")
            return True
        return False

    def confirm(self, *, insist: bool = True) -> None:
        """Ask for the check-in, or say what is missing.

        The press itself says that somebody has looked at her and found her well, unless another outcome was
        chosen; the temperature is kept only if it was taken. Who brings is asked for once; who confirms again
        goes on without a name. In the morning rush an honest blank is better than a wrong name, so without
        ``insist`` nobody is asked.
        """
        from app.services.arrivals import CheckIn, MorningCheck

        if self._child is None:
            return
        taken = self.temperature.text().strip()
        tenths = read_degrees(taken)
        if taken and tenths is None:
            self._complain(self.temperature, "体温填 34.0–42.5 之间的数，如 36.5；没量就空着。")
            return
        outcome, note = self.outcome.value() or "normal", self.note.text().strip()
        if outcome != "normal" and not note:
            self._complain(self.note, "先写看到了什么，再按 Enter。")
            return
        if insist and self.adults.possible and self.adults.chosen is None and not self._insisted:
            self._insisted = True
            self.complained.emit("按数字键选谁送来；再按一次 Enter 就不记送托人，直接入园。")
            return
        check = MorningCheck(tenths, outcome=outcome, note=note)
        why = self.overrule.text().strip() if self._asks_why else ""
        back = self.returned.text().strip() if self._returning else ""
        things = self.belongings.text().strip()
        chosen = self.adults.chosen
        self.check_in_requested.emit(CheckIn(
            self._child, chosen, check, health_reason=why, belongings=things, return_reason=back
        ))  # fmt: skip

    def hear(self, error: BaseException) -> None:
        """A refusal that the director can overrule asks for her reason; after a fever the recheck is told,
        and after months away what was seen.
        """
        field = getattr(error, "field", None)
        if field == "return_reason":
            self._returning = True
            self._open_what_is_asked()
            self.returned.setFocus()  # an Enter too many must not say that a paper was seen
        if field == "health_reason" and not self._refused:
            self._refused = True
            self._open_what_is_asked()
            self.overrule.setFocus()
        elif field == "check_note" and self.outcome.value() in {"", "normal"}:
            self.outcome.set_value("recheck")
            self._on_outcome_changed("recheck")

    def act_words(self) -> str:
        """What the button that takes her in says: the press is the statement."""
        words = {"recheck": self.tr("复测过，入园"), "abnormal": self.tr("晨检异常，仍入园")}
        return words.get(self.outcome.value(), self.tr("晨检正常，入园"))

    def _on_seen_clicked(self) -> None:
        """The paper was shown: she comes in, and that it was seen is noted."""
        self.returned.setText(self.tr("已看体检证明"))
        self.confirm()

    def _complain(self, line: QLineEdit, sentence: str) -> None:
        self.complained.emit(sentence)
        line.setFocus()
        line.selectAll()

    def _ask_absence(self, kind: str) -> None:
        if self._child is not None:
            self.absence_requested.emit(self._child, kind, self.reason.text().strip())

    def _on_outcome_changed(self, outcome: str) -> None:
        self._open_what_is_asked()
        if outcome != "normal":
            self.note.setFocus()

    def _open_what_is_asked(self) -> None:
        outcome = self.outcome.value()
        self.note.setVisible(outcome in {"recheck", "abnormal"})
        self._asks_why = outcome == "abnormal" or self._refused
        self.overrule.setVisible(self._asks_why)
        self._return.setVisible(self._returning)
        self.outcome_changed.emit(self.act_words())


def _warning(name: str) -> QLabel:
    made = label("", "warning", wrap=True)
    made.setObjectName(name)
    return made
