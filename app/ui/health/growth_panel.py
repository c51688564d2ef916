"""The child that is lit: three fields to type, the evaluation of the last measuring, and her curves."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.days import month_day
from app.domain.growth import Indicator
from app.domain.growth_entry import cm_words, kg_words
from app.domain.looks import Tone
from app.domain.typed_days import Direction
from app.services.exporting import ListKind
from app.services.growth import GrowthView, KeptMeasure, RoundLine
from app.ui.health.curve import CurveView
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, ElidedLabel, label, mark
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.day_field import DayField, full_text, reader
from app.ui.widgets.export import ExportButton
from app.ui.widgets.fields import Field
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.word_table import WordTable

_ROOMY = 640  # pixels at the normal font for the evaluation beside the curve
_SEXES = {"f": "女", "m": "男"}
_FIELDS = (
    ("weight", "体重 kg", "如 12.35"),
    ("stature", "身长 cm", "如 86.5"),
    ("head", "头围 cm", "如 48.0"),
)
_NAMES = {
    Indicator.WEIGHT: "体重",
    Indicator.STATURE: "身长/高",
    Indicator.HEAD: "头围",
    Indicator.PROPORTION: "匀称度",
}
_TABS = (("weight", "体重"), ("stature", "身长/高"), ("head", "头围"), ("proportion", "匀称度"))


class GrowthPanel(QWidget):
    """Passive: shows what it is given and says what was asked for."""

    keep_wanted = Signal()
    paper_wanted = Signal()
    tables_wanted = Signal()

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self._context = context
        self._view: GrowthView | None = None
        self._line: RoundLine | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.metrics.s3)
        column.addWidget(self._entry())
        column.addWidget(self._chart(), 1)

    def _entry(self) -> Card:
        theme = self._context.theme
        m = theme.metrics
        card = Card(theme)
        column = card.column(spacing=m.s2)
        self.name, self.before = label("", "h1", wrap=True), label("", "muted", wrap=True)
        self.name.setObjectName("growth.name")
        self.before.setObjectName("growth.before")
        self.fields: dict[str, Field] = {}
        grid = QGridLayout()
        grid.setSpacing(m.s3)
        for at, (key, words, hint) in enumerate(_FIELDS):
            field = Field(theme, f"growth.{key}", words, placeholder=hint)
            field.entered.connect(lambda key=key: self._on_entered(key))
            self.fields[key] = field
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
        reads = reader(self._context.clock, Direction.PAST)
        self.fields["day"] = DayField(theme, "growth.day", "测量日", reads, placeholder="空着就是今天")
        self.fields["day"].entered.connect(self.focus_first)
        grid.addWidget(self.fields["day"], 0, len(_FIELDS), Qt.AlignmentFlag.AlignTop)
        for at in range(len(_FIELDS) + 1):
            grid.setColumnStretch(at, 1)
        for field in self.fields.values():
            field.edit.setMaxLength(20)
            field.edited.connect(lambda _text, field=field: field.show_problem(""))
        self.problem = label("", "error", wrap=True)
        self.problem.setObjectName("growth.problem")
        self.problem.hide()
        self.keep = self._button("保存，下一个", "keep", "Ctrl+Return", kind="primary")
        self.paper = self._button("打印生长卡", "print", "Ctrl+P", icon="printer-outline")
        self.tables = self._button("导入标准", "tables", "F6")
        self.keep.clicked.connect(self.keep_wanted)
        self.paper.clicked.connect(self.paper_wanted)
        self.tables.clicked.connect(self.tables_wanted)
        foot = QWidget()
        row = FlowLayout(foot)
        out = ExportButton(self._context, ListKind.GROWTH, "growth.export", text="导出本月")
        for button in (self.keep, self.paper, self.tables, out):
            row.addWidget(button)
        for widget in (self.name, self.before):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self.problem)
        column.addWidget(foot)
        return card

    def _chart(self) -> Card:
        theme = self._context.theme
        card = Card(theme)
        column = card.column(spacing=theme.metrics.s2)
        self.tabs = Segmented(theme, "growth.curve_of", "曲线", _TABS, stretch=False, wrap=True)
        self.tabs.set_value("weight")
        self.tabs.chosen.connect(self._show_curve)
        self.legend = ElidedLabel("", "small")
        self.curve = CurveView(theme, "growth.curve")
        self.scores = WordTable(theme, "growth.scores", ("最近一次", "z", "百分位", "水平"))
        head = QHBoxLayout()
        head.addWidget(self.tabs, 2)
        head.addWidget(self.legend, 1)
        self.legend.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.metrics.s3)
        self._beside.addWidget(self.curve, 5)
        self._beside.addWidget(self.scores, 4, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._beside, 1)
        return card

    def _button(self, words: str, name: str, key: str, *, kind: str = "", icon: str = "") -> KeyButton:
        icons = self._context.icons
        return KeyButton(
            self._context.theme, words, key, kind=kind, icon=icon, icons=icons, object_name=f"growth.{name}"
        )

    # -- showing

    def show_line(self, line: RoundLine | None) -> None:
        """The child that is lit, with empty fields, or with what was measured this month to be corrected."""
        self._line, self._view = line, None
        self.clear()
        self.setEnabled(line is not None)
        if line is None:
            self.name.setText("没有孩子")
            self.before.setText("")
            self.curve.show_curve(None)
            return
        child = line.child
        how = "卧位量身长" if line.lying else "立位量身高"
        weeks = f" · 孕 {child.weeks} 周早产" if child.weeks is not None and child.weeks < 37 else ""
        sex = _SEXES.get(child.sex, "性别未填")
        self.name.setText(f"{child.name}　{sex} · {line.age_words} · {how}{weeks}")
        self.fields["stature"].set_label("身长 cm（卧）" if line.lying else "身高 cm（立）")
        if line.now is not None:
            for key, words in zip(("weight", "stature", "head"), _texts(line.now), strict=True):
                self.fields[key].set_text(words)
            self.before.setText(f"{month_day(line.now.day)} 已量，{line.now.by}记。改了再保存就是更正。")
            self.keep.set_text("保存更正")
        else:
            last = line.before
            told = " / ".join(words or "—" for words in _texts(last)) if last else ""
            self.before.setText(f"上次 {month_day(last.day)}：{told}" if last else "还没有测量过。")
            self.keep.set_text("保存，下一个")

    def show_view(self, view: GrowthView) -> None:
        """Her curves, and the evaluation of the newest measuring."""
        self._view = view
        self.legend.setText("红点：实际月龄　蓝圈：矫正月龄" if view.corrected else "")
        rows = []
        for score in view.measures[-1].scores if view.measures else ():
            name = _NAMES[score.indicator] + ("（矫正）" if score.corrected else "")
            words = f"{score.level} {score.finding}".strip()
            rows.append((name, score.z_words, score.percentile_words, words))
        self.scores.show_rows(rows)
        self.scores.setVisible(bool(rows))
        self._show_curve(self.tabs.value())

    @Slot(str)
    def _show_curve(self, _value: str) -> None:
        wanted = Indicator(self.tabs.value() or "weight")
        curves = () if self._view is None else self._view.curves
        self.curve.show_curve(next((one for one in curves if one.indicator is wanted), None))

    def allow_tables(self, allowed: bool) -> None:
        """Only the director loads a standard."""
        self.tables.setVisible(allowed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The evaluation stands beside the curve where there is room, else below it."""
        super().resizeEvent(event)
        narrow = self.width() < self._context.theme.px(_ROOMY)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(way)

    # -- typing

    @property
    def typing(self) -> bool:
        """Whether something half typed stands in a field."""
        return any(field.edit.isModified() for field in self.fields.values())

    def texts(self) -> tuple[str, str, str, str]:
        """Day, weight, stature, head as typed."""
        keys = ("day", "weight", "stature", "head")
        day, weight, stature, head = (full_text(self.fields[key]) for key in keys)
        return day, weight, stature, head

    def corrects(self, now: KeptMeasure) -> bool:
        """Whether what stands there corrects this month's measuring: it does unless another day is named."""
        day = full_text(self.fields["day"])
        return not day or day == now.day.isoformat()

    def clear(self) -> None:
        """Empty fields, nothing wrong; the day stays, a round is of one day."""
        for key, field in self.fields.items():
            if key != "day":
                field.set_text("")
            field.edit.setModified(False)
        self.complain("", "", doubt=False)

    def complain(self, sentence: str, field: str, *, doubt: bool) -> None:
        """Say what is wrong (or doubtful) at its field, and go there."""
        for key, widget in self.fields.items():
            widget.show_problem("")
            if key == field and sentence:
                widget.show_problem("请核对", Tone.WARN if doubt else Tone.BAD)
        mark(self.problem, role="warning" if doubt else "error")
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence and field in self.fields:
            # After a doubt the next Enter keeps: the focus stays where Enter finishes.
            wanted = "head" if doubt else field
            self.fields[wanted].edit.setFocus()
            self.fields[wanted].edit.selectAll()

    def focus_first(self) -> None:
        """Typing begins with the weight."""
        self.fields["weight"].edit.setFocus()
        self.fields["weight"].edit.selectAll()

    def _on_entered(self, key: str) -> None:
        """Weight, length, head, done."""
        order = [name for name, _, _ in _FIELDS]
        at = order.index(key) + 1
        if at == len(order):
            self.keep_wanted.emit()
            return
        self.fields[order[at]].edit.setFocus()
        self.fields[order[at]].edit.selectAll()


def _texts(one: KeptMeasure) -> tuple[str, str, str]:
    return kg_words(one.taken.weight_g), cm_words(one.taken.stature_mm), cm_words(one.taken.head_mm)
