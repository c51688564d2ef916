"""园长: the month in figures, pictures and words, and its paper."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.days import month_words
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.domain.staff import Permission
from app.services.exporting import ListKind
from app.services.month import MonthFigures
from app.services.waiting import Waiting
from app.ui.office.charts import DayChart, Share, ShareBars
from app.ui.office.parts import FigureCard
from app.ui.office.waiting import WaitingCard, open_waiting
from app.ui.rooms import Room, RoomContext
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton, page_turners
from app.ui.widgets.export import ExportButton
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.word_table import WordTable

_COLOURS = {
    CareMode.FULL_DAY: "brand",
    CareMode.HALF_DAY: "info",
    CareMode.TEMPORARY: "accent",
    CareMode.HOURLY: "#E07A5F",
}
_TALL = 760  # pixels at the normal font: there is room for more than the gravest of what waits
_GUESTS = {CareMode.TEMPORARY, CareMode.HOURLY}


def moved(month: str, by: int) -> str:
    """A month so many months later: ``moved("2025-12", -1)`` is ``2025-11``."""
    year, number = map(int, month.split("-"))
    count = year * 12 + number - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


class OfficeRoom(Room):
    """The director's month. Figures come ready from the service; nothing is reckoned here."""

    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.MONEY, Topic.STAFF, Topic.SETTINGS, Topic.HEALTH})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("office")
        self._this = f"{context.clock():%Y-%m}"
        self._month = self._this
        self._counted: dt.date | None = None
        self._waiting: tuple[Waiting, ...] = ()
        self._build_top()
        self._build_page()
        self._show_month()

    # -- top bar

    def _build_top(self) -> None:
        theme, icons = self.context.theme, self.context.icons
        self._name = label("", "h2")
        self._name.setObjectName("office.month")
        self._back, self._on = page_turners(theme, icons, "office", "上个月", "下个月")
        self._until = ChipLabel(theme)
        self._print = KeyButton(
            theme,
            "打印月报",
            "Ctrl+P",
            kind="primary",
            icon="printer-outline",
            icons=icons,
            object_name="office.print",
        )
        self._more = KeyButton(theme, "别的纸", "F3", object_name="office.papers")
        self._more.setAccessibleDescription("快捷键 F3：登记、应到名单，任选哪个月、哪一天")
        self._more.clicked.connect(self._on_more_clicked)
        self._out = ExportButton(self.context, ListKind.MONTH, "office.export")
        self._back.clicked.connect(self._on_back_clicked)
        self._on.clicked.connect(self._on_on_clicked)
        self._print.clicked.connect(self._on_print_clicked)

    def title(self) -> str:
        """月度总览."""
        return "月度总览"

    def left_widgets(self) -> list[QWidget]:
        """Which month, and how far it is counted."""
        return [self._back, self._name, self._on, self._until]

    def top_widgets(self) -> list[QWidget]:
        """Other papers, the table and the paper."""
        shown: list[QWidget] = [self._more, self._out, self._print]
        return [one for one in shown if one is not self._out or self._out.allowed]

    def wants_search(self) -> bool:
        """The month has no use for it."""
        return False

    def hints(self) -> str:
        """Keys."""
        return "PgUp 上个月 · PgDn 下个月 · Ctrl P 打印月报 · F3 别的纸 · F4 接走记录 · F5 去处理"

    # -- page

    def _build_page(self) -> None:
        theme = self.context.theme
        m = theme.metrics
        self._seats = FigureCard(theme, "office.seats", "托位使用率")
        self._rate = FigureCard(theme, "office.rate", "出勤率")
        self._kept = FigureCard(theme, "office.kept", "实收")
        self._guests = FigureCard(theme, "office.guests", "临时托 / 计时托")
        self._absent = FigureCard(theme, "office.absent", "缺勤")
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(m.s5, m.s3, m.s5, m.s3)
        column.setSpacing(m.s2)
        self._figures, self._grid = QGridLayout(), QGridLayout()
        self._figures.setSpacing(m.s2)
        self._grid.setSpacing(m.s2)
        column.addLayout(self._figures)
        self._days, self._modes = DayChart(theme), ShareBars(theme)
        self._classes = WordTable(
            theme,
            "office.classes",
            ("班级", "托位", "在册", "应出勤", "实出勤", "出勤率", "病假", "事假", "临时/计时"),
        )
        self._money = WordTable(theme, "office.money", ("收款", "笔数", "实收"))
        self._receipts = ExportButton(
            self.context, ListKind.RECEIPTS, "office.export.receipts", text="导出收据"
        )
        self._door = KeyButton(theme, "接走记录", "F4", object_name="office.door")
        self._door.setAccessibleDescription("快捷键 F4：谁接走了哪个孩子、怎样核对、谁放行")
        self._door.clicked.connect(self._on_door_clicked)
        self._notes = label("", "small", wrap=True)  # the letter's sentences stand on the letter
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        legend = "柱：实到（黄：临时托）　线：应到"
        self._todo = WaitingCard(theme)
        self._todo.open.clicked.connect(lambda: open_waiting(self.context, self._waiting))
        self._cards = (
            self._todo,  # what waits for her is what she comes for
            self._titled("托育方式（人次）", self._modes),
            self._titled("各班", self._classes, act=self._door),
            self._titled("收款方式（元）", self._money),
            self._titled("每日在园人数", self._days, legend),
            self._titled("怎么算的", self._notes, act=self._receipts),
        )
        column.addLayout(self._grid, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(page, "office.scroll"))

    def _arrange(self, *, narrow: bool) -> None:
        """Two columns of cards where there is room, one with large type."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        # In large type the month itself needs the room; how far it is counted stands below, too.
        self._out.set_text("" if narrow else "导出")
        self._print.set_text("打印" if narrow else "打印月报")
        self._out.setAccessibleName("导出各班的表")
        self._print.setAccessibleName("打印月报")
        across = 3 if narrow else 5
        for at, card in enumerate((self._seats, self._rate, self._kept, self._guests, self._absent)):
            card.wrap(narrow)
            self._figures.addWidget(card, at // across, at % across)
        for at in range(5):
            self._figures.setColumnStretch(at, 1 if at < across else 0)
        for at, titled in enumerate(self._cards):
            self._grid.addWidget(titled, *((at, 0) if narrow else divmod(at, 2)))
        self._grid.setColumnStretch(0, 68)
        self._grid.setColumnStretch(1, 0 if narrow else 32)
        days = self._grid.indexOf(self._cards[4])
        row = self._grid.getItemPosition(days)[0]  # type: ignore[index]
        for at in range(len(self._cards)):
            self._grid.setRowStretch(at, int(at == row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange when the width calls for it."""
        super().resizeEvent(event)
        px = self.context.theme.px
        self._arrange(narrow=self.width() < px(1060))
        self._todo.set_room(tall=self.height() > px(_TALL))
        self._show_until()

    def _titled(self, title: str, inner: QWidget, legend: str = "", act: QWidget | None = None) -> Card:
        theme = self.context.theme
        m = theme.metrics
        card = Card(theme)
        column = card.column(margins=(m.s4, m.s2 + 2, m.s4, m.s2 + 2), spacing=m.s1 + 2)
        row = QHBoxLayout()
        row.addWidget(label(title, "h2"))
        row.addStretch(1)
        if legend:
            row.addWidget(label(legend, "small"))
        if act is not None:
            row.addWidget(act)
        column.addLayout(row)
        column.addWidget(inner, 0 if isinstance(inner, WordTable) else 1)
        if isinstance(inner, WordTable):
            column.addStretch(1)
        return card

    # -- data

    def refresh(self) -> None:
        """Read the month."""
        self._door.setVisible(self.context.actor.may(Permission.CHECK_OUT))
        actor, month = self.context.actor, self._month
        self.context.ask(lambda s: s.month.summary(actor, month), self._show)
        self.context.ask(lambda s: s.desk.waiting(actor), self._show_waiting)

    def _show_waiting(self, found: tuple[Waiting, ...]) -> None:
        self._waiting = found
        self._todo.show_waiting(found)

    def _show(self, figures: MonthFigures) -> None:
        if figures.month != self._month:
            return
        self._counted = figures.until
        self._show_until()
        self._show_figures(figures)
        self._days.show_days(figures.days)
        self._modes.show_shares(
            [Share(one.mode.label, one.visits, _COLOURS[one.mode]) for one in figures.modes]
        )
        rows = [
            (
                f"{one.name} {one.kind_words}",
                str(one.seats),
                str(one.enrolled),
                str(one.attendance.expected),
                str(one.attendance.actual),
                one.attendance.rate.percent_words,
                str(one.attendance.sick),
                str(one.attendance.personal),
                str(one.guests),
            )
            for one in figures.classes
        ]
        self._classes.show_rows(rows)
        money = [(one.words, str(one.receipts), one.kept.grouped) for one in figures.tenders]
        total = ("合计", str(sum(one.receipts for one in figures.tenders)), figures.kept.grouped)
        self._money.show_rows([*money, total], last_bold=True)
        self._notes.setText("　".join(figures.notes))

    def _show_until(self) -> None:
        """How far the month is counted; in very large type only the notes below tell it."""
        until, width, px = self._counted, self.width(), self.context.theme.px
        words = "还没有结束的开放日" if until is None else f"算到 {until.month}月{until.day}日"
        short = words if until is None or not self._narrow else f"至 {until.month}-{until.day}"
        shown = "" if width < px(700) else short
        self._until.set_chip(Chip(shown, Tone.INFO if until is None else Tone.OK))
        self._until.setAccessibleName(words)

    def _show_figures(self, figures: MonthFigures) -> None:
        whole, before = figures.attendance, figures.before
        self._seats.show_figure(
            figures.seat_use.percent_words, f"在册 {figures.enrolled} / 托位 {figures.licensed_seats}"
        )
        now, then = whole.rate.percent, before.rate.percent
        words = f"{whole.actual} / {whole.expected} 人次"
        if now is not None and then is not None and now != then:
            words += f"　比上月 {'▲' if now > then else '▼'} {abs(now - then)} 个百分点"
        self._rate.show_figure(whole.rate.percent_words, words)
        receipts = sum(one.receipts for one in figures.tenders)
        refunded = f"　退款 {(-figures.refunded).yuan_words}" if figures.refunded.fen else ""
        self._kept.show_figure(figures.kept.yuan_words, f"收据 {receipts} 张{refunded}")
        guests = [one for one in figures.modes if one.mode in _GUESTS]
        visits = sum(one.visits for one in guests)
        self._guests.show_figure(
            f"{visits} 次", "　".join(f"{one.mode.label} {one.visits}" for one in guests)
        )
        self._absent.show_figure(
            f"{whole.absent} 人次", f"病假 {whole.sick}　事假 {whole.personal}　其他 {whole.other}"
        )

    def _show_month(self) -> None:
        self._name.setText(month_words(dt.date.fromisoformat(f"{self._month}-01")))
        self._out.when = self._receipts.when = self._month
        self._on.setEnabled(self._month < self._this)

    def _go(self, by: int) -> None:
        month = moved(self._month, by)
        if month > self._this:
            return
        self._month = month
        self._show_month()
        self.refresh()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._go(-1)

    @Slot()
    def _on_on_clicked(self) -> None:
        self._go(1)

    @Slot()
    def _on_more_clicked(self) -> None:
        host = self.context.host
        if host is None or not host.isEnabled():
            return
        from app.ui.office.papers_sheet import PapersSheet

        PapersSheet(self.context, host, self._month).present()

    @Slot()
    def _on_door_clicked(self) -> None:
        from app.ui.widgets.door_sheet import open_door_book

        open_door_book(self.context)

    @Slot()
    def _on_print_clicked(self) -> None:
        actor, month = self.context.actor, self._month

        def count() -> None:
            subject = int(month.replace("-", ""))
            self.context.act(lambda s: s.papers.printed(actor, "monthly_summary", subject))

        def show(paper: Any) -> None:
            self.context.printing.preview(paper, count)

        self.context.ask(lambda s: s.papers.monthly_summary(actor, month), show)
