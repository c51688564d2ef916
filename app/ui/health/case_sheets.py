"""病例 over the window: the case itself, and the certificate that was seen."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.illness import OTHER, Disease, named
from app.domain.typed_days import Direction
from app.services.health_people import Choices
from app.services.illness import Case, CaseCard, CaseView, Report
from app.ui.health.child_picker import LetterPicker
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet


class CaseSheet(FormSheet):
    """Asks for the columns of 表4. ``case`` is corrected, ``report`` is what somebody said before."""

    WIDE = 900

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        people: Choices,
        diseases: Sequence[Disease],
        *,
        case: Case | None = None,
        report: Report | None = None,
    ) -> None:
        title = "登记病例" if case is None else "更正病例"
        super().__init__(context, host, "case", title, "登记" if case is None else "保存更正")
        self._diseases, self._case, self._report = {one.code: one for one in diseases}, case, report
        self.child = LetterPicker(context.theme, "case.child", "孩子", people.children, required=True)
        self.stops["child"] = self.child.field.edit
        self.child.walked_on.connect(self.focusNextChild)
        self.disease = self.choice("disease", "病种", [(one.code, one.short) for one in diseases])
        self.rule = label("", "muted", wrap=True)
        self.rule.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.rule.setObjectName("case.rule")
        self.detail = self.add_field("detail", "是什么病", "医生怎么写", required=True)
        past = Direction.PAST
        self.onset = self.add_day(
            "onset", "发病日期", past, "如 今天、昨天、12-3", field="onset_on", required=True
        )
        self.stops["onset"] = self.onset.edit
        self.left = self.add_day("left", "离园日期", past, "空着就是发病那天")
        self.basis = self.add_day("basis", "起算日（知道了再填）", past, "结痂、退热是哪天")
        self.diagnosed = self.add_day("diagnosed", "诊断日期", past, "没确诊就空着")
        self.by = self.add_field("diagnosed_by", "诊断单位", "如 市妇幼保健院")
        self.note = self.add_field("note", "备注", "如 已电话报告社区卫生服务中心")
        self.row(self.child)
        self.form.addWidget(self.labelled("病种", self.disease, required=True))
        self.form.addWidget(self.rule)
        self.form.addWidget(self.detail)
        self.row(self.onset, self.left, self.basis)
        self.row(self.diagnosed, self.by, stretches=(1, 2))
        self.form.addWidget(self.note)
        self.form.addStretch(1)
        self.child.offered.connect(self.fit)
        self.disease.chosen.connect(self._on_disease_chosen)
        if case is not None:
            self._show(case)
        elif report is not None:
            self._show_report(report)
        self._on_disease_chosen(self.disease.value())

    def finish(self) -> None:
        """登记."""
        report, old = self._report, None if self._case is None else self._case.told
        card = CaseCard(
            self.child.child,
            self.disease.value(),
            self.onset.full_text(),
            self.detail.text() if self.disease.value() == OTHER else "",
            self.left.full_text(),
            self.basis.full_text(),
            self.diagnosed.full_text(),
            self.by.text(),
            self.note.text(),
            report.source if report is not None else "register" if old is None else old.source,
            report.source_id if report is not None else None if old is None else old.source_id,
        )
        actor, case = self.context.actor, self._case
        if case is None:
            self.submit(lambda s: s.health.illness.note(actor, card))
        else:
            self.submit(lambda s: s.health.illness.correct(actor, case.id, card), words="已更正。")

    def _show(self, case: Case) -> None:
        told = case.told
        self.child.choose(told.child)
        self.disease.set_value(told.disease)
        self.detail.set_text(told.detail)
        self.onset.set_text(told.onset_on.isoformat())
        self.left.set_text(told.left_on.isoformat())
        self.basis.set_text("" if told.basis_on is None else told.basis_on.isoformat())
        self.diagnosed.set_text("" if told.diagnosed_on is None else told.diagnosed_on.isoformat())
        self.by.set_text(told.diagnosed_by)
        self.note.set_text(told.note)

    def _show_report(self, report: Report) -> None:
        self.child.choose(report.child)
        self.beside.setText(f"{report.day.month}月{report.day.day}日：{report.words}")
        self.onset.set_text(report.day.isoformat())
        table = self._diseases.values()
        found, spoken_of = named(report.words, table, claimed=True), named(report.words, table)
        if found is None and spoken_of is not None:
            return  # denied, or a vaccine: whether she is ill, and with what, is for somebody to choose
        self.disease.set_value(OTHER if found is None else found.code)
        self.detail.set_text("" if found is not None and found.code != OTHER else report.words)

    def _on_disease_chosen(self, code: str) -> None:
        disease = self._diseases.get(code)
        self.detail.setVisible(code == OTHER)
        self.rule.setText(
            "选了病种，这里会说要在家多久、看什么证明。"
            if disease is None
            else f"在家到{disease.until_words()}；返园要看{disease.needs}。数字可以在“设置—规则”里改。"
        )
        self.fit()


class CertificateSheet(FormSheet):
    """看证明: which paper, and from which day the days count."""

    WIDE = 720

    def __init__(self, context: RoomContext, host: QWidget, view: CaseView, needs: str) -> None:
        super().__init__(context, host, "certificate", f"看证明 · {view.title}", "看过了")
        self._key = view.case.id
        self.words = self.add_field("words", "看到了什么证明", "如 市妇幼 12月10日 复课证明", required=True)
        self.basis = self.add_day(
            "basis", f"{view.basis_words}是哪天", Direction.PAST, "如 12-8；返园日以前看的证明必须填"
        )
        told = view.case.basis_on
        self.basis.set_text("" if told is None else told.isoformat())
        self.form.addWidget(label(f"要看：{needs}", "muted", wrap=True))
        self.form.addWidget(self.words)
        self.form.addWidget(self.basis)

    def finish(self) -> None:
        """看过了."""
        actor, key, words, basis = self.context.actor, self._key, self.words.text(), self.basis.full_text()
        self.submit(lambda s: s.health.illness.see_certificate(actor, key, words, basis))


class DismissSheet(FormSheet):
    """不是病: how one knows; the report leaves the list and stays on file."""

    WIDE = 640

    def __init__(self, context: RoomContext, host: QWidget, report: Report) -> None:
        super().__init__(context, host, "dismiss", f"不是病 · {report.child_name}", "记下")
        self._key = report.child
        self.form.addWidget(label(f"说的是：{report.words}", "h2", wrap=True))
        words = "问过家长、看过化验单再写。同一次请假以后说法变了，会再上报。"
        self.form.addWidget(label(words, "muted", wrap=True))
        self.form.addWidget(
            self.add_field(
                "reason",
                "怎么知道不是病",
                required=True,
                placeholder="如 医院排除了，妈妈发来化验单",
                longest=200,
            )
        )

    def focus_first(self) -> None:
        """The reason."""
        super().focus_first()
        self.fields["reason"].edit.setFocus()

    def finish(self) -> None:
        """记下."""
        actor, key, reason = self.context.actor, self._key, self.text("reason")
        self.submit(lambda s: s.health.illness.dismiss(actor, key, reason))
