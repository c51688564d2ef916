"""全班一句: one sentence for every note of a class that is not signed yet."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.ids import ClassId
from app.services.telling import SentenceAdded
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet

_PARTS = (("prose", "写进“给家长的话”"), ("notice", "写进“请家长留意”"))


class ClassSentenceSheet(FormSheet):
    """Asks for the words and where they go. Decides nothing."""

    WIDE = 640

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        class_id: ClassId,
        class_name: str,
        standing: tuple[str, ...],
    ) -> None:
        super().__init__(context, host, "class_sentence", f"给{class_name}全班加一句", "加给全班")
        self._class_id = class_id
        words = "加到今天每一份还没有签字的交接单里，后来入园的孩子也有。签过字的不改。"
        self.form.addWidget(label(words, "muted", wrap=True))
        for one in standing:
            self.form.addWidget(label(f"今天已加：{one}", "small", wrap=True))
        self.form.addWidget(
            self.add_field(
                "words", "说什么", required=True, placeholder="如 明天上午去公园，请穿运动鞋", longest=200
            )
        )
        self.part = self.choice("part", "写在哪里", _PARTS, "notice")
        self.form.addWidget(self.labelled("写在哪里", self.part))

    def finish(self) -> None:
        """Add it; the notice says on how many notes, and whose were signed already."""
        self.keep.setEnabled(False)
        actor, class_id = self.context.actor, self._class_id
        words, part = self.text("words"), self.part.value()

        def added(done: SentenceAdded) -> None:
            self.dismiss()
            if done.signed:
                names = "、".join(done.signed[:4]) + ("等" if len(done.signed) > 4 else "")
                self.context.messages.say(f"{len(done.signed)} 份已签字，没有改动：{names}。")

        def run(services: Any) -> Any:
            return services.classes.telling.add_sentence(actor, class_id, words, part)

        self.context.act(run, added, self.failed)
