"""What is asked of a slip before its medicine is judged: every line, and who signed it (domain §3.2 T2).

And who is handed what is left of it.
"""

import datetime as dt
from dataclasses import replace

from app.domain.ids import ChildId
from app.domain.medicine import MedicineError, Request, RequestDraft
from app.domain.names import clean_text
from app.services.told_adults import Named, barred_words, with_reason
from app.store.database import Database

_WHO = 50  # characters of who signed or was handed the rest, as the file keeps it, with the reason


def clean_draft(draft: RequestDraft) -> RequestDraft:
    """A slip as it is kept: texts trimmed, times in order.

    Raises:
        MedicineError: a line is empty that must not be.
        BadTextError: a line is too long, or holds what cannot be seen.
    """

    def said(field: str, words: str, longest: int) -> str:
        text = clean_text(getattr(draft, field), words, field, longest=longest)
        if not text and field not in {"signer", "signer_reason"}:
            hint = "没有就写“无”" if field == "allergy" else "不能空着"
            msg = f"请填{words}，{hint}。"
            raise MedicineError(msg, field=field)
        return text

    return replace(
        draft,
        medicine=said("medicine", "药名", 50),
        dose=said("dose", "剂量", 30),
        way=said("way", "用法", 30),
        reason=said("reason", "为什么吃", 200),
        allergy=said("allergy", "药物过敏", 100),
        signer=said("signer", "家长", _WHO),
        signer_reason=said("signer_reason", "理由", 100),
        times=tuple(sorted(set(draft.times))),
    )


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
