"""What illness forbids: coming in while excluded, joining a class under observation; and what makes a case.

Asked in the units of other services: at the door, when an absence is noted, when somebody is moved.
"""

import datetime as dt
from collections.abc import Iterable

from app.domain.changes import Topic
from app.domain.fever import SLIP
from app.domain.ids import CaseId, ChildId, ClassId, VisitId
from app.domain.illness import (
    OTHER,
    Cluster,
    ExcludedError,
    Heat,
    Observation,
    ObservationError,
    Sick,
    day_words,
    earliest_day,
    find_clusters,
    find_observations,
    heat_refusal,
    named,
    paper_counts,
)
from app.domain.looks import Chip, Tone
from app.domain.staff import Actor, Permission
from app.domain.whose_illness import is_over
from app.store import fever, illness, settings, visits
from app.store.database import Database, Unit
from app.store.health_rules import DiseaseBook
from app.store.illness import Case, NewCase
from app.store.stamps import day_of

# A fever of so many days ago still has to be answered for, unless she was here since.
FEVER_DAYS = 14
_KNOWN = dt.timedelta(days=60)  # so long an illness that is over is the one on file
_LOOK_BACK = dt.timedelta(days=120)  # the longest exclusion or observation that can be set
TOPICS = frozenset({Topic.HEALTH, Topic.VISITS})
Watch = tuple[tuple[Cluster, ...], tuple[Observation, ...]]


def refuse_excluded(unit: Unit, child: ChildId, name: str, today: dt.date) -> bool:
    """Pass if nothing keeps a child at home; asked inside the unit of every arrival.

    Returns:
        Whether there was anything to look closer at: without it nothing was refused today either.

    Raises:
        ExcludedError: she is excluded; the sentence names illness, earliest day and what has to be seen.
    """
    line = _fever_line(unit, today)
    doubtful = illness.is_doubtful(unit, child, today - dt.timedelta(days=FEVER_DAYS), line)
    if doubtful and (words := _refusal(unit, child, name, today, line)):
        raise ExcludedError(words, field="illness")
    return doubtful


def refusal(database: Database | Unit, child: ChildId, name: str, today: dt.date) -> str:
    """What keeps a child at home on a day, in a sentence; empty where nothing does."""
    line = _fever_line(database, today)
    if not illness.is_doubtful(database, child, today - dt.timedelta(days=FEVER_DAYS), line):
        return ""
    return _refusal(database, child, name, today, line)


def _fever_line(database: Database | Unit, today: dt.date) -> int:
    """The lowest line of the days that count: a reading below it was a fever on none of them."""
    return settings.least_number(database, "fever_tenths", today - dt.timedelta(days=FEVER_DAYS), today)


def _refusal(database: Database | Unit, child: ChildId, name: str, today: dt.date, line: int) -> str:
    """The same for who has to be looked at closer; ``line`` is the fever's, in tenths of a degree."""
    book = DiseaseBook(database)
    cases = illness.list_cases_of(database, child)
    for case in cases:
        if words := refusal_of(case, book, today):
            return f"{name}{words}"
    # A fever at the door today is for the recheck to settle: who comes again within the day comes by that.
    heat = find_open_heat(database, child, cases, book, today, until=today)
    if heat is None:
        return ""
    rule = next((one for one in book.on(day_of(heat.at)).values() if one.fever), None)
    if rule is None:
        return ""
    return f"{name}{heat_refusal(heat, rule, day_of(heat.at), today, book.first_open)}"


