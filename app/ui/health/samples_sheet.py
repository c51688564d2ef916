"""留样 over the window: the dishes of today's menu, all ticked that have no sample yet."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.registers import RegisterSpec, read_moment
from app.services.food_samples import MealDishes
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.day_field import full_text
from app.ui.widgets.fields import Field
from app.ui.widgets.form_sheet import FormSheet

_SHARED = ("grams", "sampled", "discard_after", "keeper")


class SamplesSheet(FormSheet):
    """Ctrl+Enter keeps a line for each dish; F2 writes one that is not on the menu."""

    WIDE = 760
    other_wanted = Signal()

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        spec: RegisterSpec,
        meals: Sequence[MealDishes],
        presets: Mapping[str, str],
    ) -> None:
        super().__init__(context, host, "samples", "今天的留样", "记下")
        self._spec, self._meals = spec, {one.meal: one for one in meals}
        self.form.addWidget(label(spec.hint, "muted", wrap=True))
        self.meal = self.choice("meal", "餐次", [(one, one) for one in self._meals])
        self.dishes = self.choice("dish", "留样的菜", [], many=True)
        self.form.addWidget(self.labelled("餐次", self.meal))
        self.form.addWidget(self.labelled("留样的菜（不留的去掉）", self.dishes))
        self._done = label("", "small", wrap=True)
        self._done.setObjectName("samples.done")
        self.form.addWidget(self._done)
        made = [self._line(name, presets.get(name, "")) for name in _SHARED]
        self.add_row(*made[:2])
        self.add_row(*made[2:])
        self.other = KeyButton(
            context.theme,
            "不在食谱上的菜",
            "F2",
            icon="plus",
            icons=context.icons,
            object_name="samples.other",
        )
        self.other.clicked.connect(self._on_other)
        self.foot.insertWidget(0, self.other)
        first = next((one.meal for one in meals if one.left), next(iter(self._meals), ""))
        usual = presets.get("meal", "")
        self.meal.set_value(usual if usual in self._meals and self._meals[usual].left else first)
        self.meal.chosen.connect(self._show)
        self._show()

    def _line(self, name: str, preset: str) -> QWidget:
        column, clock = self._spec.column(name), self.context.clock
        words = f"{column.label}（{column.unit}）" if column.unit else column.label
        if column.kind == "moment":
            made: Field = self.add_day(
                name,
                words,
                lambda text: read_moment(column, text, clock().date()),
                "如 12-3 11:40",
                required=True,
            )
        else:
            made = self.add_field(name, words, required=True)
        made.set_text(preset)
        return made

    @Slot()
    def _show(self) -> None:
        one = self._meals[self.meal.value()]
        self.dishes.set_choices([(dish, dish) for dish in one.left])
        self.dishes.set_values(one.left)
        done = "、".join(dish for dish in one.dishes if dish in one.done)
        self._done.setText(f"已经留样：{done}" if done else "")
        self._done.setVisible(bool(done))
        self.keep.setEnabled(bool(one.left))
        self.fit()

    def focus_first(self) -> None:
        """All is filled in: 记下 is one key away."""
        self.dishes.setFocus()

    @Slot()
    def _on_other(self) -> None:
        self.dismiss()
        self.other_wanted.emit()

    def finish(self) -> None:
        """记下."""
        actor, meal, dishes = self.context.actor, self.meal.value(), self.dishes.values()
        answers = [(name, full_text(self.fields[name])) for name in _SHARED]
        self.submit(lambda s: s.health.samples.keep(actor, meal, dishes, answers))
