"""病例: who is ill of what, until when she stays at home, what was seen; clusters, classes observed."""

import datetime as dt
from collections.abc import Sequence

from app.domain.changes import Changes, Done, Undo
from app.domain.fever import SLIP
from app.domain.ids import CaseId, ChildId, ClearanceId
from app.domain.illness import (
    OTHER,
    Disease,
    IllnessError,
    check_days,
    day_words,
    earliest_day,
    paper_counts,
)
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, NotPermittedError, Permission
from app.domain.typed_days import Direction, read_day, read_day_or_none
from app.services import illness_gate
from app.services.health_people import require_child
from app.services.illness_gate import TOPICS, refusal_of
from app.services.illness_views import (
    CaseView,
    DismissedView,
    IllnessView,
    case_view,
    list_reports,
    with_class,
)
from app.services.pins import Pins, Second
from app.services.scope import Scope
from app.services.told_reports import REPORTED
from app.store import illness, illness_reports
from app.store.database import Clock, Database
from app.store.health_rules import DiseaseBook
from app.store.illness import Case, NewCase, Report
from app.store.illness_reports import Dismissal
from app.store.stamps import day_of

__all__ = [
    "Case",
    "CaseCard",
    "CaseView",
    "DismissedView",
    "Illness",
    "IllnessView",
    "Report",
]  # pages show them as kept

_SHOWN = dt.timedelta(days=60)


@record
class CaseCard:
    """A case as typed. Days may be empty but for the onset."""

    child: ChildId | None
    disease: str
    onset: str
    detail: str = ""
    left: str = ""
    basis: str = ""
    diagnosed: str = ""
    diagnosed_by: str = ""
    note: str = ""
    source: str = "register"
    source_id: int | None = None


