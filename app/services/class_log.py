"""Logging for one child, many, or a whole class with its exceptions: one act, one unit of work."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from app.domain.allergens import FOOD, met
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.dishes import untold_of
from app.domain.errors import RuleError
from app.domain.ids import ChildId, EntryId, VisitId
from app.domain.log_checks import check_entry, check_looks
from app.domain.log_reach import LASTING, reach_of_waking, reaches_of_all
from app.domain.logbook import (
    AsleepError,
    AwakeError,
    EntryDraft,
    EntryError,
    EntryKind,
    MealGrade,
    MealTwiceError,
    TwiceError,
    title_of,
    words_of,
)
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission, Role
from app.domain.swaps import Way
from app.domain.visits import NotTodayError, UnknownAllergyError
from app.services.apart_times import apart_then, refused, require_together
from app.services.class_views import NOT_CLEARED, Cleared, Except, Logged
from app.services.dish_answers import unsure_of, unsure_words
from app.services.fever_watch import notice_logged, require_fever_slip
from app.services.outside import require_indoors
from app.services.sleep_looks import require_turned
from app.store import fever, log_versions, logbook, menus, tables
from app.store.allergies import list_allergies
from app.store.database import Clock, Database
from app.store.dish_answers import list_answers
from app.store.log_reach import Reached, list_reached
from app.store.logbook import Subject
from app.store.stamps import day_of

# Undo.verb of a batch of entries.
UNDO_LOG = "classroom.log"
LONGEST_REASON = 100
_LONGEST_SAID = 24  # characters, in a notice, of what was kept
_SHORTEST_REASON = 2
_NAMED = 6
_ANY = 100_000  # characters
NOBODY: Mapping[VisitId, tuple[EntryId, dt.datetime]] = MappingProxyType({})


class NothingChosenError(RuleError):
    """Nobody was chosen to log for."""


class PastDayError(RuleError):
    """What was logged on an earlier day stays as it was told; the director alone takes some of it back."""


class AllergyClashError(RuleError):
    """Food that names what a child must not eat, and nobody has said why it may be given all the same.

    ``looked`` is what the sentence names: who answers it has looked at that.
    """

    def __init__(self, sentence: str, looked: frozenset[tuple[VisitId, str]] = frozenset()) -> None:
        super().__init__(sentence, field="allergy")
        self.looked = looked


@record
class Clash:
    """What the food of one child names of her allergies, and the words for it."""

    words: str
    substances: tuple[str, ...]


@record
class Confirmed:
    """A child who may eat what names her allergies: what it names, why she may, and what was done."""

    subject: Subject
    words: str
    reason: str
    way: str


class ClassLog:
    """The act of logging."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def log(
        self,
        actor: Actor,
        visits: tuple[VisitId, ...],
        draft: EntryDraft,
        *,
        but: tuple[Except, ...] = (),
        cleared: Cleared = NOT_CLEARED,
    ) -> Done[Logged]:
        """Log the same for one, many or all children, and something else for the exceptions.

        A sleep without an end wakes those of the chosen who sleep, and puts the others to bed. A child whose
        allergy the food names is left out of the batch, unless ``cleared`` says of her why she may eat it:
        that reason is kept with her entry and the allergens it is about. Who was in the isolation room is
        left out of time outdoors and at play.

        Raises:
            NothingChosenError: ``visits`` is empty, or all of them are left out by hand.
            NotTodayError: a visit was taken back or is not of today.
            UnknownAllergyError: food for a child whose allergies nobody has asked about.
            AllergyClashError: the food names what each of them must not eat, and nobody said why they may.
            EntryError: the entry cannot be true of one of them; the sentence names the child. Or one reading
                was given for several.
        """
        actor.require(Permission.LOG_DAY)
        draft = clean_words(draft)
        others = {one.visit: one.draft and clean_words(one.draft) for one in but}
        subjects = self.subjects([visit for visit in visits if others.get(visit, draft) is not None])
        drafts = {one: others.get(one.visit) or draft for one in subjects}
        apart = apart_then(self._database, drafts)
        drafts = {one: what for one, what in drafts.items() if one not in apart}
        if not drafts:
            raise refused(apart)
        asleep = logbook.open_sleeps(self._database, visits) if draft.kind is EntryKind.SLEEP else {}
        self.check_drafts(drafts, asleep)
        require_own_reading(draft.tenths, [one for one in subjects if one.visit not in others])
        clashes = self.clashes(drafts)
        said = (Confirmed(one, clash.words, *said_of(cleared, one, clash)) for one, clash in clashes.items())
        fine = {one.subject: one for one in said if one.reason}
        left_out = tuple(clash.words for one, clash in clashes.items() if one not in fine)
        left_out = (*left_out, *apart.values())
        if clashes:
            drafts = {one: what for one, what in drafts.items() if one not in clashes or one in fine}
        if not drafts:
            words = "；".join(left_out)
            msg = f"{words}。没有记。请先核对配料；确认可以吃的，写明原因再记一次。"
            raise AllergyClashError(msg, looked_at(clashes))
        return self._keep(actor, drafts, asleep, tuple(fine.values()), left_out)

    def _keep(
        self,
        actor: Actor,
        drafts: Mapping[Subject, EntryDraft],
        asleep: Mapping[VisitId, tuple[EntryId, dt.datetime]],
        confirmed: tuple[Confirmed, ...],
        left_out: tuple[str, ...],
    ) -> Done[Logged]:
        groups: dict[EntryDraft, list[VisitId]] = {}
        for subject, what in drafts.items():
            if subject.visit not in asleep:
                groups.setdefault(what, []).append(subject.visit)
        usual = max(groups, key=lambda one: len(groups[one]), default=next(iter(drafts.values())))
        waking = [asleep[subject.visit][0] for subject in drafts if subject.visit in asleep]
        with self._database.unit(actor.id, "log") as unit:
            batch = logbook.add_batch(unit, usual.kind, actor.id)
            for what, chosen in groups.items():
                logbook.add_entries(unit, batch, chosen, what, actor.id)
            if any(what.tenths is not None for what in groups):
                notice_logged(unit, batch, actor)
            if waking:
                logbook.end_sleeps(unit, batch, waking, usual.until or usual.at, actor.id)
            for one in confirmed:
                visit = one.subject.visit
                log_versions.add_clearance(unit, batch, visit, one.words, one.reason, one.way, actor.id)
            told = "；".join(f"{one.words}（{one.reason}）" for one in confirmed)
            looked = f"，已核对过敏：{told}" if told else ""
            out = f"，未记 {'；'.join(left_out)}" if left_out else ""
            unit.audit("log_batch", batch, f"{usual.kind.value} x{len(drafts)}{looked}{out}")
        unusual = sum(len(chosen) for what, chosen in groups.items() if what != usual)
        words = _logged_words(usual, len(drafts), len(waking), unusual)
        if left_out:
            words = f"{words}；未记：{'；'.join(left_out)}"
        subjects = tuple(drafts)
        label = f"{subjects[0].name} {words}" if len(subjects) == 1 else words
        return Done(
            Logged(batch, usual.kind, len(subjects), words, left_out),
            Changes(frozenset({Topic.LOG}), frozenset(subject.child for subject in subjects)),
            Undo(UNDO_LOG, batch, label),
        )

    def subjects(self, visits: Sequence[VisitId]) -> tuple[Subject, ...]:
        """The children of these visits, each once.

        Raises:
            NothingChosenError: there is none.
            NotTodayError: a visit was taken back or is not of today.
        """
        chosen = tuple(dict.fromkeys(visits))
        if not chosen:
            raise NothingChosenError("请先选择孩子，再记录。")
        subjects = logbook.list_subjects(self._database, chosen)
        today = day_of(self._clock())
        if len(subjects) < len(chosen) or any(
            subject.day != today and subject.left_at is not None for subject in subjects
        ):
            raise NotTodayError("选中的孩子里有人的入园记录已撤销或不是今天的，请刷新后重新选择。")
        return subjects

    def check_drafts(
        self,
        drafts: Mapping[Subject, EntryDraft],
        asleep: Mapping[VisitId, tuple[EntryId, dt.datetime]] = NOBODY,
        *,
        without: EntryId | None = None,
    ) -> None:
        """Pass if each entry can be true of its child; ``without`` leaves out the entry it would replace.

        ``asleep`` are those a sleep of the batch wakes: which sleep of theirs, and when it began.

        Raises:
            UnknownAllergyError: food for a child whose allergies nobody has asked about.
            EntryError: it cannot, leaves an infant lying on her belly without a word, puts to bed who is
                outside with a group, or has at play who was in the isolation room; of several children the
                sentence names the one.
        """
        now = self._clock()
        others = self._beside(drafts, asleep, without)
        twice: dict[str, EntryError] = {}
        seen: set[int] = set()  # drafts whose own values were asked about already: they are shared
        for subject, what in drafts.items():
            if what.kind in FOOD and subject.allergy == "unknown":
                msg = f"{subject.name} 的过敏情况还没有问清，先不进食。请前台问清家长、补上过敏信息后再记录。"
                raise UnknownAllergyError(msg)
            try:
                wakes, fresh = subject.visit in asleep, id(what) not in seen
                seen.add(id(what))
                _check_one(what, now, subject, others.get(subject.child, ()), wakes=wakes, values=fresh)
            except (MealTwiceError, AsleepError, TwiceError) as error:
                twice[subject.name] = error
            except EntryError as error:
                if len(drafts) > 1 or isinstance(error, AwakeError):
                    msg = f"{subject.name}：{error.sentence}"
                    raise type(error)(msg, field=error.field) from error
                raise
        if twice:
            raise _of_all(twice, len(drafts))
        to_bed = {
            one: what
            for one, what in drafts.items()
            if what.kind is EntryKind.SLEEP and one.visit not in asleep
        }
        require_indoors(self._database, to_bed)
        require_turned(self._database, drafts, day_of(now))
        require_together(self._database, drafts)

    def _beside(
        self,
        drafts: Mapping[Subject, EntryDraft],
        asleep: Mapping[VisitId, tuple[EntryId, dt.datetime]],
        without: EntryId | None,
    ) -> dict[ChildId, list[EntryDraft]]:
        """What else of the day these entries are held against, read at once for all of them."""
        reaches = reaches_of_all(what for one, what in drafts.items() if one.visit not in asleep)
        if since := [began for visit, (_, began) in asleep.items()]:
            reaches = (*reaches, reach_of_waking(min(since)))
        found = list_reached(self._database, tuple(drafts), reaches)
        others: dict[ChildId, list[EntryDraft]] = {}
        for one in sorted({one.entry: one for one in found if one.entry != without}.values(), key=_by_time):
            others.setdefault(one.child, []).append(one.what)
        return others

    def clashes(
        self, drafts: Mapping[Subject, EntryDraft], *, without: EntryId | None = None
    ) -> dict[Subject, Clash]:
        """朱予晴 鸡蛋过敏：午餐可能含鸡蛋; what the menu's own list names counts for its dishes.

        A dish whose name does not tell, and of which nobody said what it holds, counts as if it named all.
        A second helping without words is of what she ate before; ``without`` is an entry it would replace.
        """
        eaten = {one: what for one, what in drafts.items() if what.kind in FOOD}
        if not eaten:
            return {}
        allergies, found = list_allergies(self._database), {}
        menu = menus.list_served(self._database, day_of(next(iter(eaten.values())).at))
        plates, answers = self._plates(eaten, without), list_answers(self._database)
        for subject, what in eaten.items():
            if not (substances := allergies.get(subject.child)):
                continue
            served = (what, *plates.get(subject.child, ()))
            named = {
                one.substance: one.words
                for plate in served
                for one in met(substances, plate, tables.allergens(), menu)
            }
            dishes = [one for plate in served for one in untold_of(plate, menu, tables.dish_words(), answers)]
            unsure = unsure_of(substances, dishes)
            if named or unsure:
                of_all = tuple(dict.fromkeys((*named, *unsure)))
                said = (*named.values(), *((unsure_words(dishes),) if unsure else ()))
                words = f"{subject.name} {'、'.join(of_all)}过敏：{title_of(what)}{'、'.join(said)}"
                found[subject] = Clash(words, of_all)
        return found

    def _plates(
        self, eaten: Mapping[Subject, EntryDraft], without: EntryId | None
    ) -> dict[ChildId, list[EntryDraft]]:
        """What was on the plate of whoever has a second helping that names no dish."""
        more = {
            one: what
            for one, what in eaten.items()
            if what.kind is EntryKind.MEAL and what.grade == MealGrade.SECONDS and not what.text.strip()
        }
        plates: dict[ChildId, list[EntryDraft]] = {}
        for one in list_reached(self._database, tuple(more), reaches_of_all(more.values())):
            if one.what.kind is EntryKind.MEAL and one.entry != without:
                plates.setdefault(one.child, []).append(one.what)
        return plates


