"""禁止接走 in a list: a column that names them, and the same words wherever else somebody has put them.

A list that says of somebody that he must not collect never makes him a collector (58号文 Art 30): what a
column of its own does not name keeps the row out until somebody has answered for it.
"""

import itertools
from collections.abc import Iterator

from app.domain.barred import Face, Mark, bare, likeness
from app.domain.errors import RuleError
from app.domain.import_cells import CellKind
from app.domain.import_columns import WHY
from app.domain.import_custody import (
    bars_himself,
    is_of_custody,
    is_usual,
    may_bar,
    may_bar_one,
    speaks_of_people,
)
from app.domain.import_dates import read_date
from app.domain.import_persons import NOBODY, read_persons
from app.domain.import_roles import says_barred
from app.domain.import_rows import AdultDraft, RowReader
from app.domain.looks import Tone
from app.domain.record import record
from app.domain.record_fields import BARRING_FIELDS, Kind, check_text, spec_of

_YES = frozenset(("是", "有", "y", "yes", "1", "√", "v"))
_COLUMN = "“禁止接走人”一列（姓名 关系 电话）"
_OWN = frozenset(("barred", "barred_relation", "barred_phone", "barred_paper", "barred_yes"))
_PEOPLE = ("parent", "emergency", "collectors")
_PAPERS = tuple(f"_{field}" for field in BARRING_FIELDS)
_FATHERS, _MOTHERS = "父爸", "母妈"
_LONGEST_PAPER = 100
_TALLY = 3  # characters; fewer are a name or a tick
_SAME = frozenset((Mark.SAME, Mark.SOUND, Mark.SWAPPED, Mark.PART))


def set_barred_yes(reader: RowReader, key: str) -> None:
    """A column 禁止接走 that says yes or no; who it is stands in the other one, or here after all.

    A 否 by itself answers for no other cell: such columns are filled to the end without a thought.
    """
    text = reader.text(key)
    if not text or text.casefold() in NOBODY:
        return
    if text.casefold() not in _YES:
        _name(reader, key, text)
    elif not reader.text("barred"):
        reader.blame("bar_nobody", key, f"写了禁止接走，没写是谁。请在{_COLUMN}写明。")


def set_barred(reader: RowReader, key: str) -> None:
    """Who must not collect her, in one column or in up to three; 无 answers that nobody is barred."""
    parts = [reader.text(one) for one in (key, f"{key}_relation", f"{key}_phone")]
    text = " ".join(filter(None, parts))
    if not text:
        return
    if text.casefold() in NOBODY:
        reader.bars_answered = True
        if reader.text("barred_yes").casefold() in _YES:
            words = "一列写着有人禁止接走，一列写着没有，请核对。"
            reader.blame("bar_contradicts", key, words)
        return
    _name(reader, key, text)


def set_barred_paper(reader: RowReader, key: str) -> None:
    """By what they are barred: 法院判决书 …"""
    for person in reader.barred if reader.text(key) else ():
        set_paper(reader, key, person, "paper_kind")


def set_paper(reader: RowReader, key: str, person: AdultDraft, field: str) -> None:
    """One field of the paper by which somebody is barred."""
    spec, text = spec_of("adult", field), reader.text(key)
    if spec.kind is Kind.DATE:
        found = read_date(reader.cell(key), spec.label)
        if found.sentence:
            reader.blame(f"paper_{found.code}", key, found.sentence, found.tone)
        text = "" if found.day is None else found.day.isoformat()
    elif len(text) > _LONGEST_PAPER:
        reader.blame("paper_long", key, f"“{spec.label}”最多 {_LONGEST_PAPER} 个字。列是不是对错了？")
        return
    try:
        person.paper[field] = check_text(spec, text, reader.context.today)
    except RuleError as error:
        reader.fail("paper_refused", key, error)


def _name(reader: RowReader, key: str, text: str) -> None:
    found = read_persons(reader, key, text, "禁止接走人")
    if not found and not reader.blamed(key):
        reader.blame("bar_nobody", key, f"写了禁止接走，没写是谁。请在{_COLUMN}写明。")
    reader.barred += found
    reader.bars_answered = bool(found) or reader.bars_answered


def check_barred(reader: RowReader) -> None:
    """Each of them is one of the row's grown-ups, who then neither collects nor agrees, or somebody more."""
    for person in reader.barred:
        known = _known(reader, person)
        if known is None and person.name == person.relation:
            words = f"禁止接走人只写了“{person.name}”，门口认不出是谁。请补上姓名。"
            reader.blame("bar_nameless", "barred", words)
            continue
        if known is None:
            known = person
            reader.others.append(person)
        known.barred = True
        known.is_guardian = known.may_collect = known.is_emergency = False
        known.phone = known.phone or person.phone
        known.paper = known.paper or person.paper
    for one in reader.people:
        if one.barred and one.named:
            words = f"{one.name}又写在可接人里、又写在禁止接走里，请核对后去掉一处。"
            reader.blame("bar_contradicts", "barred", words)
        if one.barred and not one.paper.get("paper_kind"):
            words = f"{one.name}按禁止接走导入，没有写凭什么禁止。请看过文书，在档案里补上。"
            reader.blame("bar_no_paper", "barred", words, Tone.WARN)
    _check_disguised(reader)


