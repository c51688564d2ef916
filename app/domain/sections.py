"""The short sections of a handover note: activity, food, sleep, mood, toilet, health, please note.

Each says what the log holds and nothing else; an empty text means that nothing was logged.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence

from app.domain.care_words import (
    concern_words,
    findings,
    food_line,
    may_be_finding,
    odd_colour,
    odd_colours,
    outdoor_line,
    potty_words,
    reacted,
    reaction_words,
    sleep_concerns,
    washing_words,
)
from app.domain.dayfacts import CheckFact, DayFacts, check_title, clause, counted, joined, outcome_word
from app.domain.ill_words import all_harmless, ill_words, speaks_of_illness
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    MealSlot,
    Milk,
    Mood,
    NoteKind,
    Part,
    Position,
    Site,
    SleepSign,
    SleepWay,
    Stool,
    StoolColour,
    Toilet,
    clock_words,
    degrees,
    duration_words,
)
from app.domain.swaps import REST, SWAP, as_eaten, in_doubt, swap_words
from app.domain.urgency import asks_for_doctor, heed_of, is_sent

_SHORT_NOTE = 24
_COOLEST = 360  # tenths; a reading below is a thermometer held wrong or a child to look at, never 无异常
# How a child went is no finding; anything else written about it may be one.
_PLAIN_TOILET = frozenset({"自己完成", "老师协助", "换尿布", "需要帮助", "提醒后自己完成"})
_LOOSE = frozenset({Stool.LOOSE, Stool.WATERY})


def activity_section(facts: DayFacts) -> str:
    """``手工课“贴雪花” · 主动参与``, one line each, then the time outdoors."""
    lines = [
        joined((activity_name(one.text), Part(one.detail).label if one.detail else ""), " · ")
        for one in facts.of(EntryKind.ACTIVITY)
    ]
    return joined((*lines, outdoor_line(facts)), "\n")


def activity_name(text: str) -> str:
    """``手工课“贴雪花”`` of ``手工课：贴雪花``; a name without a topic stays as it is."""
    name = clause(text)
    head, colon, topic = name.replace(":", "：").partition("：")
    if colon and head and not topic.strip():
        return head
    return f"{head}“{topic.strip()}”" if colon and head else name


def food_section(facts: DayFacts) -> str:
    """A line for each meal, then what was drunk, summed: ``午餐：番茄牛腩饭（吃完）``."""
    lines = [
        food_line(one) if one.kind is EntryKind.FOOD else _meal_line(one)
        for one in facts.of(EntryKind.MEAL, EntryKind.FOOD)
    ]
    return "\n".join([*lines, *([drinks] if (drinks := drink_words(facts, "　")) else [])])


def drink_words(facts: DayFacts, mark: str, *, told: bool = False) -> str:
    """``喝水 240 ml``, ``喝配方奶 2 次共 300 ml``; drinks of unknown amount are counted, not guessed.

    ``told`` takes the words of the prose for water of known amount: ``喝了 240 ml 水``.
    """
    kinds: dict[str, list[EntryDraft]] = {}
    for one in facts.of(EntryKind.MILK):
        name = f"喝{Milk(one.detail).label}" if one.detail else "喝奶"
        name = f"喝{one.text}" if one.text in {SWAP, REST} else name
        kinds.setdefault(name, []).append(one)
    if water := list(facts.of(EntryKind.WATER)):
        kinds["喝水"] = water
    words = [_drink(name, drinks) for name, drinks in kinds.items()]
    if told and water and all(one.amount_ml is not None and not one.note.strip() for one in water):
        amount = f"{sum(one.amount_ml or 0 for one in water)} ml"
        words[-1] = facts.say("drink.water", words[-1], amount=amount)
    return joined(words, mark)


def sleep_section(facts: DayFacts) -> str:
    """``12:20–13:35，共 1 小时 15 分；轻拍入睡，仰卧；睡眠巡视 4 次``; an open sleep says so.

    What a look at the sleeper found stands behind; what was wrong has a sentence of its own. Who put her to
    sleep is for the staff: no family is told a name that the log holds for the shift.
    """
    sleeps = facts.of(EntryKind.SLEEP)
    every = facts.of(EntryKind.SLEEP_CHECK)
    looks = [
        f"{clock_words(one.at)} 睡眠巡视：{clause(one.note)}"
        for one in every
        if one.note.strip() and one.quality != SleepSign.CONCERN
    ]
    turned = sum(one.quality == SleepSign.TURNED for one in every)
    rounds = f"睡眠巡视 {counted(len(every))}" + (f"，翻回仰卧 {counted(turned)}" if turned else "")
    lain = [SleepWay(one.detail).label for one in sleeps if one.detail]
    lain += [Position(one.quality).label for one in sleeps if one.quality]
    spans = [_span(one, facts.left) for one in sleeps]
    total = slept(sleeps)
    words = "、".join(spans) + (f"，共 {total}" if total else "")
    notes = joined((clause(one.note) for one in sleeps), "；")
    how = "、".join(dict.fromkeys(lain))
    return joined((words, how, notes, rounds if len(every) > len(looks) else "", *looks), "；")


def slept(sleeps: tuple[EntryDraft, ...]) -> str:
    """The ended sleeps together, in words; empty when none has ended, or none has lasted a minute."""
    ended = [(one.at, one.until) for one in sleeps if one.until is not None]
    if not ended:
        return ""
    start = ended[0][0].replace(hour=0, minute=0, second=0, microsecond=0)
    minutes = sum(
        int((end.replace(second=0, microsecond=0) - at.replace(second=0, microsecond=0)).total_seconds())
        // 60
        for at, end in ended
    )
    return duration_words(start, start + dt.timedelta(minutes=minutes)) if minutes else ""


def mood_section(facts: DayFacts) -> str:
    """``想家 → 平静 → 开心``; a short note of the teacher stands behind its mood."""
    steps: list[str] = []
    for mood, group in itertools.groupby(facts.of(EntryKind.MOOD), key=lambda one: one.detail):
        label = Mood(mood).label if mood else "情绪"
        notes = [clause(one.note) for one in group if one.note.strip()]
        short = [note for note in notes if len(note) <= _SHORT_NOTE]
        steps.append(f"{label}（{'；'.join(short)}）" if short else label)
    return " → ".join(steps).replace("） →", "）→")  # the bracket brings its own air


def toilet_section(facts: DayFacts) -> str:
    """``小便 2 次 · 大便 1 次（成形）``: summed, with the forms of the stools; then the hands."""
    visits = facts.of(EntryKind.TOILET)
    wet = sum(one.detail in {Toilet.WET, Toilet.BOTH} for one in visits)
    stools = [one for one in visits if one.detail in {Toilet.STOOL, Toilet.BOTH}]
    dry = sum(one.detail == Toilet.DRY for one in visits)
    forms = Counter(label for one in stools if (label := _stool_label(one)))
    form_words = "、".join(
        label if len(forms) == 1 and count == len(stools) else f"{label} {counted(count)}"
        for label, count in forms.items()
    )
    parts = (
        f"小便 {counted(wet)}" if wet else "",
        (f"大便 {counted(len(stools))}" + (f"（{form_words}）" if form_words else "")) if stools else "",
        f"尿布干爽 {counted(dry)}" if dry else "",
    )
    own = Counter(clause(one.note) for one in visits if one.note.strip())
    notes = "、".join(
        note if count == len(visits) else f"{note} {counted(count)}" for note, count in own.items()
    )
    done = joined((*parts, potty_words(facts), washing_words(facts)), " · ")
    return joined((done, notes), "；")


def health_section(facts: DayFacts) -> str:
    """``晨检 36.5℃ · 午检 36.6℃ · 无异常``; every reading is there, fevers and findings named.

    Where nobody checked her in the morning that is said, and 无异常 is not. Where a free word of the day may
    mean anything, a reading stands by itself.
    """
    bare = _was_checked(facts) and not _is_found(facts)
    well = bare and all_harmless(facts)
    parts = [_check_part(facts, one, bare=bare) for one in sorted(facts.checks, key=lambda one: one.at)]
    if not _was_checked(facts):
        parts.insert(0, "未晨检")
    for one in facts.of(EntryKind.TEMPERATURE):
        site = Site(one.detail).label if one.detail else "体温"
        reading = "" if one.tenths is None else fever_words(facts, one.tenths)
        parts.append(joined((clock_words(one.at), site, reading), " ") + _aside(one.note))
    parts += findings(facts)
    parts += [f"{clock_words(one.at)} 登记{one.words}" for one in facts.cases]
    parts += [f"发热处理：{one}" for one in facts.fever]
    parts += [one.words for one in facts.medicine]
    parts += [f"{clock_words(one.at)} {one.words}" for one in facts.injuries]
    return joined((*parts, "无异常" if well else ""), " · ")


def _check_part(facts: DayFacts, check: CheckFact, *, bare: bool) -> str:
    """One check; 正常 stands only where neither a word nor a reading is against it, nor one ``bare``."""
    reading = "" if check.tenths is None else fever_words(facts, check.tenths)
    said = "" if check.outcome == "normal" else outcome_word(check.outcome)
    if not said and not check.note.strip() and not (bare and reading) and _is_usual(facts, check.tenths):
        said = outcome_word("normal")
    return joined((check_title(facts, check), reading, said), " ") + _aside(check.note)


def _aside(note: str) -> str:
    return f"（{clause(note)}）" if note.strip() else ""


def _is_usual(facts: DayFacts, tenths: int | None) -> bool:
    return tenths is None or _COOLEST <= tenths < facts.fever_tenths


def fever_words(facts: DayFacts, tenths: int) -> str:
    """A reading, with 发热 behind it from the centre's fever line on, and 偏低 below 36.0℃."""
    tail = "（发热）" if tenths >= facts.fever_tenths else "（偏低）" if tenths < _COOLEST else ""
    return degrees(tenths) + tail


