"""Whether a medicine holds what a child does not tolerate: as kept on file, and as its slip says."""

import re
from collections.abc import Iterable, Sequence

from app.domain.medicine import AllergicMedicineError, Request
from app.domain.medicine_names import same_medicine

_CLAUSES = re.compile(r"[，,。；;、/\s：:（）()【】\[\]]+")
_JOINED = re.compile(r"和|及|以及|跟")
# A clause is let go only where it denies, and names no sign: 布洛芬吃过没事; but not 没别的过敏，布洛芬会吐.
_FINE = re.compile(
    r"[不没无][有]?(?:药物)?过敏|没有?(?:药物)?过敏|没事|没问题|不要紧|[没无]有?反应|(?<!不)正常"
)
_SIGN = re.compile(
    r"(?<![没无])有反应|反应[不大很强重]|不正常|异常|不舒服|会|起[了红皮小]*[疹疱泡点]|皮疹|荨麻疹|风团|[呕想]吐|吐[了奶过]|拉肚|腹泻|[发红]肿|肿|痒|喘|发红|休克|憋"
)
# Who says what is excepted says what she does not tolerate: 除布洛芬外没有过敏, 布洛芬以外没事.
_EXCEPTED = re.compile(
    r"(?:除[了去开]?(?P<led>.+?)|(?P<tail>.+?)[以之])(?:[以之]?外|[没无都其别不]|药物|过敏|$)"
)
# All but one is not borne: 除对乙酰氨基酚外都过敏, 只能用对乙酰氨基酚.
_ONLY = re.compile(
    r"除[了去开]?[^，。；]+?[以之]?外[^，。；不没无]{0,8}(?:都|全|均)[^，。；不没无]{0,3}(?:过敏|不能)|[只仅][能可]以?[吃用服]"
)
# What a line that denies every allergy, or tells of other medicines alone, is made of beside their names.
_PLAIN = re.compile(
    r"无|没有|没|未|不|暂|目前|否认|发现|任何|已知|其[他它余]|别的|药物|药品|药|食物|对|过敏|反应|史|类|起?[红小皮]*疹子?|荨麻疹"
    r"|吃|用|服|过|以前|之前|曾经?|小时候|妈妈|爸爸|家长|说|没?事|问题|都|均|的|了|宝宝|孩子|和|及|跟|或|有|会|除|[以之]?外|但是?|到"
)
_REST = re.compile(r"(?:其[他它余]|别的|剩下).*$")
_ALLERGY = re.compile(r"(?:药物)?(?:过敏|不耐受)(?:史|反应)?")
# 对乙酰氨基酚 begins like 对布洛芬过敏.
_BEFORE = re.compile(
    r"^(?:但是?|可是|不过|[只仅就]|除[了去开]?|以前|曾经?|之前|上次|小时候|宝宝|孩子|她|他)*(?:[吃用服打喝]过?了?|不[能可]以?[吃用服喝]|[禁慎忌勿别][吃用服]?|对(?!乙酰)|有|是|因)*"
)
_AFTER = re.compile(
    r"(?:[吃用服打喝]了?[过后]?(?=就?会|就?[起吐拉发]|$)|就?会|就?起[了红皮小]*[疹疱泡点]|[呕]?吐|(?<!没)有?反应|(?:[吃用服打喝]了?)?[过后]?(?:反应|呼吸|心跳|脸色|精神|身上)(?:不正常|异常|不舒服)|类$|类药物?$).*$|类药物?$|类$"
)
_TWICE = re.compile(r"(?:没有?|不是|并非|未必|不能说)(?:对[^，,。；;]{1,20})?不|不对")
# A whole clause that denies: 没有对布洛芬过敏; 不对布洛芬过敏 is in doubt still (不对，布洛芬过敏).
_DENIED = re.compile(
    r"(?:目前|妈妈说|孩子|宝宝)?(?:没有?|不|未)对(?:(?!过敏)[^不没无未除只会但]){1,20}(?:药物)?过敏过?"
)
READ = "（念给家长听过，"  # behind a line that was in doubt, with who denies that it is of this medicine
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
    named = [*on_file, *_named(said.partition(READ)[0])]
    return tuple(
        dict.fromkeys(
            name
            for name in named
            if len(name.strip()) >= _LEAST and same_medicine(name, medicine, substances)
        )
    )


def is_clear(said: str, known: Iterable[str]) -> bool:
    """Whether the line of a slip is surely read: as none, or as other things that are known by name.

    Args:
        said: the line 药物过敏, of which ``intolerances`` found nothing.
        known: names of medicines and of what else children are allergic to.
    """
    if _ONLY.search(said) or _TWICE.search(said):
        return False
    left = said.casefold()
    for name in sorted((one.casefold() for one in known if one), key=len, reverse=True):
        left = left.replace(name, "　")
    return not _PLAIN.sub("", "".join(_CLAUSES.split(left))).strip("　 ")


def _named(said: str) -> list[str]:
    """What a line says she does not tolerate; what is in doubt counts."""
    clauses = [one for one in _CLAUSES.split(said) if not _DENIED.fullmatch(one)]
    stated = (piece for one in clauses for piece in (*_excepted(one), *_stated(one)))
    parts = (part for one in stated for part in _JOINED.split(one))
    return [_AFTER.sub("", _BEFORE.sub("", part)) for part in parts]


def _excepted(clause: str) -> list[str]:
    return [one["led"] or one["tail"] for one in _EXCEPTED.finditer(clause)]


def _stated(clause: str) -> list[str]:
    """The names of a clause, without those it denies: 布洛芬 of 布洛芬过敏头孢没事."""
    if _FINE.search(clause) is None:
        return _ALLERGY.split(clause)
    if _SIGN.search(clause):
        return [part for one in _FINE.split(clause) for part in _ALLERGY.split(one)]
    *denied, last = _FINE.split(clause)
    found = _ALLERGY.split(last) if _ALLERGY.search(last) else []
    for one in denied:
        *before, after = _ALLERGY.split(one)
        # 过敏布洛芬其他没事: the name may follow where none stands before.
        found += before if any(before) or not before else [_REST.sub("", after)]
    return found


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
