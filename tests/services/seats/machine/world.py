"""The world in which the programs run, as rows of a real database and as plain dictionaries."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.databases import StoreFactory, copy_of_sqlite_template, postgres_organisation
from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_draft,
    make_group,
    make_person,
    make_run,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.postgres_server import Run, postgres_database
from tests.services.seats.machine.model import Course, Session, State
from tests.services.seats.machine.verbs import GROUP_SEATS
from trainer_desk.models import Course as CourseTable
from trainer_desk.models import Group, Person
from trainer_desk.models import Session as SessionTable
from trainer_desk.models.enums import ComplianceStatus, OverlapPolicy
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 12:00")
HOUR = dt.timedelta(hours=1)
PEOPLE = ("ann", "bo", "cy", "di", "eve", "fay")
GROUPED = "A"
"""The session that has a group."""

NEEDS = {"cy": ComplianceStatus.NON_COMPLIANT, "bo": ComplianceStatus.PENDING}
COURSES = {"fire": Course("block"), "aid": Course("warn"), "talk": Course("ignore", needs_intake=True)}
CAPS = {"R": 3}
"""A capped run; the run Q has no limit."""


def _on(day: int, clock: str, course: str, **more: object) -> Session:
    starts = at(f"2026-07-{day:02} {clock}")
    plan = {"status": "SCHEDULED", "waitlist": "enrol", "capacity": 1} | more
    return Session(course=course, starts=starts, ends=starts + HOUR, **plan)  # type: ignore[arg-type]


def plain() -> State:
    """Give the world as plain dictionaries, nobody in it yet: A, C and D overlap, so do B and E."""
    sessions = {
        "A": _on(4, "09:00", "fire", capacity=3, run="R"),
        "B": _on(5, "09:00", "fire", capacity=2, run="R", waitlist="offer"),
        "C": _on(4, "09:30", "aid", order="urgent"),
        "D": _on(4, "09:45", "talk", waitlist="offer"),
        "E": _on(5, "09:30", "aid", status="DRAFT"),
        "F": _on(6, "09:00", "fire", capacity=None, waitlist="off", run="Q"),
    }
    needs = {("cy", "aid"): 1, ("bo", "aid"): 2}
    return State(NOW, COURSES, sessions, CAPS, needs, frozenset({"fay"}))


@dataclass(frozen=True)
class Names:
    """The ids in the database of everything that has a name here."""

    sessions: dict[str, int]
    people: dict[str, int]
    courses: dict[str, int]
    group: int

    @classmethod
    def read(cls, store: Store) -> "Names":
        with store.reading() as db:
            sessions = dict(db.execute(sa.select(SessionTable.ref, SessionTable.id)).all())
            people = dict(db.execute(sa.select(Person.employee_no, Person.id)).all())
            courses = dict(db.execute(sa.select(CourseTable.code, CourseTable.id)).all())
            return cls(sessions, people, courses, db.execute(sa.select(Group.id)).scalar_one())


def furnish(store: Store) -> None:
    """Write the same world into an empty organisation."""
    state = plain()
    with prepared(store) as db:
        for name in PEOPLE:
            intake = None if name in state.without_intake else NOW.date()
            make_person(db, name, employee_no=name, intake_on=intake)
        people = dict(db.execute(sa.select(Person.employee_no, Person.id)).all())
        courses = {
            code: make_course(db, code, overlap_policy=OverlapPolicy(one.policy), requires_intake=one.needs_intake)
            for code, one in COURSES.items()
        }
        for name, status in NEEDS.items():
            make_compliance(db, people[name], courses["aid"], status)
        runs = {code: make_run(db, code, max_people=CAPS.get(code)) for code in ("R", "Q")}
        for ref, one in state.sessions.items():
            course = courses[one.course]
            make = make_draft if one.status == "DRAFT" else make_scheduled
            session = make(
                db, ref=ref, course=course, trainer=make_trainer(db, courses=[course]), venue=make_venue(db),
                starts_at=one.starts, capacity=one.capacity, waitlist=one.waitlist, waitlist_order=one.order,
                run_id=one.run and runs[one.run],
            )  # fmt: skip
            if ref == GROUPED:
                make_group(db, session, capacity=GROUP_SEATS)


Opening = Callable[[], AbstractContextManager[tuple[Store, FixedClock]]]
"""Opens one more fresh copy of the furnished world, with a clock of its own."""


@contextmanager
def files(run: Run, folder: Path, furnish: Callable[[Store], None] = furnish) -> Iterator[Opening]:
    """Give worlds that are SQLite files."""
    factory = StoreFactory(copy_of_sqlite_template(run, folder / "furnished.desk"))
    furnish(factory())
    factory.close()
    content = (folder / "furnished.desk").read_bytes()

    @contextmanager
    def opening() -> Iterator[tuple[Store, FixedClock]]:
        (folder / "world.desk").write_bytes(content)
        with _opened(StoreFactory(str(folder / "world.desk"))) as world:
            sa.event.listen(world[0]._writer, "connect", _in_haste)
            yield world
        for rest in folder.glob("world.desk*"):
            rest.unlink()

    yield opening


def _in_haste(connection: Any, _record: object) -> None:
    """Wait for no disk: these files outlive nothing."""
    connection.execute("PRAGMA synchronous = OFF")


@contextmanager
def databases(run: Run, server: str, furnish: Callable[[Store], None] = furnish) -> Iterator[Opening]:
    """Give worlds that are databases on a server."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres_organisation(run, server))
        factory = StoreFactory(url)
        furnish(factory())
        factory.close()

        @contextmanager
        def opening() -> Iterator[tuple[Store, FixedClock]]:
            with postgres_database(server, url.rsplit("/", 1)[1]) as copy, _opened(StoreFactory(copy)) as world:
                yield world

        yield opening


@contextmanager
def _opened(factory: StoreFactory) -> Iterator[tuple[Store, FixedClock]]:
    clock = FixedClock(NOW)
    try:
        yield factory(clock), clock
    finally:
        factory.close()
