"""园长放行: somebody who is not on the list takes her, and a second person with the right confirms here."""

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.ids import AdultId
from app.services.bars import Stranger
from app.services.desk import AdultRow, ChildRow
from app.services.pins import Holder, Second
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.bound import BoundSecrets, BoundTicks, BoundWords
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.confirmed_sheet import ConfirmedSheet
from app.ui.widgets.fields import Labelled

if TYPE_CHECKING:
    from app.services.collecting import CheckOut


class ExceptionSheet(ConfirmedSheet):
    """Gathers what an exception needs; the page adds money and open papers and acts."""

    wanted = Signal(object)  # Exceptional

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        child: ChildRow,
        others: Sequence[AdultRow],
        holders: Sequence[Holder],
    ) -> None:
        title = self.tr("园长放行 · {name}").format(name=child.name)
        super().__init__(context, host, "exception", title, self.tr("放行"))
        theme = context.theme
        words = self.tr("不在接送名单里、又来不及电话授权时才用。写明理由，由另一位有权限的同事输口令确认。")
        self.form.addWidget(label(words, "muted", wrap=True))
        self.on_file = Segmented(
            theme,
            "exception.on_file",
            self.tr("档案里的人"),
            [(str(one.adult), f"{one.relation} {one.name}") for one in others],
            wrap=True,
            stretch=False,
        )
        known = Labelled(theme, self.tr("档案里的人（或在下面填新的）"), self.on_file)
        self.form.addWidget(known)
        known.setVisible(bool(others))
        self.add_row(
            self.add_field("name", self.tr("谁来接"), required=True, longest=60),
            self.add_field(
                "relation", self.tr("是孩子的"), required=True, placeholder="如 姑姑、邻居", longest=20
            ),
        )
        self.add_row(
            self.add_field("phone", self.tr("手机"), longest=30),
            self.add_field("identity_tail", self.tr("身份证后 4 位"), longest=20),
        )
        self.form.addWidget(
            self.add_field("reason", self.tr("理由"), required=True, placeholder="问过谁，为什么可以放行")
        )
        self.seen = QCheckBox(self.tr("已看身份证：姓名和照片都对，已满 18 周岁"))
        name_widget(self.seen, "exception.seen", self.tr("已看身份证，已满 18 周岁"))
        self.seen.setStyleSheet(f"min-height: {max(44, theme.px(44))}px;")  # the sheet says less
        self.take_enter(self.seen)
        self.form.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_second(self.tr("确认的同事"), holders)
        self.add_own_pin()
        self._bind()

    def _bind(self) -> None:
        """Reason, identity card and PIN are about who stands there: another person is asked about anew."""
        secrets = (self.second.pin.edit, self.second.again.edit)
        self._bound = (
            BoundWords(self.fields["reason"].edit, self._whom),
            BoundTicks((self.seen,), self._whom),
            BoundSecrets(secrets, self._whom),
        )
        self.on_file.chosen.connect(lambda _value: self._follow())
        for key in ("name", "relation", "identity_tail"):
            self.fields[key].edited.connect(lambda _text: self._follow())

    def _whom(self) -> tuple[str, ...] | None:
        """Who takes her; None while nobody is named."""
        if self.on_file.value():
            return (self.on_file.value(),)
        typed = tuple(self.text(key) for key in ("name", "relation", "identity_tail"))
        return typed if typed[0] else None

    def _follow(self) -> None:
        for one in self._bound:
            one.follow()

    def finish(self) -> None:
        """Say what is missing, or hand everything to the page."""
        adult = self.on_file.value()
        if not adult and not self.text("name"):
            self.say(self.tr("请填谁来接。"), "name")
            return
        if not self.text("reason"):
            self.say(self.tr("园长放行要写明理由：问过谁，为什么可以。"), "reason")
            return
        if not self.seen.isChecked():
            self.say(self.tr("请先看身份证，再勾选。"))
            self.seen.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if not self.confirmed():
            return
        self.keep.setEnabled(False)
        self.wanted.emit(self)

    def collector(self) -> AdultId | None:
        """Who on file takes her."""
        return AdultId(int(self.on_file.value())) if self.on_file.value() else None

    def stranger(self) -> Stranger | None:
        """Who else does."""
        if self.on_file.value():
            return None
        return Stranger(
            self.text("name"), self.text("relation"), self.text("phone"), self.text("identity_tail")
        )

    def second_person(self) -> Second | None:
        """Who confirms."""
        return self.second.second()

    def complete(self, act: "CheckOut") -> "CheckOut":
        """The act with what was typed here."""
        return dataclasses.replace(
            act,
            collector=self.collector(),
            proof="exception",
            code="",
            stranger=self.stranger(),
            reason=self.text("reason"),
            identity_seen=True,
            second=self.second_person(),
            own_pin=self.own_pin(),
        )
