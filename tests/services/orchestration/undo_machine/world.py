"""A small organisation in which nearly everything can be done to sessions, runs, people and resources."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from tests.factories import (
    at,
    make_block,
    make_course,
    make_draft,
    make_enrollment,
    make_equipment,
    make_person,
    make_run,
    make_run_member,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Course, Person, Resource, Run, Session
from trainer_desk.models.enums import EnrollmentState, ResourceKind, WaitlistMode
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 12:00")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PEOPLE = ("ann", "bo", "cy", "di", "eve", "fay", "gus")
FIRST = at("2026-07-06 09:00")
"""Monday; the sessions stand on this day and the following ones."""


@dataclass(frozen=True)
class Ids:
    """What there is, by kind."""

    sessions: list[int]
    people: list[int]
    courses: list[int]
    trainers: list[int]
    venues: list[int]
    equipment: list[int]
    runs: list[int]

    @classmethod
    def read(cls, store: Store) -> "Ids":
        """Read the ids; sessions come and go, the others stay."""
        with store.reading() as db:

            def ids(query: sa.Select[tuple[int]]) -> list[int]:
                return list(db.execute(query).scalars())

            kinds = {kind: ids(sa.select(Resource.id).where(Resource.kind == kind.value)) for kind in ResourceKind}
            return cls(
                ids(sa.select(Session.id).order_by(Session.id)),
                ids(sa.select(Person.id).order_by(Person.id)),
                ids(sa.select(Course.id).order_by(Course.id)),
                kinds[ResourceKind.TRAINER],
                kinds[ResourceKind.VENUE],
                kinds[ResourceKind.EQUIPMENT],
                ids(sa.select(Run.id).order_by(Run.id)),
            )


def furnish(store: Store) -> None:
    """Write the organisation: three trainers, a hall of two parts and a room, a capped and a closed run, full days."""
    with prepared(store) as db:
        people = [make_person(db, name, employee_no=name) for name in PEOPLE]
        fire, aid = make_course(db, "FIRE"), make_course(db, "AID", overlap_policy="warn")
        trainers = [make_trainer(db, code, courses=[fire, aid]) for code in ("TOM", "UTE", "VAL")]
        hall, room = make_venue(db, "HALL"), make_venue(db, "ROOM", turnaround_minutes=15)
        part = make_venue(db, "PART", part_of=hall)
        make_venue(db, "OTHER", part_of=hall)
        beamer = make_equipment(db, "BEAMER")
        capped, closed = make_run(db, "CAP", course=fire, max_people=3), make_run(db, "CLUB", members_only=True)
        for person in people[:2]:
            make_run_member(db, closed, person)
        usual = {"capacity": 2, "waitlist": WaitlistMode.ENROL}
        days = [
            make_scheduled(
                db, ref=f"S{n}", course=fire, trainer=trainers[n % 3], venue=(room, part)[n % 2],
                starts_at=FIRST + n * DAY, **usual, **more,
            )
            for n, more in enumerate(({"equipment": [beamer]}, *({"run_id": run} for run in (capped, capped, closed))))
        ]  # fmt: skip
        make_scheduled(
            db, ref="S4", course=aid, trainer=trainers[1], venue=hall, starts_at=FIRST + HOUR / 2,
            co_trainers=[trainers[2]], **usual,
        )  # fmt: skip
        make_draft(db, ref="S5", course=fire, trainer=trainers[0], venue=room, starts_at=FIRST + 7 * DAY, capacity=4)
        make_draft(db, ref="S6", course=aid)
        make_block(db, trainers[0], FIRST + 8 * DAY, FIRST + 9 * DAY)
        for session, wanted in ((days[0], people[:2]), (days[1], people[2:4]), (days[3], people[:1])):
            for person in wanted:
                make_enrollment(db, session, person)
        make_enrollment(db, days[0], people[4], EnrollmentState.WAITLISTED)
