"""还缺: what the card still lacks, what may come later, and what is there."""

from app.services.intake_card import IntakeCard, Missing
from app.services.intake_reading import Reading


def list_missing(card: IntakeCard, reading: Reading) -> tuple[Missing, ...]:
    """Required lines first. A field that cannot be read is a problem, not missing."""
    required = [
        ("name", "孩子姓名", card.name),
        ("born_on", "出生日期", card.born_on),
        ("allergy", "过敏 / 禁忌", reading.allergy),
        ("allergens", "对什么过敏", "、".join(reading.substances) if reading.allergy == "has" else "-"),
        ("body", "今天身体", card.body),
        ("bringer", "送来的人", card.bringer),
        ("relation", "与孩子的关系", card.relation),
        ("phone", "送来人的手机", card.phone),
        ("second", "另一紧急联系人", card.second),
        ("second_phone", "紧急联系人的手机", card.second_phone),
        ("promised", "说好几点接", card.promised),
        ("temperature", "晨检体温", card.temperature or card.check_outcome),
        ("check_outcome", "晨检结果", card.check_outcome),
    ]
    found = [Missing("required", label, field) for field, label, value in required if not value.strip()]
    if not card.identity_seen:
        found.append(Missing("later", "送来人的身份证", "identity_seen", "今天没带，下次核对"))
    if not card.document_number.strip():
        found.append(Missing("later", "孩子身份证件号", "document_number"))
    found.append(Missing("later", "预防接种证照片"))
    found.append(Missing("have", "临时托协议", hint="保存时打印，家长签字"))
    return tuple(found)
