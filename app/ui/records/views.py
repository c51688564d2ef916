"""The sections of a record as they are read: fields, family, papers and consents, history."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.allergens import ReadAs
from app.domain.looks import Chip, Tone
from app.domain.record_fields import Kind, Need, Section
from app.domain.records import ANSWERS
from app.services.record_cards import HISTORY_PAGE, AdultCard, ConsentRow, FieldValue, PaperRow, RecordCard
from app.ui.icons import Icons
from app.ui.records.photo import Face
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.states import EmptyState

_ANSWER_TONES = {"given": Tone.OK, "refused": Tone.INFO, "withdrawn": Tone.WARN}
_LEFT = Qt.AlignmentFlag.AlignLeft
_SOME_WORDS = 5


class SectionView(QWidget):
    """One section. What is wanted is told by a word and its object: ``edit_adult`` with an ``AdultId``."""

    wanted = Signal(str, object)

    def __init__(self, theme: Theme, icons: Icons, *, may_change: bool) -> None:
        super().__init__()
        self._theme, self._icons, self.may_change = theme, icons, may_change
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, theme.metrics.s2, 0)
        self.column.setSpacing(theme.metrics.s3)

    def button(
        self, words: str, object_name: str, spoken: str, act: str, what: object, kind: str = ""
    ) -> KeyButton:
        """A button that wants something."""
        made = KeyButton(self._theme, words, kind=kind, object_name=object_name)
        made.setAccessibleName(spoken)
        made.clicked.connect(lambda: self.wanted.emit(act, what))
        if not self.may_change:
            made.hide()
        return made


def build_view(
    theme: Theme, icons: Icons, card: RecordCard, section: Section, *, may_change: bool
) -> SectionView:
    """The view of a section."""
    view = SectionView(theme, icons, may_change=may_change)
    if section is Section.FAMILY:
        _family(view, theme, card)
    elif section is Section.PAPERS:
        _papers(view, theme, card)
    elif section is Section.HISTORY:
        _history(view, theme, icons, card)
    else:
        _fields(view, theme, card, section)
    view.column.addStretch(1)
    return view


# -- fields ---------------------------------------------------------------------------------------------


def _fields(view: SectionView, theme: Theme, card: RecordCard, section: Section) -> None:
    if section is Section.BASIC and card.gaps:
        view.column.addWidget(_gaps(view, theme, card))
    if section is Section.HEALTH and card.exam.words:
        line = QHBoxLayout()
        line.addWidget(label("入托体检", "muted"))
        line.addWidget(ChipLabel(theme, card.exam))
        line.addStretch(1)
        view.column.addLayout(line)
    values = [one for one in card.fields if one.spec.section is section]
    view.column.addLayout(field_grid(theme, values))
    if section is Section.HEALTH and section in card.withheld:
        words = "其余的健康资料按岗位不显示，由前台、老师、保健员、园长查看。"
        view.column.addWidget(label(words, "muted", wrap=True))
    if section is Section.HEALTH:
        for place, one in enumerate(card.allergies, 1):
            if one.food:
                said = label(_read_words(one), "muted" if one.words else "warning", wrap=True)
                said.setObjectName(f"records.allergy.{place}")
                view.column.addWidget(said)


def _read_words(one: ReadAs) -> str:
    """By what a dish is held back from her, or that the table does not know what she is allergic to."""
    if one.words:
        some = "、".join(one.words[:_SOME_WORDS])
        return (
            f"“{one.substance}”：菜名里有{some}等 {len(one.words)} 种写法的，记录前先问。"
            "没写出来的配料认不出，请在食谱的过敏原里写明。"
        )
    return (
        f"过敏原表里没有“{one.substance}”：只有菜名里写着它才会问。"
        f"含它的菜，请在食谱的过敏原里写上“{one.substance}”。"
    )


def _gaps(view: SectionView, theme: Theme, card: RecordCard) -> Card:
    box = Card(theme, ground="warn_soft", border="", radius=theme.metrics.r_m)
    column = box.column(margins=(theme.metrics.s3, *(theme.metrics.s2,) * 3))
    holder = QWidget()
    flow = FlowLayout(holder, theme.metrics.s2)
    told = label(f"还缺 {len(card.gaps)} 项（点一项就去填）", "h2")
    told.setMinimumHeight(max(44, theme.px(40)))  # in one line with what is lacking
    flow.addWidget(told)
    for gap in card.gaps:
        made = KeyButton(theme, gap.words, object_name=f"records.gap.{gap.key}")
        made.setAccessibleName(f"还缺 {gap.words}，依据 {gap.source}")
        made.setToolTip(f"依据：{gap.source}")
        made.clicked.connect(lambda _=False, one=gap: view.wanted.emit("gap", one))
        flow.addWidget(made)
    column.addWidget(holder)
    return box


def field_grid(theme: Theme, values: Iterable[FieldValue]) -> QGridLayout:
    """Label and value side by side, two pairs in a row."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.metrics.s3)
    grid.setVerticalSpacing(theme.metrics.s2)
    for at, value in enumerate(values):
        row, side = divmod(at, 2)
        name = label(value.spec.label, "muted")
        name.setMinimumWidth(theme.px(92))
        grid.addWidget(name, row, side * 2)
        grid.addWidget(_value(value), row, side * 2 + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid


def _value(value: FieldValue) -> QLabel:
    if value.shown:
        return label(value.shown, "small" if value.withheld else "", wrap=True)
    asked = value.spec.need is not Need.OPTIONAL and value.spec.kind is not Kind.YES
    return label("还没有填", "warning") if asked else label("—", "small")


# -- family ---------------------------------------------------------------------------------------------


def _family(view: SectionView, theme: Theme, card: RecordCard) -> None:
    phones = {one.phone for one in card.adults if one.phone and not is_barred(one)}
    if not phones:
        view.column.addWidget(label("没有打得通电话的家人，请马上添加。", "error", wrap=True))
    if len(phones) == 1:
        view.column.addWidget(label("只有一个电话。请再问一个紧急联系电话。", "warning", wrap=True))
    for place, (kept, merged) in enumerate(card.twins, 1):
        line = QHBoxLayout()
        names = {one.adult: f"{one.relation}{one.name}" for one in card.adults}
        words = f"{names[kept]}和{names[merged]}像是同一个人。"
        line.addWidget(label(words, "warning", wrap=True), 1)
        name = f"records.twins.{place}"
        line.addWidget(view.button("合并两人", name, f"{words}合并", "merge_adults", (kept, merged)))
        view.column.addLayout(line)
    for place, one in enumerate(card.adults, 1):
        view.column.addWidget(_adult(view, theme, one, place))


def is_barred(one: AdultCard) -> bool:
    """Whether this adult must not collect the child."""
    return any(chip.tone is Tone.BAD for chip in one.chips)


def _adult(view: SectionView, theme: Theme, one: AdultCard, place: int) -> Card:
    m = theme.metrics
    barred = is_barred(one)
    box = Card(theme, ground="bad_soft" if barred else "surface_2", radius=m.r_m)
    column = box.column(margins=(m.s3, m.s2, m.s3, m.s2), spacing=m.s1)
    head = QHBoxLayout()
    head.setSpacing(m.s2)
    face = Face(theme, 44)
    face.setObjectName(f"records.face.{one.adult}")
    face.show_face(one.name[:1], "brand", None)
    head.addWidget(face)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(f"{one.name} · {one.relation}", "h2"))
    words.addWidget(label(one.phone or "没有电话", "muted" if one.phone else "warning"))
    head.addLayout(words, 1)
    column.addLayout(head)
    holder = QWidget()
    flow = FlowLayout(holder, m.s1)
    for chip in one.chips:
        flow.addWidget(ChipLabel(theme, chip))
    column.addWidget(holder)
    if one.bar_words:
        column.addWidget(label(f"依据：{one.bar_words}", wrap=True))
    for at, (key, said) in enumerate(one.traits, 1):
        line = QHBoxLayout()
        line.addWidget(label(f"还认得出：{said}"))
        name = f"records.adult.{place}.trait.{at}"
        if view.may_change:
            line.addWidget(
                view.button(
                    f"不再认“{said.split(' ', 1)[-1]}”", name, f"不再认得出他：{said}", "end_trait", key
                )
            )
        line.addStretch(1)
        column.addLayout(line)
    for said in one.formers:
        lead = "合并进来，门口同样报警" if barred else "合并进来，同样搜得到"
        column.addWidget(label(f"{lead}：{said}", "small", wrap=True))
    for at, (alarm, said) in enumerate(one.others, 1):
        line = QHBoxLayout()
        line.addWidget(label(said, wrap=True), 1)
        name = f"records.adult.{place}.other.{at}"
        if view.may_change:
            line.addWidget(
                view.button("下次再报警", name, f"作废，下次来再报警：{said}", "end_clearance", alarm)
            )
        column.addLayout(line)
    column.addWidget(_adult_acts(view, theme, one, place, barred=barred))
    return box


