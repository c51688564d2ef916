"""The records of the practice centre: habits, checks, consents, papers of the enrolled; a few gaps."""

import datetime as dt
import random
from collections.abc import Sequence

from db.practice_book import Book
from db.practice_people import DESK, HEALTH, Kid

_PURPOSES = ("care", "health", "photo_inside", "photo_group", "photo_public", "clinic", "authority")
_VERSION = "2025-01"
_SLEEP = ("抱着拍一拍就睡", "要听一首歌", "自己能睡，怕黑", "要摸着妈妈的旧T恤", "侧着睡，容易醒")
_TOILET = ("嘘嘘、臭臭", "尿尿、拉粑粑", "wee-wee", "会拉老师的手")
_COMFORT = ("小兔子", "蓝色安抚巾", "小熊", "奶嘴（睡前）", "一本布书")
_EATING = ("自己用勺", "奶瓶喝 180 毫升", "吃得慢，要提醒", "不爱吃绿叶菜", "会用吸管杯")
_SOOTHING = ("抱到窗边看车", "给安抚物", "唱《小星星》", "带她去洗手")
_HOSPITALS = ("市妇幼保健院", "向阳社区卫生服务中心")
_DIETS = {"张沐阳": "不吃含花生的一切食物", "周子墨": "喝水解奶粉，家里带"}
_HABITS = (
    ("sleep", _SLEEP), ("toilet", _TOILET), ("comfort", _COMFORT), ("eating", _EATING),
    ("soothing", _SOOTHING),
)  # fmt: skip


def add_records(book: Book, kids: Sequence[Kid], today: dt.date, seed: int) -> None:
    """Fill in the records of the enrolled. The dice are its own: nothing else of the story moves."""
    rng = random.Random(seed + 58)  # noqa: S311 - dice, not secrets
    for kid in kids:
        if kid.mode != "temporary" and kid.ends is None:
            _Record(book, kid, rng, today).fill()


class _Record:
    def __init__(self, book: Book, kid: Kid, rng: random.Random, today: dt.date) -> None:
        self._book, self._kid, self._rng, self._today = book, kid, rng, today
        self._entered = kid.starts if kid.starts > dt.date(2000, 1, 1) else today - dt.timedelta(days=200)
        self._stamp = f"{self._entered.isoformat()}T10:20:00+08:00"

    def fill(self) -> None:
        rng, kid = self._rng, self._kid
        lacking = rng.choices(("", "document", "exam", "consent", "vaccination"), (80, 8, 5, 4, 3))[0]
        if lacking != "document":
            number = f"{rng.choice('EGKP')}{rng.randrange(10**9):09d}"
            self._book.change("child", kid.id, 4, "birth_certificate", number)
        checked = (self._entered - dt.timedelta(days=rng.randrange(3, 40))).isoformat()
        values = {
            "chronic": "无" if rng.random() < 0.93 else "高热惊厥（1 岁 2 个月时一次）",
            "allergy_told": "妈妈入托时当面",
            "gestation": str(rng.choice((37, 38, 39, 39, 40))),
            "birth_order": rng.choice(("1", "1", "2")),
            "address": f"向阳路 {rng.randrange(1, 90)} 号 {rng.randrange(1, 20)} 幢",
            "diet": _DIETS.get(kid.name, ""),
            **{field: rng.choice(words) for field, words in _HABITS if rng.random() < 0.8},
        }
        if lacking != "exam":
            values |= {"exam": "fit", "exam_on": checked, "exam_hospital": rng.choice(_HOSPITALS)}
        if lacking != "vaccination":
            done = "complete" if rng.random() < 0.95 else "catch_up"
            values |= {"vaccination": done, "vaccination_on": checked, "vaccination_by": "顾红"}
        self._act("建档", values)
        self._consents(lacking == "consent")
        self._papers()
        self._bars()

    def _act(self, label: str, values: dict[str, str]) -> None:
        child = self._kid.id
        act = self._book.add(
            "record_act", "child", child, "change_child", label, self._stamp, HEALTH, None, None
        )
        for field, value in values.items():
            if value:
                self._book.add("record_change", act, "child", child, field, "", value, None, None, None)

    def _consents(self, lacking: bool) -> None:
        signer = self._kid.adults[0]
        for purpose in _PURPOSES:
            if lacking and purpose in {"health", "clinic"}:
                continue
            refused = purpose == "photo_public" and self._rng.random() < 0.4
            self._book.add(
                "consent", self._kid.id, purpose, _VERSION, "refused" if refused else "given",
                self._entered.isoformat(), signer.id, signer.name, "", self._stamp, DESK, None,
            )  # fmt: skip

    def _papers(self) -> None:
        rng, day = self._rng, self._entered.isoformat()
        until = self._today + dt.timedelta(days=rng.choice((-4, 12, 25, 120, 200, 260, 270)))
        policy = f"PA{rng.randrange(10**6):06d}"
        rows = [("agreement", "", day, None), ("insurance", policy, None, until.isoformat())]
        if self._kid.name in _DIETS:
            rows.append(("feeding", "", day, None))
        for kind, number, issued, expires in rows:
            self._book.add(
                "child_paper", self._kid.id, kind, number, issued, expires, "", self._stamp, DESK, None
            )

    def _bars(self) -> None:
        if self._kid.name != "胡俊杰":
            return
        for adult in self._kid.adults:
            if not adult.may_collect:
                self._book.add(
                    "barring", self._kid.id, adult.id, "法院判决书", "（2025）向民初 118 号", "2025-06-18",
                    None, self._stamp, DESK, None,
                )  # fmt: skip
