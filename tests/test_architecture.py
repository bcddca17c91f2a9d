"""The house keeps its shape: who may import whom, who commits, how long things get, and what is never committed."""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trainer_desk.services.rights import RIGHTS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "trainer_desk"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "widgets"}
FOR_RULES = ("trainer_desk.services.rules", "trainer_desk.services.rows")
LEAVES = ("trainer_desk.services.findings", "trainer_desk.services.errors", "trainer_desk.models.enums")
HEAVY = ("PySide6", "shiboken6", "sqlalchemy", "psycopg", "alembic")


def offenders(look: Callable[[Path], object], paths: list[Path] = FILES) -> dict[str, object]:
    """Give what `look` finds wrong in each file, by the file's name."""
    found = {str(path.relative_to(SOURCE)): look(path) for path in paths}
    return {name: wrong for name, wrong in found.items() if wrong}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Yield every module that the file names in an import, also inside functions; `from a import b` as `a.b`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> list[Path]:
    """List what a checkout holds; where there is no git, every file that is not made by running something."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        inside = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        made = ("__pycache__", ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis")
        return [ROOT / path for path in inside if not set(made) & set(path.parts)]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_only_the_store_commits() -> None:
    outside = [path for path in FILES if not path.is_relative_to(SOURCE / "services" / "store")]
    assert not offenders(lines_that_end_a_transaction, outside)


def lines_that_end_a_transaction(path: Path) -> list[int]:
    calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if isinstance(call, ast.Attribute) and call.attr in {"commit", "rollback"}]


def test_rules_and_rows_are_pure() -> None:
    """They know plain values and each other, nothing that has a state, a screen or a database."""
    pure = [path for path in FILES if path.parent.name in {"rules", "rows"}]
    assert pure
    assert not offenders(lambda path: [name for name in imports_of(path) if not is_pure(name)], pure)


def is_pure(name: str) -> bool:
    if name.startswith("trainer_desk"):
        return name.startswith((*FOR_RULES, *LEAVES))
    if name.startswith("dateutil.rrule"):  # plain days from plain rules
        return True
    return name.split(".", 1)[0] in sys.stdlib_module_names - {"sqlite3", "socket", "subprocess", "threading"}


def test_files_stay_short() -> None:
    assert not offenders(lambda path: max(0, len(path.read_text(encoding="utf-8").splitlines()) - LONGEST_FILE))


def test_functions_stay_short() -> None:
    assert not offenders(long_functions)


def long_functions(path: Path) -> dict[str, int]:
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = {one.name: (one.end_lineno or 0) - one.lineno + 1 for one in functions}
    return {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION}


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    assert not offenders(
        lambda path: None if opening_of(path).endswith((".", "!", "?")) else opening_of(path) or "none"
    )


def opening_of(path: Path) -> str:
    return (ast.get_docstring(tree_of(path)) or "").split("\n\n", 1)[0]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not offenders(lambda path: VAGUE & {path.stem, *path.relative_to(SOURCE).parts})


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_neither_qt_nor_the_database(option: str) -> None:
    program = (
        "import json, runpy, sys\n"
        f"sys.argv = ['trainer-desk', {option!r}]\n"
        "try:\n"
        "    runpy.run_module('trainer_desk', run_name='__main__', alter_sys=True)\n"
        "except SystemExit as end:\n"
        "    print(json.dumps([end.code, sorted(sys.modules)]), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code in (0, None)
    assert done.stdout.strip()
    assert not [name for name in modules if name.split(".", 1)[0] in HEAVY]


def test_a_start_loads_the_window_before_the_database() -> None:
    """Views paint first; whoever imports their door must not pay for SQLAlchemy."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, trainer_desk.views.theme; print('sqlalchemy' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_requirements_name_versions_and_no_addresses() -> None:
    lines = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.\-\[\]]+==[\w.]+( *;.*)?", line)]
    assert not wrong
    assert not [line for line in lines if "://" in line]


def test_no_lock_file_is_tracked() -> None:
    assert not [path.name for path in tracked() if path.name in {"uv.lock", "pylock.toml", "poetry.lock"}]


def test_nothing_tracked_names_a_path_of_somebodys_machine() -> None:
    machine = re.compile(rb"/ho" rb"me/\w|/ro" rb"ot/\w|/wo" rb"rk/\w|/Us" rb"ers/\w|[A-Z]:\\Us" rb"ers")
    texts = {path: path.read_bytes() for path in tracked()}
    found = [str(path.relative_to(ROOT)) for path, text in texts.items() if b"\0" not in text and machine.search(text)]
    assert not found


def test_the_set_up_needs_the_standard_library_only() -> None:
    foreign = {name.split(".", 1)[0] for name in imports_of(ROOT / "dev.py")} - sys.stdlib_module_names
    assert not foreign


def test_the_version_is_written_in_one_place() -> None:
    assert "version" not in re.findall(r"(?m)^(\w+) *=", (ROOT / "pyproject.toml").read_text().split("[project.", 1)[0])


def verbs() -> Iterator[str]:
    """Yield every write verb: `verb(db, …, *, actor, now)`, or what opens a transaction by `Store.perform` itself."""
    for path in sorted((SOURCE / "services").rglob("*.py")):
        room = ".".join(path.relative_to(SOURCE / "services").with_suffix("").parts)
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            named = {argument.arg for argument in node.args.kwonlyargs}
            calls = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
            if named >= {"actor", "now"} or ("actor" in named and "perform" in calls):
                yield f"{room}.{node.name}"


def test_the_table_of_rights_names_every_write_verb_and_nothing_else() -> None:
    """Whoever adds a verb decides in services/rights.py who may do it; see docs/adr/012."""
    known = set(verbs())
    assert sorted(known - set(RIGHTS)) == [], "nobody decided who may do these: add them to services/rights.py"
    assert sorted(set(RIGHTS) - known) == [], "these rows of services/rights.py name nothing"
