"""What the intake card asks, and where: the rows of its three cards and the order of the walk."""

from collections.abc import Sequence

RELATIONS = ("奶奶", "外婆", "爷爷", "外公", "妈妈", "爸爸", "阿姨", "亲戚")
REASONS_TO_COME = ("家中来客", "家人看病", "临时加班", "外出办事", "体验试托", "保姆请假")
COLLECTORS = (("bringer", "送来的人"), ("second", "另一联系人"), ("other", "＋ 其他"))
ANSWERS = {
    "sex": ("性别", (("f", "女"), ("m", "男"))),
    "allergy": ("过敏或禁忌，必答", (("none", "没有"), ("has", "有"), ("unknown", "不清楚，先不进食"))),
    "body": ("今天身体，必答", (("ok", "正常"), ("medicine", "带药"), ("unwell", "有不适"))),
    "identity": ("身份证已看", (("seen", "已核"), ("none", "未带"))),
    "tariff": (
        "托育方式，必选",
        (("temp_full_day", "全日"), ("temp_half_day", "半日临时"), ("hourly", "计时")),
    ),
    "class": ("班级", ()),
    "check": ("晨检结果，必答", (("normal", "正常"), ("recheck", "复测"), ("abnormal", "异常…"))),
}
# Why in spite of a rule or of the file: asked only where the rules say so.
WHYS = {
    "age_reason": "月龄不在年龄段：为什么仍收",
    "same_reason": "不是档案里的那个孩子：怎么知道的",
    "allergy_reason": "档案里的过敏没有了：谁说的、为什么（园长）",
    "collect_reason": "新的接送人：哪位监护人同意的、怎么同意的",
    "capacity_reason": "人数已到上限：为什么仍收（园长）",
    "health_reason": "晨检异常：为什么仍收（园长）",
}

Rows = Sequence[Sequence[tuple[str, int]]]
CARDS: tuple[tuple[str, Rows], ...] = (
    (
        "孩子",
        (
            (("name", 1), ("sex", 1), ("born_on", 1), ("age", 1)),
            (("allergy", 2), ("body", 2)),
            (("age_reason", 2), ("document_number", 2)),
            (("allergy_reason", 2), ("same_reason", 2)),
        ),
    ),
    (
        "送来的人",
        (
            (("bringer", 1), ("relation", 1), ("phone", 1), ("identity", 1)),
            (("second", 1), ("second_phone", 1), ("collectors", 2)),
            (("other", 2), ("other_phone", 1)),
            (("identity_number", 2), ("collect_reason", 2)),
        ),
    ),
    (
        "今天",
        (
            (("tariff", 2), ("promised", 1), ("reason", 1)),
            (("class", 2), ("check", 2)),
            (("capacity_reason", 2), ("health_reason", 2)),
        ),
    ),
)
# The stops of the walk: lines and answers by name, in the order in which a person asks.
WALK = (
    "name", "sex", "born_on", "allergy", "allergens", "body", "body_note", "age_reason", "document_number",
    "allergy_reason", "same_reason", "bringer", "relation", "phone", "identity", "second", "second_relation",
    "second_phone", "collectors", "other", "other_relation", "other_phone", "identity_number",
    "collect_reason", "tariff", "promised", "reason", "class", "temperature", "check", "check_note",
    "capacity_reason", "health_reason",
)  # fmt: skip
# Which cell speaks for the fields of the card that have none of their own.
ALSO = {
    "allergy": ("allergens",),
    "body": ("body_note",),
    "identity": ("identity_seen",),
    "second": ("second_relation",),
    "collectors": ("bringer_collects", "second_collects", "other_collects"),
    "other": ("other_relation",),
    "class": ("class_id",),
    "check": ("temperature", "check_outcome", "check_note"),
}
# The stop that a field of the card is answered at, where the two are not called alike.
STOP_OF = {
    "identity_seen": "identity",
    "class_id": "class",
    "check_outcome": "check",
    "bringer_collects": "collectors",
    "second_collects": "collectors",
    "other_collects": "collectors",
}
WAITING = (("", "先填出生日期"),)  # what the class question says while no class can be proposed
