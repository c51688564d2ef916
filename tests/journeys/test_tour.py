"""The tour as a journey: from an opened practice centre to five papers, by keys and mouse alone."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.house import ROOT

PAPERS = ("agreement.pdf", "pickup_slip.pdf", "pickup_report.pdf", "receipt.pdf", "monthly_summary.pdf")


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """Play it once, in a process of its own, as ``tuodehao tour`` does."""
    out = tmp_path_factory.mktemp("tour") / "演示 1"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "app", "tour", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TUODEHAO_FONT": "bundled", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    if os.environ.get("TUODEHAO_KEEP_TOUR"):
        shutil.copytree(out, os.environ["TUODEHAO_KEEP_TOUR"], dirs_exist_ok=True)
    assert (run.returncode, run.stderr) == (0, ""), run.stderr
    return out, run.stdout


@pytest.fixture(scope="module")
def steps(tour):
    return json.loads((tour[0] / "tour.json").read_text(encoding="utf-8"))


@pytest.fixture
def rows(tour):
    """Ask the file that the tour left."""
    connection = sqlite3.connect(tour[0] / "data" / "centre.sqlite3")
    connection.row_factory = sqlite3.Row
    yield lambda sql: connection.execute(sql).fetchall()
    connection.close()


def test_it_says_where_everything_is(tour):
    out, said = tour
    assert said.startswith("演示完成")
    assert str(out) in said


def test_what_is_told_of_one_child_stands_on_nobody_elses_paper(rows):
    told = [
        row["name"]
        for row in rows(
            "select c.name from log_entry l join visit v on v.id = l.visit_id"
            " join child c on c.id = v.child_id"
            " where l.note like '%五片%' or l.note like '%平静%'"
        )
    ]
    assert told == ["朱予晴", "朱予晴"]


def test_the_five_papers_are_there(tour):
    for name in PAPERS:
        data = (tour[0] / name).read_bytes()
        assert data.startswith(b"%PDF"), name
        assert len(data) > 3_000, name


def test_every_picture_is_a_whole_window(tour, qapp):
    from PySide6.QtGui import QImage

    pictures = sorted(tour[0].glob("*.png"))
    assert [path.name[:2] for path in pictures] == [f"{n:02d}" for n in range(1, len(pictures) + 1)]
    assert len(pictures) >= 15
    for path in pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768), path.name
        colours = {image.pixel(x, y) for x in range(0, 1366, 37) for y in range(0, 768, 37)}
        assert len(colours) > 5, f"{path.name} is empty"


def test_every_step_tells_what_it_cost(steps):
    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(step["what"] and step["clock"] for step in steps)
    acts = [step for step in steps if step["keystrokes"] or step["clicks"]]
    assert len(acts) >= 12
    assert all(step["redraw_ms"] > 0 for step in acts)


def test_every_step_has_a_picture_of_its_own(tour, steps):
    pictures = [step["picture"] for step in steps]
    assert all(pictures), [step["what"] for step in steps if not step["picture"]]
    assert pictures == sorted(set(pictures))
    assert {path.name for path in tour[0].glob("*.png")} >= set(pictures)


def test_registering_takes_at_most_sixty_keystrokes_beyond_names_and_numbers(steps):
    first = next(n for n, step in enumerate(steps) if "F2" in step["what"])
    last = next(n for n, step in enumerate(steps) if "Ctrl+Enter" in step["what"])
    told = steps[first : last + 1]
    assert sum(step["keystrokes"] - step["content"] for step in told) <= 60


def test_the_child_came_was_looked_after_and_went(rows):
    (visit,) = rows(
        "select v.*, c.allergy from visit v join child c on c.id = v.child_id"
        " where c.name = '朱予晴' and v.day = '2025-12-03' and v.undone_at is null"
    )
    assert visit["arrived_at"] == "2025-12-03T09:10:00+08:00"
    assert visit["promised_at"] == "2025-12-03T14:00:00+08:00"
    assert visit["left_at"] == "2025-12-03T13:58:00+08:00"
    assert (visit["tariff"], visit["allergy"]) == ("temp_half_day", "has")
    kinds = {
        row["kind"]
        for row in rows(f"select kind from log_entry where visit_id = {visit['id']} and ended_at is null")
    }
    assert kinds >= {"mood", "activity", "meal", "water", "toilet", "sleep"}


def test_the_note_was_signed_before_she_left(rows):
    (note,) = rows(
        "select n.* from handover_note n join visit v on v.id = n.visit_id join child c on c.id = v.child_id"
        " where c.name = '朱予晴' and v.day = '2025-12-03' and n.ended_at is null"
    )
    assert note["number"].startswith("H-20251203-")
    assert "予晴" in note["prose"]


def test_the_receipt_is_ninety_five_yuan_and_without_a_gap(rows):
    (receipt,) = rows(
        "select r.* from receipt r join child c on c.id = r.child_id"
        " where c.name = '朱予晴' and r.day = '2025-12-03'"
    )
    assert (receipt["kind"], receipt["total_fen"], receipt["tender"]) == ("receipt", 9500, "cash")
    numbers = [
        row["number"] for row in rows("select number from receipt where number like '2025-%' order by number")
    ]
    tails = [int(number.rsplit("-", 1)[1]) for number in numbers]
    assert tails == list(range(1, len(tails) + 1))


def test_each_act_left_its_line_in_the_audit_trail(rows):
    verbs = {row["verb"] for row in rows("select verb from audit where at like '2025-12-03%'")}
    assert len(verbs) >= 5
    assert rows("select count(*) from audit where staff_id is not null")[0][0] > 10


def test_nothing_was_left_open(tour):
    assert not list(tour[0].glob("data/*-wal"))
    assert not list(tour[0].glob("data/logs/crash-*"))
