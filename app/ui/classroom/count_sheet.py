"""清点人数: names ticked one by one; a difference is named and needs a reason."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.ids import VisitId
from app.domain.places import out_counts
from app.services.headcounts import CountHead, CountSheet
from app.services.sheet_drafts import SheetKind
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.sheet_keeper import SheetKeeper
from app.ui.widgets.tick_grid import Tick, TickGrid


class HeadCountSheet(FormSheet):
    """Space ticks and goes on, Enter or Ctrl+Enter closes the round, Esc leaves it uncounted."""

    WIDE = 980

    def __init__(self, context: RoomContext, host: QWidget, content: CountSheet) -> None:
        super().__init__(context, host, "count", f"清点人数 · {content.class_name}", "清点完毕")
        self._content, self._with_others = content, False
        theme = context.theme
        self.told = label("", "h2")
        self.told.setObjectName("count.told")
        self.past = label(_past_words(content), "small", wrap=True)
        self.names = TickGrid(theme, "count.names", "应在班的孩子")
        self.form.addWidget(self.told)
        self.form.addWidget(self.names)
        self.form.addWidget(self.past)
        self.add_row(
            self.add_field("reason", "对不上时写明原因", placeholder="如 一名孩子在保健室", longest=100),
            self.add_field(
                "place", "在哪里清点（可不填）", placeholder=f"如 {content.class_name}活动室", longest=30
            ),
        )
        self.everybody = KeyButton(theme, "全部勾上", "Ctrl+A", object_name="count.all", bind=False)
        self.others = KeyButton(theme, "有别班的孩子", "F6", object_name="count.others")
        for at, button in enumerate((self.everybody, self.others)):
            self.take_enter(button)
            self.foot.insertWidget(at, button)
        self.everybody.clicked.connect(self.names.tick_all)
        self.others.clicked.connect(self._on_others)
        self.others.setEnabled(bool(content.others))
        self.names.ticked.connect(self._on_ticked)
        self.names.grown.connect(self.fit)
        self.names.finished.connect(self._on_keep_clicked)
        self._show_names()
        slot = SheetKind.COUNT, content.class_id
        self._keeper = SheetKeeper(context, self, slot, self._fields, self._fill)
        self.names.ticked.connect(self._keeper.touch)
        for field in (self.fields["reason"], self.fields["place"]):
            field.edited.connect(lambda _text: self._keeper.touch())
        self._keeper.begin()

    def dismiss(self) -> None:
        """Go away; what was ticked is there when the sheet is opened again soon."""
        self._keeper.keep()
        super().dismiss()

    def _fields(self) -> dict[str, str]:
        """Who was seen. A sheet ticked whole is not half done: nobody is seen for whom nobody looked."""
        ticked = self.names.ticked_keys()
        seen = " ".join(map(str, ticked)) if len(ticked) < len(self.names.items) else ""
        return {"seen": seen, "reason": self.text("reason"), "place": self.text("place")}

    def _fill(self, fields: Mapping[str, str], words: str) -> None:
        """Tick again who was seen, if she is still to be seen here."""
        seen = {VisitId(int(key)) for key in fields.get("seen", "").split()}
        self._with_others = bool(seen & {one.visit for one in self._content.others})
        self._show_names()
        self.names.tick(seen)
        for key in ("reason", "place"):
            self.fields[key].set_text(fields.get(key, ""))
        self._on_ticked()
        if any(fields.values()):
            self.past.setText(words)

    def focus_first(self) -> None:
        """The first name."""
        self.fit()
        self.names.setFocus()

    def finish(self) -> None:
        """Close the round, or hear what does not agree."""
        actor, group = self.context.actor, self._content.class_id
        seen = tuple(VisitId(int(str(key))) for key in self.names.ticked_keys())
        reason, place = self.text("reason"), self.text("place")
        self.submit(lambda s: s.classes.counts.close(actor, group, seen, place=place, reason=reason))

    def _on_answered(self, value: Any) -> None:
        """Counted: what was half ticked is no more, even if the sheet has gone meanwhile."""
        self._keeper.end()
        super()._on_answered(value)

    def _on_others(self) -> None:
        self._with_others = not self._with_others
        self._show_names()
        self.names.setFocus()

    def _show_names(self) -> None:
        shown = [_tick(one) for one in self._content.expected]
        if self._with_others:
            shown += [_tick(one, one.class_name) for one in self._content.others]
        self.names.show_names(shown)
        self._on_ticked()
        self.fit()

    def _on_ticked(self) -> None:
        self.say("")
        found, wanted = len(self.names.ticked_keys()), len(self._content.expected)
        away = "，".join(
            f"{where} {count} 人" for where, count in out_counts(one.outside for one in self._content.outside)
        )
        out = f" · {away}，不在这里清点" if away else ""
        self.told.setText(f"已看到 {found} / 应在班 {wanted} 人{out}")
        self.keep.set_text(f"清点完毕 {found} 人")


def _tick(one: CountHead, note: str = "") -> Tick:
    return Tick(one.visit, one.name, note or one.nickname, one.colour)


def _past_words(content: CountSheet) -> str:
    """今天清点：11:43 18 人 许静；08:22 15 人（应到 16：…）."""
    if not content.past:
        return "今天还没有清点。看到一个勾一个，不要先全勾。"
    parts = []
    for one in content.past[:4]:
        wrong = "" if one.agrees else f"（应到 {one.expected}：{one.reason}）"
        parts.append(f"{one.at:%H:%M} {one.found} 人 {one.by}{wrong}")
    return f"今天清点：{'；'.join(parts)}"
