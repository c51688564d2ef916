"""Whether a text says a thing: a word that it denies (没有异常, 无皮疹、呕吐) says nothing of it.

Two who ask want two answers of a doubt. Whether a note tells a family of a thing (``says``) is asked so that
nothing is passed over: there a list may be denied as a whole. Whether a child is in danger (``denied``) is
asked so that none is missed: there a denial takes back only what it surely reaches (没有发烧、抽搐), and no
second finding (没精神、嘴唇发紫; 没发烧、抽搐了两分钟).
"""

import re
from collections.abc import Iterable, Iterator

from app.domain.told_illness import AND, ENDS, ITEM, compiled

_SENTENCES = re.compile(r"[。；;！!？?\n·]+")
_FILL = (
    r"(?:再|有|曾|过|发现|出现|发生|发|见到?|看到|得|患|查出|做|量|任何|任|何|其他|其它|明显|什么|大|的"
    r"|[流打起长出拉受摔跌撞碰擦划抓咬烫扭夹])*"
)
# What stands before a word and may take it back; a list of words is denied as a whole (没有皮疹、红肿和呕吐).
_MAYBE = re.compile(
    rf"(?:没有?|未|无|不是|排除|否认){_FILL}"
    r"(?:[^，。；;！!？?\n·、\s]{1,6}(?:、|和|及|或|跟|也没有?|也无))*$"
)
# 不是没有, 是不是, 不排除 leave a doubt.
_SURE = rf"(?:(?<!不是)(?<!并非)没有?|未|无|(?<!是)不是|(?<![不未没有能法])(?:排除|否认)){_FILL}$"
# Things alone are denied in a list, and behind each of them it ends or goes on: 没有发热、呕吐和抽搐.
_THING = rf"(?:{ITEM}|昏迷|晕厥|休克|嗜睡|骨折|脱臼|出血点|便血|尿血)"
_LIST = (
    rf"(?:(?<!有)(?<!不是)没有|未(?:见到?|发现|查出|出现)|并?无|(?<![不能法])否认){_FILL}"
    rf"(?:{_THING}(?:、|{AND}){_FILL})+$"
)
_BEFORE = 30  # letters in which a denial is looked for


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, and the pieces of a list."""
    return (one for one in _SENTENCES.split(text) if one.strip())


def denied(text: str, start: int, end: int) -> bool:
    """Whether what stands before a place in a text surely takes back what stands there."""
    before = text[max(0, start - _BEFORE) : start]
    if not any(mark in before for mark in "没未无不排否"):
        return False
    if compiled(_SURE).search(before):
        return True
    thing = compiled(_THING).fullmatch(text, start, end) and compiled(ENDS).match(text, end)
    return thing is not None and compiled(_LIST).search(before) is not None


def says(text: str, word: str) -> bool:
    """Whether a text has a word at least once without denying it."""
    start = text.find(word) if word else -1
    while start >= 0:
        if _MAYBE.search(text[max(0, start - _BEFORE) : start]) is None:
            return True
        start = text.find(word, start + 1)
    return False


def says_any(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of some words without denying it."""
    return any(says(text, word) for word in words)