def _known(reader: RowReader, person: AdultDraft) -> AdultDraft | None:
    """The grown-up of the row whom a barred person is: by name, or by being her only father."""
    for one in reader.people:
        if one.name and bare(one.name) == bare(person.name):
            return one
    if person.name != person.relation:
        return None
    alike = [one for one in reader.people if one.name and _same_relation(one.relation, person.relation)]
    return alike[0] if len(alike) == 1 else None


def _same_relation(one: str, other: str) -> bool:
    return one == other or any(
        one[-1:] in signs and other[-1:] in signs and len(one) <= 2 and len(other) <= 2
        for signs in (_FATHERS + "亲", _MOTHERS + "亲")
        if any(sign in one for sign in signs[:2]) and any(sign in other for sign in signs[:2])
    )


def _check_disguised(reader: RowReader) -> None:
    """Nobody of the row collects who may be one of the barred by another spelling."""
    barred = [one for one in reader.people if one.barred]
    others = [one for one in reader.people if not one.barred] if barred else []
    for one, other in itertools.product(others, barred):
        if one.phone and one.phone == other.phone and one.roles is None:
            words = (
                f"{one.name}和禁止接走的{other.name}是同一个电话，是不是同一个人？是，请写成同一个名字；"
                f"不是，请在“家长权限”一列写明{one.name}是什么人。"
            )
            reader.blame("bar_alike", "barred", words)
            continue
        marks = set(likeness(Face(one.name, phone=one.phone), Face(other.name, phone=other.phone)))
        long = max(len(bare(one.name)), len(bare(other.name))) > 2
        if marks & _SAME or (Mark.ONE_CHARACTER in marks and long):
            words = (
                f"{one.name}和禁止接走的{other.name}姓名相近，是不是同一个人？是，请写成同一个名字；"
                "不是，请在档案里手工新建。"
            )
            reader.blame("bar_alike", "barred", words)


def check_bar_words(reader: RowReader) -> None:
    """Nothing that says 禁止接走 is passed over, wherever it stands: a note, a column not read, a title.

    Of a grown-up's own cell it is asked in any case; elsewhere the column 禁止接走人 answers it, and so it
    does for words that only may mean it (``import_custody``).
    """
    asked = False
    for said in _said(reader):
        asked = True
        words = f"{said.where}“{said.words[:30]}”。"
        if reader.bars_answered and not (said.plain and said.key.startswith(_PEOPLE)):
            reader.blame(
                "bar_said", said.key or "barred", f"{words}请核对禁止接走的人写全了没有。", Tone.WARN
            )
        else:
            maybe = "" if said.plain else "是不是有人不能接？"
            sentence = f"{words}{maybe}禁止接走的人请写进{_COLUMN}，没有就写“无”，再导入。"
            reader.blame("bar_words", said.key or "barred", sentence)
    if not asked and (words := _of_people(reader)):
        reader.blame("people_said", "note", words, Tone.WARN)


def _of_people(reader: RowReader) -> str:
    """Free words about a grown-up in which nothing of the kind was heard: no list of words is ever whole."""
    keys = {at: key for key, at in reader.mapping.items()}
    names = tuple(one.name for one in reader.people)
    for at, cell in enumerate(reader.row.cells):
        free = (cell.text.strip() if keys.get(at, "note") == "note" else "", cell.comment.strip())
        for text in free:
            if len(text) > _TALLY and not is_usual(text) and speaks_of_people(text, names):
                return f"写着“{text[:30]}”。请读一遍：有人不能接，请写进{_COLUMN}。"
    return ""


@record
class _Said:
    """Where it says so: the key of the column, the place in words, what stands there, and if outright."""

    key: str
    where: str
    words: str
    plain: bool


def _said(reader: RowReader) -> Iterator[_Said]:
    keys = {at: key for key, at in reader.mapping.items()}
    names = tuple(one.name for one in reader.people)
    for at, cell in enumerate(reader.row.cells):
        key, text = keys.get(at, ""), cell.text.strip()
        if cell.comment and (says_barred(cell.comment) or may_bar_one(cell.comment, names)):
            yield _Said("", "批注里写着", cell.comment, plain=says_barred(cell.comment))
        if cell.kind is CellKind.EMPTY or not text or key in _OWN or key.endswith("_role"):
            continue
        head = reader.context.heads[at] if at < len(reader.context.heads) else ""
        if head == WHY or (key.endswith(_PAPERS) and _is_barred(reader, key)):
            continue
        outright = says_barred(text) or (key.startswith(_PEOPLE) and bars_himself(text))
        if (says_barred(head) or key.endswith(_PAPERS)) and text.casefold() not in NOBODY:
            yield _Said(key, f"“{head}”一列写着", text, plain=True)
        elif outright or may_bar_one(text, names):
            yield _Said(key, f"“{head or key}”里写着", text, plain=outright)
        elif is_of_custody(head) and not is_usual(text):
            yield _Said(key, f"“{head}”一列写着", text, plain=False)
    for text in reader.context.above:
        if says_barred(text) or may_bar(text):
            yield _Said("", "标题行上面写着", text, plain=says_barred(text))


def _is_barred(reader: RowReader, key: str) -> bool:
    """Whether the grown-up of a column is barred: what else should a paper beside him mean?"""
    one = reader.parents.get(key.partition("_")[0])
    return one is not None and one.barred
