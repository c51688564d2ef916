"""带出去: who goes with whom, and the counts at the door, on arrival and on return."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.ids import StaffId, VisitId
from app.domain.logbook import minutes_between
from app.domain.looks import Chip, Tone
from app.domain.places import PLACES, is_outdoors
from app.domain.staff import Permission
from app.services.headcounts import CountHead
from app.services.walks import WalkNow, WalkSheet
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.tick_grid import Tick, TickGrid

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

_NEW = "new"
_WISHES = 6  # shown at once


class GroupWalkSheet(FormSheet):
    """A group that is outside comes first; another one may go meanwhile."""

    WIDE = 980

    def __init__(
        self, context: RoomContext, host: QWidget, content: WalkSheet, chosen: tuple[VisitId, ...]
    ) -> None:
        super().__init__(context, host, "walk", "带出去", "出发")
        self._content, self._chosen = content, chosen
        theme = context.theme
        groups = [(str(one.walk.id), one.walk.place) for one in content.out]
        self.which = self.choice(
            "which",
            "哪一组",
            [*groups, (_NEW, "新的一组")],
            groups[0][0] if groups else _NEW,
            kind="segment",
        )
        self.state = ChipLabel(theme, None)
        self.place = self.choice("place", "去哪里", [(one, one) for one in PLACES], PLACES[0], kind="segment")
        carers = [(str(one.staff), one.words) for one in content.carers]
        self.carers = self.choice("carers", "带队老师", carers, many=True, kind="segment")
        everybody = len(chosen) >= len(content.heads) and not (content.asleep or content.apart)
        going = [one for one in content.carers if one.counts and (everybody or one.staff == context.actor.id)]
        self.carers.set_values([str(one.staff) for one in going])
        self.told = label("", "h2")
        self.told.setObjectName("walk.told")
        self.asked = label("", "warning", wrap=True)
        self.asked.setObjectName("walk.asked")
        self.names = TickGrid(theme, "walk.names", "孩子")
        self.minutes = self.choice(
            "minutes", "户外时间", [("yes", "记为户外"), ("no", "不记")], "yes", kind="segment"
        )
        self._coming = self.labelled("这次外出的时间", self.minutes)
        self._going = (
            self.labelled("去哪里", self.place),
            self.labelled("谁带队（至少一名保育人员）", self.carers),
        )
        self._reason = self.add_field(
            "reason", "人数对不上、老师不够时写明原因", placeholder="如 妈妈在院门口接走", longest=100
        )
        parts = (self.which, self.state, *self._going, self.told, self.asked, self.names)
        for part in (*parts, self._coming, self._reason):
            self.form.addWidget(part)
        self.which.setVisible(bool(groups))
        self.everybody = KeyButton(theme, "全部勾上", "Ctrl+A", object_name="walk.all", bind=False)
        self.arrived = KeyButton(theme, "到达清点", "F6", object_name="walk.arrived")
        self.foot.insertWidget(0, self.everybody)
        self.foot.insertWidget(self.foot.count() - 1, self.arrived)
        for button in (self.everybody, self.arrived):
            self.take_enter(button)
        self.everybody.clicked.connect(self.names.tick_all)
        self.arrived.clicked.connect(self._on_arrived)
        self.which.chosen.connect(lambda _value: self._show_group())
        self.names.ticked.connect(self._on_ticked)
        self.names.grown.connect(self.fit)
        self.names.finished.connect(self._on_keep_clicked)
        self._show_group()

    @property
    def group(self) -> WalkNow | None:
        """The group that is outside; None for one that is to go."""
        return next((one for one in self._content.out if str(one.walk.id) == self.which.value()), None)

    def focus_first(self) -> None:
        """The names of a group outside; where to go of one that is to go."""
        self.fit()
        (self.place if self.group is None else self.names).setFocus()

    def finish(self) -> None:
        """Go, or come back."""
        actor, group, seen = self.context.actor, self.group, self._seen()
        reason, place = self.text("reason"), self.place.value()
        carers = tuple(StaffId(int(one)) for one in self.carers.values())
        minutes = self._coming.isVisibleTo(self) and self.minutes.value() == "yes"

        def act(services: "Services") -> "Done[Any]":
            if group is None:
                return services.classes.walks.start(actor, place, seen, carers, reason)
            return services.classes.walks.back(actor, group.walk.id, seen, reason, minutes=minutes)

        self.submit(act)

    def _on_arrived(self) -> None:
        actor, group, seen, reason = self.context.actor, self.group, self._seen(), self.text("reason")
        if group is not None:
            key = group.walk.id
            self.submit(lambda s: s.classes.walks.arrive(actor, key, seen, reason))

    def _seen(self) -> tuple[VisitId, ...]:
        return tuple(VisitId(int(str(key))) for key in self.names.ticked_keys())

    def _show_group(self) -> None:
        group = self.group
        for part in self._going:
            part.setVisible(group is None)
        arrived = group is not None and any(one.stage == "arrive" for one in group.counts)
        self.arrived.setVisible(group is not None and not arrived)
        self.everybody.setVisible(group is None)  # who comes back is ticked one by one
        out = group is not None and is_outdoors(group.walk.place)
        self._coming.setVisible(out and self.context.actor.may(Permission.LOG_DAY))
        self.names.show_names(())
        if group is None:
            self.title.setText(f"带出去 · {self._content.class_name}出发")
            self.state.set_chip(Chip(""))
            self.names.show_names([self._tick(one) for one in self._content.heads])
        else:
            self.title.setText(f"{'户外 · ' if out else ''}{group.walk.place} · 清点返回")
            words = group.words + (" · 到达已清点" if arrived else "")
            self.state.set_chip(Chip(words, Tone.INFO))
            self.names.show_names([Tick(one.visit, one.name) for one in group.waiting])
        self.state.setVisible(group is not None)
        self._on_ticked()
        self.fit()

    def _tick(self, head: CountHead) -> Tick:
        """Who sleeps or has a fever is not taken along unless somebody ticks her, and then it is refused."""
        asleep, apart = head.visit in self._content.asleep, head.visit in self._content.apart
        note = "发热" if apart else "在睡" if asleep else head.nickname
        on = head.visit in self._chosen and not (asleep or apart)
        return Tick(head.visit, head.name, note, head.colour, on)

    def _on_ticked(self) -> None:
        self.say("")
        found, all_of = len(self.names.ticked_keys()), len(self.names.items)
        group = self.group
        if group is None:
            apart, asleep = self._content.apart, self._content.asleep - self._content.apart
            counts = (("在睡", len(asleep)), ("发热", len(apart)))
            why = "、".join(f"{words} {count} 人" for words, count in counts if count)
            self.told.setText(
                f"出发 {found} 人，留在班里 {all_of - found} 人" + (f"（{why}）" if why else "")
            )
            self.keep.set_text(f"出发 {found} 人")
        else:
            out = minutes_between(group.walk.started_at, self.context.clock())
            self.told.setText(f"已看到 {found} / {all_of} 人 · 在外 {out} 分钟")
            self.keep.set_text(f"返回 {found} 人")
        self._show_wishes(going=group is None)

    def _show_wishes(self, *, going: bool) -> None:
        """What the families of those who are to go asked for: 今天别去户外 is of use before they go."""
        ticked = set(self.names.ticked_keys())
        lines = [line for visit, line in self._content.wishes if going and visit in ticked]
        more = f" 等 {len(lines)} 条" if len(lines) > _WISHES else ""
        self.asked.setText(f"家长嘱咐　{'；'.join(lines[:_WISHES])}{more}" if lines else "")
        self.asked.setVisible(bool(lines))