def fevers(facts: DayFacts, *, measured: bool = False) -> tuple[tuple[dt.datetime, int], ...]:
    """Every reading at or over the fever line, by time; what stands twice of one minute counts once.

    ``measured`` leaves out what was read in the course of a fever alone: there its own sentence tells it.
    """
    read = (*_readings(facts), *(() if measured else facts.heats))
    every = sorted((at, tenths) for at, tenths in read if tenths >= facts.fever_tenths)
    first = {(clock_words(at), tenths): at for at, tenths in reversed(every)}
    return tuple(sorted((at, tenths) for (_clock, tenths), at in first.items()))


def lows(facts: DayFacts) -> tuple[tuple[dt.datetime, int], ...]:
    """Every reading so low that somebody should look again, by time."""
    return tuple((at, tenths) for at, tenths in _readings(facts) if tenths < _COOLEST)


def _readings(facts: DayFacts) -> list[tuple[dt.datetime, int]]:
    """Every temperature of a check or of the log, by time."""
    checks = [(one.at, one.tenths) for one in facts.checks if one.tenths is not None]
    taken = [(one.at, one.tenths) for one in facts.of(EntryKind.TEMPERATURE) if one.tenths is not None]
    return sorted((*checks, *taken))


def is_well(facts: DayFacts) -> bool:
    """Whether there was a morning check, nothing speaks against 无异常, and every free word is understood.

    What a teacher wrote may tell of anything. A machine that does not know all of its words for harmless
    cannot tell, and then does not claim.
    """
    return _was_checked(facts) and not _is_found(facts) and all_harmless(facts)


