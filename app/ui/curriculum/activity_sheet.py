"""One of the centre's own activities: added, or changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.curriculum import Activity, Area
from app.domain.ids import ActivityId
from app.ui.rooms import RoomContext
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet


class ActivitySheet(FormSheet):
    """Enter walks name, areas, ages, materials, steps; Ctrl+Enter keeps."""

    WIDE = 720
    done = Signal(str)  # the name kept

    def __init__(self, context: RoomContext, host: QWidget, activity: Activity | None) -> None:
        super().__init__(context, host, "activity", "添加活动" if activity is None else "修改活动", "保存")
        self._key = None if activity is None or activity.id is None else ActivityId(activity.id)
        name = self.add_field("name", "名称", required=True, placeholder="如 手工课：贴窗花", longest=60)
        self.form.addWidget(name)
        self.areas = Segmented(
            context.theme,
            "activity.areas",
            "领域，可以选几个",
            [(area.value, area.label) for area in Area],
            many=True,
            kind="choice",
        )
        self.areas.walked_on.connect(self.walk)
        self.form.addWidget(Labelled(context.theme, "领域 *（可以选几个）", self.areas))
        low = self.add_field("months_from", "从几个月 *", placeholder="如 24", longest=2)
        high = self.add_field("months_to", "到几个月 *", placeholder="如 36", longest=2)
        self.add_row(low, high)
        self.form.addWidget(self.add_field("materials", "材料", placeholder="不用准备就空着", longest=130))
        self.form.addWidget(self.add_field("steps", "玩法", placeholder="一句话说清怎么玩", longest=320))
        if activity is not None:
            self.fields["name"].set_text(activity.name)
            self.fields["materials"].set_text(activity.materials)
            self.fields["steps"].set_text(activity.steps)
            self.fields["months_from"].set_text(str(activity.months_from))
            self.fields["months_to"].set_text(str(activity.months_to))
            self.areas.set_values(tuple(area.value for area in activity.areas))

    def finish(self) -> None:
        """Keep it; a refusal stands in the sheet."""
        low, high = self.text("months_from"), self.text("months_to")
        if not (low.isdecimal() and high.isdecimal()):
            self.say("月龄请写两个整数，如 24 和 36。", "months_from" if not low.isdecimal() else "months_to")
            return
        actor, key = self.context.actor, self._key
        activity = Activity(
            self.text("name"),
            self.text("materials"),
            self.text("steps"),
            tuple(Area(value) for value in self.areas.values()),
            int(low),
            int(high),
        )
        self.keep.setEnabled(False)

        def kept(_key: object) -> None:
            self.done.emit(activity.name)
            self.dismiss()

        self.context.act(
            lambda s: (
                s.classes.library.add(actor, activity)
                if key is None
                else s.classes.library.change(actor, key, activity)
            ),
            kept,
            self.failed,
        )
