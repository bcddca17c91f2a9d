"""Workstations that change seats at random, each until somebody kills it in the middle of a transaction."""

import datetime as dt
import mmap
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

from tests.factories import Database, make_course, make_people, make_run, make_scheduled
from trainer_desk.models import Enrollment, SeatHold, Session
from trainer_desk.models.enums import SEATED, EnrollmentState, OverlapPolicy, SessionStatus, WaitlistMode
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.journal import steps
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.lowering import lower_capacity
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats import holds, moving, offers, settling
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.whole_run import enroll_in_run
from trainer_desk.services.store.engine import Store, open_store

LABEL = "Storm"
LONGEST_PAUSE = 0.004
"""Seconds; before every third statement of a write there is one, in which a kill may land."""

BEGINS = ("SELECT journal_open", "INSERT INTO changes ")
"""How the first statement of a write begins."""

PEOPLE = 24
RUN_PEOPLE = 7
MOST_SEATS = 5
MINUTES = (0, 30, 2880, 2940, 15, 2900, 5760, 5790)
"""When the sessions start, after the first one; they last an hour, and the first four share a run."""

Deed = tuple[Callable[..., Any], tuple[Any, ...]] | None
"""A verb with its words; None where there is nothing to do it to."""


@dataclass(frozen=True)
class Ground:
    """What the storm goes over."""

    run: int
    sessions: tuple[int, ...]
    people: tuple[int, ...]
    starts_at: dt.datetime


def make_ground(db: Database, starts_at: dt.datetime) -> Ground:
    """Make sessions of few seats, with a queue of every kind, for more people than there are seats."""
    course = make_course(db, overlap_policy=OverlapPolicy.BLOCK)
    run = make_run(db, course=course, max_people=RUN_PEOPLE)
    modes = (WaitlistMode.ENROL, WaitlistMode.OFFER, WaitlistMode.ENROL)
    sessions = [
        make_scheduled(
            db,
            course=course,
            starts_at=starts_at + dt.timedelta(minutes=minutes),
            capacity=3,
            waitlist=modes[number % 3],
            run_id=run if number < len(MINUTES) // 2 else None,
        )
        for number, minutes in enumerate(MINUTES)
    ]
    return Ground(run, tuple(sessions), tuple(make_people(db, PEOPLE)), starts_at)


def live(url: str, ground: Ground, seed: int, flags: str, slot: int, log: str) -> None:
    """Change seats until killed; `flags` says whether a slot is inside a transaction, `log` what came of it."""
    out = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    chance = random.Random(seed)
    with Path(flags).open("r+b") as file:
        inside = mmap.mmap(file.fileno(), 0)
    _widen(chance, inside, slot)
    soon = lambda _db, now, _starts_at: now + dt.timedelta(seconds=chance.randint(1, 3))  # noqa: E731
    with mock.patch.object(settling, "_offer_end", soon):
        store = open_store(url)
        client = Client(store, ground, chance, f"client-{seed}")
        while True:
            told = client.act()
            inside[slot] = 0
            os.write(out, f"{told}\n".encode())


def _widen(chance: random.Random, inside: mmap.mmap, slot: int) -> None:
    def pause() -> None:
        if inside[slot] and not chance.randrange(3):
            time.sleep(chance.random() * LONGEST_PAUSE)

    execute = DefaultDialect.do_execute

    def told(dialect: DefaultDialect, cursor: Any, statement: str, *values: Any) -> None:
        pause()
        execute(dialect, cursor, statement, *values)
        if statement.startswith(BEGINS):
            inside[slot] = 1

    def ended(_connection: Any) -> None:
        inside[slot] = 0

    DefaultDialect.do_execute = told  # type: ignore[method-assign]
    event.listen(Engine, "rollback", ended)


