"""What a record (档案) holds of a child and of an adult, field by field, and what each text must be.

Every field says why it is asked: ``REQUIRED`` to keep the record at all, ``LAW`` because a rule asks for it,
``OPTIONAL`` because it helps. No religion, no income (PIPL 28: what is not necessary is not asked).
"""

import datetime as dt
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.names import clean_name, clean_text
from app.domain.record import record
from app.domain.staff import Permission
from app.domain.typed_days import ANY_FAR, DayTextError, Direction, read_day


class Need(StrEnum):
    """Why a field is asked."""

    REQUIRED = "required"
    LAW = "law"
    OPTIONAL = "optional"

    @property
    def label(self) -> str:
        """必填, 按规定, 选填."""
        return {"required": "必填", "law": "按规定", "optional": "选填"}[self.value]


class Section(StrEnum):
    """The parts of a child's record, in their order on the screen."""

    BASIC = "basic"
    FAMILY = "family"
    HEALTH = "health"
    HABITS = "habits"
    PAPERS = "papers"
    HISTORY = "history"

    @property
    def label(self) -> str:
        """基本, 家人, 健康, 习惯, 证件与同意, 历史."""
        words = ("基本", "家人", "健康", "习惯", "证件与同意", "历史")
        return words[list(Section).index(self)]


class Kind(StrEnum):
    """What a field's text is."""

    NAME = "name"
    TEXT = "text"
    CHOICE = "choice"
    YES = "yes"  # "1" or empty
    DATE = "date"
    NUMBER = "number"
    PHONE = "phone"
    LIST = "list"  # words parted by 、


Choices = tuple[tuple[str, str], ...]


@record
class FieldSpec:
    """One field. ``least`` and ``most`` bound a number; ``secret`` texts are shown masked."""

    name: str
    label: str
    need: Need = Need.OPTIONAL
    kind: Kind = Kind.TEXT
    section: Section = Section.BASIC
    choices: Choices = ()
    hint: str = ""
    least: int = 0
    most: int = 0
    secret: bool = False
    future: bool = False  # a date that may lie ahead (until when something holds)
    sees: Permission = Permission.READ  # whom it is shown to, besides what its section says

    @property
    def sight(self) -> Permission:
        """Whom it is shown to: her health to those who care for it, what she must not eat to everybody."""
        health = self.section is Section.HEALTH and self.name not in {"allergy", "allergens"}
        return Permission.SEE_HEALTH if health else self.sees


class FieldError(RuleError):
    """A text that a field cannot hold."""


_R, _L = Need.REQUIRED, Need.LAW
_DOCUMENTS, _CUSTODY = Permission.SEE_DOCUMENTS, Permission.SEE_CUSTODY
DOCUMENT_KINDS: Choices = (
    ("resident", "居民身份证"),
    ("birth_certificate", "出生医学证明"),
    ("household", "户口簿"),
    ("hmt_permit", "港澳台居民居住证"),
    ("foreign_permit", "外国人永久居留身份证"),
    ("passport", "护照"),
)
GROUPS: Choices = (("staff", "本单位职工"), ("public", "社会"))
SEXES: Choices = (("f", "女"), ("m", "男"))
ALLERGY: Choices = (("none", "没有"), ("has", "有"), ("unknown", "不清楚"))

