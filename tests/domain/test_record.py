"""A record is a frozen, slotted dataclass to everybody who looks at it."""

import copy
import dataclasses
import pickle
import pprint
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record import record

T = TypeVar("T")


@record
class Ours(Generic[T]):
    """A word about it."""

    name: str
    age: int = 3
    tags: list[str] = field(default_factory=list)
    more: T | None = None

    @property
    def words(self):
        return f"{self.name} {self.age}"


@dataclass(frozen=True, slots=True)
class Theirs(Generic[T]):
    """A word about it."""

    name: str
    age: int = 3
    tags: list[str] = field(default_factory=list)
    more: T | None = None


values = st.tuples(st.text(max_size=3), st.integers(0, 2), st.none() | st.integers(0, 1))


@given(values, values)
def test_it_compares_hashes_and_prints_as_the_standard_one(one, two):
    def both(kind, value):
        return kind(value[0], age=value[1], tags=(), more=value[2])

    ours, theirs = [both(Ours, v) for v in (one, two)], [both(Theirs, v) for v in (one, two)]
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert hash(ours[0]) == hash(theirs[0])
    assert repr(ours[0]) == repr(theirs[0]).replace("Theirs", "Ours")
    assert ours[0] != theirs[0]


def test_it_is_frozen_and_slotted():
    made = Ours("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    assert not hasattr(made, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.other = 1


def test_defaults_are_made_anew_and_keywords_are_checked():
    assert Ours("a").tags is not Ours("a").tags
    assert (Ours("a").age, Ours("a", more=1).more) == (3, 1)
    for wrong in ({}, {"name": "a", "shoe": 1}):
        with pytest.raises(TypeError):
            Ours(**wrong)


def test_the_standard_library_takes_it_for_its_own():
    made = Ours("a", 5)
    assert dataclasses.is_dataclass(Ours)
    assert [one.name for one in dataclasses.fields(made)] == ["name", "age", "tags", "more"]
    assert dataclasses.replace(made, age=6) == Ours("a", 6)
    assert dataclasses.asdict(made) == {"name": "a", "age": 5, "tags": [], "more": None}
    match made:
        case Ours(name, age):
            assert (name, age) == ("a", 5)
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made
    assert made.words == "a 5"
    assert Ours.__doc__ == "A word about it."


def test_what_is_too_long_for_a_line_is_printed_as_well():
    """Else pytest cannot show what differs."""
    long = [Ours("a" * 90, more=Ours("b" * 90))] * 2
    assert pprint.pformat(long) == f"[{long[0]!r},\n {long[0]!r}]"
    ours, theirs = Ours.__dataclass_params__, Theirs.__dataclass_params__
    assert repr(ours) == repr(theirs)


def test_it_looks_after_itself_once_it_is_made():
    @record
    class Positive:
        number: int
        half: "float | None" = None

        def __post_init__(self):
            if self.number < 0:
                raise ValueError
            object.__setattr__(self, "half", self.number / 2)

    assert Positive(3).half == 1.5
    with pytest.raises(ValueError):
        Positive(-1)


def test_what_it_cannot_do_it_refuses():
    with pytest.raises(TypeError, match="derives from a record"):

        @record
        class Child(Ours):
            more_still: int = 0

    with pytest.raises(TypeError, match="more than a default"):

        @record
        class Odd:
            hidden: int = field(default=1, repr=False)

    with pytest.raises(TypeError, match="shared by all"):

        @record
        class Shared:
            count: ClassVar[int] = 1
