"""菜的过敏原: what dishes hold whose names do not tell, asked once when the menu is kept."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.rooms import RoomContext
from app.ui.widgets.form_sheet import FormSheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.dish_answers import AskedDish

_LONGEST_LINE = 200


class DishSheet(FormSheet):
    """A line for each dish; one that stays empty stays unanswered. Ctrl+Enter keeps."""

    WIDE = 760

    def __init__(self, context: RoomContext, host: "QWidget", asked: "tuple[AskedDish, ...]") -> None:
        super().__init__(context, host, "dishes", "这些菜含什么过敏原？", "保存")
        self.beside.setText("菜名看不出配料。请问厨房，写一次，以后都记得。")
        self.beside.setWordWrap(True)
        self.cancel.set_text("以后再说")
        self._asked = asked
        lines = [
            self.add_field(
                f"{number}", one.dish, "如 鸡蛋、牛奶；没有写 无", longest=_LONGEST_LINE, field=one.dish
            )
            for number, one in enumerate(asked, 1)
        ]
        for line, one in zip(lines, asked, strict=True):
            line.set_text(one.held or "")
        for at in range(0, len(lines), 2):
            self.row(*lines[at : at + 2])

    def focus_first(self) -> None:
        """The first dish that nobody has answered."""
        self.fit()
        first = next((one for one in self._asked if one.held is None), self._asked[0])
        self.fields[first.dish].edit.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Keep what was written of each."""
        actor, told = self.context.actor, {one.dish: self.text(one.dish) for one in self._asked}
        self.submit(lambda s: s.classes.dishes.keep(actor, told), words="已保存菜的过敏原")


def open_dishes(context: RoomContext, day: dt.date, *, unanswered: bool = False) -> None:
    """Lay the sheet over the window for the week of a day, if there is something to ask.

    ``unanswered`` asks only where nobody has answered yet, and only of those.
    """
    host, actor = context.host, context.actor

    def show(asked: "tuple[AskedDish, ...]") -> None:
        lines = tuple(one for one in asked if one.held is None) if unanswered else asked
        if lines and host is not None and host.isEnabled():
            DishSheet(context, host, lines).present()

    context.ask(lambda s: s.classes.dishes.asked(actor, day), show)