def refusal_of(case: Case, book: DiseaseBook, today: dt.date, *, overruled: bool = True) -> str:
    """Why a case keeps its child at home on a day, as the end of a sentence; empty where it does not.

    The numbers are those of the day on which she fell ill. Without ``overruled``, it is asked as if the
    director had let nobody in.
    """
    disease = book.on(case.told.onset_on).get(case.told.disease)
    if disease is None or (overruled and case.overruled_on(today)):
        return ""
    if case.told.onset_on < today - _LOOK_BACK * 3:
        return ""
    day, seen = earliest_day(disease, case.told.onset_on, case.basis_on), case.certificate
    # Written down only after she was well and back: there is no paper to wait for. Who came back too early,
    # or was let in for one day and had her case corrected since, is not.
    back = case.back_on
    if back is not None and day <= back <= day_of(case.first_at):
        return ""
    what = case.told.detail or disease.label
    if today < day:
        papers = "" if seen else f"，来时要看{disease.needs}"
        return (
            f"因{what}在家，最早 {day_words(book.first_open(day))}可以来（{disease.until_words()}）{papers}。"
            "提前入园须园长在“卫生—病例”写明理由、由第二人确认。"
        )
    if seen is not None and not paper_counts(disease, case.told.onset_on, case.basis_on, seen.day):
        return (
            f"因{what}在家。{day_words(seen.day)}看的证明太早，没写明{disease.basis_words}是哪天。"
            "请保健员在“卫生—病例”更正，填上起算日，再入园。"
        )
    if seen is None:
        return (
            f"因{what}在家，天数已满，还没看到{disease.needs}。请家长出示，保健员在“卫生—病例”登记后再入园。"
        )
    return ""


def noted_since(database: Database, child: ChildId, since: dt.datetime, today: dt.date) -> str:
    """What was found of a child after a moment and keeps her at home, to end a sentence; often empty."""
    book = DiseaseBook(database)
    for case in illness.list_cases_of(database, child):
        if case.first_at >= since and (words := refusal_of(case, book, today)):
            return f"离园后登记了病例，不能撤销离园。她{words}"
    return ""


def find_open_heat(
    database: Database | Unit,
    child: ChildId,
    cases: tuple[Case, ...],
    book: DiseaseBook,
    today: dt.date,
    *,
    until: dt.date,
) -> Heat | None:
    """A fever with which a child went home, or was not let in before a day, that no case answers for."""
    heat = find_heat(database, child, today - dt.timedelta(days=FEVER_DAYS), until)
    if heat is None or any(_answers(case, heat, book, today) for case in cases):
        return None
    return heat


def _answers(case: Case, heat: Heat, book: DiseaseBook, today: dt.date) -> bool:
    """Whether a case answers for a fever: it was noted after it, or is one of a fever that still waits.

    A paper answers only for what was measured before it was seen; for a fever found after its case was noted,
    not before the days of that fever are over.
    """
    disease, seen = book.on(case.told.onset_on).get(case.told.disease), case.certificate
    noted_after = case.first_at >= heat.at
    if disease is None or not (noted_after or disease.fever):
        return False
    if seen is None:
        return noted_after or bool(refusal_of(case, book, today))
    return seen.at >= heat.last and (noted_after or earliest_day(disease, day_of(heat.at), None) <= today)


def find_heat(database: Database | Unit, child: ChildId, since: dt.date, until: dt.date) -> Heat | None:
    """The fever with which a child went home from her last stay since a day, or was not let in after it.

    What was done about it decides: a second reading that found none, or the way back to her class, settles
    it. A confirmed one is not settled by a lower reading before she was fetched: that may be the medicine.
    One at the door (before the day ``until``) is settled by coming in after it. A reading in class is judged
    by the line of its own moment.
    """
    door = visits.list_refused(database, child, since, until)
    if door:
        day = [one for one in door if day_of(one[0]) == day_of(door[-1][0])]
        return Heat(day[0][0], max(tenths for _at, tenths in day), None, day[-1][0])
    hot = illness.find_last_reading(database, child, since)
    if hot is not None and hot[1] < int(settings.value_at(database, "fever_tenths", hot[0]) or 0):
        hot = None
    ladders = fever.list_of_child(database, child, since)
    if not ladders or (hot is not None and hot[2] > ladders[-1].visit):
        return None if hot is None else Heat(hot[0], hot[1], VisitId(hot[2]), hot[0])
    last = [one for one in ladders if one.visit == ladders[-1].visit]
    kept = next((one for one in last if one.keeps_home), None)
    return None if kept is None else Heat(kept.started_at, kept.last_tenths, kept.visit, kept.started_at)


