"""What people may type into any field of any paper: none breaks it, and every letter stays on the page."""

import dataclasses
import sys

import pytest

from app.reports import registry
from tests.reports.reading import Reading
from tests.reports.test_papers import STORY

# Nobody types these: the program makes them, and some are read again (a month, a colour, a seal).
MADE_HERE = {"seal", "number", "code", "month", "tender", "original", "reversed_by", "colour", "align"}
ODD = '<b>&"𬱖㛃</b>'
LONG = "很长的文字，" * 1700
stories = pytest.mark.parametrize("name", STORY)


def leaves(value, path=()):
    """Where typed text stands in a paper, however deep: paths of names of fields and places."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from leaves(part, (*path, at))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in MADE_HERE:
                yield from leaves(getattr(value, field.name), (*path, field.name))


def put(value, path, words):
    """The same with other words at one place."""
    if not path:
        return words
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest, words), *value[step + 1 :])
    return dataclasses.replace(value, **{step: put(getattr(value, step), rest, words)})


def kinds(name):
    """One place of each kind: the first line of a list stands for all of them, each of its columns too."""
    seen = {}
    for path in leaves(STORY[name]):
        kind = tuple(
            "*" if isinstance(step, int) and place < len(path) - 1 else step
            for place, step in enumerate(path)
        )
        if isinstance(path[-1], int) and not isinstance(path[-2], int):
            kind = (*kind[:-1], "*")
        seen.setdefault(kind, path)
    return list(seen.values())


def sheets_of(one):
    """The paper laid out but not yet painted."""
    return sys.modules[registry.report_for(one).draw.__module__]._sheets(one)


def outside(page):
    """The texts that leave the page."""
    return [
        text.words[:20]
        for text in page.texts
        if text.x < 0
        or text.x + text.face.width(text.words, text.size) > page.width + 0.5
        or not 0 < text.y < page.height
    ]


def test_every_paper_of_the_registry_has_its_story():
    assert {registry.report_for(one).key for one in STORY.values()} == {one.key for one in registry.REPORTS}


@pytest.mark.parametrize(("name", "place"), [(name, place) for name in STORY for place in kinds(name)])
def test_ten_thousand_characters_stay_on_the_paper(name, place):
    sheets = sheets_of(put(STORY[name], place, LONG))
    for number, page in enumerate(sheets.pages, 1):
        sheets.footer(page, number, len(sheets.pages))
        assert outside(page) == []


@stories
def test_odd_letters_in_every_place_at_once_are_printed_as_typed(name, qapp):
    one = STORY[name]
    for place in leaves(one):
        one = put(one, place, ODD)
    reading = Reading(registry.draw(one))
    assert ODD in reading.text()
    assert "字体缺字" not in reading.text()
    assert registry.file_name(one).endswith(".pdf")


@stories
def test_empty_words_in_every_place_leave_a_paper(name, qapp):
    one = STORY[name]
    for place in leaves(one):
        one = put(one, place, "")
    assert Reading(registry.draw(one)).pages >= 1
