"""Whether a medicine holds what a child does not tolerate: as kept on file, and as its slip says."""

import re
from collections.abc import Iterable, Sequence

from app.domain.medicine import AllergicMedicineError, Request, same_medicine

_PARTS = re.compile(r"[，,。；;、/\s]+|和|及|以及")
_FINE = re.compile(r"不过敏|没有?过敏|无过敏|没事|不要紧|吃过")
_AROUND = re.compile(r"^(?:对|有)|(?:药物)?(?:过敏|不耐受)(?:史|反应)?.*$|类$|类药物?$")
_LEAST = 2  # characters: 药 names no medicine


def intolerances(
    medicine: str, on_file: Iterable[str], said: str, substances: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """What a medicine holds of her allergies, in the words of the file or the slip.

    Args:
        medicine: its name on the pack.
        on_file: the substances of her file.
        said: the line 药物过敏 of the slip: 无, 布洛芬, 对乙酰氨基酚过敏，起疹子.
        substances: the names under which each substance is sold.
    """
    named = [*on_file, *(_AROUND.sub("", part) for part in _PARTS.split(said) if not _FINE.search(part))]
    return tuple(
        dict.fromkeys(
            name
            for name in named
            if len(name.strip()) >= _LEAST and same_medicine(name, medicine, substances)
        )
    )


def stop_words(held: Sequence[str]) -> str:
    """``对布洛芬过敏``: why what waits must not be given."""
    return f"对{'、'.join(held)}过敏"


def require_tolerated(request: Request, held: Sequence[str]) -> None:
    """Pass if what waits may still be given: an allergy may have become known since the slip was taken.

    Raises:
        AllergicMedicineError: it holds what she does not tolerate.
    """
    if held:
        msg = (
            f"{request.name} {stop_words(held)}，{request.medicine}里就有，不能喂。"
            "请马上告诉家长，再记“没喂”和原因。"
        )
        raise AllergicMedicineError(msg)