def _was_checked(facts: DayFacts) -> bool:
    return any(one.kind == "morning" for one in facts.checks)


def _is_found(facts: DayFacts) -> bool:
    """Whether anything of the day speaks against 无异常.

    A word written beside a check, a reading or a stool may be a finding, and so may what the family is asked
    to heed. Words of illness or of a hurt count anywhere, and who has a medicine is not without a complaint.
    """
    taken = facts.of(EntryKind.TEMPERATURE)
    return (
        any(one.outcome != "normal" or one.note.strip() for one in facts.checks)
        or not all(_is_usual(facts, one.tenths) for one in facts.checks)
        or not all(_is_usual(facts, one.tenths) for one in taken)
        or any(one.note.strip() for one in taken)
        or any(toilet_finding(one) for one in facts.of(EntryKind.TOILET))
        or bool(loose_stools(facts) or facts.notes(NoteKind.NOTICE))
        or may_be_finding(facts)
        or bool(facts.injuries or facts.cases or facts.fever or facts.heats or facts.medicine)
        or bool(ill_words(facts))
        or in_doubt(facts)
    )


def _stool_label(stool: EntryDraft) -> str:
    """``黄色软便``, ``带血成形``, ``水样便``."""
    colour = "" if stool.colour is None else StoolColour(stool.colour).label
    return colour + (Stool(stool.quality).label if stool.quality else "")


