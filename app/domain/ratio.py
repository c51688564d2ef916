"""Children to carers of a class right now (师生比), in words and as the one word that judges it."""

from app.domain.looks import Chip, Tone


def ratio(present: int, carers: int) -> str:
    """Children to one carer, half up to one decimal: ``4.3``. In whole numbers, so that a half is one."""
    tenths = (20 * present + carers) // (2 * carers)
    return f"{tenths // 10}.{tenths % 10}"


def ratio_words(present: int, carers: int) -> str:
    """``师生比 1 : 6.0``, half up to one decimal; a dash where there is nobody."""
    if not present or not carers:
        return "师生比 —"
    return f"师生比 1 : {ratio(present, carers)}"


def verdict_of(present: int, seats: int, needed: int, on_shift: int) -> Chip:
    """The one word for a class right now: 无人照看, 缺 2 人, 超 1 人, 已满, 合规."""
    if present and not on_shift:
        return Chip("无人照看", Tone.BAD)
    if needed > on_shift:
        return Chip(f"缺 {needed - on_shift} 人", Tone.BAD)
    if present > seats:
        return Chip(f"超 {present - seats} 人", Tone.BAD)
    if present == seats:
        return Chip("已满", Tone.WARN)
    return Chip("合规", Tone.OK)
