"""Whether a text says a thing: a word that it denies (没有异常, 无皮疹、呕吐) says nothing of it."""

import re
from collections.abc import Iterable, Iterator

_SENTENCES = re.compile(r"[。；;！!？?\n·]+")
# What stands before a word and takes it back; a list of words is denied as a whole (没有皮疹、红肿和呕吐).
_DENIED = re.compile(
    r"(?:没有?|未|无|不是|排除|否认)"
    r"(?:再|有|曾|发现|出现|发生|发|见到?|看到|得|患|查出|做|量|任何|任|何|其他|其它|明显|什么|大|的"
    r"|[流打起长出拉受摔跌撞碰擦划抓咬烫扭夹])*"
    r"(?:[^，。；;！!？?\n·、\s]{1,6}(?:、|和|及|或|跟|也没有?|也无))*$"
)
_BEFORE = 30  # letters in which a denial is looked for


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, and the pieces of a list."""
    return (one for one in _SENTENCES.split(text) if one.strip())


def denied(text: str, start: int) -> bool:
    """Whether what stands before a place in a text takes back what begins there."""
    return _DENIED.search(text[max(0, start - _BEFORE) : start]) is not None


def says(text: str, word: str) -> bool:
    """Whether a text has a word at least once without denying it."""
    start = text.find(word) if word else -1
    while start >= 0:
        if not denied(text, start):
            return True
        start = text.find(word, start + 1)
    return False


def says_any(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of some words without denying it."""
    return any(says(text, word) for word in words)
