"""One doing of an item of a grid over the window: its hour, its method, strength and minutes."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from app.domain.ids import ClassId
from app.domain.registers import ItemSpec, RegisterSpec
from app.services.register_grid import hour_of
from app.services.registers import Entry
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet

_MORE = "more"
_HINTS = {"time": "如 13:05", "number": "填整数", "text": ""}


class TickSheet(FormSheet):
    """更正一次, or one more with its hour. The last one of the cell is shown first."""

    WIDE = 620

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        spec: RegisterSpec,
        item: ItemSpec,
        group: ClassId,
        day: dt.date,
        ticks: tuple[Entry, ...],
    ) -> None:
        super().__init__(
            context, host, "tick", f"{item.label}　{day.month}月{day.day}日", "保存更正" if ticks else "记下"
        )
        self._spec, self._item, self._group, self._day = spec, item, group, day
        self._ticks = {str(one.id): one for one in ticks}
        self.form.addWidget(label(item.often, "muted", wrap=True))
        pairs = [(key, hour_of(one) or "没写时间") for key, one in self._ticks.items()]
        self.which = self.choice("which", "哪一次", [*pairs, (_MORE, "再记一次")])
        self.which.set_value(pairs[-1][0] if pairs else _MORE)
        self.which.chosen.connect(self._on_chosen)
        if pairs:
            self.form.addWidget(self.labelled("哪一次", self.which))
        else:
            self.which.hide()
            self.which.setParent(self)
        made = []
        for column in spec.columns:
            hint = _HINTS.get(column.kind, "")
            made.append(self.add_field(column.name, column.label, hint, required=column.kind == "time"))
        for at in range(0, len(made), 2):
            self.add_row(*made[at : at + 2])
        self._show()

    def _on_chosen(self, _value: str) -> None:
        self._show()

    def _show(self) -> None:
        one = self._ticks.get(self.which.value())
        self.keep.set_text("记下" if one is None else "保存更正")
        now = self.context.clock()
        known = dict(self._item.defaults) if one is None else dict(one.told.answers)
        known["at"] = hour_of(one) if one is not None else f"{now:%H:%M}" if now.date() == self._day else ""
        for column in self._spec.columns:
            self.fields[column.name].set_text(known.get(column.name, ""))

    def focus_first(self) -> None:
        """To the hour: it is what is corrected most."""
        self.fields["at"].edit.setFocus()
        self.fields["at"].edit.selectAll()

    def finish(self) -> None:
        """Keep it."""
        answers = {column.name: self.text(column.name) for column in self._spec.columns}
        one = self._ticks.get(self.which.value())
        actor, key, group, day, item = (
            self.context.actor, self._spec.key, self._group, self._day, self._item.code,
        )  # fmt: skip
        replaces = None if one is None else one.id
        self.submit(lambda s: s.health.ticks.keep(actor, key, group, day, item, answers, replaces))
