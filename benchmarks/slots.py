"""Goal: free times of a session over 20 trainers, 30 venues and 20 working days, against a raw read of the claims.

The organisation is one of its own: 200,000 sessions in ten years, all led by the twenty in the thirty rooms.
"""

import datetime as dt
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg

from benchmarks.measure import Line, middle_ratio, race
from benchmarks.people_import import fresh
from benchmarks.place import Place
from benchmarks.rows import Scale, Size
from benchmarks.scale import _fill_file, _fill_server, this_monday
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning.slots import search_for
from trainer_desk.services.rows.directory import Directory, QualificationRow
from trainer_desk.services.rows.schedule import BlockRow, SessionCard
from trainer_desk.services.rules.slot_wishes import Wish, days_of
from trainer_desk.services.rules.times import week_bounds
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import PRAGMAS

TRAINERS, VENUES, DAYS = 20, 30, 20
BUSY = Size(people=10_000, courses=100, items=100_000, sessions=200_000, weeks=522, trainers=TRAINERS, venues=VENUES)
RAW = "SELECT resource_id, starts_at, ends_at FROM claims WHERE starts_at > ? AND starts_at < ? AND resource_id IN ({})"


def lines(place: Place) -> Iterator[Line]:
    """Yield the next ten free times, one on the last day behind closed ones and, without a goal, behind taken ones."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        store = fresh(place, Path(made), stack, count())
        driver = stack.enter_context(closing(_fill(place, store)))
        directory = _all_teach(store.read(load_directory))
        wish = _wish(place, directory)
        floor = _floor(place, driver, wish, directory)
        closed = BlockRow(0, None, wish.earliest, days_of(wish, directory)[-1][1][0], "Closed")
        assert len(store.read(search_for, wish, directory).slots) == 10
        yield _line(
            f"next free times, {len(floor())} claims", place, lambda: store.read(search_for, wish, directory), floor
        )
        late = replace(wish, limit=1)
        assert store.read(search_for, late, directory, [closed]).slots
        yield _line("one on the last day", place, lambda: store.read(search_for, late, directory, [closed]), floor)
        rooms = [replace(closed, resource_id=key) for key in directory.venues]
        assert store.read(search_for, late, directory, rooms).slots
        yield _line(
            "the same, all rooms taken", place, lambda: store.read(search_for, late, directory, rooms), floor, None
        )


def _line(
    name: str, place: Place, ours: Callable[[], object], floor: Callable[[], object], at_most: float | None = 3
) -> Line:
    own, raw = race([ours, floor])
    middles = statistics.median(own), statistics.median(raw)
    return Line(name, place.dialect, *middles, middle_ratio(own, raw), at_most, floor_is="driver, the claims")


def _fill(place: Place, store: Store) -> "sqlite3.Connection | psycopg.Connection[tuple[object, ...]]":
    scale = Scale(BUSY, this_monday())
    if place.is_file:
        file = sqlite3.connect(str(store.url.database), isolation_level=None)
        _fill_file(file, scale)
        for pragma in PRAGMAS:
            file.execute(f"PRAGMA {pragma}")
        return file
    server = psycopg.connect(
        store.url.set(drivername="postgresql").render_as_string(hide_password=False),
        autocommit=True, options="-c timezone=UTC",
    )  # fmt: skip
    _fill_server(server, scale)
    server.execute("VACUUM ANALYZE")
    return server


def _wish(place: Place, directory: Directory) -> Wish:
    course = next(iter(directory.courses.values()))
    session = SessionCard(
        0, "", course.id, None, SessionStatus.DRAFT, None, None, None, None, (), (), None, 0, 1,
    )  # fmt: skip
    return Wish(session, dt.timedelta(minutes=course.duration_minutes), place.instant(0), DAYS, 10)


def _floor(place: Place, driver: object, wish: Wish, directory: Directory) -> Callable[[], list[object]]:
    days = days_of(wish, directory)
    since, until = week_bounds(days[0][0], directory.settings.zone)[0], days[-1][1][1]
    resources = sorted({*directory.trainers, *directory.venues})
    statement = RAW.format(", ".join("?" * len(resources)))
    asked = [place.stored(since), place.stored(until), *resources]
    marked = statement if place.is_file else statement.replace("?", "%s")
    return lambda: driver.execute(marked, asked).fetchall()  # type: ignore[attr-defined]


def _all_teach(directory: Directory) -> Directory:
    """Have all trainers teach the first course."""
    course_id = next(iter(directory.courses))
    held = {(key, course_id): (QualificationRow(key, course_id),) for key in directory.trainers}
    return replace(directory, qualifications=held)
