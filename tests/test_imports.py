"""The import law: who may know whom."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT, imported, module_name, sources, tracked, tree_of

# Each layer and the parts of the house it may import. ``paths`` says where things lie and knows nobody.
LAW = {
    "domain": {"domain"},
    "store": {"store", "domain", "paths", "db"},
    "reports": {"reports", "domain", "paths"},
    "services": {"services", "store", "reports", "domain"},
    "ui": {"ui", "services", "domain", "paths"},
    "paths": set(),
    "journal": set(),
    "db": {"db"},
}
JOINERS = {
    "app",
    "app.__main__",
    "app.cli",
    "app.commandline",
    "app.main",
    "app.practice",
    "app.selftest",
}  # know all
# Outside packages, and the only parts that may import them.
OUTSIDE = {
    "PySide6": {"ui", "main"},
    "shiboken6": {"ui", "main"},
    "sqlite3": {"store", "db"},
    "sqlite_utils": {"store", "db"},
    "reportlab": {"reports"},
    "qrcode": {"reports"},
}
# Loaded when first used and not before: each costs time or memory that the start of the program must not pay.
LATE = (
    "sqlite_utils",
    "reportlab",
    "qrcode",
    "PIL",
    "pypinyin",
    "cn2an",
    "chinese_calendar",
    "phonenumbers",
    "stdnum",
    "openpyxl",
    "platformdirs",
    "PySide6.QtPdf",
    "PySide6.QtPdfWidgets",
    "PySide6.QtPrintSupport",
)
IMPURE = {"pathlib", "io", "time", "logging", "socket", "subprocess", "threading", "tempfile", "shutil"}


def part_of(name: str) -> str:
    """The layer of one of our modules: ``app.ui.desk.page`` -> ``ui``."""
    parts = name.split(".")
    return "db" if parts[0] == "db" else (parts[1] if len(parts) > 1 else "app")


def ours(name: str) -> bool:
    return name.split(".")[0] in {"app", "db"}


def test_each_layer_imports_only_what_the_law_allows():
    broken = []
    for path in sources("app", "db"):
        me = module_name(path)
        if me in JOINERS:
            continue
        allowed = LAW[part_of(me)]
        for line, name in imported(path):
            if ours(name) and part_of(name) not in allowed and name not in {"app.app", "app"}:
                broken.append(f"{path}:{line} {part_of(me)} imports {name}")
    assert not broken, "\n".join(broken)


def test_each_outside_package_stays_in_its_layer():
    broken = []
    for path in sources("app", "db"):
        me = part_of(module_name(path))
        for line, name in imported(path):
            allowed = OUTSIDE.get(name.split(".")[0])
            if allowed is not None and me not in allowed:
                broken.append(f"{path}:{line} {me} imports {name}")
    assert not broken, "\n".join(broken)


def test_the_domain_touches_neither_files_nor_clock():
    broken = [
        f"{path}:{line} {name}"
        for path in sources("app")
        if part_of(module_name(path)) == "domain"
        for line, name in imported(path)
        if name.split(".")[0] in IMPURE
    ]
    # Settings of pypinyin are given by environment variables: os may be used for that and nothing else.
    broken += [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path in sources("app")
        if part_of(module_name(path)) == "domain"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and node.attr != "environ"
    ]
    assert not broken, "\n".join(broken)


def test_a_room_never_imports_another_room():
    broken = []
    for path in sources("app"):
        room = room_of(module_name(path))
        for line, name in imported(path):
            other = room_of(name)
            if other is not None and room is not None and other != room:
                broken.append(f"{path}:{line} {room} imports {name}")
    assert not broken, "\n".join(broken)


def test_the_tour_has_hands_and_no_service():
    """It plays the story by key and mouse: what it could not do as a person does, it cannot do."""
    parts = ("app.services", "app.store", "app.reports", "db")
    broken = [
        f"{path}:{line} imports {name}"
        for path in sources("app")
        if path.parts[:3] == ("app", "ui", "tour")
        for line, name in imported(path)
        if name.startswith(parts)
    ]
    assert not broken, "\n".join(broken)
    for path in (ROOT / "app" / "ui" / "tour").glob("*.py"):
        called = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
        }
        assert not called & {"ask", "act", "services", "_services"}, path.name


def room_of(name: str) -> str | None:
    """The room a module lives in, None for the shared parts of the ui."""
    parts = name.split(".")
    if parts[:2] != ["app", "ui"] or len(parts) < 3 or parts[2] == "widgets":
        return None
    return parts[2] if (ROOT / "app" / "ui" / parts[2]).is_dir() else None


def test_there_are_no_star_imports():
    broken = [
        f"{path}:{line} {name}"
        for path in sources("app", "db", "tests", "packaging")
        for line, name in imported(path)
        if name.endswith(".*")
    ]
    assert not broken, "\n".join(broken)


def test_the_clock_is_an_argument():
    """Only the joiners ask the machine for the time; everybody else is handed a clock."""
    broken = []
    for path in sources("app", "db"):
        if module_name(path) in JOINERS:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                call = ast.unparse(node.func)
                if call in {"dt.datetime.now", "datetime.now", "dt.date.today", "date.today", "time.time"}:
                    broken.append(f"{path}:{node.lineno} {call}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    "entry", ["app.cli", "app.commandline", "app.main", "app.services.bundle", "app.ui.window"]
)
def test_heavy_packages_are_not_loaded_before_they_are_used(entry):
    if Path(*entry.split(".")).with_suffix(".py") not in tracked():
        pytest.fail(f"{entry} is not there")
    code = f"import json, sys, {entry}; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loaded = set(json.loads(run.stdout.splitlines()[-1]))
    assert not [name for name in LATE if name in loaded]


def test_the_reader_of_imports_sees_late_relative_and_star_imports(monkeypatch):
    code = "import os.path\ndef late():\n    from ..store import database\n    from PySide6.QtCore import *\n"
    monkeypatch.setattr("tests.house.tree_of", lambda _: ast.parse(code))
    seen = [name for _, name in imported.__wrapped__(Path("app/ui/desk/page.py"))]
    assert sorted(seen) == ["PySide6.QtCore.*", "app.ui.store.database", "os.path"]
    assert not LAW["ui"] >= {part_of("app.store.database")}
