"""What of a day is not as usual, in clauses of the prose: fevers, findings, illness, hurts, medicine."""

from app.domain.care_words import findings, loose_words
from app.domain.dayfacts import DayFacts, check_title, clause, joined
from app.domain.ill_words import ill_words
from app.domain.logbook import EntryKind, clock_words, degrees
from app.domain.sections import fevers, loose_stools, lows, toilet_finding


def body_words(facts: DayFacts) -> str:
    """What is not as usual: stools that want watching, fevers, findings of a check."""
    loose = loose_stools(facts)
    said = [loose_words(one) for one in loose]
    said += [
        f"{clock_words(one.at)} 如厕：{note}"
        for one in facts.of(EntryKind.TOILET)
        if one not in loose and (note := toilet_finding(one))
    ]
    said += findings(facts, but=loose)
    said += [
        f"{clock_words(at)} 体温 {degrees(tenths)}，达到发热线" for at, tenths in fevers(facts, measured=True)
    ]
    said += [f"{clock_words(at)} 体温 {degrees(tenths)}，偏低" for at, tenths in lows(facts)]
    said += [f"发热处理：{one}" for one in facts.fever]
    said += [f"{clock_words(one.at)} 登记{one.words}" for one in facts.cases]
    said += [one.words for one in facts.medicine]
    said += [f"{clock_words(one.at)} {one.words}" for one in facts.injuries]
    said += [
        f"{clock_words(one.entry.at)} {one.words}"
        for one in ill_words(facts)
        if one.entry.kind is EntryKind.PHOTO or (one.entry.kind is EntryKind.NOTE and one.beside)
    ]
    for check in sorted(facts.checks, key=lambda one: one.at):
        found = {"abnormal": "发现异常", "recheck": "做了复测"}.get(check.outcome, "")
        if found or check.note.strip():
            said.append(joined((f"{check_title(facts, check)}{found}", clause(check.note)), "："))
    return "；".join(said)
