"""Consents by purpose, papers with an expiry, and photos of children and adults."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from app.domain.barred import fold
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import AdultId, ChildId
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.record_fields import FieldSpec, Kind, Need, Section, check_text
from app.domain.records import ANSWERS, RecordError, check_answer
from app.domain.staff import Actor, Permission
from app.services.record_drafts import RecordDrafts, Slot, end_draft
from app.services.record_sight import may_see_paper
from app.services.record_values import child_values
from app.services.scope import Scope
from app.services.told_adults import barred_words, is_known
from app.store import people, photos, record_acts, record_papers, record_rows, record_rules
from app.store.database import Clock, Database, Unit
from app.store.photos import Subject
from app.store.record_acts import Change
from app.store.record_papers import ChildPaper, Consent
from app.store.stamps import day_of

LARGEST_PHOTO = 300_000  # bytes
_SMALLEST_PHOTO = 100
PAPER_KINDS = (
    ("birth", "出生医学证明"),
    ("household", "户口簿"),
    ("vaccination", "预防接种证"),
    ("exam", "入托体检表"),
    ("insurance", "保险单"),
    ("agreement", "服务协议"),
    ("feeding", "特殊喂养书面说明"),
    ("custody", "监护 / 法院文书"),
    ("transfer", "转园健康证明"),
    ("other", "其他"),
)
IDENTITY_PAPERS = frozenset({"birth", "household"})  # their numbers are masked
PAPER_FIELDS = (
    FieldSpec("kind", "种类", Need.REQUIRED, Kind.CHOICE, Section.PAPERS, PAPER_KINDS),
    FieldSpec("number", "编号", section=Section.PAPERS),
    FieldSpec("issued_on", "出具日期", kind=Kind.DATE, section=Section.PAPERS),
    FieldSpec(
        "expires_on", "到期日期", kind=Kind.DATE, section=Section.PAPERS, future=True, hint="长期有效就留空"
    ),
    FieldSpec("note", "备注", section=Section.PAPERS),
)
CONSENT_FIELDS = (
    FieldSpec("answer", "回答", Need.REQUIRED, Kind.CHOICE, Section.PAPERS, tuple(ANSWERS.items())),
    FieldSpec("signer", "签字人", Need.REQUIRED, section=Section.PAPERS, hint="填监护人的姓名"),
    FieldSpec("day", "签字日期", Need.REQUIRED, Kind.DATE, Section.PAPERS),
    FieldSpec("paper", "原件在哪", section=Section.PAPERS, hint="如 档案盒 3 号"),
    FieldSpec(
        "signer_reason",
        "不是监护人签的，写明原因",
        section=Section.PAPERS,
        hint="如 外婆代签，有妈妈的委托书",
    ),
)


@record
class Expiring:
    """One line of the reminders: whose paper, which, until when."""

    child: ChildId
    name: str
    kind: str
    expires_on: dt.date


class RecordPapers:
    """The verbs of the page 证件与同意, and photos."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._scope = Scope(database, clock)

    def keep_consent(
        self,
        actor: Actor,
        child: ChildId,
        purpose: str,
        answers: Mapping[str, str],
        slot: Slot | None = None,
    ) -> Done[None]:
        """Keep a guardian's answer to one purpose, with the version of the text shown; the one before stays.

        Raises:
            RecordError: no answer, nobody signed, or a withdrawal of what was never given (PIPL 15); somebody
                barred signed, or one who is no guardian on file gives it and nobody says why (PIPL 31).
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        name = child_values(self._database, child)["name"]
        text = next((one for one in record_rules.consent_texts(today) if one.purpose == purpose), None)
        if text is None:
            raise RecordError("没有这项同意，请刷新后再试。")
        read = _read(CONSENT_FIELDS, answers, today)
        held = [one for one in record_papers.list_consents(self._database, child) if one.purpose == purpose]
        now = next((one for one in held if not one.ended), None)
        check_answer(None if now is None else now.answer, read["answer"])
        name_of = clean_text(read["signer"], "签字人", "signer", 50)
        signer, where = self._signer(child, name_of, read, today)
        new = Consent(
            child, purpose, text.version, read["answer"], dt.date.fromisoformat(read["day"]),
            name_of, signer, where,
        )  # fmt: skip
        words = f"{text.label}：{ANSWERS[new.answer]}"
        with self._database.unit(actor.id, "keep_consent") as unit:
            end_draft(unit, actor, slot)
            act = record_acts.add_act(unit, "child", child, words)
            if now is not None:
                record_acts.end_row(unit, "consent", now.id)
            key = record_papers.add_consent(unit, new)
            before = "" if now is None else f"{text.label} {_consent_words(now)}"
            value = f"{text.label} {_consent_words(new)}"
            row = None if now is None else now.id
            record_acts.add_change(unit, act, Change("child", child, "consent", before, value, row, key))
            unit.audit("child", child, f"{name} {words} {new.version} {new.signer}")
        return _done(child, act, f"{name} {words}")

    def _signer(
        self, child: ChildId, name: str, read: Mapping[str, str], today: dt.date
    ) -> tuple[AdultId | None, str]:
        """Who signed, where on file, and where the paper is; with it stands why it is no guardian's."""
        if barred_words(self._database, child, name, today):
            msg = f"{name}被列为禁止接走，他的签字不能算监护人的同意。请另一位监护人签。"
            raise RecordError(msg, field="signer")
        adults = people.list_adults(self._database, child, today)
        key = next((one.id for one in adults if fold(one.name) == fold(name) and not one.tie.barred), None)
        guardians = tuple(one for one in adults if one.tie.is_guardian)
        if is_known(guardians, name) or read["answer"] != "given":
            return key, read["paper"]
        if not read["signer_reason"]:
            msg = f"档案里{name}不是监护人。请让监护人签；确要由{name}签，请写明原因，如有谁的委托书。"
            raise RecordError(msg, field="signer_reason")
        return key, "；".join(filter(None, (read["paper"], f"不是监护人签的：{read['signer_reason']}")))

    def keep_paper(
        self,
        actor: Actor,
        child: ChildId,
        answers: Mapping[str, str],
        replaces: int | None = None,
        draft: Slot | None = None,
    ) -> Done[None]:
        """Note a paper, or a newer one in place of another. The same unit of work ends the ``draft``.

        Raises:
            RecordError: no kind, a day that cannot be, one that expires before it was issued.
        """
        actor.require(Permission.KEEP_RECORDS)
        today = day_of(self._clock())
        name = child_values(self._database, child)["name"]
        read = _read(PAPER_FIELDS, answers, today)
        issued, expires = (_day(read[field]) for field in ("issued_on", "expires_on"))
        if issued is not None and expires is not None and expires < issued:
            raise RecordError("到期日期比出具日期还早，请核对。", field="expires_on")
        old = None if replaces is None else self._paper(actor, child, replaces)
        number = read["number"]
        if old is not None and old.kind in IDENTITY_PAPERS and not number:
            number = old.number  # it was shown masked, so it was not there to be kept
        new = ChildPaper(child, read["kind"], number, issued, expires, read["note"])
        if old is not None and dataclasses.replace(old, id=0) == new:
            RecordDrafts(self._database).settle(actor, draft)
            return Done(None)
        words = f"{'登记' if old is None else '更新'}{dict(PAPER_KINDS)[new.kind]}"
        with self._database.unit(actor.id, "keep_paper") as unit:
            act = record_acts.add_act(unit, "child", child, words)
            if old is not None:
                record_acts.end_row(unit, "paper", old.id)
            key = record_papers.add_paper(unit, new)
            before = "" if old is None else paper_words(old)
            row = None if old is None else old.id
            change = Change("child", child, "paper", before, paper_words(new), row, key)
            record_acts.add_change(unit, act, change)
            end_draft(unit, actor, draft)
            unit.audit("child", child, f"{name} {words}")
        return _done(child, act, f"{name} {words}")

    def end_paper(self, actor: Actor, child: ChildId, paper: int) -> Done[None]:
        """A paper does not hold any more (given back, entered by mistake); it stays on file.

        Raises:
            RecordError: not one of this child's papers.
        """
        actor.require(Permission.KEEP_RECORDS)
        name = child_values(self._database, child)["name"]
        old = self._paper(actor, child, paper)
        words = f"移除{dict(PAPER_KINDS)[old.kind]}"
        with self._database.unit(actor.id, "end_paper") as unit:
            act = record_acts.add_act(unit, "child", child, words)
            record_acts.end_row(unit, "paper", old.id)
            change = Change("child", child, "paper", paper_words(old), "", old.id, None)
            record_acts.add_change(unit, act, change)
            unit.audit("child", child, f"{name} {words}")
        return _done(child, act, f"{name} {words}")

    def set_photo(
        self, actor: Actor, child: ChildId, jpeg: bytes, adult: AdultId | None = None
    ) -> Done[None]:
        """Keep a photo of a child, or of one of her adults; the one before stays on file.

        Raises:
            RecordError: no JPEG, or more than 300 kB.
        """
        actor.require(Permission.KEEP_RECORDS)
        if not jpeg.startswith(b"\xff\xd8") or not _SMALLEST_PHOTO <= len(jpeg) <= LARGEST_PHOTO:
            raise RecordError("这张照片不能用。请换一张清楚的照片（JPG 或 PNG）。")
        name = self._photo_name(child, adult)
        with self._database.unit(actor.id, "set_photo") as unit:
            act = record_acts.add_act(unit, "child", child, f"换照片 {name}")
            subject, key = _subject(child, adult)
            old = photos.end_photo(unit, subject, key)
            new = photos.add_photo(unit, subject, key, jpeg)
            _note_photo(
                unit, act, child, ("" if old is None else f"{name} 旧照片", f"{name} 新照片"), old, new
            )
            unit.audit(subject, key, f"{name} 换照片")
        return _done(child, act, f"{name} 换照片")

    def end_photo(self, actor: Actor, child: ChildId, adult: AdultId | None = None) -> Done[None]:
        """Show a photo no more.

        Raises:
            RecordError: there is none.
        """
        actor.require(Permission.KEEP_RECORDS)
        name, (subject, key) = self._photo_name(child, adult), _subject(child, adult)
        if photos.find_photo(self._database, subject, key) is None:
            raise RecordError("没有照片，不用移除。")
        with self._database.unit(actor.id, "end_photo") as unit:
            act = record_acts.add_act(unit, "child", child, f"移除照片 {name}")
            old = photos.end_photo(unit, subject, key)
            _note_photo(unit, act, child, (f"{name} 照片", ""), old, None)
            unit.audit(subject, key, f"{name} 移除照片")
        return _done(child, act, f"{name} 移除照片")

    def photo(self, actor: Actor, subject: Subject, key: int) -> bytes | None:
        """The photo that holds; a teacher sees those of her own classes and their adults.

        Raises:
            OtherClassError: a teacher asks for another one.
        """
        actor.require(Permission.READ)
        own = self._scope.children(actor)
        if own is not None:
            kin = {key} if subject == "child" else set(record_rows.children_of(self._database, AdultId(key)))
            if not kin & own:
                self._scope.require(actor, ChildId(key if subject == "child" else 0))
        return photos.find_photo(self._database, subject, key)

    def expiring(self, actor: Actor) -> tuple[Expiring, ...]:
        """What expires in the days of the reminder, or has expired, the soonest first."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        until = today + dt.timedelta(days=record_rules.validity(self._database, today).remind_days)
        names = {one.id: one.name for one in record_rows.list_children(self._database)}
        ends = [
            (one.expires_on, one.child, dict(PAPER_KINDS)[one.kind])
            for one in record_papers.list_expiring(self._database, until)
            if one.expires_on is not None and may_see_paper(actor, one.kind)
        ]
        insured = record_acts.list_values_of_all(self._database, "child", ("insured_until",))
        for key, values in insured.items():
            day = _day(values.get("insured_until", ""))
            if day is not None and day <= until:
                ends.append((day, ChildId(key), "意外险"))
        return tuple(
            Expiring(child, names[child], what, day)
            for day, child, what in sorted(ends)
            if child in names and self._scope.holds(actor, child)
        )

    def _paper(self, actor: Actor, child: ChildId, key: int) -> ChildPaper:
        found = record_papers.find_paper(self._database, key)
        if found is None or found.child != child:
            raise RecordError("这份证件已经不在了，请刷新后再试。")
        if not may_see_paper(actor, found.kind):
            raise RecordError("这份证件按岗位不显示，也不能改。请前台或园长登录后办理。")
        return found

    def _photo_name(self, child: ChildId, adult: AdultId | None) -> str:
        name = child_values(self._database, child)["name"]
        if adult is None:
            return name
        own = people.list_adults(self._database, child, day_of(self._clock()))
        found = next((one.name for one in own if one.id == adult), None)
        if found is None:
            raise RecordError("这位家人已经不在这份档案里，请刷新后再试。")
        return found


def paper_words(paper: ChildPaper) -> str:
    """``保险单 PA-1 至 2026-08-31``."""
    until = f"至 {paper.expires_on}" if paper.expires_on else ""
    return " ".join(part for part in (dict(PAPER_KINDS)[paper.kind], paper.number, until, paper.note) if part)


def _read(specs: tuple[FieldSpec, ...], answers: Mapping[str, str], today: dt.date) -> dict[str, str]:
    read = {spec.name: check_text(spec, answers.get(spec.name, ""), today) for spec in specs}
    for spec in specs:
        if spec.need is Need.REQUIRED and not read[spec.name]:
            msg = f"请填“{spec.label}”。"
            raise RecordError(msg, field=spec.name)
    return read


def _note_photo(
    unit: Unit, act: int, child: ChildId, words: tuple[str, str], old: int | None, new: int | None
) -> None:
    record_acts.add_change(unit, act, Change("child", child, "photo", *words, old, new))


def _subject(child: ChildId, adult: AdultId | None) -> tuple[Subject, int]:
    return ("child", child) if adult is None else ("adult", adult)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _consent_words(consent: Consent) -> str:
    return f"{ANSWERS[consent.answer]} {consent.day} {consent.signer}（文本 {consent.version}）"


def _done(child: ChildId, act: int, words: str) -> Done[None]:
    changes = Changes(frozenset({Topic.CHILDREN}), frozenset({child}))
    return Done(None, changes, Undo("records.act", act, words))