def _adult_acts(view: SectionView, theme: Theme, one: AdultCard, place: int, *, barred: bool) -> QWidget:
    spoken = f"{one.relation}{one.name}"
    acts = QWidget()
    row = FlowLayout(acts, theme.metrics.s2)
    for text, act, said, kind in (
        ("看完整号码", "unmask_adult", "看完整的电话和身份证号，会留下记录", ""),
        ("照片", "photo_adult", "换照片", ""),
        ("修改", "edit_adult", "修改", ""),
        ("记小名、电话尾号", "trait", "记小名、电话或证件尾号，换个名字来也认得出", ""),
        ("移除", "end_adult", "移除", "danger"),
    ):
        if barred and act == "end_adult":
            continue  # who must not collect stays known at the door
        if act == "trait" and not barred:
            continue
        name = f"records.adult.{place}.{act}"
        row.addWidget(view.button(text, name, f"{said}：{spoken}", act, one.adult, kind))
    if not view.may_change:
        acts.hide()
    return acts


# -- papers and consents --------------------------------------------------------------------------------


def _papers(view: SectionView, theme: Theme, card: RecordCard) -> None:
    view.column.addWidget(label("证件与材料", "h2"))
    if Section.PAPERS in card.withheld:
        view.column.addWidget(label("有的证件按岗位不显示。", "muted", wrap=True))
    elif not card.papers:
        view.column.addWidget(label("还没有登记证件。按 F4 登记，到期前 30 天会提醒。", "muted", wrap=True))
    for place, paper in enumerate(card.papers, 1):
        view.column.addLayout(_paper(view, theme, paper, place))
    view.column.addWidget(label("同意书", "h2"))
    for row in card.consents:
        view.column.addLayout(_consent(view, theme, row))