def require_own_day(database: Database, actor: Actor, day: dt.date, entries: Sequence[EntryId]) -> None:
    """Pass if entries of a day may be taken back or corrected now.

    They were told to the family, and a fever among them keeps its child at home: later it is the director's,
    and a reading that began the steps of a fever goes after that fever alone.

    Raises:
        PastDayError: they are of an earlier day, and it is not the director, or a fever rests on one.
        FeverStepError: one is a fever of minutes ago, and it is neither health worker nor director.
    """
    if day == day_of(database.clock()):
        for name, tenths, made_at in fever.list_heats(database, entries):
            require_fever_slip(database, actor, name, tenths, made_at)
        return
    if actor.role is not Role.DIRECTOR:
        raise PastDayError("以前的记录家长已经知道，只有园长可以更正或撤销，请园长登录。")
    if fever.began_with(database, entries):
        raise PastDayError(
            "发热处理是从这个体温开始的，不能在日志里撤销。确实量错了，请园长先到“卫生—发热”撤销那次发热。"
        )


def looked_at(clashes: Mapping[Subject, Clash]) -> frozenset[tuple[VisitId, str]]:
    """What a sentence about these clashes names."""
    return frozenset((one.visit, name) for one, clash in clashes.items() for name in clash.substances)


def said_of(cleared: Cleared, subject: Subject, clash: Clash) -> tuple[str, str]:
    """Why a child may have what names her allergy, and what was done; both empty where nobody said.

    Raises:
        EntryError: the reason is none.
        ValueError: a way the program does not know.
    """
    answer = cleared.answer(subject.visit, clash.substances)
    return clean_reason(answer.reason), Way(answer.way).value if answer.way else ""


