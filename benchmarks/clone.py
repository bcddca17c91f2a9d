"""Goal: a run of twenty days made again, preview and all, in at most ten statements a day."""

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.directory import load_directory
from trainer_desk.services.orchestration.repeating import clone_run, preview_clone
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.rows.repeating import CloneWish
from trainer_desk.services.rules.times import local

DAYS, AT_MOST = 20, 10


def goals(place: Place) -> Iterator[Goal]:
    """Yield preview and clone of a run, thrown away at the end, and say how many statements they took."""
    directory = place.store.read(load_directory)
    course, trainer, venue = (next(iter(rows)) for rows in (directory.courses, directory.trainers, directory.venues))
    first = place.instant(0)

    def cloning() -> int:
        counted: list[int] = []

        def count(*_args: object) -> None:
            counted.append(1)

        with place.store.writing("Benchmark") as unit:
            unit.discard()
            more = {"actor": unit.actor, "now": unit.now}
            run = create_run(unit.db, "BENCHMARK", {"course_id": course}, **more)
            for day in range(DAYS):
                begins = first + dt.timedelta(days=day)
                span = {"starts_at": begins, "ends_at": begins + dt.timedelta(hours=1)}
                plan = {"course_id": course, "trainer_id": trainer, "venue_id": venue, "run_id": run}
                create_draft(unit.db, plan | span, **more)
            day = local(first, directory.settings.zone).date() + dt.timedelta(days=28)
            wish = CloneWish(day, run_id=run, publish=True)
            connection = unit.db.connection()
            sa.event.listen(connection, "before_cursor_execute", count)
            preview_clone(unit.db, wish, now=unit.now)
            clone_run(unit.db, wish, **more)
            sa.event.remove(connection, "before_cursor_execute", count)
        return len(counted)

    def rehearsing() -> int:
        with place.store.reading() as connection:
            found = preview_clone(connection, CloneWish(dt.date(2026, 12, 7), session_id=1), now=first)
        return len(found)

    statements = cloning()
    print(f"{statements} statements for {DAYS} days, {statements / DAYS:.1f} a day (at most {AT_MOST})")
    assert statements <= AT_MOST * DAYS
    yield Goal(f"a run of {DAYS} days again, with preview", cloning, rehearsing, floor_is="the preview alone")
