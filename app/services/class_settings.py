"""班级: opening, changing, ordering and closing classes (58号文 Art 19: kinds and how many children)."""

import datetime as dt
import re

from app.domain.changes import Done
from app.domain.classes import ClassKind, rule_for
from app.domain.errors import RuleError
from app.domain.ids import ClassId
from app.domain.looks import Chip, Tone
from app.domain.names import clean_name
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.altering import diff_words, from_words, keep_change, require_day
from app.store import centre, class_rows, tables
from app.store.alterations import Alteration
from app.store.class_rows import ClassRow
from app.store.database import Clock, Database, Unit
from app.store.stamps import day_of

LONGEST_NAME = 20
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NAMED = 6  # so many children are named when a class cannot close


class ClassSettingsError(RuleError):
    """A class cannot be like that."""


class ClassInUseError(ClassSettingsError):
    """Children are enrolled, booked or inside; the sentence names them."""


class ClassBreaksError(ClassSettingsError):
    """Fewer seats or another kind would break what is promised; ``told`` is what has to be accepted."""

    def __init__(self, told: str) -> None:
        super().__init__(f"{told}确实要改，请再保存一次。", field="seats")
        self.told = told


@record
class ClassDraft:
    """What can be said of a class. ``colour`` is ``#RRGGBB``."""

    name: str
    kind: ClassKind
    seats: int
    colour: str


@record
class ClassLine:
    """One class in the list. ``most`` is the kind's maximum (Art 19)."""

    id: ClassId
    draft: ClassDraft
    most: int
    enrolled: int
    opened_on: dt.date
    closed_on: dt.date | None
    closed: bool
    chip: Chip
    words: str


@record
class ClassesView:
    """All classes, open ones first, and what is to be thought of."""

    lines: tuple[ClassLine, ...]
    seats: int
    licensed_seats: int
    warning: str
    most: dict[ClassKind, int]