def clean_words(draft: EntryDraft) -> EntryDraft:
    """An entry with its words as they are kept; how long they may be is asked of the whole entry.

    Raises:
        BadTextError: signs that nobody sees.
    """
    if not (draft.text or draft.note):
        return draft
    text = clean_text(draft.text, "内容", "text", _ANY)
    return replace(draft, text=text, note=clean_text(draft.note, "备注", "note", _ANY))


def clean_reason(text: str) -> str:
    """Why food may be given, in words somebody can check; empty where nobody said."""
    reason = clean_text(text, "核对原因", "cleared", LONGEST_REASON)
    if reason and len(reason) < _SHORTEST_REASON:
        raise EntryError("请把核对的原因写清楚，例如“已换替餐”。", field="cleared")
    return reason


def _of_all(twice: Mapping[str, EntryError], among: int) -> EntryError:
    """Who of a batch has had the meal or sleeps: all are named, for each has to be taken out of it."""
    first, count = next(iter(twice.values())), len(twice)
    names = "、".join(list(twice)[:_NAMED]) + (f" 等 {count} 人" if count > _NAMED else "")
    hint = "先不记这些孩子（按字母选孩子，再按 0），再记其余的。" if count < among else ""
    return type(first)(f"{names}：{first.sentence}{hint}", field=first.field)


