"""病例: who was reported ill, who stays at home until when, clusters and classes under observation."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from app.domain.absences import KINDS
from app.domain.days import spoken_moment
from app.domain.illness import day_words
from app.domain.looks import Chip, Tone
from app.domain.staff import Permission
from app.services.exporting import ListKind
from app.services.health_people import Choices
from app.services.illness import CaseView, DismissedView, IllnessView, Report
from app.services.pins import Second
from app.ui.health.case_sheets import CaseSheet, CertificateSheet, DismissSheet
from app.ui.health.signing import open_signing
from app.ui.health.two_sides import TwoSides
from app.ui.rooms import RoomContext
from app.ui.widgets.records import Record

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.domain.ids import ClearanceId
    from app.services.bundle import Services


class IllnessPage(TwoSides):
    """Reports that wait stand first, then who is at home, then who may come again."""

    key = "illness"
    name = "病例"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(
            context, "病例", "近两个月没有病例。家长说孩子病了、晨检发热，都会到这里；也可以按 F2 登记。"
        )
        self._view: IllnessView | None = None
        self._people: Choices | None = None
        new = self.button("登记病例", "new", "F2", kind="primary", icon="plus")
        self.seen = self.button("看过证明", "seen", "F4", icon="text-box-check-outline")
        self.over = self.button("园长放行今天", "overrule", "F6", icon="shield-alert-outline")
        self.drop = self.button("不是病", "dismiss", "F8", icon="cancel")
        self.correct = self.button("更正", "correct", "Ctrl+E", icon="pencil-outline")
        self.paper = self.button("本月传染病登记表", "paper", "Ctrl+P", icon="printer-outline")
        self.offer_table(ListKind.ILLNESSES)
        new.clicked.connect(self._on_new_clicked)
        self.seen.clicked.connect(self._on_seen_clicked)
        self.over.clicked.connect(self._on_over_clicked)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.correct.clicked.connect(self._on_correct_clicked)
        self.paper.clicked.connect(self._on_paper_clicked)
        self._light(None, None)

    def hints(self) -> str:
        """Keys."""
        return "↑ ↓ 选 · Enter 下一步 · F2 登记 · F4 看证明 · F6 放行 · F8 不是病"

    def freshen(self) -> None:
        """Read everything again."""
        actor = self.context.actor
        self.context.ask(lambda s: s.health.people.choices(actor), self._keep_people)
        self.context.ask(lambda s: s.health.illness.view(actor), self._show)

    def _keep_people(self, people: Choices) -> None:
        self._people = people

    def _show(self, view: IllnessView) -> None:
        self._view = view
        told = [f"{one.words}，请报告属地疾控和主管部门" for one in view.clusters]
        told += [
            f"{one.class_name}班因{one.disease.short}医学观察到 {day_words(one.until)}，不收新、不转入"
            for one in view.observations
        ]
        self.say_band("；\n".join(told) + "。" if told else "")
        records = [
            Record(
                ("report", one.child), one.child_name,
                "　".join(filter(None, (one.class_name, day_words(one.day), one.words))),
                (Chip("待登记", Tone.WARN),),
            )
            for one in view.reports
        ]  # fmt: skip
        records += [
            Record(("case", one.case.id), one.title, one.words, one.chips, faint=not one.home)
            for one in view.cases
        ]
        records += [
            Record(
                ("dismissed", one.report.source, one.report.root), one.report.child_name,
                f"{day_words(one.report.day)}　{one.report.words}", (Chip("不是病"),), faint=True,
            )
            for one in view.dismissed
        ]  # fmt: skip
        self.show_records(records)

    def enter(self) -> None:
        """Make a case of a report; see the paper of a case."""
        report, case = self._report(), self._case()
        if report is not None:
            self._open_case(report=report)
        elif case is not None:
            (self.seen if self.seen.isEnabled() else self.correct).click()

    def show_one(self, key: Hashable | None) -> None:
        """Tell the one that is lit."""
        del key
        self._light(self._report(), self._case())

    def _report(self) -> Report | None:
        key = self.list.key()
        reports = () if self._view is None else self._view.reports
        return next((one for one in reports if ("report", one.child) == key), None)

    def _case(self) -> CaseView | None:
        key = self.list.key()
        cases = () if self._view is None else self._view.cases
        return next((one for one in cases if ("case", one.case.id) == key), None)

    def _dismissed(self) -> DismissedView | None:
        key = self.list.key()
        dismissed = () if self._view is None else self._view.dismissed
        return next(
            (one for one in dismissed if ("dismissed", one.report.source, one.report.root) == key), None
        )

    def _light(self, report: Report | None, case: CaseView | None) -> None:
        actor = self.context.actor if self.context.signed_in else None
        # Who does is told by the sentence at the door.
        reads = actor is not None and actor.may(Permission.ANSWER_FOR_HEALTH)
        self.seen.setEnabled(reads and case is not None and case.case.certificate is None)
        self.over.setEnabled(case is not None and case.home)
        self.correct.setEnabled(case is not None)
        gone = self._dismissed()
        self.drop.setEnabled(
            reads and (gone is not None or (report is not None and report.source != "fever"))
        )
        self.drop.set_text("不是病" if gone is None else "恢复上报")
        if gone is not None:
            said, what = gone.said, gone.report
            lines = (
                ("说的", what.words), ("哪天", day_words(what.day)), ("为什么不是病", said.reason),
                ("谁说的", f"{said.by} {spoken_moment(said.at, self.context.clock().date())}"),
            )  # fmt: skip
            self.detail.show_lines(what.child_name, lines)
        elif case is not None:
            self.detail.show_lines(case.title, case.lines)
        elif report is not None:
            words = "还没有登记成病例。按 Enter 登记：登记后就按离园天数和证明管理。"
            if report.source != "fever":
                words += "问清了不是病的，由保健员或园长按 F8 写明理由。"
            told = f"{report.day.month}月{report.day.day}日"
            self.detail.show_lines(
                report.child_name,
                (*_of_class(report), ("说的", report.words), ("哪天", told), *_leave(report)),
                (words,),
                "要做什么",
            )
        else:
            self.detail.show_lines("选左边的一条，看要在家多久、还差什么", ())

    # -- acts

    def _on_new_clicked(self) -> None:
        self._open_case()

    def _on_correct_clicked(self) -> None:
        self._open_case(case=self._case())

    def _open_case(self, *, case: CaseView | None = None, report: Report | None = None) -> None:
        host = self.context.host
        if not self.free or host is None or self._people is None or self._view is None:
            return
        kept = None if case is None else case.case
        sheet = CaseSheet(self.context, host, self._people, self._view.diseases, case=kept, report=report)
        sheet.kept.connect(lambda _key: self.freshen())
        sheet.present()

    def _on_seen_clicked(self) -> None:
        case, host, view = self._case(), self.context.host, self._view
        if case is None or host is None or view is None:
            return
        needs = next(one.needs for one in view.diseases if one.code == case.case.told.disease)
        sheet = CertificateSheet(self.context, host, case, needs)
        sheet.kept.connect(lambda _key: self.freshen())
        sheet.present()

    def _on_drop_clicked(self) -> None:
        report, gone, host, actor = self._report(), self._dismissed(), self.context.host, self.context.actor
        if gone is not None:
            source, root = gone.report.source, gone.report.root
            self.act(lambda s: s.health.illness.restore_report(actor, source, root))
        elif report is not None and self.free and host is not None:
            sheet = DismissSheet(self.context, host, report)
            sheet.kept.connect(lambda _key: self.freshen())
            sheet.present()

    def _on_over_clicked(self) -> None:
        case, actor = self._case(), self.context.actor
        if case is None:
            return
        key = case.case.id

        def verb(services: "Services", second: Second | None, reason: str, own: str) -> "Done[ClearanceId]":
            return services.health.illness.overrule(actor, key, reason, second, own)

        words = "只放行今天。两个人里要有一个是园长，园长要输自己的口令；理由和两个人的名字都会留下。"
        title = f"园长放行 · {case.title}"
        open_signing(
            self.context, "overruling", title, words, verb,
            reason="为什么今天可以入园", keep="放行今天", needs=Permission.OVERRULE_HEALTH,
        )  # fmt: skip

    def _on_paper_clicked(self) -> None:
        actor, printing = self.context.actor, self.context.printing
        month = f"{self.context.clock():%Y-%m}"
        self.context.ask(lambda s: s.health.forms.illness_register(actor, month), printing.preview)


def _of_class(report: Report) -> tuple[tuple[str, str], ...]:
    """The class she was in on that day, where she was in one."""
    return (("班级", report.class_name),) if report.class_name else ()


def _leave(report: Report) -> tuple[tuple[str, str], ...]:
    """As what it was told, where that was no sick leave."""
    kind = KINDS.get(report.kind, "") if report.kind != "sick" else ""
    return (("登记的是", kind),) if kind else ()