def _paper(view: SectionView, theme: Theme, paper: PaperRow, place: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.metrics.s2)
    line.addWidget(label(paper.title))
    line.addWidget(label(paper.words, "muted", wrap=True), 1)
    if paper.chip.words:
        line.addWidget(ChipLabel(theme, paper.chip))
    line.addWidget(
        view.button("更新", f"records.paper.{place}.edit", f"更新{paper.title}", "edit_paper", paper)
    )
    line.addWidget(
        view.button("移除", f"records.paper.{place}.end", f"移除{paper.title}", "end_paper", paper, "danger")
    )
    return line


def _consent(view: SectionView, theme: Theme, row: ConsentRow) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.metrics.s2)
    words = QVBoxLayout()
    words.setSpacing(0)
    title = label(row.label)
    title.setToolTip(row.text)
    words.addWidget(title)
    before = f"　以前：{'；'.join(row.before)}" if row.before else ""
    words.addWidget(label(f"{row.words or row.text}{before}", "small", wrap=True))
    line.addLayout(words, 1)
    tone = _ANSWER_TONES.get(row.answer, Tone.WARN)
    line.addWidget(ChipLabel(theme, Chip(ANSWERS.get(row.answer, "还没问"), tone)))
    name = f"records.consent.{row.purpose}"
    line.addWidget(view.button("记录", name, f"记录{row.label}的回答", "consent", row))
    return line


# -- history --------------------------------------------------------------------------------------------


def _history(view: SectionView, theme: Theme, icons: Icons, card: RecordCard) -> None:
    if Section.HISTORY in card.withheld:
        words = "修改记录里有以前填过的内容，由前台、保健员、园长查看。"
        view.column.addWidget(EmptyState(theme, icons, "lock-outline", "按岗位不显示", words))
    elif not card.history:
        view.column.addWidget(
            EmptyState(theme, icons, "clipboard-text-outline", "还没有修改", "谁改了什么，会记在这里。")
        )
    for place, row in enumerate(card.history, 1):
        around = QHBoxLayout()
        box = QVBoxLayout()
        box.setSpacing(0)
        around.addLayout(box, 1)
        if row.undo is not None:
            name = f"records.history.{place}.undo"
            undo = view.button("撤销", name, f"撤销：{row.title}", "undo", row.undo)
            around.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)  # beside its heading, however long the entry
        if row.surplus is not None:
            name = f"records.history.{place}.surplus"
            back = view.button("撤销这一次", name, f"撤销这一次：{row.title}", "surplus", row)
            around.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        who = f" · {row.who}" if row.who else ""
        box.addWidget(label(f"{row.at:%Y-%m-%d %H:%M}{who}", "small"))
        box.addWidget(label(row.title, wrap=True))
        for line in row.lines:
            box.addWidget(label(line, "muted", wrap=True))
        view.column.addLayout(around)
    if card.older:
        words = f"更早的还有 {card.older} 条，再看 {min(card.older, HISTORY_PAGE)} 条"
        view.column.addWidget(
            view.button(words, "records.history.more", words, "older", len(card.history)), 0, _LEFT
        )
