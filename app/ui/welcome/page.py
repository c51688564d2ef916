"""The first start: make the centre in five short steps, or look at the practice centre first."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.services.setup import CentrePlan
from app.ui.rooms import RoomContext
from app.ui.welcome.pins import DirectorPins, meaning
from app.ui.welcome.rows import ClassRows, PriceRows, StaffRows
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fields import Field, Labelled, number_box
from app.ui.widgets.layouts import FlowLayout, scrolled
from app.ui.widgets.sign import Sign
from app.ui.widgets.states import Bar
from app.ui.widgets.step_head import StepHead

_STEPS = (
    ("欢迎使用托得好", "一家托育中心的前台、班级、交接和收费，都在这一台电脑上，不上网。"),
    ("您的中心", "名称会印在每一张单据上。托位按卫健部门备案的数填写。"),
    ("班级", "给每个班起个孩子叫得出的小名。每班人数上限按 58 号文，已替您限定。"),
    ("老师和同事", "谁在用、谁带班、谁能收费，都从这里来。至少要有一位园长，以后随时可以改。"),
    ("价目", "常用的价格已经填好，改成您的就行。家长问起时，程序会把算法说给他听。"),
    ("都好了", "看一遍，没有问题就建立中心。"),
)
_NAMES = ("您的中心", "班级", "老师和同事", "价目", "核对")
_AROUND = 72  # pixels above and below the card together
_FIELD_STEPS = {
    "name": 1,
    "licensed_seats": 1,
    "opening": 1,
    "closing": 1,
    "classes": 2,
    "staff": 3,
    "pin": 3,
    "prices": 4,
}


class WelcomePage(QWidget):
    """Stands in place of the rooms until there is a centre."""

    finished = Signal()
    practice_wanted = Signal()

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self._context = context
        self._defaults: CentrePlan | None = None
        theme, icons = context.theme, context.icons
        self._card = Card(theme)
        column = self._card.column(margins=(32, 26, 32, 22), spacing=theme.metrics.s2)
        self._bar = Bar(theme, height=6)
        self._title, self._words = label("", "title"), label("", "muted", wrap=True)
        self._title.setObjectName("welcome.title")
        self._problem = label("", "error", wrap=True)
        self._problem.setObjectName("welcome.problem")
        self._stack = QStackedWidget()
        self.classes, self.staff = ClassRows(theme, icons), StaffRows(theme, icons)
        self.prices, self.pins = PriceRows(theme, icons), DirectorPins(theme)
        self.staff.changed.connect(self._on_staff_changed)
        self._sum = label("", wrap=True)
        self._sum.setAlignment(Qt.AlignmentFlag.AlignTop)
        for page in (self._door(), self._centre(), self.classes, self._people(), self.prices, self._sum):
            self._stack.addWidget(page)
        self._sign = Sign(theme)
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(theme.metrics.s3)
        head.addWidget(self._sign)
        head.addLayout(words, 1)
        words.setSpacing(theme.metrics.s1)
        words.addWidget(self._title)
        words.addWidget(self._words)
        column.addWidget(self._bar)
        column.addLayout(head)
        column.addSpacing(theme.metrics.s2)
        column.addWidget(self._stack, 1)
        column.addWidget(self._problem)
        column.addLayout(self._foot())
        around = QVBoxLayout(self)
        around.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._fit()
        self._go(0)

    def _fit(self) -> None:
        """As high as the window allows, within reason: the classes and the staff are long lists.

        The two doors of the first step need no more than their words.
        """
        px = self._context.theme.px
        high = max(min(700, px(590)), min(self.height() - _AROUND, px(740)))
        if not self._stack.currentIndex():
            high = min(high, px(452))
        self._card.setFixedSize(min(1240, px(760)), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another window, another height."""
        super().resizeEvent(event)
        self._fit()

    def begin(self) -> None:
        """Ask for the defaults, and give the focus to the first door."""
        self._context.ask(lambda s: s.setup.defaults(), self._show_defaults)
        self._own.setFocus()

    # -- building

    def _door(self) -> QWidget:
        theme, icons = self._context.theme, self._context.icons
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s3)
        self._own = KeyButton(
            theme,
            "建立我的中心",
            kind="primary",
            size="large",
            shown="Enter",
            icon="sprout-outline",
            icons=icons,
            object_name="welcome.own",
        )
        practice = KeyButton(
            theme,
            "先到练习园看看",
            size="large",
            icon="teddy-bear",
            icons=icons,
            object_name="welcome.practice",
        )
        self._own.setAutoDefault(True)
        self._own.clicked.connect(self._on_next_clicked)
        practice.clicked.connect(self.practice_wanted)
        column.addStretch(1)
        steps = FlowLayout(spacing=theme.metrics.s4)
        for number, title in enumerate(_NAMES, 1):
            head = StepHead(theme, number, title)
            steps.addWidget(head)
        column.addLayout(steps)
        column.addSpacing(theme.metrics.s1)
        column.addWidget(self._own)
        column.addWidget(label("五步，大约三分钟。每一步都有现成的默认值，可以直接往下走。", "small"))
        column.addSpacing(theme.metrics.s4)
        column.addWidget(practice)
        column.addWidget(
            label("向阳托育中心：五个班、七十七个孩子、三个月的记录。随便试，和真实数据互不相干。", "small")
        )
        column.addStretch(1)
        return page

    def _centre(self) -> QWidget:
        theme = self._context.theme
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(theme.metrics.s4)
        grid.setVerticalSpacing(theme.metrics.s3)
        self.name = Field(theme, "welcome.name", "中心名称", required=True)
        self.seats = number_box("welcome.seats", "备案托位", 1, 2000, 1)
        self._seats = Labelled(theme, "备案托位 *", self.seats)
        self.opening = Field(theme, "welcome.opening", "开门", required=True, placeholder="如 07:30")
        self.closing = Field(theme, "welcome.closing", "关门", required=True, placeholder="如 18:00")
        self.phone = Field(theme, "welcome.phone", "电话", placeholder="印在单据上，可不填")
        self.address = Field(theme, "welcome.address", "地址", placeholder="印在单据上，可不填")
        grid.setContentsMargins(0, 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.name, 0, 0, 1, 3)
        for at, widget in enumerate((self._seats, self.opening, self.closing)):
            grid.addWidget(widget, 1, at, top)
        grid.addWidget(self.phone, 2, 0, top)
        grid.addWidget(self.address, 2, 1, 1, 2, top)
        grid.setRowStretch(3, 1)
        self._fields = {
            "name": self.name,
            "licensed_seats": self._seats,
            "opening": self.opening,
            "closing": self.closing,
        }
        return page

    def _people(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._context.theme.metrics.s2)
        # In very large type the step scrolls as a whole rather than leave the rows a slit.
        self.staff.setMinimumHeight(self._context.theme.px(170))
        column.addWidget(self.staff, 1)
        column.addWidget(self.pins)
        self._people_area = scrolled(page, "welcome.people")
        self._people_area.verticalScrollBar().rangeChanged.connect(self._bring_pins)
        return self._people_area

    def _foot(self) -> QHBoxLayout:
        theme, icons = self._context.theme, self._context.icons
        row = QHBoxLayout()
        self._back = KeyButton(theme, "上一步", shown="Esc", object_name="welcome.back")
        self._next = KeyButton(
            theme, "下一步", "Ctrl+Return", kind="primary", icons=icons, object_name="welcome.next"
        )
        self._back.clicked.connect(self._on_back_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._next)
        return row

    # -- walking

    def _show_defaults(self, plan: CentrePlan) -> None:
        self._defaults = plan
        self.name.set_text(plan.name)
        self.seats.setValue(plan.licensed_seats)
        self.opening.set_text(plan.opening)
        self.closing.set_text(plan.closing)
        self.phone.set_text(plan.phone)
        self.address.set_text(plan.address)
        self.classes.show_plans(plan.classes)
        self.staff.offer_classes([one.name for one in plan.classes])
        self.staff.show_plans(plan.staff)
        self.prices.show_plans(plan.prices)
        self._on_staff_changed()

    def _go(self, step: int) -> None:
        if step == 3:
            self.staff.offer_classes([one.name.strip() for one in self.classes.plans() if one.name.strip()])
            self._on_staff_changed()
        self._stack.setCurrentIndex(step)
        title, words = _STEPS[step]
        self._title.setText(title)
        self._words.setText(words)
        self._bar.show_share(step / (len(_STEPS) - 1))
        self._bar.setVisible(step > 0)
        self._sign.setVisible(step == 0)
        self._fit()
        self._say_problem("")
        for button in (self._back, self._next):
            button.setVisible(step > 0)
        last = step == len(_STEPS) - 1
        self._next.set_text("建立中心" if last else "下一步")
        if last:
            self._sum_up()
        firsts: dict[int, Callable[[], None]] = {
            1: self._focus_name,
            2: self.classes.take_focus,
            3: self.staff.take_focus,
            4: self.prices.take_focus,
            5: self._next.setFocus,
        }
        firsts.get(step, self._stack.setFocus)()

    def _focus_name(self) -> None:
        self.name.edit.setFocus()
        self.name.edit.selectAll()

    def _plan(self) -> CentrePlan | None:
        """What was filled in; None, with the problem said, when a price is no amount."""
        try:
            prices = self.prices.plans()
        except RuleError as error:
            self._go(4)
            self._say_problem(error.sentence)
            return None
        return CentrePlan(
            name=self.name.text(),
            licensed_seats=self.seats.value(),
            classes=self.classes.plans(),
            staff=self.pins.with_pins(self.staff.plans()),
            prices=prices,
            address=self.address.text(),
            phone=self.phone.text(),
            opening=self.opening.text().strip(),
            closing=self.closing.text().strip(),
        )

    def _sum_up(self) -> None:
        plan = self._plan()
        if plan is None:
            return
        classes = "、".join(f"{one.name}（{one.kind.label} {one.seats} 人）" for one in plan.classes)
        staff = "、".join(f"{one.name}（{one.role.label}）" for one in plan.staff)
        prices = "　".join(f"{one.name} {one.price} 元" for one in plan.prices)
        lines = (
            f"{plan.name}　备案托位 {plan.licensed_seats}　{plan.opening}–{plan.closing}",
            f"班级：{classes}",
            f"同事：{staff}",
            self._pin_words(),
            f"价目：{prices}",
        )
        self._sum.setText("\n\n".join(lines))

    def _pin_words(self) -> str:
        lacking = "、".join(self.pins.lacking())
        return f"园长口令：{meaning(lacking)}" if lacking else "园长口令：已设，建好就能用。"

    def _say_problem(self, sentence: str, field: str | None = None) -> None:
        for name, widget in self._fields.items():
            widget.show_problem(sentence if name == field else "")
        self._problem.setText(sentence if field not in self._fields else "")
        self._problem.setVisible(bool(self._problem.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back; Enter presses a button, in a line it goes on: within a PIN, else a step."""
        step = self._stack.currentIndex()
        if event.key() == Qt.Key.Key_Escape and step > 0:
            self._go(step - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            held = self.focusWidget()
            if isinstance(held, KeyButton):
                held.click()
            elif not self.pins.walk(held):
                self._on_next_clicked()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_back_clicked(self) -> None:
        self._go(max(0, self._stack.currentIndex() - 1))

    @Slot()
    def _on_next_clicked(self) -> None:
        step = self._stack.currentIndex()
        if step == 3 and not self.pins.may_go_on():
            self._bring_pins()
            return
        if step < len(_STEPS) - 1:
            self._go(step + 1)
        else:
            self._create()

    @Slot()
    def _bring_pins(self) -> None:
        """Keep what is said of the PIN in sight, also as it grows."""
        held = self.focusWidget()
        if held is not None and self.pins.isAncestorOf(held):
            self._people_area.ensureWidgetVisible(self.pins, 0, 0)

    def _create(self) -> None:
        plan = self._plan()
        if plan is None:
            return
        self._next.setEnabled(False)

        def done(_nothing: None) -> None:
            self._context.messages.say(f"{plan.name} 建好了。")
            self.finished.emit()

        self._context.act(lambda s: s.setup.create(plan), done, self._on_refused, initiator=self)

    def _on_refused(self, error: BaseException) -> None:
        self._next.setEnabled(True)
        if not isinstance(error, RuleError):
            self._context.messages.fail(error)
            return
        self._go(_FIELD_STEPS.get(error.field or "", self._stack.currentIndex()))
        if error.field == "pin":
            self.pins.blame(error.sentence)
        else:
            self._say_problem(error.sentence, error.field)

    @Slot()
    def _on_staff_changed(self) -> None:
        self.pins.show_staff(self.staff.plans())
