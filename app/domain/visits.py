"""The rules of one day's visit: coming in, the promised hour, going home (domain §8)."""

import datetime as dt
import re
from collections.abc import Iterable

from app.domain.errors import RuleError
from app.domain.minors import ADULT_AGE, Doubt, doubt
from app.domain.record import record
from app.domain.thermometer import COLDEST, HOTTEST

OUTCOMES = ("normal", "recheck", "abnormal")  # of a health check
# Minutes into the next hours of a child's day within which who is fetched was fetched late from those before.
CHANGE_MINUTES = 30
_NOON = 12
_EARLY = 7
_WIDE = str.maketrans("０１２３４５６７８９：．。.点點时時", "0123456789::::::::")
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{1,2}|半|一刻|三刻)?)?")
_HAN = {sign: figure for figure, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_NUMBER = re.compile(rf"[{''.join(_HAN)}十]+(?!刻)")
_SOLID_CLOCK = re.compile(r"([0-9]{1,2})([0-9]{2})")


class VisitError(RuleError):
    """A rule of coming and going says no."""


class AlreadyCheckedInError(VisitError):
    """The child is inside already."""


class NotCheckedInError(VisitError):
    """The child has not come in, so nothing can be logged and nobody can take her."""


class AlreadyLeftError(VisitError):
    """The child has gone home."""


class NotTodayError(VisitError):
    """The visit is not of today, or was undone."""


class ClockSetBackError(RuleError):
    """The clock says that the child has not come yet, or not gone yet: it was set back since."""


class AbsentTodayError(VisitError):
    """An absence is noted for the child today."""


class NotAllowedToCollectError(VisitError):
    """The adult is not on the child's list (58号文 Art 30: only an authorised adult)."""


class BarredFromCollectingError(VisitError):
    """The adult must not collect the child (禁止接走, by court order)."""


class MinorCollectorError(VisitError):
    """The collector is under eighteen (58号文 Art 30: an adult)."""


class UnfitError(VisitError):
    """The morning check found something abnormal; only the director may overrule it, with a reason."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="check_note")


class UnknownAllergyError(VisitError):
    """Food is to be logged for a child whose allergies nobody has asked about."""


class MoneyDueError(VisitError):
    """Money is due at pick-up and no tender was named."""


class PromiseError(VisitError):
    """The promised hour cannot be read, has passed, or lies after closing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="promised")


class RecheckError(UnfitError):
    """A fever was refused today, and the lower reading is not said to be another measuring."""


