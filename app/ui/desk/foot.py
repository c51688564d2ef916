"""The foot of the side panel: the one act that is next, and beside it what may be wanted as well."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.desk.ink import DeskInk
from app.ui.desk.parts import enter_button
from app.ui.widgets.basic import mark
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.more import MoreLine


class Foot(QWidget):
    """Every act of every face; ``offer`` says which are there. Decides nothing."""

    def __init__(self, ink: DeskInk) -> None:
        super().__init__()
        theme = ink.theme
        self.check_in = enter_button(theme, self.tr("晨检正常，入园"), "desk.check_in")
        self.check_out = enter_button(theme, self.tr("确认接走"), "pickup.confirm")
        self.intake = enter_button(theme, self.tr("临时托登记，资料已带出"), "desk.intake_again")
        self.absence_back = enter_button(theme, self.tr("撤销请假"), "desk.absence_undo")
        self.reissue = enter_button(theme, self.tr("补开收据"), "pickup.reissue")
        self.acts = (self.check_in, self.check_out, self.intake, self.absence_back, self.reissue)
        self.report = KeyButton(theme, self.tr("打印报告"), "R", bind=False, object_name="pickup.report")
        self.more = KeyButton(theme, self.tr("更多"), "Q", bind=False, size="snug", object_name="desk.more")
        self.more.setAccessibleName(self.tr("更多：接送卡、物品、以后再付、授权、撤销"))
        for beside in (self.report, self.more):  # as high as the act
            beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.report_line = MoreLine(theme, self.tr("打印报告"), "desk.more.report", "R")
        self.receipt = KeyButton(
            theme, self.tr("打印收据"), "S", bind=False, size="large", object_name="pickup.receipt"
        )
        self.undo_left = KeyButton(
            theme, self.tr("撤销离园"), "U", bind=False, size="large", object_name="desk.check_out_undo"
        )
        self.again = KeyButton(
            theme, self.tr("再次入园"), "E", bind=False, size="large", object_name="desk.come_again"
        )
        self._gap = ink.px(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._gap)
        # In two rows: of a child who has gone there are four, and their words do not fit side by side.
        for line in ((*self.acts, self.undo_left, self.report, self.more), (self.again, self.receipt)):
            row = QHBoxLayout()
            row.setSpacing(self._gap)
            for made in line:
                row.addWidget(made, int(made in self.acts))
            column.addLayout(row)

    def offer(self, *offered: QWidget) -> None:
        """Show these and no others."""
        leaving = self.check_out in offered
        mark(self.report, grade="snug" if leaving else "large")
        self.more.setVisible(leaving)  # first: each part that comes up lays the row out, which asks ``fit``
        for made in (*self.acts, self.undo_left, self.again, self.report, self.receipt):
            made.setVisible(made in offered)
        self.fit()

    def fit(self) -> None:
        """Beside the act of going home the report gives way to the words of the act: it is in 更多, too."""
        if self.more.isHidden():
            return
        both = self.check_out.sizeHint().width() + self.more.sizeHint().width() + self._gap
        fits = both + self._gap + self.report.sizeHint().width() <= self.width()
        self.report.setVisible(fits)
        self.report_line.setVisible(not fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another question."""
        super().resizeEvent(event)
        self.fit()
