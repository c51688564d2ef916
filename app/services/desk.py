"""What the front desk sees: the board of today, and finding a child."""

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ChildId, ClassId, VisitId
from app.domain.looks import Chip
from app.domain.modes import CareMode
from app.domain.record import record
from app.domain.staff import Actor, Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.ids import AlarmId
    from app.services.board import Day
    from app.services.health_alerts import HealthAlert
    from app.services.scope import Scope
    from app.services.search_index import SearchIndex
    from app.services.waiting import Waiting
    from app.store.database import Clock, Database


class RowState(StrEnum):
    """Where a child is today."""

    EXPECTED = "expected"
    PRESENT = "present"
    DUE = "due"  # present, to be collected within 30 minutes, or overdue
    LEFT = "left"
    ABSENT = "absent"


@record
class ClassTile:
    """One class in the strip: heads, seats, ratio, in words and tone."""

    id: ClassId
    name: str
    kind: ClassKind
    colour: str
    present: int
    seats: int
    carers_needed: int
    carers_on_shift: int
    ratio_words: str  # 师生比 1 : 6.0
    verdict: Chip  # 合规 / 已满 / 缺 2 人 / 无人照看
    source_words: str = ""  # 按打卡 / 按排班: whence the carers are known
    out: tuple[tuple[str, int], ...] = ()  # of those present: 户外 6, 医务室 1


@record
class ChildRow:
    """One child in a column of the desk."""

    child: ChildId
    visit: VisitId | None
    state: RowState
    name: str
    nickname: str
    sex: str | None
    age_words: str  # 2岁3个月, under one year 10个月
    class_id: ClassId
    class_name: str
    colour: str
    mode: CareMode
    mode_words: str  # 全日托, 半日托（上午）, 半日临时托
    allergies: tuple[str, ...]
    allergy_unknown: bool
    expected_minute: int | None  # minutes after midnight
    arrived_at: dt.datetime | None
    promised_at: dt.datetime | None
    left_at: dt.datetime | None
    collected_by: str  # 妈妈 赵敏, empty while inside
    overdue_minutes: int  # late to come, or late to be collected; 0 when neither
    chip: Chip  # the one state worth saying: 超 22 分, 14:00, 鸡蛋过敏, 午睡 …
    called: str = ""  # 已联系 14:10 妈妈, 没接通 14:05 爸爸: the last call about this stay
    to_ring: bool = False  # the agreed hour is so near, or past, that the family is to be rung
    missed_to: int = (
        0  # when the hours were over by which she should have come before those she is awaited for
    )
    awaits: str = (
        ""  # 09:00–11:20 来过，约的 11:00–13:00 还在，不来请取消预约: what came before, what ends it
    )


@record
class Board:
    """The whole desk at one moment."""

    now: dt.datetime
    classes: tuple[ClassTile, ...]
    expected: tuple[ChildRow, ...]
    due: tuple[ChildRow, ...]
    just_left: tuple[ChildRow, ...]
    present: tuple[ChildRow, ...]
    absent: tuple[ChildRow, ...]
    present_count: int
    licensed_seats: int
    expected_count: int
    sick_count: int
    personal_count: int
    parked_drafts: int
    alerts: tuple[Chip, ...]  # 小树苗班缺 2 名保育人员 …
    forgotten: int = 0  # stays of earlier days that nobody ended
    health: "tuple[HealthAlert, ...]" = ()  # of the alerts those that name a child's health


@record
class AdultRow:
    """An adult of one child, as the desk shows them."""

    adult: AdultId
    name: str
    relation: str
    phone_masked: str  # 138****6021
    may_collect: bool
    barred: bool
    is_guardian: bool
    is_emergency: bool
    identity_seen: bool
    brought_today: bool
    grant: int = 0  # the authorisation by phone that this row is, else 0
    detail: str = ""  # in the place of the number, where there is more to say
    photo: bytes = b""  # JPEG, empty where there is none


@record
class ChildCard:
    """The side panel of one child."""

    row: ChildRow
    adults: tuple[AdultRow, ...]
    day_words: str  # 09:12 奶奶送到 · 晨检 36.5℃ 正常 · 预计 14:00 接
    photo: bytes = b""  # JPEG of the child, empty where there is none
    keeps_home: str = ""  # why she must not come in today: an illness, yesterday's fever; a sentence
    lacks: str = ""  # what Art 11 wants seen before she comes in and is not on file; said, no bar
    asks: str = ""  # an illness was told of and nobody has asked yet: look at her first; said, no bar


