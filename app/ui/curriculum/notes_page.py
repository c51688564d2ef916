"""观察: what was seen of each child of a class; written in seconds, found by child, area and words."""

from PySide6.QtCore import Qt, Slot

from app.domain.curriculum import Area
from app.domain.ids import ChildId
from app.domain.looks import Chip, Tone
from app.services.exporting import ListKind
from app.services.observations import FOR_REFERENCE, ChildFace, ObservationLine
from app.ui.curriculum.base import CurriculumPage
from app.ui.curriculum.note_sheet import NoteSheet
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.choices import choice_box, chosen
from app.ui.widgets.export import ExportButton
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.records import Record, RecordList, Shape

_ALL = "all"
_AREAS = (("", "所有领域"), *((area.value, area.label) for area in Area))


class NotesPage(CurriculumPage):
    """Children at the left, their observations at the right."""

    key = "notes"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(2, 4))
        theme = context.theme
        self._faces: tuple[ChildFace, ...] = ()
        self._lines: tuple[ObservationLine, ...] = ()
        self.search = SearchBox(theme, context.icons, "curriculum.notes.search", "在观察里找")
        self.search.setPlaceholderText("找一个词或一个名字")
        self.search.setMinimumWidth(theme.px(220))
        self.area = choice_box(_AREAS, "", "curriculum.notes.area", "领域")
        self.head.addWidget(self.search)
        self.head.addWidget(self.area)
        self.children_list = RecordList(theme, "curriculum.notes.children", "孩子", "这个班还没有孩子。")
        self.list = RecordList(
            theme,
            "curriculum.notes.list",
            "观察",
            "还没有观察。按 Ctrl N，从提示里选一句改一改，几秒钟就记好一条。",
        )
        self.words = label("", wrap=True)
        self.words.setObjectName("curriculum.notes.words")
        self.left.addWidget(self.children_list, 1)
        self.bend(self.children_list, Shape.STRIP)
        self.bend(self.list, Shape.TALL)
        self.right.addWidget(self.list, 1)
        self.right.addWidget(self.words)
        self.right.addWidget(label(FOR_REFERENCE, "small", wrap=True))
        self.add = self.add_button("记观察", "add", "Ctrl+N", kind="primary", icon="plus")
        self.change = self.add_button("修改", "change", "F2", icon="pencil-outline")
        self.end = self.add_button("去掉", "end", "Ctrl+D", kind="danger")
        self.out = ExportButton(context, ListKind.OBSERVATIONS, "curriculum.notes.export")
        self._foot.add(self.out)
        self.search.textEdited.connect(self._look)
        self.search.moved.connect(lambda _step: self.list.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.area.currentIndexChanged.connect(self._look)
        self.children_list.chosen.connect(self._look)
        self.children_list.entered.connect(self._on_add_clicked)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_change_clicked)
        self.add.clicked.connect(self._on_add_clicked)
        self.change.clicked.connect(self._on_change_clicked)
        self.end.clicked.connect(self._on_end_clicked)

    def hints(self) -> str:
        """Keys."""
        return "Ctrl N 记观察 · F2 修改 · Ctrl D 去掉 · Ctrl Z 撤销"

    def take_focus(self) -> None:
        """The children."""
        self.children_list.view.setFocus()

    @property
    def typing(self) -> bool:
        """A search is nothing half typed."""
        return False

    @property
    def line(self) -> ObservationLine | None:
        """The observation that is lit."""
        return next((one for one in self._lines if one.id == self.list.key()), None)

    @property
    def child(self) -> ChildId | None:
        """The child that is lit; None for the whole class."""
        key = self.children_list.key()
        return ChildId(key) if isinstance(key, int) else None

    def read(self) -> None:
        """Read the children, and with them the list."""
        actor, class_id = self.context.actor, self.class_id
        if class_id is not None:
            self.context.ask(lambda s: s.classes.observations.children(actor, class_id), self._show_children)

    def _show_children(self, faces: tuple[ChildFace, ...]) -> None:
        self._faces = faces
        total = sum(one.count for one in faces)
        records = [Record(_ALL, "全班", f"{len(faces)} 个孩子，{total} 条观察")]
        records += [_child_record(one) for one in faces]
        self.children_list.set_title(f"孩子 {len(faces)}")
        self.children_list.show_records(records if faces else [])

    @Slot()
    def _look(self) -> None:
        actor, class_id, child = self.context.actor, self.class_id, self.child
        area = Area(chosen(self.area)) if chosen(self.area) else None
        words = self.search.text()

        def show(lines: tuple[ObservationLine, ...]) -> None:
            if (class_id, child) == (self.class_id, self.child):
                self._show(lines)

        self.context.ask(
            lambda s: s.classes.observations.search(
                actor, class_id=class_id, child=child, area=area, words=words
            ),
            show,
        )

    def _show(self, lines: tuple[ObservationLine, ...]) -> None:
        self._lines = lines
        self.list.set_title(f"观察 {len(lines)} 条")
        self.list.show_records(
            [
                Record(
                    one.id,
                    one.words,
                    f"{one.day.month}月{one.day.day}日　{one.name}　{one.age}　{one.by}",
                    (Chip(one.area.label, Tone.PLAIN),),
                )
                for one in lines
            ]
        )

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        line = self.line
        self.change.setEnabled(line is not None)
        self.end.setEnabled(line is not None)
        self.words.setText("" if line is None else f"{line.name}：{line.words}")

    @Slot()
    def _on_add_clicked(self) -> None:
        self._open(None)

    @Slot()
    def _on_change_clicked(self) -> None:
        if self.line is not None:
            self._open(self.line)

    def _open(self, line: ObservationLine | None) -> None:
        host = self.context.host
        if host is None or not self._faces:
            return
        sheet = NoteSheet(self.context, host, self._faces, self.child, line)
        sheet.done.connect(self.read)
        sheet.present()

    @Slot()
    def _on_end_clicked(self) -> None:
        actor, line = self.context.actor, self.line
        if line is not None:
            key = line.id
            self.act(lambda s: s.classes.observations.end(actor, key))


def _child_record(face: ChildFace) -> Record:
    last = f"，最近 {face.last.month}月{face.last.day}日" if face.last is not None else ""
    chips = (Chip(f"{face.count} 条", Tone.PLAIN) if face.count else Chip("还没有", Tone.WARN),)
    guest = "　临时托" if face.guest else ""
    return Record(int(face.id), face.name, f"{face.age}{last}{guest}", chips)
