"""At the door: three sentences to say, to whom they were said, what to give back, and the signature."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.ids import AdultId
from app.services.telling import Door
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.signature import SignaturePad

_OTHER = "other"
_WAYS = (("none", "先不签"), ("screen", "在屏幕上签"), ("paper", "签在纸上"))


class DoorSheet(FormSheet):
    """A digit says to whom; Ctrl+Enter keeps it. Decides nothing."""

    WIDE = 720

    def __init__(self, context: RoomContext, host: QWidget, door: Door) -> None:
        super().__init__(context, host, "door", f"{door.name}：当面说三句", "说过了")
        self._door = door
        self._kept: set[tuple[AdultId | None, str]] = set()  # to whom it is kept that it was said
        theme = context.theme
        self.form.addWidget(self._sentences())
        if door.since:
            role = "error" if door.stale else "warning"
            tail = "" if door.stale else "，没有写在单子上"
            after = label(f"交接单{door.since}{tail}。", role, wrap=True)
            after.setObjectName("door.since")
            self.form.addWidget(after)
        self.earlier = label("", "warning", wrap=True)
        self.earlier.setObjectName("door.earlier")
        self.form.addWidget(self.earlier)
        for words in door.forms:
            self.form.addWidget(label(words, "error", wrap=True))
        for words in self._told_words():
            self.form.addWidget(label(words, "small", wrap=True))
        choices = [(str(one.id), one.words) for one in door.adults] + [(_OTHER, "其他人")]
        likely = str(door.adults[0].id) if door.adults and door.adults[0].likely else ""
        self.who = self.choice("who", "说给谁", choices, likely)
        self.who.chosen.connect(self._on_who)
        self.form.addWidget(self.labelled("说给谁（按数字选）", self.who))
        self.other = self.add_field("other", "是谁", placeholder="如 司机 老周、邻居 刘阿姨", longest=60)
        self.form.addWidget(self.other)
        self.other.hide()
        self.way = self.choice("way", "家长签字", _WAYS, "none")
        self.way.chosen.connect(self._on_way)
        self.pad = SignaturePad(theme, "door.signature", "家长签名，按 Delete 重签")
        self.pad.changed.connect(lambda: self.say(""))
        signing = self.labelled("家长签字", self.way)
        if door.number and door.signature is None and not door.stale:
            self.form.addWidget(signing)
            self.form.addWidget(self.pad)
        else:
            self.pad.setParent(self._frame)
            signing.setParent(self._frame)
            signing.hide()
        self.pad.hide()
        self._show_earlier()

    def _adult(self) -> AdultId | None:
        """Who is chosen, if she is on file."""
        who = self.who.value()
        return AdultId(int(who)) if who and who != _OTHER else None

    def _show_earlier(self) -> None:
        """What of earlier days she has not heard of; of whoever is not chosen yet nothing is known."""
        waiting = self._door.waiting(self._adult()) if self.who.value() else ()
        self.earlier.setText(f"前几天还没说给这位的：{'；'.join(waiting)}。" if waiting else "")
        self.earlier.setVisible(bool(waiting))

    def _sentences(self) -> Card:
        theme, m = self.context.theme, self.context.theme.metrics
        card = Card(theme, ground="surface_2")
        column = card.column(margins=(m.s4, m.s3, m.s4, m.s3), spacing=m.s2)
        for at, words in enumerate(self._door.sentences, 1):
            line = label(f"{at}. {words}", "", wrap=True)
            line.setObjectName(f"door.sentence.{at}")
            line.setFont(theme.font("h2"))
            column.addWidget(line)
        if self._door.things:
            column.addWidget(label(f"带回：{'、'.join(self._door.things)}", "warning", wrap=True))
        return card

    def _told_words(self) -> list[str]:
        door = self._door
        words = [f"{one.at:%H:%M} {one.by}已说给 {one.who}" for one in door.told]
        if door.signature is not None:
            how = "在屏幕上" if door.signature.way == "screen" else "在纸上"
            words.append(f"{door.signature.at:%H:%M} {door.signature.who}{how}签过字")
        elif not door.number:
            words.append("交接单还没有签字，老师签字后才能请家长签字。")
        elif door.stale:
            words.append("老师改好、重新签字以后，才能请家长签字。")
        return words

    def finish(self) -> None:
        """Keep to whom it was said, then the signature if there is one."""
        who = self.who.value()
        if not who:
            self.say("请选说给了谁。")
            self.who.setFocus()
            return
        if who == _OTHER and not self.text("other"):
            self.say("请写上是谁。", "other")
            return
        way = self.way.value() if not self.way.isHidden() else "none"
        if way == "screen" and self.pad.is_empty():
            self.say("还没有签名。请家长在框里签，或改选“签在纸上”“先不签”。")
            self.pad.setFocus()
            return
        self.keep.setEnabled(False)
        actor, door = self.context.actor, self._door
        adult = self._adult()
        said = (*door.sentences, *door.waiting(adult))
        other = self.text("other") if who == _OTHER else ""
        png = self.pad.png() if way == "screen" else b""

        def sign() -> None:
            if way == "none":
                self.dismiss()
                return
            self.context.act(
                lambda s: s.classes.telling.sign_for(actor, door.visit, adult, other, png),
                lambda _signed: self.dismiss(),
                self.failed,
            )

        def told(_key: Any) -> None:
            self._kept.add((adult, other))
            sign()

        if (adult, other) in self._kept:  # only the signature was refused: it was told once
            sign()
            return
        self.context.act(
            lambda s: s.classes.telling.tell(actor, door.visit, adult, other, said),
            told,
            self.failed,
        )

    def focus_first(self) -> None:
        """To whom: a digit chooses at once."""
        self.fit()
        self.who.setFocus()

    def _on_who(self, value: str) -> None:
        self.other.setVisible(value == _OTHER)
        self._show_earlier()
        self.fit()
        if value == _OTHER:
            self.other.edit.setFocus()

    def _on_way(self, value: str) -> None:
        self.pad.setVisible(value == "screen")
        self.fit()
        if value == "screen":
            self.pad.setFocus()