class UnknownChildError(RuleError):
    """No child with this key is on file."""


class Desk:
    """The readings of the front desk. Everything comes from memory while nothing has been committed."""

    def __init__(self, database: "Database", clock: "Clock") -> None:
        from app.services.board import BoardMaker

        self._database = database
        self._maker = BoardMaker(database, clock)
        self._index: SearchIndex | None = None
        self._clock = clock
        self._scope: Scope | None = None

    def look_ahead(self) -> None:
        """Make the board of this minute; ``board`` then hands it out as long as nothing has changed."""
        self._maker.day()

    def board(self, actor: Actor) -> Board:
        """Today at this minute; of alerts about the health of who is not hers no more than their number."""
        actor.require(Permission.READ)
        board: Board = self._maker.day().board
        if not board.health:
            return board
        from app.services.health_alerts import sighted  # as the scope: on most mornings there is none

        mine = actor.may(Permission.SEE_HEALTH)
        own = self.scope.own(actor, board.health, lambda one: one.child, by=lambda one: one.by == actor.name)
        shown = own if mine else ()
        return replace(board, alerts=sighted(board.alerts, board.health, shown), health=shown)

    def waiting(self, actor: Actor) -> "tuple[Waiting, ...]":
        """需要您处理: what waits in all rooms, the gravest first."""
        from app.services.waiting import list_waiting

        actor.require(Permission.SEE_MONTH)
        return list_waiting(self._database, self._clock, actor, self.board(actor).alerts)

    def count_untraced(self, actor: Actor, board: Board) -> int:
        """How many of a board are to be asked after (待追访); before the hour of asking nothing is loaded."""
        from app.store import settings
        from app.store.stamps import minute_of

        actor.require(Permission.READ)
        day, minute = board.now.date(), minute_of(board.now)
        kept = settings.current(self._database, day)
        if minute < kept.trace_at:
            return 0
        from app.services.tracing import find_untraced

        return len(find_untraced(self._database, (*board.expected, *board.absent), day, minute, kept))

    def find(self, actor: Actor, text: str, limit: int = 12) -> tuple[ChildRow, ...]:
        """Who is meant: any part of a name or nickname, pinyin, initials, an adult, a phone's last digits.

        A teacher finds the children of her own classes only.
        """
        actor.require(Permission.READ)
        return self.rows(actor, self.index.find(text, limit, self.scope.children(actor)))

    def rows(self, actor: Actor, children: "Iterable[ChildId]") -> tuple[ChildRow, ...]:
        """Children as they stand today, also those whom the board does not show.

        Raises:
            UnknownChildError: if there is no such child.
        """
        actor.require(Permission.READ)
        day: Day = self._maker.day()
        return tuple(self._maker.row(day, child) for child in children)

    def card(self, actor: Actor, child: ChildId) -> ChildCard:
        """The side panel of one child.

        Raises:
            UnknownChildError: if there is none.
            OtherClassError: a teacher asks for a child of another class who does not come today.
        """
        actor.require(Permission.READ)
        self.scope.require_at_door(actor, child)
        return self._maker.card(child)

    def left_unfinished(self, actor: Actor) -> bool:
        """Whether this staff member was typing an intake card when the program stopped."""
        from app.services.board import DRAFT_KIND
        from app.store import drafts

        actor.require(Permission.READ)
        return drafts.find_open(self._database, DRAFT_KIND, actor.id) is not None

    def undecided_alarms(self, actor: Actor) -> "tuple[AlarmId, ...]":
        """Alarms 禁止接走 that nobody decided before the program stopped."""
        from app.store import day

        actor.require(Permission.READ)
        return day.list_undecided_alarms(self._database)

    @property
    def scope(self) -> "Scope":
        """Whose children somebody may look up."""
        from app.services.scope import Scope  # not needed before the first child is asked for

        if self._scope is None:
            self._scope = Scope(self._database, self._clock)
        return self._scope

    @property
    def index(self) -> "SearchIndex":
        """All children on file, ready to be searched."""
        from app.services.search_index import SearchIndex  # not needed before somebody searches

        if self._index is None:
            self._index = SearchIndex(self._database)
        return self._index