@dataclass
class Client:
    """One workstation, which looks at the database like everybody else before it does something."""

    store: Store
    ground: Ground
    chance: random.Random
    actor: str

    def act(self) -> str:
        """Do something; say what, and with what it was refused."""
        choose = self.chance.choices(list(CHOICES), list(CHOICES.values()))[0]
        deed = self.store.read(lambda db: choose(self, db))
        if deed is None:
            return "nothing"
        verb, words = deed
        try:
            if verb is undo_last:
                undo_last(self.store)
                return "undo_last done"
            value = self.store.write(LABEL, verb, *words, actor=self.actor).value
        except DatabaseTrouble as trouble:
            return f"{verb.__name__} {trouble.facts['why']}"
        except DeskError as refusal:
            return f"{verb.__name__} {refusal.code}"
        outcomes: list[Outcome] = value if isinstance(value, list) else []
        refused = [one.code for one in outcomes if one.outcome == "refused"]
        return f"{verb.__name__} {refused[0] if refused else 'done'}"

    # ---- what there is to do ---------------------------------------------------------------------------------------

    def enrol(self, _db: Connection) -> Deed:
        return enroll, (self._session(), self._people(self.chance.randint(1, 3)))

    def withdraw(self, db: Connection) -> Deed:
        session = self._session()
        person = self._one(db, session, *EnrollmentState.__members__.values())
        return person and (withdraw, (session, person))

    def hold(self, _db: Connection) -> Deed:
        until = self.store.clock.now() + dt.timedelta(seconds=self.chance.randint(1, 3))
        return holds.hold_seats, (self._session(), self.chance.randint(1, 2), LABEL, until)

    def release(self, db: Connection) -> Deed:
        hold = self._hold(db)
        return hold and (holds.release_hold, (hold,))

    def fill(self, db: Connection) -> Deed:
        hold = self._hold(db)
        return hold and (holds.fill_hold, (hold, self._people(2)))

    def settle(self, _db: Connection) -> Deed:
        if self.chance.random() < 0.5:
            return settling.settle_due, ()
        return settling.settle_sessions, (self.chance.sample(self.ground.sessions, 2),)

    def answer(self, db: Connection) -> Deed:
        for session in self.chance.sample(self.ground.sessions, len(self.ground.sessions)):
            person = self._one(db, session, EnrollmentState.OFFERED)
            if person:
                return self.chance.choice([offers.accept_offer, offers.decline_offer]), (session, person)
        return None

    def resize(self, _db: Connection) -> Deed:
        return scheduling.edit_session, (self._session(), {"capacity": self.chance.randint(1, MOST_SEATS)})

    def lower(self, _db: Connection) -> Deed:
        return lower_capacity, (self._session(), self.chance.randint(1, MOST_SEATS))

    def requeue(self, _db: Connection) -> Deed:
        return scheduling.edit_session, (self._session(), {"waitlist": self.chance.choice(list(WaitlistMode))})

    def postpone(self, _db: Connection) -> Deed:
        place = self.chance.randrange(len(self.ground.sessions))
        minutes = MINUTES[place] + self.chance.choice([0, 0, 30, 90])
        starts_at = self.ground.starts_at + dt.timedelta(minutes=minutes)
        span = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=1)}
        return scheduling.edit_session, (self.ground.sessions[place], span)

    def cancel(self, _db: Connection) -> Deed:
        return scheduling.cancel, (self._session(), LABEL)

    def bring_back(self, db: Connection) -> Deed:
        """Take a session that does not take place one step towards its date."""
        verbs = {SessionStatus.CANCELLED: scheduling.reinstate, SessionStatus.DRAFT: scheduling.publish}
        rows = db.execute(sa.select(Session.id, Session.status).where(Session.status.in_(sorted(verbs)))).all()
        if not rows:
            return None
        session, status = self.chance.choice(rows)
        return verbs[SessionStatus(status)], (session,)

    def replace(self, db: Connection) -> Deed:
        session = self._session()
        person = self._one(db, session, *SEATED)
        return person and (moving.replace_person, (session, person, *self._people(1)))

    def move(self, db: Connection) -> Deed:
        one, other = self.chance.sample(self.ground.sessions, 2)
        person = self._one(db, one, *SEATED)
        return person and (moving.move_person, (person, one, other))

    def whole_run(self, _db: Connection) -> Deed:
        return enroll_in_run, (self.ground.run, self._people(1))

    def undo(self, db: Connection) -> Deed:
        step = steps.next_undo(db, self.store.actor)
        return (undo_last, ()) if step is not None and step.label == LABEL else None

    # ---- whom and what -----------------------------------------------------------------------------------------------

    def _session(self) -> int:
        return self.chance.choice(self.ground.sessions)

    def _people(self, count: int) -> list[int]:
        return self.chance.sample(self.ground.people, count)

    def _one(self, db: Connection, session: int, *states: str) -> int | None:
        query = sa.select(Enrollment.person_id).where(
            Enrollment.session_id == session, Enrollment.state.in_([str(state) for state in states])
        )
        people = list(db.execute(query).scalars())
        return self.chance.choice(people) if people else None

    def _hold(self, db: Connection) -> int | None:
        found = list(db.execute(sa.select(SeatHold.id).where(SeatHold.ended_at.is_(None))).scalars())
        return self.chance.choice(found) if found else None


CHOICES: dict[Callable[[Client, Connection], Deed], int] = {
    Client.enrol: 30,
    Client.withdraw: 20,
    Client.hold: 8,
    Client.release: 3,
    Client.fill: 4,
    Client.settle: 5,
    Client.answer: 8,
    Client.resize: 6,
    Client.lower: 2,
    Client.requeue: 1,
    Client.postpone: 1,
    Client.cancel: 1,
    Client.bring_back: 6,
    Client.replace: 4,
    Client.move: 4,
    Client.whole_run: 2,
    Client.undo: 2,
}
"""How often what is chosen."""
