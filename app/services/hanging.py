"""What hangs on a stay and has to be taken back before it, in words."""

from app.domain.ids import VisitId
from app.store import fever
from app.store.database import Database
from app.store.visits import count_hanging


def words_of(database: Database, visit: VisitId, *, signed: bool = True) -> str:
    """What of a stay has to be taken back before it, and where; empty where nothing has.

    With ``signed`` a note that was signed is among it.
    """
    if fever.list_of_visit(database, visit):
        return "发热处理，不能撤销入园。孩子要走，请办离园；确实没有发热，请先到“卫生—发热”撤销。"
    kept = count_hanging(database, visit)
    if kept.medicines:
        return "服药单，不能撤销入园。请先到“卫生—带药”撤销，或改办离园。"
    if kept.entries:
        return f"{kept.entries} 条日志，不能撤销入园。请先在班级里撤销日志，或改办离园。"
    if kept.checks:
        return "检查记录，不能撤销入园。请先到“卫生—晨午检”撤销，或改办离园。"
    return "已签的交接单，不能撤销入园。请改办离园。" if signed and kept.notes else ""