def toilet_finding(entry: EntryDraft) -> str:
    """What was written beside a visit to the toilet, unless it only says how she went."""
    note = clause(entry.note)
    return "" if note in _PLAIN_TOILET else note


def loose_stools(facts: DayFacts) -> tuple[EntryDraft, ...]:
    """Stools that want watching."""
    return tuple(one for one in facts.of(EntryKind.TOILET) if one.quality in _LOOSE)


def notice_section(facts: DayFacts) -> str:
    """What the teacher wants the family to heed, then what the log itself asks to watch.

    What the table of ``urgency`` sends to a doctor stands before all of it.
    """
    lines = [
        f"今天登记{one.words}，请尽快就医" + (f"，再来园时请带{one.needs}" if one.needs else "")
        for one in facts.cases
    ]
    own = [_own_notice(facts, clause(one.text)) for one in facts.notes(NoteKind.NOTICE)]
    found = _found_lines(facts)
    lines += [one for one in (*own, *found) if asks_for_doctor(facts, one)]
    lines += own
    lines += [clause(one.words) for one in facts.class_words if one.part == "notice"]
    lines += found  # what stands there already is not said twice
    lines += [f"{clock_words(one.at)} {one.words}，{one.heed}" for one in facts.injuries]
    lines += allergen_lines(facts)
    return "；".join(dict.fromkeys(line for line in lines if line)) + ("。" if any(lines) else "")


def _found_lines(facts: DayFacts) -> list[str]:
    """What was found, each with what to do about it."""
    lines: list[str] = []
    if stools := loose_stools(facts):
        watery = sum(one.quality == Stool.WATERY for one in stools)
        lines.append(f"{stools_words(stools)}，{heed_of(facts, '', 'stool.watery', count=watery)}")
    for one in facts.of(EntryKind.TOILET):
        if one.detail in {Toilet.STOOL, Toilet.BOTH} and (note := toilet_finding(one)):
            lines.append(f"{clock_words(one.at)} 大便：{note}，{heed_of(facts, note, 'toilet')}")
    eaten = as_eaten(facts)
    for one in reacted(eaten):
        words = reaction_words(one)
        lines.append(f"{words}，{heed_of(facts, words, 'reaction', f'reaction.{one.quality}')}")
    for one in odd_colours(facts):
        heed = heed_of(facts, clause(one.note), "toilet", f"stool.{one.colour}")
        lines.append(f"{clock_words(one.at)} {odd_colour(one)}，{heed}")
    for one in sleep_concerns(facts):
        lines.append(f"{concern_words(one)}，{heed_of(facts, clause(one.note), 'look')}")
    if readings := fevers(facts):
        at, tenths = max(readings, key=lambda reading: reading[1])
        heed = heed_of(facts, "", "fever", count=tenths, plain="请在家继续测量")
        lines.append(f"{clock_words(at)} 体温 {degrees(tenths)}，{heed}")
    for check in facts.checks:
        if check.outcome == "abnormal":
            name, note = f"{check_title(facts, check)}{outcome_word(check.outcome)}", clause(check.note)
            lines.append(f"{joined((name, note), '：')}，{heed_of(facts, note)}")
    for dose in facts.medicine:
        if speaks_of_illness(dose.reason):
            lines.append(f"{dose.words}，{heed_of(facts, dose.reason)}")
    return lines + _ill_lines(facts)


