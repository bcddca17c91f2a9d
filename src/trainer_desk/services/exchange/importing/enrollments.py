"""Imports enrollments: places are given and taken back by the same guard as everywhere else, session by session."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.errors import DatabaseTrouble, DeskError, NotFound, WrongState
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job
from trainer_desk.services.exchange.importing.kept import each_in_order
from trainer_desk.services.exchange.importing.people import AT_ONCE, people_ids
from trainer_desk.services.exchange.importing.report import Warned
from trainer_desk.services.findings import refusals
from trainer_desk.services.orchestration.certifying import certify
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.store.lists import Among
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

SESSIONS_AT_ONCE = 200
"""Of these the places are read together; fewer where that would be more than some thousand rows."""


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
    done, corrected = 0, set[int]()
    for groups in _groups(rows):
        people = people_ids(db, {row.values["employee_no"] for group in groups.values() for row in group})
        left = {ref: known for ref, group in groups.items() if (known := _known(group, people, job))}
        for session in _sessions(db, list(left)):
            group = left.pop(session.ref)
            if _write_session(db, session, group, people, job) and session.status == SessionStatus.COMPLETED:
                corrected.add(session.id)
            done += len(group)
            job.step(done)
        for ref, unknown in left.items():
            for row in unknown:
                job.refuse(row, NotFound(kind="session", key=ref, field="session"))
    certify(db, corrected, actor=job.actor, now=job.now)


def _groups(rows: Sequence[Row]) -> Iterator[dict[str, list[Row]]]:
    """Yield the rows by session, some sessions together; the rows of one are never apart."""
    some: dict[str, list[Row]] = {}
    for ref, group in groupby(each_in_order(rows, _session_of), _session_of):
        some[ref] = list(group)
        if len(some) == SESSIONS_AT_ONCE or sum(map(len, some.values())) >= AT_ONCE:
            yield some
            some = {}
    if some:
        yield some


def _session_of(row: Row) -> str:
    return str(row.values["session"])


def _known(rows: Sequence[Row], people: Mapping[str, int], job: Job) -> list[Row]:
    """Return the rows whose person there is; the others are refused."""
    known = []
    for row in rows:
        if row.values["employee_no"] in people:
            known.append(row)
        else:
            job.refuse(row, NotFound(kind="person", key=row.values["employee_no"]))
    return known


def _sessions(db: DbSession, refs: Sequence[str]) -> list[_Session]:
    query = sa.select(Session.id, Session.ref, Session.status, Session.capacity).where(
        Among(Session.ref, "refs"), Session.deleted_at.is_(None)
    )
    found = {row.id: _Session(*row, {}) for row in db.execute(query, {"refs": refs})}
    columns = (Enrollment.session_id, Enrollment.person_id, Enrollment.state, Enrollment.attendance, Enrollment.remarks)
    seats = sa.select(*columns).where(Among(Enrollment.session_id, "ids"))
    for seat in db.execute(seats, {"ids": list(found)}):
        found[seat.session_id].seats[seat.person_id] = seat
    return sorted(found.values(), key=attrgetter("ref"))


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
