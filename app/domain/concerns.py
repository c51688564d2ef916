"""疑似侵害: suspected harm to a child. Whoever sees it must report it at once (未成年人保护法 第十一条).

Who may read a record of it is decided here, in one place: the director and who wrote it down.
"""

from app.domain.errors import RuleError
from app.domain.ids import StaffId
from app.domain.staff import Actor, Role

CHANNELS = {
    "110": "110",
    "station": "派出所",
    "12345": "12345",
    "civil": "民政、妇联或教育部门",
    "other": "其他",
}
# The nine situations of the opinion of nine departments (2020), for whoever is not sure whether to report.
SIGNS = (
    "多处或反复的伤、说不清原因的伤",
    "营养不良、长期没人照看",
    "身上有被捆绑、烫、咬的痕迹",
    "突然怕某个大人、怕回家",
    "隐私部位的伤或不合年龄的行为",
    "被独自留在家或被遗弃",
    "被胁迫乞讨、被拐卖",
    "照看的人酗酒、吸毒、家暴",
    "其他让您担心的情况",
)


class ConcernError(RuleError):
    """A record that cannot be kept as it is."""


class NoSuchConcernError(RuleError):
    """There is none, or none for this person: the sentence is the same, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("没有找到这条记录。")


def may_read(actor: Actor, reporter: StaffId) -> bool:
    """Whether somebody may know of a record: the director, and who wrote it down."""
    return actor.role is Role.DIRECTOR or actor.id == reporter
