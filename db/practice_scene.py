"""What a day of the practice centre is played on: the centre, a stay, the clock, menu and plan."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from db import practice_words as words
from db.practice_book import Book
from db.practice_people import DRAGON, Adult, Keys, Kid

_FRIDAY = 4  # of ``date.weekday``
STORY_MENU = 2  # 苹果、酸奶 / 软米饭、番茄牛腩、清炒西兰花、紫菜汤


def any_code(_code: str) -> bool:
    """Every pick-up code may go out."""
    return True


@dataclass(slots=True)
class Centre:
    """Everything a day needs: the people, the rows, the dice, and how far the last day has come."""

    book: Book
    rng: random.Random
    kids: list[Kid]
    visitors: list[Kid]
    teachers: dict[int, list[int]]
    names: dict[int, str]
    last_day: dt.date
    cut: int
    keys: Keys
    fair: Callable[[str], bool] = any_code
    series: dict[str, int] = field(default_factory=dict)

    def number(self, series: str) -> int:
        """The next number of a gapless series."""
        self.series[series] = self.series.get(series, 0) + 1
        return self.series[series]


@dataclass(slots=True)
class Stay:
    """One visit in the making."""

    kid: Kid
    class_id: int
    arrive: int
    leave: int
    tariff: str = "contract"
    promised: int | None = None
    reason: str = ""
    id: int = 0
    bringer: Adult | None = None
    sleep: tuple[int, int] | None = None  # when the story fixes it
    woken: int = 0  # the end of the nap

    @property
    def mode(self) -> str:
        """The mode of the visit."""
        if self.tariff == "contract":
            return self.kid.mode
        return "hourly" if self.tariff == "hourly" else "temporary"


def stamp(day: dt.date, minute: int, second: int = 0) -> str:
    """An instant as kept."""
    return f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}:{second:02d}+08:00"


def menu_row(centre: Centre, day: dt.date) -> tuple[str, ...]:
    """The day's line of the menu: dishes and allergens in turn."""
    if day == centre.last_day:
        return words.MENUS[STORY_MENU]
    if day.weekday() > _FRIDAY:
        return words.MAKE_UP_MENUS[day.weekday() - _FRIDAY - 1]
    return words.MENUS[(day.toordinal() // 7 * 5 + day.weekday()) % len(words.MENUS)]


def planned(centre: Centre, day: dt.date, cls: int, kind: str) -> tuple[str, str]:
    """The morning and the afternoon activity of a class."""
    names = words.ACTIVITIES[kind]
    morning = names[(day.toordinal() * 3 + cls) % len(names)]
    if day == centre.last_day and cls == DRAGON:
        morning = words.STORY_ACTIVITY
    return morning, words.AFTERNOON[(day.toordinal() + cls) % len(words.AFTERNOON)]


def dishes(centre: Centre, day: dt.date) -> dict[str, str]:
    """The day's dishes by slot."""
    row = menu_row(centre, day)
    return {"morning_snack": row[0], "lunch": row[2], "afternoon_snack": row[4]}
