"""Open papers of the health room at the door: medicine, a fever that goes on, illness registered today."""

from app.domain.fever import NewStep, StepKind
from app.domain.ids import FeverId, RequestId
from app.domain.logbook import degrees
from app.services.case_facts import case_words, noted_during
from app.services.open_papers import OpenPaper, Settling
from app.store import fever, illness, medicine
from app.store.database import Database, Unit
from app.store.health_rules import DiseaseBook
from app.store.visits import Visit


class HeldMedicine:
    """带药: the rest and the bottle go home the same day; a dose whose time has not come is the parents'."""

    kind = "medicine"

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """Medicine of this stay and of earlier ones that is still here."""
        found = []
        for one in medicine.list_held(self._database, visit.child):
            brought = "" if one.day == visit.day else f"（{one.day.month}月{one.day.day}日带来）"
            times = "、".join(f"{dose.due_at:%H:%M}" for dose in one.waiting)
            unfed = f"，{times} 还没喂" if times else ""
            found.append(OpenPaper(self.kind, one.id, f"{one.words}{brought}{unfed}", "药已交还"))
        return tuple(found)

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> None:
        """It is given back to who takes her; what was not given is noted so."""
        request = medicine.find_request(unit, RequestId(paper.subject))
        if request is None:
            return
        for dose in request.waiting:
            early = dose.due_at > unit.at
            reason = "离园时还没到时间，药交还家长" if early else "离园时还没喂，药交还家长"
            medicine.add_skipped(unit, dose.id, reason, settling.actor.id, settling.release)
        medicine.add_return(
            unit, request.id, settling.who[:50] or "接走的人", "", settling.actor.id, settling.release
        )
        unit.audit("medicine", request.id, f"{request.name} {request.medicine} 离园时交还")


class OpenFever:
    """发热: nobody takes a feverish child home without hearing of it."""

    kind = "fever"

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """Fevers of the child under way."""
        return tuple(
            OpenPaper(
                self.kind,
                one.id,
                f"发热 {degrees(one.last_tenths)}（{one.started_at:%H:%M} 起），处理还没结束",
                "已当面告知",
            )
            for one in fever.list_open_of(self._database, visit.child)
        )

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> None:
        """Who takes her was told face to face; the ladder ends by her going home."""
        step = NewStep(
            StepKind.COLLECTED,
            whom=settling.who[:50],
            words="离园时当面告知",
            release=settling.release,
        )
        fever.add_step(unit, FeverId(paper.subject), step, settling.actor.id)
        unit.audit("fever", paper.subject, "离园时当面告知，家长接走")


class OpenIllness:
    """病例: whoever takes home a child who was registered ill during this stay hears of it."""

    kind = "illness"

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, visit: Visit) -> tuple[OpenPaper, ...]:
        """Illness registered since she came, and not cleared."""
        cases = illness.list_noted(self._database, visit.day)
        book = DiseaseBook(self._database) if cases else None
        if book is None:
            return ()
        return tuple(
            OpenPaper(
                self.kind,
                case.id,
                f"{case_words(case, book.on(case.told.onset_on).get(case.told.disease))}"
                f"（{case.first_at:%H:%M} 登记），家长还没当面知道",
                "已当面告知",
            )
            for case in noted_during(cases, book, visit)
        )

    def settle(self, unit: Unit, paper: OpenPaper, settling: Settling) -> None:
        """Who takes her was told face to face: the trail says who and when; the case stays open."""
        unit.audit("illness", paper.subject, f"离园时当面告知 {settling.who}"[:200])
