"""Health checks during the day (午检, 全日观察): what is asked of one before it is kept."""

from app.domain.dayfacts import outcome_word
from app.domain.errors import RuleError
from app.domain.logbook import LONGEST_TEXT, check_tenths, degrees
from app.domain.record import record

DAY_CHECKS = frozenset({"noon", "day"})


class CheckError(RuleError):
    """A health check that cannot be kept as it is."""


@record
class HealthCheck:
    """A check during the day. ``kind`` is noon (午检) or day (全日观察); outcome as at the morning check."""

    kind: str = "noon"
    tenths: int | None = None
    site: str = "forehead"
    outcome: str = "normal"
    note: str = ""


def require_true_check(check: HealthCheck, fever: int) -> None:
    """Pass if a check says what it found; ``fever`` is the centre's line in tenths.

    Raises:
        CheckError: a fever or a finding is called normal, or an abnormal check lacks its words.
        EntryError: no temperature of a living child.
    """
    if check.kind not in DAY_CHECKS:
        raise CheckError("请选择午检或全日观察；晨检在入园时做。", field="kind")
    if check.outcome not in {"normal", "recheck", "abnormal"}:
        raise CheckError("请选择检查结果：正常、复测或异常。", field="outcome")
    if len(check.note) > LONGEST_TEXT:
        msg = f"文字太长，最多 {LONGEST_TEXT} 个字，请写短一些。"
        raise CheckError(msg, field="note")
    if check.tenths is not None:
        check_tenths(check.tenths, "tenths")
        if check.tenths >= fever and check.outcome == "normal":
            msg = f"体温 {degrees(check.tenths)} 达到发热线，结果不能是“正常”。请选复测或异常。"
            raise CheckError(msg, field="outcome")
    if check.outcome != "normal" and not check.note:
        msg = f"结果是“{outcome_word(check.outcome)}”，请写明看到了什么、怎么处理。"
        raise CheckError(msg, field="note")
