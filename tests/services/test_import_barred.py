"""禁止接走 at an import: nobody comes back as the father of a second record; of another child it is told."""

import dataclasses
import datetime as dt

from app.domain.import_rows import ImportedRow, RowAdult
from app.domain.looks import Tone
from app.services.import_barred import barred_elsewhere, barred_problems
from app.services.likeness import find_alike
from app.store import people
from tests.services.world import DAY

BORN, OTHER = dt.date(2023, 6, 1), dt.date(2023, 8, 19)


def adult(name, relation="爸爸", phone="", **more):
    return RowAdult(name, relation, phone, is_guardian=True, is_emergency=False, may_collect=True, **more)


def row(*adults, name="张沐洋", born_on=BORN):
    return ImportedRow(
        2, name, "", "", born_on, None, None, None, None, DAY, "none", (), "", adults, ()
    )  # fmt: skip


def kept_out(world, given):
    alikes = find_alike(world.database, given.name, given.born_on, [one.phone for one in given.adults])
    return barred_problems(world.database, given, alikes, DAY)


def elsewhere(world, given):
    return barred_elsewhere(given, people.list_all_barred(world.database))


def test_a_row_that_means_a_child_on_file_is_kept_out_with_whom_she_is_barred_from(world):
    (problem,) = kept_out(world, row(adult("张外人", phone="13500000000")))
    assert (problem.code, problem.field, problem.tone) == ("barred", "name", Tone.BAD)
    assert "张外人（邻居）被禁止接走档案里的张沐阳" in problem.sentence
    assert "手工新建" in problem.sentence, "it says what to do"


def test_one_problem_is_enough_however_many_adults_are_like_him(world):
    two = row(adult("张外人", phone="13500000000"), adult("张外仁", phone="13500000000"))
    assert len(kept_out(world, two)) == 1


def test_another_child_or_one_who_is_barred_in_the_list_too_is_let_by(world):
    assert kept_out(world, row(adult("张外人", phone="13500000000"), name="钱小满", born_on=OTHER)) == []
    barred = row(adult("张外人", phone="13500000000", barred=True))
    assert (kept_out(world, barred), elsewhere(world, barred)) == ([], [])
    assert kept_out(world, row(adult("张母", "妈妈", "13700002233"))) == []


def test_of_another_child_it_is_told_with_his_number_masked_and_his_name_on_file(world):
    given = row(adult("张大", phone="13500000000"), name="钱小满")
    (problem,) = elsewhere(world, given)
    assert problem.tone is Tone.WARN
    assert "张大 135****0000" in problem.sentence
    assert "（档案里叫张外人）" in problem.sentence
    assert "记为钱小满的爸爸 张大（监护人、可接）" in problem.sentence


def test_a_name_alone_means_him_only_while_a_number_is_missing(world):
    same_name = row(adult("张外人", phone="13511110000"), name="钱小满")
    assert elsewhere(world, same_name) == [], "two numbers are two people"
    no_number = dataclasses.replace(same_name, adults=(adult("张 外人"),))
    (problem,) = elsewhere(world, no_number)
    assert "张 外人在档案里" in problem.sentence
