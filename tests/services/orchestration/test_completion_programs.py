"""Programs of random steps around the end of a session: each does what a plain model says, and undo leads back (S4–S6).

The model knows only the state, the marks and whether the room was given away; certificates, claims and compliance must
follow from those. After every undo the database must hold what it held before the step, and after a redo what it held
after it.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_people,
    make_requirement,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Certificate, Claim, ComplianceItem, Course, Enrollment, Session
from trainer_desk.models.enums import CLAIMING, Attendance, Result, SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import attending, completing, scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.store.engine import Store

SCHEDULED, IN_PROGRESS, COMPLETED = SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED
REGISTERED, ATTENDED, NO_SHOW = Attendance.REGISTERED, Attendance.ATTENDED, Attendance.NO_SHOW
STEPS = 40
CHANCES = {"start": 1, "complete": 4, "rest": 2, "reopen": 3, "mark": 8, "walk_in": 1, "rival": 2, "undo": 5, "redo": 3}
"""How often each step is tried, relative to the others."""

Marks = dict[int, tuple[Attendance, Result | None]]


@dataclass(frozen=True)
class Model:
    """What is so, as plain as can be."""

    status: SessionStatus = SCHEDULED
    rival: bool = False
    """Whether the room was given to another session at that time."""
    marks: Marks = field(default_factory=dict)

    def earned(self, *, asks_result: bool) -> set[int]:
        """Whom this certifies: who was there, did not fail, and passed where that is asked."""
        if self.status is not COMPLETED:
            return set()
        return {
            person
            for person, (attendance, result) in self.marks.items()
            if attendance is ATTENDED and (result is Result.PASSED or (result is None and not asks_result))
        }


class Bench:
    """A session that is over on the clock, with three people, two who may walk in, and a rival for its room."""

    def __init__(self, store: Store, *, asks_result: bool) -> None:
        self.store, self.asks_result = store, asks_result
        self.clock = FixedClock(at("2026-07-06 18:00"))
        store.clock = self.clock
        with prepared(store) as db:
            self.course = make_course(db, requires_result=asks_result, validity_months=12)
            trainers = [make_trainer(db, courses=[self.course]) for _ in range(2)]
            venue = make_venue(db)
            start = at("2026-07-06 09:00")
            self.session = make_scheduled(db, course=self.course, trainer=trainers[0], venue=venue, starts_at=start)
            self.rival = make_draft(db, course=self.course, trainer=trainers[1], venue=venue, starts_at=start)
            self.people = make_people(db, 5)
            for person in self.people[:3]:
                make_enrollment(db, self.session, person)
            make_requirement(db, self.course)
            recompute(db)
        self.model = Model(marks=dict.fromkeys(self.people[:3], (REGISTERED, None)))
        self.done: list[tuple[Model, Any]] = []
        self.undone: list[tuple[Model, Any]] = []
        self.told: list[str] = []

    @property
    def trail(self) -> str:
        """The steps so far."""
        return ", ".join(self.told)

    def step(self, chance: random.Random) -> None:
        """Take one step, and compare everything with the model."""
        self.clock.instant += dt.timedelta(minutes=1)
        (name,) = chance.choices([*CHANCES], [*CHANCES.values()])
        self.told.append(name)
        if name in ("undo", "redo"):
            self._retrace(name)
        else:
            call, wanted = getattr(self, f"_{name}")(chance)
            self._do(call, wanted)
        self.compare()

    def compare(self) -> None:
        """Hold the database against the model."""
        found, model = self.snapshot(), self.model
        assert found["session"][0] == model.status, self.trail
        assert {row[0]: (row[2], row[3]) for row in found["people"]} == model.marks, self.trail
        assert {row[0] for row in found["certificates"]} == model.earned(asks_result=self.asks_result), self.trail
        claims = {row[0] for row in found["claims"]}
        assert claims == ({self.session} if model.status in CLAIMING else set()) | (
            {self.rival} if model.rival else set()
        )

    def snapshot(self) -> dict[str, Any]:
        """Give what the database holds, apart from versions and stamps."""
        people = sa.select(
            Enrollment.person_id, Enrollment.state, Enrollment.attendance, Enrollment.result, Enrollment.remarks,
            Enrollment.marked_at,
        ).where(Enrollment.session_id == self.session, Enrollment.state != "withdrawn")  # fmt: skip
        live = sa.select(Certificate.person_id, Certificate.number, Certificate.revision, Certificate.expires_on)
        items = sa.select(ComplianceItem.person_id, ComplianceItem.status, ComplianceItem.expires_on)
        asked = {
            "people": people.order_by(Enrollment.person_id),
            "certificates": live.where(Certificate.withdrawn_at.is_(None), Certificate.course_id == self.course),
            "items": items.where(ComplianceItem.course_id == self.course),
            "claims": sa.select(Claim.session_id, Claim.resource_id).where(
                Claim.session_id.in_((self.session, self.rival))
            ),
        }
        state = sa.select(Session.status, Session.began_at, Session.finished_at).where(Session.id == self.session)
        with self.store.reading() as db:
            found: dict[str, Any] = {
                name: sorted(map(tuple, db.execute(query)), key=repr) for name, query in asked.items()
            }
            return found | {"session": tuple(db.execute(state).one())}

    def _do(self, call: Callable[[], object], wanted: Model | None) -> None:
        before = self.model, self.snapshot()
        refusal = None
        try:
            call()
        except DeskError as error:
            refusal = error
        if wanted is None:
            assert refusal is not None, (self.trail, "should have been refused")
            assert self.snapshot() == before[1], (self.trail, "a refusal changes nothing")
            return
        assert refusal is None, (self.trail, refusal)
        self.model = wanted
        if self.snapshot() != before[1]:
            self.done.append(before)
            self.undone.clear()

    def _retrace(self, name: str) -> None:
        here, there = (self.done, self.undone) if name == "undo" else (self.undone, self.done)
        if not here:
            return
        now = self.model, self.snapshot()
        (undo_last if name == "undo" else redo_last)(self.store)
        self.model, wanted = here.pop()
        assert self.snapshot() == wanted, (self.trail, name)
        there.append(now)

    def _start(self, _chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        wanted = replace(self.model, status=IN_PROGRESS) if self.model.status is SCHEDULED else None
        return lambda: self.store.write("Start", completing.start, self.session), wanted

    def _complete(self, _chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        unmarked = any(attendance is REGISTERED for attendance, _result in self.model.marks.values())
        wanted = replace(self.model, status=COMPLETED) if self.model.status in CLAIMING and not unmarked else None
        return lambda: self.store.write("Complete", completing.complete, self.session), wanted

    def _rest(self, _chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        marks = {
            person: (NO_SHOW, None) if mark[0] is REGISTERED else mark for person, mark in self.model.marks.items()
        }
        wanted = replace(self.model, status=COMPLETED, marks=marks) if self.model.status in CLAIMING else None
        return lambda: self.store.write("Complete", completing.complete, self.session, rest_no_show=True), wanted

    def _reopen(self, _chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        may = self.model.status is COMPLETED and not self.model.rival
        wanted = replace(self.model, status=IN_PROGRESS) if may else None
        return lambda: self.store.write("Reopen", completing.reopen, self.session), wanted

    def _mark(self, chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        person = chance.choice(self.people)
        self.told[-1] += f" {person}"
        attendance = chance.choice([REGISTERED, ATTENDED, ATTENDED, NO_SHOW])
        result = chance.choice([None, Result.PASSED, Result.FAILED])
        self.told[-1] += f" {attendance} {result}"
        may = person in self.model.marks and (result is None or attendance is ATTENDED)
        may = may and not (self.model.status is COMPLETED and attendance is REGISTERED)
        wanted = replace(self.model, marks=self.model.marks | {person: (attendance, result)}) if may else None
        return lambda: self.store.write(
            "Mark", attending.mark, self.session, person, attendance=attendance, result=result
        ), wanted

    def _walk_in(self, chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        person = chance.choice(self.people[3:])
        marks = {person: (ATTENDED, None)} | self.model.marks
        wanted = replace(self.model, marks=marks) if self.model.status in CLAIMING else None
        return lambda: self.store.write("Walk in", attending.walk_in, self.session, [person]), wanted

    def _rival(self, _chance: random.Random) -> tuple[Callable[[], object], Model | None]:
        """Give the room to the other session, or take it back."""
        if self.model.rival:
            return lambda: self.store.write("Back", scheduling.unpublish, self.rival), replace(self.model, rival=False)
        wanted = replace(self.model, rival=True) if self.model.status is COMPLETED else None
        return lambda: self.store.write("Rival", scheduling.publish, self.rival), wanted


@pytest.mark.parametrize("beginning", range(5))
@pytest.mark.parametrize("asks_result", [False, True])
def test_every_program_does_what_the_model_says(store_factory: StoreFactory, beginning: int, asks_result: bool) -> None:
    store = store_factory()
    bench, chance = Bench(store, asks_result=asks_result), random.Random(beginning)
    for _number in range(STEPS):
        bench.step(chance)
    with store.snapshot() as db:
        assert check_database(db, now=bench.clock.instant) == []
    while bench.done:
        bench._retrace("undo")
        bench.compare()
    assert bench.model.status is SCHEDULED
    with store.snapshot() as db:
        assert check_database(db, now=bench.clock.instant) == []
        assert db.execute(sa.select(sa.func.count()).select_from(Course)).scalar_one() == 1
