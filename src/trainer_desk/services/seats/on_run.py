"""Puts people on a run without giving them seats yet, and takes them off it with all their coming days (R1, R4)."""

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, Person, Run, RunMember, Session
from trainer_desk.models.enums import SEATED, EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound, Refused
from trainer_desk.services.membership import add_members, end_members, members_among
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.rules.seating import ClosedRun, Sitter, not_on_run
from trainer_desk.services.seats.scope import lock_scope
from trainer_desk.services.seats.settling import merged, settle
from trainer_desk.services.seats.writing import Hand, take_out
from trainer_desk.services.store.lists import Among

RUNS = Base.metadata.tables["runs"]
SESSIONS = sa.select(Session.id).where(Session.run_id == sa.bindparam("run_id"), Session.deleted_at.is_(None))
NUMBERS = sa.select(Person.id, Person.employee_no, Person.active).where(Among(Person.id, "people"))
IS_COMING = sa.and_(
    Session.deleted_at.is_(None),
    Session.status.in_([SessionStatus.DRAFT.value, SessionStatus.SCHEDULED.value]),
    sa.or_(Session.starts_at.is_(None), Session.starts_at > sa.bindparam("now", type_=Session.starts_at.type)),
)
"""A day still to come; drafts without a date are."""

OUTSIDERS = (
    sa.select(
        Session.ref,
        Run.id.label("run_id"),
        Run.code.label("run_code"),
        Run.name.label("run"),
        Person.id,
        Person.employee_no,
        Person.name,
    )
    .select_from(Run)
    .join(Session, Session.run_id == Run.id)
    .join(Enrollment, Enrollment.session_id == Session.id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(
        RunMember,
        sa.and_(
            RunMember.run_id == Run.id, RunMember.person_id == Enrollment.person_id, RunMember.deleted_at.is_(None)
        ),
    )
    .where(
        Run.members_only.is_(sa.true()),
        Enrollment.state.in_(sorted(SEATED)),
        RunMember.person_id.is_(None),
        IS_COMING,
    )
    .order_by(Session.starts_at, Session.ref, Person.id)
)
"""Who has a place on a coming day of a closed run and is not on the run: nobody."""

LEAVING = (
    sa.select(Enrollment.session_id, Enrollment.person_id)
    .join(Session, Session.id == Enrollment.session_id)
    .where(
        Session.run_id == sa.bindparam("run_id"),
        Among(Enrollment.person_id, "people"),
        Enrollment.state != EnrollmentState.WITHDRAWN.value,
        sa.or_(
            Session.deleted_at.is_not(None),
            Session.status == SessionStatus.CANCELLED.value,
            IS_COMING,
        ),
    )
)
"""Places that go with the run: on days still to come, and on those that are not held, should they be after all."""


def put_on_run(db: DbSession, run_id: int, person_ids: Sequence[int], *, actor: str, now: dt.datetime) -> list[Outcome]:
    """Put people on a run, so that they may take its days; they get no seat by it (R1).

    Outcomes: `on_run`, `already` for who is on it, `refused` with `not_found` for who is unknown or inactive. Whoever
    waits for one of its days and was kept from it gets the next free seat. Raises NotFound for the run.
    """
    _lock(db, run_id)
    people = {row.id: row for row in db.execute(NUMBERS, {"people": sorted(set(person_ids))})}
    here = members_among(db, run_id, person_ids)
    wanted = [person for person in person_ids if person in people and people[person].active and person not in here]
    added = set(add_members(db, run_id, wanted, actor=actor, now=now))
    days = sorted(db.execute(SESSIONS, {"run_id": run_id}).scalars())
    settle(db, lock_scope(db, days, people=sorted(added), now=now), actor=actor, now=now)
    outcomes = []
    for person in person_ids:
        number = people[person].employee_no if person in people else str(person)
        if person in added:
            outcomes.append(Outcome(number, "on_run"))
            added.discard(person)
            here.add(person)
        elif person in here:
            outcomes.append(Outcome(number, "already", "already_enrolled"))
        else:
            outcomes.append(Outcome(number, "refused", "not_found"))
    return outcomes


def take_off_run(db: DbSession, run_id: int, person_ids: Collection[int], *, actor: str, now: dt.datetime) -> Settled:
    """Take people off a run and out of all its days that are still to come; what was held stays on record (R4).

    Their seats go to those who wait. Who is not on the run gives up the seats alone. Raises NotFound for the run.
    """
    _lock(db, run_id)
    days = sorted(db.execute(SESSIONS, {"run_id": run_id}).scalars())
    scope = lock_scope(db, days, people=person_ids, freed=person_ids, now=now)
    before = settle(db, scope, actor=actor, now=now)
    leaving = db.execute(LEAVING, {"run_id": run_id, "people": sorted(person_ids), "now": now}).all()
    for session_id in sorted({row.session_id for row in leaving}):
        people = sorted(row.person_id for row in leaving if row.session_id == session_id)
        take_out(db, session_id, people, Hand(actor, now))
    end_members(db, run_id, person_ids, now)
    scope.refresh(db)
    return merged(before, settle(db, scope, actor=actor, now=now))


def require_on_run(db: DbSession, run_ids: Collection[int], now: dt.datetime) -> None:
    """Refuse that somebody keeps a place on a coming day of these runs who is not on the run any more (R1).

    For undo, which may take people off a run who have a place by now. Raises Refused.
    """
    found = OUTSIDERS.where(Among(Run.id, "runs"))
    rows = db.execute(found, {"runs": sorted(run_ids), "now": now}).all() if run_ids else []
    findings = [
        not_on_run(Sitter(row.id, row.employee_no, row.name), ClosedRun(row.run_id, row.run_code, row.run))
        for row in rows
    ]
    if findings:
        raise Refused(findings, ref=rows[0].ref)


def _lock(db: DbSession, run_id: int) -> None:
    """Lock a run, which a run without days needs: nobody else writes who is on it meanwhile. Raises NotFound."""
    locked = sa.select(RUNS.c.id).where(RUNS.c.id == run_id, RUNS.c.deleted_at.is_(None))
    if db.execute(locked.with_for_update(key_share=True)).scalar_one_or_none() is None:
        raise NotFound(kind="run", key=run_id)
