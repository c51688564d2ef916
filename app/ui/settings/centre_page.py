"""机构: what stands on every paper, and the licensed seats by date."""

from PySide6.QtCore import Qt, Slot

from app.domain.looks import Chip, Tone
from app.domain.typed_days import Direction
from app.services.centre_settings import MOST_SEATS, CentreView, SeatsRow
from app.ui.rooms import RoomContext
from app.ui.settings.base import SettingsPage
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field, Labelled, number_box
from app.ui.widgets.records import Record, RecordList

_TONES = {"现行": Tone.OK, "将来": Tone.INFO, "以前": Tone.PLAIN}


class CentrePage(SettingsPage):
    """Name, address, telephone; 备案托位."""

    key = "centre"
    name = "机构"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(1, 1))
        theme = context.theme
        words, column = self.card("机构资料", "印在每一张单据上。改了以后，新开的单据用新的，旧的不变。")
        self.name_field = Field(theme, "settings.centre.name", "中心名称", required=True)
        self.address = Field(theme, "settings.centre.address", "地址")
        self.phone = Field(theme, "settings.centre.phone", "电话")
        for error, field in (("name", self.name_field), ("address", self.address), ("phone", self.phone)):
            self.field(error, field)
            column.addWidget(field)
            field.entered.connect(self._on_save_clicked)
        self.left.addWidget(words)
        self.left.addWidget(self.history_card())
        self.left.addStretch(1)
        seats, column = self.card("备案托位", "按变更备案的生效日登记，托位使用率按当天的数算。")
        self._sum = label("", "muted", wrap=True)
        self.rows = RecordList(theme, "settings.centre.rows", "历次备案", "还没有登记备案托位。")
        grid = self.two_columns()
        self.seats = number_box("settings.centre.seats", "备案托位", 1, MOST_SEATS, 1)
        held = self.field("seats", Labelled(theme, "备案托位", self.seats))
        self.since = self.day_field(
            "settings.centre.since", "生效日", Direction.NEAR, "如 2026-01-01", "valid_from"
        )
        self.document = Field(theme, "settings.centre.document", "备案文号（可不填）")
        self.field("valid_from", self.since)
        self.field("document", self.document)
        for at, widget in enumerate((held, self.since)):
            grid.addWidget(widget, 0, at, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.document, 1, 0, 1, 2)
        column.addWidget(self._sum)
        column.addLayout(grid)
        self.right.addWidget(seats)
        self.right.addWidget(self.rows, 1)
        self.lock(self.name_field, self.address, self.phone, held, self.since, self.document)
        save = self.button("保存机构资料", "save", "Ctrl+Return", kind="primary", icon="content-save-outline")
        save.clicked.connect(self._on_save_clicked)
        new = self.button("登记新的托位", "set_seats", "Ctrl+T", icon="plus")
        new.clicked.connect(self._on_seats_clicked)
        self.undo_button()

    def take_focus(self) -> None:
        """The name."""
        (self.name_field.edit if self.editable else self.rows.view).setFocus()

    def refresh(self) -> None:
        """Read the centre again."""
        actor = self.context.actor
        self.show_rights()
        self.context.ask(lambda s: s.manage.centre.view(actor), self._show)

    def _show(self, view: CentreView) -> None:
        self.name_field.set_text(view.name)
        self.address.set_text(view.address)
        self.phone.set_text(view.phone)
        self.seats.setValue(view.seats or 1)
        self.since.set_text(self.today.isoformat())
        self.document.set_text("")
        over = "，多于备案，请核对" if view.seats and view.class_seats > view.seats else ""
        self._sum.setText(f"今天备案托位 {view.seats}，各班托位合计 {view.class_seats}{over}。")
        self.rows.show_records([_record(row) for row in view.rows])
        self.show_history(view.history)

    @Slot()
    def _on_save_clicked(self) -> None:
        actor = self.context.actor
        given = (self.name_field.text(), self.address.text(), self.phone.text())
        self.act(lambda s: s.manage.centre.change(actor, *given), words="机构资料已保存。")

    @Slot()
    def _on_seats_clicked(self) -> None:
        actor, seats, document = self.context.actor, self.seats.value(), self.document.text()
        day = self.try_read(self.since.read)
        if day is not None:
            self.act(
                lambda s: s.manage.centre.set_seats(actor, seats, day, document), words="备案托位已登记。"
            )


def _record(row: SeatsRow) -> Record:
    return Record(
        row.valid_from,
        f"{row.seats} 个托位",
        f"{row.valid_from:%Y-%m-%d} 起",
        (Chip(row.state, _TONES[row.state]),),
        faint=row.state == "以前",
    )
