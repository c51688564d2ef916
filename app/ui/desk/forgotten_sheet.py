"""前几天没办离园的: each stay is repaired by a person, with who took her, the hour and how one knows."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.days import month_day
from app.domain.ids import AdultId
from app.domain.staff import Permission
from app.domain.visits import read_clock
from app.services.collecting import CheckOut
from app.services.forgotten import ForgottenStay
from app.services.open_papers import Answer
from app.services.pins import Holder
from app.ui.desk.parts import TENDERS
from app.ui.rooms import RoomContext
from app.ui.widgets.bound import BoundSecrets, BoundWords
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.confirmed_sheet import ConfirmedSheet
from app.ui.widgets.fields import Labelled
from app.ui.widgets.records import Record, RecordList

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

_ROWS, _ROWS_IN_LARGE_TYPE = 3, 2
_LATER = "later"
_NEXT_DAY = re.compile(r"(?:次日|第二天|隔天)?\s*(?:凌晨|半夜)|次日|第二天|隔天")


class ForgottenSheet(ConfirmedSheet):
    """The list of open stays above, the repair of the chosen one below. Ctrl+Enter keeps one by one."""

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        stays: Sequence[ForgottenStay],
        holders: Sequence[Holder],
    ) -> None:
        super().__init__(context, host, "forgotten", self.tr("前几天没办离园的"), self.tr("补记离园"))
        self.WIDE = 700
        theme = context.theme
        self._stays: list[ForgottenStay] = []
        self.list = RecordList(theme, "forgotten.list", self.tr("没办离园的孩子"), "")
        self.form.addWidget(self.list)
        self.who = Segmented(theme, "forgotten.who", self.tr("谁接走的"), wrap=True, stretch=False)
        self.form.addWidget(Labelled(theme, self.tr("谁接走的"), self.who))
        self.add_row(
            self.add_field("time", self.tr("几点离园"), required=True, placeholder="如 17:05", longest=12),
            self.add_field("reason", self.tr("怎么知道的"), required=True, placeholder="如 妈妈说五点接的"),
        )
        self.fields["left_at"] = self.fields["time"]
        ways = (*TENDERS, (_LATER, self.tr("以后收")))
        self.tender = Segmented(theme, "forgotten.tender", self.tr("付款方式"), ways)
        self._money = Labelled(theme, self.tr("付款方式"), self.tender)
        self.form.addWidget(self._money)
        self._alone = context.actor.may(Permission.RELEASE_EXCEPTION)
        self.add_second(self.tr("园长确认"), holders)
        self.second.setVisible(not self._alone)
        self.cancel.set_text(self.tr("关闭"))
        self.list.chosen.connect(lambda _key: self._show_chosen())
        self.list.entered.connect(self.who.setFocus)
        lines = (self.fields["time"].edit, self.fields["reason"].edit)
        self._bound = tuple(BoundWords(line, self.list.key) for line in lines)
        secrets = (self.second.pin.edit, self.second.again.edit)
        self._confirmed = BoundSecrets(secrets, self._whose)
        self.who.chosen.connect(lambda _value: self._confirmed.follow())
        self.show_stays(stays)

    def _whose(self) -> tuple[object, str] | None:
        """Whose departure with whom is confirmed; None while that is not chosen."""
        return (self.list.key(), self.who.value()) if self.who.value() else None

    @property
    def chosen(self) -> ForgottenStay | None:
        """Whose stay is being repaired."""
        key = self.list.key()
        return next((one for one in self._stays if one.stay.visit == key), None)

    def show_stays(self, stays: Sequence[ForgottenStay]) -> None:
        """Show what is left to repair; go away when nothing is."""
        self._stays = list(stays)
        words = self.tr("还有 {count} 名。问清楚是谁、几点接走的再补记，不要估计。")
        self.list.set_title(words.format(count=len(stays)))
        self.list.show_records([_record(one) for one in stays])
        self.fit()

    def fit(self) -> None:
        """In large type fewer rows are shown: the form below them counts."""
        theme = self.context.theme
        most = _ROWS_IN_LARGE_TYPE if theme.metrics.scale > 1 else _ROWS
        self.list.view.setFixedHeight(min(most, max(1, len(self._stays))) * max(44, theme.px(56)))
        super().fit()

    def focus_first(self) -> None:
        """The list where there is a choice, else who took her."""
        self.fit()
        stop = self.list.view if len(self._stays) > 1 else self.who
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Repair the chosen stay, or say what is missing."""
        if (one := self.chosen) is None:
            return
        clock = _read_left(self.text("time"))
        if not self.who.value():
            self.say(self.tr("先选是谁接走的。"))
            self.who.setFocus()
            return
        if clock is None:
            self.say(self.tr("看不懂几点离园，请写成 17:05 的样子。"), "time")
            return
        if not self.text("reason"):
            self.say(self.tr("请写明怎么知道的：问了谁。"), "reason")
            return
        if not self._money.isHidden() and not self.tender.value():
            self.say(self.tr("还有应收款：选付款方式，或选“以后收”。"))
            self.tender.setFocus()
            return
        if not self._alone and not self.confirmed():
            return
        self._keep(one, clock)

    def _keep(self, one: ForgottenStay, clock: dt.timedelta) -> None:
        later = self.tender.value() == _LATER
        reason = self.text("reason")
        answers = tuple(Answer(paper.kind, paper.subject, reason) for paper in one.papers)
        if later:
            answers += (Answer("unpaid", one.stay.visit, reason),)
        act = CheckOut(
            visit=one.stay.visit,
            collector=AdultId(int(self.who.value())),
            tender=None if later or not self.tender.value() else self.tender.value(),
            left_at=one.stay.arrived_at.replace(hour=0, minute=0, second=0) + clock,
            reason=reason,
            second=None if self._alone else self.second.second(),
            answers=answers,
        )
        actor = self.context.actor
        self.keep.setEnabled(False)

        def verb(services: "Services") -> "Done[object]":
            return services.pickup.check_out(actor, act)  # type: ignore[return-value]

        self.context.act(verb, self._on_kept, self.failed)

    def _on_kept(self, _left: object) -> None:
        if self.gone:
            return
        self.keep.setEnabled(True)
        self.say("")
        for key in ("time", "reason"):
            self.fields[key].set_text("")
        actor = self.context.actor
        self.context.ask(lambda s: s.forgotten.stays(actor), self._on_read)

    def _on_read(self, stays: tuple[ForgottenStay, ...]) -> None:
        if self.gone:
            return
        if not stays:
            self.dismiss()
            return
        self.show_stays(stays)
        self.list.view.setFocus()

    def _choices(self, one: ForgottenStay) -> Iterator[tuple[str, str]]:
        """Who may have taken her: also who was barred only afterwards."""
        for adult in one.adults:
            words = f"{adult.relation} {adult.name}".strip()
            if adult.adult in one.since_barred:
                yield str(adult.adult), self.tr("{who}（后来禁止接走）").format(who=words)
            elif adult.may_collect:
                yield str(adult.adult), words

    def _show_chosen(self) -> None:
        one = self.chosen
        for bound in self._bound:  # what was asked about one child is nothing about another
            bound.follow()
        # The list may be scrolled away: whose stay it is stands in the head.
        self.beside.setText("" if one is None else f"{one.stay.name}　{one.stay.class_name}")
        self.who.set_choices([] if one is None else list(self._choices(one)))
        self.who.set_value("")
        owed = one is not None and one.quote is not None and bool(one.quote.total)
        self._money.setVisible(owed)
        self.tender.set_value("")
        self.fit()


def _read_left(text: str) -> dt.timedelta | None:
    """How long after the midnight before her arrival; None if it is no hour.

    Past the next midnight only where it is said (``次日 0:05``): 05:30 may well be meant for the afternoon.
    """
    said = _NEXT_DAY.match(text.strip())
    clock = read_clock(text if said is None else f"上午{text.strip()[said.end() :]}")
    if clock is None:
        return None
    return dt.timedelta(days=int(said is not None), hours=clock.hour, minutes=clock.minute)


def _record(one: ForgottenStay) -> Record:
    stay = one.stay
    promised = f"，约 {stay.promised_at:%H:%M} 接" if stay.promised_at is not None else ""
    words = f"{month_day(stay.day)} {stay.arrived_at:%H:%M} 入园{promised}"
    return Record(stay.visit, f"{stay.name} · {stay.class_name}", words)
