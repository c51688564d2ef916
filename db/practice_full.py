"""The practice centre as a large one: 190 children in twelve classes, and thousands who were here before.

For rehearsing a full morning and for measuring; the story of the day stays what it is.
"""

import datetime as dt
import random

from db.practice_people import Casting, Role

ENROLLED = 190
# name, kind, seats, colour, months of age: all of them full, with the 77 of the story 190 children.
CLASSES = (
    ("小月亮", "infant", 10, "#C9705A", (7, 11)),
    ("小鲸鱼", "toddler", 15, "#3F7FA3", (13, 23)),
    ("小松鼠", "toddler", 15, "#8A7A3C", (13, 23)),
    ("小白兔", "toddler", 15, "#9A6FA8", (13, 23)),
    ("大脚印", "older_toddler", 20, "#5F8F6B", (24, 34)),
    ("小火箭", "older_toddler", 20, "#A86F4E", (24, 34)),
    ("小帆船", "older_toddler", 18, "#4F7D8C", (24, 34)),
)
_DAYS_A_MONTH = 30.44


def add_full_house(casting: Casting, rng: random.Random, opened: dt.date, on_file: int) -> None:
    """Add the further classes with their children, three carers each, and former children up to ``on_file``.

    Args:
        casting: who makes people of the practice centre.
        rng: draws ages and hours.
        opened: since when the classes exist.
        on_file: how many children the file shall hold in all; no fewer than there are.
    """
    book, since = casting.book, opened.isoformat()
    book.add("licensed_seats", (opened + dt.timedelta(days=1)).isoformat(), ENROLLED)
    for place, (name, kind, seats, colour, months) in enumerate(CLASSES):
        number = book.add("class_group", name, kind, seats, colour, 6 + place, since, None)
        for _ in range(3):
            who = (casting.name("f"), "teacher", number, casting.phone(), "保育师")
            carer = book.add("staff", *who, None, None, since, None)
            for weekday in range(1, 6):
                book.add("shift", carer, number, weekday, None, 450, 1080, None)
        for _ in range(seats):
            role = _drawn(casting, rng, number, rng.randint(*months))
            casting.child(role, starts=casting.today - dt.timedelta(days=rng.randint(40, 180)))
    while book.count("child") < on_file:
        role = _drawn(casting, rng, 1, rng.randint(37, 90))
        began = casting.today - dt.timedelta(days=role.days_old - 400)
        casting.child(role, starts=began, ends=began + dt.timedelta(days=300))


def _drawn(casting: Casting, rng: random.Random, number: int, months: int) -> Role:
    sex = rng.choice("fm")
    days = round(months * _DAYS_A_MONTH) + rng.randint(1, 25)
    return Role("", casting.name(sex), sex, number, days, arrive=rng.choice((470, 480, 490, 500, 510)))