CHILD_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("name", "姓名", _R, Kind.NAME),
    FieldSpec("nickname", "小名"),
    FieldSpec("sex", "性别", _L, Kind.CHOICE, choices=SEXES),
    FieldSpec("born_on", "出生日期", _R, Kind.DATE, hint="如 2023-08-19"),
    FieldSpec("ethnicity", "民族", hint="当地表格要填才问，如 汉族", sees=_DOCUMENTS),
    FieldSpec("document_kind", "证件种类", _L, Kind.CHOICE, choices=DOCUMENT_KINDS, sees=_DOCUMENTS),
    FieldSpec("document_number", "证件号码", _L, secret=True, hint="显示时自动遮住中间几位", sees=_DOCUMENTS),
    FieldSpec("birth_order", "孩次", kind=Kind.NUMBER, least=1, most=12, hint="第几个孩子，申领补贴时用"),
    FieldSpec("address", "住址", sees=Permission.SEE_ADDRESS),
    FieldSpec("employer_group", "家庭类别", kind=Kind.CHOICE, choices=GROUPS),
    FieldSpec("employer", "家长单位"),
    FieldSpec("insurer", "意外险公司"),
    FieldSpec("policy", "保单号"),
    FieldSpec("insured_until", "保险到期", kind=Kind.DATE, future=True),
    FieldSpec("note", "备注"),
    FieldSpec("allergy", "过敏", _R, Kind.CHOICE, Section.HEALTH, ALLERGY),
    FieldSpec("allergens", "对什么过敏", kind=Kind.LIST, section=Section.HEALTH, hint="如 鸡蛋、虾，用顿号"),
    FieldSpec("allergy_told", "过敏由谁告知", _R, section=Section.HEALTH, hint="如 妈妈当面"),
    FieldSpec("diet", "饮食要求", section=Section.HEALTH, hint="如 不吃牛肉；特殊喂养要监护人写书面说明"),
    FieldSpec("chronic", "既往病史", _L, section=Section.HEALTH, hint="如 先心病、癫痫；没有写“无”"),
    FieldSpec("gestation", "出生孕周", kind=Kind.NUMBER, section=Section.HEALTH, least=22, most=44),
    FieldSpec(
        "vaccination", "预防接种证查验", _L, Kind.CHOICE, Section.HEALTH,
        (("complete", "已按月龄接种"), ("catch_up", "需要补种"), ("no_book", "没有接种证")),
    ),
    FieldSpec("vaccination_on", "查验日期", _L, Kind.DATE, Section.HEALTH),
    FieldSpec("vaccination_by", "查验人 / 单位", _L, section=Section.HEALTH, hint="以接种单位的查验结果为准"),
    FieldSpec("exam", "入托体检", _L, Kind.CHOICE, Section.HEALTH, (("fit", "合格"), ("unfit", "不合格"))),
    FieldSpec("exam_on", "体检日期", _L, Kind.DATE, Section.HEALTH),
    FieldSpec("exam_hospital", "体检医院", _L, section=Section.HEALTH),
    FieldSpec("blood_on", "上次查血红蛋白", kind=Kind.DATE, section=Section.HEALTH, hint="1–3 岁每年一次"),
    FieldSpec("hearing_on", "上次筛查听力", kind=Kind.DATE, section=Section.HEALTH, hint="1–3 岁每年一次"),
    FieldSpec("vision_on", "上次查眼和视力", kind=Kind.DATE, section=Section.HEALTH, hint="1–3 岁每半年一次"),
    FieldSpec("sleep", "睡眠习惯", section=Section.HABITS, hint="如 抱着睡、要听歌"),
    FieldSpec("toilet", "如厕怎么说", section=Section.HABITS, hint="如 “嘘嘘”“臭臭”"),
    FieldSpec("comfort", "安抚物", section=Section.HABITS, hint="如 小兔子、安抚巾"),
    FieldSpec("soothing", "哭了怎么哄", section=Section.HABITS),
    FieldSpec("eating", "吃饭习惯", section=Section.HABITS, hint="如 会用勺、奶瓶喝 180 毫升"),
    FieldSpec("language", "家里说什么话", section=Section.HABITS, hint="如 普通话、四川话"),
)  # fmt: skip
ADULT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("name", "姓名", _R, Kind.NAME),
    FieldSpec("relation", "与孩子的关系", _R, hint="如 妈妈、奶奶、育儿嫂"),
    FieldSpec("phone", "电话", _R, Kind.PHONE),
    FieldSpec("is_guardian", "监护人", _L, Kind.YES),
    FieldSpec("may_collect", "可以接孩子", _L, Kind.YES),
    FieldSpec("is_emergency", "紧急联系人", _L, Kind.YES),
    FieldSpec("identity_seen", "身份证已核对", _L, Kind.YES),
    FieldSpec("document_number", "身份证号", _L, secret=True, sees=_DOCUMENTS),
    FieldSpec("born_on", "出生日期", _L, Kind.DATE, hint="未满 18 周岁不能接孩子"),
    FieldSpec("barred", "禁止接走", kind=Kind.YES),
    FieldSpec("paper_kind", "凭什么禁止", hint="如 法院判决书、人身安全保护令", sees=_CUSTODY),
    FieldSpec("paper_number", "文书编号", sees=_CUSTODY),
    FieldSpec("paper_on", "文书日期", kind=Kind.DATE, sees=_CUSTODY),
    FieldSpec("valid_until", "有效至", kind=Kind.DATE, future=True, hint="没有写明就留空", sees=_CUSTODY),
)
BARRING_FIELDS = ("paper_kind", "paper_number", "paper_on", "valid_until")
_CHILD = {spec.name: spec for spec in CHILD_FIELDS}
_ADULT = {spec.name: spec for spec in ADULT_FIELDS}
_OLDEST = dt.date(1900, 1, 1)
_WIDE = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")