def _own_notice(facts: DayFacts, words: str) -> str:
    """The teacher's words; what asks for a doctor and does not say so yet is given the sentence."""
    heed = heed_of(facts, words, plain="")
    return words if not heed or is_sent(words) else f"{words}，{heed}"


def _ill_lines(facts: DayFacts) -> list[str]:
    """What speaks of illness beside anything: together, by what is to be done about it."""
    said: dict[str, list[str]] = {}
    for one in ill_words(facts):
        heed = heed_of(facts, one.own)
        said.setdefault(heed, []).append(f"{clock_words(one.entry.at)} {one.words}")
    return [f"{'；'.join(words)}，{heed}" for heed, words in said.items()]


def stools_words(stools: Sequence[EntryDraft]) -> str:
    """``今天稀便、水样便 3 次``."""
    forms = "、".join(dict.fromkeys(Stool(one.quality or "").label for one in stools))
    return f"今天{forms} {counted(len(stools))}"


def allergen_lines(facts: DayFacts) -> list[str]:
    """Meals, milks and new foods that name what the child is allergic to, unless she ate none of it."""
    return [
        f"{_what(one)}{'有' if naming.literal else '可能有'}{naming.substance}，"
        + (swap_words(facts, one, naming) or f"{facts.given_name}对{naming.substance}过敏，请当面问清老师")
        for one, naming in facts.met()
    ]


def _what(entry: EntryDraft) -> str:
    """``午餐的“番茄炒蛋”里``, ``10:15 喝的配方奶里``."""
    if entry.kind is EntryKind.MILK:
        return f"{clock_words(entry.at)} 喝的{Milk(entry.detail).label if entry.detail else '奶'}里"
    if entry.kind is EntryKind.FOOD:
        return f"{clock_words(entry.at)} 新添的“{clause(entry.text) or clause(entry.note)}”里"
    if not entry.text.strip() and not entry.note.strip():
        return f"{slot_word(entry)}里"
    return f"{slot_word(entry)}的“{clause(entry.text) or clause(entry.note)}”里"


def slot_word(meal: EntryDraft) -> str:
    """午餐; 进餐 where the meal was not said."""
    return MealSlot(meal.detail).label if meal.detail else "进餐"


def _meal_line(meal: EntryDraft) -> str:
    grade = "" if meal.grade is None else MealGrade(meal.grade).label
    inner = joined((grade, clause(meal.note)), "，")
    dishes = clause(meal.text)
    if not dishes:
        return joined((slot_word(meal), inner), "：")
    return f"{slot_word(meal)}：{dishes}" + (f"（{inner}）" if inner else "")


def _drink(name: str, drinks: list[EntryDraft]) -> str:
    amounts = [one.amount_ml for one in drinks if one.amount_ml is not None]
    notes = joined(dict.fromkeys(clause(one.note) for one in drinks), "，")
    tail = f"（{notes}）" if notes else ""
    if not amounts:
        return f"{name} {counted(len(drinks))}{tail}"
    times = f"{counted(len(drinks))}" if len(drinks) > 1 and name != "喝水" else ""
    if left := len(drinks) - len(amounts):
        known = f"其中 {counted(len(amounts))}{'共' if len(amounts) > 1 else ''} {sum(amounts)} ml"
        return f"{name} {counted(len(drinks))}，{known}，另 {counted(left)}没有记量{tail}"
    return f"{name} {times}共 {sum(amounts)} ml{tail}" if times else f"{name} {sum(amounts)} ml{tail}"


def _span(sleep: EntryDraft, left: dt.datetime | None) -> str:
    if sleep.until is None:
        return f"{clock_words(sleep.at)} 入睡，{still_asleep(left)}"
    if clock_words(sleep.at) == clock_words(sleep.until):
        return f"{clock_words(sleep.at)} 睡下后随即起来"
    return f"{clock_words(sleep.at)}–{clock_words(sleep.until)}"


def still_asleep(left: dt.datetime | None) -> str:
    """What is true of a sleep that nobody ended: she sleeps, or she was taken home asleep."""
    return "还没有起床" if left is None else "离园时还在睡"
