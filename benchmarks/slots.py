"""Goal: free times of a session over 20 trainers, 30 venues and 20 working days, against a raw read of the claims."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning.slots import search_for
from trainer_desk.services.rows.directory import Directory, QualificationRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.slots import SlotAnswer
from trainer_desk.services.rules.slot_wishes import Wish, days_of
from trainer_desk.services.rules.times import week_bounds

TRAINERS, VENUES, DAYS = 20, 30, 20
RAW = "SELECT resource_id, starts_at, ends_at FROM claims WHERE starts_at > ? AND starts_at < ? AND resource_id IN ({})"


def goals(place: Place) -> Iterator[Goal]:
    """Yield the next ten free times, and all that there are, from the Monday in the middle on."""
    directory = _small(place.store.read(load_directory))
    course_id = next(iter(directory.courses))
    session = SessionCard(
        0, "", course_id, None, SessionStatus.DRAFT, None, None, None, None, (), (), None, 0, 1,
    )  # fmt: skip
    length = dt.timedelta(minutes=directory.courses[course_id].duration_minutes)
    ten = Wish(session, length, place.instant(0), DAYS, 10)
    zone, days = directory.settings.zone, days_of(ten, directory)
    since, until = week_bounds(days[0][0], zone)[0], days[-1][1][1] + dt.timedelta(days=2)
    leaves = {leaf for row in directory.venues.values() for leaf in row.leaf_ids}
    resources = sorted({*directory.trainers, *leaves})
    statement = RAW.format(", ".join("?" * len(resources)))
    asked = [place.stored(since), place.stored(until), *resources]

    def searching(wish: Wish) -> SlotAnswer:
        return place.store.read(search_for, wish, directory)

    def floor() -> list[tuple[object, ...]]:
        return place.rows(statement, asked)

    assert len(searching(ten).slots) == 10
    print(len(floor()), "claims")
    yield Goal(
        f"next free times, {TRAINERS} × {VENUES} × {DAYS} days", lambda: searching(ten), floor, at_most=3,
        floor_is="driver, the claims",
    )  # fmt: skip
    every = replace(ten, limit=None)
    yield Goal("every free time of them", lambda: searching(every), floor, floor_is="driver, the claims")


def _small(directory: Directory) -> Directory:
    """Leave twenty trainers, who may all teach one course, and thirty venues."""
    course = next(row for row in directory.courses.values() if row.active)
    trainers = dict(list(directory.trainers.items())[:TRAINERS])
    venues = dict([(key, row) for key, row in directory.venues.items() if len(row.leaf_ids) == 1][:VENUES])
    held = {(key, course.id): (QualificationRow(key, course.id),) for key in trainers}
    return replace(
        directory, courses={course.id: course}, trainers=trainers, venues=venues, qualifications=held, equipment={}
    )
