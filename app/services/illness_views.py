"""What the page 病例 shows: each case in words, reports that wait, reports that were dismissed."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from app.domain.days import spoken_day, spoken_moment
from app.domain.illness import FEVER, Cluster, Disease, Observation, earliest_day
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.services import illness_gate
from app.services.health_people import require_child
from app.services.illness_gate import FEVER_DAYS, refusal_of
from app.services.told_reports import list_waiting
from app.store import illness, settings
from app.store.database import Database
from app.store.health_rules import DiseaseBook
from app.store.illness import Case, Report
from app.store.illness_reports import Dismissal
from app.store.stamps import day_of


@record
class CaseView:
    """One case for the screen. ``home`` says that she is to stay at home today."""

    case: Case
    title: str
    words: str
    lines: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    home: bool
    basis_words: str


@record
class DismissedView:
    """A report that was no illness, and what was said of it."""

    report: Report
    said: Dismissal


@record
class IllnessView:
    """The page: what was reported and waits for somebody, the cases, what is to be watched."""

    reports: tuple[Report, ...]
    cases: tuple[CaseView, ...]
    clusters: tuple[Cluster, ...]
    observations: tuple[Observation, ...]
    diseases: tuple[Disease, ...]
    dismissed: tuple[DismissedView, ...] = ()  # reports that were no illness, of the last days


def case_view(one: Case, book: DiseaseBook, today: dt.date) -> CaseView:
    """One case in words, by the numbers of the day on which she fell ill."""
    told = one.told
    disease = book.on(told.onset_on)[told.disease]
    refusal = refusal_of(one, book, today)
    day, seen = earliest_day(disease, told.onset_on, one.basis_on), one.certificate
    opens = book.first_open(day)
    if one.overruled_on(today):
        chip = Chip("今天园长放行", Tone.WARN)
    elif refusal and today < day:
        chip = Chip(f"最早 {spoken_day(opens, today)}", Tone.BAD)
    elif refusal:
        chip = Chip("待看证明", Tone.WARN)
    else:
        chip = Chip("可以来园", Tone.OK)
    what = told.detail or disease.label
    unknown = "" if one.basis_on else f"（还不知道{disease.basis_words}日，先从发病算）"
    sure = "" if told.confirmed or disease.code == FEVER else "（疑似）"

    def said(on: dt.date | None) -> str:
        return "" if on is None else spoken_day(on, today)

    lines = (
        ("病种", f"{what}{sure}"),
        ("发病", spoken_day(told.onset_on, today)),
        ("离园", spoken_day(told.left_on, today)),
        ("诊断", " ".join(filter(None, (said(told.diagnosed_on), told.diagnosed_by)))),
        ("怎么算", f"{disease.until_words()}（来源：{disease.source}）"),
        ("最早返园", f"{spoken_day(opens, today)}{unknown}"),
        ("要看", disease.needs),
        ("证明", "" if seen is None else f"{seen.words}（{seen.seen_by} {spoken_moment(seen.at, today)}）"),
        ("放行", "；".join(
            f"{spoken_day(extra.day, today)} {extra.seen_by}、{extra.confirmed_by}：{extra.words}"
            for extra in one.clearances if extra.kind == "overrule"
        )),
        ("返园", said(one.back_on)),
        ("备注", told.note),
        ("登记", f"{one.noted_by} {spoken_moment(one.noted_at, today)}"),
    )  # fmt: skip
    words = f"{told.class_name}　{spoken_day(told.onset_on, today)}发病"
    kept = tuple((label, text) for label, text in lines if text)
    title = f"{one.child_name}　{told.detail or disease.short}{sure}"
    return CaseView(one, title, words, kept, (chip,), bool(refusal), disease.basis_words)


def list_reports(database: Database, today: dt.date, gone: Sequence[Dismissal]) -> tuple[Report, ...]:
    """Words and fevers of the last days without a case, a child once; not what was dismissed."""
    found = {one.child: one for one in list_waiting(database, today, gone)}
    for hot in _fevers(database, today):
        found.setdefault(hot.child, hot)
    return tuple(sorted(found.values(), key=lambda one: one.day, reverse=True))


def with_class(database: Database, report: Report) -> Report:
    """A report with the class of that day: by it one sees whether several are of one class."""
    class_id, class_name = illness.find_class_on(database, report.child, report.day)
    return dataclasses.replace(report, class_id=class_id, class_name=class_name)


def _fevers(database: Database, today: dt.date) -> list[Report]:
    """What the door will ask about: in class and at the door, and no case answers for it."""
    since, tomorrow = today - dt.timedelta(days=FEVER_DAYS), today + dt.timedelta(days=1)
    line = settings.least_number(database, "fever_tenths", since, today)
    book = DiseaseBook(database)
    found = []
    for child in illness.list_hot(database, since, line):
        cases = illness.list_cases_of(database, child)
        hot = illness_gate.find_open_heat(database, child, cases, book, today, until=tomorrow)
        if hot is not None:
            name = require_child(database, child).name
            found.append(Report(child, name, None, "", "fever", hot.visit, hot.words, day_of(hot.at)))
    return found
