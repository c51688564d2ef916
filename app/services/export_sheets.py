"""Tables that go out besides those of the desk: receipts of a month, the roster of 招生, papers that end, and
the rows of an import that cannot be taken.
"""

from app.domain.import_columns import WHY
from app.domain.staff import Actor
from app.reports.sheets import ColumnKind, Sheet, SheetColumn, Value
from app.services.admission_lists import AdmissionLists
from app.services.cashier import TENDERS
from app.services.importing import ImportTable, Preview
from app.services.record_papers import RecordPapers
from app.store import receipts
from app.store.database import Clock, Database
from app.store.stamps import day_of

_TEXT, _NUMBER, _DAY = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.DATE


def receipts_sheet(database: Database, month: str) -> Sheet:
    """Every receipt and refund of a month (``2025-11``), by number; a refund is negative."""
    columns = (
        SheetColumn("收据号", _TEXT, 16), SheetColumn("日期", _DAY, 13), SheetColumn("种类", _TEXT, 8),
        SheetColumn("孩子", _TEXT, 14), SheetColumn("班级", _TEXT, 12), SheetColumn("交款人", _TEXT, 14),
        SheetColumn("方式", _TEXT, 10), SheetColumn("金额（元）", _NUMBER, 12),
        SheetColumn("项目", _TEXT, 40), SheetColumn("冲销", _TEXT, 16), SheetColumn("开票人", _TEXT, 12),
    )  # fmt: skip
    rows = tuple(
        (
            one.number, one.day, "退款" if one.kind == "refund" else "收据", one.child_name, one.class_name,
            one.payer, TENDERS.get(one.tender, one.tender), one.total.fen / 100, one.purposes, one.other,
            one.issuer_name,
        )
        for one in receipts.list_of_month(database, month)
    )  # fmt: skip
    return Sheet(f"收据明细 {month}", columns, rows, personal=True)


def roster_sheet(database: Database, clock: Clock, actor: Actor) -> Sheet:
    """Everybody with a life, as 招生 lists them: who asks, waits, is in care, is away, has left."""
    lists = AdmissionLists(database, clock)
    classes = {one.id: one.name for one in lists.classes(actor)}
    columns = (
        SheetColumn("姓名", _TEXT, 14), SheetColumn("去向", _TEXT, 10), SheetColumn("班级", _TEXT, 12),
        SheetColumn("情况", _TEXT, 46), SheetColumn("状态", _TEXT, 14),
    )  # fmt: skip
    rows = tuple(
        (one.name, one.stage.label, classes.get(one.class_id, "") if one.class_id else "", one.note,
         one.chip.words)
        for one in lists.roster(actor)
    )  # fmt: skip
    return Sheet("招生名单", columns, rows, personal=True)


def expiring_sheet(database: Database, clock: Clock, actor: Actor) -> Sheet:
    """Papers and insurances that end within the days of the reminder, or have ended."""
    today = day_of(clock())
    columns = (
        SheetColumn("姓名", _TEXT, 14), SheetColumn("证件", _TEXT, 20), SheetColumn("到期日", _DAY, 13),
        SheetColumn("还剩天数", _NUMBER, 10),
    )  # fmt: skip
    rows = tuple(
        (one.name, one.kind, one.expires_on, (one.expires_on - today).days)
        for one in RecordPapers(database, clock).expiring(actor)
    )
    return Sheet("到期证件", columns, rows, personal=True)


def bad_rows_sheet(table: ImportTable, preview: Preview) -> Sheet:
    """The rows that stay out as they stood in the file, each with its number and why, to be handed back.

    The columns are those of the file, so that the mended sheet can be read again.
    """
    lines = {row.number: row for row in table.grid.rows}
    columns = (
        SheetColumn("原表行号", _NUMBER, 10), SheetColumn(WHY, _TEXT, 60),
        *(SheetColumn(heading or "（没有标题）", _TEXT, 16) for heading in table.headings),
    )  # fmt: skip
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            row.number,
            "　".join(one.sentence for one in row.problems),
            *(lines[row.number].cell(at).text.strip() for at in range(len(table.headings))),
        )
        for row in preview.rows
        if row.bad
    )
    return Sheet("有问题的行", columns, rows, personal=True)
