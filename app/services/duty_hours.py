"""工时: hours by class and person from the clock, so that staffing can be shown to whoever asks."""

import datetime as dt

from app.domain.duty import DutyKind, Stretch, minutes_of, post_of, posts_on
from app.domain.ids import ClassId, StaffId
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.sheets import ColumnKind, Sheet, SheetColumn
from app.store import duty, people
from app.store.database import Clock, Database


@record
class HoursRow:
    """One person in one class over a month. ``minutes`` at work, without breaks.

    ``unended`` stretches of past days have no end and are not in the minutes until somebody says when.
    """

    class_id: ClassId
    class_name: str
    staff: StaffId
    name: str
    post: str
    counts: bool
    days: int
    minutes: int
    break_minutes: int
    cover_minutes: int
    corrected: int
    unended: int

    @property
    def words(self) -> str:
        """3 天 · 25 小时 10 分 · 休息 1 小时 30 分 · 更正 1 处 · 1 天没有下班时间."""
        parts = [f"{self.days} 天", minute_words(self.minutes)]
        if self.break_minutes:
            parts.append(f"休息 {minute_words(self.break_minutes)}")
        if self.cover_minutes:
            parts.append(f"其中顶班 {minute_words(self.cover_minutes)}")
        if self.corrected:
            parts.append(f"更正 {self.corrected} 处")
        if self.unended:
            parts.append(f"{self.unended} 段没有下班时间")
        return " · ".join(parts)


class DutyHours:
    """Readings of the hours worked."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def month(self, actor: Actor, month: str) -> tuple[HoursRow, ...]:
        """Hours of a month (``2025-12``) by class and person; who may not see the month sees her own."""
        actor.require(Permission.READ)
        rows: dict[tuple[ClassId, StaffId], list[Stretch]] = {}
        for one in self._stretches(actor, month):
            rows.setdefault((one.class_id, one.staff), []).append(one)
        posts = self._posts()
        return tuple(self._row(own, posts) for own in rows.values())

    def sheet(self, actor: Actor, month: str) -> Sheet:
        """Every stretch of a month as a table: day, class, person, post, hours, and what was corrected."""
        actor.require(Permission.SEE_MONTH)
        text, number = ColumnKind.TEXT, ColumnKind.NUMBER
        columns = (
            SheetColumn("日期", ColumnKind.DATE, 12), SheetColumn("班级", text, 12),
            SheetColumn("姓名", text, 12), SheetColumn("岗位", text, 14),
            SheetColumn("计入师生比", text, 10),
            SheetColumn("种类", text, 8), SheetColumn("开始", text, 8), SheetColumn("结束", text, 8),
            SheetColumn("分钟", number, 8), SheetColumn("记录人", text, 12),
            SheetColumn("更正原因", text, 30),
        )  # fmt: skip
        now, posts = self._clock(), self._posts()
        rows = tuple(
            (
                one.day, one.class_name, one.name, posts[one.staff][0],
                "是" if posts[one.staff][1] and one.kind is DutyKind.WORK else "否",
                "顶班" if one.cover and one.kind is DutyKind.WORK else one.kind.label,
                f"{one.from_at:%H:%M}", "" if one.to_at is None else f"{one.to_at:%H:%M}",
                minutes_of(one, now), one.entered_by, one.reason,
            )
            for one in self._stretches(actor, month)
        )  # fmt: skip
        return Sheet(f"在岗工时 {month}", columns, rows, personal=True)

    def _stretches(self, actor: Actor, month: str) -> tuple[Stretch, ...]:
        first = dt.date.fromisoformat(f"{month}-01")
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        found = duty.list_between(self._database, first, last)
        if actor.may(Permission.SEE_MONTH):
            return found
        return tuple(one for one in found if one.staff == actor.id)

    def _row(self, own: list[Stretch], posts: dict[StaffId, tuple[str, bool]]) -> HoursRow:
        now, first = self._clock(), own[0]
        post, counts = posts[first.staff]
        work = [one for one in own if one.kind is DutyKind.WORK]
        rest = [one for one in own if one.kind is DutyKind.BREAK]
        return HoursRow(
            first.class_id, first.class_name, first.staff, first.name, post, counts,
            days=len({one.day for one in work}),
            minutes=sum(minutes_of(one, now) or 0 for one in work),
            break_minutes=sum(minutes_of(one, now) or 0 for one in rest),
            cover_minutes=sum(minutes_of(one, now) or 0 for one in work if one.cover),
            corrected=sum(one.replaces is not None or bool(one.reason) for one in own),
            unended=sum(minutes_of(one, now) is None for one in own),
        )  # fmt: skip

    def _posts(self) -> dict[StaffId, tuple[str, bool]]:
        """Everybody's post and whether it counts, also of those who have left."""
        today = self._clock().date()
        posts, given = posts_on(today, duty.posts()), duty.given_posts(self._database)
        found = {}
        for key, role in people.staff_roles(self._database).items():
            post = post_of(role, given.get(key), posts)
            found[key] = (post.label, post.counts)
        return found


def minute_words(minutes: int) -> str:
    """25 小时 10 分, 45 分."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
