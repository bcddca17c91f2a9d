"""Goal: the compliance of everybody made anew, 20 rules for 100,000 people, against one bulk statement of its rows.

Both write into an empty table and are taken back, so that every round finds the same.
"""

import datetime as dt
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from benchmarks.measure import Line, middle_ratio, race
from benchmarks.people_import import WRITTEN, fresh, invented, stored
from benchmarks.place import Place
from benchmarks.rows import FULL, TENTH
from benchmarks.scale import this_monday
from trainer_desk.models import Course, Person, Requirement
from trainer_desk.services.people.compliance import made_items, recompute
from trainer_desk.services.people.compliance_facts import ROW
from trainer_desk.services.store.bulk import upsert
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import PRAGMAS

COLUMNS = ("course_id", "person_id", *ROW)
RULES = 20
ROUNDS = 3
PLACED = 400
"""People took up their places on so many different days."""


def lines(place: Place) -> Iterator[Line]:
    """Yield the recomputing of everybody."""
    size = FULL if place.size == "full" else TENTH
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        store = fresh(place, Path(made), stack, count())
        _fill(store, [stored(row, place.is_file) for row in invented(size)])
        with store.reading() as db:
            ready = [
                (course, person, *row)
                for items, _known in made_items(db)
                for course, people in items.items()
                for person, row in people.items()
            ]
        assert len(ready) == RULES * size.people
        ours, floor = race([partial(_recompute, store), partial(_statement, store, ready)], ROUNDS)
        middles = statistics.median(ours), statistics.median(floor)
        name = f"compliance, {size.people:,} people × {RULES} rules"
        ratio = middle_ratio(ours, floor)
        yield Line(name, place.dialect, *middles, ratio, 3, floor_is="driver, same rows, one statement")


def _fill(store: Store, people: list[tuple[Any, ...]]) -> None:
    """Make people, courses and one rule for each course; half of the rules grant days of grace."""
    now = dt.datetime.now(dt.UTC)
    stamp = {"created_at": now, "updated_at": now}
    with store.writing("Filled") as unit:
        db = unit.db
        upsert(db, sa.inspect(Person).local_table, WRITTEN, ("employee_no",), people)
        days = [this_monday() - dt.timedelta(days=number) for number in range(PLACED)]
        moved = sa.update(Person).where(Person.id % PLACED == sa.bindparam("rest"))
        placed = moved.values(placed_on=sa.bindparam("day", type_=Person.placed_on.type), version=Person.version + 1)
        rows = [{"rest": number, "day": day} for number, day in enumerate(days)]
        db.connection().execute(placed, rows)
        courses = [{"code": f"C{number}", "title": "Course", "short_code": "C", **stamp} for number in range(RULES)]
        db.execute(sa.insert(Course), courses)
        for number, course in enumerate(db.scalars(sa.select(Course.id).order_by(Course.id)).all()):
            rule = {"course_id": course, "since": this_monday(), "grace_days": 30 if number % 2 else None}
            db.execute(sa.insert(Requirement).values(rule | stamp))


def _recompute(store: Store) -> None:
    with store.writing("ours") as unit:
        recompute(unit.db)
        unit.discard()


def _statement(store: Store, rows: list[tuple[Any, ...]]) -> None:
    """Write ready-made rows by the bare driver: one INSERT for all in a file, one COPY on a server."""
    if store.is_file:
        marks = ", ".join("?" * len(COLUMNS))
        with closing(sqlite3.connect(str(store.url.database), isolation_level=None)) as db:
            for pragma in PRAGMAS:
                db.execute(f"PRAGMA {pragma}")
            db.execute("BEGIN IMMEDIATE")
            db.executemany(f"INSERT INTO compliance_items ({', '.join(COLUMNS)}) VALUES ({marks})", rows)
            db.execute("ROLLBACK")
        return
    address = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(address)) as server, server.cursor() as cursor:
        with cursor.copy(f"COPY compliance_items ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        server.rollback()
