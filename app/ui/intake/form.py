"""The three cards of the intake: what is asked, in the order of the walk by Enter."""

import dataclasses
import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ages import read_birth
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId
from app.domain.looks import Tone
from app.domain.minors import may_be_minor
from app.domain.phones import check_phone, spaced_phone
from app.domain.typed_days import written
from app.domain.visits import read_clock
from app.services.intake import ClassProposal, IntakeCard
from app.ui.intake.bonds import IntakeBonds
from app.ui.intake.fields import ENTERS, Answer, Cell, Line, PickLine, read_only
from app.ui.intake.plan import (
    ALSO,
    ANSWERS,
    CARDS,
    COLLECTORS,
    REASONS_TO_COME,
    RELATIONS,
    STOP_OF,
    WAITING,
    WALK,
    WHYS,
    Rows,
)
from app.ui.theme import Theme
from app.ui.widgets.basic import Card
from app.ui.widgets.day_field import DaySteps, understood
from app.ui.widgets.step_head import StepHead

_TENTHS = re.compile(r"\s*(\d\d)(\d)\s*")


class IntakeForm(QWidget):
    """Shows an ``IntakeCard`` and gives back what was typed. Every field is text; no rule is decided here."""

    edited = Signal()  # by hand
    went_to = Signal(object)  # QWidget that now has the focus
    last_passed = Signal()  # Enter on the last field
    unseen = Signal()  # another person brings her: whose card was looked at is not the one who stands there

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._child: ChildId | None = None
        self._class: ClassId | None = None
        self._from_file: tuple[str, ...] = ()  # allergens of the file that were filled in once
        self._rest = IntakeCard()  # what the form does not show
        self._make_fields(theme)
        self._make_cells()
        self._lay_out(theme)
        self._bonds = IntakeBonds(self)
        self._connect()
        self.show_card(IntakeCard())

    # Building -----------------------------------------------------------------------------

    def _make_fields(self, theme: Theme) -> None:
        lines: dict[str, QLineEdit] = {
            "name": Line("intake.name", "孩子姓名，必填"),
            "born_on": Line("intake.born", "出生日期，必填", "如 20230819"),
            "allergens": Line("intake.allergens", "对什么过敏", "如 鸡蛋、花生"),
            "body_note": Line("intake.body_note", "今天身体说明", "什么药、哪里不适"),
            "bringer": Line("intake.bringer", "送来的人姓名，必填"),
            "relation": PickLine(theme, "intake.relation", "与孩子的关系，必填", RELATIONS),
            "phone": Line("intake.phone", "送来的人手机，必填"),
            "second": Line("intake.second", "另一紧急联系人姓名，必填", "姓名"),
            "second_relation": PickLine(theme, "intake.second_relation", "另一紧急联系人的关系", RELATIONS),
            "second_phone": Line("intake.second_phone", "另一紧急联系人手机，必填"),
            "other": Line("intake.other", "其他接送人姓名"),
            "other_relation": PickLine(theme, "intake.other_relation", "其他接送人关系", RELATIONS),
            "other_phone": Line("intake.other_phone", "其他接送人手机"),
            "promised": Line("intake.promised", "说好几点接，必填", "如 14 或 1430"),
            "reason": PickLine(theme, "intake.reason", "事由", REASONS_TO_COME),
            "temperature": Line("intake.temperature", "晨检体温，额温，可不量", "℃"),
            "check_note": Line("intake.check_note", "晨检说明", "看到了什么"),
            "document_number": Line("intake.document", "孩子身份证件号，可后补"),
            "identity_number": Line("intake.identity_number", "送来的人身份证号，看是否满 18 周岁"),
        }
        self.lines = lines | {name: Line(f"intake.{name}", words) for name, words in WHYS.items()}
        self.age = read_only("intake.age", "月龄")
        self.age.setPlaceholderText("填出生日期后显示")
        DaySteps(lines["born_on"], read_birth)  # beside it stands the age, which says what was understood
        self.answers: dict[str, Answer] = {
            name: Answer(theme, f"intake.{name}", spoken, choices)
            for name, (spoken, choices) in ANSWERS.items()
        }
        self.collectors = Answer(theme, "intake.collectors", "谁来接，必选", COLLECTORS, many=True)

    def _make_cells(self) -> None:
        line, answer = self.lines, self.answers
        self.cells: dict[str, Cell] = {
            "name": Cell("姓名", line["name"], required=True),
            "sex": Cell("性别", answer["sex"]),
            "born_on": Cell("出生日期", line["born_on"], required=True),
            "age": Cell("月龄", self.age),
            "allergy": Cell("过敏 / 禁忌 *（必答）", answer["allergy"], line["allergens"]),
            "body": Cell("今天身体 *（必答）", answer["body"], line["body_note"]),
            "bringer": Cell("姓名", line["bringer"], required=True),
            "relation": Cell("关系", line["relation"], required=True),
            "phone": Cell("手机", line["phone"], required=True),
            "identity": Cell("身份证已看", answer["identity"]),
            "second": Cell("另一紧急联系人", line["second"], line["second_relation"], required=True),
            "second_phone": Cell("手机", line["second_phone"], required=True),
            "collectors": Cell("谁来接", self.collectors, required=True),
            "other": Cell("其他接送人", line["other"], line["other_relation"], required=True),
            "other_phone": Cell("手机", line["other_phone"], required=True),
            "tariff": Cell("托育方式", answer["tariff"], required=True),
            "promised": Cell("说好几点接", line["promised"], required=True),
            "reason": Cell("事由", line["reason"]),
            "class": Cell("班级（按月龄、空位、师生比推荐）", answer["class"]),
            "check": Cell(
                "晨检（额温 ℃，结果必答）", line["temperature"], answer["check"], line["check_note"]
            ),
            "document_number": Cell("孩子身份证件号（可后补）", line["document_number"]),
            "identity_number": Cell("送来的人身份证号（是否满 18 周岁）", line["identity_number"]),
        } | {name: Cell(words, line[name], required=True) for name, words in WHYS.items()}
        self.cells["check"].line.setStretch(0, 0)
        self.cells["check"].line.setStretch(1, 3)
        self.cells["check"].line.setStretch(2, 2)
        line["temperature"].setMaximumWidth(self._theme.px(68))
        for name in ("allergy", "body"):
            self.cells[name].line.setStretch(0, 3)
            self.cells[name].line.setStretch(1, 2)
        self._optional = ("other", "other_phone", "document_number", "identity_number", *WHYS)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s3)
        self._grids: list[tuple[QGridLayout, Rows]] = []
        self._rulers: list[list[QWidget]] = []  # nothing to be seen: they hold the columns of a grid apart
        for number, (title, rows) in enumerate(CARDS, 1):
            card = Card(theme)
            margins = (theme.px(18), theme.px(12), theme.px(18), theme.px(14))
            inner = card.column(margins=margins, spacing=theme.px(8))
            inner.addWidget(StepHead(theme, number, title))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(14))
            grid.setVerticalSpacing(theme.px(9))
            inner.addLayout(grid)
            self._grids.append((grid, rows))
            self._rulers.append([QWidget(card) for _ in range(4)])
            for ruler in self._rulers[-1]:
                ruler.setFixedHeight(0)
            column.addWidget(card)
        column.addStretch(1)
        self._wide = True
        self._arrange(columns=4)

    def _arrange(self, columns: int) -> None:
        """Put the cells into four columns, or into two where the font is large for the width."""
        for (grid, rows), rulers in zip(self._grids, self._rulers, strict=True):
            for cell in (self.cells[name] for row in rows for name, _ in row):
                grid.removeWidget(cell)
            for at in range(4):
                grid.setColumnStretch(at, 1 if at < columns else 0)
            line = 0
            for row in rows:
                left = 0
                for name, span in row:
                    if left + span > columns:
                        line, left = line + 1, 0
                    grid.addWidget(self.cells[name], line, left, 1, span)
                    left += span
                line += 1
            # Two columns that every cell spans lose the space between them. These come last: the grid looks
            # at who was put into a place last.
            for at, ruler in enumerate(rulers):
                grid.removeWidget(ruler)
                ruler.setVisible(at < columns)
                if at < columns:
                    grid.addWidget(ruler, 0, at, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where four would cut the words."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(720)
        if wide != self._wide:
            self._wide = wide
            self._arrange(columns=4 if wide else 2)

    def _connect(self) -> None:
        for name, line in self.lines.items():
            line.textEdited.connect(self._on_line_edited)
            line.editingFinished.connect(lambda name=name: self._tidy(name))
        for name, answer in self.answers.items():
            answer.chosen.connect(lambda value, name=name: self._on_answer_chosen(name, value))
        for answer in (*self.answers.values(), self.collectors):
            answer.enter_pressed.connect(lambda back: self.walk(-1 if back else 1))
        self.collectors.chosen.connect(lambda _value: self._on_line_edited())

    # The card -----------------------------------------------------------------------------

    def card(self) -> IntakeCard:
        """What has been typed."""
        lines = {name: line.text() for name, line in self.lines.items()}
        lines["temperature"] = _with_point(lines["temperature"])
        answers, takers = self.answers, self.collectors.values()
        if answers["allergy"].value() != "has":
            lines["allergens"] = ""
        if "other" not in takers:
            lines |= {"other": "", "other_relation": "", "other_phone": ""}
        return dataclasses.replace(
            self._rest,
            **lines,
            child=self._child,
            sex=answers["sex"].value(),
            allergy=answers["allergy"].value(),
            body=answers["body"].value(),
            identity_seen=answers["identity"].value() == "seen",
            bringer_collects="bringer" in takers,
            second_collects="second" in takers,
            tariff=answers["tariff"].value(),
            check_outcome=answers["check"].value(),
            class_id=self._class,
        )

    def show_card(self, card: IntakeCard) -> None:
        """Show another card, silently. How the child is today is never filled in for anybody."""
        self._rest, self._child, self._class, self._from_file = card, card.child, card.class_id, ()
        for name, line in self.lines.items():
            line.setText(getattr(card, name))
        answers = self.answers
        answers["sex"].set_value(card.sex)
        answers["allergy"].set_value(card.allergy)
        answers["body"].set_value(card.body)
        answers["identity"].set_value("seen" if card.identity_seen else "")
        answers["tariff"].set_value(card.tariff)
        answers["check"].set_value(card.check_outcome)
        takers = (
            ("bringer", card.bringer_collects),
            ("second", card.second_collects),
            ("other", bool(card.other)),
        )
        self.collectors.set_values(tuple(name for name, on in takers if on))
        self.show_age("")
        self.show_classes(())
        self.show_problems({})
        self._bonds.begin()
        self._open_what_is_asked()

    def is_blank(self) -> bool:
        """Whether nothing has been typed that could be lost."""
        card = self.card()
        return not any(
            (card.name, card.born_on, card.bringer, card.phone, card.second, card.promised, card.child)
        )

    # What the rules say -------------------------------------------------------------------

    def show_classes(self, classes: Sequence[ClassProposal]) -> None:
        """Offer the classes the child could join, best first."""
        answer = self.answers["class"]
        shown = classes[:4]
        if not shown:
            answer.set_choices(WAITING)
            answer.set_choice_enabled("", enabled=False)
            return
        answer.set_choices([(str(one.id), f"{one.name} {one.words}") for one in shown])
        for one in shown:
            answer.set_choice_enabled(str(one.id), one.fits or one.chosen, one.why or one.words)
        chosen = next((str(one.id) for one in shown if one.chosen), "")
        answer.set_value(chosen)
        self._bonds.follow()  # a reason for one class is none for another

    def fill_allergens(self, substances: tuple[str, ...]) -> None:
        """Put in what the file of a child who came before says, once; what was answered by hand stays."""
        line, answer = self.lines["allergens"], self.answers["allergy"]
        if not substances or substances == self._from_file:
            return
        self._from_file = substances
        if answer.value() in {"", "has"} and not line.text().strip():
            answer.set_value("has")
            line.setText("、".join(substances))
            self._on_line_edited()

    def show_age(self, words: str) -> None:
        """Say the age in months and the kind of class."""
        self.age.setText(words)
        self.age.setCursorPosition(0)

    def show_problems(self, problems: dict[str, tuple[str, Tone]]) -> None:
        """Say each problem at its field; fields not named are well."""
        for name in (*WHYS, "identity_number", "document_number"):
            if name in problems:
                self.cells[name].show()
        for name, cell in self.cells.items():
            held = next((problems[field] for field in (name, *ALSO.get(name, ())) if field in problems), None)
            cell.show_problem(*(held or ("",)))

    def go_to(self, field: str) -> bool:
        """Put the focus on the field of that name; False if the form has none."""
        field = STOP_OF.get(field, field)
        target = self._stop(field)
        if target is None:
            return False
        if isinstance(target, QLineEdit) and target.isHidden():
            target.show()
        if field in self._optional:
            self.cells[field].show()
        self._focus(target)
        return True

    # Walking ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks to the next field, Shift+Enter back."""
        if event.key() in ENTERS and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.walk(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def walk(self, step: int) -> None:
        """Go one field on or back, past what is hidden."""
        stops = [stop for stop in self._stops() if stop.isVisibleTo(self) and _takes_focus(stop)]
        held = QApplication.focusWidget()
        at = next((n for n, stop in enumerate(stops) if stop is held or stop.isAncestorOf(held or self)), -1)
        if at + step >= len(stops):
            self.last_passed.emit()
            return
        self._focus(stops[max(0, at + step)])

    def start(self) -> None:
        """Put the focus on the first field."""
        self._focus(self.lines["name"])

    def _stop(self, name: str) -> QLineEdit | Answer | None:
        return self.collectors if name == "collectors" else self.lines.get(name) or self.answers.get(name)

    def _stops(self) -> list[QWidget]:
        return [stop for name in WALK if (stop := self._stop(name)) is not None]

    def _focus(self, target: QWidget) -> None:
        held = target.stop if isinstance(target, Answer) else target
        held.setFocus(Qt.FocusReason.TabFocusReason)
        self.went_to.emit(held)

    # Inside -------------------------------------------------------------------------------

    def _on_line_edited(self) -> None:
        if self._bonds.follow():
            self.unseen.emit()
        self._open_what_is_asked()
        self.edited.emit()

    def _on_answer_chosen(self, name: str, value: str) -> None:
        if name == "class":
            self._class = ClassId(int(value))
        self._bonds.follow()
        self._open_what_is_asked()
        if name == "allergy" and value == "has":
            self._focus(self.lines["allergens"])
        self.edited.emit()

    def _open_what_is_asked(self) -> None:
        """Show what an answer opens, and name the collectors."""
        line, answer = self.lines, self.answers
        allergic = answer["allergy"].value() == "has"
        line["allergens"].setVisible(allergic)
        answer["allergy"].button("unknown").setText("不清楚" if allergic else "不清楚，先不进食")
        line["body_note"].setVisible(answer["body"].value() in {"medicine", "unwell"})
        line["check_note"].setVisible(answer["check"].value() in {"recheck", "abnormal"})
        others = "other" in self.collectors.values()
        for name in ("other", "other_phone"):
            self.cells[name].setVisible(others)
        for name in (*WHYS, "document_number", "identity_number"):
            self.cells[name].setVisible(bool(line[name].text()) or line[name].hasFocus())
        if may_be_minor(line["relation"].text(), None, name=line["bringer"].text()):
            self.cells["identity_number"].show()
        for who, relation in (("bringer", "relation"), ("second", "second_relation")):
            words = line[who].text().strip()[:8]
            tie = line[relation].text().strip()[:4]
            usual = dict(COLLECTORS)[who]
            self.collectors.button(who).setText((f"{words}（{tie}）" if tie else words) if words else usual)

    def _tidy(self, name: str) -> None:
        """On leaving a field, show a phone or an hour as it was understood; what is not understood stays."""
        line = self.lines[name]
        text = line.text()
        if name.endswith("phone") and text.strip():
            try:
                tidy = spaced_phone(check_phone(text))
            except RuleError:
                return
        elif name == "born_on" and (born := understood(text, read_birth)) is not None:
            tidy = written(born)
        elif name == "temperature":
            tidy = _with_point(text)
        elif name == "promised" and (clock := read_clock(text)) is not None:
            tidy = f"{clock:%H:%M}"
        else:
            return
        if tidy != text:
            line.setText(tidy)
            self.edited.emit()


def _takes_focus(stop: QWidget) -> bool:
    """Whether there is anything to answer: a question that is still waiting is passed by."""
    return stop.stop.isEnabled() if isinstance(stop, Answer) else stop.isEnabled()


def _with_point(text: str) -> str:
    """``365`` as a thermometer shows it."""
    found = _TENTHS.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found else text
