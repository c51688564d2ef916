"""What speaks of a child and keeps her record from being taken back, in words."""

from collections.abc import Iterable

_WORDS = {
    "visit": "入园",
    "booking": "预约",
    "booking_series": "预约",
    "enrolment": "入托",
    "receipt": "收费",
    "deferral": "待付",
    "absence": "请假",
    "absence_spell": "请假",
    "absence_follow_up": "追访",
    "card": "接送卡",
    "life_step": "招生",
    "applicant": "招生",
    "illness_case": "疾病登记",
    "growth_measure": "体格测量",
    "instruction": "家长嘱咐",
    "injury": "受伤登记",
    "register_entry": "登记册",
    "observation": "观察记录",
    "term_summary": "学期小结",
    "doctor_child": "医生来访",
    "consent": "同意书",
    "child_paper": "证件",
    "contact": "联系记录",
    "pickup_grant_child": "电话授权",
    "barred_alarm": "禁止接走警报",
    "log_entry": "班级日志",
    "child": "合并",
}
# Also of what nobody is to learn about: for the desk a restricted record is one among many things.
_OTHER = "改动或别的登记"
_SAID = 3


def words_of(tables: Iterable[str]) -> str:
    """疾病登记、家长嘱咐; the first few, and 改动或别的登记 for what has no words of its own."""
    found = sorted({_WORDS.get(table, _OTHER) for table in tables}, key=lambda one: (one == _OTHER, one))
    return "、".join(found[:_SAID]) or _OTHER
