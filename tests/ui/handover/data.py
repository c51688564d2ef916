"""Notes of three children for tests, and services that remember what they were asked."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ClassId, SentenceId, SignatureId, StaffId, ToldId, VisitId
from app.domain.prose import NoteText
from app.domain.staff import Actor, Role
from app.services.classroom import ClassTab
from app.services.handover import NoteRow, NoteState, NoteView, OtherNamesError
from app.services.telling import Adult, Door, SentenceAdded, Told

ZONE = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2025, 12, 3, 13, 52, tzinfo=ZONE)
DRAGON = ClassId(3)
TEACHER = Actor(StaffId(3), "许静", Role.TEACHER, DRAGON)
DESK = Actor(StaffId(1), "林晓", Role.FRONT_DESK)
TABS = (ClassTab(ClassId(1), "小星星", "#E07A5F", 8), ClassTab(DRAGON, "抱抱龙", "#6B9A4B", 18))
YUQING, YUXUAN, KEXIN = VisitId(1), VisitId(2), VisitId(3)

DRAFTED = NoteText(
    prose="予晴 9:12 由奶奶送到，起初有点想家。",
    activity="手工课“贴雪花” · 主动",
    food="点心 吃完 · 午餐 吃完 · 水 240 ml",
    sleep="12:20–13:35（1小时15分）",
    mood="想家 → 平静 → 愉快",
    toilet="小便 2 次",
    health="晨检 36.5℃ · 午检 36.6℃ 正常",
    notice="鞋子偏小；建议换大半码。",
)
NAMES = {YUQING: "朱予晴", YUXUAN: "何宇轩", KEXIN: "陈可欣"}


def note_row(
    visit: VisitId, state: NoteState, words: str = "14:00", missing: tuple[str, ...] = (), stale: str = ""
) -> NoteRow:
    return NoteRow(visit, NAMES[visit], "#6B9A4B", words, state, 8 - len(missing), 8, missing, stale)


OTHERS = ("乐瑶",)


class FakeHandover:
    """A tiny handover desk: texts by visit, signatures by visit."""

    def __init__(self) -> None:
        self.texts = dict.fromkeys(NAMES, DRAFTED)
        self.signed = {KEXIN: DRAFTED}
        self.versions = dict.fromkeys(NAMES, 1)
        self.missing = {YUXUAN: ("情绪",)}
        self.kept = []
        self.asked = []
        self.refuse = self.field = ""
        self.stale = {}
        self.doses = {}
        self.early = set()
        self.later = {}
        self.read = {}  # what somebody wrote of a hurt

    def worklist(self, actor, class_id=None):
        self.asked.append(class_id)
        rows = []
        for visit in NAMES:
            missing = self.missing.get(visit, ())
            state = NoteState.INCOMPLETE if missing else NoteState.READY
            if self.signed.get(visit) == self.texts[visit]:
                state = NoteState.HANDED if visit == KEXIN else NoteState.SIGNED
            if stale := self.stale.get(visit, ""):
                state = NoteState.STALE
            later = self.later.get(visit, "")
            if later and state is NoteState.SIGNED:
                state = NoteState.LATER
            row = note_row(visit, state, missing=missing, stale=stale)
            row = dataclasses.replace(row, later=later, more=3 if later else 0)
            if state is NoteState.READY and visit in self.early:
                row = dataclasses.replace(row, early=True, waits="17:30 才离园，还有要记的")
            if state is NoteState.READY and visit in self.read:
                row = dataclasses.replace(row, read=self.read[visit], waits="先打开看过再签")
            if (late := self.doses.get(visit)) and state is NoteState.READY:
                row = dataclasses.replace(row, state=NoteState.DOSE, dose=f"{late[0].words}还没喂")
            rows.append(row)
        return () if class_id == ClassId(1) else tuple(rows)

    def note(self, actor, visit):
        signed = self.signed.get(visit) == self.texts[visit]
        return NoteView(
            visit,
            NAMES[visit],
            9,
            self.texts[visit],
            DRAFTED,
            self.texts[visit] != DRAFTED,
            self.missing.get(visit, ()),
            f"H-20251203-000{visit}" if signed else None,
            "许静" if signed else "",
            NOW if signed else None,
            self.versions[visit],
            self.stale.get(visit, ""),
            self.doses.get(visit, ()),
            self.later.get(visit, ""),
        )

    def keep(self, actor, visit, text):
        self._refuse()
        self.kept.append((visit, text))
        if visit in self.signed and self.texts[visit] == self.signed[visit] != text:
            self.versions[visit] += 1
        self.texts[visit] = text
        return Done(None, Changes(frozenset({Topic.NOTES})))

    def redraft(self, actor, visit):
        self.texts[visit] = DRAFTED
        return Done(self.note(actor, visit), Changes(frozenset({Topic.NOTES})))

    def sign(self, actor, visit, text, *, meant=frozenset()):
        self._refuse()
        if named := frozenset(name for name in OTHERS if name in text.prose) - meant:
            raise OtherNamesError("里面写到了乐瑶。确实要写，再按一次 Ctrl Enter 签字。", "prose", named)
        self.texts[visit] = self.signed[visit] = text
        self.stale.pop(visit, None)
        return Done(self.note(actor, visit), Changes(frozenset({Topic.NOTES})))

    def sign_complete(self, actor, class_id, *, early=False):
        ready = [
            row.visit
            for row in self.worklist(actor, class_id)
            if row.state is NoteState.READY and (early or not row.early) and not row.read
        ]
        for visit in ready:
            self.signed[visit] = self.texts[visit]
        return Done(tuple(ready), Changes(frozenset({Topic.NOTES})))

    def _refuse(self):
        if self.refuse:
            raise RuleError(self.refuse, field=self.field or None)


@dataclasses.dataclass(frozen=True)
class FakePaper:
    """What would be printed."""

    visit: VisitId
    text: NoteText


class FakePapers:
    """Freezes papers and counts prints."""

    def __init__(self) -> None:
        self.printed_subjects = []

    def pickup_report(self, actor, visit, text):
        return FakePaper(visit, text)

    def printed(self, actor, kind, subject):
        self.printed_subjects.append((kind, subject))
        return Done(1)


class FakeTelling:
    """Remembers to whom the day was told, who signed, and what was added for a class."""

    def __init__(self) -> None:
        self.told = []
        self.signed = []
        self.refuse_signature = ""
        self.added = []
        self.things = ("水杯",)
        self.number = ""
        self.refuse = ""
        self.earlier, self.forms = (), ()
        self.since, self.stale = "", False

    def door(self, actor, visit):
        adults = (
            Adult(AdultId(1), "奶奶 王秀兰", likely=True),
            Adult(AdultId(2), "妈妈 赵敏", likely=False, guardian=True),
        )
        told = tuple(
            Told(ToldId(at), visit, who, "\n".join(said), NOW, actor.name)
            for at, (asked, who, said) in enumerate(self.told, 1)
            if asked == visit
        )
        return Door(
            visit, NAMES[visit], ("请留意：鞋子偏小。", "今天午餐吃完了。"), self.things, adults, told,
            self.number, None, self.earlier, self.forms, self.since, self.stale,
        )  # fmt: skip

    def tell(self, actor, visit, adult, other="", said=()):
        if self.refuse:
            raise RuleError(self.refuse, field="adult")
        names = {1: "奶奶 王秀兰", 2: "妈妈 赵敏"}
        self.told.append((visit, names.get(adult, other), said))
        return Done(ToldId(1), Changes(frozenset({Topic.NOTES})))

    def sign_for(self, actor, visit, adult, other="", png=b""):
        if self.refuse_signature:
            raise RuleError(self.refuse_signature)
        self.signed.append((visit, adult, other, png))
        return Done(SignatureId(1), Changes(frozenset({Topic.NOTES})))

    def sentences(self, actor, class_id):
        return ()

    def add_sentence(self, actor, class_id, words, part):
        if not words:
            raise RuleError("请写一句要加给全班的话。", field="words")
        self.added.append((class_id, words, part))
        return Done(SentenceAdded(SentenceId(1), 2, ("陈可欣",)), Changes(frozenset({Topic.NOTES})))


def make_services() -> SimpleNamespace:
    """Services with the fakes."""
    classroom = SimpleNamespace(tabs=lambda _actor: TABS)
    classes = SimpleNamespace(telling=FakeTelling())
    return SimpleNamespace(classroom=classroom, handover=FakeHandover(), papers=FakePapers(), classes=classes)