def require_own_reading(tenths: int | None, subjects: Sequence[Subject]) -> None:
    """Pass if a reading is of one child: nobody measures several at once.

    Raises:
        EntryError: it was given for several.
    """
    if tenths is not None and len(subjects) > 1:
        names = "、".join(one.name for one in subjects[:3])
        msg = f"一个体温只能是一个孩子的：{names} 请一个一个量、一个一个记。"
        raise EntryError(msg, field="tenths")


def _by_time(one: Reached) -> tuple[dt.datetime, EntryId]:
    return one.what.at, one.entry


def _check_one(
    draft: EntryDraft,
    now: dt.datetime,
    subject: Subject,
    others: Sequence[EntryDraft],
    *,
    wakes: bool,
    values: bool,
) -> None:
    if wakes:  # the sleep that ends now is checked as the whole it becomes
        lying = next(what for what in others if what.kind is EntryKind.SLEEP and what.until is None)
        draft = lying.ending(draft.until or draft.at)
        if others := [what for what in others if what is not lying]:
            check_looks(lying, draft, others)
            others = [what for what in others if what.kind in LASTING]
    check_entry(draft, now, others, arrived=subject.arrived_at, left=subject.left_at, values=values)


def _logged_words(draft: EntryDraft, count: int, woken: int, unusual: int) -> str:
    """午餐 · 吃完 · 6 人; 午餐 · 吃完 · 20 人（2 人不同）; 起床 · 3 人; 入睡 · 5 人，起床 · 1 人."""
    if draft.kind is EntryKind.SLEEP and (draft.until is None or woken):
        parts = [f"入睡 · {count - woken} 人"] if count > woken else []
        parts += [f"起床 · {woken} 人"] if woken else []
        return "，".join(parts)
    if draft.kind is EntryKind.MEAL:
        said = "" if draft.grade is None else MealGrade(draft.grade).label
    else:
        said = words_of(replace(draft, note=""))
    differ = f"（{unusual} 人不同）" if unusual else ""
    return " · ".join(part for part in (title_of(draft), _whole_facts(said), f"{count} 人{differ}") if part)


def _whole_facts(said: str) -> str:
    """As many facts as a notice has room for, each of them whole: half a number is another number."""
    kept = ""
    for fact in said.split(" · "):
        more = f"{kept} · {fact}" if kept else fact
        if len(more) > _LONGEST_SAID:
            return f"{kept} · …" if kept else f"{fact[: _LONGEST_SAID - 1]}…"
        kept = more
    return kept
