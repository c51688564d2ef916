"""Rows that can be added and taken away: classes, staff and prices of a centre to be."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.domain.classes import ClassKind
from app.domain.money import Money
from app.domain.staff import Role
from app.services.setup import ClassPlan, PricePlan, StaffPlan
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.choices import CLASS_COLOURS, choice_box
from app.ui.widgets.fields import number_box
from app.ui.widgets.layouts import scrolled

Plan = TypeVar("Plan")
MOST_SEATS = {ClassKind.INFANT: 10, ClassKind.TODDLER: 15, ClassKind.OLDER_TODDLER: 20, ClassKind.MIXED: 18}


class Rows(QWidget, Generic[Plan]):
    """A table of editors, one row per plan. Subclasses make and read a row."""

    changed = Signal()
    stretches: tuple[int, ...] = ()

    def __init__(
        self, theme: Theme, icons: Icons, object_name: str, heads: Sequence[str], add_words: str
    ) -> None:
        super().__init__()
        self.theme, self._icons = theme, icons
        self.setObjectName(object_name)
        self._rows: list[tuple[QWidget, ...]] = []
        inner = QWidget()
        around = QVBoxLayout(inner)
        around.setContentsMargins(2, 2, 8, 2)
        self._grid = QGridLayout()
        around.addLayout(self._grid)
        around.addStretch(1)
        self._grid.setHorizontalSpacing(theme.metrics.s2)
        self._grid.setVerticalSpacing(theme.metrics.s2)
        for at, head in enumerate(heads):
            self._grid.addWidget(label(head, "label"), 0, at)
            self._grid.setColumnStretch(at, self.stretches[at] if at < len(self.stretches) else 1)
        self._heads = len(heads)
        self._line = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inner), 1)
        if add_words:
            add = KeyButton(theme, add_words, icon="plus", icons=icons, object_name=f"{object_name}.add")
            add.clicked.connect(self._on_add_clicked)
            column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_plans(self, plans: Sequence[Plan]) -> None:
        """Replace all rows."""
        for row in self._rows:
            self._drop(row)
        self._rows = []
        for plan in plans:
            self._append(plan)

    def take_focus(self) -> None:
        """To the first line of the first row: what stands there is only proposed, and typing replaces it."""
        line = next((one for row in self._rows for one in row if isinstance(one, QLineEdit)), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.TabFocusReason)
            line.selectAll()

    def plans(self) -> tuple[Plan, ...]:
        """Read all rows."""
        return tuple(self.read(row) for row in self._rows)

    def make(self, plan: Plan, number: int) -> tuple[QWidget, ...]:
        """The editors of one row."""
        raise NotImplementedError

    def read(self, row: tuple[QWidget, ...]) -> Plan:
        """One row as a plan."""
        raise NotImplementedError

    def fresh(self) -> Plan:
        """What a new row begins with."""
        raise NotImplementedError

    def _append(self, plan: Plan) -> None:
        number = len(self._rows) + 1
        editors = self.make(plan, number)
        remove = QPushButton()
        remove.setIcon(self._icons.icon("close", "ink_2"))
        remove.setProperty("kind", "quiet")
        remove.setFixedWidth(max(44, self.theme.px(44)))
        name_widget(remove, f"{self.objectName()}.{number}.remove", f"去掉第 {number} 行")
        remove.clicked.connect(self._on_remove_clicked)
        row = (*editors, remove)
        self._line += 1
        for at, editor in enumerate(row):
            self._grid.addWidget(editor, self._line, at)
        self._rows.append(row)

    def _drop(self, row: tuple[QWidget, ...]) -> None:
        for editor in row:
            self._grid.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    @Slot()
    def _on_add_clicked(self) -> None:
        self._append(self.fresh())
        self._rows[-1][0].setFocus()
        self.changed.emit()

    @Slot()
    def _on_remove_clicked(self) -> None:
        sender = self.sender()
        for row in list(self._rows):
            if row[-1] is sender and len(self._rows) > 1:
                self._rows.remove(row)
                self._drop(row)
        self.changed.emit()

    def edit(self, text: str, object_name: str, spoken: str) -> QLineEdit:
        """A line of text."""
        made = QLineEdit(text)
        made.setMaxLength(60)
        name_widget(made, object_name, spoken)
        return made

    def choice(
        self, pairs: Sequence[tuple[str, str]], value: str, object_name: str, spoken: str
    ) -> QComboBox:
        """A choice of one."""
        return choice_box(pairs, value, object_name, spoken)


class ClassRows(Rows[ClassPlan]):
    """小名, 班型, 托位."""

    stretches = (3, 3, 2, 0)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__(theme, icons, "welcome.classes", ("班级小名", "班型", "托位"), "再加一个班")

    def make(self, plan: ClassPlan, number: int) -> tuple[QWidget, ...]:
        """The editors of one class."""
        base = f"{self.objectName()}.{number}"
        name = self.edit(plan.name, f"{base}.name", f"第 {number} 个班的小名")
        name.setProperty("colour", plan.colour)
        kinds = [(kind.value, kind.label) for kind in ClassKind]
        kind = self.choice(kinds, plan.kind.value, f"{base}.kind", f"第 {number} 个班的班型")
        seats = number_box(f"{base}.seats", f"第 {number} 个班的托位", 1, MOST_SEATS[plan.kind], plan.seats)
        kind.currentIndexChanged.connect(
            lambda _at: seats.setMaximum(MOST_SEATS[ClassKind(kind.currentData())])
        )
        name.textEdited.connect(self.changed)
        seats.valueChanged.connect(self.changed)
        return name, kind, seats

    def read(self, row: tuple[QWidget, ...]) -> ClassPlan:
        """One class."""
        name, kind, seats, *_rest = row
        assert isinstance(name, QLineEdit) and isinstance(kind, QComboBox) and isinstance(seats, QSpinBox)  # noqa: S101, PT018
        return ClassPlan(
            name.text(), ClassKind(kind.currentData()), seats.value(), str(name.property("colour"))
        )

    def fresh(self) -> ClassPlan:
        """The next class, in a colour not used yet."""
        used = {plan.colour for plan in self.plans()}
        colour = next((one for one in CLASS_COLOURS if one not in used), CLASS_COLOURS[0])
        return ClassPlan("", ClassKind.OLDER_TODDLER, 20, colour)


class StaffRows(Rows[StaffPlan]):
    """姓名, 岗位, 班级."""

    stretches = (3, 3, 3, 0)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        self._classes: tuple[str, ...] = ()
        super().__init__(theme, icons, "welcome.staff", ("姓名", "岗位", "带哪个班"), "再加一位同事")

    def offer_classes(self, names: Sequence[str]) -> None:
        """The classes a teacher may be in; a class that was renamed by its place keeps its teachers."""
        before, self._classes = self._classes, tuple(names)
        renamed = {
            old: new
            for old, new in zip(before, names, strict=False)
            if old not in names and new not in before
        }
        plans = [
            StaffPlan(plan.name, plan.role, renamed.get(plan.class_name or "", plan.class_name or "") or None)
            for plan in self.plans()
        ]
        self.show_plans(plans)

    def make(self, plan: StaffPlan, number: int) -> tuple[QWidget, ...]:
        """The editors of one staff member."""
        base = f"{self.objectName()}.{number}"
        name = self.edit(plan.name, f"{base}.name", f"第 {number} 位同事的姓名")
        roles = [(role.value, role.label) for role in Role]
        role = self.choice(roles, plan.role.value, f"{base}.role", f"第 {number} 位同事的岗位")
        classes = [("", "不带班"), *((one, one) for one in self._classes)]
        group = self.choice(classes, plan.class_name or "", f"{base}.class", f"第 {number} 位同事带的班")
        name.textEdited.connect(self.changed)
        role.currentIndexChanged.connect(self.changed)
        return name, role, group

    def read(self, row: tuple[QWidget, ...]) -> StaffPlan:
        """One staff member."""
        name, role, group, *_rest = row
        assert isinstance(name, QLineEdit) and isinstance(role, QComboBox) and isinstance(group, QComboBox)  # noqa: S101, PT018
        return StaffPlan(name.text(), Role(role.currentData()), group.currentData() or None)

    def fresh(self) -> StaffPlan:
        """A teacher."""
        return StaffPlan("", Role.TEACHER, self._classes[0] if self._classes else None)


class PriceRows(Rows[PricePlan]):
    """项目, 单价, 单位. Items can be priced and taken away, not invented here."""

    stretches = (4, 2, 2, 0)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__(theme, icons, "welcome.prices", ("项目", "单价（元）", "单位"), "")

    def make(self, plan: PricePlan, number: int) -> tuple[QWidget, ...]:
        """The editors of one price."""
        name = label(plan.name)
        for key, value in (("code", plan.code), ("category", plan.category)):
            name.setProperty(key, value)
        price = self.edit(str(plan.price), f"{self.objectName()}.{plan.code}", f"{plan.name}的单价，元")
        price.setAlignment(Qt.AlignmentFlag.AlignRight)
        return name, price, label(f"/ {plan.unit}", "muted")

    def read(self, row: tuple[QWidget, ...]) -> PricePlan:
        """One price.

        Raises:
            AmountError: what stands there is no amount.
        """
        name, price, unit, *_rest = row
        text = price.property("text")
        code, category = str(name.property("code")), str(name.property("category"))
        words, per = str(name.property("text")), str(unit.property("text")).removeprefix("/ ")
        return PricePlan(code, words, category, per, Money.parse(str(text)))

    def fresh(self) -> PricePlan:
        """Never asked for: prices have no 再加."""
        raise LookupError("prices are not added here")