class ClassSettings:
    """The verbs of the page 班级."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor) -> ClassesView:
        """The classes with their children under contract."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        rules = tables.ratio_rules(today)
        enrolled = class_rows.count_enrolled(self._database, today)
        most = {kind: rule_for(kind, rules).max_seats for kind in ClassKind}
        lines = [
            _line(row, most[row.kind], enrolled.get(row.id, 0), today)
            for row in class_rows.list_class_rows(self._database)
        ]
        lines.sort(key=lambda line: line.closed)
        licensed = centre.licensed_seats(self._database, today)
        seats = sum(line.draft.seats for line in lines if not line.closed)
        warning = ""
        if licensed and seats > licensed:
            warning = f"各班托位共 {seats}，多于备案托位 {licensed}。请减少托位，或先办变更备案。"
        return ClassesView(tuple(lines), seats, licensed, warning, most)

    def open(self, actor: Actor, draft: ClassDraft, opens_on: dt.date) -> Done[int]:
        """Open a class, as the last in order.

        Raises:
            ClassSettingsError: the name is taken or too long, too many seats for the kind, no colour.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        require_day(opens_on, today, past=True, field="day")
        draft = self._checked(draft, None)
        with self._database.unit(actor.id, "open_class") as unit:
            alteration = Alteration(unit)
            sort = 1 + max((row.sort for row in class_rows.list_class_rows(unit)), default=0)
            key = centre.add_class(unit, draft.name, draft.kind, draft.seats, draft.colour, sort, opens_on)
            void = (opens_on - dt.timedelta(days=1)).isoformat()
            alteration.note_added("class_group", key, "closed_on", None, void=void)
            words = f"{from_words(opens_on, today)}开班：{draft.name}（{draft.kind.label} {draft.seats} 人）"
            return keep_change(alteration, "class", key, words, f"{draft.name} 开班", opens_on)

    def change(self, actor: Actor, class_id: ClassId, draft: ClassDraft, accepted: str = "") -> Done[int]:
        """Rename, recolour or resize a class, or make it another kind.

        ``accepted`` is what somebody has read that it breaks, and wants all the same.

        Raises:
            ClassSettingsError: as for ``open``.
            ClassBreaksError: it breaks hours, seats or ages of children who come, and nobody has accepted it.
            NothingChangedError: nothing differs.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        old = self._find(class_id)
        draft = self._checked(draft, class_id)
        words = diff_words(
            (
                ("名称", old.name, draft.name),
                ("班型", old.kind.label, draft.kind.label),
                ("托位", str(old.seats), str(draft.seats)),
                ("颜色", old.colour, draft.colour),
            )
        )
        with self._database.unit(actor.id, "change_class") as unit:
            alteration = Alteration(unit)
            alteration.change(
                "class_group",
                class_id,
                name=draft.name,
                kind=draft.kind.value,
                seats=draft.seats,
                colour=draft.colour,
            )
            told = self._breaks(unit, old)
            if told and told != accepted:
                raise ClassBreaksError(told)
            done = keep_change(alteration, "class", class_id, words or "没有改动", f"{draft.name} 资料")
            if told:
                unit.audit("override", class_id, told)
            return done

    def move(self, actor: Actor, class_id: ClassId, step: int) -> Done[int]:
        """Move an open class up (-1) or down (+1) in the order of tabs, tiles and lists."""
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        rows = [row for row in class_rows.list_class_rows(self._database) if not _is_closed(row, today)]
        at = next((place for place, row in enumerate(rows) if row.id == class_id), None)
        if at is None or not 0 <= at + step < len(rows):
            raise ClassSettingsError("已经在头上或末尾，不能再移了。")
        name = rows[at].name
        rows.insert(at + step, rows.pop(at))
        with self._database.unit(actor.id, "move_class") as unit:
            alteration = Alteration(unit)
            for place, row in enumerate(rows, 1):
                alteration.change("class_group", row.id, sort=place)
            words = f"{name} 排到第 {at + step + 1}"
            return keep_change(alteration, "class", class_id, words, f"{name} 顺序")

    def close(self, actor: Actor, class_id: ClassId, last: dt.date) -> Done[int]:
        """Let a class end with a day. What was recorded of it stays.

        Raises:
            ClassInUseError: children are enrolled or booked beyond that day, or inside; they are named.
            WrongDayError: a day before today, or too far away.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        require_day(last, today, field="day")
        old = self._find(class_id)
        with self._database.unit(actor.id, "close_class") as unit:
            alteration = Alteration(unit)
            alteration.change("class_group", class_id, closed_on=last.isoformat())
            require_empty_if_closed(unit, class_id)
            words = f"关班：开到 {last:%Y-%m-%d}"
            return keep_change(alteration, "class", class_id, words, f"{old.name} 关班", last)

    def reopen(self, actor: Actor, class_id: ClassId) -> Done[int]:
        """Let a class that was closed go on."""
        actor.require(Permission.CHANGE_SETTINGS)
        old = self._find(class_id)
        with self._database.unit(actor.id, "reopen_class") as unit:
            alteration = Alteration(unit)
            alteration.change("class_group", class_id, closed_on=None)
            return keep_change(alteration, "class", class_id, "重新开班", f"{old.name} 重新开班")

    def _breaks(self, unit: Unit, old: ClassRow) -> str:
        from app.services.class_breaks import break_words, group_of  # not before a class is changed

        return break_words(self._database, unit, group_of(old), old.opened_on)

    def _find(self, class_id: ClassId) -> ClassRow:
        found = class_rows.list_class_rows(self._database)
        row = next((one for one in found if one.id == class_id), None)
        if row is None:
            raise ClassSettingsError("没有这个班，可能刚被撤销。请刷新后再试。")
        return row

    def _checked(self, draft: ClassDraft, own: ClassId | None) -> ClassDraft:
        """The draft as it is kept."""
        if not draft.name.strip():
            raise ClassSettingsError("请填班名。", field="name")
        name = clean_name(draft.name)
        if len(name) > LONGEST_NAME:
            msg = f"班名“{name[:LONGEST_NAME]}…”太长，最多 {LONGEST_NAME} 个字。"
            raise ClassSettingsError(msg, field="name")
        taken = class_rows.find_name(self._database, name)
        if taken is not None and taken != own:
            msg = f"已有叫“{name}”的班（关掉的也算，以前的记录还用着它）。请换个名字，或重新开那个班。"
            raise ClassSettingsError(msg, field="name")
        most = rule_for(draft.kind, tables.ratio_rules(day_of(self._clock()))).max_seats
        if not 1 <= draft.seats <= most:
            msg = f"{draft.kind.label}每班 1 到 {most} 人（58号文第十九条），请改托位数。"
            raise ClassSettingsError(msg, field="seats")
        if _COLOUR.fullmatch(draft.colour) is None:
            raise ClassSettingsError("颜色应像 #6B9A4B，请重新选择。", field="colour")
        return ClassDraft(name, draft.kind, draft.seats, draft.colour)


def require_empty_if_closed(unit: Unit, class_id: int) -> None:
    """Pass if a class has no last day, or nobody is left in it after that.

    Raises:
        ClassInUseError: somebody is.
    """
    row = unit.row("select name, closed_on from class_group where id = :id", {"id": class_id})
    if row is None or row["closed_on"] is None:
        return
    last = dt.date.fromisoformat(row["closed_on"])
    found = class_rows.list_occupants(unit, ClassId(class_id), last)
    if not found:
        return
    named = "、".join(f"{one.name}（{one.why}）" for one in found[:_NAMED])
    more = f" 等 {len(found)} 人" if len(found) > _NAMED else ""
    msg = f"{row['name']}还有孩子：{named}{more}。请先转班、退托或接走，再关班。"
    raise ClassInUseError(msg, field="day")


def _is_closed(row: ClassRow, today: dt.date) -> bool:
    return row.closed_on is not None and row.closed_on < today


def _line(row: ClassRow, most: int, enrolled: int, today: dt.date) -> ClassLine:
    closed = _is_closed(row, today)
    chip = Chip(f"在册 {enrolled} / {row.seats}", Tone.BAD if enrolled > row.seats else Tone.OK)
    if closed:
        chip = Chip("已关班", Tone.PLAIN)
    elif row.closed_on is not None:
        chip = Chip(f"开到 {row.closed_on:%m-%d}", Tone.WARN)
    elif row.opened_on > today:
        chip = Chip(f"{row.opened_on:%m-%d} 开班", Tone.INFO)
    return ClassLine(
        row.id,
        ClassDraft(row.name, row.kind, row.seats, row.colour),
        most,
        enrolled,
        row.opened_on,
        row.closed_on,
        closed,
        chip,
        f"{row.kind.label} · 托位 {row.seats}（最多 {most}） · {row.opened_on:%Y-%m-%d} 开班",
    )
