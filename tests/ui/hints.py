"""What an empty line may say in grey.

Grey words are nearly as dark as written ones. So an example says that it is one (``如 2.5 ml``) and the rest
says what to do: a bare value would look filled in, and a dose would be taken to stand there already.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree_of

EXAMPLE = re.compile("(^|，)如 ")
OTHER_STYLES = re.compile("^(例|如：)")
# The last two: what a search looks at, and digits that choose.
ASKING = re.compile("填|写|输|选|找|扫|按|照|空|什么|怎么|谁|哪|几|拼音|^1–[0-9]$")
# Neither an example nor a request, and why that cannot be taken for an answer.
OTHERWISE = {
    "没有记录": "the state of a box that may be written into",
    "接送码": "the line has no label: it says what belongs there",
    "授权码": "the same",
    "姓名": "the same",
    "名称、材料或玩法": "what a search looks at",
    "以接种单位的查验结果为准": "a rule to know before writing",
    "1–3 岁每年一次": "the same",
    "1–3 岁每半年一次": "the same",
    "未满 18 周岁不能接孩子": "the same",
    "℃": "the unit, where there is no room for an example",
}
# Where a hint stands among the arguments of what takes one without its name.
_PLACES = {
    "add_field": 2,
    "add_day": 3,
    "day_field": 3,
    "line": 2,
    "Line": 2,
    "asked_line": 2,
    "setPlaceholderText": 0,
}


def plain(words: str) -> bool:
    """Whether nobody can take these grey words for an answer."""
    if not words or words in OTHERWISE or EXAMPLE.search(words):
        return True
    return bool(ASKING.search(words)) and not OTHER_STYLES.search(words)


def written_in(path: Path) -> Iterator[tuple[int, str]]:
    """Every hint that stands in a module in so many words, with its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [one.value for one in node.keywords if one.arg in {"placeholder", "hint"}]
            at = _PLACES.get(called)
            for one in given if at is None else [*given, *node.args[at : at + 1]]:
                yield from ((one.lineno, words) for words in _words(one))


def _words(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=parts):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_words(one), *_words(other))
        case ast.Call(func=ast.Attribute(attr="tr"), args=[one]):
            yield from _words(one)
