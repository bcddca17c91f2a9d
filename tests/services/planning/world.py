"""A small organisation in a real database, and short words for what a test does to it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tests.factories import at, make_course, make_trainer, make_venue, prepared
from trainer_desk.models import Claim, Enrollment, SessionResource
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.findings import Finding
from trainer_desk.services.planning import board, drafts, publishing
from trainer_desk.services.rows.schedule import SessionCard, SessionDetail
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 12:00")
NINE, TEN, ELEVEN, NOON = (at(f"2026-07-06 {hour}:00") for hour in ("09", "10", "11", "12"))


@dataclass
class World:
    """Courses FIRE and AID; trainers Ann and Bo may teach both, Cy only AID; a room, and a hall of two parts."""

    store: Store
    clock: FixedClock
    fire: int
    aid: int
    ann: int
    bo: int
    cy: int
    room: int
    other_room: int
    hall: int
    hall_a: int
    hall_b: int

    def do(self, verb: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Carry out a verb as one write and return what it answers."""
        return self.store.write("Test", verb, *args, **more).value

    def draft(self, **fields: Any) -> int:
        """Make a draft of FIRE on Monday from nine to ten, by Ann in the room, unless `fields` say otherwise."""
        plan = {"course_id": self.fire, "trainer_id": self.ann, "venue_id": self.room}
        when = {"starts_at": NINE, "ends_at": TEN}
        return int(self.do(drafts.create_draft, plan | when | fields))

    def scheduled(self, **fields: Any) -> int:
        """Make such a session and publish it."""
        session = self.draft(**fields)
        self.do(publishing.publish, session)
        return session

    def edit(self, session: int, version: int | None = None, **fields: Any) -> tuple[Finding, ...]:
        """Edit fields of a session; the answer is what the window would show in orange."""
        found: tuple[Finding, ...] = self.do(drafts.edit_session, session, fields, version=version)
        return found

    def card(self, session: int) -> SessionCard:
        return self.store.read(board.load_card, session)

    def detail(self, session: int) -> SessionDetail:
        return self.store.read(board.load_session, session)

    def ref(self, session: int) -> str:
        return self.card(session).ref

    def claims(self, *sessions: int) -> set[tuple[int, dt.datetime, dt.datetime]]:
        """Give the claims of these sessions as (resource, start, end)."""
        statement = sa.select(Claim.resource_id, Claim.starts_at, Claim.ends_at)
        with self.store.reading() as db:
            rows = db.execute(statement.where(Claim.session_id.in_(sessions))).all()
        assert len(rows) == len(set(rows))
        return {(row[0], row[1], row[2]) for row in rows}

    def links(self, session: int) -> set[tuple[int, str]]:
        """Give the further resources of a session as (resource, role)."""
        statement = sa.select(SessionResource.resource_id, SessionResource.role)
        with self.store.reading() as db:
            return {(row[0], row[1]) for row in db.execute(statement.where(SessionResource.session_id == session))}

    def places(self, session: int) -> list[tuple[int, str, int | None]]:
        """Give who is where: (person, state, position) by person."""
        statement = sa.select(Enrollment.person_id, Enrollment.state, Enrollment.position)
        with self.store.reading() as db:
            rows = db.execute(statement.where(Enrollment.session_id == session).order_by(Enrollment.person_id))
            return [(row[0], row[1], row[2]) for row in rows]

    def columns(self, session: int, *left_out: str) -> dict[str, Any]:
        """Give the stored row of a session, without the columns that a comparison leaves out."""
        with self.store.reading() as db:
            row = db.execute(sa.text("SELECT * FROM sessions WHERE id = :id"), {"id": session}).mappings().one()
        return {name: value for name, value in row.items() if name not in left_out}


def make_world(open_store: Callable[[FixedClock], Store]) -> World:
    """Set the organisation up in an open, empty database; it is Wednesday 1 July 2026 at noon."""
    clock = FixedClock(NOW)
    store = open_store(clock)
    with prepared(store) as db:
        fire, aid = make_course(db, "FIRE"), make_course(db, "AID")
        hall = make_venue(db, "HALL", capacity=40)
        return World(
            store=store,
            clock=clock,
            fire=fire,
            aid=aid,
            ann=make_trainer(db, "ANN", courses=[fire, aid]),
            bo=make_trainer(db, "BO", courses=[fire, aid]),
            cy=make_trainer(db, "CY", courses=[aid]),
            room=make_venue(db, "ROOM", capacity=20),
            other_room=make_venue(db, "OTHER"),
            hall=hall,
            hall_a=make_venue(db, "HALL-A", part_of=hall),
            hall_b=make_venue(db, "HALL-B", part_of=hall),
        )


def told(findings: Sequence[Finding]) -> list[tuple[str, str | None, str | None]]:
    """Give findings as (code, field, subject)."""
    return [(finding.code, finding.field, finding.subject) for finding in findings]
