"""Demand against a second, plain computation over the rows of a random organisation, and the runs that it makes."""

import datetime as dt
import random
from collections import Counter

import sqlalchemy as sa

from tests.factories import (
    BERLIN,
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_item,
    make_person,
    make_run,
    make_scheduled,
    make_venue,
    prepared,
)
from trainer_desk.models import ComplianceItem, Enrollment, Person, Run, Session
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.orchestration.drafting_runs import draft_runs
from trainer_desk.services.reports.demand import load_demand
from trainer_desk.services.rows.demand import RunWish
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-10 09:00")
TODAY = dt.date(2026, 7, 10)
STATES = tuple(ComplianceStatus)


def fill(store: Store, seed: int) -> None:
    """Make people of three sites with items of three courses, sessions to come with people, and some gone ones."""
    dice = random.Random(seed)
    with prepared(store) as db:
        courses = [make_course(db, code, default_capacity=size) for code, size in (("A", 4), ("B", None), ("C", 3))]
        venues = [make_venue(db, f"V{place}", site=site) for place, site in enumerate(("N", "S", ""))]
        people = [
            make_person(db, f"P{n}", employee_no=str(n), site=dice.choice("NS "), active=dice.random() < 0.9)
            for n in range(40)
        ]
        for person in people:
            for course in courses:
                if dice.random() < 0.7:
                    days = dice.randrange(-200, 500)
                    when = TODAY + dt.timedelta(days=days)
                    status = dice.choice(STATES)
                    dated = {"due_on": when} if status is ComplianceStatus.PENDING else {"expires_on": when}
                    later = {"counts_from": TODAY + dt.timedelta(days=60)} if dice.random() < 0.1 else {}
                    make_item(db, person, course, status, **(dated | later))
        run = make_run(db, "R", course=courses[0], start_date=dt.date(2026, 9, 1))
        for place in range(8):
            day = at("2026-07-20 09:00") + dt.timedelta(days=31 * place)
            room = dice.choice(venues)
            session = make_scheduled(db, course=courses[place % 3], venue=room, starts_at=day, capacity=5)
            for person in dice.sample(people, 3):
                make_enrollment(db, session, person)
        make_draft(db, course=courses[0], run_id=run, capacity=6)


def plain(store: Store) -> dict[tuple[str, str, str], int]:
    """Count once more, row by row in Python, who needs a place by when."""
    found: Counter[tuple[str, str, str]] = Counter()
    with store.reading() as db:
        seated = set(
            db.execute(
                sa.select(Session.course_id, Enrollment.person_id)
                .join(Enrollment, Enrollment.session_id == Session.id)
                .where(Enrollment.state == "confirmed", Session.status.in_(["DRAFT", "SCHEDULED"]))
            ).all()
        )
        items = db.execute(
            sa.select(
                ComplianceItem.course_id, ComplianceItem.person_id, ComplianceItem.status, ComplianceItem.expires_on,
                ComplianceItem.due_on, ComplianceItem.counts_from, Person.site, Person.active,
            ).join(Person, Person.id == ComplianceItem.person_id)
        ).all()  # fmt: skip
    for course, person, status, expires_on, due_on, counts_from, site, active in items:
        ends = {"NON_COMPLIANT": TODAY, "PENDING": due_on, "COMPLIANT": expires_on}[status]
        by = max(ends, TODAY, counts_from or TODAY)
        if active and (course, person) not in seated and by < dt.date(2027, 7, 1):
            found[str(course), site, f"{by:%Y-%m}"] += 1
    return dict(found)


def test_people_are_those_that_a_plain_count_finds(store: Store) -> None:
    fill(store, 1)
    with store.reading() as db:
        demand = load_demand(db, now=NOW)
    told = {
        (str(line.course_id), line.site, f"{month:%Y-%m}"): cell.people
        for line in demand.lines
        for month, cell in zip(demand.months, line.cells, strict=True)
        if cell.people
    }
    assert told == plain(store)
    assert {line.course_code: line.size for line in demand.lines} == {"A": 4, "B": 5, "C": 3}
    for line in demand.lines:
        for cell in line.cells:
            assert 0 <= cell.planned <= cell.people
            assert (cell.sessions - 1) * line.size < cell.short <= cell.sessions * line.size or not cell.short


def test_the_run_that_is_made_is_what_was_lacking(store: Store) -> None:
    fill(store, 2)
    with store.reading() as db:
        line = load_demand(db, now=NOW).lines[0]
    short = next(place for place, cell in enumerate(line.cells) if cell.sessions)
    first = dt.date(2026 + (6 + short) // 12, (6 + short) % 12 + 1, 1)
    wish = RunWish(
        line.course_id, line.course_code, line.title, line.site, line.size, line.cells[short].sessions, first, first
    )
    made = store.write("Draft runs", draft_runs, [wish, wish])
    with store.reading() as db:
        codes = db.execute(sa.select(Run.code).where(Run.id.in_(made.value)).order_by(Run.id)).scalars().all()
        assert codes[1] == f"{codes[0]}-2"
        drafts = db.execute(sa.select(sa.func.count()).where(Session.run_id.in_(made.value))).scalar_one()
        assert drafts == 2 * line.cells[short].sessions
        after = next(
            one for one in load_demand(db, now=NOW).lines if (one.course_id, one.site) == (line.course_id, line.site)
        )
    assert after.cells[short].sessions == 0
    assert after.cells[short].people == line.cells[short].people
    assert NOW.astimezone(BERLIN).date() == TODAY
