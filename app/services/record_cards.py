"""What the page 档案 shows, frozen: a row of the list, and the whole record of one child."""

import datetime as dt

from app.domain.allergens import ReadAs
from app.domain.changes import Undo
from app.domain.ids import AdultId, AlarmId, ChildId, ClassId, VisitId
from app.domain.looks import Chip
from app.domain.record import record
from app.domain.record_fields import FieldSpec, Section
from app.domain.records import Gap, Standing

HISTORY_PAGE = 60  # entries of a history that are shown at once


@record
class RecordRow:
    """One child in the list."""

    child: ChildId
    name: str
    nickname: str
    age_words: str
    standing: Standing
    class_id: ClassId | None
    class_name: str
    colour: str
    words: str  # 抱抱龙 · 全日托
    gaps: int
    chip: Chip  # 缺 3 项, 齐全, 离园
    due: str = ""  # 保险单还剩 25 天: what expires soonest, of what is to be reminded of
    due_of: str = ""  # which kind of paper that is; empty for the insurance noted in her record
    group: str = ""  # staff or public (家庭类别), empty where nobody has said
    employer: str = ""


@record
class FieldValue:
    """One field as it is shown (a number masked) and as it would be edited (empty for a masked one)."""

    spec: FieldSpec
    shown: str
    text: str
    withheld: bool = False  # not for whoever looks; ``shown`` says so


@record
class AdultCard:
    """One adult of a child."""

    adult: AdultId
    name: str
    relation: str
    phone: str  # masked
    chips: tuple[Chip, ...]
    bar_words: str  # 法院判决书 (2025)沪01号 2025-03-01 起，至 2026-03-01；已到期，请核实
    fields: tuple[FieldValue, ...]
    has_number: bool
    traits: tuple[tuple[int, str], ...] = ()  # what else a barred person is known by: key, 小名 大壮
    formers: tuple[str, ...] = ()  # 张国祥 139****8888: by a record that was merged into this one
    others: tuple[tuple[AlarmId, str], ...] = ()  # who was found to be another than this barred person


@record
class ConsentRow:
    """One purpose: the text, what is answered now, and what was before."""

    purpose: str
    label: str
    text: str
    version: str
    answer: str  # given, refused, withdrawn or empty
    words: str  # 2025-09-01 赵敏 · 文本 2025-01
    before: tuple[str, ...]


@record
class PaperRow:
    """One paper with its expiry."""

    paper: int
    title: str
    words: str
    chip: Chip
    texts: tuple[tuple[str, str], ...]  # field, text: as it would be edited


@record
class HistoryRow:
    """Who changed what, when: a title, and a line for each field: 电话：138****6021 → 139****1177."""

    at: dt.datetime
    who: str
    title: str
    lines: tuple[str, ...] = ()
    undo: Undo | None = None  # how to take it back, where that can be offered
    surplus: VisitId | None = None  # the stay that it tells of, for who may say that it never was


@record
class RecordCard:
    """The whole record of one child."""

    row: RecordRow
    born_on: dt.date
    fields: tuple[FieldValue, ...]
    gaps: tuple[Gap, ...]
    exam: Chip
    adults: tuple[AdultCard, ...]
    consents: tuple[ConsentRow, ...]
    papers: tuple[PaperRow, ...]
    history: tuple[HistoryRow, ...]
    twins: tuple[tuple[AdultId, AdultId], ...] = ()  # adults who may be one person: kept, merged
    withheld: frozenset[Section] = frozenset()  # of these some or all is not for whoever looks
    older: int = 0  # so many entries of the history are not among these
    allergies: tuple[ReadAs, ...] = ()  # by what the names of dishes are looked through for each


@record
class LookAlike:
    """A child on file who may be the one being typed in."""

    child: ChildId
    name: str
    why: str  # 同音同生日, 同一个电话
