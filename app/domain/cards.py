"""接送卡: the card an adult shows when bringing or fetching a child.

It is carried in the street, so it must not tell whoever finds it which child is where (PIPL §28: data of
children under 14 are sensitive): the name at home or the surname alone, the centre to call, a sealed number.
It opens the child at the desk and proves nothing about who carries it.
"""

from app.domain.barred import fold
from app.domain.errors import RuleError
from app.domain.names import given_name

# So many valid cards a child may have: one for each of those who usually come.
MOST = 4
_LONGEST_SHOWN = 12


class CardError(RuleError):
    """A card cannot be issued, ended or taken back as asked."""


def card_number(place: int) -> str:
    """``C-000012``."""
    return f"C-{place:06d}"


def shown_name(name: str, nickname: str) -> str:
    """What a card calls the child: 小名, else the surname: 朱小朋友, 尉迟小朋友; never the whole name."""
    nickname, name = nickname.strip(), name.strip()
    if nickname and fold(name) not in fold(nickname):
        return nickname[:_LONGEST_SHOWN]
    surname = name.removesuffix(given_name(name)) or name[:1]
    if "·" in name or " " in name:  # 古丽·买买提: the first word is what she is called, so its first letter
        surname = name[:1]
    return f"{surname}小朋友"
