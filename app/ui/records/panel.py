"""The right side of the records: who it is, the sections, and the place where something is written."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.looks import Chip, Tone
from app.domain.record_fields import Section
from app.domain.records import Standing
from app.services.record_cards import HistoryRow, RecordCard
from app.ui.icons import Icons
from app.ui.records.editor import Editor
from app.ui.records.photo import Face, has_camera_support
from app.ui.records.views import build_view, is_barred
from app.ui.theme import Theme
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.layouts import FlowLayout, scrolled
from app.ui.widgets.states import EmptyState

_ADDS = {Section.FAMILY: "添加家人", Section.PAPERS: "登记证件"}
_EDITS = (Section.BASIC, Section.HEALTH, Section.HABITS)


class RecordPanel(Card):
    """One record. ``wanted`` says what was asked for, by a word and its object."""

    wanted = Signal(str, object)
    section_changed = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__(theme)
        self._theme, self._icons = theme, icons
        self.card: RecordCard | None = None
        self._faces: dict[int, bytes] = {}
        self._may = self._at_door = False
        m = theme.metrics
        self._head = self._make_head()
        self.sections = Segmented(
            theme,
            "records.section",
            "档案的部分",
            [(one.value, one.label) for one in Section],
            wrap=True,
            stretch=False,
        )
        self.sections.set_value(Section.BASIC.value)
        self.sections.chosen.connect(self._on_section_chosen)
        for place, one in enumerate(Section, 1):
            key = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            key.activated.connect(lambda section=one: self.show_section(section))
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(m.s3)
        self._view: QWidget = QWidget()
        self._body.addWidget(self._view, 1)
        self._scroll = scrolled(body, "records.view")
        self.editor = Editor(theme)
        reading = QWidget()
        read = QVBoxLayout(reading)
        read.setContentsMargins(0, 0, 0, 0)
        read.setSpacing(m.s3)
        self._read = read
        read.addWidget(self._head)
        read.addWidget(self.sections)
        read.addWidget(self._scroll, 1)
        read.addWidget(self._acts())
        empty = EmptyState(
            theme,
            icons,
            "folder-account-outline",
            "还没有选中孩子",
            "在左边选一个孩子，或按 Ctrl N 新建档案。",
        )
        self._stack = QStackedLayout()
        self.column(margins=(m.s4, m.s4, m.s3, m.s3)).addLayout(self._stack)
        for widget in (empty, reading, self.editor):
            self._stack.addWidget(widget)
        self.editor.left.connect(self._on_left)

    def _make_head(self) -> QWidget:
        theme, m = self._theme, self._theme.metrics
        self.face = Face(theme)
        self._name = label("", "title")
        self._words = label("", "muted", wrap=True)
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips, m.s1)
        names = QVBoxLayout()
        names.setSpacing(2)
        for widget in (self._name, self._words, self._chips):
            names.addWidget(widget)
        whole = QWidget()
        head = QHBoxLayout(whole)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(m.s3)
        head.addWidget(self.face)
        head.addLayout(names, 1)
        return whole

    def _acts(self) -> ActRow:
        theme = self._theme
        holder = ActRow(theme, "records")
        self.edit = KeyButton(theme, "修改", "F2", kind="primary", object_name="records.edit")
        self.add = KeyButton(theme, "添加家人", "F4", kind="primary", object_name="records.add")
        self.photo = KeyButton(theme, "换照片", "F7", object_name="records.photo")
        self.camera = KeyButton(theme, "拍照", object_name="records.camera")
        self.no_photo = KeyButton(theme, "移除照片", object_name="records.no_photo")
        self.merge = KeyButton(theme, "合并重复档案", "F6", object_name="records.merge")
        self.pass_card = KeyButton(theme, "接送卡", "F3", object_name="records.pass_card")
        self.wish = KeyButton(theme, "家长嘱咐", "F5", object_name="records.wish")
        self.door = KeyButton(theme, "接走记录", "F4", object_name="records.door")
        self.door.setAccessibleDescription("快捷键 F4：谁接走过她、怎样核对、谁放行")
        self.unmask = KeyButton(theme, "看完整号码", "F8", object_name="records.unmask")
        self.unmask.setAccessibleDescription("快捷键 F8，会留下记录")
        for button, act in (
            (self.edit, "edit"),
            (self.add, "add"),
            (self.photo, "photo"),
            (self.camera, "camera"),
            (self.no_photo, "no_photo"),
            (self.merge, "merge"),
            (self.pass_card, "pass_card"),
            (self.wish, "wish"),
            (self.unmask, "unmask"),
            (self.door, "door"),
        ):
            button.clicked.connect(lambda _=False, word=act: self.wanted.emit(word, None))
            holder.add(button)
        self._holder = holder
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large type the head scrolls with the rest: else nothing would be left of the rest."""
        super().resizeEvent(event)
        short = self.height() < self._theme.px(440)
        column = self._body if short else self._read
        if column.indexOf(self._head) < 0:
            column.insertWidget(0, self._head)
            column.insertWidget(1, self.sections)

    @property
    def section(self) -> Section:
        """The section that is read."""
        return Section(self.sections.value() or Section.BASIC.value)

    def show_card(
        self, card: RecordCard | None, faces: dict[int, bytes], *, may_change: bool, at_door: bool = False
    ) -> None:
        """Show a record; 0 of ``faces`` is the child's photo, any other an adult's.

        ``at_door`` says whether it may be read who took her.
        """
        self.card, self._faces, self._may, self._at_door = card, faces, may_change, at_door
        if self.editor.busy:
            return
        self._stack.setCurrentIndex(1 if card is not None else 0)
        if card is None:
            return
        row = card.row
        self.face.show_face(row.name[:1], row.colour, faces.get(0))
        self._name.setText(row.name)
        sex = next((one.shown for one in card.fields if one.spec.name == "sex"), "")
        parts = (row.nickname, sex, row.age_words, f"{card.born_on} 生", row.words)
        self._words.setText(" · ".join(part for part in parts if part))
        self._show_chips(card)
        self._show_section()

    def show_section(self, section: Section, *, focus: bool = False) -> None:
        """Turn to a section."""
        if self.editor.busy or self.card is None:
            return
        self.sections.set_value(section.value)
        self._show_section()
        if focus:
            self.sections.setFocus()

    def show_history(self, rows: tuple[HistoryRow, ...], older: int) -> None:
        """Show so much of the history of the record that is read; the eye stays where it is."""
        if self.card is None or self.editor.busy:
            return
        bar = self._scroll.verticalScrollBar()
        at = bar.value()
        self.card = dataclasses.replace(self.card, history=rows, older=older)
        self._show_section()
        self._view.adjustSize()
        bar.setValue(at)
        self._scroll.setFocus()  # the button that was pressed has gone

    def write(self) -> None:
        """Bring the editor to the front."""
        self._stack.setCurrentWidget(self.editor)
        self.section_changed.emit()

    def take_focus(self) -> None:
        """Give the focus to the sections."""
        self.sections.setFocus()

    def _show_chips(self, card: RecordCard) -> None:
        while (item := self._chip_flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        values = {one.spec.name: one for one in card.fields}
        chips = [Chip(card.row.standing.label, Tone.INFO), card.row.chip]
        answer = values["allergy"].text
        if answer == "has":
            chips.append(Chip(f"{values['allergens'].shown}过敏", Tone.BAD))
        elif answer == "unknown":
            chips.append(Chip("过敏未答", Tone.WARN))
        barred = [one.relation for one in card.adults if is_barred(one)]
        if barred:
            chips.append(Chip(f"{'、'.join(barred)}禁止接走", Tone.BAD))
        # What must not be overlooked comes first: in large type the rest may lie below the fold.
        for chip in sorted(dict.fromkeys(chips), key=lambda chip: chip.tone is not Tone.BAD):
            made = ChipLabel(self._theme, chip)
            self._chip_flow.addWidget(made)
            made.show()

    def _show_section(self) -> None:
        if self.card is None:
            return
        section, may = self.section, self._may
        self.edit.setVisible(may and section in _EDITS)
        self.add.setVisible(may and section in _ADDS)
        if section in _ADDS:
            self.add.set_text(_ADDS[section])
        basic = section is Section.BASIC
        self.photo.setVisible(may and basic)
        self.camera.setVisible(may and basic and has_camera_support())
        self.no_photo.setVisible(may and basic and self.face.has_photo)
        self.merge.setVisible(may and basic)
        self.unmask.setVisible(
            may and basic and any(one.spec.secret and one.shown for one in self.card.fields)
        )
        carded = (
            basic and self.card.row.standing is Standing.ENROLLED
        )  # whoever only looks may look there, too
        self.pass_card.setVisible(carded)
        self.wish.setVisible(may and basic)
        told = self._at_door and section is Section.HISTORY
        self.door.setVisible(told)
        self._holder.setVisible(carded or told or (may and section is not Section.HISTORY))
        view = build_view(self._theme, self._icons, self.card, section, may_change=may)
        view.wanted.connect(self.wanted)
        for key, jpeg in self._faces.items():
            face = view.findChild(Face, f"records.face.{key}")
            if isinstance(face, Face):
                face.show_face("", "brand", jpeg)
        self._body.removeWidget(self._view)
        self._view.hide()
        self._view.deleteLater()
        self._view = view
        self._body.addWidget(view, 1)
        view.show()  # at once: a layout shows what comes late only when the loop is idle
        self._scroll.verticalScrollBar().setValue(0)
        self.section_changed.emit()

    def _on_section_chosen(self, _value: str) -> None:
        self._show_section()

    def _on_left(self) -> None:
        self._stack.setCurrentIndex(1 if self.card is not None else 0)
        if self.card is not None:
            self._show_section()
        self.section_changed.emit()