def report_sick(
    unit: Unit,
    child: ChildId,
    told: str,
    onset: dt.date,
    source: str,
    source_id: int,
    *,
    infectious: bool = False,
) -> CaseId | None:
    """Make a case of what was told of a child, where the table knows the illness.

    Args:
        unit: of the act that tells it.
        child: whose illness.
        told: the words: 手足口病，居家.
        onset: since when she is ill, as far as is known.
        source: absence or follow_up.
        source_id: its key.
        infectious: whether somebody said that it is catching, whatever it is called.

    Returns:
        The case, or None where nothing catching was named, or a case of it is open already. What was denied,
        named for its vaccine alone (排除流感, 水痘疫苗反应), somebody else's or long ago makes none, nor what
        is over and was known: the health worker sees the words. Over and never known, it is a case.
    """
    today = day_of(unit.at)
    book = DiseaseBook(unit)
    table = tuple(book.on(min(onset, today)).values())
    disease = named(told, table, claimed=True)
    if disease is None and infectious:
        disease = next(one for one in table if one.code == OTHER)
    if disease is None or unit.actor_id is None:
        return None
    began = min(onset, today)
    for case in illness.list_cases_of(unit, child):
        same = case.told.disease == disease.code
        if same and (refusal_of(case, book, today) or _was_that(case, told, began)):
            return None
    class_id, class_name = illness.find_class_on(unit, child, began)
    detail = told if disease.code == OTHER else ""
    left = illness.find_last_day(unit, child, began) or began
    new = NewCase(
        child, class_id, class_name, disease.code, began, left, detail, source=source, source_id=source_id
    )
    key = illness.add_case(unit, new, unit.actor_id)
    unit.audit("illness", key, f"{disease.short} {began}")
    return key


def _was_that(case: Case, told: str, began: dt.date) -> bool:
    """Whether what is said to be over is an illness that is on file."""
    return is_over(told) and dt.timedelta() <= began - case.told.onset_on <= _KNOWN


def report_spell(unit: Unit, child: ChildId, told: str, onset: dt.date, spell: int) -> None:
    """The same for a spell of absence: the case is filed under its first day."""
    key = illness.find_first_day(unit, spell)
    if key is not None:
        report_sick(unit, child, told, onset, "absence", key)


def unreport(unit: Unit, source: str, source_id: int | None) -> None:
    """A report is taken back: within minutes its case goes, too; later somebody has to look at the child."""
    if source_id is not None and illness.undo_cases_of(unit, source, source_id, unit.at - SLIP):
        unit.audit("illness", source_id, "撤销登记")


def list_sick(database: Database | Unit, today: dt.date) -> tuple[Sick, ...]:
    """The standing cases that count for clusters and observation, of the last months."""
    return tuple(
        Sick(
            one.id, one.told.child, one.told.disease, one.told.onset_on, one.told.class_id,
            one.told.class_name,
            one.last_day or one.told.left_on,
            day_of(one.first_at),
        )
        for one in illness.list_cases(database, today - _LOOK_BACK, today)
    )  # fmt: skip


def watch(database: Database | Unit, today: dt.date) -> Watch:
    """Clusters and classes under observation on a day, by the numbers of when the children fell ill."""
    sick, book = list_sick(database, today), DiseaseBook(database)
    return find_clusters(sick, book.on, today), find_observations(sick, book.on, today)


def loosens(database: Database | Unit, before: Watch, today: dt.date) -> bool:
    """Whether what was watched on a day before an act is watched no more, or shorter, or tells of fewer."""
    clusters, observed = watch(database, today)
    until = {(one.class_id, one.disease.code): one.until for one in observed}
    counts = {(one.where, one.disease.code): one.count for one in clusters}
    return any(
        until.get((one.class_id, one.disease.code), dt.date.min) < one.until for one in before[1]
    ) or any(counts.get((one.where, one.disease.code), 0) < one.count for one in before[0])


