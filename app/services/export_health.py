"""Lists of the children's health as tables, and what else stands in no register: things kept, free seats.

``when`` of those kept by day is a month (``2025-12``), a day, or two days (``2025-12-01..2025-12-03``); of
rounds, injuries and medicine, whose tables are the registers of the trade, the month of it.
"""

import datetime as dt
from collections.abc import Callable

from app.domain.growth_entry import cm_words, kg_words
from app.domain.staff import Actor
from app.reports.sheets import ColumnKind, Sheet, SheetColumn
from app.services.export_registers import span_of
from app.services.forecast import make_forecast
from app.services.health_forms import HealthForms
from app.services.health_papers import HealthPapers
from app.services.scope import Scope
from app.store import belongings, centre, day, fever, growing, growth, illness
from app.store.database import Clock, Database
from app.store.health_rules import DiseaseBook
from app.store.stamps import day_of

_TEXT, _NUMBER, _DAY = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.DATE


def illnesses_sheet(database: Database, clock: Clock, actor: Actor, when: str) -> Sheet:
    """病例 that began in a span: every illness, the catching ones marked."""
    columns = (
        SheetColumn("发病", _DAY, 13), SheetColumn("姓名", _TEXT, 14), SheetColumn("班级", _TEXT, 12),
        SheetColumn("病种", _TEXT, 20), SheetColumn("传染病", _TEXT, 8), SheetColumn("确诊", _TEXT, 8),
        SheetColumn("诊断日", _DAY, 13), SheetColumn("诊断单位", _TEXT, 20), SheetColumn("离园", _DAY, 13),
        SheetColumn("返园", _DAY, 13), SheetColumn("证明", _TEXT, 24), SheetColumn("备注", _TEXT, 40),
        SheetColumn("登记", _TEXT, 12),
    )  # fmt: skip
    first, last, words = span_of(clock, when)
    book, names = DiseaseBook(database), _class_names(database, last)
    scope, rows = Scope(database, clock), []
    for one in scope.own(actor, illness.list_cases(database, first, last), lambda case: case.told.child):
        told, seen = one.told, one.certificate
        disease = book.on(told.onset_on)[told.disease]
        rows.append(
            (told.onset_on, one.child_name, names.get(told.class_id or 0, ""), told.detail or disease.label,
             "是" if disease.infectious else "", "是" if told.confirmed else "疑似", told.diagnosed_on,
             told.diagnosed_by, told.left_on, one.back_on, "" if seen is None else seen.words, told.note,
             one.noted_by)
        )  # fmt: skip
    return Sheet(f"病例 {words}", columns, tuple(rows), personal=True)


def fevers_sheet(database: Database, clock: Clock, actor: Actor, when: str) -> Sheet:
    """发热处理 of a span: what was measured, and every step that followed."""
    columns = (
        SheetColumn("日期", _DAY, 13), SheetColumn("时间", _TEXT, 8), SheetColumn("姓名", _TEXT, 14),
        SheetColumn("班级", _TEXT, 12), SheetColumn("体温", _TEXT, 8), SheetColumn("谁发现", _TEXT, 12),
        SheetColumn("处理", _TEXT, 60), SheetColumn("状态", _TEXT, 8),
    )  # fmt: skip
    first, last, words = span_of(clock, when)
    found = [one for one in fever.list_since(database, first) if day_of(one.started_at) <= last]
    rows = tuple(
        (day_of(one.started_at), f"{one.started_at:%H:%M}", one.name, one.class_name,
         f"{one.tenths / 10:.1f}", one.started_by,
         "；".join(
             " ".join(filter(None, (f"{step.at:%H:%M}", step.kind.label,
                                    "" if step.tenths is None else f"{step.tenths / 10:.1f}℃", step.whom)))
             for step in one.steps
         ), "处理中" if one.open else "结束")
        for one in Scope(database, clock).own(actor, found, lambda ladder: ladder.child)
    )  # fmt: skip
    return Sheet(f"发热处理 {words}", columns, rows, personal=True)


