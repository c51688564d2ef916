"""离园交接报告: one A5 sheet in large print that goes home with the child."""

import datetime as dt
from dataclasses import dataclass

from app.domain.prose import NoteText


@dataclass(frozen=True, slots=True)
class PickupReport:
    """One child's day, frozen for paper.

    An empty ``number`` or ``signed_by`` prints as a draft (未定稿). ``collector`` and ``relation`` are empty
    until somebody has come. Empty parts of ``text`` leave their line out.
    """

    centre: str
    day: dt.date
    child: str
    sex: str  # 女, 男, empty when unknown
    age: str  # 2岁3个月
    class_name: str
    care: str  # 半日临时托
    arrived: dt.datetime
    until: dt.datetime | None  # left, or else promised
    text: NoteText
    number: str = ""  # H-20251203-0007
    seal: str = ""
    practice: bool = False
    signed_by: str = ""
    signed_at: dt.datetime | None = None
    collector: str = ""  # 王秀兰
    relation: str = ""  # 奶奶
    allergies: tuple[str, ...] = ()
    version: int = 1
