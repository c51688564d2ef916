"""The plans of the practice centre's weeks and what its teachers saw. The dice are its own."""

import datetime as dt
import random

from db.practice_book import Book
from db.practice_people import CLASSES, DRAGON, Kid
from db.practice_scene import Centre, planned, stamp

_WEEKS_BEFORE, _WEEKS_AFTER = 2, 3
_SEED = 81
_NOON = 13 * 60 + 5  # when teachers write: the children sleep
# Theme and goals by the kind of a class, in turn by the week of the year.
_THEMES = {
    "infant": (
        ("听一听、摸一摸", "喜欢用手和耳朵认识身边的东西；愿意在垫上多爬一爬。"),
        ("暖暖的冬天", "摸到软的、暖的会笑；听着儿歌安静下来。"),
        ("我的小手", "会抓、会递、会拍；自己拿着软食吃。"),
    ),
    "toddler": (
        ("小雨小雪", "用手指点画，说“滴答”“飘飘”；喜欢一起念儿歌。"),
        ("我会自己来", "自己舀几口饭，伸手穿袖子；玩好把玩具送回家。"),
        ("小动物过冬", "认出四种小动物，学它们走路；听完一个短故事。"),
    ),
    "older_toddler": (
        ("雪花飘飘", "认识雪花的样子，敢用胶棒和颜料；愿意说说自己的画。"),
        ("冬天的衣服", "自己穿外套、戴帽子；能说出冷和暖。"),
        ("好朋友", "愿意轮流、会说“请”和“谢谢”；说得出几个同伴的名字。"),
        ("新年快到了", "一起装扮教室；学一首新年儿歌，数到五。"),
    ),
    "mixed": (
        ("一起玩", "大的带小的玩小超市；学会等一等。"),
        ("冬天在外面", "每天户外两小时；看看结冰、踩踩落叶。"),
        ("撕撕贴贴", "用软纸撕和贴；说说做的是什么。"),
    ),
}
# Area and words by the kind of a class. {other} is a child of the same class.
_SEEN = {
    "infant": (
        ("motor", "趴着往前爬了半米去拿球。"),
        ("motor", "扶着矮柜站起来，站了几秒。"),
        ("language", "听到自己的名字转头看老师。"),
        ("cognition", "掀开方巾找到了小鸭子。"),
        ("social", "照镜子时对自己笑，伸手去摸。"),
        ("habit", "自己拿着南瓜条吃完了一块。"),
    ),
    "toddler": (
        ("motor", "自己走上三级台阶，扶着栏杆。"),
        ("language", "看着绘本说出了“苹果”“毛毛虫”。"),
        ("cognition", "把红色的球都放进了红筐。"),
        ("social", "把手里的积木递给{other}。"),
        ("habit", "饭前自己走到水池边等着洗手。"),
        ("language", "跟着儿歌接了每句最后一个字。"),
    ),
    "older_toddler": (
        ("motor", "双脚交替上了五级台阶。"),
        ("motor", "不扶手走完了平衡木，老师在旁边。"),
        ("language", "说“我想先画蓝色的雪花”，一句话很完整。"),
        ("language", "翻着图书给{other}讲了两页。"),
        ("cognition", "数着点心对上了数：一、二、三。"),
        ("cognition", "猜石头会沉，放下去看了看说“对了”。"),
        ("social", "等{other}骑完一圈再换，等的时候在旁边喊加油。"),
        ("social", "和家人说再见后，自己去挂书包。"),
        ("habit", "自己穿上外套，拉链请老师帮忙。"),
        ("habit", "午饭后把桌面擦了一遍。"),
    ),
    "mixed": (
        ("motor", "骑小车绕过了两个锥筒。"),
        ("language", "在小超市里说“我要买苹果，谢谢”。"),
        ("cognition", "把大小两种球分到两个筐里。"),
        ("social", "{other}哭的时候递过去一张纸巾。"),
        ("habit", "玩好以后看着照片把玩具送回筐里。"),
    ),
}


def add_curriculum(centre: Centre) -> None:
    """Themes of the weeks around the day, the rest of this week's activities, and observations."""
    today = centre.last_day
    monday = today - dt.timedelta(days=today.weekday())
    first_planned = min((str(row[0]) for _, row in centre.book.rows("day_plan")), default=today.isoformat())
    for cls, (_, kind, _, _, _) in enumerate(CLASSES, 1):
        teacher = centre.teachers[cls][0]
        for past in range(-_WEEKS_BEFORE, _WEEKS_AFTER + 1):
            week = monday + dt.timedelta(days=7 * past)
            if week.isoformat() >= first_planned:
                _add_week(centre.book, week, cls, kind, teacher)
        for ahead in range(1, 5 - today.weekday()):
            day = today + dt.timedelta(days=ahead)
            for minute, name in zip((600, 960), planned(centre, day, cls, kind), strict=True):
                centre.book.add("day_plan", day.isoformat(), cls, minute, name)
    _add_observations(centre)


def _add_week(book: Book, monday: dt.date, cls: int, kind: str, teacher: int) -> None:
    themes = _THEMES[kind]
    theme, goals = themes[(monday.toordinal() // 7 + (5 if cls == DRAGON else cls)) % len(themes)]
    written = stamp(monday - dt.timedelta(days=21), 17 * 60 + 10)
    book.add("week_plan", monday.isoformat(), cls, theme, goals, None, teacher, written, None, None)


def _add_observations(centre: Centre) -> None:
    rng = random.Random(_SEED)  # noqa: S311 - dice, not secrets
    here: dict[int, list[str]] = {}
    for _, row in centre.book.rows("visit"):
        if str(row[2]) < centre.last_day.isoformat():
            here.setdefault(int(str(row[0])), []).append(str(row[2]))
    for kid in centre.kids:
        days = here.get(kid.id, [])
        if kid.mode == "temporary" or kid.ends is not None or not days:
            continue
        kind = CLASSES[kid.class_id - 1][1]
        mates = [
            one for one in centre.kids if one.class_id == kid.class_id and one is not kid and not one.ends
        ]
        for area, words in rng.sample(_SEEN[kind], k=min(len(days), rng.choice((0, 1, 2, 3, 3)))):
            day = dt.date.fromisoformat(rng.choice(days[-40:]))
            _add_seen(centre, kid, day, area, words.format(other=rng.choice(mates).name if mates else "同伴"))


def _add_seen(centre: Centre, kid: Kid, day: dt.date, area: str, words: str) -> None:
    teacher, at = centre.teachers[kid.class_id][0], stamp(day, _NOON)
    act = centre.book.add("observation_act", "note", teacher, at, None, None)
    months = (day.year - kid.born.year) * 12 + day.month - kid.born.month - (day.day < kid.born.day)
    centre.book.add(
        "observation", act, kid.id, day.isoformat(), area, max(0, months), words, teacher, None, None, None
    )
