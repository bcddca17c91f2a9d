"""Runs the goals and prints one table: ours, the floor, their ratio, the goal, and the growth from a tenth."""

import argparse
import os
import platform
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

from benchmarks import (
    board,
    certificates,
    clone,
    compliance,
    conflict,
    history,
    hours,
    journal,
    matrix,
    memory,
    migration_check,
    people_import,
    picker,
    refresh,
    reports,
    roster,
    seats,
    single_write,
    slots,
    start,
    table_scroll,
    wall_chart,
    week_view,
)
from benchmarks.measure import Goal, Line, line_of, table
from benchmarks.place import Place, opened
from benchmarks.scale import DIALECTS, cache_folder
from benchmarks.server import kept_server

ON_DATABASES: dict[str, Callable[[Place], Iterator[Goal]]] = {
    "board": board.goals,
    "clone": clone.goals,
    "conflict": conflict.goals,
    "history": history.goals,
    "hours": hours.goals,
    "journal": journal.goals,
    "matrix": matrix.goals,
    "migration_check": migration_check.goals,
    "picker": picker.goals,
    "reports": reports.goals,
    "roster": roster.goals,
    "single_write": single_write.goals,
}
ON_ONE_DATABASE: dict[str, Callable[[Place], Iterator[Line]]] = {
    "certificates": certificates.lines,
    "compliance": compliance.lines,
    "matrix_frame": matrix.lines,
    "people_import": people_import.lines,
    "refresh": refresh.lines,
    "seats": seats.lines,
    "slots": slots.lines,
    "start": start.lines,
    "wall_chart": wall_chart.lines,
    "week_view": week_view.lines,
    "table_scroll": table_scroll.lines,
}
ON_REQUEST: dict[str, Callable[[Place], Iterator[Line]]] = {"memory": memory.lines}
"""What takes hours, and is measured only where it is named."""


def main() -> None:
    """Build what is missing, race everything that was asked for, and print the table."""
    given = _arguments()
    cache = cache_folder(given.cache)
    dialects = [given.dialect] if given.dialect else list(DIALECTS)
    wanted = given.only or [*ON_DATABASES, *ON_ONE_DATABASE]
    lines: list[Line] = []
    with kept_server(cache, "postgresql" in dialects) as server, ExitStack() as stack:
        for dialect in dialects:
            sizes = ["small", "full"] if given.size == "full" else ["small"]
            places = [stack.enter_context(opened(dialect, size, cache, server)) for size in sizes]
            for name in wanted:
                if name in ON_DATABASES:
                    lines += _lines(ON_DATABASES[name], places)
                else:
                    lines += _told({**ON_ONE_DATABASE, **ON_REQUEST}[name](places[-1]))
    print(f"\n{_machine()}\n\n{table(lines)}")


def _lines(make: Callable[[Place], Iterator[Goal]], places: list[Place]) -> Iterator[Line]:
    goals = [list(make(place)) for place in places]
    tenths = {goal.name: goal for goal in goals[0]} if len(places) > 1 else {}
    for goal in goals[-1]:
        yield from _told([line_of(goal, places[-1].dialect, tenths.get(goal.name))])


def _told(lines: Iterable[Line]) -> Iterator[Line]:
    """Say each line as soon as it is known."""
    for line in lines:
        print(f"{line.where} {line.name}: {line.ratio:.2f} {line.verdict}", flush=True)
        yield line


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", choices=("small", "full"), default="full", help="small: quick, and without growth")
    names = sorted({**ON_DATABASES, **ON_ONE_DATABASE, **ON_REQUEST})
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names)
    parser.add_argument("--dialect", choices=DIALECTS)
    parser.add_argument("--cache", help="folder that keeps the databases")
    return parser.parse_args()


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
