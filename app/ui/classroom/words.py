"""What the classroom says and reads: icons of kinds and moods, times as typed, spoken cards. Pure."""

import datetime as dt
import re
from collections.abc import Sequence

from app.domain.log_reach import AWAKE
from app.domain.logbook import EntryKind, MealSlot, Mood
from app.domain.record import record
from app.services.class_views import RosterCard, TimelineRow

KIND_ICONS = {
    EntryKind.MEAL: "rice",
    EntryKind.MILK: "baby-bottle-outline",
    EntryKind.WATER: "cup-water",
    EntryKind.SLEEP: "sleep",
    EntryKind.TOILET: "toilet",
    EntryKind.MOOD: "emoticon-happy-outline",
    EntryKind.ACTIVITY: "palette-outline",
    EntryKind.TEMPERATURE: "thermometer",
    EntryKind.NOTE: "note-text-outline",
    EntryKind.FOOD: "food-apple-outline",
    EntryKind.WASHING: "hand-heart-outline",
    EntryKind.OUTDOOR: "weather-sunny",
    EntryKind.SLEEP_CHECK: "eye-outline",
    EntryKind.PHOTO: "camera-outline",
}
MOOD_ICONS = {
    Mood.HAPPY: "emoticon-happy-outline",
    Mood.CALM: "emoticon-outline",
    Mood.SLEEPY: "emoticon-neutral-outline",
    Mood.HOMESICK: "emoticon-sad-outline",
    Mood.CRYING: "emoticon-cry-outline",
    Mood.ANXIOUS: "emoticon-confused-outline",
}
# Each kind's dot in a timeline: colours that stay apart on both grounds.
KIND_COLOURS = {
    "arrival": "brand",
    "departure": "brand",
    "check": "brand",
    "medicine": "#4C6FA5",
    "injury": "bad",
    "meal": "#E07A5F",
    "milk": "#C98A3C",
    "water": "#3D8EB0",
    "sleep": "#7A6BB0",
    "toilet": "#B5838D",
    "mood": "#D4A017",
    "activity": "#6A994E",
    "temperature": "#C0566B",
    "note": "#5E7D8C",
    "food": "#8E7CC3",
    "washing": "#4AA3A2",
    "outdoor": "#5B8C3A",
    "sleep_check": "#6B7FB8",
    "photo": "#A0785A",
}
_CLOCK = re.compile(r"(\d{1,2})[:：.点时](\d{1,2})?分?")
_DIGITS = re.compile(r"\d{3,4}")


def read_clock(text: str) -> dt.time | None:
    """Read ``11:30``, ``1130``, ``930``, ``11：30``, ``11点30``, ``11点``; None for anything else."""
    text = text.strip().replace(" ", "")
    if _DIGITS.fullmatch(text):
        hour, minute = int(text[:-2]), int(text[-2:])
    elif (found := _CLOCK.fullmatch(text)) is not None:
        hour, minute = int(found[1]), int(found[2] or 0)
    else:
        return None
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def read_amount(text: str) -> int | None:
    """Read millilitres: ``120``, ``120ml``, ``120 毫升``; None otherwise."""
    found = re.fullmatch(r"\s*(\d{1,4})\s*(ml|mL|ML|毫升)?\s*", text)
    return int(found[1]) if found else None


def slot_label(value: str | None) -> str:
    """早餐 … for a ``MealSlot`` value; 进餐 for none."""
    return MealSlot(value).label if value else EntryKind.MEAL.label


def mood_icon(card: RosterCard) -> tuple[str, str]:
    """The icon beside a child's state, and its colour role."""
    if card.asleep_since is not None:
        return "sleep", "info"
    if card.mood is None:
        return "", "ink_2"
    mood = Mood(card.mood)
    unhappy = mood in (Mood.HOMESICK, Mood.CRYING, Mood.ANXIOUS)
    return MOOD_ICONS[mood], "warn" if unhappy else "ink_2"


def spoken_card(card: RosterCard) -> str:
    """Say a card as the eye sees it."""
    chips = (chip.words for chip in card.chips)
    parts = (card.name, card.age_words, card.state_words, *chips, *card.since, *card.instructions)
    return "，".join(part for part in dict.fromkeys(parts) if part)


def short_since(words: str) -> str:
    """上次如厕 2 小时 47 分前 on a line of a list: 厕 2 时 47 分前. It stays 前: not for so long."""
    words = words.removeprefix("上次").replace(" 小时", " 时").replace("分钟", "分")
    for long, short in (("喝奶", "奶"), ("换尿布", "尿布"), ("如厕", "厕"), ("睡醒", "醒")):
        words = words.replace(long, short)
    return words


def clock_words(row: TimelineRow) -> str:
    """The hour of a line: ``12:20`` (its end, if any, is in the words)."""
    return f"{row.at:%H:%M}"


def spoken_row(row: TimelineRow) -> str:
    """Say a line of the timeline."""
    return " ".join(part for part in (clock_words(row), row.title, row.words) if part)


# Who sleeps is left out of these when the whole class is meant, and who is kept apart with a fever of those.
_AWAKE = AWAKE | {EntryKind.OUTDOOR}
_TOGETHER = frozenset({EntryKind.OUTDOOR, EntryKind.ACTIVITY})


@record
class LeftOut:
    """How many of a whole class an act is not about: who sleeps, and who is kept apart with a fever."""

    asleep: int = 0
    apart: int = 0

    @property
    def words(self) -> str:
        """``睡着的 1 人、发热的 1 人``."""
        counts = (("睡着的", self.asleep), ("发热的", self.apart))
        return "、".join(f"{who} {count} 人" for who, count in counts if count)


NOBODY = LeftOut()


def meant_of_class(
    kind: EntryKind, everybody: Sequence[RosterCard]
) -> tuple[tuple[RosterCard, ...], LeftOut]:
    """Whom of a class an act of a kind is about where nobody was chosen, and how many it is not about."""
    if kind is EntryKind.SLEEP_CHECK:
        return tuple(card for card in everybody if card.asleep_since is not None), NOBODY
    awake = [card for card in everybody if kind not in _AWAKE or card.asleep_since is None]
    meant = tuple(card for card in awake if kind not in _TOGETHER or not card.apart)
    return meant, LeftOut(len(everybody) - len(awake), len(awake) - len(meant))


def nobody_words(kind: EntryKind, left: LeftOut) -> str:
    """Why an act of a whole class is about nobody."""
    if kind is EntryKind.SLEEP_CHECK:
        return "现在没有要巡视的孩子：班里没有人在睡。"
    why = "都在睡" if not left.apart else f"只有{left.words}"
    return f"全班{why}，没有要记{kind.label}的孩子。"


def whom_words(about: Sequence[RosterCard], *, whole: bool, left: LeftOut) -> str:
    """``朱予晴``, ``3 人``, ``全班 19 人``; ``全班醒着的 15 人`` where some sleep and are left out."""
    if len(about) == 1:
        return about[0].name
    if not whole:
        return f"{len(about)} 人"
    apart = f"（发热的 {left.apart} 人不记）" if left.apart else ""
    return f"全班{'醒着的' if left.asleep else ''} {len(about)} 人{apart}"
