"""活动库: what the program ships and the centre's own, by age, part of growing up and words."""

from PySide6.QtCore import Qt, Slot

from app.domain.curriculum import Activity, Area, Band
from app.domain.ids import ActivityId
from app.domain.looks import Chip, Tone
from app.services.activity_library import Library
from app.ui.curriculum.activity_sheet import ActivitySheet
from app.ui.curriculum.base import CurriculumPage
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.choices import choice_box, chosen, fill_choices
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.records import Record, RecordList

_AREAS = (("", "所有领域"), *((area.value, area.label) for area in Area))


class LibraryPage(CurriculumPage):
    """A list at the left, the activity at the right. Own ones can be changed and ended."""

    key = "library"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(3, 2))
        theme = context.theme
        self._library = Library((), 0, ())
        self.classes.hide()  # the library is everybody's
        self.search = SearchBox(theme, context.icons, "curriculum.library.search", "按名称、材料或玩法找")
        self.search.setPlaceholderText("名称、材料或玩法")
        self.search.setMinimumWidth(theme.px(220))
        self.band = choice_box((("", "所有月龄"),), "", "curriculum.library.band", "月龄段")
        self.area = choice_box(_AREAS, "", "curriculum.library.area", "领域")
        for widget in (self.search, self.band, self.area):
            self.head.addWidget(widget)
        self.list = RecordList(
            theme, "curriculum.library.list", "活动", "没有找到。换个词，或按 Ctrl N 添加本园自己的活动。"
        )
        self.left.addWidget(self.list, 1)
        self.right.addWidget(self._side(), 1)
        self.add = self.add_button("添加活动", "add", "Ctrl+N", kind="primary", icon="plus")
        self.change = self.add_button("修改", "change", "F2", icon="pencil-outline")
        self.end = self.add_button("停用", "end", "Ctrl+D", kind="danger")
        self.search.textEdited.connect(self._look)
        self.search.moved.connect(self._on_search_moved)
        self.search.submitted.connect(lambda _text: self.list.view.setFocus())
        self.band.currentIndexChanged.connect(self._look)
        self.area.currentIndexChanged.connect(self._look)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_change_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self.change.clicked.connect(self._on_change_clicked)
        self.end.clicked.connect(self._on_end_clicked)

    def _side(self) -> Card:
        card = Card(self.context.theme)
        column = card.column()
        self._name, self._ages = label("", "h1", wrap=True), label("", "muted", wrap=True)
        self._materials, self._steps = label("", wrap=True), label("", wrap=True)
        self._source = label("", "small", wrap=True)
        for part in (self._name, self._ages, self._materials, self._steps, self._source):
            column.addWidget(part)
        column.addStretch(1)
        name_widget(self._steps, "curriculum.library.steps", "玩法")
        return card

    def hints(self) -> str:
        """Keys."""
        return "Ctrl 1–5 换页 · Ctrl N 添加 · F2 修改本园的 · Ctrl D 停用"

    def take_focus(self) -> None:
        """Where one types what is looked for."""
        self.search.setFocus()

    @property
    def typing(self) -> bool:
        """A search is nothing half typed."""
        return False

    @property
    def activity(self) -> Activity | None:
        """The one that is lit."""
        key = self.list.key()
        return next((one for one in self._library.activities if one.name == key), None)

    def read(self) -> None:
        """Look with what stands in the filters."""
        self._look()

    @Slot()
    def _look(self) -> None:
        actor, words = self.context.actor, self.search.text()
        area = Area(chosen(self.area)) if chosen(self.area) else None
        low, _, high = chosen(self.band).partition("-")
        band = Band(int(low), int(high)) if high else None
        self.context.ask(
            lambda s: s.classes.library.library(actor, band=band, area=area, words=words), self._show
        )

    def _show(self, library: Library) -> None:
        self._library = library
        if self.band.count() < 2:
            pairs = [(f"{one.months_from}-{one.months_to}", one.label) for one in library.bands]
            fill_choices(self.band, [("", "所有月龄"), *pairs], "")
        self.list.set_title(f"活动 {len(library.activities)} / {library.total} 项")
        self.list.show_records(
            [
                Record(
                    one.name,
                    one.name,
                    f"{one.area_words}　{one.ages}",
                    (Chip("本园", Tone.OK),) if one.id is not None else (),
                )
                for one in library.activities
            ]
        )

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        one = self.activity
        own = one is not None and one.id is not None
        self.change.setEnabled(own)
        self.end.setEnabled(own)
        self._name.setText("" if one is None else one.name)
        self._ages.setText("" if one is None else f"{one.ages}　{one.area_words}")
        self._materials.setText("" if one is None else f"材料：{one.materials or '不用准备'}")
        self._steps.setText("" if one is None else f"玩法：{one.steps or '还没有写'}")
        shipped = "程序自带。想改就添加一项同名的本园活动，会代替它。"
        self._source.setText("" if one is None else "本园自己的活动。" if own else shipped)

    @Slot(int)
    def _on_search_moved(self, _step: int) -> None:
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add_clicked(self) -> None:
        self._open(None)

    @Slot()
    def _on_change_clicked(self) -> None:
        one = self.activity
        if one is not None and one.id is not None:
            self._open(one)

    def _open(self, activity: Activity | None) -> None:
        host = self.context.host
        if host is None:
            return
        sheet = ActivitySheet(self.context, host, activity)
        sheet.done.connect(self._on_kept)
        sheet.present()

    @Slot(str)
    def _on_kept(self, name: str) -> None:
        self.search.setText("")
        self.list.light(name)
        self._look()

    @Slot()
    def _on_end_clicked(self) -> None:
        actor, one = self.context.actor, self.activity
        if one is not None and one.id is not None:
            key = ActivityId(one.id)
            self.act(lambda s: s.classes.library.end(actor, key))
