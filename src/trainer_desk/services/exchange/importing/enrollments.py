"""Imports enrollments: places are given and taken back by the same guard as everywhere else, session by session."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.errors import DatabaseTrouble, DeskError, NotFound, WrongState
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, chunks, ids_of
from trainer_desk.services.exchange.importing.people import PEOPLE
from trainer_desk.services.exchange.importing.report import Warned
from trainer_desk.services.findings import refusals
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.store.trouble import savepoint

_STATES = (EnrollmentState.CONFIRMED, EnrollmentState.WAITLISTED, EnrollmentState.WITHDRAWN)
"""What a file may say; a seat is offered by the queue alone (K5)."""

LAYOUT = Layout(
    (
        Column("session", cells.code, required=True),
        Column("employee_no", cells.code, required=True),
        Column("state", cells.word_of(_STATES), EnrollmentState.CONFIRMED.value),
        Column("attendance", cells.word_of(Attendance), Attendance.REGISTERED.value),
        Column("remarks", cells.line),
    ),
    key=("session", "employee_no"),
)
_MARKED = ("attendance", "remarks")
_NOT_MARKED = frozenset({SessionStatus.DRAFT.value, SessionStatus.CANCELLED.value})


@dataclass(frozen=True, slots=True)
class _Session:
    """The session of a group of rows, and what is stored of its people by person id."""

    id: int
    ref: str
    status: str
    capacity: int | None
    seats: dict[int, Any]


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Enrol, withdraw and mark people; a row's refusal is the one that the window would show.

    Certificates follow marks that correct a completed session (A3, A5).
    """
    people = ids_of(db, PEOPLE.c.employee_no, PEOPLE.c.id, {row.values["employee_no"] for row in rows})
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.values["employee_no"] in people:
            groups[row.values["session"]].append(row)
        else:
            job.refuse(row, NotFound(kind="person", key=row.values["employee_no"]))
    done, corrected = 0, set[int]()
    for refs in chunks(sorted(groups), 200):
        for session in _sessions(db, refs):
            group = groups.pop(session.ref)
            if _write_session(db, session, group, people, job) and session.status == SessionStatus.COMPLETED:
                corrected.add(session.id)
            done += len(group)
            job.step(done)
    for ref, unknown in groups.items():
        for row in unknown:
            job.refuse(row, NotFound(kind="session", key=ref, field="session"))
    certify(db, corrected, actor=job.actor, now=job.now)


def _sessions(db: DbSession, refs: Sequence[str]) -> list[_Session]:
    query = sa.select(Session.id, Session.ref, Session.status, Session.capacity).where(
        Session.ref.in_(refs), Session.deleted_at.is_(None)
    )
    found = {key: _Session(key, ref, status, capacity, {}) for key, ref, status, capacity in db.execute(query)}
    columns = (Enrollment.session_id, Enrollment.person_id, Enrollment.state, Enrollment.attendance, Enrollment.remarks)
    for seat in db.execute(sa.select(*columns).where(Enrollment.session_id.in_(found))):
        found[seat.session_id].seats[seat.person_id] = seat
    return list(found.values())


def _write_session(db: DbSession, session: _Session, rows: Sequence[Row], people: dict[str, int], job: Job) -> bool:
    """Write the rows of one session; return whether somebody who was there already was marked."""
    newcomers, was_marked = [], False
    for row in rows:
        seat = session.seats.get(people[row.values["employee_no"]])
        present = seat is not None and seat.state != EnrollmentState.WITHDRAWN
        if _refuse_mark(session, row, seat, job):
            continue
        leaves = row.get("state") == EnrollmentState.WITHDRAWN
        if leaves and present:
            _withdraw(db, session, row, people, job)
        elif not leaves and not present:
            newcomers.append(row)
        else:
            if seat is not None and _waits(seat) and row.get("state") == EnrollmentState.CONFIRMED:
                job.warn("kept_waiting", row)
            marked = not leaves and seat is not None and _mark(db, session, row, seat, people, job)
            was_marked = was_marked or marked
            job.report.count("updated" if marked else "unchanged")
    _enroll(db, session, newcomers, people, job)
    return was_marked


