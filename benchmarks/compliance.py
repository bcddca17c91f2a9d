"""Goal: the compliance of everybody made anew, 20 rules for 100,000 people, against one bulk statement of its rows.

Both write into an empty table and are taken back, so that every round finds the same.
"""

import datetime as dt
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.measure import Line, middle_ratio, race
from benchmarks.people_import import WRITTEN, fresh, invented, stored
from benchmarks.place import Place
from benchmarks.rows import FULL, TENTH
from benchmarks.scale import this_monday
from trainer_desk.models import Course, Person, Requirement
from trainer_desk.services.people.compliance import made_items, recompute
from trainer_desk.services.people.compliance_facts import ITEMS, ROW
from trainer_desk.services.store.bulk import upsert
from trainer_desk.services.store.engine import Store

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
        yield Line(name, place.dialect, *middles, ratio, 3, floor_is="same rows, one bulk statement")


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
    with store.writing("floor") as unit:
        if not store.is_file:
            unit.db.execute(sa.text("SET LOCAL statement_timeout = 0"))
        upsert(unit.db, ITEMS, ("course_id", "person_id", *ROW), ("course_id", "person_id"), rows)
        unit.discard()
