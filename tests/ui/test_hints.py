"""Grey words in an empty line: an example says that it is one, wherever it is written."""

from db.practice_release import PINS
from tests.house import sources
from tests.ui.hints import OTHERWISE, plain, written_in
from tests.ui.stage import CHILD

# Forms of the records are told by the rules which fields they have.
FIELDS = {"app/domain/record_fields.py", "app/services/record_papers.py"}
MODULES = [one for one in sources("app") if one.parts[1] == "ui" or one.as_posix() in FIELDS]
HINTS = [(f"{path}:{line}", words) for path in MODULES for line, words in written_in(path)]


def test_no_example_looks_filled_in():
    assert len(HINTS) > 150
    assert [(place, words) for place, words in HINTS if not plain(words)] == []


def test_a_bare_value_would_be_found():
    bare = ("07:30", "口服", "妈妈", "例如 13:35", "例如 自己选颜色", "如：升班")
    assert [words for words in bare if plain(words)] == []


def test_examples_are_of_nobody_in_the_practice_centre():
    people = {*dict(PINS), CHILD}
    assert [(place, words) for place, words in HINTS if any(name in words for name in people)] == []


def test_no_excuse_is_left_over():
    assert set(OTHERWISE) - {words for _place, words in HINTS} == set()
