"""The desk of the practice day, 2025-12-03 13:52, without a file behind it."""

import datetime as dt

from app.domain.classes import ClassKind
from app.domain.ids import AdultId, ChildId, ClassId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.services.desk import AdultRow, Board, ChildCard, ChildRow, ClassTile, RowState

ZONE = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2025, 12, 3, 13, 52, tzinfo=ZONE)
CLASSES = {
    1: ("小星星", "#E07A5F"),
    2: ("小海豚", "#3D8EB0"),
    3: ("抱抱龙", "#6B9A4B"),
    5: ("小树苗", "#D4A017"),
}


def at(hour: int, minute: int) -> dt.datetime:
    """A moment of the practice day."""
    return NOW.replace(hour=hour, minute=minute)


def row(child: int, name: str, state: RowState, **changed) -> ChildRow:
    """A row, ordinary but for what is named."""
    class_id = changed.pop("class_id", 3)
    class_name, colour = CLASSES[class_id]
    inside = state in {RowState.PRESENT, RowState.DUE, RowState.LEFT}
    values = {
        "child": ChildId(child),
        "visit": VisitId(child + 100) if inside else None,
        "state": state,
        "name": name,
        "nickname": "",
        "sex": "f",
        "age_words": "2岁3个月",
        "class_id": ClassId(class_id),
        "class_name": class_name,
        "colour": colour,
        "mode": CareMode.FULL_DAY,
        "mode_words": "全日托",
        "allergies": (),
        "allergy_unknown": False,
        "expected_minute": 510,
        "arrived_at": at(8, 30) if inside else None,
        "promised_at": None,
        "left_at": None,
        "collected_by": "",
        "overdue_minutes": 0,
        "chip": Chip("正常"),
    }
    return ChildRow(**(values | changed))


YUQING = row(
    1,
    "朱予晴",
    RowState.DUE,
    mode=CareMode.TEMPORARY,
    mode_words="半日临时托",
    allergies=("鸡蛋",),
    arrived_at=at(9, 12),
    promised_at=at(14, 0),
    chip=Chip("14:00", Tone.WARN),
)
LATE = row(2, "王梓萱", RowState.DUE, class_id=1, age_words="10个月", mode_words="半日托（上午）",
           overdue_minutes=22, chip=Chip("超 22 分", Tone.BAD))  # fmt: skip
HOURLY = row(3, "李𬱖昊", RowState.DUE, class_id=2, age_words="1岁5个月", mode=CareMode.HOURLY,
             mode_words="计时托", chip=Chip("14:15", Tone.WARN))  # fmt: skip
LEYAO = row(4, "周乐瑶", RowState.EXPECTED, class_id=2, age_words="1岁7个月",
            chip=Chip("未到 5小时", Tone.WARN))  # fmt: skip
SIRUI = row(5, "马思睿", RowState.EXPECTED, age_words="2岁4个月", mode_words="半日托（下午）",
            chip=Chip("14:00"))  # fmt: skip
SICK = row(6, "韩奕辰", RowState.ABSENT, age_words="2岁9个月", mode_words="病假 · 发热",
           chip=Chip("已随访", Tone.INFO))  # fmt: skip
GONE = row(7, "陈可欣", RowState.LEFT, left_at=at(13, 41), collected_by="妈妈 赵岚",
           chip=Chip("完成", Tone.OK))  # fmt: skip
PRESENT = tuple(
    row(20 + n, name, RowState.PRESENT, class_id=class_id, chip=chip)
    for n, (name, class_id, chip) in enumerate(
        (
            ("张沐阳", 3, Chip("花生过敏", Tone.BAD)),
            ("刘安然", 1, Chip("午睡", Tone.INFO)),
            ("赵予安", 2, Chip("14:30 喂药", Tone.WARN)),
            ("尉迟嘉木", 5, Chip("正常")),
            ("孙一诺", 3, Chip("正常")),
        )
    )
)


def tile(number: int, name: str, kind: ClassKind, colour: str, counts: str, ratio: str, verdict: Chip):
    """A class tile from ``present/seats``."""
    present, seats = (int(part) for part in counts.split("/"))
    return ClassTile(ClassId(number), name, kind, colour, present, seats, 3, 3, ratio, verdict)


TILES = (
    tile(1, "小星星", ClassKind.INFANT, "#E07A5F", "8/10", "师生比 1 : 2.7", Chip("合规", Tone.OK)),
    tile(2, "小海豚", ClassKind.TODDLER, "#3D8EB0", "13/15", "师生比 1 : 4.3", Chip("合规", Tone.OK)),
    tile(3, "抱抱龙", ClassKind.OLDER_TODDLER, "#6B9A4B", "18/20", "师生比 1 : 6.0", Chip("合规", Tone.OK)),
    tile(4, "小火车", ClassKind.OLDER_TODDLER, "#B5838D", "20/20", "师生比 1 : 6.7", Chip("已满", Tone.WARN)),
    tile(5, "小树苗", ClassKind.MIXED, "#D4A017", "16/18", "师生比 1 : 8.0", Chip("缺 2 人", Tone.BAD)),
)

BOARD = Board(
    now=NOW,
    classes=TILES,
    expected=(LEYAO, SIRUI),
    due=(YUQING, LATE, HOURLY),
    just_left=(GONE,),
    present=PRESENT,
    absent=(SICK,),
    present_count=75,
    licensed_seats=83,
    expected_count=81,
    sick_count=3,
    personal_count=2,
    parked_drafts=1,
    alerts=(Chip("小树苗班缺 2 名保育人员", Tone.BAD),),
)

EMPTY_BOARD = Board(NOW, (), (), (), (), (), (), 0, 0, 0, 0, 0, 0, ())


def adult(number: int, name: str, relation: str, **changed) -> AdultRow:
    """An adult who may collect, but for what is named."""
    values = {
        "adult": AdultId(number),
        "name": name,
        "relation": relation,
        "phone_masked": "138****6021",
        "may_collect": True,
        "barred": False,
        "is_guardian": False,
        "is_emergency": False,
        "identity_seen": False,
        "brought_today": False,
    }
    return AdultRow(**(values | changed))


GRANDMOTHER = adult(1, "王秀兰", "奶奶", identity_seen=True, brought_today=True)
MOTHER = adult(2, "赵敏", "妈妈", phone_masked="139****1177", is_guardian=True)
BARRED = adult(3, "朱强", "爸爸", may_collect=False, barred=True)

CARD = ChildCard(YUQING, (GRANDMOTHER, MOTHER), "09:12 奶奶送到 · 晨检 36.5℃ 正常 · 预计 14:00 接")