def spec_of(subject: str, name: str) -> FieldSpec:
    """The field of a ``child`` or an ``adult``. Raises ``KeyError`` for one they do not have."""
    return (_CHILD if subject == "child" else _ADULT)[name]


def check_text(spec: FieldSpec, text: str, today: dt.date) -> str:
    """The text as it is kept; empty is always kept as empty (what must be there is asked elsewhere).

    Raises:
        RuleError: the field cannot hold it; ``field`` names the field.
    """
    plain = text.strip()
    if not plain:
        return ""
    if spec.kind is Kind.NAME:
        return clean_name(plain)
    if spec.kind is Kind.PHONE:
        from app.domain.phones import check_phone

        return check_phone(plain)
    if spec.kind is Kind.DATE:
        return check_day(spec, plain, today).isoformat()
    if spec.kind is Kind.NUMBER:
        return _number(spec, plain)
    if spec.kind is Kind.YES:
        return "1"
    if spec.kind is Kind.CHOICE:
        if plain not in dict(spec.choices):
            msg = f"请在“{spec.label}”里选一项。"
            raise FieldError(msg, field=spec.name)
        return plain
    if spec.kind is Kind.LIST:
        return "、".join(split_list(clean_text(plain, spec.label, spec.name)))
    return clean_text(plain, spec.label, spec.name)


def direction_of(spec: FieldSpec) -> Direction:
    """Which day a date field means by one without a year: a birth's must stand there."""
    if spec.name == "born_on":
        return Direction.WRITTEN
    return Direction.COMING if spec.future else Direction.PAST


def check_day(spec: FieldSpec, text: str, today: dt.date) -> dt.date:
    """Read a day as every field does (``typed_days``).

    Raises:
        FieldError: no date, or one ahead where the field tells what has happened.
    """
    try:
        found = read_day(text, today, direction_of(spec), spec.name, far=ANY_FAR)
    except DayTextError as error:
        msg = f"看不懂“{spec.label}”：{text.strip()[:20]}。请按 2023-08-19 或 20230819 填写。"
        raise FieldError(msg, field=spec.name) from error
    if found < _OLDEST or (found > today and not spec.future):
        msg = f"“{spec.label}”写的是 {found}，请核对（今天是 {today}）。"
        raise FieldError(msg, field=spec.name)
    return found


def split_list(text: str) -> tuple[str, ...]:
    """The words of a list, each once: parted by 、 or a comma or a semicolon."""
    for sign in ",，;；":
        text = text.replace(sign, "、")
    return tuple(dict.fromkeys(part.strip() for part in text.split("、") if part.strip()))


def shown_text(spec: FieldSpec, value: str) -> str:
    """A kept text as it reads: a choice by its words, a secret masked, a yes as 是."""
    if not value:
        return ""
    if spec.secret:
        from app.domain.identity import mask_identity

        return mask_identity(value)
    if spec.kind is Kind.PHONE:
        from app.domain.phones import mask_phone

        return mask_phone(value)
    if spec.kind is Kind.YES:
        return "是"
    return dict(spec.choices).get(value, value)


def _number(spec: FieldSpec, text: str) -> str:
    digits = text.translate(_WIDE)
    if not digits.isdecimal() or not spec.least <= int(digits) <= spec.most:
        msg = f"“{spec.label}”应是 {spec.least} 到 {spec.most} 的数字。"
        raise FieldError(msg, field=spec.name)
    return str(int(digits))
