"""A week of two classes without a file behind it: Thursday breaks, Friday is closed."""

import datetime as dt

from app.domain.ids import BookingId, ChildId, ClassId
from app.domain.load import HourLoad
from app.domain.looks import Chip, Tone
from app.domain.modes import Tariff
from app.services.booking_card import BookingCard, BookingRow, Cell, ClassLine, DayColumn, Week

MONDAY, TODAY = dt.date(2025, 12, 1), dt.date(2025, 12, 3)
HOURS = (8, 9, 10, 11)


def load(hour, tone=Tone.OK, *, present=6, words="余 3", needed=2, free=3):
    """One hour, two carers at work."""
    return HourLoad(hour, present, 2, needed, free, tone, words)


def booking(number, name, **changed):
    """A booking that holds its seat, 9:00 to 11:00, but for what is named."""
    values = {
        "id": BookingId(number), "child": ChildId(number), "name": name, "age_words": "2岁",
        "class_id": ClassId(1), "class_name": "小星星", "colour": "#E07A5F", "tariff": Tariff.HOURLY,
        "day": TODAY, "from_minute": 540, "to_minute": 660, "time_words": "9:00–11:00", "weekly": False,
        "chip": Chip("预约", Tone.INFO), "holds": True, "note": "",
    }  # fmt: skip
    return BookingRow(**(values | changed))


YUQING = booking(1, "朱予晴", weekly=True, note="要带小兔子")
GONE = booking(2, "石榴", chip=Chip("已取消"), holds=False)


def cell(*hours, bookings=()):
    """A cell whose worst hour is the first one given."""
    return Cell(tuple(sorted(hours, key=lambda one: one.hour)), hours[0] if hours else None, bookings)


def line(number, name):
    """A class: a quiet week, but Thursday lacks a carer at ten."""
    quiet = cell(*(load(hour) for hour in HOURS))
    lacking = load(10, Tone.BAD, present=17, words="缺 2 名老师", needed=4, free=0)
    broken = cell(lacking, load(8), load(9), load(11))
    wednesday = cell(load(10), load(11), bookings=(YUQING, GONE))  # eight and nine have passed
    return ClassLine(
        ClassId(number), name, "托小班", "#E07A5F", 15, (cell(), quiet, wednesday, broken, cell())
    )


def week(monday=MONDAY, lines=("小星星", "小海豚"), today=TODAY):
    """Monday to Friday."""
    days = tuple(DayColumn(monday + dt.timedelta(at), at != 4, "元旦" if at == 4 else "") for at in range(5))
    classes = tuple(line(number, name) for number, name in enumerate(lines, 1))
    return Week(monday, today, days, HOURS, classes, "", ())


WEEK = week()
NEXT = week(MONDAY + dt.timedelta(7))
CARD = BookingCard(
    YUQING, "每周三，还有 5 次", 5, "来过 4 次", "妈妈 赵敏 139****1177", "林晓 登记", "", "", may_miss=False
)
