"""Passive parts of the sheet of a shift: the heads in a row, and the sections below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.days import month_day
from app.domain.looks import Chip, Tone
from app.domain.shifts import Figures, Line, Point, Section, Sheet
from app.ui.theme import Theme
from app.ui.widgets.basic import Rule, label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.records import Record

_SHOWN = tuple(section for section in Section if section is not Section.POINT)


class HeadRow(QWidget):
    """应到, 来了, away by reason, gone, and who should be in the room now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("shift.heads")
        self._row = FlowLayout(self, theme.metrics.s2)
        self._numbers = {}
        for name in (
            "应到",
            "来了",
            "临时来",
            "病假",
            "事假",
            "其他",
            "未到点",
            "没消息",
            "已离园",
            "早走",
            "应在班",
        ):
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, theme.metrics.s1, 0)
            column.setSpacing(0)
            number = label("", "h1")
            column.addWidget(label(name, "small"))
            column.addWidget(number)
            cell.setMinimumWidth(theme.px(40))
            self._numbers[name] = number
            self._row.addWidget(cell)

    def show_figures(self, found: Figures) -> None:
        """Show other heads."""
        numbers = (
            found.expected,
            found.came,
            found.guests,
            found.sick,
            found.personal,
            found.other,
            found.later,
            found.unheard,
            found.went,
            found.early,
            found.present,
        )
        for (name, cell), number in zip(self._numbers.items(), numbers, strict=True):
            cell.setText(str(number))
            cell.setAccessibleName(f"{name} {number}")


class Sections(QWidget):
    """What the next shift must know, by section; an empty one says that there is nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.metrics.s2, 0)
        self._grid.setHorizontalSpacing(theme.metrics.s3)
        self._grid.setVerticalSpacing(theme.metrics.s1)
        self._grid.setColumnStretch(1, 1)
        self._made: list[QWidget] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace everything."""
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        row = 0
        for section in _SHOWN:
            said = [line.words for line in lines if line.section is section]
            head = label(section.label, "label")
            words = label("\n".join(said) or section.empty, "" if said else "muted", wrap=True)
            words.setObjectName(f"shift.section.{section.value}")
            rule = Rule(self._theme)
            self._grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
            self._grid.addWidget(rule, row + 1, 0, 1, 2)
            self._made += [head, words, rule]
            row += 2
        self._grid.setRowStretch(row, 1)


def point_records(
    points: Sequence[Point], closed: Sequence[Point], lines: Sequence[Line] = ()
) -> tuple[Record, ...]:
    """What the day itself leaves open, then open points, the oldest first, then what was closed today."""
    rows = [
        Record(-place, line.words, "处理好后自动消失", (Chip("未了", Tone.WARN),))
        for place, line in enumerate(open_of_itself(lines), 1)
    ]
    rows += [
        Record(
            one.id,
            one.words,
            f"{month_day(one.opened_at)} {one.opened_at:%H:%M} {one.opened_by}提出"
            + (f" · 已交过 {one.sheets} 班" if one.sheets else ""),
            (Chip("未了", Tone.WARN),),
        )
        for one in points
    ]
    rows += [
        Record(
            one.id,
            one.words,
            f"{one.closing.at:%H:%M} {one.closing.by}办结：{one.closing.words}",
            (Chip("已办结", Tone.OK),),
            faint=True,
        )
        for one in closed
        if one.closing is not None
    ]
    return tuple(rows)


def open_of_itself(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What is open because of the day: nobody wrote it, and nobody closes it by hand."""
    return tuple(line for line in lines if line.section is Section.POINT and line.point is None)


def sheet_records(sheets: Sequence[Sheet]) -> tuple[Record, ...]:
    """Signed sheets, the newest first."""
    return tuple(
        Record(
            one.id,
            f"{month_day(one.signed_at)} {one.signed_at:%H:%M} {one.class_name}",
            f"{one.given_by} → {one.taken_by} · 数到 {one.counted} 人"
            + (f" · {one.reason}" if one.reason else ""),
            (_state(one),),
            faint=one.void,
        )
        for one in sheets
    )


def _state(sheet: Sheet) -> Chip:
    if sheet.void:
        return Chip("已作废", Tone.PLAIN)
    if sheet.counted != sheet.figures.present:
        return Chip("人数有出入", Tone.WARN)
    return Chip("已交接", Tone.OK)
