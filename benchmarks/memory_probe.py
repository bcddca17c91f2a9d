"""One command in a process of its own, which says at its end how much memory was resident at its peak.

    python -m benchmarks.memory_probe ANSWER base MODULE…
    python -m benchmarks.memory_probe ANSWER desk WORDS…
    python -m benchmarks.memory_probe ANSWER people DATABASE FILE
    python -m benchmarks.memory_probe ANSWER matrix DATABASE FILE COURSES

The number of bytes goes to the file ANSWER; what the command prints is its own. Nothing is imported that the command
does not import itself.
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> int:
    """Do what is asked for and tell the peak."""
    answer, what, *words = sys.argv[1:]
    code = WORKS[what](*words)
    Path(answer).write_text(str(_peak()))
    return code


def _base(*modules: str) -> int:
    for module in modules:
        import_module(module)
    return 0


def _desk(*words: str) -> int:
    from trainer_desk.cli.main import main as command_line  # noqa: PLC0415

    return command_line(words)


def _people(database: str, file: str) -> int:
    """Save everybody as the window's list does; its widgets are not what is measured."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from trainer_desk.services.exchange.table_out import PLAIN, Table, save  # noqa: PLC0415
    from trainer_desk.services.store.engine import open_store  # noqa: PLC0415

    store = open_store(database)
    head = ("employee_no", "name", "department", "site", "job_role", "email", "phone", "not_compliant")
    with store.snapshot() as db:
        save(Path(file), Table(head, _everybody(db)), ZoneInfo("UTC"), PLAIN)
    store.close()
    return 0


def _everybody(db: Any) -> Iterator[list[Any]]:
    from trainer_desk.services.people.people_list import list_people  # noqa: PLC0415
    from trainer_desk.services.rows.catalogue import Asked  # noqa: PLC0415

    asked: Any = Asked()
    while True:
        page = list_people(db, asked)
        for thing in page.things:
            values = thing.values
            place = values["department"], values["site"], values["job_role"]
            yield [thing.key, thing.name, *place, values["email"], values["phone"], thing.notes["red"]]
        if page.after is None:
            return
        asked = Asked(after=page.after)


def _matrix(database: str, file: str, courses: str = "100") -> int:
    """Save the matrix of so many courses as the window does; the command line knows one course, or all."""
    from trainer_desk.services.clock import Clock  # noqa: PLC0415
    from trainer_desk.services.exchange.matrix import save_matrix  # noqa: PLC0415
    from trainer_desk.services.rows.matrix import MatrixAsked  # noqa: PLC0415
    from trainer_desk.services.store.engine import open_store  # noqa: PLC0415
    from trainer_desk.texts.matrix import cell_word  # noqa: PLC0415

    today = Clock().now().date()
    store = open_store(database)
    with store.snapshot() as db:
        save_matrix(db, Path(file), MatrixAsked(today, today, courses=tuple(range(1, int(courses) + 1))), cell_word)
    store.close()
    return 0


WORKS: dict[str, Callable[..., int]] = {"base": _base, "desk": _desk, "people": _people, "matrix": _matrix}


def _peak() -> int:
    """Return the most bytes that were resident; not by getrusage, which counts those of whoever started us, too."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise OSError("this system does not tell")


if __name__ == "__main__":
    sys.exit(main())
