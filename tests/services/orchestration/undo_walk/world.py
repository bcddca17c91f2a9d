"""An organisation of which every page has something, furnished by the program's own verbs."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.factories import (
    at,
    make_attachment,
    make_block,
    make_checklist_item,
    make_course,
    make_draft,
    make_enrollment,
    make_equipment,
    make_group,
    make_hold,
    make_intake,
    make_people,
    make_record,
    make_request,
    make_requirement,
    make_run,
    make_run_member,
    make_scheduled,
    make_session_checklist_item,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Attendance, EnrollmentState, Role, SessionStatus, WaitlistMode
from trainer_desk.services.accounts import logins
from trainer_desk.services.orchestration import attending, completing, scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.planning import holidays
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 12:00")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
FIRST = at("2026-07-06 09:00")
"""Monday; what is coming stands on this day and the following ones."""


@dataclass
class World:
    """What there is, by its id; `people[0]` is whoever runs the test."""

    store: Store
    folder: Path
    people: list[int]
    course: int
    other_course: int
    ann: int
    bo: int
    room: int
    hall: int
    beamer: int
    full: int
    """Scheduled on Monday: two of two seats taken, one waits."""
    roomy: int
    """Scheduled on Tuesday, with a hold and a group; the first person has a seat."""
    offering: int
    """Scheduled on Wednesday: a seat is offered to the first person."""
    draft: int
    bare: int
    cancelled: int
    gone: int
    running: int
    """In progress since this morning, one of two marked, one of them in the room."""
    held: int
    """Completed yesterday, with a certificate."""
    run: int
    day: int
    """The scheduled day of the run, a week later."""
    hold: int
    group: int
    item: int
    course_items: list[int]
    file: int
    record: int
    intake: int
    rule: int
    request: int
    leave: int
    holiday: int

    def do(self, verb: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Write something that a scene needs before its own deed."""
        return self.store.write("Prepared", verb, *arguments, **named).value

    def one(self, query: sa.Select[Any]) -> Any:
        """Read one value."""
        with self.store.reading() as db:
            return db.execute(query).scalar_one()

    def wrong(self) -> list[str]:
        """Return what `db check` finds."""
        with self.store.snapshot() as db:
            return [f"{one.code} {one.subject} {dict(one.facts)}" for one in check_database(db, now=NOW)]


def furnish(store: Store, folder: Path) -> World:
    """Write the organisation."""
    with prepared(store) as db:
        people = make_people(db, 7)
        courses = [make_course(db, code, sign_up=True) for code in ("FIRE", "AID")]
        course, other = courses
        ann, bo = (make_trainer(db, code, courses=courses) for code in ("ANN", "BO"))
        room, hall, beamer = make_venue(db, "ROOM"), make_venue(db, "HALL"), make_equipment(db, "BEAMER")
        usual: dict[str, Any] = {"course": course, "trainer": ann, "venue": room, "waitlist": WaitlistMode.ENROL}
        full = make_scheduled(db, ref="FULL", starts_at=FIRST, capacity=2, **usual)
        roomy = make_scheduled(db, ref="ROOMY", starts_at=FIRST + DAY, capacity=9, **usual)
        offer = {**usual, "waitlist": WaitlistMode.OFFER, "starts_at": FIRST + 2 * DAY, "capacity": 2}
        offering = make_scheduled(db, ref="OFFERING", **offer)
        draft = make_draft(db, ref="DRAFT", starts_at=FIRST + 3 * DAY, capacity=4, **usual)
        bare = make_draft(db, ref="BARE", course=other)
        words = {"status": SessionStatus.CANCELLED, "cancel_reason": "Storm"}
        cancelled = make_scheduled(db, ref="CANCELLED", starts_at=FIRST + 4 * DAY, **usual, **words)
        gone = make_draft(db, ref="GONE", course=other)
        running = make_scheduled(db, ref="RUNNING", starts_at=NOW - HOUR, minutes=180, **usual)
        held = make_scheduled(db, ref="HELD", starts_at=NOW - DAY, **usual)
        run = make_run(db, "RUN", course=course, max_people=3)
        day = make_scheduled(db, ref="DAY", starts_at=FIRST + 7 * DAY, run_id=run, capacity=5, **usual)
        make_run_member(db, run, people[3])
        seats = ((full, people[1:3]), (roomy, people[:2]), (running, people[1:3]), (held, people[1:2]))
        for session, seated in ((offering, people[4:5]), *seats):
            for person in seated:
                make_enrollment(db, session, person)
        make_enrollment(db, full, people[3], EnrollmentState.WAITLISTED)
        make_enrollment(db, offering, people[0], EnrollmentState.OFFERED, position=1, offer_until=NOW + DAY)
        record = make_record(db, people[5], other, dt.date(2026, 3, 2))
        intake = make_intake(db, people[5], dt.date(2026, 2, 2))
        made = World(
            store, folder, people, course, other, ann, bo, room, hall, beamer, full, roomy, offering, draft, bare,
            cancelled, gone, running, held, run, day,
            hold=make_hold(db, roomy, until_at=NOW + 4 * DAY), group=make_group(db, roomy, "Reds"),
            item=make_session_checklist_item(db, full),
            course_items=[make_checklist_item(db, course, words, place=n) for n, words in enumerate(("Key", "Map"), 1)],
            file=make_attachment(db, record_id=record), record=record, intake=intake,
            rule=make_requirement(db, course, job_role="Fitter"), request=make_request(db, course, people[5:6]),
            leave=make_block(db, bo, FIRST + 20 * DAY, FIRST + 21 * DAY), holiday=0,
        )  # fmt: skip
        db.execute(sa.text("UPDATE people SET intake_on = '2026-02-02', version = version + 1 WHERE id = :id"),
                   {"id": people[5]})  # fmt: skip
        recompute(db, courses=courses)
    made.do(logins.add, store.actor, Role.ADMINISTRATOR, person_id=people[0])
    made.do(scheduling.delete_session, gone)
    made.do(completing.start, running)
    made.do(attending.mark, running, people[1], attendance=Attendance.ATTENDED)
    made.do(attending.mark_rest, held, Attendance.ATTENDED)
    made.do(completing.start, held)
    made.do(completing.complete, held)
    day_off = (FIRST + 30 * DAY).date()
    made.holiday = made.do(holidays.add_holiday, day_off, day_off, "Feast").id
    return made
