"""价目: prices from a day on, their caps, and the notice to hang at the door."""

from PySide6.QtCore import Slot

from app.domain.money import Money
from app.domain.typed_days import Direction
from app.services.price_list import CATEGORIES, PriceDraft, PriceItem
from app.ui.rooms import RoomContext
from app.ui.settings.list_page import ListPage
from app.ui.widgets.basic import label
from app.ui.widgets.choices import choice_box, choose, chosen
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.records import Record
from app.ui.widgets.word_table import WordTable

_STEPS = 5  # prices of one item that are shown


class PricePage(ListPage):
    """The price list, and the item that is lit."""

    key, name = "prices", "价目"
    empty, new_words, logged = "还没有价目。按 Ctrl N 添加。", "添加收费项目", "price"
    typed_over = True

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._items: tuple[PriceItem, ...] = ()
        self.form.addWidget(label("新价从生效日起收，旧价到前一天为止；开过的收据不变。", "muted", wrap=True))
        self._add_fields()
        self.steps = WordTable(context.theme, "settings.prices.steps", ("哪天起", "哪天止", "价格（元）", ""))
        self.form.addWidget(self.steps)
        self.save, self.new = self.save_button("保存价格"), self.new_button("添加项目")
        self.end = self.button("停收", "end", "Ctrl+D", kind="danger")
        self.undo_button()
        self.notice = self.button("收费公示", "notice", "Ctrl+P", icon="printer-outline", locked=False)
        self.end.clicked.connect(self._on_end_clicked)
        self.notice.clicked.connect(self._on_notice_clicked)

    def _add_fields(self) -> None:
        theme = self.context.theme
        self.name_field = Field(theme, "settings.prices.name", "收费项目", required=True)
        self.category = choice_box(list(CATEGORIES.items()), "basic", "settings.prices.category", "收费类别")
        self.price = Field(theme, "settings.prices.price", "价格（元）", required=True)
        self.unit = Field(theme, "settings.prices.unit", "单位", placeholder="如 月、次、小时")
        self.since = self.day_field(
            "settings.prices.since", "生效日", Direction.COMING, "如 2026-01-01", "valid_from"
        )
        self.cap = Field(theme, "settings.prices.cap", "限价（元）", placeholder="没有限价就不填")
        self.cap_source = Field(theme, "settings.prices.cap_source", "限价依据", placeholder="填文件名或文号")
        self.lay_fields(
            (
                ("name", self.name_field),
                ("category", Labelled(theme, "收费类别", self.category)),
                ("price", self.price),
                ("unit", self.unit),
                ("cap", self.cap),
                ("cap_source", self.cap_source),
                ("valid_from", self.since),
            )
        )

    def first(self, *, new: bool) -> Field:
        """What a new one is called; what a known one costs."""
        return self.name_field if new else self.price

    def hints(self) -> str:
        """Keys."""
        return self.told("Ctrl 1–9 换页 · Ctrl P 收费公示", "Ctrl Enter 保存")

    def refresh(self) -> None:
        """Read the prices again."""
        actor = self.context.actor
        self.show_rights()
        self.context.ask(lambda s: s.manage.prices.view(actor), self._show)

    def _show(self, items: tuple[PriceItem, ...]) -> None:
        self._items = items
        self.list.show_records([_record(item) for item in items])

    def _item(self) -> PriceItem | None:
        return next((item for item in self._items if item.draft.code == self.list.key()), None)

    def show_lit(self) -> bool:
        """Show the item that is lit."""
        item = self._item()
        if item is None:
            return False
        self._head.setText(item.draft.name)
        self._fill(item.draft)
        self.steps.show_rows(
            [
                (
                    f"{step.valid_from:%Y-%m-%d}",
                    "" if step.valid_to is None else f"{step.valid_to:%Y-%m-%d}",
                    f"{step.price.grouped}",
                    step.state,
                )
                for step in item.steps[:_STEPS]
            ]
        )
        self.steps.show()
        self.end.setEnabled(item.charged)
        self.read_history(item.key)
        return True

    def _fill(self, draft: PriceDraft) -> None:
        self.name_field.set_text(draft.name)
        choose(self.category, draft.category)
        self.price.set_text(draft.price.short if draft.code else "")
        self.unit.set_text(draft.unit)
        self.cap.set_text("" if draft.cap is None else draft.cap.short)
        self.cap_source.set_text(draft.cap_source)
        self.since.set_text(self.today.isoformat())

    def clear_form(self) -> None:
        """An item without a price."""
        self._fill(PriceDraft("", "", "other", "次", Money(0)))
        self.steps.hide()
        self.end.setEnabled(False)

    def _draft(self) -> PriceDraft:
        item = self._item()
        cap = self.cap.text().strip()
        return PriceDraft(
            "" if item is None else item.draft.code,
            self.name_field.text(),
            chosen(self.category),
            self.unit.text(),
            _money(self.price.text(), "price"),
            _money(cap, "cap") if cap else None,
            self.cap_source.text(),
        )

    def save_lit(self) -> None:
        """Charge it so from that day on."""
        actor = self.context.actor
        draft = self.try_read(self._draft)
        day = None if draft is None else self.typed_day(self.since)
        if draft is not None and day is not None:
            self.act(
                lambda s: s.manage.prices.set_price(actor, draft, day),
                words=f"{draft.name} {draft.price.short} 元，{day:%Y-%m-%d} 起。",
            )

    @Slot()
    def _on_end_clicked(self) -> None:
        actor, item = self.context.actor, self._item()
        day = self.typed_day(self.since)
        if item is not None and day is not None:
            code, words = item.draft.code, f"{item.draft.name} 收到 {day:%Y-%m-%d} 为止。"
            self.act(lambda s: s.manage.prices.end(actor, code, day), words=words)

    @Slot()
    def _on_notice_clicked(self) -> None:
        from app.ui.command_acts import show_fee_notice

        show_fee_notice(self.context)


def _record(item: PriceItem) -> Record:
    return Record(item.draft.code, item.draft.name, item.words, (item.chip,), faint=not item.charged)


def _money(text: str, field: str) -> Money:
    """An amount; what is none is said at its field."""
    from app.domain.errors import RuleError

    try:
        return Money.parse(text)
    except RuleError as error:
        raise RuleError(error.sentence, field=field) from error