def alerts(database: Database, today: dt.date) -> tuple[Chip, ...]:
    """What the status line says."""
    clusters, observed = watch(database, today)
    found = [Chip(f"{one.words}，请报告", Tone.BAD) for one in clusters]
    told = {one.where for one in clusters}
    for one in observed:
        if _class_words(one.class_name) not in told:
            until = f"{day_words(one.until)}"
            found.append(Chip(f"{_class_words(one.class_name)}医学观察到 {until}", Tone.WARN))
    return tuple(dict.fromkeys(found))


def require_open_class(
    database: Database | Unit,
    class_id: ClassId,
    on_day: dt.date,
    actor: Actor,
    reason: str,
    *,
    field: str = "class_id",
) -> str:
    """Pass if a class may take somebody in on a day: it is not under observation, or the director says why.

    Returns:
        What was overruled, for the audit trail; empty where nothing was.

    Raises:
        ObservationError: the class is under observation.
    """
    what = _observed(database, on_day, _today(database)).get(class_id, "")
    if not what:
        return ""
    if actor.may(Permission.OVERRULE_HEALTH) and reason.strip():
        return f"{what}：{reason.strip()}"
    who = "请写明理由" if actor.may(Permission.OVERRULE_HEALTH) else "须园长登录并写明理由"
    msg = f"{what}，期间不收新、不转入。确实要办，{who}；或换班级、换日子。"
    raise ObservationError(msg, field=field)


def require_guest_class(
    database: Database | Unit, child: ChildId, class_id: ClassId, on_day: dt.date, actor: Actor, reason: str
) -> str:
    """The same for who comes for the day, by booking or without: in her own class she is nobody new.

    Raises:
        ObservationError: the class is under observation and not hers by contract.
    """
    if class_id in illness.list_own_classes(database, child, on_day):
        return ""
    return require_open_class(database, class_id, on_day, actor, reason, field="health_reason")


def require_apart(
    database: Database | Unit, today: dt.date, classes: Iterable[ClassId], actor: Actor, reason: str
) -> str:
    """Pass if children of these classes may be together: none of them is under observation.

    Raises:
        ObservationError: one is, and it is not the director who puts them together with a reason.
    """
    watched = _observed(database, today, today)
    what = next((watched[key] for key in classes if key in watched), "")
    if what and not actor.may(Permission.OVERRULE_HEALTH):
        msg = f"{what}，期间不和别的班并班、串班。确实要办，须园长登录并写明原因。"
        raise ObservationError(msg, field="goal")
    return f"{what}：{reason}" if what else ""


def observed_words(
    database: Database | Unit, on_day: dt.date, today: dt.date, child: ChildId | None
) -> dict[ClassId, str]:
    """Why each class under observation takes nobody new in on a day; not of the child's own classes."""
    own = frozenset() if child is None else illness.list_own_classes(database, child, on_day)
    found = _observed(database, on_day, today)
    return {key: f"{what}，期间不收新。" for key, what in found.items() if key not in own}


def _observed(database: Database | Unit, on_day: dt.date, today: dt.date) -> dict[ClassId, str]:
    _clusters, observed = watch(database, min(on_day, today))
    last: dict[ClassId, Observation] = {}
    for one in observed:
        before = last.get(one.class_id)
        if one.until >= on_day and (before is None or before.until < one.until):
            last[one.class_id] = one
    return {
        key: f"{_class_words(one.class_name)}因{one.disease.short}在医学观察，到 {day_words(one.until)}"
        for key, one in last.items()
    }


def _class_words(name: str) -> str:
    return name if name.endswith("班") else f"{name}班"


def _today(database: Database | Unit) -> dt.date:
    return day_of(database.at if isinstance(database, Unit) else database.clock())