class Illness:
    """The verbs of the page 病例."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins

    def view(self, actor: Actor) -> IllnessView:
        """Everything of the page; of the children, a teacher those of her own classes."""
        actor.require(Permission.SEE_HEALTH)
        today, scope = day_of(self._clock()), Scope(self._database, self._clock)
        book = DiseaseBook(self._database)
        table = tuple(book.on(today).values())
        cases = illness.list_cases(self._database, today - _SHOWN, today)
        own = scope.own(actor, cases, lambda one: one.told.child)
        views = sorted(
            (case_view(one, book, today) for one in own), key=lambda one: not one.home
        )  # stable: the latest first among each
        clusters, observed = illness_gate.watch(self._database, today)
        gone = illness_reports.list_dismissed(self._database)
        waiting = scope.own(actor, list_reports(self._database, today, gone), lambda one: one.child)
        told = tuple(with_class(self._database, one) for one in waiting)
        dismissed = scope.own(actor, self._dismissed(gone, today), lambda one: one.report.child)
        return IllnessView(told, tuple(views), clusters, observed, table, dismissed)

    def dismiss(self, actor: Actor, child: ChildId, reason: str) -> Done[int]:
        """What was reported of a child is no illness: denied, a vaccine, somebody else's; and how one knows.

        Without it she would be asked about; whoever reads papers says so. A fever is not talked away.

        Raises:
            NotPermittedError: neither the health worker nor the director.
            IllnessError: no reason, nothing of her waits, or it is a fever.
        """
        actor.require(Permission.HEALTH_CHECK)
        _require_reader(actor)
        report = next((one for one in self.view(actor).reports if one.child == child), None)
        if report is None:
            raise IllnessError("这一条上报已经处理过了，请刷新后再看。")
        if report.source not in illness_reports.SOURCES:
            raise IllnessError("发热要量体温、问清退热时间，登记成病例，不能只写不是病。")
        why = clean_text(reason, "理由", "reason")
        if not why:
            raise IllnessError("请写明为什么不是病，如“医院排除了，妈妈发来化验单”。", field="reason")
        label = f"{report.child_name} 上报不是病"
        with self._database.unit(actor.id, illness_reports.DISMISS) as unit:
            illness_reports.dismiss(unit, report, why)
            unit.audit("child", child, f"上报“{report.words}”不是病：{why}")
        undo = Undo(f"health.report_{report.source}", report.root, label)
        return Done(report.root, _changes(child), undo)

    def restore_report(self, actor: Actor, source: str, root: int) -> Done[None]:
        """A report that was dismissed waits again.

        Raises:
            NotPermittedError: neither the health worker nor the director.
            IllnessError: it waits already.
        """
        actor.require(Permission.HEALTH_CHECK)
        _require_reader(actor)
        standing = illness_reports.list_dismissed(self._database)
        if not any((one.source, one.root) == (source, root) for one in standing):
            raise IllnessError("这一条上报已经恢复过了。")
        with self._database.unit(actor.id, illness_reports.RESTORE) as unit:
            illness_reports.restore(unit, source, root)
        return Done(None, Changes(TOPICS))

    def note(self, actor: Actor, card: CaseCard) -> Done[CaseId]:
        """Keep a case; from now on she is excluded until the table's days are over and a paper was seen.

        Raises:
            IllnessError: something is missing or a day cannot be, ``field`` says which; or a case of the same
                illness that lasts stands already.
        """
        actor.require(Permission.HEALTH_CHECK)
        new, name, disease = self._read(card)
        self._require_new(new, disease)
        label = f"{name} {disease.short}"
        with self._database.unit(actor.id, "note_case") as unit:
            key = illness.add_case(unit, new, actor.id)
            unit.audit("illness", key, f"{label} {new.onset_on}")
        return Done(key, _changes(new.child), Undo("health.case", key, f"{label} 登记"))

    def correct(self, actor: Actor, case: CaseId, card: CaseCard) -> Done[CaseId]:
        """Put a corrected case in place; the one before stays on file.

        Raises:
            IllnessError: as ``note``; also where it would become another child's, or would let her come
                earlier, or end or shorten what is watched, and it is neither the health worker nor the
                director who says so.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(case)
        new, name, disease = self._read(card)
        if new.child != kept.told.child:
            raise IllnessError("不能改成别的孩子。登错了人请撤销这一条，另记一条。", field="child")
        self._require_new(new, disease, but=case)
        if self._is_lighter(kept, new, disease):
            self._require_keeper(actor, kept, "改成更早返园的")
        today = day_of(self._clock())
        with self._database.unit(actor.id, "correct_case") as unit:
            watched = illness_gate.watch(unit, today)
            illness.add_case(unit, new, actor.id, kept)
            if illness_gate.loosens(unit, watched, today):
                self._require_keeper(actor, kept, "改成让班级医学观察或聚集提前结束、变少的")
            unit.audit("illness", case, f"{name} 更正 {disease.short} {new.onset_on}")
        return Done(case, _changes(new.child))

    def undo_note(self, actor: Actor, case: CaseId) -> Done[None]:
        """The case was noted by mistake; it stays on file as taken back.

        Raises:
            IllnessError: it was taken back before, or it is no slip of the hand any more and the actor is
                neither the health worker nor the director: without it the child may come in.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(case)
        self._require_keeper(actor, kept, "撤销")
        with self._database.unit(actor.id, "undo_case") as unit:
            illness.undo_case(unit, kept)
            unit.audit("illness", case, f"{kept.child_name} 撤销病例")
        return Done(None, _changes(kept.told.child))

    def see_certificate(self, actor: Actor, case: CaseId, words: str, basis: str = "") -> Done[ClearanceId]:
        """The paper was seen: whose it is, and from which day the days count (last crust, no fever …).

        It opens the door to who was ill of something catching: the health worker or the director reads it.

        Raises:
            NotPermittedError: it is neither.
            IllnessError: nothing said of the paper, one was seen before, a day that cannot be, or it is seen
                before she could come back and nobody says from which day the days count.
        """
        actor.require(Permission.HEALTH_CHECK)
        if not actor.may(Permission.ANSWER_FOR_HEALTH):
            raise NotPermittedError("证明由保健员或园长看过才算。请把证明交给他们，由他们登录后登记。")
        kept, today = self._find(case), day_of(self._clock())
        if kept.certificate is not None:
            msg = f"{kept.certificate.seen_by}已经登记过证明。"
            raise IllnessError(msg)
        told = clean_text(words, "证明", "words")
        if not told:
            raise IllnessError("请写看到了什么证明，如“市妇幼 12月10日 复课证明”。", field="words")
        since = read_day_or_none(basis, today, Direction.PAST, "basis")
        self._require_counting(kept, since or kept.basis_on, today)
        check_days(kept.told.onset_on, today, ((since, "起算日", "basis"),))
        label = f"{kept.child_name} 看过证明"
        with self._database.unit(actor.id, "see_certificate") as unit:
            key = illness.add_clearance(unit, case, "certificate", today, told, actor.id, basis_on=since)
            unit.audit("illness", case, f"{label}：{told}")
        return Done(key, _changes(kept.told.child), Undo("health.clearance", key, label))

    def overrule(
        self, actor: Actor, case: CaseId, reason: str, second: Second | None, own_pin: str = ""
    ) -> Done[ClearanceId]:
        """The director lets her in for today in spite of it; a second person confirms, the reason is kept.

        One of the two must be the director, and it is her PIN that says so: where she is the actor, her
        ``own_pin``.

        Raises:
            IllnessError: no reason, or nothing keeps her at home today.
            SecondPersonError, WrongPinError: nobody else confirms, neither is the director, or she who is has
                not typed her PIN.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept, today = self._find(case), day_of(self._clock())
        why = clean_text(reason, "理由", "reason")
        if not why:
            raise IllnessError("请写明为什么今天让她入园。", field="reason")
        if not refusal_of(kept, DiseaseBook(self._database), today):
            raise IllnessError("她今天可以入园，不用放行。")
        needed = Permission.OVERRULE_HEALTH
        person = self._pins.confirm(actor, second, needed, at_door=False)
        self._pins.prove_right(actor, person, needed, own_pin)
        label = f"{kept.child_name} 今天放行"
        with self._database.unit(actor.id, "overrule_case") as unit:
            key = illness.add_clearance(unit, case, "overrule", today, why, actor.id, confirmed_by=person.id)
            unit.audit("illness", case, f"{label} {person.name}：{why}")
        return Done(key, _changes(kept.told.child), Undo("health.clearance", key, label))

    def undo_clearance(self, actor: Actor, clearance: ClearanceId) -> Done[None]:
        """The paper was another one's, or she does not come after all.

        Raises:
            IllnessError: it was taken back before.
        """
        actor.require(Permission.HEALTH_CHECK)
        with self._database.unit(actor.id, "undo_clearance") as unit:
            case = illness.undo_clearance(unit, clearance, actor.id)
            if case is None:
                raise IllnessError("这一条已经撤销过了。")
            unit.audit("illness", case, "撤销证明或放行")
        return Done(None, Changes(TOPICS))

    def _dismissed(self, gone: Sequence[Dismissal], today: dt.date) -> tuple[DismissedView, ...]:
        found: dict[tuple[str, int], DismissedView] = {}
        for one in illness_reports.list_reports(self._database, today - REPORTED, today):
            said = next((each for each in gone if each.answers(one)), None)
            if said is not None:
                found.setdefault((one.source, one.root), DismissedView(one, said))
        return tuple(found.values())

    def _read(self, card: CaseCard) -> tuple[NewCase, str, Disease]:
        today = day_of(self._clock())
        if card.child is None:
            raise IllnessError("请选孩子。", field="child")
        name = require_child(self._database, card.child).name
        book = DiseaseBook(self._database)
        disease = book.on(today).get(card.disease)
        if disease is None:
            raise IllnessError("请选病种；表里没有的选“其他”并写明。", field="disease")
        detail = clean_text(card.detail, "病名", "detail")
        if disease.code == OTHER and not detail:
            raise IllnessError("请写明是什么病。", field="detail")
        onset = read_day(card.onset, today, Direction.PAST, "onset")
        disease = book.on(onset).get(card.disease, disease)
        left = read_day_or_none(card.left, today, Direction.PAST, "left") or self._left(card.child, onset)
        basis = read_day_or_none(card.basis, today, Direction.PAST, "basis")
        diagnosed = read_day_or_none(card.diagnosed, today, Direction.PAST, "diagnosed")
        later = ((basis, "起算日", "basis"), (diagnosed, "诊断日期", "diagnosed"), (left, "离园日期", "left"))
        check_days(onset, today, later)
        class_id, class_name = illness.find_class_on(self._database, card.child, onset)
        new = NewCase(
            child=card.child,
            class_id=class_id,
            class_name=class_name,
            disease=disease.code,
            onset_on=onset,
            left_on=left,
            detail=detail,
            confirmed=diagnosed is not None,
            basis_on=basis,
            diagnosed_on=diagnosed,
            diagnosed_by=clean_text(card.diagnosed_by, "诊断单位", "diagnosed_by"),
            note=clean_text(card.note, "备注", "note"),
            source=card.source,
            source_id=card.source_id,
        )
        return new, name, disease

    def _require_new(self, new: NewCase, disease: Disease, but: CaseId | None = None) -> None:
        """One illness is one case until its days are over, whichever of two began it first."""
        for one in illness.list_cases_of(self._database, new.child):
            told = one.told
            if one.id == but or (told.disease, told.detail) != (new.disease, new.detail):
                continue
            began = sorted(((told.onset_on, one.basis_on), (new.onset_on, new.basis_on)), key=_onset)
            (first, basis), (second, _) = began
            if second == first or second < earliest_day(disease, first, basis):
                msg = (
                    f"{one.child_name} 的{told.detail or disease.short}（{day_words(told.onset_on)}发病）"
                    f"已经登记过（{one.noted_by}）。要改请更正那一条。"
                )
                raise IllnessError(msg, field="disease")

    def _is_lighter(self, kept: Case, new: NewCase, disease: Disease) -> bool:
        """Whether a correction would let a child come in earlier who has to stay at home today.

        That the director let her in for the day makes nobody else the judge of it.
        """
        today = day_of(self._clock())
        book = DiseaseBook(self._database)
        if not refusal_of(kept, book, today, overruled=False):
            return False
        before = earliest_day(
            book.on(kept.told.onset_on)[kept.told.disease], kept.told.onset_on, kept.basis_on
        )
        return earliest_day(disease, new.onset_on, new.basis_on) < before or disease.code != kept.told.disease

    def _require_keeper(self, actor: Actor, kept: Case, what: str) -> None:
        """Soon after it was noted it was a slip; later it is the health worker's or the director's."""
        slip = abs(self._clock() - kept.first_at) <= SLIP  # a correction opens no new minutes
        if not slip and not actor.may(Permission.ANSWER_FOR_HEALTH):
            minutes = SLIP // dt.timedelta(minutes=1)
            msg = f"病例登记满 {minutes} 分钟后，只有保健员或园长可以{what}，请他们登录。"
            raise IllnessError(msg)

    def _require_counting(self, kept: Case, basis: dt.date | None, today: dt.date) -> None:
        told = kept.told
        book = DiseaseBook(self._database)
        disease = book.on(told.onset_on)[told.disease]
        if not paper_counts(disease, told.onset_on, basis, today):
            day = day_words(book.first_open(earliest_day(disease, told.onset_on, None)))
            msg = (
                f"最早 {day}才能返园，现在看的证明要填{disease.basis_words}是哪天，天数从那天算。"
                "还不知道的，等返园时再看证明；门诊病历请写在病例的“备注”里。"
            )
            raise IllnessError(msg, field="basis")

    def _left(self, child: ChildId, onset: dt.date) -> dt.date:
        """Where nobody says when she left: the last day she was here, not the first on which she was ill."""
        return illness.find_last_day(self._database, child, onset) or onset

    def _find(self, case: CaseId) -> Case:
        kept = illness.find_case(self._database, case)
        if kept is None:
            raise IllnessError("没有找到这个病例，可能已撤销。请刷新后再试。")
        return kept


def _require_reader(actor: Actor) -> None:
    if not actor.may(Permission.ANSWER_FOR_HEALTH):
        raise NotPermittedError("是不是病，由保健员或园长问清以后说。请他们登录。")


def _onset(began: tuple[dt.date, dt.date | None]) -> dt.date:
    return began[0]


def _changes(child: ChildId) -> Changes:
    return Changes(TOPICS, frozenset({child}))