class FeverError(VisitError):
    """The morning check found a fever: the child does not come in (domain §8.2)."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="temperature")


@record
class Collector:
    """An adult who wants to take the child.

    ``age`` in years where it is known; ``identity_seen`` where the identity card was looked at.
    """

    name: str
    relation: str
    may_collect: bool
    barred: bool = False
    only_day: dt.date | None = None
    age: int | None = None
    identity_seen: bool = False


def goes_into(arrived: dt.datetime, left: dt.datetime | None, begins: dt.datetime, over: dt.datetime) -> bool:
    """Whether a guest's stay went on into the hours of her own contract: then she came by that as well.

    Who was fetched within ``CHANGE_MINUTES`` of their beginning was fetched late from those before.
    """
    return arrived < over and (left is None or left > begins + dt.timedelta(minutes=CHANGE_MINUTES))


def check_arrival(
    name: str,
    *,
    arrived_at: dt.datetime | None = None,
    left_at: dt.datetime | None = None,
    absence: str = "",
    now: dt.datetime | None = None,
) -> None:
    """Pass if the child may come in now; she may come back after going home.

    Args:
        name: the child's name, for the sentence.
        arrived_at: arrival of today's last visit, if any.
        left_at: its departure, if any.
        absence: words of a noted absence of today, if any (``病假``).
        now: when she comes in, where she does.

    Raises:
        AlreadyCheckedInError: she is inside.
        ClockSetBackError: she would come in before she left, and one hour be two stays, paid twice.
        AbsentTodayError: an absence stands; it has to be taken back first.
    """
    if arrived_at is not None and left_at is None:
        msg = f"{name} {_hm(arrived_at)} 已经入园，不用再登记。"
        raise AlreadyCheckedInError(msg)
    if left_at is not None and now is not None and now < left_at:
        words = set_back_words(now, left_at, f"{name}上次离园的", "再办入园")
        msg = f"{words.removesuffix('。')}；上次离园记错了，请先撤销离园。"
        raise ClockSetBackError(msg)
    if absence:
        msg = f"{name} 今天登记了{absence}。孩子到了的话，请先撤销缺勤再入园。"
        raise AbsentTodayError(msg)


def set_back_words(now: dt.datetime, then: dt.datetime, what: str, act: str) -> str:
    """That the clock says less than it did; with the days where it is another one."""
    then = then.astimezone(now.tzinfo)
    same = then.date() == now.date()
    at, before = (_hm(one) if same else f"{one.month}月{one.day}日 {_hm(one)}" for one in (now, then))
    return f"电脑时间 {at} 早于{what} {before}。请先校正电脑的时间，{act}。"


def check_inside(name: str, arrived_at: dt.datetime | None, left_at: dt.datetime | None) -> None:
    """Pass if the child is inside.

    Raises:
        NotCheckedInError: she has not come in today.
        AlreadyLeftError: she has gone home.
    """
    if arrived_at is None:
        msg = f"{name} 今天还没有入园，请先在前台登记入园。"
        raise NotCheckedInError(msg)
    if left_at is not None:
        msg = f"{name} {_hm(left_at)} 已经离园。如果登记错了，请先撤销离园。"
        raise AlreadyLeftError(msg)


def check_collector(child: str, collector: Collector, day: dt.date) -> None:
    """Pass if this adult may take the child on this day (58号文 Art 30).

    Raises:
        BarredFromCollectingError: 禁止接走 stands; before every other reason.
        MinorCollectorError: known to be under eighteen; said to be (高中生) while no birth date is on file;
            or by the relation perhaps so (哥哥, 表姐) while nobody has seen an identity card.
        NotAllowedToCollectError: not on the list, or only for another day.
    """
    who = f"{collector.name}（{collector.relation}）" if collector.relation else collector.name
    if collector.barred:
        msg = f"{who}被禁止接走{child}。不要放行，请立即联系监护人和园长。"
        raise BarredFromCollectingError(msg)
    against = doubt(
        collector.relation,
        collector.age,
        day,
        identity_seen=collector.identity_seen,
        name=collector.name,
    )
    if against is Doubt.UNDER:
        msg = f"{who}未满 {ADULT_AGE} 周岁，不能接走{child}。请联系监护人另派成年人。"
        raise MinorCollectorError(msg)
    if not collector.may_collect or (collector.only_day is not None and collector.only_day != day):
        msg = f"{who}今天不在{child}的接送名单里。请先打电话给监护人确认并登记授权。"
        raise NotAllowedToCollectError(msg)
    if against is Doubt.SAID:
        msg = (
            f"{who}写的是未成年人，不能接走{child}。请联系监护人另派成年人；"
            f"已满 {ADULT_AGE} 周岁的，请先在档案里填上出生日期。"
        )
        raise MinorCollectorError(msg)
    if against is Doubt.MAYBE:
        msg = f"{who}可能未满 {ADULT_AGE} 周岁。请看身份证，核对方式选“身份证”；没带就联系监护人另派成年人。"
        raise MinorCollectorError(msg)


def years_between(born: dt.date, day: dt.date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def read_clock(text: str) -> dt.time | None:
    """A time of day as typed: ``14:00``, ``1400``, ``14``, ``2点半``, ``下午三点一刻``; None if it is none.

    Before seven means the afternoon, unless 上午 or a leading zero says otherwise: nobody is collected at two
    in the morning.
    """
    plain = re.sub(r"[\s分钟整]", "", text.translate(_WIDE))
    morning, afternoon = plain.startswith(("上午", "早上")), plain.startswith(("下午", "傍晚", "中午"))
    plain = _HAN_NUMBER.sub(_figures, plain[2:] if morning or afternoon else plain)
    found = _CLOCK.fullmatch(plain) or _SOLID_CLOCK.fullmatch(plain)
    if found is None:
        return None
    hour, words = int(found.group(1)), found.group(2) or "0"
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(words) if not words.isdecimal() else int(words)
    if hour < _NOON and (afternoon or (hour < _EARLY and not morning and plain[0] != "0")):
        hour += _NOON
    if minute is None or hour > 23 or minute > 59:
        return None
    return dt.time(hour, minute)


def _figures(found: re.Match[str]) -> str:
    """十四 as 14, 两 as 2, 零五 as 05; what is no number under a hundred gives something no clock says."""
    tens, ten, ones = found.group().partition("十")
    if not ten:
        return "".join(str(_HAN[sign]) for sign in tens)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return found.group()
    return f"{_HAN.get(tens, 1)}{_HAN.get(ones, 0)}"


def check_promise(text: str, now: dt.datetime, closes: int) -> dt.datetime:
    """The promised hour as an instant of today.

    Args:
        text: as typed, see ``read_clock``.
        now: the present, aware.
        closes: minute after midnight at which the centre closes.

    Raises:
        PromiseError: unreadable, not after ``now``, or after closing.
    """
    if not text.strip():
        raise PromiseError("请填说好几点接，如 14:00。")
    if (time := read_clock(text)) is None:
        msg = f"看不懂“{text.strip()[:12]}”。请填几点接，如 14:00、1400 或 2点半。"
        raise PromiseError(msg)
    promised = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
    check_promised(promised, now, closes)
    return promised


def check_promised(promised: dt.datetime, now: dt.datetime, closes: int) -> None:
    """Pass if a child can be promised to be collected at an instant: later today, at closing at the latest.

    Raises:
        PromiseError: it cannot.
    """
    promised = promised.astimezone(now.tzinfo)
    if promised <= now:
        msg = f"{promised:%H:%M} 已经过去（现在 {_hm(now)}），请填之后的时间。"
        raise PromiseError(msg)
    if promised.date() != now.date():
        raise PromiseError("只能约今天接，请填今天的时间。")
    if promised.hour * 60 + promised.minute > closes:
        msg = f"本园 {closes // 60}:{closes % 60:02d} 关门，不能约 {promised:%H:%M} 接，请改早一些。"
        raise PromiseError(msg)


def overdue_minutes(promised: dt.datetime | None, now: dt.datetime) -> int:
    """Whole minutes past the promised hour; 0 before it or where nothing was promised."""
    if promised is None:
        return 0
    return max(0, int((now - promised).total_seconds()) // 60)


def check_no_fever(name: str, tenths: int | None, line: int = 373) -> None:
    """Pass if the morning temperature (tenths of a degree) lies under the fever line (58号文 Art 26).

    Raises:
        FeverError: it does not.
    """
    if tenths is not None and tenths >= line:
        degrees = f"{tenths // 10}.{tenths % 10}℃"
        msg = f"{name} 体温 {degrees}，到了发热线 {line // 10}.{line % 10}℃。请 5 分钟后复测，仍高不能入园。"
        raise FeverError(msg)


def check_fit(
    name: str, outcome: str, tenths: int | None, line: int = 373, *, director: bool = False, reason: str = ""
) -> None:
    """Pass if what the morning check found lets the child in (58号文 Art 26, domain §8.2).

    Args:
        name: the child's name, for the sentence.
        outcome: normal, recheck or abnormal.
        tenths: the temperature, None where nobody took it.
        line: the fever line.
        director: whether the director acts.
        reason: why she lets an abnormal finding in.

    Raises:
        FeverError: a temperature no thermometer shows, or one at the fever line.
        UnfitError: abnormal without the director and her reason, or no known outcome.
    """
    if outcome not in OUTCOMES:
        raise UnfitError("请选择晨检结果：正常、复测或异常。")
    if tenths is not None and not COLDEST <= tenths <= HOTTEST:
        raise FeverError("体温不像真的。请填 34 到 42.5 之间的度数，如 36.5。")
    check_no_fever(name, tenths, line)
    if outcome == "abnormal" and not (director and reason.strip()):
        msg = f"{name} 晨检异常，不能入园，请家长带去就医。确要收下须由园长登录并写明理由。"
        raise UnfitError(msg)


def _hm(moment: dt.datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def end_of_run(hours: Iterable[tuple[int, int]], until: int) -> int:
    """When hours of one day are over that end at a minute, with those that go on from there without a break.

    ``hours`` are from when to when, in minutes after midnight; they meet, but share none.
    """
    for first, last in sorted(hours):
        until = last if first <= until < last else until
    return until