def rounds_sheet(database: Database, clock: Clock, actor: Actor, when: str) -> Sheet:
    """晨午检及全日健康观察记录 (表1) of a month: who was abnormal."""
    table = HealthPapers(database, clock).rounds_month(actor, span_of(clock, when)[0])
    return HealthForms(database, clock).sheet(table)


def injuries_sheet(database: Database, clock: Clock, actor: Actor, when: str) -> Sheet:
    """儿童伤害登记 (表9) of a month."""
    forms = HealthForms(database, clock)
    return forms.sheet(forms.injury_register(actor, f"{span_of(clock, when)[0]:%Y-%m}"))


def medicine_sheet(database: Database, clock: Clock, actor: Actor, when: str) -> Sheet:
    """在园带药服药记录 of a month, a line for each dose."""
    table = HealthPapers(database, clock).medicine_month(actor, span_of(clock, when)[0])
    return HealthForms(database, clock).sheet(table)


def growth_sheet(database: Database, clock: Clock, actor: Actor, when: str) -> Sheet:
    """身高体重 measured in a span, with the scores by the standard that held then."""
    columns = (
        SheetColumn("测量日", _DAY, 13), SheetColumn("姓名", _TEXT, 14), SheetColumn("体重 kg", _TEXT, 10),
        SheetColumn("身长/身高 cm", _TEXT, 12), SheetColumn("头围 cm", _TEXT, 10),
        SheetColumn("标准", _TEXT, 14), SheetColumn("测量人", _TEXT, 12),
    )  # fmt: skip
    first, last, words = span_of(clock, when)
    names = {key: name for key, name, _ in growing.list_names(database)}
    found = growth.list_since(database, first, last)
    rows = tuple(
        (one.day, names.get(one.child, ""), kg_words(one.taken.weight_g), cm_words(one.taken.stature_mm),
         cm_words(one.taken.head_mm), one.standard, one.by)
        for one in Scope(database, clock).own(actor, found, lambda measure: measure.child)
    )  # fmt: skip
    return Sheet(f"生长测量 {words}", columns, rows, personal=True)


def belongings_sheet(database: Database, clock: Clock, actor: Actor, _when: str) -> Sheet:
    """随身物品 that are still here of who comes or came today."""
    columns = (SheetColumn("姓名", _TEXT, 14), SheetColumn("物品", _TEXT, 40), SheetColumn("带来", _DAY, 13))
    stays = day.list_stays(database, day_of(clock()))
    names = {one.who.id: one.who.name for one in Scope(database, clock).own(actor, stays, lambda s: s.who.id)}
    rows = tuple(
        (name, one.words, one.day)
        for child, name in names.items()
        for one in belongings.list_held(database, child)
    )
    return Sheet("随身物品", columns, rows, personal=True)


def forecast_sheet(database: Database, clock: Clock, _actor: Actor, _when: str) -> Sheet:
    """月龄预测: the free seats of each class at the end of each month to come."""
    made = make_forecast(database, day_of(clock()))
    heads = ("班级", "月份", "空位", "托位", "走", "来", "已约", "都升班后")
    columns = tuple(SheetColumn(head, _NUMBER if at > 1 else _TEXT, 12) for at, head in enumerate(heads))
    rows = tuple(
        (group.name, one.month, one.free, one.limit, one.leaving, one.coming, one.booked, one.proposed)
        for group in made.classes
        for one in group.months
    )
    return Sheet("托位预测", columns, rows)


MAKERS: dict[str, Callable[[Database, Clock, Actor, str], Sheet]] = {
    "rounds": rounds_sheet,
    "illnesses": illnesses_sheet,
    "fevers": fevers_sheet,
    "injuries": injuries_sheet,
    "medicine": medicine_sheet,
    "growth": growth_sheet,
    "belongings": belongings_sheet,
    "forecast": forecast_sheet,
}
"""By the word of ``ListKind``."""


def _class_names(database: Database, on: dt.date) -> dict[int, str]:
    return {one.id: one.name for one in centre.list_classes(database, on)}
