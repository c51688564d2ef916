"""What is asked of a slip before its medicine is judged: every line, and who signed it (domain §3.2 T2).

And who is handed what is left of it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from app.domain.ids import ChildId
from app.domain.intolerances import READ, is_clear
from app.domain.medicine import (
    AllergicMedicineError,
    MedicineError,
    Request,
    RequestDraft,
    UnclearAllergyError,
)
from app.domain.medicine_names import is_measured, same_medicine
from app.domain.names import clean_text
from app.services.told_adults import Named, barred_words, is_on_file, with_reason
from app.store import medicine, tables
from app.store.database import Database

_LINE = 100  # characters of 药物过敏, as the file keeps it, with who denied it
_WHO = 50  # characters of who signed or was handed the rest, as the file keeps it, with the reason


def clean_draft(draft: RequestDraft) -> RequestDraft:
    """A slip as it is kept: texts trimmed, times in order.

    Raises:
        MedicineError: a line is empty that must not be, or the dose is a number without its unit.
        BadTextError: a line is too long, or holds what cannot be seen.
    """

    def said(field: str, words: str, longest: int) -> str:
        text = clean_text(getattr(draft, field), words, field, longest=longest)
        if not text and field not in {"signer", "signer_reason", "allergy_teller"}:
            hint = "没有就写“无”" if field == "allergy" else "不能空着"
            msg = f"请填{words}，{hint}。"
            raise MedicineError(msg, field=field)
        return text

    dose = said("dose", "剂量", 30)
    if not is_measured(dose):
        msg = f"剂量 {dose} 没有写单位。请写上 ml、片、袋、滴……，照家长的单子。"
        raise MedicineError(msg, field="dose")
    return replace(
        draft,
        medicine=said("medicine", "药名", 50),
        dose=dose,
        way=said("way", "用法", 30),
        reason=said("reason", "为什么吃", 200),
        allergy=said("allergy", "药物过敏", 100),
        signer=said("signer", "家长", _WHO),
        signer_reason=said("signer_reason", "理由", 100),
        allergy_teller=said("allergy_teller", "哪位家长说的", _WHO),
        times=tuple(sorted(set(draft.times))),
    )


def read_draft(database: Database, child: ChildId, draft: RequestDraft, day: dt.date) -> RequestDraft:
    """A slip whose line 药物过敏 is surely read; behind one in doubt stands who of her adults denied it.

    Raises:
        UnclearAllergyError: it is in doubt, and nobody of her adults on file surely denied it.
        AllergicMedicineError: read aloud, it is of this medicine.
        MedicineError: who answered is barred, or both together are longer than the file keeps.
    """
    if _is_clear(draft.allergy):
        return draft
    name, who = draft.medicine, draft.allergy_teller
    doubt = f"药物过敏写的是“{draft.allergy}”，看不准{name}能不能用。"
    if draft.allergy_answer == "has":
        msg = f"家长说孩子对{name}过敏，不能收。请家长问医生。"
        raise AllergicMedicineError(msg, field="allergy_answer")
    if draft.allergy_answer == "unsure":
        msg = f"{doubt}家长也说不清，不能收。请家长问医生。"
        raise UnclearAllergyError(msg, field="allergy_answer")
    if draft.allergy_answer != "none":
        msg = f"{doubt}请念给家长听：对这种药过敏吗？再选家长的回答；问不清就不收。"
        raise UnclearAllergyError(msg, field="allergy_answer")
    if barred := barred_words(database, child, who, day, "孩子对药过不过敏不听此人的"):
        raise MedicineError(barred, field="allergy_teller")
    if not is_on_file(database, child, who, day):
        msg = f"{doubt}请选是哪位家长说不过敏的，要档案里有的家长。"
        raise UnclearAllergyError(msg, field="allergy_teller")
    kept = f"{draft.allergy}{READ}{who}说对这种药不过敏）"
    if len(kept) > _LINE:
        msg = f"药物过敏写得太长，请少写 {len(kept) - _LINE} 个字。"
        raise MedicineError(msg, field="allergy")
    return replace(draft, allergy=kept)


def require_read(request: Request) -> None:
    """Pass if the line 药物过敏 of a slip is surely read, or denied by whom it was read to.

    Raises:
        UnclearAllergyError: neither.
    """
    if READ not in request.allergy and not _is_clear(request.allergy):
        msg = (
            f"{request.name} 的药物过敏写的是“{request.allergy}”，看不准能不能用，先不能喂。"
            "请问清家长，撤销这张单重新收。"
        )
        raise UnclearAllergyError(msg)


def _is_clear(said: str) -> bool:
    known = [name for names in medicine.substances() for name in names]
    known += tables.not_foods()
    known += [key.removeprefix("=") for row in tables.allergens() for key in row.keys]
    return is_clear(said, known)


def signed_draft(database: Database, child: ChildId, draft: RequestDraft, day: dt.date) -> RequestDraft:
    """A slip whose signer may sign for the child; of who is not on file the reason stands beside the name.

    Raises:
        MedicineError: she is barred, or on no record and nobody says why she signs.
    """
    if barred := barred_words(database, child, draft.signer, day, "不能替孩子签服药单"):
        raise MedicineError(barred, field="signer")
    named = Named(
        draft.signer,
        draft.signer_reason,
        "请档案里的家长签字；只能由此人签的",
        MedicineError,
        field="signer_reason",
    )
    return replace(draft, signer=with_reason(database, child, named, day, longest=_WHO))


def require_home_told(database: Database, child: ChildId, draft: RequestDraft, day: dt.date) -> None:
    """Pass if a dose at home that a slip told of before it was taken back is told of again, or denied.

    Raises:
        MedicineError: nothing is said of it: the next dose would come too soon.
    """
    if draft.home_at is not None or draft.home_none:
        return
    slips = medicine.list_slips(database, child, day)
    same = [one for one in slips if same_medicine(one.medicine, draft.medicine, medicine.substances())]
    if same and same[-1].undone and (at := same[-1].home_at) is not None:
        msg = (
            f"撤销的那张单写着 {at:%H:%M} 在家喂过{same[-1].medicine}。"
            "喂过的，请在“在家喂过”里照填；问清没喂过，请填“无”。"
        )
        raise MedicineError(msg, field="home_at")


def require_only(name: str, held: Iterable[Request], wanted: str) -> None:
    """Pass if no slip of a child for the same substance waits already.

    Raises:
        MedicineError: one does; the sentence names it.
    """
    for one in held:
        if one.waiting and same_medicine(one.medicine, wanted, medicine.substances()):
            msg = f"{name} 今天的{one.medicine}已经登记过。改时间请先撤销那一张。"
            if one.medicine != wanted:
                msg = (
                    f"{name} 今天已经收了{one.medicine}，{wanted}和它有同一种成分，"
                    "不能都收。请家长问医生，只留一种。"
                )
            raise MedicineError(msg, field="medicine")


def taker_of(database: Database, request: Request, whom: str, reason: str, day: dt.date) -> str:
    """Who is handed the rest of a medicine, as it is kept: beside a name on no record stands the reason.

    Raises:
        MedicineError: nobody is named, she is barred, or on no record and nobody says why it is she.
        BadTextError: a line is too long, or holds what cannot be seen.
    """
    who = clean_text(whom, "交给谁", "whom", longest=_WHO)
    if not who:
        raise MedicineError("请写交还给了谁。", field="whom")
    if barred := barred_words(database, request.child, who, day):
        raise MedicineError(barred, field="whom")
    named = Named(who, reason, "请交给档案里的家长；只能交给此人的", MedicineError, child_name=request.name)
    return with_reason(database, request.child, named, day, longest=_WHO)