def _refuse_mark(session: _Session, row: Row, seat: Any, job: Job) -> bool:
    """Refuse to mark people of a session that is not held, a draft or a cancelled one, and who only waits.

    Nobody of a completed session becomes unmarked (S5).
    """
    stored = seat.attendance if seat is not None else Attendance.REGISTERED
    if row.get("attendance", stored) == stored:
        return False
    unmarks = row.get("attendance", stored) == Attendance.REGISTERED and session.status == SessionStatus.COMPLETED
    if session.status in _NOT_MARKED or unmarks:
        job.refuse(row, WrongState(ref=session.ref, verb="mark", state=SessionStatus(session.status), wanted=None))
        return True
    if seat is not None and _waits(seat):
        number = row.values["employee_no"]
        job.refuse(row, NotFound(kind="enrollment", key=number, session=session.ref, why="no_seat"))
        return True
    return False


def _waits(seat: Any) -> bool:
    return bool(seat.state == EnrollmentState.WAITLISTED)


def _withdraw(db: DbSession, session: _Session, row: Row, people: dict[str, int], job: Job) -> None:
    try:
        with savepoint(db):
            withdraw(db, session.id, people[row.values["employee_no"]], actor=job.actor, now=job.now)
    except DatabaseTrouble:
        raise
    except DeskError as error:
        job.refuse(row, error)
    else:
        job.report.count("updated")


def _enroll(db: DbSession, session: _Session, rows: Sequence[Row], people: dict[str, int], job: Job) -> None:
    if not rows:
        return
    ids = [people[row.values["employee_no"]] for row in rows]
    try:
        with savepoint(db):
            outcomes = enroll(db, session.id, ids, actor=job.actor, now=job.now)
    except DatabaseTrouble:
        raise
    except DeskError as error:
        for row in rows:
            job.refuse(row, error)
        return
    for row, outcome in zip(rows, outcomes, strict=True):
        _note(db, session, row, outcome, people, job)


def _note(db: DbSession, session: _Session, row: Row, outcome: Outcome, people: dict[str, int], job: Job) -> None:
    if outcome.outcome == "refused":
        job.refuse(row, _refusal(session, outcome))
        return
    if outcome.outcome == "waitlisted" and row.get("state") != EnrollmentState.WAITLISTED:
        job.warn("kept_waiting" if outcome.code else "waitlisted", row, position=outcome.position)
    elif outcome.outcome == "enrolled" and row.get("state") == EnrollmentState.WAITLISTED:
        job.warn("seated_not_waiting", row)
    for finding in outcome.findings:
        job.report.warnings.append(Warned(finding.code, dict(finding.facts), row.line, row.key))
    person_id = people[row.values["employee_no"]]
    marked = row if outcome.outcome == "enrolled" else replace(row, values=_without_mark(row.values))
    _mark(db, session, marked, None, people, job)
    job.report.count("updated" if person_id in session.seats else "added")


def _without_mark(values: dict[str, Any]) -> dict[str, Any]:
    """Return a row's values for somebody who only waits: there is nothing to attend yet."""
    return {name: value for name, value in values.items() if name != "attendance"}


def _refusal(session: _Session, outcome: Outcome) -> DeskError:
    """Return why somebody was refused, with whom or what it is about and the ways out (C6, K12)."""
    if outcome.code == "not_found":
        return NotFound(kind="person", key=outcome.employee_no)
    facts: dict[str, Any] = {"ref": session.ref, "employee_no": outcome.employee_no}
    if outcome.code == "session_full":
        facts |= {"people": session.capacity, "capacity": session.capacity}
    return DeskError(outcome.code, findings=refusals(outcome.findings), **facts)


def _mark(db: DbSession, session: _Session, row: Row, seat: Any, people: dict[str, int], job: Job) -> bool:
    """Write attendance and remarks where they differ; a seat just taken (None) is not marked, old remarks stay."""
    before = dict(seat._mapping) if seat is not None else {"attendance": Attendance.REGISTERED, "remarks": ()}
    different = {name: row.values[name] for name in _MARKED if name in row.values and row.values[name] != before[name]}
    if "attendance" in different:
        different |= {"marked_at": job.now, "marked_by": job.actor}
        if different["attendance"] != Attendance.ATTENDED:  # whoever was not there has no result
            different |= {"result": None, "score": None}
    if different:
        statement = sa.update(Enrollment).where(
            Enrollment.session_id == session.id, Enrollment.person_id == people[row.values["employee_no"]]
        )
        db.execute(statement.values(**different, version=Enrollment.version + 1, updated_at=job.now))
    return bool(different)
