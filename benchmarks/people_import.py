"""Goal: 100,000 people from a file, validated and searchable, against the same statement with ready-made values."""

import csv
import shutil
import statistics
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measure import Line, middle_ratio, race
from benchmarks.place import Place
from benchmarks.rows import FULL, TENTH, Scale
from benchmarks.scale import ZONE, this_monday
from tests.postgres_server import drop_postgres_database, make_postgres_database, url_of
from trainer_desk.services.exchange.importing.people import PEOPLE
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.people.search_index import search_index_at_once
from trainer_desk.services.rules.names import person_keys
from trainer_desk.services.store.bulk import upsert
from trainer_desk.services.store.engine import Store, create_store, open_store

HEADERS = ("employee_no", "name", "department", "site", "job_role", "manager_no", "email", "phone")
WRITTEN = (*HEADERS, "intake_on", "active", "search", "sort_name", "created_at", "updated_at")
ROUNDS = 5


def lines(place: Place) -> Iterator[Line]:
    """Yield the import against the bare statement, and against the database's own program into a bare table."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        people = invented(FULL if place.size == "full" else TENTH)
        file = folder / "people.csv"
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([HEADERS, *people])
        organisation = partial(fresh, place, folder, stack, count())
        statement_rows = [stored(row, place.is_file) for row in people]
        ready = [organisation() for _ in range(2 * ROUNDS + 4)]
        works = [partial(_import, ready, file), partial(_statement, ready, statement_rows)]
        if shutil.which("sqlite3" if place.is_file else "psql"):
            works.append(partial(_tool, place, folder, file, count()))
        ours, floor, *tool = race(works, ROUNDS)
        name = "people import, 100,000 rows"
        yield _line(place, name, ours, floor, 1.5, "same statement, same triggers")
        if tool:
            yield _line(place, f"{name} (tool)", ours, tool[0], None, "own program, bare table")


def _line(place: Place, name: str, ours: list[float], floor: list[float], at_most: float | None, floor_is: str) -> Line:
    middles = statistics.median(ours), statistics.median(floor)
    return Line(name, place.dialect, *middles, middle_ratio(ours, floor), at_most, floor_is=floor_is)


def invented(size: Any) -> list[tuple[str, ...]]:
    """Return the people of a size as the rows of a file."""
    rows = next(rows for table, _columns, rows in Scale(size, this_monday()).tables() if table == "people")
    return [(str(row[1]), str(row[2]), str(row[3]), str(row[4]), "Operator", "", f"{row[1]}@example.org", "")
            for row in rows]  # fmt: skip


def stored(row: tuple[str, ...], is_file: bool) -> tuple[Any, ...]:
    """Return a person in the driver's form, in the order of `WRITTEN`."""
    stamp = f"{this_monday().isoformat()}T08:00:00Z"
    plain = [value or None for value in row]
    return (*plain, None, 1 if is_file else True, *person_keys(row[0], row[1], row[2]), stamp, stamp)


def fresh(place: Place, folder: Path, stack: ExitStack, numbers: Iterator[int]) -> Store:
    """Open an empty organisation of its own."""
    template = folder / "template.desk"
    if place.is_file:
        if not template.exists():
            create_store(str(template), zone=ZONE).close()
        path = folder / f"{next(numbers)}.desk"
        shutil.copyfile(template, path)
        store = open_store(str(path))
    else:
        name = f"import_{uuid.uuid4().hex}"
        make_postgres_database(place.address, name, "template0")
        stack.callback(drop_postgres_database, place.address, name)
        create_store(url_of(place.address, name), zone=ZONE).close()
        store = open_store(url_of(place.address, name))
    stack.callback(store.close)
    return store


def _import(ready: list[Store], file: Path) -> None:
    report = import_file(ready.pop(), "people", file)
    assert not report.refused


def _statement(ready: list[Store], rows: list[tuple[Any, ...]]) -> None:
    """Write ready-made values by the import's own statement, in one change."""
    with ready.pop().writing("floor") as unit, search_index_at_once(unit.db, len(rows)):
        upsert(unit.db, PEOPLE, WRITTEN, ("employee_no",), rows)


def _tool(place: Place, folder: Path, file: Path, numbers: Iterator[int]) -> None:
    """Load the file as it is with the database's own program into a table with a unique number and an index."""
    table = f"bare_{uuid.uuid4().hex}"
    columns = ", ".join(f"{name} text" for name in HEADERS)
    make = f"CREATE TABLE {table} ({columns}, UNIQUE (employee_no)); CREATE INDEX {table}_n ON {table} (name)"
    if place.is_file:
        bare = folder / f"bare-{next(numbers)}.db"
        command = ["sqlite3", str(bare), "PRAGMA journal_mode = WAL", make, f".import --csv --skip 1 {file} {table}"]
    else:
        copy = f"\\copy {table} FROM '{file}' WITH (FORMAT csv, HEADER)"
        command = ["psql", "-qX", place.address, "-c", make, "-c", copy, "-c", f"DROP TABLE {table}"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
