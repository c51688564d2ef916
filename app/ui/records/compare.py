"""Two records side by side: what differs, what becomes of it, and a choice where it is one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.joining import Side
from app.services.merge_sides import SideLine, Sides
from app.ui.records.photo import Face
from app.ui.theme import Theme
from app.ui.widgets.basic import Rule, label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.layouts import scrolled

_WAITING = "选好另一份，这里就并排列出不同的地方。"
_FACE = 132  # pixels: as large as tells two alike faces apart
_SAME = "没有不同的地方，直接合并就行。"
_CHOICES = ((Side.KEPT.value, "用左边的"), (Side.MERGED.value, "用右边的"))


class CompareView(QWidget):
    """Shows ``Sides``; ``choices`` tells whose value stays. The names of its parts begin with ``name``."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self._chosen: dict[str, Segmented] = {}
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, theme.metrics.s2, 0)
        body = QWidget()
        body.setLayout(self._holder)
        self._inner = QWidget()
        self._holder.addWidget(self._inner)
        self._holder.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(body, f"{name}.sides"))
        self.wait()

    def wait(self) -> None:
        """Nothing to compare yet."""
        self._chosen = {}
        self._put(label(_WAITING, "muted", wrap=True))

    def show_sides(self, sides: Sides) -> None:
        """Show what differs; what is chosen begins as it is proposed."""
        self._chosen = {}
        inner = QWidget()
        grid = QGridLayout(inner)
        m = self._theme.metrics
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(m.s3)
        grid.setVerticalSpacing(m.s1)
        grid.setColumnMinimumWidth(0, self._theme.px(76))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        if sides.lines:
            grid.addWidget(label(f"{len(sides.lines)} 处不同", "muted"), 0, 0)
        for at, words in enumerate((f"留下：{sides.kept}", f"并进来：{sides.merged}"), 1):
            grid.addWidget(label(words, "h2", wrap=True), 0, at)
        for line in sides.lines:
            self._add(grid, line)
        notes = sides.notes if sides.lines else (*sides.notes, _SAME)
        for words in notes:
            grid.addWidget(label(words, "muted", wrap=True), grid.rowCount(), 0, 1, 3)
        self._put(inner)

    def choices(self) -> dict[str, Side]:
        """Whose value stays, by the first field of each part."""
        return {name: Side(one.value()) for name, one in self._chosen.items() if one.value()}

    def first(self) -> Segmented | None:
        """The first choice, where there is one."""
        return next(iter(self._chosen.values()), None)

    def _add(self, grid: QGridLayout, line: SideLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        row = grid.rowCount()
        grid.addWidget(Rule(self._theme), row, 0, 1, 3)
        grid.addWidget(label(line.label, "warning" if line.weighs else "muted", wrap=True), row + 1, 0, top)
        for at, (words, jpeg) in enumerate(zip((line.kept, line.merged), line.faces, strict=True), 1):
            if jpeg:
                face = Face(self._theme, _FACE)
                face.show_face("", "brand", jpeg)
                grid.addWidget(
                    face, row + 1, at, top | Qt.AlignmentFlag.AlignLeft
                )  # else it bounds the column
                continue
            value = label(words, wrap=True)
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(value, row + 1, at, top)
        if line.choice:
            name = f"{self._name}.choice.{line.choice}"
            spoken = f"{line.label}：左边 {line.kept}，右边 {line.merged}"
            choice = Segmented(self._theme, name, spoken, _CHOICES)
            choice.set_value("" if line.side is None else line.side.value)
            self._chosen[line.choice] = choice
            grid.addWidget(choice, row + 2, 1, 1, 2)
        elif line.result:
            grid.addWidget(label(line.result, wrap=True), row + 2, 1, 1, 2)

    def _put(self, inner: QWidget) -> None:
        self._holder.replaceWidget(self._inner, inner)
        self._inner.hide()
        self._inner.deleteLater()
        self._inner = inner
        inner.show()
