"""伤害: what happened, whom it was told to, who signed; what is open stands first."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from app.domain.ids import ChildId
from app.domain.injuries import InjuryCodes
from app.services.exporting import ListKind
from app.services.health_people import Choices
from app.services.injuries import InjuryView
from app.services.pins import Second
from app.ui.health.injury_sheets import InjurySheet, TellingSheet, WordsSheet
from app.ui.health.signing import open_signing
from app.ui.health.two_sides import TwoSides
from app.ui.rooms import RoomContext
from app.ui.widgets.records import Record

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services


class InjuriesPage(TwoSides):
    """The list, the one that is lit, and what is still to be done with it."""

    key = "injuries"
    name = "伤害"

    def __init__(self, context: RoomContext) -> None:
        empty = "这三个月没有伤害登记。按 F2 登记一起；咬伤、抓伤也要登记。"
        super().__init__(context, "意外伤害", empty)
        self._views: tuple[InjuryView, ...] = ()
        self._codes: InjuryCodes | None = None
        self._people: Choices | None = None
        new = self.button("登记伤害", "new", "F2", kind="primary", icon="plus")
        self.tell = self.button("告知家长", "tell", "F4", icon="phone-outline")
        self.sign = self.button("第二人签字", "sign", "F6", icon="draw-pen")
        self.more = self.button("补充", "add", "F7", icon="note-edit-outline")
        self.correct = self.button("更正", "correct", "Ctrl+E", icon="pencil-outline")
        self.paper = self.button("告知单", "paper", "Ctrl+P", icon="printer-outline")
        self.register = self.button("本月登记表", "register", "F8", icon="file-pdf-box")
        self.offer_table(ListKind.INJURIES)
        new.clicked.connect(self._on_new_clicked)
        self.tell.clicked.connect(self._on_tell_clicked)
        self.sign.clicked.connect(self._on_sign_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        self.correct.clicked.connect(self._on_correct_clicked)
        self.paper.clicked.connect(self._on_paper_clicked)
        self.register.clicked.connect(self._on_register_clicked)
        self._light(None)

    def hints(self) -> str:
        """Keys."""
        return "↑ ↓ 选 · F2 登记 · F4 告知 · F6 签字 · F7 补充"

    def freshen(self) -> None:
        """Read everything again."""
        actor = self.context.actor
        self.context.ask(lambda s: s.health.injuries.codes(actor), self._keep_codes)
        self.context.ask(lambda s: s.health.people.choices(actor), self._keep_people)
        self.context.ask(lambda s: s.health.injuries.list(actor), self._show)

    def _keep_codes(self, codes: InjuryCodes) -> None:
        self._codes = codes

    def _keep_people(self, people: Choices) -> None:
        self._people = people

    def _show(self, views: tuple[InjuryView, ...]) -> None:
        self._views = views
        left = sum(bool(one.lacking) for one in views)
        self.say_band(f"还有 {left} 起没办完：离园前要告诉家长，还要第二人签字。" if left else "")
        self.show_records(
            [Record(one.injury.id, one.title, one.words, one.chips, faint=not one.lacking) for one in views]
        )

    def enter(self) -> None:
        """The next thing to be done with it."""
        one = self._lit()
        if one is not None:
            (self.tell if one.injury.telling is None else self.sign if one.lacking else self.more).click()

    def show_one(self, key: Hashable | None) -> None:
        """Tell the one that is lit."""
        self._light(next((one for one in self._views if one.injury.id == key), None))

    def _lit(self) -> InjuryView | None:
        key = self.list.key()
        return next((one for one in self._views if one.injury.id == key), None)

    def _light(self, one: InjuryView | None) -> None:
        for button in (self.tell, self.sign, self.more, self.correct, self.paper):
            button.setEnabled(one is not None)
        if one is None:
            self.detail.show_lines("选左边的一条，看经过和还差什么", ())
            return
        self.sign.setEnabled(one.injury.signature is None)
        self.correct.setEnabled(not one.fixed)
        head = f"{one.injury.child_name}　{one.injury.told.class_name}"
        title = "告知、签字和补充" + ("（已满 24 小时，只能补充）" if one.fixed else "")
        self.detail.show_lines(head, one.lines, one.additions or ("还没有。",), title)

    # -- acts

    def _on_new_clicked(self) -> None:
        self.open_new()

    def open_new(self, child: ChildId | None = None) -> None:
        """登记, with the child filled in who is meant."""
        actor = self.context.actor

        def show(found: "tuple[InjuryCodes, Choices]") -> None:
            host = self.context.host
            if not self.free or host is None:
                return
            sheet = InjurySheet(self.context, host, *found)
            sheet.kept.connect(lambda _key: self.freshen())
            sheet.present()
            if child is not None:
                sheet.child.choose(child)
                sheet.at.edit.setFocus()

        self.context.ask(lambda s: (s.health.injuries.codes(actor), s.health.people.choices(actor)), show)

    def _on_correct_clicked(self) -> None:
        one, host = self._lit(), self.context.host
        if one is None or host is None or self._codes is None or self._people is None:
            return
        sheet = InjurySheet(self.context, host, self._codes, self._people, one.injury)
        sheet.kept.connect(lambda _key: self.freshen())
        sheet.present()

    def _on_tell_clicked(self) -> None:
        one, actor, codes = self._lit(), self.context.actor, self._codes
        if one is None or codes is None:
            return
        injury = one.injury

        def show(adults: tuple[str, ...]) -> None:
            host = self.context.host
            if host is not None and self.free:
                sheet = TellingSheet(self.context, host, codes, injury, adults)
                sheet.kept.connect(lambda _key: self.freshen())
                sheet.present()

        self.context.ask(lambda s: s.health.people.adults(actor, injury.told.child), show)

    def _on_more_clicked(self) -> None:
        one, host = self._lit(), self.context.host
        if one is not None and host is not None:
            sheet = WordsSheet(self.context, host, one.injury)
            sheet.kept.connect(lambda _key: self.freshen())
            sheet.present()

    def _on_sign_clicked(self) -> None:
        one, actor = self._lit(), self.context.actor
        if one is None:
            return
        key = one.injury.id

        def verb(services: "Services", second: Second | None, _reason: str, _own: str) -> "Done[int]":
            return services.health.injuries.sign(actor, key, second)

        words = f"{one.injury.noted_by}填的。请另一位同事看过内容，选自己的名字、输口令。"
        title = f"第二人签字 · {one.injury.child_name}"
        open_signing(self.context, "signing", title, words, verb, first=one.injury.noter)

    def _on_paper_clicked(self) -> None:
        one, actor, printing = self._lit(), self.context.actor, self.context.printing
        if one is not None:
            key = one.injury.id
            self.context.ask(lambda s: s.health.forms.injury_notice(actor, key), printing.preview)

    def _on_register_clicked(self) -> None:
        actor, printing = self.context.actor, self.context.printing
        month = f"{self.context.clock():%Y-%m}"
        self.context.ask(lambda s: s.health.forms.injury_register(actor, month), printing.preview)
